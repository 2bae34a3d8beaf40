internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// Indented JSON in which each line of a trace is a string on a line of its own: the same field of one object after the
/// other, or the elements of a list.
extension TraceScanner {
  /// Follows the strings that stand where the anchor's does; nil when its line is no such string.
  mutating func prettyMembers(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let member = PrettyMember(text, line), member.value.contains(scope.anchor) else { return nil }
    guard member.isInDocument(text, parser.floorMark) else { return nil }
    let hasLineEnd = member.hasLineEnd(text)
    guard let unwrapperKey = member.streamKey(text, isFinal: scope.isFinal, parser.floorMark) else {
      return .parsed(.needsMore(from: line.start))
    }
    var key = KeyHash(seed: 5)
    key.combine(scope.key)
    key.combine(unwrapperKey)
    // A message of the stream may quote a trace.
    if scope.position.isDone(key.value, at: scope.physical(line.start)) {
      return .parsed(.none(resume: line.next))
    }
    if let records = wrapped(text, line, member, scope, hasLineEnd: hasLineEnd) { return records }
    if hasLineEnd { return nil }
    var unwrapper = PrettyUnwrapper(
      text, member, key: unwrapperKey, isFinal: scope.isFinal, parser.floorMark)
    return follow(text, line, scope, &unwrapper, key: key.value, company: StreamReach.objectsCompany)
  }

  /// The records of a string that holds a whole trace: in lines of its own, as JSON once more, or escaped once more; nil where
  /// there are none.
  private mutating func wrapped(
    _ text: Span<UInt8>, _ line: LineSpan, _ member: PrettyMember, _ scope: ScanScope, hasLineEnd: Bool
  ) -> Resolution? {
    guard hasLineEnd || member.isEscapedTwice(text) || member.isObject(text) else { return nil }
    var value: [UInt8] = []
    TextEscapes.appendUnescaped(text, member.value, .quoted, to: &value)
    guard hasLineEnd || isWrapped(value) else { return nil }
    let records = document(value, carriedBy: line, depth: scope.depth)
    return records.isEmpty ? nil : .records(records)
  }

