internal import PCRE2
internal import TraceBytes

/// The grammar of `type` or `type: message`, circular references included, as one pattern: what the
/// hand-written reader must agree with on every line.
extension JavaHeader {
  static let grammar = #"""
    (?xs)
    (?(DEFINE) (?<name> [A-Za-z_$\x80-\xff] [A-Za-z0-9_$\x80-\xff]*+ (?: /0x [0-9A-Fa-f]*+ )? ))
    (?: (?<circular> \[CIRCULAR[ ]REFERENCE: [ ]?+ (?= .* \] $ ) ) )?+
    (?<type> (?&name) (?<dots> \. (?&name) )*+ )
    (?(<circular>) (?: : (?: [ ] (?<reference> .*+ (?<= \]) ) | \] ) | \] ) $
                 | (?: \( (?&name) (?: \. (?&name) )++ \) )?+
                   (?: (?: :[ ] | ;[ ] (?=(?:lineNumber|systemId|publicId):[ ]) ) (?<value> .*+ ) | : (?<empty>) )? $ )
    """#

  private static let pattern = try? SharedPattern(grammar, .anchored)

  /// The same as `parse`, by the pattern.
  static func parsePattern(
    _ text: Span<UInt8>, from start: Int, to end: Int, _ scratch: borrowing MatchScratch
  ) -> PatternReading<JavaHeader> {
    guard let pattern else { return .gaveUp }
    switch pattern.pattern.match(text.extracting(start..<end), using: scratch) {
    case .noMatch: return .none
    case .gaveUp: return .gaveUp
    case .match: break
    }
    guard let type = scratch.group(3) else { return .none }
    var header = JavaHeader(type: ByteRange(start + type.lowerBound, start + type.upperBound))
    header.isDotted = scratch.group(4) != nil
    header.isCircular = scratch.group(2) != nil
    if let value = scratch.group(6) ?? scratch.group(7) {
      header.value = ByteRange(start + value.lowerBound, start + value.upperBound)
    } else if let reference = scratch.group(5) {
      header.value = ByteRange(start + reference.lowerBound, start + reference.upperBound - 1)
    } else if header.isCircular, text[start + type.upperBound] == UInt8(ascii: ":") {
      header.value = ByteRange(end - 1, end - 1)
    }
    return .fields(header)
  }
}

extension JavaMore {
  /// `... N more` in all its wordings; an indented `... ` alone is log4j2's mark for one line; what Liberty and Hazelcast write
  /// in the place of frames.
  static let grammar = #"""
    (?xs) (?<indent> [\ \t]++ )?
    (?: \.\.\.[ ]
      (?: (?(<indent>) $ | (?!) )
        | (?: suppressed[ ] (?<lines> [0-9]{1,9} ) [ ]lines
            | (?<end> [0-9]{1,9} ) [ ] (?: more | common[ ]frames[ ]omitted | trimmed )
            | (?<gap> [0-9]{1,9} ) [ ] (?: frames[ ] (?: excluded | truncated ) | elided | filtered | truncated ) )
          (?: [\ \t]*+ (?: $ | \(including[ ] ) | [>|,;"'`)\]}\[\{<] | [\ \t]++ [^\ =]++ = ) )
      | (?(<indent>) at[ ] (?: \[internal[ ]classes\] $ | (?<caller> ------[ ]submitted[ ]from[ ]------ ) ) | (?!) ) )
    """#

  private static let pattern = try? SharedPattern(grammar, .anchored)

  /// The same as `parse`, by the pattern.
  static func parsePattern(
    _ text: Span<UInt8>, _ line: TextLine, _ scratch: borrowing MatchScratch
  ) -> PatternReading<JavaMore> {
    guard let pattern else { return .gaveUp }
    switch pattern.pattern.match(text.extracting(line.start..<line.end), using: scratch) {
    case .noMatch: return .none
    case .gaveUp: return .gaveUp
    case .match: break
    }
    guard let digits = scratch.group(2) ?? scratch.group(3) ?? scratch.group(4) else {
      return .fields(JavaMore(count: scratch.group(5) == nil ? 1 : 0, isEnd: false))
    }
    let range = line.start + digits.lowerBound..<line.start + digits.upperBound
    return .fields(JavaMore(count: Int(text.text(range)) ?? 0, isEnd: scratch.group(3) != nil))
  }
}
