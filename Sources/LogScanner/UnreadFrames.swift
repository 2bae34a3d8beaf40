internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Frames that nothing takes out of what is around them. They are reported, however little is known of their layout: a trace that
/// is lost without a word is worse than one that cannot be read (trace-formats.md, section 6).
///
/// What looks like a frame is taken for one where prose and source code have none: with a file's name and a line, behind a tab that
/// an exception or nothing precedes, or on two lines below each other. Where a format is given, what is of none of its lines is
/// passed over on purpose, and so are records' data of Airbyte's.
extension TraceScanner {
  /// The report of the frames at an anchor that came to nothing; nil where there are none, or where a trace below has them.
  mutating func unread(_ text: Span<UInt8>, _ scope: ScanScope) -> ParseOutcome? {
    guard let report = reported(text, scope) else { return nil }
    guard case .failure(let failure) = report else { return report }
    switch isCoveredFromBelow(text, failure.region.range, scope) {
    case nil:
      (pendingEnd, pendingKey) = (nil, nil)
      return .needsMore(from: Int(failure.region.start))
    case true?: return nil
    case false?: return report
    }
  }

  /// Whether something comes of the anchors in a region, or what comes of those below it reaches up into it, as a trace does whose
  /// message it is. Nil where they are not there yet.
  private mutating func isCoveredFromBelow(_ text: Span<UInt8>, _ region: Range<Int>, _ scope: ScanScope)
    -> Bool?
  {
    var below = scope
    let reach = min(scope.end, region.upperBound + limits.messageBytes)
    for _ in 0..<UnreadFrame.anchorsBelow {
      below.anchor = Gate.nextOnLine(text, from: lineEnd(text, below.anchor))
      guard below.anchor < reach else { return reach == scope.end && !scope.isFinal ? nil : false }
      switch resolve(text, below) {
      case .parsed(.none): continue
      case .parsed(.needsMore): return nil
      case .parsed(.trace): return parser.trace.region.start < region.upperBound
      case .parsed(.failure(let failure)): return failure.region.start < region.upperBound
      case .records(let records): return records.contains { $0.region.start < region.upperBound }
      }
    }
    return false
  }

  private func reported(_ text: Span<UInt8>, _ scope: ScanScope) -> ParseOutcome? {
    // The line may be of a stream that is done with so far.
    guard !scope.position.streams.contains(where: { $0.end > scope.anchor }),
      let line = LineSpan(
        text, around: scope.anchor, floor: scope.floor, end: scope.end, isFinal: scope.isFinal)
    else { return nil }
    if UnreadFrame.isLogged(text, line), UnreadFrame.hasEscapedCall(text, scope.anchor..<line.end) {
      return report(
        .python, "a frame in a string that holds nothing else of a traceback", text, line.start..<line.next)
    }
    guard let frame = UnreadFrame(text, scope.anchor, line) else { return nil }
    var end = line.next
    var frames = 1
    while end < min(scope.end, line.start + UnreadFrame.reach) {
      guard let next = LineSpan(text, from: end, end: scope.end, isFinal: scope.isFinal) else {
        return .needsMore(from: line.start)
      }
      let isFrame = frame.isAlike(text, next)
      guard isFrame || frames > 1 && UnreadFrame.goesOn(text, next) else { break }
      if isFrame { frames += 1 }
      end = next.next
    }
    if end == scope.end, !scope.isFinal { return .needsMore(from: line.start) }
    guard frames > 1 && frame.isLast || frame.isBehindTab || frame.isOfOneLine(text, line, scope.anchor)
    else {
      return nil
    }
    return report(.java, "frames behind something that could not be taken off", text, line.start..<end)
  }

  private func report(
    _ platform: Platform, _ detail: String, _ text: Span<UInt8>, _ region: Range<Int>
  ) -> ParseOutcome {
    .failure(
      ParseFailure(
        platform: platform, reason: .unsupportedFormat, detail: detail,
        region: ByteRange(region.lowerBound, region.upperBound), lines: Self.lines(text, region)))
  }
}

/// `at name.name(File.java:12)`, whatever stands around it.
private struct UnreadFrame {
  /// The byte before `at`.
  let before: UInt8
  /// Whether nothing but a tab, or blanks where something closes behind it, is before it on its line.
  let isBehindTab: Bool
  /// Whether no word stands behind it, but in packaging data and escapes: a layout may show its caller's place anywhere.
  let isLast: Bool

  /// How far a region reaches, in bytes.
  static let reach = 64 << 10
  /// How many of the anchors in it and below it are asked.
  static let anchorsBelow = 32
  private static let longestName = 512

  init?(_ text: Span<UInt8>, _ anchor: Int, _ line: LineSpan) {
    guard anchor > line.start, let mark = Self.mark(text, anchor, line),
      text.firstOffset(of: "Caller+", in: line.start..<anchor) == nil
    else { return nil }
    before = text[anchor - 1]
    isBehindTab = mark == .tab
    isLast = Self.isLast(text, anchor, line)
  }

  private enum Mark { case tab, other }

  /// Where the tab starts that is written out before an offset; the offset where there is none.
  private static func tabStart(_ text: Span<UInt8>, _ at: Int, _ first: Int) -> Int {
    let tabs: [StaticString] = ["\\t", "\\u0009", "\\x09", "^I"]
    for tab in tabs where text.ends(first..<at, with: tab) { return at - tab.utf8CodeUnitCount }
    return at
  }

