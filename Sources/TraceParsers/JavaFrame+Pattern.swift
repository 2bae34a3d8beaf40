internal import PCRE2
internal import TraceBytes

/// What a pattern said of a line.
enum PatternReading<Fields: Equatable & Sendable>: Equatable, Sendable {
  case fields(Fields)
  case none
  /// A limit of PCRE2 was hit: reported under `internal_limit`, never swallowed.
  case gaveUp
}

/// The grammar of a JVM frame as one pattern. The hand-written reader must agree with it on every line; the
/// tests hold one against the other.
extension JavaFrame {
  static let grammar = #"""
    (?xs)
    # The tail: the last parentheses that nothing but a suffix follows.
    (?= (?> .* (?= (?<tail> \( [^()]*+ \)
      (?: [\ \t] [~\[] .* [\]}]                            # packaging data: ~[a.jar:1], agents behind it
        | \[ .* \]                                          # the same without a blank
        | [\ \t] \{ .* \}                                  # an agent's notes: {re:classloading}
        | [12] [0-9]{3} - [0-9]{2} - [0-9]{2} .*            # log4j2's short layout has no line break
        | @0x [0-9A-Fa-f]++                                # JRockit's program counter
        | \{ [A-Za-z]* \} | ```                            # the end of a block of Jira or Markdown
        | > | \|[#]\]                                      # the end of a WebLogic or GlassFish record
      )?
      (?: [\ \t]*+ (?<= [ ]) [A-Za-z0-9_$\x80-\xff]++ = [^\ ]* (?<= [A-Za-z0-9_$\x80-\xff] ) )*  # log4j2's suffix
      [\ \t]*+ $ ))))
    (?:
      # kotlinx.coroutines' marker has no name.
      (?= \k<tail> $ ) (?<boundary> \( Coroutine[ ]boundary [^()]*+ \) )
    |
      # Loader and module, up to the last slash that no hidden class's number follows.
      (?: .* / )?
      (?! (?: 0x [0-9A-Fa-f]++ | [0-9]++ ) \. [^.]+? (?= \k<tail> $ ) )
      (?<module> (?! [\ \t0-9] ) [^/]*? (?: / (?: 0x [0-9A-Fa-f]++ | [0-9]++ ) (?= \. ) )? (?<! [\ \t] ) | )
      (?<! [\ \t] ) \.
      (?<function> [^.]+? ) (?= \k<tail> $ ) (?<! \ )
      \(
      (?<path> (?: [^/()]*+ / )*+ )
      (?: (?<native> Native[ ] [^()]{6} )
        | Unknown[ ]Source [^()]*+
        # The last colon stands before the line; a number before it too is JavaScript.
        | (?<file> (?! : [^:()]*+ \) ) [^:()]*+ (?: (?: : [^:()]*+ )*? : (?! -*+ [0-9]{1,9} : ) [^:()]*+ )? ) : (?<line> -*+ [0-9]{1,9} )
        # Something that is no number behind the last colon.
        | (?<bad> (?! : [^:()]*+ \) ) (?: [^\ :()]*+ : )++ (?! -*+ [0-9]{1,9} \) ) [^\ :()]*+ )
        | (?<only> [^\ ,:()]++ )
      ) \)
    )
    """#

  private static let pattern = try? SharedPattern(grammar, .anchored)

  /// The same as `parse`, by the pattern.
  static func parsePattern(
    _ text: Span<UInt8>, from start: Int, to end: Int, _ scratch: borrowing MatchScratch
  ) -> PatternReading<JavaFrame> {
    guard let pattern else { return .gaveUp }
    let line = text.extracting(start..<end)
    switch pattern.pattern.match(line, using: scratch) {
    case .noMatch: return .none
    case .gaveUp: return .gaveUp
    case .match: return .fields(frame(text, start, scratch))
    }
  }

  private enum Group {
    static let boundary = 2
    static let module = 3
    static let function = 4
    static let path = 5
    static let native = 6
    static let file = 7
    static let line = 8
    static let bad = 9
    static let only = 10
  }

  private static func frame(_ text: Span<UInt8>, _ start: Int, _ scratch: borrowing MatchScratch) -> JavaFrame
  {
    if let boundary = scratch.group(Group.boundary) {
      var frame = JavaFrame(
        module: ByteRange(start, start),
        function: ByteRange(start + boundary.lowerBound + 1, start + boundary.upperBound - 1))
      frame.isBoundary = true
      return frame
    }
    var frame = JavaFrame(
      module: range(Group.module, start, scratch) ?? ByteRange(start, start),
      function: range(Group.function, start, scratch) ?? ByteRange(start, start))
    frame.file = range(Group.file, start, scratch) ?? range(Group.only, start, scratch)
    frame.isNative = scratch.group(Group.native) != nil
    frame.hasBadLocation = scratch.group(Group.bad) != nil
    frame.line = number(text, range(Group.line, start, scratch))
    frame.isBoundary = text.ends(frame.module.range, with: "_BOUNDARY")
    frame.isObfuscated = frame.file.map { isShrinkersName(text, $0) } == true
    frame.isThreadDump = isDumpPath(text, range(Group.path, start, scratch))
    return frame
  }

  private static func range(_ group: Int, _ start: Int, _ scratch: borrowing MatchScratch) -> ByteRange? {
    scratch.group(group).map { ByteRange(start + $0.lowerBound, start + $0.upperBound) }
  }

  private static func number(_ text: Span<UInt8>, _ range: ByteRange?) -> Int32 {
    guard let range, text[Int(range.start)] != UInt8(ascii: "-") else { return 0 }
    return Int32(text.text(range.range)) ?? 0
  }

  /// A JDK module or a module with a version before the file's name.
  private static func isDumpPath(_ text: Span<UInt8>, _ path: ByteRange?) -> Bool {
    guard let path, !path.isEmpty else { return false }
    let end = Int(path.end) - 1
    return text.has("java.", at: Int(path.start), before: end)
      || text.has("jdk.", at: Int(path.start), before: end)
      || text.firstOffset(of: UInt8(ascii: "@"), in: Int(path.start)..<end) != nil
  }
}
