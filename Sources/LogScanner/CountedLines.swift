internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// Prefixes with a number that counts their lines, as `sequenceId` of RFC 5424 does and what `grep -n` writes.
extension TraceScanner {
  /// The prefix, with a number in it that counts its lines if the line below or above has the next or the last one. Nil when
  /// lines below are not there yet.
  func counting(_ prefix: LinePrefix, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope)
    -> LinePrefix?
  {
    let below = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal)
    if below == nil, !scope.isFinal { return nil }
    if let below, prefix.match(text, below.range) != nil { return prefix }
    let counting =
      below.flatMap { prefix.counting(text, besides: $0.range) }
      ?? scope.line(above: line.start, text, parser.floorMark).flatMap {
        prefix.counting(text, besides: $0.range)
      }
    guard let counting else { return prefix }
    guard let isRepeated = isRepeatedBelow(prefix, text, line, scope) else { return nil }
    return isRepeated || isRepeatedAbove(prefix, text, line, scope) ? prefix : counting
  }

  /// Whether the number comes again within reach: then it tells streams apart.
  private func isRepeatedBelow(
    _ prefix: LinePrefix, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> Bool? {
    var at = line.next
    while at - line.next < StreamReach.ahead {
      guard let below = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else {
        return scope.isFinal ? false : nil
      }
      if prefix.match(text, below.range) != nil { return true }
      at = below.next
    }
    return false
  }

  private func isRepeatedAbove(
    _ prefix: LinePrefix, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> Bool {
    var start = line.start
    while line.start - start < min(StreamReach.ahead, limits.messageBytes) {
      guard let above = scope.line(above: start, text, parser.floorMark) else { return false }
      if prefix.match(text, above.range) != nil { return true }
      start = above.start
    }
    return false
  }
}
