#!/usr/bin/env bash
# Measures tracesift beside what people search and parse logs with, on logs that it writes itself, and writes
# Benchmarks/RESULTS.md.
#
#   Benchmarks/compare.sh [MEGABYTES] [RUNS]     300 and 10 by default; the logs go to a temporary folder
#
# Medians of wall time, whole processes, warm page cache, output into /dev/null (GNU grep, which stops at the first
# match when it sees that, into a pipe). The searching tools only count lines that look like a part of a trace; tracesift
# parses, groups and writes. Before anything is timed, the number of traces found is compared with the number written.
# A peer or a command that is not there leaves its row out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh --benchmarks
megabytes=${1:-300}
runs=${2:-10}
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

swift build -c release --static-swift-stdlib --product tracesift >&2
tracesift=$root/.build/release/tracesift
table=$work/tables.md
: >"$table"

has_groups=false
"$tracesift" groups --help >/dev/null 2>&1 && has_groups=true

# Peers that Debian has no package of.
jvm=
if command -v javac >/dev/null && javac -d "$work" "$root/Benchmarks/peers/JvmParser.java" >&2; then jvm=$work; fi
boltons=
if python3 -m venv "$work/venv" >/dev/null 2>&1 && "$work/venv/bin/pip" install -q boltons >/dev/null 2>&1; then
  boltons=$work/venv/bin/python
fi

# The commands of one table: note NAME COMMAND BYTES adds one, table TITLE runs them side by side and writes the rows.
names=() commands=() sizes=()
note() { names+=("$1") commands+=("$2") sizes+=("$3"); }
groups() { if $has_groups; then note "$1" "$2" "$3"; fi; }

table() {
  local arguments=() i
  for i in "${!names[@]}"; do arguments+=(-n "$i" "${commands[$i]}"); done
  echo "compare: $1" >&2
  hyperfine --shell=bash --warmup 1 --runs "$runs" --style none --export-json "$work/out.json" "${arguments[@]}" \
    >/dev/null 2>"$work/hyperfine.log" || { cat "$work/hyperfine.log" >&2; exit 1; }
  {
    printf '\n**%s**\n\n| command | median, s | rate | time of the first row |\n| --- | --- | --- | --- |\n' "$1"
    for i in "${!names[@]}"; do
      jq -r --argjson i "$i" --arg name "${names[$i]}" --argjson bytes "${sizes[$i]}" '
        .results[$i].median as $m | .results[0].median as $first | ($bytes / $m / 1e6) as $rate
        | "| `" + ($name | gsub("\\|"; "\\|")) + "` | " + (($m * 10000 | round) / 10000 | tostring) + " | "
          + (if $bytes < 1000000 then "" elif $rate >= 1000 then (($rate / 10 | round) / 100 | tostring) + " GB/s"
             else ($rate | round | tostring) + " MB/s" end)
          + " | " + (if $first > 0 then ($m / $first * 100 | round) / 100 | tostring else "" end) + " |"' "$work/out.json"
    done
  } >>"$table"
  names=() commands=() sizes=()
}

bytes() { stat -c %s "$1"; }

check() {
  local found
  found=$("$tracesift" scan "$1" | grep -c '"kind":"trace"' || true)
  [ "$found" = "$2" ] || { echo "$1: $2 traces were written, $found found" >&2; exit 1; }
}

cd "$work"

