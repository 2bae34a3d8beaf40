internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Text with something before it on every line: a time, a container's name, a logger's fields.
extension TraceScanner {
  /// Follows the stream of the anchor's prefix; nil when the line has none.
  mutating func prefixed(
    _ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope
  ) -> Resolution? {
    // The name of data that nobody could read, alone on its line, is neither header nor frame.
    if Self.isDataName(text, scope.anchor, line.end),
      Gate.second(text, from: scope.anchor, to: line.end) >= line.end
    {
      return .parsed(.none(resume: line.next))
    }
    if lead.isFrame,
      !looksLikeFrame(text, scope.anchor, line.end) || isSentence(text, line, lead, scope.anchor)
        // Who wrote an entry of logback's log, which throws nothing.
        || text.has("Caller+", at: line.start, before: line.end)
    {
      return .parsed(.none(resume: line.next))
    }
    var prefix: LinePrefix
    if lead.isFrame {
      prefix = LinePrefix(text, line.start..<lead.textStart)
    } else if let tag = wrapStart(text, line, lead) {
      prefix = LinePrefix(text, line.start..<tag).widened(text, line.range, to: tag)
    } else {
      // A line of the program may quote the words.
      if isInWovenRegion(text, line, scope) { return .parsed(.none(resume: line.next)) }
      switch partner(text, line, lead, scope) {
      case .found(let found): prefix = found
      case .none: return nil
      case .needsMore: return .parsed(.needsMore(from: line.start))
      }
    }
    guard !prefix.isEmpty else { return nil }
    if lead.isFrame, Self.isMark(prefix) { return .parsed(.none(resume: line.next)) }
    guard let counting = counting(prefix, text, line, scope) else {
      return .parsed(.needsMore(from: line.start))
    }
    prefix = counting
    if text.has("Traceback (", at: scope.anchor, before: line.end), wrapStart(text, line, lead) == nil {
      prefix = prefix.widened(text, line.range, to: scope.anchor)
    }
    if isInKnownGroup(text, line, lead, scope) { return .parsed(.none(resume: line.next)) }
    if let resolution = follow(text, line, prefix, scope) { return resolution }
    // What no other line has may name the line, or count what was written before it.
    for (general, isOrdered) in [(prefix.withoutIds, false), (prefix.withoutNumbers, true)] {
      guard let general else { continue }
      switch general.namesLines(text, line, isOrdered: isOrdered, scope, parser.floorMark) {
      case nil: return .parsed(.needsMore(from: line.start))
      case true?: if let resolution = follow(text, line, general, scope) { return resolution }
      case false?: break
      }
    }
    return nil
  }

  /// Whether what stands before a frame is no prefix: Mockito's arrow, what a tab is shown as, another frame's word.
  private static func isMark(_ prefix: LinePrefix) -> Bool {
    let text = prefix.bytes.span
    guard let start = prefix.bytes.firstIndex(where: { !isBlank($0) }) else { return false }
    let end = text.endWithoutBlanks(of: start..<text.count)
    return end - start <= 2
      && (text.has("->", at: start, before: end) || text.has("at", at: start, before: end)
        || text.has("?", at: start, before: end) && end - start == 1)
  }

  /// Follows the stream of all lines with a prefix; nil where there is no second one in reach.
  private mutating func follow(
    _ text: Span<UInt8>, _ line: LineSpan, _ prefix: LinePrefix, _ scope: ScanScope
  ) -> Resolution? {
    guard let isEvent = isEvent(text, line, prefix, scope) else {
      return .parsed(.needsMore(from: line.start))
    }
    var unwrapper = PrefixUnwrapper(
      prefix: prefix, event: isEvent ? EventLines(prefix, line, scope) : nil, anchor: line.start)
    return follow(
      text, line, scope, &unwrapper, key: prefixKey(prefix, scope), company: StreamReach.company)?
      .naming(prefix.name)
  }

  /// Whether the anchor is the end of a name that documents give to a stack, a type or a reference.
  private static func isDataName(_ text: Span<UInt8>, _ anchor: Int, _ end: Int) -> Bool {
    let names: [StaticString] = [
      "k_trace", "kTrace", "ktrace", "pArray", "efId", "c_type", "frames", "wable",
    ]
    guard let name = names.first(where: { text.has($0, at: anchor, before: end) }) else { return false }
    let next = anchor + name.utf8CodeUnitCount
    return next < end && (text[next] == UInt8(ascii: "\"") || text[next] == 0x5C)
  }

