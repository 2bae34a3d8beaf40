internal import TraceBytes
internal import TraceModel

/// Frames of a traceback whose lines lost the blanks before them: what is a frame, a source line or the exception's line is
/// told by the words alone.
extension TraceParser {
  mutating func trimmedFrames(_ text: Span<UInt8>, from first: Int, _ margin: Margin, _ exception: Int) -> Int
  {
    trace.flags.insert(.indentLost)
    var index = first
    while let line = content(text, index, margin), line.kind == .pythonFrame || line.kind == .pythonRepeat {
      guard line.kind == .pythonFrame else {
        addRepeat(text, line, exception)
        index += 1
        continue
      }
      guard let (parsed, key) = table.pythonFrame(text, line) else { return index }
      var frame = ParsedFrame(parsed, key: key)
      let end = sourceEnd(text, from: index + 1, margin)
      if end > index + 1, let source = content(text, index + 1, margin) {
        addSource(text, source, to: &frame)
      }
      if hasRoomForFrame() { trace.append(frame, to: exception) }
      index = end
    }
    return index
  }

  /// Behind the source lines and marks between a frame and the next one, or the exception's line.
  private mutating func sourceEnd(_ text: Span<UInt8>, from first: Int, _ margin: Margin) -> Int {
    for index in first..<first + Self.mostSourceLines {
      guard let line = content(text, index, margin) else { return first }
      switch line.kind {
      case .pythonFrame, .pythonRepeat: return index
      case .other where looksThrown(text, line):
        if index == first, let next = thrownBelow(text, line, first, margin) { return next }
        return index
      case .other: continue
      default: return first
      }
    }
    return first
  }

  private static let mostSourceLines = 16

  /// The exception's line below a source line that could be one itself: a small letter begins its last name.
  private mutating func thrownBelow(
    _ text: Span<UInt8>, _ line: TextLine, _ first: Int, _ margin: Margin
  ) -> Int? {
    guard !isCapital(text, line) else { return nil }
    var index = first + 1
    while let below = content(text, index, margin), below.kind == .other {
      if looksThrown(text, below) { return index }
      guard isCaret(text, below) else { return nil }
      index += 1
    }
    return nil
  }

  private func looksThrown(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    lastName(text, line).map { $0.isCapital || $0.isDotted } == true
  }

  private func isCapital(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    lastName(text, line)?.isCapital == true
  }

  /// Whether the last name of the type that a line begins with has a capital letter first, and others before it.
  private func lastName(_ text: Span<UInt8>, _ line: TextLine) -> (isCapital: Bool, isDotted: Bool)? {
    guard let type = PythonException.parse(text, from: line.content, to: line.end)?.type else { return nil }
    let dot = text.lastOffset(of: UInt8(ascii: "."), in: type.range)
    let name = dot.map { $0 + 1 } ?? Int(type.start)
    return ((0x41...0x5A).contains(text[name]), dot != nil)
  }
}
