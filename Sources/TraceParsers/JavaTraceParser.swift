internal import TraceBytes
internal import TraceModel

/// A JVM trace, from its header to the last line that belongs to it (trace-formats.md, sections 2 and 4).
extension TraceParser {
  /// The region around a frame or a label.
  mutating func javaRegion(_ text: Span<UInt8>, _ context: ParseContext) -> ParseOutcome {
    var found = javaHeader(text, before: context.anchor, floor: context.floor)
    let interrupted =
      found == nil ? interruptedHeader(text, before: context.anchor, floor: context.floor) : nil
    found = found ?? interrupted
    let start = found?.line.start ?? context.anchor
    table.reset(at: start, end: context.end, isFinal: context.isFinal)
    guard table.has(0, text) else { return .needsMore(from: start) }
    if interrupted != nil, table.has(1, text) { _ = table.leaveOut(1) }
    regionFloor = context.floor
    if found == nil, !isBelievable(text) { return .none(resume: table[0].next) }
    let next = parseJava(text, header: found?.header, messageEnd: unboundedMessageEnd(text, found, context))
    if interrupted != nil { trace.flags.insert(.interrupted) }
    if found?.isUnbounded == true { trace.reasons.insert(.messageUnbounded) }
    // A label that opens nothing is no trace.
    if trace.exceptions.isEmpty { return .none(resume: table[0].next) }
    if let outcome = traceInMessage(text, found, next, context) { return outcome }
    if let failure = wovenJava(text, next, context) { return failure }
    if let outer = outerHeader(text, found, next, context) { return outer }
    if let failure = wovenBlock(text, next, context) { return failure }
    if let outer = announcing(text, found, context.floor) {
      return parseJava(
        text, from: outer.line, header: outer.header, messageTo: context.anchor, context)
    }
    finishJava(text, next, context)
    return garbled(.java) ?? bareFrames(text) ?? .trace
  }

  /// The line of the anchor, where all above it is a message that is longer than it may be.
  private mutating func unboundedMessageEnd(
    _ text: Span<UInt8>, _ found: FoundHeader?, _ context: ParseContext
  ) -> Int? {
    guard found?.isUnbounded == true else { return nil }
    var index = 0
    while table.has(index, text), table[index].start < context.anchor { index += 1 }
    return index
  }

  /// Frames without a header must show more than one line that could be prose.
  private mutating func isBelievable(_ text: Span<UInt8>) -> Bool {
    let line = table[0]
    if line.kind == .javaLabel {
      return table.has(1, text) && table[1].kind.isJavaBody
        || JavaLabel.parse(text, line)?.header.map {
          $0.looksThrown(text) || $0.value != nil && $0.namesAClass(text)
        } == true
    }
    guard line.kind == .javaFrame else { return false }
    let frame = table.javaFrame(of: line, text).frame
    return frame.line > 0 || frame.isNative || frame.file == nil
      || table.has(1, text) && table[1].kind.isJavaBody
  }

  /// Parses from the table's first line on.
  /// - Parameters:
  ///   - header: the first line's header; nil when the region starts with a frame or a label.
  ///   - messageEnd: index of the first line behind the message, where it is known.
  /// - Returns: the index of the first line that does not belong to the trace.
  mutating func parseJava(_ text: Span<UInt8>, header: JavaHeader?, messageEnd: Int?) -> Int {
    begin(.java)
    signs = WeavingSigns()
    // Its storage is kept from trace to trace.
    var builder = JavaChain()
    swap(&builder, &chain)
    builder.removeAll()
    defer { swap(&builder, &chain) }
    var index = 0
    if let header {
      builder.open(header, relation: nil, indent: table[0].indent, in: &trace)
      if header.type == nil { trace.reasons.insert(.typeMissing) }
      index = messageEnd ?? self.messageEnd(text, after: 0, isRoot: true)
      takeMessage(text, from: 0, to: index)
      // The blanks that a log writes before a header say nothing of the tabs below.
      if text[table[0].start] == 0x20, table.has(index, text), text[table[index].start] == 0x09 {
        builder.setRoot(above: table[index].indent)
      }
    } else {
      trace.reasons.insert(.missingHeader)
      if table[0].kind != .javaLabel {
        builder.openUnknown(indent: 0, in: &trace)
      } else if JavaLabel.parse(text, table[0])?.relation == .suppressed {
        trace.reasons.insert(.badChain)
      }
    }
    return body(text, from: index, &builder)
  }

