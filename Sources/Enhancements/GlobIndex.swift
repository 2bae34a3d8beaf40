/// All globs of one field, arranged so that a value is tried only on those that its bytes allow.
struct GlobIndex: Sendable {
  private let isPathLike: Bool
  private var entries: [(glob: Glob, atom: Int32)] = []
  private var starts = ByteTrie()  // globs whose value starts with known bytes
  private var segments = ByteTrie()  // globs with known bytes at the start or after a `/`
  private var anywhere = ByteTrie()  // globs with known bytes somewhere
  private var others: [Int32] = []
  private var hasSegments = false
  private var hasAnywhere = false

  init(isPathLike: Bool) { self.isPathLike = isPathLike }

  var isEmpty: Bool { entries.isEmpty }

  mutating func insert(_ glob: Glob, atom: Int32) {
    let entry = Int32(entries.count)
    entries.append((glob, atom))
    switch glob.shape {
    case .literal(let bytes) where bytes.isEmpty: others.append(entry)
    case .contains(let bytes) where bytes.isEmpty: others.append(entry)
    case .literal(let bytes), .prefix(let bytes), .startsWith(let bytes): starts.insert(bytes, id: entry)
    case .directory(let bytes), .segmentStartsWith(let bytes):
      segments.insert(bytes, id: entry)
      hasSegments = true
    case .contains(let bytes):
      anywhere.insert(bytes, id: entry)
      hasAnywhere = true
    }
  }

  /// The atoms of the globs that match, ascending. A path has to be normalised already.
  /// - Complexity: O(bytes) for values that no glob can match, plus the candidates' own cost.
  func atoms(matching value: [UInt8]) -> [Int32] {
    var search = Search(value: value)
    find(&search)
    if isPathLike, value.first != UInt8(ascii: "/") {
      // What was tried and did not match is tried again with the leading `/`.
      search.value.insert(UInt8(ascii: "/"), at: 0)
      search.tried.removeAll()
      find(&search)
    }
    guard search.found.count > 1 else { return search.found }
    var last: Int32 = -1
    return search.found.sorted().filter { atom in
      defer { last = atom }
      return atom != last
    }
  }

  private struct Search {
    var value: [UInt8]
    var found: [Int32] = []
    /// Entries that were tried where a value can offer them more than once, as bits.
    var tried: [UInt64] = []
  }

  private func find(_ search: inout Search) {
    starts.forEachPrefix(of: search.value, from: 0) { check($0, &search) }
    if hasSegments {
      segments.forEachPrefix(of: search.value, from: 0) { checkOnce($0, &search) }
      for index in search.value.indices where search.value[index] == UInt8(ascii: "/") {
        segments.forEachPrefix(of: search.value, from: index + 1) { checkOnce($0, &search) }
      }
    }
    if hasAnywhere {
      for index in search.value.indices {
        anywhere.forEachPrefix(of: search.value, from: index) { checkOnce($0, &search) }
      }
    }
    for entry in others { check(entry, &search) }
  }

  private func checkOnce(_ entry: Int32, _ search: inout Search) {
    if search.tried.isEmpty { search.tried = [UInt64](repeating: 0, count: (entries.count + 63) / 64) }
    let bit: UInt64 = 1 << UInt64(entry & 63)
    guard search.tried[Int(entry >> 6)] & bit == 0 else { return }
    search.tried[Int(entry >> 6)] |= bit
    check(entry, &search)
  }

  private func check(_ entry: Int32, _ search: inout Search) {
    let (glob, atom) = entries[Int(entry)]
    let isMatch: Bool
    switch glob.shape {
    case .literal(let bytes): isMatch = bytes.count == search.value.count
    case .prefix, .directory:
      isMatch = !search.value.contains(UInt8(ascii: "\n")) || glob.matchesExactly(search.value)
    default: isMatch = glob.matchesExactly(search.value)
    }
    if isMatch { search.found.append(atom) }
  }
}
