internal import PCRE2
internal import TraceBytes
public import TraceModel

/// Reads the region around an anchor: one trace, one failure, or nothing.
///
/// The answer is a function of the text between `floor` and the end of the region alone, so a text may be
/// cut into blocks anywhere. One a worker: it owns its tables and keeps their storage.
public struct TraceParser: ~Copyable {
  /// The trace that `parse` found last. Its ranges point into the text that was passed.
  public internal(set) var trace = ParsedTrace(platform: .java)
  let limits: ParseLimits
  let depth: Int
  var table: LineTable
  /// Of the JVM trace that is being walked.
  var signs = WeavingSigns()
  var chain = JavaChain()
  var causes = CauseTrail()
  var knownTraces = KnownTraces()
  let scratch = MatchScratch()
  /// Parser of the traces inside messages; made when the first one is met.
  var nested: NestedParser?
  /// Exceptions whose values may hold traces. These are read once it is known that theirs is one: what fails would be read
  /// again from its next line on, with all that stands in it.
  private var carriers: [(exception: Int, value: ByteRange)] = []
  /// What a line is that begins with a level or a date and has no time.
  enum DoubtfulLine {
    /// The logger's.
    case log
    /// The logger's, unless a message goes on behind it: the line above the region begins with a time.
    case doubtful
    /// The message's: nothing stands above the region in a text that is whole.
    case text
  }

  /// The floor of the region at hand; nil while none is read.
  var regionFloor: Int?
  /// Whether the texts that are read end where their writer ended them, as a string does with its quote.
  public var isWholeText = false
  /// Met when a header was looked for above the floor.
  public let floorMark = FloorMark()

  public init(limits: ParseLimits = ParseLimits()) {
    self.init(limits: limits, depth: 0)
  }

  init(limits: ParseLimits, depth: Int) {
    self.limits = limits
    self.depth = depth
    table = LineTable(limits)
  }

  /// Bytes of what is kept from region to region, that of traces inside messages included.
  public var rememberedBytes: Int {
    table.rememberedBytes + knownTraces.rememberedBytes + trace.frames.allocatedBytes
      + (nested?.parser.rememberedBytes ?? 0)
  }

  /// The trace that `parse` found last; where it is unusually long, its storage goes with it.
  public mutating func takeTrace() -> ParsedTrace {
    guard trace.frames.count > 4096 else { return trace }
    var taken = ParsedTrace(platform: trace.platform)
    swap(&taken, &trace)
    return taken
  }

  /// Parses the region of an anchor.
  /// - Parameters:
  ///   - text: bytes that hold the region; only whole lines of it are read unless `isFinal`.
  ///   - anchor: offset of a byte on the line that gave the region away.
  ///   - floor: nothing before it may be used: the end of the region before, or a line start.
  ///   - end: where the text ends for this call.
  ///   - isFinal: whether the input ends at `end`.
  /// - Complexity: O(region) plus the bounded look-back for its header.
  public mutating func parse(
    _ text: Span<UInt8>, anchor: Int, floor: Int, end: Int, isFinal: Bool
  ) -> ParseOutcome {
    let start = max(floor, text.lastOffset(of: 0x0A, in: floor..<anchor).map { $0 + 1 } ?? floor)
    table.begin(at: start, end: end, isFinal: isFinal)
    guard table.has(0, text) else {
      return table.needsMore ? .needsMore(from: lookBackStart(start, floor)) : .none(resume: end)
    }
    let line = table[0]
    regionFloor = nil
    let context = ParseContext(anchor: start, floor: floor, end: end, isFinal: isFinal)
    let outcome = dispatch(text, line, context)
    if table.needsMore { return .needsMore(from: lookBackStart(start, floor)) }
    if case .trace = outcome, !carriers.isEmpty { readCarriers(text) }
    return outcome
  }

  /// Makes ready for a trace.
  mutating func begin(_ platform: Platform) {
    trace.reset(platform: platform)
    carriers.removeAll(keepingCapacity: true)
  }

  /// From where on the text must still be there when the region is parsed again.
  private func lookBackStart(_ start: Int, _ floor: Int) -> Int {
    max(floor, start - limits.messageBytes)
  }

