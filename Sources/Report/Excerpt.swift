internal import TraceBytes

/// The text of a failure for a person: at most 2 KiB, its head and its tail.
enum Excerpt {
  static let limit = 2048
  private static let mark: StaticString = "\n[…]\n"

  /// Writes the excerpt as a JSON string.
  /// - Returns: whether its bytes were UTF-8.
  @discardableResult
  static func append(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout OutputBuffer) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
    guard text.isUTF8(range.lowerBound..<end) else {
      // What stands for a byte that is none of UTF-8's is longer than that.
      let repaired = text.text(range.lowerBound..<end)
      appendValid(repaired.utf8Span.span, 0..<repaired.utf8.count, to: &output)
      return false
    }
    appendValid(text, range.lowerBound..<end, to: &output)
    return true
  }

  private static func appendValid(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout OutputBuffer) {
    guard range.count > limit else {
      _ = output.appendJSON(text, range)
      return
    }
    let half = (limit - mark.utf8CodeUnitCount) / 2
    var head = range.lowerBound + half
    while text[head] & 0xC0 == 0x80 { head -= 1 }
    output.append("\"")
    _ = output.appendEscaped(text, range.lowerBound..<head)
    output.append("\\n[…]\\n")
    _ = output.appendEscaped(text, boundary(text, range.upperBound - half)..<range.upperBound)
    output.append("\"")
  }

  /// The excerpt as text, without the line ends at its end. Bytes that are not UTF-8 become U+FFFD.
  /// - Parameter limit: the most bytes of it before any are replaced.
  static func text(_ text: Span<UInt8>, _ range: Range<Int>, limit: Int) -> String {
    var end = range.upperBound
    while end > range.lowerBound, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
    guard end - range.lowerBound > limit else { return text.text(range.lowerBound..<end) }
    let half = (limit - mark.utf8CodeUnitCount) / 2
    guard half > 0 else { return "" }
    let head = text.text(range.lowerBound..<boundary(text, range.lowerBound + half))
    return head + mark.description + text.text(boundary(text, end - half)..<end)
  }

  /// The first byte at or behind `offset` that starts a character.
  private static func boundary(_ text: Span<UInt8>, _ offset: Int) -> Int {
    var at = offset
    while at < text.count, at < offset + 3, text[at] & 0xC0 == 0x80 { at += 1 }
    return at
  }
}
