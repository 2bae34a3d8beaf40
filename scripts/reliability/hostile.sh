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
  row_lines
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

# Lines or parts of one line that make what was read be read again for each of them, 16 KiB and 128 KiB of each: 8 times as
# long may take no more than 24 times as long, and a second and a half at most. Before @ and behind the second one: what stands
# once; % is a word that never comes again.
row_lines() {
  local lines small large
  local all=('@x%: Traceback (most recent call last):\n@' '@[%] Traceback (most recent call last):\n[%] x\n@'
    '@x%y: Caused by: a.b.C: x\n@' '@ERROR % x: Caused by: a.b.C: x\n@' '@w%z  File "x", line 1, in f\n@'
    '@{"m":"\\tat a.b.C.m(C.java:1)","a":"%"}\n@' '@{"m":"\\tat a.b.C.m(C.java:1)","%":"v"}\n@'
    '@{"m":"\\tat a.b.C.m(C.java:1)","a":"%\n@' '@{"log":"Caused by: a","stream":"stderr","time":"%"}\n@'
    '{"e":[@{"stack_trace":"go %"},@{}]}\n' '{"e":[@{"m":"a.b.C: x\\n\\tat a.b.C.m(C.java:1)"},@{}]}\n'
    '{"a":[@{"key":"exception.stacktrace","value":{"stringValue":"a.b.C: x\\n\\tat a.b.C.m(C.java:1)"}},@{}]}\n'
    '{\n@  "stack_trace": 1,\n@' '{\n@  "stack_trace": "%",\n@  "a": 1\n}\n'
    '<error>@Traceback (\nx</error><error>@' '@<error>Traceback (\nx\nx\nx\n@' '@<![CDATA[a.b.C: x\n\tat a.b.C.m(C.java:1)\n@'
    '@<exception>\n<message>%</message>\n@' '@\tat x y\n"a.b\n@' '@Caused by: x\na.b.C: y\n@' '@\tat x.y @\n'
    '[{"a":"@\\tat x y @' '{""a"":""@\\tat x y @' 'x @{"m":"\\tat x y"} @' '@File&nbsp;"x",&nbsp;line&nbsp;1<br>@'
    '@ 1 | ERROR | a.b.C: x +\n   |       |  at a.b.C.d(C.java:1)\n@' '@@400000006b096f031d508d10 \tat a.b.C.d(C.java:1)\n@'
    '@a-@ \tat a.b.C.d(C.java:1)\nx\n' '{"log"=>"\\tat a.b.C.d(C.java:1)", "a"@=>x@}\n' '@%z \tat a.b.C.d(C.java:1)\n@'
    '@- "\\tat a.b.C.d(C.java:1)"\n@' '@m: "\\tat a.b.C.d(C.java:1)"\nx: "%"\n@')
  for lines in "${all[@]}"; do
    small=$(lines_time 16384)
    large=$(lines_time 131072)
    [ "$large" -le $((small * 24 + 100)) ] || differs "lines '$lines': $small ms for 16 KiB, $large ms for 128 KiB"
    [ "$large" -le 1500 ] || differs "lines '$lines': $large ms for 128 KiB"
  done
  details+=", ${#all[@]} kinds of lines"
}

lines_time() {
  local before=${lines%%@*} piece=${lines#*@}
  local after=${piece##*@}
  piece=${piece%@*}
  {
    printf '%b' "$before"
    awk -v piece="$piece" -v bytes="$1" '
      function word(number, text) {
        for (text = ""; number > 0; number = int(number / 26)) text = text sprintf("%c", 97 + number % 26)
        return text
      }
      BEGIN { while (count < bytes) { line = piece; gsub(/%/, word(++number * 7919 + 1000003), line); printf "%s", line; count += length(line) } }'
    printf '%b' "$after"
  } >"$work/lines"
  measured 60 "$tracesift" scan "$work/lines" >/dev/null 2>&1
  echo "$cpu"
}
