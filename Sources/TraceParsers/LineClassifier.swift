internal import TraceBytes

/// Tells what a line is from its first bytes.
enum LineClassifier {
  /// The kind of a line; a JVM frame comes back as `javaBadFrame`, for the caller to parse.
  /// - Complexity: a switch on the first byte; only lines that begin like an anchor are read further.
  static func kind(_ text: Span<UInt8>, _ line: TextLine) -> LineKind {
    let at = line.content
    let end = line.end
    guard at < end else { return .blank }
    switch text[at] {
    case UInt8(ascii: "a"):
      return text.has("at ", at: at, before: end) ? .javaBadFrame : traceback(text, line)
    case UInt8(ascii: "F"), UInt8(ascii: ">"): return file(text, line)
    case UInt8(ascii: "."): return isMore(text, line) ? .javaMore : .other
    case UInt8(ascii: "C"), UInt8(ascii: "S"), UInt8(ascii: "W"), UInt8(ascii: "["): return label(text, line)
    case UInt8(ascii: "-"): return isLock(text, line) ? .javaLock : traceback(text, line)
    case UInt8(ascii: "D"), UInt8(ascii: "T"): return separator(text, line)
    case UInt8(ascii: "|"), UInt8(ascii: "+"): return .margin
    default: return traceback(text, line)
    }
  }

  private static func file(_ text: Span<UInt8>, _ line: TextLine) -> LineKind {
    let at = text.has("> ", at: line.content, before: line.end) ? line.content + 2 : line.content
    guard text.has("File \"", at: at, before: line.end) else {
      return PythonFrame.parsePlain(text, line) != nil ? .pythonFrame : traceback(text, line)
    }
    guard let frame = PythonFrame.parse(text, from: at, to: line.end) else { return .other }
    return frame.isFaultHandler ? .pythonFaultFrame : .pythonFrame
  }

  private static func label(_ text: Span<UInt8>, _ line: TextLine) -> LineKind {
    if text.has("[Previous line repeated ", at: line.content, before: line.end),
      text.ends(line.content..<line.end, with: "]")
    {
      return .pythonRepeat
    }
    guard let label = JavaLabel.parse(text, line) else {
      return PythonFrame.parsePlain(text, line) != nil ? .pythonFrame : traceback(text, line)
    }
    return label.header == nil ? .other : .javaLabel
  }

  private static func separator(_ text: Span<UInt8>, _ line: TextLine) -> LineKind {
    PythonSeparator.parse(text, line) == nil ? traceback(text, line) : .pythonSeparator
  }

  /// The words may stand behind anything: a log's fields, a prompt, a progress bar.
  private static func traceback(_ text: Span<UInt8>, _ line: TextLine) -> LineKind {
    PythonHeader.find(text, line) == nil ? .other : .pythonHeader
  }

  /// `... 3 more`, `... 4 common frames omitted` and the other marks of frames left out.
  static func isMore(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    JavaMore.parse(text, line) != nil
  }

  private static func isLock(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let words: [StaticString] = ["- locked ", "- waiting ", "- parking ", "- eliminated ", "- None"]
    for word in words where text.has(word, at: line.content, before: line.end) { return true }
    return false
  }

  /// Whether a line that starts with "at " and is no frame nevertheless comes from one: a dotted name
  /// and a parenthesis that something cut. Other languages' frames are told by a blank or a path.
  static func isDamagedFrame(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let start = line.content + 3
    guard start < line.end, line.indent > 0, isIdentifierStart(text[start]) else { return false }
    var at = start
    var dots = 0
    while at < line.end, isWord(text[at]) || text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: "/") {
      if text[at] == UInt8(ascii: ".") { dots += 1 }
      at += 1
    }
    guard dots >= 2 else { return false }
    if at == line.end { return true }
    guard text[at] == UInt8(ascii: "("), text.firstOffset(of: UInt8(ascii: ")"), in: at..<line.end) == nil
    else {
      return false
    }
    return text.firstOffset(of: UInt8(ascii: " "), in: at..<line.end) == nil
  }
}
