internal import TraceBytes
internal import TraceParsers

/// An exception as logback's own status printer writes it: `at ` stands before every line, the header's and those of the frames,
/// which have their own.
extension TraceScanner {
  /// Follows the lines that the anchor's is one of; nil when there is none of them.
  mutating func statusLines(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard text.has(StatusUnwrapper.mark, at: line.start, before: line.end) else { return nil }
    if !StatusUnwrapper.isFrame(text, line) {
      guard let below = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
        return scope.isFinal ? nil : .parsed(.needsMore(from: line.start))
      }
      guard StatusUnwrapper.isFrame(text, below) else { return nil }
    }
    var unwrapper = StatusUnwrapper()
    return follow(text, line, scope, &unwrapper, key: scope.key)
  }
}

private struct StatusUnwrapper: LineUnwrapper {
  static let mark: StaticString = "\tat "
  private static let framed: StaticString = "\tat \tat "

  static func isFrame(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    text.has(framed, at: line.start, before: line.end)
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    let isOwn = Self.isFrame(text, line) || Self.isHeader(text, line)
    output.append(text, line.start + (isOwn ? Self.mark.utf8CodeUnitCount : 0)..<line.end)
    return .whole
  }

  private static func isHeader(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    text.has(mark, at: line.start, before: line.end)
      && ClassName.ends(text, line.start + mark.utf8CodeUnitCount, line.end)
  }
}
