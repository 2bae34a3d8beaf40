internal import TraceBytes

/// Messages that say the same of another thing: a number or a hexadecimal identifier (UUID, hash, address) is another one of the
/// same length. No question of the parser tells such two apart.
enum Wording {
  /// The fewest bytes of an identifier.
  private static let shortest = 8

  /// Whether two texts of one length are the same but for their digits and identifiers.
  /// - Complexity: O(their length).
  static func isAlike(_ text: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    var at = firstDifference(text, other, from: 0)
    while at < text.count {
      if isDigit(text[at]), isDigit(other[at]) {
        at += 1
      } else if let end = identifierEnd(text, other, around: at) {
        at = end
      } else {
        return false
      }
      at = firstDifference(text, other, from: at)
    }
    return true
  }

  /// The first offset from `start` on at which the bytes differ; the count where none do.
  private static func firstDifference(_ text: Span<UInt8>, _ other: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at + 8 <= text.count {
      let difference = text.word(at: at) ^ other.word(at: at)
      if difference != 0 { return at + difference.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < text.count, text[at] == other[at] { at += 1 }
    return at
  }

  /// Where the identifiers that both texts have around an offset end; nil where one of them has none.
  ///
  /// Both begin with a digit or both with a letter, which is what may tell a name from a number.
  private static func identifierEnd(_ text: Span<UInt8>, _ other: Span<UInt8>, around at: Int) -> Int? {
    var start = at
    while start > 0, isIdentifier(text[start - 1]) { start -= 1 }
    var end = at
    while end < text.count, isIdentifier(text[end]) { end += 1 }
    guard end - start >= shortest, isDigit(text[start]) == isDigit(other[start]),
      isOne(text, start..<end), isOne(other, start..<end)
    else { return nil }
    for index in start..<end where (text[index] == hyphen) != (other[index] == hyphen) { return nil }
    return end
  }

  /// Whether a range holds an identifier that is a word of its own, with digits and letters.
  private static func isOne(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var hasDigit = false
    var hasLetter = false
    for index in range {
      guard isIdentifier(text[index]) else { return false }
      hasDigit = hasDigit || isDigit(text[index])
      hasLetter = hasLetter || isLetter(text[index])
    }
    return hasDigit && hasLetter && text[range.lowerBound] != hyphen
      && !(range.lowerBound > 0 && isWord(text[range.lowerBound - 1]))
      && !(range.upperBound < text.count && isWord(text[range.upperBound]))
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) || byte == hyphen
  }

  private static let hyphen = UInt8(ascii: "-")
}
