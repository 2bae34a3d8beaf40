/// What a matcher reads (enhancements.md, section 3).
public enum MatcherField: String, Sendable, Hashable, CaseIterable {
  case module, function, category, path, package, family, app
  /// The fields of the exception that the stack belongs to.
  case type, value, mechanism

  /// The field of a name as written in a rule, nil for an unknown one. Names are case-sensitive.
  public init?(name: String) {
    guard let field = MatcherField.names[name] else { return nil }
    self = field
  }

  /// Every name that a rule may use, aliases included, sorted.
  public static let allNames: [String] = names.keys.sorted()

  /// Whether values are paths: normalised, tried with a leading `/`, ASCII case-insensitive.
  public var isPathLike: Bool { self == .path || self == .package }

  /// Whether the field is one of the exception's and not of a frame.
  public var isException: Bool { self == .type || self == .value || self == .mechanism }

  /// Whether the value is a glob pattern; `family` and `app` hold words.
  public var isGlob: Bool { self != .family && self != .app }

  private static let names: [String: MatcherField] = [
    "stack.module": .module, "module": .module, "stack.function": .function, "function": .function,
    "category": .category, "stack.abs_path": .path, "path": .path, "stack.package": .package,
    "package": .package, "family": .family, "app": .app, "error.type": .type, "type": .type,
    "error.value": .value, "value": .value, "error.mechanism": .mechanism, "mechanism": .mechanism,
  ]
}

/// Which frame a matcher is asked of, relative to the frame that the rule is tried on.
public enum MatcherPlace: Sendable, Hashable {
  /// The frame itself; for exception matchers, the exception.
  case frame
  /// `[…] |`: the frame before, which called this one.
  case caller
  /// `| […]`: the frame after, which this one called.
  case callee
}

/// One condition of a rule: `!stack.module:io.airbyte.*`.
public struct Matcher: Sendable, Hashable {
  public var field: MatcherField
  /// Whether `!` stands before the name.
  public var isNegated: Bool
  /// The value after quotes and escapes are undone.
  public var value: String
  public var place: MatcherPlace

  /// Brackets around an exception matcher mean nothing, so its place is always `.frame`.
  public init(_ field: MatcherField, _ value: String, isNegated: Bool = false, place: MatcherPlace = .frame) {
    self.field = field
    self.value = value
    self.isNegated = isNegated
    self.place = field.isException ? .frame : place
  }

  /// The matcher as hints show it: short name, value never quoted (enhancements.md, section 5).
  package var engineText: String { placed(name + value, open: "[", close: "]") }

  /// The matcher as Sentry's own reader writes it back: a value with spaces, or an empty one, is quoted,
  /// and nothing is escaped (section 11).
  package var rewrittenText: String { placed(name + spacedValue, open: "[ ", close: " ]") }

  /// The matcher as a person writes it in a project's rules, with whatever quotes and escapes that takes.
  var sourceText: String { placed(name + quotedValue, open: "[ ", close: " ]") }

  private var name: String { (isNegated ? "!" : "") + field.rawValue + ":" }

  private var spacedValue: String {
    value.isEmpty || RuleCharacters.hasSpace(value) ? "\"\(value)\"" : value
  }

  private var quotedValue: String {
    let isPlain = !value.isEmpty && !RuleCharacters.hasSpace(value) && value.utf8.first != UInt8(ascii: "\"")
    return isPlain ? value : PythonEscapes.quoted(value)
  }

  private func placed(_ text: String, open: String, close: String) -> String {
    switch place {
    case .frame: text
    case .caller: open + text + close + " |"
    case .callee: "| " + open + text + close
    }
  }
}
