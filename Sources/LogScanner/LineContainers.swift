internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// What wraps the line of an anchor: nothing in most logs, and then the parser reads the text where it is.
extension TraceScanner {
  /// How many containers may stand around each other.
  private static let deepest = 5

  mutating func resolve(_ text: Span<UInt8>, _ scope: ScanScope) -> Resolution {
    guard
      let line = LineSpan(
        text, around: scope.anchor, floor: scope.floor, end: scope.end, isFinal: scope.isFinal)
    else { return .parsed(.needsMore(from: scope.floor)) }
    let format = scope.depth == 0 ? format : .auto
    if format != .text, scope.depth < Self.deepest {
      if scope.depth == 0 { (pendingEnd, pendingKey) = (line.next, nil) }
      if let resolution = unwrapped(text, line, scope, format) { return resolution }
    }
    if scope.depth == 0 { (pendingEnd, pendingKey) = (nil, nil) }
    let outcome = parser.parse(
      text, anchor: scope.anchor, floor: scope.floor, end: scope.end, isFinal: scope.isFinal)
    guard format != .text, scope.depth < Self.deepest else { return .parsed(outcome) }
    if case .trace = outcome, QuotedCell.closes(text, parser.trace.region.range, scope.end),
      let cell = QuotedCell(text, around: parser.trace, scope, parser.floorMark)
    {
      return readAgain(text, line, scope, as: cell)
    }
    if holdsHole(text, outcome) {
      return readAgain(text, line, scope, as: Cleaner(dirt: .control, anchor: line.start))
    }
    guard let region = colourRange(of: outcome, text) else { return .parsed(outcome) }
    switch hasColour(text, region, scope) {
    case false?: return .parsed(outcome)
    case nil: return .parsed(.needsMore(from: min(line.start, region.lowerBound)))
    case true?:
      // They began further down.
      return readAgain(text, line, scope, as: Cleaner(dirt: .control, anchor: line.start))
    }
  }

  /// The region that the parser found and that colours may have cut short or filled up: a trace of the JVM ends before any
  /// line that is none of its own, so of that the last line tells.
  private func colourRange(of outcome: ParseOutcome, _ text: Span<UInt8>) -> Range<Int>? {
    switch outcome {
    case .trace:
      let region = parser.trace.region.range
      guard parser.trace.platform != .python else { return region }
      let last = region.lowerBound..<max(region.lowerBound, region.upperBound - 1)
      return (text.lastOffset(of: 0x0A, in: last).map { $0 + 1 } ?? region.lowerBound)..<region.upperBound
    case .failure(let failure): return failure.region.range
    case .none, .needsMore: return nil
    }
  }

  /// Whether a run of NUL stands in a region: a hole in the file, behind which its text goes on. A single one may be a message's.
  private func holdsHole(_ text: Span<UInt8>, _ outcome: ParseOutcome) -> Bool {
    let region: Range<Int>
    switch outcome {
    case .trace: region = parser.trace.region.range
    case .failure(let failure): region = failure.region.range
    case .none, .needsMore: return false
    }
    guard let first = text.firstOffset(of: 0, in: region) else { return false }
    return text.firstOffset(of: Self.hole, in: first..<region.upperBound) != nil
  }

  private static let hole: StaticString = "\0\0\0\0"

  /// Whether a line of a region is coloured, or the one behind it, which may have ended it. Nil when that is not there yet.
  private func hasColour(_ text: Span<UInt8>, _ region: Range<Int>, _ scope: ScanScope) -> Bool? {
    let next = LineSpan(text, from: region.upperBound, end: scope.end, isFinal: scope.isFinal)
    if next == nil, !scope.isFinal { return nil }
    let end = min(next?.end ?? region.upperBound, region.upperBound + StreamReach.firstAhead)
    var at = region.lowerBound
    while let hit = text.firstOffset(of: 0x1B, in: at..<end) {
      if Self.colours(text, hit, region.lowerBound) { return true }
      if at == region.lowerBound, Self.isReset(text, hit, end) { return true }
      at = hit + 1
    }
    return false
  }