  private mutating func dispatch(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext)
    -> ParseOutcome
  {
    if line.kind == .other, let outcome = ipythonRegion(text, line, context) { return outcome }
    if let failure = foreignLayout(text, line, context) { return failure }
    switch line.kind {
    case .javaFrame, .javaBadFrame, .javaLabel: return javaRegion(text, context)
    case .pythonHeader, .pythonFrame, .margin: return pythonRegion(text, context)
    default:
      return headerOnly(text, line, context) ?? cutFirstFrame(text, line, context)
        ?? wordyStack(text, line, context) ?? .none(resume: line.next)
    }
  }
}

/// Where a parse takes place.
struct ParseContext {
  /// First byte of the anchor's line.
  var anchor: Int
  var floor: Int
  var end: Int
  var isFinal: Bool
}

/// Holds the parser one level down, which a struct cannot hold itself.
final class NestedParser {
  var parser: TraceParser
  init(limits: ParseLimits, depth: Int) { parser = TraceParser(limits: limits, depth: depth) }
}

extension TraceParser {
  /// Notes that an exception's value may hold traces.
  mutating func noteCarrier(_ exception: Int, _ value: ByteRange) { carriers.append((exception, value)) }

  /// Whether the value of any exception but the first one may hold traces.
  var hasInnerCarrier: Bool { carriers.contains { $0.exception > 0 } }

  private mutating func readCarriers(_ text: Span<UInt8>) {
    for (exception, value) in carriers where exception < trace.exceptions.count {
      let inner = embeddedTraces(text, in: value)
      guard !inner.isEmpty else { continue }
      trace.exceptions[exception].embedded = inner
      trace.flags.insert(.embeddedTrace)
      if inner.contains(where: { $0.flags.contains(.nestingCapped) }) { trace.flags.insert(.nestingCapped) }
    }
  }

  /// The traces that stand in `range`, a message of several lines.
  mutating func embeddedTraces(_ text: Span<UInt8>, in range: ByteRange) -> [ParsedTrace] {
    guard depth < limits.nesting else {
      trace.flags.insert(.nestingCapped)
      return []
    }
    let inner = nested ?? NestedParser(limits: limits, depth: depth + 1)
    nested = inner
    return inner.parser.allTraces(text, in: range)
  }

  /// Every trace between two offsets, anchor by anchor.
  private mutating func allTraces(_ text: Span<UInt8>, in range: ByteRange) -> [ParsedTrace] {
    var found: [ParsedTrace] = []
    var at = Int(range.start)
    var floor = at
    let end = Int(range.end)
    while at < end {
      let line = TextLine.cut(
        text, from: at, newline: text.firstOffset(of: 0x0A, in: at..<end), end: end, limit: limits.lineBytes)
      guard LineClassifier.kind(text, line).isAnchor else {
        at = line.next
        continue
      }
      var regionEnd: Int?
      switch parse(text, anchor: at, floor: floor, end: end, isFinal: true) {
      case .trace:
        if !isPlace(text) { found.append(trace) }
        regionEnd = Int(trace.region.end)
      case .failure(let failure): regionEnd = Int(failure.region.end)
      case .none, .needsMore: break
      }
      // A region may end above the line; then that is asked again.
      at = regionEnd.map { $0 > floor ? $0 : line.next } ?? line.next
      floor = max(floor, regionEnd ?? floor)
    }
    return found
  }

  /// Whether what was found is a place that a message names, and the words above it: one frame at most, and nothing that was
  /// thrown.
  private func isPlace(_ text: Span<UInt8>) -> Bool {
    guard trace.platform == .java, trace.exceptions.count == 1, trace.frames.count < 2 else { return false }
    let header = JavaHeader(type: trace.exceptions[0].type)
    return trace.exceptions[0].elided == nil && !header.saysThrown(text)
      && trace.exceptions[0].type.map { text.firstOffset(of: UInt8(ascii: "."), in: $0.range) != nil } != true
  }

