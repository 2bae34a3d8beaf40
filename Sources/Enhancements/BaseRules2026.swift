/// `all-platforms:2026-01-20`, one rule a line: its place in Sentry's file, then the rule.
///
/// Facts taken from that file (default-enhancements.md lists the same rows, several to a line where only one
/// pattern differs). Rules are read by the engine's reader.
let baseRules2026 = """
   18 stack.module:dalvik.system.* category=system
   19 stack.module:com.android.* category=system
   25 stack.package:/apex/com.android.*/lib*/** category=system
   26 stack.module:com.lenovo.lsf.* category=system
   27 stack.module:com.lenovo.payplus.* category=system
   30 stack.module:java.* category=std
   31 stack.module:com.google.crypto.* category=std
   32 stack.module:com.google.android.* category=std
   33 stack.module:javax.crypto.* category=std
   34 stack.module:android.database.* category=std
   35 stack.module:androidx.* category=std
   36 stack.module:android.* category=std
   37 stack.module:android.os.* category=system
   45 stack.module:android.view.* category=ui
   46 stack.module:android.text.* category=ui
   47 stack.module:android.widget.* category=ui
   48 stack.module:android.app.Dialog category=ui
   49 stack.module:androidx.*.widget.* category=ui
   50 stack.module:com.google.android.material.* category=ui
   51 category:ui stack.function:handleMessage category=indirection
   52 category:ui stack.function:run category=indirection
   78 stack.module:android.os.AsyncTask* stack.function:call category=threadbase
   80 stack.module:java.util.concurrent.ThreadPoolExecutor* stack.function:runWorker category=threadbase
   81 stack.module:android.os.* stack.function:call category=threadbase
   82 stack.module:android.app.ActivityThread stack.function:main category=threadbase
   83 stack.module:android.view.View stack.function:layout category=threadbase
   84 stack.module:android.os.Looper stack.function:loop category=threadbase
   88 stack.module:android.os.Handler stack.function:dispatchMessage category=threadbase
   89 stack.module:android.os.Handler stack.function:handleCallback category=threadbase
   90 stack.module:android.app.ActivityThread* stack.function:handleMessage category=threadbase
  104 stack.module:java.lang.reflect.* category=indirection
  105 stack.module:java.lang.Class stack.function:getMethod category=indirection
  106 stack.module:androidx.work.impl.utils.ForceStopRunnable category=indirection
  157 stack.module:cn.gundam.sdk.* category=telemetry
  158 stack.module:com.lenovo.payplus.analytics.* category=telemetry
  159 stack.package:**/libBugly.so category=telemetry
  164 stack.module:java.lang.System stack.function:loadLibrary category=load
  165 stack.module:java.lang.Runtime stack.function:loadLibrary* category=load
  167 category:driver | [ category:driver ] category=internals
  168 [ category:gl ] | category:gl category=internals
  169 [ category:av ] | category:av category=internals
  170 [ category:malloc ] | category:malloc category=internals
  171 stack.function:<module> | [ stack.function:spawn_main ] category=internals
  172 [ stack.function:_purecall ] | category:throw category=internals
  173 [ category:throw ] | category:throw category=internals
  185 [ !category:system ] | category:system | [ !category:system ] category=indirection
  186 [ category:free ] | category:system category=internals
  187 [ category:system ] | category:system category=internals
  188 [ category:std ] | category:system category=internals
  189 [ category:std ] | category:std category=internals
  190 [ category:ui ] | category:ui category=internals
  191 [ category:ui ] | category:system category=internals
  192 [ category:internals ] | category:system category=internals
  193 [ category:internals ] | category:ui category=internals
  194 [ category:load ] | category:system category=internals
  195 [ category:load ] | category:load category=internals
  196 [ category:throw ] | category:system category=internals
  197 [ category:runtime ] | category:system category=internals
  198 [ category:runtime ] | category:runtime category=internals
  199 [ category:dtor ] | category:dtor category=internals
  200 stack.module:akka.* category=framework
  201 stack.module:com.fasterxml.* category=framework
  202 stack.module:com.microsoft.* category=framework
  203 stack.module:com.sun.* category=framework
  204 stack.module:feign.* category=framework
  205 stack.module:io.opentelemetry.* category=framework
  206 stack.module:io.sentry.* category=framework -group
  207 stack.module:jdk.* category=framework
  208 stack.module:oauth.* category=framework
  209 stack.module:org.apache.* category=framework
  210 stack.module:org.glassfish.* category=framework
  211 stack.module:org.jboss.* category=framework
  212 stack.module:org.jdesktop.* category=framework
  213 stack.module:org.postgresql.* category=framework
  214 stack.module:org.springframework.* category=framework
  215 stack.module:org.web3j.* category=framework
  216 stack.module:reactor.core.* category=framework
  217 stack.module:scala.* category=framework
  218 stack.module:sun.* category=framework
  227 stack.function:*::Impl::ExecCheckImplInternal | [ stack.function:FDebug::CheckVerifyFailedImpl ] -app
  228 stack.function:FDebug::CheckVerifyFailedImpl2 | [ stack.function:FDebug::CheckVerifyFailedImpl2V ] -app
  230 category:indirection | [ stack.function:FDebug::OptionallyLogFormattedEnsureMessageReturningFalse ] -app
  238 stack.package:/lib/** -app
  239 stack.package:/usr/lib/** -app
  240 stack.abs_path:/usr/local/lib/** -app
  241 stack.abs_path:/usr/local/Cellar/** -app
  242 stack.abs_path:**/.local/share/** -app
  288 stack.abs_path:package:sentry/** -app -group
  289 stack.abs_path:package:sentry_flutter/** -app -group
  290 stack.abs_path:package:sentry_logging/** -app -group
  291 stack.abs_path:package:sentry_dio/** -app -group
  292 stack.abs_path:package:sentry_file/** -app -group
  293 stack.abs_path:package:sentry_hive/** -app -group
  294 stack.abs_path:package:sentry_isar/** -app -group
  295 stack.abs_path:package:sentry_sqflite/** -app -group
  296 stack.abs_path:package:sentry_drift/** -app -group
  297 stack.abs_path:package:sentry_isar/** -app
  298 stack.abs_path:package:sentry_link/** -app
  299 stack.abs_path:package:sentry_firebase_remote_config/** -app
  301 category:throw ^-group -group ^-app -app
  302 category:system -app
  303 category:threadbase -group v-group
  304 category:handler ^-group -group
  305 category:telemetry -app -group
  306 category:indirection -group
  307 category:internals -app -group
  308 category:threadbase v-group -group
  309 stack.abs_path:**/vendor/** -app
  310 stack.abs_path:**/site-packages/** -app
  311 stack.abs_path:**/dist-packages/** -app
  312 stack.abs_path:**/node_modules/** -app
  313 stack.module:unpkg/** -app
  314 stack.abs_path:**https://unpkg.com/** -app
  315 stack.abs_path:**https://cdnjs.cloudflare.com/** -app
  316 stack.abs_path:**https://cdn.jsdelivr.net/** -app
  317 stack.abs_path:**https://esm.run/** -app
  319 stack.module:@babel/** -app -group
  320 stack.module:core-js/** -app -group
  321 stack.module:regenerator-runtime/** -app -group
  322 stack.module:tslib/** -app -group
  324 stack.function:runMicrotasks -app -group
  325 stack.function:queueMicrotask -app -group
  326 stack.function:processTicksAndRejections -app -group
  327 stack.function:runNextTicks -app -group
  328 stack.function:nextTick -app -group
  329 stack.abs_path:**/go/pkg/mod/** -app
  330 category:framework -app
  331 stack.module:kotlin.* -app
  332 stack.module:kotlinx.* -app
  333 stack.module:io.ktor.* -app
  334 stack.module:io.netty.* -app
  335 stack.module:newrelic -app -group
  336 stack.abs_path:**/*newrelic*/** -app -group
  337 stack.abs_path:**/*LogRocket*/** -app -group
  """
