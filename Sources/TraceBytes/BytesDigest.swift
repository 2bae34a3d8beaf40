/// 128 bits that stand for a run of bytes, for tables that are kept in one process.
///
/// Where `KeyHash` takes field by field, this one takes a long run at memory speed. With a seed that nobody knows no
/// two runs can be made to have the same; that two have it by chance is not to be expected in the age of the universe.
public struct BytesDigest: Sendable, Hashable {
  @usableFromInline var low: UInt64
  @usableFromInline var high: UInt64

  /// Half of it, for places in a table.
  @inlinable public var word: UInt64 { low }

  /// - Complexity: O(`range.count`), 64 bytes a turn in four lanes.
  @inlinable public init(_ text: Span<UInt8>, _ range: Range<Int>, seed: UInt64) {
    var lanes = (seed, seed &+ 0x9E37_79B9_7F4A_7C15, seed ^ 0xE703_7ED1_A0B4_28DB, ~seed)
    unsafe text.extracting(range).withUnsafeBytes { bytes in
      func word(_ at: Int) -> UInt64 { unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
      var at = 0
      while at + 64 <= bytes.count {
        lanes.0 = Self.mixed(lanes.0 ^ word(at), word(at + 8) ^ 0xA076_1D64_78BD_642F)
        lanes.1 = Self.mixed(lanes.1 ^ word(at + 16), word(at + 24) ^ 0x8EBC_6AF0_9C88_C6E3)
        lanes.2 = Self.mixed(lanes.2 ^ word(at + 32), word(at + 40) ^ 0x5895_86F8_7EA1_9AF1)
        lanes.3 = Self.mixed(lanes.3 ^ word(at + 48), word(at + 56) ^ 0x1D8E_4E27_C47D_124F)
        at += 64
      }
      while at + 8 <= bytes.count {
        lanes.0 = Self.mixed(lanes.0 ^ word(at), 0xA076_1D64_78BD_642F)
        lanes.2 = Self.mixed(lanes.2 ^ word(at), 0x5895_86F8_7EA1_9AF1)
        at += 8
      }
      lanes.0 = Self.mixed(lanes.0 ^ UInt64(bytes.count), 0x5895_86F8_7EA1_9AF1)
      var rest: UInt64 = 0
      while at < bytes.count {
        rest = rest << 8 | UInt64(unsafe bytes[at])
        at += 1
      }
      lanes.1 = Self.mixed(lanes.1 ^ rest, 0x8EBC_6AF0_9C88_C6E3)
      lanes.3 = Self.mixed(lanes.3 ^ rest, 0x1D8E_4E27_C47D_124F)
    }
    low = Self.mixed(lanes.0 ^ 0x9E37_79B9_7F4A_7C15, lanes.1) ^ Self.mixed(lanes.2, lanes.3 ^ seed)
    high = Self.mixed(lanes.2 ^ 0x9E37_79B9_7F4A_7C15, lanes.1 ^ seed) ^ Self.mixed(lanes.0, lanes.3)
  }

  /// Both halves of a product of 128 bits in one: every bit of either number counts.
  @inlinable public static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
