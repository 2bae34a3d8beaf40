internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// Strings of which each is one line of a trace, on a line of its own: a text as Node's console, Python's `pprint` or a
/// program's source break it, the items of a list in YAML, bytes as a logger of Python shows them, or the same field of one
/// document after the other.
extension TraceScanner {
  /// Follows the strings that the anchor's is one of; nil when the anchor does not begin a string that ends its line.
  mutating func quotedLines(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard QuotedLine.begins(text, at: scope.anchor, line), let own = QuotedLine(text, line.range),
      own.value.contains(scope.anchor), own.isLine(text),
      // A list of JSON has the lines that another string of its object has, too.
      !isPrettyMember(text, line) || text.ends(own.value, with: "\\n")
    else { return nil }
    guard let below = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
      return scope.isFinal ? nil : .parsed(.needsMore(from: line.start))
    }
    let next = QuotedLine(text, below.range)
    if text.has("Traceback (", at: scope.anchor, before: line.end) {
      guard next?.holdsPythonFrame(text) == true, own.lead(text, line) != .text else { return nil }
    }
    switch own.lead(text, line) {
    case .blank, .item, .list: return quotedBlock(text, line, scope)
    // The first of a block has the name of all.
    case .name where next?.lead(text, below) == .blank: return quotedBlock(text, line, scope)
    case .name: return quotedMembers(text, line, own, scope)
    case .text:
      let isMember = text[own.open] == UInt8(ascii: "b") || text.ends(line.start..<own.open, with: "| ")
      return isMember ? quotedMembers(text, line, own, scope) : nil
    }
  }

  private mutating func quotedBlock(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution?
  {
    guard let block = QuotedBlock(text, line, scope, parser.floorMark) else { return nil }
    var unwrapper = block
    var key = KeyHash(seed: 7)
    key.combine(scope.key)
    return follow(text, line, scope, &unwrapper, key: key.value, company: StreamReach.objectsCompany)
  }

  private mutating func quotedMembers(
    _ text: Span<UInt8>, _ line: LineSpan, _ own: QuotedLine, _ scope: ScanScope
  ) -> Resolution? {
    var unwrapper = QuotedMembers(prefix: LinePrefix(text, line.start..<own.open))
    var key = KeyHash(seed: 8)
    key.combine(scope.key)
    key.combine(unwrapper.prefix.key)
    return follow(text, line, scope, &unwrapper, key: key.value, company: StreamReach.objectsCompany)?
      .naming(own.lead(text, line) == .name ? nil : unwrapper.prefix.name)
  }
}

/// A line that ends with a string, but for what closes the text around it or joins the next string.
private struct QuotedLine {
  /// Between the quotes.
  let value: Range<Int>
  /// The quote, or the letter before it.
  let open: Int

  /// - Complexity: O(line).
  init?(_ text: Span<UInt8>, _ line: Range<Int>) {
    var end = line.upperBound
    while end > line.lowerBound, " \t\r+,;)}]".utf8.contains(text[end - 1]) { end -= 1 }
    guard end - line.lowerBound > 1 else { return nil }
    let (quote, close) = (text[end - 1], end - 1)
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let open = Self.opening(text, line.lowerBound..<close, quote)
    else { return nil }
    value = open + 1..<close
    let isBytes = open > line.lowerBound && text[open - 1] == UInt8(ascii: "b")
    self.open = isBytes && (open - 1 == line.lowerBound || !isWord(text[open - 2])) ? open - 1 : open
  }

  /// The first quote whose string ends where the range does.
  private static func opening(_ text: Span<UInt8>, _ range: Range<Int>, _ quote: UInt8) -> Int? {
    var at = range.lowerBound
    while let open = text.firstOffset(of: quote, in: at..<range.upperBound) {
      guard let close = OneLineForm.closing(text, open + 1, range.upperBound + 1, quote) else { return nil }
      if close == range.upperBound { return open }
      at = close + 1
    }
    return nil
  }

