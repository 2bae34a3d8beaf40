internal import TraceBytes

/// A line as a range of a text.
struct LineSpan {
  var start: Int
  /// One past the last byte before the line end (LF and the CRs before it).
  var end: Int
  /// First byte of the next line.
  var next: Int

  var range: Range<Int> { start..<end }

  /// A line of nothing.
  init(empty offset: Int) {
    start = offset
    end = offset
    next = offset
  }

  /// Several lines as one.
  init(from first: LineSpan, to last: LineSpan) {
    start = first.start
    end = last.end
    next = last.next
  }

  /// The line around `offset`; nil when its end is not there yet.
  init?(_ text: Span<UInt8>, around offset: Int, floor: Int, end limit: Int, isFinal: Bool) {
    let start = text.lastOffset(of: 0x0A, in: floor..<offset).map { $0 + 1 } ?? floor
    self.init(text, from: start, end: limit, isFinal: isFinal)
  }

  /// The line that starts at `start`; nil at the end, and when its end is not there yet.
  init?(_ text: Span<UInt8>, from start: Int, end limit: Int, isFinal: Bool) {
    guard start < limit else { return nil }
    let newline = text.firstOffset(of: 0x0A, in: start..<limit)
    guard newline != nil || isFinal else { return nil }
    self.start = start
    next = newline.map { $0 + 1 } ?? limit
    end = newline ?? limit
    while end > start, text[end - 1] == 0x0D { end -= 1 }
  }
}