  /// The key of the stream of all lines with a prefix.
  func prefixKey(_ prefix: LinePrefix, _ scope: ScanScope) -> UInt64 {
    var key = KeyHash(seed: 3)
    key.combine(scope.key)
    key.combine(prefix.key)
    return key.value
  }

  /// Whether the line belongs to a region that was found before: what looks like the end of its prefix is the
  /// margin of an exception group.
  private func isInKnownGroup(_ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope)
    -> Bool
  {
    var end = lead.textStart
    while end > line.start, isBlank(text[end - 1]) || text[end - 1] == UInt8(ascii: "|") { end -= 1 }
    guard end < lead.textStart, end > line.start else { return false }
    let key = prefixKey(LinePrefix(text, line.start..<end), scope)
    return scope.position.isDone(key, at: scope.physical(line.start))
  }

  private enum Partner {
    case found(LinePrefix)
    case none
    case needsMore
  }

  /// The prefix of a header's line, told from the first frame behind it whose prefix the line has too. A
  /// header may have more before it on its line than the frames have: the log's own text.
  private func partner(_ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope) -> Partner
  {
    if text[scope.anchor] == UInt8(ascii: "|"), lead.textStart > line.start {
      switch isJShell(text, line, scope) {
      case nil: return .needsMore
      case true?: return .found(LinePrefix(text, line.start..<lead.textStart))
      case false?: break
      }
    }
    let isBox = GroupHeader(text, line, scope) != nil
    var at = line.next
    let limit = min(scope.end, line.next + StreamReach.ahead)
    while at < limit {
      let anchor = Gate.next(text.extracting(0..<limit), from: at)
      guard anchor < limit else { break }
      if text[anchor] == 0x0A, Gate.isLoneHeader(text, anchor + 1) {
        at = anchor + 1
        continue
      }
      let cut = LineSpan(text, around: anchor, floor: at, end: scope.end, isFinal: scope.isFinal)
      guard let next = cut else { return .needsMore }
      let found = LineLead(text, next, anchor)
      if found.isBare { return .none }
      if found.isFrame {
        switch prefix(of: next, found, text, line, isBox: isBox, scope) {
        case .found(let prefix): return .found(prefix)
        case .needsMore: return .needsMore
        case .none: break
        }
      }
      at = next.next
    }
    if limit == scope.end, !scope.isFinal { return .needsMore }
    let own = LinePrefix(text, line.start..<lead.textStart)
    return own.isEmpty ? .none : .found(own)
  }

  /// Whether the bar of jshell stands at the anchor, which is no part of what stands before its lines: its frames are deeper than
  /// those of any container's. Nil when the line below is not there yet.
  private func isJShell(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool? {
    guard let next = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
      return scope.isFinal ? false : nil
    }
    return text.firstOffset(of: "|        at ", in: next.range) != nil
  }

  /// The prefix of a frame's line, if the header's line has it, too.
  private func prefix(
    of frame: LineSpan, _ lead: LineLead, _ text: Span<UInt8>, _ line: LineSpan, isBox: Bool,
    _ scope: ScanScope
  ) -> Partner {
    let prefix = LinePrefix(text, frame.start..<lead.textStart)
    if prefix.match(text, line.range) != nil { return .found(prefix) }
    if frame.start == line.next {
      guard let counting = counting(prefix, text, frame, scope) else { return .needsMore }
      if counting.match(text, line.range) != nil { return .found(counting) }
    }
    guard isBox else { return .none }
    // The bar before a group's frames is the box's.
    let outer = LinePrefix(text, frame.start..<barStart(text, frame.start..<lead.textStart))
    return outer.match(text, line.range) == nil ? .none : .found(outer)
  }

  /// Where the bar at the end of a range starts; the range's end where there is none.
  private func barStart(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var at = range.upperBound
    while at > range.lowerBound, isBlank(text[at - 1]) { at -= 1 }
    return at > range.lowerBound && text[at - 1] == UInt8(ascii: "|") ? at - 1 : range.upperBound
  }

