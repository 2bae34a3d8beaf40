internal import TraceBytes
internal import TraceModel

/// The frames of a Python traceback, with the source lines and marks under them (trace-formats.md, section 3.1).
extension TraceParser {
  mutating func frames(_ text: Span<UInt8>, from first: Int, _ margin: Margin, exception: Int) -> Int {
    if margin.isTrimmed { return trimmedFrames(text, from: first, margin, exception) }
    let known = knownStack(text, at: first, margin, exception)
    var last: FrameMark?
    let end = walkFrames(text, from: known ?? first, behind: first, margin, exception, &last)
    // One that goes on for long behind a known one is another.
    if let last, last.index - (known ?? first) > 8 || known == nil {
      let whole = last.end == end ? whole(text, end, exception) : nil
      noteStack(text, from: first, to: whole ?? last, margin, exception)
    }
    return end
  }

  /// What there was of a stack before one of its frames, or behind the last one.
  private struct FrameMark {
    /// Of the line in question, and of the first one behind the frame's source lines.
    var index: Int
    var end = 0
    var isBehindLast = false
    var frames: Int
    var stackKey: KeyHash?
    var framesKey: KeyHash?
  }

  /// Takes over a stack that was met before.
  /// - Returns: the index of the first line behind it.
  private mutating func knownStack(
    _ text: Span<UInt8>, at index: Int, _ margin: Margin, _ exception: Int
  ) -> Int? {
    guard content(text, index, margin)?.kind == .pythonFrame,
      let stack = table.knownStack(text, at: index, margin), hasRoom(for: stack)
    else { return nil }
    _ = table.take(stack, at: index, into: &trace, exception)
    return index + table.size(of: stack).lines
  }

  /// Behind the last frame, if one byte of the next line shows that it ends there: its source lines stand deeper. A line
  /// that starts with a letter is neither one of them nor a frame.
  private mutating func whole(_ text: Span<UInt8>, _ end: Int, _ exception: Int) -> FrameMark? {
    guard table.has(end, text), isLetter(text[table[end - 1].next]) else { return nil }
    return FrameMark(
      index: end, end: end, isBehindLast: true, frames: trace.frames.count,
      stackKey: trace.exceptions[exception].stackKey,
      framesKey: trace.exceptions[exception].framesKey)
  }

  /// Keeps all frames before a mark. What follows a frame tells where it ends, so that is part of what has to stand again:
  /// the next frame's line, or the first byte behind the last frame.
  private mutating func noteStack(
    _ text: Span<UInt8>, from first: Int, to last: FrameMark, _ margin: Margin, _ exception: Int
  ) {
    let start = trace.exceptions[exception].frames.lowerBound
    guard content(text, first, margin)?.kind == .pythonFrame, last.frames > start,
      trace.frames.count < limits.frames, !hasBrokenLine
    else { return }
    let compared = last.isBehindLast ? table[last.index - 1].next + 1 : table[last.index].next
    table.note(
      text, lines: first..<last.index, comparedTo: compared,
      frames: trace.frames[start..<last.frames],
      KnownStacks.Outcome(margin: margin, stackKey: last.stackKey, framesKey: last.framesKey))
  }

  /// Whether a line was passed over for what it is: a stack that is met again does not say so.
  private var hasBrokenLine: Bool {
    trace.reasons.contains(.badFrame) || trace.reasons.contains(.lineSplit)
      || trace.reasons.contains(.binaryGarbage) || trace.reasons.contains(.truncatedByMarker)
  }

  private mutating func walkFrames(
    _ text: Span<UInt8>, from start: Int, behind first: Int, _ margin: Margin, _ exception: Int,
    _ last: inout FrameMark?
  ) -> Int {
    var index = start
    // loguru puts a blank line behind the header, every frame and the last one.
    let isSpaced = content(text, first, margin)?.kind == .blank
    while table.has(index, text) {
      guard let line = content(text, index, margin) else {
        // The source of a syntax error in a box stands there without the margin.
        guard margin.isBox, index > first, let next = behindBareLines(text, index, margin) else {
          return index
        }
        index = next
        continue
      }
      switch line.kind {
      case .pythonFrame where frameIndent(text, line) > margin.base || margin.base == 0 && index == first:
        last = FrameMark(
          index: index, frames: trace.frames.count, stackKey: trace.exceptions[exception].stackKey,
          framesKey: trace.exceptions[exception].framesKey)
        index = frame(text, line, at: index, margin, exception)
        last?.end = index
      case .pythonRepeat where line.indent > margin.base:
        addRepeat(text, line, exception)
        index += 1
      case .javaFrame where exception == trace.exceptions.count - 1 && !trace.frames.isEmpty:
        guard isMixed(text, index, margin) else { return index }
        addMixed(table.javaFrame(of: line, text).frame, exception)
        index += 1
      case _ where isCutAmongFrames(text, line, index, margin):
        trace.reasons.insert(.truncatedByMarker)
        index += 1
      default:
        if let next = splitPythonFrame(text, line, at: index, margin, exception) {
          index = next
          continue
        }
        guard isSkippedBetweenFrames(text, line, index, margin, isSpaced: isSpaced) else { return index }
        index += 1
      }
    }
    return index
  }