  /// Whether the line is such a string, so that the name before it is no prefix.
  func isPrettyMember(_ text: Span<UInt8>, _ line: LineSpan) -> Bool { PrettyMember(text, line) != nil }
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
    var at = value.lowerBound
    while let slash = text.firstOffset(of: 0x5C, in: at..<value.upperBound) {
      at = slash + 2
      let isLineEnd =
        text.has("n", at: slash + 1, before: value.upperBound)
        || text.has("r", at: slash + 1, before: value.upperBound)
      if isLineEnd { return at < value.upperBound }
    }
    return false
  }

  /// Whether the value has a line end that is escaped twice.
  func isEscapedTwice(_ text: Span<UInt8>) -> Bool {
    text.firstOffset(of: "\\\\n", in: value) != nil
  }

  /// Whether the value begins with what an object in a string does.
  func isObject(_ text: Span<UInt8>) -> Bool {
    text.has("{\\\"", at: value.lowerBound, before: value.upperBound)
  }

  /// Whether it tells one stream's objects from another's, as a logger's name does.
  private func isConstant(_ text: Span<UInt8>) -> Bool {
    guard name.count > 2 else { return false }
    return !ChangingValue.isOne(text, value)
      && !JSONLine.isMark(text.bytes(name.lowerBound + 1..<name.upperBound - 1)[...])
  }

  /// Of an object, or of what is around it, no more lines are looked at than these.
  private static let mostLines = 64

  /// Whether the lines that open what it stands in are those of a document: not of a program's source, nor of a message
  /// that quotes a document. Behind many elements of one list that list is believed.
  func isInDocument(_ text: Span<UInt8>, _ mark: FloorMark) -> Bool {
    var indent = self.indent.count
    var start = line.start
    var isList = name.isEmpty
    for _ in 0..<Self.mostLines {
      guard let above = Self.above(text, start, mark) else { return false }
      start = above.line.start
      guard let found = above.indent else { continue }
      isList = isList && found == indent && text[above.line.start + found] == UInt8(ascii: "\"")
      guard found < indent else { continue }
      guard Self.opensValue(text, above.line.start + found..<above.line.end) else { return false }
      indent = found
      if indent == 0 { return true }
    }
    return indent < self.indent.count || isList
  }

  /// Whether a line is brackets, or a name and brackets, and ends with one that opens.
  private static func opensValue(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let last = range.last(where: { !isBlank(text[$0]) && text[$0] != 0x0D }) else { return false }
    return "{[".utf8.contains(text[last]) && "\"{[}]".utf8.contains(text[range.lowerBound])
  }

  /// The line above an offset where a line starts, and how many blanks it begins with; nil for a blank one.
  private static func above(_ text: Span<UInt8>, _ start: Int, _ mark: FloorMark) -> (
    line: LineSpan, indent: Int?
  )? {
    guard start > 0 else {
      mark.isMet = true
      return nil
    }
    let from = text.lastOffset(of: 0x0A, in: 0..<start - 1).map { $0 + 1 } ?? 0
    return LineSpan(text, from: from, end: start, isFinal: true).map { ($0, indentation(text, $0)) }
  }

  private static func indentation(_ text: Span<UInt8>, _ line: LineSpan) -> Int? {
    var at = line.start
    while at < line.end, isBlank(text[at]) { at += 1 }
    return at == line.end ? nil : at - line.start
  }

  /// Names the stream: the field's name, and what its object says that is the same for all lines.
  /// - Returns: nil when the object's end is not there yet.
  /// - Complexity: O(lines of the object), of which `mostLines` above and below are read.
  func streamKey(_ text: Span<UInt8>, isFinal: Bool, _ mark: FloorMark) -> UInt64? {
    var hash = KeyHash(seed: 6)
    hash.combine(text, indent)
    hash.combine(text, name)
    var sum = hash.value
    guard !name.isEmpty else { return sum }
    var start = line.start
    for _ in 0..<Self.mostLines {
      guard let above = Self.above(text, start, mark), take(text, above.line, above.indent, &sum) else {
        break
      }
      start = above.line.start
    }
    var next = line.next
    for _ in 0..<Self.mostLines {
      guard let below = LineSpan(text, from: next, end: text.count, isFinal: isFinal) else {
        return isFinal ? sum : nil
      }
      guard take(text, below, Self.indentation(text, below), &sum) else { break }
      next = below.next
    }
    return sum
  }

  /// Adds what a line of the object tells; false when the line is none of it.
  private func take(_ text: Span<UInt8>, _ line: LineSpan, _ indentation: Int?, _ sum: inout UInt64) -> Bool {
    guard let indentation else { return true }
    guard indentation >= indent.count else { return false }
    guard indentation == indent.count, let other = PrettyMember(text, line) else { return true }
    // No object has two fields of one name.
    if other.name.count == name.count, other.hasName(text, of: self) { return false }
    guard other.isConstant(text) else { return true }
    var hash = KeyHash(seed: 6)
    hash.combine(text, other.name)
    hash.combine(text, other.value)
    sum &+= hash.value
    return true
  }

  private func hasName(_ text: Span<UInt8>, of other: PrettyMember) -> Bool {
    zip(name, other.name).allSatisfy { text[$0] == text[$1] }
  }
}

/// Takes the strings of one stream out of an indented document.
private struct PrettyUnwrapper: LineUnwrapper {
  private let indent: [UInt8]
  private let name: [UInt8]
  private let key: UInt64
  let marks: [StreamMark]
  private let isFinal: Bool
  private let floorMark: FloorMark
  private let anchor: Int
  /// Lines of other streams since the last one of this stream, behind the anchor.
  private var others = 0

  init(_ text: Span<UInt8>, _ member: PrettyMember, key: UInt64, isFinal: Bool, _ floorMark: FloorMark) {
    indent = text.bytes(member.indent)
    name = text.bytes(member.name)
    self.key = key
    marks = name.count > 2 ? [StreamMark(name)] : []
    self.isFinal = isFinal
    self.floorMark = floorMark
    anchor = member.line.start
  }

  /// A stream has ended when so many lines of others stand behind its last one: each costs as much as its object is long.
  private static let mostOthers = 64

  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard isIndented(text, line), isNamed(text, line),
      let member = PrettyMember(text, line), member.name.count == name.count, isLine(text, member)
    else { return .foreign }
    guard member.streamKey(text, isFinal: isFinal, floorMark) == key else {
      if line.start > anchor { others += 1 }
      return others > Self.mostOthers ? .end : .foreign
    }
    others = 0
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
    for index in indent.indices where text[line.start + index] != indent[index] { return false }
    return true
  }

  /// Whether a line that is indented so has the stream's name.
  private func isNamed(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    let start = line.start + indent.count
    guard line.end - start >= name.count else { return false }
    for index in name.indices where text[start + index] != name[index] { return false }
    return true
  }

  /// In a list the time of a line may stand before it.
  private func isLine(_ text: Span<UInt8>, _ member: PrettyMember) -> Bool {
    !name.isEmpty || member.value.count != 19 || member.value.contains { !isDigit(text[$0]) }
  }
}
