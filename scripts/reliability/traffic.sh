# Memory over days of mixed traffic, which the soak's writer gives as fast as it is taken: what is remembered fills up to
# its bounds, the ceiling holds, and from then on memory stays as it is. The last to fill is the table of distinct groups,
# after 6 GB or so.

# "KIB GIGABYTES" a line: what is resident of process $1 at each whole GB that it has read.
watch_traffic() {
  local pid=$1 size bytes mark=1
  while size=$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$size" ]; do
    bytes=$(awk '/^rchar/ { print $2 }' "/proc/$pid/io" 2>/dev/null)
    if [ "${bytes:-0}" -ge $((mark * 1000000000)) ]; then
      echo "$size $mark"
      mark=$((mark + 1))
    fi
    sleep 0.2
  done
}

row_traffic() {
  local bytes=400000000 warm=0
  is_full && bytes=${TRAFFIC:-32000000000} && warm=$((bytes / 4))
  mkfifo "$work/traffic"
  "$work/writer" /dev/stdout endless 7 2>/dev/null | head -c "$bytes" >"$work/traffic" &
  "$work/measure" 7200 "$tracesift" filter <"$work/traffic" >/dev/null 2>"$work/errors" 3>"$work/measured" &
  local measure=$!
  children+=("$measure")
  wait_until 100 pgrep -P "$measure" >/dev/null
  watch_traffic "$(pgrep -P "$measure")" >"$work/sizes"
  wait "$measure"
  take_measure
  rm "$work/traffic"
  [ "$status" = "exit 0" ] || differs "$status"
  [ "$peak" -le $((64 * 1024)) ] || differs "$peak KiB"
  details="$((bytes / 1000000)) MB, at most $((peak / 1024)) MiB"
  is_full || return 0
  # Which memory is full and which has just started anew differs from one look to the next: 4 MiB.
  local halves
  halves=$(awk -v warm=$((warm / 1000000000)) -v end=$((bytes / 1000000000)) '$2 >= warm {
      if ($2 < (warm + end) / 2) { if ($1 > first) first = $1 } else if ($1 > second) second = $1
    } END { print first + 0, second + 0 }' "$work/sizes")
  [ $((${halves#* } - ${halves% *})) -le 4096 ] || differs "memory grew from ${halves% *} to ${halves#* } KiB"
  details+="; a look each GB: $(awk '{ printf "%s%d", (NR > 1 ? " " : ""), $1 / 1024 }' "$work/sizes") MiB"
}
