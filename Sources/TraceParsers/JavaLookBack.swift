internal import TraceBytes
internal import TraceModel

/// Finding the header of frames that were met first.
extension TraceParser {
  struct FoundHeader {
    var line: TextLine
    var header: JavaHeader
    /// Its message is longer than a message may be.
    var isUnbounded = false
  }

  /// The header above the line at `anchor`: the nearest line that opens an exception, at most
  /// `messageLines` lines and `messageBytes` bytes away and not beyond a log line.
  func javaHeader(_ text: Span<UInt8>, before anchor: Int, floor: Int) -> FoundHeader? {
    var at = anchor
    var second = SecondChoice()
    for distance in 0..<limits.messageLines {
      guard anchor - at <= limits.messageBytes, let line = line(before: at, floor: floor, text) else { break }
      let kind = LogLine.kind(text, line, scratch)
      if let header = acceptable(text, line, isLog: kind != nil, isAdjacent: distance == 0),
        !isNested(text, line, floor)
      {
        var found = FoundHeader(line: line, header: header)
        if let outer = above(text, line, anchor, floor)
          ?? quoting(text, found, isLog: kind != nil, anchor, floor)
        {
          found = outer
        }
        return second.isBehindDoubtful && !mayHoldDoubtful(text, found, floor) ? second.best : found
      }
      if distance == 0 {
        second = secondChoice(text, line, isLog: kind != nil)
      } else if let words = second.wording, let header = thrownWithoutPackage(text, line),
        words.line.indent > 0 || distance == 1 && words.line.kind == .other && header.value != nil
      {
        return FoundHeader(line: line, header: header)
      } else if second.labelled == nil, !second.isBehindDoubtful {
        second.labelled = behindWord(text, line, second) ?? behindOpenMark(text, line, second)
      }
      // Right above frames it is the logger's, if it may be one.
      let isLogger = kind == .sure || kind == .doubtful && distance == 0 && !isWholeText
      if isLogger, let whole = headerOfText(text, above: line, anchor, floor) { return whole }
      if isLogger || line.kind == .pythonFrame || line.kind == .javaFrame { return second.best }
      if line.kind == .javaLabel, table[0].kind == .javaLabel { return second.best }
      if kind == .doubtful { second.isBehindDoubtful = true }
      at = line.start
    }
    if second.isBehindDoubtful { return second.best }
    if let found = headerOfUnbounded(text, above: at, anchor, floor) { return found }
    var best = second.best
    // All that may be looked through is message.
    if anchor - at > limits.messageBytes, best?.header.type == nil { best?.isUnbounded = true }
    return best
  }

  /// The header that a whole text begins with, whose message the lines of a log below it are.
  private func headerOfText(_ text: Span<UInt8>, above log: TextLine, _ anchor: Int, _ floor: Int)
    -> FoundHeader?
  {
    guard isWholeText, floor == 0, anchor <= limits.messageBytes else { return nil }
    var at = log.start
    while let line = line(before: at, floor: 0, text) {
      if line.kind.isFrame || line.kind == .javaLabel { return nil }
      at = line.start
      guard at == 0 else { continue }
      let header = JavaHeader.parse(text, from: line.content, to: line.end)
      return header?.looksThrown(text) == true ? header.map { FoundHeader(line: line, header: $0) } : nil
    }
    return nil
  }

  /// Whether lines that begin with a level or a date alone may be of a header's message: its own line or the one above tells
  /// that the log's lines begin otherwise.
  private func mayHoldDoubtful(_ text: Span<UInt8>, _ found: FoundHeader, _ floor: Int) -> Bool {
    LogLine.kind(text, found.line, scratch) == .sure
      || found.header.start == found.line.content && isBelowSureLine(text, found.line.start, floor)
  }

  /// What is taken where no line above is a header, the better ones first.
  private struct SecondChoice {
    /// In the line directly above the frames.
    var adjacent: FoundHeader?
    /// Behind a word at the start of a line further up, or behind a mark in it that nothing closes.
    var labelled: FoundHeader?
    /// The words of the line directly above.
    var wording: FoundHeader?
    /// A line that may be a logger's stands between: a header further up needs proof that it is none.
    var isBehindDoubtful = false

    var best: FoundHeader? { adjacent ?? labelled ?? wording }

