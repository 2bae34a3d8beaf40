internal import CPCRE2

extension Pattern {
  /// The version of Unicode that `\w`, `\d` and `\p{…}` know, such as (14, 0); (0, 0) if PCRE2 was built without.
  public static let unicodeVersion: (major: Int, minor: Int) = {
    // As PCRE2 writes it: "14.0.0".
    var text = [UInt8](repeating: 0, count: 64)
    let size = pcre2_config_8(UInt32(PCRE2_CONFIG_UNICODE_VERSION), nil)
    guard size > 0, Int(size) <= text.count else { return (0, 0) }
    unsafe text.withUnsafeMutableBytes { text in
      _ = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_UNICODE_VERSION), text.baseAddress)
    }
    let parts = text.prefix { $0 != 0 }.split(separator: UInt8(ascii: ".")).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 0
    }
    return parts.count < 2 ? (0, 0) : (parts[0], parts[1])
  }()
}
