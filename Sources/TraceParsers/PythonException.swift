internal import TraceBytes

/// `type` or `type: message` at the end of a Python traceback.
struct PythonException: Equatable {
  var type: ByteRange
  var value: ByteRange?

  /// Names and dots, `<locals>` among them, then nothing or a colon.
  static func parse(_ text: Span<UInt8>, from start: Int, to lineEnd: Int) -> PythonException? {
    let end = text.endWithoutBlanks(of: start..<max(start, lineEnd))
    guard let name = typeEnd(text, start, end), name > start else { return nil }
    let typeEnd = causeEnd(text, name, end)
    let type = ByteRange(start, typeEnd)
    if typeEnd == end { return PythonException(type: type) }
    guard text[typeEnd] == UInt8(ascii: ":") else { return nil }
    guard typeEnd + 1 == lineEnd || isBlank(text[typeEnd + 1]) else { return nil }
    if typeEnd + 2 >= lineEnd { return PythonException(type: type) }
    return PythonException(type: type, value: ByteRange(typeEnd + 2, lineEnd))
  }

  /// Behind the type in parentheses that Ray adds to its own, or where that would start.
  private static func causeEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard text.has("(", at: start, before: end), text.ends(0..<start, with: ".RayTaskError"),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: start..<end),
      (start + 1..<close).allSatisfy({ isWord(text[$0]) || text[$0] == UInt8(ascii: ".") })
    else { return start }
    return close + 1
  }

  private static func typeEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var at = start
    while at < end {
      if text.has("<locals>", at: at, before: end) {
        at += 8
      } else {
        guard isIdentifierStart(text[at]), text[at] != UInt8(ascii: "$") else { return nil }
        while at < end, isWord(text[at]) { at += 1 }
      }
      guard at + 1 < end, text[at] == UInt8(ascii: ".") else { break }
      at += 1
    }
    return at
  }
}
