/// How an endless input is filtered.
public struct FilterOptions: Sendable {
  /// A trace whose stream was silent for so long is taken for complete.
  public var flushAfter = Duration.seconds(1)
  /// Whether the log itself is handed on too, each trace's record behind its last line.
  public var keepsLines = false
  /// Whether a region that is open when the run is stopped is left to the next run, which goes on from the
  /// checkpoint before it; otherwise it is handed on as it is.
  public var leavesOpenRegions = false

  public init() {}
}

/// Takes what a filter finds, on the thread that called `TraceFilter.run`, as soon as it is known.
public protocol FilterDelegate {
  associatedtype Sink: TraceSink
  func makeSink() -> Sink
  /// Text of the log as it came, in order; only with `keepsLines`. It is valid during the call.
  /// - Returns: false to stop the filter.
  mutating func passed(_ text: Span<UInt8>) -> Bool
  /// Records of traces that are complete.
  /// - Returns: false to stop the filter.
  mutating func finished(_ sink: Sink) -> Bool
  /// Called after every delivery and at least once a second: all that stands before `progress.checkpoint` was
  /// handed on.
  /// - Returns: false to stop the filter.
  mutating func settled(_ progress: FilterProgress) -> Bool
  /// An input that cannot be read yet: it is tried again and again.
  mutating func waits(for problem: InputProblem)
  /// An input that could not be read, or not to its end, or whose rest is gone.
  mutating func failed(_ problem: InputProblem)
}

/// How far a filter is.
public struct FilterProgress: Sendable {
  /// Of the whole run.
  public var statistics: ScanStatistics
  /// Where a restart can go on; nil for an input that cannot be read twice.
  public var checkpoint: FilterCheckpoint?
  /// Whether a region waits for lines that may still belong to it.
  public var hasOpenRegion: Bool
}
