internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Text that needs cleaning line by line before anyone can read it: colours, NUL bytes, entities, tabs as
/// `#011`, carriage returns, and cells between quotes.
extension TraceScanner {
  /// Resolves the anchor in the cleaned text; nil when the lines around it are clean.
  mutating func cleaned(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let around = neighbours(text, line, scope) else { return .parsed(.needsMore(from: line.start)) }
    if around.lowerBound < line.start,
      let colours = ShownColours(text, header: around.lowerBound..<line.start - 1)
    {
      return read(text, line, scope, as: colours)
    }
    let above = LinesAbove(text, line, scope, parser.floorMark)
    if let resolution = laidOut(text, line, above, scope) { return resolution }
    switch DoubledLines.isPresent(text, line, scope, parser.floorMark) {
    case nil: return .parsed(.needsMore(from: line.start))
    case true?: return read(text, line, scope, as: DoubledLines())
    case false?: break
    }
    let mayBeFirst =
      text.has("at ", at: scope.anchor, before: line.end)
      || text.has("Traceback (", at: scope.anchor, before: line.end)
    let isUnderTag = mayBeFirst && Dirt.isUnderTag(text, line, scope.floor, parser.floorMark)
    guard let dirt = Dirt(text, around, line, above, isUnderTag: isUnderTag) else { return nil }
    if dirt == .control, let resolution = journalFields(text, line, scope) { return resolution }
    if dirt == .markup, Dirt.isOfMessage(text, around, line, above, scope, parser.floorMark) { return nil }
    return read(text, line, scope, as: Cleaner(dirt: dirt, anchor: line.start))
  }

  /// The same for lines that are cells, that stand in a block or behind blanks, or that all end alike.
  private mutating func laidOut(
    _ text: Span<UInt8>, _ line: LineSpan, _ above: borrowing LinesAbove, _ scope: ScanScope
  ) -> Resolution? {
    let mark = parser.floorMark
    if let cell = QuotedCell(text, line, above, scope, mark) { return read(text, line, scope, as: cell) }
    if let cell = TableCell(text, line, scope, mark), !isInWovenRegion(text, line, scope) {
      return read(text, line, scope, as: cell)
    }
    if let lines = RichLines(text, line, scope, mark) { return read(text, line, scope, as: lines) }
    if let lines = HangingLines(text, line, scope, reach: limits.messageBytes, mark) {
      return read(text, line, scope, as: lines)
    }
    if let block = TextBlock(text, line, above, scope) { return read(text, line, scope, as: block) }
    if let block = IndentedBlock(text, line, above, scope) { return read(text, line, scope, as: block) }
    return EndedLines(text, line, scope, mark).flatMap { read(text, line, scope, as: $0) }
  }

