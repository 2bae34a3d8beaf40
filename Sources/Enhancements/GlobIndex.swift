/// All globs of one field, arranged so that a value is tried only on those that its bytes allow.
struct GlobIndex: Sendable {
  private let isPathLike: Bool
  private var entries: [(glob: Glob, atom: Int32)] = []
  private var starts = ByteTrie()  // globs whose value starts with known bytes
  private var segments = ByteTrie()  // globs with known bytes at the start or after a `/`
  private var others: [(literal: [UInt8], entry: Int32)] = []
  private var hasSegments = false

  init(isPathLike: Bool) { self.isPathLike = isPathLike }

  var isEmpty: Bool { entries.isEmpty }

  mutating func insert(_ glob: Glob, atom: Int32) {
    let entry = Int32(entries.count)
    entries.append((glob, atom))
    switch glob.shape {
    case .literal(let bytes) where bytes.isEmpty: others.append(([], entry))
    case .literal(let bytes), .prefix(let bytes), .startsWith(let bytes): starts.insert(bytes, id: entry)
    case .directory(let bytes), .segmentStartsWith(let bytes):
      segments.insert(bytes, id: entry)
      hasSegments = true
    case .contains(let bytes): others.append((bytes, entry))
    }
  }

  /// The atoms of the globs that match, ascending. A path has to be normalised already.
  /// - Complexity: O(bytes) for values that no glob can match, plus the candidates' own cost.
  func atoms(matching value: [UInt8]) -> [Int32] {
    var found: [Int32] = []
    collect(value, into: &found)
    if isPathLike, value.first != UInt8(ascii: "/") { collect([UInt8(ascii: "/")] + value, into: &found) }
    guard found.count > 1 else { return found }
    found.sort()
    var last: Int32 = -1
    return found.filter { atom in
      defer { last = atom }
      return atom != last
    }
  }

  private func collect(_ value: [UInt8], into found: inout [Int32]) {
    let hasLineFeed = value.contains(UInt8(ascii: "\n"))
    starts.forEachPrefix(of: value, from: 0) { check($0, value, hasLineFeed, &found) }
    if hasSegments { collectSegments(value, hasLineFeed, into: &found) }
    for other in others where GlobIndex.holds(other.literal, in: value) {
      check(other.entry, value, hasLineFeed, &found)
    }
  }

  private func collectSegments(_ value: [UInt8], _ hasLineFeed: Bool, into found: inout [Int32]) {
    segments.forEachPrefix(of: value, from: 0) { check($0, value, hasLineFeed, &found) }
    for index in value.indices where value[index] == UInt8(ascii: "/") {
      segments.forEachPrefix(of: value, from: index + 1) { check($0, value, hasLineFeed, &found) }
    }
  }

  @inline(__always)
  private func check(_ entry: Int32, _ value: [UInt8], _ hasLineFeed: Bool, _ found: inout [Int32]) {
    let (glob, atom) = entries[Int(entry)]
    let isMatch: Bool
    switch glob.shape {
    case .literal(let bytes): isMatch = bytes.count == value.count
    case .prefix, .directory: isMatch = !hasLineFeed || glob.matchesExactly(value)
    default: isMatch = glob.matchesExactly(value)
    }
    if isMatch { found.append(atom) }
  }

  private static func holds(_ literal: [UInt8], in value: [UInt8]) -> Bool {
    guard let first = literal.first else { return true }
    guard literal.count <= value.count else { return false }
    for start in 0...(value.count - literal.count) where value[start] == first {
      if value[start..<start + literal.count].elementsEqual(literal) { return true }
    }
    return false
  }
}
