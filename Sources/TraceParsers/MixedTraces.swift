internal import TraceBytes
internal import TraceModel

/// Where the two languages meet, and the places where a Python region starts above its anchor.
extension TraceParser {
  /// A JVM exception whose message is a traceback: the type stands on the header's own line, and frames
  /// of the JVM follow (trace-formats.md, section 4).
  mutating func javaAroundPython(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome? {
    let line = table[0]
    guard line.kind == .pythonHeader, let python = PythonHeader.find(text, line),
      python.start > line.content + 4,
      text.has(": ", at: python.start - 2, before: line.end) || python.start > line.content + 16,
      let header = JavaHeader.find(text, in: line, isLogLine: isLogLine(text, line)),
      header.namesAClass(text) || text.has("Exception in thread \"", at: line.content, before: line.end),
      header.start < python.start, let type = header.type, Int(type.end) < python.start
    else { return nil }
    let next = parseJava(text, header: header, messageEnd: nil)
    guard !trace.frames.isEmpty else { return nil }
    finish(text, lines: next, context: context)
    return .trace
  }

  /// JVM frames directly behind a traceback make it the message of the header above it, if there is one.
  mutating func javaBehind(_ text: Span<UInt8>, _ next: Int, _ context: ParseContext) -> ParseOutcome? {
    var at = next
    while at < next + 2, table.has(at, text), table[at].kind == .blank { at += 1 }
    guard table.has(at, text), table[at].kind == .javaFrame,
      let above = line(before: table[0].start, floor: context.floor, text), !isLogLine(text, above),
      let header = JavaHeader.find(text, in: above, isLogLine: false), header.looksThrown(text)
    else { return nil }
    return parseJava(text, from: above, header: header, messageTo: table[at].start, context)
  }

  // MARK: Regions that start above their anchor

  /// `multiprocessing.pool.RemoteTraceback: ` and quotes above the traceback that they hold.
  func remoteStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    guard table[0].kind == .pythonHeader,
      let quotes = line(before: context.anchor, floor: context.floor, text), isQuotes(text, quotes),
      let type = line(before: quotes.start, floor: context.floor, text), isRemote(text, type)
    else { return nil }
    return type.start
  }

