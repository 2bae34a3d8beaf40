# Row 15: a signal ends a run in order: whole records, open traces handed on, exit 128 + the signal.

# Feeds a log slowly for ever, with an open trace at its end.
slow_log() {
  local number=0
  while true; do
    number=$((number + 1))
    printf 'java.lang.IllegalStateException: number %d\n\tat com.example.Job.run(Job.java:%d)\n' "$number" "$number" || return
    [ $((number % 3)) != 0 ] || sleep 0.00"$((RANDOM % 9))"
  done
}

# One run of $1 that gets signal $2 (number $3) at some time.
signalled() {
  local command=$1 signal=$2 number=$3 pid feeder code
  mkfifo "$work/feed"
  "$tracesift" $command <"$work/feed" >"$work/out" 2>"$work/errors" &
  pid=$!
  slow_log >"$work/feed" 2>/dev/null &
  feeder=$!
  children+=("$pid" "$feeder")
  # The handler is there once the input is open; before that the signal has its usual effect.
  sleep "0.$((1 + RANDOM % 3))$((RANDOM % 10))"
  kill "-$signal" "$pid"
  wait "$pid"
  code=$?
  kill "$feeder" 2>/dev/null
  wait "$feeder" 2>/dev/null
  rm "$work/feed"
  [ "$code" = $((128 + number)) ] || differs "$command, SIG$signal: ended with $code"
  is_ndjson "$work/out" || differs "$command, SIG$signal: the output ends within a record"
  # The numbers that came are those from 1 on, without a hole.
  awk '{ match($0, /number [0-9]+/); n = substr($0, RSTART + 7, RLENGTH - 7) + 0
    if (n != NR) { print n " stands in line " NR; exit } }' "$work/out" >"$work/holes"
  [ ! -s "$work/holes" ] || differs "$command, SIG$signal: $(cat "$work/holes")"
}

# The trace that is open when the signal comes is written.
open_trace() {
  local pid
  mkfifo "$work/feed"
  "$tracesift" filter --flush-after 60 <"$work/feed" >"$work/out" &
  pid=$!
  children+=("$pid")
  exec 9>"$work/feed"
  printf 'java.lang.IllegalStateException: number 1\n\tat a.B.c(D.java:5)\n' >&9
  sleep 0.3
  [ ! -s "$work/out" ] || differs "an open trace was written before its end"
  kill -TERM "$pid"
  wait "$pid"
  exec 9>&-
  rm "$work/feed"
  grep -q 'number 1"' "$work/out" || differs "filter: the open trace was not flushed at SIGTERM"
}

# With a checkpoint, the run after a signal writes what the one before did not.
signalled_with_checkpoint() {
  local log=$work/signals.log runs=$1 signals=(TERM INT HUP) count pid
  : >"$work/all"
  slow_log >"$log" 2>/dev/null &
  local feeder=$!
  children+=("$feeder")
  for ((count = 0; count < runs; count++)); do
    "$tracesift" filter --follow "$log" --checkpoint "$log.checkpoint" >>"$work/all" &
    pid=$!
    children+=("$pid")
    sleep "0.$((1 + RANDOM % 2))$((RANDOM % 10))"
    kill "-${signals[count % 3]}" "$pid"
    wait "$pid"
  done
  kill "$feeder"
  wait "$feeder" 2>/dev/null
  "$tracesift" filter --follow "$log" --checkpoint "$log.checkpoint" >>"$work/all" &
  pid=$!
  children+=("$pid")
  sleep 2
  kill "$pid"
  wait "$pid"
  is_ndjson "$work/all" || differs "filter with a checkpoint: a record is cut"
  local wanted
  wanted=$(grep -c '^java' "$log")
  awk -v wanted="$wanted" '{ match($0, /number [0-9]+/); n = substr($0, RSTART + 7, RLENGTH - 7) + 0; if (!seen[n]++) found++ }
    END { if (found + 1 < wanted) print found " of " wanted " traces came" ; if (NR > found) print NR - found " came twice" }' \
    "$work/all" >"$work/holes"
  [ ! -s "$work/holes" ] || differs "filter with a checkpoint, $runs signals: $(cat "$work/holes")"
}

row_signals() {
  local count rounds=16 names=(TERM INT HUP) numbers=(15 2 1)
  is_full && rounds=60
  # A shell's background jobs ignore SIGINT unless it says otherwise.
  set -m
  for ((count = 0; count < rounds; count++)); do
    signalled filter "${names[count % 3]}" "${numbers[count % 3]}"
    signalled scan "${names[count % 3]}" "${numbers[count % 3]}"
  done
  open_trace
  signalled_with_checkpoint $((rounds + 2))
  set +m
  details="$((3 * rounds + 2)) signals"
}