    /// Whether the line directly above the frames begins as a class is written.
    func namesClass(_ text: Span<UInt8>) -> Bool {
      wording?.header.type.map { (0x41...0x5A).contains(text[Int($0.start)]) } == true
    }
  }

  private func secondChoice(_ text: Span<UInt8>, _ line: TextLine, isLog: Bool) -> SecondChoice {
    if table[0].kind == .javaLabel { return SecondChoice(adjacent: aboveLabel(text, line)) }
    let adjacent =
      behindMark(text, line) ?? undotted(text, line) ?? (isLog ? behindLogger(text, line) : nil)
    let mayBeOwn = !isLog || isDerby(text, line)
    return SecondChoice(adjacent: adjacent, wording: mayBeOwn ? ownWording(text, line) : nil)
  }

  /// A header without a package at the start of a line, above lines of its message that are indented, or one that is not.
  private func thrownWithoutPackage(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    guard line.kind == .other, line.indent == 0,
      let header = JavaHeader.parse(text, from: line.content, to: line.end), !header.isDotted,
      header.saysThrown(text), let type = header.type, type.count > 5
    else { return nil }
    return header
  }

  /// The header of which the one that was found is the message's second line: it ends with a colon, or begins a text that is
  /// whole. A line of the log above proves nothing: two woven traces begin so, too.
  func announcing(_ text: Span<UInt8>, _ found: FoundHeader?, _ floor: Int) -> FoundHeader? {
    guard let found, found.header.start == found.line.content, found.line.indent == 0,
      let above = line(before: found.line.start, floor: floor, text), above.kind == .other, above.indent == 0,
      LogLine.kind(text, above, scratch) == nil,
      let header = JavaHeader.parse(text, from: above.content, to: above.end), header.looksThrown(text),
      !text.extracting(above.content..<above.end).isEqual(
        to: text.extracting(found.line.content..<found.line.end)),
      text.ends(above.content..<text.endWithoutBlanks(of: above.content..<above.end), with: ":")
        || above.start == 0 && isWholeText
    else { return nil }
    return FoundHeader(line: above, header: header)
  }

  /// The header of which the one that was found, in the middle of its line or without a class's name, is a part of the message:
  /// `bad SQL grammar [select 1]; nested exception is java.sql.SQLException: no`, `server.port: must not be null`. It begins
  /// its line or ends one of the log, says that it is thrown, and no other line of the log stands between, nor a blank one as
  /// a rule.
  private func quoting(
    _ text: Span<UInt8>, _ found: FoundHeader, isLog: Bool, _ anchor: Int, _ floor: Int
  ) -> FoundHeader? {
    guard !isLog, isWeak(text, found) else { return nil }
    let isNamed = namesCause(text, found)
    var at = found.line.start
    for _ in 0..<linesQuoted(text, found) {
      guard anchor - at <= limits.messageBytes, let line = line(before: at, floor: floor, text),
        line.kind == .other || line.kind == .blank && isNamed
      else { return nil }
      at = line.start
      let isLog = isLogLine(text, line)
      if let header = quotingHeader(text, line, isLog: isLog) {
        return FoundHeader(line: line, header: header)
      }
      if isLog { return nil }
    }
    return nil
  }

  private func quotingHeader(_ text: Span<UInt8>, _ line: TextLine, isLog: Bool) -> JavaHeader? {
    let header =
      isLog
      ? JavaHeader.find(text, in: line, isLogLine: true)
      : line.indent == 0 ? JavaHeader.parse(text, from: line.content, to: line.end) : nil
    return header?.looksThrown(text) == true ? header : nil
  }

  /// How many lines above may belong to the message: all of a message's where the words say that a cause stands here, fewer for
  /// the name of a property or an item of a list, and none for words of another kind.
  private func linesQuoted(_ text: Span<UInt8>, _ found: FoundHeader) -> Int {
    if namesCause(text, found) { return limits.messageLines }
    if !found.header.namesAClass(text) { return 16 }
    let words = found.line.content..<found.header.start
    return text.ends(words, with: "; ") || text.ends(words, with: "Error: ")
      || words.allSatisfy { !isLetter(text[$0]) }
      ? 8 : 0
  }

