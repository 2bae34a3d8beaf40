internal import TraceBytes

/// Lines as they stand in a group's box, and the titles that open one or a bare stack.
extension TraceParser {
  /// A line without its margin, classified anew; nil when the line does not stand in the box.
  mutating func content(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> TextLine? {
    guard table.has(index, text) else { return nil }
    let line = table[index]
    guard margin.isBox else { return line }
    guard line.indent == margin.column, line.kind == .margin, text[line.content] == UInt8(ascii: "|") else {
      return nil
    }
    let start = min(line.end, line.content + 2)
    var inner = TextLine.cut(text, from: start, newline: line.end, end: line.end, limit: limits.lineBytes)
    inner.next = line.next
    inner.kind = LineClassifier.kind(text, inner)
    return inner
  }

  /// `  + Exception Group Traceback (most recent call last):`, the top of a box.
  func isBoxHeader(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    line.kind == .margin && text.has("+ Exception Group Traceback (", at: line.content, before: line.end)
  }

  /// Whether a group's box begins at a line: with its header, or, of a group without a traceback, with its exception above the
  /// first member.
  mutating func opensBox(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard table.has(index, text), table[index].kind == .margin else { return false }
    if isBoxHeader(text, table[index]) { return true }
    let margin = Margin(column: table[index].indent)
    guard let line = content(text, index, margin), table.has(index + 1, text),
      separatorLine(text, table[index + 1])?.isOpening == true, table[index + 1].indent == margin.column
    else { return false }
    return PythonException.parse(text, from: line.content, to: line.end)?.value != nil
  }

  /// A stack that belongs to no exception: `Stack (most recent call last):`, `Object created at (…`.
  func isStackTitle(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.kind == .other, line.end > line.content, text[line.end - 1] == UInt8(ascii: ":") else {
      return false
    }
    let range = line.content..<line.end
    if text.ends(range, with: "Call stack:") { return true }
    // What is left of a traceback's own header, whose line was cut, is no title.
    return text.ends(range, with: "(most recent call last):")
      && !text.ends(range, with: "back (most recent call last):")
  }
}
