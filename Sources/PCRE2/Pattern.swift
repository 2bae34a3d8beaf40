internal import CPCRE2

/// A compiled regular expression over bytes.
///
/// It is read-only once compiled, and JIT compilation runs inside `init` before anyone sees it, so one
/// pattern serves all workers; what changes during a match lives in a `MatchScratch`.
///
/// Subjects are bytes: without `.unicode` nothing is decoded, so invalid UTF-8 is ordinary input.
@safe public struct Pattern: ~Copyable, @unchecked Sendable {
  /// How a pattern is read.
  public struct Options: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Matches at the start offset only.
    public static let anchored = Options(rawValue: 1)
    /// UTF-8 mode with Unicode properties for `\d \w \s \b`; the subject must be valid UTF-8.
    public static let unicode = Options(rawValue: 2)
    /// ASCII letters match in either case.
    public static let caseless = Options(rawValue: 4)
    /// The interpreter only: for comparing the two engines.
    public static let interpreted = Options(rawValue: 8)
  }

  private let code: OpaquePointer
  /// Whether matches run as machine code; false where the system forbids executable memory.
  public let isJITCompiled: Bool
  private let options: Options

  /// Compiles `source`. A newline in the sense of `.` and `$` is LF.
  /// - Throws: `PatternError` with PCRE2's code and the offset in `source`.
  public init(_ source: String, _ options: Options = []) throws(PatternError) {
    var flags = UInt32(PCRE2_NEVER_BACKSLASH_C) | UInt32(PCRE2_DOLLAR_ENDONLY)
    if options.contains(.anchored) { flags |= UInt32(PCRE2_ANCHORED) }
    if options.contains(.unicode) { flags |= UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) }
    if options.contains(.caseless) { flags |= UInt32(PCRE2_CASELESS) }
    var error: Int32 = 0
    var offset = 0
    guard let context = unsafe pcre2_compile_context_create_8(nil) else {
      throw PatternError(kind: .memory, code: 0)
    }
    defer { unsafe pcre2_compile_context_free_8(context) }
    unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    var text = source
    let compiled = text.withUTF8 { utf8 in
      unsafe pcre2_compile_8(utf8.baseAddress, utf8.count, flags, &error, &offset, context)
    }
    guard let compiled = unsafe compiled else {
      throw PatternError(kind: .compile, code: error, offset: offset)
    }
    unsafe code = compiled
    self.options = options
    let wantsJIT = !options.contains(.interpreted)
    unsafe isJITCompiled = wantsJIT && (pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE)) == 0)
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// Matches from `start` on; the groups are then in `scratch`.
  ///
  /// With `.unicode` the subject must be valid UTF-8: the JIT path does not check it.
  /// - Complexity: bounded by the scratch's match limit for each start position.
  public borrowing func match(
    _ subject: Span<UInt8>, from start: Int = 0, using scratch: borrowing MatchScratch
  ) -> MatchOutcome {
    let count = unsafe subject.withUnsafeBufferPointer { bytes in
      // An empty span may have no address, and PCRE2 10.42 wants one.
      unsafe Self.run(code, isJITCompiled, bytes.baseAddress ?? Self.nowhere, bytes.count, start, scratch)
    }
    switch count {
    case 0...: return .match
    case PCRE2_ERROR_NOMATCH: return .noMatch
    default: return .gaveUp(code: count)
    }
  }

  /// The address of the empty subject.
  private nonisolated(unsafe) static let nowhere = unsafe UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  private static func run(
    _ code: OpaquePointer, _ jit: Bool, _ base: UnsafePointer<UInt8>, _ count: Int, _ start: Int,
    _ scratch: borrowing MatchScratch
  ) -> Int32 {
    if jit {
      let result = unsafe pcre2_jit_match_8(code, base, count, start, 0, scratch.data, scratch.context)
      guard result == PCRE2_ERROR_JIT_STACKLIMIT else { return result }
    }
    let flags = UInt32(PCRE2_NO_JIT) | UInt32(PCRE2_NO_UTF_CHECK)
    return unsafe pcre2_match_8(code, base, count, start, flags, scratch.data, scratch.context)
  }
}
