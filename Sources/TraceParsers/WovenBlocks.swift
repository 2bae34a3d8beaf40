internal import TraceBytes
internal import TraceModel

/// Two traces whose lines were written into each other, told from neighbours that no printer puts side by side.
///
/// A trace that stops where lines of a trace go on is looked at again, with all lines around it: what was read of it is
/// wrong even where it looks whole.
extension TraceParser {
  /// How many lines are looked at for a sign, and how many a region has at most once there is one. Behind a trace of more
  /// lines than a few, a header opens the next one.
  static let mostLines = (tried: 128, taken: 2000, first: 5, behindHeader: 64)

  /// A failure in place of the trace just walked, if it is one of two woven ones.
  /// - Parameter next: index of the first line behind it.
  mutating func wovenBlock(_ text: Span<UInt8>, _ next: Int, _ context: ParseContext) -> ParseOutcome? {
    guard depth == 0, !table.isDoubleSpaced, stopsAmongTraces(text, next) else { return nil }
    // What was cut off ends there: another trace follows.
    if next > 0, isCutMarker(text, table[next - 1]) { return nil }
    let own = table[0].start
    let isHeader = table[next].indent == 0 && !table[next].kind.isJavaBody
    table.reset(at: blockStart(text, context), end: context.end, isFinal: context.isFinal)
    let end = blockEnd(
      text, atMost: isHeader ? Self.mostLines.behindHeader : Self.mostLines.tried,
      headers: isHeader ? 1 : .max)
    if end > 0, hasWovenNeighbours(text, upTo: end) {
      return interleaved(text, upTo: blockEnd(text, atMost: Self.mostLines.taken), trace.platform)
    }
    table.reset(at: own, end: context.end, isFinal: context.isFinal)
    _ = table.has(next, text)
    return nil
  }

  /// Whether the line behind a trace is one of another trace.
  private mutating func stopsAmongTraces(_ text: Span<UInt8>, _ next: Int) -> Bool {
    guard table.has(next, text) else { return false }
    let line = table[next]
    switch line.kind {
    case .javaFrame, .javaMore, .javaLabel, .pythonFrame, .pythonSeparator: return true
    case .pythonHeader: return next <= Self.mostLines.first
    case .margin:
      return text.has("| ", at: line.content, before: line.end)
        || next <= Self.mostLines.first && isBoxHeader(text, line)
    case .other: return (line.indent >= 4 || next <= Self.mostLines.first) && isPart(text, line)
    case .blank, .javaBadFrame, .javaLock, .pythonFaultFrame, .pythonRepeat: return false
    }
  }

  private func blockStart(_ text: Span<UInt8>, _ context: ParseContext) -> Int {
    var start = table[0].start
    for _ in 0..<limits.messageLines {
      guard table[0].start - start <= limits.messageBytes,
        let above = line(before: start, floor: context.floor, text), isPart(text, above)
      else { break }
      start = above.start
    }
    return start
  }

  /// Index of the first line that is no part of a trace; a blank one is where another one stands behind it.
  /// - Parameter headers: how many there may be behind stacks. Short traces that follow each other are not waited for
  ///   without end: two woven ones have no third header.
  mutating func blockEnd(_ text: Span<UInt8>, atMost most: Int, headers: Int = .max) -> Int {
    var at = 0
    var end = 0
    var left = headers
    while at < most, table.has(at, text) {
      if at > 0, isHeaderBehindStack(at) {
        if left == 0 { break }
        left -= 1
      }
      if table[at].kind == .blank {
        guard at - end < 2 else { break }
      } else {
        guard isPart(text, table[at]), at == end || !opensTrace(text, table[at], behind: end) else { break }
        end = at + 1
      }
      at += 1
    }
    return end
  }

  private func isHeaderBehindStack(_ at: Int) -> Bool {
    let (above, line) = (table[at - 1].kind, table[at])
    guard line.indent == 0 else { return false }
    switch line.kind {
    case .other: return above == .javaFrame || above == .javaMore
    case .pythonHeader: return above == .other && table[at - 1].indent == 0
    default: return false
    }
  }

  /// Whether a line behind blank ones is the header of a trace of its own.
  private func opensTrace(_ text: Span<UInt8>, _ line: TextLine, behind end: Int) -> Bool {
    if (max(0, end - 4)..<end).contains(where: { table[$0].kind == .pythonSeparator }) { return false }
    return line.kind == .pythonHeader || line.kind == .other && line.indent == 0
  }

