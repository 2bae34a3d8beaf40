/// Sentry's built-in rules, by the ids that grouping configs name.
///
/// Only rules that can touch frames of Java, Python and other platforms without a family of their own are
/// held; those bound to native or JavaScript frames are left out (default-enhancements.md).
public enum BaseRules: String, Sendable, CaseIterable {
  /// The base of the grouping config `newstyle:2023-01-11`.
  case allPlatforms2023 = "all-platforms:2023-01-11"
  /// The base of the newest grouping config.
  case allPlatforms2026 = "all-platforms:2026-01-20"

  /// One line of a table: a place in Sentry's file, and the rule there.
  struct Entry: Sendable {
    var place: Int
    var text: String

    init(_ place: Int, _ text: String) {
      self.place = place
      self.text = text
    }
  }

  /// The table in Sentry's order, which is the order they apply in.
  var entries: [Entry] {
    switch self {
    case .allPlatforms2023: baseRules2023
    case .allPlatforms2026: baseRules2026
    }
  }

  /// The rules, as the engine reads them.
  var rules: [(rule: EnhancementRule, described: DescribedRule)] {
    entries.compactMap { entry in
      let described = DescribedRule(source: rawValue, line: entry.place, text: entry.text)
      return (try? EngineReader.rule(of: entry.text)).map { ($0, described) }
    }
  }
}
