import Foundation
import TestSupport
import Testing

/// The program as a shell sees it: exit codes, streams, messages (interface.md).
@Suite struct ScanCommandTests {
  private func object(_ line: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test func standardInput() throws {
    for arguments in [["scan"], ["scan", "-"]] {
      let command = try Command.run(arguments, input: Array((Sample.log + Sample.java + Sample.log).utf8))
      #expect(command.status == 0 && command.errors.isEmpty)
      #expect(command.lines.count == 1)
      let record = try object(command.lines[0])
      #expect(record["source"] as? String == "-")
      #expect(record["line"] as? Int == 3 && record["lines"] as? Int == 6)
      #expect(record["timestamp"] as? String == "2024-01-02T03:04:06.001")
    }
  }

  @Test func nothingIsNothing() throws {
    let command = try Command.run(["scan"])
    #expect(command.status == 0 && command.output.isEmpty && command.errors.isEmpty)
  }

  @Test(arguments: [
    ["scan", "--no-such-option"], ["scan", "--jobs", "-1"], ["scan", "--jobs", "x"], ["frobnicate"],
  ])
  func usage(_ arguments: [String]) throws {
    let command = try Command.run(arguments)
    #expect(command.status == 64 && command.output.isEmpty && !command.errors.isEmpty)
  }

  @Test func help() throws {
    for arguments in [["--help"], ["scan", "--help"], ["--version"]] {
      let command = try Command.run(arguments)
      #expect(command.status == 0 && !command.output.isEmpty && command.errors.isEmpty)
    }
  }

  /// A missing file is named with its reason; the others are read all the same.
  @Test func aMissingFile() throws {
    try Scratch.with { scratch in
      let first = try scratch.file("a.log", Sample.java)
      let last = try scratch.file("z.log", Sample.python)
      let command = try Command.run(["scan", first, scratch.path + "/missing.log", last])
      #expect(command.status == 2)
      #expect(command.errors.contains("missing.log: No such file or directory"))
      #expect(try command.lines.map { try object($0)["source"] as? String } == [first, last])
    }
  }

  @Test func unreadableRules() throws {
    let command = try Command.run(["scan", "--rules", "/nowhere/x.rules"], input: Array(Sample.java.utf8))
    #expect(command.status == 2 && command.errors.contains("/nowhere/x.rules"))
  }

  /// A shape that was met before gave its titles the number of sub-exceptions, which a new shape's do not have.
  @Test func titlesOfRememberedShapes() throws {
    let group = { (name: String) in
      "  + Exception Group Traceback (most recent call last):\n  |   File \"/e.py\", line 8, in f\n"
        + "  | ExceptionGroup: \(name) (1 sub-exception)\n  +-+---------------- 1 ----------------\n"
        + "    | TypeError: a\n    +------------------------------------\n"
    }
    let command = try Command.run(["scan"], input: Array((group("one") + Sample.log + group("two")).utf8))
    let titles = try command.lines.map { try object($0)["title"] as? String }
    #expect(titles == ["ExceptionGroup: one", "ExceptionGroup: two"])
  }

  /// Records hold exceptions as data, as other programs' reports do.
  @Test func itsOwnRecordsAreNoTraces() throws {
    let records = try Command.run(["scan"], input: Array((Sample.java + Sample.python).utf8))
    #expect(records.lines.count == 2)
    #expect(try Command.run(["scan"], input: records.output).lines.isEmpty)
  }

  @Test func directoriesInOrder() throws {
    try Scratch.with { scratch in
      for name in ["logs/b.log", "logs/.hidden", "logs/a/z.log", "logs/a-b.log", "logs/B.log"] {
        try scratch.file(name, Sample.java)
      }
      for jobs in ["1", "2"] {
        let command = try Command.run(["scan", "logs", "--jobs", jobs], in: scratch.path)
        let sources = try command.lines.map { try object($0)["source"] as? String }
        #expect(sources == ["logs/.hidden", "logs/B.log", "logs/a/z.log", "logs/a-b.log", "logs/b.log"])
        #expect(command.status == 0)
      }
    }
  }

  @Test func failuresGoWhereTheyAreSent() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("x.log", Sample.failure + Sample.java + Sample.failure)
      let together = try Command.run(["scan", log])
      #expect(
        try together.lines.map { try object($0)["kind"] as? String } == ["failure", "trace", "failure"])
      let apart = try Command.run(["scan", log, "--failures", scratch.path + "/failures.ndjson"])
      #expect(try apart.lines.map { try object($0)["kind"] as? String } == ["trace"])
      let failures = try String(contentsOfFile: scratch.path + "/failures.ndjson", encoding: .utf8)
      #expect(failures.split(separator: "\n").map(String.init) == [together.lines[0], together.lines[2]])
      let nowhere = try Command.run(["scan", log, "--failures", "/nowhere/f.ndjson"])
      #expect(nowhere.status == 2 && nowhere.errors.contains("/nowhere/f.ndjson"))
      // It once emptied the log before it was read.
      let same = try Command.run(["scan", scratch.path, "--failures", log])
      #expect(same.status == 64 && same.errors.contains(log))
      #expect(
        try String(contentsOfFile: log, encoding: .utf8) == Sample.failure + Sample.java + Sample.failure)
    }
  }

  /// What two options would write to, or one writes to while it is read, loses one of the two.
  @Test(arguments: [
    #""$1" scan --failures "$2" < "$2""#, #""$1" filter --metrics "$2" < "$2""#,
    #""$1" scan --failures new --metrics new "$2""#,
    #""$1" filter --follow "$2" --failures new --checkpoint new"#,
    #""$1" filter --follow "$2" --checkpoint ./new --metrics new"#,
  ])
  func filesThatClash(_ script: String) throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Sample.java)
      _ = try scratch.file("new", "")
      let command = try Command.shell("cd \"${2%/*}\"; " + script, [log])
      #expect(command.status == 64 && command.output.isEmpty && command.errors.contains("name another one"))
      #expect(try String(contentsOfFile: log, encoding: .utf8) == Sample.java)
    }
  }

  @Test func unparsedTracesMayBeAsked() throws {
    let bad = Array((Sample.failure + Sample.java).utf8)
    #expect(try Command.run(["scan"], input: bad).status == 0)
    #expect(try Command.run(["scan", "--fail-on-unparsed"], input: bad).status == 1)
    #expect(try Command.run(["scan", "--fail-on-unparsed"], input: Array(Sample.java.utf8)).status == 0)
    // A degraded trace is no failure; an input error wins over what was found.
    let degraded = Array("\tat a.B.c(D.java:5)\n\tat a.B.d(D.java:6)\n".utf8)
    #expect(try Command.run(["scan", "--fail-on-unparsed"], input: degraded).status == 0)
    #expect(try Command.run(["scan", "--fail-on-unparsed", "-", "/nowhere/x"], input: bad).status == 2)
  }

  @Test func statistics() throws {
    let text = Sample.log + Sample.java + Sample.log + Sample.python + Sample.log + Sample.failure
    let command = try Command.run(["scan", "--stats"], input: Array(text.utf8))
    let lines = command.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 1 && command.status == 0)
    let record = try object(lines[0])
    #expect(
      lines[0].hasPrefix(
        "{\"v\":1,\"kind\":\"stats\",\"bytes\":\(text.utf8.count),\"lines\":\(text.utf8.count { $0 == 10 }),")
    )
    #expect(record["traces"] as? [String: Int] == ["java": 1, "python": 1, "other": 0])
    #expect(record["failures"] as? [String: Int] == ["no_frames": 1])
    #expect(record["degraded"] as? [String: Int] == [:])
    #expect(record["seconds"] as? Double != nil)
  }

  @Test func aClosedReaderIsNoFailure() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("x.log", String(repeating: Sample.java, count: 5_000))
      let command = try Command.shell(
        "{ \"$1\" scan \"$2\"; echo \"status $?\" >&2; } | head -n 1 | cut -c 1-12", [log])
      #expect(command.errors == "status 0\n" && command.text == "{\"v\":1,\"kind\"\n".prefix(12) + "\n")
    }
  }

  @Test func aFullDiskIsAFailure() throws {
    guard FileManager.default.isWritableFile(atPath: "/dev/full") else { return }
    let command = try Command.shell("printf '%s' \"$2\" | \"$1\" scan > /dev/full", [Sample.java])
    #expect(command.status == 2 && command.errors.contains("No space left on device"))
  }

  @Test func theRecordsAreTheSameForAnyNumberOfWorkers() throws {
    try Scratch.with { scratch in
      let log = try scratch.file(
        "x.log", String(repeating: Sample.log + Sample.java + Sample.failure + Sample.python, count: 50))
      let one = try Command.run(["scan", log, "--jobs", "1"])
      #expect(one.lines.count > 140)
      for arguments in [
        ["--jobs", "2", "--chunk-bytes", "1000"],
        ["--jobs", "3", "--chunk-bytes", "777", "--block-bytes", "50"],
      ] {
        #expect(try Command.run(["scan", log] + arguments).output == one.output, "\(arguments)")
      }
    }
  }

  @Test func namesNeverReachATerminalRaw() throws {
    let command = try Command.run(["scan", "/nowhere/\u{1B}[31m.log"])
    #expect(command.status == 2 && !command.errors.utf8.contains(0x1B))
  }

  /// SIGTERM ends the run with the records of what was read, and 143.
  @Test(arguments: [SIGTERM, SIGINT])
  func signalsFlush(_ signal: Int32) throws {
    let script = """
      { printf '%s' "$2"; sleep 5; } | "$1" scan --stats & pid=$!
      sleep 1; kill -\(signal) $pid; wait $pid; echo "status $?" >&2
      """
    let command = try Command.shell(script, [Sample.log + Sample.java])
    #expect(command.lines.count == 1 && command.errors.contains("status \(128 + signal)"))
    #expect(command.errors.contains("\"kind\":\"stats\""))
  }
}
