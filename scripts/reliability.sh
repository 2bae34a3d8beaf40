#!/usr/bin/env bash
# What tracesift survives, tried out. RELIABILITY.md says what each row promises and what came out.
#
#   scripts/reliability.sh                        quick: all rows on a small scale
#   scripts/reliability.sh quick|full [ROW ...]   some rows alone; full takes the sizes that the promises speak of
#   MINUTES=60 scripts/reliability.sh full soak   how long the soak and the endless inputs run
#   TRACESIFT=path scripts/reliability.sh ...     another build than .build/release/tracesift
#
# Rows: kill faults memory-limit pipes signals compression ceilings traffic hostile soak sanitizers (full only).
# Prints a line a row, and what differs; the last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
source scripts/setup.sh
source scripts/reliability/common.sh
for part in kill faults pipes signals compression ceilings traffic hostile soak sanitizers; do
  source "scripts/reliability/$part.sh"
done

scale=quick
case ${1:-} in quick | full) scale=$1 && shift ;; esac
quick_rows=(faults memory-limit pipes signals compression ceilings traffic hostile soak kill)
rows=("$@")
if [ ${#rows[@]} = 0 ]; then
  rows=("${quick_rows[@]}")
  [ "$scale" = quick ] || rows+=(sanitizers)
fi

begin
for row in "${rows[@]}"; do
  started=$SECONDS
  differences=()
  details=
  "row_${row//-/_}" || differences+=("the row ended early")
  report "$row" $((SECONDS - started))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
