internal import TraceBytes

/// A dotted name with a colon or nothing behind it.
enum ClassName {
  static func ends(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start < end, isIdentifierStart(text[start]) else { return false }
    var at = start
    var hasDot = false
    while at < end, isWord(text[at]) || text[at] == UInt8(ascii: ".") {
      hasDot = hasDot || text[at] == UInt8(ascii: ".")
      at += 1
    }
    return hasDot && (at == end || text[at] == UInt8(ascii: ":"))
  }
}

extension ClassName {
  /// Whether a range holds a dotted name that says it is thrown, with a colon and a blank behind it.
  static func isThrown(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
    firstThrown(text, in: range) != nil
  }

  /// The first such name.
  static func firstThrown(_ text: Span<UInt8>, in range: Range<Int>) -> Range<Int>? {
    var at = range.lowerBound
    while let colon = text.firstOffset(of: ": ", in: at..<range.upperBound) {
      at = colon + 1
      guard
        text.ends(range.lowerBound..<colon, with: "Exception")
          || text.ends(range.lowerBound..<colon, with: "Error")
      else { continue }
      var start = colon
      while start > range.lowerBound, isWord(text[start - 1]) || text[start - 1] == UInt8(ascii: ".") {
        start -= 1
      }
      if ends(text, start, colon) { return start..<colon }
    }
    return nil
  }

  /// Whether the last part of the name at `start` begins with a capital.
  static func isCapital(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var first = start
    var at = start
    while at < end, isWord(text[at]) || text[at] == UInt8(ascii: ".") {
      if text[at] == UInt8(ascii: ".") { first = at + 1 }
      at += 1
    }
    return first < at && (0x41...0x5A).contains(text[first])
  }
}
