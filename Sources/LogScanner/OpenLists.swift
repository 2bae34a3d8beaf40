internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// A list of strings that is written an element a line while the object around it is not, or begins behind other text:
/// Elasticsearch's logs of version 7 open the list on a line of the object's and close both behind the last element,
/// Ansible's begin the object behind an arrow.
extension TraceScanner {
  /// Follows the list that the anchor's line stands in; nil when it stands in none.
  mutating func openList(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let list = OpenList(text, line, scope, parser.floorMark) else { return nil }
    var unwrapper = list
    return follow(text, line, scope, &unwrapper, key: scope.key)
  }
}

private struct OpenList: LineUnwrapper {
  /// Where the line starts that opens the list, and where its first element or the line's end stands.
  private let start: Int
  private let first: Int

  /// So many elements may stand above the first frame: a message has few lines.
  private static let mostAbove = 200

  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    guard ListElement(text, line.range) != nil || Self.listStart(text, line.range) != nil else { return nil }
    var at = line
    for _ in 0..<Self.mostAbove {
      if let first = Self.listStart(text, at.range) {
        guard Self.isFrame(text, line) || Self.beginsTrace(text, first, at, scope),
          Self.isOutside(text, at, line, scope, mark)
        else {
          return nil
        }
        (start, self.first) = (at.start, first)
        return
      }
      guard let element = ListElement(text, at.range), !element.isLast || at.start == line.start else {
        return nil
      }
      guard let above = scope.line(above: at.start, text, mark) else {
        // The list's own start is cut off.
        guard at.start == 0 else { return nil }
        (start, first) = (0, 0)
        return
      }
      at = above
    }
    return nil
  }

  /// Whether the anchor's own element is a frame, whatever the elements above it are.
  private static func isFrame(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard let value = ListElement(text, line.range)?.value else { return false }
    return text.has("\\tat ", at: value.lowerBound, before: value.upperBound)
      && text.ends(value, with: ")")
  }

  /// Whether the list's first element is a header, so that the others are no list of anything else.
  private static func beginsTrace(
    _ text: Span<UInt8>, _ first: Int, _ opening: LineSpan, _ scope: ScanScope
  ) -> Bool {
    var element = ListElement(text, first..<opening.end)
    if element == nil, let next = LineSpan(text, from: opening.next, end: scope.end, isFinal: true) {
      element = ListElement(text, next.range)
    }
    guard let value = element?.value else { return false }
    return text.has("Traceback (", at: value.lowerBound, before: value.upperBound)
      || text.has("Exception in thread", at: value.lowerBound, before: value.upperBound)
      || ClassName.ends(text, value.lowerBound, value.upperBound)
        && ClassName.isCapital(text, value.lowerBound, value.upperBound)
  }

  /// Whether the document that an indented list stands in begins behind other text than the header of a trace, whose
  /// message it would be.
  private static func isOutside(
    _ text: Span<UInt8>, _ opening: LineSpan, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark
  ) -> Bool {
    let indent = indent(text, opening)
    guard Self.indent(text, line) > indent else { return true }
    var at = opening
    for _ in 0..<mostAbove {
      guard let above = scope.line(above: at.start, text, mark) else { return at.start == 0 }
      at = above
      guard Self.indent(text, at) < indent else { continue }
      return text.ends(at.range, with: "{") && !ClassName.ends(text, at.start, at.end)
    }
    return false
  }

  private static func indent(_ text: Span<UInt8>, _ line: LineSpan) -> Int {
    line.range.prefix { isBlank(text[$0]) }.count
  }

  /// Behind the bracket of `"name": [` that the line's end or its only element follows.
  private static func listStart(_ text: Span<UInt8>, _ line: Range<Int>) -> Int? {
    var end = line.upperBound
    while end > line.lowerBound, isBlank(text[end - 1]) || text[end - 1] == 0x0D { end -= 1 }
    var at = line.lowerBound
    while let bracket = text.firstOffset(of: UInt8(ascii: "["), in: at..<end) {
      at = bracket + 1
      guard isNamed(text, bracket, line.lowerBound) else { continue }
      if at == end { return at }
      if let element = ListElement(text, at..<end), !element.isLast { return at }
    }
    return nil
  }

  /// Whether a name, its quote and its colon stand before the bracket.
  private static func isNamed(_ text: Span<UInt8>, _ bracket: Int, _ floor: Int) -> Bool {
    var at = bracket
    while at > floor, isBlank(text[at - 1]) { at -= 1 }
    guard at > floor, text[at - 1] == UInt8(ascii: ":") else { return false }
    at -= 1
    while at > floor, isBlank(text[at - 1]) { at -= 1 }
    return at > floor && text[at - 1] == UInt8(ascii: "\"")
  }

  var firstLine: Int? { start }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= start else { return .foreign }
    let isFirst = line.start == start
    guard let element = ListElement(text, isFirst ? first..<line.end : line.range) else {
      return isFirst ? .filler : .end
    }
    TextEscapes.appendUnescaped(text, element.value, .quoted, to: &output)
    return element.isLast ? .last : .whole
  }
}

/// A string that fills a line but for its comma, or for the brackets that close what it stands in.
private struct ListElement {
  /// Between the quotes.
  let value: Range<Int>
  let isLast: Bool

  /// - Complexity: O(1) for lines that do not begin with a quote.
  init?(_ text: Span<UInt8>, _ line: Range<Int>) {
    let quote = UInt8(ascii: "\"")
    var start = line.lowerBound
    while start < line.upperBound, isBlank(text[start]) { start += 1 }
    guard start < line.upperBound, text[start] == quote,
      let close = OneLineForm.closing(text, start + 1, line.upperBound, quote)
    else { return nil }
    value = start + 1..<close
    var brackets = 0
    var commas = 0
    for at in close + 1..<line.upperBound where !isBlank(text[at]) && text[at] != 0x0D {
      switch text[at] {
      case UInt8(ascii: ","): commas += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets += 1
      default: return nil
      }
    }
    guard commas < 2 else { return nil }
    isLast = brackets > 0
  }
}
