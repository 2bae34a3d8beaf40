internal import LogInput
internal import TraceBytes
internal import TraceModel

/// How the line ends of a one-line trace are written, and where the trace's text stands.
struct OneLineForm {
  enum Kind: Equatable {
    /// `\n` between quotes, with everything else that can be escaped there.
    case quoted
    /// `\n` in the open.
    case open
    /// `\\n` in the open: what stood between quotes was escaped once more.
    case openTwice
    /// `#012`.
    case octal
    /// `&#10;`, `<br>`.
    case markup
    /// U+2028, U+2029, U+0085 or a carriage return.
    case separators
    /// Whatever else the writer puts before each frame.
    case separator(LineSeparator)
    /// Nothing but blanks.
    case blanks
    /// Nothing, or blanks: the tab of each line is still there.
    case tabs
    /// The strings of a Python list, each a line or more.
    case list
  }

  let kind: Kind
  /// The trace's text, still with its escapes.
  let range: Range<Int>
  /// What the form alone says of every trace in it.
  let reason: Reason?
  /// No other frame stands on the line.
  private(set) var isSingle = false

  init?(_ text: Span<UInt8>, _ line: Range<Int>, anchor: Int, hasSecond: Bool) {
    if let list = Self.list(text, line) {
      (kind, range, reason) = (.list, list, nil)
      return
    }
    if Self.hasOctalStack(text, line) {
      (kind, range, reason) = (.octal, line, nil)
      return
    }
    if let (first, cell) = Self.escaped(text, line) {
      kind = cell == nil ? Self.openKind(text, line, first, anchor) : .quoted
      range =
        cell?.range ?? Self.cutString(text, line, around: first) ?? Self.column(text, line, around: first)
      reason = cell.flatMap { !$0.isClosed ? .truncatedLine : Self.badEscape(text, $0.range) }
      return
    }
    if let range = Self.numbered(text, line) {
      (kind, self.range, reason) = (.quoted, range, nil)
    } else if let found = Self.markedForm(text, line, hasSecond: hasSecond) {
      (kind, range) = found
      reason = nil
    } else if hasSecond, let separator = LineSeparator(text, line, from: anchor) {
      kind = .separator(separator)
      range = line
      reason = nil
    } else if hasSecond, let blanks = Self.blanks(text, line) {
      kind = blanks
      range = line
      reason = blanks == .tabs ? nil : .newlinesLost
    } else {
      return nil
    }
  }

  /// Frames with nothing but blanks between them.
  init?(blanksOf text: Span<UInt8>, _ line: Range<Int>) {
    guard let blanks = Self.blanks(text, line) else { return nil }
    (kind, range, reason) = (blanks, line, blanks == .tabs ? nil : .newlinesLost)
  }

