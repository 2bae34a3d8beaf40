/// The threads of a scan.
///
/// Each takes the next chunk of the plan; its records leave part by part through a ring in the order of the chunks,
/// and a full ring stops the threads, so memory does not grow with the input.
struct WorkerPool: Sendable {
  private let configuration: ScanConfiguration
  private let plan: ChunkPlan
  private let workers: Int

  /// Records that are handed on together, in bytes: about what stays in a core's cache.
  private static let partBytes = 512 << 10
  /// Bytes to read at once, where records of ten times that size may come of them.
  private static let blockBytes = 256 << 10

  init(_ configuration: ScanConfiguration, _ plan: ChunkPlan, workers: Int) {
    self.configuration = configuration
    self.plan = plan
    self.workers = workers
  }

  /// Scans all chunks and hands them to `merge` on this thread.
  func run<Delegate: ScanDelegate>(_ merge: inout OrderedMerge<Delegate>, _ delegate: inout Delegate) {
    let ring = PartRing<Delegate.Sink>(
      ChunkCutter(plan), ChunkLength(fixed: configuration.chunkBytes, workers: workers), workers: workers,
      stop: configuration.stop)
    let empty = delegate.makeSink()
    let threads = (0..<workers).map { worker in WorkerThread { work(ring, worker, empty) } }
    loop: while var part = ring.take(after: merge.ends) {
      let isSound = ring.isSound(part)
      switch merge.take(part.chunk, part.sink, part.report, isLast: part.isLast, isSound: isSound, &delegate)
      {
      case .taken: break
      case .wrong:
        ring.abandon(part)
        guard merge.scanAgain(part.chunk, &delegate) else { break loop }
      case .stopped: break loop
      }
      delegate.advanced(ScanProgress(merge.statistics, of: plan))
      ring.giveBack(&part.sink, leaving: empty)
    }
    ring.close()
    for thread in threads { thread.join() }
  }

  private func work<Sink: TraceSink>(_ ring: PartRing<Sink>, _ number: Int, _ empty: Sink) {
    var own = configuration
    own.blockBytes = min(own.blockBytes, Self.blockBytes)
    var worker = TraceWorker(own)
    var sink = empty
    while let (index, chunk, forgets) = ring.nextChunk(for: number) {
      if forgets { sink.forget() }
      var written = 0
      func hand(_ sink: inout Sink, _ report: ChunkReport, isLast: Bool) -> Bool {
        written += sink.bytes
        let records = sink.handOver(leaving: ring.spare() ?? empty)
        return ring.put(
          Part(index, by: number, chunk, records, report, isLast: isLast), chunkRecords: written)
      }
      let report = worker.scan(chunk, into: &sink) { sink, report in
        guard report.open < TraceWorker.longRegion || ring.awaitTurn(of: index, chunk, report) else {
          return false
        }
        guard report.isSettled, sink.bytes >= Self.partBytes else { return true }
        return hand(&sink, report, isLast: false)
      }
      _ = hand(&sink, report, isLast: true)
    }
  }
}
