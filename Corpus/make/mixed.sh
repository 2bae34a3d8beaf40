#!/usr/bin/env bash
# Corpus/mixed/app.log: runs of a Java and a Python program in turn, with the same bugs and other ids each time.
. "$(dirname "$0")/common.sh"
JDK17=${JDK17:-$(ls -d /usr/lib/jvm/*17*amd64 /usr/lib/jvm/*17* 2>/dev/null | head -1)}
JARS=/usr/share/java
LOGGING=$JARS/slf4j-api.jar:$JARS/logback-core.jar:$JARS/logback-classic.jar
CODE=$APP/airbyte/integration_code
RUNS=${RUNS:-8}
TURNS=${TURNS:-1350}
PY=$APP/python/3.11/bin/python

[ -e $JARS/logback-classic.jar ] && [ -e "$PY" ] || { missing "the mixed log: needs liblogback-java and Python 3.11"; exit 0; }
rm -rf "$APP/mixed" "$CODE" && mkdir -p "$APP/mixed" "$CODE" "$APP/platform" "$HERE/mixed"
cp -r "$PROGRAMS/mixed/python/airbyte_demo" "$CODE/"
(cd "$PROGRAMS/mixed/java" && "$JDK17/bin/javac" -nowarn -proc:none -encoding UTF-8 -cp "$APP/classes:$LOGGING" -d "$APP/platform" $(find . -name '*.java')) || exit 1

parts=()
second=1772705472
for run in $(seq "$RUNS"); do
  (cd "$APP" && $FIXED "$JDK17/bin/java" -XX:+UnlockDiagnosticVMOptions -XX:+ShowHiddenFrames -cp "platform:classes:$LOGGING" \
    io.airbyte.integrations.demo.Sync $run "$TURNS" $second mixed/java-$run.json) >>"$APP/mixed/app.log" 2>&1
  (cd "$CODE" && $FIXED env PYTHONHOME="$APP/python/3.11" "$PY" -m airbyte_demo.sync $run "$TURNS" $((second + 60)) "$APP/mixed/python-$run.json" "$APP/jobs") >>"$APP/mixed/app.log" 2>&1
  parts+=("$APP/mixed/java-$run.json" "$APP/mixed/python-$run.json")
  second=$((second + 120))
done
mv "$APP/mixed/app.log" "$HERE/mixed/app.log"
PYTHONHOME="$APP/python/3.11" "$PY" "$PROGRAMS/mixed/assemble.py" "$HERE/mixed/app.truth.json" "${parts[@]}"