  /// Whether a line announces what follows: it ends with a colon, perhaps with blanks behind it as RMI's has.
  func announces(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let last = (line.content..<line.end).last { !isBlank(text[$0]) }
    return last.map { text[$0] == UInt8(ascii: ":") } == true
  }

  /// Whether any line between two offsets could belong to a trace.
  func hasAnchor(_ text: Span<UInt8>, in range: ByteRange) -> Bool {
    var at = Int(range.start)
    while at < Int(range.end) {
      let newline = text.firstOffset(of: 0x0A, in: at..<Int(range.end))
      let line = TextLine.cut(text, from: at, newline: newline, end: Int(range.end), limit: limits.lineBytes)
      if LineClassifier.kind(text, line).isAnchor { return true }
      at = line.next
    }
    return false
  }

  /// The line before `offset`, or nil at the floor.
  func line(before offset: Int, floor: Int, _ text: Span<UInt8>) -> TextLine? {
    guard offset > floor else {
      floorMark.isMet = true
      return nil
    }
    let start = text.lastOffset(of: 0x0A, in: floor..<(offset - 1)).map { $0 + 1 } ?? floor
    // Of the first line there may be more above.
    if start == floor { floorMark.isMet = true }
    var line = TextLine.cut(text, from: start, newline: offset - 1, end: offset, limit: limits.lineBytes)
    line.kind = LineClassifier.kind(text, line)
    return line
  }

  /// Whether one more frame is kept; says so where it is not.
  mutating func hasRoomForFrame() -> Bool {
    if trace.frames.count < limits.frames { return true }
    trace.reasons.insert(.limitExceeded)
    trace.flags.insert(.framesCapped)
    return false
  }

  /// Whether one more exception is kept; where it is not, the region ends before its line.
  mutating func hasRoomForException(at index: Int) -> Bool {
    if trace.exceptions.count < limits.exceptions { return true }
    table.end(before: index)
    return false
  }

  /// Whether all frames of a known stack are kept.
  func hasRoom(for stack: KnownStacks.Number) -> Bool {
    trace.frames.count + table.size(of: stack).frames < limits.frames
  }

  func isLogLine(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let kind = LogLine.kind(text, line, scratch) else { return false }
    return kind == .sure || doubtfulLine(text) != .text
  }

  /// Whether a line of a message's is a logger's though what follows shows that the message goes on behind it.
  func isLogLineInMessage(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard let kind = LogLine.kind(text, line, scratch) else { return false }
    return kind == .sure || doubtfulLine(text) == .log
  }

  /// What a line is in the region at hand that begins with a level or a date alone. Few ask, so nothing is kept.
  func doubtfulLine(_ text: Span<UInt8>) -> DoubtfulLine {
    guard let regionFloor else { return .log }
    switch LogLine.kind(text, table[0], scratch) {
    case .sure: return .doubtful
    case .doubtful: return .log
    case nil where table[0].start == 0 && isWholeText: return .text
    case nil: return isBelowSureLine(text, table[0].start, regionFloor) ? .doubtful : .log
    }
  }

  /// Whether the line above an offset is a logger's for certain, or there is none in a text that is whole.
  func isBelowSureLine(_ text: Span<UInt8>, _ start: Int, _ floor: Int) -> Bool {
    if start == 0, isWholeText { return true }
    guard let above = line(before: start, floor: floor, text) else { return false }
    return LogLine.kind(text, above, scratch) == .sure
  }

  /// The same in a text whose lines all have `base` more blanks before them.
  func isLogLine(_ text: Span<UInt8>, _ line: TextLine, base: Int) -> Bool {
    guard base > 0, line.indent == base else { return isLogLine(text, line) }
    let moved = TextLine(
      start: line.content, end: line.end, next: line.next, content: line.content, kind: line.kind)
    return isLogLine(text, moved)
  }