  /// Whether a header stands in the middle of its line or is no class's name.
  func isWeak(_ text: Span<UInt8>, _ found: FoundHeader) -> Bool {
    if text.has("Exception in thread ", at: found.line.content, before: found.line.end) { return false }
    return found.header.start > found.line.content || !found.header.namesAClass(text)
  }

  /// Whether the words before a header say that it is a cause's.
  private func namesCause(_ text: Span<UInt8>, _ found: FoundHeader) -> Bool {
    let words: [StaticString] = ["nested exception is ", "Cause: ", "caused by "]
    return words.contains { text.ends(found.line.content..<found.header.start, with: $0) }
  }

  private func behindWord(_ text: Span<UInt8>, _ line: TextLine, _ second: SecondChoice) -> FoundHeader? {
    guard line.kind == .other, let (header, isTrouble) = JavaHeader.behindWord(text, line),
      isTrouble || !second.namesClass(text) && table[0].kind != .javaLabel
    else { return nil }
    return FoundHeader(line: line, header: header)
  }

  /// A header behind a mark further up, where the line directly above the frames does not begin as a class is written.
  private func behindOpenMark(_ text: Span<UInt8>, _ line: TextLine, _ second: SecondChoice) -> FoundHeader? {
    guard line.kind == .other, !second.namesClass(text), let header = JavaHeader.behindOpenMark(text, line),
      text[header.start - 1] != UInt8(ascii: "]") || table[0].kind != .javaLabel
    else { return nil }
    return FoundHeader(line: line, header: header)
  }

  /// The header above a line of the log that another thread wrote between it and the first frame, at `anchor`. A line that
  /// ends with a colon announces the frames itself, and so may one that a header within a line of the log stands above.
  func interruptedHeader(_ text: Span<UInt8>, before anchor: Int, floor: Int) -> FoundHeader? {
    guard table[0].kind == .javaFrame || table[0].kind == .javaBadFrame,
      let line = line(before: anchor, floor: floor, text), isInterruption(text, line),
      !text.ends(line.content..<line.end, with: ":"),
      JavaHeader.find(text, in: line, isLogLine: true) == nil,
      let above = self.line(before: line.start, floor: floor, text), above.kind == .other, above.indent == 0,
      LogLine.kind(text, above, scratch) == nil,
      let header = JavaHeader.find(text, in: above, isLogLine: false), header.looksThrown(text)
    else { return nil }
    return FoundHeader(line: above, header: header)
  }

  /// The header of a message of more than `messageLines` lines, as far up as may be looked.
  private func headerOfUnbounded(_ text: Span<UInt8>, above start: Int, _ anchor: Int, _ floor: Int)
    -> FoundHeader?
  {
    var at = start
    while anchor - at <= limits.messageBytes, let line = line(before: at, floor: floor, text) {
      if isLogLine(text, line) || line.kind.isAnchor { return nil }
      if let header = JavaHeader.parse(text, from: line.content, to: line.end), header.looksThrown(text) {
        return FoundHeader(line: line, header: header, isUnbounded: true)
      }
      at = line.start
    }
    return nil
  }

  /// Whether frames come behind a message of more than `messageLines` lines, within twice as many: each header of a text may
  /// ask.
  mutating func frameBehindMessage(_ text: Span<UInt8>, from index: Int) -> Bool {
    var at = index
    while at < 2 * limits.messageLines, table.has(at, text),
      table[at].start - table[0].start <= limits.messageBytes
    {
      if table[at].kind == .javaFrame { return true }
      if table[at].kind.isAnchor || isLogLine(text, table[at]) { return false }
      at += 1
    }
    return false
  }

  /// The header of a line that is taken for that of the frames below it, whatever stands above.
  func acceptable(_ text: Span<UInt8>, _ line: TextLine, isLog: Bool, isAdjacent: Bool) -> JavaHeader? {
    if text.has("Assertion failed:", at: line.content, before: line.end), line.end - line.content <= 18 {
      // Groovy's drawing of what it asserted follows.
      return JavaHeader(type: nil, value: ByteRange(line.content, line.end))
    }
    let message = Self.message(ofUniformLog: text, line)
    guard line.kind == .other || line.kind == .pythonHeader,
      let header = JavaHeader.find(text, in: message ?? line, isLogLine: isLog && message == nil)
    else { return nil }
    if isAdjacent, header.isDotted { return header }
    return header.looksThrown(text) || header.start == line.content && header.namesAClass(text) ? header : nil
  }

