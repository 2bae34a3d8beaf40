internal import TraceBytes
internal import TraceModel

/// Exceptions of the JVM without a frame: what stands around their header proves what they are (trace-formats.md, section
/// 2.1).
extension TraceParser {
  /// Reads a text that is nothing but the header of an exception of the JVM, as a field for a trace has it where the JVM left
  /// out the frames; false, with no trace, for any other text (trace-formats.md, section 2.1).
  public mutating func parseHeader(_ text: Span<UInt8>) -> Bool {
    table.begin(at: 0, end: text.count, isFinal: true)
    regionFloor = nil
    guard table.has(0, text),
      let header = JavaHeader.parse(text, from: table[0].content, to: table[0].end),
      header.looksThrown(text) || header.value != nil && header.namesAClass(text)
    else { return false }
    var lines = 1
    while table.has(lines, text) {
      // The JVM's would have been found by their frames.
      if isOtherFrame(text, table[lines]) { return false }
      lines += 1
    }
    let last = parseJava(text, header: header, messageEnd: lines)
    // The end of a field is no end of an input.
    finish(text, lines: last, context: ParseContext(anchor: 0, floor: 0, end: text.count, isFinal: false))
    trace.reasons.insert(.noFrames)
    trace.flags.insert(.noFrames)
    return true
  }

  /// Whether a line is a frame as C# prints it: `at` and a name with parentheses, which is none of the JVM's.
  private func isOtherFrame(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.indent > 0, text.has("at ", at: line.content, before: line.end),
      let open = text.firstOffset(of: UInt8(ascii: "("), in: line.content..<line.end), open > line.content + 3
    else { return false }
    let name = line.content + 3..<open
    return isIdentifierStart(text[name.lowerBound]) && text.firstOffset(of: 0x20, in: name) == nil
  }

