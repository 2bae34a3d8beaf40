#!/usr/bin/env bash
# Fuzzes one target for some time, or all of them in turn.
#
#   scripts/fuzz.sh TARGET [SECONDS [OPTION…]]    60 s; options are libFuzzer's own, such as -timeout=120
#   scripts/fuzz.sh all [SECONDS [OPTION…]]       each for so long; a line a target, the input that a finding is, in
#                                                 base64, below it, and 1 when any found something
#   scripts/fuzz.sh list                          the targets
#
# What each target checks stands in Tests/Fuzz/FuzzProperties. The build is a release one of its own, in
# .build-fuzz, with every target instrumented; what the fuzzer learns is kept in .build-fuzz/corpus/TARGET and read
# again the next time, after the seeds in Tests/Fuzz/corpora/TARGET, which a run never changes; the trace parsers also
# start from the small logs of Corpus/java and Corpus/python. Words that a fuzzer
# would not come upon by itself stand in Tests/Fuzz/dictionaries/TARGET, where a target needs some.
#
# A finding ends the target's run with a file .build-fuzz/findings/TARGET-…. To work on one:
#   swift run FuzzRules .build-fuzz/findings/FuzzRules-crash-…      says what is broken, in a plain build
#   SWIFT_BACKTRACE=enable=no .build-fuzz/release/FuzzRules -minimize_crash=1 -runs=100000 FILE
# Then put the smallest input into Tests/Fuzz/corpora/TARGET under a name that says what was wrong (the tests run all
# seeds), and the same case as a line of a table into the room's own tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mapfile -t targets < <(ls Tests/Fuzz/corpora)
case ${1:-} in
  '' | -h | --help)
    sed -n '2,21s/^# \{0,1\}//p' scripts/fuzz.sh >&2
    exit 64
    ;;
  list)
    printf '%s\n' "${targets[@]}"
    exit
    ;;
esac
target=$1
seconds=${2:-60}
options=("${@:3}")
if [ "$target" != all ] && [ ! -d "Tests/Fuzz/corpora/$target" ]; then
  echo "fuzz: no target $target in Tests/Fuzz; scripts/fuzz.sh list names them" >&2
  exit 64
fi
if [[ ! $seconds =~ ^[1-9][0-9]*$ ]]; then
  echo "fuzz: $seconds is no number of seconds" >&2
  exit 64
fi
source scripts/setup.sh
# Swift's own crash handler would end the process before libFuzzer has kept the input.
export SWIFT_BACKTRACE=enable=no

build() {
  swift build -c release --sanitize fuzzer -Xswiftc -DFUZZING --scratch-path .build-fuzz --product "$1"
}

fuzz() {
  local learnt=.build-fuzz/corpus/$1 words=Tests/Fuzz/dictionaries/$1 dictionary=() seeds=("Tests/Fuzz/corpora/$1")
  mkdir -p "$learnt" .build-fuzz/findings
  local logs=.build-fuzz/seeds/$1 corpus=
  case $1 in FuzzJava) corpus=Corpus/java ;; FuzzPython) corpus=Corpus/python ;; esac
  if [ -n "$corpus" ]; then
    mkdir -p "$logs"
    find "$corpus" -name '*.log' -size -8193c -exec cp -t "$logs" {} +
    seeds+=("$logs")
  fi
  if [ -f "$words" ]; then dictionary=("-dict=$words"); fi
  .build-fuzz/release/"$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -artifact_prefix=".build-fuzz/findings/$1-" "${dictionary[@]}" "${options[@]}" \
    "$learnt" "${seeds[@]}"
}

if [ "$target" != all ]; then
  build "$target" >&2
  fuzz "$target"
  exit
fi

# A number of libFuzzer's statistics.
statistic() { awk -v name="stat::$1:" '$1 == name { print $2 }' "$2"; }

mkdir -p .build-fuzz/logs
found=0
for target in "${targets[@]}"; do
  log=.build-fuzz/logs/$target.log
  if ! build "$target" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "fuzz: $target cannot be built" >&2
    exit 2
  fi
  started=$SECONDS
  outcome='no finding' finding=
  if ! fuzz "$target" >"$log" 2>&1; then
    finding=$(grep -aoE '\.build-fuzz/findings/[^ ]+' "$log" | tail -n 1 || true)
    outcome="FOUND $finding: $(
      { grep -m 1 -aE 'Fatal error|ERROR' "$log" || true; } | tr -cd '[:print:]' | cut -c 1-200)"
    found=1
  fi
  printf '%-20s %9s runs in %3d s, %5s new inputs, %s\n' "$target" "$(statistic number_of_executed_units "$log")" \
    $((SECONDS - started)) "$(statistic new_units_added "$log")" "$outcome"
  # All that is left of a finding where the machine goes away.
  if [ -f "$finding" ]; then echo "  base64 -d <<<'$(base64 -w 0 "$finding")'"; fi
done
exit $found
