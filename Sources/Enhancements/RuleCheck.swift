/// All that can be said of one text of stack-trace rules, its warnings included, whether or not it is valid.
public struct RuleCheck: Sendable, Hashable {
  /// How many rules could be read, those that the engine refuses included.
  public let rules: Int
  /// Errors and warnings in the order of the text.
  public let diagnostics: [RuleDiagnostic]

  /// Reads the text as a project's rules: first as Sentry's settings page does, then each rule as its engine
  /// does (enhancements.md, section 10).
  /// - Complexity: O(bytes of the text).
  public init(_ source: RuleSource) {
    let reader = ProjectRuleReader(source.text)
    var problems = reader.problems + ProjectRules.engineProblems(reader)
    for placed in reader.rules {
      for (matcher, offset) in zip(placed.rule.matchers, placed.matcherOffsets) {
        if let problem = ProjectRules.warning(matcher, at: offset) { problems.append(problem) }
      }
    }
    rules = reader.rules.count
    let places = PlaceFinder(source)
    diagnostics = problems.sorted { $0.offset < $1.offset }.map { $0.diagnostic(source.name, places) }
  }
}
