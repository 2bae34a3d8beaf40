internal import TraceBytes

/// `Traceback (most recent call last):`, anywhere in a line.
struct PythonHeader: Equatable {
  /// Where `Traceback` (or `Exception Group Traceback`) starts.
  var start: Int
  var isGroup: Bool

  /// The last header of the line, or nil. The words must end the line: `(see Traceback above)` is prose.
  static func find(_ text: Span<UInt8>, _ line: TextLine) -> PythonHeader? {
    let end = text.endWithoutBlanks(of: line.content..<line.end)
    let range = line.content..<end
    guard end - line.content >= 26, text[end - 1] == UInt8(ascii: ":"), text[end - 2] == UInt8(ascii: ")")
    else {
      return nil
    }
    for words: StaticString in ["Traceback (most recent call last):", "Traceback (innermost last):"]
    where text.ends(range, with: words) {
      let start = end - words.utf8CodeUnitCount
      let isGroup = start >= line.content + 16 && text.has("Exception Group ", at: start - 16, before: end)
      return PythonHeader(start: isGroup ? start - 16 : start, isGroup: isGroup)
    }
    return nil
  }
}
