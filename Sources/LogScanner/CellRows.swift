internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// A table as CSV in which each line of a trace is a row of its own, as logs are exported: a cell between quotes wherever
/// it holds quotes, commas or blanks at its start, and bare elsewhere.
extension TraceScanner {
  /// Follows the column that the anchor stands in; nil when it stands in no such cell.
  mutating func cellRows(
    _ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope
  ) -> Resolution? {
    guard let start = cellStart(text, line, lead, scope) else { return nil }
    let prefix = LinePrefix(text, line.start..<start)
    var key = KeyHash(seed: 7)
    key.combine(scope.key)
    key.combine(prefix.key)
    var unwrapper = RowUnwrapper(prefix: prefix)
    return follow(text, line, scope, &unwrapper, key: key.value, company: StreamReach.company)
  }

  /// Where the anchor's cell starts, if it ends on the line, too.
  private func cellStart(
    _ text: Span<UInt8>, _ line: LineSpan, _ lead: LineLead, _ scope: ScanScope
  ) -> Int? {
    let start = lead.textStart
    guard start - 1 > line.start else { return nil }
    if Cell.isSeparator(text[start - 1]) {
      if lead.isFrame { return isBareCell(text, line, start, scope) ? start : nil }
      return hasFrameBelow(text, line, start, scope) ? start : nil
    }
    guard Cell.isSeparator(text[start - 2]), let cell = Cell(text, start - 1..<line.end), cell.isQuoted,
      lead.isFrame || hasFrameBelow(text, line, start - 1, scope)
    else { return nil }
    return start - 1
  }

  /// Whether a frame of the JVM that begins with its tab is a cell: another column follows, or a line above has a quoted one in
  /// its place. Else a comma may end any prefix.
  private func isBareCell(_ text: Span<UInt8>, _ line: LineSpan, _ start: Int, _ scope: ScanScope) -> Bool {
    let separator = text[start - 1]
    guard text[start] == 0x09, separator != 0x09 else { return false }
    if let close = text.firstOffset(of: UInt8(ascii: ")"), in: start..<line.end), close + 1 < line.end,
      text[close + 1] == separator
    {
      return true
    }
    let prefix = LinePrefix(text, line.start..<start)
    var at = line.start
    for _ in 0..<Self.mostAbove {
      guard line.start - at < limits.messageBytes, let above = scope.line(above: at, text, parser.floorMark),
        let cell = prefix.match(text, above.range)
      else { return false }
      if text.has("\"", at: cell, before: above.end) { return true }
      at = above.start
    }
    return false
  }

  /// A quoted message stands so many rows above the first frame at most.
  private static let mostAbove = 16

  /// Whether a row with a frame of Python between quotes follows: Python's header needs none itself.
  private func hasFrameBelow(_ text: Span<UInt8>, _ line: LineSpan, _ start: Int, _ scope: ScanScope) -> Bool
  {
    let prefix = LinePrefix(text, line.start..<start)
    guard let next = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal),
      let cell = prefix.match(text, next.range)
    else { return false }
    return text.has("\"  File \"\"", at: cell, before: next.end)
  }
}

/// What stands between two separators of a row.
private struct Cell {
  let content: Range<Int>
  let isQuoted: Bool

  static func isSeparator(_ byte: UInt8) -> Bool { ",;\t".utf8.contains(byte) }

  /// The cell that starts a range, behind the separator that stands there; nil for one between quotes that does not end
  /// in it.
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    // A prefix may match with nothing, at the very start of a text.
    guard range.lowerBound > 0 else { return nil }
    let separator = text[range.lowerBound - 1]
    let quote = UInt8(ascii: "\"")
    guard let first = range.first, text[first] == quote else {
      isQuoted = false
      content = range.lowerBound..<(text.firstOffset(of: separator, in: range) ?? range.upperBound)
      return
    }
    isQuoted = true
    var at = first + 1
    while let hit = text.firstOffset(of: quote, in: at..<range.upperBound) {
      at = hit + 1
      if at == range.upperBound || text[at] == separator {
        content = first + 1..<hit
        return
      }
      guard text[at] == quote else { return nil }
      at += 1
    }
    return nil
  }
}

/// Takes the cells of one column out of their rows.
private struct RowUnwrapper: LineUnwrapper {
  let prefix: LinePrefix
  var marks: [StreamMark] { prefix.literals.filter { $0.count >= 3 }.map { StreamMark($0) } }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard let start = prefix.match(text, line.range), let cell = Cell(text, start..<line.end) else {
      return .foreign
    }
    if cell.isQuoted {
      TextEscapes.appendUndoubled(text, cell.content, quote: UInt8(ascii: "\""), to: &output)
    } else {
      output.append(text, cell.content)
    }
    return .whole
  }
}