  /// Whether a colour ends at a line's end: where none began in the region, it is the writer's of the whole event.
  private static func isReset(_ text: Span<UInt8>, _ at: Int, _ limit: Int) -> Bool {
    let resets: [StaticString] = ["\u{1B}[0m", "\u{1B}[m", "\u{1B}[0;39m"]
    return resets.contains { reset in
      let end = at + reset.utf8CodeUnitCount
      return text.has(reset, at: at, before: limit)
        && (end == limit || text[end] == 0x0A || text[end] == 0x0D)
    }
  }

  /// Whether a colour is a writer's, which begin with their lines or a frame's path; one further in is the program's own.
  private static func colours(_ text: Span<UInt8>, _ at: Int, _ floor: Int) -> Bool {
    var start = at
    while start > floor, text[start - 1] == 0x20 { start -= 1 }
    return start == floor || text[start - 1] == 0x0A || text.ends(floor..<start, with: "  File")
  }

  /// The resolution of a wrapped line; nil for a plain one.
  ///
  /// What reaches over several lines is asked for first: each of its lines may look like something else. Then what the line is by
  /// itself, and last what stands before its text.
  mutating func unwrapped(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ format: InputFormat
  ) -> Resolution? {
    guard format == .auto || format == .airbyte else { return forced(text, line, scope, format) }
    if let resolution = loggerDocument(text, line, scope) { return resolution }
    // A tag of a page, whatever stands before it.
    if text.has("ceback\">", at: scope.anchor, before: line.end) { return nil }
    if let resolution = partOfDocument(text, line, scope) { return resolution }
    let lead = LineLead(text, line, scope.anchor)
    let hasSecond = Gate.second(text, from: scope.anchor, to: line.end) < line.end
    if lead.isBare, !hasSecond { return cleaned(text, line, scope) }
    switch isHeaderOfFrames(text, line, scope) {
    case nil: return .parsed(.needsMore(from: line.start))
    case true?: return .parsed(.none(resume: line.next))
    case false?: break
    }
    if let cri = CRILine.parse(text, line.range) { return criStream(text, line, cri, scope) }
    if let resolution = foldedString(text, line, scope) ?? jsonLine(text, line, scope)
      ?? oneLine(text, line, scope, hasSecond: hasSecond)
    {
      return unlessCarried(resolution, text, line, scope)
    }
    return behindLead(text, line, lead, scope)
  }

  /// The resolution of a line of a document or a report of several lines.
  private mutating func partOfDocument(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope)
    -> Resolution?
  {
    if let resolution = prettyObject(text, line, scope) { return resolution }
    if let resolution = prettyMembers(text, line, scope) { return resolution }
    if let resolution = openList(text, line, scope) { return resolution }
    if let resolution = quotedLines(text, line, scope) { return resolution }
    if let resolution = reportElements(text, line, scope) { return resolution }
    if let resolution = statusLines(text, line, scope) { return resolution }
    return workerStack(text, line, scope) ?? dagsterStacks(text, line, scope)
  }

  /// The resolution of a line by what stands before its text: colours, a cell's or a tag's beginning, a prefix.
  private mutating func behindLead(
    _ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope
  ) -> Resolution? {
    if !lead.isBare, let colours = ShownColours(text, lead: line.start..<lead.textStart) {
      return read(text, line, scope, as: colours)
    }
    switch isWrappedBehindPrefix(text, line, lead, scope) {
    case nil: return .parsed(.needsMore(from: line.start))
    case true?: break
    case false?:
      if let resolution = cleaned(text, line, scope) ?? cellRows(text, line, lead, scope) {
        return resolution
      }
    }
    if let resolution = groupHeader(text, line, scope) { return resolution }
    return lead.isBare || isPrettyMember(text, line) ? nil : prefixed(text, line, lead, scope)
  }

