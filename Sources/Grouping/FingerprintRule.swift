internal import Enhancements

/// A rule of Sentry's that replaces an event's fingerprint (grouping.md, S9.3).
public struct FingerprintRule: Sendable {
  /// The matchers in written order; within one table of the event, one row must satisfy all of them.
  var matchers: [FingerprintMatcher] {
    didSet { matchersByTable = Dictionary(grouping: matchers, by: \.field.table) }
  }
  private(set) var matchersByTable: [FingerprintField.Table: [FingerprintMatcher]] = [:]
  /// Of the frame after the matching one.
  var caller: FingerprintMatcher?
  /// Of the frame before it.
  var callee: FingerprintMatcher?
  /// The fingerprint's entries.
  public internal(set) var fingerprint: [String]
  /// The title that the event gets; may hold variables.
  public internal(set) var title: String?
  /// The file or option that the rule stands in.
  public internal(set) var source: String
  /// 1-based.
  public internal(set) var line: Int

  init(source: String) {
    self.source = source
    matchers = []
    fingerprint = []
    line = 0
  }

  /// Whether an event's message or an exception's value can decide if the rule matches, or what it gives.
  var readsValue: Bool {
    let tests = matchers + [caller, callee].compactMap { $0 }
    return tests.contains { $0.field == .message || $0.field == .value }
      || fingerprint.contains { FingerprintEntry($0).readsValue }
      || title?.utf8.contains(UInt8(ascii: "{")) == true
  }
}

/// What a matcher looks at.
enum FingerprintField: Sendable, Hashable {
  case type, value, module, path, package, function, message, logger, level, family, app, sdk, release
  case tag(String)
  case threadID, threadName, threadState, threadCrashed, threadCurrent

  /// The table whose rows have this field.
  enum Table: Sendable, Hashable {
    case messages, exceptions, log, tags, sdk, family, release, threads, frames
  }

  init?(_ key: String) {
    switch key {
    case "type", "error.type": self = .type
    case "value", "error.value": self = .value
    case "module", "stack.module": self = .module
    case "path", "stack.abs_path": self = .path
    case "package", "stack.package": self = .package
    case "function", "stack.function": self = .function
    case "message": self = .message
    case "logger": self = .logger
    case "level": self = .level
    case "family": self = .family
    case "app": self = .app
    case "sdk": self = .sdk
    case "release": self = .release
    case "thread.id": self = .threadID
    case "thread.name": self = .threadName
    case "thread.state": self = .threadState
    case "thread.crashed": self = .threadCrashed
    case "thread.current": self = .threadCurrent
    default:
      guard key.hasPrefix("tags.") else { return nil }
      self = .tag(String(key.dropFirst(5)))
    }
  }

  var table: Table {
    switch self {
    case .message: .messages
    case .type, .value: .exceptions
    case .logger, .level: .log
    case .tag: .tags
    case .sdk: .sdk
    case .family: .family
    case .release: .release
    case .threadID, .threadName, .threadState, .threadCrashed, .threadCurrent: .threads
    case .module, .path, .package, .function, .app: .frames
    }
  }

  /// Whether the value is compared as a path: `/` bounds `*`, case does not count.
  var isPathLike: Bool { [.path, .package, .release].contains(self) }

  /// Whether pattern and value are both put in lower case before they are compared.
  var ignoresCase: Bool {
    isPathLike || [.message, .value, .level, .threadID, .threadName, .threadState].contains(self)
  }

  /// A pattern or a value as the two are compared. The globs' `*` and `?` stop at LF for stack-trace rules but not
  /// here, so LF becomes another control character.
  func folded(_ text: String) -> String {
    let text = ignoresCase ? PythonText.lowercased(text) : text
    guard text.utf8.contains(0x0A) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" ? "\u{1}" : $0 }))
  }

  /// An event's text as it is compared with patterns.
  func comparable(_ text: String) -> String {
    let text = folded(text)
    guard isPathLike, text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\\" ? "/" : $0 }))
  }
}

/// One `key:pattern` of a fingerprint rule.
struct FingerprintMatcher: Sendable {
  enum Test: Sendable {
    case glob(Glob)
    /// A pattern that cannot be read matches nothing.
    case broken
    /// One of these names, or `all`.
    case names(Set<String>)
    case flag(Bool?)
  }
  var field: FingerprintField
  var isNegated: Bool
  /// As written, escapes decoded.
  var pattern: String
  private var test: Test

  init(_ field: FingerprintField, _ pattern: String, isNegated: Bool) {
    self.field = field
    self.pattern = pattern
    self.isNegated = isNegated
    switch field {
    case .family, .sdk:
      test = .names(Set(pattern.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
    case .app, .threadCrashed, .threadCurrent: test = .flag(Self.flag(pattern))
    default:
      let glob = try? Glob(field.folded(pattern), isPathLike: field.isPathLike)
      test = glob.map(Test.glob) ?? .broken
    }
  }

  /// Whether the pattern is one that can never match.
  var isBroken: Bool {
    if case .broken = test { return true }
    return false
  }

  private static func flag(_ text: String) -> Bool? {
    switch PythonText.lowercased(text) {
    case "1", "yes", "true": true
    case "0", "no", "false": false
    default: nil
    }
  }

  /// Whether `row` satisfies the matcher, negation included. A missing value satisfies only a negated one.
  func matches(_ row: FingerprintRow) -> Bool { holds(row) != isNegated }

  private func holds(_ row: FingerprintRow) -> Bool {
    if case .flag(let wanted) = test {
      guard let wanted, let value = row.flags[field] else { return false }
      return wanted == value
    }
    return row.values(of: field).contains(where: holds)
  }

  private func holds(_ value: String) -> Bool {
    switch test {
    case .broken, .flag: return false
    case .names(let names): return names.contains("all") || names.contains(value)
    case .glob(let glob): return glob.matches(value)
    }
  }
}
