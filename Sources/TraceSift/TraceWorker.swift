internal import CMalloc
internal import Grouping
internal import LogInput
internal import LogScanner
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Scans chunks: owns a read buffer, a scanner and a grouper, and keeps their storage from chunk to chunk.
/// One a thread.
struct TraceWorker: ~Copyable {
  var block: Block
  var scanner: TraceScanner
  var grouper: TraceGrouper
  private let configuration: ScanConfiguration
  let limits: ParseLimits
  let keepsAllFailureTypes: Bool
  let blockBytes: Int
  let stop: StopFlag

  // Of the chunk at hand.
  var readsTo = UInt64.max  // input offset up to which it is read in any case
  var position = ScanPosition()
  var counted = 0  // window offset up to which lines are counted
  var lines: UInt64 = 0
  var ordinals = RecordOrdinals()
  private var longLinesBefore = 0
  var held = HeldRecords()
  var tail = LongLineTail()
  /// Where in the input the memories were looked at last.
  private var boundedAt: UInt64 = 0
  /// Of an input whose path may name another file later.
  var file: FileIdentity?

  init(_ configuration: ScanConfiguration) {
    self.configuration = configuration
    limits = configuration.limits
    keepsAllFailureTypes = configuration.keepsAllFailureTypes
    blockBytes = configuration.blockBytes
    stop = configuration.stop
    block = Block(capacity: configuration.blockBytes, longLine: 2 * configuration.limits.regionBytes)
    scanner = TraceScanner(limits: configuration.limits, format: configuration.inputFormat)
    grouper = TraceGrouper(configuration)
  }

  /// Starts with empty memories where they would be too large beside what is made of a region of which `open` bytes are
  /// there. Looks at them for a long one, and whenever 64 KiB were scanned.
  mutating func boundMemories<Sink: TraceSink>(open: Int, _ sink: inout Sink) {
    let place = block.offset(of: position.next) >> 16
    guard open > 1 << 16 || place != boundedAt, !scanner.holdsRecords else { return }
    boundedAt = place
    let remembered = scanner.rememberedBytes + grouper.rememberedBytes + sink.rememberedBytes
    guard remembered + open * Self.bytesOfRegion > configuration.rememberedBytes else { return }
    scanner = TraceScanner(limits: limits, format: configuration.inputFormat)
    grouper = TraceGrouper(configuration)
    sink.forget()
    // The allocator would keep most of it.
    if open >= Self.longRegion { malloc_trim(0) }
  }

  /// What is made of a region of so many bytes takes ten times its size: only one worker at a time reads such a one.
  static let longRegion = 1 << 20

  /// So many bytes of records are handed on before more are added, even where no more text is needed yet.
  static let manyBytes = 4 << 20

  /// How many times its own size the tables of a region take, and what it may have grown by since.
  private static let bytesOfRegion = 40

  /// Scans one chunk into a sink.
  /// - Parameters:
  ///   - state: where the scan of the chunk before stood; nil where that is not known yet and has to be guessed.
  ///   - flush: takes what the sink holds, if anything, before more is read; false stops the scan.
  mutating func scan<Sink: TraceSink, Reader: TextReader & ~Copyable>(
    _ chunk: Chunk, from state: ScanState?, into sink: inout Sink,
    open: (_ offset: UInt64) throws(InputError) -> Reader, flush: (inout Sink, ChunkReport) -> Bool
  ) -> ChunkReport {
    var report = ChunkReport()
    scanner.forgetRecords()
    do {
      let start = window(chunk, state)
      var reader = try open(start.origin)
      begin(chunk, start, &reader, &report)
      if let state { resume(state) }
      run(chunk, &reader, &report, &sink, flush)
    } catch { report.error = error }
    release(upTo: .max, &report, &sink, flush: flush)
    countLines(upTo: block.count, chunk)
    report.statistics.lines = lines
    report.statistics.longLines = block.longLines - longLinesBefore
    report.statistics.streamsForgotten = position.streamsForgotten
    return report
  }

  /// How much is kept above a region for the time of the line before it, in bytes.
  static let lineAbove = 4096

