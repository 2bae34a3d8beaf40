internal import LogInput
internal import LogScanner
internal import TraceBytes

/// An `EarlyRecord` in offsets of the input, as a checkpoint has it.
struct EarlyPlace: Sendable, Equatable {
  var anchor: UInt64
  var start: UInt64
  var end: UInt64
  var wovenKey: UInt64?
  var keys: [UInt64]

  init(_ record: EarlyRecord, in block: borrowing Block) {
    anchor = block.offset(of: record.anchor)
    start = block.offset(of: Int(record.region.start))
    end = block.offset(of: Int(record.region.end))
    wovenKey = record.wovenKey
    keys = record.keys
  }

  /// The record in a window that begins at `origin`; nil where its region is too far away for one.
  func record(origin: UInt64) -> EarlyRecord? {
    guard anchor >= origin, end >= origin, end - origin < UInt64(UInt32.max) else { return nil }
    let region = ByteRange(start > origin ? Int(start - origin) : 0, Int(end - origin))
    return EarlyRecord(anchor: Int(anchor - origin), region: region, wovenKey: wovenKey, keys: keys)
  }

  /// Whether it can be one of a checkpoint that goes on at `next`, in a file of at most so many bytes.
  func isBehind(_ next: UInt64, upTo most: UInt64) -> Bool {
    anchor >= next && anchor <= most && start <= end && end <= most
  }

  // MARK: Text

  /// Its numbers; a hyphen where no lines of others stand among its own.
  var text: String {
    let woven = wovenKey.map { String($0) } ?? "-"
    return (["\(anchor)", "\(start)", "\(end)", woven] + keys.map { String($0) }).joined(separator: " ")
  }

  /// Reads what `text` wrote.
  init(text: String) throws(CheckpointError) {
    let parts = text.split(separator: " ")
    let numbers = parts.map { UInt64($0) }
    guard parts.count >= 4, let anchor = numbers[0], let start = numbers[1], let end = numbers[2],
      numbers[3] != nil || parts[3] == "-", numbers[4...].allSatisfy({ $0 != nil })
    else { throw CheckpointError(reason: "an early record in it is damaged") }
    (self.anchor, self.start, self.end, wovenKey) = (anchor, start, end, numbers[3])
    keys = numbers[4...].compactMap { $0 }
  }
}
