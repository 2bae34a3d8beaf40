internal import LogInput
internal import TraceBytes

/// Bytes that stand in every line of a stream, so that the lines of others between two of its own are passed over by one
/// search instead of being read: in most containers stdout says much and stderr seldom.
struct StreamMark {
  private let bytes: [UInt8]
  /// Whether its bytes, which are plain ones then, may be written as JSON's `\u0041`.
  private let mayBeEscaped: Bool

  /// More of a long name would not tell more, and cost more to search for.
  private static let longest = 64

  init(_ bytes: [UInt8], mayBeEscaped: Bool = false) {
    let part = bytes.prefix(Self.longest)
    // A search goes by the first and last byte; those of a name differ from stream to stream, a bracket does not.
    let end = part.lastIndex(where: isWord).map { $0 + 1 } ?? part.endIndex
    self.bytes = Array(part[..<end])
    self.mayBeEscaped = mayBeEscaped
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
    guard mayBeEscaped else { return text.firstOffset(of: bytes.span, in: range) }
    // Part by part, each twice as long as the one before, so that the farther of the two is not searched for again and
    // again behind the nearer one.
    var start = range.lowerBound
    var count = 512
    while start < range.upperBound {
      let end = min(range.upperBound, start + count)
      let reach = min(range.upperBound, end + Self.longest)
      let hit = text.firstOffset(of: bytes.span, in: start..<reach)
      let other = Self.firstEscape(text, start..<(hit ?? reach))
      if let found = other ?? hit { return found }
      start = end
      count *= 2
    }
    return nil
  }

  /// Letters, digits and what names are put together with: no writer of JSON has a reason to escape them.
  fileprivate static func isPlain(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "_-.: ".utf8.contains(byte)
  }

  /// The first plain byte that is written as an escape.
  private static func firstEscape(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: "\\u00", in: at..<range.upperBound) {
      guard hit + 6 <= text.count else { return hit }
      let value = (hexadecimal(text[hit + 4]) ?? 0) << 4 | (hexadecimal(text[hit + 5]) ?? 0)
      if isPlain(value) { return hit }
      at = hit + 4
    }
    return nil
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46, 0x61...0x66: (digit & 0xDF) - 0x37
    default: nil
    }
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
  /// The longest plain parts of the first few values of the object that are the same on every line of a stream, then those of
  /// the names of the first ones.
  func marks(beside path: [UInt8]) -> [StreamMark] {
    let constants = fields.lazy.filter { field in
      bytes(field.path) != path[...] && isConstant(field) && !isAlsoNumbers(field) && isWritten(field)
    }
    let values = constants.map { Self.plainPart(bytes($0.value)) }.filter { $0.count >= 2 }.prefix(4)
    let names = constants.map { Self.plainPart(lastName($0.path)) }.filter { $0.count >= 3 }.prefix(2)
    return (Array(values) + Array(names)).map { StreamMark(Array($0), mayBeEscaped: true) }
  }

  /// Whether a string of this name has an equal that is written as the numbers of its bytes: journald's message.
  private func isAlsoNumbers(_ field: JSONField) -> Bool {
    lastName(field.path).elementsEqual("MESSAGE".utf8)
  }

  /// Whether the value's bytes are those of the line: a number that is no whole one may be written in other ways.
  private func isWritten(_ field: JSONField) -> Bool {
    field.kind != .number || field.value.count < 16 && bytes(field.value).allSatisfy(isDigit)
  }

  private static func plainPart(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    value.split { !StreamMark.isPlain($0) }.max { $0.count < $1.count } ?? []
  }
}
