/// What decides how records are grouped and how much of a summary is kept. Two summaries add up only if
/// theirs are equal.
public struct SummaryConfiguration: Sendable, Equatable {
  public var profile: String
  /// Sentry's grouping config.
  public var config: String
  /// A hash of all rule texts in their order; 16 hexadecimal digits.
  public var rules: String
  public var connector: String?
  public var inputFormat: String
  /// The most groups of traces that are kept.
  public var maxGroups: Int
  /// The most bytes of an example's text.
  public var exampleBytes: Int

  public init(
    profile: String, config: String, rules: String, connector: String?, inputFormat: String, maxGroups: Int,
    exampleBytes: Int
  ) {
    self.profile = profile
    self.config = config
    self.rules = rules
    self.connector = connector
    self.inputFormat = inputFormat
    self.maxGroups = maxGroups
    self.exampleBytes = exampleBytes
  }

  /// In words: the option, its value here, its value there.
  public func differences(from other: SummaryConfiguration) -> [String] {
    let pairs = [
      ("--profile", profile, other.profile), ("--config", config, other.config),
      ("rules", rules, other.rules),
      ("--connector", connector ?? "none", other.connector ?? "none"),
      ("--input-format", inputFormat, other.inputFormat),
      ("--max-groups", String(maxGroups), String(other.maxGroups)),
      ("--example-bytes", String(exampleBytes), String(other.exampleBytes)),
    ]
    return pairs.filter { $0.1 != $0.2 }.map { "\($0.0) is \($0.2), not \($0.1)" }
  }
}

/// All groups of an input, or of a part of it.
///
/// Parts add up: in whatever order and grouping, `merge` comes to what one run over all of the input gives.
/// That holds beyond the most groups, too: those with the smallest hashes are kept. A group that is left out
/// has `maxGroups` before it for good and never comes back, so the numbers of the kept ones are whole.
public struct GroupSummary: Sendable {
  public let configuration: SummaryConfiguration
  /// Bytes of input, decompressed.
  public var bytes: UInt64 = 0
  public var lines: UInt64 = 0
  /// Traces of groups that are left out.
  public internal(set) var leftOut = 0
  /// Over all traces that have a time, those of groups left out included.
  public internal(set) var histogram = TimeHistogram()
  private var traces = GroupRows()
  private var failureRows = GroupRows()
  /// Traces of the groups that are kept.
  private var keptTraces = 0
  /// The largest hash that is kept, once there were too many.
  private var ceiling: String?

  public init(_ configuration: SummaryConfiguration) { self.configuration = configuration }

  /// Traces in all.
  public var traceCount: Int { leftOut + keptTraces }
  /// Failures in all.
  public private(set) var failureCount = 0
  /// Degraded traces in the kept groups.
  public private(set) var degradedCount = 0
  /// Traces and failures.
  public var recordCount: Int { traceCount + failureCount }

  /// The groups of traces, the largest first; equal ones by hash.
  public var groups: [GroupRow] { Self.sorted(traces.rows) }
  /// How many groups there are.
  public var groupCount: Int { traces.rows.count }
  /// The failures by reason and platform, in the same order.
  public var failures: [GroupRow] { Self.sorted(failureRows.rows) }

  /// Sorts numbers, since rows are large; most are told apart by these alone.
  private static func sorted(_ rows: [GroupRow]) -> [GroupRow] {
    let ranks = rows.indices.map { Rank(count: rows[$0].count, head: head(rows[$0].group), row: $0) }
    return ranks.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      if left.head != right.head { return left.head < right.head }
      if rows[left.row].group != rows[right.row].group {
        return ByteOrder.precedes(rows[left.row].group, rows[right.row].group)
      }
      return ByteOrder.precedes(rows[left.row].platform, rows[right.row].platform)
    }.map { rows[$0.row] }
  }

  /// Where a row stands among the others.
  private struct Rank {
    var count: Int
    /// The first eight bytes of the group's name.
    var head: UInt64
    /// The row's place before.
    var row: Int
  }

  private static func head(_ text: String) -> UInt64 {
    var head: UInt64 = 0
    var free: UInt64 = 64
    for byte in text.utf8.prefix(8) {
      free -= 8
      head |= UInt64(byte) << free
    }
    return head
  }

  /// How many groups are about left out, told by how dense the hashes of the kept ones lie; nil for none.
  public var groupsLeftOut: Int? {
    guard leftOut > 0 else { return nil }
    let largest = traces.rows.max { ByteOrder.precedes($0.group, $1.group) }
    guard let position = largest.flatMap({ UInt64($0.group.prefix(16), radix: 16) }), position > 0 else {
      return 1
    }
    let all = Double(traces.rows.count) * (0x1p64 / Double(position))
    return max(1, Int(min(all, 1e15)) - traces.rows.count)
  }

  // MARK: Adding

  /// Adds the records of a chunk.
  /// - Parameter linesBefore: lines of the file before the chunk.
  /// - Complexity: O(groups that the sink knows), and now and then O(n log n) in the groups kept.
  public mutating func add(_ sink: GroupSink, linesBefore: UInt64) {
    histogram.merge(sink.histogram)
    // A span, because an array would copy each row, and rows are large.
    let rows = sink.traces.rows.span
    for index in rows.indices where rows[index].count > 0 {
      add(rows[index], sink.traces.keys[index], linesBefore)
    }
    for (index, row) in sink.failures.rows.enumerated() {
      add(failures: row, sink.failures.keys[index], linesBefore)
    }
    if traces.rows.count > 2 * configuration.maxGroups { prune() }
  }

  private mutating func add(_ row: GroupRow, _ key: UInt64, _ linesBefore: UInt64 = 0) {
    if let ceiling, ByteOrder.precedes(ceiling, row.group) {
      leftOut += row.count
      return
    }
    keptTraces += row.count
    degradedCount += row.degraded
    traces.merge(row, key, movedBy: linesBefore)
  }

  /// Adds a row of traces as it stands in a summary.
  mutating func add(group row: GroupRow) { add(row, row.traceKey) }

  /// Adds a row of failures as it stands in a summary.
  mutating func add(failures row: GroupRow) { add(failures: row, row.failureKey) }

  private mutating func add(failures row: GroupRow, _ key: UInt64, _ linesBefore: UInt64 = 0) {
    failureCount += row.count
    failureRows.merge(row, key, movedBy: linesBefore)
  }

  /// Adds another part of the input.
  /// - Precondition: both have one configuration; where they do not, the sum says nothing.
  public mutating func merge(_ other: GroupSummary) {
    bytes &+= other.bytes
    lines &+= other.lines
    leftOut += other.leftOut
    histogram.merge(other.histogram)
    for row in other.traces.rows { add(group: row) }
    for row in other.failureRows.rows { add(failures: row) }
    finish()
  }

  /// Leaves out what is too much. To be called before the summary is read.
  public mutating func finish() {
    if traces.rows.count > configuration.maxGroups { prune() }
  }

  private mutating func prune() {
    let order = traces.rows.indices.sorted {
      ByteOrder.precedes(traces.rows[$0].group, traces.rows[$1].group)
    }
    let kept = order.prefix(configuration.maxGroups)
    for index in order.dropFirst(kept.count) {
      leftOut += traces.rows[index].count
      keptTraces -= traces.rows[index].count
      degradedCount -= traces.rows[index].degraded
    }
    ceiling = kept.last.map { traces.rows[$0].group }
    traces.keep(Array(kept))
  }
}
