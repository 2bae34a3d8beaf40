internal import TraceBytes
internal import TraceModel

/// Lines of the log that another thread wrote between the lines of a traceback: what is behind them shows that it goes on
/// (trace-formats.md, section 5, `interleaved`).
extension TraceParser {
  /// The index of a line of the log behind the block that ends before `index`, if lines of the block follow that it lacks.
  mutating func interruption(_ text: Span<UInt8>, behind index: Int) -> Int? {
    var at = index
    while at < index + 2, table.has(at, text), table[at].kind == .blank { at += 1 }
    return isInterrupted(text, at: at) ? at : nil
  }

  private mutating func isInterrupted(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard depth == 0, index > 0, table.has(index, text), isInterruption(text, table[index]),
      table.has(index + 1, text)
    else { return false }
    let next = table[index + 1]
    if leadsToSentence(text, index + 1) { return true }
    if table[0].kind == .margin {
      return next.kind == .margin && !isBoxHeader(text, next) && !isClosed(text, index)
    }
    if let last = lastSentence(text, above: index) { return last < index && next.kind == .pythonHeader }
    guard trace.exceptions.last?.type == nil else { return false }
    switch next.kind {
    case .pythonFrame: return next.indent == table[0].indent + 2
    case .pythonRepeat: return next.indent > table[0].indent
    case .other:
      if next.indent > table[0].indent + 2 {
        return table[index - 1].kind == .pythonFrame || isCaret(text, next) && next.end > next.content
      }
      return next.indent == table[0].indent && isRaised(text, next) && !isRemote(text, next)
        && !isConfirmed(text, index + 1)
    default: return false
    }
  }

  /// Whether the sentence of a chain is the next line with text, and the header of a block follows.
  private mutating func leadsToSentence(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard let at = behindBlanks(text, index, Margin()), table[at].kind == .pythonSeparator,
      let header = behindBlanks(text, at + 1, Margin())
    else { return false }
    return table[header].kind == .pythonHeader
  }

  /// Whether a line is the log's for certain and tells of nothing that what follows could belong to.
  func isInterruption(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    line.kind == .other && line.indent == 0 && LogLine.kind(text, line, scratch) == .sure
      && !LogLine.isSevere(text, line)
  }

  /// Whether the line above ends a group's box.
  private func isClosed(_ text: Span<UInt8>, _ index: Int) -> Bool {
    separatorLine(text, table[index - 1])?.isEnd == true
  }

  /// The index of the sentence of a chain that is the last line above which is not blank.
  private func lastSentence(_ text: Span<UInt8>, above index: Int) -> Int? {
    var at = index - 1
    while at > 0, index - at < 4, table[at].kind == .blank { at -= 1 }
    return table[at].kind == .pythonSeparator ? at : nil
  }

  /// Whether a line is the exception's of a traceback.
  private func isRaised(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let parsed = PythonException.parse(text, from: line.content, to: line.end) else { return false }
    return saysRaised(text, parsed.type)
  }
}
