internal import TraceBytes
public import TraceModel
public import TraceParsers

/// What the scanner came upon.
public enum ScanStep: Sendable {
  /// A trace of plain text; it stands in `TraceScanner.trace`. In a step that looks up, its frames may be left out; then the scan
  /// goes on behind it after `pass`, and reads it in a step that does not look up.
  case trace
  /// A failure of plain text.
  case failure(ParseFailure)
  /// A record that stood inside another format. Its region may start before that of the step before.
  case unwrapped(UnwrappedRecord)
  /// The text ends before the next region is known. Keep it from `keep` on and come back with more.
  case needsMore(keep: Int)
  /// Nothing more in this text.
  case end
}

/// Where a scan stands in its text. All of the scanner's state is here, and all of it is offsets: from the
/// same position the same text gives the same records, wherever blocks were cut.
public struct ScanPosition: Sendable, Equatable {
  /// Anchors before this offset are done with.
  public var next: Int
  /// The end of the last region of plain text; no header is looked for above it.
  public var floor: Int
  /// The end of the last region that was read where it stands. No stream's region begins above it: such
  /// regions are given out at once, and records come in the order of the text.
  public var plainFloor = 0
  /// Streams whose last region no look-back has left behind yet.
  public var streams: [ActiveStream] = []
  /// How many streams were forgotten too early because there were too many at once.
  public var streamsForgotten = 0
  /// Records behind this position that were given out already, the first anchor's last.
  public var early: [EarlyRecord] = []

  public init(next: Int = 0, floor: Int = 0) {
    self.next = next
    self.floor = floor
  }

  /// The same position after the first `count` bytes of the text were given back.
  public mutating func moved(by count: Int) {
    next = max(0, next - count)
    floor = max(0, floor - count)
    plainFloor = max(0, plainFloor - count)
    for index in streams.indices { streams[index].end -= count }
    for index in early.indices { early[index].move(by: count) }
  }
}

/// Finds the regions of a text: the gate jumps from anchor to anchor, what wraps the line around it is
/// undone, the parser reads what is there. Plain text is read where it stands.
public struct TraceScanner: ~Copyable {
  var parser: TraceParser
  let json = JSONReader()
  let limits: ParseLimits
  /// Records of the last anchor that were not given out yet.
  private var ready: [UnwrappedRecord] = []
  /// One a depth; their storage is kept.
  private var buffers: [StreamText] = []

  /// Of the last step that needed more: where the last line of the stream ends whose next line it waits for.
  /// nil: it waits for any next line.
  public internal(set) var pendingEnd: Int?
  /// That stream's key; nil where it waits for any line.
  var pendingKey: UInt64?
  /// That stream's lines.
  var pendingLines: [StreamText.Line] = []

  let format: InputFormat
  /// - Parameter format: how lines are taken.
  public init(limits: ParseLimits = ParseLimits(), format: InputFormat = .auto) {
    self.format = format
    parser = TraceParser(limits: limits)
    self.limits = limits
  }

  /// Bytes of what is kept from step to step to be faster. A new scanner in this one's place goes on from the same
  /// position with the same records, once `holdsRecords` is false.
  public var rememberedBytes: Int {
    buffers.reduce(parser.rememberedBytes) { $0 + $1.allocatedBytes }
  }

  /// Whether records of the last anchor wait for the next steps.
  public var holdsRecords: Bool { !ready.isEmpty }

  /// Forgets the records that wait: those of a scan that was stopped are none of the next one's.
  public mutating func forgetRecords() { ready.removeAll() }

  /// The trace of the last step.
  public var trace: ParsedTrace { parser.trace }

