import Foundation
import Testing

/// What comes with the program: help, the manual's pages, completions.
@Suite struct ManualTests {
  /// All commands that are not hidden, by the words that name them.
  private static func commands() throws -> [[String]] {
    func walk(_ command: JSON, _ path: [String]) -> [[String]] {
      guard command["shouldDisplay"].flag != false, let name = command["commandName"].text, name != "help"
      else {
        return []
      }
      return [path + [name]] + command["subcommands"].list.flatMap { walk($0, path + [name]) }
    }
    return walk(try JSON(parsing: Program.run("--experimental-dump-help").output)["command"], [])
  }

  /// Examples are the first thing behind the sentence that says what a command is for, and each fits a line.
  @Test func helpStartsWithExamples() throws {
    for command in try Self.commands() {
      let lines = try Program.run(Array(command.dropFirst()) + ["--help"]).output
        .split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[0].hasPrefix("OVERVIEW: ") && lines[1].isEmpty && lines[2] == "Examples:", "\(command)")
      let examples = lines.dropFirst(3).prefix { !$0.isEmpty }
      #expect(examples.count >= 3 && examples.allSatisfy { $0.hasPrefix("  ") }, "\(command)")
    }
  }

  @Test func aPageForEveryCommand() throws {
    let pages = try Program.run("manual", "--list").lines
    #expect(try pages == Self.commands().map { $0.joined(separator: "-") + ".1" })
    for (page, command) in zip(pages, try Self.commands()) {
      let text = try Program.run("manual", page).output
      let help = try Program.run(Array(command.dropFirst()) + ["--help"]).output
      #expect(text.hasPrefix(".TH \(command.joined(separator: "\\-").uppercased()) 1 "))
      for section in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "EXIT STATUS", "SEE ALSO"] {
        #expect(text.contains("\n.SH \(section)\n"), "\(page)")
      }
      for option in help.split(whereSeparator: { " \n,".contains($0) })
      where option.hasPrefix("--") && option.count > 2 {
        #expect(text.contains(option.replacingOccurrences(of: "-", with: "\\-")), "\(page): \(option)")
      }
      for line in text.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
        #expect([".TH", ".SH", ".TP", ".PP", ".nf", ".fi"].contains(line.prefix(3)), "\(page): \(line)")
      }
    }
    #expect(try Program.run("manual", "nothing.1").status == 64)
  }

  /// By the programs that read them, where they are installed.
  @Test(arguments: [
    ("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish -n"),
  ])
  func completionsAreRead(_ shell: String, _ check: String) throws {
    let tool = "command -v \(check.split(separator: " ")[0]) >/dev/null || exit 0; "
    let file = "f=$(mktemp); \(Program.quotedPath) --generate-completion-script \(shell) > $f; test -s $f; "
    let program = try Program.shell("set -e; \(tool)\(file)\(check) $f; rm $f")
    #expect(program.status == 0 && program.errors.isEmpty)
  }

  @Test func bashCompletes() throws {
    let script = """
      \(Program.quotedPath) --generate-completion-script bash > "$0" && . "$0"
      COMP_WORDS=(tracesift gr) COMP_CWORD=1 COMP_LINE='tracesift gr' COMP_POINT=12
      _tracesift tracesift gr tracesift; echo "${COMPREPLY[@]}"
      """
    try withDirectory { directory in
      let file = try directory.file("completions", "").path
      let quoted = script.replacingOccurrences(of: "'", with: "'\\''")
      #expect(try Program.shell("bash -c '\(quoted)' '\(file)'").lines == ["groups"])
    }
  }

  @Test func pagesAreRead() throws {
    let check =
      "\(Program.quotedPath) manual --list | while read -r p; do \(Program.quotedPath) manual $p > $d/$p; "
    let lint = "if command -v mandoc >/dev/null; then mandoc -Tlint $d/$p; fi; "
    let man =
      "if command -v man >/dev/null; then LC_ALL=C.UTF-8 man --warnings -l $d/$p 2>&1 >/dev/null; fi; done"
    let program = try Program.shell("d=$(mktemp -d); \(check)\(lint)\(man); rm -r $d")
    #expect(program.output.isEmpty && program.errors.isEmpty)
  }
}