  private func isPart(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    switch line.kind {
    case .blank: return false
    case .other: break
    default: return true
    }
    if line.indent >= 4 { return true }
    guard line.indent == 0, !isLogLine(text, line) else { return false }
    if JavaHeader.parse(text, from: line.content, to: line.end)?.saysThrown(text) == true { return true }
    guard let parsed = PythonException.parse(text, from: line.content, to: line.end) else { return false }
    return JavaHeader(type: parsed.type).saysThrown(text)
  }

  /// Whether two lines stand side by side that belong to different traces. Where their languages differ, the first one has
  /// to come back: one trace may follow the other, with its header lost.
  private mutating func hasWovenNeighbours(_ text: Span<UInt8>, upTo end: Int) -> Bool {
    var (sinceFrame, changes, isMixed) = (8, 0, false)
    var last = end > 0 ? Self.language(table[0]) : nil
    // They count together: a header in the middle of a block, and a block that goes on behind its exception.
    var (hasHeader, hasEnd) = (false, false)
    for index in 1..<max(1, end) {
      let (above, line) = (table[index - 1], table[index])
      sinceFrame = above.kind == .pythonFrame ? 0 : sinceFrame + 1
      if line.kind == .pythonHeader, line.indent == 0 {
        hasHeader = hasHeader || !hasEnd && sinceFrame < 4 && above.indent > 0
        hasEnd = false
      }
      hasEnd = hasEnd || line.kind == .other && line.indent == 0
      let goesOn = above.kind == .other && above.indent == 0 && line.kind == .pythonFrame && line.indent >= 2
      // The first line of a text may have lost its tab.
      let isTrimmed = index == 1 && above.indent == 0
      if hasHeader && goesOn || !isTrimmed && isOddPair(text, above, line) { return true }
      isMixed = isMixed || isForeignPair(text, above, line, sinceFrame)
      if let language = Self.language(line), language != last {
        changes += last == nil ? 0 : 1
        last = language
      }
    }
    return isMixed && changes > 1
  }

  /// Neighbours of one language that no printer writes: frames of different depth, or more behind a stack's end.
  private func isOddPair(_ text: Span<UInt8>, _ above: TextLine, _ line: TextLine) -> Bool {
    switch (above.kind, line.kind) {
    case (.javaFrame, .javaFrame), (.javaMore, .javaMore): above.indent != line.indent
    case (.javaMore, .javaFrame): JavaMore.parse(text, above)?.isEnd == true
    case (.pythonFrame, .margin), (.margin, .pythonFrame):
      !isBoxHeader(text, line) && !isBoxHeader(text, above)
    default: false
    }
  }

  /// Neighbours of different languages without a header between them.
  private func isForeignPair(_ text: Span<UInt8>, _ above: TextLine, _ line: TextLine, _ sinceFrame: Int)
    -> Bool
  {
    switch (above.kind, line.kind) {
    case (.javaFrame, .pythonFrame), (.javaMore, .pythonFrame), (.pythonHeader, .javaFrame),
      (.pythonHeader, .javaMore), (.pythonSeparator, .javaFrame), (.margin, .javaFrame), (.margin, .javaMore):
      true
    case (.javaFrame, .margin), (.javaMore, .margin): !isBoxHeader(text, line)
    case (.javaLabel, .pythonFrame): PythonHeader.find(text, above) == nil
    // A source line that belongs to a frame of Python before.
    case (.javaFrame, .other), (.javaMore, .other), (.javaLabel, .other): line.indent >= 4 && sinceFrame < 4
    default: false
    }
  }

  private static func language(_ line: TextLine) -> Platform? {
    switch line.kind {
    case .javaFrame, .javaMore, .javaLabel: .java
    case .pythonHeader, .pythonFrame, .margin: .python
    default: nil
    }
  }

  /// The report of the table's lines up to `end`.
  mutating func interleaved(_ text: Span<UInt8>, upTo end: Int, _ platform: Platform) -> ParseOutcome {
    _ = table.has(end - 1, text)
    return .failure(
      ParseFailure(
        platform: platform, reason: .interleaved,
        detail: "the lines of two traces are mixed, and nothing tells them apart",
        region: ByteRange(table[0].start, table[end - 1].next),
        lines: table.physicalLines(end, upTo: table[end - 1].next, text)))
  }
}
