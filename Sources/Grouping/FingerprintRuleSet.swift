public import Enhancements
internal import PCRE2

/// A project's fingerprint rules, in the order in which they are tried; the first that matches wins.
///
/// Immutable, shared by all workers.
public struct FingerprintRuleSet: Sendable {
  public let rules: [FingerprintRule]
  /// Rules that are accepted but cannot do what they say.
  public let warnings: [FingerprintRuleDiagnostic]
  /// Whether a message or an exception's value can decide which rule matches, or what it gives.
  public let readsValue: Bool

  /// No rules.
  public init() {
    rules = []
    warnings = []
    readsValue = false
  }

  /// Reads rules; later sources follow the earlier ones.
  /// - Throws: every fault of every source, in order. Sentry refuses a text with one fault as a whole.
  public init(_ sources: [RuleSource]) throws(FingerprintRuleErrors) {
    var rules: [FingerprintRule] = []
    var diagnostics: [FingerprintRuleDiagnostic] = []
    for source in sources {
      var reader = FingerprintRuleReader(source.text, source: source.name)
      reader.read()
      rules += reader.rules
      diagnostics += reader.diagnostics
    }
    let errors = diagnostics.filter { !$0.isWarning }
    guard errors.isEmpty else { throw FingerprintRuleErrors(diagnostics: diagnostics) }
    self.rules = rules
    warnings = diagnostics
    readsValue = rules.contains(where: \.readsValue)
  }

  /// The first rule that the event satisfies.
  func firstMatch(_ event: SentryEvent) -> FingerprintRule? {
    guard !rules.isEmpty else { return nil }
    let tables = FingerprintTables(event)
    return rules.first { tables.satisfy($0) }
  }
}
