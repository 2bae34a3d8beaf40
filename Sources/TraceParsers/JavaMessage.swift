internal import TraceBytes
internal import TraceModel

/// The message of an exception of the JVM, which may have several lines (trace-formats.md, section 2.7).
extension TraceParser {
  /// The first line behind the message of the header at `index`.
  ///
  /// A message goes on to the first frame or elision; where none follows before a log line or a limit,
  /// it is the header's own line alone.
  mutating func messageEnd(_ text: Span<UInt8>, after index: Int, isRoot: Bool) -> Int {
    let first = table[index]
    var at = index + 1
    var isLong = false
    var holdsPython = first.kind == .pythonHeader || PythonHeader.find(text, first) != nil
    while table.has(at, text) {
      let line = table[at]
      if line.kind == .javaFrame || line.kind == .javaBadFrame && !isPlaceInMessage(text, at) { break }
      if at == index + 1, !isRoot, wordyFrame(text, at: at) != nil { break }
      if line.kind == .javaMore, !isElisionInMessage(text, at, isRoot: isRoot) { break }
      if line.kind == .javaLabel, JavaLabel.parse(text, line)?.header?.isDotted == true { break }
      if at - index > limits.messageLines || line.start - first.start > limits.messageBytes {
        isLong = true
        break
      }
      if endsMessage(text, line, at, isRoot: isRoot, holdsPython) { return index + 1 }
      holdsPython = holdsPython || line.kind == .pythonHeader
      at += 1
    }
    guard !isLong, table.has(at, text) else {
      if isLong, isRoot { trace.reasons.insert(.messageUnbounded) }
      return index + 1
    }
    return behindQuotedStack(text, first, firstFrame: at) ?? at
  }

  /// Whether a line that begins as a frame and is none stands deeper than the frames that follow, as JAXB's places do.
  private mutating func isPlaceInMessage(_ text: Span<UInt8>, _ index: Int) -> Bool {
    let indent = table[index].indent
    var at = index + 1
    while indent > 1, at - index < Self.mostPlaces, table.has(at, text) {
      let line = table[at]
      if line.kind == .javaFrame { return line.indent < indent }
      guard line.kind == .javaBadFrame || line.kind == .other || line.kind == .blank, !isLogLine(text, line)
      else {
        return false
      }
      at += 1
    }
    return false
  }

  private static let mostPlaces = 32

  /// Whether a line cannot be part of a message.
  private mutating func endsMessage(
    _ text: Span<UInt8>, _ line: TextLine, _ index: Int, isRoot: Bool, _ holdsPython: Bool
  ) -> Bool {
    // It goes on only where frames follow.
    if isLogLineInMessage(text, line), !(isRoot && isWholeText && table[0].start == 0) { return true }
    guard !isRoot, line.kind == .other || line.kind == .pythonHeader,
      let header = JavaHeader.find(text, in: line, isLogLine: false),
      header.start == line.content || text.has("Exception in thread ", at: line.content, before: line.end)
    else {
      return line.kind == .pythonHeader && !isRoot && !holdsPython && !announces(text, table[index - 1])
    }
    // The header of the next trace, right behind a cause that has no frames of its own.
    return header.looksThrown(text) && !announces(text, table[index - 1])
  }

  /// The runtime prints nothing of the same exception behind `... N more`, so a frame there, before any
  /// label, proves that the line belongs to the message.
  private mutating func isElisionInMessage(_ text: Span<UInt8>, _ index: Int, isRoot: Bool) -> Bool {
    guard JavaMore.parse(text, table[index])?.isEnd == true else { return false }
    if !isRoot {
      // The frames that follow would stand as deep as it.
      return table.has(index + 1, text) && table[index + 1].kind == .javaFrame
        && table[index + 1].indent != table[index].indent
    }
    var at = index + 1
    while at - index < limits.messageLines, table.has(at, text) {
      let line = table[at]
      if line.kind == .javaFrame { return true }
      guard line.kind == .other || line.kind == .javaMore, !isLogLine(text, line) else { return false }
      if JavaHeader.parse(text, from: line.content, to: line.end)?.namesAClass(text) == true { return false }
      at += 1
    }
    return false
  }

