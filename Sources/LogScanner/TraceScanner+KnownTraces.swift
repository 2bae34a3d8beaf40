internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Traces of plain text that were met before: nothing has to be asked of what might wrap their lines, nor of the parser.
extension TraceScanner {
  /// Whether a known trace stands at an anchor; it stands in `trace` then, without its frames.
  mutating func findKnown(_ text: Span<UInt8>, _ scope: ScanScope) -> Bool {
    guard parser.knowsTraces, let block = block(text, scope),
      let region = parser.findKnown(text, block: block, floor: scope.floor, before: scope.end),
      region.range.contains(scope.anchor), isPlain(text, region.range, block, scope)
    else { return false }
    parser.takeKnown(region)
    return true
  }

  /// Remembers the trace that was found at an anchor.
  mutating func noteKnown(_ text: Span<UInt8>, _ scope: ScanScope) {
    guard parser.trace.region.range.contains(scope.anchor), let block = block(text, scope),
      endsAtLine(text, parser.trace.region.range),
      let end = text.firstOffset(of: 0x0A, in: scope.anchor..<scope.end),
      Gate.second(text, from: scope.anchor, to: end) >= end
    else { return }
    parser.noteKnown(text, block: block, floor: scope.floor, before: scope.end)
  }

  /// Where the line starts that is behind Python's header or a thread's, or a frame of the JVM that no other one precedes.
  private func block(_ text: Span<UInt8>, _ scope: ScanScope) -> Int? {
    guard format == .auto, scope.position.streams.isEmpty else { return nil }
    let anchor = scope.anchor
    let header: StaticString = "Traceback (most recent call last):\n"
    if text.has(header, at: anchor, before: scope.end) { return anchor + header.utf8CodeUnitCount }
    if text.has("Exception in thread \"", at: anchor, before: scope.end) {
      return firstFrame(text, behind: anchor, scope.end)
    }
    guard anchor - 1 > scope.floor, text[anchor - 1] == 0x09, text[anchor - 2] == 0x0A,
      text.has("at ", at: anchor, before: scope.end)
    else { return nil }
    let oldest = max(scope.floor, anchor - 2 - limits.lineBytes)
    let above = text.lastOffset(of: 0x0A, in: oldest..<anchor - 2).map { $0 + 1 } ?? oldest
    return text[above] == 0x09 ? nil : anchor - 1
  }

  /// The first line that is a frame of the JVM, within a few lines.
  private func firstFrame(_ text: Span<UInt8>, behind anchor: Int, _ end: Int) -> Int? {
    var at = anchor
    for _ in 0..<8 {
      guard let newline = text.firstOffset(of: 0x0A, in: at..<end) else { return nil }
      at = newline + 1
      if text.has("\tat ", at: at, before: end) { return at }
    }
    return nil
  }

  /// Whether a word stands behind a trace, which closes nothing.
  private func endsAtLine(_ text: Span<UInt8>, _ region: Range<Int>) -> Bool {
    let end = region.upperBound
    return end < text.count && (isWord(text[end]) || text[end] == UInt8(ascii: "["))
  }

  /// Whether nothing around a trace makes its lines those of something else: by a few bytes where they tell, else by asking all
  /// that is asked of an anchor.
  private mutating func isPlain(_ text: Span<UInt8>, _ region: Range<Int>, _ block: Int, _ scope: ScanScope)
    -> Bool
  {
    guard endsAtLine(text, region) else { return false }
    let start = region.lowerBound
    let isHeader = scope.anchor == start
    if isHeader || scope.anchor > block {
      if start == scope.floor { return true }
      let isAdjacent =
        isHeader
        || text.firstOffset(of: 0x0A, in: start..<block) == block - 1
          && ClassName.ends(text, start, block - 1)
      if isAdjacent, isBelowPlainLine(text, start, scope.floor) { return true }
    }
    guard
      let line = LineSpan(
        text, around: scope.anchor, floor: scope.floor, end: scope.end, isFinal: scope.isFinal)
    else { return false }
    return unwrapped(text, line, scope, format) == nil
  }

  /// Whether the line above and the one above that could neither have to be cleaned nor open anything.
  private func isBelowPlainLine(_ text: Span<UInt8>, _ start: Int, _ floor: Int) -> Bool {
    guard let above = Self.line(above: start, text, floor), Dirt.isClean(text, above.range),
      isWord(text[above.start]) || text[above.start] == UInt8(ascii: "["),
      !"|-+".utf8.contains(text[above.end - 1])
    else { return false }
    return Self.line(above: above.start, text, floor).map { !Dirt.mayBeTag(text, $0) } ?? true
  }

  private static func line(above start: Int, _ text: Span<UInt8>, _ floor: Int) -> LineSpan? {
    guard start > floor else { return nil }
    let above = text.lastOffset(of: 0x0A, in: floor..<start - 1).map { $0 + 1 } ?? floor
    return LineSpan(text, from: above, end: start, isFinal: true)
  }
}

extension Dirt {
  /// Whether a line has none of the bytes that show what has to be cleaned.
  static func isClean(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    !range.isEmpty && text.which(of: signs, in: range) == 0
  }

  /// Whether a tag could stand first on a line.
  static func mayBeTag(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard let first = line.range.first(where: { !isBlank(text[$0]) }) else { return false }
    return text[first] == UInt8(ascii: "<")
  }
}
