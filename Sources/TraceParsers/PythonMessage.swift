internal import TraceBytes
internal import TraceModel

/// The exception line and its message of several lines.
extension TraceParser {
  /// Reads the exception line at `index`.
  /// - Parameter isAlone: neither header nor frame stands above, as for an exception without traceback.
  /// - Returns: index of the first line behind its message, or nil when the line is none.
  mutating func exceptionLine(
    _ text: Span<UInt8>, at index: Int, _ margin: Margin, exception: Int, isAlone: Bool
  ) -> Int? {
    guard table.has(index, text), let line = content(text, index, margin), line.kind != .blank,
      line.indent <= margin.base || isAlone || margin.base == 0 && line.indent < 2
    else { return nil }
    // `Error: Traceback (most recent call last):` is an exception line whose message says so.
    if line.kind == .pythonHeader, isAlone || PythonHeader.find(text, line)?.start == line.content {
      return nil
    }
    guard let parsed = PythonException.parse(text, from: line.content, to: line.end),
      parsed.value != nil || !isCutMarker(text, line)
    else { return nil }
    if !margin.isBox, isLogLine(text, line) { return nil }
    trace.exceptions[exception].type = parsed.type
    trace.exceptions[exception].value = parsed.value
    dropSyntaxPlace(text, parsed.type, exception)
    let isBare = Int(parsed.type.end) == line.end && !margin.isBox && !separatorAhead(text, index, margin)
    // A message stands behind a colon; what else may follow are notes.
    let next = isBare && hasTextBehind(text, index) ? index + 1 : messageEnd(text, from: index, line, margin)
    takeMessage(text, from: index, to: next, margin, exception, parsed)
    dropMarkup(text, exception)
    return next
  }

  /// Whether the input does not end with a line and the blank ones behind it.
  private mutating func hasTextBehind(_ text: Span<UInt8>, _ index: Int) -> Bool {
    behindBlanks(text, index + 1, Margin()) != nil
  }

  /// What closes the character data and the element of a page or a report behind a message is no part of it.
  private mutating func dropMarkup(_ text: Span<UInt8>, _ exception: Int) {
    guard let value = trace.exceptions[exception].value,
      let close = text.firstOffset(of: "]]></", in: value.range)
    else { return }
    trace.exceptions[exception].value = ByteRange(Int(value.start), close)
  }

  /// The last `File "x", line 3` of a syntax error is the error's place and no frame.
  private mutating func dropSyntaxPlace(_ text: Span<UInt8>, _ type: ByteRange, _ exception: Int) {
    guard let last = trace.frames.last, last.function == nil, !trace.exceptions[exception].frames.isEmpty
    else { return }
    let names: [StaticString] = ["SyntaxError", "IndentationError", "TabError"]
    guard names.contains(where: { text.ends(type.range, with: $0) }) else { return }
    trace.removeLastFrame(of: exception, in: text)
  }

  private mutating func takeMessage(
    _ text: Span<UInt8>, from index: Int, to next: Int, _ margin: Margin, _ exception: Int,
    _ parsed: PythonException
  ) {
    let hasMore = next > index + 1
    let holdsJava = parsed.value.map {
      JavaHeader.parse(text, from: Int($0.start), to: Int($0.end))?.isDotted == true
    }
    guard hasMore else { return }
    // The lines of notes (3.11) look like the message's own.
    trace.flags.insert(.possibleNotes)
    let end = content(text, next - 1, margin)?.end ?? table[next - 1].end
    let value = ByteRange(parsed.value.map { Int($0.start) } ?? valueStart(text, index, margin, parsed), end)
    trace.exceptions[exception].value = value
    trace.exceptions[exception].valueMargin = margin.isBox ? margin.column + 2 : 0
    if !margin.isBox, holdsJava == true || hasAnchor(text, in: value) { noteCarrier(exception, value) }
  }

  /// Where a value starts whose first line is empty: at that line's end behind a colon (the message begins
  /// with a line break), else with the next line.
  private mutating func valueStart(
    _ text: Span<UInt8>, _ index: Int, _ margin: Margin, _ parsed: PythonException
  ) -> Int {
    guard let line = content(text, index, margin), Int(parsed.type.end) < line.end else {
      return table[index + 1].start
    }
    return line.end
  }

