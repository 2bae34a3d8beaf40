internal import TraceBytes

extension TraceParser {
  /// Whether a line is the field behind the one that holds the trace, as `kubectl describe` and MySQL's `\G` print them: a name and
  /// a colon, and its value in the column of the traceback's header.
  func isNextField(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let first = table[0]
    guard line.indent > 0, first.indent > 0, let own = PythonHeader.find(text, first) else { return false }
    let width = own.start - first.start
    return isName(text, first.start..<own.start) && line.end - line.start > width
      && isName(text, line.start..<line.start + width)
  }

  /// Whether there is a name of letters, a colon and blanks.
  private func isName(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let colon = text.lastOffset(of: UInt8(ascii: ":"), in: range), colon + 1 < range.upperBound else {
      return false
    }
    let isNamed = (range.lowerBound..<colon).allSatisfy {
      isLetter(text[$0]) || text[$0] == 0x20 || text[$0] == UInt8(ascii: "_")
    }
    return isNamed && isLetter(text[colon - 1])
      && (colon + 1..<range.upperBound).allSatisfy { text[$0] == 0x20 }
  }
}
