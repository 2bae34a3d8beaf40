# Row 14: a reader that goes away, that is not there, or that is slow.

row_pipes() {
  log=$work/pipes.log
  traces 20000 >"$log"
  local command
  for command in scan filter; do
    measured 60 "$tracesift" "$command" <"$log" 2>"$work/errors" | head -n 1 >"$work/out"
    take_measure
    [ "$status" = "exit 0" ] && [ ! -s "$work/errors" ] || differs "$command | head: $status, $(head -n 1 "$work/errors")"
    is_ndjson "$work/out" || differs "$command | head: no whole record"
    measured 60 "$tracesift" "$command" <"$log" >&- 2>"$work/errors"
    case $status in "exit 0" | "exit 2") ;; *) differs "$command >&-: $status" ;; esac
    measured 60 "$tracesift" "$command" <"$log" >"$work/out" 2>&-
    [ "$status" = "exit 0" ] || differs "$command 2>&-: $status"
    is_ndjson "$work/out" || differs "$command 2>&-: records are damaged"
    slow_reader "$command"
  done
}

# Nothing is read of the output for some seconds, then all of it.
slow_reader() {
  local command=$1 wait_seconds=4 pid used
  is_full && wait_seconds=60
  "$tracesift" "$command" <"$log" >"$work/direct"
  mkfifo "$work/slow"
  # Both ends at once, so that the process that is looked at is the program itself.
  exec 8<>"$work/slow"
  "$tracesift" "$command" <"$log" >"$work/slow" 2>"$work/errors" 8>&- &
  pid=$!
  children+=("$pid")
  {
    sleep 1
    local before after
    before=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
    sleep "$wait_seconds"
    after=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
    used=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status")
    # Hundredths of a second.
    [ $((after - before)) -le 5 ] || differs "$command, slow reader: $((after - before)) ticks of CPU while blocked"
    [ "$used" -le $((104 * 1024)) ] || differs "$command, slow reader: $used KiB while blocked"
    cat >"$work/out" 8>&- &
    local reader=$!
    exec 8>&-
    wait "$reader"
  } <"$work/slow"
  wait "$pid" || differs "$command, slow reader: ended with $?"
  cmp -s "$work/out" "$work/direct" || differs "$command, slow reader: other records"
  rm "$work/slow"
}
