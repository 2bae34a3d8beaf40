internal import TraceBytes
internal import TraceModel

/// Finding the header of frames that were met first.
extension TraceParser {
  struct FoundHeader {
    var line: TextLine
    var header: JavaHeader
  }

  /// The header above the line at `anchor`: the nearest line that opens an exception, at most
  /// `messageLines` lines and `messageBytes` bytes away and not beyond a log line.
  func javaHeader(_ text: Span<UInt8>, before anchor: Int, floor: Int) -> FoundHeader? {
    var at = anchor
    var fallback: FoundHeader?
    for distance in 0..<limits.messageLines {
      guard anchor - at <= limits.messageBytes, let line = line(before: at, floor: floor, text) else { break }
      let isLog = isLogLine(text, line)
      if let header = acceptable(text, line, isLog: isLog, isAdjacent: distance == 0),
        !isNested(text, line, floor)
      {
        return FoundHeader(line: line, header: header)
      }
      if distance == 0 {
        fallback = behindMark(text, line) ?? undotted(text, line) ?? (isLog ? nil : ownWording(text, line))
      }
      if isLog || line.kind == .pythonFrame || line.kind == .javaFrame { break }
      at = line.start
    }
    return fallback
  }

  private func acceptable(_ text: Span<UInt8>, _ line: TextLine, isLog: Bool, isAdjacent: Bool) -> JavaHeader?
  {
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

  private func behindMark(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other else { return nil }
    return JavaHeader.behindMark(text, line).map { FoundHeader(line: line, header: $0) }
  }

  /// An exception without its package in the middle of the line directly above the frames.
  private func undotted(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other, let header = JavaHeader.undottedInline(text, line), header.start > line.content
    else {
      return nil
    }
    return FoundHeader(line: line, header: header)
  }

  /// JavaMail and RMI print the cause's header as part of the message, behind `nested exception is:`.
  private func isNested(_ text: Span<UInt8>, _ line: TextLine, _ floor: Int) -> Bool {
    guard let above = self.line(before: line.start, floor: floor, text) else { return false }
    return text.ends(above.content..<above.end, with: "ested exception is:")
  }

  /// What the line directly above the frames says where no line above looks like a header: a type without
  /// a package, or an own `toString()`.
  private func ownWording(_ text: Span<UInt8>, _ line: TextLine) -> FoundHeader? {
    guard line.kind == .other, line.end - line.content <= 1024, text[line.content] != UInt8(ascii: "\""),
      !text.ends(line.content..<line.end, with: "}")
    else { return nil }
    let header = JavaHeader.find(text, in: line, isLogLine: false).flatMap {
      $0.start == line.content ? $0 : nil
    }
    return FoundHeader(
      line: line, header: header ?? JavaHeader(type: nil, value: ByteRange(line.content, line.end)))
  }

  /// A trace whose message holds another whole trace: a header directly above the one that was taken, and
  /// frames again behind the text that follows. Parses it from there, or gives nil.
  mutating func outerHeader(
    _ text: Span<UInt8>, _ found: FoundHeader?, _ next: Int, _ context: ParseContext
  ) -> ParseOutcome? {
    guard let found, found.header.start == found.line.content, table.has(next, text),
      let above = line(before: found.line.start, floor: context.floor, text), !isLogLine(text, above),
      let header = JavaHeader.find(text, in: above, isLogLine: false), header.namesAClass(text),
      let frame = frameBehind(text, next)
    else { return nil }
    return parseJava(text, from: above, header: header, messageTo: table[frame].start, context)
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

  /// Reads a text that is nothing but the header of an exception of the JVM, as a field for a trace has it where the JVM left
  /// out the frames; false, with no trace, for any other text (trace-formats.md, section 2.1).
  public mutating func parseHeader(_ text: Span<UInt8>) -> Bool {
    table.reset(at: 0, end: text.count, isFinal: true)
    guard table.has(0, text),
      let header = JavaHeader.parse(text, from: table[0].content, to: table[0].end), header.looksThrown(text)
    else { return false }
    var lines = 1
    while table.has(lines, text) { lines += 1 }
    let last = parseJava(text, header: header, messageEnd: lines)
    // The end of a field is no end of an input.
    finish(text, lines: last, context: ParseContext(anchor: 0, floor: 0, end: text.count, isFinal: false))
    trace.reasons.insert(.noFrames)
    trace.flags.insert(.noFrames)
    return true
  }

  /// An uncaught exception with no frame behind it: the words around its type prove what it is.
  mutating func headerOnly(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome? {
    guard let header = uncaught(text, line) else { return nil }
    // Another layout may have been looked for above.
    table.reset(at: context.anchor, end: context.end, isFinal: context.isFinal)
    guard table.has(0, text) else { return nil }
    let next = parseJava(text, header: header, messageEnd: nil)
    finish(text, lines: next, context: context)
    if trace.frames.isEmpty, trace.exceptions.count == 1, trace.exceptions[0].elided == nil {
      trace.reasons.insert(.noFrames)
      trace.flags.insert(.noFrames)
    }
    return .trace
  }

  /// The header of `Exception in thread "…" X: m` or of `Exception: X thrown from the UncaughtExceptionHandler`.
  private func uncaught(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    let range = line.content..<line.end
    if text.firstOffset(of: "Exception in thread \"", in: range) != nil {
      return JavaHeader.find(text, in: line, isLogLine: isLogLine(text, line))
    }
    guard text.has("Exception: ", at: line.content, before: line.end),
      let end = text.firstOffset(of: " thrown from the UncaughtExceptionHandler", in: range)
    else { return nil }
    return JavaHeader.parse(text, from: line.content + 11, to: end)
  }
}
