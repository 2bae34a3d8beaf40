# Row 17: hostile text never reaches a terminal raw, and records are JSON whatever came.
# Row 6: time grows with the length of the text alone.

# Control bytes other than tab and line end; DEL; C1 controls in UTF-8.
has_control() { LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$1"; }

row_hostile() {
  local file command name count=0
  for file in Corpus/hostile/*.log Corpus/damage/*.log; do
    count=$((count + 1))
    for command in "scan" "scan --format sentry" "groups --format json"; do
      # shellcheck disable=SC2086
      "$tracesift" $command "$file" >"$work/out" 2>"$work/errors"
      is_ndjson "$work/out" || [ "${command%% *}" = groups ] || differs "$command $file: no JSON"
      ! has_control "$work/out" || differs "$command $file: control bytes in the output"
      ! has_control "$work/errors" || differs "$command $file: control bytes in messages"
    done
    for command in explain groups "rules check"; do
      # shellcheck disable=SC2086
      "$tracesift" $command "$file" >"$work/out" 2>"$work/errors"
      ! has_control "$work/out" || differs "$command $file: control bytes in the output"
      ! has_control "$work/errors" || differs "$command $file: control bytes in messages"
    done
  done
  # Names of files are text too.
  name=$work/$'a\e]52;c;eA==\ab\u009b.log'
  for command in scan explain "filter --follow" "rules check" "scan --rules" "filter --checkpoint x --follow" groups; do
    # shellcheck disable=SC2086
    timeout 1 "$tracesift" $command "$name" </dev/null >"$work/out" 2>"$work/errors"
    ! has_control "$work/errors" || differs "$command: the name of a file reached the terminal raw"
  done
  details="$count files"
  row_pumps
}

# Lines that make a careless expression try every way, 16 KiB and 512 KiB of each: 32 times as long may take
# no more than 96 times as long (and a tenth of a second, below which the start of the program is all there is).
row_pumps() {
  local pump small large kind
  local pumps=('File "a", line 1, in ' 'Caused by: ' 'at a.b(' '((((' 'a.b.' '\tat ' 'java.lang.E: ' '... 1 more ' '"x":"'
    '[{' '\\n\\tat a.b(c) ' '  | ' '+-' '$$Lambda$' 'Traceback (most recent call last): ' '<a href="' '{"log":"' ' : ')
  for pump in "${pumps[@]}"; do
    for kind in bare frame header; do
      small=$(pump_time 16384)
      large=$(pump_time 524288)
      [ "$large" -le $((small * 96 + 100)) ] || differs "pump $kind '$pump': $small ms for 16 KiB, $large ms for 512 KiB"
      [ "$large" -le 1100 ] || differs "pump $kind '$pump': $large ms for 512 KiB, more than 2 us a byte"
    done
  done
  details+=", ${#pumps[@]} pumps"
}

pump_time() {
  {
    case $kind in
      frame) printf 'java.lang.E: x\n\tat a.B.c(D.java:1)\n\tat ' ;;
      header) printf 'Traceback (most recent call last):\n  File "/a.py", line 1, in f\n' ;;
    esac
    awk -v pump="$pump" -v bytes="$1" 'BEGIN { while (length(text) < bytes) text = text == "" ? pump : text text; print substr(text, 1, bytes) }'
  } >"$work/pump"
  measured 60 "$tracesift" scan "$work/pump" >/dev/null 2>&1
  echo "$cpu"
}
