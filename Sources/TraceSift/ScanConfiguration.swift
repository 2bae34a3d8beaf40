public import Grouping
public import TraceParsers

/// Everything that decides what a scan finds and how it is grouped. Immutable while a scan runs.
public struct ScanConfiguration: Sendable {
  /// Rules, profile and grouping config.
  public var grouping: GroupingEngine
  /// How much of one region is taken in.
  public var limits = ParseLimits()
  /// Whether prefixes, JSON and other formats around a log's text are undone, line by line as they are
  /// recognised; false takes every line as it stands.
  public var unwraps = true
  /// Bytes to read at once. Records do not depend on it.
  public var blockBytes = 1 << 20
  /// Bytes of one chunk of a file, which one worker takes at a time. Records do not depend on it.
  public var chunkBytes: UInt64 = 4 << 20
  /// How many shapes of traces a worker remembers the grouping of before it starts anew.
  public var rememberedShapes = 20_000

  /// Ends the scan early when it is raised.
  public var stop = StopFlag()

  public init(grouping: GroupingEngine) { self.grouping = grouping }
}
