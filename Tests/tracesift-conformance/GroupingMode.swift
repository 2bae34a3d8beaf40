import Enhancements
import EventReading
import Grouping

/// Mode `grouping`: `{config, rules, fingerprint_rules, event}` to `{hashes, variants}`.
enum GroupingMode {
  static func answer(_ object: [String: Any]) -> [String: Any] {
    do {
      let config = GroupingConfig(rawValue: object["config"] as? String ?? "") ?? .newest
      // A project's rules that cannot be read are dropped as a whole, as Sentry does at event time.
      let project = sources(object["rules"], name: "rules")
      let enhancements =
        try (try? EnhancementSet(base: config.baseRules, project: project))
        ?? EnhancementSet(base: config.baseRules, project: [])
      let fingerprints = sources(object["fingerprint_rules"], name: "fingerprint_rules")
      let rules = (try? FingerprintRuleSet(fingerprints)) ?? FingerprintRuleSet()
      let engine = GroupingEngine(config: config, enhancements: enhancements, fingerprintRules: rules)
      var scratch = GroupingScratch()
      let event = EventJSON.event(object["event"] as? [String: Any] ?? [:])
      return answer(engine.group(event: event, scratch: &scratch))
    } catch {
      return ["error": "\(error)"]
    }
  }

  private static func sources(_ value: Any?, name: String) -> [RuleSource] {
    (value as? String).map { [RuleSource(name: name, text: $0)] } ?? []
  }

  private static func answer(_ grouped: GroupedEvent) -> [String: Any] {
    var variants: [String: Any] = [:]
    for variant in grouped.variants {
      var entry: [String: Any] = ["contributes": variant.contributes]
      entry["hint"] = variant.hint
      entry["hash"] = variant.hash
      variants[variant.name] = entry
    }
    return ["hashes": grouped.hashes, "variants": variants]
  }
}
