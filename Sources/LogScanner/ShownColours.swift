internal import TraceBytes

/// Colours of which a writer has shown the escape byte, `^[[31m` or `\x1b[31m`, or has dropped it, `[31m`.
struct ShownColours: LineUnwrapper {
  /// What stands for the byte; nothing where it was dropped.
  private let escape: StaticString

  private static let shown: [StaticString] = [
    "^[", "\\x1b", "\\x1B", "\\033", "\\u001b", "\\u001B", "\\e", "\u{241B}", "\u{FFFD}",
  ]

  /// Nil unless such a colour stands before the text of a trace.
  /// - Parameter lead: what stands before it on its line.
  init?(_ text: Span<UInt8>, lead: Range<Int>) {
    var at = lead.lowerBound
    while let open = text.firstOffset(of: UInt8(ascii: "["), in: at..<lead.upperBound) {
      at = open + 1
      guard let end = Self.end(text, open, lead.upperBound) else { continue }
      if let escape = Self.shown.first(where: { text.ends(lead.lowerBound..<open, with: $0) }) {
        self.escape = escape
        return
      }
      // Where the byte is gone, only the last one can be told from text between brackets.
      guard (end..<lead.upperBound).allSatisfy({ isBlank(text[$0]) }) else { continue }
      escape = text.ends(lead.lowerBound..<open, with: "?") ? "?" : ""
      let start = open - escape.utf8CodeUnitCount
      guard start == lead.lowerBound || !isWord(text[start - 1]) && text[start - 1] != 0x1B else {
        return nil
      }
      return
    }
    return nil
  }

  /// Nil unless a line begins with such a colour and then the name of a class: a header above frames that have none.
  init?(_ text: Span<UInt8>, header line: Range<Int>) {
    guard Self.firsts.contains(text[line.lowerBound]) else { return nil }
    let limit = min(line.upperBound, line.lowerBound + Self.longest)
    guard let end = text.firstOffset(of: UInt8(ascii: "m"), in: line.lowerBound..<limit),
      ClassName.ends(text, end + 1, line.upperBound)
    else { return nil }
    self.init(text, lead: line.lowerBound..<end + 1)
  }

  /// What the ways to write one begin with.
  private static let firsts: [UInt8] = Array("^\\[?".utf8) + [0xE2, 0xEF]

  /// Bytes of a colour.
  private static let longest = 24

  /// Behind `[1;31m`.
  private static func end(_ text: Span<UInt8>, _ open: Int, _ limit: Int) -> Int? {
    var at = open + 1
    while at < limit, isDigit(text[at]) || text[at] == UInt8(ascii: ";") { at += 1 }
    guard at < limit, text[at] == UInt8(ascii: "m") || text[at] == UInt8(ascii: "K") else { return nil }
    return at + 1
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    var (from, at) = (line.start, line.start)
    while let open = text.firstOffset(of: UInt8(ascii: "["), in: at..<line.end) {
      at = open + 1
      guard text.ends(from..<open, with: escape), let end = Self.end(text, open, line.end),
        isColour(text, open..<end, line)
      else { continue }
      output.append(text, from..<open - escape.utf8CodeUnitCount)
      (from, at) = (end, end)
    }
    output.append(text, from..<line.end)
    return .whole
  }

  /// Whether brackets with no escape before them are a colour's, and not a range as `[5m]` or `[5m:1m]`: what it says is a number
  /// of those that colours have, and it stands behind no word unless it ends all colours.
  private func isColour(_ text: Span<UInt8>, _ range: Range<Int>, _ line: LineSpan) -> Bool {
    guard escape.utf8CodeUnitCount < 2 else { return true }
    let numbers = range.lowerBound + 1..<range.upperBound - 1
    let first = numbers.first { !isDigit(text[$0]) } ?? numbers.upperBound
    guard numbers.lowerBound < first,
      range.upperBound == line.end || !"]:".utf8.contains(text[range.upperBound])
    else { return false }
    let isReset = first == numbers.lowerBound + 1 && text[numbers.lowerBound] == UInt8(ascii: "0")
    let before = range.lowerBound - escape.utf8CodeUnitCount
    if isReset { return true }
    return Self.isColour(text, numbers.lowerBound..<first)
      && (before == line.start || !isWord(text[before - 1]))
  }

  /// Bold, a colour, or what ends one of them.
  private static func isColour(_ text: Span<UInt8>, _ number: Range<Int>) -> Bool {
    if number.count == 1 { return text[number.lowerBound] == UInt8(ascii: "1") }
    let tens = number.count == 3 ? text[number.lowerBound + 1] : text[number.lowerBound]
    return number.count == 2 ? "2349".utf8.contains(tens) : "0".utf8.contains(tens) && number.count == 3
  }
}
