/// The path of a URL, as the WHATWG URL standard parses and prints it: what Relay takes for a frame's missing
/// file name (grouping.md, S3).
enum URLPath {
  private static let schemes = ["http:", "https:", "file:", "applewebdata:"]

  /// The path of `text`, percent-encoded, dots resolved, without query and fragment; nil unless the scheme is one
  /// of `http https file applewebdata` in lower case, the URL parses, and the path is neither empty nor `/`.
  /// - Complexity: O(`text.utf8.count`).
  static func path(of text: String) -> String? {
    guard let scheme = scheme(of: text, among: schemes) else { return nil }
    var rest = text.utf8.dropFirst(scheme.utf8.count).filter { ![0x09, 0x0A, 0x0D].contains($0) }
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      rest.removeSubrange(end...)
    }
    let isSpecial = scheme != "applewebdata:"
    if isSpecial { rest = rest.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } }
    guard let path = pathBytes(rest[...], scheme: scheme) else { return nil }
    guard isSpecial || path.first == UInt8(ascii: "/") else {
      return path.isEmpty ? nil : encoded(path)  // an opaque path keeps its dots
    }
    let result = encoded(resolved(path)[...])
    return result == "/" || result.isEmpty ? nil : result
  }

  /// The scheme that a text starts with.
  static func scheme(of text: String, among schemes: [String]) -> String? {
    // Most paths start with none of the schemes' letters.
    guard let first = text.utf8.first, "abfh".utf8.contains(first) else { return nil }
    return schemes.first { text.utf8.starts(with: $0.utf8) }
  }

  /// What follows the authority; nil where the authority makes the URL invalid.
  private static func pathBytes(_ rest: ArraySlice<UInt8>, scheme: String) -> ArraySlice<UInt8>? {
    let slash = UInt8(ascii: "/")
    let slashes = rest.prefix { $0 == slash }.count
    switch scheme {
    case "http:", "https:":
      let authority = rest.dropFirst(slashes).prefix { $0 != slash }
      return isHost(authority) ? rest.dropFirst(slashes + authority.count) : nil
    default:
      guard slashes >= 2 else { return rest }
      let host = rest.dropFirst(2).prefix { $0 != slash }
      let isDrive = scheme == "file:" && host.count == 2 && [0x3A, 0x7C].contains(host.last)
      if isDrive { return rest.dropFirst(2) }
      return host.isEmpty || isHost(host) ? rest.dropFirst(2 + host.count) : nil
    }
  }

  /// Whether an authority is usable: a host without forbidden bytes, and digits only as port.
  private static func isHost(_ authority: ArraySlice<UInt8>) -> Bool {
    let host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
    if host.first == UInt8(ascii: "[") { return host.contains(UInt8(ascii: "]")) }
    let parts = host.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty else { return false }
    if parts.count == 2, !parts[1].allSatisfy({ (0x30...0x39).contains($0) }) { return false }
    return !name.contains { $0 <= 0x20 || $0 == 0x7F || Array("#%/:<>?@[\\]^|".utf8).contains($0) }
  }

  /// Resolves `.` and `..`, also where they are percent-encoded.
  private static func resolved(_ path: ArraySlice<UInt8>) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let rooted = path.first == slash ? path.dropFirst() : path
    var kept: [ArraySlice<UInt8>] = []
    let segments = rooted.split(separator: slash, omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let dots = dotCount(segment)
      if dots == 2, !kept.isEmpty { kept.removeLast() }
      if dots == 0 { kept.append(segment) } else if index == segments.count - 1 { kept.append([]) }
    }
    return kept.reduce(into: []) { $0 += [slash] + $1 }
  }

  /// 1 for `.`, 2 for `..`, else 0; `%2e` counts as a dot.
  private static func dotCount(_ segment: ArraySlice<UInt8>) -> Int {
    guard segment.count <= 6 else { return 0 }
    var rest = Array(segment)
    var dots = 0
    while !rest.isEmpty {
      if rest[0] == UInt8(ascii: ".") {
        rest.removeFirst()
      } else if rest.count >= 3, rest[0] == UInt8(ascii: "%"), rest[1] == UInt8(ascii: "2"),
        rest[2] | 0x20 == UInt8(ascii: "e")
      {
        rest.removeFirst(3)
      } else {
        return 0
      }
      dots += 1
    }
    return dots <= 2 ? dots : 0
  }

  private static func encoded(_ path: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in path {
      if byte <= 0x20 || byte >= 0x7F || Array("\"#<>?`{}".utf8).contains(byte) {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
