/// A compiled glob pattern: answers whether a value matches as a whole.
///
/// Values are UTF-8 bytes: `?` is one byte, a class holds bytes (enhancements.md, section 4). The pattern
/// becomes a forward-only machine whose states are kept as bits, so that no pattern backtracks.
/// - Complexity: matching is O(value bytes × pattern length) at worst, and linear for common shapes.
package struct Glob: Sendable {
  /// The pattern as written.
  package let pattern: String
  /// Whether values are paths: `/` bounds `*`, and ASCII letters match in either case.
  package let isPathLike: Bool
  let shape: GlobShape
  let program: GlobProgram

  /// - Throws: `GlobError` for a broken pattern.
  package init(_ pattern: String, isPathLike: Bool) throws(GlobError) {
    self.pattern = pattern
    self.isPathLike = isPathLike
    let tokens = try GlobReader.tokens(of: pattern, isPathLike: isPathLike)
    guard Glob.compiledSize(of: tokens) <= 10 << 20 else { throw .tooLarge }
    shape = GlobShape(tokens, isPathLike: isPathLike)
    program = GlobProgram(tokens, isPathLike: isPathLike)
  }

  /// Whether `value` matches. A path-like pattern is tried again on `/` + value if the value has no
  /// leading `/`, as the engine does (enhancements.md, section 3).
  package func matches(_ value: String) -> Bool {
    matches(Array(value.utf8))
  }

  func matches(_ value: [UInt8]) -> Bool {
    if matchesExactly(value) { return true }
    guard isPathLike, value.first != UInt8(ascii: "/") else { return false }
    return matchesExactly([UInt8(ascii: "/")] + value)
  }

  /// Whether the bytes match, without the second try.
  package func matchesExactly(_ value: [UInt8]) -> Bool { program.matches(value.span) }

  /// What the engine's automaton of these tokens would take, in bytes. Estimated from where it was seen
  /// to refuse: about 87,000 stars, 131,000 `?`, 327,000 letters.
  private static func compiledSize(of tokens: [GlobToken]) -> Int {
    tokens.reduce(0) { sum, token in
      switch token {
      case .literal(let scalar): sum + 32 * UTF8.width(scalar)
      case .anyByte, .byteClass: sum + 80
      case .star: sum + 120
      case .leadingDirectories, .trailingDirectories, .middleDirectories: sum + 240
      case .alternatives(let lists): lists.reduce(sum) { $0 + compiledSize(of: $1) }
      }
    }
  }
}
