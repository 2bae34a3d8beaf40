public import Grouping
public import TraceModel
public import TraceParsers

/// Everything that decides what a scan finds and how it is grouped. Immutable while a scan runs.
public struct ScanConfiguration: Sendable {
  /// Rules, profile and grouping config.
  public var grouping: GroupingEngine
  /// How much of one region is taken in.
  public var limits = ParseLimits()
  /// How lines are taken: what wraps them is recognised line by line, or known beforehand.
  public var inputFormat = InputFormat.auto
  /// Whether failures that Airbyte's platform does not report become records, too: those of the types in
  /// `FailureType.unreported`. They are counted in any case but this.
  public var keepsAllFailureTypes = false
  /// Bytes to read at once. Records do not depend on it.
  public var blockBytes = 1 << 20
  /// Bytes of one chunk of a file, which one worker takes at a time; nil lets the engine decide as it goes. Records do
  /// not depend on it.
  public var chunkBytes: UInt64?
  /// How many shapes of traces a worker remembers the grouping of before it starts anew.
  public var rememberedShapes = 10_000
  /// The most bytes, roughly, of what a worker remembers to be faster: lines, stacks, frames, shapes, pieces of records.
  /// Beyond it all of that starts anew. Records do not depend on it.
  public var rememberedBytes = 38 << 20

  /// Ends the scan early when it is raised.
  public var stop = StopFlag()

  public init(grouping: GroupingEngine) { self.grouping = grouping }
}

extension ScanConfiguration {
  /// Lowers what is remembered so far that a scan with so many workers keeps to 64 MiB resident and 40 MiB more for each.
  ///
  /// Beside it a worker needs up to 14 MiB for its window and its records, and the program as much. One worker at a time
  /// reads a region of unusual length, which takes up to 60 MiB, while it remembers nothing.
  public mutating func boundMemory(workers: Int) {
    let others = workers > 1 ? (30 << 20) / (workers - 1) : .max
    rememberedBytes = (26 << 20) + min((40 << 20) / max(1, workers), others)
  }

  /// Lowers the limits so far that a filter keeps to 64 MiB resident on any input.
  ///
  /// What is made of a region is many times as large: lines, frames, strings, the record. A region of the worst
  /// kind, nothing but the shortest frames, takes thirty times its size.
  public mutating func boundMemory() {
    limits.regionBytes = 1 << 20
    limits.frames = 50_000
    rememberedBytes = 20 << 20
    // A region that is longer than what is read at once is seen coming.
    blockBytes = min(blockBytes, 128 << 10)
  }
}
