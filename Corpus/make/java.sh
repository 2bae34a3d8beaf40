#!/usr/bin/env bash
# Traces of the JVM: Corpus/java. JDKs are taken from JDK17 and JDK25 or the places where Debian puts them.
. "$(dirname "$0")/common.sh"
JARS=/usr/share/java
LOGGING=$JARS/slf4j-api.jar:$JARS/logback-core.jar:$JARS/logback-classic.jar:$JARS/log4j-api.jar:$JARS/log4j-core.jar
JDK17=${JDK17:-$(ls -d /usr/lib/jvm/*17*amd64 /usr/lib/jvm/*17* 2>/dev/null | head -1)}
JDK25=${JDK25:-$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -1)}
QUIET="-Xshare:auto -Duser.language=en -Duser.country=US -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"

# compile JDK: the programs of this JDK into $APP/classes, the logging ones into $APP/logging.
compile() {
  rm -rf "$APP/classes" "$APP/logging" "$APP/modules"
  mkdir -p "$APP/classes" "$APP/logging" "$APP/modules"
  (cd "$PROGRAMS/java" && "$1/bin/javac" -nowarn -encoding UTF-8 -d "$APP/classes" Plain.java com/acme/corpus/*.java) || exit 1
  (cd "$PROGRAMS/java/modules" && "$1/bin/javac" -encoding UTF-8 --module-version 2.1-rc3 --module-source-path . -d "$APP/modules" --module acme.shop) || exit 1
  if [ -e $JARS/logback-classic.jar ] && [ -e $JARS/log4j-core.jar ]; then
    (cd "$PROGRAMS/java/logging" && "$1/bin/javac" -nowarn -proc:none -encoding UTF-8 -cp "$APP/classes:$LOGGING" -d "$APP/logging" *.java) || exit 1
  fi
}

# forms JDK SUFFIX [NAME…]: one file a form, written by the program.
forms() {
  local jdk=$1 suffix=$2; shift 2
  rm -rf "$APP/forms"; mkdir "$APP/forms"
  (cd "$APP" && $FIXED "$jdk/bin/java" $QUIET -cp classes com.acme.corpus.Forms forms "$suffix" "$@") && mv "$APP"/forms/* "$HERE/java/" || say "forms failed"
}

# dies NAME JDK MODE [FLAG…]: a program that dies of MODE.
dies() {
  local name=$1 jdk=$2 mode=$3; shift 3
  keep "java/$name.log" "$jdk/bin/java" $QUIET "$@" -cp classes com.acme.corpus.Uncaught "$TRUTH" "$mode"
}

uncaught() {
  local jdk=$1 s=$2
  dies uncaught-thread-names$s "$jdk" thread-names
  dies uncaught-overflow$s "$jdk" overflow
  dies uncaught-memory$s "$jdk" memory -Xmx32m
  dies uncaught-memory-array$s "$jdk" memory-array
  dies uncaught-fast-throw$s "$jdk" fast-throw
  dies uncaught-hidden-frames$s "$jdk" hidden -XX:+UnlockDiagnosticVMOptions -XX:+ShowHiddenFrames
  dies uncaught-in-pool$s "$jdk" executor
  dies uncaught-timer$s "$jdk" timer
  keep "java/uncaught-handler-fails$s.log" "$jdk/bin/java" $QUIET -cp classes com.acme.corpus.Uncaught /dev/null handler-fails
  keep "java/modules-and-loaders$s.log" "$jdk/bin/java" $QUIET -cp classes com.acme.corpus.Loaders "$TRUTH" modules classes
  keep "java/no-main-class$s.log" "$jdk/bin/java" -cp classes com.acme.Missing
  keep "java/not-initialised$s.log" "$jdk/bin/java" -XX:MaxJavaStackTraceDepth=3 -cp classes com.acme.corpus.Forms
  keep "java/module-not-found$s.log" "$jdk/bin/java" -p modules --add-modules acme.missing -cp classes Plain
  keep "java/out-of-memory-exit$s.log" "$jdk/bin/java" $QUIET -Xmx32m -XX:+ExitOnOutOfMemoryError -cp classes com.acme.corpus.Uncaught /dev/null memory
}

logging() {
  local cp=$APP/classes:$APP/logging:$LOGGING
  [ -e $JARS/logback-classic.jar ] || { missing "logback and log4j2: apt-get install liblogback-java liblog4j2-java"; return; }
  for layout in simple one-line xml; do
    keep java/jul-$layout.log "$JDK17/bin/java" $QUIET -cp "$cp" JulForms "$TRUTH" $layout
  done
  logback() { keep java/logback-$1.log "$JDK17/bin/java" $QUIET -cp "$cp" LogbackForms "$TRUTH" "$2" "$3" "$4"; }
  logback default '%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n' false FULL
  logback packaging '%d{yyyy-MM-dd HH:mm:ss.SSS, UTC} [%thread] %-5level %logger - %msg%n%xEx' true FULL
  logback root-first '%d{ISO8601} %-5level %logger{0} - %msg%n%rEx' false ROOT_FIRST
  logback same-line '%d{ISO8601} %-5level %msg %ex{full}%n' false FULL
  logback depth-2 '%d{ISO8601} %-5level %msg%n%ex{2}' false CHAIN
  logback short '%d{ISO8601} %-5level %msg%n%ex{short}' false CHAIN
  keep java/logback-odd.log "$JDK17/bin/java" $QUIET -cp "$cp" LogbackOdd '%-5level %logger{0} - %msg%n'
  keep java/logback-odd-root-first.log "$JDK17/bin/java" $QUIET -cp "$cp" LogbackOdd '%-5level %logger{0} - %msg%n%rEx'
  log4j() { keep java/log4j2-$1.log "$JDK17/bin/java" $QUIET -Dlog4j2.Clock=Log4jForms\$Stopped -cp "$cp" Log4jForms "$TRUTH" "$2" "$3" "$4"; }
  log4j plain '%d{ISO8601}{UTC} [%t] %-5level %logger{36} - %msg%n%ex' FULL true
  log4j extended '%d{ISO8601}{UTC} [%t] %-5level %logger{36} - %msg%n%xEx' CHAIN true
  log4j root-first '%d{ISO8601}{UTC} %-5level %c{1} - %msg%n%rEx' ROOT_FIRST_CHAIN false
  log4j suffix '%d{ISO8601}{UTC} %-5level %c{1} - %msg%n%xEx{suffix( pid=7)}' CHAIN true
  log4j filtered '%d{ISO8601}{UTC} %-5level %c{1} - %msg%n%xEx{filters(java.base,Orders)}' CHAIN false
  log4j short '%d{ISO8601}{UTC} %-5level %c{1} - %msg%n%ex{short}' TOP_ONLY false
  log4j message-only '%d{ISO8601}{UTC} %-5level %c{1} - %msg %ex{short.message}%n' TOP_ONLY false
  log4j separator '%d{ISO8601}{UTC} %-5level %c{1} - %msg%n%ex{separator(|)}%n' FULL false
}

# Libraries with printers or generated classes of their own.
libraries() {
  local name cp=$APP/classes:$APP/libraries:$JARS/commons-lang3.jar:$JARS/cglib.jar:$JARS/asm.jar:$JARS/junit4.jar:$JARS/hamcrest-core.jar
  cp=$cp:$JARS/jackson-core.jar:$JARS/jackson-databind.jar:$JARS/jackson-annotations.jar
  rm -rf "$APP/libraries" && mkdir "$APP/libraries"
  for name in Lang3 Cglib Jackson Junit; do
    (cd "$PROGRAMS/java/libraries" && "$JDK17/bin/javac" -nowarn -proc:none -cp "$cp" -d "$APP/libraries" ${name}Forms.java) || missing "$name: apt-get install libcommons-lang3-java libcglib-java libjackson2-databind-java junit4"
  done
  for name in root-cause compact contexted; do keep java/commons-lang-$name.log "$JDK17/bin/java" $QUIET -cp "$cp" Lang3Forms $name; done
  keep java/cglib.log "$JDK17/bin/java" $QUIET --add-opens java.base/java.lang=ALL-UNNAMED -cp "$cp" CglibForms
  for name in parse type write; do keep java/jackson-$name.log "$JDK17/bin/java" $QUIET -cp "$cp" JacksonForms $name; done
  keep java/junit4.log "$JDK17/bin/java" $QUIET -cp "$cp" org.junit.runner.JUnitCore JunitForms
  sed -i 's/^Time: .*/Time: 0.1/' "$HERE/java/junit4.log"
}

# Thread dumps: not exceptions, but the same frames.
dumps() {
  local jdk=$1 s=$2 pid
  (cd "$APP" && exec $FIXED "$jdk/bin/java" -cp classes com.acme.corpus.Deadlock) >"$APP/deadlock.out" 2>&1 &
  pid=$!
  for _ in $(seq 100); do grep -q ready "$APP/deadlock.out" && break; sleep 0.1; done
  sleep 0.5
  keep java/thread-dump-jstack$s.log "$jdk/bin/jstack" -l $pid
  keep java/thread-dump-jcmd$s.log "$jdk/bin/jcmd" $pid Thread.print
  if [ -n "$s" ]; then
    rm -f "$APP"/dump.txt "$APP"/dump.json
    "$jdk/bin/jcmd" $pid Thread.dump_to_file "$APP/dump.txt" >/dev/null && cp "$APP/dump.txt" "$HERE/java/thread-dump-to-file$s.log"
    "$jdk/bin/jcmd" $pid Thread.dump_to_file -format=json "$APP/dump.json" >/dev/null && cp "$APP/dump.json" "$HERE/java/thread-dump-to-file-json$s.log"
  fi
  kill -QUIT $pid; sleep 0.5; kill $pid; wait $pid 2>/dev/null
  cp "$APP/deadlock.out" "$HERE/java/thread-dump-sigquit$s.log"
}

# The JVM's other languages, each catching, printing, and telling the truth by the same Java class.
languages() {
  local java=$JDK17/bin/java
  export JAVA_HOME=$JDK17
  if have kotlinc; then
    [ "$APP/kotlin/com" -nt "$PROGRAMS/kotlin/Orders.kt" ] || (mkdir -p "$APP/kotlin" && kotlinc -nowarn -cp "$APP/classes" -d "$APP/kotlin" "$PROGRAMS/kotlin/Orders.kt" >&2)
    keep java/kotlin.log "$java" $QUIET -cp "classes:kotlin:$JARS/kotlin-stdlib.jar:$JARS/kotlin-stdlib-1.3.31.jar" com.acme.kt.OrdersKt "$TRUTH"
  else missing "kotlin: apt-get install kotlin"; fi
  if have scalac; then
    [ "$APP/scala/com" -nt "$PROGRAMS/scala/Orders.scala" ] || (mkdir -p "$APP/scala" && scalac -nowarn -cp "$APP/classes" -d "$APP/scala" "$PROGRAMS/scala/Orders.scala" >&2)
    keep java/scala.log "$java" $QUIET -cp "classes:scala:$JARS/scala-library.jar" com.acme.flow.Main "$TRUTH"
  else missing "scala: apt-get install scala"; fi
  if have groovy; then
    cp "$PROGRAMS/groovy/Orders.groovy" "$APP/"
    keep java/groovy.log groovy -cp "$APP/classes" Orders.groovy "$TRUTH"
    keep java/groovy-caught.log groovy -e 'def f(n) { if (n > 0) { f(n - 1) } else { throw new IllegalStateException("from a script") } }; f(2)'
  else missing "groovy: apt-get install groovy"; fi
  if have clojure; then
    cp "$PROGRAMS/clojure/orders.clj" "$APP/"
    keep java/clojure.log "$java" $QUIET -cp "classes:$(ls $JARS/clojure.jar $JARS/core.specs.alpha.jar $JARS/spec.alpha.jar 2>/dev/null | paste -sd:)" clojure.main orders.clj "$TRUTH"
  else missing "clojure: apt-get install clojure"; fi
  if have jruby; then
    cp "$PROGRAMS/ruby/orders.jruby.rb" "$APP/orders.rb"
    keep java/jruby.log jruby orders.rb
    keep java/jruby-uncaught.log jruby -e 'def parse(x); java.lang.Integer.parseInt(x); end; parse("no number")'
  else missing "jruby: apt-get install jruby"; fi
  if have jython; then
    cp "$PROGRAMS/jython/orders.py" "$APP/orders.py"
    keep both/jython.log jython orders.py
  else missing "jython: apt-get install jython"; fi
  printf 'int f(int n) { return 1 / n; }\nf(0)\nthrow new RuntimeException("outer", new IllegalStateException("inner"))\nString s = null\ns.length()\n/exit\n' >"$APP/snippets.jsh"
  for feedback in concise normal; do  # the first run makes a folder for preferences, and says so
    (cd "$APP" && timeout 60 "$JDK17/bin/jshell" -J-Djava.util.prefs.userRoot="$APP" -R-Duser.language=en --feedback $feedback snippets.jsh 2>&1 </dev/null | grep -v -i preferences) >"$HERE/java/jshell-$feedback.log"
  done
}

[ -x "$JDK17/bin/javac" ] || { missing "java: apt-get install openjdk-17-jdk-headless"; exit 0; }
compile "$JDK17"
forms "$JDK17" ""
uncaught "$JDK17" ""
logging
libraries
dumps "$JDK17" ""
languages
if [ -x "$JDK25/bin/javac" ]; then
  compile "$JDK25"
  forms "$JDK25" -25 caused-by circular-cause circular-suppressed name-lambda name-stream name-reflection name-proxy name-static-init-second \
    runtime-null-pointer runtime-class-cast runtime-array-index completable-future executor-future overflow message-null-to-string
  uncaught "$JDK25" -25
  dies uncaught-virtual-thread-25 "$JDK25" virtual
  rm -f "$TRUTH"
  dumps "$JDK25" -25
  compile "$JDK17"  # the other parts run the same classes
else missing "the JDK 25 forms: no JDK 25 in /usr/lib/jvm, and JDK25 is not set"; fi
