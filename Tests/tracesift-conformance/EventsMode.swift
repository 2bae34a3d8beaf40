import Enhancements
import Foundation

/// `events`: the engine and Sentry's layer around it, for both variants (enhancements.md, sections 9 to 12).
enum EventsMode {
  static func answer(_ input: [String: Any]) -> [String: Any] {
    do throws(RuleErrors) {
      let project = RuleSource(name: "rules", text: input["rules"] as? String ?? "")
      let builtIn = try EnhancementSet.builtInRules(of: input["base_rules"] as? String ?? "")
      return answer(input, try EnhancementSet(builtIn: builtIn, project: [project]))
    } catch {
      return ["error": error.sentryMessage]
    }
  }

  private static func answer(_ input: [String: Any], _ rules: EnhancementSet) -> [String: Any] {
    let raw = input["frames"] as? [[String: Any]] ?? []
    let platform = input["platform"] as? String
    let exception = CaseReading.exception(input)
    var memo = RuleMemo()
    var frames = raw.map(CaseReading.frame)
    rules.classify(&frames, eventPlatform: platform, exception: exception, memo: &memo)
    var answer: [String: Any] = ["frames": frames.map(object)]
    for variant in [StackVariant.app, .system] {
      let result = rules.contributions(
        variant: variant, frames: frames, eventPlatform: platform, exception: exception,
        initial: raw.map { initial($0["initial"]) }, memo: &memo)
      var object = CaseReading.object(result.stack)
      object["frames"] = result.frames.map(CaseReading.object)
      answer[variant.rawValue] = object
    }
    return answer
  }

  private static func initial(_ raw: Any?) -> Contribution {
    let raw = raw as? [String: Any] ?? [:]
    return Contribution(contributes: raw["contributes"] as? Bool, hint: raw["hint"] as? String)
  }

  private static func object(_ frame: StackFrame) -> [String: Any] {
    var object: [String: Any] = [:]
    object["category"] = frame.category
    object["in_app"] = frame.inApp
    object["orig_in_app"] = frame.originalInApp
    object["client_in_app"] = frame.clientInApp
    return object
  }
}
