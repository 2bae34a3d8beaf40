public import ArgumentParser
import Enhancements
public import Grouping
import TraceBytes
import TraceSift

/// The options that decide how traces are grouped.
struct GroupingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Stack-trace rules, applied after the built-in ones; may be repeated.", valueName: "FILE"),
    completion: .file())
  var rules: [String] = []

  @Flag(name: .long, help: "Leave Sentry's built-in stack-trace rules out.")
  var noDefaultRules = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fingerprint rules: the first that matches decides; may be repeated.", valueName: "FILE"),
    completion: .file())
  var fingerprintRules: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("What a trace becomes before it is hashed.", valueName: "full|airbyte"))
  var profile = Profile.full

  @Option(name: .long, help: ArgumentHelp("Sentry's grouping config.", valueName: "ID"))
  var config = GroupingConfig.newest

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Docker image of the connector, for the airbyte profile's fingerprint.", valueName: "IMAGE"))
  var connector: String?

  /// Reads the rule files and compiles them.
  /// - Parameter quiet: keep back what is legal in the rules and hardly meant.
  /// - Throws: `ExitStatus.failed` after every fault was printed with its place.
  func engine(quiet: Bool = false) throws -> GroupingEngine { try setup(quiet: quiet).engine }

  /// As `engine`, with what tells this grouping from others.
  func setup(quiet: Bool = false) throws -> GroupingSetup {
    var identity = RuleIdentity(base: noDefaultRules ? nil : config.rawValue)
    var problems: [String] = []
    let enhancements = compile(rules, &problems, &identity) { sources throws(RuleErrors) in
      try EnhancementSet(base: noDefaultRules ? nil : config.baseRules, project: sources)
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

extension Profile: ExpressibleByArgument {}
extension GroupingConfig: ExpressibleByArgument {}

/// The faults of rule files as lines of text.
enum RuleProblems {
  static func lines(_ error: any Error) -> [String] {
    if let error = error as? RuleErrors { return error.diagnostics.map(\.description) }
    if let error = error as? FingerprintRuleErrors { return error.diagnostics.map(\.description) }
    return ["\(error)"]
  }
}
