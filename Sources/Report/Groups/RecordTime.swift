internal import TraceBytes
internal import TraceSift

/// A record's time: as it is written, and as a point of one time line.
///
/// A time without a zone is placed as if it were UTC; it is written without a zone again.
public struct RecordTime: Sendable, Hashable, Comparable {
  /// Seconds since the start of 1970, UTC.
  public private(set) var seconds: Int64
  /// Of the fraction of a second, rounded down.
  private var nanoseconds: UInt32
  /// How many digits the fraction is written with.
  private var digits: UInt8
  private var zone: Zone

  private enum Zone: Sendable, Hashable {
    case none
    case utc
    /// Minutes east of Greenwich.
    case offset(Int16)
  }

  /// The time of a record; nil where the log shows none, or none that a calendar could have.
  @inline(__always) init?(_ place: TracePlace) {
    if let time = place.time {
      self.init(time.bytes)
    } else {
      guard let text = place.timestamp else { return nil }
      self.init(text)
    }
  }

  /// Reads `2024-03-05T10:11:12`, with a fraction and a zone or without.
  init?(_ text: String) { self.init(text.utf8Span.span) }

  init?(_ text: Span<UInt8>) {
    guard text.count >= 19, let year = Self.number(text, 0, 4), let month = Self.number(text, 5, 2),
      let day = Self.number(text, 8, 2), let hour = Self.number(text, 11, 2),
      let minute = Self.number(text, 14, 2), let second = Self.number(text, 17, 2),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    seconds = Calendar.days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    var at = 19
    (nanoseconds, digits) = Self.fraction(text, &at)
    zone = Self.zone(text, at)
    if case .offset(let minutes) = zone { seconds -= Int64(minutes) * 60 }
  }

  private static func number(_ text: Span<UInt8>, _ at: Int, _ count: Int) -> Int64? {
    var value: Int64 = 0
    for index in at..<at + count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  private static func fraction(_ text: Span<UInt8>, _ at: inout Int) -> (UInt32, UInt8) {
    guard at < text.count, text[at] == UInt8(ascii: ".") else { return (0, 0) }
    var (value, count): (UInt32, UInt8) = (0, 0)
    at += 1
    while at < text.count, text[at] &- 0x30 < 10 {
      if count < 9 {
        value = value * 10 + UInt32(text[at] &- 0x30)
        count += 1
      }
      at += 1
    }
    for _ in count..<9 { value *= 10 }
    return (value, count)
  }

  private static func zone(_ text: Span<UInt8>, _ at: Int) -> Zone {
    guard at < text.count else { return .none }
    if text[at] == UInt8(ascii: "Z") { return .utc }
    let isWest = text[at] == UInt8(ascii: "-")
    guard isWest || text[at] == UInt8(ascii: "+"), at + 6 <= text.count, text[at + 3] == UInt8(ascii: ":"),
      let hours = number(text, at + 1, 2), let minutes = number(text, at + 4, 2)
    else { return .none }
    return .offset(Int16(isWest ? -(hours * 60 + minutes) : hours * 60 + minutes))
  }

  /// By the point in time; two ways of writing one point have an order, too, so that none is lost by chance.
  public static func < (left: RecordTime, right: RecordTime) -> Bool {
    if left.seconds != right.seconds { return left.seconds < right.seconds }
    if left.nanoseconds != right.nanoseconds { return left.nanoseconds < right.nanoseconds }
    if left.digits != right.digits { return left.digits < right.digits }
    return left.zoneOrder < right.zoneOrder
  }

  private var zoneOrder: Int {
    switch zone {
    case .none: Int.min
    case .utc: Int.min + 1
    case .offset(let minutes): Int(minutes)
    }
  }

  /// RFC 3339, as the log wrote it.
  public var text: String { text(between: UInt8(ascii: "T"), hasFraction: true) }

  /// To the second, for people: `2026-03-05 10:12:15`, with the zone where there is one.
  var shortText: String { text(between: 0x20, hasFraction: false) }

  private func text(between separator: UInt8, hasFraction: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(35)
    let offset: Int16 = if case .offset(let minutes) = zone { minutes } else { 0 }
    EventTime.append(secondsSince1970: Int(seconds) + Int(offset) * 60, between: separator, to: &text)
    if hasFraction, digits > 0 {
      text.append(UInt8(ascii: "."))
      EventTime.append(Int(nanoseconds), 9, to: &text)
      text.removeLast(9 - Int(digits))
    }
    switch zone {
    case .none: break
    case .utc: text.append(UInt8(ascii: "Z"))
    case .offset:
      let minutes = Int(offset.magnitude)
      EventTime.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"), minutes / 60, to: &text)
      EventTime.append(UInt8(ascii: ":"), minutes % 60, to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The proleptic Gregorian calendar.
enum Calendar {
  /// Days from the start of 1970. Years are counted from March, so that the leap day is a year's last one.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