  /// Whether an anchor begins its string, which is no object's: the header of a traceback, a label of the JVM, or a frame with
  /// the tab or the blanks before it.
  static func begins(_ text: Span<UInt8>, at anchor: Int, _ line: LineSpan) -> Bool {
    var start = anchor
    while start > line.start + 1, text[start - 2] == 0x5C, text[start - 1] == UInt8(ascii: "t") { start -= 2 }
    if start == anchor {
      while start > line.start, text[start - 1] == 0x20 { start -= 1 }
      if anchor - start == 1 { return false }
    }
    let words: [StaticString] = ["Traceback (", "Caused by: "]
    guard start < anchor || words.contains(where: { text.has($0, at: anchor, before: line.end) }),
      start > line.start,
      text[start - 1] == UInt8(ascii: "'") || text[start - 1] == UInt8(ascii: "\"")
    else {
      return false
    }
    return text.firstOffset(of: UInt8(ascii: "{"), in: line.start..<start) == nil
  }

  func holdsPythonFrame(_ text: Span<UInt8>) -> Bool {
    let starts: [StaticString] = ["  File \"", "  File \\\""]
    return starts.contains { text.has($0, at: value.lowerBound, before: value.upperBound) }
  }

  /// What stands before a string on its line.
  enum Lead {
    case blank
    /// YAML's hyphen, or nothing at all.
    case item
    /// The bracket of a list that the line begins.
    case list
    /// `textPayload: ` or `"message" => `.
    case name
    case text
  }

  func lead(_ text: Span<UInt8>, _ line: LineSpan) -> Lead {
    let start = (line.start..<open).first { !isBlank(text[$0]) } ?? open
    if start == open { return start == line.start ? .item : .blank }
    if text.has("- ", at: start, before: open), start + 2 == open { return .item }
    if text[start] == UInt8(ascii: "["), start + 1 == open { return .list }
    let marks: [StaticString] = [": ", "=> ", ": [", "=> ["]
    return open - line.start > 2 && marks.contains { text.ends(line.start..<open, with: $0) } ? .name : .text
  }

  /// Whether no line end stands in it but at its end.
  func isLine(_ text: Span<UInt8>) -> Bool {
    text.firstOffset(of: "\\n", in: value).map { $0 + 2 == value.upperBound } ?? true
  }

  func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    let start = output.count
    TextEscapes.appendUnescaped(text, value, .quoted, to: &output)
    if output.count > start, output.last == 0x0A { output.removeLast() }
  }
}

/// Strings on lines that stand together.
private struct QuotedBlock: LineUnwrapper {
  /// So many may stand above the first frame: a message has few lines.
  private static let mostAbove = 64
  private let start: Int

  /// The block that `line` stands in; nil where nothing says that it is a value: strings among strings are a program's source.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    var first = line
    guard var lead = QuotedLine(text, line.range)?.lead(text, line) else { return nil }
    for _ in 0..<Self.mostAbove where lead == .blank || lead == .item {
      guard let above = scope.line(above: first.start, text, mark),
        let found = QuotedLine(text, above.range)?.lead(text, above),
        found == lead || found == .name || found == .list
      else { break }
      (first, lead) = (above, found)
    }
    guard lead != .blank, lead != .text else { return nil }
    start = first.start
  }

  var firstLine: Int? { start }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= start else { return .foreign }
    guard let own = QuotedLine(text, line.range) else { return .end }
    let lead = own.lead(text, line)
    guard line.start == start || lead == .blank || lead == .item else { return .end }
    own.append(text, to: &output)
    return .whole
  }
}

/// Strings of one name, with other lines of their documents between.
private struct QuotedMembers: LineUnwrapper {
  let prefix: LinePrefix
  let marks: [StreamMark]

  init(prefix: LinePrefix) {
    self.prefix = prefix
    marks = prefix.literals.filter { $0.count >= 3 }.map { StreamMark($0) }
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard let start = prefix.match(text, line.range), let own = QuotedLine(text, line.range),
      own.open == start
    else { return .foreign }
    own.append(text, to: &output)
    return .whole
  }
}
