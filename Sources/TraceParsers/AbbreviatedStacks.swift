internal import TraceBytes
internal import TraceModel

/// Stacks whose frames are no more than `… at FILE:LINE`: Gradle's summary of a failed test and JRuby's own layout
/// (trace-formats.md, section 2.11). They are recognised and reported, not read.
extension TraceParser {
  /// A failure for the stack that the anchor's line begins, or nil.
  mutating func abbreviatedStack(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext)
    -> ParseOutcome?
  {
    guard line.indent > 0 || text[line.content] == UInt8(ascii: "<"), let place = SourcePlace(text, line)
    else {
      return nil
    }
    if place.namesThrown(text) {
      return report(
        .java, .abbreviated, "an exception and the place it came from, in Gradle's summary", text, context
      ) { text, line in SourcePlace(text, line)?.namesThrown(text) == true }
    }
    guard place.isOneWord(text), isRubyFrame(text, 1) else { return nil }
    return report(
      .java, .unsupportedFormat, "a stack in JRuby's layout", text, context, start: headerStart(text, context)
    ) { text, line in SourcePlace(text, line, ofAnyFile: true) != nil }
  }

  /// A failure where no exception has a frame, and frames without their `at `, as JUnit's console prints them, came out
  /// as a message.
  func bareFrames(_ text: Span<UInt8>) -> ParseOutcome? {
    guard trace.frames.isEmpty, trace.exceptions.allSatisfy({ $0.elided == nil }),
      trace.exceptions.contains(where: { isBareFrame(text, below: $0.value) })
    else { return nil }
    return .failure(
      ParseFailure(
        platform: .java, reason: .abbreviated,
        detail: "frames without \"at\", in the layout of JUnit's console",
        region: trace.region, lines: trace.lines))
  }

  private func isBareFrame(_ text: Span<UInt8>, below value: ByteRange?) -> Bool {
    guard let value, let newline = text.firstOffset(of: 0x0A, in: value.range) else { return false }
    let next = text.firstOffset(of: 0x0A, in: newline + 1..<Int(value.end))
    let line = TextLine.cut(
      text, from: newline + 1, newline: next, end: Int(value.end), limit: limits.lineBytes)
    guard line.indent > 0, let frame = JavaFrame.parse(text, from: line.content, to: line.end),
      let file = frame.file, frame.line > 0,
      text.firstOffset(of: 0x20, in: line.content..<Int(frame.function.end)) == nil
    else { return false }
    return text.ends(file.range, with: ".java") || text.ends(file.range, with: ".kt")
  }

  private mutating func isRubyFrame(_ text: Span<UInt8>, _ index: Int) -> Bool {
    table.has(index, text) && SourcePlace(text, table[index], ofAnyFile: true) != nil
  }

  private func headerStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int? {
    guard let above = line(before: context.anchor, floor: context.floor, text), above.kind == .other,
      JavaHeader.parse(text, from: above.content, to: above.end)?.saysThrown(text) == true
    else { return nil }
    return above.start
  }
}

/// A line that is `SUBJECT at FILE:LINE`.
private struct SourcePlace {
  let subject: ByteRange

  /// - Parameter ofAnyFile: take a file without an ending, too, such as `-e`.
  init?(_ text: Span<UInt8>, _ line: TextLine, ofAnyFile: Bool = false) {
    guard line.kind == .other else { return nil }
    var colon = line.end
    while colon > line.content, isDigit(text[colon - 1]) || text[colon - 1] == UInt8(ascii: "-") {
      colon -= 1
    }
    guard colon < line.end, colon > line.content, text[colon - 1] == UInt8(ascii: ":"),
      let blank = text.lastOffset(of: 0x20, in: line.content..<colon), blank - line.content > 3,
      text.ends(line.content..<(blank + 1), with: " at ")
    else { return nil }
    let endings: [StaticString] = [".java", ".kt", ".scala", ".groovy", ".rb", ".gen"]
    guard ofAnyFile || endings.contains(where: { text.ends(blank..<(colon - 1), with: $0) }) else {
      return nil
    }
    subject = ByteRange(line.content, blank - 3)
  }

  /// Whether the subject is the type of an exception or of a cause, and nothing else.
  func namesThrown(_ text: Span<UInt8>) -> Bool {
    let end = Int(subject.end)
    let isCause = text.has("Caused by: ", at: Int(subject.start), before: end)
    let header = JavaHeader.parse(text, from: Int(subject.start) + (isCause ? 11 : 0), to: end)
    return header?.value == nil && header?.looksThrown(text) == true
  }

  func isOneWord(_ text: Span<UInt8>) -> Bool { text.firstOffset(of: 0x20, in: subject.range) == nil }
}
