internal import LogInput
internal import TraceBytes

/// Bytes that stand in every line of a stream, so that the lines of others between two of its own are passed over by one
/// search instead of being read: in most containers stdout says much and stderr seldom.
struct StreamMark {
  private let bytes: [UInt8]
  /// How a container may write one of the bytes otherwise; nil where it writes them as they are.
  private let escape: StaticString?

  /// More of a long name would not tell more, and cost more to search for.
  private static let longest = 64

  init(_ bytes: [UInt8], escape: StaticString? = nil) {
    let part = bytes.prefix(Self.longest)
    // A search goes by the first and last byte; those of a name differ from stream to stream, a bracket does not.
    let end = part.lastIndex(where: isWord).map { $0 + 1 } ?? part.endIndex
    self.bytes = Array(part[..<end])
    self.escape = escape
  }

  /// Whether the bytes of `range` tell nothing about whose line they are.
  func mayStand(in text: Span<UInt8>, _ range: Range<Int>) -> Bool { first(text, range) != nil }

  /// The start of the first line that may be the stream's, or of the one in which `range` ends. The range begins with a
  /// line.
  /// - Complexity: O(bytes passed over).
  func nextLine(_ text: Span<UInt8>, in range: Range<Int>) -> Int {
    let hit = first(text, range) ?? range.upperBound
    return text.lastOffset(of: 0x0A, in: range.lowerBound..<hit).map { $0 + 1 } ?? range.lowerBound
  }

  private func first(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard let escape else { return text.firstOffset(of: bytes.span, in: range) }
    // Part by part, each twice as long as the one before, so that the farther of the two is not searched for again and
    // again behind the nearer one.
    var start = range.lowerBound
    var count = 512
    while start < range.upperBound {
      let end = min(range.upperBound, start + count)
      let reach = min(range.upperBound, end + Self.longest)
      let hit = text.firstOffset(of: bytes.span, in: start..<reach)
      let other = text.firstOffset(of: escape, in: start..<(hit ?? reach))
      if let found = other ?? hit { return found }
      start = end
      count *= 2
    }
    return nil
  }
}

extension LineUnwrapper {
  /// The start of the next line that may be the stream's, behind one that is not; at most the start of the line in which
  /// `limit` stands.
  func next(behind foreign: LineSpan, _ text: Span<UInt8>, before limit: Int) -> Int {
    guard foreign.next < limit,
      let mark = marks.first(where: { !$0.mayStand(in: text, foreign.range) })
    else { return foreign.next }
    return mark.nextLine(text, in: foreign.next..<limit)
  }
}

extension JSONLine {
  /// The first few strings of the object that are the same on every line of a stream and that JSON writes in no other
  /// way than as they are or with `\u00`, then the names of the first ones.
  func marks(beside path: [UInt8]) -> [StreamMark] {
    guard !isBroken else { return [] }
    let constants = fields.lazy.filter { field in
      field.kind == .string && bytes(field.path) != path[...] && isConstant(field) && !isAlsoNumber(field)
    }
    let values = constants.map { bytes($0.value) }.filter(Self.isPlain).prefix(4)
    let names = constants.map { lastName($0.path) }.filter(Self.isPlain).prefix(2)
    return (Array(values) + Array(names)).map { StreamMark(Array($0), escape: "\\u00") }
  }

  /// Whether a string of this name has an equal that is written in numbers: journald's message, and an id of a process or
  /// thread, which is a constant both ways.
  private func isAlsoNumber(_ field: JSONField) -> Bool {
    let name = lastName(field.path)
    let isID = ["pid", "tid"].contains { name.suffix(3).elementsEqual($0.utf8) }
    return isID || name.elementsEqual("MESSAGE".utf8)
  }

  private static func isPlain(_ value: ArraySlice<UInt8>) -> Bool {
    value.count >= 3
      && value.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x2F && $0 != 0x5C }
  }
}
