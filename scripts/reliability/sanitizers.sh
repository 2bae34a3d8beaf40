# Row 19: the tests under AddressSanitizer, those with threads under ThreadSanitizer. Builds of their own, kept.

row_sanitizers() {
  # What the test runner itself never frees is no leak of ours. What measures memory, or limits it, measures the
  # sanitizer. A test asks for more memory than there is, which is no mistake.
  export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
  sanitized address .build-asan --skip CeilingTests --skip AllocationTests
  sanitized thread .build-tsan --filter TraceSiftTests
}

sanitized() {
  local kind=$1 build=$2
  shift 2
  swift test --sanitize "$kind" --scratch-path "$build" "$@" >"$work/sanitized" 2>&1 || differs "$kind: $(grep -E '✘|error:|ERROR:|WARNING:' "$work/sanitized" | head -n 3)"
  # That there is not so much memory is what one test asks for.
  ! grep -E '(ERROR|WARNING): (Address|Thread)Sanitizer' "$work/sanitized" | grep -v 'failed to allocate' >/dev/null || differs "$kind: $(grep -E -A 3 'Sanitizer:' "$work/sanitized" | head -n 5)"
  details+="${details:+; }$kind: $(grep 'Test run with' "$work/sanitized" | tail -n 1)"
}
