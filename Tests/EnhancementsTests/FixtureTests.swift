import Enhancements
import Foundation
import Testing

/// Recorded answers of Sentry's engine: the same cases as the conformance runner's, some of each kind.
@Suite struct FixtureTests {
  private func cases(_ name: String) throws -> [[String: Any]] {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "jsonl", subdirectory: "Fixtures"))
    // Foundation drops a byte order mark inside a string, unless it is escaped.
    let text = try String(contentsOf: url, encoding: .utf8)
      .unicodeScalars.map { $0 == "\u{FEFF}" ? "\\ufeff" : String($0) }.joined()
    return try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func globsAnswerAsTheEngineDoes() throws {
    for item in try cases("globs") {
      let pattern = try #require(item["pattern"] as? String)
      let values = try #require(item["values"] as? [String])
      let glob = try? Glob(pattern, isPathLike: item["path_like"] as? Bool ?? false)
      #expect((glob != nil) == (item["valid"] as? Bool), "\(pattern)")
      if let glob { #expect(values.map(glob.matches) == item["match"] as? [Bool], "\(pattern) on \(values)") }
    }
  }

  @Test func engineTextsAreTakenOrRefusedInTheEnginesWords() throws {
    for item in try cases("rules") {
      let text = try #require(item["rules"] as? String)
      var message: String?
      do { _ = try RuleEngine(text: text) } catch { message = error.message }
      #expect(message == item["message"] as? String, "\(text)")
    }
  }

  @Test func eventsGetSentrysFlagsAndHints() throws {
    for item in try cases("events") {
      let text = try #require(item["rules"] as? String)
      do throws(RuleErrors) {
        let builtIn = try EnhancementSet.builtInRules(of: item["base_rules"] as? String ?? "")
        let rules = try EnhancementSet(builtIn: builtIn, project: [RuleSource(name: "rules", text: text)])
        #expect(item["message"] == nil, "\(text)")
        if let expected = item["expected"] as? [String: Any] { check(item, rules, expected) }
      } catch {
        #expect(error.sentryMessage == item["message"] as? String, "\(text)")
      }
    }
  }

  private func check(_ item: [String: Any], _ rules: EnhancementSet, _ expected: [String: Any]) {
    let raw = item["frames"] as? [[String: Any]] ?? []
    let platform = item["platform"] as? String
    let data = item["exception_data"] as? [String: String] ?? [:]
    let exception = ExceptionData(type: data["type"], value: data["value"], mechanism: data["mechanism"])
    var memo = RuleMemo()
    var frames = raw.map(frame)
    rules.classify(&frames, eventPlatform: platform, exception: exception, memo: &memo)
    let wanted = expected["frames"] as? [[String: Any]] ?? []
    #expect(frames.map(\.inApp) == wanted.map { $0["in_app"] as? Bool }, "case \(item["id"] ?? "")")
    #expect(frames.map(\.category) == wanted.map { $0["category"] as? String }, "case \(item["id"] ?? "")")
    #expect(
      frames.map(\.originalInApp) == wanted.map { $0["orig_in_app"] as? Int }, "case \(item["id"] ?? "")")
    let initial = raw.map { contribution($0["initial"]) }
    for variant in [StackVariant.app, .system] {
      let result = rules.contributions(
        variant: variant, frames: frames, eventPlatform: platform, exception: exception, initial: initial,
        memo: &memo)
      let wanted = expected[variant.rawValue] as? [String: Any] ?? [:]
      let wantedFrames = (wanted["frames"] as? [Any] ?? []).map(contribution)
      #expect(result.frames == wantedFrames, "case \(item["id"] ?? "") \(variant)")
      #expect(result.stack == contribution(wanted), "case \(item["id"] ?? "") \(variant)")
    }
  }

  private func contribution(_ raw: Any?) -> Contribution {
    let raw = raw as? [String: Any] ?? [:]
    return Contribution(contributes: raw["contributes"] as? Bool, hint: raw["hint"] as? String)
  }

  private func frame(_ raw: [String: Any]) -> StackFrame {
    let data = raw["data"] as? [String: Any] ?? [:]
    return StackFrame(
      platform: raw["platform"] as? String, module: raw["module"] as? String,
      function: raw["function"] as? String, rawFunction: raw["raw_function"] as? String,
      filename: raw["filename"] as? String, absPath: raw["abs_path"] as? String,
      package: raw["package"] as? String, inApp: raw["in_app"] as? Bool,
      category: data["category"] as? String, originalInApp: data["orig_in_app"] as? Int)
  }
}