  /// Where the window starts for a chunk, and where in the input a region that starts in it could begin: the
  /// start of the line in which the look-back ends, as in a scan of the whole. That of a line that is too long
  /// is unknown, and the first line start behind is taken.
  private func window(_ chunk: Chunk, _ state: ScanState?) -> ChunkWindow {
    let next = state?.next ?? chunk.start
    let back = next > UInt64(limits.messageBytes) ? next - UInt64(limits.messageBytes) : 0
    let line =
      back == 0
      ? 0 : (try? ByteSource(path: chunk.path))?.lineStart(of: back, most: block.longLine)
    let start = line ?? back
    // The lines of the chunk are counted from its start, however far a region reaches into it.
    let above = start > UInt64(Self.lineAbove) ? start - UInt64(Self.lineAbove) : 0
    return ChunkWindow(
      origin: min(chunk.start, above), position: state?.next ?? start, isAligned: line != nil || state != nil)
  }

  private struct ChunkWindow {
    /// Input offset of the window's first byte.
    var origin: UInt64
    /// Where to go on from.
    var position: UInt64
    /// Whether that is the start of a line.
    var isAligned: Bool
  }

  private mutating func begin<Reader: TextReader & ~Copyable>(
    _ chunk: Chunk, _ start: ChunkWindow, _ reader: inout Reader, _ report: inout ChunkReport
  ) {
    block.reset(origin: start.origin)
    readsTo = chunk.end == .max ? .max : chunk.end &+ UInt64(limits.messageBytes + Self.lineAbove)
    let index = Int(start.position - start.origin)
    position = ScanPosition(next: index, floor: index)
    lines = 0
    longLinesBefore = block.longLines
    ordinals = RecordOrdinals()
    counted = 0
    if !start.isAligned { alignToLine(&reader, &report) }
    report.began = block.offset(of: position.next)
  }

  /// Goes on from where the chunk before was left.
  mutating func resume(_ state: ScanState) {
    let origin = block.offset(of: 0)
    position.floor = state.floor > origin ? Int(state.floor - origin) : 0
    for stream in state.streams.all where stream.end > origin { goOn(with: stream, origin) }
  }

  /// Where the scan stands, or stood at an earlier position in the same window.
  func state(at position: ScanPosition) -> ScanState {
    var state = ScanState(next: block.offset(of: position.next), floor: block.offset(of: position.floor))
    if position.plainFloor > 0 {
      let end = block.offset(of: position.plainFloor)
      state.streams.insert(StreamEnds.End(key: ActiveStream.plain, end: end, isWoven: false))
    }
    for stream in position.streams where stream.end > 0 {
      state.streams.insert(
        StreamEnds.End(key: stream.key, end: block.offset(of: stream.end), isWoven: stream.isWoven))
    }
    return state
  }

  /// Goes on with a stream that ended behind `origin`, the window's start.
  mutating func goOn(with stream: StreamEnds.End, _ origin: UInt64) {
    let end = Int(stream.end - origin)
    if stream.key == ActiveStream.plain {
      position.plainFloor = max(position.plainFloor, end)
    } else {
      position.streams.append(ActiveStream(key: stream.key, end: end, isWoven: stream.isWoven))
    }
  }

  /// Moves on to the first line start behind the position.
  private mutating func alignToLine<Reader: TextReader & ~Copyable>(
    _ reader: inout Reader, _ report: inout ChunkReport
  ) {
    let from = position.next
    while true {
      if let newline = Self.lineEnd(block, from: from) {
        position = ScanPosition(next: newline + 1, floor: newline + 1)
        return
      }
      if block.isAtEnd {
        position = ScanPosition(next: block.count, floor: block.count)
        return
      }
      fill(&reader, &report)
    }
  }

  /// Reads once. What was read before a fault is an input of its own: it ends there, and the fault is kept.
  mutating func fill<Reader: TextReader & ~Copyable>(
    _ reader: inout Reader, _ report: inout ChunkReport
  ) {
    let stop = stop
    let most = bytesToRead
    block.dropPassedOver()
    do throws(InputError) {
      try block.fill(from: &reader, most: most, isStopped: { stop.reason != 0 })
    } catch {
      report.error = error
      block.end()
    }
  }

  /// A chunk is not read far beyond its end, which is the next one's.
  private var bytesToRead: Int {
    let end = block.offset(of: block.count)
    let missing = readsTo > end ? Int(clamping: readsTo - end) : 0
    return min(blockBytes, max(missing, 64 << 10))
  }