  /// Walks frames, elisions and labels.
  private mutating func body(_ text: Span<UInt8>, from first: Int, _ builder: inout JavaChain) -> Int {
    var index = first
    causes.reset()
    defer { noteCauses(text, builder) }
    while table.has(index, text) {
      let line = table[index]
      switch line.kind {
      case .javaFrame, .javaMore:
        let start = index
        let known: KnownStacks.Number?
        (index, known) = stack(text, from: start)
        causes.add(stack: known, from: start, to: index)
        noteDeepCause(text, at: index)
        if let next = knownCauses(text, at: index, &builder) { index = next }
        continue
      case .javaLock: break
      case .javaLabel:
        guard let next = label(text, at: index, &builder) else { return index }
        causes.add(label: index)
        index = next
        continue
      default:
        guard let next = unusual(text, at: index, &builder) else { return index }
        causes.close()
        index = next
        continue
      }
      causes.close()
      index += 1
    }
    return index
  }

  /// Takes in what stands between the usual lines of a stack: foreign causes, broken frames, a blank or a foreign line.
  /// - Returns: the index of the first line behind it, or nil where the trace ends before it.
  private mutating func unusual(_ text: Span<UInt8>, at index: Int, _ builder: inout JavaChain) -> Int? {
    if table[index].kind == .blank { return isBlankBetween(text, index) ? index + 1 : nil }
    if let next = foreignCause(text, at: index, &builder) { return next }
    // The limit may have ended the region here.
    guard table.has(index, text) else { return nil }
    if let next = splitJavaFrame(text, at: index) { return next }
    if table[index].kind == .javaBadFrame {
      noteBadFrame(text, at: index)
    } else if let frame = wordyFrame(text, at: index) {
      addFrame(frame, frame.key(in: text))
      if !endsCell(text, at: index) { trace.reasons.insert(.badFrame) }
    } else if let frame = hangingFrame(text, at: index) {
      addFrame(frame, frame.key(in: text))
    } else if table[index].indent > 0, table[index - 1].kind == .javaFrame, JavaMore.isCut(text, table[index])
    {
      trace.reasons.insert(.truncatedLine)
    } else if !skipForeign(text, at: index) {
      return nil
    }
    return index + 1
  }

  /// A cause's label never stands deeper than the frames before it.
  private mutating func noteDeepCause(_ text: Span<UInt8>, at index: Int) {
    guard table.has(index, text), table[index].kind == .javaLabel,
      table[index].indent > table[index - 1].indent,
      text.has("Caused by: ", at: table[index].content, before: table[index].end)
    else { return }
    trace.reasons.insert(.badChain)
    causes.close()
  }

  /// Reads a run of frames and elisions; one that was met before is taken over as a whole.
  /// - Returns: the index of the first line behind it, and its number if all of it is one that was met before.
  private mutating func stack(_ text: Span<UInt8>, from first: Int) -> (end: Int, known: KnownStacks.Number?)
  {
    let last = trace.exceptions.count - 1
    let isWhole =
      signs.isFresh && trace.exceptions[last].frames.isEmpty && trace.exceptions[last].elided == nil
    let before = (signs: signs, reasons: trace.reasons, flags: trace.flags)
    let known = isWhole ? knownStack(text, at: first, last) : nil
    let end = walkStack(text, from: known?.end ?? first)
    // One that goes on for long behind a known one is another. What was said of the trace before cannot be told from
    // what this stack says.
    if isWhole, end - (known?.end ?? first) > 8 || known == nil, before.reasons.isEmpty, before.flags.isEmpty
    {
      noteStack(text, from: first, to: end, last, signs: signs.count - before.signs.count)
    }
    return (end, known?.end == end ? known?.number : nil)
  }

  private mutating func walkStack(_ text: Span<UInt8>, from first: Int) -> Int {
    var index = first
    while table.has(index, text) {
      let line = table[index]
      if line.kind == .javaFrame {
        signs.body(indent: line.indent, isEnd: false)
        let (frame, key) = table.javaFrame(of: line, text)
        addFrame(frame, key)
      } else if line.kind == .javaMore {
        let more = JavaMore.parse(text, line)
        signs.body(indent: line.indent, isEnd: more?.isEnd == true)
        if let count = more?.count, count > 0 { addElided(count) }
      } else {
        break
      }
      index += 1
    }
    return index
  }

