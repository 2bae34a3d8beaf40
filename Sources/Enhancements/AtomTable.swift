/// A distinct question about one frame, shared by all matchers that ask it.
///
/// Atoms 0 and 1 are fixed: "is in-app", and one that never holds (broken globs, unknown `app:` words).
struct AtomTable: Sendable {
  static let inApp: Int32 = 0
  static let never: Int32 = 1

  /// Number of atoms; they are 0 ..< count.
  private(set) var count: Int32 = 2
  private(set) var module = GlobIndex(isPathLike: false)
  private(set) var function = GlobIndex(isPathLike: false)
  private(set) var path = GlobIndex(isPathLike: true)
  private(set) var package = GlobIndex(isPathLike: true)
  private(set) var category = GlobIndex(isPathLike: false)
  /// The family atoms that hold for each family, by `Family.rawValue`.
  private(set) var families = [[Int32]](repeating: [], count: Family.allCases.count)
  /// The exception matchers' globs, each once. They are no atoms: they are asked of the exception.
  private(set) var exceptionGlobs: [(field: MatcherField, glob: Glob)] = []

  private struct Key: Hashable {
    var field: MatcherField
    var value: String
  }
  private var known: [Key: Int32] = [:]
  /// Atoms that can start to hold while rules run: in-app and the categories.
  private(set) var dynamicAtoms: Set<Int32> = [AtomTable.inApp]

  /// The term of a frame matcher: its atom, and whether the atom must not hold.
  mutating func term(for matcher: Matcher) -> Term {
    var isNegated = matcher.isNegated
    let atom: Int32
    if matcher.field == .app {
      switch matcher.value {
      case "1", "true", "yes": atom = AtomTable.inApp
      case "0", "false", "no":
        // Unknown counts as not in-app, so this is the plain negation.
        atom = AtomTable.inApp
        isNegated.toggle()
      default: atom = AtomTable.never
      }
    } else {
      atom = self.atom(of: Key(field: matcher.field, value: matcher.value))
    }
    return Term(atom: atom, isNegated: isNegated, place: matcher.place)
  }

  /// The number of an exception matcher's glob in `exceptionGlobs`; nil if the pattern is broken.
  mutating func exceptionGlob(for matcher: Matcher) -> Int32? {
    let key = Key(field: matcher.field, value: matcher.value)
    if let number = known[key] { return number }
    guard let glob = try? Glob(matcher.value, isPathLike: false) else { return nil }
    exceptionGlobs.append((matcher.field, glob))
    known[key] = Int32(exceptionGlobs.count - 1)
    return known[key]
  }

  private mutating func atom(of key: Key) -> Int32 {
    if let atom = known[key] { return atom }
    let atom = add(key)
    known[key] = atom
    return atom
  }

  private mutating func add(_ key: Key) -> Int32 {
    if key.field == .family {
      for family in Family.allCases where family.isNamed(in: key.value) {
        families[family.rawValue].append(count)
      }
    } else {
      guard let glob = try? Glob(key.value, isPathLike: key.field.isPathLike) else { return AtomTable.never }
      insert(glob, for: key.field)
    }
    count += 1
    return count - 1
  }

  private mutating func insert(_ glob: Glob, for field: MatcherField) {
    switch field {
    case .module: module.insert(glob, atom: count)
    case .function: function.insert(glob, atom: count)
    case .path: path.insert(glob, atom: count)
    case .package: package.insert(glob, atom: count)
    case .category:
      category.insert(glob, atom: count)
      dynamicAtoms.insert(count)
    case .family, .app, .type, .value, .mechanism: break
    }
  }
}

/// One condition of a compiled rule on one frame.
struct Term: Sendable, Hashable {
  var atom: Int32
  var isNegated: Bool
  var place: MatcherPlace
}
