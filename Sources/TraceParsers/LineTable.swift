internal import PCRE2
internal import TraceBytes
internal import TraceModel

/// The lines of the text around one region, classified as they are asked for.
///
/// A parser looks ahead freely; asking for a line that the text does not have yet is remembered, so that
/// its caller can come back with more text instead of a guess.
struct LineTable {
  private(set) var lines: [TextLine] = []
  /// The JVM frames of lines that are not in the memo, and their keys.
  private var frames: [JavaFrame] = []
  private var keys: [KeyHash] = []
  private var memo = LineMemo()
  private var stacks = KnownStacks()
  private var next = 0
  /// Bytes of lines beyond `lineLimit`: they are in nobody's way.
  private var passedOver = 0
  private var limit = 0
  private var isFinal = true
  /// Where lines start that are left out: foreign ones inside of a trace.
  private var leftOut: [Int] = []
  /// Every line has a blank line behind it, which then belongs to it.
  private(set) var isDoubleSpaced = false
  private let lineLimit: Int
  private let regionLimit: Int
  private let mostLines: Int
  /// From so many lines of a region on, its lines come into no memory: one that is so long would fill it alone.
  private static let linesRemembered = 1 << 13

  /// A line was asked for, since `begin`, that only more input can show. It outlives `reset`: an attempt
  /// that failed for want of text might have succeeded with it.
  private(set) var needsMore = false

  /// Says that more text could change the answer.
  mutating func askForMore() { needsMore = true }
  /// The region's size limit was met.
  private(set) var hitLimit = false

  init(_ limits: ParseLimits) {
    lineLimit = limits.lineBytes
    regionLimit = limits.regionBytes
    mostLines = limits.regionLines
  }

  /// Bytes of what is kept from region to region.
  var rememberedBytes: Int {
    memo.rememberedBytes + stacks.rememberedBytes + lines.allocatedBytes + frames.allocatedBytes
      + keys.allocatedBytes
  }

  /// Makes ready for another region, which starts at a line start: nothing of the one before is left.
  /// - Parameters:
  ///   - end: where the text ends.
  ///   - isFinal: whether the input ends there too.
  mutating func begin(at start: Int, end: Int, isFinal: Bool) {
    needsMore = false
    leftOut.removeAll(keepingCapacity: true)
    // Stacks are made of the memo's lines.
    if memo.makeRoom() { stacks.removeAll() }
    reset(at: start, end: end, isFinal: isFinal)
  }

  /// Starts over at another line start of the same region.
  /// - Parameters:
  ///   - end: where the text ends.
  ///   - isFinal: whether the input ends there too.
  ///   - isDoubleSpaced: whether the blank line behind each line is part of it.
  mutating func reset(at start: Int, end: Int, isFinal: Bool, isDoubleSpaced: Bool = false) {
    lines.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    memo.leave()
    next = start
    passedOver = 0
    limit = end
    self.isFinal = isFinal
    self.isDoubleSpaced = isDoubleSpaced
    hitLimit = false
  }

  /// Whether one of the first `count` lines was longer than what is kept of a line.
  func hasCutLine(_ count: Int) -> Bool {
    passedOver > 0 && lines.prefix(count).contains(where: fillsLimit)
  }

  /// Whether one of the lines behind the first `count` fills the limit of a region alone.
  func hasLongLine(behind count: Int) -> Bool {
    lines.dropFirst(count).contains(where: fillsLimit)
  }

  private func fillsLimit(_ line: TextLine) -> Bool { line.end - line.start >= lineLimit }

  /// How many lines of the text the first `count` lines are, which end at `end`.
  func physicalLines(_ count: Int, upTo end: Int, _ text: Span<UInt8>) -> Int {
    guard isDoubleSpaced || !leftOut.isEmpty else { return count }
    let ends = text.occurrences(of: 0x0A, in: lines[0].start..<end)
    return text[end - 1] == 0x0A ? ends : ends + 1
  }

  /// Whether line `index` exists; reads up to it.
  mutating func has(_ index: Int, _ text: Span<UInt8>) -> Bool {
    while lines.count <= index {
      guard advance(text) else { return false }
    }
    return true
  }

  /// So many lines of one region are left out at most: each lets all of it be read again.
  private static let mostLeftOut = 16

