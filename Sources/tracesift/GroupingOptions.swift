public import ArgumentParser
import Enhancements
public import Grouping
import TraceSift

/// The options that decide how traces are grouped.
struct GroupingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Stack-trace rules, applied after the built-in ones; may be repeated.", valueName: "FILE"))
  var rules: [String] = []

  @Flag(name: .long, help: "Leave Sentry's built-in stack-trace rules out.")
  var noDefaultRules = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fingerprint rules: the first that matches decides; may be repeated.", valueName: "FILE"))
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
  func engine(quiet: Bool = false) throws -> GroupingEngine {
    var problems: [String] = []
    let enhancements = compile(rules, &problems) { sources throws(RuleErrors) in
      try EnhancementSet(base: noDefaultRules ? nil : config.baseRules, project: sources)
    }
    let fingerprints = compile(fingerprintRules, &problems) { sources throws(FingerprintRuleErrors) in
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
    return GroupingEngine(
      config: config, profile: profile, enhancements: enhancements, fingerprintRules: fingerprints,
      connector: connector)
  }

  /// Reads files and compiles them; nil when anything is wrong, which then stands in `problems`.
  private func compile<Rules, Failure: Error>(
    _ paths: [String], _ problems: inout [String], _ make: ([RuleSource]) throws(Failure) -> Rules
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
    do {
      return try make(sources)
    } catch {
      problems += RuleProblems.lines(error)
      return nil
    }
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
