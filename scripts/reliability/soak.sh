# Row 9: mixed traffic with a rotation every 20 s or so, for MINUTES (quick: some seconds). Two filters follow the log.
# One runs from the beginning to the end: memory keeps to its ceiling (row traffic says when it stays as it is, which
# takes more than is written here in hours), descriptors stay as they are, nothing is lost, no record comes twice. The other is ended by kill -9 again and again: nothing is lost, and what comes twice has its id.

start_soaked() {
  "$tracesift" filter --follow "$log" --checkpoint "$log.$1.checkpoint" --failures "$log.$1.failures" \
    --metrics "$log.$1.metrics" >>"$log.$1.out" 2>>"$log.$1.errors" &
  started_filter=$!
  children+=("$started_filter")
}

# What came out of the filter $1, which was killed $2 times, but for what the writer damaged.
check_soaked() {
  grep -v damaged "$log.$1.out" >"$log.sound"
  while read -r line; do differs "$1: $line"; done < <(check_numbers "$log.sound" "$at" "$2")
  # What a kill cut was counted above; everything else is whole.
  if [ "$2" = 0 ]; then cat "$log.$1.out"; else grep '}$' "$log.$1.out"; fi >"$log.whole"
  is_ndjson "$log.whole" || differs "$1: a record is cut"
  ! grep -v warning "$log.$1.errors" | grep -q . || differs "$1: $(head -n 1 "$log.$1.errors")"
}

# Looks at the filter that lives for the whole time, once a second.
look_at_steady() {
  size=$(awk '/^VmRSS/ { print $2 }' "/proc/$steady/status")
  descriptors=$(ls "/proc/$steady/fd" | wc -l)
  # The first third is for warming up.
  if [ -z "$first_size" ] && [ $((end - SECONDS)) -le $((seconds * 2 / 3)) ]; then first_size=$size first_descriptors=$descriptors; fi
  last_size=$size
  [ "$size" -le "$most" ] || most=$size
  [ -z "$first_descriptors" ] || [ $((descriptors - first_descriptors)) -le 2 ] || differs "$descriptors descriptors, $first_descriptors before"
  ! is_full || echo "$SECONDS $size $descriptors" >>"${SOAK_SIZES:-/dev/null}"
}

row_soak() {
  local seconds=20 writer steady killed end at line size descriptors cpu_ticks kills=0 first_size= last_size=0 first_descriptors= most=0
  is_full && seconds=$((${MINUTES:-60} * 60))
  log=$work/soak/app.log
  mkdir -p "$work/soak"
  "$work/writer" "$log" mixed "$RANDOM" >"$log.end" &
  writer=$!
  children+=("$writer")
  wait_until 100 test -e "$log"
  start_soaked steady && steady=$started_filter
  start_soaked killed && killed=$started_filter
  end=$((SECONDS + seconds))
  while [ "$SECONDS" -lt "$end" ]; do
    sleep 1
    look_at_steady
    # What is cut off while nobody reads is lost by design.
    [ $((RANDOM % (seconds > 60 ? 15 : 4))) = 0 ] && [ ! -e "$log.quiet" ] || continue
    kill -9 "$killed"
    wait "$killed" 2>/dev/null
    kills=$((kills + 1))
    start_soaked killed && killed=$started_filter
  done
  kill -TERM "$writer"
  wait "$writer"
  read -r at <"$log.end"
  sleep 4
  cpu_ticks=$(awk '{ print $14 + $15 }' "/proc/$steady/stat")
  kill -TERM "$steady" "$killed"
  wait "$steady" "$killed"
  [ "$most" -le $((64 * 1024)) ] || differs "$most KiB"
  check_soaked steady 0
  [ "$(sort "$log.steady.out" | uniq -d | wc -l)" = 0 ] || differs "a record came twice"
  check_soaked killed "$kills"
  details="$seconds s, $((at - 1)) traces, $first_size to $last_size KiB (at most $most), $descriptors descriptors"
  details+=", $((cpu_ticks / 100)) s of CPU; $kills kills, $(cat "$work/records")"
}
