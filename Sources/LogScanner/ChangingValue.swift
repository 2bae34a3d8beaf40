internal import TraceBytes

/// Strings that differ from line to line of one stream: times and long numbers.
enum ChangingValue {
  /// Whether the bytes of `range` are a number of eight digits or more, seconds with a fraction, or hold a clock.
  static func isOne(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    if range.count >= 8, isDigit(text[first]) {
      if text.firstOffset(of: UInt8(ascii: ":"), in: range) != nil { return true }
      if isNumber(text, range) { return true }
    }
    return hasClock(text, range)
  }

  private static func isNumber(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var end = range.lowerBound
    while end < range.upperBound, isDigit(text[end]) { end += 1 }
    if end == range.upperBound { return true }
    // Fewer digits before a dot are those of a version.
    guard end - range.lowerBound >= 10, text[end] == UInt8(ascii: ".") else { return false }
    return (end + 1..<range.upperBound).allSatisfy { isDigit(text[$0]) }
  }

  /// `23:59` or `9:59`; neither a port nor a part of an address.
  private static func hasClock(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let colon = text.firstOffset(of: UInt8(ascii: ":"), in: at..<range.upperBound) {
      if isClock(text, range, colon) { return true }
      at = colon + 1
    }
    return false
  }

  private static func isClock(_ text: Span<UInt8>, _ range: Range<Int>, _ colon: Int) -> Bool {
    var start = colon
    while start > range.lowerBound, isDigit(text[start - 1]) { start -= 1 }
    var end = colon + 1
    while end < range.upperBound, isDigit(text[end]) { end += 1 }
    return (1...2).contains(colon - start) && end - colon == 3 && text[colon + 1] < UInt8(ascii: "6")
      && (start == range.lowerBound || !isWord(text[start - 1]) && text[start - 1] != UInt8(ascii: "."))
  }
}
