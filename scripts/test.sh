#!/usr/bin/env bash
# Builds and runs all tests, from a fresh clone on: one command.
# The whole output of the test run is kept in .build/tests.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh

# Everything runs, so that one red part does not hide another; what failed is named at the end.
failed=()

echo "== format"
if swift format lint --strict --recursive Package.swift Sources Tests; then echo "clean"; else failed+=(format); fi

echo "== arrows"
scripts/check-arrows.sh || failed+=(arrows)

echo "== build and tests"
mkdir -p .build
log=.build/tests.log
swift build --build-tests
swift test --skip-build >"$log" 2>&1 || failed+=(tests)
# Hundreds of lines say that a test passed; what a person reads is what failed, and the end.
grep -E '✘|error:|recorded an issue' "$log" | head -n 100 || true

echo "== end of the test run"
tail -n 5 "$log"

if [ ${#failed[@]} -gt 0 ]; then
  echo "== failed: ${failed[*]}"
  exit 1
fi
