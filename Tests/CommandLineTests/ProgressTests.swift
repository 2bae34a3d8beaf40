import Foundation
import Testing

/// The line that long runs show on a terminal.
@Suite struct ProgressTests {
  /// A log that comes in two halves, the second one after a second and some more.
  private func run(_ command: String, _ log: String) throws -> String {
    try Program.errorsOnTerminal("{ cat '\(log)'; sleep 1.3; cat '\(log)'; } | \"$1\" \(command)")
  }

  private func withLog(_ body: (String) throws -> Void) throws {
    try withDirectory { directory in
      try body(try directory.file("a.log", String(repeating: Sample.java + Sample.failure, count: 200)).path)
    }
  }

  @Test(arguments: ["groups", "scan > /dev/null"]) func isShownAndTakenAway(_ command: String) throws {
    try withLog { log in
      let text = try run(command, log)
      #expect(text.hasPrefix("\r") && text.contains(" kB/s, ") && text.contains(" traces\u{1B}[K"))
      #expect(text.hasSuffix("\r\u{1B}[K") && !text.contains("\n"))
    }
  }

  /// A message comes on a line of its own, after the progress was taken away.
  @Test func isNotMixedWithMessages() throws {
    try withLog { log in
      let text = try run("groups - /nowhere.log", log)
      let message = "tracesift: /nowhere.log: No such file or directory"
      #expect(text.contains("\r\u{1B}[K\(message)\r\n") || text.hasPrefix(message + "\r\n"))
    }
  }

  @Test func isNotShown() throws {
    try withLog { log in
      #expect(try run("groups --quiet", log) == "")
      #expect(try Program.errorsOnTerminal("\"$1\" groups '\(log)'") == "")
      let piped = try Program.shell(
        "{ cat '\(log)'; sleep 1.3; cat '\(log)'; } | \(Program.quotedPath) groups")
      #expect(piped.errors.isEmpty)
    }
  }
}
