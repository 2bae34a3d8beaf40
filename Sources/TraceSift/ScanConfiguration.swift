public import TraceParsers

/// Everything that decides what a scan finds and how it is grouped. Immutable while a scan runs.
public struct ScanConfiguration: Sendable {
  /// How much of one region is taken in.
  public var limits = ParseLimits()
  /// Bytes to read at once. Records do not depend on it.
  public var blockBytes = 1 << 20
  /// Bytes of one chunk of a file, which one worker takes at a time. Records do not depend on it.
  public var chunkBytes: UInt64 = 8 << 20

  public init() {}
}
