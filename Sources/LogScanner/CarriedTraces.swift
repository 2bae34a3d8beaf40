internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// Lines with an escaped trace that is no record of its own, since it stands in the message of another trace: a client
/// puts what the server answered into its exception.
extension TraceScanner {
  /// What was found on the line, or nothing where that belongs to another trace: the line opens one whose frames stand
  /// below it, or lies in a stream's region that was found before.
  func unlessCarried(
    _ resolution: Resolution, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> Resolution {
    guard case .records = resolution else { return resolution }
    if isInWovenRegion(text, line, scope) { return .parsed(.none(resume: line.next)) }
    guard Self.opensAround(text, line, scope.anchor) else { return resolution }
    guard let next = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
      return scope.isFinal ? resolution : .parsed(.needsMore(from: line.start))
    }
    return isFrame(text, next, below: line) ? .parsed(.none(resume: line.next)) : resolution
  }

  /// Whether an exception is named in front of the one that is escaped, which stands between quotes: a cause's text in a
  /// header does not.
  private static func opensAround(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    guard let outer = ClassName.firstThrown(text, in: line.start..<anchor),
      text.firstOffset(of: "{\"", in: line.start..<outer.lowerBound) == nil,
      !isQuoted(text, outer.lowerBound, line.start)
    else { return false }
    if text.has("Traceback (", at: anchor, before: line.end) { return isQuoted(text, anchor, line.start) }
    guard let inner = ClassName.firstThrown(text, in: outer.upperBound..<anchor) else { return false }
    return isQuoted(text, inner.lowerBound, line.start)
  }

  private static func isQuoted(_ text: Span<UInt8>, _ at: Int, _ floor: Int) -> Bool {
    at > floor && "\"'".utf8.contains(text[at - 1])
  }

  /// Whether the line is a frame of the JVM, behind the prefix that the line above it has, too.
  private func isFrame(_ text: Span<UInt8>, _ line: LineSpan, below above: LineSpan) -> Bool {
    let anchor = Gate.next(text.extracting(0..<line.end), from: line.start)
    guard anchor < line.end, text.has("at ", at: anchor, before: line.end),
      looksLikeFrame(text, anchor, line.end)
    else { return false }
    let lead = LineLead(text, line, anchor)
    guard lead.isFrame, !lead.isBare else { return lead.isFrame }
    return LinePrefix(text, line.start..<lead.textStart).match(text, above.range) != nil
  }

  /// So many bytes of a line may be its prefix.
  private static let longestPrefix = 256

  /// Whether any prefix of the line names a stream whose region was found around it.
  func isInWovenRegion(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool {
    let place = scope.physical(line.start)
    guard text[line.start] != UInt8(ascii: "{"),
      scope.position.streams.contains(where: { $0.isWoven && $0.end > place })
    else { return false }
    let limit = min(line.end, line.start + Self.longestPrefix)
    return (line.start + 1..<max(line.start + 1, limit)).contains { end in
      guard isBlank(text[end]), !isBlank(text[end - 1]) else { return false }
      return scope.position.isDone(prefixKey(LinePrefix(text, line.start..<end), scope), at: place)
    }
  }
}