# Plain logs, by the share of their bytes in traces.
for percent in 1 10 100; do
  log=plain-$percent.log
  written=$("$root/Benchmarks/make-log.sh" "$megabytes" "$percent" "$work/$log")
  check "$log" "$written"
  size=$(bytes "$log")
  note 'wc -l' "wc -l $log >/dev/null" "$size"
  groups 'tracesift groups --jobs 1' "$tracesift groups --jobs 1 $log >/dev/null" "$size"
  note 'tracesift scan --jobs 1' "$tracesift scan --jobs 1 $log >/dev/null" "$size"
  note 'tracesift scan --jobs 2' "$tracesift scan --jobs 2 $log >/dev/null" "$size"
  note "LC_ALL=C grep -cP '^\\s+at '" "LC_ALL=C grep -cP '^\\s+at ' $log | cat >/dev/null" "$size"
  note "rg -Pc '^\\s+at '" "rg -Pc '^\\s+at ' $log | cat >/dev/null" "$size"
  note "rg -c '^\\s+at |^Traceback'" "rg -c '^\\s+at |^Traceback' $log | cat >/dev/null" "$size"
  if [ "$percent" = 100 ]; then
    # The slow ones get a part of the log; the rate is what counts.
    head -c 30000000 "$log" >part.log
    if [ -n "$jvm" ]; then note 'JVM, regular expressions (30 MB)' "java -cp $jvm JvmParser part.log >/dev/null" 30000000; fi
    if [ -n "$boltons" ]; then
      note 'boltons.tbutils, Python traces only (30 MB)' \
        "$boltons $root/Benchmarks/peers/boltons_parser.py part.log >/dev/null" 30000000
    fi
  fi
  table "Plain log of $megabytes MB, $percent % of it in $written traces"
done

# What containers' runtimes make of the log with 1 %.
for kind in docker cri compose; do
  python3 "$root/Benchmarks/make-log.py" $kind plain-1.log $kind.log
  size=$(bytes $kind.log)
  note "LC_ALL=C grep -cF 'at '" "LC_ALL=C grep -cF 'at ' $kind.log | cat >/dev/null" "$size"
  groups 'tracesift groups --jobs 1' "$tracesift groups --jobs 1 $kind.log >/dev/null" "$size"
  note 'tracesift scan --jobs 1' "$tracesift scan --jobs 1 $kind.log >/dev/null" "$size"
  table "The log with 1 % as $kind writes it"
  rm -f $kind.log
done

# Airbyte's protocol, by what the shares are of.
head -c 20000000 plain-100.log >some-traces.log
for shares in bytes messages; do
  if [ $shares = bytes ]; then
    "$root/Benchmarks/make-airbyte-log.sh" "$megabytes" "$work/airbyte.log" >/dev/null
  else
    python3 "$root/Benchmarks/make-log.py" airbyte "$megabytes" some-traces.log airbyte.log
  fi
  size=$(bytes airbyte.log)
  head -c 30000000 airbyte.log | sed '$d' >airbyte-part.log
  note 'wc -l' "wc -l airbyte.log >/dev/null" "$size"
  groups 'tracesift groups --jobs 1' "$tracesift groups --jobs 1 airbyte.log >/dev/null" "$size"
  note 'tracesift scan --jobs 1' "$tracesift scan --jobs 1 airbyte.log >/dev/null" "$size"
  note "jq 'select(.type==\"TRACE\")' (30 MB)" "jq -c 'select(.type==\"TRACE\")' airbyte-part.log >/dev/null" \
    "$(bytes airbyte-part.log)"
  table "JSON lines of Airbyte's protocol: of the $shares 90 % RECORD, 8 % LOG, 2 % TRACE"
  rm -f airbyte*.log
done

# Compressed input; the rate is that of the text.
size=$(bytes plain-1.log)
gzip -kf plain-1.log
note 'gzip -dc | wc -l' "gzip -dc plain-1.log.gz | wc -l >/dev/null" "$size"
groups 'tracesift groups, gzip' "$tracesift groups plain-1.log.gz >/dev/null" "$size"
note 'tracesift scan, gzip' "$tracesift scan plain-1.log.gz >/dev/null" "$size"
table "gzip of the log with 1 %"
if command -v zstd >/dev/null; then
  zstd -qf plain-1.log
  note 'zstd -dc | wc -l' "zstd -dc plain-1.log.zst | wc -l >/dev/null" "$size"
  groups 'tracesift groups, zstd' "$tracesift groups plain-1.log.zst >/dev/null" "$size"
  note 'tracesift scan, zstd' "$tracesift scan plain-1.log.zst >/dev/null" "$size"
  table "zstd of the log with 1 %"
fi

