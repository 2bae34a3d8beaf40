internal import TraceBytes

/// What stands before an anchor on its line.
struct LineLead {
  /// Where the text of the trace starts: the anchor's word with the blanks and the margin before it.
  let textStart: Int
  /// Nothing but the text's own blanks and margin stands before the anchor.
  let isBare: Bool
  /// The anchor is a frame, so the text before it cannot be a part of the trace.
  let isFrame: Bool

  init(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) {
    let subject = Self.subjectStart(text, anchor, line)
    isFrame =
      subject == nil && text.has("at ", at: anchor, before: line.end)
      || text.has("File ", at: anchor, before: line.end)
    var at = subject ?? anchor
    let group: StaticString = "Exception Group "
    let before = at - group.utf8CodeUnitCount
    let isGroup = before >= line.start && text.has(group, at: before, before: line.end)
    if isGroup { at -= group.utf8CodeUnitCount }
    let word = at
    if let title = Self.titleStart(text, at, line) {
      at = title
    } else {
      at = Self.backOverBlanks(text, at, line.start)
      at = Self.backOverMargin(text, at, line.start, isGroup: isGroup)
    }
    // The first frame's label in a failure of Azure Functions is the text's.
    let label: StaticString = "Stack:"
    let isLabelled = text.has("File ", at: word, before: line.end) && text.ends(line.start..<at, with: label)
    if isLabelled { at -= label.utf8CodeUnitCount }
    // An escaped tab in the value of a key.
    if text.ends(line.start..<at, with: "=\"\\t") { at -= 2 }
    textStart = at
    // No frame of the JVM stands in a group's box of its own.
    isBare =
      at == line.start
      || !text.has("at ", at: word, before: line.end) && Self.isMargin(text, line.start..<word)
  }

  /// Where a header starts that has more of its own before its words: the edge of rich's box, or the name of IPython's
  /// exception and the blanks behind it.
  private static func titleStart(_ text: Span<UInt8>, _ anchor: Int, _ line: LineSpan) -> Int? {
    let words: StaticString = "Traceback (most recent call last)"
    guard text.has(words, at: anchor, before: line.end), anchor - line.start > 2, text[anchor - 1] == 0x20
    else { return nil }
    let isWhole = anchor + words.utf8CodeUnitCount == line.end
    return boxStart(text, anchor - 1, line.start) ?? (isWhole ? nameStart(text, anchor, line.start) : nil)
  }

  /// Where the words before `at FILE:LINE` start, which have the place behind them and no parentheses: what was thrown, or a
  /// name behind more than one blank. Anything else is a sentence, as Spark's log has many.
  private static func subjectStart(_ text: Span<UInt8>, _ anchor: Int, _ line: LineSpan) -> Int? {
    guard text.has("at ", at: anchor, before: line.end), isDigit(text[line.end - 1]), anchor > line.start + 1,
      text[anchor - 1] == 0x20, !isBlank(text[anchor - 2]),
      text.firstOffset(of: UInt8(ascii: "("), in: anchor..<line.end) == nil
    else { return nil }
    var at = anchor - 1
    while at > line.start, !isBlank(text[at - 1]) { at -= 1 }
    let isThrown = text.ends(at..<anchor - 1, with: "Error") || text.ends(at..<anchor - 1, with: "Exception")
    guard isThrown || at > line.start + 1 && isBlank(text[at - 2]) else { return nil }
    let label: StaticString = "Caused by: "
    return text.ends(line.start..<at, with: label) ? at - label.utf8CodeUnitCount : at
  }

  private static func boxStart(_ text: Span<UInt8>, _ end: Int, _ floor: Int) -> Int? {
    let edges: [(StaticString, [StaticString])] = [
      ("\u{2500}", ["\u{256D}", "\u{250C}"]), ("-", ["+"]),
    ]
    for (edge, corners) in edges {
      var at = end
      while text.ends(floor..<at, with: edge) { at -= edge.utf8CodeUnitCount }
      guard at < end, let corner = corners.first(where: { text.ends(floor..<at, with: $0) }) else { continue }
      return at - corner.utf8CodeUnitCount
    }
    return nil
  }

  private static func nameStart(_ text: Span<UInt8>, _ end: Int, _ floor: Int) -> Int? {
    var last = end
    while last > floor, text[last - 1] == 0x20 { last -= 1 }
    var at = last
    while at > floor, isWord(text[at - 1]) || text[at - 1] == UInt8(ascii: ".") { at -= 1 }
    return end - last > 2 && at < last && (at == floor || isBlank(text[at - 1])) ? at : nil
  }

  private static func backOverBlanks(_ text: Span<UInt8>, _ from: Int, _ floor: Int) -> Int {
    var at = from
    while at > floor, isBlank(text[at - 1]) { at -= 1 }
    // A tab is the frame's own; blanks before it belong to what stands before.
    if at > floor, let tab = text.firstOffset(of: 0x09, in: at..<from) { at = tab }
    return at
  }

  /// The `+ ` of a group's header is the text's, while any other line that begins so was added to a file that two versions
  /// are compared of; a bar is the text's when another one stands before it.
  private static func backOverMargin(_ text: Span<UInt8>, _ from: Int, _ floor: Int, isGroup: Bool) -> Int {
    guard from > floor, text[from - 1] == UInt8(ascii: "+") && isGroup || text[from - 1] == UInt8(ascii: "|")
    else { return from }
    var at = from - 1
    while at > floor, text[at - 1] == 0x20 { at -= 1 }
    let hasOuter = at > floor && text[at - 1] == UInt8(ascii: "|")
    return text[from - 1] == UInt8(ascii: "+") || hasOuter ? at : from
  }

  /// Whether there is nothing but a group's margin.
  private static func isMargin(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var bars = 0
    for at in range {
      switch text[at] {
      case 0x20, 0x09: break
      case UInt8(ascii: "|"), UInt8(ascii: "+"), UInt8(ascii: "-"): bars += 1
      default: return false
      }
    }
    return bars == 0 || isBlank(text[range.lowerBound])
  }
}
