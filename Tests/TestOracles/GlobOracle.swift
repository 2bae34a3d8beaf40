import Enhancements

/// Matches tokens by trying every way, as their table in the language's description reads.
package struct GlobOracle {
  private let tokens: [GlobToken]
  private let isPathLike: Bool

  package init(tokens: [GlobToken], isPathLike: Bool) {
    self.tokens = tokens
    self.isPathLike = isPathLike
  }

  /// Whether the whole value matches, without the second try of path-like patterns.
  package func matches(_ value: [UInt8]) -> Bool {
    if tokens == [.leadingDirectories] { return !value.contains(10) }
    return ends(tokens[...], [0], value).contains(value.count)
  }

  /// The positions at which the tokens can end when they start at one of `starts`.
  private func ends(_ tokens: ArraySlice<GlobToken>, _ starts: Set<Int>, _ value: [UInt8]) -> Set<Int> {
    guard let token = tokens.first else { return starts }
    var next: Set<Int> = []
    for start in starts { next.formUnion(ends(token, start, value)) }
    return ends(tokens.dropFirst(), next, value)
  }

  private func ends(_ token: GlobToken, _ start: Int, _ value: [UInt8]) -> Set<Int> {
    let all = (start...value.count)
    func piece(_ end: Int) -> ArraySlice<UInt8> { value[start..<end] }
    switch token {
    case .literal(let scalar):
      let bytes = Array(String(scalar).utf8)
      let isHere = value[start...].starts(with: bytes) { folded($0) == folded($1) }
      return isHere ? [start + bytes.count] : []
    case .anyByte: return Set(all.filter { piece($0).count == 1 && piece($0).allSatisfy(isWild) })
    case .star: return Set(all.filter { piece($0).allSatisfy(isWild) })
    case .byteClass(let set):
      return Set(all.filter { piece($0).count == 1 && piece($0).allSatisfy(set.contains) })
    case .leadingDirectories:
      return Set(all.filter { piece($0).isEmpty || piece($0).last == 47 && !piece($0).contains(10) })
    case .trailingDirectories: return Set(all.filter { piece($0).first == 47 && !piece($0).contains(10) })
    case .middleDirectories:
      return Set(all.filter { piece($0).first == 47 && piece($0).last == 47 && !piece($0).contains(10) })
    case .alternatives(let lists):
      if lists.isEmpty { return [start] }
      return lists.reduce(into: []) { $0.formUnion(ends($1[...], [start], value)) }
    }
  }

  private func isWild(_ byte: UInt8) -> Bool { byte != (isPathLike ? 47 : 10) }

  /// Path-like patterns and values are compared without regard to the case of ASCII letters.
  private func folded(_ byte: UInt8) -> UInt8 {
    isPathLike && UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }
}
