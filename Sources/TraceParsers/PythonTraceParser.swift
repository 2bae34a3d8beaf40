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
    /// Whether a collector took the blanks before every line: frames stand as deep as the header, and their sources, too.
    var isTrimmed = false

    var isBox: Bool { column >= 0 }
  }

  /// The region around a header, a frame without one, or a group's box.
  mutating func pythonRegion(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome {
    if let outcome = javaAroundPython(text, context) { return outcome }
    let titled = remoteStart(text, context) ?? boxStart(text, context) ?? stackTitle(text, context)
    let untraced = titled == nil ? untracedStart(text, context) : nil
    let start =
      titled ?? untraced ?? brokenChainStart(text, context) ?? headerInPieces(text, context)
      ?? context.anchor
    table.reset(at: start, end: context.end, isFinal: context.isFinal)
    guard table.has(0, text) else { return .needsMore(from: start) }
    if isDoubleSpaced(text) {
      table.reset(at: start, end: context.end, isFinal: context.isFinal, isDoubleSpaced: true)
      guard table.has(0, text) else { return .needsMore(from: start) }
    }
    regionFloor = context.floor
    begin(.python)
    if let untraced, isCutOff(text, untraced, context.floor) { trace.reasons.insert(.missingHeader) }
    var next = start < context.anchor && isRemote(text, table[0]) ? remoteTrace(text) : nil
    if next == nil {
      // Quotes that nobody closes hold a traceback like any other.
      if isRemote(text, table[0]) {
        table.reset(at: context.anchor, end: context.end, isFinal: context.isFinal)
      }
      guard table.has(0, text) else { return .needsMore(from: start) }
      next = uninterrupted(text)
    }
    guard let next, !isDocumentation(text) else { return .none(resume: table[0].next) }
    if let failure = wovenBlock(text, next, context) { return failure }
    finish(text, lines: next, context: context)
    takeTitle(text, context)
    if let failure = wovenPython(text, next) { return failure }
    if let outcome = javaBehind(text, next, context) { return outcome }
    return garbled(.python) ?? pythonOutcome(text, next)
  }

  /// The region's block, read again without each line of the log that interrupts it.
  private mutating func uninterrupted(_ text: Span<UInt8>) -> Int? {
    var next = firstBlock(text)
    while let end = next, let line = interruption(text, behind: end) {
      guard table.leaveOut(line) else {
        trace.reasons.insert(.limitExceeded)
        break
      }
      begin(.python)
      next = firstBlock(text)
    }
    if table.hasLeftOut { trace.flags.insert(.interrupted) }
    if let end = next, isLooseMember(text, end) { trace.reasons.insert(.badChain) }
    return next
  }

  /// Whether a block in a box is the member of a group that is not there: the line of a box stands behind it.
  private mutating func isLooseMember(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard table[0].kind == .margin, !isBoxHeader(text, table[0]),
      !trace.exceptions.contains(where: { $0.relation == .member }), separatorLine(text, table[0]) == nil
    else {
      return false
    }
    return separatorLine(text, table[end - 1]) != nil
      || table.has(end, text) && separatorLine(text, table[end]) != nil
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
    var first = 0
    switch line.kind {
    case .margin:
      if !isBoxHeader(text, line) {
        margin.column = line.indent
        first = behindSource(text, margin)
        if first > 0 { trace.reasons.insert(.missingHeader) }
        guard let inner = content(text, first, margin) else { return nil }
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
    return chain(text, from: first, margin, relation: nil, parent: -1, depth: 0)
  }

  /// Behind the source lines of a frame that is not there, with which a box begins that was cut.
  private mutating func behindSource(_ text: Span<UInt8>, _ margin: Margin) -> Int {
    var index = 0
    while index < Self.mostSourceLines, let line = content(text, index, margin), line.kind == .other,
      line.indent >= 4
    {
      index += 1
    }
    return index
  }

  private static let mostSourceLines = 8

  // MARK: Chains

  /// Parses blocks and the sentences between them.
  /// - Returns: index of the first line behind the chain, or nil when there is no block at all.
  mutating func chain(
    _ text: Span<UInt8>, from first: Int, _ around: Margin, relation: Relation?, parent: Int, depth: Int
  ) -> Int? {
    var relation = relation
    var parent = parent
    var index = first
    var margin = around
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
      guard
        let (next, linked) = separator(text, from: end, outside) ?? separator(text, from: end, margin)
          ?? separator(text, from: end, around)
          ?? (depth == 0 && hasMembers(number) ? separator(text, from: end, Margin()) : nil)
      else {
        noteLooseSentence(text, end, outside)
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
    if !margin.isBox, opensBox(text, next) {
      return ((next, Margin(column: table[next].indent)), relation)
    }
    var outer = margin
    if margin.isBox, content(text, next, margin) == nil { outer = Margin() }
    return ((next, outer), relation)
  }

  /// Whether an exception is a group, whose box may be its own: one without a traceback has no header outside of it.
  private func hasMembers(_ exception: Int) -> Bool {
    trace.exceptions[(exception + 1)...].contains { $0.relation == .member && $0.parent == exception }
  }

  /// A sentence that announces a block which does not come.
  private mutating func noteLooseSentence(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) {
    guard depth == 0, let at = behindBlanks(text, index, margin), let line = content(text, at, margin),
      PythonSeparator.parse(text, line) != nil
    else { return }
    trace.reasons.insert(behindBlanks(text, at + 1, margin) == nil ? .truncatedAtEOF : .badChain)
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
      if table.has(index, text), isCutOff(text, content(text, index, margin) ?? table[index], margin) {
        trace.reasons.insert(.truncatedByMarker)
        return index + 1
      }
      if hasFrames || exception > 0 { trace.reasons.insert(.missingExceptionLine) }
      noteEnd(text, index)
      return index
    }
    return members(text, from: end, margin, group: exception, depth: depth)
  }

  /// A stack that logging, or TensorFlow, prints beside a message: no exception's line ends it, but words with a colon may follow.
  private func isLoggedStack(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    isStackTitle(text, line)
      && (text.ends(line.content..<line.end, with: "Call stack:")
        || text.ends(line.content..<line.end, with: "Stack (most recent call last):")
        || text.has("Detected at node ", at: line.content, before: line.end))
  }

  /// A mark of a cut, alone on its line or behind what is left of a frame.
  private func isCutOff(_ text: Span<UInt8>, _ line: TextLine, _ margin: Margin) -> Bool {
    isCutMarker(text, line) || line.indent > margin.base && CutMarker.endsFrame(text, line)
  }

  /// A block that stops without its exception line: at the end of the input it was cut there.
  private mutating func noteEnd(_ text: Span<UInt8>, _ index: Int) {
    var end = index
    while end < index + 3, table.has(end, text), table[end].kind == .blank { end += 1 }
    // A frame may be cut, too.
    if end == index, table.has(end, text), table[end].indent > 0, table[end].next == table[end].end {
      end += 1
    }
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
      margin.column = column(ofBoxBelow: index, text) ?? table[index].indent
      margin.base = 0
      index += 1
      return true
    }
    guard let line = content(text, index, margin), line.kind == .pythonHeader,
      let header = PythonHeader.find(text, line)
    else { return false }
    index += 1
    if header.isGroup, !margin.isBox, let column = column(ofBoxBelow: index - 1, text) {
      margin = Margin(column: column)
      return true
    }
    margin.base = header.start == line.content ? line.indent : nextBase(text, index, margin)
    margin.isTrimmed = isTrimmed(text, index, margin)
    return true
  }

  /// Where the box stands whose header a logger wrote behind its own words, or without the blanks before it.
  private mutating func column(ofBoxBelow index: Int, _ text: Span<UInt8>) -> Int? {
    guard table.has(index + 1, text) else { return nil }
    let line = table[index + 1]
    guard line.kind == .margin, text[line.content] == UInt8(ascii: "|") else { return nil }
    return line.indent
  }

  /// Whether the first frame and the line below it stand no deeper than the header.
  private mutating func isTrimmed(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Bool {
    guard let frame = content(text, index, margin), frame.kind == .pythonFrame, frame.indent <= margin.base,
      let below = content(text, index + 1, margin)
    else { return false }
    return below.indent <= frame.indent
  }

  /// The base that the first frame tells, for a header in the middle of a log line.
  private mutating func nextBase(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Int {
    guard table.has(index, text), let line = content(text, index, margin), line.kind == .pythonFrame else {
      return 0
    }
    return max(0, line.indent - 2)
  }
}