  // A span of the block keeps all of `self` borrowed, so what reads one while it changes another part of
  // the worker stands in a static function.

  private static func lineEnd(_ block: borrowing Block, from index: Int) -> Int? {
    index < block.count ? block.bytes.firstOffset(of: 0x0A, in: index..<block.count) : nil
  }

  private static func step(
    _ block: borrowing Block, _ scanner: inout TraceScanner, _ position: inout ScanPosition, looksUp: Bool
  ) -> ScanStep {
    scanner.next(block.bytes, &position, isFinal: block.isAtEnd, looksUp: looksUp)
  }

  /// The next step, and the grouping of a known trace that nobody needs to read.
  private mutating func nextStep<Sink: TraceSink>(_ sink: Sink) -> (ScanStep, TraceGrouping?) {
    let looksUp = Sink.takesKnownTraces && grouper.remembersShapes && held.isEmpty
    let step = Self.step(block, &scanner, &position, looksUp: looksUp)
    guard case .trace = step, scanner.trace.framesAreLeftOut else { return (step, nil) }
    if let grouping = Self.groupKnown(block, scanner, &grouper), sink.canTake(known: scanner.trace, grouping)
    {
      scanner.pass(&position)
      return (.trace, grouping)
    }
    return (Self.step(block, &scanner, &position, looksUp: false), nil)
  }

  private static func groupKnown(
    _ block: borrowing Block, _ scanner: borrowing TraceScanner, _ grouper: inout TraceGrouper
  ) -> TraceGrouping? {
    grouper.groupKnown(scanner.trace, in: block.bytes)
  }

  static func emit<Sink: TraceSink>(
    _ trace: inout ParsedTrace, _ block: borrowing Block, _ grouper: inout TraceGrouper, _ place: TracePlace,
    _ sink: inout Sink, _ known: TraceGrouping?
  ) -> UInt64 {
    emit(&trace, block.bytes, &grouper, place, &sink, known)
  }

  static func emit<Sink: TraceSink>(
    _ trace: inout ParsedTrace, _ bytes: Span<UInt8>, _ grouper: inout TraceGrouper, _ place: TracePlace,
    _ sink: inout Sink, _ known: TraceGrouping? = nil
  ) -> UInt64 {
    let grouping = known ?? grouper.group(trace, in: bytes, place.context)
    // A message that was too much for a pattern: its hash may differ from Sentry's.
    if grouping.result.hitLimit { trace.reasons.insert(.internalLimit) }
    if !trace.framesAreLeftOut, !bytes.isUTF8(trace.region.range) { trace.flags.insert(.invalidUTF8) }
    sink.trace(trace, grouping, at: place, in: bytes)
    return grouping.shape.groupKey
  }

  static func emit<Sink: TraceSink>(
    _ failure: ParseFailure, _ block: borrowing Block, _ grouper: inout TraceGrouper, _ place: TracePlace,
    _ sink: inout Sink
  ) -> UInt64 {
    emit(failure, block.bytes, &grouper, place, &sink)
  }

  static func emit<Sink: TraceSink>(
    _ failure: ParseFailure, _ bytes: Span<UInt8>, _ grouper: inout TraceGrouper, _ place: TracePlace,
    _ sink: inout Sink
  ) -> UInt64 {
    let grouping = grouper.group(failure, in: bytes, place.context)
    sink.failure(failure, grouping, at: place, in: bytes)
    return grouping.shape.groupKey
  }