  /// Whether a line says that frames were left out, and the next one is a frame.
  private mutating func isCutAmongFrames(
    _ text: Span<UInt8>, _ line: TextLine, _ index: Int, _ margin: Margin
  ) -> Bool {
    guard table.has(index + 1, text), table[index + 1].kind == .pythonFrame || margin.isBox,
      content(text, index + 1, margin)?.kind == .pythonFrame, isCutMarker(text, line)
    else { return false }
    return PythonException.parse(text, from: line.content, to: line.end)?.value == nil
  }

  /// A frame's leading blanks; loguru marks one frame with `> ` in their place.
  private func frameIndent(_ text: Span<UInt8>, _ line: TextLine) -> Int {
    line.indent + (text.has("> ", at: line.content, before: line.end) ? 2 : 0)
  }

  /// Blank lines, value lines of pretty printers and Twisted's marker may stand between frames.
  private mutating func isSkippedBetweenFrames(
    _ text: Span<UInt8>, _ line: TextLine, _ index: Int, _ margin: Margin, isSpaced: Bool
  ) -> Bool {
    if line.kind == .pythonHeader || line.kind == .pythonSeparator { return false }
    let isMarker = text.has("--- <exception caught here> ---", at: line.content, before: line.end)
    let isGarbage = line.kind == .other && DamagedLine.isGarbage(text, line)
    guard line.kind == .blank || line.indent > margin.base || isMarker || isGarbage,
      !CutMarker.endsFrame(text, line)
    else {
      return false
    }
    guard framesGoOn(text, behind: index, line, margin, isSpaced: isSpaced) else { return false }
    if isGarbage { trace.reasons.insert(.binaryGarbage) }
    // A frame that cannot be read.
    if text.has("File \"", at: line.content, before: line.end) { trace.reasons.insert(.badFrame) }
    return true
  }

  /// Whether a frame or the exception's line comes behind a line that is neither.
  private mutating func framesGoOn(
    _ text: Span<UInt8>, behind index: Int, _ line: TextLine, _ margin: Margin, isSpaced: Bool
  ) -> Bool {
    var at = index + 1
    while at < index + 8, table.has(at, text), let next = content(text, at, margin) {
      if next.kind == .pythonFrame || next.kind == .pythonRepeat {
        return frameIndent(text, next) > margin.base
      }
      guard next.kind == .blank || next.indent > margin.base else {
        return (line.kind != .blank || isSpaced) && next.kind == .other
          && PythonException.parse(text, from: next.content, to: next.end) != nil
      }
      at += 1
    }
    return false
  }

  private mutating func frame(
    _ text: Span<UInt8>, _ line: TextLine, at index: Int, _ margin: Margin, _ exception: Int
  ) -> Int {
    guard let (parsed, key) = table.pythonFrame(text, line) else { return index + 1 }
    var frame = ParsedFrame(parsed, key: key)
    let next = source(text, from: index + 1, margin, below: frameIndent(text, line), &frame)
    if hasRoomForFrame() { trace.append(frame, to: exception) }
    return next
  }

  /// The source lines and markers under a frame: everything that stands deeper than the frame.
  mutating func source(
    _ text: Span<UInt8>, from first: Int, _ margin: Margin, below indent: Int, _ frame: inout ParsedFrame
  ) -> Int {
    var index = first
    // A line of blanks alone is a source line if it is indented like one.
    while table.has(index, text), let line = content(text, index, margin), line.indent > indent {
      if line.kind == .pythonRepeat, line.indent <= indent { break }
      if index == first, line.kind != .blank, !isCaret(text, line) {
        addSource(text, line, to: &frame)
      }
      index += 1
    }
    return index
  }

  mutating func addSource(_ text: Span<UInt8>, _ line: TextLine, to frame: inout ParsedFrame) {
    frame.context = ByteRange(line.content, line.end)
    frame.key = frame.key.map { ParsedFrame.key($0, context: table.contextKey(text, line)) }
  }

  /// A marker line of 3.11 and later: only `~`, `^` and blanks.
  func isCaret(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    for at in line.content..<line.end
    where text[at] != UInt8(ascii: "^") && text[at] != UInt8(ascii: "~") && !isBlank(text[at]) {
      return false
    }
    return true
  }

  mutating func addRepeat(_ text: Span<UInt8>, _ line: TextLine, _ exception: Int) {
    guard !trace.frames.isEmpty, trace.exceptions[exception].frames.contains(trace.frames.count - 1) else {
      return
    }
    var at = line.content + 24
    var count: Int32 = 0
    while at < line.end, isDigit(text[at]), count < 100_000_000 {
      count = count &* 10 &+ Int32(text[at] &- 0x30)
      at += 1
    }
    trace.addRepeats(count, of: exception)
  }

  /// Jython prints the Java frames of a Java exception behind the Python ones, before the exception line.
  private mutating func isMixed(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Bool {
    var at = index
    while at - index < 1024, table.has(at, text), let line = content(text, at, margin) {
      if line.kind != .javaFrame {
        return line.indent == margin.base
          && PythonException.parse(text, from: line.content, to: line.end) != nil
      }
      at += 1
    }
    return false
  }

  private mutating func addMixed(_ frame: JavaFrame, _ exception: Int) {
    trace.flags.insert(.mixedFrames)
    guard hasRoomForFrame() else { return }
    var parsed = ParsedFrame()
    parsed.module = frame.module
    parsed.function = frame.function
    parsed.file = frame.file
    parsed.line = frame.line
    parsed.isNative = frame.isNative
    trace.append(parsed, to: exception)
  }
}
