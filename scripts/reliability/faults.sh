# Row 12: what a disk does wrong: exit 2 with a message, all before it written, no half record.
# Row 13 (memory-limit): what little memory does.

# Runs scan or filter ($2) over $log with a fault ($1); leaves $work/out, $work/errors and status.
faulty() {
  local fault=$1 command=$2
  shift 2
  local input=("$log") path=$log
  if [ "$command" = filter ]; then input=() path=-; fi
  FAULT=$fault FAULT_PATH=$path FAULT_SEED=$RANDOM measured 120 \
    env LD_PRELOAD="$work/faults.so" "$tracesift" "$command" "$@" "${input[@]}" \
    <"$log" >"$work/out" 2>"$work/errors"
}

# The output is the first records of $1, whole ones; the run ended with 2 and a message.
check_cut() {
  local what=$1 whole=$2
  [ "$status" = "exit 2" ] || differs "$what: ended with $status instead of exit 2"
  grep -q '^tracesift: ' "$work/errors" || differs "$what: no message"
  is_ndjson "$work/out" || differs "$what: the output has a line that is no record"
  cmp -s "$work/out" <(head -c "$(stat -c %s "$work/out")" "$whole") || differs "$what: the records are others"
}

# What a fault in byte $1 of the log leaves to find: at least the traces that end before it.
check_before() {
  local what=$1 bytes=$2 wanted
  wanted=$(head -c "$bytes" "$log" | "$tracesift" scan | sed 's/"source":"-"//; s/"id":"[^"]*"//' | sed '$d')
  sed 's/"source":"[^"]*"//; s/"id":"[^"]*"//' "$work/out" | head -n "$(wc -l <<<"$wanted")" | cmp -s - <(echo "$wanted") ||
    differs "$what: traces before the fault are missing"
}

row_faults() {
  log=$work/faults.log
  traces "$(is_full && echo 60000 || echo 12000)" >"$log"
  "$tracesift" scan "$log" >"$work/whole-scan"
  "$tracesift" filter <"$log" >"$work/whole-filter"
  local command round
  for command in scan filter; do
    local whole=$work/whole-$command
    for fault in short interrupt; do
      faulty "$fault" "$command" --block-bytes 65536
      [ "$status" = "exit 0" ] && cmp -s "$work/out" "$whole" || differs "$command, $fault: $status, or other records"
    done
    for round in 1 2 3; do
      faulty "eio-read:$((round * 300007))" "$command"
      [ "$status" = "exit 2" ] || differs "$command, read error: $status"
      grep -q 'reading stopped: Input/output error' "$work/errors" || differs "$command, read error: no message"
      is_ndjson "$work/out" || differs "$command, read error: half a record"
      check_before "$command, read error" $((round * 300007))
      [ "$round" = 3 ] && continue
      faulty "eio-write:$round" "$command"
      check_cut "$command, write error $round" "$whole"
    done
  done
  faults_of_space
  faults_of_permission
  is_full && every_call
  return 0
}

faults_of_space() {
  local command
  for command in scan filter; do
    measured 60 "$tracesift" "$command" <"$log" >/dev/full 2>"$work/errors"
    [ "$status" = "exit 2" ] && grep -q 'No space left' "$work/errors" || differs "$command > /dev/full: $status"
    (
      ulimit -f 100
      measured 60 "$tracesift" "$command" <"$log" >"$work/out" 2>"$work/errors"
      echo "$status" >"$work/status"
    )
    status=$(cat "$work/status")
    [ "$status" = "exit 2" ] && grep -q 'File too large' "$work/errors" || differs "$command, ulimit -f: $status"
    is_ndjson "$work/out" || differs "$command, ulimit -f: the output ends within a record"
    measured 60 "$tracesift" "$command" --failures /dev/full --metrics "$work/none/metrics" <"$log" >"$work/out" 2>"$work/errors"
    [ "$status" = "exit 2" ] || differs "$command, metrics in a directory that is not there: $status"
  done
  local round
  for round in 5000 70000 300000; do
    faulty "full:$round" scan
    check_cut "scan, disk full after $round bytes" "$work/whole-scan"
    faulty "full:$round" filter
    check_cut "filter, disk full after $round bytes" "$work/whole-filter"
  done
  # A checkpoint that cannot be written is told of, and the records still come.
  timeout 3 "$tracesift" filter --follow "$log" --checkpoint "$work/none/checkpoint" >"$work/out" 2>"$work/errors"
  grep -q 'none/checkpoint' "$work/errors" && [ -s "$work/out" ] || differs "no word of a checkpoint that cannot be written"
}

faults_of_permission() {
  local file=$work/denied.log as=()
  cp "$log" "$file"
  chmod 000 "$file"
  # Root may read everything.
  if [ "$(id -u)" = 0 ]; then
    chmod 755 "$work"
    as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  fi
  cp "$tracesift" "$work/tracesift" && chmod 755 "$work/tracesift"
  measured 60 "${as[@]}" "$work/tracesift" scan "$file" "$log" >"$work/out" 2>"$work/errors"
  [ "$status" = "exit 2" ] && grep -q 'denied.log: Permission denied' "$work/errors" || differs "no permission: $status"
  cmp -s "$work/out" "$work/whole-scan" || differs "no permission for one file: records of the other are missing"
  measured 60 "${as[@]}" "$work/tracesift" filter --follow "$file" >"$work/out" 2>"$work/errors"
  [ "$status" = "exit 2" ] && grep -q 'Permission denied' "$work/errors" || differs "filter, no permission: $status"
  rm -f "$work/tracesift"
}

# A fault at each read and write, one after the other.
every_call() {
  local number command
  for command in scan filter; do
    for ((number = 1; number <= 60; number++)); do
      faulty "eio-read:$((number * 9973))" "$command"
      case $status in "exit 0" | "exit 2") ;; *) differs "$command, read $number: $status" ;; esac
      is_ndjson "$work/out" || differs "$command, read $number: half a record"
      faulty "eio-write:$number" "$command"
      case $status in "exit 0" | "exit 2") ;; *) differs "$command, write $number: $status" ;; esac
      is_ndjson "$work/out" || differs "$command, write $number: half a record"
    done
  done
}

row_memory_limit() {
  log=$work/limit.log
  traces 12000 >"$log"
  "$tracesift" scan <"$log" >"$work/whole-scan"
  "$tracesift" filter <"$log" >"$work/whole-filter"
  local limits=(30 50 60 70 80 90 100 110 120 140 160 200 300 500) limit command outcomes=
  is_full && limits=($(seq 10 2 300))
  for limit in "${limits[@]}"; do
    for command in "scan --jobs 1" "scan --jobs 2" "scan --jobs 64" filter; do
      (
        ulimit -v $((limit * 1024))
        # shellcheck disable=SC2086
        measured 60 "$tracesift" $command <"$log" >"$work/out" 2>"$work/errors"
        echo "$status" >"$work/status"
      ) 2>/dev/null
      status=$(cat "$work/status")
      case $status in
        "exit 0") cmp -s "$work/out" "$work/whole-${command%% *}" || differs "$command, $limit MiB: other records" ;;
        "exit 2") grep -q 'MiB\|memory' "$work/errors" || differs "$command, $limit MiB: exit 2 and no word of memory" ;;
        # The program itself does not fit, or the shell that starts it.
        "exit 127" | "signal 4" | "signal 11" | "signal 9" | "") [ "$limit" -lt 50 ] || differs "$command, $limit MiB: $status" ;;
        *) differs "$command, $limit MiB: $status" ;;
      esac
    done
  done
  details="${#limits[@]} limits"
}
