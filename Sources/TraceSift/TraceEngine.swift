internal import LogInput
internal import Synchronization

/// Takes finished parts of a scan, in input order, on the thread that called `TraceEngine.run`.
public protocol ScanDelegate {
  associatedtype Sink: TraceSink
  /// A new sink for one chunk.
  func makeSink() -> Sink
  /// The records of one chunk. `linesBefore` is what to add to their places' `linesBefore`.
  /// - Returns: false to stop the scan.
  mutating func finished(_ sink: Sink, linesBefore: UInt64) -> Bool
  /// An input that could not be read, or not to its end.
  mutating func failed(_ problem: InputProblem)
}

/// An input that could not be read.
public struct InputProblem: Error, Sendable, Equatable {
  /// The path as it was given.
  public var path: String
  /// The system's words, and what they stopped.
  public var reason: String
}

/// Scans inputs with any number of workers. The records and their order depend on the inputs alone.
public struct TraceEngine: Sendable {
  let configuration: ScanConfiguration

  public init(_ configuration: ScanConfiguration) { self.configuration = configuration }

  /// Scans files, directories and standard input (`-`).
  /// - Parameters:
  ///   - paths: what to read, in this order; a directory stands for the files below it.
  ///   - workers: how many threads scan at a time; at least 1.
  ///   - delegate: takes the records in order.
  /// - Returns: the numbers of the whole run.
  public func run<Delegate: ScanDelegate>(
    _ paths: [String], workers: Int, delegate: inout Delegate
  ) -> ScanStatistics {
    let (files, errors) = InputPaths.expand(paths)
    for error in errors { delegate.failed(InputProblem(error)) }
    let plan = ChunkPlan(files: files, chunkBytes: workers > 1 ? configuration.chunkBytes : .max)
    var merge = OrderedMerge<Delegate>(configuration)
    if workers > 1, plan.chunks.count > 1 {
      WorkerPool(configuration, plan, workers: workers).run(&merge, &delegate)
    } else {
      runAlone(plan, &merge, &delegate)
    }
    return merge.statistics
  }

  private func runAlone<Delegate: ScanDelegate>(
    _ plan: ChunkPlan, _ merge: inout OrderedMerge<Delegate>, _ delegate: inout Delegate
  ) {
    var worker = TraceWorker(configuration)
    var sink = delegate.makeSink()
    for chunk in plan.chunks where configuration.stop.reason == 0 {
      let report = worker.scan(chunk, into: &sink) { sink in
        defer { sink.reset() }
        return delegate.finished(sink, linesBefore: 0)
      }
      guard merge.take(chunk, sink, report, &delegate) else { return }
      sink.reset()
    }
  }
}

extension InputProblem {
  init(_ error: InputError) {
    path = error.path
    switch error.kind {
    case .open: reason = error.reason
    case .read: reason = "reading stopped: \(error.reason)"
    case .directory: reason = "cannot list this directory: \(error.reason)"
    }
  }
}

extension TraceWorker {
  /// Opens the chunk's file and scans its chunk.
  mutating func scan<Sink: TraceSink>(
    _ chunk: Chunk, after: UInt64? = nil, streams: StreamEnds = StreamEnds(), into sink: inout Sink,
    flush: (inout Sink) -> Bool = { _ in true }
  ) -> ChunkReport {
    do {
      let source = try ByteSource(path: chunk.path)
      return scan(chunk, of: source, after: after, streams: streams, into: &sink, flush: flush)
    } catch {
      var report = ChunkReport()
      report.error = error
      return report
    }
  }
}
