internal import TraceBytes

/// A value's text: its bytes without what its surroundings put between its lines.
extension ParsedException {
  /// The value with its lines cleaned: no margin of a group's box, no CR before a line end.
  public func cleanValue(in text: Span<UInt8>) -> String? {
    guard let value else { return nil }
    guard needsCleaning(in: text) else { return text.text(value.range) }
    return String(decoding: cleanedValue(in: text), as: UTF8.self)
  }

  /// Whether the value's bytes are not simply a range of the text.
  public func needsCleaning(in text: Span<UInt8>) -> Bool {
    guard let value, value.count > 0 else { return false }
    return (valueMargin > 0 || text.firstOffset(of: 0x0D, in: value.range) != nil)
      && text.firstOffset(of: 0x0A, in: value.range) != nil
  }

  /// The bytes of a value that needs cleaning.
  public func cleanedValue(in text: Span<UInt8>) -> [UInt8] {
    guard let value else { return [] }
    var result: [UInt8] = []
    var at = Int(value.start)
    let end = Int(value.end)
    while at <= end {
      let newline = text.firstOffset(of: 0x0A, in: at..<end) ?? end
      var last = newline
      while last > at, text[last - 1] == 0x0D { last -= 1 }
      result.append(contentsOf: text.bytes(at..<last))
      guard newline < end else { break }
      result.append(0x0A)
      at = skipMargin(text, newline + 1, end)
    }
    return result
  }

  private func skipMargin(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    guard valueMargin >= 2 else { return at }
    let lineEnd = text.firstOffset(of: 0x0A, in: at..<end) ?? end
    let bar = at + valueMargin - 2
    // Older interpreters leave the margin out on a message's further lines.
    guard bar < lineEnd, text[bar] == UInt8(ascii: "|") else { return at }
    return min(lineEnd, at + valueMargin)
  }
}
