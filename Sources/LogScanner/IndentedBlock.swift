internal import TraceBytes
internal import TraceParsers

/// A trace that another text holds with blanks or tabs before every line. They are no part of its message, and the first
/// line without them is the other text's.
struct IndentedBlock: LineUnwrapper {
  /// Where the header's line starts.
  private let first: Int
  /// Where the anchor's line starts.
  private let anchor: Int
  /// What stands before every line.
  private let indent: [UInt8]

  /// Nil where the anchor's line is neither an indented header nor the first frame of one above it.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ above: borrowing LinesAbove, _ scope: ScanScope) {
    guard isBlank(text[line.start]) else { return nil }
    if let lead = Self.notebookHeader(text, line, scope) {
      self.init(text, line, lead: lead, anchor: line.start)
      guard Self.starts(text, line.next..<scope.end, with: indent) else { return nil }
    } else if text.has("Traceback (", at: scope.anchor, before: line.end) {
      guard !Self.isMessage(text, line, scope) else { return nil }
      self.init(text, line, lead: scope.anchor, anchor: line.start)
      guard text.has("  File \"", at: line.next + indent.count, before: scope.end),
        Self.starts(text, line.next..<scope.end, with: indent)
      else { return nil }
    } else {
      let header = above.first { Self.isHeader(text, $0) && Self.isIndented(text, line, below: $0) }
      guard let header else { return nil }
      self.init(text, header, lead: Self.textStart(text, header), anchor: line.start)
      let between = above.range.upperBound
      var at = header.next
      while at < between, let next = LineSpan(text, from: at, end: between, isFinal: true) {
        guard Self.behind(indent, text, next.range) != nil else { return nil }
        at = next.next
      }
    }
  }

  /// Where the header of IPython's layout starts on the anchor's line: a type, and blanks before the anchor.
  private static func notebookHeader(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Int? {
    let words: StaticString = "Traceback (most recent call last)"
    let start = textStart(text, line)
    guard scope.anchor > start + 3, text.has(words, at: scope.anchor, before: line.end),
      scope.anchor + words.utf8CodeUnitCount == line.end,
      let end = (start..<scope.anchor).first(where: { isBlank(text[$0]) }), end + 1 < scope.anchor,
      (end..<scope.anchor).allSatisfy({ isBlank(text[$0]) }), ClassName.isCapital(text, start, end)
    else { return nil }
    return start
  }

  /// - Parameter lead: where the header starts on its line.
  private init?(_ text: Span<UInt8>, _ header: LineSpan, lead: Int, anchor: Int) {
    guard lead > header.start + 1 || lead > header.start && text[header.start] == 0x09,
      (header.start..<lead).allSatisfy({ isBlank(text[$0]) })
    else { return nil }
    first = header.start
    self.anchor = anchor
    indent = text.bytes(header.start..<lead)
  }

  /// Whether the line above is the header of a trace of the JVM, whose message the anchor's line is a part of then.
  private static func isMessage(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool {
    guard line.start > scope.floor else { return false }
    let floor = max(scope.floor, line.start - 4096)
    let start = text.lastOffset(of: 0x0A, in: floor..<line.start - 1).map { $0 + 1 } ?? floor
    guard let above = LineSpan(text, from: start, end: line.start, isFinal: true) else { return false }
    return ClassName.ends(text, textStart(text, above), above.end)
      || text.firstOffset(of: "Exception: ", in: above.range) != nil
      || text.firstOffset(of: "Error: ", in: above.range) != nil
  }

  private static func starts(_ text: Span<UInt8>, _ range: Range<Int>, with bytes: [UInt8]) -> Bool {
    range.count >= bytes.count && bytes.indices.allSatisfy { text[range.lowerBound + $0] == bytes[$0] }
  }

  private static func textStart(_ text: Span<UInt8>, _ line: LineSpan) -> Int {
    line.range.first { !isBlank(text[$0]) } ?? line.end
  }

  private static func isHeader(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    line.start < line.end && isBlank(text[line.start])
      && ClassName.ends(text, textStart(text, line), line.end)
      && ClassName.isCapital(text, textStart(text, line), line.end)
  }

  /// Whether a line begins as the header does and has more blanks.
  private static func isIndented(_ text: Span<UInt8>, _ line: LineSpan, below header: LineSpan) -> Bool {
    let count = textStart(text, header) - header.start
    guard line.start + count < line.end, isBlank(text[line.start + count]) else { return false }
    return (0..<count).allSatisfy { text[line.start + $0] == text[header.start + $0] }
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    let start = line.start >= first ? Self.behind(indent, text, line.range) : nil
    // Causes and frames may have lost their blanks.
    guard start != nil || line.start <= anchor || Self.goesOn(text, line.range) else { return .end }
    output.append(text, (start ?? line.start)..<line.end)
    return .whole
  }

  /// Where a line's text starts behind the indentation, or its end where it has nothing but blanks.
  private static func behind(_ indent: [UInt8], _ text: Span<UInt8>, _ line: Range<Int>) -> Int? {
    if starts(text, line, with: indent) { return line.lowerBound + indent.count }
    return line.allSatisfy { isBlank(text[$0]) } ? line.upperBound : nil
  }

  private static func goesOn(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let start = line.first { !isBlank(text[$0]) } ?? line.upperBound
    let words: [StaticString] = [
      "at ", "... ", "Caused by: ", "Suppressed: ", "Wrapped by: ", "File \"", "The above exception ",
      "During handling ",
      "Traceback (",
    ]
    return words.contains { text.has($0, at: start, before: line.upperBound) }
  }
}
