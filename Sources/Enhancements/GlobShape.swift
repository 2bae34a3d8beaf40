internal import TraceBytes

/// What is known of all values that a glob can match: the cheap test before (or instead of) the machine.
enum GlobShape: Sendable, Hashable {
  /// The value is these bytes.
  case literal([UInt8])
  /// The value starts with these bytes; nothing else is asked of a value without LF.
  case prefix([UInt8])
  /// These bytes stand at the start or after a `/`; nothing else is asked of a value without LF.
  case directory([UInt8])
  /// The value starts with these bytes; the machine decides.
  case startsWith([UInt8])
  /// These bytes stand at the start or after a `/`; the machine decides.
  case segmentStartsWith([UInt8])
  /// The value holds these bytes somewhere; the machine decides. May be empty.
  case contains([UInt8])

  /// Bytes of path-like patterns are in lower case: the value is to be folded before it is compared.
  init(_ tokens: [GlobToken], isPathLike: Bool) {
    var rest = tokens[...]
    let isAnywhere = rest.first == .leadingDirectories && rest.count > 1
    if isAnywhere { rest.removeFirst() }
    let head = GlobShape.takeLiteral(&rest, isPathLike: isPathLike)
    if !isAnywhere, rest.isEmpty {
      self = .literal(head)
    } else if !isAnywhere, Array(rest) == [.trailingDirectories] {
      self = .prefix(head + [UInt8(ascii: "/")])
    } else if !isAnywhere, !isPathLike, !head.isEmpty, rest.allSatisfy({ $0 == .star }) {
      self = .prefix(head)
    } else if isAnywhere, !head.isEmpty, Array(rest) == [.trailingDirectories] {
      self = .directory(head + [UInt8(ascii: "/")])
    } else if !head.isEmpty {
      self = isAnywhere ? .segmentStartsWith(head) : .startsWith(head)
    } else {
      self = .contains(GlobShape.longestLiteral(rest, isPathLike: isPathLike))
    }
  }

  private static func takeLiteral(_ tokens: inout ArraySlice<GlobToken>, isPathLike: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    while case .literal(let scalar)? = tokens.first {
      for byte in UTF8.encode(scalar) ?? .init() { bytes.append(isPathLike ? asciiLowercased(byte) : byte) }
      tokens.removeFirst()
    }
    return bytes
  }

  private static func longestLiteral(_ tokens: ArraySlice<GlobToken>, isPathLike: Bool) -> [UInt8] {
    var rest = tokens
    var longest: [UInt8] = []
    while !rest.isEmpty {
      let literal = takeLiteral(&rest, isPathLike: isPathLike)
      if literal.count > longest.count { longest = literal }
      if !rest.isEmpty, literal.isEmpty { rest.removeFirst() }
    }
    return longest
  }
}
