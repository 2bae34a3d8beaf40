#!/usr/bin/env bash
# Builds and runs all tests, from a fresh clone on: one command.
# The whole output of the test run is kept in .build/tests.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh

echo "== format"
swift format lint --strict --recursive Package.swift Sources Tests
echo "clean"

echo "== build and tests"
mkdir -p .build
swift build --build-tests
log=.build/tests.log
status=0
swift test --skip-build >"$log" 2>&1 || status=$?
# Hundreds of lines say that a test passed; what a person reads is what failed, and the end.
grep -E '✘|error:|recorded an issue' "$log" | head -n 100 || true

echo "== arrows"
scripts/check-arrows.sh

echo "== end of the test run"
tail -n 5 "$log"
exit "$status"
