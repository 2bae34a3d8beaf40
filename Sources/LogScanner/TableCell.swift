internal import TraceBytes
internal import TraceParsers

/// A cell of a table that is drawn with bars and blanks, as psql, sqlite3 and writers of markdown draw them: a trace begins in
/// a row among other cells, and on the lines below it these are empty.
struct TableCell: LineUnwrapper {
  /// Where the row's first line starts.
  private let first: Int
  /// The columns of the bars before and behind the cell; nil: it is the last one.
  private let bar: Int
  private let end: Int?
  /// psql marks each line that another one follows.
  private let isMarked: Bool

  /// Nil where the anchor's line is no line of such a cell.
  init?(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    guard Self.mayBe(text, line, scope.anchor), let (row, below) = Self.lines(text, line, scope, mark),
      let bars = Self.leadingBars(text, below),
      let bar = bars.last(where: { Self.hasBar(text, row, column: $0) })
    else { return nil }
    let end = Self.closingBar(text, below, behind: bar)
    first = row.start
    self.bar = bar
    self.end = end.flatMap { Self.hasBar(text, row, column: $0) ? $0 : nil }
    isMarked = Self.isMarked(text, row, bar, self.end) && Self.goesOn(text, below, bar, self.end, scope)
    guard bars.count > 1 || self.end != nil || isMarked else { return nil }
  }

  private static func isMarked(_ text: Span<UInt8>, _ line: LineSpan, _ bar: Int, _ end: Int?) -> Bool {
    markStart(text, cell(text, line, bar, end)) != nil
  }

  /// Whether a line below the first one bears the mark, too, or is the last one of its cell, which needs none.
  private static func goesOn(
    _ text: Span<UInt8>, _ below: LineSpan, _ bar: Int, _ end: Int?, _ scope: ScanScope
  ) -> Bool {
    if isMarked(text, below, bar, end) { return true }
    guard let next = LineSpan(text, from: below.next, end: scope.end, isFinal: true) else { return true }
    return leadingBars(text, next)?.contains(bar) != true
  }

  /// By the bytes at the line's start and before the anchor, so that most lines are not looked at.
  private static func mayBe(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    switch text[line.start] {
    case 0x20, UInt8(ascii: "|"), 0xE2: true
    default:
      anchor - line.start > 2 && text[anchor - 1] == 0x20
        && (!isLetter(text[anchor - 2]) || text.ends(line.start..<anchor, with: "+ Exception Group "))
    }
  }

  /// The row's first line and one below it, which show the columns: the anchor's and the next one where the anchor is
  /// Python's header, else one above the anchor's and that.
  private static func lines(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark
  ) -> (row: LineSpan, below: LineSpan)? {
    guard let bar = leadingBars(text, line)?.last, text.has("at ", at: scope.anchor, before: line.end) else {
      guard isBehindBar(text, line, scope.anchor),
        let next = LineSpan(text, from: line.next, end: scope.end, isFinal: true)
      else { return nil }
      return (line, next)
    }
    var start = line.start
    for _ in 0..<mostAbove {
      guard let above = scope.line(above: start, text, mark) else { return nil }
      if leadingBars(text, above)?.contains(bar) != true { return (above, line) }
      start = above.start
    }
    return nil
  }

  /// A message has so many lines at most.
  private static let mostAbove = 64

  /// Whether a bar stands before the header of a traceback.
  private static func isBehindBar(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    guard text.has("Traceback (", at: anchor, before: line.end) else { return false }
    var at = anchor
    let group: StaticString = "  + Exception Group "
    if text.ends(line.start..<at, with: group) { at -= group.utf8CodeUnitCount }
    return at - 2 >= line.start && text[at - 1] == 0x20
      && barLength(text, endingAt: at - 1, line.start) != nil
  }

  // MARK: Columns

  private static let bars: [StaticString] = ["|", "\u{2502}"]

  private static func barLength(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    bars.first { text.has($0, at: at, before: end) }.map(\.utf8CodeUnitCount)
  }

