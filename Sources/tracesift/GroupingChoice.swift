import Enhancements
import Grouping
import TraceBytes
import TraceSift

/// What decides how traces are grouped, before any file is read.
struct GroupingChoice: Hashable {
  /// Paths of stack-trace rules.
  var rules: [String] = []
  var hasDefaultRules = true
  /// Paths of fingerprint rules.
  var fingerprintRules: [String] = []
  var profile = Profile.full
  var config = GroupingConfig.newest
  var connector: String?

  /// In one line, for people: the rule files and what differs from the defaults.
  var summary: String {
    var words = rules + fingerprintRules.map { "fingerprints by \($0)" }
    if words.isEmpty { words = ["no rules"] }
    if !hasDefaultRules { words.append("no built-in rules") }
    if profile != .full { words.append("profile \(profile.rawValue)") }
    words.append(config.rawValue)
    if let connector { words.append("connector \(connector)") }
    return words.joined(separator: ", ")
  }

  /// Reads the rule files and compiles them.
  /// - Parameter quiet: keep back what is legal in the rules and hardly meant.
  /// - Throws: `ExitStatus.failed` after every fault was printed with its place.
  func engine(quiet: Bool) throws -> GroupingEngine { try setup(quiet: quiet).engine }

  /// As `engine`, with what tells this grouping from others.
  func setup(quiet: Bool) throws -> GroupingSetup {
    var identity = RuleIdentity(base: hasDefaultRules ? config.rawValue : nil)
    var problems: [String] = []
    let enhancements = compile(rules, &problems, &identity) { sources throws(RuleErrors) in
      try EnhancementSet(base: hasDefaultRules ? config.baseRules : nil, project: sources)
    }
    let fingerprints = compile(fingerprintRules, &problems, &identity) {
      sources throws(FingerprintRuleErrors) in
      try FingerprintRuleSet(sources)
    }
    guard let enhancements, let fingerprints else {
      for problem in problems { Diagnostics.write(Diagnostics.printable(problem)) }
      throw ExitStatus.failed
    }
    if !quiet {
      let warnings = enhancements.warnings.map(\.description) + fingerprints.warnings.map(\.description)
      for warning in warnings { Diagnostics.write(Diagnostics.printable(warning)) }
    }
    let engine = GroupingEngine(
      config: config, profile: profile, enhancements: enhancements, fingerprintRules: fingerprints,
      connector: connector)
    return GroupingSetup(engine: engine, rules: identity.text)
  }

  /// Reads files and compiles them; nil when anything is wrong, which then stands in `problems`.
  private func compile<Rules, Failure: Error>(
    _ paths: [String], _ problems: inout [String], _ identity: inout RuleIdentity,
    _ make: ([RuleSource]) throws(Failure) -> Rules
  ) -> Rules? {
    var sources: [RuleSource] = []
    for path in paths {
      do {
        sources.append(RuleSource(name: path, text: try TextFile.read(path)))
      } catch {
        problems.append("tracesift: \(error.path): \(error.reason)")
      }
    }
    guard sources.count == paths.count else { return nil }
    identity.add(sources)
    do {
      return try make(sources)
    } catch {
      problems += RuleProblems.lines(error)
      return nil
    }
  }
}

/// A grouping, and what tells it from others.
struct GroupingSetup {
  let engine: GroupingEngine
  /// A hash of the rules' texts: 16 hexadecimal digits, the same in every run.
  let rules: String
}

/// A hash of all rules that are in force: the built-in ones by their id, the others by their texts. Where the
/// files lie, and what they are called, does not matter.
struct RuleIdentity {
  private var key = KeyHash()

  /// - Parameter base: nil where the built-in rules are left out.
  init(base: String?) { key.combine(base ?? "") }

  /// Takes in one kind of rules.
  mutating func add(_ sources: [RuleSource]) {
    key.combine(UInt64(sources.count))
    for source in sources { key.combine(source.text) }
  }

  var text: String {
    let digits = String(key.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
