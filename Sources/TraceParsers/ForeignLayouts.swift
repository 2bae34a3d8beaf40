internal import TraceBytes
internal import TraceModel

/// Texts that are plainly a trace, in a layout that is not supported: recognised, measured and reported
/// under their own code (trace-formats.md, sections 2.10, 2.11, 3.7 and 3.8).
extension TraceParser {
  /// A failure for the layout that the anchor's line belongs to, or nil.
  mutating func foreignLayout(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome?
  {
    switch line.kind {
    case .javaFrame: return threadDump(text, line, context)
    case .pythonFaultFrame: return faultHandler(text, context)
    case .other, .margin, .pythonHeader, .javaBadFrame: return titled(text, line, context)
    default: return nil
    }
  }

  private mutating func titled(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext)
    -> ParseOutcome?
  {
    // By far the most that come here.
    if line.kind == .pythonHeader, PythonHeader.find(text, line)?.start == line.content { return nil }
    if let outcome = fatal(text, line, context) { return outcome }
    if let title = ForeignTitle.all.first(where: { $0.stands(text, line) }) {
      return report(title.platform, title.reason, title.detail, text, context, while: title.goesOn)
    }
    if text.has("*--- Failure #", at: line.content, before: line.end) {
      return twistedFailure(text, context)
    }
    if Self.isPytestError(text, line) { return pytestReport(text, context) }
    return abbreviatedStack(text, line, context)
  }

  /// What a runtime prints when it ends, and Rich's boxes: each has a form of its own.
  private mutating func fatal(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext)
    -> ParseOutcome?
  {
    let range = line.content..<line.end
    if text.firstOffset(of: "(most recent call first)", in: range) != nil
      && text.firstOffset(of: "Call Stack (", in: range) == nil  // CMake's
      || text.has("Fatal Python error", at: line.content, before: line.end)
    {
      return faultHandler(text, context)
    }
    if text.has("# A fatal error has been detected by the Java", at: line.content, before: line.end) {
      return jvmFatalError(text, context)
    }
    if text.firstOffset(of: "\u{2500} Traceback (most recent", in: range) != nil
      || text.firstOffset(of: "- Traceback (most recent call last) -", in: range) != nil
    {
      return richBox(text, context)
    }
    return nil
  }

  /// Twisted's detailed layout, up to its end or as far as a message may reach.
  private mutating func twistedFailure(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome {
    var left = limits.messageLines
    return report(.python, .unsupportedFormat, "a failure in Twisted's detailed layout", text, context) {
      text, line in
      left -= 1
      defer { if text.has("*--- End of Failure", at: line.content, before: line.end) { left = 0 } }
      return left > 0
    }
  }

  /// Reports the anchor's line and those behind it for which `goesOn` holds, up to the next line of the log.
  mutating func report(
    _ platform: Platform, _ reason: Reason, _ detail: String, _ text: Span<UInt8>, _ context: ParseContext,
    start: Int? = nil, while goesOn: (Span<UInt8>, TextLine) -> Bool
  ) -> ParseOutcome {
    table.reset(at: start ?? context.anchor, end: context.end, isFinal: context.isFinal)
    var index = 0
    while table.has(index, text),
      index == 0 || table[index].start <= context.anchor
        || goesOn(text, table[index]) && LogLine.kind(text, table[index], scratch) != .sure
    {
      index += 1
    }
    while index > 1, table[index - 1].kind == .blank { index -= 1 }
    let region = ByteRange(table[0].start, table[max(0, index - 1)].next)
    return .failure(
      ParseFailure(platform: platform, reason: reason, detail: detail, region: region, lines: max(1, index)))
  }

  // MARK: Thread dumps

  /// A frame that stands under a thread's line: the whole dump is one report.
  private mutating func threadDump(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext)
    -> ParseOutcome?
  {
    let frame = table.javaFrame(of: line, text).frame
    guard let above = self.line(before: context.anchor, floor: context.floor, text) else { return nil }
    guard isUnderThread(text, context) || frame.isThreadDump && above.kind != .other else { return nil }
    let start = dumpStart(text, context)
    return report(
      .java, .threadDump, "a thread dump: stacks without an exception", text, context, start: start
    ) {
      text, line in Self.isDumpLine(text, line)
    }
  }

  /// `   java.lang.Thread.State: RUNNABLE` or `"main" #1 prio=5 …`.
  private func isThreadLine(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    Self.isThreadTitle(text, line) || text.has("java.lang.Thread.State: ", at: line.content, before: line.end)
  }

  /// Whether the lines above the first frame lead up to a thread's line; lock lines may stand between.
  private func isUnderThread(_ text: Span<UInt8>, _ context: ParseContext) -> Bool {
    var at = context.anchor
    for _ in 0..<8 {
      guard let above = line(before: at, floor: context.floor, text) else { return false }
      if isThreadLine(text, above) { return true }
      guard above.indent > 0, above.kind == .other || above.kind == .javaLock else { return false }
      at = above.start
    }
    return false
  }

  private static func isThreadTitle(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.kind != .blank else { return false }
    let range = line.content..<line.end
    let isQuoted = text[line.content] == UInt8(ascii: "\"")
    guard isQuoted || text[line.content] == UInt8(ascii: "#") else { return false }
    let marks: [StaticString] = [
      " prio=", " tid=", "\" #", " TIMED_WAITING", " RUNNABLE", " WAITING", " id=",
    ]
    return marks.contains { text.firstOffset(of: $0, in: range) != nil }
  }

  private func dumpStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int {
    var at = context.anchor
    for _ in 0..<limits.messageLines {
      guard let above = line(before: at, floor: context.floor, text), Self.isDumpLine(text, above) else {
        break
      }
      at = above.start
    }
    return at
  }

  static func isDumpLine(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    switch line.kind {
    case .blank, .javaFrame, .javaLock, .javaMore: return true
    default: break
    }
    if line.indent > 0 || isThreadTitle(text, line) { return true }
    let words: [StaticString] = [
      "JNI global ref", "Full thread dump", "Threads class SMR info:", "_java_thread_list", "0x", "}",
      "Found ", "=====",
      "Java stack information", "\"", "at ", "No compile task",
      "Compiling: ", "Heap", "Mounted virtual thread", "Carrying virtual thread",
    ]
    return words.contains { text.has($0, at: line.content, before: line.end) }
  }

  // MARK: Python's fault handler, JVM fatal errors, rich

  private mutating func faultHandler(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome? {
    let hasFrames = table.has(1, text)
    guard hasFrames || table[0].kind == .pythonFaultFrame else { return nil }
    return report(
      .python, .faulthandler, "faulthandler's stacks: newest call first, no exception", text, context
    ) { text, line in
      if line.kind == .pythonFaultFrame || line.kind == .blank { return true }
      let words: [StaticString] = [
        "Thread 0x", "Current thread", "<no Python frame>", "...", "Python runtime state",
        "Extension modules:",
        "Binary file ", "Stack (most recent call first)", "Fatal Python error", "Timeout (",
      ]
      return words.contains { text.has($0, at: line.content, before: line.end) }
    }
  }

  private mutating func jvmFatalError(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome? {
    let above = line(before: context.anchor, floor: context.floor, text)
    let start = above.map { text.has("#", at: $0.content, before: $0.end) ? $0.start : context.anchor }
    var isLog = false
    return report(
      .java, .jvmFatalErrorLog, "a crash of the virtual machine itself", text, context, start: start
    ) { text, line in
      if text.has("---------------  ", at: line.content, before: line.end) { isLog = true }
      return isLog && !text.has("END.", at: line.content, before: line.end)
        || text.has("#", at: line.content, before: line.end)
        || line.kind == .blank
    }
  }

  /// One failure of a pytest run: from its title to the next one. It is one if some line names a place.
  private mutating func pytestReport(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome? {
    // The first line of a run speaks for all of it.
    if let above = line(before: context.anchor, floor: context.floor, text), Self.isPytestError(text, above) {
      return nil
    }
    var start = context.anchor
    var hasPlace = false
    var hasTitle = false
    for _ in 0..<limits.messageLines {
      guard let above = line(before: start, floor: context.floor, text), !isLogLine(text, above) else {
        break
      }
      start = above.start
      // In the short style the places come first.
      hasPlace = hasPlace || Self.isPytestPlace(text, above)
      hasTitle = Self.isPytestTitle(text, above)
      // Below an error that was none, this one is none either.
      if hasTitle || Self.isPytestError(text, above) { break }
    }
    let (end, isProven) = pytestEnd(text, from: start, hasPlace: hasPlace, context)
    guard isProven || hasTitle else { return nil }
    return report(.python, .pytestReport, "a failure in pytest's layout", text, context, start: start) {
      _, line in line.start < end
    }
  }

  /// Where the lines end that belong to a report from `start` on, and whether one of them names a place.
  private mutating func pytestEnd(
    _ text: Span<UInt8>, from start: Int, hasPlace: Bool, _ context: ParseContext
  ) -> (end: Int, hasPlace: Bool) {
    var hasPlace = hasPlace
    var left = Self.linesToPlace
    var index = 0
    table.reset(at: start, end: context.end, isFinal: context.isFinal)
    while table.has(index, text) {
      let line = table[index]
      if line.start > context.anchor {
        guard !Self.isPytestTitle(text, line), !hasPlace || Self.isOfPytest(text, line) else { break }
        if !hasPlace { left -= LogLine.kind(text, line, scratch) == .sure ? 50 : Self.cost(text, line) }
        guard left > 0 else { break }
      }
      hasPlace = hasPlace || Self.isPytestPlace(text, line)
      index += 1
    }
    return (table[max(0, index - 1)].next, hasPlace)
  }

  /// Between an error's lines and its place stands an empty line, and with `--showlocals` one for each variable: so much
  /// may stand there, and what a line counts.
  private static let linesToPlace = 200

  private static func cost(_ text: Span<UInt8>, _ line: TextLine) -> Int {
    if isPytestError(text, line) { return 0 }
    let isVariable = line.indent == 0 && text.firstOffset(of: " = ", in: line.content..<line.end) != nil
    return isVariable ? 1 : 10
  }

  /// Whether a line behind a place may be the report's: a source line, an error's, a place, a variable's, or the row of marks
  /// between two functions.
  private static func isOfPytest(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.kind != .blank else { return true }
    guard line.kind == .other || line.kind == .pythonSeparator else { return false }
    let isBareMark = line.end - line.start == 1 && text[line.start] == UInt8(ascii: "E")
    return line.kind == .pythonSeparator || isBareMark || line.indent >= 4
      || text[line.content] == UInt8(ascii: ">")
      || isPytestError(text, line)
      || isPytestPlace(text, line) || text.has("_ _ _ ", at: line.start, before: line.end)
      || text.firstOffset(of: " = ", in: line.content..<line.end) != nil
  }

  private static func isPytestError(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    text.has("E   ", at: line.start, before: line.end)
  }

  /// `____ test_x ____`, `==== FAILURES ====`, `---- Captured log call ----`.
  static func isPytestTitle(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let marks: [StaticString] = ["____", "====", "----"]
    return line.end - line.start > 20 && marks.contains { text.has($0, at: line.start, before: line.end) }
  }

  /// `test_x.py:7: in test_x` or `test_x.py:7: ZeroDivisionError`.
  private static func isPytestPlace(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let mark = text.firstOffset(of: ".py:", in: line.start..<line.end) else { return false }
    var at = mark + 4
    while at < line.end, isDigit(text[at]) { at += 1 }
    return at > mark + 4 && text.has(": ", at: at, before: line.end)
  }

  private mutating func richBox(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome? {
    report(.python, .richBox, "a traceback in rich's box layout", text, context) { text, line in
      let marks: [StaticString] = ["\u{2502}", "\u{2570}", "\u{256D}", "|", "+-"]
      return marks.contains { text.has($0, at: line.content, before: line.end) }
    }
  }
}
