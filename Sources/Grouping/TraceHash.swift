internal import Crypto

/// Sentry's hash: MD5 over the leaf values, with nothing between them (grouping.md, S2).
package enum TraceHash {
  /// MD5 of nothing: what an event without a contributing variant gets.
  static let ofNothing = "d41d8cd98f00b204e9800998ecf8427e"

  /// - Complexity: O(the bytes of `leaves`).
  static func hash(_ leaves: [String]) -> String {
    var bytes: [UInt8] = []
    for leaf in leaves { bytes += leaf.utf8 }
    return md5(bytes)
  }

  /// MD5 as `md5sum` prints it.
  /// - Complexity: O(bytes).
  package static func md5(_ bytes: [UInt8]) -> String {
    var digest = Insecure.MD5()
    digest.update(data: bytes)
    return hex(digest.finalize())
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits: StaticString = "0123456789abcdef"
    return digits.withUTF8Buffer { digits in
      var text: [UInt8] = []
      text.reserveCapacity(32)
      for byte in digest {
        text.append(unsafe digits[Int(byte >> 4)])
        text.append(unsafe digits[Int(byte & 15)])
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Whether a client's checksum is already a hash.
  static func isHash(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
