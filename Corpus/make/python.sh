#!/usr/bin/env bash
# Traces of CPython: Corpus/python. Interpreters are looked for as pyenv installs them (PYTHONS: another folder of versions).
. "$(dirname "$0")/common.sh"
PYTHONS=${PYTHONS:-${PYENV_ROOT:-$HOME/.pyenv}/versions}
SITE=$APP/site

# Each interpreter gets a neutral name, and PYTHONHOME makes it use that name for its library.
link_interpreters() {
  mkdir -p "$APP/python" "$APP/jobs"
  cp "$PROGRAMS"/python/app/*.py "$APP/jobs/"
  for v in 2.7 3.8 3.10 3.11 3.12 3.13; do
    local found
    found=$(ls -d "$PYTHONS/$v".* 2>/dev/null | sort -V | tail -1)
    if [ -n "$found" ]; then ln -sfn "$found" "$APP/python/$v"; else missing "Python $v: nothing in $PYTHONS"; fi
  done
}

py() { local v=$1; shift; env PYTHONHOME="$APP/python/$v" PYTHONPATH="$SITE/$v" "$APP/python/$v/bin/python" "$@"; }
export -f py; export APP SITE

# libraries VERSION PACKAGE…: from PyPI, once.
libraries() {
  local v=$1; shift
  [ -e "$APP/python/$v" ] || return 0
  [ -e "$SITE/$v" ] || "$APP/python/$v/bin/python" -m pip install -q --no-compile --disable-pip-version-check --target "$SITE/$v" "$@" >&2 || missing "PyPI packages for $v"
}

# each VERSION PROGRAM NAME [VARIABLE=VALUE…]
each() {
  local v=$1 program=$2 name=$3; shift 3
  keep "python/$name-$v.log" env PYTHONHOME="$APP/python/$v" PYTHONPATH="$SITE/$v" "$@" "$APP/python/$v/bin/python" "$APP/jobs/$program.py" "$name" "$TRUTH"
}

all_forms() {
  local v=$1 name
  [ -e "$APP/python/$v" ] || return 0
  for name in $(py "$v" "$APP/jobs/forms.py" --list); do each "$v" forms "$name"; done
}

# The named forms only, for versions that print like their neighbours.
some_forms() { local v=$1 name; shift; [ -e "$APP/python/$v" ] || return 0; for name in "$@"; do each "$v" forms "$name"; done; }

scenes() { local v=$1 name; shift; [ -e "$APP/python/$v" ] || return 0; for name in "$@"; do each "$v" scenes "$name"; done; }

STANDARD="logging-exception logging-multi-line logging-error-in-handler logging-json thread-uncaught ignored-in-del ignored-in-callback
  atexit-error excepthook-error unittest-failures doctest-failures printed-by-traceback-module indented-by-program repr-on-one-line"
STANDARD3="logging-stack-info process-pool process-uncaught process-executor thread-executor executor-callback asyncio-never-retrieved asyncio-debug
  asyncio-callback asyncio-task-stack unraisable generator-close resource-warning faulthandler-crash faulthandler-timeout faulthandler-abort
  code-module timeit-and-runpy timer-print-exc wsgi-error socketserver-error"
LIBRARIES="loguru-diagnose loguru-plain loguru-catch loguru-serialize rich-traceback rich-traceback-locals rich-logging stackprinter-form
  better-exceptions-form structlog-console structlog-json structlog-json-text twisted-failure twisted-deferred trio-nursery anyio-task-group
  celery-task ipython ipython-colour"

pytest_styles() {
  local style
  for style in auto long short line native no; do
    keep "python/pytest-$style-3.11.log" env PYTHONHOME="$APP/python/3.11" PYTHONPATH="$SITE/3.11" "$APP/python/3.11/bin/python" -m pytest -p no:cacheprovider --rootdir "$APP/jobs" --tb=$style "$APP/jobs/test_orders.py"
  done
}

main() {
  link_interpreters
  libraries 3.11 loguru celery ipython rich stackprinter better_exceptions twisted trio anyio pytest structlog
  libraries 3.8 'ipython<8' exceptiongroup
  libraries 3.10 'ipython<9'
  libraries 3.13 ipython
  for v in 2.7 3.8 3.11 3.13; do all_forms $v; scenes $v $STANDARD; done
  for v in 3.8 3.11 3.13; do scenes $v $STANDARD3; done
  some_forms 3.10 single cause syntax-error unprintable multi-line-statement recursion type-error name-error-with-hint nested-class
  some_forms 3.12 single group cause syntax-error multi-line-statement carets-in-long-expression name-error-with-hint notes-not-a-list group-of-twenty group-nested notes-in-group
  scenes 3.11 $LIBRARIES
  scenes 3.8 ipython exceptiongroup-backport
  scenes 3.10 ipython
  scenes 3.13 ipython
  pytest_styles
  if [ -e "$APP/python/3.13" ]; then
    each 3.13 scenes colour FORCE_COLOR=1
    each 3.13 scenes colour-syntax FORCE_COLOR=1
    some_forms_coloured
  fi
  keep python/uncaught-at-top-3.11.log env PYTHONHOME="$APP/python/3.11" "$APP/python/3.11/bin/python" -c '1/0'
  keep python/no-traceback-header-3.11.log env PYTHONHOME="$APP/python/3.11" "$APP/python/3.11/bin/python" "$APP/jobs/bad_module.py"
  keep python/no-traceback-header-3.8.log env PYTHONHOME="$APP/python/3.8" "$APP/python/3.8/bin/python" "$APP/jobs/bad_module.py"
  keep python/no-traceback-header-2.7.log env PYTHONHOME="$APP/python/2.7" "$APP/python/2.7/bin/python" "$APP/jobs/bad_module.py"
  keep python/missing-file-3.11.log env PYTHONHOME="$APP/python/3.11" "$APP/python/3.11/bin/python" /tmp/app/no-such-job.py
  keep python/missing-module-3.11.log env PYTHONHOME="$APP/python/3.11" "$APP/python/3.11/bin/python" -m no_such_job
  keep python/standard-input-3.11.log bash -c 'printf "def f():\n    1/0\nf()\n" | PYTHONHOME=$APP/python/3.11 $APP/python/3.11/bin/python -'
  keep python/standard-input-3.13.log bash -c 'printf "def f():\n    1/0\nf()\n" | PYTHONHOME=$APP/python/3.13 $APP/python/3.13/bin/python -'
  for v in 3.11 3.13; do
    keep python/interactive-$v.log bash -c 'printf "def f():\n    1/0\n\nf()\nx = = 1\nraise ValueError(\"one\\\\ntwo\")\n" | PYTHONHOME=$APP/python/'$v' $APP/python/'$v'/bin/python -i -q'
  done
  still
}

# Durations and clocks that no setting stops.
still() {
  sed -i -E 's/ in [0-9]+\.[0-9]+s/ in 0.10s/' "$HERE"/python/pytest-*.log "$HERE"/python/unittest-*.log
  sed -i -E 's/^20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{8}[+-][0-9]{4}/2026-03-05 10:11:12+0000/' "$HERE"/python/twisted-deferred-*.log
  sed -i -E "s/ from \('127.0.0.1', [0-9]+\)/ from ('127.0.0.1', 40000)/" "$HERE"/python/socketserver-*.log
}

some_forms_coloured() {
  local name
  for name in cause group carets-in-long-expression notes; do
    keep "python/colour-$name-3.13.log" env FORCE_COLOR=1 PYTHONHOME="$APP/python/3.13" "$APP/python/3.13/bin/python" "$APP/jobs/forms.py" "$name" "$TRUTH"
  done
}

main "$@"