  /// Leaves out line `index`, which is read already, from now on.
  /// - Returns: false where too many were.
  mutating func leaveOut(_ index: Int) -> Bool {
    guard leftOut.count < Self.mostLeftOut else { return false }
    leftOut.append(lines[index].start)
    next = lines[index].start
    lines.removeLast(lines.count - index)
    memo.leave()
    return true
  }

  /// Whether foreign lines were left out.
  var hasLeftOut: Bool { !leftOut.isEmpty }

  /// Takes the region for over before line `index`, as at its size limit.
  mutating func end(before index: Int) {
    lines.removeLast(lines.count - index)
    hitLimit = true
  }

  subscript(index: Int) -> TextLine { lines[index] }

  /// How many lines were read.
  var count: Int { lines.count }

  /// The frame of a line of this kind, and the key of its fields.
  func javaFrame(of line: TextLine, _ text: Span<UInt8>) -> (frame: JavaFrame, key: KeyHash) {
    if line.frame >= 0 { return (frames[Int(line.frame)], keys[Int(line.frame)]) }
    if line.memo >= 0, let frame = memo.javaFrame(line.memo) {
      return (frame.moved(by: line.start), memo.key(line.memo))
    }
    let frame =
      JavaFrame.read(text, line)
      ?? JavaFrame(module: ByteRange(0, 0), function: ByteRange(0, 0))
    return (frame, frame.key(in: text))
  }

  // MARK: Stacks

  /// The stack that was met before and stands again from line `index` on, which is read already.
  /// - Parameter margin: what stands before each line.
  mutating func knownStack(
    _ text: Span<UInt8>, at index: Int, _ margin: TraceParser.Margin = .init()
  ) -> KnownStacks.Number? {
    let line = lines[index]
    guard !isDoubleSpaced, leftOut.isEmpty, line.memo >= 0,
      let stack = stacks.find(line.next - line.start, margin, text, at: line.start, before: limit),
      line.start + stacks.compared(of: stack) - lines[0].start - passedOver < regionLimit,
      // It has no more lines than that.
      lines.count + (1 << 15) < mostLines
    else { return nil }
    return stack
  }

  /// How many lines and frames a known stack has.
  func size(of stack: KnownStacks.Number) -> (lines: Int, frames: Int) {
    (stacks.lines(of: stack), stacks.frameCount(of: stack))
  }

  /// Reads the lines of a known stack, and adds its frames to an exception that has none.
  mutating func take(
    _ stack: KnownStacks.Number, at index: Int, into trace: inout ParsedTrace, _ exception: Int
  ) -> KnownStacks.Outcome {
    let start = lines[index].start
    let outcome = take(stack, from: lines.count - index, at: start, into: &trace, exception)
    if lines.count == index + stacks.lines(of: stack) {
      next = start + stacks.length(of: stack)
      memo.goOn(behind: lines[lines.count - 1].memo)
    }
    return outcome
  }

  /// Adds a known stack's lines from the one numbered `from` on, and its frames to an exception that has none.
  private mutating func take(
    _ stack: KnownStacks.Number, from: Int, at start: Int, into trace: inout ParsedTrace, _ exception: Int
  ) -> KnownStacks.Outcome {
    stacks.append(stack, from: from, at: start, memo, to: &lines, &trace.frames)
    trace.exceptions[exception].frames =
      trace.frames.count - stacks.frameCount(of: stack)..<trace.frames.count
    let outcome = stacks.outcome(of: stack)
    trace.exceptions[exception].stackKey = outcome.stackKey
    trace.exceptions[exception].framesKey = outcome.framesKey
    return outcome
  }

  /// The run of causes that was met before behind a known stack and stands again from line `index` on.
  func knownCauses(
    _ text: Span<UInt8>, at index: Int, behind stack: KnownStacks.Number
  ) -> KnownCauses.Number? {
    let start = lines[index - 1].next
    // Lines that were read ahead may have met a limit.
    guard lines.count <= index + 1,
      let run = stacks.causes(
        behind: stack, text, at: start, before: limit, indent: lines[0].indent),
      start + stacks.causes.runs[Int(run)].length - lines[0].start - passedOver < regionLimit,
      lines.count + (1 << 15) < mostLines
    else { return nil }
    return run
  }

  /// How many exceptions and frames a known run of causes has.
  func size(ofCauses run: KnownCauses.Number) -> (exceptions: Int, frames: Int) {
    (stacks.causes.runs[Int(run)].count, stacks.causes.runs[Int(run)].frames)
  }

