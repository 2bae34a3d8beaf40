# What all rows use: the program, the tools in C beside it, inputs, and how a row says what differs.

passed=0 failed=0 differences=() details=

# Builds what is missing and makes the directory that all rows write to.
begin() {
  if [ -z "${TRACESIFT:-}" ]; then
    swift build -c release --static-swift-stdlib --product tracesift >&2 || exit 2
    TRACESIFT=$root/.build/release/tracesift
  fi
  tracesift=$TRACESIFT
  work=$(mktemp -d "${TMPDIR:-/tmp}/tracesift-reliability-XXXXXX")
  trap end EXIT
  local tool
  for tool in measure writer; do
    clang -O1 -o "$work/$tool" "Tests/Faults/$tool.c" || exit 2
  done
  clang -O1 -shared -fPIC -o "$work/faults.so" Tests/Faults/faults.c -ldl || exit 2
  # Swift's own crash handler takes seconds to print what nobody here reads.
  export SWIFT_BACKTRACE=enable=no
  RANDOM=${SEED:-7}
}

children=()
end() {
  local child
  for child in "${children[@]}"; do kill -9 "$child" 2>/dev/null || true; done
  rm -rf "$work"
}

differs() { differences+=("$*"); }
is_full() { [ "$scale" = full ]; }

# One line for the row, and one for each thing that differs.
report() {
  if [ ${#differences[@]} = 0 ]; then
    echo "row $1: passed${details:+ ($details)}, $2 s"
    passed=$((passed + 1))
  else
    echo "row $1: FAILED, $2 s"
    printf "  %s\n" "${differences[@]:0:40}"
    failed=$((failed + 1))
  fi
}

# Runs a command for at most $1 seconds and sets status ("exit 0", "signal 11", "timeout"), peak (KiB resident)
# and cpu (milliseconds). Standard streams are the caller's.
measured() {
  "$work/measure" "$@" 3>"$work/measured"
  take_measure
}

# The same for a command that ran in another shell, such as in a pipe.
take_measure() {
  local kind number
  read -r kind number _ peak _ cpu <<<"$(sed 's/^timeout/timeout -/' "$work/measured")"
  status=$kind
  [ "$kind" = timeout ] || status="$kind $number"
}

wait_until() {
  local tries=$1
  shift
  while ! "$@" && [ "$tries" -gt 0 ]; do
    sleep 0.05
    tries=$((tries - 1))
  done
  "$@"
}

# Whether every line of a file is one whole JSON object.
is_ndjson() {
  if command -v python3 >/dev/null; then
    python3 -c 'import json, sys
for line in open(sys.argv[1], "rb"):
    assert line.endswith(b"\n") and isinstance(json.loads(line.decode("utf-8", "strict")), dict)' "$1" 2>/dev/null
  else
    awk '!/^\{"v":1,.*\}$/ { bad = 1 } END { exit bad }' "$1" && [ -z "$(tail -c 1 "$1" | tr -d '\n')" ]
  fi
}

# $1 traces with numbers from $2 on, Java and Python in turn, plain lines between.
traces() {
  awk -v count="$1" -v first="${2:-1}" 'BEGIN {
    for (n = first; n < first + count; n++) {
      print "2026-03-05 10:12:15,643 INFO [main] c.e.Jobs - 117 records were read"
      if (n % 2) printf "2026-03-05 10:12:15,626 ERROR [main] c.e.Jobs - failed\n" \
        "java.lang.IllegalStateException: number %d\n\tat com.example.Job%d.run(Job.java:%d)\n" \
        "\tat com.example.Jobs.all(Jobs.java:31)\n", n, n % 50, n % 900 + 1
      else printf "Traceback (most recent call last):\n  File \"/srv/app/jobs.py\", line %d, in run\n    step(%d)\n" \
        "ValueError: number %d\n", n % 900 + 1, n % 50, n
    }
    print "2026-03-05 10:12:15,643 INFO [main] c.e.Jobs - done"
  }'
}

# The numbers of the traces in records, in order; a record that is cut, degraded or a failure is told of as it is.
numbers() {
  awk '{
    if ($0 !~ /^\{"v":1,"kind":"trace","id":"[0-9a-f]+",.*\}$/ || $0 !~ /"status":"ok"/) { print "bad: " substr($0, 1, 300); next }
    match($0, /"value":"[^"]*number [0-9]+/)
    if (RSTART == 0) { print "bad: no number: " substr($0, 1, 300); next }
    value = substr($0, RSTART, RLENGTH)
    sub(/.*number /, "", value)
    print value
  }' "$1"
}