  /// An exception that has no traceback stands as one line above the sentence that chains it to the traceback at the anchor, or
  /// to another such exception.
  func untracedStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    let isBox = isBoxHeader(text, table[0])
    guard isBox || table[0].kind == .pythonHeader else { return nil }
    var start: Int?
    for _ in 0..<Self.mostUntraced {
      guard let sentence = lineAbove(text, start ?? context.anchor, context.floor),
        sentence.kind == .pythonSeparator, let type = lineAbove(text, sentence.start, context.floor),
        type.kind == .other, type.indent == (isBox ? 0 : table[0].indent), !isLogLine(text, type),
        let parsed = PythonException.parse(text, from: type.content, to: type.end), looksRaised(text, parsed)
      else { break }
      start = type.start
    }
    return start
  }

  private static let mostUntraced = 16

  /// Whether an exception without a traceback stands below a line that is indented: the source of a frame of which nothing
  /// else is left.
  func isCutOff(_ text: Span<UInt8>, _ start: Int, _ floor: Int) -> Bool {
    line(before: start, floor: floor, text).map { $0.kind == .other && $0.indent >= 4 } == true
  }

  /// The nearest line above that is not blank, at most three blank ones away.
  private func lineAbove(_ text: Span<UInt8>, _ offset: Int, _ floor: Int) -> TextLine? {
    var at = offset
    for _ in 0..<4 {
      guard let line = line(before: at, floor: floor, text) else { return nil }
      if line.kind != .blank { return line }
      at = line.start
    }
    return nil
  }

  private func looksRaised(_ text: Span<UInt8>, _ exception: PythonException) -> Bool {
    let endings: [StaticString] = [
      "Error", "Exception", "Warning", "Exit", "Interrupt", "Iteration", "Traceback", "Group",
    ]
    return endings.contains { text.ends(exception.type.range, with: $0) }
  }

  func isQuotes(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    line.end - line.content == 3 && text.has("\"\"\"", at: line.content, before: line.end)
  }

  func isRemote(_ text: Span<UInt8>, _ line: TextLine) -> Bool { remoteName(text, line) != nil }

  /// Where the name starts of a `RemoteTraceback: ` at the end of a line, behind any text.
  private func remoteName(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
    let name: StaticString = "RemoteTraceback"
    guard line.kind == .other,
      let colon = (line.content..<line.end).last(where: { !isBlank(text[$0]) }),
      text[colon] == UInt8(ascii: ":"),
      text.ends(line.content..<colon, with: name)
    else { return nil }
    var start = colon - name.utf8CodeUnitCount
    while start > line.content, isWord(text[start - 1]) || text[start - 1] == UInt8(ascii: ".") { start -= 1 }
    return start
  }

  /// The quoted traceback is the value of the first block; a sentence and an ordinary block follow.
  mutating func remoteTrace(_ text: Span<UInt8>) -> Int? {
    let line = table[0]
    guard let name = remoteName(text, line),
      let parsed = PythonException.parse(text, from: name, to: line.end), let close = closingQuotes(text)
    else { return nil }
    var exception = ParsedException(firstFrame: 0)
    exception.type = parsed.type
    // The blank behind the colon may be gone.
    let value = ByteRange(min(Int(parsed.type.end) + 2, line.end), table[close].end)
    exception.value = value
    trace.exceptions.append(exception)
    trace.exceptions[0].embedded = embeddedTraces(text, in: ByteRange(table[2].start, table[close].start))
    trace.flags.insert(.embeddedTrace)
    return remoteRest(text, from: close + 1)
  }

  /// The line that closes the quoted traceback. A log line, another quoted one, or too many lines without a
  /// frame show that it was cut off.
  private mutating func closingQuotes(_ text: Span<UInt8>) -> Int? {
    var lastFrame = 2
    var at = 2
    while table.has(at, text), at < 4096, at - lastFrame <= limits.messageLines {
      let line = table[at]
      if isQuotes(text, line) { return at }
      if isRemote(text, line) || isLogLine(text, line) { return nil }
      if line.kind == .pythonFrame { lastFrame = at }
      at += 1
    }
    return nil
  }

  private mutating func remoteRest(_ text: Span<UInt8>, from index: Int) -> Int {
    var at = index
    while table.has(at, text), table[at].kind == .blank, at < index + 3 { at += 1 }
    guard table.has(at, text), let relation = PythonSeparator.parse(text, table[at]) else { return index }
    at += 1
    let start = at
    while table.has(at, text), table[at].kind == .blank, at < start + 3 { at += 1 }
    return chain(text, from: at, Margin(), relation: relation, parent: 0, depth: 0) ?? at
  }

  /// A group without a traceback of its own: its type stands in the box above the first member.
  func boxStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    let line = table[0]
    guard let first = separatorLine(text, line), first.isOpening else { return nil }
    var start: Int?
    var at = context.anchor
    for _ in 0..<limits.messageLines {
      guard let above = self.line(before: at, floor: context.floor, text), above.kind == .margin,
        above.indent == line.indent, text[above.content] == UInt8(ascii: "|")
      else { break }
      start = above.start
      at = above.start
    }
    return start
  }

  /// A header above the frames at the anchor that no anchor was on: something had cut its line into pieces.
  func headerInPieces(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    guard table[0].kind == .pythonFrame else { return nil }
    var at = context.anchor
    for _ in 0..<limits.messageLines {
      guard let above = line(before: at, floor: context.floor, text) else { return nil }
      if above.kind == .pythonHeader { return above.indent <= table[0].indent ? above.start : nil }
      guard above.kind == .pythonFrame || above.kind == .other && above.indent > table[0].indent else {
        return nil
      }
      at = above.start
    }
    return nil
  }

  /// The title of a stack that belongs to no exception, above its first frame.
  func stackTitle(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    guard table[0].kind == .pythonFrame, let above = line(before: context.anchor, floor: context.floor, text),
      isStackTitle(text, above)
    else { return nil }
    return above.start
  }

  /// The sentence of a chain above the header of the block that it announces, where nothing is left of the block before.
  mutating func brokenChainStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    guard context.anchor - context.floor > 2 else {
      floorMark.isMet = true
      return nil
    }
    // The line above ends with the sentence's colon or is blank.
    guard table[0].kind == .pythonHeader,
      [0x0A, 0x0D, 0x20, UInt8(ascii: ":")].contains(text[context.anchor - 2]),
      !table.has(1, text) || table[1].kind != .pythonHeader
    else { return nil }
    var at = context.anchor
    for _ in 0...3 {
      guard let above = line(before: at, floor: context.floor, text) else { return nil }
      if above.kind == .pythonSeparator { return above.start }
      guard above.kind == .blank else { return nil }
      at = above.start
    }
    return nil
  }
}
