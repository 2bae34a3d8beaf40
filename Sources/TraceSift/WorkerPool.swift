internal import Synchronization

/// All threads and locks of the engine.
///
/// N threads take the next chunk's index from a counter; results leave through a ring of N + 1 slots in index
/// order, and a full ring stops the threads, so memory does not grow with the input.
struct WorkerPool: Sendable {
  private let configuration: ScanConfiguration
  private let plan: ChunkPlan
  private let workers: Int

  init(_ configuration: ScanConfiguration, _ plan: ChunkPlan, workers: Int) {
    self.configuration = configuration
    self.plan = plan
    self.workers = min(workers, plan.chunks.count)
  }

  /// Scans all chunks and hands them to `merge` on this thread.
  func run<Delegate: ScanDelegate>(_ merge: inout OrderedMerge<Delegate>, _ delegate: inout Delegate) {
    let ring = ResultRing<Delegate.Sink>(
      slots: workers + 1, chunks: plan.chunks.count, stop: configuration.stop)
    let empty = delegate.makeSink()
    let threads = (0..<workers).map { _ in
      WorkerThread { [configuration, plan] in
        var worker = TraceWorker(configuration)
        var sink = empty
        while let index = ring.nextIndex() {
          let report = worker.scan(plan.chunks[index], into: &sink)
          ring.put(index, sink.handOver(leaving: ring.spare() ?? empty), report)
        }
      }
    }
    var sink = empty
    for index in plan.chunks.indices {
      guard let report = ring.take(index, &sink) else { break }
      guard merge.take(plan.chunks[index], &sink, report, &delegate) else {
        ring.close()
        break
      }
      ring.giveBack(&sink, leaving: empty)
      delegate.advanced(ScanProgress(merge.statistics, of: plan))
    }
    for thread in threads { thread.join() }
  }
}

/// Results on their way from the workers to the merge.
private final class ResultRing<Sink: TraceSink>: Sendable {
  private struct State {
    var next = 0
    var taken = 0
    var isStopped = false
    var slots: [Int: (Sink, ChunkReport)] = [:]
    /// Sinks whose records were handed on, for their storage.
    var spares: [Sink] = []
  }

  private let state = Mutex(State())
  private let slots: Int
  private let chunks: Int
  private let changed = Condition()
  private let stop: StopFlag

  init(slots: Int, chunks: Int, stop: StopFlag) {
    self.stop = stop
    self.slots = slots
    self.chunks = chunks
  }

  /// The next chunk for a worker; waits while the ring is full, nil when there is no more to do.
  func nextIndex() -> Int? {
    changed.wait {
      state.withLock { state in
        if state.isStopped || stop.reason != 0 || state.next >= chunks { return .some(nil) }
        guard state.next < state.taken + slots else { return nil }
        state.next += 1
        return .some(state.next - 1)
      }
    }
  }

  func put(_ index: Int, _ sink: Sink, _ report: ChunkReport) {
    state.withLock { $0.slots[index] = (sink, report) }
    changed.signal()
  }

  /// Waits for the result of chunk `index`; nil when the scan was stopped before it was begun.
  /// - Parameter sink: becomes the chunk's.
  func take(_ index: Int, _ sink: inout Sink) -> ChunkReport? {
    var result: (Sink, ChunkReport)?? = changed.wait {
      state.withLock { state in
        if let result = state.slots.removeValue(forKey: index) { return .some(.some(result)) }
        return stop.reason != 0 && index >= state.next ? .some(nil) : nil
      }
    }
    state.withLock { $0.taken = index + 1 }
    changed.signal()
    guard let (written, report) = result ?? nil else { return nil }
    result = nil
    sink = written
    return report
  }

  /// An empty sink whose storage was used before.
  func spare() -> Sink? {
    var spare = state.withLock { $0.spares.popLast() }
    spare?.reset()
    return spare
  }

  /// Takes a sink whose records were handed on. Nothing else refers to it then, so that nobody copies its storage.
  func giveBack(_ sink: inout Sink, leaving empty: Sink) {
    guard Sink.reusesStorage else { return }
    let used = sink
    sink = empty
    state.withLock { $0.spares.append(used) }
  }

  func close() {
    state.withLock { $0.isStopped = true }
    changed.signal()
  }
}
