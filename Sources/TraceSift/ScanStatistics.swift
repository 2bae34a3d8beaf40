public import TraceModel

/// What one run, or one part of it, has met.
public struct ScanStatistics: Sendable, Equatable {
  /// Bytes of input, decompressed.
  public var bytes: UInt64 = 0
  public var lines: UInt64 = 0
  public var traces = PlatformCounts()
  /// Those of the traces that have a reason.
  public var degradedTraces = PlatformCounts()
  /// Traces by each of their reasons.
  public var degraded: [Reason: Int] = [:]
  public var failures: [Reason: Int] = [:]
  /// What was left out because of the failure type that its message names, by that type.
  public var dropped: [String: Int] = [:]
  /// Lines whose rest was passed over because they were too long.
  public var longLines = 0
  /// Streams that were forgotten before their end because more than 10,000 were woven into each other.
  public var streamsForgotten = 0
  /// Keys of the distinct groups, up to `mostGroups` of them.
  var groupKeys: Set<UInt64> = []
  /// How many distinct groups there were; what is beyond `mostGroups` is not counted.
  public var groups: Int { groupKeys.count }
  /// As many as a table of 2^20 places takes in, 8 MiB.
  static let mostGroups = 3 << 18

  public init() {}

  /// Adds another part's numbers.
  public mutating func add(_ other: ScanStatistics) {
    bytes &+= other.bytes
    lines &+= other.lines
    traces.add(other.traces)
    degradedTraces.add(other.degradedTraces)
    degraded.merge(other.degraded) { $0 &+ $1 }
    failures.merge(other.failures) { $0 &+ $1 }
    dropped.merge(other.dropped) { $0 &+ $1 }
    longLines &+= other.longLines
    streamsForgotten &+= other.streamsForgotten
    if groupKeys.isEmpty {
      groupKeys = other.groupKeys
    } else {
      for key in other.groupKeys { addGroup(key) }
    }
  }

  mutating func addGroup(_ key: UInt64) {
    if groupKeys.count < Self.mostGroups { groupKeys.insert(key) }
  }
}
