internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Text that needs cleaning line by line before anyone can read it: colours, NUL bytes, entities, tabs as
/// `#011`, carriage returns, and cells between quotes.
extension TraceScanner {
  /// Resolves the anchor in the cleaned text; nil when the lines around it are clean.
  mutating func cleaned(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let around = neighbours(text, line, scope) else { return .parsed(.needsMore(from: line.start)) }
    if around.lowerBound < line.start,
      let colours = ShownColours(text, header: around.lowerBound..<line.start - 1)
    {
      return read(text, line, scope, as: colours)
    }
    let above = LinesAbove(text, line, scope, parser.floorMark)
    if let resolution = laidOut(text, line, above, scope) { return resolution }
    switch DoubledLines.isPresent(text, line, scope, parser.floorMark) {
    case nil: return .parsed(.needsMore(from: line.start))
    case true?: return read(text, line, scope, as: DoubledLines())
    case false?: break
    }
    let mayBeFirst =
      text.has("at ", at: scope.anchor, before: line.end)
      || text.has("Traceback (", at: scope.anchor, before: line.end)
    let isUnderTag = mayBeFirst && Dirt.isUnderTag(text, line, scope.floor, parser.floorMark)
    guard let dirt = Dirt(text, around, line, above, isUnderTag: isUnderTag) else { return nil }
    if dirt == .control, let resolution = journalFields(text, line, scope) { return resolution }
    if dirt == .markup, Dirt.isOfMessage(text, around, line, above, scope, parser.floorMark) { return nil }
    return read(text, line, scope, as: Cleaner(dirt: dirt, anchor: line.start))
  }

  /// The same for lines that are cells, that stand in a block or behind blanks, or that all end alike.
  private mutating func laidOut(
    _ text: Span<UInt8>, _ line: LineSpan, _ above: borrowing LinesAbove, _ scope: ScanScope
  ) -> Resolution? {
    let mark = parser.floorMark
    if let cell = QuotedCell(text, line, above, scope, mark) { return read(text, line, scope, as: cell) }
    if let cell = TableCell(text, line, scope, mark), !isInWovenRegion(text, line, scope) {
      return read(text, line, scope, as: cell)
    }
    if let lines = RichLines(text, line, scope, mark) { return read(text, line, scope, as: lines) }
    if let lines = HangingLines(text, line, scope, reach: limits.messageBytes, mark) {
      return read(text, line, scope, as: lines)
    }
    if let block = TextBlock(text, line, above, scope) { return read(text, line, scope, as: block) }
    if let block = IndentedBlock(text, line, above, scope) { return read(text, line, scope, as: block) }
    return EndedLines(text, line, scope, mark).flatMap { read(text, line, scope, as: $0) }
  }

  /// Resolves the anchor in the text that an unwrapper makes of all lines.
  mutating func read<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, as unwrapper: Unwrapper
  ) -> Resolution? {
    var unwrapper = unwrapper
    return follow(text, line, scope, &unwrapper, key: scope.key)
  }

  /// Resolves the anchor in the text that an unwrapper makes of what was read as plain text.
  mutating func readAgain<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, as unwrapper: Unwrapper
  ) -> Resolution {
    if scope.depth == 0 { pendingEnd = line.next }
    return read(text, line, scope, as: unwrapper) ?? .parsed(.none(resume: line.next))
  }

  /// The line with the one above and the one below; nil when the latter is not there yet.
  private func neighbours(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Range<Int>? {
    var start = line.start
    if start <= scope.floor {
      parser.floorMark.isMet = true
    } else {
      let floor = max(scope.floor, start - 4096)
      start = text.lastOffset(of: 0x0A, in: floor..<start - 1).map { $0 + 1 } ?? floor
    }
    let limit = min(scope.end, line.next + 4096)
    let newline = line.next < limit ? text.firstOffset(of: 0x0A, in: line.next..<limit) : nil
    if newline == nil, limit == scope.end, !scope.isFinal { return nil }
    return start..<(newline ?? limit)
  }
}
