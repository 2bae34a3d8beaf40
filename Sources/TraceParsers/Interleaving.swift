internal import TraceBytes
internal import TraceModel

/// Two traces that were written line by line into each other, with nothing to tell their lines apart: what
/// comes out of them would be wrong, so the region is reported as it stands.
///
/// Each sign is something that no printer writes: they are looked for while a trace is walked.
struct WeavingSigns: Equatable {
  /// Frames behind the end of their stack, second ends, and body lines at another depth than the first.
  var count = 0
  private var bodyIndent = -1
  private var hasEnd = false

  /// A new exception begins.
  mutating func reset() {
    bodyIndent = -1
    hasEnd = false
  }

  /// Whether nothing of the newest exception's body has come.
  var isFresh: Bool { bodyIndent < 0 && !hasEnd }

  /// Takes in the signs of a body that was met before; nothing of this one has come.
  mutating func add(_ body: WeavingSigns) {
    count += body.count
    bodyIndent = body.bodyIndent
    hasEnd = body.hasEnd
  }

  /// A frame or an elision at `indent` belongs to the newest exception.
  mutating func body(indent: Int, isEnd: Bool) {
    if hasEnd { count += 1 }
    // The first line of a text may have lost its tab.
    if bodyIndent == 0 { bodyIndent = indent }
    if bodyIndent >= 0, indent != bodyIndent { count += 1 }
    if bodyIndent < 0 { bodyIndent = indent }
    hasEnd = hasEnd || isEnd
  }
}

extension TraceParser {
  /// A failure if the JVM trace just walked shows that two are woven.
  mutating func wovenJava(_ text: Span<UInt8>, _ next: Int, _ context: ParseContext) -> ParseOutcome? {
    guard signs.count > 0 else { return nil }
    let above = line(before: table[0].start, floor: context.floor, text).flatMap { line in
      JavaHeader.parse(text, from: line.content, to: line.end)?.namesAClass(text) == true ? line : nil
    }
    guard signs.count > 1 || above != nil else { return nil }
    if let above { table.reset(at: above.start, end: context.end, isFinal: context.isFinal) }
    return woven(text, from: above == nil ? next : next + 1, .java)
  }

  /// A failure if a Python traceback stopped where the lines of another trace go on.
  mutating func wovenPython(_ text: Span<UInt8>, _ next: Int) -> ParseOutcome? {
    if let second = secondHeader(text) { return woven(text, from: second, .python) }
    if holdsForeignFrames(text) { return woven(text, from: next, .python) }
    let stopped = trace.reasons.contains(.missingExceptionLine) || trace.frames.isEmpty
    guard stopped, next == 0 || !isCutMarker(text, table[next - 1]), table.has(next, text),
      goesOnMixed(text, next)
    else { return nil }
    return woven(text, from: next, .python)
  }

  /// A header directly below the header: the first one's frames come later.
  private mutating func secondHeader(_ text: Span<UInt8>) -> Int? {
    guard table[0].kind == .pythonHeader, table.has(1, text), table[1].kind == .pythonHeader,
      table[0].indent == table[1].indent, let first = PythonHeader.find(text, table[0]),
      first.start == table[0].content, PythonHeader.find(text, table[1])?.start == table[1].content
    else { return nil }
    return 2
  }

  /// Frames and an exception line in a message that holds no header: they are another traceback's.
  private mutating func holdsForeignFrames(_ text: Span<UInt8>) -> Bool {
    for exception in trace.exceptions where exception.valueMargin == 0 {
      guard let value = exception.value, !isRemoteTask(text, exception), !beginsWithHeader(text, value)
      else { continue }
      var hasFrame = false
      var at = text.firstOffset(of: 0x0A, in: value.range).map { $0 + 1 } ?? Int(value.end)
      while at < Int(value.end) {
        let newline = text.firstOffset(of: 0x0A, in: at..<Int(value.end))
        var line = TextLine.cut(
          text, from: at, newline: newline, end: Int(value.end), limit: limits.lineBytes)
        line.kind = LineClassifier.kind(text, line)
        if line.kind == .pythonHeader { break }
        if hasFrame, line.indent == 0,
          let parsed = PythonException.parse(text, from: line.content, to: line.end),
          parsed.value != nil
        {
          return true
        }
        hasFrame = hasFrame || line.kind == .pythonFrame && line.indent == 2
        at = line.next
      }
    }
    return false
  }

  /// Whether the first line of a message is the header of the traceback it quotes, perhaps behind words.
  private func beginsWithHeader(_ text: Span<UInt8>, _ value: ByteRange) -> Bool {
    let header: StaticString = "Traceback (most recent call last)"
    if text.has(header, at: Int(value.start), before: Int(value.end)) { return true }
    let end = text.firstOffset(of: 0x0A, in: value.range) ?? Int(value.end)
    return text.ends(Int(value.start)..<end, with: ": Traceback (most recent call last):")
  }

  /// Ray's message is the stack of the task, without a header.
  private func isRemoteTask(_ text: Span<UInt8>, _ exception: ParsedException) -> Bool {
    exception.type.map { text.ends($0.range, with: ")") } == true
  }

  /// Frames of both languages within a few lines of where a traceback stopped.
  private mutating func goesOnMixed(_ text: Span<UInt8>, _ index: Int) -> Bool {
    var hasJava = false
    var hasPython = false
    for at in index..<(index + 6) {
      guard table.has(at, text), !isLogLine(text, table[at]) else { break }
      hasJava = hasJava || table[at].kind.isJavaBody
      hasPython = hasPython || table[at].kind == .pythonFrame
    }
    return hasJava && hasPython
  }

  /// The report of a woven region: it ends where nothing looks like a trace any more.
  private mutating func woven(_ text: Span<UInt8>, from index: Int, _ platform: Platform) -> ParseOutcome {
    var end = index
    while table.has(end, text), isTraceLike(text, end) { end += 1 }
    end = max(end, blockEnd(text, atMost: Self.mostLines.taken))
    // With the line above the header the region's limit comes sooner.
    while end > 1, !table.has(end - 1, text) || table[end - 1].kind == .blank { end -= 1 }
    return interleaved(text, upTo: end, platform)
  }

  private mutating func isTraceLike(_ text: Span<UInt8>, _ index: Int) -> Bool {
    let line = table[index]
    if isLogLine(text, line) { return false }
    switch line.kind {
    case .blank:
      return table.has(index + 1, text) && table[index + 1].kind != .other && table[index + 1].kind != .blank
    case .other:
      return line.indent > 0
        || PythonException.parse(text, from: line.content, to: line.end) != nil
        || JavaHeader.parse(text, from: line.content, to: line.end)?.isDotted == true
    default: return true
    }
  }
}
