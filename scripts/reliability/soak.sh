# Row 9: mixed traffic with a rotation every second or so, for MINUTES (quick: some seconds): memory and descriptors
# stay as they are, nothing is lost, no record comes twice.

row_soak() {
  local seconds=12 writer filter end at size descriptors first_size= last_size=0 first_descriptors= most=0
  is_full && seconds=$((${MINUTES:-60} * 60))
  local log=$work/soak/app.log
  mkdir -p "$work/soak"
  "$work/writer" "$log" rename "$RANDOM" >"$log.end" &
  writer=$!
  "$tracesift" filter --follow "$log" --checkpoint "$log.checkpoint" --failures "$log.failures" --metrics "$log.metrics" \
    >"$log.out" 2>"$log.errors" &
  filter=$!
  children+=("$writer" "$filter")
  end=$((SECONDS + seconds))
  while [ "$SECONDS" -lt "$end" ]; do
    sleep 1
    size=$(awk '/^VmRSS/ { print $2 }' "/proc/$filter/status")
    descriptors=$(ls "/proc/$filter/fd" | wc -l)
    # The first third is for warming up.
    if [ -z "$first_size" ] && [ $((end - SECONDS)) -le $((seconds * 2 / 3)) ]; then first_size=$size first_descriptors=$descriptors; fi
    last_size=$size
    [ "$size" -le "$most" ] || most=$size
    [ -z "$first_descriptors" ] || [ $((descriptors - first_descriptors)) -le 2 ] || differs "$descriptors descriptors, $first_descriptors before"
  done
  kill -TERM "$writer"
  wait "$writer"
  read -r at <"$log.end"
  sleep 4
  kill -TERM "$filter"
  wait "$filter"
  [ $((last_size - first_size)) -le 2048 ] || differs "memory grew from $first_size to $last_size KiB"
  [ "$most" -le $((64 * 1024)) ] || differs "$most KiB"
  while read -r line; do differs "$line"; done < <(check_numbers "$log.out" "$at")
  [ "$(sort "$log.out" | uniq -d | wc -l)" = 0 ] || differs "a record came twice"
  details="$seconds s, $((at - 1)) traces, $first_size to $last_size KiB, $descriptors descriptors"
}
