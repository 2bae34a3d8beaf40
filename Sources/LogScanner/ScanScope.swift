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

/// Takes the text out of the lines of one stream.
protocol LineUnwrapper {
  /// Appends the text of `line` if it belongs to the stream.
  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine
  /// Each stands in every line of the stream; none where that is not known.
  var marks: [StreamMark] { get }
  /// Whether a line of the stream is cut where the text's last line has no line end.
  var isCutByEnd: Bool { get }
  /// Takes what is there of the input's last line, right behind one of the stream's own, where the end of the input cut it.
  /// - Returns: whether it is the stream's.
  func unwrapCut(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> Bool
  /// Where the stream's first line starts, if that is known: nothing above it is looked at.
  var firstLine: Int? { get }
}

extension LineUnwrapper {
  var marks: [StreamMark] { [] }
  var isCutByEnd: Bool { true }

  func unwrapCut(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> Bool { false }
  var firstLine: Int? { nil }
}

enum UnwrappedLine {
  /// Another stream's line.
  case foreign
  case whole
  /// A piece of a line that goes on in the stream's next one.
  case piece
  /// The last line: the text ends here whatever follows.
  case last
  /// The text ended with the line before.
  case end
  /// Belongs to the line before and adds nothing to the text.
  case filler
  /// What decides it stands behind the end of the text; the unwrapper is as it was.
  case undecided
}
