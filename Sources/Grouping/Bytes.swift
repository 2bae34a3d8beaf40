/// Searching texts byte by byte: `String`'s own search compares characters, which is neither what Sentry does nor quick.
enum Bytes {
  /// - Complexity: O(the bytes of `text` × the bytes of `part`) at worst, nearly O(`text`) on real texts.
  static func contains(_ part: String, in text: String) -> Bool {
    range(of: part, in: Array(text.utf8)[...]) != nil
  }

  /// The first place of `part`, or nil.
  static func range(of part: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    range(of: Array(part.utf8), in: bytes)
  }

  static func range(of part: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    guard let first = part.first else { return bytes.startIndex..<bytes.startIndex }
    var start = bytes.startIndex
    while let found = bytes[start...].firstIndex(of: first), found + part.count <= bytes.endIndex {
      if bytes[found..<(found + part.count)].elementsEqual(part) { return found..<(found + part.count) }
      start = found + 1
    }
    return nil
  }

  /// Java's `trim`: nothing up to U+0020 stays at either end.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
    else {
      return []
    }
    return bytes[first...last]
  }
}