  /// What GlassFish's log has behind the six fields of a line: `[#|time|level|product|logger|fields|message`.
  private static func message(ofUniformLog text: Span<UInt8>, _ line: TextLine) -> TextLine? {
    guard text.has("[#|", at: line.start, before: line.end) else { return nil }
    var at = line.start + 3
    for _ in 0..<5 {
      guard let bar = text.firstOffset(of: UInt8(ascii: "|"), in: at..<line.end) else { return nil }
      at = bar + 1
    }
    return TextLine(start: line.start, end: line.end, next: line.next, content: at, kind: line.kind)
  }

  /// `ERROR 42X05: Table 'X' does not exist.`: a state of SQL stands where a logger has its fields.
  private func isDerby(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard text.has("ERROR ", at: line.start, before: line.end), line.end - line.start > 13,
      text.has(": ", at: line.start + 11, before: line.end)
    else { return false }
    return (line.start + 6..<line.start + 11).allSatisfy {
      isDigit(text[$0]) || (0x41...0x5A).contains(text[$0])
    }
  }

  private func behindMark(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other else { return nil }
    return JavaHeader.behindMark(text, line).map { FoundHeader(line: line, header: $0) }
  }

  /// An exception whose class does not say that it is one, at the start of a log line's message.
  private func behindLogger(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other else { return nil }
    return JavaHeader.behindLogger(text, line).map { FoundHeader(line: line, header: $0) }
  }

  /// An exception without its package in the middle of the line directly above the frames.
  private func undotted(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other, let header = JavaHeader.undottedInline(text, line), header.start > line.content
    else {
      return nil
    }
    return FoundHeader(line: line, header: header)
  }

  /// What stands above a label that no frame comes before: nothing but a type without a package that says it is thrown.
  private func aboveLabel(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other, let header = JavaHeader.parse(text, from: line.content, to: line.end),
      header.saysThrown(text), let type = header.type, type.count > 5
    else { return nil }
    return FoundHeader(line: line, header: header)
  }

  /// JavaMail and RMI print the cause's header as part of the message, behind `nested exception is:`, Guice in a list of
  /// numbered errors, Mockito behind words of its own.
  private func isNested(_ text: Span<UInt8>, _ line: TextLine, _ floor: Int) -> Bool {
    let starts: [StaticString] = ["Underlying exception : ", "Internal Exception: ", "cause-exception "]
    if starts.contains(where: { text.has($0, at: line.content, before: line.end) }) { return true }
    if isNumbered(text, line) { return true }
    guard let above = self.line(before: line.start, floor: floor, text) else { return false }
    let words = above.content..<text.endWithoutBlanks(of: above.content..<above.end)
    return text.ends(words, with: "ested exception is:")
  }

  /// `2) Error injecting constructor, java.io.IOException: no`, but not `2) java.io.IOException: no`.
  private func isNumbered(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    var digits = line.content
    while digits < line.end, isDigit(text[digits]) { digits += 1 }
    guard digits > line.content, text.has(") ", at: digits, before: line.end) else { return false }
    return JavaHeader.parse(text, from: digits + 2, to: line.end)?.isDotted != true
  }

  /// The header right above lines that are all indented, as `line` is: they list the exceptions that its message is about,
  /// as those of JUnit's `MultipleFailuresError`.
  private func above(_ text: Span<UInt8>, _ line: TextLine, _ anchor: Int, _ floor: Int) -> FoundHeader? {
    guard line.indent > 0 else { return nil }
    var at = line.start
    for _ in 0..<limits.messageLines {
      guard anchor - at <= limits.messageBytes, let above = self.line(before: at, floor: floor, text),
        above.kind == .other
      else { return nil }
      at = above.start
      guard above.indent < line.indent else { continue }
      guard let header = JavaHeader.parse(text, from: above.content, to: above.end), header.looksThrown(text)
      else { return nil }
      return FoundHeader(line: above, header: header)
    }
    return nil
  }

