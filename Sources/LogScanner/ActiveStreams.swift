internal import TraceBytes

/// A stream whose lines are done with up to some offset, while those of other streams around are not.
public struct ActiveStream: Sendable, Hashable {
  /// What tells the stream from others.
  public var key: UInt64
  /// End of the stream's last region, as an offset of the window.
  public var end: Int
  /// Whether anchors of the stream before `end` are to be passed over. Otherwise the end only bounds how
  /// far back a header is looked for.
  public var isWoven: Bool

  /// Stands for the text that is in no stream.
  public static let plain = UInt64.max

  public init(key: UInt64, end: Int, isWoven: Bool) {
    self.key = key
    self.end = end
    self.isWoven = isWoven
  }
}

extension ScanPosition {
  /// Whether the stream's line at `offset` belongs to a region that was found before.
  func isDone(_ key: UInt64, at offset: Int) -> Bool {
    streams.contains { $0.key == key && $0.isWoven && $0.end > offset }
  }

  /// Has a stream's anchors passed over up to an offset.
  mutating func passOver(_ key: UInt64, upTo end: Int) {
    streams.append(ActiveStream(key: key, end: end, isWoven: true))
  }

  /// No header of the stream is looked for above this offset.
  func floor(of key: UInt64) -> Int {
    streams.lazy.filter { $0.key == key }.map(\.end).max() ?? 0
  }

  /// Takes note of a record's end in all of its streams.
  /// - Returns: whether one of them was not closed so far before.
  @discardableResult mutating func close<Record: StreamRecord>(_ record: Record) -> Bool {
    let end = Int(record.region.end)
    var isNew = false
    for key in record.closedKeys {
      let isWoven = key == record.wovenKey
      if streams.contains(where: { $0.key == key && $0.isWoven == isWoven && $0.end >= end }) { continue }
      streams.removeAll { $0.key == key && $0.isWoven == isWoven }
      streams.append(ActiveStream(key: key, end: end, isWoven: isWoven))
      isNew = true
    }
    forgetSome()
    return isNew
  }

  /// The same as for one that stands around others.
  /// - Returns: the key of the stream among whose lines they stand.
  @discardableResult mutating func closeAround<Record: StreamRecord>(_ record: Record) -> UInt64? {
    var record = record
    record.wovenKey = record.outermostStream
    close(record)
    return record.wovenKey
  }

  /// The most streams that are known at a time.
  static let mostStreams = 10_000

  /// Keeps the number of known streams within bounds: the one that ended first goes first.
  private mutating func forgetSome() {
    while streams.count > Self.mostStreams,
      let oldest = streams.indices.min(by: { streams[$0].end < streams[$1].end })
    {
      streams.remove(at: oldest)
      streamsForgotten += 1
    }
  }

  /// Forgets streams whose end no look-back reaches any more.
  mutating func prune(reach: Int) {
    guard !streams.isEmpty else { return }
    let oldest = next - reach
    streams.removeAll { $0.end <= oldest }
  }
}
