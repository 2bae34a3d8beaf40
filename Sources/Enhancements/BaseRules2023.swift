/// `all-platforms:2023-01-11`, one rule a line: its place in Sentry's file, then the rule.
///
/// Facts taken from that file (default-enhancements.md lists the same rows, several to a line where only one
/// pattern differs). Rules are read by the engine's reader.
let baseRules2023 = """
    9 stack.function:*::Impl::ExecCheckImplInternal | [ stack.function:FDebug::CheckVerifyFailedImpl ] -app
   10 stack.function:FDebug::CheckVerifyFailedImpl2 | [ stack.function:FDebug::CheckVerifyFailedImpl2V ] -app
   12 category:indirection | [ stack.function:FDebug::OptionallyLogFormattedEnsureMessageReturningFalse ] -app
   62 stack.abs_path:package:sentry/** -app -group
   63 stack.abs_path:package:sentry_flutter/** -app -group
   64 stack.abs_path:package:sentry_logging/** -app -group
   65 stack.abs_path:package:sentry_dio/** -app -group
   66 stack.abs_path:package:sentry_file/** -app -group
   67 stack.abs_path:package:sentry_hive/** -app -group
   68 stack.abs_path:package:sentry_isar/** -app -group
   69 stack.abs_path:package:sentry_sqflite/** -app -group
   70 stack.abs_path:package:sentry_drift/** -app -group
   71 stack.abs_path:package:sentry_isar/** -app
   72 stack.abs_path:package:sentry_link/** -app
   73 stack.abs_path:package:sentry_firebase_remote_config/** -app
   92 stack.module:dalvik.system.* category=system
   93 stack.module:com.android.* category=system
   97 stack.package:/apex/com.android.*/lib*/** category=system
   98 stack.module:com.lenovo.lsf.* category=system
   99 stack.module:com.lenovo.payplus.* category=system
  102 stack.module:java.* category=std
  103 stack.module:com.google.crypto.* category=std
  104 stack.module:com.google.android.* category=std
  105 stack.module:javax.crypto.* category=std
  106 stack.module:android.database.* category=std
  107 stack.module:androidx.* category=std
  108 stack.module:android.* category=std
  109 stack.module:android.os.* category=system
  117 stack.module:android.view.* category=ui
  118 stack.module:android.text.* category=ui
  119 stack.module:android.widget.* category=ui
  120 stack.module:android.app.Dialog category=ui
  121 stack.module:androidx.*.widget.* category=ui
  122 stack.module:com.google.android.material.* category=ui
  123 category:ui stack.function:handleMessage category=indirection
  124 category:ui stack.function:run category=indirection
  150 stack.module:android.os.AsyncTask* stack.function:call category=threadbase
  152 stack.module:java.util.concurrent.ThreadPoolExecutor* stack.function:runWorker category=threadbase
  153 stack.module:android.os.* stack.function:call category=threadbase
  154 stack.module:android.app.ActivityThread stack.function:main category=threadbase
  155 stack.module:android.view.View stack.function:layout category=threadbase
  156 stack.module:android.os.Looper stack.function:loop category=threadbase
  160 stack.module:android.os.Handler stack.function:dispatchMessage category=threadbase
  161 stack.module:android.os.Handler stack.function:handleCallback category=threadbase
  162 stack.module:android.app.ActivityThread* stack.function:handleMessage category=threadbase
  176 stack.module:java.lang.reflect.* category=indirection
  177 stack.module:java.lang.Class stack.function:getMethod category=indirection
  178 stack.module:androidx.work.impl.utils.ForceStopRunnable category=indirection
  229 stack.module:cn.gundam.sdk.* category=telemetry
  230 stack.module:com.lenovo.payplus.analytics.* category=telemetry
  231 stack.package:**/libBugly.so category=telemetry
  236 stack.module:java.lang.System stack.function:loadLibrary category=load
  237 stack.module:java.lang.Runtime stack.function:loadLibrary* category=load
  239 category:driver | [ category:driver ] category=internals
  240 [ category:gl ] | category:gl category=internals
  241 [ category:av ] | category:av category=internals
  242 [ category:malloc ] | category:malloc category=internals
  243 category:throw ^-group
  244 [ stack.function:_purecall ] | category:throw category=internals
  245 [ category:throw ] | category:throw category=internals
  246 category:system -app
  247 category:threadbase -group v-group
  248 category:handler ^-group -group
  249 category:telemetry -group
  250 category:indirection -group
  251 category:internals -group
  252 category:threadbase v-group -group
  264 [ !category:system ] | category:system | [ !category:system ] category=indirection
  265 [ category:free ] | category:system category=internals
  266 [ category:system ] | category:system category=internals
  267 [ category:std ] | category:system category=internals
  268 [ category:std ] | category:std category=internals
  269 [ category:ui ] | category:ui category=internals
  270 [ category:ui ] | category:system category=internals
  271 [ category:internals ] | category:system category=internals
  272 [ category:internals ] | category:ui category=internals
  273 [ category:load ] | category:system category=internals
  274 [ category:load ] | category:load category=internals
  275 [ category:throw ] | category:system category=internals
  276 [ category:runtime ] | category:system category=internals
  277 [ category:runtime ] | category:runtime category=internals
  278 [ category:dtor ] | category:dtor category=internals
  279 stack.abs_path:**/vendor/** -app
  280 stack.abs_path:**/site-packages/** -app
  281 stack.abs_path:**/dist-packages/** -app
  282 stack.abs_path:**/node_modules/** -app
  283 stack.module:unpkg/** -app
  284 stack.abs_path:**https://unpkg.com/** -app
  285 stack.abs_path:**https://cdnjs.cloudflare.com/** -app
  286 stack.abs_path:**https://cdn.jsdelivr.net/** -app
  287 stack.abs_path:**https://esm.run/** -app
  289 stack.module:@babel/** -app -group
  290 stack.module:core-js/** -app -group
  291 stack.module:regenerator-runtime/** -app -group
  292 stack.module:tslib/** -app -group
  294 stack.function:runMicrotasks -app -group
  295 stack.function:queueMicrotask -app -group
  296 stack.function:processTicksAndRejections -app -group
  297 stack.function:runNextTicks -app -group
  298 stack.function:nextTick -app -group
  299 stack.abs_path:**/go/pkg/mod/** -app
  300 stack.module:akka.* category=framework
  301 stack.module:com.fasterxml.* category=framework
  302 stack.module:com.microsoft.* category=framework
  303 stack.module:com.sun.* category=framework
  304 stack.module:feign.* category=framework
  305 stack.module:io.opentelemetry.* category=framework
  306 stack.module:io.sentry.* category=framework -group
  307 stack.module:jdk.* category=framework
  308 stack.module:oauth.* category=framework
  309 stack.module:org.apache.* category=framework
  310 stack.module:org.glassfish.* category=framework
  311 stack.module:org.jboss.* category=framework
  312 stack.module:org.jdesktop.* category=framework
  313 stack.module:org.postgresql.* category=framework
  314 stack.module:org.springframework.* category=framework
  315 stack.module:org.web3j.* category=framework
  316 stack.module:reactor.core.* category=framework
  317 stack.module:scala.* category=framework
  318 stack.module:sun.* category=framework
  319 category:framework -app
  320 stack.module:kotlin.* -app
  321 stack.module:kotlinx.* -app
  322 stack.module:io.ktor.* -app
  323 stack.module:io.netty.* -app
  324 stack.module:newrelic -app -group
  325 stack.abs_path:**/*newrelic*/** -app -group
  326 stack.abs_path:**/*LogRocket*/** -app -group
  """
