internal import TraceBytes
internal import TraceModel

/// Lines that something between the writer and the log broke: cut in two, or overwritten with garbage
/// (trace-formats.md, section 6).
enum DamagedLine {
  /// Whether at least half of a line is zeros and other control bytes: a message or a log line may hold some.
  static func isGarbage(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let count = (line.start..<line.end).count { isControl(text[$0]) }
    return count > 0 && 2 * count >= line.end - line.start
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x06, 0x10...0x1A, 0x1C...0x1F, 0x7F: true
    default: false
    }
  }
}

/// Two pieces of one line, and the line they were.
struct JoinedLine {
  let bytes: [UInt8]
  /// The first piece from its content on, and all of the second.
  private let first: Range<Int>
  private let second: Range<Int>

  /// The first piece has no line end of its own and the second stands at the margin, as what a collector cuts does.
  init?(_ text: Span<UInt8>, _ line: TextLine, _ next: TextLine) {
    guard next.indent == 0, next.kind == .other, next.end - line.content < 4096 else { return nil }
    first = line.content..<line.end
    second = next.start..<next.end
    bytes = text.bytes(first) + text.bytes(second)
  }

  /// Where the bytes of a range stand in the text; nil if the cut goes through them.
  func place(_ range: ByteRange) -> ByteRange? {
    if Int(range.end) <= first.count { return range.moved(by: first.lowerBound) }
    if Int(range.start) >= first.count { return range.moved(by: second.lowerBound - first.count) }
    return nil
  }
}

extension TraceParser {
  /// A JVM frame that stands on two lines: kept if the cut leaves its names whole, else only told.
  /// - Returns: the index of the first line behind it, or nil when the two are no frame.
  mutating func splitJavaFrame(_ text: Span<UInt8>, at index: Int) -> Int? {
    let line = table[index]
    guard line.indent > 0, text.has("at ", at: line.content, before: line.end), table.has(index + 1, text),
      !isLogLine(text, table[index + 1]), let joined = JoinedLine(text, line, table[index + 1]),
      let frame = JavaFrame.parse(joined.bytes.span, from: 3, to: joined.bytes.count),
      // A header or a log line has blanks before its parentheses.
      joined.bytes.span.firstOffset(of: 0x20, in: 3..<Int(frame.function.end)) == nil
    else { return nil }
    trace.reasons.insert(.lineSplit)
    if let module = joined.place(frame.module), let function = joined.place(frame.function) {
      var kept = frame
      kept.module = module
      kept.function = function
      kept.file = frame.file.flatMap { joined.place($0) }
      if kept.file == nil { kept.line = 0 }
      addFrame(kept, kept.key(in: text))
    }
    return index + 2
  }

  /// The same for a frame of Python, with the source line under it.
  mutating func splitPythonFrame(
    _ text: Span<UInt8>, _ line: TextLine, at index: Int, _ margin: Margin, _ exception: Int
  ) -> Int? {
    guard !margin.isBox, line.kind == .other, line.indent > margin.base,
      text.has("File \"", at: line.content, before: line.end), table.has(index + 1, text),
      !isLogLine(text, table[index + 1]), let joined = JoinedLine(text, line, table[index + 1]),
      let parsed = PythonFrame.parse(joined.bytes.span, from: 0, to: joined.bytes.count)
    else { return nil }
    trace.reasons.insert(.lineSplit)
    var frame = ParsedFrame()
    let file = joined.place(parsed.file)
    let function = parsed.function.flatMap { joined.place($0) }
    frame.file = file
    frame.function = function
    frame.line = parsed.line
    frame.key = file.map { PythonFrame(file: $0, line: parsed.line, function: function).key(in: text) }
    let next = source(text, from: index + 2, margin, below: line.indent, &frame)
    let isWhole = file != nil && (function != nil || parsed.function == nil)
    if isWhole, hasRoomForFrame() { trace.append(frame, to: exception) }
    return next
  }

  /// The report of a trace in which a line is garbage; what stands around it may be anything.
  func garbled(_ platform: Platform) -> ParseOutcome? {
    guard trace.reasons.contains(.binaryGarbage) else { return nil }
    return .failure(
      ParseFailure(
        platform: platform, reason: .binaryGarbage, detail: "control bytes between the lines of a trace",
        region: trace.region, lines: trace.lines))
  }
}