  private static func barLength(_ text: Span<UInt8>, endingAt end: Int, _ floor: Int) -> Int? {
    bars.first { text.ends(floor..<end, with: $0) }.map(\.utf8CodeUnitCount)
  }

  /// The columns of the bars before a line's text, if nothing but blanks stands around them; nil where there is none.
  private static func leadingBars(_ text: Span<UInt8>, _ line: LineSpan) -> [Int]? {
    var columns: [Int] = []
    var (at, column) = (line.start, 0)
    while at < line.end {
      if let length = barLength(text, at, line.end) {
        columns.append(column)
        at += length
      } else if text[at] == 0x20 {
        at += 1
      } else {
        break
      }
      column += 1
    }
    return columns.isEmpty ? nil : columns
  }

  /// The column of the first of the bars behind a line's text, if nothing but blanks stands between them and behind them.
  private static func closingBar(_ text: Span<UInt8>, _ line: LineSpan, behind column: Int) -> Int? {
    var at = line.end
    var found: Int?
    while at > line.start {
      if let length = barLength(text, endingAt: at, line.start) {
        at -= length
        found = at
      } else if text[at - 1] == 0x20 {
        at -= 1
      } else {
        break
      }
    }
    return found.map { columns(text, line.start..<$0) }.flatMap { $0 > column ? $0 : nil }
  }

  /// How many characters a range has.
  private static func columns(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    range.reduce(0) { $0 + (text[$1] & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// Where a column starts; nil behind the line.
  private static func offset(_ text: Span<UInt8>, _ line: LineSpan, column: Int) -> Int? {
    var left = column
    for at in line.range where text[at] & 0xC0 != 0x80 {
      if left == 0 { return at }
      left -= 1
    }
    return nil
  }

  private static func hasBar(_ text: Span<UInt8>, _ line: LineSpan, column: Int) -> Bool {
    offset(text, line, column: column).map { barLength(text, $0, line.end) != nil } == true
  }

  /// What stands in the cell on a line, without the blanks that fill it up.
  private static func cell(_ text: Span<UInt8>, _ line: LineSpan, _ bar: Int, _ end: Int?) -> Range<Int> {
    let start = offset(text, line, column: bar + 2) ?? line.end
    let limit = end.map { barStart(text, line, upTo: $0, from: start) } ?? line.end
    return start..<withoutBlanks(text, start, max(start, limit))
  }

  /// Where the bar behind a cell starts: in its column, or before that, since wide letters take two.
  private static func barStart(_ text: Span<UInt8>, _ line: LineSpan, upTo column: Int, from start: Int)
    -> Int
  {
    var at = offset(text, line, column: column) ?? line.end
    if barLength(text, at, line.end) != nil { return at }
    while at > start {
      if let length = barLength(text, endingAt: at, start) { return at - length }
      at -= 1
    }
    return line.end
  }

  private static func withoutBlanks(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = end
    while at > start, text[at - 1] == 0x20 { at -= 1 }
    return at
  }

  /// Where the sign starts that says that the cell goes on below.
  private static func markStart(_ text: Span<UInt8>, _ cell: Range<Int>) -> Int? {
    let marks: [StaticString] = ["+", "\u{21B5}"]
    return marks.first { text.ends(cell, with: $0) }.map { cell.upperBound - $0.utf8CodeUnitCount }
  }

  // MARK: Lines

  var firstLine: Int? { first }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= first else { return .foreign }
    guard line.start == first || isBelow(text, line) else { return .end }
    let cell = Self.cell(text, line, bar, end)
    guard isMarked else {
      output.append(text, cell)
      return .whole
    }
    guard let mark = Self.markStart(text, cell) else {
      output.append(text, cell)
      return .last
    }
    output.append(text, cell.lowerBound..<Self.withoutBlanks(text, cell.lowerBound, mark))
    return .whole
  }

  /// Whether the cells before this one are empty.
  private func isBelow(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    Self.leadingBars(text, line)?.contains(bar) == true
  }
}