  /// Behind the stack that a message quotes: the frames of the exception itself.
  private mutating func behindQuotedStack(_ text: Span<UInt8>, _ header: TextLine, firstFrame: Int) -> Int? {
    for quoted in QuotedStack.all where quoted.isAnnounced(text, header) {
      // What is looked for may stand behind all causes.
      causes.close()
      if let next = behind(quoted, text, firstFrame: firstFrame) { return next }
    }
    return nil
  }

  private mutating func behind(_ quoted: QuotedStack, _ text: Span<UInt8>, firstFrame: Int) -> Int? {
    var at = firstFrame
    while at - firstFrame < 2 * limits.messageLines, table.has(at, text), !isLogLine(text, table[at]) {
      if quoted.ends(text, table[at]) {
        // In the message itself nothing follows.
        guard table.has(at + 1, text) else { return nil }
        if quoted == .driver || table[at + 1].kind == .javaFrame { return at + 1 }
      }
      if quoted.isEndedWithout(table[at].kind) { return nil }
      at += 1
    }
    return nil
  }

  /// Extends the newest exception's value over the lines of its message.
  mutating func takeMessage(_ text: Span<UInt8>, from index: Int, to end: Int) {
    let last = trace.exceptions.count - 1
    if end > index + 1, !trace.exceptions[last].isCircular {
      let from = trace.exceptions[last].value.map { Int($0.start) } ?? table[index + 1].start
      let value = ByteRange(from, table[end - 1].end)
      trace.exceptions[last].value = value
      // The places in a list of errors are no stack.
      if !QuotedStack.errors.isAnnounced(text, table[index]), hasAnchor(text, in: value) {
        noteCarrier(last, value)
      }
    } else if trace.exceptions[last].type != nil, let value = trace.exceptions[last].value,
      text.has("null", at: Int(value.start), before: Int(value.end)),
      value.count == 4
    {
      trace.flags.insert(.logbackNull)
    }
  }
}

/// A stack that stands in a message and is told by the words of its header; behind it comes that of the exception itself.
private enum QuotedStack {
  /// Spark prints the executor's stack as part of the driver's message; `Driver stacktrace:` ends it.
  case driver
  /// Hadoop's remote exceptions have the server's frames in their message; an empty line ends them.
  case remote
  /// Guice lists errors with the places that led to each; `2 errors` ends the list.
  case errors
  /// Flink's client prints what the server threw; `End of exception on server side>]` ends it.
  case server
  /// AssertJ says where each failure was, in a line that is not indented.
  case failures

  static let all: [QuotedStack] = [.driver, .remote, .errors, .server, .failures]

  /// Whether the words of a header say that such a stack follows.
  func isAnnounced(_ text: Span<UInt8>, _ header: TextLine) -> Bool {
    let range = header.content..<header.end
    return switch self {
    case .driver: text.firstOffset(of: "stage failure", in: range) != nil
    case .errors: text.ends(range, with: " following errors:")
    case .remote: text.firstOffset(of: "RemoteException(", in: range) != nil
    case .server: text.ends(range, with: "<Exception on server side:")
    case .failures: text.firstOffset(of: "MultipleFailuresError:", in: range) != nil
    }
  }

  /// Whether the line stands between the quoted stack and the other one.
  func ends(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    switch self {
    case .driver: text.has("Driver stacktrace:", at: line.content, before: line.end)
    case .remote: line.kind == .blank
    case .errors: Self.isCount(text, line)
    case .server: text.has("End of exception on server side", at: line.content, before: line.end)
    case .failures: line.kind == .javaFrame && line.indent == 0
    }
  }

  /// Whether a line of this kind shows that nothing else comes behind the stack.
  func isEndedWithout(_ kind: LineKind) -> Bool {
    switch self {
    case .driver, .server: false
    case .remote: kind != .javaFrame
    case .errors, .failures: kind == .javaLabel || kind == .javaMore
    }
  }

  /// `1 error`, `2 errors`.
  private static func isCount(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    var at = line.content
    while at < line.end, isDigit(text[at]) { at += 1 }
    return at > line.content
      && (text.has(" errors", at: at, before: line.end) && at + 7 == line.end
        || text.has(" error", at: at, before: line.end) && at + 6 == line.end)
  }
}