  /// What a frame at an offset stands behind; nil where it is none, stands behind blanks alone, or in a program's source.
  private static func mark(_ text: Span<UInt8>, _ at: Int, _ line: LineSpan) -> Mark? {
    guard at > line.start, let end = end(text, at, line.end) else { return nil }
    if (line.start..<at).allSatisfy({ isBlank(text[$0]) }) {
      return text[at - 1] == 0x09 || closes(text, end, line.end) ? .tab : nil
    }
    let start = tabStart(text, at, line.start)
    guard start == line.start || !isWord(text[start - 1]),
      start == line.start || !(line.start..<start).allSatisfy({ isBlank(text[$0]) })
    else { return nil }
    let isQuoted = (line.start..<start).contains { text[$0] == UInt8(ascii: "\"") || text[$0] == 0x27 }
    return isQuoted && !isLogged(text, line) ? nil : .other
  }

  /// Whether a line begins as those of logs do which quote what they were given, and strings of a program's source do not: with a
  /// time, a bracket or a brace, a key without blanks around its sign, or Dask's word.
  static func isLogged(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard line.start < line.end else { return false }
    let first = text[line.start]
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") { return true }
    if text.has("Traceback: '", at: line.start, before: line.end) { return true }
    var at = line.start
    while at < line.end, isWord(text[at]) { at += 1 }
    guard at > line.start, at + 1 < line.end else { return false }
    if text[at] == UInt8(ascii: "=") { return text[at + 1] > 0x20 }
    let isDate = at - line.start == 4 && text[at] == UInt8(ascii: "-")
    let isTime = at - line.start == 2 && (text[at] == UInt8(ascii: ":") || text[at] == UInt8(ascii: "/"))
    return isDigit(first) && (isDate || isTime) && isDigit(text[at + 1])
  }

  /// Whether what ends a cell or an element stands behind a frame.
  private static func closes(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    let marks: [StaticString] = ["\"", "'", "]]>", "</"]
    return marks.contains { text.has($0, at: at, before: end) }
  }

  /// Whether an exception stands before it on its line or a cause behind it, and a mark other than a blank between them.
  func isOfOneLine(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    before != 0x20
      && (ClassName.isThrown(text, in: line.start..<anchor)
        || text.firstOffset(of: "Caused by: ", in: anchor..<line.end) != nil)
  }

  /// Whether a line ends with such a frame, too, behind the same byte.
  func isAlike(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    var at = line.start
    while let hit = text.firstOffset(of: "at ", in: at..<line.end) {
      if let mark = Self.mark(text, hit, line), text[hit - 1] == before {
        return (mark == .tab) == isBehindTab && Self.isLast(text, hit, line)
      }
      at = hit + 3
    }
    return false
  }

  private static func isLast(_ text: Span<UInt8>, _ at: Int, _ line: LineSpan) -> Bool {
    guard let end = end(text, at, line.end) else { return false }
    if JVMLocation.isSuffix(text, end..<line.end) { return true }
    return (end..<line.end).allSatisfy { at in
      !isLetter(text[at]) && !isDigit(text[at]) || text[at - 1] == 0x5C
    }
  }

  /// Whether a line that is none may stand among them: a cause, or what was left out.
  static func goesOn(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    let words: [StaticString] = ["Caused by: ", "Suppressed: ", " more", " common frames omitted"]
    return words.contains { text.firstOffset(of: $0, in: line.range) != nil }
  }

  /// Where a frame at an offset ends, behind its parenthesis.
  private static func end(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    guard text.has("at ", at: at, before: end), at + 3 < end, isIdentifierStart(text[at + 3]) else {
      return nil
    }
    let limit = min(end, at + longestName)
    var open = at + 3
    while open < limit, text[open] > 0x20, text[open] != UInt8(ascii: "(") { open += 1 }
    guard open < limit, text[open] == UInt8(ascii: "("),
      text.firstOffset(of: UInt8(ascii: "."), in: at + 3..<open) != nil,
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<limit)
    else { return nil }
    return JVMLocation.isNumberedFile(text, open + 1..<close) ? close + 1 : nil
  }

  /// Whether a frame of Python that is escaped stands in a range.
  static func hasEscapedCall(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: "File ", in: at..<range.upperBound) {
      if isEscapedCall(text, hit, range.upperBound) { return true }
      at = hit + 5
    }
    return false
  }

  /// `File "/x.py", line 3, in f` and an escaped line end behind it; its quotes may be escaped, too.
  private static func isEscapedCall(_ text: Span<UInt8>, _ anchor: Int, _ end: Int) -> Bool {
    guard text.has("File \"", at: anchor, before: end) || text.has("File \\\"", at: anchor, before: end),
      let comma = text.firstOffset(of: ", line ", in: anchor..<min(end, anchor + longestName))
    else { return false }
    var at = comma + 7
    guard at < end, isDigit(text[at]) else { return false }
    while at < end, isDigit(text[at]) { at += 1 }
    guard text.has(", in ", at: at, before: end) else { return false }
    at += 5
    let inName = [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ".")]
    while at < end, isWord(text[at]) || inName.contains(text[at]) { at += 1 }
    return text.has("\\n", at: at, before: end)
  }
}
