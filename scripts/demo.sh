#!/usr/bin/env bash
# The main job on a real log, from a fresh clone on: builds tracesift and reads Corpus/mixed/app.log with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh

rules=Corpus/rules/airbyte.rules
log=Corpus/mixed/app.log

swift build -c release --static-swift-stdlib --product tracesift
tracesift=.build/release/tracesift

records=$(mktemp)
totals=$(mktemp)
trap 'rm -f "$records" "$totals"' EXIT

echo
echo "\$ tracesift scan --stats --rules $rules $log"
"$tracesift" scan --stats --rules "$rules" "$log" >"$records" 2>"$totals"

# Indents one JSON object a line, without touching what stands inside strings.
indented() {
  awk '
    function newline(  i) { printf "\n"; for (i = 0; i < depth; i++) printf "  " }
    {
      inString = isEscaped = depth = 0
      for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        if (inString) {
          printf "%s", c
          if (isEscaped) isEscaped = 0
          else if (c == "\\") isEscaped = 1
          else if (c == "\"") inString = 0
        } else if (c == "\"") { inString = 1; printf "%s", c }
        else if (c == "{" || c == "[") {
          inner = substr($0, i)
          # a frame, or anything else that holds no list or object, stays on one line
          if (match(inner, /^[{[]("([^"\\]|\\.)*"|[^]["{}])*[]}]/)) { printf "%s", substr(inner, 1, RLENGTH); i += RLENGTH - 1 }
          else { depth++; printf "%s", c; newline() }
        }
        else if (c == "}" || c == "]") { depth--; newline(); printf "%s", c }
        else if (c == ",") { printf "%s", c; newline() }
        else printf "%s", c
      }
      printf "\n"
    }'
}

echo
echo "== the first trace, indented"
grep -m1 '"kind":"trace"' "$records" | indented | cut -c 1-150

echo
echo "== the ten largest groups: traces, hash, title of the first"
# A quote inside a value is written \", so these can only meet the record's own keys.
awk '
  match($0, /"group":"[0-9a-f]+"/) {
    group = substr($0, RSTART + 9, RLENGTH - 10)
    if (!(group in title) && match($0, /"title":"([^"\\]|\\.)*"/)) title[group] = substr($0, RSTART + 9, RLENGTH - 10)
    count[group]++
  }
  END { for (group in count) printf "%5d  %s  %s\n", count[group], group, title[group] }
' "$records" | sort -k1,1nr -k2 | awk 'NR <= 10' | sed 's/\\"/"/g' | cut -c 1-130

echo
echo "== failures: how many, why"
awk '/"kind":"failure"/ { match($0, /"reason":"[a-z_]+"/); print substr($0, RSTART + 10, RLENGTH - 11) }' "$records" |
  sort | uniq -c

count() { grep -c "\"kind\":\"$1\"" "$records" || true; }
groups=$(awk 'match($0, /"group":"[0-9a-f]+"/) { print substr($0, RSTART, RLENGTH) }' "$records" | sort -u | wc -l)
echo
echo "== totals"
cat "$totals"
echo "$(count trace) traces and $(count failure) failures in $groups groups"
