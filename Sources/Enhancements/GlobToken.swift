/// One item of a glob pattern, as read (enhancements.md, section 4).
package enum GlobToken: Sendable, Hashable {
  /// A character that stands for its own UTF-8 bytes.
  case literal(Unicode.Scalar)
  /// `?`: one byte.
  case anyByte
  /// `*`: any bytes but the separator.
  case star
  /// `**/` at the start of the pattern or of an alternative.
  case leadingDirectories
  /// `/**` at the end of the pattern or of an alternative.
  case trailingDirectories
  /// `/**/`.
  case middleDirectories
  /// `[…]`, negation and case folding already applied.
  case byteClass(ByteSet)
  /// `{a,b}`, without its empty alternatives.
  case alternatives([[GlobToken]])
}

/// Why a pattern is broken. The texts are those of Sentry's engine.
package enum GlobError: Error, Sendable, Hashable {
  case unclosedClass
  case invalidRange(Unicode.Scalar, Unicode.Scalar)
  case unclosedAlternatives
  case nestedAlternatives
  case danglingEscape
  /// The compiled pattern would pass the engine's limit of 10 MiB.
  case tooLarge

  /// The reason as the engine words it, without the pattern.
  package var reason: String {
    switch self {
    case .unclosedClass: "unclosed character class; missing ']'"
    case .invalidRange(let start, let end): "invalid range; '\(start)' > '\(end)'"
    case .unclosedAlternatives: "unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)"
    case .nestedAlternatives: "nested alternate groups are not allowed"
    case .danglingEscape: "dangling '\\'"
    case .tooLarge: "Compiled regex exceeds size limit of 10485760 bytes."
    }
  }
}

/// Reads a glob pattern into tokens. Patterns are read by code points, values are matched by bytes.
package struct GlobReader {
  private let pattern: [Unicode.Scalar]
  private let isPathLike: Bool
  private var next = 0  // index of the character to read
  private var tokens: [GlobToken] = []  // of the whole pattern
  private var alternatives: [[GlobToken]]? = nil  // of the open `{`; the last one is being read

  /// - Parameter isPathLike: whether `\` is a separator (and so no escape) and letters match in either case.
  package static func tokens(of pattern: String, isPathLike: Bool) throws(GlobError) -> [GlobToken] {
    var reader = GlobReader(pattern: pattern, isPathLike: isPathLike)
    return try reader.read()
  }

  private init(pattern: String, isPathLike: Bool) {
    self.pattern = pattern.unicodeScalars.map { isPathLike && $0 == "\\" ? "/" : $0 }
    self.isPathLike = isPathLike
  }

  private mutating func read() throws(GlobError) -> [GlobToken] {
    while next < pattern.count {
      let character = pattern[next]
      next += 1
      switch character {
      case "?": push(.anyByte)
      case "*": readStar()
      case "[": push(.byteClass(try readClass()))
      case "{": try openAlternatives()
      case "}": closeAlternatives()
      case "," where alternatives != nil: alternatives?.append([])
      case "\\": push(.literal(try readEscaped()))
      default: push(.literal(character))
      }
    }
    if alternatives != nil { throw .unclosedAlternatives }
    return tokens
  }

  private mutating func openAlternatives() throws(GlobError) {
    if alternatives != nil { throw .nestedAlternatives }
    alternatives = [[]]
  }

  private mutating func closeAlternatives() {
    guard let read = alternatives else { return }
    alternatives = nil
    let kept = read.filter { !$0.isEmpty }
    tokens.append(.alternatives(kept))
  }

  private mutating func readEscaped() throws(GlobError) -> Unicode.Scalar {
    guard next < pattern.count else { throw .danglingEscape }
    next += 1
    return pattern[next - 1]
  }

  // MARK: - The tokens of the list that is being read

  private var list: [GlobToken] { alternatives?.last ?? tokens }

  private mutating func push(_ token: GlobToken) {
    if let open = alternatives {
      alternatives?[open.count - 1].append(token)
    } else {
      tokens.append(token)
    }
  }

  private mutating func popLast() -> GlobToken? {
    guard let open = alternatives else { return tokens.popLast() }
    return alternatives?[open.count - 1].popLast()
  }

  // MARK: - Stars

  private mutating func readStar() {
    guard next < pattern.count, pattern[next] == "*" else { return push(.star) }
    let before = next >= 2 ? pattern[next - 2] : nil
    next += 1
    let following = next < pattern.count ? pattern[next] : nil
    if list.isEmpty { return readLeadingStars(following) }
    // Inside braces `,` and `{` count as separators, which only an escaped one can be here.
    let isAfterSeparator = before == "/" || (alternatives != nil && (before == "," || before == "{"))
    guard isAfterSeparator else { return pushTwoStars() }
    switch following {
    case nil: replaceLast(by: .trailingDirectories)
    case "," where alternatives != nil, "}" where alternatives != nil:
      replaceLast(by: .trailingDirectories)
    case "/":
      next += 1
      replaceLast(by: .middleDirectories)
    default: pushTwoStars()
    }
  }

  private mutating func readLeadingStars(_ following: Unicode.Scalar?) {
    guard following == nil || following == "/" else { return pushTwoStars() }
    push(.leadingDirectories)
    next += 1
  }

  private mutating func pushTwoStars() {
    push(.star)
    push(.star)
  }

  /// The token before is normally the `/`; a leading or trailing form stays and swallows the new one.
  private mutating func replaceLast(by token: GlobToken) {
    let last = popLast()
    switch last {
    case .leadingDirectories?, .trailingDirectories?: push(last ?? token)
    default: push(token)
    }
  }

  // MARK: - Classes

  private mutating func readClass() throws(GlobError) -> ByteSet {
    var isNegated = false
    if next < pattern.count, pattern[next] == "!" || pattern[next] == "^" {
      isNegated = true
      next += 1
    }
    let ranges = try readRanges()
    var set = ByteSet()
    for range in ranges { set.insert(utf8RangeOf: range) }
    if isPathLike { set = set.foldingASCII }
    return isNegated ? set.inverted : set
  }

  private mutating func readRanges() throws(GlobError) -> [(first: Unicode.Scalar, last: Unicode.Scalar)] {
    var ranges: [(first: Unicode.Scalar, last: Unicode.Scalar)] = []
    var isInRange = false
    while next < pattern.count {
      let character = pattern[next]
      next += 1
      if character == "]", !ranges.isEmpty {
        if isInRange { ranges.append(("-", "-")) }
        return ranges
      }
      if character == "-", !ranges.isEmpty, !isInRange {
        isInRange = true
      } else if isInRange, let open = ranges.last {
        guard open.first <= character else { throw .invalidRange(open.first, character) }
        ranges[ranges.count - 1].last = character
        isInRange = false
      } else {
        ranges.append((character, character))
      }
    }
    throw .unclosedClass
  }
}

extension ByteSet {
  /// A member of several bytes brings them all; a range spans from the last byte of its first
  /// character to the first byte of its last one.
  fileprivate mutating func insert(utf8RangeOf range: (first: Unicode.Scalar, last: Unicode.Scalar)) {
    let first = Array(UTF8.encode(range.first) ?? .init())
    let last = Array(UTF8.encode(range.last) ?? .init())
    for byte in first + last { insert(byte) }
    if range.first != range.last, let low = first.last, let high = last.first, low <= high {
      insert(low...high)
    }
  }
}
