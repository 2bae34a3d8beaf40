import Enhancements
import Grouping

/// Fingerprint rules: any text is read or refused with places, lines stand for themselves, and the rules run.
enum FingerprintRulesProperty {
  static func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.unicodeScalars.count { $0 == "\n" || $0 == "\r" } + 1
    do {
      let set = try FingerprintRuleSet([RuleSource(name: "rules", text: text)])
      for rule in set.rules { try require(1...lines ~= rule.line, "rule in line \(rule.line) of \(lines)") }
      try checkPlaces(set.warnings, lines, text)
      try checkOneMore(text, set.rules.count)
      try checkGrouping(set)
    } catch let error as FingerprintRuleErrors {
      try require(error.diagnostics.contains { !$0.isWarning }, "refused without a reason")
      try checkPlaces(error.diagnostics, lines, text)
    }
  }

  private static func checkPlaces(
    _ diagnostics: [FingerprintRuleDiagnostic], _ lines: Int, _ text: String
  ) throws {
    for diagnostic in diagnostics {
      let hasPlace = 1...lines ~= diagnostic.line && 1...text.utf8.count + 1 ~= diagnostic.column
      try require(hasPlace && !diagnostic.message.isEmpty, "\(diagnostic)")
    }
  }

  /// A rule on a line of its own is one more rule, whatever stands before it.
  private static func checkOneMore(_ text: String, _ count: Int) throws {
    let longer = RuleSource(name: "rules", text: text + "\nmessage:x -> one-more\n")
    let set = try? FingerprintRuleSet([longer])
    try require(set?.rules.count == count + 1, "a rule behind an accepted text is not read")
    try require(set?.rules.last?.fingerprint == ["one-more"], "the last rule is not the one that was added")
  }

  private static func checkGrouping(_ set: FingerprintRuleSet) throws {
    guard let enhancements = try? EnhancementSet(base: nil, project: []) else { return }
    let engine = GroupingEngine(enhancements: enhancements, fingerprintRules: set)
    var scratch = GroupingScratch(cacheBytes: 1 << 10)
    let grouped = engine.group(event: event, scratch: &scratch)
    let again = engine.group(event: event, scratch: &scratch)
    try require(grouped.hashes == again.hashes, "two runs give two groups")
    try require(!grouped.hashes.isEmpty, "no hash")
  }

  /// Something for every matcher and variable to look at.
  private static let event: SentryEvent = {
    var event = SentryEvent(platform: "java")
    event.level = "error"
    event.logger = "com.example"
    event.release = "a@1.0"
    event.sdkName = "sentry.java"
    event.transaction = "GET /x"
    event.logEntry = LogEntry(formatted: "x failed\nafter 3 tries")
    event.tags = [EventTag("x", "1"), EventTag("none", nil)]
    let frames = (0..<3).map { index in
      EventFrame(
        StackFrame(
          module: "com.example.X\(index)", function: "f", absPath: "/a/b\(index).java", inApp: index > 0))
    }
    event.exceptions = [
      EventException(type: "IOException", value: "x", stacktrace: EventStack(frames: frames))
    ]
    return event
  }()
}