  /// What the line directly above the frames says where no line above looks like a header: a type without
  /// a package, or an own `toString()`.
  private func ownWording(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other, line.end - line.content <= 1024, !isOfJSON(text, line) else { return nil }
    let header = JavaHeader.find(text, in: line, isLogLine: false).flatMap { found -> JavaHeader? in
      guard found.start == line.content, line.indent == 0 || found.saysThrown(text) else { return nil }
      return found.behindLowerWord(text, line) ?? (found.isPlainWord(text) ? nil : found)
    }
    return FoundHeader(
      line: line, header: header ?? JavaHeader(type: nil, value: ByteRange(line.content, line.end)))
  }

  /// Whether a line is one of a document's.
  private func isOfJSON(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let first = text[line.content]
    return first == UInt8(ascii: "\"") || first == UInt8(ascii: "}")
      || text.has("{\"", at: line.content, before: line.end)
  }

  /// A trace whose message is another one as it was printed, its header behind the own one: that one ends with frames left out
  /// and a blank line, and the own frames follow. Parses it anew, or gives nil.
  mutating func traceInMessage(
    _ text: Span<UInt8>, _ found: FoundHeader?, _ next: Int, _ context: ParseContext
  ) -> ParseOutcome? {
    guard let found, let value = found.header.value, trace.exceptions.count > 1,
      holdsHeader(text, value),
      let frame = (3..<max(3, next)).first(where: {
        table[$0].kind == .javaFrame && table[$0 - 1].kind == .blank && table[$0 - 2].kind == .javaMore
      })
    else { return nil }
    return parseJava(text, from: found.line, header: found.header, messageTo: table[frame].start, context)
  }

  /// Whether a message begins with a header, or ends with one on its first line.
  private func holdsHeader(_ text: Span<UInt8>, _ value: ByteRange) -> Bool {
    if JavaHeader.parse(text, from: Int(value.start), to: Int(value.end))?.isDotted == true { return true }
    var at = Int(value.start)
    let limit = min(Int(value.end), at + 4096)
    while let colon = text.firstOffset(of: ": ", in: at..<limit) {
      at = colon + 2
      if JavaHeader.parse(text, from: at, to: Int(value.end))?.looksThrown(text) == true { return true }
    }
    return false
  }

  /// A trace whose message holds another whole trace: a header directly above the one that was taken, and
  /// frames again behind the text that follows. Parses it from there, or gives nil.
  mutating func outerHeader(
    _ text: Span<UInt8>, _ found: FoundHeader?, _ next: Int, _ context: ParseContext
  ) -> ParseOutcome? {
    guard let found, found.header.start == found.line.content, table.has(next, text),
      let above = line(before: found.line.start, floor: context.floor, text),
      let header = outerHeader(text, above),
      let frame = frameBehind(text, next)
    else { return nil }
    return parseJava(text, from: above, header: header, messageTo: table[frame].start, context)
  }

  /// The header of a line whose message may go on below: at the line's start, or at the end of one of the log.
  private func outerHeader(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    let isLog = isLogLine(text, line)
    guard !isLog || text.ends(line.content..<line.end, with: ":"),
      let header = JavaHeader.find(text, in: line, isLogLine: isLog)
    else { return nil }
    return (isLog ? header.looksThrown(text) : header.namesAClass(text)) ? header : nil
  }

  /// Parses again from a header above, whose message is all that stands before the frame at `target`.
  mutating func parseJava(
    _ text: Span<UInt8>, from above: TextLine, header: JavaHeader, messageTo target: Int,
    _ context: ParseContext
  ) -> ParseOutcome {
    table.reset(at: above.start, end: context.end, isFinal: context.isFinal)
    var index = 0
    while table.has(index, text), table[index].start < target { index += 1 }
    let last = parseJava(text, header: header, messageEnd: index)
    finish(text, lines: last, context: context)
    return .trace
  }

  /// The first frame behind text that no logger wrote, or nil.
  mutating func frameBehind(_ text: Span<UInt8>, _ first: Int) -> Int? {
    var at = first
    while at - first < limits.messageLines, table.has(at, text) {
      let line = table[at]
      if line.kind == .javaFrame { return at > first ? at : nil }
      guard line.kind == .other || line.kind == .blank, !isLogLine(text, line) else { return nil }
      if let header = JavaHeader.parse(text, from: line.content, to: line.end), header.isDotted { return nil }
      at += 1
    }
    return nil
  }
}
