internal import PCRE2
internal import TraceBytes

/// The grammar of a Python frame, of a traceback's last line and of the marks between frames as patterns:
/// what the hand-written readers must agree with on every line.
extension PythonFrame {
  /// The path ends at the first `", line N` that a legal rest follows.
  static let grammar = #"""
    (?xs) File[ ]" (?<file> .*? ) ",[ ]line[ ] (?<line> [0-9]{1,9} )
      (?: $ | ,[ ]in[ ] (?<function> .*+ ) $ | [ ]in[ ] (?<fault> .*+ ) $ )
    """#

  private static let pattern = try? SharedPattern(grammar, .anchored)

  /// The same as `parse`, by the pattern.
  static func parsePattern(
    _ text: Span<UInt8>, from start: Int, to end: Int, _ scratch: borrowing MatchScratch
  ) -> PatternReading<PythonFrame> {
    guard let pattern else { return .gaveUp }
    switch pattern.pattern.match(text.extracting(start..<end), using: scratch) {
    case .noMatch: return .none
    case .gaveUp: return .gaveUp
    case .match: break
    }
    func range(_ group: Int) -> ByteRange? {
      scratch.group(group).map { ByteRange(start + $0.lowerBound, start + $0.upperBound) }
    }
    guard let file = range(1), let line = range(2) else { return .none }
    var frame = PythonFrame(
      file: file, line: Int32(text.text(line.range)) ?? 0, function: range(3) ?? range(4))
    frame.isFaultHandler = range(4) != nil
    return .fields(frame)
  }
}

extension PythonException {
  /// Names and dots, and the type that Ray adds to its own, then nothing or a colon; one blank behind the colon is no message.
  static let grammar = #"""
    (?xs)
    (?(DEFINE) (?<name> <locals> | [A-Za-z_\x80-\xff] [A-Za-z0-9_$\x80-\xff]*+ ))
    (?<type> (?&name) (?: \. (?&name) )*+ (?: (?<=\.RayTaskError) \( [A-Za-z0-9_.$\x80-\xff]*+ \) )?+ )
    (?: [\ \t]*+ $ | : [\ \t]? $ | : [\ \t] (?<value> .++ ) $ )
    """#

  private static let pattern = try? SharedPattern(grammar, .anchored)

  /// The same as `parse`, by the pattern.
  static func parsePattern(
    _ text: Span<UInt8>, from start: Int, to end: Int, _ scratch: borrowing MatchScratch
  ) -> PatternReading<PythonException> {
    guard let pattern else { return .gaveUp }
    switch pattern.pattern.match(text.extracting(start..<end), using: scratch) {
    case .noMatch: return .none
    case .gaveUp: return .gaveUp
    case .match: break
    }
    guard let type = scratch.group(2) else { return .none }
    let value = scratch.group(3).map { ByteRange(start + $0.lowerBound, start + $0.upperBound) }
    return .fields(
      PythonException(type: ByteRange(start + type.lowerBound, start + type.upperBound), value: value))
  }
}
