internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Frames that nothing takes out of what is around them. They are reported, however little is known of their layout: a trace that
/// is lost without a word is worse than one that cannot be read (trace-formats.md, section 6).
///
/// What looks like a frame is taken for one where prose has none: with a file's name and a line, behind a tab that an exception or
/// nothing precedes, or on two lines below each other.
extension TraceScanner {
  /// The report of the frames at an anchor that came to nothing; nil where there are none, or where more comes of those below.
  mutating func unread(_ text: Span<UInt8>, _ scope: ScanScope) -> ParseOutcome? {
    guard let report = reported(text, scope) else { return nil }
    guard case .failure(let failure) = report else { return report }
    var below = scope
    for _ in 0..<UnreadFrame.anchorsBelow {
      let lineEnd = text.firstOffset(of: 0x0A, in: below.anchor..<scope.end).map { $0 + 1 } ?? scope.end
      below.anchor = Gate.nextOnLine(text.extracting(0..<scope.end), from: lineEnd)
      guard below.anchor < Int(failure.region.end) else { break }
      switch resolve(text, below) {
      case .parsed(.none): continue
      case .parsed(.needsMore):
        (pendingEnd, pendingKey) = (nil, nil)
        return .needsMore(from: Int(failure.region.start))
      default: return nil
      }
    }
    return report
  }

  private func reported(_ text: Span<UInt8>, _ scope: ScanScope) -> ParseOutcome? {
    guard
      let line = LineSpan(
        text, around: scope.anchor, floor: scope.floor, end: scope.end, isFinal: scope.isFinal),
      !scope.position.streams.contains(where: { $0.end > line.start })
    else { return nil }
    if UnreadFrame.isEscapedCall(text, scope.anchor, line.end) {
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
    guard frames > 1 || frame.isBehindTab || frame.isOfOneLine(text, line, scope.anchor) else { return nil }
    switch isBeforeFrame(text, end, scope) {
    case nil: return .needsMore(from: line.start)
    case true?: return nil
    case false?:
      return report(.java, "frames behind something that could not be taken off", text, line.start..<end)
    }
  }

  /// Whether another frame or the label of a cause stands within a few lines: who reads those may read what is above them, as a
  /// message or as bad frames. Nil where they are not there yet.
  private func isBeforeFrame(_ text: Span<UInt8>, _ start: Int, _ scope: ScanScope) -> Bool? {
    var at = start
    for _ in 0..<UnreadFrame.linesBehind where at < scope.end {
      guard let line = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else { return nil }
      if UnreadFrame.isIn(text, line) || UnreadFrame.isLabel(text, line) { return true }
      at = line.next
    }
    return at == scope.end && !scope.isFinal ? nil : false
  }

  private func report(
    _ platform: Platform, _ detail: String, _ text: Span<UInt8>, _ region: Range<Int>
  ) -> ParseOutcome {
    let endsWithLine = text[region.upperBound - 1] == 0x0A
    let lines = text.occurrences(of: 0x0A, in: region) + (endsWithLine ? 0 : 1)
    return .failure(
      ParseFailure(
        platform: platform, reason: .unsupportedFormat, detail: detail,
        region: ByteRange(region.lowerBound, region.upperBound), lines: lines))
  }
}

/// `at name.name(File.java:12)`, whatever stands around it.
private struct UnreadFrame {
  /// The byte before `at`.
  let before: UInt8
  /// Whether nothing but a tab, or what stands for one, is before it on its line.
  let isBehindTab: Bool

  /// How far a region reaches, in bytes.
  static let reach = 64 << 10
  /// How many of the anchors in it are asked once more.
  static let anchorsBelow = 16
  /// How many lines behind it are looked at.
  static let linesBehind = 8
  private static let longestName = 512