  /// Whether what is written before every line stands outside of the tag that holds the trace: it is taken off first. Such a
  /// tag opens behind the prefix of a frame, on one of the few lines above it, or on the header's line behind the prefix of the
  /// line below. Nil when that is not there yet.
  private func isWrappedBehindPrefix(
    _ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope
  ) -> Bool? {
    guard lead.textStart > line.start else { return false }
    guard lead.isFrame else { return headerOpensWrap(text, line, lead, scope) }
    let prefix = LinePrefix(text, line.start..<lead.textStart)
    guard !prefix.isEmpty else { return false }
    var at = line.start
    for _ in 0..<Self.mostAboveFrame {
      guard let above = scope.line(above: at, text, parser.floorMark),
        let start = prefix.match(text, above.range)
      else { return false }
      if Self.opensWrap(text, start, above.end) { return true }
      at = above.start
    }
    return false
  }

  private func headerOpensWrap(_ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope)
    -> Bool?
  {
    guard let tag = wrapStart(text, line, lead) else { return false }
    guard let next = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
      return scope.isFinal ? false : nil
    }
    let prefix = LinePrefix(text, line.start..<tag)
    return !prefix.isEmpty && prefix.match(text, next.range) != nil
  }

  /// Where the tag before a header begins that has more before it on its line.
  func wrapStart(_ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead) -> Int? {
    let before = line.start..<lead.textStart
    guard !lead.isFrame, text.ends(before, with: ">") || text.ends(before, with: "<![CDATA["),
      let tag = text.firstOffset(of: UInt8(ascii: "<"), in: before), tag > line.start,
      Self.opensWrap(text, tag, line.end)
    else { return nil }
    return tag
  }

  private static let mostAboveFrame = 4

  /// Whether a tag stands at `start` with character data behind it.
  private static func opensWrap(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start + 1 < end, text[start] == UInt8(ascii: "<"),
      isLetter(text[start + 1]) || text[start + 1] == UInt8(ascii: "!")
    else { return false }
    return text.firstOffset(of: UInt8(ascii: ">"), in: start..<end) != nil
      || text.firstOffset(of: "<![CDATA[", in: start..<end) != nil
  }

  /// Whether the line is a header, and its own frames stand right below: a trace on the line is a part of its message. Nil
  /// when the line below is not there yet.
  private func isHeaderOfFrames(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool? {
    let thread: StaticString = "Exception in thread \""
    let isThread = text.has(thread, at: line.start, before: line.end)
    guard scope.anchor > line.start || isThread, isThread || ClassName.ends(text, line.start, line.end),
      ClassName.isThrown(text, in: line.start..<max(line.start, min(scope.anchor, line.end))) || isThread
    else { return false }
    guard let next = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
      return scope.isFinal ? false : nil
    }
    return text.has("\tat ", at: next.start, before: next.end)
      && looksLikeFrame(text, next.start + 1, next.end)
  }

  /// The resolution where the user has said what the lines are.
  private mutating func forced(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ format: InputFormat
  ) -> Resolution? {
    if format == .cri, let cri = CRILine.parse(text, line.range) { return criStream(text, line, cri, scope) }
    if format != .cri {
      if let resolution = prettyObject(text, line, scope) { return resolution }
      if format == .json, let resolution = prettyMembers(text, line, scope) ?? openList(text, line, scope) {
        return resolution
      }
      if let resolution = jsonLine(text, line, scope) { return resolution }
    }
    return format.skipsOthers ? .parsed(.none(resume: line.next)) : nil
  }

  // MARK: CRI

  private mutating func criStream(
    _ text: Span<UInt8>, _ line: LineSpan, _ cri: CRILine, _ scope: ScanScope
  ) -> Resolution? {
    var key = KeyHash(seed: 2)
    key.combine(scope.key)
    key.combine(text, cri.stream.range)
    var unwrapper = CRIUnwrapper(stream: text.bytes(cri.stream.range))
    let resolution = follow(text, line, scope, &unwrapper, key: key.value)
    return resolution?.naming(text.text(cri.stream.range))
  }
}

extension Resolution {
  /// The same with the stream's name put before that of the streams inside it.
  func naming(_ name: String?) -> Resolution {
    guard case .records(var records) = self, let name else { return self }
    for index in records.indices {
      records[index].stream = records[index].stream.map { "\(name)/\($0)" } ?? name
    }
    return .records(records)
  }
}
