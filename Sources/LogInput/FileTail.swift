internal import TraceBytes

/// What stands before a place of a file: by it a file that was emptied and is longer again is told from one that went on,
/// and a copy of it is found.
public struct FileTail: Sendable, Equatable {
  /// Offset behind the bytes.
  public var end: UInt64
  /// How many bytes; 0 where they are not known.
  public var count: UInt64
  /// The key of the bytes.
  public var key: UInt64

  /// More than the lines that a log may say again and again.
  public static let most = 4096

  public init(end: UInt64 = 0, count: UInt64 = 0, key: UInt64 = 0) {
    self.end = end
    self.count = count
    self.key = key
  }

  /// Of the last bytes of `text`, behind which `end` is the offset.
  public init(_ text: Span<UInt8>, end: UInt64) {
    let start = max(0, text.count - Self.most)
    var hash = KeyHash(seed: 7)
    hash.combine(text, start..<text.count)
    self.init(end: end, count: UInt64(text.count - start), key: text.isEmpty ? 0 : hash.value)
  }

  /// Whether the file is as long at least and has these bytes at that place.
  func stands(in source: borrowing ByteSource) -> Bool {
    guard source.currentSize >= end else { return false }
    let bytes = source.bytes(Int(clamping: min(count, UInt64(Self.most))), before: end)
    return FileTail(bytes.span, end: end) == self
  }
}