  /// One frame on the line of its header, with nothing but blanks before it.
  init?(singleFrameOf text: Span<UInt8>, _ line: Range<Int>, anchor: Int) {
    guard text.has("at ", at: anchor, before: line.upperBound),
      let open = text.firstOffset(of: UInt8(ascii: "("), in: anchor..<line.upperBound),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<line.upperBound),
      JVMLocation.isOne(text, open + 1..<close), JVMLocation.isSuffix(text, close + 1..<line.upperBound),
      ClassName.isThrown(text, in: line.lowerBound..<anchor)
    else { return nil }
    (kind, range, reason) = (.blanks, line, .newlinesLost)
    isSingle = true
  }

  /// A string with escapes around the anchor, in which something else wraps the trace: more before each of its lines, or an object.
  init?(stringOf text: Span<UInt8>, _ line: Range<Int>, anchor: Int) {
    let escapes: [StaticString] = ["\\n", "\\\""]
    guard let cell = Self.quotes(text, line, around: anchor), cell.isClosed, cell.range.contains(anchor),
      escapes.contains(where: { text.firstOffset(of: $0, in: cell.range) != nil })
    else { return nil }
    (kind, range, reason) = (.quoted, cell.range, Self.badEscape(text, cell.range))
  }

  /// Octal escapes, markup, and the rare characters that end a line.
  private static func markedForm(
    _ text: Span<UInt8>, _ line: Range<Int>, hasSecond: Bool
  ) -> (Kind, Range<Int>)? {
    if text.firstOffset(of: "#012", in: line) != nil { return (.octal, line) }
    if let first = MarkupText.firstBreak(text, MarkupText.withoutOuterBreaks(text, line)) {
      return (.markup, markup(text, line, around: first))
    }
    let hasSeparator =
      text.firstOffset(of: "\u{2028}", in: line) != nil || text.firstOffset(of: "\u{2029}", in: line) != nil
      || text.firstOffset(of: "\u{85}", in: line) != nil
      || hasSecond && text.firstOffset(of: 0x0D, in: line) != nil
    return hasSeparator ? (.separators, line) : nil
  }

  // MARK: Backslashes

  /// The reason for a string with a number of a character that has not all of its digits.
  private static func badEscape(_ text: Span<UInt8>, _ range: Range<Int>) -> Reason? {
    TextEscapes.hasBadNumber(text, range) ? .badEscape : nil
  }

  /// The first `\n` of the text that a stack stands in, and its quotes where it has some. Strings that end before the stack
  /// are other texts.
  private static func escaped(_ text: Span<UInt8>, _ line: Range<Int>) -> (first: Int, cell: Cell?)? {
    guard let stack = stackEscape(text, line, "\\n") else { return returned(text, line) }
    var from = line.lowerBound
    for _ in 0..<mostStrings {
      guard let first = text.firstOffset(of: "\\n", in: from..<stack) else { break }
      let cell = quotes(text, line, around: first)
      guard let cell, cell.isClosed, cell.range.upperBound < stack else { return (first, cell) }
      from = cell.range.upperBound + 1
    }
    return (stack, quotes(text, line, around: stack))
  }

  /// A string whose line ends are carriage returns, as AWS Lambda writes a traceback.
  private static func returned(_ text: Span<UInt8>, _ line: Range<Int>) -> (first: Int, cell: Cell?)? {
    guard let stack = stackEscape(text, line, "\\r"), let cell = quotes(text, line, around: stack) else {
      return nil
    }
    return (stack, cell)
  }

  /// So many strings are passed over one by one.
  private static let mostStrings = 64

  /// The first line end with the blanks and the first word of a stack's line behind it.
  private static func stackEscape(_ text: Span<UInt8>, _ line: Range<Int>, _ escape: StaticString) -> Int? {
    var at = line.lowerBound
    while let hit = text.firstOffset(of: escape, in: at..<line.upperBound) {
      if startsStackLine(text, hit + 2, line.upperBound) { return hit }
      at = hit + 2
    }
    return nil
  }

  /// The text in which the numbers of a line end and a tab stand before a frame, as nginx writes them, and Java's properties.
  private static func numbered(_ text: Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    let escapes: [StaticString] = [
      "\\x0A\\x09at ", "\\x0a\\x09at ", "\\u000A\\u0009at ", "\\u000a\\u0009at ",
    ]
    for escape in escapes {
      guard let hit = text.firstOffset(of: escape, in: line) else { continue }
      return quotes(text, line, around: hit).map(\.range) ?? line
    }
    return nil
  }

  /// The column that the first escape stands in where tabs stand between columns, as in what PostgreSQL copies out: behind the
  /// last tab before it, up to the first one behind the stack, in which tabs may stand, too.
  private static func column(_ text: Span<UInt8>, _ line: Range<Int>, around first: Int) -> Range<Int> {
    guard let tab = text.lastOffset(of: 0x09, in: line.lowerBound..<first) else { return line }
    var last = lastStackLine(text, line, first)
    while last < line.upperBound, isBlank(text[last]) { last += 1 }
    guard let end = text.firstOffset(of: 0x09, in: last..<line.upperBound) else { return line }
    return tab + 1..<end
  }

  /// The rest of a string of JSON whose start is cut off: up to the line's first quote, if that stands behind the stack and the
  /// end of an object or another member follows it.
  private static func cutString(_ text: Span<UInt8>, _ line: Range<Int>, around first: Int) -> Range<Int>? {
    let quote = UInt8(ascii: "\"")
    guard let end = closing(text, line.lowerBound, line.upperBound, quote),
      end > lastStackLine(text, line, first), goesOnAsObject(text, end + 1..<line.upperBound)
    else { return nil }
    return line.lowerBound..<end
  }

  /// Whether `,"name":` or nothing but what closes objects and lists follows a string.
  private static func goesOnAsObject(_ text: Span<UInt8>, _ rest: Range<Int>) -> Bool {
    let start = rest.first { !"}]".utf8.contains(text[$0]) && !isBlank(text[$0]) } ?? rest.upperBound
    if text.has(",\"", at: start, before: rest.upperBound) {
      let name = start + 2
      let end = (name..<rest.upperBound).first { !isWord(text[$0]) && text[$0] != UInt8(ascii: ".") }
      return end.map { $0 > name && text.has("\":", at: $0, before: rest.upperBound) } == true
    }
    return !rest.isEmpty && start == rest.upperBound
  }

  /// Where the last line of the stack starts.
  private static func lastStackLine(_ text: Span<UInt8>, _ line: Range<Int>, _ first: Int) -> Int {
    var last = first
    var at = first
    while let hit = text.firstOffset(of: "\\n", in: at..<line.upperBound) {
      at = hit + 2
      if startsStackLine(text, at, line.upperBound) { last = at }
    }
    return last
  }

  /// What is escaped twice in the open may have more around it, and is a separator of several bytes then.
  private static func openKind(_ text: Span<UInt8>, _ line: Range<Int>, _ first: Int, _ anchor: Int) -> Kind {
    guard first > line.lowerBound, text[first - 1] == 0x5C else { return .open }
    if let separator = LineSeparator(text, line, from: anchor), !separator.isEscape {
      return .separator(separator)
    }
    return .openTwice
  }

  /// A tab, and the blanks that are no break which AWS Lambda indents with.
  private static let blanks: [StaticString] = ["\\t", "\u{A0}", "\\u00a0", "\\u00A0", "\\xa0"]

  private static func startsStackLine(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end {
      if isBlank(text[at]) {
        at += 1
      } else if let blank = blanks.first(where: { text.has($0, at: at, before: end) }) {
        at += blank.utf8CodeUnitCount
      } else {
        break
      }
    }
    if text.has("at ", at: at, before: end) { return startsName(text, at + 3, end) }
    let words: [StaticString] = [
      "File ", "Caused by: ", "Traceback (", "... ", "| ", "+ ", "+-", "Cell In[", "Input In [",
      "<ipython-input-", "--> ",
      "---> ", "----> ",
    ]
    return words.contains { text.has($0, at: at, before: end) }
  }

  /// Whether a word with a dot or a parenthesis stands at `start`: `at once` is prose.
  private static func startsName(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end, !isBlank(text[at]) {
      if text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: "(") { return true }
      at += 1
    }
    return false
  }

  /// Whether rsyslog's line ends stand before a stack's line: a `\n` beside them is one of the program's source.
  private static func hasOctalStack(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var at = line.lowerBound
    while let hit = text.firstOffset(of: "#012", in: at..<line.upperBound) {
      at = hit + 4
      let isTabbed = text.has("#011", at: at, before: line.upperBound)
      if startsStackLine(text, isTabbed ? at + 4 : at, line.upperBound) { return true }
    }
    return false
  }

  /// What stands between two quotes, or behind one that nothing closes.
  private typealias Cell = (range: Range<Int>, isClosed: Bool)

  /// The quoted string that an escape stands in; nil when it stands in the open.
  private static func quotes(_ text: Span<UInt8>, _ line: Range<Int>, around first: Int) -> Cell? {
    var at = first - 1
    // The quotes of a word of the text; what it stands in has others.
    var inner: UInt8?
    while at >= line.lowerBound {
      let byte = text[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), byte != inner,
        opens(text, at, line.lowerBound)
      {
        let end = closing(text, at + 1, line.upperBound, byte)
        if let end, end < first {
          guard inner == nil else { return nil }
          inner = byte
        } else if end != nil || byte == UInt8(ascii: "\"") && inner == nil {
          return (at + 1..<(end ?? line.upperBound), end != nil)
        }
      }
      at -= 1
    }
    return nil
  }

  /// Whether the text ends before the line does, with a quote or a tag.
  func isClosed(in line: Range<Int>) -> Bool {
    (kind == .quoted || kind == .markup) && range.upperBound < line.upperBound
  }

  /// Whether a quote opens a string: behind a separator, or with a letter that marks a kind of string.
  private static func opens(_ text: Span<UInt8>, _ at: Int, _ floor: Int) -> Bool {
    guard at > floor else { return true }
    let before = text[at - 1]
    let separators: [UInt8] = [0x3D, 0x3A, 0x28, 0x5B, 0x2C, 0x7B, 0x7C, 0x20, 0x09]
    if separators.contains(before) { return true }
    return (before == UInt8(ascii: "b") || before == UInt8(ascii: "u"))
      && (at - 1 == floor || separators.contains(text[at - 2]))
  }

  static func closing(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ quote: UInt8) -> Int? {
    var at = start
    while at < end {
      if text[at] == quote { return at }
      at += text[at] == 0x5C ? 2 : 1
    }
    return nil
  }

  /// The same with the lines of the JVM: a bracket and a quote, and further on a string that is a frame.
  private static func listOfFrames(_ text: Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    let frames: [StaticString] = [", '\\tat ", ", \"\\tat "]
    guard let frame = frames.compactMap({ text.firstOffset(of: $0, in: line) }).min() else { return nil }
    var limit = frame
    while let open = text.lastOffset(of: UInt8(ascii: "["), in: line.lowerBound..<limit) {
      if text[open + 1] == UInt8(ascii: "'") || text[open + 1] == UInt8(ascii: "\"") {
        return open + 1..<line.upperBound
      }
      limit = open
    }
    return nil
  }

  /// What `traceback.format_exception` returns, or a list of a traceback's lines, as Python shows it: from behind the bracket
  /// on.
  private static func list(_ text: Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    if let list = listOfFrames(text, line) { return list }
    let header: StaticString = "Traceback (most recent call last):"
    guard let word = text.firstOffset(of: header, in: line), word - 2 >= line.lowerBound,
      let open = text.lastOffset(of: UInt8(ascii: "["), in: line.lowerBound..<word),
      open + 1 < word, text[open + 1] == UInt8(ascii: "'") || text[open + 1] == UInt8(ascii: "\"")
    else { return nil }
    var end = word + header.utf8CodeUnitCount
    if text.has("\\n", at: end, before: line.upperBound) { end += 2 }
    guard end < line.upperBound, text[end] == text[word - 1],
      text.has(", ", at: end + 1, before: line.upperBound)
    else { return nil }
    return open + 1..<line.upperBound
  }

  // MARK: Markup

  /// From behind the quote or tag before the first break to the quote or tag that ends the text.
  private static func markup(_ text: Span<UInt8>, _ line: Range<Int>, around first: Int) -> Range<Int> {
    var start = first
    var isQuoted = false
    while start > line.lowerBound, !opensMarkup(text, line.lowerBound, start - 1, behindQuote: isQuoted) {
      isQuoted = isQuoted || text[start - 1] == UInt8(ascii: "\"")
      start -= 1
    }
    let isAttribute = start > line.lowerBound && text[start - 1] == UInt8(ascii: "\"")
    if isAttribute {
      return
        start..<(text.firstOffset(of: UInt8(ascii: "\""), in: first..<line.upperBound) ?? line.upperBound)
    }
    let close = text.firstOffset(of: "</", in: first..<line.upperBound) ?? line.upperBound
    return start..<(text.firstOffset(of: "]]>", in: first..<close) ?? close)
  }

  /// Whether the byte at `at` ends what stands before a text: the quote of an attribute, a tag, or CDATA's bracket. All
  /// three stand in messages, too.
  private static func opensMarkup(_ text: Span<UInt8>, _ floor: Int, _ at: Int, behindQuote: Bool) -> Bool {
    switch text[at] {
    case UInt8(ascii: "\""): return !behindQuote && opens(text, at, floor)
    case UInt8(ascii: "["): return text.has("<![CDATA", at: at - 8, before: at)
    case UInt8(ascii: ">"): return closesTag(text, max(floor, at - 1024), at)
    default: return false
    }
  }

  /// Whether the `>` at `at` ends a tag, or what syslog writes as one, and is no part of an attribute.
  private static func closesTag(_ text: Span<UInt8>, _ floor: Int, _ at: Int) -> Bool {
    if at > floor, text[at - 1] == UInt8(ascii: "\"") { return true }
    guard let tag = text.lastOffset(of: UInt8(ascii: "<"), in: floor..<at), tag + 1 < at else { return false }
    let first = text[tag + 1]
    guard isLetter(first) || isDigit(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "!") else {
      return false
    }
    let quotes = text.occurrences(of: UInt8(ascii: "\""), in: tag..<at)
    return quotes % 2 == 0 && (quotes > 0 || text.firstOffset(of: UInt8(ascii: ">"), in: tag..<at) == nil)
  }

  // MARK: Blanks

  /// What stands before two frames: a tab each, or a blank; nil where it is something else.
  private static func blanks(_ text: Span<UInt8>, _ line: Range<Int>) -> Kind? {
    var frames = 0
    var tabs = 0
    var at = line.lowerBound
    while frames < 2 {
      let hit = Gate.next(text.extracting(0..<line.upperBound), from: at)
      guard hit < line.upperBound else { return nil }
      let isFrame =
        text.has("at ", at: hit, before: line.upperBound)
        || text.has("File \"", at: hit, before: line.upperBound)
      if text.has("Traceback (", at: hit, before: line.upperBound) { frames += 1 }
      let isTabbed =
        hit > line.lowerBound && (text[hit - 1] == 0x09 || text.has("\\t", at: hit - 2, before: hit))
      if isFrame, hit > line.lowerBound, text[hit - 1] == 0x20 || isTabbed,
        closesBehind(text, hit, line.upperBound)
      {
        frames += 1
        if isTabbed { tabs += 1 }
      }
      at = hit + 1
    }
    return tabs == 2 ? .tabs : .blanks
  }

  private static func closesBehind(_ text: Span<UInt8>, _ at: Int, _ lineEnd: Int) -> Bool {
    guard text.has("at ", at: at, before: lineEnd) else { return true }
    let end = min(lineEnd, at + longestFrame)
    guard let open = text.firstOffset(of: UInt8(ascii: "("), in: at..<end),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<end)
    else { return false }
    return JVMLocation.isOne(text, open + 1..<close) || JVMLocation.isFile(text, open + 1..<close)
  }

  /// The words of a line are looked through one after the other, so none may look to its end.
  private static let longestFrame = 8 << 10

  /// Gives what the line says behind the trace's last frame a line of its own. Where line ends became blanks, it may be
  /// the next event that stands behind any frame.
  func breakTails(_ bytes: inout [UInt8]) {
    var ends: [Int] = []
    var start = bytes.count
    repeat {
      let above = bytes.span.lastOffset(of: 0x0A, in: 0..<max(0, start - 1)).map { $0 + 1 } ?? 0
      if let end = Self.frameEnd(bytes.span, above..<start),
        kind != .blanks || Self.startsEvent(bytes.span, end..<start)
      {
        ends.append(end)
      }
      start = above
    } while kind == .blanks && start > 0
    guard !ends.isEmpty else { return }
    var broken: [UInt8] = []
    broken.reserveCapacity(bytes.count + ends.count)
    start = 0
    for end in ends.reversed() {
      broken.append(contentsOf: bytes[start..<end])
      broken.append(0x0A)
      start = end
    }
    bytes = broken + bytes[start...]
  }

  /// Whether a log's event begins behind blanks: with a clock or a date.
  private static func startsEvent(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let start = range.first(where: { !isBlank(text[$0]) }) else { return false }
    return eventStarts.contains { shape in
      range.upperBound - start >= shape.count
        && shape.indices.allSatisfy {
          shape[$0] == 0x30 ? isDigit(text[start + $0]) : text[start + $0] == shape[$0]
        }
    }
  }

  /// A zero stands for any digit.
  private static let eventStarts = ["00:00:00", "0000-00-00", "0000/00/00"].map { Array($0.utf8) }

  /// Where the frame of a line ends, if something follows that no printer writes.
  private static func frameEnd(_ text: Span<UInt8>, _ line: Range<Int>) -> Int? {
    var at = line.lowerBound
    while at < line.upperBound, isBlank(text[at]) { at += 1 }
    guard text.has("at ", at: at, before: line.upperBound),
      let open = text.firstOffset(of: UInt8(ascii: "("), in: at..<line.upperBound),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<line.upperBound),
      JVMLocation.isOne(text, open + 1..<close), !JVMLocation.isSuffix(text, close + 1..<line.upperBound)
    else { return nil }
    return close + 1
  }
}
