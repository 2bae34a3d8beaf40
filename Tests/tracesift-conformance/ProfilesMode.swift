import Enhancements
import Grouping
import TraceModel

/// Mode `profiles`: a parsed trace and its text to what each profile makes of it. Run by hand, for PROFILES.md and for
/// looking at a difference: `{platform, text, rules?, connector?, exceptions: [as in a record]}`.
enum ProfilesMode {
  static func answer(_ object: [String: Any]) -> [String: Any] {
    var answer: [String: Any] = [:]
    let project = (object["rules"] as? String).map { [RuleSource(name: "rules", text: $0)] } ?? []
    guard let rules = try? EnhancementSet(base: .allPlatforms2026, project: project) else {
      return ["error": "rules cannot be read"]
    }
    let platform = Platform(rawValue: object["platform"] as? String ?? "") ?? .other
    let exceptions = (object["exceptions"] as? [[String: Any]] ?? []).map(exception)
    let text = object["text"] as? String ?? ""
    for profile in Profile.allCases {
      let engine = GroupingEngine(
        profile: profile, enhancements: rules, connector: object["connector"] as? String)
      var scratch = GroupingScratch()
      let explanation = engine.explain(trace: exceptions, platform: platform, text: text, scratch: &scratch)
      let result = explanation.result
      var variants: [String: Any] = [:]
      for variant in explanation.variants where variant.contributes {
        variants[variant.name] = ["hash": variant.hash ?? "", "leaves": variant.leaves]
      }
      answer[profile.rawValue] = [
        "title": result.title, "culprit": result.culprit ?? "", "group": result.group,
        "platform": result.platform,
        "fingerprint": result.fingerprint, "variants": variants,
        "tags": result.tags.map { "\($0.name)=\($0.value ?? "")" },
        "exceptions": explanation.exceptions.map { "\($0.type ?? "") (\($0.frames.count))" },
      ]
    }
    return answer
  }

  private static func exception(_ object: [String: Any]) -> ExceptionRecord {
    ExceptionRecord(
      type: object["type"] as? String, value: object["value"] as? String,
      relation: (object["relation"] as? String).flatMap(Relation.init), parent: object["parent"] as? Int,
      frames: (object["frames"] as? [[String: Any]] ?? []).map(frame), elided: object["elided"] as? Int,
      isCircular: object["circular"] as? Bool ?? false)
  }

  private static func frame(_ object: [String: Any]) -> FrameRecord {
    FrameRecord(
      module: object["module"] as? String, function: object["function"] as? String,
      filename: object["filename"] as? String, absPath: object["abs_path"] as? String,
      contextLine: object["context_line"] as? String, lineno: object["lineno"] as? Int,
      isNative: object["native"] as? Bool ?? false)
  }
}
