import ArgumentParser
import Enhancements

/// Commands about rule files.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Check rules, and say what a change of them does to groups.",
    discussion: """
      Examples:
        tracesift rules check airbyte.rules
        terraform show -json | tracesift rules check -
        tracesift rules diff none airbyte.rules logs/
      """,
    subcommands: [RulesCheckCommand.self, RulesDiffCommand.self])
}

/// Says all that is wrong with rule files. Diagnostics go to standard error, the totals to standard output.
struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say all that is wrong with rule files.",
    discussion: """
      Examples:
        tracesift rules check airbyte.rules
        tracesift rules check --fingerprint fingerprints.rules
        tracesift rules check --from-python __main__.py:grouping_enhancements
        terraform show -json | tracesift rules check -

      Each fault is one line: file:line:column: error[code]: message.

      A file that holds JSON, such as the output of `pulumi preview --json` or \
      `terraform show -json`, is searched for the fields grouping_enhancements and \
      fingerprinting_rules, wherever they stand.

      Exit status: 0 all rules are valid, 1 some are not, 2 a file could not be read.
      """)

  @Flag(name: .long, help: "The files hold fingerprint rules.")
  var fingerprint = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Rules that a Python program gives to an argument; may be repeated. The argument's name tells the kind, "
        + "any other name than Sentry's is what --fingerprint says.", valueName: "FILE:ARGUMENT"))
  var fromPython: [PythonArgument] = []

  @Flag(name: .long, help: "No warnings and no totals.")
  var quiet = false

  @Argument(
    help: ArgumentHelp("Files with rules, checked in this order; -: standard input.", valueName: "FILE"),
    completion: .file())
  var files: [String] = []

  func validate() throws {
    guard !files.isEmpty || !fromPython.isEmpty else {
      throw ValidationError("Which rules? Name at least one file, or --from-python FILE:ARGUMENT.")
    }
  }

  func run() throws {
    var report = RuleReport()
    let kind: RuleKind = fingerprint ? .fingerprint : .stackTrace
    for file in files { report.check(file, kind) }
    for argument in fromPython { report.check(argument, kind) }
    for line in report.lines where !(quiet && line.isWarning) {
      Diagnostics.write(Diagnostics.line(line.text))
    }
    if !quiet { try Output.print(Array((report.totals + "\n").utf8)) }
    if report.hasUnreadable { throw ExitStatus.failed }
    if report.errors > 0 { throw ExitStatus.found }
  }
}

/// `FILE:ARGUMENT`: a Python file, and the name of what it gives the rules to.
struct PythonArgument: ExpressibleByArgument, Equatable {
  var file: String
  var argument: String

  init?(argument text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    file = String(text[..<colon])
    argument = String(text[text.index(after: colon)...])
    guard !file.isEmpty, Self.isName(argument) else { return nil }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }
}