  /// Sets the region to the table's lines up to `index`, and says whether something cut it there.
  mutating func finish(_ text: Span<UInt8>, lines index: Int, context: ParseContext) {
    var count = max(1, index)
    if depth == 0, let fragment = fragment(text, behind: index, context) {
      count = fragment + 1
      trace.reasons.insert(.truncatedAtEOF)
    } else if let sentence = cutSentence(text, behind: index) {
      count = sentence + 1
    }
    let last = table[count - 1]
    trace.region = ByteRange(table[0].start, last.next)
    trace.lines = table.physicalLines(count, upTo: last.next, text)
    if last.next == context.end, context.isFinal, !last.hasLineEnd, depth == 0 {
      trace.reasons.insert(.truncatedAtEOF)
    }
    let mayBeCut = last.kind.isFrame || last.kind == .margin
    if mayBeCut ? CutMarker.endsFrame(text, last) : CutMarker.ends(text, last) {
      trace.reasons.insert(.truncatedByMarker)
    }
    if table.hasCutLine(count) { trace.flags.insert(.messageTruncated) }
    if table.hitLimit, !endsAboveLongLine(text, count) {
      trace.reasons.insert(.limitExceeded)
      trace.flags.insert(.framesCapped)
    }
  }

  /// Whether it was not the region that reached the limit, but what was read behind it: a line that is as long as a region
  /// may be, and the region ended by itself, at that line or at one of the log.
  private func endsAboveLongLine(_ text: Span<UInt8>, _ count: Int) -> Bool {
    guard count < table.count, table.hasLongLine(behind: count) else { return false }
    let next = table[count]
    return next.end - next.start >= limits.lineBytes || isLogLine(text, next)
  }

  /// The input's last line, without its line end, where it can be the start of a line of this trace.
  private mutating func fragment(_ text: Span<UInt8>, behind index: Int, _ context: ParseContext) -> Int? {
    guard context.isFinal else { return nil }
    var at = index
    while at < index + 3, table.has(at, text), table[at].kind == .blank, table[at].hasLineEnd { at += 1 }
    guard table.has(at, text), !table[at].hasLineEnd, table[at].kind != .blank, !isLogLine(text, table[at])
    else {
      return nil
    }
    let line = table[at]
    if line.indent > 0 { return at == index ? at : nil }
    // Behind an empty line one letter of Python's sentences is enough.
    let least = at > index && trace.platform == .python ? 1 : 3
    return Self.heads.contains { Self.commonLength(text, line, $0) >= min(least, line.end - line.content) }
      ? at : nil
  }

  /// What a further part of a trace may begin with.
  private static let heads: [StaticString] = [
    "Caused by: ", "During handling of the above exception", "The above exception was the direct cause of",
    "Traceback (most recent call last)",
  ]

  /// How far the line and the word are alike; 0 where they differ before either ends.
  private static func commonLength(_ text: Span<UInt8>, _ line: TextLine, _ word: StaticString) -> Int {
    let length = min(line.end - line.content, word.utf8CodeUnitCount)
    for offset in 0..<length where unsafe text[line.content + offset] != word.utf8Start[offset] { return 0 }
    return length
  }

  /// Python's sentence between two exceptions, cut off with a mark that says so.
  private mutating func cutSentence(_ text: Span<UInt8>, behind index: Int) -> Int? {
    guard trace.platform == .python else { return nil }
    var at = index
    while at < index + 3, table.has(at, text), table[at].kind == .blank { at += 1 }
    guard table.has(at, text), CutMarker.ends(text, table[at]) else { return nil }
    let starts: [StaticString] = ["During handling ", "The above exception ", "Traceback (most "]
    return starts.contains { text.has($0, at: table[at].content, before: table[at].end) } ? at : nil
  }
}

extension LineKind {
  /// Whether the line gives a trace away.
  var isAnchor: Bool {
    switch self {
    case .javaFrame, .javaBadFrame, .javaLabel, .pythonHeader, .pythonFrame, .pythonFaultFrame, .margin: true
    case .blank, .javaMore, .javaLock, .pythonSeparator, .pythonRepeat, .other: false
    }
  }

  /// Whether the line is a frame of either language, or was one before something cut it.
  var isFrame: Bool { self == .javaFrame || self == .javaBadFrame || self == .pythonFrame }

  /// Whether the line goes on with a JVM stack.
  var isJavaBody: Bool { self == .javaFrame || self == .javaMore || self == .javaLabel }
}
