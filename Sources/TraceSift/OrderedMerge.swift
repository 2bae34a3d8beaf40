internal import LogInput

/// Puts the records of chunks together in input order.
///
/// A worker has to guess where the last region before its chunk ended, from the bounded look-back. Here the
/// truth is known: where a guess was wrong, the chunk is scanned again from the right place, so the
/// records are those of one unsplit scan.
struct OrderedMerge<Delegate: ScanDelegate> {
  private(set) var statistics = ScanStatistics()
  private let configuration: ScanConfiguration
  /// End of the last region of the file so far.
  private var lastRegion: UInt64?
  /// Ends of the streams' regions of the file so far, as far as a look-back reaches.
  private var streams = StreamEnds()
  /// Lines of the file before the chunk at hand.
  private var lines: UInt64 = 0
  private var progress = Progress.between

  private enum Progress {
    /// The next part is a chunk's first one.
    case between
    /// The parts so far were handed on.
    case inside
    /// The chunk was scanned again, and what its worker found is not wanted.
    case replaced
  }

  init(_ configuration: ScanConfiguration) { self.configuration = configuration }

  /// What became of a part.
  enum Outcome {
    case taken
    /// The rest of its chunk is not wanted.
    case replaced
    /// Nothing more is wanted.
    case stopped
  }

  /// Takes the next part in order.
  /// - Parameter report: what the worker says of its chunk so far; all of it with the last part.
  mutating func take(
    _ chunk: Chunk, _ sink: Delegate.Sink, _ report: ChunkReport, isLast: Bool, _ delegate: inout Delegate
  ) -> Outcome {
    if progress == .between { begin(chunk) }
    if progress == .between, chunk.start > 0, !isRight(report) {
      progress = .replaced
      guard scanAgain(chunk, &delegate) else { return .stopped }
    }
    defer { if isLast { progress = .between } }
    guard progress != .replaced else { return .replaced }
    progress = .inside
    guard isLast else { return delegate.finished(sink, linesBefore: lines) ? .taken : .stopped }
    return finish(sink, report, &delegate) ? .taken : .stopped
  }

  private mutating func begin(_ chunk: Chunk) {
    guard chunk.start == 0 else { return }
    lastRegion = nil
    streams = StreamEnds()
    lines = 0
  }

  private mutating func scanAgain(_ chunk: Chunk, _ delegate: inout Delegate) -> Bool {
    var sink = delegate.makeSink()
    var worker = TraceWorker(configuration)
    let report = worker.scan(chunk, after: lastRegion ?? 0, streams: streams, into: &sink) { sink, _ in
      defer { sink.reset() }
      return sink.isEmpty || delegate.finished(sink, linesBefore: lines)
    }
    return finish(sink, report, &delegate)
  }

  /// Takes the last part of a chunk.
  private mutating func finish(
    _ sink: Delegate.Sink, _ report: ChunkReport, _ delegate: inout Delegate
  ) -> Bool {
    statistics.add(report.statistics)
    let before = lines
    lines &+= report.statistics.lines
    lastRegion = report.lastRegion ?? lastRegion
    for stream in report.streams.all { streams.insert(stream) }
    guard !report.isStopped, delegate.finished(sink, linesBefore: before) else { return false }
    if let error = report.error { delegate.failed(InputProblem(error)) }
    return true
  }

  /// Whether the worker started out from what the chunks before came to.
  private func isRight(_ report: ChunkReport) -> Bool {
    guard report.streamsBefore.reaching(report.began) == streams.reaching(report.began) else { return false }
    if report.regionBefore == lastRegion { return true }
    return report.regionBefore == nil && (lastRegion ?? 0) <= report.began
  }
}
