package import LogInput
internal import LogScanner
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// One input of a filter, from where it is taken up to its end.
package struct FilterRun<Delegate: FilterDelegate>: ~Copyable {
  private var worker: TraceWorker
  private var sink: Delegate.Sink
  private let chunk: Chunk
  private let options: FilterOptions
  private let stop: StopFlag
  private var report = ChunkReport()
  private var arrivals = ArrivalTimes()
  private var rescan = RescanClock()
  private var open = 0  // bytes of the region that the last scan left open
  private var passed = 0  // window offset up to which the log was handed on
  private var begun: (bytes: UInt64, lines: UInt64) = (0, 0)
  private var read: UInt64 = 0  // bytes of text that came
  private var lastForced: ContinuousClock.Instant?
  private var nextSettlement = ContinuousClock.Instant.now
  /// The file that the last settlement spoke of.
  private var settledFile: FileIdentity?
  /// Whether the taker of the records wants no more.
  private(set) var isStopped = false
  /// Whether the run was stopped with its open regions left where they are.
  private var isLeft = false

  /// - Parameters:
  ///   - path: the input's name in records.
  ///   - checkpoint: where to go on; nil for the start.
  package init(
    _ configuration: ScanConfiguration, _ options: FilterOptions, path: String, sink: Delegate.Sink,
    from checkpoint: FilterCheckpoint?
  ) {
    worker = TraceWorker(configuration)
    self.sink = sink
    self.options = options
    stop = configuration.stop
    chunk = Chunk(path: path, start: 0, end: .max)
    worker.resume(at: checkpoint)
    begun = (worker.block.offset(of: worker.position.next), worker.lines)
    passed = worker.position.next
  }

  /// Bytes and lines so far, and what was found in them.
  var statistics: ScanStatistics {
    var statistics = report.statistics
    let bytes = worker.block.offset(of: doneUpTo)
    statistics.bytes = bytes > begun.bytes ? bytes - begun.bytes : 0
    statistics.lines = worker.lines &- begun.lines
    statistics.longLines = worker.block.longLines
    return statistics
  }

  /// Window offset up to which everything is done.
  private var doneUpTo: Int {
    worker.block.isAtEnd ? worker.block.count : min(worker.position.next, worker.block.count)
  }

  /// Reads until the input ends, the run is stopped, or nobody wants more.
  package mutating func run<Reader: LiveReader & ~Copyable>(
    _ reader: inout Reader, _ before: ScanStatistics, _ delegate: inout Delegate
  ) {
    var finalUpTo = 0
    // Groups are counted for the whole run; the set is shared with the totals, never copied.
    report.statistics.groupKeys = before.groupKeys
    var before = before
    before.groupKeys = []
    while true {
      worker.file = reader.file
      // Whoever keeps checkpoints knows of a file before its first record leaves.
      if isNew(worker.file) { settle(before, worker.file, &delegate) }
      let started = ContinuousClock.now
      scan(finalUpTo, &delegate)
      rescan.scanned(from: started, bytes: read, open: max(0, worker.block.count - worker.position.next))
      settle(before, reader.file, &delegate)
      if isStopped || isLeft || worker.block.isAtEnd { break }
      takeOut(started.duration(to: .now))
      finalUpTo = wait(&reader, before, &delegate)
    }
    if let error = report.error { delegate.failed(InputProblem(error)) }
  }

  /// While the taker of the records keeps the run waiting, lines may wait to be read: that is no silence.
  private mutating func takeOut(_ time: Duration) {
    arrivals.pass(time)
    lastForced = lastForced.map { $0 + time }
  }

  // MARK: Scanning

  /// Finds all that can be told from the text that is there.
  /// - Parameter line: where the text ends for this scan, which leaves the window as it is; nil for all of it.
  private mutating func scan(_ finalUpTo: Int, above line: Int? = nil, _ delegate: inout Delegate) {
    // What is told of that line itself leaves behind it.
    let reach = line.map { worker.block.offset(of: $0) &+ UInt64(worker.limits.messageBytes) } ?? .max
    while !isStopped {
      worker.boundMemories(open: open, &sink)
      open = 0
      let textEnd = line ?? (finalUpTo > 0 ? max(wholeEnd, finalUpTo) : nil)
      switch worker.step(finalUpTo: finalUpTo, wholeEnd: textEnd) {
      case .trace:
        pass(upTo: Int(worker.foundRegion.end), &delegate)
        _ = worker.emitTrace(chunk, &report, &sink)
      case .failure(let failure):
        pass(upTo: Int(failure.region.end), &delegate)
        _ = worker.emitFailure(failure, chunk, &report, &sink)
      case .unwrapped(let record):
        pass(upTo: Int(record.region.end), &delegate)
        worker.hold(record, chunk, &report)
        worker.release(upTo: reach, &report, &sink)
      case .end:
        worker.reportLostAtEnd(chunk)
        worker.release(upTo: .max, &report, &sink)
        pass(upTo: worker.block.isAtEnd ? worker.block.count : 0, &delegate)
        return deliver(&delegate)
      case .needsMore(let keep):
        if line == nil, finalUpTo == 0, !options.keepsLines {
          for record in worker.recordsBeside() { worker.hold(record, chunk, &report) }
        }
        pass(upTo: min(max(worker.position.next, heldEnd), line ?? worker.block.count), &delegate)
        worker.release(upTo: reach, &report, &sink)
        deliver(&delegate)
        open = max(0, worker.block.count - worker.position.next)
        return line == nil ? discard(keep - TraceWorker.lineAbove) : ()
      }
      if options.keepsLines { deliver(&delegate) }
    }
  }

  /// Where the last line ends of a record that leaves now, as an offset of the window: the end of a long line may have come
  /// while its beginning still waits for the line below.
  private var heldEnd: Int {
    worker.block.index(of: worker.held.end)
  }

  private mutating func deliver(_ delegate: inout Delegate) {
    guard !sink.isEmpty, !isStopped else { return }
    isStopped = !delegate.finished(sink)
    sink.reset()
  }

  /// Hands on the log up to a window offset.
  private mutating func pass(upTo end: Int, _ delegate: inout Delegate) {
    guard options.keepsLines, end > passed, !isStopped else { return }
    isStopped = !delegate.passed(worker.block.bytes.extracting(passed..<end))
    passed = end
  }

  private mutating func discard(_ count: Int) {
    guard count > 0 else { return }
    worker.discard(count, chunk)
    passed = max(0, passed - count)
    arrivals.discard(before: worker.block.offset(of: 0))
  }

  /// The end of the last whole line.
  private var wholeEnd: Int {
    let block = worker.block.bytes
    return block.lastOffset(of: 0x0A, in: 0..<block.count).map { $0 + 1 } ?? 0
  }

  /// Whether a region waits for more lines; text without an anchor does not.
  private var isBlocked: Bool { worker.position.next < wholeEnd }

  // MARK: Waiting

  /// Waits for what makes another scan worth while.
  /// - Returns: up to which window offset regions are to be taken for complete.
  private mutating func wait<Reader: LiveReader & ~Copyable>(
    _ reader: inout Reader, _ before: ScanStatistics, _ delegate: inout Delegate
  ) -> Int {
    var hasNew = false
    let stop = stop
    while true {
      let now = ContinuousClock.now
      let flush = flushTime
      if let flush, flush <= now {
        // What came since the last scan may be what was waited for.
        if hasNew { return 0 }
        lastForced = now
        return flushEnd(now)
      }
      let delay = rescan.delay(bytes: read, now: now)
      if hasNew, delay == .zero { return 0 }
      if now >= nextSettlement {
        settle(before, reader.file, &delegate)
        nextSettlement = .now + .seconds(1)
      }
      let longest = min(
        nextSettlement - now, flush.map { $0 - now } ?? .seconds(1), hasNew ? delay : .seconds(1))
      switch reader.wait(milliseconds: Self.milliseconds(longest), isStopped: { stop.reason != 0 }) {
      case .ready: hasNew = fill(&reader, &delegate) || hasNew
      case .idle: break
      case .ended: worker.block.end()
      }
      if stop.reason != 0 { end() }
      if worker.block.isAtEnd || isStopped || isLeft { return 0 }
    }
  }

  /// Ends the run at a signal.
  private mutating func end() {
    if options.leavesOpenRegions { isLeft = true } else { worker.block.end() }
  }

  /// Rounded up, so that nothing is tried too early.
  private static func milliseconds(_ duration: Duration) -> Int {
    Int((duration / .milliseconds(1)).rounded(.up))
  }

  /// When the region that is waited for is taken for complete.
  private var flushTime: ContinuousClock.Instant? {
    guard isBlocked else { return nil }
    let isWithinLine = isWithinLine
    let seen = isWithinLine ? worker.block.count : worker.pendingEnd ?? wholeEnd
    let silentSince = arrivals.time(of: worker.block.offset(of: seen)) ?? rescan.finished
    let patience = isWithinLine ? Self.patienceWithinLine : 1
    return max(silentSince, lastForced ?? silentSince) + options.flushAfter * patience
  }

  /// Up to where all is taken for complete. A line that was begun as one of the trace, and has had no end for so long, is its
  /// last one: its writer ends no lines, or is gone. Where the log is passed on, a record would stand in its middle.
  private func flushEnd(_ now: ContinuousClock.Instant) -> Int {
    guard isAllSilent(now) else { return blockedLineEnd }
    let takesLine = !options.keepsLines && isWithinLine
    return takesLine ? worker.block.count : wholeEnd
  }

  /// Whether a line has begun as one of a trace does, and has no end yet: its writer hands on whole buffers. Before its text is
  /// there, nobody can tell whose it is.
  private var isWithinLine: Bool {
    let last = wholeEnd
    guard worker.block.count > last, worker.block.count - last < Self.shortLine else { return false }
    let text = worker.block.bytes
    if isBlank(text[last]) { return true }
    let shared = Self.shared(text, last)
    let frames: [StaticString] = ["\tat ", "    at ", "File \""]
    if frames.contains(where: { text.firstOffset(of: $0, in: shared) != nil }) { return true }
    var start = shared.upperBound
    while start > last, isWord(text[start - 1]) { start -= 1 }
    // So far it begins as the line above.
    guard start < text.count else { return true }
    if isBlank(text[start]) { return true }
    // A type and its colon; a shell's prompt has other characters.
    let end = (start..<text.count).first { !isWord(text[$0]) && text[$0] != UInt8(ascii: ".") }
    return end.map { $0 > start && text[$0] == UInt8(ascii: ":") } ?? true
  }

  /// What the last line begins with as one of those above it does, but for the digits of a time: the longest such text, since
  /// the lines of several streams may stand there.
  private static func shared(_ text: Span<UInt8>, _ last: Int) -> Range<Int> {
    var shared = last..<last
    var end = last
    for _ in 0..<linesAbove where end > 0 {
      let above = text.lastOffset(of: 0x0A, in: 0..<end - 1).map { $0 + 1 } ?? 0
      let found = last..<last + alike(text, last, above..<end - 1)
      if found.count > shared.count { shared = found }
      end = above
    }
    return shared
  }

  /// How many bytes of the last line are those that a line begins with.
  private static func alike(_ text: Span<UInt8>, _ last: Int, _ line: Range<Int>) -> Int {
    var count = 0
    while count < line.count, last + count < text.count {
      let (left, right) = (text[line.lowerBound + count], text[last + count])
      guard left == right || isDigit(left) && isDigit(right) else { break }
      count += 1
    }
    return count
  }

  /// So many lines above are compared.
  private static var linesAbove: Int { 8 }
  /// How many times as long a line is waited for that has begun.
  private static var patienceWithinLine: Int { 10 }
  private static var shortLine: Int { 16 << 10 }

  /// Whether no stream at all said anything: then nothing is waited for any longer, however many regions stand there.
  private func isAllSilent(_ now: ContinuousClock.Instant) -> Bool {
    let last = arrivals.time(of: worker.block.offset(of: wholeEnd)) ?? rescan.finished
    return last + options.flushAfter <= now
  }

  private var blockedLineEnd: Int {
    let block = worker.block.bytes
    return block.firstOffset(of: 0x0A, in: worker.position.next..<block.count).map { $0 + 1 } ?? block.count
  }

  /// Reads once; whether anything came.
  private mutating func fill<Reader: LiveReader & ~Copyable>(
    _ reader: inout Reader, _ delegate: inout Delegate
  ) -> Bool {
    let count = worker.block.count
    worker.fill(&reader, &report)
    worker.reportLost(chunk, &report)
    worker.file = reader.file
    read &+= UInt64(worker.block.count - count)
    arrivals.note(end: worker.block.offset(of: worker.block.count), at: .now)
    passOver(&delegate)
    return worker.block.count > count
  }

  /// Hands on what the window leaves out of lines that are too long for it.
  private mutating func passOver(_ delegate: inout Delegate) {
    guard options.keepsLines else { return }
    for piece in worker.block.passedOver where !isStopped {
      // A record must not stand in the middle of the line: what waits above it leaves now.
      if worker.position.next < piece.lineStart { scan(piece.lineStart, above: piece.lineStart, &delegate) }
      pass(upTo: piece.at, &delegate)
      isStopped = isStopped || !delegate.passed(piece.bytes.span)
    }
  }

  // MARK: Progress

  private func isNew(_ file: FileIdentity?) -> Bool {
    guard let file else { return false }
    return settledFile.map { !file.isSameContent(as: $0) } ?? true
  }

  private mutating func settle(_ before: ScanStatistics, _ file: FileIdentity?, _ delegate: inout Delegate) {
    guard !isStopped else { return }
    // A checkpoint right after another one is not written: there has to be a second one.
    nextSettlement = .now + .milliseconds(250)
    settledFile = file
    worker.countLines(upTo: doneUpTo, chunk)
    var total = before
    total.add(statistics)
    isStopped = !delegate.settled(
      FilterProgress(
        statistics: total, checkpoint: file.map { worker.checkpoint(path: chunk.path, file: $0) },
        hasOpenRegion: !worker.block.isAtEnd && isBlocked))
  }
}
