internal import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// Rows by their keys.
struct GroupRows: Sendable {
  private(set) var keys: [UInt64] = []
  var rows: [GroupRow] = []
  private var places: [UInt64: Int] = [:]

  var isEmpty: Bool { rows.isEmpty }

  func index(of key: UInt64) -> Int? { places[key] }

  mutating func append(_ row: GroupRow, _ key: UInt64) {
    places[key] = rows.count
    rows.append(row)
    keys.append(key)
  }

  /// - Parameter lines: what is to be added to the row's line numbers.
  mutating func merge(_ row: GroupRow, _ key: UInt64, movedBy lines: UInt64) {
    if let index = places[key] {
      rows[index].merge(row, movedBy: lines)
    } else {
      append(row.moved(by: lines), key)
    }
  }

  mutating func startOver() {
    for index in rows.indices where rows[index].count > 0 { rows[index].startOver() }
  }

  /// The rows that have records, which start over here. They are not found by their keys there.
  mutating func takeCounted() -> GroupRows {
    var counted = GroupRows()
    for index in rows.indices where rows[index].count > 0 {
      counted.rows.append(rows[index])
      counted.keys.append(keys[index])
      rows[index].startOver()
    }
    return counted
  }

  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  /// Keeps some rows, in the order of `kept`.
  mutating func keep(_ kept: [Int]) {
    let (oldRows, oldKeys) = (rows, keys)
    self = GroupRows()
    for index in kept { append(oldRows[index], oldKeys[index]) }
  }
}

/// Counts the records of one chunk by group.
///
/// A known group costs a look-up and a few additions; title, culprit and text are made for the first record
/// of a group, and for one that comes before it. What was handed on is known for the chunks behind.
public struct GroupSink: TraceSink {
  private(set) var traces = GroupRows()
  private(set) var failures = GroupRows()
  /// Over all traces that have a time.
  private(set) var histogram = TimeHistogram()
  /// Records of failures, where they are wanted too.
  private var records: NDJSONSink?
  private let exampleBytes: Int
  /// Traces that were counted.
  private var count = 0
  /// Examples that were made.
  private var examples = 0

  /// - Parameters:
  ///   - exampleBytes: how much of a record's text is kept as an example.
  ///   - writesFailures: whether failures are also written as records.
  public init(exampleBytes: Int, writesFailures: Bool = false) {
    self.exampleBytes = exampleBytes
    records = writesFailures ? NDJSONSink(separatesFailures: true) : nil
  }

  public var isEmpty: Bool { count == 0 && failures.isEmpty }

  /// Records that are counted together are handed on together; those of failures are written as they come.
  public var isDue: Bool { examples >= Self.mostExamples || records?.isEmpty == false }

  public var bytes: Int { examples * min(exampleBytes, Self.usualExample) + (records?.bytes ?? 0) }

  /// Of usual traces a few megabytes.
  private static let mostExamples = 1024
  private static let usualExample = 2048
  /// The most groups that are known once they were handed on.
  private static let mostRows = 1 << 14

  public static var takesKnownTraces: Bool { true }

  public static var tellsOnce: Bool { true }

  /// Makes the groups unknown that were handed on, unless some were counted since.
  public mutating func forget() {
    if count == 0 { traces.removeAll() }
  }

  public mutating func reset() {
    if traces.rows.count > Self.mostRows { traces.removeAll() } else { traces.startOver() }
    failures.removeAll()
    histogram = TimeHistogram()
    records?.reset()
    count = 0
    examples = 0
  }

  /// What was counted, while the groups stay known here.
  public mutating func handOver(leaving next: GroupSink) -> GroupSink {
    var written = next
    written.traces = traces.takeCounted()
    if traces.rows.count > Self.mostRows { traces.removeAll() }
    swap(&written.failures, &failures)
    swap(&written.histogram, &histogram)
    if let empty = next.records { written.records = records?.handOver(leaving: empty) }
    written.count = count
    (count, examples) = (0, 0)
    return written
  }

  /// The failures' records as lines of NDJSON, if they are wanted.
  public func failureRecords(linesBefore: UInt64) -> [UInt8] {
    records?.failureRecords(linesBefore: linesBefore) ?? []
  }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    count += 1
    let time = RecordTime(place)
    if let time { histogram.add(time.seconds) }
    let key = grouping.groupKey
    let index = traces.index(of: key)
    let row = index ?? begin(trace, grouping, RecordMark(place, time), key, text)
    // The record that a row is begun with has its place and its example.
    let first = traces.rows[row].count(place, time)
    if index != nil, first != .same { renew(row, first, trace, grouping, RecordMark(place, time), text) }
    guard !trace.reasons.isEmpty else { return }
    traces.rows[row].degraded += 1
    for reason in trace.reasons.members { traces.rows[row].reasons.add(reason.rawValue) }
  }

  /// Adds a row without a record.
  private mutating func begin(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, _ mark: RecordMark, _ key: UInt64, _ text: Span<UInt8>
  ) -> Int {
    let row = GroupRow(
      group: grouping.result.group, platform: trace.platform.rawValue, first: mark,
      example: example(trace, grouping, text))
    traces.append(row, key)
    return traces.rows.count - 1
  }

  /// Gives the row the example of a record that is its first one, or shares the first one's place.
  private mutating func renew(
    _ index: Int, _ first: GroupRow.FirstRecord, _ trace: ParsedTrace, _ grouping: TraceGrouping,
    _ mark: RecordMark, _ text: Span<UInt8>
  ) {
    let example = example(trace, grouping, text)
    let isFirst = first == .new || traces.rows[index].isTold || example.precedes(traces.rows[index].example)
    guard isFirst else { return }
    traces.rows[index].begin(mark, trace.platform.rawValue, example)
  }

  private mutating func example(_ trace: ParsedTrace, _ grouping: TraceGrouping, _ text: Span<UInt8>)
    -> GroupExample
  {
    examples += 1
    return GroupExample(
      title: grouping.title(of: trace, in: text), culprit: grouping.result.culprit,
      text: Excerpt.text(text, trace.region.range, limit: exampleBytes), length: trace.region.count)
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    records?.failure(failure, grouping, at: place, in: text)
    let time = RecordTime(place)
    let mark = RecordMark(place, time)
    let example = GroupExample(
      title: failure.detail, culprit: nil,
      text: Excerpt.text(text, failure.region.range, limit: exampleBytes), length: failure.region.count)
    let row = GroupRow(
      group: failure.reason.rawValue, platform: failure.platform.rawValue, first: mark, example: example)
    let key = row.failureKey
    let index = failures.index(of: key) ?? failures.rows.count
    if index == failures.rows.count { failures.append(row, key) }
    let first = failures.rows[index].count(place, time)
    guard first == .new || first == .tie && example.precedes(failures.rows[index].example) else { return }
    failures.rows[index].begin(mark, row.platform, example)
  }
}

extension GroupRow {
  /// Failures are kept apart by reason and platform.
  var failureKey: UInt64 {
    var key = KeyHash()
    key.combine(group)
    key.combine(platform)
    return key.value
  }

  /// As `TraceGrouping.groupKey`.
  var traceKey: UInt64 { TraceGrouping.key(ofGroup: group) }
}