  private mutating func run<Sink: TraceSink, Reader: TextReader & ~Copyable>(
    _ chunk: Chunk, _ reader: inout Reader, _ report: inout ChunkReport, _ sink: inout Sink,
    _ flush: (inout Sink, ChunkReport) -> Bool
  ) {
    // Before the anchor whose records are given out.
    var before = position
    defer { if chunk.end != .max, report.next == nil { report.next = state(at: position) } }
    while true {
      boundMemories(open: report.open, &sink)
      report.open = 0
      flushIfMany(&sink, &report, flush)
      if report.isStopped { return }
      if !scanner.holdsRecords, reaches(behind: chunk) { before = position }
      let (step, grouping) = nextStep(sink)
      let needsMore = if case .needsMore = step { true } else { false }
      if chunk.end != .max, report.next == nil, let start = Self.start(of: step, scanner),
        block.offset(of: Int(start)) >= chunk.end
      {
        report.next = state(at: before)
      }
      // What was found now may stand before what is held.
      if needsMore, !held.isEmpty {
        release(upTo: block.offset(of: position.next), &report, &sink, flush: flush)
      }
      switch step {
      case .trace:
        if emitTrace(chunk, &report, &sink, grouping) { return }
      case .failure(let failure):
        if emitFailure(failure, chunk, &report, &sink) { return }
      case .unwrapped(let record):
        hold(record, chunk, &report)
      case .end:
        reportLostAtEnd(chunk)
        return note(bytesTo: block.count, chunk, &report)
      case .needsMore(let keep):
        if isPast(chunk.end) { return note(bytesTo: block.count, chunk, &report) }
        discard(keep - Self.lineAbove, chunk)
        note(bytesTo: min(position.next, block.count), chunk, &report)
        report.isSettled = isPast(chunk.start)
        report.open = max(0, block.count - position.next)
        report.isStopped = !flush(&sink, report)
        if report.isStopped { return }
        grow(&reader, chunk, &report)
      }
      if !needsMore, !held.isEmpty {
        release(upTo: block.offset(of: position.next), &report, &sink, flush: flush)
      }
    }
  }

  /// Whether a region that is found now may start behind the chunk.
  private func reaches(behind chunk: Chunk) -> Bool {
    chunk.end != .max && block.offset(of: block.count) > chunk.end
  }

  /// Where the region of a step starts in the window.
  private static func start(of step: ScanStep, _ scanner: borrowing TraceScanner) -> UInt32? {
    switch step {
    case .trace: scanner.trace.region.start
    case .failure(let failure): failure.region.start
    case .unwrapped(let record): record.region.start
    case .needsMore, .end: nil
    }
  }

  /// Hands records on where many wait in the sink, unless nobody wants any more.
  func flushIfMany<Sink: TraceSink>(
    _ sink: inout Sink, _ report: inout ChunkReport, _ flush: (inout Sink, ChunkReport) -> Bool
  ) {
    guard sink.bytes >= Self.manyBytes, sink.isDue, !report.isStopped else { return }
    report.isStopped = !flush(&sink, report)
  }

  /// Reads at least half as much as is open already, so that a region that is read again each time more of
  /// it comes costs linear time in all, however little the input gives at once.
  private mutating func grow<Reader: TextReader & ~Copyable>(
    _ reader: inout Reader, _ chunk: Chunk, _ report: inout ChunkReport
  ) {
    let wanted = block.count + max(1, report.open / 2)
    repeat {
      if stop.reason != 0 { return block.end() }
      fill(&reader, &report)
      reportLost(chunk, &report)
    } while block.count < wanted && !block.isAtEnd
  }

  /// Whether no region that is still to be found can start before an input offset.
  private func isPast(_ offset: UInt64) -> Bool {
    guard offset != .max else { return false }
    // A region before the chunk may reach behind it: its bytes and lines are counted only once they are read.
    let seen = min(position.next, block.count)
    return block.offset(of: seen) > offset &+ UInt64(limits.messageBytes)
  }

  func note(bytesTo index: Int, _ chunk: Chunk, _ report: inout ChunkReport) {
    let end = min(block.offset(of: index), chunk.end)
    report.statistics.bytes = end > chunk.start ? end - chunk.start : 0
  }

  mutating func discard(_ count: Int, _ chunk: Chunk) {
    guard count > 0 else { return }
    countLines(upTo: count, chunk)
    counted = max(0, counted - count)
    block.discard(count)
    position.moved(by: count)
  }

  /// Counts the lines of the chunk up to a window offset; bytes behind the chunk's end are the next one's.
  mutating func countLines(upTo index: Int, _ chunk: Chunk) {
    let from = max(counted, block.index(of: chunk.start))
    let last = chunk.end == .max ? index : min(index, block.index(of: chunk.end))
    guard last > from else { return }
    lines &+= UInt64(block.bytes.occurrences(of: 0x0A, in: from..<last))
    counted = last
  }
}
