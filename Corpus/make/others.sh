#!/usr/bin/env bash
# Traces of two languages in one (Corpus/both) and outputs that must not be taken for traces (Corpus/lookalikes).
. "$(dirname "$0")/common.sh"
JDK17=${JDK17:-$(ls -d /usr/lib/jvm/*17*amd64 /usr/lib/jvm/*17* 2>/dev/null | head -1)}
JAVA=$JDK17/bin/java
PY=$APP/python/3.11/bin/python
export PYTHONHOME_311=$APP/python/3.11

both() {
  local how
  cp "$PROGRAMS"/both/*.py "$APP/jobs/"
  mkdir -p "$APP/both"
  (cd "$PROGRAMS/java/both" && "$JDK17/bin/javac" -nowarn -cp "$APP/classes" -d "$APP/both" *.java) || return
  for how in in-message in-message-with-cause starts-in-message line-by-line passed-through three-levels; do
    keep both/python-runs-java-$how.log env PYTHONHOME="$PYTHONHOME_311" "$PY" "$APP/jobs/runs_java.py" $how "$TRUTH" "$JAVA" -cp "$APP/classes" com.acme.corpus.OneForm
  done
  rm -f "$HERE"/both/python-runs-java-passed-through.truth.json  # says nothing of the Java trace before
  for how in in-message in-message-stripped in-cause only-message; do
    keep both/java-runs-python-$how.log env PYTHONHOME="$PYTHONHOME_311" "$JAVA" -cp "$APP/classes:$APP/both" RunsPython "$TRUTH" $how "$PY" "$APP/jobs/forms.py" cause /dev/null
  done
  keep both/java-runs-python-group.log env PYTHONHOME="$PYTHONHOME_311" "$JAVA" -cp "$APP/classes:$APP/both" RunsPython "$TRUTH" in-message "$PY" "$APP/jobs/forms.py" group-nested /dev/null
  keep both/java-runs-python-runs-java.log env PYTHONHOME="$PYTHONHOME_311" "$JAVA" -cp "$APP/classes:$APP/both" RunsPython "$TRUTH" in-cause \
    "$PY" "$APP/jobs/runs_java.py" in-message /dev/null "$JAVA" -cp "$APP/classes" com.acme.corpus.OneForm
  [ -e "$APP/site/jpype" ] || "$PY" -m pip install -q --no-compile --disable-pip-version-check --target "$APP/site/jpype" JPype1 >&2
  keep both/jpype.log env PYTHONHOME="$PYTHONHOME_311" PYTHONPATH="$APP/site/jpype" JAVA_HOME="$JDK17" "$PY" "$APP/jobs/with_jpype.py" "$APP/classes"
}

# Some hundred megabytes: only when PySpark is there already, or SPARK=yes asks for it.
spark() {
  [ -e "$APP/site/pyspark" ] || [ "${SPARK:-}" != yes ] || "$PY" -m pip install -q --no-compile --disable-pip-version-check --target "$APP/site/pyspark" pyspark >&2
  [ -e "$APP/site/pyspark" ] || { missing "both/pyspark: SPARK=yes installs it"; return; }
  keep both/pyspark.log env SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=localhost JAVA_HOME="$JDK17" PYTHONHOME="$PYTHONHOME_311" PYTHONPATH="$APP/site/pyspark" \
    PYSPARK_PYTHON="$PY" PYSPARK_DRIVER_PYTHON="$PY" "$PY" "$APP/jobs/with_spark.py"
  sed -i -E 's/^(.*\r)?(.{0,80}\])?[0-9]{2}\/[0-9]{2}\/[0-9]{2} [0-9:]{8} /\1\226\/03\/05 10:11:12 /' "$HERE/both/pyspark.log"  # the clock
}

# like NAME TOOL COMMAND…: kept when the tool is there.
like() {
  local name=$1 tool=$2; shift 2
  have "$tool" || { missing "lookalikes/$name: $tool"; return; }
  keep "lookalikes/$name.log" "$@"
}

other_languages() {
  like node node node fail.js
  like perl perl perl fail.pl
  like ruby ruby ruby fail.rb
  like php php php -d display_errors=1 -d html_errors=0 fail.php
  like lua lua5.4 lua5.4 fail.lua
  like tcl tclsh tclsh fail.tcl
  like bash bash bash fail.sh
  if have gcc; then
    gcc -g -fsanitize=address -fno-omit-frame-pointer -o asan fail.c && like c-address-sanitizer gcc ./asan
    gcc -g -o crash fail.c && like c-debugger gdb gdb -q -batch -ex run -ex bt --args ./crash now
  fi
  if have cargo; then
    rustc -q -g -o panic fail.rs 2>/dev/null || rustc -g -o panic fail.rs
    like rust rustc env RUST_BACKTRACE=1 ./panic
    like rust-full rustc env RUST_BACKTRACE=full ./panic
  fi
  local go=; go=$(command -v go || ls /usr/lib/go-*/bin/go 2>/dev/null | tail -1)
  if [ -n "$go" ]; then
    (GOCACHE=$PWD/gocache GO111MODULE=off "$go" build -trimpath -o gofail fail.go) && like go sh ./gofail
    like go-all sh env GOTRACEBACK=all ./gofail
  else missing "lookalikes/go: golang"; fi
  if have mcs; then mcs -debug -out:Fail.exe Fail.cs && like csharp mono mono --debug Fail.exe; else missing "lookalikes/csharp: mono-mcs"; fi
  like erlang escript escript fail.erl
}

