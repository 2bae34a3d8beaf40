internal import LogInput

/// Puts finished chunks together in input order.
///
/// A worker has to guess where the last region before its chunk ended, from the bounded look-back. Here the
/// truth is known: where a guess was wrong, the chunk is scanned again from the right place, so the
/// records are those of one unsplit scan.
struct OrderedMerge<Delegate: ScanDelegate> {
  private(set) var statistics = ScanStatistics()
  private let configuration: ScanConfiguration
  private var path: String?
  /// End of the last region of the file so far.
  private var lastRegion: UInt64?
  /// Ends of the streams' regions of the file so far, as far as a look-back reaches.
  private var streams = StreamEnds()
  /// Lines of the file so far.
  private var lines: UInt64 = 0

  init(_ configuration: ScanConfiguration) { self.configuration = configuration }

  /// Takes the next chunk in order; false to stop.
  /// - Parameter sink: its records; replaced where the chunk has to be scanned again, so that it is always the one
  ///   that was handed on.
  mutating func take(
    _ chunk: Chunk, _ sink: inout Delegate.Sink, _ report: ChunkReport, _ delegate: inout Delegate
  ) -> Bool {
    if chunk.start == 0 {
      path = chunk.path
      lastRegion = nil
      streams = StreamEnds()
      lines = 0
    }
    var report = report
    if chunk.start > 0, !isRight(report) {
      sink = delegate.makeSink()
      var worker = TraceWorker(configuration)
      report = worker.scan(chunk, after: lastRegion ?? 0, streams: streams, into: &sink)
    }
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
