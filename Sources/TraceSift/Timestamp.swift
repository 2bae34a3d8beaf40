internal import TraceBytes

/// The time that a log line starts with, in RFC 3339 form as far as the text goes.
enum Timestamp {
  /// Reads `2024-03-05 10:11:12,123` and its relatives near the start of a line; nil for anything else.
  /// A zone is kept where the text has one and never added.
  static func read(_ text: Span<UInt8>, from start: Int, to end: Int) -> TimestampText? {
    var at = start
    while at < end, at < start + 8, !isDigit(text[at]) { at += 1 }
    guard end - at >= 19, isDateAndTime(text, at), isPossible(text, at) else { return nil }
    var time = TimestampText()
    date(text, at, &time)
    time.append(UInt8(ascii: "T"))
    time.append(text, at + 11..<at + 19)
    zone(text, fraction(text, at + 19, end, &time), end, &time)
    return time
  }

  /// Whether the digits and separators of `2024-03-05 10:11:12` stand at an offset; a slash may stand for a hyphen, `T` for the
  /// blank.
  private static func isDateAndTime(_ text: Span<UInt8>, _ at: Int) -> Bool {
    // The last eight bytes overlap the ones before.
    let (first, second, last) = (text.word(at: at), text.word(at: at + 8), text.word(at: at + 11))
    let separator = text[at + 4]
    return (separator == 0x2D || separator == 0x2F) && text[at + 7] == separator
      && (text[at + 10] == 0x20 || text[at + 10] == 0x54) && text[at + 13] == 0x3A && text[at + 16] == 0x3A
      && areDigits(first, 0x00FF_FF00_FFFF_FFFF) && areDigits(second, 0xFFFF_00FF_FF00_FFFF)
      && areDigits(last, 0xFFFF_00FF_FF00_FFFF)
  }

  /// Whether the bytes of a word that a mask names are digits.
  private static func areDigits(_ word: UInt64, _ mask: UInt64) -> Bool {
    let values = (word ^ 0x3030_3030_3030_3030) & mask
    return (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080 == 0
  }

  private static func date(_ text: Span<UInt8>, _ at: Int, _ time: inout TimestampText) {
    time.append(text, at..<at + 4)
    time.append(UInt8(ascii: "-"))
    time.append(text, at + 5..<at + 7)
    time.append(UInt8(ascii: "-"))
    time.append(text, at + 8..<at + 10)
  }

  private static func digits(_ text: Span<UInt8>, _ at: Int, _ count: Int) -> Bool {
    for index in at..<at + count where !isDigit(text[index]) { return false }
    return true
  }

  /// `,123` or `.123456`; returns where it ends.
  private static func fraction(
    _ text: Span<UInt8>, _ at: Int, _ end: Int, _ time: inout TimestampText
  ) -> Int {
    guard at + 1 < end, text[at] == 0x2C || text[at] == 0x2E, isDigit(text[at + 1]) else { return at }
    var last = at + 1
    while last < end, isDigit(text[last]), last - at < 10 { last += 1 }
    time.append(UInt8(ascii: "."))
    time.append(text, at + 1..<last)
    return last
  }

  /// Whether a calendar and a clock know the numbers; a second may be a leap second.
  private static func isPossible(_ text: Span<UInt8>, _ at: Int) -> Bool {
    (1...12).contains(number(text, at + 5)) && (1...31).contains(number(text, at + 8))
      && number(text, at + 11) < 24 && number(text, at + 14) < 60 && number(text, at + 17) <= 60
  }

  /// Of two digits.
  private static func number(_ text: Span<UInt8>, _ at: Int) -> Int {
    Int(text[at] - 0x30) * 10 + Int(text[at + 1] - 0x30)
  }

  /// `Z` or `+01:00`, with its colon where the text has none; behind a blank, too, where it is a word of its own: ` +0100`,
  /// ` UTC`.
  private static func zone(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ time: inout TimestampText) {
    let at = start < end && text[start] == 0x20 ? start + 1 : start
    guard at < end else { return }
    let isApart = at > start
    for name: StaticString in ["Z", "UTC", "GMT"] where text.has(name, at: at, before: end) {
      guard !isApart || endsWord(text, at + name.utf8CodeUnitCount, end) else { continue }
      if isApart || name.utf8CodeUnitCount == 1 { return time.append(0x5A) }
    }
    guard text[at] == 0x2B || text[at] == 0x2D, at + 3 <= end, digits(text, at + 1, 2) else { return }
    let minutes = at + 3 < end && text[at + 3] == 0x3A ? at + 4 : at + 3
    let hasMinutes = minutes + 2 <= end && digits(text, minutes, 2)
    // PostgreSQL's `+01`.
    if !isApart, !hasMinutes, minutes == at + 3, endsWord(text, minutes, end) {
      time.append(text, at..<at + 3)
      return time.append(text: ":00")
    }
    guard hasMinutes, number(text, minutes) % 15 == 0,
      !isApart || endsWord(text, minutes + 2, end) && number(text, at + 1) <= 14 && number(text, minutes) < 60
    else { return }
    time.append(text, at..<at + 3)
    time.append(UInt8(ascii: ":"))
    time.append(text, minutes..<minutes + 2)
  }

  private static func endsWord(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    at >= end || !isWord(text[at]) && text[at] != UInt8(ascii: "+") && text[at] != UInt8(ascii: "-")
  }
}