  private mutating func knownStack(
    _ text: Span<UInt8>, at index: Int, _ exception: Int
  ) -> (end: Int, number: KnownStacks.Number)? {
    guard let stack = table.knownStack(text, at: index), hasRoom(for: stack) else { return nil }
    let outcome = table.take(stack, at: index, into: &trace, exception)
    signs.add(outcome.signs)
    trace.exceptions[exception].elided = outcome.elided
    trace.reasons.formUnion(outcome.reasons)
    trace.flags.formUnion(outcome.flags)
    return (index + table.size(of: stack).lines, stack)
  }

  private mutating func noteStack(
    _ text: Span<UInt8>, from first: Int, to end: Int, _ exception: Int, signs count: Int
  ) {
    let found = trace.exceptions[exception]
    guard end - first > 1, !found.frames.isEmpty, trace.frames.count < limits.frames else { return }
    var outcome = KnownStacks.Outcome(
      elided: found.elided, signs: signs, reasons: trace.reasons, flags: trace.flags,
      stackKey: found.stackKey,
      framesKey: found.framesKey)
    outcome.signs.count = count
    table.note(
      text, lines: first..<end, comparedTo: table[end - 1].next, frames: trace.frames[found.frames], outcome)
  }

  mutating func addFrame(_ frame: JavaFrame, _ key: KeyHash) {
    let last = trace.exceptions.count - 1
    guard hasRoomForFrame() else { return }
    if frame.hasBadLocation { trace.reasons.insert(.badLocation) }
    if frame.isBoundary { trace.flags.insert(.boundary) }
    if frame.isObfuscated { trace.flags.insert(.obfuscated) }
    trace.append(ParsedFrame(frame, key: key), to: last)
  }

  private mutating func addElided(_ count: Int) {
    let last = trace.exceptions.count - 1
    trace.exceptions[last].elided = (trace.exceptions[last].elided ?? 0) &+ count
  }

  /// A frame that cannot be read: kept in between, or cut off at the end.
  private mutating func noteBadFrame(_ text: Span<UInt8>, at index: Int) {
    let isLast = !table.has(index + 1, text)
    if CutMarker.endsFrame(text, table[index]) {
      trace.reasons.insert(.truncatedByMarker)
    } else if !isLast, !table[index + 1].kind.isJavaBody, table[index + 1].kind != .javaBadFrame {
      trace.reasons.insert(.truncatedLine)
    } else {
      trace.reasons.insert(isLast ? .truncatedAtEOF : .badFrame)
    }
  }

  /// One blank line is passed over where the trace goes on behind it.
  private mutating func isBlankBetween(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard table.has(index + 1, text) else { return false }
    let next = table[index + 1]
    return next.kind == .javaFrame || next.kind == .javaMore
      || foreignHeader(text, at: index + 1) != nil
      || next.kind == .javaLabel && JavaLabel.parse(text, next)?.header?.isDotted == true
  }

  /// A single foreign line inside a trace is passed over; a line that opens another trace ends this one.
  private mutating func skipForeign(_ text: Span<UInt8>, at index: Int) -> Bool {
    let line = table[index]
    let isEllipsis = line.indent == 0 && CutMarker.isEllipsis(text, line)
    if isCutMarker(text, line), !isEllipsis {
      trace.reasons.insert(.truncatedByMarker)
      return true
    }
    guard line.kind != .pythonHeader, table.has(index + 1, text), table[index + 1].kind.isJavaBody else {
      return false
    }
    if isEllipsis {
      trace.reasons.insert(.truncatedByMarker)
      return true
    }
    if DamagedLine.isGarbage(text, line) {
      trace.reasons.insert(.binaryGarbage)
      return true
    }
    if line.indent > 0, text.has("at ", at: line.content, before: line.end),
      table[index - 1].kind == .javaFrame, table[index + 1].kind == .javaFrame
    {
      trace.reasons.insert(.badFrame)
      return true
    }
    let isLog = isLogLine(text, line)
    if let header = JavaHeader.find(text, in: line, isLogLine: isLog), header.isDotted || !isLog {
      // The frames above may be the message's, and this its last word.
      guard header.isPlainWord(text), table[index + 1].kind == .javaMore else { return false }
      trace.reasons.insert(.ambiguousNesting)
      return true
    }
    if isLog ? LogLine.isSevere(text, line) : table[index + 1].kind == .javaFrame { return false }
    trace.flags.insert(.interrupted)
    return true
  }

