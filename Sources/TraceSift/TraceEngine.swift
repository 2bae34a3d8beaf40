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
  /// How far the scan has come, after every block or chunk.
  mutating func advanced(_ progress: ScanProgress)
}

extension ScanDelegate {
  public mutating func advanced(_ progress: ScanProgress) {}
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

  /// The files that paths stand for, in the order in which they would be scanned.
  public static func files(below paths: [String]) -> (files: [String], problems: [InputProblem]) {
    let (files, errors) = InputPaths.expand(paths)
    return (files, errors.map { InputProblem($0) })
  }

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
    let plan = ChunkPlan(files: files, small: min(configuration.chunkBytes ?? .max, Self.small))
    var merge = OrderedMerge<Delegate>(configuration)
    if workers > 1, plan.isDivisible {
      WorkerPool(configuration, plan, workers: workers).run(&merge, &delegate)
    } else {
      runAlone(plan, &merge, &delegate)
    }
    return merge.statistics
  }

  /// Files up to this size are one chunk anyway, and nobody waits for them.
  private static let small: UInt64 = 1 << 20

  private func runAlone<Delegate: ScanDelegate>(
    _ plan: ChunkPlan, _ merge: inout OrderedMerge<Delegate>, _ delegate: inout Delegate
  ) {
    var worker = TraceWorker(configuration)
    var sink = delegate.makeSink()
    for file in plan.files where configuration.stop.reason == 0 {
      let chunk = Chunk(path: file.path, start: 0, end: .max)
      let report = worker.scan(chunk, into: &sink) { sink, report in
        delegate.advanced(ScanProgress(merge.statistics, report, of: plan))
        guard sink.isDue else { return true }
        defer { sink.reset() }
        return delegate.finished(sink, linesBefore: 0)
      }
      guard merge.take(chunk, sink, report, isLast: true, &delegate) == .taken else { return }
      delegate.advanced(ScanProgress(merge.statistics, of: plan))
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
    case .follow:
      reason =
        error.format.map {
          "a file of \($0) cannot be followed: use tracesift scan, or tail -c +1 -F FILE | tracesift filter"
        }
        ?? "only a plain file can be followed; a pipe is read from standard input"
    case .directory: reason = "cannot list this directory: \(error.reason)"
    case .truncated: reason = "the \(Self.data(error)) ends early, at byte \(Self.place(error))"
    case .window:
      reason =
        "the zstd data from byte \(Self.place(error)) on was compressed with a window of more than 32 MiB (--long): "
        + "decompress it with zstd -dc --long=31 and pipe it in"
    case .damaged: reason = "the \(Self.data(error)) is damaged at byte \(Self.place(error))"
    case .trailing:
      reason = "what follows the \(Self.data(error)) from byte \(Self.place(error)) on is something else"
    case .format:
      let format = error.format ?? "this form"
      reason =
        "\(format) is not read; give its text instead: \(Self.command(toRead: format)) FILE | tracesift …"
    case .memory: reason = "no memory to decompress the \(Self.data(error)) with"
    }
  }
}

extension InputProblem {
  private static func command(toRead format: String) -> String {
    switch format {
    case "EBCDIC": "iconv -f IBM1047 -t UTF-8"
    case "zip": "unzip -p"
    default: "\(format) -dc"
    }
  }

  private static func data(_ error: InputError) -> String { "\(error.format ?? "compressed") data" }

  private static func place(_ error: InputError) -> UInt64 { error.offset ?? 0 }
}

extension TraceWorker {
  /// Opens the chunk's file and scans its chunk.
  mutating func scan<Sink: TraceSink>(
    _ chunk: Chunk, from state: ScanState? = nil, into sink: inout Sink,
    flush: (inout Sink, ChunkReport) -> Bool = { _, _ in true }
  ) -> ChunkReport {
    let path = chunk.path
    guard chunk.start == 0, (try? ByteSource.form(of: path))?.compression != nil else {
      return scan(
        chunk, from: state, into: &sink,
        open: { offset throws(InputError) in
          InputReader(try ByteSource(path: path), at: offset)
        }, flush: flush)
    }
    return scan(
      chunk, from: state, into: &sink,
      open: { _ throws(InputError) in
        ReadAhead(InputReader(try ByteSource(path: path)))
      }, flush: flush)
  }
}