  /// Goes on to the next region.
  /// - Parameters:
  ///   - text: the window of the input.
  ///   - position: where to go on; moved behind what was found.
  ///   - isFinal: whether the input ends with this text.
  ///   - finalUpTo: regions whose anchor stands before this offset are read as if it did: nothing came for
  ///     them for too long.
  ///   - looksUp: whether traces that were met before need not be read, and are remembered.
  public mutating func next(
    _ text: Span<UInt8>, _ position: inout ScanPosition, isFinal: Bool, finalUpTo: Int = 0,
    looksUp: Bool = false
  ) -> ScanStep {
    if let record = ready.popLast() { return .unwrapped(record) }
    let end = text.count
    while position.next < end {
      position.prune(reach: limits.messageBytes)
      let anchor = Gate.nextOnLine(text, from: position.next)
      guard anchor < end else { break }
      if passEarly(text, &position, anchor) { continue }
      let scope = ScanScope(
        anchor: anchor, floor: position.floor, end: end, isFinal: isFinal || anchor < finalUpTo,
        position: position)
      if looksUp, findKnown(text, scope) {
        position.next = anchor
        return .trace
      }
      var resolution = resolve(text, scope)
      if case .parsed(.none) = resolution, format == .auto, let report = unread(text, scope) {
        resolution = .parsed(report)
      }
      switch resolution {
      case .parsed(.none(let resume)): position.next = max(anchor + 1, resume)
      case .parsed(.needsMore(let from)):
        position.next = min(anchor, lineStart(text, anchor, position.floor))
        return .needsMore(keep: min(from, lookBackStart(text, position.next)))
      case .parsed(.trace):
        if looksUp { noteKnown(text, scope) }
        advance(&position, behind: parser.trace.region.range.upperBound, anchor)
        return .trace
      case .parsed(.failure(let failure)):
        advance(&position, behind: Int(failure.region.end), anchor)
        return .failure(failure)
      case .records(let records):
        if let record = take(records, text, &position, anchor) { return .unwrapped(record) }
      }
    }
    return isFinal ? .end : keepTail(text, &position)
  }

  /// Goes on behind the known trace of the last step.
  public func pass(_ position: inout ScanPosition) {
    advance(&position, behind: parser.trace.region.range.upperBound, position.next)
  }

  /// Goes on behind a region. One that ends above its anchor's line leaves that line to be asked again: what it says
  /// now depends on the new floor alone, as it does for a scan that begins there.
  private func advance(_ position: inout ScanPosition, behind end: Int, _ anchor: Int) {
    position.next = end > position.floor ? end : max(anchor + 1, end)
    position.floor = max(position.floor, end)
    position.plainFloor = max(position.plainFloor, end)
  }

  /// Gives out the first of an anchor's records and keeps the others for the next steps.
  private mutating func take(
    _ records: [UnwrappedRecord], _ text: Span<UInt8>, _ position: inout ScanPosition, _ anchor: Int
  ) -> UnwrappedRecord? {
    var counted = records
    Self.countLines(of: &counted, text)
    settle(&counted, text, &position, anchor)
    if !position.early.isEmpty { counted.removeAll { position.isEarly($0) } }
    ready = counted.reversed()
    return ready.popLast()
  }

  /// Tells an anchor's records their numbers of lines.
  private static func countLines(of records: inout [UnwrappedRecord], _ text: Span<UInt8>) {
    var last: (region: ByteRange, lines: Int)?
    for index in records.indices {
      // The records of one line have one region, which may be long.
      let region = records[index].region
      let lines = last.flatMap { $0.region == region ? $0.lines : nil } ?? lines(text, region.range)
      last = (region, lines)
      records[index].setLines(lines)
    }
  }

