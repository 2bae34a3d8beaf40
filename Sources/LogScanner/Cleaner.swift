internal import LogInput
internal import TraceBytes

/// Cleans every line.
struct Cleaner: LineUnwrapper {
  let dirt: Dirt
  /// Where the anchor's line starts.
  let anchor: Int

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    switch dirt {
    case .control:
      let start = Dirt.hasMark(text, line.start) ? line.start + 3 : line.start
      TextEscapes.appendPlain(text, start..<max(start, line.end), to: &output)
    case .carriage: appendOverwritten(text, line, to: &output)
    case .octal: TextEscapes.appendOctal(text, line.range, to: &output)
    case .noBreak: appendIndented(text, line, to: &output)
    case .markup:
      // What follows on the line of a closing tag stands outside.
      if line.start > anchor, let first = line.range.first(where: { !isBlank(text[$0]) }),
        text.has("</pre>", at: first, before: line.end)
      {
        return .last
      }
      MarkupText.appendDecoded(text, inner(text, line), to: &output)
      if line.start >= anchor, MarkupText.closesElement(text, line.range) { return .last }
    }
    return .whole
  }
}

extension Cleaner {
  /// The text between the tags of a line: behind a tag in its middle where that opens the text of a header, and without a
  /// line break where the line ends anyway.
  private func inner(_ text: Span<UInt8>, _ line: LineSpan) -> Range<Int> {
    let inner = MarkupText.withoutTags(text, line.range)
    let isTagged = Dirt.isTagged(text, line) || Dirt.endsTag(text, line)
    let header = line.start < anchor && isTagged ? Dirt.taggedHeader(text, line) : nil
    let start = header ?? inner.lowerBound
    return MarkupText.withoutOuterBreaks(text, start..<max(start, inner.upperBound))
  }

  /// The blanks that a line begins with are no break.
  private func appendIndented(_ text: Span<UInt8>, _ line: LineSpan, to output: inout [UInt8]) {
    var at = line.start
    while text.has("\u{A0}", at: at, before: line.end) {
      output.append(0x20)
      at += 2
    }
    output.append(text, at..<line.end)
  }

  /// What was written over becomes lines of its own; so does a progress bar at the end of them.
  private func appendOverwritten(_ text: Span<UInt8>, _ line: LineSpan, to output: inout [UInt8]) {
    for index in line.range { output.append(text[index] == 0x0D ? 0x0A : text[index]) }
    guard let last = text.lastOffset(of: 0x0D, in: line.range),
      text.has("[Stage ", at: last + 1, before: line.end),
      let close = text.firstOffset(of: UInt8(ascii: "]"), in: last..<line.end)
    else { return }
    output.insert(0x0A, at: close + 1 - line.start)
  }
}
