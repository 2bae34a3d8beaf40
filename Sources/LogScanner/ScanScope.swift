internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// One anchor in one text: the window, or what was taken out of it.
struct ScanScope {
  /// Offset of the byte that the gate stopped at.
  var anchor: Int
  /// Nothing before it may be used.
  var floor: Int
  var end: Int
  /// Whether the input ends at `end`.
  var isFinal: Bool
  /// How many containers were undone to get this text.
  var depth = 0
  /// The key of the stream that this text is; 0 for the window and for the text of a document.
  var key: UInt64 = 0
  /// What was found before, for streams.
  var position: ScanPosition
  /// The stream's lines; none for the window, where offsets are physical.
  var lines: [StreamText.Line] = []

  /// Window offset of the physical line that carries `offset`.
  func physical(_ offset: Int) -> Int {
    guard !lines.isEmpty else { return offset }
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return lines[max(0, low - 1)].physical
  }

  /// The first offset at or behind a window offset.
  func offset(physical: Int) -> Int {
    guard !lines.isEmpty else { return physical }
    return lines.first { $0.physical >= physical }?.start ?? end
  }
}

extension ScanScope {
  /// So many bytes of a line above are read.
  private static let longestAbove = 4 << 10

  /// The line above an offset where a line starts, or its end where it is very long; nil at the floor, whose mark is met then.
  func line(above start: Int, _ text: Span<UInt8>, _ mark: FloorMark) -> LineSpan? {
    guard start > floor else {
      mark.isMet = true
      return nil
    }
    let oldest = max(floor, start - Self.longestAbove)
    let above = text.lastOffset(of: 0x0A, in: oldest..<start - 1).map { $0 + 1 } ?? oldest
    return LineSpan(text, from: above, end: start, isFinal: true)
  }
}

/// What came of one anchor.
enum Resolution {
  /// The text is what it seems: the parser's answer, the trace in the parser.
  case parsed(ParseOutcome)
  /// Records from inside the anchor's line or stream; regions are offsets of this text.
  case records([UnwrappedRecord])
}
