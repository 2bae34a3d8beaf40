internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// Indented JSON in which each line of a trace is a string on a line of its own: the same field of one object after the
/// other, or the elements of a list.
extension TraceScanner {
  /// Follows the strings that stand where the anchor's does; nil when its line is no such string.
  mutating func prettyMembers(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let member = PrettyMember(text, line), member.value.contains(scope.anchor),
      !member.hasLineEnd(text)
    else { return nil }
    var unwrapper = PrettyUnwrapper(text, member, parser.floorMark)
    var key = KeyHash(seed: 5)
    key.combine(scope.key)
    key.combine(unwrapper.key)
    return follow(text, line, scope, &unwrapper, key: key.value, needsCompany: true)
  }
}

/// A line that holds one string of an indented document, with or without its name.
private struct PrettyMember {
  let line: LineSpan
  let indent: Range<Int>
  /// With its quotes; empty for an element of a list.
  let name: Range<Int>
  /// Between the quotes.
  let value: Range<Int>

  /// - Complexity: O(1) for lines that do not begin and end as such lines do.
  init?(_ text: Span<UInt8>, _ line: LineSpan) {
    let quote = UInt8(ascii: "\"")
    var end = line.end
    while end > line.start, isBlank(text[end - 1]) || text[end - 1] == 0x0D { end -= 1 }
    if end > line.start, text[end - 1] == UInt8(ascii: ",") { end -= 1 }
    var start = line.start
    while start < end, isBlank(text[start]) { start += 1 }
    guard start > line.start, start < end - 1, text[start] == quote, text[end - 1] == quote else {
      return nil
    }
    self.line = line
    indent = line.start..<start
    guard let close = Self.closing(text, start + 1..<end) else { return nil }
    guard close < end - 1 else {
      (name, value) = (start..<start, start + 1..<end - 1)
      return
    }
    var open = close + 1
    while open < end, isBlank(text[open]) { open += 1 }
    guard text[open] == UInt8(ascii: ":") else { return nil }
    open += 1
    while open < end, isBlank(text[open]) { open += 1 }
    guard open < end - 1, text[open] == quote, Self.closing(text, open + 1..<end) == end - 1 else {
      return nil
    }
    (name, value) = (start..<close + 1, open + 1..<end - 1)
  }

  /// The first quote that no backslash stands before.
  private static func closing(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      switch text[at] {
      case UInt8(ascii: "\""): return at
      case 0x5C: at += 2
      default: at += 1
      }
    }
    return nil
  }

  /// Whether a line end stands before the last byte of the value, which then holds a trace of its own.
  func hasLineEnd(_ text: Span<UInt8>) -> Bool {
    text.firstOffset(of: "\\n", in: value).map { $0 + 2 < value.upperBound } ?? false
  }

  /// Whether it tells one stream's objects from another's, as a logger's name does.
  func isConstant(_ text: Span<UInt8>) -> Bool {
    guard name.count > 2 else { return false }
    return !ChangingValue.isOne(text, value)
      && !JSONLine.isMark(text.bytes(name.lowerBound + 1..<name.upperBound - 1)[...])
  }
}

/// Takes the strings of one stream out of an indented document.
private struct PrettyUnwrapper: LineUnwrapper {
  private let indent: [UInt8]
  private let name: [UInt8]
  private let floorMark: FloorMark
  /// Names the stream: the field, and what its object says above it that is the same for all lines.
  private(set) var key: UInt64 = 0

  init(_ text: Span<UInt8>, _ member: PrettyMember, _ floorMark: FloorMark) {
    indent = text.bytes(member.indent)
    name = text.bytes(member.name)
    self.floorMark = floorMark
    key = key(text, member)
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard isIndented(text, line), let member = PrettyMember(text, line),
      text.bytes(member.name) == name, isLine(text, member), key(text, member) == key
    else { return .foreign }
    let start = output.count
    TextEscapes.appendUnescaped(text, member.value, .quoted, to: &output)
    while output.count > start, output.last == 0x0A || output.last == 0x0D { output.removeLast() }
    return .whole
  }

  /// Whether a line is indented as those of the stream.
  private func isIndented(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard line.end - line.start > indent.count, !isBlank(text[line.start + indent.count]) else {
      return false
    }
    return indent.indices.allSatisfy { text[line.start + $0] == indent[$0] }
  }

  /// In a list the time of a line may stand before it.
  private func isLine(_ text: Span<UInt8>, _ member: PrettyMember) -> Bool {
    !name.isEmpty || !ChangingValue.isOne(text, member.value) || member.value.contains { !isDigit(text[$0]) }
  }

  /// An object of more lines before its text is taken by those that are near.
  private static let mostLines = 64

  private func key(_ text: Span<UInt8>, _ member: PrettyMember) -> UInt64 {
    var sum: UInt64 = 0
    guard !name.isEmpty else { return sum }
    var start = member.line.start
    for _ in 0..<Self.mostLines {
      guard start > 0 else {
        floorMark.isMet = true
        break
      }
      let above = text.lastOffset(of: 0x0A, in: 0..<start - 1).map { $0 + 1 } ?? 0
      guard let line = LineSpan(text, from: above, end: start, isFinal: true) else { break }
      start = above
      if isIndented(text, line) {
        guard let other = PrettyMember(text, line), other.isConstant(text) else { continue }
        var hash = KeyHash(seed: 6)
        hash.combine(text, other.name)
        hash.combine(text, other.value)
        sum &+= hash.value
      } else if !isDeeper(text, line) {
        break
      }
    }
    return sum
  }

  private func isDeeper(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    line.end - line.start > indent.count
      && (line.start...line.start + indent.count).allSatisfy { isBlank(text[$0]) }
  }
}
