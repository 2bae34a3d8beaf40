internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// A cell of a CSV file or an SQL text: it starts at a quote before the header, quotes inside are doubled or stand behind a
/// backslash, and it ends at one that is neither.
struct QuotedCell: LineUnwrapper {
  private let quote: UInt8
  /// First byte behind the opening quote.
  private let start: Int
  /// The first line's start.
  private let lineStart: Int
  /// What stands before a quote that does not end the cell, and before itself.
  private let escape: UInt8
  /// Whether quotes inside stand as they are, as where a program's output is quoted by another's log.
  private var isRaw = false

  /// The cell whose text starts on the anchor's line, or on the line above its first frame.
  init?(
    _ text: Span<UInt8>, _ line: LineSpan, _ above: borrowing LinesAbove, _ scope: ScanScope,
    _ mark: FloorMark
  ) {
    if text.has("Traceback (", at: scope.anchor, before: line.end), Self.isEscaped(text, line.next, scope.end)
    {
      self.init(
        quote: UInt8(ascii: "\""), escape: Self.backslash,
        start: Self.opening(text, line.range, before: scope.anchor) ?? line.start, lineStart: line.start)
      return
    }
    let opening =
      Self.opening(text, line.range, before: scope.anchor)
      ?? Self.openingAround(text, line.range, scope.anchor)
    if let start = opening {
      self.init(text, lineStart: line.start, start: start)
      isRaw = quote == UInt8(ascii: "\"") && Self.isPlain(text, line.next, scope.end)
      return
    }
    if text.has("Traceback (", at: scope.anchor, before: line.end), Self.isDoubled(text, line.next, scope.end)
    {
      // The cell begins on a line above.
      self.init(quote: UInt8(ascii: "\""), start: line.start, lineStart: line.start)
      return
    }
    guard
      text.has("\tat ", at: line.start, before: line.end)
        || text.has("Caused by: ", at: line.start, before: line.end)
    else { return nil }
    var found: (start: Int, escape: UInt8)?
    let header = above.first { header in
      found = Self.openCell(text, header.range, until: line.start)
      return found != nil
    }
    guard let header, let (start, escape) = found else { return nil }
    self.init(quote: text[start - 1], escape: escape, start: start, lineStart: header.start)
  }

  /// Where a header begins that a cell begins with which goes on to an offset below, and what stands before its quotes.
  private static func openCell(
    _ text: Span<UInt8>, _ line: Range<Int>, until end: Int
  ) -> (start: Int, escape: UInt8)? {
    guard let start = openingOfHeader(text, line),
      let escape = escape(text, start..<end, quote: text[start - 1])
    else { return nil }
    return (start, escape)
  }

  private static let backslash: UInt8 = 0x5C

  /// What stands before the quotes of a cell that starts with `range` and goes on behind it; nil where it ends there.
  private static func escape(_ text: Span<UInt8>, _ range: Range<Int>, quote: UInt8) -> UInt8? {
    if isOpen(text, range, quote: quote) { return quote }
    return OneLineForm.closing(text, range.lowerBound, range.upperBound, quote) == nil ? backslash : nil
  }

  /// The cell that a trace of the JVM stands in which was read as plain text: its messages double a quote, and a cell opens
  /// further up. `closes` is to be asked first.
  init?(_ text: Span<UInt8>, around trace: ParsedTrace, _ scope: ScanScope, _ mark: FloorMark) {
    guard trace.platform == .java, Self.doublesQuotes(text, trace) else { return nil }
    let region = trace.region.range
    let last = text.lastOffset(of: 0x0A, in: region.lowerBound..<region.upperBound - 1) ?? region.lowerBound
    var start = region.lowerBound
    for _ in 0..<Self.mostAbove {
      guard let above = scope.line(above: start, text, mark) else { return nil }
      if let opening = Self.opening(text, above.range, openUntil: last) {
        self.init(text, lineStart: above.start, start: opening)
        return
      }
      start = above.start
    }
    return nil
  }

  /// So many lines above a trace are looked at.
  private static let mostAbove = 12

  /// Whether a single quote stands on the last line of a region or first on the next one: few traces end so.
  static func closes(_ text: Span<UInt8>, _ region: Range<Int>, _ limit: Int) -> Bool {
    let quote = UInt8(ascii: "\"")
    if region.upperBound < limit, text[region.upperBound] == quote { return true }
    let last = text.lastOffset(of: 0x0A, in: region.lowerBound..<region.upperBound - 1) ?? region.lowerBound
    return !isOpen(text, last..<region.upperBound, quote: quote)
  }

  private static func doublesQuotes(_ text: Span<UInt8>, _ trace: ParsedTrace) -> Bool {
    for index in trace.exceptions.indices {
      guard let value = trace.exceptions[index].value else { continue }
      if text.firstOffset(of: "\"\"", in: value.range) != nil { return true }
    }
    return false
  }

  /// Behind a quote of a line that opens a cell which goes on to an offset below.
  private static func opening(_ text: Span<UInt8>, _ range: Range<Int>, openUntil end: Int) -> Int? {
    var at = range.lowerBound
    while let quote = text.firstOffset(of: UInt8(ascii: "\""), in: at..<range.upperBound) {
      at = quote + 1
      if isOpening(text, at, range), isOpen(text, at..<end, quote: text[quote]) { return at }
    }
    return nil
  }

