/// A 128-bit key of a sequence of byte strings, the same in every run and on every machine.
///
/// It serves as an identity (two inputs with the same key are taken to be the same), so it has two
/// independent lanes. It is no cryptographic digest: hostile input could be made to collide, which at
/// worst shows one trace under another's remembered hash.
public struct KeyHash: Sendable, Hashable {
  @usableFromInline var low: UInt64
  @usableFromInline var high: UInt64

  @inlinable public init(seed: UInt64 = 0) {
    low = 0x2D35_8DCC_AA6C_78A5 ^ seed
    high = 0x8BB8_4B93_962E_ACC9 &+ seed
  }

  /// The first 64 bits.
  @inlinable public var value: UInt64 { low ^ (high &* 0x9E37_79B9_7F4A_7C15) }

  /// Takes in a number.
  @inlinable public mutating func combine(_ word: UInt64) {
    let first = (low ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    let second = (high ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    low = first.high ^ first.low &+ 0x9E37
    high = second.high ^ second.low &+ low
  }

  /// Takes in another key, and a number that goes with it.
  @inlinable public mutating func combine(_ key: KeyHash, with word: UInt64 = 0) {
    combine(key.low &+ word)
    combine(key.high)
  }

  /// Takes in the bytes of `range` and their number.
  /// - Complexity: O(`range.count`), eight bytes a turn.
  @inlinable public mutating func combine(_ text: Span<UInt8>, _ range: Range<Int>) {
    combine(UInt64(range.count))
    unsafe text.extracting(range).withUnsafeBytes { bytes in
      var at = 0
      while at + 8 <= bytes.count {
        combine(UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
        at += 8
      }
      guard at < bytes.count else { return }
      var rest: UInt64 = 0
      while at < bytes.count {
        rest = rest << 8 | UInt64(unsafe bytes[at])
        at += 1
      }
      combine(rest)
    }
  }

  /// Takes in the bytes of an optional range; nil and empty differ.
  @inlinable public mutating func combine(_ text: Span<UInt8>, _ range: ByteRange?) {
    guard let range else { return combine(0xFFFF_FFFF_FFFF_FFFF) }
    combine(text, range.range)
  }

  /// Takes in a string's UTF-8 bytes.
  @inlinable public mutating func combine(_ string: String) {
    combine(string.utf8Span.span, 0..<string.utf8.count)
  }
}
