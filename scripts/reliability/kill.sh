# Row 10: kill -9 at any time, with --checkpoint, through rotations: nothing is lost, and what comes twice has one id.

# Every number up to $2 came out of $1, whole; each id belongs to one number and each number to one id. Of $3 kills each
# may have cut one record, whose line the next filter ends; the record itself comes again.
check_numbers() {
  awk -v end="$2" -v kills="${3:-0}" '{
    if (/^\{"v":1,"kind":"trace"/ && !/\}$/ && ++cut <= kills) next
    if ($0 !~ /^\{"v":1,"kind":"trace","id":"[0-9a-f]+",.*\}$/ || $0 !~ /"status":"ok"/) {
      print "line " NR " is not whole or not ok: " substr($0, 1, 200) " ... " substr($0, length($0) - 120); next
    }
    id = substr($0, 29, 16)
    if (!match($0, /"value":"[^"]*number [0-9]+/)) { print "line " NR " has no number"; next }
    number = substr($0, RSTART, RLENGTH)
    sub(/.*number /, "", number)
    if ((id in number_of) && number_of[id] != number) print "id " id " is that of " number_of[id] " and of " number
    if ((number in id_of) && id_of[number] != id) print "number " number " has the ids " id_of[number] " and " id
    number_of[id] = number
    id_of[number] = id
  }
  END {
    for (number = 1; number < end; number++) if (!(number in id_of)) print "number " number " of " end - 1 " was lost"
    print "records " NR - cut (cut ? ", " cut " cut by a kill" : "") > "/dev/stderr"
  }' "$1" 2>"$work/records"
}

start_filter() {
  "$tracesift" filter --follow "$log" --checkpoint "$log.checkpoint" >>"$log.out" 2>>"$log.errors" &
  filter=$!
  children+=("$filter")
}

# Ends the filter with a signal and waits for it.
end_filter() {
  kill "-$1" "$filter"
  wait "$filter" 2>/dev/null
  ended=$?
}

# Whether the last number came out.
has_last() { grep -q "number $((end - 1))[\"'\\]" "$log.out"; }

# $1 kills while a writer rotates in mode $2; at every $3-th the filter stays down for $4 seconds.
kill_round() {
  local kills=$1 mode=$2 every=$3 down=$4 count writer
  log=$work/kill-$mode/app.log
  mkdir -p "$work/kill-$mode"
  : >"$log.out"
  "$work/writer" "$log" "$mode" "$RANDOM" >"$log.end" &
  writer=$!
  children+=("$writer")
  for ((count = 1; count <= kills; count++)); do
    start_filter
    sleep "0.$((RANDOM % 5))$((RANDOM % 10))"
    # What is cut off while nobody reads is lost by design.
    while [ -e "$log.quiet" ]; do sleep 0.1; done
    end_filter 9
    [ $((count % every)) != 0 ] || sleep "$down"
  done
  kill -TERM "$writer"
  wait "$writer"
  read -r end <"$log.end"
  start_filter
  wait_until 600 has_last
  sleep 1.5
  end_filter TERM
  [ "$ended" = 143 ] || differs "$mode: the last filter ended with $ended instead of 143"
  [ "$mode" = copytruncate ] || ! grep -v 'warning' "$log.errors" | grep -q . || differs "$mode: $(head -n 1 "$log.errors")"
  while read -r line; do differs "$mode: $line"; done < <(check_numbers "$log.out" "$end" "$kills")
  details+="${details:+; }$mode: $kills kills, $((end - 1)) traces, $(cat "$work/records")"
}

row_kill() {
  if is_full; then
    kill_round 500 rename 7 1
    kill_round 200 copytruncate 1000 0
  else
    kill_round 85 rename 20 1
    kill_round 20 copytruncate 1000 0
  fi
}
