internal import TraceBytes
internal import TraceModel

/// Frames with words behind them: another line that was written into the same one, an agent's remark.
///
/// Messages hold such lines, too (Guice says where a binding stands), so that they are frames only in a stack.
extension TraceParser {
  /// A trace whose stack begins with such frames, directly below a header that was plainly thrown; nil otherwise.
  mutating func wordyStack(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome? {
    guard let frame = JavaFrame.parseWordy(text, line),
      let above = self.line(before: line.start, floor: context.floor, text),
      let header = JavaHeader.find(text, in: above, isLogLine: isLogLine(text, above)),
      header.isDotted, header.looksThrown(text)
    else { return nil }
    table.reset(at: above.start, end: context.end, isFinal: context.isFinal)
    // One alone has to name a line of a file, below a line that is nothing but the header.
    let isSure = frame.file != nil && header.start == above.content
    guard table.has(1, text), isSure || table.has(2, text) && isFrame(text, 2) else { return nil }
    let next = parseJava(text, header: header, messageEnd: 1)
    // Lines of a message, then.
    if table.has(next, text), frameBehind(text, next) != nil { return nil }
    finish(text, lines: next, context: context)
    return .trace
  }

  private func isFrame(_ text: Span<UInt8>, _ index: Int) -> Bool {
    table[index].kind == .javaFrame || JavaFrame.parseWordy(text, table[index]) != nil
  }

  /// The frame of the line at `index`, if it stands in a stack and has words behind it.
  mutating func wordyFrame(_ text: Span<UInt8>, at index: Int) -> JavaFrame? {
    guard index > 0, let frame = JavaFrame.parseWordy(text, table[index]) else { return nil }
    let isInStack =
      switch table[index - 1].kind {
      case .javaFrame: true
      case .javaLabel: trace.reasons.contains(.badFrame) || endsCell(text, at: index)
      default: index == 1 || JavaFrame.parseWordy(text, table[index - 1]) != nil
      }
    return isInStack ? frame : nil
  }

  private func isHanging(_ text: Span<UInt8>, below index: Int, _ line: TextLine) -> Bool {
    let above = table[index]
    if above.kind == .javaFrame {
      return above.indent < line.indent
        && JavaFrame.parse(text, from: above.content + 3, to: above.end) == nil
    }
    return above.kind == .other && above.indent == line.indent && JavaFrame.parseHanging(text, above) != nil
  }

  /// The frame of the line at `index`, if it hangs below the first one of a stack of Clojure's, the only one that has `at`.
  func hangingFrame(_ text: Span<UInt8>, at index: Int) -> JavaFrame? {
    guard index > 0, let frame = JavaFrame.parseHanging(text, table[index]),
      isHanging(text, below: index - 1, table[index])
    else { return nil }
    return frame
  }

  /// Whether what stands behind the last frame ends a cell or an element: damage to none of the trace,
  /// unless the cell's quotes were doubled in a message, too.
  mutating func endsCell(_ text: Span<UInt8>, at index: Int) -> Bool {
    let line = table[index]
    if table.has(index + 1, text) {
      let next = table[index + 1]
      if next.kind.isJavaBody || text.has("at ", at: next.content, before: next.end) { return false }
    }
    guard let close = text.firstOffset(of: UInt8(ascii: ")"), in: line.content..<line.end),
      CellEnd.isOne(text, close + 1, line.end)
    else { return false }
    return !trace.exceptions.contains {
      $0.value.map { text.firstOffset(of: "\"\"", in: $0.range) != nil } == true
    }
  }
}

extension JavaFrame {
  /// Reads the frame of an indented line that has more behind its location; nil when it is none, or its location names no
  /// line, so that it may be prose.
  static func parseWordy(_ text: Span<UInt8>, _ line: TextLine) -> JavaFrame? {
    guard line.kind == .other, line.indent > 0, text.has("at ", at: line.content, before: line.end),
      let open = text.firstOffset(of: UInt8(ascii: "("), in: line.content..<line.end),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<line.end),
      let frame = parse(text, from: line.content + 3, to: close + 1), Int(frame.function.end) == open,
      !frame.hasBadLocation, !frame.isBoundary
    else { return nil }
    // Guice's remark on a binding.
    if text.has(" (", at: close + 1, before: line.end) { return nil }
    guard let file = frame.file else { return frame }
    return frame.line > 0 && endings.contains { text.ends(file.range, with: $0) } ? frame : nil
  }

  /// Of files whose languages print frames of this shape.
  private static let endings: [StaticString] = [".java", ".kt", ".scala", ".groovy", ".clj", ".kts"]
}