  /// Opens the exception of a label; nil when the line turns out to be no label.
  private mutating func label(_ text: Span<UInt8>, at index: Int, _ builder: inout JavaChain) -> Int? {
    let line = table[index]
    guard let label = JavaLabel.parse(text, line), let header = label.header else { return nil }
    guard hasRoomForException(at: index) else { return nil }
    let next = header.isCircular ? index + 1 : messageEnd(text, after: index, isRoot: false)
    if !header.isDotted, !header.isCircular, !isFollowed(text, by: next, behind: index),
      !isBelowFrame(text, header, at: index)
    {
      return nil
    }
    builder.open(header, relation: label.relation, indent: line.indent, in: &trace)
    signs.reset()
    takeMessage(text, from: index, to: next)
    return next
  }

  /// Whether frames stand below the message of a label whose type has no package, or one more label right below it.
  private mutating func isFollowed(_ text: Span<UInt8>, by next: Int, behind index: Int) -> Bool {
    guard table.has(next, text) else { return false }
    switch table[next].kind {
    case .javaFrame, .javaMore: return true
    case .javaLabel:
      return index > 0 && next == index + 1
        && JavaLabel.parse(text, table[next])?.header?.looksThrown(text) == true
    default: return false
    }
  }

  /// Whether a label whose type has no package, and that has no frames, stands right below a stack and names what is thrown,
  /// an inner class, or a class of several words.
  private func isBelowFrame(_ text: Span<UInt8>, _ header: JavaHeader, at index: Int) -> Bool {
    guard index > 0, table[index - 1].kind == .javaFrame || table[index - 1].kind == .javaMore,
      let type = header.type, isCapital(text[Int(type.start)])
    else { return false }
    return header.saysThrown(text) || text.firstOffset(of: UInt8(ascii: "$"), in: type.range) != nil
      || type.range.dropFirst().contains { isCapital(text[$0]) && !isCapital(text[$0 - 1]) }
  }

  private func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  private mutating func finishJava(_ text: Span<UInt8>, _ next: Int, _ context: ParseContext) {
    finish(text, lines: next, context: context)
    if trace.frames.isEmpty, hidesFrame(text) { trace.reasons.insert(.badFrame) }
    // Of one that was cut at a limit, frames may be missing that the text has.
    guard depth == 0, !isWholeText, !trace.flags.contains(.framesCapped), let last = trace.exceptions.last,
      last.relation != nil, last.frames.isEmpty, last.elided == nil, !last.isCircular
    else { return }
    switch isLastLine(text, context) {
    case nil: table.askForMore()
    case true?: trace.reasons.insert(.truncatedAtEOF)
    case false?: break
    }
  }
}

extension TraceParser {
  /// Whether a frame's method and place, `c(File.java:12)`, stand in a message of a trace that has no frames: they are written
  /// in a way that is not known.
  private func hidesFrame(_ text: Span<UInt8>) -> Bool {
    let files: [StaticString] = [".java:", ".kt:", ".scala:", ".groovy:", ".clj:"]
    return trace.exceptions.contains { exception in
      guard exception.elided == nil, let value = exception.value else { return false }
      return files.contains { file in
        text.firstOffset(of: file, in: value.range).map {
          isPlace(text, $0, $0 + file.utf8CodeUnitCount, in: value.range)
        } == true
      }
    }
  }

  /// Whether a method's name stands before the parenthesis of a file, and a line's number behind it.
  private func isPlace(_ text: Span<UInt8>, _ dot: Int, _ number: Int, in range: Range<Int>) -> Bool {
    var open = dot
    while open > range.lowerBound, isWord(text[open - 1]) { open -= 1 }
    guard open - 2 > range.lowerBound, text[open - 1] == UInt8(ascii: "("), isWord(text[open - 2]),
      let close = (number..<max(number, range.upperBound)).first(where: { !isDigit(text[$0]) })
    else { return false }
    return close > number && text[close] == UInt8(ascii: ")")
  }

  /// So many lines of text behind a region may be what is left of it.
  private static let linesLeft = 8

  /// Whether the input ends with the region, or in a line behind it that was cut, a few lines of text further down; nil where
  /// the text at hand ends there, and the input does not.
  private func isLastLine(_ text: Span<UInt8>, _ context: ParseContext) -> Bool? {
    var at = Int(trace.region.end)
    if context.isFinal, at < context.end, text[context.end - 1] == 0x0A { return false }
    for _ in 0..<Self.linesLeft where at < context.end {
      let newline = text.firstOffset(of: 0x0A, in: at..<context.end)
      if newline == nil, !context.isFinal { return nil }
      let line = TextLine.cut(text, from: at, newline: newline, end: context.end, limit: limits.lineBytes)
      if isLogLine(text, line) || LineClassifier.kind(text, line).isAnchor { return false }
      at = line.next
    }
    guard at >= context.end else { return false }
    return context.isFinal ? true : nil
  }
}
