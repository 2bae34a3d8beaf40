internal import TraceModel
internal import TraceSift

/// Where and when a record was found.
public struct RecordMark: Sendable, Equatable {
  /// nil where the log shows none.
  public var time: RecordTime?
  /// The path as given, or `-`.
  public var source: String
  /// Bytes of the decompressed input before the record's first line.
  public var offset: UInt64
  /// 1-based; counted from the start of the chunk while that is being scanned.
  public var line: UInt64

  init(time: RecordTime?, source: String, offset: UInt64, line: UInt64) {
    self.time = time
    self.source = source
    self.offset = offset
    self.line = line
  }

  init(_ place: TracePlace, _ time: RecordTime?) {
    self.init(time: time, source: place.source, offset: place.offset, line: place.linesBefore &+ 1)
  }

  func moved(by lines: UInt64) -> RecordMark {
    var mark = self
    mark.line &+= lines
    return mark
  }

  /// Whether this one comes before `other`: by time, then by source and offset. Those without a time come
  /// behind (`undatedLast`) or before those that have one, so that a dated one is found wherever there is any.
  func isBefore(_ other: RecordMark, undatedLast: Bool) -> Bool {
    switch (time, other.time) {
    case (let left?, let right?): if left != right { return left < right }
    case (nil, nil): break
    case (nil, _?): return !undatedLast
    case (_?, nil): return undatedLast
    }
    if source != other.source { return ByteOrder.precedes(source, other.source) }
    return offset < other.offset
  }
}

/// All traces of one group, or all failures of one reason and platform.
///
/// Nothing in it depends on the order in which records came, so parts of an input add up to the whole.
public struct GroupRow: Sendable, Equatable {
  /// The hash of a group of traces, or the reason of failures.
  public internal(set) var group: String
  /// The first record's.
  public internal(set) var platform: String
  public internal(set) var count = 0
  /// How many of the traces are degraded.
  public internal(set) var degraded = 0
  /// Degraded traces by each of their reasons.
  public internal(set) var reasons = NamedCounts()
  /// The earliest record: by time, then by source and offset; one without a time only if none has one.
  public internal(set) var first: RecordMark
  /// The latest one, likewise.
  public internal(set) var last: RecordMark
  /// Over the records that have a time.
  public internal(set) var histogram = TimeHistogram()
  /// What the messages around the records name, by role.
  private var context: [NamedCounts] = []
  /// What the first record says of itself.
  public internal(set) var example: GroupExample
  /// Whether the first record was handed on with what was counted before; `example` is empty then.
  private(set) var isTold = false

  init(group: String, platform: String, first: RecordMark, example: GroupExample) {
    self.group = group
    self.platform = platform
    self.first = first
    self.example = example
    last = first
  }

  /// Names that messages around the group's records gave.
  public func names(_ role: ContextRole) -> NamedCounts {
    context.isEmpty ? NamedCounts() : context[role.rawValue]
  }

  // MARK: Counting

  /// Counts a record of the group.
  /// - Returns: whether it is the first one now, so that its example is wanted; or stands where the first
  ///   one stands, so that the example decides.
  @inline(__always) mutating func count(_ place: TracePlace, _ time: RecordTime?) -> FirstRecord {
    count += 1
    if let time { histogram.add(time.seconds) }
    for field in place.context {
      if let role = ContextRole(field: field.name) { add(field.value, role) }
    }
    if Self.isAfter(place, time, last) { last = RecordMark(place, time) }
    guard !Self.isAfter(place, time, first, undatedLast: true) else { return .same }
    return place.offset == first.offset && place.source == first.source && time == first.time ? .tie : .new
  }

  enum FirstRecord { case same, tie, new }

  /// `isBefore` without a mark made of the place.
  @inline(__always) private static func isAfter(
    _ place: TracePlace, _ time: RecordTime?, _ mark: RecordMark, undatedLast: Bool = false
  ) -> Bool {
    if let time, let other = mark.time, time != other { return other < time }
    if (time == nil) != (mark.time == nil) { return (time == nil) == undatedLast }
    if place.source == mark.source { return place.offset > mark.offset }
    return ByteOrder.precedes(mark.source, place.source)
  }

  mutating func add(_ name: String, _ role: ContextRole, count: Int = 1) {
    if context.isEmpty { context = ContextRole.allCases.map { _ in NamedCounts() } }
    context[role.rawValue].add(name, count: count)
  }

  mutating func addOthers(_ count: Int, _ role: ContextRole) {
    if context.isEmpty { context = ContextRole.allCases.map { _ in NamedCounts() } }
    context[role.rawValue].addOthers(count)
  }

  /// Takes the record as the first one.
  mutating func begin(_ mark: RecordMark, _ platform: String, _ example: GroupExample) {
    first = mark
    self.platform = platform
    self.example = example
    isTold = false
  }

  /// Starts to count anew after what was counted so far was handed on. Where its first and its last record stand stays,
  /// so that only a record before or behind them has to be told.
  mutating func startOver() {
    count = 0
    degraded = 0
    reasons = NamedCounts()
    histogram = TimeHistogram()
    context = []
    example = GroupExample(title: "", culprit: nil, text: "", length: 0)
    isTold = true
  }

  // MARK: Adding up

  /// Adds the records of another part of the same group.
  /// - Parameter lines: what is to be added to that part's line numbers.
  mutating func merge(_ other: GroupRow, movedBy lines: UInt64 = 0) {
    count += other.count
    degraded += other.degraded
    reasons.merge(other.reasons)
    histogram.merge(other.histogram)
    mergeContext(other.context)
    if last.isBefore(other.last, undatedLast: false) { last = other.last.moved(by: lines) }
    if other.isTold { return }
    let isFirst =
      other.first.isBefore(first, undatedLast: true)
      || !first.isBefore(other.first, undatedLast: true) && other.example.precedes(example)
    if isFirst { begin(other.first.moved(by: lines), other.platform, other.example) }
  }

  private mutating func mergeContext(_ other: [NamedCounts]) {
    guard !context.isEmpty else {
      context = other
      return
    }
    for (index, names) in other.enumerated() { context[index].merge(names) }
  }

  /// The row with the lines of the chunks before added to both places.
  func moved(by lines: UInt64) -> GroupRow {
    var row = self
    row.first = first.moved(by: lines)
    row.last = last.moved(by: lines)
    return row
  }
}

/// What one record of a group says, for all of them.
public struct GroupExample: Sendable, Equatable {
  public var title: String
  public var culprit: String?
  /// The record's text, without its last line end; what is too long has its middle left out.
  public var text: String
  /// Bytes of the whole text.
  public var length: Int

  /// An order for records of one place, which several may have where one line holds them.
  func precedes(_ other: GroupExample) -> Bool {
    if text != other.text { return ByteOrder.precedes(text, other.text) }
    if title != other.title { return ByteOrder.precedes(title, other.title) }
    if length != other.length { return length < other.length }
    return ByteOrder.precedes(culprit ?? "", other.culprit ?? "")
  }
}
