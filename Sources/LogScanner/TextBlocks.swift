internal import TraceBytes
internal import TraceParsers

/// A block of text that another text holds and whose end is its own: indented below a YAML key, or between
/// Markdown's fences.
struct TextBlock: LineUnwrapper {
  /// First byte of the block.
  private let start: Int
  /// The blanks that stand before every line.
  private let indent: Int
  private let isFenced: Bool

  /// The block that the anchor's line or its header is the beginning of.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ above: borrowing LinesAbove, _ scope: ScanScope) {
    guard let opening = Self.opening(text, line, above, scope) else { return nil }
    self.init(text, opening.next, isFenced: Self.isFence(text, opening.range))
    if !isFenced, indent <= Self.indent(text, opening.start, opening.end) { return nil }
    guard Self.indent(text, line.start, line.end) >= indent else { return nil }
  }

  private init(_ text: Span<UInt8>, _ start: Int, isFenced: Bool) {
    self.start = start
    self.isFenced = isFenced
    let blanks = Self.indent(text, start, text.count)
    // The box of a group stands two columns in.
    indent =
      blanks - (text.has("+ Exception Group ", at: start + blanks, before: text.count) ? min(2, blanks) : 0)
  }

  /// The line that a block begins behind: the one above a traceback's header, or the nearest of those above the first
  /// frame of the JVM.
  private static func opening(
    _ text: Span<UInt8>, _ line: LineSpan, _ above: borrowing LinesAbove, _ scope: ScanScope
  ) -> LineSpan? {
    if text.has("at ", at: scope.anchor, before: line.end) {
      return above.first { isOpening(text, $0.range) }
    }
    guard text.has("Traceback (", at: scope.anchor, before: line.end), line.start > scope.floor else {
      return nil
    }
    let floor = max(scope.floor, line.start - 4096)
    let start = text.lastOffset(of: 0x0A, in: floor..<line.start - 1).map { $0 + 1 } ?? floor
    guard let above = LineSpan(text, from: start, end: scope.end, isFinal: true) else { return nil }
    return isOpening(text, above.range) ? above : nil
  }

  private static func isOpening(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    isFence(text, line) || isBlockKey(text, line)
  }

  private static func indent(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end, text[at] == 0x20 { at += 1 }
    return at - start
  }

  /// Three backticks, and nothing else but the name of a language.
  private static func isFence(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let start = line.lowerBound + indent(text, line.lowerBound, line.upperBound)
    return text.has("```", at: start, before: line.upperBound)
      && (start + 3..<line.upperBound).allSatisfy {
        isWord(text[$0]) || isBlank(text[$0]) || "`+-#\r".utf8.contains(text[$0])
      }
  }

  /// `key: |`, perhaps with how its line ends are taken.
  private static func isBlockKey(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let ends: [StaticString] = [": |", ": |-", ": |+"]
    return ends.contains { text.ends(line, with: $0) }
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= start else { return .foreign }
    let blanks = Self.indent(text, line.start, line.end)
    let isBlankLine = line.start + blanks == line.end
    if isFenced ? Self.isFence(text, line.range) : !isBlankLine && blanks < indent { return .end }
    output.append(text, line.start + min(blanks, indent)..<line.end)
    return .whole
  }
}

/// Lines of which every one has an empty line behind it.
struct DoubledLines: LineUnwrapper {
  /// The next line is left out if it is empty.
  private var skips = false

  /// Whether the anchor's line stands between empty lines and the next one, too; where none is above, the next
  /// two. Nil when those lines are not there yet.
  static func isPresent(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) -> Bool?
  {
    // pytest's reports have empty lines of their own.
    guard line.next < scope.end, !text.has("E   ", at: line.start, before: line.end),
      var at = emptyEnd(text, line.next, scope.end)
    else { return false }
    if line.start <= scope.floor { mark.isMet = true }
    for _ in 0..<(hasEmptyAbove(text, line, scope) ? 1 : 2) {
      guard let next = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else {
        return scope.isFinal ? false : nil
      }
      guard next.start < next.end else { return false }
      if next.next == scope.end { return scope.isFinal ? true : nil }
      guard let empty = emptyEnd(text, next.next, scope.end) else { return false }
      at = empty
    }
    return true
  }

  private static func emptyEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    if text[at] == 0x0A { return at + 1 }
    return text.has("\r\n", at: at, before: end) ? at + 2 : nil
  }

  private static func hasEmptyAbove(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool {
    guard line.start > scope.floor else { return true }
    var at = line.start - 1
    if at > scope.floor, text[at - 1] == 0x0D { at -= 1 }
    return at > scope.floor && text[at - 1] == 0x0A
  }

  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    let isEmpty = line.start == line.end
    defer { skips = !(isEmpty && skips) }
    if isEmpty, skips { return .filler }
    output.append(text, line.range)
    return .whole
  }
}
