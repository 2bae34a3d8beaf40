internal import Enhancements
internal import Grouping

/// A rule of the project that did nothing for any trace of a corpus.
public struct IdleRule: Sendable, Hashable {
  /// Which configuration it is of.
  public enum Side: String, Sendable {
    case old, new, both
  }

  public enum Verdict: Sendable, Hashable {
    /// No frame satisfied its matchers.
    case neverMatched
    /// It matched, and what it said was each time replaced by what a later rule said.
    case shadowed(by: RuleReference)
    /// It matched frames that were so already.
    case withoutEffect
    /// A fingerprint rule that never matched, or never before another one did.
    case neverDecided
  }

  public var side: Side
  public var rule: RuleReference
  public var verdict: Verdict

  /// The verdict as a code.
  public var code: String {
    switch verdict {
    case .neverMatched: "never_matched"
    case .shadowed: "shadowed"
    case .withoutEffect: "without_effect"
    case .neverDecided: "never_decided"
    }
  }

  /// The verdict in words.
  public var words: String {
    switch verdict {
    case .neverMatched: "matched no frame"
    case .shadowed(let rule):
      "shadowed: later rules decide for every frame it matched, such as \(rule.description)"
    case .withoutEffect: "matched, but changed nothing"
    case .neverDecided: "decided no fingerprint"
    }
  }

  /// Those of both sides; a rule that both have stands once.
  static func all(
    _ old: GroupingEngine, _ oldUse: DiffTotals.Use, _ new: GroupingEngine, _ newUse: DiffTotals.Use
  ) -> [IdleRule] {
    var result = rules(new, newUse, .new)
    for rule in rules(old, oldUse, .old) {
      let twin = result.firstIndex {
        $0.side == .new && $0.code == rule.code && $0.rule.text == rule.rule.text
      }
      if let twin { result[twin].side = .both } else { result.append(rule) }
    }
    return result
  }

  private static func rules(_ engine: GroupingEngine, _ use: DiffTotals.Use, _ side: Side) -> [IdleRule] {
    let rules = engine.enhancements.rules
    let ofProject = rules.indices.filter { BaseRules(rawValue: rules[$0].source) == nil }
    let stackTrace = ofProject.compactMap { index in
      verdict(index, rules, use.rules).map {
        IdleRule(side: side, rule: RuleReference(rules[index]), verdict: $0)
      }
    }
    let fingerprint = engine.fingerprintRules.rules.compactMap { rule -> IdleRule? in
      let reference = RuleReference(
        source: rule.source, line: rule.line, text: "-> " + rule.fingerprint.joined(separator: ", "))
      guard !use.fingerprints.contains(reference.place) else { return nil }
      return IdleRule(side: side, rule: reference, verdict: .neverDecided)
    }
    return stackTrace + fingerprint
  }

  private static func verdict(
    _ index: Int, _ rules: [DescribedRule], _ use: GroupingExplanation.RuleUse
  ) -> Verdict? {
    guard use.matched.contains(index) else { return .neverMatched }
    guard !use.decisive.contains(index), !isRead(rules[index], rules) else { return nil }
    guard let later = use.overridden[index] else { return .withoutEffect }
    return .shadowed(by: RuleReference(rules[later]))
  }

  /// Whether other rules may have seen what the rule wrote before it was replaced.
  private static func isRead(_ rule: DescribedRule, _ rules: [DescribedRule]) -> Bool {
    func matches(_ name: String) -> Bool { rules.contains { has("\(name):", in: $0.text) } }
    return has("category=", in: rule.text) && matches("category")
      || (has("+app", in: rule.text) || has("-app", in: rule.text)) && (matches("app") || matches("in_app"))
  }

  /// Whether a text has a word that begins so.
  private static func has(_ word: String, in text: String) -> Bool {
    text.split { " [|!^v".contains($0) }.contains { $0.utf8.starts(with: word.utf8) }
  }
}
