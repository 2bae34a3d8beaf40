internal import TraceBytes
internal import TraceParsers

/// The few lines above a first frame of the JVM that may be its message, nearest first; none where the line
/// directly above is a frame or a header of its own.
struct LinesAbove: ~Copyable {
  private static let most = 12
  private static let reach = 4096
  /// What a cell or a tag begins with.
  private static let wraps: UInt64 = 0x3C3C_3C3C_2222_2222
  private var lines = InlineArray<12, LineSpan>(repeating: LineSpan(empty: 0))
  private var count = 0

  /// - Parameter mark: met when more lines were wanted than stand above.
  init(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    let isLabel = scope.anchor == line.start && text.has("Caused by: ", at: line.start, before: line.end)
    guard isLabel || text.has("at ", at: scope.anchor, before: line.end) else { return }
    let floor = Swift.max(scope.floor, line.start - Self.reach)
    var start = line.start
    while start > floor, count < (isLabel ? 2 : Self.most) {
      let above = text.lastOffset(of: 0x0A, in: floor..<start - 1).map { $0 + 1 } ?? floor
      guard let span = LineSpan(text, from: above, end: start, isFinal: true) else { return }
      if count == 0, ClassName.ends(text, span.start, span.end) || Self.isFrame(text, span) { return }
      // A label in a message matters only where something stands around that.
      if count == 0, isLabel, text.which(of: Self.wraps, in: span.range) == 0 { return }
      lines[count] = span
      count += 1
      start = above
    }
    if start <= scope.floor, count < Self.most { mark.isMet = true }
  }

  /// From the farthest to the nearest.
  var range: Range<Int> { count == 0 ? 0..<0 : lines[count - 1].start..<lines[0].next }

  /// The nearest one that is like this.
  func first(where isWanted: (LineSpan) -> Bool) -> LineSpan? {
    for index in 0..<count where isWanted(lines[index]) { return lines[index] }
    return nil
  }

  static func isFrame(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    var at = line.start
    while at < line.end, isBlank(text[at]) { at += 1 }
    return text.has("at ", at: at, before: line.end)
  }
}