  /// Resolves the anchor in the text that an unwrapper makes of all lines.
  mutating func read<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, as unwrapper: Unwrapper
  ) -> Resolution? {
    var unwrapper = unwrapper
    return follow(text, line, scope, &unwrapper, key: scope.key)
  }

  /// Resolves the anchor in the text that an unwrapper makes of what was read as plain text.
  mutating func readAgain<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, as unwrapper: Unwrapper
  ) -> Resolution {
    if scope.depth == 0 { pendingEnd = line.next }
    return read(text, line, scope, as: unwrapper) ?? .parsed(.none(resume: line.next))
  }

  /// The line with the one above and the one below; nil when the latter is not there yet.
  private func neighbours(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Range<Int>? {
    var start = line.start
    if start <= scope.floor {
      parser.floorMark.isMet = true
    } else {
      let floor = max(scope.floor, start - 4096)
      start = text.lastOffset(of: 0x0A, in: floor..<start - 1).map { $0 + 1 } ?? floor
    }
    let limit = min(scope.end, line.next + 4096)
    let newline = line.next < limit ? text.firstOffset(of: 0x0A, in: line.next..<limit) : nil
    if newline == nil, limit == scope.end, !scope.isFinal { return nil }
    return start..<(newline ?? limit)
  }
}

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
  fileprivate static func isTagged(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
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
  fileprivate static func endsTag(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
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

/// A dotted name with a colon or nothing behind it.
enum ClassName {
  static func ends(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start < end, isIdentifierStart(text[start]) else { return false }
    var at = start
    var hasDot = false
    while at < end, isWord(text[at]) || text[at] == UInt8(ascii: ".") {
      hasDot = hasDot || text[at] == UInt8(ascii: ".")
      at += 1
    }
    return hasDot && (at == end || text[at] == UInt8(ascii: ":"))
  }
}

extension ClassName {
  /// Whether a range holds a dotted name that says it is thrown, with a colon and a blank behind it.
  static func isThrown(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
    firstThrown(text, in: range) != nil
  }

  /// The first such name.
  static func firstThrown(_ text: Span<UInt8>, in range: Range<Int>) -> Range<Int>? {
    var at = range.lowerBound
    while let colon = text.firstOffset(of: ": ", in: at..<range.upperBound) {
      at = colon + 1
      guard
        text.ends(range.lowerBound..<colon, with: "Exception")
          || text.ends(range.lowerBound..<colon, with: "Error")
      else { continue }
      var start = colon
      while start > range.lowerBound, isWord(text[start - 1]) || text[start - 1] == UInt8(ascii: ".") {
        start -= 1
      }
      if ends(text, start, colon) { return start..<colon }
    }
    return nil
  }

  /// Whether the last part of the name at `start` begins with a capital.
  static func isCapital(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var first = start
    var at = start
    while at < end, isWord(text[at]) || text[at] == UInt8(ascii: ".") {
      if text[at] == UInt8(ascii: ".") { first = at + 1 }
      at += 1
    }
    return first < at && (0x41...0x5A).contains(text[first])
  }
}

/// The few lines above a first frame of the JVM that may be its message, nearest first; none where the line
/// directly above is a frame or a header of its own.
struct LinesAbove: ~Copyable {
  private static let most = 12
  private static let reach = 4096
  /// What a cell or a tag begins with.
  private static let wraps: UInt64 = 0x3C3C_3C3C_2222_2222
  private var lines = InlineArray<12, LineSpan>(repeating: LineSpan(empty: 0))
  private var count = 0

  /// - Parameter mark: met when more lines were wanted than stand above.
  init(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    let isLabel = scope.anchor == line.start && text.has("Caused by: ", at: line.start, before: line.end)
    guard isLabel || text.has("at ", at: scope.anchor, before: line.end) else { return }
    let floor = Swift.max(scope.floor, line.start - Self.reach)
    var start = line.start
    while start > floor, count < (isLabel ? 2 : Self.most) {
      let above = text.lastOffset(of: 0x0A, in: floor..<start - 1).map { $0 + 1 } ?? floor
      guard let span = LineSpan(text, from: above, end: start, isFinal: true) else { return }
      if count == 0, ClassName.ends(text, span.start, span.end) || Self.isFrame(text, span) { return }
      // A label in a message matters only where something stands around that.
      if count == 0, isLabel, text.which(of: Self.wraps, in: span.range) == 0 { return }
      lines[count] = span
      count += 1
      start = above
    }
    if start <= scope.floor, count < Self.most { mark.isMet = true }
  }

  /// From the farthest to the nearest.
  var range: Range<Int> { count == 0 ? 0..<0 : lines[count - 1].start..<lines[0].next }

  /// The nearest one that is like this.
  func first(where isWanted: (LineSpan) -> Bool) -> LineSpan? {
    for index in 0..<count where isWanted(lines[index]) { return lines[index] }
    return nil
  }

  static func isFrame(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    var at = line.start
    while at < line.end, isBlank(text[at]) { at += 1 }
    return text.has("at ", at: at, before: line.end)
  }
}

/// Cleans every line.
struct Cleaner: LineUnwrapper {
  let dirt: Dirt
  /// Where the anchor's line starts.
  let anchor: Int

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    switch dirt {
    case .control:
      let start = Dirt.hasMark(text, line.start) ? line.start + 3 : line.start
      TextEscapes.appendPlain(text, start..<max(start, line.end), to: &output)
    case .carriage: appendOverwritten(text, line, to: &output)
    case .octal: TextEscapes.appendOctal(text, line.range, to: &output)
    case .noBreak: appendIndented(text, line, to: &output)
    case .markup:
      // What follows on the line of a closing tag stands outside.
      if line.start > anchor, let first = line.range.first(where: { !isBlank(text[$0]) }),
        text.has("</pre>", at: first, before: line.end)
      {
        return .last
      }
      MarkupText.appendDecoded(text, inner(text, line), to: &output)
      if line.start >= anchor, MarkupText.closesElement(text, line.range) { return .last }
    }
    return .whole
  }
}

extension Cleaner {
  /// The text between the tags of a line: behind a tag in its middle where that opens the text of a header, and without a
  /// line break where the line ends anyway.
  private func inner(_ text: Span<UInt8>, _ line: LineSpan) -> Range<Int> {
    let inner = MarkupText.withoutTags(text, line.range)
    let isTagged = Dirt.isTagged(text, line) || Dirt.endsTag(text, line)
    let header = line.start < anchor && isTagged ? Dirt.taggedHeader(text, line) : nil
    let start = header ?? inner.lowerBound
    return MarkupText.withoutOuterBreaks(text, start..<max(start, inner.upperBound))
  }

  /// The blanks that a line begins with are no break.
  private func appendIndented(_ text: Span<UInt8>, _ line: LineSpan, to output: inout [UInt8]) {
    var at = line.start
    while text.has("\u{A0}", at: at, before: line.end) {
      output.append(0x20)
      at += 2
    }
    output.append(text, at..<line.end)
  }

  /// What was written over becomes lines of its own; so does a progress bar at the end of them.
  private func appendOverwritten(_ text: Span<UInt8>, _ line: LineSpan, to output: inout [UInt8]) {
    for index in line.range { output.append(text[index] == 0x0D ? 0x0A : text[index]) }
    guard let last = text.lastOffset(of: 0x0D, in: line.range),
      text.has("[Stage ", at: last + 1, before: line.end),
      let close = text.firstOffset(of: UInt8(ascii: "]"), in: last..<line.end)
    else { return }
    output.insert(0x0A, at: close + 1 - line.start)
  }
}
