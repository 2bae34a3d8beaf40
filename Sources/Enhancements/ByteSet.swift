/// A set of byte values: what one position of a glob accepts. 32 bytes, no allocation.
package struct ByteSet: Sendable, Hashable {
  private var low: SIMD4<UInt64> = .zero

  /// The empty set.
  init() {}

  /// The set of the given bytes.
  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  /// Every byte but the given ones.
  static func allExcept(_ bytes: UInt8...) -> ByteSet { ByteSet(bytes).inverted }

  @inline(__always) package func contains(_ byte: UInt8) -> Bool {
    low[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0
  }

  mutating func insert(_ byte: UInt8) { low[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func insert(_ bytes: ClosedRange<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  /// All the bytes that are not in this set.
  var inverted: ByteSet {
    var result = self
    result.low = ~low
    return result
  }

  /// This set with both cases of every ASCII letter that it holds in one.
  var foldingASCII: ByteSet {
    var result = self
    for lower in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(lower) || contains(lower - 32) {
      result.insert(lower)
      result.insert(lower - 32)
    }
    return result
  }
}
