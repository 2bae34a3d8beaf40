import ArgumentParser
import Glibc
import Golden
import Grouping
import TraceModel
import TraceSift

/// Commands about golden fingerprints.
struct GoldenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "golden", abstract: "Keep the fingerprints of example logs, and say why one changed.",
    discussion: """
      Examples:
        tracesift golden update --rules mine.rules examples/
        tracesift golden check examples/
        tracesift golden review examples/

      Beside each input NAME stands NAME.golden.ndjson with the records that it must give: the group, the hash of
      each variant, and for each frame what of it counts and which rule said so. It belongs in version control.
      """,
    subcommands: [GoldenUpdateCommand.self, GoldenCheckCommand.self, GoldenReviewCommand.self])
}

/// The options that all commands about goldens have.
struct GoldenOptions: ParsableArguments {
  @OptionGroup(title: "Grouping, instead of what the goldens say") var grouping: GroupingOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How lines are taken, as for scan.", valueName: "auto|text|json|cri|docker|journald|airbyte"))
  var inputFormat: InputFormat?

  @Flag(name: .long, help: "Take the options given here alone, also where none is: not what the goldens say.")
  var reset = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the names of inputs end in; may be repeated. By itself what the goldens say, or .log and .txt.",
      valueName: "SUFFIX"))
  var inputSuffix: [String] = []

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Worker threads; 0: one a core.", valueName: "N"))
  var jobs = 0

  @Argument(
    help: ArgumentHelp("Inputs and goldens: all files below a directory, or one input.", valueName: "DIR"))
  var directory: String

  func validate() throws {
    guard (0...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 0 to 1024.") }
  }

  /// The setting that the options ask for; nil: what the goldens say.
  func given(in directory: GoldenDirectory) -> GoldenRun.Setting? {
    let choice = grouping.choice
    guard reset || inputFormat != nil || choice != GroupingChoice() else { return nil }
    var named = choice
    let folder = FilePlace.shownFolder(of: directory.cases.first?.input ?? self.directory)
    // Under the names that goldens give them, so that the two can be compared.
    func shown(_ path: String) -> String {
      GoldenPath.joined(folder, GoldenPath.relative(FilePlace.real(path), to: FilePlace.real(folder)))
    }
    named.rules = choice.rules.map(shown)
    named.fingerprintRules = choice.fingerprintRules.map(shown)
    return GoldenRun.Setting(choice: named, inputFormat: inputFormat ?? .auto)
  }

  func run() throws -> GoldenRun {
    try GoldenRun(try GoldenDirectory(directory, suffixes: inputSuffix), self)
  }
}

/// Writes goldens.
struct GoldenUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Write the golden of every input.",
    discussion: """
      Examples:
        tracesift golden update examples/
        tracesift golden update --rules mine.rules --profile airbyte examples/
        tracesift golden update --input-suffix .jsonl examples/

      Options that are not given are those that the goldens hold. A golden that would not change is not touched.
      """)

  @OptionGroup var options: GoldenOptions

  @Flag(name: .long, help: "Delete goldens that have no input.")
  var prune = false

  func run() throws {
    let run = try options.run()
    var (written, unchanged, deleted) = (0, 0, 0)
    for finding in run.findings {
      if !finding.part.hasInput {
        guard prune else {
          Diagnostics.print("\(finding.part.goldenPath):1: no input; --prune deletes it")
          continue
        }
        try GoldenStore.delete(finding.part.goldenPath)
        deleted += 1
      } else if let now = finding.now {
        if try GoldenStore.write(now, to: finding.part.goldenPath) { written += 1 } else { unchanged += 1 }
      } else {
        Diagnostics.print("\(finding.part.input): cannot be read as a whole")
      }
    }
    let removal = deleted > 0 ? ", \(deleted) deleted" : ""
    try Output.print(Array("\(written) written, \(unchanged) unchanged\(removal)\n".utf8))
    if run.hasUnreadable { throw ExitStatus.failed }
  }
}

/// Compares goldens and never writes.
struct GoldenCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare every input with its golden, and say why a hash moved.",
    discussion: """
      Examples:
        tracesift golden check examples/
        tracesift golden check --rules changed.rules examples/
        tracesift golden check --format junit examples/ > report.xml

      The configuration is the one that each golden holds; options that are given take its place. Nothing is written.
      The last line is "N passed, N failed"; with --format junit it goes to standard error.

      Exit status: 0 all passed, 1 some failed (also a golden without its input and an input without its golden),
      2 a file could not be read, or rules have errors.
      """)

  /// How the outcome is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, junit
  }

  @OptionGroup var options: GoldenOptions

  @Option(name: .long, help: ArgumentHelp("For people or for CI.", valueName: "text|junit"))
  var format = Format.text

  @Option(name: .long, help: ArgumentHelp("When to use colour.", valueName: "auto|always|never"))
  var color = ColorChoice.auto

  func run() throws {
    let run = try options.run()
    let comparisons = run.findings.map(\.comparison)
    switch format {
    case .text: try Output.print(Array(GoldenReport(isColoured: color.isOn).text(comparisons).utf8))
    case .junit:
      try Output.print(Array(GoldenJUnit.text(comparisons).utf8))
      Diagnostics.write(GoldenReport.totals(comparisons))
    }
    if run.hasUnreadable { throw ExitStatus.failed }
    if comparisons.contains(where: { !$0.hasPassed }) { throw ExitStatus.found }
  }
}

/// Goldens on disk.
enum GoldenStore {
  /// Writes a golden where it differs from what is there; true when it was written.
  static func write(_ golden: GoldenFile, to path: String) throws -> Bool {
    let folder = FilePlace.real(GoldenPath.folder(of: path))
    let text = GoldenText(golden) { GoldenPath.relative(FilePlace.real($0), to: folder) }.text()
    if let old = try? TextFile.bytes(of: path), old == text { return false }
    do throws(OutputError) {
      try AtomicFile(path: path, isDurable: false).write(text)
    } catch {
      throw OutputMessage.status(error)
    }
    return true
  }

  static func delete(_ path: String) throws {
    guard unsafe unlink(path) != 0 else { return }
    Diagnostics.print("\(path): cannot delete it: \(SystemError.text(errno))")
    throw ExitStatus.failed
  }
}
