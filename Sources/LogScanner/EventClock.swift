internal import TraceBytes

/// The time of an event as a field has it.
enum EventClock {
  /// RFC 3339 of a number since 1970 or of a text that shows date and time; nil for anything else.
  static func time(_ value: String) -> String? {
    if let number = Double(value) { return epoch(number) }
    return looksLikeTime(value) ? dashed(value) : nil
  }

  private static func looksLikeTime(_ value: String) -> Bool {
    let bytes = Array(value.utf8.prefix(20))
    guard bytes.count >= 19, bytes[..<4].allSatisfy(isDigit), bytes[4] == 0x2D || bytes[4] == 0x2F else {
      return false
    }
    return (bytes[10] == 0x54 || bytes[10] == 0x20) && bytes[13] == 0x3A && value.utf8.count <= 40
  }

  /// RFC 3339's separators, whatever the field has.
  private static func dashed(_ value: String) -> String {
    var bytes = Array(value.utf8)
    bytes[4] = 0x2D
    bytes[7] = 0x2D
    bytes[10] = 0x54
    if bytes.count > 19, bytes[19] == 0x2C { bytes[19] = 0x2E }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size.
  private static func epoch(_ number: Double) -> String? {
    guard number > 1e8, number < 1e20 else { return nil }
    var seconds = number
    var unit = 1
    while seconds > 1e11 {
      seconds /= 1000
      unit *= 1000
    }
    // A fraction that was divided loses its last digit now and then: whole numbers are taken apart as such.
    let isExact = unit > 1 && number < 1e18
    let whole = isExact ? Int(number) / unit : Int(seconds.rounded(.down))
    let milli =
      isExact
      ? Int(number) % unit / (unit / 1000) : Int(((seconds - Double(whole)) * 1000 + 0.0001).rounded(.down))
    let (year, month, day) = civil(days: whole / 86400)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    append(year, 4, "-", to: &text)
    append(month, 2, "-", to: &text)
    append(day, 2, "T", to: &text)
    append(whole % 86400 / 3600, 2, ":", to: &text)
    append(whole % 3600 / 60, 2, ":", to: &text)
    append(whole % 60, 2, milli > 0 ? "." : "Z", to: &text)
    if milli > 0 { append(milli, 3, "Z", to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  /// A number with leading zeros, and what stands behind it.
  private static func append(_ number: Int, _ width: Int, _ mark: Unicode.Scalar, to text: inout [UInt8]) {
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    // A year may have more digits.
    while number / unit >= 10 { unit *= 10 }
    while unit > 0 {
      text.append(UInt8(number / unit % 10) + 0x30)
      unit /= 10
    }
    text.append(UInt8(ascii: mark))
  }

  /// The Gregorian date of a day since 1970, by counting in years that start in March.
  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
  }
}