  /// Whether the prefix is one event's: it names a level, and the nearest line of the same shape has the
  /// same time. Nil when that line is not there yet.
  private func isEvent(_ text: Span<UInt8>, _ line: LineSpan, _ prefix: LinePrefix, _ scope: ScanScope)
    -> Bool?
  {
    guard prefix.hasLevel, let textStart = prefix.match(text, line.range) else { return false }
    // The prefix may have been learned from another line, whose time is not this one's.
    let own = LinePrefix(text, line.start..<textStart)
    var start = line.start
    let oldest = max(scope.floor, line.start - StreamReach.ahead)
    while start > oldest {
      let above = text.lastOffset(of: 0x0A, in: oldest..<start - 1).map { $0 + 1 } ?? oldest
      if prefix.match(text, above..<start - 1) != nil, own.matchExactly(text, above..<start - 1) != nil {
        return true
      }
      if prefix.match(text, above..<start - 1) != nil { break }
      start = above
    }
    if start <= scope.floor { parser.floorMark.isMet = true }
    return isEventBelow(text, line, prefix, own, scope)
  }

  private func isEventBelow(
    _ text: Span<UInt8>, _ line: LineSpan, _ prefix: LinePrefix, _ own: LinePrefix, _ scope: ScanScope
  ) -> Bool? {
    var at = line.next
    let limit = min(scope.end, line.next + StreamReach.ahead)
    while at < limit {
      guard let next = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else { return nil }
      if prefix.match(text, next.range) != nil { return own.matchExactly(text, next.range) != nil }
      at = next.next
    }
    return limit == scope.end && !scope.isFinal ? nil : false
  }

  /// Whether `at` is a word of a sentence, as in "look at foo.bar(x)": one blank stands before it, behind a word, and the
  /// parentheses hold no place in a file.
  private func isSentence(_ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ anchor: Int) -> Bool {
    guard text.has("at ", at: anchor, before: line.end), anchor - lead.textStart == 1,
      text[anchor - 1] == 0x20,
      lead.textStart > line.start, isWord(text[lead.textStart - 1])
    else { return false }
    guard let open = text.firstOffset(of: UInt8(ascii: "("), in: anchor..<line.end),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<line.end)
    else { return true }
    return !JVMLocation.isOne(text, open + 1..<close)
  }

  /// Whether `at …` may be a JVM frame: other languages' frames have a path or a column in the parenthesis.
  /// This spares following a stream for every frame of theirs.
  func looksLikeFrame(_ text: Span<UInt8>, _ anchor: Int, _ end: Int) -> Bool {
    guard text.has("at ", at: anchor, before: end) else { return true }
    guard let open = text.lastOffset(of: UInt8(ascii: "("), in: anchor..<end),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<end)
    else { return text.firstOffset(of: UInt8(ascii: "."), in: anchor..<end) != nil }
    guard text.firstOffset(of: UInt8(ascii: "."), in: anchor..<open) != nil else { return false }
    return text.occurrences(of: UInt8(ascii: ":"), in: open..<close) < 2
      && text.firstOffset(of: UInt8(ascii: ","), in: open..<close) == nil
  }
}

/// Takes a learned prefix off.
struct PrefixUnwrapper: LineUnwrapper {
  let prefix: LinePrefix
  let marks: [StreamMark]
  /// Where a line is an event of its own: such a one keeps its prefix, which shows the parser a log line.
  private var event: EventLines?

  /// Where the anchor's line starts.
  private let anchor: Int
  /// Whether the text of each line is the value of a key, in quotes and escaped.
  private let isQuoted: Bool

  init(prefix: LinePrefix, event: EventLines?, anchor: Int) {
    self.prefix = prefix
    isQuoted = prefix.bytes.suffix(2).elementsEqual("=\"".utf8)
    self.anchor = anchor
    self.event = event
    marks = prefix.literals.filter { $0.count >= 3 }.map { StreamMark($0) }
  }

  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard let start = prefix.match(text, line.range) else { return .foreign }
    if line.start > anchor, prefix.isShort(text, start, line.end) { return .end }
    switch event?.take(text, line, start) ?? .own {
    case .undecided: return .undecided
    case .other: output.append(text, line.range)
    case .own where isQuoted:
      let end = OneLineForm.closing(text, start, line.end, UInt8(ascii: "\"")) ?? line.end
      TextEscapes.appendUnescaped(text, start..<end, .quoted, to: &output)
    // rsyslog's tab: the anchor's line may have none that would tell.
    case .own where text.has("#011", at: start, before: line.end):
      TextEscapes.appendOctal(text, start..<line.end, to: &output)
    case .own: output.append(text, start..<line.end)
    }
    return .whole
  }
}
