import ArgumentParser
import Comparison
import Golden
import Grouping
import TraceModel
import TraceSift

/// What another configuration does to the groups of a corpus.
struct RulesDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what a change of rules does to the groups of some logs.",
    discussion: """
      Examples:
        tracesift rules diff none airbyte.rules logs/
        tracesift rules diff old.rules new.rules logs/ --format html > diff.html
        tracesift rules diff a.rules a.rules logs/ --old-config newstyle:2023-01-11

      Reads the logs once and groups every trace by both configurations. OLD and NEW are files with stack-trace
      rules (with --fingerprint: with fingerprint rules), or none. Goldens in a directory of logs are passed
      over. All other options hold for both sides, but for those that begin with --old and --new. For each change
      of a group it names the first frame whose fate changed, and the rules behind it on both sides.

      Exit status: 0 done, 1 something moved and --fail-on-change is given, 2 a file could not be read or has errors.
      """)

  /// How the comparison is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, html, github
  }

  @OptionGroup(title: "Grouping, on both sides") var grouping: GroupingOptions

  @Flag(name: .long, help: "OLD and NEW hold fingerprint rules.")
  var fingerprint = false

  @Option(name: .long, help: ArgumentHelp("The old side's profile.", valueName: "full|airbyte"))
  var oldProfile: Profile?

  @Option(name: .long, help: ArgumentHelp("The new side's profile.", valueName: "full|airbyte"))
  var newProfile: Profile?

  @Option(name: .long, help: ArgumentHelp("The old side's grouping config.", valueName: "ID"))
  var oldConfig: GroupingConfig?

  @Option(name: .long, help: ArgumentHelp("The new side's grouping config.", valueName: "ID"))
  var newConfig: GroupingConfig?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "table for people; github: annotations at the rules.", valueName: "table|json|html|github")
  )
  var format = Format.table

  @Option(name: .long, help: ArgumentHelp("When to use colour.", valueName: "auto|always|never"))
  var color = ColorChoice.auto

  @Flag(name: .long, help: "Exit with 1 when any record has another group.")
  var failOnChange = false

  @Flag(name: .long, help: "No messages but errors: no warnings about rules.")
  var quiet = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How lines are taken, as for scan.", valueName: "auto|text|json|cri|docker|journald|airbyte"))
  var inputFormat = InputFormat.auto

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Worker threads; 0: one a core.", valueName: "N"))
  var jobs = 0

  @Argument(help: ArgumentHelp("Rules before the change; none: no rules.", valueName: "OLD"))
  var old: String

  @Argument(help: ArgumentHelp("Rules after it; none: no rules.", valueName: "NEW"))
  var new: String

  @Argument(help: ArgumentHelp("Logs: files and directories; -: standard input.", valueName: "PATH"))
  var paths: [String]

  func validate() throws {
    guard (0...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 0 to 1024.") }
  }

  func run() throws {
    let sides = (old: side(old, oldProfile, oldConfig), new: side(new, newProfile, newConfig))
    let engines = (old: try sides.old.engine(quiet: quiet), new: try sides.new.engine(quiet: quiet))
    let stop = StopFlag()
    Signals.raise(stop)
    var configuration = ScanConfiguration(grouping: engines.old)
    configuration.inputFormat = inputFormat
    configuration.stop = stop
    var collector = DiffCollector(old: engines.old, new: engines.new)
    _ = TraceEngine(configuration).run(logs, workers: FilesPlan.workers(jobs), delegate: &collector)
    for problem in collector.problems { Diagnostics.print("\(problem.path): \(problem.reason)") }
    let report = collector.report()
    try Output.print(bytes(report, SideNames(old: sides.old.summary, new: sides.new.summary)))
    if stop.reason != 0 { throw ExitStatus.signal(stop.reason) }
    if !collector.problems.isEmpty { throw ExitStatus.failed }
    if failOnChange, report.moved > 0 { throw ExitStatus.found }
  }

  /// The paths, of directories the files in them that are no goldens: those hold traces, too.
  private var logs: [String] {
    paths.flatMap { path in
      let (files, problems) = TraceEngine.files(below: [path])
      // A directory that cannot be listed is left to the scan, which says why.
      guard files != [path], problems.isEmpty else { return [path] }
      return files.filter { !$0.hasSuffix(GoldenFile.suffix) }
    }
  }

  /// The options of one side.
  private func side(_ rules: String, _ profile: Profile?, _ config: GroupingConfig?) -> GroupingChoice {
    var side = grouping.choice
    if rules != "none" {
      if fingerprint { side.fingerprintRules.append(rules) } else { side.rules.append(rules) }
    }
    side.profile = profile ?? side.profile
    side.config = config ?? side.config
    return side
  }

  private func bytes(_ report: DiffReport, _ names: SideNames) -> [UInt8] {
    switch format {
    case .table: Array(DiffText(report, names, isColoured: color.isOn).text().utf8)
    case .json: DiffJSON.line(report, names)
    case .html: Array(DiffHTML(report, names).text().utf8)
    case .github: Array(DiffAnnotations.text(report, newFile: new == "none" ? nil : new).utf8)
    }
  }
}
