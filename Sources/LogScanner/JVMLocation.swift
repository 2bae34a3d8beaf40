internal import TraceBytes

/// What stands in the parentheses of a JVM frame, and behind them.
enum JVMLocation {
  /// `File.java:12`, or one of the words where there is no file.
  static func isOne(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let words: [StaticString] = ["Native Method", "Unknown Source", "<generated>", "SourceFile"]
    if words.contains(where: { $0.utf8CodeUnitCount == range.count && text.ends(range, with: $0) }) {
      return true
    }
    var at = range.upperBound
    while at > range.lowerBound, isDigit(text[at - 1]) { at -= 1 }
    guard at < range.upperBound, at > range.lowerBound + 1, text[at - 1] == UInt8(ascii: ":") else {
      return false
    }
    return (range.lowerBound..<at - 1).allSatisfy {
      isWord(text[$0]) || text[$0] == UInt8(ascii: ".") || text[$0] == UInt8(ascii: "-")
    }
  }

  /// `File.java:12`, in one of the JVM's languages.
  static func isNumberedFile(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard isOne(text, range), let colon = text.lastOffset(of: UInt8(ascii: ":"), in: range) else {
      return false
    }
    let endings: [StaticString] = [".java", ".kt", ".scala", ".groovy", ".clj"]
    return endings.contains { text.ends(range.lowerBound..<colon, with: $0) }
  }

  /// A file's name alone: a word, a dot and letters.
  static func isFile(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let dot = text.lastOffset(of: UInt8(ascii: "."), in: range), dot > range.lowerBound,
      dot + 1 < range.upperBound
    else { return false }
    return (dot + 1..<range.upperBound).allSatisfy { isLetter(text[$0]) }
      && (range.lowerBound..<dot).allSatisfy { isWord(text[$0]) }
  }

  /// Nothing, or what printing puts behind a frame: packaging data, an agent's braces, a program counter, `key=value`.
  static func isSuffix(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound, isBlank(text[at]) || text[at] == 0x0D || text[at] == 0x0A { at += 1 }
    guard at < range.upperBound else { return true }
    if [UInt8(ascii: "["), UInt8(ascii: "~"), UInt8(ascii: "{"), UInt8(ascii: "@")].contains(text[at]) {
      return true
    }
    let equals = text.firstOffset(of: UInt8(ascii: "="), in: at..<range.upperBound)
    return at > range.lowerBound
      && equals.map { $0 > at && (at..<$0).allSatisfy { isWord(text[$0]) } } == true
  }
}