  /// The first line behind the message that starts at `index` (trace-formats.md, section 3.1).
  private mutating func messageEnd(_ text: Span<UInt8>, from index: Int, _ first: TextLine, _ margin: Margin)
    -> Int
  {
    var state = MessageState(endsWithColon: announces(text, first))
    state.holdsJava = JavaHeader.find(text, in: first, isLogLine: true)?.namesAClass(text) == true
    var at = index + 1
    while table.has(at, text) {
      if margin.isBox, content(text, at, margin) == nil, let next = behindBareLines(text, at, margin) {
        at = next
        continue
      }
      guard let line = content(text, at, margin), !endsMessage(text, line, at, margin, &state) else {
        return withoutBlanks(text, at, index, margin)
      }
      if at - index >= limits.messageLines || line.start - first.start > limits.messageBytes {
        trace.flags.insert(.messageEndGuessed)
        trace.flags.insert(.messageTruncated)
        return at
      }
      at += 1
    }
    trace.flags.insert(.messageEndGuessed)
    return withoutBlanks(text, at, index, margin)
  }

  /// 3.11 and 3.12 print the further lines of a message in a box without its margin. They belong to it
  /// if the box goes on behind them.
  /// - Returns: index of the first line behind them that has the margin.
  mutating func behindBareLines(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Int? {
    var at = index
    while at - index < limits.messageLines, table.has(at, text) {
      let line = table[at]
      if line.kind == .margin, line.indent <= margin.column, line.indent >= margin.column - 2 {
        return at > index ? at : nil
      }
      if isLogLine(text, line) || line.kind == .pythonHeader || line.kind == .javaFrame { return nil }
      at += 1
    }
    return nil
  }

  struct MessageState {
    /// The line before introduces what follows.
    var endsWithColon = false
    /// A trace stands in the message, so its frames belong to it.
    var holdsJava = false
    var holdsPython = false
    /// A page began in the message, whose tags close there.
    var holdsPage = false
  }

  /// Blank lines before the end belong to nobody.
  private mutating func withoutBlanks(_ text: Span<UInt8>, _ end: Int, _ index: Int, _ margin: Margin) -> Int
  {
    var at = end
    while at > index + 1, (content(text, at - 1, margin) ?? table[at - 1]).kind == .blank { at -= 1 }
    return at
  }

  private mutating func endsMessage(
    _ text: Span<UInt8>, _ line: TextLine, _ index: Int, _ margin: Margin, _ state: inout MessageState
  ) -> Bool {
    defer {
      if line.kind != .blank { state.endsWithColon = announces(text, line) }
    }
    switch line.kind {
    case .pythonSeparator: return line.indent <= margin.base && leadsOn(text, index, margin)
    case .pythonHeader:
      if isBehindSameWords(text, line) { return true }
      state.holdsPython = state.holdsPython || state.endsWithColon || line.indent > margin.base
      return !state.holdsPython && !opensRemote(text, line, behind: table[index - 1], &state)
    case .javaFrame, .javaBadFrame: return !state.holdsJava
    case .javaMore, .javaLabel: return !state.holdsJava && line.kind == .javaLabel
    case .blank: return endsAtBlank(text, index, margin, state)
    case .margin:
      return !margin.isBox
        && (isBoxHeader(text, line) || text.has("+-+---", at: line.content, before: line.end))
    case .pythonFrame: return !margin.isBox && isSyntaxError(text, line, index)
    case .pythonFaultFrame, .javaLock, .pythonRepeat: return false
    case .other: return isNextField(text, line) || endsAtText(text, line, index, margin, &state)
    }
  }

  /// Whether the same words stand before a header as before the region's own, as the name of a column: it is the next one's.
  private func isBehindSameWords(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let own = PythonHeader.find(text, table[0]), own.start > table[0].content,
      let other = PythonHeader.find(text, line), other.start - line.start == own.start - table[0].start
    else { return false }
    return text.extracting(line.start..<other.start).isEqual(to: text.extracting(table[0].start..<own.start))
  }

  /// Whether a traceback is the one of another process that the message is about, and the only one: torch calls it the original one, Spark
  /// announces it, and Py4J writes the header of the JVM's trace before it.
  private func opensRemote(
    _ text: Span<UInt8>, _ line: TextLine, behind above: TextLine, _ state: inout MessageState
  ) -> Bool {
    if text.has(": ", at: line.content, before: line.end), javaStart(text, line)?.namesAClass(text) == true {
      state.holdsJava = true
      state.holdsPython = true
      return true
    }
    if text.firstOffset(of: "<pre>Traceback (", in: line.content..<line.end) != nil {
      state.holdsPage = true
      return true
    }
    return text.has("Original Traceback (", at: line.content, before: line.end)
      || text.ends(above.content..<above.end, with: "see the stack trace below.")
  }

  /// Whether the place of a syntax error of its own stands here, as an interactive session prints one without a header.
  private mutating func isSyntaxError(_ text: Span<UInt8>, _ line: TextLine, _ index: Int) -> Bool {
    guard let (frame, _) = table.pythonFrame(text, line), frame.function == nil else { return false }
    let names: [StaticString] = ["SyntaxError: ", "IndentationError: ", "TabError: "]
    for at in (index + 1)...(index + 3) {
      guard table.has(at, text) else { return false }
      let next = table[at]
      if next.indent <= line.indent - 2 {
        return names.contains { text.has($0, at: next.content, before: next.end) }
      }
    }
    return false
  }

  /// A blank line ends the message unless a sentence, an indented line or an introduced trace follows.
  private mutating func endsAtBlank(
    _ text: Span<UInt8>, _ index: Int, _ margin: Margin, _ state: MessageState
  ) -> Bool {
    var at = index + 1
    while at < index + 4, table.has(at, text), let next = content(text, at, margin) {
      if next.kind != .blank {
        if next.kind == .pythonSeparator { return leadsOn(text, at, margin) }
        if margin.isBox { return false }
        if next.kind == .javaFrame { return !state.holdsJava }
        if next.kind == .pythonHeader { return !(state.endsWithColon || next.indent > margin.base) }
        if isNextField(text, next) { return true }
        let goesOn =
          next.indent > margin.base || isRemoteTitle(text, next) || isStatement(text, next)
          || state.holdsJava && (JavaLabel.parse(text, next)?.header != nil || isDriverTitle(text, next))
        if goesOn || isWholeText || separatorAhead(text, at, margin) { return false }
        if !isLogLine(text, next) { trace.flags.insert(.messageEndGuessed) }
        return true
      }
      at += 1
    }
    return !margin.isBox
  }

  /// What SQLAlchemy writes behind the driver's own message, which ends with a line end.
  private func isStatement(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let type = trace.exceptions.last?.type,
      text.has("sqlalchemy.", at: Int(type.start), before: Int(type.end))
    else { return false }
    return text.has("[SQL: ", at: line.content, before: line.end)
  }

  /// What RPyC, Ray and torch write above what they say of the other side, and TensorFlow above a node's own stack.
  private func isRemoteTitle(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    for title in Self.remoteTitles where text.has(title, at: line.content, before: line.end) { return true }
    return false
  }

  private static let remoteTitles: [StaticString] = [
    "========= Remote Traceback (", "ray::", "\u{1B}[36mray::", "-- Process ", "Detected at node ",
  ]

  /// Spark's title of the driver's own stack, behind that of the executor.
  private func isDriverTitle(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    text.has("Driver stacktrace:", at: line.content, before: line.end)
  }

  /// Whether a block stands behind the sentence at `index`; without one it is just text. At the end of
  /// the input it may have been cut off.
  private mutating func leadsOn(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Bool {
    guard let next = behindBlanks(text, index + 1, margin) else { return true }
    let line = content(text, next, margin) ?? table[next]
    return line.kind == .pythonHeader || line.kind == .pythonFrame || opensBox(text, next)
      || !margin.isBox && LogLine.kind(text, line, scratch) == .sure || ipythonType(text, line) != nil
      || PythonException.parse(text, from: line.content, to: line.end) != nil
  }

  /// Whether a chain's sentence with a block behind it comes before anything that is not message: then
  /// all before it is message.
  private mutating func separatorAhead(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Bool {
    var at = index
    while at - index < 50, table.has(at, text), let line = content(text, at, margin) {
      switch line.kind {
      case .pythonSeparator:
        guard let next = behindBlanks(text, at + 1, margin), let block = content(text, next, margin) else {
          return false
        }
        return block.kind == .pythonHeader || opensBox(text, next)
      case .pythonHeader, .pythonFrame, .javaFrame, .javaLabel, .margin: return false
      default: if !margin.isBox, isLogLineInMessage(text, line) { return false }
      }
      at += 1
    }
    return false
  }

  /// Lines that announce the next traceback: what a thread, a callback or a hook prints before it.
  private mutating func isAnnouncement(_ text: Span<UInt8>, _ line: TextLine, _ index: Int) -> Bool {
    let words: [StaticString] = [
      "Exception in ", "Process ", "Exception ignored ", "Error in ", "Original exception was:",
      "Unhandled error in ", "Internal Server Error: ",
      "Task exception was never retrieved", "Future exception was never retrieved", "--- Logging error ---",
    ]
    guard words.contains(where: { text.has($0, at: line.content, before: line.end) }),
      javaStart(text, line) == nil
    else { return false }
    // Twisted leaves a line free.
    let isTwisted = text.has("Unhandled error in ", at: line.content, before: line.end)
    for at in (index + 1)..<(index + 4) {
      guard table.has(at, text) else { return false }
      if isTwisted, at == index + 1, table[at].kind == .blank { continue }
      guard table[at].kind != .blank else { return false }
      if table[at].kind == .pythonHeader || isBoxHeader(text, table[at]) || isStackTitle(text, table[at]) {
        return true
      }
    }
    return false
  }

  /// pytest's title of the next test or section: a word between two runs of the same mark.
  private func isTitle(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard Self.isPytestTitle(text, line) else { return false }
    let mark = text[line.start]
    return (1...4).allSatisfy { text[line.end - $0] == mark }
  }

  /// What a CI system writes between the outputs of its steps, and YARN behind that of a container.
  private func isStepMark(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let marks: [StaticString] = [
      "##[", "##teamcity[", "section_start:", "section_end:", "[Pipeline] ", "fatal: [", "failed: [",
      "End of LogType:",
    ]
    return line.indent == 0 && marks.contains { text.has($0, at: line.content, before: line.end) }
  }

  /// What `warnings` prints: `/srv/app.py:23: DeprecationWarning: no`.
  private func isWarning(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.indent == 0,
      let word = text.firstOffset(of: "Warning: ", in: line.content..<min(line.end, line.content + 512)),
      let place = text.lastOffset(of: UInt8(ascii: " "), in: line.content..<word),
      place > line.content + 4, text[place - 1] == UInt8(ascii: ":")
    else { return false }
    var at = place - 1
    while at > line.content, isDigit(text[at - 1]) { at -= 1 }
    return at < place - 1 && text.ends(line.content..<at, with: ".py:")
  }

  private mutating func endsAtText(
    _ text: Span<UInt8>, _ line: TextLine, _ index: Int, _ margin: Margin, _ state: inout MessageState
  ) -> Bool {
    if margin.isBox { return false }
    if isRemoteTitle(text, line) {
      state.holdsPython = true
      return false
    }
    if isLogLine(text, line, base: margin.base) {
      return isLogLineInMessage(text, line) || !separatorAhead(text, index, margin)
    }
    if !state.endsWithColon, LogLine.hasPlainLevel(text, line) || LogLine.hasKeys(text, line, scratch),
      isAlike(text, line)
    {
      return !separatorAhead(text, index, margin)
    }
    if !state.endsWithColon, isOfLogAbove(text, line) { return !separatorAhead(text, index, margin) }
    if isStepMark(text, line) || isWarning(text, line) || isAnnouncement(text, line, index) { return true }
    if !state.endsWithColon, !state.holdsJava, !state.holdsPython,
      holdsEscapedTrace(text, line) || endsQuotation(text, line)
    {
      return !separatorAhead(text, index, margin)
    }
    if isStackTitle(text, line), table.has(index + 1, text), table[index + 1].kind == .pythonFrame {
      return true
    }
    if isRule(text, line) || !state.holdsPage && closesReport(text, line) || ipythonType(text, line) != nil
      || isTitle(text, line)
    {
      return true
    }
    if isRemote(text, line), table.has(index + 1, text), isQuotes(text, table[index + 1]) { return true }
    if text.firstOffset(of: "<pre>", in: line.content..<line.end) != nil {
      state.holdsPage = true
      state.holdsJava = state.holdsJava || JavaHeader.behindMark(text, line) != nil
    }
    guard let header = javaStart(text, line) else { return false }
    if line.indent == margin.base || line.indent == 0, !text.has(": ", at: line.content, before: line.end),
      !state.endsWithColon, isConfirmed(text, index)
    {
      return true
    }
    if header.namesAClass(text) { state.holdsJava = true }
    return false
  }

  /// What a shell of Python writes before the next line that is typed, and a document behind a quotation. The place of a syntax
  /// error, which a shell writes behind its prompt, would be found by nobody.
  private func endsQuotation(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let marks: [StaticString] = [">>> ", "~~~", "{code}"]
    return line.indent == 0 && marks.contains { text.has($0, at: line.content, before: line.end) }
      && text.firstOffset(of: "File \"", in: line.content..<line.end) == nil
  }

  /// Whether a trace stands in the line with its line ends escaped, which is a record of its own: nobody would find it in a message.
  private func holdsEscapedTrace(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let marks: [StaticString] = [#"\n\tat "#, #"\n  File \""#, #"\n  File ""#]
    return marks.contains { text.firstOffset(of: $0, in: line.content..<line.end) != nil }
  }

  /// Whether the region's first line or the one above it begins as this line of a console's does.
  private func isAlike(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let regionFloor else { return false }
    let above = self.line(before: table[0].start, floor: regionFloor, text)
    if LogLine.hasPlainLevel(text, line) { return above.map { LogLine.hasPlainLevel(text, $0) } == true }
    return LogLine.hasKeys(text, table[0], scratch)
      || above.map { LogLine.hasKeys(text, $0, scratch) } == true
  }

  /// Whether a line begins as those above the region do (trace-formats.md, 3.1b), whose shape `LogLine` does not know: what it
  /// knows ends a message without them.
  private func isOfLogAbove(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let regionFloor, line.indent <= 1 || line.indent == table[0].indent, LineShape.tells(text, line)
    else {
      return false
    }
    if let header = PythonHeader.find(text, table[0]), header.start > table[0].content + 3,
      LineShape.isSame(text, table[0], line)
    {
      return true
    }
    var start = table[0].start
    for _ in 0..<Self.linesAbove {
      guard let above = shortLine(before: start, floor: regionFloor, text),
        above.kind == .blank || LogLine.kind(text, above, scratch) == nil
      else { return false }
      if above.kind != .blank, LineShape.isSame(text, above, line) { return true }
      start = above.start
    }
    return false
  }

  /// The line above an offset, or nil where it is longer than log lines are as a rule.
  private func shortLine(before offset: Int, floor: Int, _ text: Span<UInt8>) -> TextLine? {
    let reach = offset - 1 - Self.longestAbove
    if reach > floor, text.lastOffset(of: 0x0A, in: reach..<offset - 1) == nil { return nil }
    return line(before: offset, floor: floor, text)
  }

  private static let longestAbove = 4096
  /// So many lines above are compared: a tool's output may stand right above a trace in a log.
  private static let linesAbove = 3

  /// Whether a line closes what a test report or a page holds output in.
  private func closesReport(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let tags: [StaticString] = [
      "]]>", "</system-err>", "</system-out>", "</failure>", "</error>", "</testcase>", "</pre>",
    ]
    return tags.contains { text.has($0, at: line.content, before: line.end) }
  }

  private func javaStart(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    guard let header = JavaHeader.find(text, in: line, isLogLine: false), header.isDotted else { return nil }
    let isThread = text.has("Exception in thread \"", at: line.content, before: line.end)
    return header.start == line.content || isThread || text.has(": ", at: line.content, before: line.end)
      ? header : nil
  }

  /// Whether a JVM frame follows the header at `index` before anything that ends a message.
  mutating func isConfirmed(_ text: Span<UInt8>, _ index: Int) -> Bool {
    var at = index + 1
    while at - index < limits.messageLines, table.has(at, text) {
      let line = table[at]
      switch line.kind {
      case .javaFrame, .javaMore: return true
      case .javaLabel: return true
      case .pythonFrame, .pythonSeparator:
        if text.firstOffset(of: "Traceback (", in: table[index].content..<table[index].end) == nil {
          return false
        }
      case .pythonHeader, .blank, .javaBadFrame, .javaLock, .pythonRepeat, .margin, .pythonFaultFrame: break
      case .other: if isLogLine(text, line) { return false }
      }
      at += 1
    }
    return false
  }
}
