import ArgumentParser
import Glibc

/// The command line: options in, a plan, an exit code out. Exit codes are policy, and stand here.
@main struct Tracesift: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tracesift",
    abstract: "Turns huge, messy logs into stack traces with stable fingerprints.",
    discussion: """
      Examples:
        tracesift groups logs/                     what goes wrong most, by group
        tracesift scan app.log > traces.ndjson     every trace and failure, as NDJSON
        kubectl logs -f pod | tracesift filter     traces as they come, out of a pipe
        tracesift explain app.log                  why a trace is grouped as it is
        tracesift rules check mine.rules           all that is wrong with your rules
        tracesift rules diff old new logs/         what a rule change does
        tracesift golden check examples/           are fingerprints as kept?

      Completions: tracesift --generate-completion-script bash (or zsh, or fish).
      """,
    version: Version.text,
    subcommands: [
      ScanCommand.self, FilterCommand.self, GroupsCommand.self, ExplainCommand.self, RulesCommand.self,
      GoldenCommand.self, ManualCommand.self,
    ])

  static func main() {
    AddressSpace.requireStart()
    Output.occupyStandardDescriptors()
    signal(SIGPIPE, SIG_IGN)
    // A file that must not grow any more is an error of its write like any other.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      Glibc.exit(status.code)
    } catch {
      Self.exit(withError: error)
    }
  }
}

/// How a run ended, as the shell sees it.
enum ExitStatus: Error, Equatable {
  /// The condition that was asked for was found.
  case found
  /// An input or the output failed; everything before it was written.
  case failed
  /// Ended by a signal, after flushing.
  case signal(Int32)
  /// The reader of standard output went away, which is no failure.
  case closedOutput

  var code: Int32 {
    switch self {
    case .found: 1
    case .failed: 2
    case .signal(let number): 128 + number
    case .closedOutput: 0
    }
  }
}

enum Version {
  static let text = "tracesift 0.1.0"
  /// When this version was made; the manual's pages show it.
  static let date = "2026-11-25"
}
