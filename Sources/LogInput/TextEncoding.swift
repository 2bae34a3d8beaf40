internal import TraceBytes

/// How a text's code points are stored. Everything but UTF-8 is turned into UTF-8 while it is read.
public enum TextEncoding: Sendable, Equatable {
  /// UTF-8, or anything else whose bytes are taken as they are.
  case utf8
  case utf16LittleEndian, utf16BigEndian
  case utf32LittleEndian, utf32BigEndian

  /// Bytes of one code unit.
  var unitBytes: Int {
    switch self {
    case .utf8: 1
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf32LittleEndian, .utf32BigEndian: 4
    }
  }

  /// From a byte order mark, or from where the zero bytes of ASCII text stand (trace-formats.md, section 5). What
  /// stands behind the first bytes is not looked at: how much of it came with them must not show.
  init(head: Span<UInt8>) {
    let head = head.extracting(first: InputForm.headBytes)
    self = Self.marked(head) ?? Self.guessed(head) ?? .utf8
  }

  /// Whether the first four bytes, or what there is of them, can begin a text in UTF-16 or UTF-32: with a mark,
  /// or with a zero. A pipe may give no more for a while.
  static func isPossible(_ head: Span<UInt8>) -> Bool {
    if head.count >= 2, head[0] >= 0xFE, head[1] >= 0xFE { return true }
    for index in 0..<min(4, head.count) where head[index] == 0 { return true }
    return false
  }

  /// Whether the first bytes say UTF-8, whatever follows.
  static func isUTF8(_ head: Span<UInt8>) -> Bool { head.count >= 4 && !isPossible(head) }

  private static func marked(_ head: Span<UInt8>) -> TextEncoding? {
    guard head.count >= 2 else { return nil }
    let isLong = head.count >= 4
    switch (head[0], head[1]) {
    case (0xFF, 0xFE):
      if isLong, head[2] == 0, head[3] == 0 { return .utf32LittleEndian }
      return isPlausible(head, zeroAt: 1) ? .utf16LittleEndian : nil
    case (0xFE, 0xFF): return isPlausible(head, zeroAt: 0) ? .utf16BigEndian : nil
    case (0, 0) where isLong && head[2] == 0xFE && head[3] == 0xFF: return .utf32BigEndian
    default: return nil
    }
  }

  /// Bytes of an 8-bit text may look like a mark: in any log in UTF-16 some of the units behind it, digits,
  /// blanks and line ends at least, are ASCII.
  private static func isPlausible(_ head: Span<UInt8>, zeroAt offset: Int) -> Bool {
    let units = head.count / 2
    let ascii = (1..<max(1, units)).count { head[2 * $0 + offset] == 0 }
    return ascii * 16 >= units - 1
  }

  /// Nearly every other byte is zero, and hardly any of those between: a text in the Latin script.
  private static func guessed(_ head: Span<UInt8>) -> TextEncoding? {
    let units = head.count / 2
    guard units >= 4, isPossible(head) else { return nil }
    if let wide = guessedWide(head) { return wide }
    var zeros = (even: 0, odd: 0)
    for unit in 0..<units {
      if head[2 * unit] == 0 { zeros.even += 1 }
      if head[2 * unit + 1] == 0 { zeros.odd += 1 }
    }
    if zeros.odd * 10 >= units * 9, zeros.even * 10 <= units { return .utf16LittleEndian }
    if zeros.even * 10 >= units * 9, zeros.odd * 10 <= units { return .utf16BigEndian }
    return nil
  }

  /// The same in four bytes each, of which three are zero.
  private static func guessedWide(_ head: Span<UInt8>) -> TextEncoding? {
    let units = head.count / 4
    var ascii = (little: 0, big: 0)
    for at in (0..<units).map({ 4 * $0 }) where head[at + 1] == 0 && head[at + 2] == 0 {
      if head[at] != 0, head[at + 3] == 0 { ascii.little += 1 }
      if head[at] == 0, head[at + 3] != 0 { ascii.big += 1 }
    }
    if units >= 4, ascii.little * 10 >= units * 9 { return .utf32LittleEndian }
    return units >= 4 && ascii.big * 10 >= units * 9 ? .utf32BigEndian : nil
  }

  /// How many bytes of the source the UTF-8 text in `range` stands for. The range starts and ends with
  /// whole characters, or what is left of a character is counted with its first byte.
  /// - Complexity: O(`range.count`).
  func sourceBytes(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    guard self != .utf8 else { return UInt64(range.count) }
    var units = 0
    for index in range {
      let byte = text[index]
      // A continuation byte belongs to a unit that is counted already; four bytes are a surrogate pair.
      if byte & 0xC0 != 0x80 { units &+= 1 }
      if byte >= 0xF0, unitBytes == 2 { units &+= 1 }
    }
    return UInt64(units) * UInt64(unitBytes)
  }

  /// Appends the code units in `units` as UTF-8. What is no character becomes U+FFFD, one a unit.
  /// - Returns: how many bytes were taken; the rest is the start of a unit or of a surrogate pair.
  func decode(_ units: Span<UInt8>, to output: inout [UInt8]) -> Int {
    var at = 0
    while at + unitBytes <= units.count {
      let unit = self.unit(units, at)
      guard unit & 0xFC00 == 0xD800, unitBytes == 2 else {
        append(unit, to: &output)
        at += unitBytes
        continue
      }
      guard at + 4 <= units.count else { return at }
      let low = self.unit(units, at + 2)
      let isPair = low & 0xFC00 == 0xDC00
      append(isPair ? 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF) : 0xFFFD, to: &output)
      at += isPair ? 4 : 2
    }
    return at
  }

  @inline(__always) private func append(_ point: UInt32, to output: inout [UInt8]) {
    if point < 0x80 {
      output.append(UInt8(truncatingIfNeeded: point))
    } else {
      TextEscapes.append(point, to: &output)
    }
  }

  @inline(__always) private func unit(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    switch self {
    case .utf8: UInt32(bytes[at])
    case .utf16LittleEndian: UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8
    case .utf16BigEndian: UInt32(bytes[at]) << 8 | UInt32(bytes[at + 1])
    case .utf32LittleEndian:
      UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3])
        << 24
    case .utf32BigEndian:
      UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
        | UInt32(bytes[at + 3])
    }
  }
}