  init?(_ text: Span<UInt8>, _ anchor: Int, _ line: LineSpan) {
    guard anchor > line.start, let mark = Self.mark(text, anchor, line),
      text.firstOffset(of: "Caller+", in: line.start..<anchor) == nil
    else { return nil }
    before = text[anchor - 1]
    isBehindTab = mark == .tab
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
    guard at > line.start, end(text, at, line.end) != nil else { return nil }
    if (line.start..<at).allSatisfy({ isBlank(text[$0]) }) { return text[at - 1] == 0x09 ? .tab : nil }
    let start = tabStart(text, at, line.start)
    guard start == line.start || !isWord(text[start - 1]) else { return nil }
    // A string of a program stands behind blanks or a name, one that was logged behind a time or brackets.
    let isQuoted = start > line.start && (text[start - 1] == UInt8(ascii: "\"") || text[start - 1] == 0x27)
    let isLogged = isDigit(text[line.start]) || text[line.start] == UInt8(ascii: "[")
    return isQuoted && !isLogged ? nil : .other
  }

  /// Whether an exception stands before it on its line or a cause behind it, and a mark other than a blank between them.
  func isOfOneLine(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    before != 0x20
      && (ClassName.isThrown(text, in: line.start..<anchor)
        || text.firstOffset(of: "Caused by: ", in: anchor..<line.end) != nil)
  }

  /// Whether a line has such a frame, too, behind the same byte.
  func isAlike(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    var at = line.start
    while let hit = text.firstOffset(of: "at ", in: at..<line.end) {
      if let mark = Self.mark(text, hit, line), text[hit - 1] == before {
        return (mark == .tab) == isBehindTab
      }
      at = hit + 3
    }
    return false
  }

  /// Whether a line has a frame, whatever stands before it.
  static func isIn(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    var at = line.start
    while let hit = text.firstOffset(of: "at ", in: at..<line.end) {
      if end(text, hit, line.end) != nil { return true }
      at = hit + 3
    }
    return false
  }

  /// Whether a line begins with what stands before a cause.
  static func isLabel(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard let start = line.range.first(where: { !isBlank(text[$0]) }) else { return false }
    return text.has("Caused by: ", at: start, before: line.end)
      || text.has("Suppressed: ", at: start, before: line.end)
  }

  /// Whether a line that is none may stand among them: a cause behind the same mark, or what was left out.
  static func goesOn(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    let words: [StaticString] = ["Caused by: ", "Suppressed: ", " more", " common frames omitted"]
    return !isLabel(text, line) && words.contains { text.firstOffset(of: $0, in: line.range) != nil }
  }

  /// Where a frame at an offset ends, behind its parenthesis.
  private static func end(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    guard text.has("at ", at: at, before: end) else { return nil }
    let limit = min(end, at + longestName)
    var open = at + 3
    while open < limit, text[open] > 0x20, text[open] != UInt8(ascii: "(") { open += 1 }
    guard open < limit, text[open] == UInt8(ascii: "("),
      text.firstOffset(of: UInt8(ascii: "."), in: at + 3..<open) != nil,
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<limit)
    else { return nil }
    return isNumberedFile(text, open + 1..<close) ? close + 1 : nil
  }

  /// `File.java:12`, in any of the JVM's languages.
  private static func isNumberedFile(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard JVMLocation.isOne(text, range),
      let colon = text.lastOffset(of: UInt8(ascii: ":"), in: range)
    else { return false }
    let endings: [StaticString] = [".java", ".kt", ".scala", ".groovy", ".clj"]
    return endings.contains { text.ends(range.lowerBound..<colon, with: $0) }
  }

  /// `File "/x.py", line 3, in f` and an escaped line end behind it; its quotes may be escaped, too.
  static func isEscapedCall(_ text: Span<UInt8>, _ anchor: Int, _ end: Int) -> Bool {
    guard text.has("File \"", at: anchor, before: end) || text.has("File \\\"", at: anchor, before: end),
      let comma = text.firstOffset(of: ", line ", in: anchor..<min(end, anchor + longestName))
    else { return false }
    var at = comma + 7
    guard at < end, isDigit(text[at]) else { return false }
    while at < end, isDigit(text[at]) { at += 1 }
    guard text.has(", in ", at: at, before: end) else { return false }
    at += 5
    while at < end,
      isWord(text[at]) || text[at] == UInt8(ascii: "<") || text[at] == UInt8(ascii: ">")
        || text[at] == UInt8(ascii: ".")
    {
      at += 1
    }
    return text.has("\\n", at: at, before: end)
  }
}