  /// Reads the lines of a known run of causes, and adds its exceptions to a trace that has one. Of these lines only the
  /// first one may have been read.
  /// - Returns: what else it does.
  mutating func takeCauses(
    _ run: KnownCauses.Number, at index: Int, into trace: inout ParsedTrace
  ) -> KnownCauses.Outcome {
    lines.removeLast(lines.count - index)
    next = lines[index - 1].next
    let start = next
    let first = stacks.causes.runs[Int(run)].firstCause
    for cause in first..<first + stacks.causes.runs[Int(run)].count {
      stacks.causes.appendLabel(of: cause, at: start, to: &lines)
      next = lines[lines.count - 1].next
      trace.exceptions.append(
        stacks.causes.causes[cause].exception(at: start, firstFrame: trace.frames.count))
      takeCause(stacks.causes.causes[cause].stack, into: &trace)
    }
    return stacks.causes.runs[Int(run)].outcome
  }

  /// Reads the lines of a cause's stack, of which none is read yet.
  private mutating func takeCause(_ stack: KnownStacks.Number, into trace: inout ParsedTrace) {
    let exception = trace.exceptions.count - 1
    let outcome = take(stack, from: 0, at: next, into: &trace, exception)
    trace.exceptions[exception].elided = outcome.elided
    next += stacks.length(of: stack)
    memo.goOn(behind: lines[lines.count - 1].memo)
  }

  /// Keeps a run of causes for the next time.
  /// - Parameters:
  ///   - index: of the first line behind it.
  ///   - exceptions: those of the causes.
  mutating func note(
    _ text: Span<UInt8>, _ found: [FoundCause], to index: Int, behind stack: KnownStacks.Number,
    _ exceptions: ArraySlice<ParsedException>, _ outcome: KnownCauses.Outcome
  ) {
    guard let first = found.first, !needsMore, !hitLimit, !hasCutLine(index), leftOut.isEmpty else { return }
    let range = lines[first.label].start..<lines[index - 1].next
    guard stacks.wereMet(text, range, outcome.chain) else { return }
    stacks.note(found, exceptions, in: lines, behind: stack, text, range, outcome)
  }

  /// Keeps a stack for the next time.
  mutating func note(
    _ text: Span<UInt8>, lines range: Range<Int>, comparedTo compared: Int, frames: ArraySlice<ParsedFrame>,
    _ outcome: KnownStacks.Outcome
  ) {
    guard !isDoubleSpaced, leftOut.isEmpty else { return }
    stacks.note(lines[range], frames, comparedTo: compared, outcome, text)
  }

  private mutating func advance(_ text: Span<UInt8>) -> Bool {
    if let first = lines.first, next - first.start - passedOver >= regionLimit || lines.count >= mostLines {
      hitLimit = true
    }
    guard !hitLimit else { return false }
    if !leftOut.isEmpty { passLeftOut(text) }
    guard next < limit else {
      needsMore = needsMore || !isFinal
      return false
    }
    if !isDoubleSpaced, let known = memo.follower(text, at: next, before: limit) {
      append(known)
      return true
    }
    let newline = text.firstOffset(of: 0x0A, in: next..<limit)
    if newline == nil, !isFinal {
      needsMore = true
      return false
    }
    if !isDoubleSpaced, let newline, LineMemo.admits(text, next..<newline + 1) {
      let known = memo.find(text, next..<newline + 1)
      if known != nil || lines.count < Self.linesRemembered {
        append(known ?? remember(text, next, newline))
        return true
      }
    }
    memo.leave()
    var line = TextLine.cut(text, from: next, newline: newline, end: limit, limit: lineLimit)
    if isDoubleSpaced { line.next = behindBlank(text, line.next) }
    if fillsLimit(line) { passedOver += line.next - line.end }
    next = line.next
    lines.append(classified(text, line))
    return true
  }

  private mutating func passLeftOut(_ text: Span<UInt8>) {
    while next < limit, leftOut.contains(next),
      let newline = text.firstOffset(of: 0x0A, in: next..<limit)
    {
      next = newline + 1
      memo.leave()
    }
  }

  /// Takes over a line of the memo.
  private mutating func append(_ index: Int32) {
    let line = memo.line(index, at: next)
    next = line.next
    lines.append(line)
  }

