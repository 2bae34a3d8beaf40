internal import TraceBytes
internal import TraceParsers

/// The header of an exception group behind other text on its line: `failed:   + Exception Group Traceback (…`. The text
/// becomes a line of its own, so that the group's box begins where its other lines do.
struct GroupHeader: LineUnwrapper {
  private static let words: StaticString = "+ Exception Group Traceback ("

  /// The header's line.
  private let line: Int
  /// First byte of the box on it.
  private let start: Int

  /// How far the box is indented, in blanks.
  private let blanks: Int

  /// Nil where the anchor's line has none.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) {
    let lead = Self.words.utf8CodeUnitCount - "Traceback (".utf8.count
    let word = scope.anchor - lead
    guard word > line.start, text.has(Self.words, at: word, before: line.end) else { return nil }
    var blanks = 0
    while blanks < 2, word - blanks > line.start, text[word - blanks - 1] == 0x20 { blanks += 1 }
    guard text.extracting(line.start..<word - blanks).hasText else { return nil }
    self.line = line.start
    self.blanks = blanks
    start = word - blanks
  }

  /// Whether the next line begins with a bar as far from its start as the header's box is indented.
  func isAboveBox(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool {
    let bar = line.next + blanks
    guard bar < scope.end, text[bar] == UInt8(ascii: "|") else { return false }
    return (line.next..<bar).allSatisfy { text[$0] == 0x20 }
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start == self.line else {
      output.append(text, line.range)
      return .whole
    }
    output.append(text, line.start..<start)
    output.append(0x0A)
    output.append(text, start..<line.end)
    return .whole
  }
}

extension TraceScanner {
  /// Resolves the header of a group behind other text on its line; nil for any other line.
  mutating func groupHeader(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard var header = GroupHeader(text, line, scope) else { return nil }
    // The next line tells.
    guard line.next + 3 <= scope.end || scope.isFinal else { return .parsed(.needsMore(from: line.start)) }
    guard header.isAboveBox(text, line, scope) else { return nil }
    return follow(text, line, scope, &header, key: scope.key)
  }
}

extension Span<UInt8> {
  /// Whether there is anything but blanks.
  fileprivate var hasText: Bool { indices.contains { !isBlank(self[$0]) } }
}
