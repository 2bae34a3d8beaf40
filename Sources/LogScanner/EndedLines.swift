internal import TraceBytes
internal import TraceParsers

/// Lines that all end with the same text, which their writer put there: Apache's `, referer: …`, the right edge of a box, a
/// backslash.
struct EndedLines: LineUnwrapper {
  private let ending: [UInt8]

  /// Nil unless the anchor's line and the one above or below it end so.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    guard let start = Self.endOfTrace(text, line, scope.anchor),
      let first = (start..<line.end).first(where: { !isBlank(text[$0]) }),
      // A quote ends a string.
      !(first..<line.end).contains(where: { text[$0] == UInt8(ascii: "\"") || text[$0] == UInt8(ascii: "'") })
    else { return nil }
    ending = text.bytes(first..<text.endWithoutBlanks(of: first..<line.end))
    let isHeader = text.has("Traceback (", at: scope.anchor, before: line.end)
    let neighbour = isHeader ? Self.below(text, line, scope) : scope.line(above: line.start, text, mark)
    guard let neighbour, ends(text, neighbour), ending.count > 1 || "|\\#*$".utf8.contains(ending[0]) else {
      return nil
    }
    // Packaging data are the frames' own, though a message may end with the same: they have a colon.
    if "[~{@".utf8.contains(ending[0]),
      ending.contains(UInt8(ascii: ":")) || LinesAbove.isFrame(text, neighbour)
    {
      return nil
    }
  }

  /// The line below, unless it is a very long one.
  private static func below(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> LineSpan? {
    let limit = min(scope.end, line.next + longestBelow)
    return LineSpan(text, from: line.next, end: limit, isFinal: scope.isFinal && limit == scope.end)
  }

  private static let longestBelow = 4096

  /// Where the line of a trace ends for certain: behind a frame's parentheses, or a traceback's colon.
  private static func endOfTrace(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Int? {
    let header: StaticString = "Traceback (most recent call last):"
    if text.has(header, at: anchor, before: line.end) { return anchor + header.utf8CodeUnitCount }
    guard text.has("at ", at: anchor, before: line.end), text[line.end - 1] != UInt8(ascii: ")"),
      let open = text.firstOffset(of: UInt8(ascii: "("), in: anchor..<line.end),
      let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<line.end),
      JVMLocation.isOne(text, open + 1..<close),
      let next = (close + 1..<line.end).first(where: { !isBlank(text[$0]) }),
      text[next] != UInt8(ascii: "<")
    else { return nil }
    return close + 1
  }

  private func ends(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    let end = text.endWithoutBlanks(of: line.range)
    return end - line.start >= ending.count
      && text.firstOffset(of: ending.span, in: end - ending.count..<end) != nil
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard ends(text, line) else {
      output.append(text, line.range)
      return .whole
    }
    let end = text.endWithoutBlanks(of: line.range) - ending.count
    output.append(text, line.start..<text.endWithoutBlanks(of: line.start..<end))
    return .whole
  }
}