  /// Reads a line and remembers it.
  private mutating func remember(_ text: Span<UInt8>, _ start: Int, _ newline: Int) -> Int32 {
    let line = classified(
      text, TextLine.cut(text, from: start, newline: newline, end: limit, limit: lineLimit))
    return memo.insert(line, fields(of: line, text), text)
  }

  private mutating func fields(of line: TextLine, _ text: Span<UInt8>) -> LineMemo.Fields {
    if line.kind == .javaFrame {
      let (frame, key) = javaFrame(of: line, text)
      if line.frame >= 0 {
        frames.removeLast()
        keys.removeLast()
      }
      return LineMemo.Fields(frame: .java(frame.moved(by: -line.start)), key: key)
    }
    if line.kind == .pythonFrame, let frame = PythonFrame.read(text, line) {
      return LineMemo.Fields(frame: .python(frame.moved(by: -line.start)), key: frame.key(in: text))
    }
    return LineMemo.Fields(key: ParsedFrame.key(context: ByteRange(line.content, line.end), in: text))
  }

  /// The frame of a line of this kind, and the key of its fields.
  func pythonFrame(_ text: Span<UInt8>, _ line: TextLine) -> (frame: PythonFrame, key: KeyHash)? {
    if line.memo >= 0, let frame = memo.pythonFrame(line.memo) {
      return (frame.moved(by: line.start), memo.key(line.memo))
    }
    return PythonFrame.read(text, line).map { ($0, $0.key(in: text)) }
  }

  /// The key of a line as a frame's source.
  func contextKey(_ text: Span<UInt8>, _ line: TextLine) -> KeyHash {
    if line.memo >= 0, line.kind == .other { return memo.key(line.memo) }
    return ParsedFrame.key(context: ByteRange(line.content, line.end), in: text)
  }

  /// Behind the blank line at `offset`, or `offset` where there is none.
  private mutating func behindBlank(_ text: Span<UInt8>, _ offset: Int) -> Int {
    let newline = offset < limit ? text.firstOffset(of: 0x0A, in: offset..<limit) : nil
    if newline == nil, !isFinal { needsMore = true }
    guard let newline else { return offset }
    let line = TextLine.cut(text, from: offset, newline: newline, end: limit, limit: lineLimit)
    return line.kind == .blank ? line.next : offset
  }

  private mutating func classified(_ text: Span<UInt8>, _ cut: TextLine) -> TextLine {
    var line = cut
    line.kind = LineClassifier.kind(text, line)
    guard line.kind == .javaBadFrame else { return line }
    if let frame = JavaFrame.read(text, line) {
      line.kind = .javaFrame
      guard frames.count < Self.linesRemembered else { return line }
      line.frame = Int32(frames.count)
      frames.append(frame)
      keys.append(frame.key(in: text))
    } else if LineClassifier.isMore(text, line) {
      line.kind = .javaMore
    } else if !LineClassifier.isDamagedFrame(text, line), !CutMarker.endsFrame(text, line) || line.indent == 0
    {
      line.kind = .other
    }
    return line
  }
}

extension TextLine {
  /// The line that starts at `start`. Bytes beyond `limit` are left out of it.
  ///
  /// A byte order mark is no part of the line.
  static func cut(_ text: Span<UInt8>, from begin: Int, newline: Int?, end: Int, limit: Int) -> TextLine {
    let start = text.has("\u{FEFF}", at: begin, before: newline ?? end) ? begin + 3 : begin
    var last = newline ?? end
    while last > start, text[last - 1] == 0x0D { last -= 1 }
    last = min(last, start + limit)
    last = withoutPadding(text, start, last)
    while last > start, text[last - 1] == 0x0D { last -= 1 }
    var content = start
    while content < last, isBlank(text[content]) { content += 1 }
    let kind: LineKind = content == last ? .blank : .other
    return TextLine(
      start: start, end: last, next: newline.map { $0 + 1 } ?? end, content: content, kind: kind)
  }

  /// What fills a terminal's line up with blanks, as rich does, is no part of it; a single blank is.
  private static func withoutPadding(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard end - start > 2, text[end - 1] == 0x20, text[end - 2] == 0x20 else { return end }
    var last = end - 2
    while last > start, text[last - 1] == 0x20 { last -= 1 }
    // A message may be nothing but blanks.
    return last > start && text[last - 1] != UInt8(ascii: ":") ? last : end
  }
}
