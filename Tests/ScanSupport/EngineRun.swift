internal import Enhancements
internal import Grouping
public import TraceParsers
public import TraceSift

/// How one run of the engine is cut and spread.
public struct Cut: Sendable, CustomStringConvertible {
  public var blockBytes: Int
  public var chunkBytes: UInt64
  public var workers: Int
  /// What a worker may remember; nil for the usual.
  public var rememberedBytes: Int?

  public init(
    blockBytes: Int = 1 << 20, chunkBytes: UInt64 = 4 << 20, workers: Int = 1, rememberedBytes: Int? = nil
  ) {
    self.rememberedBytes = rememberedBytes
    self.blockBytes = blockBytes
    self.chunkBytes = chunkBytes
    self.workers = workers
  }

  public var description: String { "blocks of \(blockBytes), chunks of \(chunkBytes), \(workers) workers" }
}

/// Grouping with the built-in rules, made once: tests of scanning do not look at it.
private let grouping = Result {
  GroupingEngine(enhancements: try EnhancementSet(base: GroupingConfig.newest.baseRules, project: []))
}

/// What a run with this cut and these limits is configured with.
public func configuration(
  _ cut: Cut = Cut(), limits: ParseLimits = ParseLimits()
) throws -> ScanConfiguration {
  var configuration = ScanConfiguration(grouping: try grouping.get())
  configuration.limits = limits
  configuration.blockBytes = cut.blockBytes
  configuration.chunkBytes = cut.chunkBytes
  if let bytes = cut.rememberedBytes { configuration.rememberedBytes = bytes }
  return configuration
}

/// Runs the engine over paths.
public func run(
  _ paths: [String], _ cut: Cut = Cut(), limits: ParseLimits = ParseLimits()
) throws -> (delegate: RecordingDelegate, statistics: ScanStatistics) {
  let configuration = try configuration(cut, limits: limits)
  var delegate = RecordingDelegate()
  let statistics = TraceEngine(configuration).run(paths, workers: cut.workers, delegate: &delegate)
  return (delegate, statistics)
}
