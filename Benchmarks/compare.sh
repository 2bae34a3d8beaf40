#!/usr/bin/env bash
# Measures `tracesift scan` beside what people search logs with, on logs that it writes itself.
#
#   Benchmarks/compare.sh [MEGABYTES]      300 by default; the logs go to a temporary folder
#
# The others only count lines that look like a part of a trace; tracesift parses, groups and writes records. Before
# anything is timed, the number of traces found is compared with the number written. Prints Markdown tables:
# wall time, best and mean of the runs with a warm page cache.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh --benchmarks
megabytes=${1:-300}

swift build -c release --static-swift-stdlib --product tracesift >&2
tracesift=$PWD/.build/release/tracesift
rules=$PWD/Corpus/rules/airbyte.rules
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(uname -s) $(uname -r | cut -d. -f1-2)"
echo "$(swift --version 2>/dev/null | head -n 1); $(rg --version | head -n 1); $(grep --version | head -n 1)"

cd "$work"
for percent in 1 10 100; do
  log=share-$percent.log
  written=$("$OLDPWD/Benchmarks/make-log.sh" "$megabytes" "$percent" "$work/$log")
  found=$("$tracesift" scan --rules "$rules" "$log" | grep -c '"kind":"trace"' || true)
  if [ "$found" != "$written" ]; then
    echo "$log: $written traces were written, $found found" >&2
    exit 1
  fi
  # Into files: GNU grep stops at the first match when it sees that its output goes to /dev/null.
  hyperfine --shell=default --warmup 1 --runs 5 --style none --export-csv "$percent.csv" \
    -n 'tracesift scan --jobs 1' "$tracesift scan --jobs 1 --rules $rules $log > records.ndjson" \
    -n 'tracesift scan' "$tracesift scan --rules $rules $log > records.ndjson" \
    -n 'wc -l' "wc -l $log > count" \
    -n "rg -c '^\\s+at |^Traceback'" "rg -c '^\\s+at |^Traceback' $log > count" \
    -n "LC_ALL=C grep -cP '^\\s+at '" "LC_ALL=C grep -cP '^\\s+at ' $log > count" >/dev/null
  echo
  echo "**$percent % of $megabytes MB in traces** ($written traces, $(($(stat -c %s records.ndjson) / 1000000)) MB of records)"
  echo
  echo "| command | best, s | mean, s | GB/s at best |"
  echo "| --- | --- | --- | --- |"
  # hyperfine: command,mean,stddev,median,user,system,min,max
  awk -F, -v bytes="$(stat -c %s "$log")" 'NR > 1 {
    n = NF; name = $1
    for (i = 2; i <= n - 7; i++) name = name "," $i
    gsub(/^"|"$/, "", name); gsub(/\|/, "\\|", name)
    printf "| `%s` | %.3f | %.3f | %.2f |\n", name, $(n - 1), $(n - 6), bytes / $(n - 1) / 1e9
  }' "$percent.csv"
  rm -f "$log" records.ndjson
done
