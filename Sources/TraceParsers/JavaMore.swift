internal import TraceBytes

/// `... N more` in all its wordings (trace-formats.md, section 2.4).
struct JavaMore: Equatable {
  /// How many frames or lines were left out.
  var count: Int
  /// Whether the mark ends a stack; the others stand in the middle of one.
  var isEnd = true

  static func parse(_ text: Span<UInt8>, _ line: TextLine) -> JavaMore? {
    if isInternal(text, line) { return JavaMore(count: 1, isEnd: false) }
    if isSubmission(text, line) { return JavaMore(count: 0, isEnd: false) }
    guard text.has("... ", at: line.content, before: line.end) else { return nil }
    let start = line.content + 4
    // log4j2 writes no number for a single line that it filters.
    if line.end == start, line.indent > 0 { return JavaMore(count: 1, isEnd: false) }
    if text.has("suppressed ", at: start, before: line.end) {
      return number(text, start + 11, line.end, before: [" lines"], isEnd: false)
    }
    return number(
      text, start, line.end, before: [" more", " common frames omitted", " trimmed"], isEnd: true)
      ?? number(
        text, start, line.end,
        before: [" frames excluded", " frames truncated", " elided", " filtered", " truncated"],
        isEnd: false)
  }

  /// Whether a line is the beginning of `... N more` and ends before that does.
  static func isCut(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let dots = (line.content..<line.end).prefix { text[$0] == UInt8(ascii: ".") }.count
    guard line.end > line.content, dots > 0, dots <= 3 else { return false }
    if dots < 3 {
      return line.content + dots == line.end && text[line.start] == 0x09 && dots > 1
    }
    let digits = line.content + 4
    guard digits < line.end, text[digits - 1] == 0x20, isDigit(text[digits]) else { return false }
    let word = (digits..<line.end).first { !isDigit(text[$0]) } ?? line.end
    let ends: [StaticString] = [" more", " common frames omitted"]
    return ends.contains { end in
      line.end - word < end.utf8CodeUnitCount
        && (0..<line.end - word).allSatisfy { unsafe text[word + $0] == end.utf8Start[$0] }
    }
  }

  /// Liberty's `at [internal classes]`, one or more of its own frames.
  private static func isInternal(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let words: StaticString = "at [internal classes]"
    return line.indent > 0 && text.has(words, at: line.content, before: line.end)
      && line.end - line.content == words.utf8CodeUnitCount
  }

  /// What Hazelcast writes between the frames of a member and those of the caller.
  private static func isSubmission(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    line.indent > 0 && text.has("at ------ submitted from ------", at: line.content, before: line.end)
  }

  private static func number(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, before words: [StaticString], isEnd: Bool
  ) -> JavaMore? {
    var at = start
    var value = 0
    while at < end, isDigit(text[at]), at - start < 9 {
      value = value &* 10 &+ Int(text[at] &- 0x30)
      at += 1
    }
    guard at > start else { return nil }
    for word in words where text.has(word, at: at, before: end) {
      return isTail(text, at + word.utf8CodeUnitCount, end) ? JavaMore(count: value, isEnd: isEnd) : nil
    }
    return nil
  }

  /// Nothing, blanks, `(including 6 common frames)`, a suffix `key=value`, or what closes a record, a cell or a page.
  private static func isTail(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    if from < end, ">|,;\"'`)]}[{<".utf8.contains(text[from]) { return true }
    var at = from
    while at < end, isBlank(text[at]) { at += 1 }
    if at == end || text.has("(including ", at: at, before: end) { return true }
    guard at > from, let equals = text.firstOffset(of: UInt8(ascii: "="), in: at..<end), equals > at else {
      return false
    }
    return text.firstOffset(of: UInt8(ascii: " "), in: at..<equals) == nil
  }
}
