internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// A string between double quotes that YAML's printers have broken into several lines (YAML 1.2.2, section 7.3.1): a line end is a
/// blank, behind a backslash it is nothing, and the blanks that a line begins with are not the string's.
extension TraceScanner {
  /// Records of the string that the anchor stands in; nil where it stands in none.
  mutating func foldedString(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard var string = FoldedString(text, around: line, scope, parser.floorMark) else { return nil }
    while !string.isClosed {
      guard string.last.next - string.first.start < FoldedString.longest else { return nil }
      guard let next = LineSpan(text, from: string.last.next, end: scope.end, isFinal: scope.isFinal) else {
        return scope.isFinal ? nil : .parsed(.needsMore(from: string.first.start))
      }
      guard string.take(text, next) else { return nil }
    }
    guard string.last.start > string.first.start else { return nil }
    let lines = LineSpan(from: string.first, to: string.last)
    let records = document(string.text, carriedBy: lines, depth: scope.depth)
    return records.isEmpty ? nil : .records(records)
  }
}

/// The lines of such a string.
private struct FoldedString {
  /// So many bytes are looked at.
  static let longest = 256 << 10
  /// So many lines may stand above the first word of a trace.
  private static let mostAbove = 64
  private static let quote = UInt8(ascii: "\"")

  /// The line that it begins on.
  private(set) var first: LineSpan
  private(set) var last: LineSpan
  private(set) var isClosed = false
  /// As one line, with its escapes.
  private var folded: [UInt8] = []
  private var joins = true

  /// Nil where neither the line nor one above it opens a string that does not end there.
  init?(_ text: Span<UInt8>, around line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    guard text.firstOffset(of: UInt8(ascii: "\\"), in: line.range) != nil else { return nil }
    var start = line
    for _ in 0..<Self.mostAbove {
      if let open = Self.opening(text, start) {
        (first, last) = (start, start)
        append(text, open + 1..<start.end)
        return
      }
      guard start.start < start.end, isBlank(text[start.start]),
        let above = scope.line(above: start.start, text, mark)
      else { return nil }
      start = above
    }
    return nil
  }

  /// The quote behind a name or an item's hyphen whose string is not closed on the line.
  private static func opening(_ text: Span<UInt8>, _ line: LineSpan) -> Int? {
    guard text[line.start] != UInt8(ascii: "{") else { return nil }
    var at = line.start
    while let open = text.firstOffset(of: quote, in: at..<line.end) {
      guard text.ends(line.start..<open, with: ": ") || text.ends(line.start..<open, with: "- ") else {
        return nil
      }
      guard let close = OneLineForm.closing(text, open + 1, line.end, quote) else { return open }
      at = close + 1
    }
    return nil
  }

  /// Takes the next line in.
  /// - Returns: whether it is one of the string.
  mutating func take(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    last = line
    guard line.start < line.end else {
      folded.append(contentsOf: "\\n".utf8)
      joins = true
      return true
    }
    guard let start = line.range.first(where: { !isBlank(text[$0]) }), start > line.start else {
      return false
    }
    if let close = OneLineForm.closing(text, start, line.end, Self.quote) {
      isClosed = true
      append(text, start..<close)
      return (close + 1..<line.end).allSatisfy { isBlank(text[$0]) }
    }
    append(text, start..<line.end)
    return true
  }

  private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    if !joins { folded.append(0x20) }
    // A blank behind a backslash at the start is the string's.
    let start = range.lowerBound + (text.has("\\ ", at: range.lowerBound, before: range.upperBound) ? 1 : 0)
    var end = isClosed ? range.upperBound : text.endWithoutBlanks(of: start..<range.upperBound)
    let slashes = (start..<end).reversed().prefix { text[$0] == UInt8(ascii: "\\") }.count
    joins = slashes % 2 == 1
    if joins { end -= 1 }
    folded.append(text, start..<end)
  }

  /// What the string says.
  var text: [UInt8] {
    var output: [UInt8] = []
    TextEscapes.appendUnescaped(folded.span, 0..<folded.count, .quoted, to: &output)
    return output
  }
}
