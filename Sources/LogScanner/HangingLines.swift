internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// The lines of one entry as `journalctl` prints them: the fields stand before the first, and as many blanks before the
/// others.
struct HangingLines: LineUnwrapper {
  /// Where the entry's first line starts.
  private let first: Int
  /// Bytes of the fields.
  private let width: Int

  /// Nil where the anchor's line is no line of such an entry.
  /// - Parameter reach: so many bytes above the line are looked at.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, reach: Int, _ mark: FloorMark) {
    guard line.start < line.end else { return nil }
    guard text[line.start] == 0x20 else {
      guard let width = Self.width(text, line),
        let next = LineSpan(text, from: line.next, end: scope.end, isFinal: true),
        Self.indent(text, next) >= width
      else { return nil }
      (first, self.width) = (line.start, width)
      return
    }
    var least = Self.indent(text, line)
    guard least >= Self.leastWidth else { return nil }
    var start = line.start
    for _ in 0..<Self.mostLines {
      guard line.start - start < reach, let above = scope.line(above: start, text, mark) else { return nil }
      start = above.start
      guard above.start < above.end else { continue }
      guard text[above.start] != 0x20 else {
        least = min(least, Self.indent(text, above))
        guard least >= Self.leastWidth else { return nil }
        continue
      }
      guard let width = Self.width(text, above), width <= least else { return nil }
      (first, self.width) = (above.start, width)
      return
    }
    return nil
  }

  /// A date, a host's name and a program's are longer together.
  private static let leastWidth = 20
  private static let mostLines = 200

  /// The bytes up to the text behind `orders[4242]: `.
  private static func width(_ text: Span<UInt8>, _ line: LineSpan) -> Int? {
    let range = line.start..<min(line.end, line.start + 160)
    guard let close = text.firstOffset(of: "]: ", in: range), close > line.start, isDigit(text[close - 1])
    else {
      return nil
    }
    let width = close + 3 - line.start
    return width >= leastWidth ? width : nil
  }

  private static func indent(_ text: Span<UInt8>, _ line: LineSpan) -> Int {
    line.range.prefix { text[$0] == 0x20 }.count
  }

  var firstLine: Int? { first }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= first else { return .foreign }
    guard line.start == first || Self.indent(text, line) >= width || line.end == line.start else {
      return .end
    }
    output.append(text, min(line.end, line.start + width)..<line.end)
    return .whole
  }
}
