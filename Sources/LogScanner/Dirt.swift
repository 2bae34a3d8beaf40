internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// What makes text unreadable; one kind at a time, the outermost first.
enum Dirt {
  case control, carriage, octal, markup, noBreak

  /// The bytes without which there is none of it: ESC, NUL, CR, `#`, `&`, `<` and a blank that is no break.
  static let signs: UInt64 = 0xA03C_3C26_230D_001B

  init?(
    _ text: Span<UInt8>, _ around: Range<Int>, _ line: LineSpan, _ above: borrowing LinesAbove,
    isUnderTag: Bool
  ) {
    let found = text.which(of: Self.signs, in: around)
    if found & 0b11 != 0 || Self.hasMark(text, around.lowerBound) || Self.hasMark(text, line.start)
      || above.first(where: { $0.start < $0.end && text[$0.start] == 0 }) != nil
      || text.firstOffset(of: 0x1B, in: above.range) != nil
    {
      self = .control
    } else if found & 0b100 != 0 && Self.hasInnerCarriage(text, around)
      || Self.hasInnerCarriage(text, above.range)
    {
      self = .carriage
    } else if found & 0b1000 != 0, Self.hasOctal(text, around, line) {
      self = .octal
    } else if found & 0x80 != 0, Self.isIndented(text, around) {
      self = .noBreak
    } else if found & 0x70 != 0 && Self.hasMarkup(text, around, line) || Self.isInElement(text, above)
      || isUnderTag
    {
      self = .markup
    } else {
      return nil
    }
  }

  /// Whether there are tabs or escapes as rsyslog writes them, who leaves no tab as it is.
  private static func hasOctal(_ text: Span<UInt8>, _ around: Range<Int>, _ line: LineSpan) -> Bool {
    let controls: [StaticString] = ["#011", "#033["]
    let range = text[line.start] == 0x09 ? line.start..<around.upperBound : around
    return controls.contains { text.firstOffset(of: $0, in: range) != nil }
  }

  private static func hasMarkup(_ text: Span<UInt8>, _ around: Range<Int>, _ line: LineSpan) -> Bool {
    MarkupText.isPresent(text, around) || isTagged(text, line) || MarkupText.hasColour(text, around)
  }

  /// Whether the tags and entities above a frame of the JVM are its message's: the header begins a line, with no tag on the
  /// line above it, and the frames have none.
  static func isOfMessage(
    _ text: Span<UInt8>, _ around: Range<Int>, _ line: LineSpan, _ above: borrowing LinesAbove,
    _ scope: ScanScope,
    _ mark: FloorMark
  ) -> Bool {
    guard let header = header(text, around, line, above),
      !hasMarkup(text, line.start..<around.upperBound, line)
    else { return false }
    return !isUnderElement(text, header, scope, mark)
  }

  /// Whether one of the lines above a header begins with a tag that it does not close.
  private static func isUnderElement(
    _ text: Span<UInt8>, _ header: LineSpan, _ scope: ScanScope, _ mark: FloorMark
  )
    -> Bool
  {
    var at = header.start
    for _ in 0..<mostAbove {
      guard let above = scope.line(above: at, text, mark) else { return false }
      if isTagged(text, above) { return text.firstOffset(of: "</", in: above.range) == nil }
      if isClosingTag(text, above) { return false }
      at = above.start
    }
    return false
  }

  private static let mostAbove = 12

  private static func header(
    _ text: Span<UInt8>, _ around: Range<Int>, _ line: LineSpan, _ above: borrowing LinesAbove
  ) -> LineSpan? {
    if let header = above.first(where: { beginsThrown(text, $0) }) { return header }
    guard around.lowerBound < line.start,
      let directly = LineSpan(text, from: around.lowerBound, end: line.start, isFinal: true)
    else { return nil }
    return beginsThrown(text, directly) ? directly : nil
  }

  private static func beginsThrown(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    ClassName.ends(text, line.start, line.end)
      && ClassName.firstThrown(text, in: line.range)?.lowerBound == line.start
  }

  /// Whether a line begins with the blanks that are no break which AWS Lambda indents tracebacks with.
  private static func isIndented(_ text: Span<UInt8>, _ around: Range<Int>) -> Bool {
    var at = around.lowerBound
    while let hit = text.firstOffset(of: "\u{A0}\u{A0}", in: at..<around.upperBound) {
      if hit == 0 || text[hit - 1] == 0x0A { return true }
      at = hit + 2
    }
    return false
  }

