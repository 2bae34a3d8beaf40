/// One stack-trace rule: matchers that must all hold, and the actions that then run.
public struct EnhancementRule: Sendable, Hashable {
  /// In written order: the caller's part first, the callee's last.
  public var matchers: [Matcher]
  /// In written order, which is the order they run in.
  public var actions: [Action]

  public init(matchers: [Matcher], actions: [Action]) {
    self.matchers = matchers
    self.actions = actions
  }

  /// The rule's text in hints: exception matchers first, values never quoted (enhancements.md, section 5).
  package var engineText: String {
    let ordered = matchers.filter(\.field.isException) + matchers.filter { !$0.field.isException }
    return (ordered.map(\.engineText) + actions.map(\.description)).joined(separator: " ")
  }

  /// The rule's text as Sentry's own reader writes it back (section 11).
  package var rewrittenText: String {
    (matchers.map(\.rewrittenText) + actions.map(\.description)).joined(separator: " ")
  }

  /// The same matchers with only some of the actions; nil when none is left.
  package func keeping(_ isKept: (Action) -> Bool) -> EnhancementRule? {
    let kept = actions.filter(isKept)
    return kept.isEmpty ? nil : EnhancementRule(matchers: matchers, actions: kept)
  }
}

extension EnhancementRule: CustomStringConvertible {
  /// The rule as it may stand in a project's rules: reading it gives this rule again.
  ///
  /// `invert-stacktrace`, which project rules refuse, and an empty category have no such text; they are
  /// printed as the engine reads them.
  public var description: String {
    (matchers.map(\.sourceText) + actions.map(\.description)).joined(separator: " ")
  }
}
