/// Sentry's built-in rules, by the ids that grouping configs name.
///
/// Only rules that can touch frames of Java, Python and other platforms without a family of their own are
/// held; those bound to native or JavaScript frames are left out (default-enhancements.md).
public enum BaseRules: String, Sendable, CaseIterable {
  /// The base of the grouping config `newstyle:2023-01-11`.
  case allPlatforms2023 = "all-platforms:2023-01-11"
  /// The base of the newest grouping config.
  case allPlatforms2026 = "all-platforms:2026-01-20"

  /// The table: a place in Sentry's file and a rule a line, in the order in which they apply.
  var table: String {
    switch self {
    case .allPlatforms2023: baseRules2023
    case .allPlatforms2026: baseRules2026
    }
  }

  /// The rules, as the engine reads them.
  var rules: [(rule: EnhancementRule, described: DescribedRule)] {
    table.utf8.split(separator: UInt8(ascii: "\n")).compactMap { row in
      let words = row.drop { $0 == UInt8(ascii: " ") }.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard words.count == 2, let place = Int(Substring(words[0])) else { return nil }
      let text = String(Substring(words[1]))
      guard let rule = try? EngineReader.rule(of: text) else { return nil }
      return (rule, DescribedRule(source: rawValue, line: place, text: text))
    }
  }
}
