internal import TraceBytes

extension TraceParser {
  /// A line that says that something was left out: `... [truncated]`, `<snip>`, or an ellipsis.
  func isCutMarker(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    CutMarker.isOne(text, line) || CutMarker.isEllipsis(text, line)
  }
}

/// What a collector writes where it cuts a text off.
enum CutMarker {
  private static let words: [StaticString] = ["[truncated", "(truncated", "<truncated"]
  /// Those that a message may hold, too.
  private static let endings: [StaticString] = [
    "<snip>", "[snip]", "-- snip --", " lines omitted)", " lines omitted]", " lines omitted ...",
    " lines omitted ...]", "... truncated ...", "... truncated ...]", "[Truncated]",
  ]
  private static let stems: [StaticString] = ["runcated", "snip", "lines omitted"]

  /// Whether a line is nothing else.
  static func isOne(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let range = line.content..<line.end
    guard range.count < 80, holds(text, range, stems) else { return false }
    return holds(text, range, words + ["<snip>", "lines omitted", "truncated by", "[snip"])
      || endings.contains { text.ends(range, with: $0) } || saysHowMuch(text, range)
  }

  /// An ellipsis alone on its line, with brackets or without.
  static func isEllipsis(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let all: [StaticString] = ["…", "...", "[...]", "[…]"]
    return all.contains {
      line.end - line.content == $0.utf8CodeUnitCount && text.has($0, at: line.content, before: line.end)
    }
  }

  /// `... [truncated 4096 bytes]` at the end of a line.
  static func ends(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let range = max(line.content, line.end - 48)..<line.end
    return text.firstOffset(of: "truncated", in: range) != nil
      && holds(text, range, words + ["Remainder truncated"])
  }

  /// The same, or `<snip>`, `... (23 lines omitted)` or an ellipsis, behind what is left of a frame.
  static func endsFrame(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let range = max(line.content, line.end - 48)..<line.end
    return ends(text, line) || isDotted(text, line) || saysHowMuch(text, range)
      || endings.contains { text.ends(range, with: $0) }
  }

  /// An ellipsis at the end of a line.
  static func isDotted(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    text.ends(line.content..<line.end, with: "…")
  }

  /// `[Truncated 4096 bytes]` at the end.
  private static func saysHowMuch(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.ends(range, with: "]") && text.firstOffset(of: "[Truncated ", in: range) != nil
  }

  private static func holds(_ text: Span<UInt8>, _ range: Range<Int>, _ words: [StaticString]) -> Bool {
    words.contains { text.firstOffset(of: $0, in: range) != nil }
  }
}
