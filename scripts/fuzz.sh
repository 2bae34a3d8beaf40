#!/usr/bin/env bash
# Fuzzes one target for some time.
#
#   scripts/fuzz.sh TARGET [SECONDS]     60 s; FuzzRules FuzzGlobs FuzzScanner FuzzFingerprintRules FuzzMessages
#                                        FuzzCRI FuzzDockerJSON FuzzPrefixes FuzzEscapes FuzzJSON
#
# What each target checks stands in Tests/Fuzz/FuzzProperties. The build is a release one of its own, in
# .build-fuzz, with every target instrumented; what the fuzzer learns is kept in .build-fuzz/corpus/TARGET and read
# again the next time, after the seeds in Tests/Fuzz/corpora/TARGET, which a run never changes.
#
# A finding ends the run with a file .build-fuzz/findings/TARGET-…. To work on one:
#   swift run FuzzRules .build-fuzz/findings/FuzzRules-crash-…      says what is broken, in a plain build
#   SWIFT_BACKTRACE=enable=no .build-fuzz/release/FuzzRules -minimize_crash=1 -runs=100000 FILE
# Then put the smallest input into Tests/Fuzz/corpora/TARGET under a name that says what was wrong (the tests run all
# seeds), and the same case as a line of a table into the room's own tests.
set -euo pipefail
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  sed -n '2,17s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh
target=$1
seconds=${2:-60}
seeds=Tests/Fuzz/corpora/$target
if [ ! -d "$seeds" ]; then
  echo "fuzz: no target $target in Tests/Fuzz" >&2
  exit 64
fi

swift build -c release --sanitize fuzzer -Xswiftc -DFUZZING --scratch-path .build-fuzz --product "$target" >&2

learnt=.build-fuzz/corpus/$target
mkdir -p "$learnt" .build-fuzz/findings
# Swift's own crash handler would end the process before libFuzzer has kept the input.
export SWIFT_BACKTRACE=enable=no
exec .build-fuzz/release/"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
  -print_final_stats=1 -artifact_prefix=".build-fuzz/findings/$target-" "$learnt" "$seeds"
