import Enhancements
import Grouping
import ScanSupport
import Testing
import TraceModel
import TraceSift

/// The quick twin against the tree of components: the same answer for every trace of the corpus, whatever the rules.
@Suite struct PlainGroupingTests {
  private static let rules: [String] = [
    "",
    "stack.module:java.* -app\nstack.module:io.* +app\nstack.abs_path:**/site-packages/** -app",
    "family:all +app",
    "stack.function:*run* -group\nstack.module:java.util.* -group",
    "family:all -group",
    "family:all max-frames=3",
    "family:all min-frames=12",
    "stack.function:invoke* ^-group v+app\nstack.module:sun.* v-group",
    "error.type:*Exception +app\nerror.type:*Error -group",
    "[ stack.function:main ] | stack.module:* +app\nstack.function:run* | [ stack.function:invoke* ] -group",
  ]

  /// Each set of rules with another part of the corpus: all of it takes minutes without optimisation.
  @Test(arguments: rules.indices) func saysTheSameAsTheTree(_ number: Int) throws {
    let rules = Self.rules[number]
    let config = number % 3 == 1 ? GroupingConfig.newstyle2023 : .newest
    let enhancements = try EnhancementSet(
      base: config.baseRules, project: [RuleSource(name: "project", text: rules)])
    let engine = GroupingEngine(config: config, enhancements: enhancements)
    var plain = 0
    let inputs = Corpus.files([".log"]).filter {
      !$0.hasPrefix("Corpus/hostile") && !$0.hasPrefix("Corpus/mixed")
    }
    for (place, input) in inputs.enumerated() where place % Self.rules.count == number {
      var quick = GroupingScratch()
      forEachTrace(in: try Corpus.bytes(input)) { trace, text in
        guard let found = engine.group(plain: trace, in: text, scratch: &quick) else { return }
        plain += 1
        // A scratch of its own: nothing is remembered between traces.
        var scratch = GroupingScratch(cacheBytes: 0)
        let wanted = engine.group(
          trace: RecordBuilder.exceptions(trace, in: text), platform: trace.platform, text: "",
          scratch: &scratch)
        if let difference = Self.difference(found, wanted, trace) {
          Issue.record("\(input), at \(trace.region.start): \(difference)")
        }
      }
    }
    #expect(plain > 10)
  }

  /// What is rare in the corpus: more frames than an event keeps, recursion among them, and groups of exceptions whose
  /// members differ, are the same, or differ in what is not hashed.
  @Test(arguments: rules.indices) func saysTheSameOfRareShapes(_ number: Int) throws {
    let enhancements = try EnhancementSet(
      base: GroupingConfig.newest.baseRules, project: [RuleSource(name: "project", text: Self.rules[number])])
    let engine = GroupingEngine(config: .newest, enhancements: enhancements)
    for log in RareTraces.all {
      var found = 0
      var quick = GroupingScratch()
      forEachTrace(in: Array(log.utf8)) { trace, text in
        found += 1
        guard let answer = engine.group(plain: trace, in: text, scratch: &quick) else { return }
        var scratch = GroupingScratch(cacheBytes: 0)
        let wanted = engine.group(
          trace: RecordBuilder.exceptions(trace, in: text), platform: trace.platform, text: "",
          scratch: &scratch)
        if let difference = Self.difference(answer, wanted, trace) {
          Issue.record("\(difference) in\n\(log.prefix(900))")
        }
      }
      #expect(found == 1, "\(log.prefix(900))")
    }
  }

  /// Without the frames that no event keeps, a trace has the same result.
  @Test(arguments: rules.indices) func saysTheSameOfCutStacks(_ number: Int) throws {
    let enhancements = try EnhancementSet(
      base: GroupingConfig.newest.baseRules, project: [RuleSource(name: "project", text: Self.rules[number])])
    let engine = GroupingEngine(config: .newest, enhancements: enhancements)
    var cuts = 0
    for log in RareTraces.all {
      forEachTrace(in: Array(log.utf8)) { trace, text in
        guard let cut = CutStacks.cut(trace) else { return }
        cuts += 1
        #expect(cut.exceptions.allSatisfy { $0.frames.count <= 250 })
        var results = [trace, cut].map { trace in
          var scratch = GroupingScratch(cacheBytes: 0)
          return engine.group(
            trace: RecordBuilder.exceptions(trace, in: text), platform: trace.platform, text: "",
            scratch: &scratch)
        }
        results[1].inApp = CutStacks.spread(results[1].inApp, over: trace)
        if let difference = Self.difference(results[1], results[0], trace) {
          Issue.record("\(difference) in\n\(log.prefix(900))")
        }
      }
    }
    #expect(cuts > 0)
  }

  /// Groups are taken in by the quick twin wherever their members differ for certain, and their values matter where
  /// nothing else does.
  @Test func groupsArePlain() throws {
    let engine = GroupingEngine(enhancements: try EnhancementSet(base: .allPlatforms2026, project: []))
    let logs: [(String, valueMatters: Bool?)] = [
      (RareTraces.group(("ValueError", "a", "f"), ("TypeError", "a", "f")), false),
      (RareTraces.group(("ValueError", "a", "f"), ("ValueError", "b", "f")), true),
      (RareTraces.group(("ValueError", "a", "f"), ("ValueError", "a", "f")), nil),
      (RareTraces.overflow(of: 1024), false),
    ]
    for (log, valueMatters) in logs {
      var scratch = GroupingScratch()
      forEachTrace(in: Array(log.utf8)) { trace, text in
        let found = engine.group(plain: trace, in: text, scratch: &scratch)
        #expect(found?.valueMatters == valueMatters, "\(log.prefix(900))")
      }
    }
  }

  private static func difference(
    _ found: GroupingResult, _ wanted: GroupingResult, _ trace: ParsedTrace
  ) -> String? {
    if found.variants != wanted.variants { return "variants \(found.variants), not \(wanted.variants)" }
    if found.hashes != wanted.hashes || found.group != wanted.group { return "hashes \(found.hashes)" }
    if found.fingerprint != wanted.fingerprint { return "fingerprint \(found.fingerprint)" }
    if found.title != wanted.title { return "title \(found.title), not \(wanted.title)" }
    if found.titleException != wanted.titleException || found.titleType != wanted.titleType {
      return "title of \(found.titleType ?? "nothing")"
    }
    if found.culprit != wanted.culprit {
      return "culprit \(found.culprit ?? "none"), not \(wanted.culprit ?? "none")"
    }
    if found.inApp != wanted.inApp { return "in-app \(found.inApp), not \(wanted.inApp)" }
    if found.tags != wanted.tags || found.platform != wanted.platform { return "tags \(found.tags)" }
    // Of a group the tree says so in any case; the quick twin knows which values are compared.
    let isGroup = trace.exceptions.count > 1 && trace.platform == .python
    if found.valueMatters != wanted.valueMatters, found.valueMatters || !isGroup {
      return "value matters: \(found.valueMatters)"
    }
    return nil
  }
}
