internal import TraceBytes
internal import TraceModel

/// What a region of Python turns out to be.
extension TraceParser {
  /// What became of the region, once its lines are known.
  mutating func pythonOutcome(_ text: Span<UInt8>, _ next: Int) -> ParseOutcome {
    let kind = table[0].kind
    let hasHeader = kind == .margin || kind == .pythonSeparator || PythonHeader.find(text, table[0]) != nil
    if trace.exceptions.allSatisfy({ $0.type == nil && $0.frames.isEmpty }) {
      guard hasHeader, !isRuby(text) else { return .none(resume: table[0].next) }
      if trace.reasons.contains(.truncatedByMarker) || trace.reasons.contains(.truncatedAtEOF),
        trace.lines > 1
      {
        return .trace
      }
      return nothing(trace.region, lines: trace.lines)
    }
    if !hasHeader { return headerless(text) }
    return nothingRaised(text) ?? .trace
  }

  /// AWS Lambda writes the exception above the traceback, `[ERROR] ValueError: no`, and not below it.
  mutating func takeTitle(_ text: Span<UInt8>, _ context: ParseContext) {
    let mark: StaticString = "[ERROR] "
    guard trace.reasons.contains(.missingExceptionLine), trace.exceptions.count == 1,
      trace.exceptions[0].type == nil, table[0].kind == .pythonHeader,
      let title = line(before: table[0].start, floor: context.floor, text),
      text.has(mark, at: title.start, before: title.end),
      let parsed = PythonException.parse(text, from: title.start + mark.utf8CodeUnitCount, to: title.end),
      saysRaised(text, parsed.type)
    else { return }
    trace.exceptions[0].type = parsed.type
    trace.exceptions[0].value = parsed.value
    trace.reasons.remove(.missingExceptionLine)
    if isWholeText { trace.reasons.remove(.truncatedAtEOF) }
    trace.region = ByteRange(title.start, Int(trace.region.end))
    trace.lines += 1
  }

  /// A header that no frame follows, but a line whose first word names no exception: `Killed`, `INFO: done`.
  private func nothingRaised(_ text: Span<UInt8>) -> ParseOutcome? {
    guard trace.frames.isEmpty, trace.exceptions.count == 1, table[0].kind == .pythonHeader,
      !trace.reasons.contains(.truncatedByMarker), let type = trace.exceptions[0].type,
      !saysRaised(text, type)
    else { return nil }
    return nothing(
      ByteRange(table[0].start, table[0].next), lines: table.physicalLines(1, upTo: table[0].next, text))
  }

  private func nothing(_ region: ByteRange, lines: Int) -> ParseOutcome {
    .failure(
      ParseFailure(
        platform: .python, reason: .noFrames,
        detail: "a traceback header that neither a frame nor an exception follows", region: region,
        lines: lines))
  }

  func saysRaised(_ text: Span<UInt8>, _ type: ByteRange) -> Bool {
    let endings: [StaticString] = [
      "Error", "Exception", "Warning", "Exit", "Interrupt", "Iteration", "Group", "Failure", "Fault",
      "Timeout", "Cancelled", "NotFound", "DoesNotExist",
    ]
    return text.firstOffset(of: UInt8(ascii: "."), in: type.range) != nil
      || endings.contains { text.ends(type.range, with: $0) }
  }

  /// Ruby prints the same words above `\t1: from x.rb:2:in 'f'`.
  private mutating func isRuby(_ text: Span<UInt8>) -> Bool {
    guard table.has(1, text) else { return false }
    let line = table[1]
    return isDigit(text[min(line.content, text.count - 1)])
      && text.firstOffset(of: ": from ", in: line.content..<line.end) != nil
  }

  /// Frames without `Traceback`: a syntax error's place needs none, everything else has lost it.
  private mutating func headerless(_ text: Span<UInt8>) -> ParseOutcome {
    let first = trace.exceptions[0]
    if table[0].kind != .pythonFrame { return .trace }
    if trace.frames.isEmpty, first.type != nil {
      trace.flags.insert(.noHeader)
      return .trace
    }
    if first.type == nil, trace.frames.count == 1,
      trace.frames[0].function == nil || table[0].indent == 0 && trace.frames[0].context == nil
    {
      return .none(resume: table[0].next)  // one place alone is a compiler's or a test runner's message
    }
    if let failure = stackprinter(text) { return failure }
    trace.reasons.insert(.missingHeader)
    // `print_stack` writes no title.
    if first.type == nil, trace.exceptions.count == 1 { trace.flags.insert(.stackOnly) }
    return .trace
  }

  /// stackprinter's plain text: frames at the margin, numbered source lines under them.
  private mutating func stackprinter(_ text: Span<UInt8>) -> ParseOutcome? {
    guard table[0].indent == 0, table.has(1, text), table[1].indent >= 4, isDigit(text[table[1].content])
    else {
      return nil
    }
    var index = 1
    while table.has(index, text),
      table[index].kind == .blank || table[index].indent > 0 || table[index].kind == .pythonFrame
        || IPythonFrame.arrow(text, table[index]) != nil
    {
      index += 1
    }
    // The exception's own line ends it.
    if table.has(index, text), !isLogLine(text, table[index]) { index += 1 }
    return .failure(
      ParseFailure(
        platform: .python, reason: .unsupportedFormat, detail: "a traceback in stackprinter's layout",
        region: ByteRange(table[0].start, table[index - 1].next),
        lines: table.physicalLines(index, upTo: table[index - 1].next, text)))
  }
}
