/// Lengths are counted in code points, as Relay does (grouping.md, S3).
enum TextLimits {
  /// Texts up to `keep` code points stay whole; a longer one is cut to `size`, its last three being dots.
  struct Limit: Sendable {
    var keep: Int
    var size: Int
  }
  static let message = Limit(keep: 8392, size: 8192)
  static let typeName = Limit(keep: 276, size: 256)
  static let function = Limit(keep: 532, size: 512)
  static let logger = Limit(keep: 64, size: 64)
  static let tagValue = Limit(keep: 200, size: 200)

  /// - Complexity: O(1) for a text of at most `limit.keep` bytes, else O(`limit.keep`).
  static func cut(_ text: String, to limit: Limit) -> String {
    guard text.utf8.count > limit.keep else { return text }
    let scalars = text.unicodeScalars
    guard scalars.index(scalars.startIndex, offsetBy: limit.keep + 1, limitedBy: scalars.endIndex) != nil
    else {
      return text
    }
    return String(scalars.prefix(limit.size - 3)) + "..."
  }
}
