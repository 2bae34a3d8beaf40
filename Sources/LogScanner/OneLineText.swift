internal import LogInput
internal import TraceBytes

/// The text of a one-line trace with its line ends in place.
extension OneLineForm {
  /// Appends the text with its line ends in place.
  func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    switch kind {
    case .quoted: TextEscapes.appendUnescaped(text, range, .quoted, to: &output)
    case .open: Self.appendOpen(text, range, to: &output)
    case .openTwice: Self.appendOpenTwice(text, range, to: &output)
    case .octal: TextEscapes.appendOctal(text, range, to: &output)
    case .markup: MarkupText.appendDecoded(text, range, to: &output)
    case .separators: appendSeparated(text, to: &output)
    case .separator(let separator): separator.appendSplit(text, range, to: &output)
    case .blanks, .tabs: appendReflowed(text, to: &output)
    case .list: appendList(text, to: &output)
    }
  }

  /// The strings of a list, one behind the other; where one has no line end of its own, it is a line.
  private func appendList(_ text: Span<UInt8>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound, text[at] == UInt8(ascii: "'") || text[at] == UInt8(ascii: "\"") {
      let end = Self.closing(text, at + 1, range.upperBound, text[at]) ?? range.upperBound
      TextEscapes.appendUnescaped(text, at + 1..<end, .quoted, to: &output)
      if !text.ends(at + 1..<end, with: "\\n") { output.append(0x0A) }
      guard text.has(", ", at: end + 1, before: range.upperBound) else { return }
      at = end + 3
    }
  }

  private static func appendOpenTwice(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    var once: [UInt8] = []
    TextEscapes.appendUnescaped(text, range, .quoted, to: &once)
    appendOpen(once.span, 0..<once.count, to: &output)
  }

  /// A `\n` within a string of a source line belongs to the program; so does one before a quote that ends a string. Where
  /// the quotes of a frame are escaped, so are those of strings, and everything that they hold.
  private static func appendOpen(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    if let frame = text.firstOffset(of: "\\n  File ", in: range),
      text.has("\\\"", at: frame + 9, before: range.upperBound)
    {
      return TextEscapes.appendUnescaped(text, range, .quoted, to: &output)
    }
    var from = range.lowerBound
    var at = from
    var line = from
    var isSource = false
    while let hit = text.firstOffset(of: "\\n", in: at..<range.upperBound) {
      at = hit + 2
      guard
        isSource && isWithinString(text, line, hit, range.upperBound)
          || endsString(text, at, range.upperBound)
      else {
        isSource = isFileLine(text, line..<hit)
        line = at
        continue
      }
      TextEscapes.appendUnescaped(text, from..<hit, .open, to: &output)
      output.append(contentsOf: [0x5C, UInt8(ascii: "n")])
      from = at
    }
    TextEscapes.appendUnescaped(text, from..<range.upperBound, .open, to: &output)
  }

  /// Whether a frame of Python starts a line, perhaps behind a group's margin.
  private static func isFileLine(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let start = line.first { !isBlank(text[$0]) && text[$0] != UInt8(ascii: "|") }
    return start.map { text.has("File \"", at: $0, before: line.upperBound) } == true
  }

  /// Whether a string of a program is open at `hit` on a source line, and closed before the next frame or traceback. One
  /// with three quotes goes over several lines of the program, of which only one is printed.
  private static func isWithinString(_ text: Span<UInt8>, _ start: Int, _ hit: Int, _ end: Int) -> Bool {
    var at = start
    while at < hit, text[at] != UInt8(ascii: "#") {
      let byte = text[at]
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else {
        at += 1
        continue
      }
      guard let close = closing(text, at + 1, end, byte) else { return false }
      if close > hit {
        return text.firstOffset(of: "\\n  File \"", in: hit..<close) == nil
          && text.firstOffset(of: "\\nTraceback (", in: hit..<close) == nil
      }
      if close == at + 1, close + 1 < end, text[close + 1] == byte { return false }
      at = close + 1
    }
    return false
  }

  /// Whether a quote stands at `at`, and behind it what follows a string in a program.
  private static func endsString(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    guard at + 1 < end, text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'") else { return false }
    return "),.]};: ".utf8.contains(text[at + 1])
  }

  private func appendSeparated(_ text: Span<UInt8>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      if text.has("\u{2028}", at: at, before: range.upperBound)
        || text.has("\u{2029}", at: at, before: range.upperBound)
      {
        output.append(0x0A)
        at += 3
      } else if text.has("\u{85}", at: at, before: range.upperBound) {
        output.append(0x0A)
        at += 2
      } else {
        output.append(text[at] == 0x0D ? 0x0A : text[at])
        at += 1
      }
    }
  }

  /// Puts a line end before every frame, label and elision that stands behind blanks, and keeps the tabs among these.
  private func appendReflowed(_ text: Span<UInt8>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      let (behind, tabs) = Self.blankRun(text, at, range.upperBound)
      if behind > at, let lead = Self.newLine(text, behind, range.upperBound) {
        // A single frame's separator cannot be told by its like before another one.
        if isSingle, output.span.ends(0..<output.count, with: " |") { output.removeLast(2) }
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x09, count: max(tabs, lead ? 1 : 0)))
        at = behind
      } else if kind == .tabs, text.has(")Caused by: ", at: at, before: range.upperBound) {
        output.append(contentsOf: [text[at], 0x0A])
        at += 1
      } else {
        let end = max(behind, at + 1)
        output.append(text, at..<end)
        at = end
      }
    }
  }

  /// The blanks at `at`, tabs and written ones included, and how many of them are tabs.
  private static func blankRun(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (behind: Int, tabs: Int) {
    var at = start
    var tabs = 0
    while at < end {
      if text[at] == 0x20 {
        at += 1
      } else if text[at] == 0x09 {
        (at, tabs) = (at + 1, tabs + 1)
      } else if text.has("\\t", at: at, before: end) {
        (at, tabs) = (at + 2, tabs + 1)
      } else {
        break
      }
    }
    return (at, tabs)
  }

  /// Whether a stack's line starts at `at`, and whether it is indented; nil when none does.
  private static func newLine(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool? {
    if text.has("at ", at: at, before: end) {
      return at == Gate.next(text.extracting(0..<min(end, at + 260)), from: at) ? true : nil
    }
    if text.has("... ", at: at, before: end), at + 4 < end, isDigit(text[at + 4]) { return true }
    let labels: [StaticString] = ["Caused by: ", "Suppressed: ", "Wrapped by: "]
    return labels.contains { text.has($0, at: at, before: end) } ? false : nil
  }
}
