internal import Glibc
internal import Synchronization

/// All threads and locks of the engine.
///
/// N threads take the next chunk's index from a counter; results leave through a ring of 2N slots in index
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
      slots: 2 * workers, chunks: plan.chunks.count, stop: configuration.stop)
    let empty = delegate.makeSink()
    let threads = (0..<workers).map { _ in
      Thread { [configuration, plan] in
        var worker = TraceWorker(configuration)
        while let index = ring.nextIndex() {
          var sink = empty
          let report = worker.scan(plan.chunks[index], into: &sink)
          ring.put(index, sink, report)
        }
      }
    }
    for index in plan.chunks.indices {
      guard let (sink, report) = ring.take(index) else { break }
      guard merge.take(plan.chunks[index], sink, report, &delegate) else {
        ring.close()
        break
      }
    }
    for thread in threads { thread.join() }
  }
}

/// Results on their way from the workers to the merge.
private final class ResultRing<Sink: Sendable>: Sendable {
  private struct State {
    var next = 0
    var taken = 0
    var isStopped = false
    var slots: [Int: (Sink, ChunkReport)] = [:]
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
  func take(_ index: Int) -> (Sink, ChunkReport)? {
    let result: (Sink, ChunkReport)?? = changed.wait {
      state.withLock { state in
        if let result = state.slots.removeValue(forKey: index) { return .some(.some(result)) }
        return stop.reason != 0 && index >= state.next ? .some(nil) : nil
      }
    }
    state.withLock { $0.taken = index + 1 }
    changed.signal()
    return result ?? nil
  }

  func close() {
    state.withLock { $0.isStopped = true }
    changed.signal()
  }
}

/// A POSIX condition variable with its mutex: `Synchronization` has none.
@safe private final class Condition: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
    unsafe condition.deallocate()
  }

  /// Sleeps until `attempt` gives a value; it is tried again after every signal.
  func wait<Value>(_ attempt: () -> Value?) -> Value {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let value = attempt() { return value }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }

  /// Wakes everyone to try again.
  func signal() {
    unsafe pthread_mutex_lock(mutex)
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }
}

/// A POSIX thread that can be waited for.
@safe private final class Thread: @unchecked Sendable {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private var handle = pthread_t()

  /// Stack of 1 MiB: the parsers recurse no deeper than their nesting limits.
  init(_ run: @escaping @Sendable () -> Void) {
    let body = unsafe Unmanaged.passRetained(Body(run)).toOpaque()
    unsafe pthread_create(
      &handle, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, body)
  }

  func join() { pthread_join(handle, nil) }
}