  /// Whether a frame of Python stands at `start` whose quotes are doubled, as nothing but a cell has them.
  private static func isDoubled(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
    var at = start
    while at < limit, isBlank(text[at]) || text[at] == UInt8(ascii: "|") { at += 1 }
    guard text.has("File \"\"", at: at, before: limit) else { return false }
    let end = text.firstOffset(of: 0x0A, in: at..<limit) ?? limit
    let quote = text.firstOffset(of: UInt8(ascii: "\""), in: min(at + 7, end)..<end)
    // No path begins with a comma, but what follows an empty one does.
    return quote.map {
      $0 > at + 7 && text[at + 7] != UInt8(ascii: ",") && text.has("\"\", line ", at: $0, before: end)
    } == true
  }

  /// Whether a frame of Python stands at `start` whose quotes are its own alone.
  private static func isPlain(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
    var at = start
    while at < limit, isBlank(text[at]) || text[at] == UInt8(ascii: "|") { at += 1 }
    return text.has("File \"", at: at, before: limit) && !text.has("\"", at: at + 6, before: limit)
  }

  /// Whether a frame of Python stands at `start` whose quotes stand behind backslashes.
  private static func isEscaped(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
    var at = start
    while at < limit, isBlank(text[at]) || text[at] == UInt8(ascii: "|") { at += 1 }
    guard text.has("File \\\"", at: at, before: limit) else { return false }
    let end = text.firstOffset(of: 0x0A, in: at..<limit) ?? limit
    return text.firstOffset(of: "\\\", line ", in: at + 7..<end) != nil
  }

  /// Whether a cell that starts with `range` goes on behind it: every quote in it is doubled.
  private static func isOpen(_ text: Span<UInt8>, _ range: Range<Int>, quote: UInt8) -> Bool {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: quote, in: at..<range.upperBound) {
      guard hit + 1 < range.upperBound, text[hit + 1] == quote else { return false }
      at = hit + 2
    }
    return true
  }

  private init(_ text: Span<UInt8>, lineStart: Int, start: Int) {
    self.init(quote: text[start - 1], start: start, lineStart: lineStart)
  }

  private init(quote: UInt8, escape: UInt8? = nil, start: Int, lineStart: Int) {
    self.quote = quote
    self.start = start
    self.lineStart = lineStart
    self.escape = escape ?? quote
  }

  /// `"Traceback (…` with the line ending before the cell does.
  private static func opening(_ text: Span<UInt8>, _ range: Range<Int>, before anchor: Int) -> Int? {
    guard text.has("Traceback (", at: anchor, before: range.upperBound) else { return nil }
    let group: StaticString = "  + Exception Group "
    let length = group.utf8CodeUnitCount
    let start = text.has(group, at: anchor - length, before: range.upperBound) ? anchor - length : anchor
    guard start > range.lowerBound, isOpening(text, start, range),
      isOpen(text, start..<range.upperBound, quote: text[start - 1])
    else { return nil }
    return start
  }

  /// Both kinds.
  private static let quotes: UInt64 = 0x2222_2222_2727_2727

  /// `"java.lang.X: said: Traceback (…`: the header of an exception of the JVM whose message is a traceback.
  private static func openingAround(_ text: Span<UInt8>, _ range: Range<Int>, _ anchor: Int) -> Int? {
    guard text.has("Traceback (", at: anchor, before: range.upperBound), anchor > range.lowerBound,
      text.which(of: quotes, in: range.lowerBound..<anchor) != 0,
      let start = openingOfHeader(text, range.lowerBound..<anchor),
      isOpen(text, start..<range.upperBound, quote: text[start - 1])
    else { return nil }
    return start
  }

  /// `"java.lang.X: …`, a quote directly before a dotted name.
  private static func openingOfHeader(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at + 1 < range.upperBound {
      at += 1
      if isOpening(text, at, range), ClassName.ends(text, at, range.upperBound) { return at }
    }
    return nil
  }

  /// Whether a quote stands before `at` that is a cell's: first on its line or behind a separator.
  private static func isOpening(_ text: Span<UInt8>, _ at: Int, _ range: Range<Int>) -> Bool {
    let quote = text[at - 1]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return false }
    guard at - 2 >= range.lowerBound else { return true }
    return [UInt8(ascii: ","), 0x20, 0x09, UInt8(ascii: "("), UInt8(ascii: ";"), UInt8(ascii: "=")].contains(
      text[at - 2])
  }

  var firstLine: Int? { lineStart }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start >= lineStart else { return .foreign }
    if isRaw { return unwrapRaw(text, line, into: &output) }
    var at = line.start == lineStart ? start : line.start
    while at < line.end {
      let byte = text[at]
      let next = at + 1 < line.end ? text[at + 1] : nil
      if byte == escape, next == quote || next == escape {
        output.append(next ?? byte)
        at += 2
        continue
      }
      if byte == quote { return .last }
      output.append(byte)
      at += 1
    }
    return .whole
  }

  /// A quote that begins a line, or ends one that is not indented and has no partner there, is the cell's.
  private func unwrapRaw(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    let range = (line.start == lineStart ? start : line.start)..<line.end
    guard let last = range.last else { return .whole }
    if text[range.lowerBound] == quote { return .last }
    let isEnd =
      text[last] == quote && !isBlank(text[range.lowerBound])
      && text.occurrences(of: quote, in: range) % 2 == 1
    output.append(text, isEnd ? range.lowerBound..<last : range)
    return isEnd ? .last : .whole
  }
}
