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

extension LinePrefix {
  /// So many lines below and above are asked.
  private static let mostNamed = 16

  /// Whether the ids of the prefix name lines: all lines around have one of their own. Nil when those below are not there yet.
  /// - Parameter isOrdered: each has to be a greater number than that of the line above.
  func namesLines(
    _ text: Span<UInt8>, _ line: LineSpan, isOrdered: Bool, _ scope: ScanScope, _ mark: FloorMark
  ) -> Bool? {
    var ids: [Range<Int>] = []
    var at = line.start
    for _ in 0..<Self.mostNamed {
      guard let above = scope.line(above: at, text, mark) else { break }
      if let id = id(text, above.range) { ids.insert(id, at: 0) }
      at = above.start
    }
    at = line.start
    for _ in 0...Self.mostNamed where at < scope.end {
      guard let below = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else {
        if scope.isFinal { break }
        return nil
      }
      if let id = id(text, below.range) { ids.append(id) }
      at = below.next
    }
    // Two lines may be those of two streams.
    return ids.count > 2 && (isOrdered ? Self.isRising(ids, text) : Self.areDistinct(ids, text))
  }

  private static func areDistinct(_ ids: [Range<Int>], _ text: Span<UInt8>) -> Bool {
    ids.indices.allSatisfy { index in
      ids[..<index].allSatisfy { !text.extracting($0).isEqual(to: text.extracting(ids[index])) }
    }
  }

  private static func isRising(_ ids: [Range<Int>], _ text: Span<UInt8>) -> Bool {
    let numbers = ids.map { id in id.reduce(0) { $0 &* 10 &+ Int(text[$1] &- 0x30) } }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }
}