tools() {
  cp "$PROGRAMS/java/com/acme/corpus/ChainForms.java" "$HERE/lookalikes/java-source.log"
  cp "$PROGRAMS/lookalikes/docstrings.py" "$HERE/lookalikes/python-source.log"
  cp "$HERE/make/python.sh" "$HERE/lookalikes/shell-source.log"
  like gc java "$JAVA" -Xlog:gc*:stdout:uptime,level,tags -Xmx32m -cp "$APP/classes" com.acme.corpus.Uncaught /dev/null fast-throw
  sed -i '/^Exception in thread/,$d' "$HERE/lookalikes/gc.log"
  keep lookalikes/class-loading.log bash -c "'$JAVA' -Xlog:class+load:stdout:uptime -cp '$APP/classes' com.acme.corpus.NoSuch 2>/dev/null | head -120"
  like javap java "$JDK17/bin/javap" -c -l -cp "$APP/classes" com.acme.corpus.OneForm
  keep lookalikes/class-list.log bash -c "cd '$APP/classes' && find . -name '*.class' | sort | sed 's|^./||; s|/|.|g; s|.class$||'"
  keep lookalikes/pip.log env PIP_CONFIG_FILE=/dev/null PYTHONHOME="$PYTHONHOME_311" "$PY" -m pip --no-color install --no-index --disable-pip-version-check no-such-package-at-home==1.0
  keep lookalikes/python-help.log env PYTHONHOME="$PYTHONHOME_311" "$PY" -c 'import traceback; help(traceback.print_exception)'
  keep lookalikes/python-warnings.log env PYTHONHOME="$PYTHONHOME_311" "$PY" -W always -c 'import warnings
def f(): warnings.warn("at com.acme.X.y(X.java:1) is old", DeprecationWarning, 2)
f(); warnings.warn("Traceback is off"); x = "\d"'
  keep lookalikes/argparse.log env PYTHONHOME="$PYTHONHOME_311" "$PY" -m json.tool --at home
  keep lookalikes/profile.log bash -c "PYTHONHOME=$PYTHONHOME_311 $PY -m cProfile -s name $APP/jobs/forms.py --list | head -60"
  [ -e "$APP/site/coverage" ] || "$PY" -m pip install -q --no-compile --disable-pip-version-check --target "$APP/site/coverage" coverage >&2
  keep lookalikes/coverage.log bash -c "export PYTHONHOME=$PYTHONHOME_311 PYTHONPATH=$APP/site/coverage; cd $APP/jobs && $PY -m coverage run --data-file=$APP/coverage.data --include='$APP/jobs/*' forms.py --list >/dev/null; $PY -m coverage report -m --data-file=$APP/coverage.data"
  like git git bash -c 'cd "$(mktemp -d)" && git init -q . && git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m "Fix NullPointerException at start
    
    Caused by: the loader. See Traceback above." && git log --format=%B && git checkout no-such-branch'
  like make make bash -c 'cd "$(mktemp -d)" && printf "all: ; @echo at home; exit 3\n" > Makefile && make'
}

both
spark
mkdir -p "$APP/like" && cp "$PROGRAMS"/lookalikes/* "$APP/like/" && APP=$APP/like && cd "$APP" && export JDK17 && other_languages
APP=${CORPUS_APP:-/tmp/app}; cd "$APP"; tools