  /// Goes on behind an anchor's records and closes their streams.
  private func settle<Record: StreamRecord>(
    _ records: inout [Record], _ text: Span<UInt8>, _ position: inout ScanPosition, _ anchor: Int
  ) {
    let lineEnd = lineEnd(text, anchor)
    var next = lineEnd
    let above = endAbove(records, lineStart(text, anchor, position.floor))
    var isNew = false
    let (floor, streams) = (position.floor, position.streams)
    for index in records.indices {
      // It stands around a region that was given out before.
      if records[index].wovenKey == nil,
        records[index].region.start < floor || Self.reaches(into: records[index], streams)
      {
        records[index].wovenKey = records[index].outermostStream
      }
      if position.close(records[index]) { isNew = true }
      guard records[index].wovenKey == nil else { continue }
      next = max(next, Int(records[index].region.end))
      position.floor = max(position.floor, Int(records[index].region.end))
    }
    // Among the lines of a woven one others may begin, but not above the end of one that stands beside it.
    position.next = records.contains { $0.wovenKey != nil } ? max(lineEnd, position.floor) : next
    // Only where more is done with than before: it would be asked for ever else.
    if let above, position.floor > floor || isNew {
      position.next = max(above, position.floor)
    }
  }

  /// Goes on behind an anchor's records that were given out while another stream's trace waited, as if they had been found now.
  private func passEarly(_ text: Span<UInt8>, _ position: inout ScanPosition, _ anchor: Int) -> Bool {
    guard !position.early.isEmpty else { return false }
    var records = position.takeEarly(anchor)
    guard !records.isEmpty else { return false }
    settle(&records, text, &position, anchor)
    return true
  }

  /// Whether another stream's region that was found before ends inside or behind a record's.
  private static func reaches<Record: StreamRecord>(into record: Record, _ streams: [ActiveStream]) -> Bool {
    streams.contains { $0.end > record.region.start && !record.keys.contains($0.key) }
  }

  /// Where the first of an anchor's records ends; nil unless all of them end above the anchor's line, which then
  /// belongs to none of them and is asked again.
  private func endAbove<Record: StreamRecord>(_ records: [Record], _ line: Int) -> Int? {
    records.allSatisfy { $0.region.end <= line } ? records.map { Int($0.region.end) }.min() : nil
  }

  static func lines(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let endsWithLine = !range.isEmpty && text[range.upperBound - 1] == 0x0A
    return text.occurrences(of: 0x0A, in: range) + (endsWithLine ? 0 : 1)
  }

  func lineStart(_ text: Span<UInt8>, _ offset: Int, _ floor: Int) -> Int {
    text.lastOffset(of: 0x0A, in: min(floor, offset)..<offset).map { $0 + 1 } ?? min(floor, offset)
  }

  func lineEnd(_ text: Span<UInt8>, _ offset: Int) -> Int {
    text.firstOffset(of: 0x0A, in: offset..<text.count).map { $0 + 1 } ?? text.count
  }

  /// No anchor in sight: the last line may still grow, and a header may stand above the next anchor.
  private func keepTail(_ text: Span<UInt8>, _ position: inout ScanPosition) -> ScanStep {
    // A scan that starts in the middle of an input first reads up to its position.
    guard position.next <= text.count else {
      return .needsMore(keep: min(text.count, position.next - limits.messageBytes))
    }
    position.next = max(position.next, lineStart(text, text.count, position.next))
    return .needsMore(keep: lookBackStart(text, position.next))
  }

  /// From where on the text must still be there for a region whose anchor stands behind `next`: the start of
  /// the line in which the look-back ends, however long it is.
  private func lookBackStart(_ text: Span<UInt8>, _ next: Int) -> Int {
    let limit = next - limits.messageBytes
    return limit <= 0 ? limit : lineStart(text, min(limit, text.count), 0)
  }

  mutating func takeBuffer(_ depth: Int) -> StreamText {
    while buffers.count <= depth { buffers.append(StreamText()) }
    var buffer = StreamText()
    swap(&buffer, &buffers[depth])
    buffer.reset()
    return buffer
  }

  mutating func putBuffer(_ buffer: consuming StreamText, _ depth: Int) { buffers[depth] = buffer }
}

extension UnwrappedRecord {
  /// Sets the number of physical lines of the region.
  mutating func setLines(_ lines: Int) {
    switch content {
    case .trace(var trace):
      trace.lines = lines
      content = .trace(trace)
    case .failure(var failure):
      failure.lines = lines
      content = .failure(failure)
    }
  }
}
