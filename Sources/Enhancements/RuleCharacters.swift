/// The character classes of the rule language, asked of UTF-8 bytes (enhancements.md, sections 1 and 10).
enum RuleCharacters {
  /// Bytes of the Unicode White_Space character at `offset`; 0 when there is none.
  static func whiteSpaceLength(in bytes: [UInt8], at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2: return follows(bytes, offset, 0x85) || follows(bytes, offset, 0xA0) ? 2 : 0
    case 0xE1: return follows(bytes, offset, 0x9A, 0x80) ? 3 : 0
    case 0xE2: return isGeneralSpace(bytes, offset) ? 3 : 0
    case 0xE3: return follows(bytes, offset, 0x80, 0x80) ? 3 : 0
    default: return 0
    }
  }

  /// The first offset from `start` on at which no white space stands.
  static func endOfWhiteSpace(in bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while true {
      let length = whiteSpaceLength(in: bytes, at: end)
      if length == 0 { return end }
      end += length
    }
  }

  /// As `whiteSpaceLength`, and also U+001C to U+001F, which are spaces to Sentry's own reader.
  static func anySpaceLength(in bytes: [UInt8], at offset: Int) -> Int {
    if offset < bytes.count, 0x1C...0x1F ~= bytes[offset] { return 1 }
    return whiteSpaceLength(in: bytes, at: offset)
  }

  /// What ends an unquoted value for the engine: space, tab, LF, FF, CR.
  static func isBlank(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0C, 0x0D: true
    default: false
    }
  }

  /// `A-Z a-z 0-9 _ . -`
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// `range` without the white space at both its ends.
  static func trimmed(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
    let start = min(endOfWhiteSpace(in: bytes, from: range.lowerBound), range.upperBound)
    var end = start
    var next = start
    while next < range.upperBound {
      let length = whiteSpaceLength(in: bytes, at: next)
      next += max(length, 1)
      if length == 0 { end = next }
    }
    return start..<end
  }

  /// Whether `text` holds a space of any kind.
  static func hasSpace(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { anySpaceLength(in: bytes, at: $0) > 0 }
  }

  /// U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F; the first byte is known to be E2.
  private static func isGeneralSpace(_ bytes: [UInt8], _ offset: Int) -> Bool {
    guard offset + 2 < bytes.count else { return false }
    switch (bytes[offset + 1], bytes[offset + 2]) {
    case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return true
    default: return false
    }
  }

  private static func follows(_ bytes: [UInt8], _ offset: Int, _ wanted: UInt8...) -> Bool {
    guard offset + wanted.count < bytes.count else { return false }
    return wanted.indices.allSatisfy { bytes[offset + 1 + $0] == wanted[$0] }
  }
}
