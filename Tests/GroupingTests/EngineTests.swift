import Enhancements
import Foundation
import TestSupport
import Testing
import TraceModel

@testable import Grouping

@Suite struct EngineTests {
  private static func engine(
    _ profile: Profile = .full, rules: String = "module:io.airbyte.* +app", fingerprintRules: String = "",
    connector: String? = nil
  ) throws -> GroupingEngine {
    GroupingEngine(
      profile: profile,
      enhancements: try EnhancementSet(
        base: .allPlatforms2026, project: [RuleSource(name: "rules", text: rules)]),
      fingerprintRules: try FingerprintRuleSet([RuleSource(name: "fingerprints", text: fingerprintRules)]),
      connector: connector)
  }

  /// A small Java trace; equal seeds give equal traces.
  private static func trace(_ random: inout SplitMix64) -> [ExceptionRecord] {
    (0..<Int.random(in: 1...3, using: &random)).map { index in
      let frames = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        FrameRecord(
          module: ["io.airbyte.A", "java.lang.Thread", "lib.B$$Lambda$7"].randomElement(using: &random)!,
          function: ["run", "call"].randomElement(using: &random)!, filename: "F.java",
          lineno: Int.random(in: 1...2, using: &random))
      }
      return ExceptionRecord(
        type: [nil, "a.T", "U"].randomElement(using: &random)!,
        value: [nil, "", "x 1", "x 2", "y", "Oops: z"].randomElement(using: &random)!,
        relation: index == 0 ? nil : [.causedBy, .suppressed].randomElement(using: &random)!,
        parent: index == 0 ? nil : index - 1, frames: frames)
    }
  }

  private static func text(_ trace: [ExceptionRecord]) -> String {
    trace.enumerated().map { index, exception in
      let head = [exception.type, exception.value].compactMap { $0 }.joined(separator: ": ")
      let frames = exception.frames.reversed().map {
        "\n\tat \($0.module ?? "").\($0.function ?? "")(\($0.filename ?? ""):\($0.lineno ?? 0))"
      }
      return (index == 0 ? "" : "Caused by: ") + head + frames.joined()
    }.joined(separator: "\n")
  }

  /// What is remembered is what would be computed.
  @Test(arguments: [
    ("", ""), ("value:x* +app", ""), ("", "value:x* -> a {{ message }}"),
    ("", "type:* -> {{ default }} title=\"{{ value }}\""),
  ])
  func rememberedResultsAreComputedResults(_ rules: String, _ fingerprintRules: String) throws {
    for profile in Profile.allCases {
      let engine = try Self.engine(
        profile, rules: rules, fingerprintRules: fingerprintRules, connector: "a/b:1")
      var warm = GroupingScratch()
      for seed in 0..<400 {
        // Each trace comes again, so that half of them are remembered.
        var random = SplitMix64(seed: UInt64(seed % 200))
        let trace = Self.trace(&random)
        var cold = GroupingScratch()
        let one = engine.group(trace: trace, platform: .java, text: Self.text(trace), scratch: &warm)
        let other = engine.group(trace: trace, platform: .java, text: Self.text(trace), scratch: &cold)
        #expect(one.variants == other.variants && one.fingerprint == other.fingerprint, "\(trace)")
        #expect(one.title == other.title && one.culprit == other.culprit && one.inApp == other.inApp)
        #expect(
          one.tags == other.tags && one.platform == other.platform && one.valueMatters == other.valueMatters)
      }
      #expect(warm.digests.hits > 100)
    }
  }

  /// Where values do not matter, other values give the same groups.
  @Test func valuesThatDoNotMatter() throws {
    let engine = try Self.engine()
    var scratch = GroupingScratch()
    var random = SplitMix64(seed: 3)
    var without = 0
    for _ in 0..<400 {
      var trace = Self.trace(&random)
      for index in trace.indices where trace[index].type == nil { trace[index].type = "V" }
      let before = engine.group(trace: trace, platform: .java, text: "", scratch: &scratch)
      for index in trace.indices where trace[index].value?.isEmpty == false {
        trace[index].value = "entirely other 77"
      }
      let after = engine.group(trace: trace, platform: .java, text: "", scratch: &scratch)
      guard !before.valueMatters else { continue }
      without += 1
      #expect(before.variants == after.variants && !after.valueMatters, "\(trace)")
    }
    #expect(without > 50)
  }

  @Test func hashesDoNotKnowWhatChangesFromRunToRun() throws {
    func trace(_ line: Int, _ lambda: String, _ address: String) -> [ExceptionRecord] {
      let modules = [
        "io.airbyte.A$$Lambda$\(lambda)/0x\(address)", "io.airbyte.S$$EnhancerBySpringCGLIB$$\(address)",
        "jdk.internal.reflect.GeneratedMethodAccessor\(lambda)", "io.airbyte.B",
      ]
      return [
        ExceptionRecord(
          type: "a.T", value: "at \(address)",
          frames: modules.enumerated().map {
            FrameRecord(module: $1, function: "run", filename: "A.java", lineno: line + $0)
          })
      ]
    }
    let engine = try Self.engine()
    var scratch = GroupingScratch()
    let one = engine.group(trace: trace(1, "14", "1f2e"), platform: .java, text: "", scratch: &scratch)
    let other = engine.group(trace: trace(90, "901", "00ff77"), platform: .java, text: "", scratch: &scratch)
    #expect(one.variants == other.variants && !one.valueMatters)
  }

  @Test func aRecordsFields() throws {
    let engine = try Self.engine()
    var scratch = GroupingScratch()
    let frames = [
      FrameRecord(module: "java.lang.Thread", function: "run"),
      FrameRecord(module: "io.airbyte.Main", function: "go"),
      FrameRecord(module: "java.util.List", function: "get"),
    ]
    let trace = [
      ExceptionRecord(type: "java.lang.IllegalStateException", value: "boom\nmore", frames: frames),
      ExceptionRecord(type: "b.C", relation: .causedBy, parent: 0),
    ]
    let result = engine.group(trace: trace, platform: .java, text: "", scratch: &scratch)
    #expect(result.title == "IllegalStateException: boom" && result.culprit == "io.airbyte.Main in go")
    #expect(result.inApp == [[false, true, false], []] && result.platform == "java")
    #expect(result.fingerprint == [result.group] && result.group == result.variants[0].hash)
    #expect(result.tags == [EventTag("stacktrace_platform", "java")])
  }

  @Test func airbyteSaysWhichFramesItSent() throws {
    let engine = try Self.engine(.airbyte, connector: "airbyte/source-pg:2")
    var scratch = GroupingScratch()
    let frames = [
      FrameRecord(module: "io.airbyte.A", function: "a", filename: "A.java", lineno: 1),
      FrameRecord(module: "io.airbyte.b-c", function: "b", filename: "B.java", lineno: 2),
      FrameRecord(module: "io.airbyte.D", function: "d", filename: "D.java", lineno: 3),
    ]
    let trace = [ExceptionRecord(type: "x.T", value: "v", frames: frames)]
    let result = engine.group(trace: trace, platform: .java, text: Self.text(trace), scratch: &scratch)
    #expect(result.inApp == [[true, nil, true]])
    #expect(result.fingerprint == ["{{ default }}", "airbyte-source-pg"])
    #expect(result.title == "x.T: v")
    let failed = engine.group(trace: trace, platform: .java, text: "no trace", scratch: &scratch)
    #expect(failed.platform == "other" && failed.tags.last == EventTag("stacktrace_parse_error", "1"))
    #expect(failed.inApp == [[nil, nil, nil]])
  }

  @Test func failuresGroup() throws {
    var scratch = GroupingScratch()
    let full = try Self.engine().group(failureText: "Traceback at 0x7f3a\n  Oops", scratch: &scratch)
    #expect(full.variants.map(\.name) == ["default"] && full.title == "Traceback at 0x7f3a")
    let again = try Self.engine().group(failureText: "Traceback at 0x7f3b\n  Oops", scratch: &scratch)
    #expect(again.group == full.group && again.title == "Traceback at 0x7f3b")
    let airbyte = try Self.engine(.airbyte).group(failureText: "Oops: x\ny", scratch: &scratch)
    #expect(airbyte.variants.map(\.name) == ["app"] && airbyte.title == "Oops: x, y")
  }

  @Test func anExplanationAddsUp() throws {
    let engine = try Self.engine()
    var scratch = GroupingScratch()
    var random = SplitMix64(seed: 11)
    for _ in 0..<100 {
      let trace = Self.trace(&random)
      let explanation = engine.explain(trace: trace, platform: .java, text: "", scratch: &scratch)
      for variant in explanation.variants where variant.contributes {
        #expect(TraceHash.hash(variant.leaves) == variant.hash)
        #expect(variant.component.map { $0.leaves == variant.leaves } ?? true)
      }
      for exception in explanation.exceptions {
        let index = try #require(exception.traceIndex)
        #expect(exception.frames.count == trace[index].frames.count)
        #expect(exception.frames.map(\.inApp) == explanation.result.inApp[index].map { $0 ?? false })
      }
    }
  }

  @Test func anExplanationNamesTheRules() throws {
    let engine = try Self.engine(rules: "module:io.airbyte.* +app\nmodule:io.airbyte.B -group")
    var scratch = GroupingScratch()
    let frames = ["lib.A", "io.airbyte.A", "io.airbyte.B"].map { FrameRecord(module: $0, function: "f") }
    let explanation = engine.explain(
      trace: [ExceptionRecord(type: "T", frames: frames)], platform: .java, text: "", scratch: &scratch)
    let explained = explanation.exceptions[0].frames
    #expect(
      explained.map(\.rules.inApp?.text) == [nil, "module:io.airbyte.* +app", "module:io.airbyte.* +app"])
    #expect(explained[2].rules.system?.text == "module:io.airbyte.B -group")
    #expect(explained[2].system?.hint == "ignored by custom stack trace rule (module:io.airbyte.B -group)")
    #expect(explained[1].app?.hint == "marked in-app by custom stack trace rule (module:io.airbyte.* +app)")
    #expect(explained.map { $0.app?.contributes } == [false, true, false])
  }

  @Test func theCacheIsBounded() throws {
    var cache = DigestCache(byteLimit: 100_000)
    for index in 0..<10_000 {
      cache.insert(DigestCache.Key(bytes: Array("\(index)".utf8)), .needsValues)
      if cache.find(DigestCache.Key(bytes: Array("0".utf8))) == nil {
        cache.insert(DigestCache.Key(bytes: Array("0".utf8)), .needsValues)
      }
    }
    #expect(cache.count < 100)
    #expect(cache.find(DigestCache.Key(bytes: Array("1".utf8))) == nil)
    #expect(cache.find(DigestCache.Key(bytes: Array("0".utf8))) != nil)
    #expect(cache.find(DigestCache.Key(bytes: Array("9999".utf8))) != nil)
  }

  @Test func anEventAsOneLine() throws {
    let trace = [
      ExceptionRecord(
        type: "a.T", value: "q\"\n\u{1}é\u{7F}\u{80}\u{9F}\u{A0}",
        frames: [FrameRecord(module: "m", function: "f", filename: "F.java", lineno: 3, isNative: true)])
    ]
    let event = try Self.engine().event(trace: trace, platform: .java, text: "")
    let line = SentryEventJSON.line(
      event, SentryEventJSON.Envelope(eventID: "00", timestamp: "2024-01-02T03:04:05Z"))
    let expected =
      #"{"event_id":"00","timestamp":"2024-01-02T03:04:05Z","platform":"java","level":"error","#
      + #""tags":{"stacktrace_platform":"java"},"exception":{"values":[{"type":"T","value":"q\"\n\u0001é\u007f\u0080\u009f ","module":"a","#
      + #""mechanism":{"type":"chained","exception_id":0},"stacktrace":{"frames":[{"filename":"F.java","function":"f","#
      + #""module":"m","lineno":3,"native":true}]}}]}}"# + "\n"
    #expect(String(decoding: line, as: UTF8.self) == expected)
    #expect(try JSONSerialization.jsonObject(with: Data(line)) is [String: Any])
  }

  @Test func eventIdsAreStableAndOfTheRightShape() {
    let id = SentryEventJSON.eventID(source: "a.log", offset: 5, text: "x")
    #expect(id == SentryEventJSON.eventID(source: "a.log", offset: 5, text: "x"))
    #expect(id != SentryEventJSON.eventID(source: "a.log", offset: 6, text: "x"))
    #expect(id.utf8.count == 32 && Array(id)[12] == "4" && "89ab".contains(Array(id)[16]))
  }
}
