internal import TraceBytes

/// The time that a log line starts with, in RFC 3339 form as far as the text goes.
enum Timestamp {
  /// Reads `2024-03-05 10:11:12,123` and its relatives near the start of a line; nil for anything else.
  /// A zone is kept where the text has one and never added.
  static func read(_ text: Span<UInt8>, from start: Int, to end: Int) -> String? {
    var at = start
    while at < end, at < start + 8, !isDigit(text[at]) { at += 1 }
    guard end - at >= 19, digits(text, at, 4), text[at + 4] == text[at + 7], digits(text, at + 5, 2),
      digits(text, at + 8, 2), text[at + 4] == 0x2D || text[at + 4] == 0x2F,
      text[at + 10] == 0x20 || text[at + 10] == 0x54,
      digits(text, at + 11, 2), text[at + 13] == 0x3A, digits(text, at + 14, 2), text[at + 16] == 0x3A,
      digits(text, at + 17, 2)
    else { return nil }
    let date = "\(part(text, at, 4))-\(part(text, at + 5, 2))-\(part(text, at + 8, 2))"
    return date + "T" + text.text(at + 11..<at + 19) + fraction(text, at + 19, end)
  }

  private static func part(_ text: Span<UInt8>, _ at: Int, _ count: Int) -> String {
    text.text(at..<at + count)
  }

  private static func digits(_ text: Span<UInt8>, _ at: Int, _ count: Int) -> Bool {
    for index in at..<at + count where !isDigit(text[index]) { return false }
    return true
  }

  /// `,123`, `.123456`, `Z`, `+01:00` in any sensible combination.
  private static func fraction(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> String {
    var at = start
    var result = ""
    if at + 1 < end, text[at] == 0x2C || text[at] == 0x2E, isDigit(text[at + 1]) {
      var last = at + 1
      while last < end, isDigit(text[last]), last - at < 10 { last += 1 }
      result = "." + text.text(at + 1..<last)
      at = last
    }
    return result + zone(text, at, end)
  }

  private static func zone(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> String {
    guard at < end else { return "" }
    if text[at] == 0x5A { return "Z" }
    guard text[at] == 0x2B || text[at] == 0x2D, at + 5 <= end, digits(text, at + 1, 2) else { return "" }
    let minutes = text[at + 3] == 0x3A ? at + 4 : at + 3
    guard minutes + 2 <= end, digits(text, minutes, 2) else { return "" }
    return part(text, at, 3) + ":" + part(text, minutes, 2)
  }
}