# Start-up.
head -c 1024 plain-100.log >small.log
note 'tracesift --version' "$tracesift --version >/dev/null" 0
note 'tracesift scan, 1 KB' "$tracesift scan small.log >/dev/null" 0
table "Start-up (without the shell's own time)"

# How the time grows: with the input, with the number of groups, with the number of rules.
"$root/Benchmarks/make-log.sh" $((megabytes / 3)) 10 "$work/third.log" >/dev/null
note 'tracesift scan, a third of it' "$tracesift scan --jobs 1 third.log >/dev/null" "$(bytes third.log)"
note 'tracesift scan, all of it' "$tracesift scan --jobs 1 plain-10.log >/dev/null" "$(bytes plain-10.log)"
table "The log with 10 %, by its size"
for groups in 100 100000; do
  python3 "$root/Benchmarks/make-log.py" shapes "$megabytes" $groups shapes-$groups.log
  note "tracesift scan, $groups stacks" "$tracesift scan --jobs 1 shapes-$groups.log >/dev/null" \
    "$(bytes shapes-$groups.log)"
done
table "Traces alone, by the number of different stacks"
for rules in 10 1000; do
  python3 "$root/Benchmarks/make-log.py" rules $rules rules-$rules.txt
  note "tracesift scan, $rules rules" "$tracesift scan --jobs 1 --quiet --rules rules-$rules.txt plain-100.log >/dev/null" \
    "$(bytes plain-100.log)"
done
table "The log of traces alone, by the number of rules"

# Peak memory.
peak() {
  python3 -c 'import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
print(round(os.wait4(pid, 0)[2].ru_maxrss / 1024))' "$@"
}
repeated() { for _ in $(seq "$1"); do cat plain-10.log; done; }
{
  printf '\n**Peak memory, MiB**\n\n| | %s MB | %s MB |\n| --- | --- | --- |\n' "$megabytes" $((10 * megabytes))
  printf '| `tracesift scan`, standard input | %s | %s |\n' "$(peak "$tracesift" scan <plain-10.log)" \
    "$(repeated 10 | peak "$tracesift" scan)"
} >>"$table"

# Allocations in the steady state: what a log takes more that brings the same traces five times instead of three. What
# stands under a number that differs is kept only from the second or third time on.
head -c 20000000 plain-100.log | sed '$d' >once.log
for _ in 1 2 3; do cat once.log; done >thrice.log
for _ in 1 2 3 4 5; do cat once.log; done >five-times.log
cc -O2 -shared -fPIC -o calloccount.so "$root/Benchmarks/CAllocCount/calloccount.c"
allocations() {
  ALLOCATIONS=count LD_PRELOAD=./calloccount.so "$tracesift" scan --jobs 1 "$1" | wc -l
  cat count
}
read -r traces_thrice thrice < <(allocations thrice.log | xargs)
read -r traces_five five < <(allocations five-times.log | xargs)
printf '\n**Heap allocations in the steady state** (`scan`, one worker): %s for %s traces of known shapes\n' \
  $((five - thrice)) $((traces_five - traces_thrice)) >>"$table"

cd "$root"
results=Benchmarks/RESULTS.md
rooms=$(sed -n '/^## The rooms by themselves/,$p' $results)
{
  echo "# Results"
  echo
  echo "\`Benchmarks/compare.sh $megabytes $runs\` writes this: medians of $runs runs side by side, whole processes, warm page"
  echo "cache, output to /dev/null. The last column is a command's time divided by the first row's. The logs are made of the"
  echo "events of \`Corpus/mixed/app.log\`, each trace with a number of its own in its message, and of those that"
  echo "\`Benchmarks/make-log.py\` writes. \`wc\`, \`grep\` and \`rg\` count lines and do nothing else."
  echo
  echo "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(uname -s) $(uname -r | cut -d. -f1-2)."
  echo "$(swift --version 2>/dev/null | head -n 1); $(rg --version | head -n 1); $(grep --version | head -n 1); $(jq --version)."
  cat "$table"
  echo
  echo "$rooms"
} >"$work/results.md"
cp "$work/results.md" $results
echo "compare: $results is written" >&2
