internal import TraceBytes
internal import TraceParsers

/// A traceback in a record of rich's handler without its boxes: behind as many blanks as the record's time and level take, padded
/// with blanks to the terminal's width, and broken between words where a line is longer than the column of messages.
struct RichLines: LineUnwrapper {
  /// The record's first line, with the level in the last column before the messages.
  private let first: LineSpan
  /// Where the column of messages starts, and bytes of it.
  private let margin: Int
  private let width: Int
  /// Of a line that goes on: whether it is one of the source, below which a class with a colon is the exception.
  private var isSource: Bool?
  /// Where the text ends, and whether the input does.
  private let limit: (end: Int, isFinal: Bool)

  /// Nil unless the anchor is the header of such a traceback.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    margin = scope.anchor - line.start
    limit = (scope.end, scope.isFinal)
    guard margin >= Self.levelWidth, text.has("Traceback (", at: scope.anchor, before: line.end),
      text[line.end - 1] == 0x20, Self.isBlank(text, line.start..<scope.anchor)
    else { return nil }
    var start = line.start
    for _ in 0..<Self.mostAbove {
      guard let above = scope.line(above: start, text, mark) else { return nil }
      if Self.hasLevel(text, above, margin) {
        first = above
        width = Self.messageEnd(text, above, at: above.start + margin, line) - above.start - margin
        return
      }
      guard Self.isBlank(text, above.start..<min(above.end, above.start + margin)) else { return nil }
      start = above.start
    }
    return nil
  }

  /// The longest level and a blank.
  private static let levelWidth = 9
  private static let mostAbove = 64
  private static let levels: [StaticString] = [
    "ERROR   ", "CRITICAL", "WARNING ", "INFO    ", "DEBUG   ",
  ]

  private static func hasLevel(_ text: Span<UInt8>, _ line: LineSpan, _ margin: Int) -> Bool {
    let level = line.start + margin - levelWidth
    return line.start + margin < line.end && text[level + levelWidth - 1] == 0x20
      && levels.contains { text.has($0, at: level, before: line.end) }
  }

  /// Where the messages end: before the name of the source file, or with the line.
  private static func messageEnd(_ text: Span<UInt8>, _ first: LineSpan, at start: Int, _ line: LineSpan)
    -> Int
  {
    var at = first.end
    while at > start, isDigit(text[at - 1]) { at -= 1 }
    guard at < first.end, at > start, text[at - 1] == UInt8(ascii: ":"),
      let blank = text.lastOffset(of: 0x20, in: start..<at)
    else { return first.start + (line.end - line.start) }
    return blank
  }

  private static func isBlank(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.allSatisfy { text[$0] == 0x20 }
  }

  var firstLine: Int? { first.start }

  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= first.start else { return .foreign }
    guard line.start > first.start else {
      output.append(text, line.range)
      return .whole
    }
    let start = min(line.start + margin, line.end)
    guard Self.isBlank(text, line.start..<start) else { return .end }
    var end = line.end
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    let isSource = isSource ?? (start < end && text[start] == 0x20)
    guard let isPiece = goesOn(text, line, start..<end, isSource) else { return .undecided }
    self.isSource = isPiece ? isSource : nil
    output.append(text, start..<end)
    // A word that is longer than the column is broken, too.
    if isPiece, end - start < width || text.firstOffset(of: 0x20, in: start..<end) != nil {
      output.append(0x20)
    }
    return isPiece ? .piece : .whole
  }

  /// Whether the line below is the rest of a line that was too long: its first word would not have fitted. Nil when that line is
  /// not there yet.
  private func goesOn(_ text: Span<UInt8>, _ line: LineSpan, _ own: Range<Int>, _ isSource: Bool) -> Bool? {
    guard let next = LineSpan(text, from: line.next, end: limit.end, isFinal: limit.isFinal) else {
      return limit.isFinal ? false : nil
    }
    let start = next.start + margin
    guard !own.isEmpty, start < next.end, text[start] != 0x20, Self.isBlank(text, next.start..<start) else {
      return false
    }
    let end = text.firstOffset(of: 0x20, in: start..<next.end) ?? next.end
    guard own.count + 1 + end - start > width else { return false }
    return !isSource || !beginsException(text, start..<end)
  }

  /// The name of a class and a colon.
  private func beginsException(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    text[word.upperBound - 1] == UInt8(ascii: ":") && isIdentifierStart(text[word.lowerBound])
      && ClassName.isCapital(text, word.lowerBound, word.upperBound)
      || text.has("Traceback", at: word.lowerBound, before: word.upperBound)
  }
}