  /// An uncaught exception with no frame behind it: the words around its type prove what it is.
  mutating func headerOnly(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome? {
    if let failure = nothingThrown(text, line, context) { return failure }
    guard let header = uncaught(text, line) ?? withoutStack(text, line, context) else { return nil }
    // Another layout may have been looked for above.
    table.reset(at: context.anchor, end: context.end, isFinal: context.isFinal)
    guard table.has(0, text) else { return nil }
    let isEnding = text.has(Self.ending, at: line.content, before: line.end)
    let next = parseJava(text, header: header, messageEnd: isEnding ? 1 : nil)
    finish(text, lines: next, context: context)
    if header.start == line.content, trace.reasons.contains(.messageUnbounded),
      frameBehindMessage(text, from: next)
    {
      return .none(resume: line.next)
    }
    let isAlone = trace.frames.isEmpty && trace.exceptions.count == 1 && trace.exceptions[0].elided == nil
    if isAlone {
      trace.reasons.insert(.noFrames)
      trace.flags.insert(.noFrames)
    } else if header.start == line.content {
      // Found by its frames, whatever stands above it.
      return .none(resume: line.next)
    }
    return .trace
  }

  /// A header whose first frame was cut off in the name of its package, or before it: the tab tells it from prose, and a line
  /// of the log, or none, stands below.
  mutating func cutFirstFrame(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome?
  {
    guard isCutFrame(text, line), let above = self.line(before: line.start, floor: context.floor, text),
      above.kind == .other,
      let header = JavaHeader.find(text, in: above, isLogLine: isLogLine(text, above)),
      header.looksThrown(text), isEndedBelow(text)
    else { return nil }
    table.reset(at: above.start, end: context.end, isFinal: context.isFinal)
    guard table.has(1, text) else { return nil }
    let last = parseJava(text, header: header, messageEnd: 1)
    finish(text, lines: max(2, last), context: context)
    if !trace.reasons.contains(.truncatedAtEOF) { trace.reasons.insert(.truncatedLine) }
    // What stands between may be passed over.
    if trace.frames.isEmpty { trace.flags.insert(.noFrames) }
    return .trace
  }

  /// Whether the table's first line is the last one, or a blank one or one of the log stands below it.
  private mutating func isEndedBelow(_ text: Span<UInt8>) -> Bool {
    !table.has(1, text) || table[1].kind == .blank || isLogLine(text, table[1])
  }

  private func isCutFrame(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.content > line.start, text[line.content - 1] == 0x09,
      text.has("at", at: line.content, before: line.end)
    else { return false }
    let name = min(line.end, line.content + 3)..<line.end
    return name.allSatisfy { isWord(text[$0]) || text[$0] == UInt8(ascii: ".") }
  }

  /// `Exception in thread "main"` with nothing behind it.
  private func nothingThrown(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome?
  {
    guard text.has("Exception in thread \"", at: line.content, before: line.end) else { return nil }
    let end = text.endWithoutBlanks(of: line.content..<line.end)
    guard end > line.content + 21, text[end - 1] == UInt8(ascii: "\""),
      JavaHeader.find(text, in: line, isLogLine: true) == nil
    else { return nil }
    return .failure(
      ParseFailure(
        platform: .java, reason: .noFrames, detail: "a thread's exception without its header and frames",
        region: ByteRange(line.start, line.next), lines: 1))
  }

  /// What the JVM writes before the error that it ends for (`-XX:+ExitOnOutOfMemoryError`).
  private static let ending: StaticString = "Terminating due to "

  /// The header of `Exception in thread "…" X: m` or of `Exception: X thrown from the UncaughtExceptionHandler`.
  private func uncaught(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    let range = line.content..<line.end
    if text.firstOffset(of: "Exception in thread \"", in: range) != nil {
      return JavaHeader.find(text, in: line, isLogLine: isLogLine(text, line))
    }
    if text.has(Self.ending, at: line.content, before: line.end) {
      return JavaHeader.parse(text, from: line.content + Self.ending.utf8CodeUnitCount, to: line.end).flatMap
      {
        $0.looksThrown(text) ? $0 : nil
      }
    }
    guard text.has("Exception: ", at: line.content, before: line.end),
      let end = text.firstOffset(of: " thrown from the UncaughtExceptionHandler", in: range)
    else { return nil }
    return JavaHeader.parse(text, from: line.content + 11, to: end)
  }

  /// A header at the start of its line that is an exception without a stack, by what stands right above it: a logger's line
  /// that tells of trouble, or what the JVM writes where it cannot start.
  private func withoutStack(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> JavaHeader? {
    guard line.kind == .other, line.indent == 0,
      let header = JavaHeader.parse(text, from: line.content, to: line.end), header.isSurelyOfTheJVM(text),
      let above = self.line(before: line.start, floor: context.floor, text), tellsOfTrouble(text, above)
    else { return nil }
    return header
  }

  private func tellsOfTrouble(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    if isLogLine(text, line) { return LogLine.isSevere(text, line) }
    let words: [StaticString] = [
      "SEVERE: ", "ERROR: ", "WARNING: ", "WARN: ", "FATAL: ", "Error occurred during initialization of ",
    ]
    return words.contains { text.has($0, at: line.start, before: line.end) }
  }
}

extension JavaHeader {
  /// Whether a line that is this header and nothing else is an exception, and none of Python's: a nested class with a message,
  /// or one of a JVM's package that says it is thrown.
  fileprivate func isSurelyOfTheJVM(_ text: Span<UInt8>) -> Bool {
    guard let type else { return false }
    let isNested = text.firstOffset(of: UInt8(ascii: "$"), in: type.range) != nil
    guard looksThrown(text) || isNested && value != nil else { return false }
    if isNested { return true }
    let roots: [StaticString] = [
      "java.", "javax.", "jakarta.", "jdk.", "sun.", "com.", "org.", "net.", "io.", "edu.", "gov.", "de.",
      "fr.", "uk.",
      "nl.", "ch.", "eu.", "dev.", "me.", "software.", "kotlin.", "kotlinx.", "scala.", "groovy.", "clojure.",
      "akka.",
      "android.", "androidx.", "dalvik.",
    ]
    return roots.contains { text.has($0, at: Int(type.start), before: Int(type.end)) }
  }
}
