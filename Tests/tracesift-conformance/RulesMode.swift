import Enhancements
import Foundation

/// `rules`: Sentry's engine alone, on raw frames (enhancements.md, sections 2 to 9).
enum RulesMode {
  static func answer(_ input: [String: Any]) -> [String: Any] {
    do {
      return answer(input, try RuleEngine(text: input["rules"] as? String ?? ""))
    } catch {
      return ["error": error.message]
    }
  }

  private static func answer(_ input: [String: Any], _ engine: RuleEngine) -> [String: Any] {
    let raw = input["frames"] as? [[String: Any]] ?? []
    let platform = input["platform"] as? String
    let exception = CaseReading.exception(input)
    var memo = RuleMemo()
    let before = raw.map(CaseReading.frame)
    var classified = before
    engine.classify(&classified, eventPlatform: platform, exception: exception, memo: &memo)
    var final = classified
    for index in final.indices where final[index].inApp != before[index].inApp {
      if final[index].originalInApp == nil { final[index].originalInApp = original(before[index].inApp) }
    }
    let (result, isInverted) = engine.contributions(
      of: final, eventPlatform: platform, exception: exception, start: raw.map { $0["contributes"] as? Bool },
      memo: &memo)
    let frames = classified.indices.map { index in
      var frame = CaseReading.object(result.frames[index])
      frame["category"] = classified[index].category
      frame["in_app"] = classified[index].inApp
      return frame
    }
    var stack = CaseReading.object(result.stack)
    stack["inverted"] = isInverted
    return ["frames": frames, "stacktrace": stack]
  }

  private static func original(_ inApp: Bool?) -> Int { inApp.map { $0 ? 1 : 0 } ?? -1 }
}

/// Reading and writing the values that the rule modes share.
enum CaseReading {
  static func exception(_ input: [String: Any]) -> ExceptionData {
    let data = input["exception_data"] as? [String: Any] ?? [:]
    return ExceptionData(
      type: data["type"] as? String, value: data["value"] as? String, mechanism: data["mechanism"] as? String)
  }

  static func frame(_ raw: [String: Any]) -> StackFrame {
    let data = raw["data"] as? [String: Any] ?? [:]
    return StackFrame(
      platform: raw["platform"] as? String, module: raw["module"] as? String,
      function: raw["function"] as? String, rawFunction: raw["raw_function"] as? String,
      filename: raw["filename"] as? String, absPath: raw["abs_path"] as? String,
      package: raw["package"] as? String, inApp: raw["in_app"] as? Bool,
      category: data["category"] as? String,
      originalInApp: data["orig_in_app"] as? Int, clientInApp: data["client_in_app"] as? Bool)
  }

  static func object(_ contribution: Contribution) -> [String: Any] {
    var object: [String: Any] = [:]
    object["contributes"] = contribution.contributes
    object["hint"] = contribution.hint
    return object
  }
}
