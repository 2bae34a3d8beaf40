/// How far a scan has come.
public struct ScanProgress: Sendable, Equatable {
  /// Bytes of input that were scanned.
  public var bytes: UInt64
  /// Bytes of all inputs; nil where one cannot say, such as a pipe.
  public var totalBytes: UInt64?
  /// Traces that were found.
  public var traces: Int

  public init(bytes: UInt64, totalBytes: UInt64?, traces: Int) {
    self.bytes = bytes
    self.totalBytes = totalBytes
    self.traces = traces
  }
}

extension ScanProgress {
  /// What finished chunks came to, and the chunk at hand.
  init(_ statistics: ScanStatistics, _ report: ChunkReport? = nil, of plan: ChunkPlan) {
    bytes = statistics.bytes &+ (report?.statistics.bytes ?? 0)
    totalBytes = plan.bytes
    traces =
      statistics.traces.total + (report?.statistics.traces.total ?? 0)
  }
}
