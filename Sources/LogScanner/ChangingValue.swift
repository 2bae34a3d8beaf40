internal import TraceBytes

/// Strings that differ from line to line of one stream: times and long numbers.
enum ChangingValue {
  /// Whether the bytes of `range` are a number of eight digits or more, a time since 1970 with a fraction, or hold a clock.
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
    // Seconds or milliseconds since 1970; fewer digits are those of a version, and a short fraction is none.
    let count = end - range.lowerBound
    guard count == 10 || count == 13, text[end] == UInt8(ascii: "."), range.upperBound - end > 3 else {
      return false
    }
    return (end + 1..<range.upperBound).allSatisfy { isDigit(text[$0]) }
  }

  /// `23:59:01` or `9:59:01` as a word, perhaps behind a date; neither a port nor a part of an address.
  private static func hasClock(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let colon = text.firstOffset(of: UInt8(ascii: ":"), in: at..<range.upperBound) {
      if isClock(text, range, colon) { return true }
      at = colon + 1
    }
    return false
  }

  private static func isClock(_ text: Span<UInt8>, _ range: Range<Int>, _ colon: Int) -> Bool {
    let start = digitsStart(text, colon, range.lowerBound)
    guard (1...2).contains(colon - start), isSixtieth(text, colon, range.upperBound),
      isSixtieth(text, colon + 3, range.upperBound), startsWord(text, start, range.lowerBound)
    else { return false }
    let end = colon + 6
    guard end < range.upperBound else { return true }
    if text[end] == UInt8(ascii: "Z") { return end + 1 == range.upperBound || !isWord(text[end + 1]) }
    return !isWord(text[end]) && text[end] != UInt8(ascii: ":")
  }

  /// Whether `:59` stands at `at`.
  private static func isSixtieth(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    at + 2 < end && text[at] == UInt8(ascii: ":") && isDigit(text[at + 1]) && text[at + 1] < UInt8(ascii: "6")
      && isDigit(text[at + 2])
  }

  /// Whether what begins at `start` is no part of a name or address: behind a blank, a bracket, a comma, a date's `T` or
  /// the colon behind its year.
  private static func startsWord(_ text: Span<UInt8>, _ start: Int, _ floor: Int) -> Bool {
    guard start > floor else { return true }
    switch text[start - 1] {
    case 0x20, UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: ","): return true
    case UInt8(ascii: "T"): return start - 2 >= floor && isDigit(text[start - 2])
    case UInt8(ascii: ":"): return start - 1 - digitsStart(text, start - 1, floor) == 4
    default: return false
    }
  }

  private static func digitsStart(_ text: Span<UInt8>, _ end: Int, _ floor: Int) -> Int {
    var at = end
    while at > floor, isDigit(text[at - 1]) { at -= 1 }
    return at
  }
}
