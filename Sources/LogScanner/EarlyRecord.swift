public import TraceBytes

/// What a scan has to know of a record to go on behind it.
public protocol StreamRecord {
  /// The physical lines that carry it, as offsets of the window.
  var region: ByteRange { get }
  /// The key of the stream among whose lines others stand; nil when the lines of the region stand together.
  var wovenKey: UInt64? { get set }
  /// The keys of all streams that the region was taken out of.
  var keys: [UInt64] { get }
}

extension StreamRecord {
  /// The keys of the streams whose text up to the region's end is done with: not of those in which the lines of other
  /// streams stand among its own.
  public var closedKeys: ArraySlice<UInt64> {
    wovenKey.flatMap { keys.firstIndex(of: $0) }.map { keys[...$0] } ?? keys[...]
  }

  /// The key of the outermost stream; that of a text of all lines where there is none.
  var outermostStream: UInt64? { keys.last { $0 != 0 } ?? keys.last }
}

/// A record that was given out before those above it, because another stream's trace waits for its next lines.
public struct EarlyRecord: StreamRecord, Sendable, Equatable {
  /// Offset of the anchor that it was found at.
  public var anchor: Int
  /// The physical lines that carry it, as offsets of the window.
  public var region: ByteRange
  /// As `UnwrappedRecord.wovenKey`.
  public var wovenKey: UInt64?
  /// The keys of all streams that the region was taken out of.
  public var keys: [UInt64]

  /// A record by its place.
  public init(anchor: Int, region: ByteRange, wovenKey: UInt64?, keys: [UInt64]) {
    self.anchor = anchor
    self.region = region
    self.wovenKey = wovenKey
    self.keys = keys
  }

  init(_ record: UnwrappedRecord, anchor: Int) {
    self.init(anchor: anchor, region: record.region, wovenKey: record.wovenKey, keys: record.keys)
  }

  /// The same after the first `count` bytes of the text were given back.
  mutating func move(by count: Int) {
    anchor = max(0, anchor - count)
    region = ByteRange(max(0, Int(region.start) - count), max(0, Int(region.end) - count))
  }
}

extension ScanPosition {
  /// Takes note of records that are given out early.
  mutating func note(_ records: [EarlyRecord]) {
    guard !records.isEmpty else { return }
    early = (early + records).enumerated().sorted {
      ($0.element.anchor, $0.offset) > ($1.element.anchor, $1.offset)
    }.map(\.element)
  }

  /// Takes out the early records of an anchor, and those of anchors above it that no scan came upon.
  mutating func takeEarly(_ anchor: Int) -> [EarlyRecord] {
    var taken: [EarlyRecord] = []
    while let last = early.last, last.anchor <= anchor {
      early.removeLast()
      if last.anchor == anchor { taken.append(last) }
    }
    return taken
  }

  /// Whether a record was given out early, though another anchor led to it.
  func isEarly(_ record: UnwrappedRecord) -> Bool {
    early.contains { $0.region == record.region && $0.keys == record.keys }
  }
}
