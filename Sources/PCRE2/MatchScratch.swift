internal import CPCRE2

/// What one worker needs to match: room for the group ranges, a JIT stack and the limits.
/// Not `Sendable`: one a worker.
///
/// PCRE2's default JIT stack of 32 KiB runs out on harmless lines, so each scratch owns one of up to 1 MiB.
@safe public struct MatchScratch: ~Copyable {
  let data: OpaquePointer
  let context: OpaquePointer
  private let stack: OpaquePointer
  let ranges: UnsafeMutablePointer<Int>
  let capacity: Int

  /// - Parameters:
  ///   - groups: the most capture groups of any pattern that is matched with this scratch.
  ///   - matchLimit: PCRE2's count of steps for one start position, after which it gives up.
  ///   - heapLimit: the most KiB of heap for one match by the interpreter.
  public init(groups: Int = 31, matchLimit: UInt32 = 20_000, heapLimit: UInt32 = 1024) {
    capacity = groups + 1
    guard let data = unsafe pcre2_match_data_create_8(UInt32(capacity), nil),
      let context = unsafe pcre2_match_context_create_8(nil),
      let stack = unsafe pcre2_jit_stack_create_8(64 << 10, 1 << 20, nil),
      let ranges = unsafe pcre2_get_ovector_pointer_8(data)
    else { fatalError("tracesift: out of memory for a match scratch (\(groups) groups)") }
    unsafe self.data = data
    unsafe self.context = context
    unsafe self.stack = stack
    unsafe self.ranges = ranges
    unsafe pcre2_set_match_limit_8(context, matchLimit)
    unsafe pcre2_set_heap_limit_8(context, heapLimit)
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }

  /// The bytes that group `index` matched, as offsets into the subject; nil for a group that took no part.
  /// Group 0 is the whole match. Valid until the scratch is used again.
  public borrowing func group(_ index: Int) -> Range<Int>? {
    guard index < capacity else { return nil }
    let start = unsafe ranges[2 * index]
    let end = unsafe ranges[2 * index + 1]
    // PCRE2_UNSET is all ones, and `\K` could put the start behind the end.
    return start < 0 || end < start ? nil : start..<end
  }
}
