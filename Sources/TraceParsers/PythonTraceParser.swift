internal import TraceBytes
internal import TraceModel

/// Python tracebacks: blocks of frames and an exception line, chained by sentences, in boxes for groups
/// (trace-formats.md, section 3).
extension TraceParser {
  /// Where a block's lines stand: in a group's box every line starts with a margin.
  struct Margin: Equatable {
    /// Column of the box's `|`, or -1 outside of any box.
    var column = -1
    /// Leading blanks of the header and of the exception line, behind the margin.
    var base = 0

    var isBox: Bool { column >= 0 }
  }

  /// The region around a header, a frame without one, or a group's box.
  mutating func pythonRegion(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome {
    if let outcome = javaAroundPython(text, context) { return outcome }
    let start =
      remoteStart(text, context) ?? boxStart(text, context) ?? stackTitle(text, context)
      ?? untracedStart(text, context) ?? brokenChainStart(text, context) ?? context.anchor
    table.reset(at: start, end: context.end, isFinal: context.isFinal)
    guard table.has(0, text) else { return .needsMore(from: start) }
    if isDoubleSpaced(text) {
      table.reset(at: start, end: context.end, isFinal: context.isFinal, isDoubleSpaced: true)
      guard table.has(0, text) else { return .needsMore(from: start) }
    }
    trace.reset(platform: .python)
    var next = start < context.anchor && isRemote(text, table[0]) ? remoteTrace(text) : nil
    if next == nil {
      // Quotes that nobody closes hold a traceback like any other.
      if isRemote(text, table[0]) {
        table.reset(at: context.anchor, end: context.end, isFinal: context.isFinal)
      }
      guard table.has(0, text) else { return .needsMore(from: start) }
      next = firstBlock(text)
    }
    guard let next, !isDocumentation(text) else { return .none(resume: table[0].next) }
    if let failure = wovenBlock(text, next, context) { return failure }
    finish(text, lines: next, context: context)
    if let failure = wovenPython(text, next) { return failure }
    if let outcome = javaBehind(text, next, context) { return outcome }
    return garbled(.python) ?? pythonOutcome(text, next)
  }

  /// A doctest's traceback: an ellipsis instead of frames.
  private mutating func isDocumentation(_ text: Span<UInt8>) -> Bool {
    guard trace.frames.isEmpty, table[0].kind == .pythonHeader, table.has(1, text) else { return false }
    let line = table[1]
    return line.indent > table[0].indent && line.end - line.content == 3
      && text.has("...", at: line.content, before: line.end)
  }

  /// Whether something put a blank line behind every line: the header, a frame and its source show it.
  private mutating func isDoubleSpaced(_ text: Span<UInt8>) -> Bool {
    guard table.has(1, text), table[1].kind == .blank, table.has(5, text) else { return false }
    return table[3].kind == .blank && table[5].kind == .blank && table[2].kind != .blank
      && table[4].kind != .blank
  }

  private mutating func firstBlock(_ text: Span<UInt8>) -> Int? {
    let line = table[0]
    var margin = Margin()
    switch line.kind {
    case .margin:
      if !isBoxHeader(text, line) {
        margin.column = line.indent
        guard let inner = content(text, 0, margin) else { return nil }
        if inner.kind == .pythonFrame {
          margin.base = max(0, inner.indent - 2)
          trace.reasons.insert(.missingHeader)
        } else if inner.kind != .pythonHeader,
          PythonException.parse(text, from: inner.content, to: inner.end) == nil
        {
          return nil
        }
      }
    case .pythonHeader:
      guard let header = PythonHeader.find(text, line) else { return nil }
      margin.base = header.start == line.content ? line.indent : 0
    case .pythonFrame: margin.base = max(0, line.indent - 2)
    case .pythonSeparator:
      trace.reasons.insert(.badChain)
      guard let next = behindBlanks(text, 1, margin) else { return nil }
      margin.base = table[next].indent
      return chain(text, from: next, margin, relation: nil, parent: -1, depth: 0)
    default: break
    }
    return chain(text, from: 0, margin, relation: nil, parent: -1, depth: 0)
  }

  // MARK: Chains

  /// Parses blocks and the sentences between them.
  /// - Returns: index of the first line behind the chain, or nil when there is no block at all.
  mutating func chain(
    _ text: Span<UInt8>, from first: Int, _ margin: Margin, relation: Relation?, parent: Int, depth: Int
  ) -> Int? {
    var relation = relation
    var parent = parent
    var index = first
    var margin = margin
    while true {
      let number = trace.exceptions.count
      guard hasRoomForException(at: index) else { return index }
      trace.exceptions.append(
        ParsedException(relation: relation, parent: parent, firstFrame: trace.frames.count))
      let outside = margin
      guard let end = block(text, from: index, &margin, exception: number, depth: depth) else {
        trace.exceptions.removeLast()
        if number == 0 || relation == .member { return number == 0 ? nil : index }
        trace.reasons.insert(.badChain)
        return index
      }
      // A block in a box of its own hangs together with its neighbours outside of the box.
      guard let (next, linked) = separator(text, from: end, outside) ?? separator(text, from: end, margin)
      else {
        return end
      }
      margin = next.margin
      index = next.index
      relation = linked
      parent = number
    }
  }

  /// The sentence behind a block, with up to three blank lines on either side, and where the next block starts.
  private mutating func separator(
    _ text: Span<UInt8>, from index: Int, _ margin: Margin
  ) -> (next: (index: Int, margin: Margin), relation: Relation)? {
    guard let at = behindBlanks(text, index, margin), let line = content(text, at, margin),
      let relation = PythonSeparator.parse(text, line), let next = behindBlanks(text, at + 1, margin)
    else { return nil }
    if !margin.isBox, table[next].kind == .margin, isBoxHeader(text, table[next]) {
      return ((next, Margin(column: table[next].indent)), relation)
    }
    var outer = margin
    if margin.isBox, content(text, next, margin) == nil { outer = Margin() }
    return ((next, outer), relation)
  }

  /// The first line behind at most three blank ones, or nil at the end.
  mutating func behindBlanks(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Int? {
    for at in index...(index + 3) {
      guard table.has(at, text) else { return nil }
      let line = content(text, at, margin) ?? table[at]
      if line.kind != .blank { return at }
    }
    return nil
  }

  // MARK: One block

  /// Header, frames, exception line, message, and a group's members.
  private mutating func block(
    _ text: Span<UInt8>, from first: Int, _ margin: inout Margin, exception: Int, depth: Int
  ) -> Int? {
    var index = first
    let hasHeader = readHeader(text, &index, &margin)
    index = frames(text, from: index, margin, exception: exception)
    let hasFrames = !trace.exceptions[exception].frames.isEmpty
    if index > first, hasFrames, let title = content(text, first, margin), isLoggedStack(text, title) {
      trace.reasons.insert(.missingExceptionLine)
      return index
    }
    guard
      let end = exceptionLine(
        text, at: index, margin, exception: exception, isAlone: !hasHeader && !hasFrames)
    else {
      guard hasHeader || hasFrames else { return nil }
      if let line = content(text, index, margin), isCutOff(text, line, margin) {
        trace.reasons.insert(.truncatedByMarker)
        return index + 1
      }
      if hasFrames { trace.reasons.insert(.missingExceptionLine) }
      noteEnd(text, index)
      return index
    }
    return members(text, from: end, margin, group: exception, depth: depth)
  }

  /// A stack that logging prints beside a message: no exception's line ends it, but words with a colon may follow.
  private func isLoggedStack(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    isStackTitle(text, line)
      && (text.ends(line.content..<line.end, with: "Call stack:")
        || text.ends(line.content..<line.end, with: "Stack (most recent call last):"))
  }

  /// A mark of a cut, alone on its line or behind what is left of a frame.
  private func isCutOff(_ text: Span<UInt8>, _ line: TextLine, _ margin: Margin) -> Bool {
    isCutMarker(text, line) || line.indent > margin.base && CutMarker.ends(text, line)
  }

  /// A block that stops without its exception line: at the end of the input it was cut there.
  private mutating func noteEnd(_ text: Span<UInt8>, _ index: Int) {
    var end = index
    while end < index + 3, table.has(end, text), table[end].kind == .blank { end += 1 }
    guard !table.has(end, text), !table.hitLimit, self.depth == 0 else { return }
    trace.reasons.insert(.truncatedAtEOF)
  }

  private mutating func readHeader(_ text: Span<UInt8>, _ index: inout Int, _ margin: inout Margin) -> Bool {
    guard table.has(index, text) else { return false }
    if let title = content(text, index, margin), isStackTitle(text, title) {
      trace.flags.insert(.stackOnly)
      margin.base = title.indent
      index += 1
      return true
    }
    if isBoxHeader(text, table[index]), margin.column < 0 || margin.column == table[index].indent {
      margin.column = table[index].indent
      margin.base = 0
      index += 1
      return true
    }
    guard let line = content(text, index, margin), line.kind == .pythonHeader,
      let header = PythonHeader.find(text, line)
    else { return false }
    margin.base = header.start == line.content ? line.indent : nextBase(text, index + 1, margin)
    index += 1
    return true
  }

  /// The base that the first frame tells, for a header in the middle of a log line.
  private mutating func nextBase(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Int {
    guard table.has(index, text), let line = content(text, index, margin), line.kind == .pythonFrame else {
      return 0
    }
    return max(0, line.indent - 2)
  }

  private mutating func frames(_ text: Span<UInt8>, from first: Int, _ margin: Margin, exception: Int) -> Int
  {
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
      || trace.reasons.contains(.binaryGarbage)
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
      !CutMarker.ends(text, line)
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
    var frame = ParsedFrame()
    frame.file = parsed.file
    frame.line = parsed.line
    frame.function = parsed.function
    frame.key = key
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
        frame.context = ByteRange(line.content, line.end)
        frame.key = frame.key.map { ParsedFrame.key($0, context: table.contextKey(text, line)) }
      }
      index += 1
    }
    return index
  }

  /// A marker line of 3.11 and later: only `~`, `^` and blanks.
  private func isCaret(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    for at in line.content..<line.end
    where text[at] != UInt8(ascii: "^") && text[at] != UInt8(ascii: "~") && !isBlank(text[at]) {
      return false
    }
    return true
  }

  private mutating func addRepeat(_ text: Span<UInt8>, _ line: TextLine, _ exception: Int) {
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