  /// A byte order mark, as the first line of a file may have it.
  static func hasMark(_ text: Span<UInt8>, _ at: Int) -> Bool {
    text.has("\u{FEFF}", at: at, before: text.count)
  }

  /// A carriage return that ends no line: a progress bar was written over, or a line ends without LF.
  private static func hasInnerCarriage(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: 0x0D, in: at..<range.upperBound) {
      if hit + 1 < range.upperBound, text[hit + 1] != 0x0A, text[hit + 1] != 0x0D { return true }
      at = hit + 1
    }
    return false
  }

  /// Whether a tag alone on its line opens the element that a trace stands in: above the traceback's header, or above the
  /// line that is above the first frame.
  static func isUnderTag(_ text: Span<UInt8>, _ line: LineSpan, _ floor: Int, _ mark: FloorMark) -> Bool {
    var end = line.start
    for _ in 0..<2 {
      guard end > floor else {
        mark.isMet = true
        return false
      }
      let start = text.lastOffset(of: 0x0A, in: floor..<end - 1).map { $0 + 1 } ?? floor
      guard let above = LineSpan(text, from: start, end: end, isFinal: true) else { return false }
      if isTag(text, above) { return true }
      end = start
    }
    return false
  }

  /// Whether one of the lines above opens an element that none of them closes: what a message quotes of XML is closed in it.
  private static func isInElement(_ text: Span<UInt8>, _ above: borrowing LinesAbove) -> Bool {
    guard !above.range.isEmpty, text.firstOffset(of: UInt8(ascii: "<"), in: above.range) != nil else {
      return false
    }
    var closed = 0
    let opening = above.first { line in
      if isClosingTag(text, line) {
        closed += 1
        return false
      }
      guard isTag(text, line) || opensHeader(text, line) else { return false }
      closed -= 1
      return closed < 0
    }
    return opening != nil
  }

  /// The line is a tag and nothing else, or ends with the one that opens printed text.
  private static func isTag(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard line.end > line.start, text[line.end - 1] == UInt8(ascii: ">"), isTagged(text, line) else {
      return false
    }
    return text.firstOffset(of: UInt8(ascii: ">"), in: line.range) == line.end - 1
      && !text.ends(line.range, with: "/>") || text.ends(line.range, with: "<pre>")
  }

  private static func isClosingTag(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard let start = line.range.first(where: { !isBlank(text[$0]) }) else { return false }
    return text.has("</", at: start, before: line.end) && text[line.end - 1] == UInt8(ascii: ">")
  }

  /// The line starts with a tag.
  static func isTagged(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    var at = line.start
    while at < line.end, isBlank(text[at]) { at += 1 }
    return at + 1 < line.end && text[at] == UInt8(ascii: "<")
      && (isLetter(text[at + 1]) || text.has("<![CDATA[", at: at, before: line.end))
      && text.firstOffset(of: UInt8(ascii: ">"), in: at..<line.end) != nil
  }
}

extension Dirt {
  /// A tag and then the name of a class, `<pre>java.lang.X: …`, in an element that goes on below the line.
  fileprivate static func opensHeader(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard isTagged(text, line) || endsTag(text, line), let header = taggedHeader(text, line) else {
      return false
    }
    return text.firstOffset(of: "</", in: header..<line.end) == nil
  }

  /// A tag that began further up ends on the line, and character data begins: the message is a value of the tag, too.
  static func endsTag(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    text.firstOffset(of: "\"><![CDATA[", in: line.range) != nil
  }

  /// Where the name of a class starts behind a tag.
  static func taggedHeader(_ text: Span<UInt8>, _ line: LineSpan) -> Int? {
    var at = line.start
    let end = MarkupText.withoutTags(text, line.range).upperBound
    let limit = min(end, line.start + 4096)
    let mark: StaticString = "<![CDATA["
    while at < limit {
      if text.has(mark, at: at, before: limit) {
        at += mark.utf8CodeUnitCount
      } else if let tag = text.firstOffset(of: UInt8(ascii: ">"), in: at..<limit) {
        at = tag + 1
        if text.has(mark, at: at, before: limit) { at += mark.utf8CodeUnitCount }
      } else {
        return nil
      }
      if ClassName.ends(text, at, end) { return at }
    }
    return nil
  }
}
