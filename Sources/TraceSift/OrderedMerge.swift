internal import LogInput

/// Puts the records of chunks together in input order.
///
/// A worker has to guess where the last region before its chunk ended, from the bounded look-back. Here the
/// truth is known: where a guess was wrong, the chunk is scanned again from the right place, so the
/// records are those of one unsplit scan.
struct OrderedMerge<Delegate: ScanDelegate> {
  private(set) var statistics = ScanStatistics()
  private let configuration: ScanConfiguration
  /// Where the regions of the file so far end.
  private(set) var ends = RegionEnds()
  /// Where the scan of the chunk before stood.
  private var state: ScanState?
  /// Lines of the file before the chunk at hand.
  private var lines: UInt64 = 0
  /// Whether parts of the chunk at hand were handed on.
  private var isInside = false

  init(_ configuration: ScanConfiguration) { self.configuration = configuration }

  /// What became of a part.
  enum Outcome {
    case taken
    /// Its worker started out from a wrong guess, in this chunk or in one before. Nothing of its chunk is wanted, which is to be scanned again.
    case wrong
    /// Nothing more is wanted.
    case stopped
  }

  /// Takes the next part in order.
  /// - Parameters:
  ///   - report: what the worker says of its chunk so far; all of it with the last part.
  ///   - isSound: whether the sink tells all that was not told before.
  mutating func take(
    _ chunk: Chunk, _ sink: Delegate.Sink, _ report: ChunkReport, isLast: Bool, isSound: Bool = true,
    _ delegate: inout Delegate
  ) -> Outcome {
    if !isInside {
      begin(chunk)
      if !isSound || chunk.start > 0 && !ends.agree(with: report) { return .wrong }
    }
    isInside = !isLast
    guard isLast else { return delegate.finished(sink, linesBefore: lines) ? .taken : .stopped }
    return finish(sink, report, &delegate) ? .taken : .stopped
  }

  private mutating func begin(_ chunk: Chunk) {
    guard chunk.start == 0 else { return }
    ends = RegionEnds()
    state = nil
    lines = 0
  }

  /// Scans a chunk from where the scan of the one before stood, and takes what comes of it.
  /// - Returns: false when nothing more is wanted.
  mutating func scanAgain(_ chunk: Chunk, _ delegate: inout Delegate) -> Bool {
    var sink = delegate.makeSink()
    var own = configuration
    own.rememberedBytes = min(own.rememberedBytes, 8 << 20)
    var worker = TraceWorker(own)
    let report = worker.scan(chunk, from: state, into: &sink) { sink, _ in
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
    ends.add(report)
    state = report.next
    guard !report.isStopped, delegate.finished(sink, linesBefore: before) else { return false }
    if let error = report.error { delegate.failed(InputProblem(error)) }
    return true
  }
}

/// Where the regions of a file end, as far as it was scanned.
struct RegionEnds: Sendable {
  /// End of the last region.
  private(set) var lastRegion: UInt64?
  /// Ends of the streams' regions, as far as a look-back reaches.
  private(set) var streams = StreamEnds()

  /// Adds those of the next chunk.
  mutating func add(_ report: ChunkReport) {
    lastRegion = report.lastRegion ?? lastRegion
    for stream in report.streams.all { streams.insert(stream) }
  }

  /// Whether the worker of the next chunk started out from them.
  func agree(with report: ChunkReport) -> Bool {
    guard report.streamsBefore.reaching(report.began) == streams.reaching(report.began) else { return false }
    if report.regionBefore == lastRegion { return true }
    return report.regionBefore == nil && (lastRegion ?? 0) <= report.began
  }
}
