public import ArgumentParser
import Enhancements
public import Grouping
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

  /// What the options say.
  var choice: GroupingChoice {
    GroupingChoice(
      rules: rules, hasDefaultRules: !noDefaultRules, fingerprintRules: fingerprintRules, profile: profile,
      config: config, connector: connector)
  }

  /// Reads the rule files and compiles them.
  /// - Parameter quiet: keep back what is legal in the rules and hardly meant.
  /// - Throws: `ExitStatus.failed` after every fault was printed with its place.
  func engine(quiet: Bool = false) throws -> GroupingEngine { try setup(quiet: quiet).engine }

  /// As `engine`, with what tells this grouping from others.
  func setup(quiet: Bool = false) throws -> GroupingSetup { try choice.setup(quiet: quiet) }
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
