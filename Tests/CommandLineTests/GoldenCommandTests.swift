import Foundation
import FoundationXML
import TestSupport
import Testing

/// A directory with two logs, rules beside it, and goldens of them.
struct Examples {
  static let rules = "# own code\nmodule:io.airbyte.** +app\n"
  let path: String

  var logs: String { path + "/examples" }
  var golden: String { logs + "/java.log.golden.ndjson" }

  static func with<Result>(_ body: (Examples) throws -> Result) throws -> Result {
    try withDirectory { directory in
      // Without links: a temporary directory may be one.
      let examples = Examples(path: directory.url.resolvingSymlinksInPath().path)
      try FileManager.default.createDirectory(
        atPath: examples.logs + "/deep", withIntermediateDirectories: true)
      try examples.write("own.rules", rules)
      try examples.write("examples/java.log", Sample.java)
      try examples.write("examples/deep/python.log", Sample.python)
      try examples.write("examples/notes.md", "no input")
      let update = try Program.run("golden", "update", "--rules", examples.path + "/own.rules", examples.logs)
      #expect(update.status == 0 && update.output == "2 written, 0 unchanged\n", "\(update.errors)")
      return try body(examples)
    }
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  func change(_ name: String, _ old: String, _ new: String) throws {
    let text = try read(name)
    #expect(text.contains(old), "\(name) has no \(old)")
    try write(name, text.replacingOccurrences(of: old, with: new))
  }

  func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  func golden(_ arguments: String..., input: String = "") throws -> Program {
    try Program.run(["golden"] + arguments + [logs], input: input)
  }

  /// All files with their bytes.
  func files() throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let files = names.compactMap { name in
      FileManager.default.contents(atPath: path + "/" + name).map { (name, $0) }
    }
    return Dictionary(uniqueKeysWithValues: files)
  }
}

/// `tracesift golden`: goldens that are right pass, and those that are broken on purpose say what is wrong.
@Suite struct GoldenCommandTests {
  @Test func passes() throws {
    try Examples.with { examples in
      let check = try examples.golden("check")
      #expect(check.status == 0 && check.output == "2 passed, 0 failed\n" && check.errors.isEmpty)
      #expect(try examples.golden("update").output == "0 written, 2 unchanged\n")
      // A single input, and the same directory under another name.
      #expect(
        try Program.run("golden", "check", examples.logs + "/java.log").output == "1 passed, 0 failed\n")
      let inside =
        "cd '\(examples.logs)' && '\(Program.path)' golden check . && '\(Program.path)' golden check deep/.."
      #expect(try Program.shell(inside).output == "2 passed, 0 failed\n2 passed, 0 failed\n")
    }
  }

  /// Nothing of a machine is in a golden: it passes where it was copied to.
  @Test func goldensMove() throws {
    try Examples.with { one in
      try withDirectory { directory in
        let other = directory.url.path + "/elsewhere"
        try FileManager.default.copyItem(atPath: one.path, toPath: other)
        #expect(!(try one.read("examples/java.log.golden.ndjson")).contains(one.path))
        #expect(try Program.run("golden", "check", other + "/examples").output == "2 passed, 0 failed\n")
      }
    }
  }

  /// One way to break goldens, and what must be said of it.
  struct Break: CustomTestStringConvertible, Sendable {
    var name: String
    var status: Int32 = 1
    var says: [String]
    var apply: @Sendable (Examples) throws -> Void
    var arguments: [String] = []

    var testDescription: String { name }
  }

  private static let file = "examples/java.log.golden.ndjson"
  private static let anew =
    "restore the golden from version control, or write it anew: tracesift golden update"

  static let breaks: [Break] = [
    Break(
      name: "a hash was edited",
      says: [
        "1 of 1 record not as expected", "java.log.golden.ndjson:3", "- group 0000", "hash of the same parts",
        "why: the golden was edited, or tracesift hashes the same parts in another way",
      ]
    ) { examples in
      let line = try examples.read(file).split(separator: "\n")[2]
      let hash = try #require(try JSON(parsing: String(line))["group"].text)
      try examples.change(file, hash, "0000" + hash.dropFirst(4))
    },
    Break(
      name: "a frame's in-app was edited",
      says: [
        "frame 0.1 io.airbyte.workers.Main in run (Main.java)", "- not in-app", "+ in-app, by ",
        "own.rules:2: module:io.airbyte.** +app",
        "why: tracesift itself changed, as input, rules and configuration are the same",
      ]
    ) {
      try $0.change(
        file, #"Main in run (Main.java)","in_app":true"#, #"Main in run (Main.java)","in_app":false"#)
    },
    Break(
      name: "a part was edited",
      says: [
        "frame 0.1 io.airbyte", "- module io.airbyte.workers.Other, function run",
        "+ module io.airbyte.workers.Main",
      ]
    ) {
      try $0.change(file, #"["module","io.airbyte.workers.Main"]"#, #"["module","io.airbyte.workers.Other"]"#)
    },
    Break(
      name: "a frame is missing",
      says: [
        "frame 0.1 of 1, now of 2", "- none", "+ io.airbyte.workers.Main in run (Main.java)",
        "why: the parser changed, as the input is the same",
      ]
    ) { examples in
      let lines = try examples.read(file).components(separatedBy: "\n").filter { !$0.contains("Main in run") }
      try examples.write(file, lines.joined(separator: "\n"))
    },
    Break(
      name: "a rule was taken out",
      says: [
        "own.rules was changed", "- group ", "+ group ",
        "frame 1.0 io.airbyte.workers.Disk in read (Disk.java)",
        "- in-app, by ", "own.rules:2: module:io.airbyte.** +app", "+ not in-app",
        "and 1 more frame of this trace",
        "note    ", "python.log: all as expected, but ", "1 passed, 1 failed",
      ]
    ) { try $0.change("own.rules", "module:io.airbyte.** +app", "# gone") },
    Break(
      name: "another profile is asked for",
      says: ["profile: full before, airbyte now", "why: profile: full before"],
      apply: { _ in }, arguments: ["--reset", "--profile", "airbyte"]),
    Break(
      name: "another config is asked for",
      says: [
        "config: newstyle:2026-01-20 before, newstyle:2023-01-11 now", "own.rules before, none now",
        "0 passed, 2 failed",
      ],
      apply: { _ in }, arguments: ["--config", "newstyle:2023-01-11"]),
    Break(
      name: "the message changed in the input",
      says: [
        "the input is another: ", "title", "- IllegalStateException: boom",
        "+ IllegalStateException: other text",
        "why: the input changed",
      ]
    ) { try $0.change("examples/java.log", "Exception: boom", "Exception: other text") },
    Break(
      name: "a trace was put into the input",
      says: ["- no such record", "+ group ", "why: the input changed"]
    ) { try $0.write("examples/java.log", Sample.java + "lines\n" + Sample.python) },
    Break(
      name: "a record was taken out of the golden",
      says: ["- no such record", "why: the parser changed, as the input is the same"]
    ) { examples in
      let lines = try examples.read(file).components(separatedBy: "\n")
      try examples.write(file, lines[..<2].joined(separator: "\n") + "\n")
    },
    Break(
      name: "the golden is gone",
      says: ["there is no golden for this input", "write it: tracesift golden update "]
    ) {
      try $0.delete(file)
    },
    Break(
      name: "the input is gone",
      says: [
        "the golden has no input", "java.log.golden.ndjson:1: there is no input ",
        "restore the input, or delete the golden: tracesift golden update --prune",
      ]
    ) { try $0.delete("examples/java.log") },
    Break(
      name: "a newer format",
      says: [
        "java.log.golden.ndjson:1: format version 2, but this tracesift reads version 1; use the newer tracesift"
      ]
    ) { try $0.change(file, #"{"v":1,"#, #"{"v":2,"#) },
    Break(
      name: "an older format",
      says: [
        "golden.ndjson:1: format version 0, but this tracesift reads version 1; write it anew: tracesift golden update"
      ]
    ) { try $0.change(file, #"{"v":1,"#, #"{"v":0,"#) },
    Break(
      name: "cut off in a line", says: ["java.log.golden.ndjson:5: no JSON object: expected", anew]
    ) { examples in
      let lines = try examples.read(file).components(separatedBy: "\n")
      try examples.write(file, lines[..<4].joined(separator: "\n") + "\n" + lines[4].prefix(40))
    },
    Break(name: "cut off at a line's end", says: ["the last line is cut off; " + anew]) { examples in
      try examples.write(file, String(try examples.read(file).dropLast()))
    },
    Break(name: "empty", says: ["golden.ndjson:1: the file is empty; " + anew]) { try $0.write(file, "") },
    Break(
      name: "another kind of file", says: ["golden.ndjson:1: this is no golden: its first line has no"]
    ) { try $0.write(file, "{\"v\":1,\"kind\":\"trace\"}\n") },
    Break(name: "an unknown line", says: ["golden.ndjson:2: unknown kind `remark`; " + anew]) { examples in
      try examples.change(file, #"{"kind":"rule""#, "{\"kind\":\"remark\"}\n{\"kind\":\"rule\"")
    },
    Break(name: "a missing member", says: ["golden.ndjson:3: no text `group`; " + anew]) {
      try $0.change(file, #""group":"#, #""cluster":"#)
    },
    Break(
      name: "the rules are gone", status: 2,
      says: [
        "golden.ndjson:1: the rules ",
        "own.rules that it was written with: No such file or directory; restore them, "
          + "or name others with --rules, or --reset for none",
      ]
    ) { try $0.delete("own.rules") },
    Break(name: "the rules have an error", status: 2, says: ["own.rules:2:22: error["]) {
      try $0.change("own.rules", "+app", "+nothing")
    },
    Break(
      name: "an unknown profile", status: 2,
      says: [
        "golden.ndjson:1: this tracesift has no profile `none` or no config `newstyle:2026-01-20`; name others with"
      ]
    ) { try $0.change(file, #""profile":"full""#, #""profile":"none""#) },
    Break(name: "an unreadable input", status: 2, says: ["java.log"]) { examples in
      try examples.delete("examples/java.log")
      // Longer than what is read as a whole, and a hole.
      let path = examples.logs + "/java.log"
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 65 << 20)
    },
  ]

  @Test(arguments: breaks)
  func brokenOnPurpose(_ broken: Break) throws {
    try Examples.with { examples in
      try broken.apply(examples)
      let before = try examples.files()
      let check = try Program.run(["golden", "check"] + broken.arguments + [examples.logs])
      #expect(check.status == broken.status, "\(check.output)\(check.errors)")
      let said = check.output + check.errors
      for text in broken.says { #expect(said.contains(text), "\(text)\n--- said:\n\(said)") }
      // A check never writes.
      #expect(try examples.files() == before)
      if broken.status == 1 {
        let last = check.lines.last ?? ""
        #expect(last.wholeMatch(of: /\d passed, [1-9] failed/) != nil, "\(last)")
      }
    }
  }

  /// Whatever is broken and can be compared, an update that is given the configuration makes it right.
  @Test(arguments: breaks.filter { $0.status == 1 })
  func updateMakesItRight(_ broken: Break) throws {
    try Examples.with { examples in
      try broken.apply(examples)
      #expect(
        try Program.run(["golden", "update", "--prune"] + broken.arguments + [examples.logs]).status == 0)
      let check = try examples.golden("check")
      #expect(check.status == 0 && check.output.hasSuffix(" passed, 0 failed\n"), "\(check.output)")
      #expect(!check.output.contains("note"))
    }
  }

  /// Goldens beside logs are no logs.
  @Test func comparisonsPassOverGoldens() throws {
    try Examples.with { examples in
      let path = examples.path + "/own.rules"
      let run = try Program.run("rules", "diff", "none", path, examples.logs, "--format", "json")
      #expect(try JSON(parsing: run.output)["records"].number == 2)
    }
  }

  @Test func nothingHere() throws {
    try withDirectory { directory in
      let empty = try Program.run("golden", "check", directory.url.path)
      #expect(
        empty.status == 2
          && empty.errors.contains("no inputs (names that end in .log, .txt) and no goldens here"))
      let missing = try Program.run("golden", "check", directory.url.path + "/none")
      #expect(missing.status == 2 && missing.errors.contains("none: No such file or directory"))
      #expect(try Program.run("golden", "check").status == 64)
    }
  }

  @Test func inputsOfOtherNames() throws {
    try Examples.with { examples in
      try examples.write("examples/more.out", Sample.failure)
      #expect(try examples.golden("check").output == "2 passed, 0 failed\n")
      let update = try examples.golden("update", "--input-suffix", ".out", "--input-suffix", ".log")
      #expect(update.output == "3 written, 0 unchanged\n")
      #expect(try examples.golden("check").output == "3 passed, 0 failed\n")
      #expect(try examples.read("examples/more.out.golden.ndjson").contains(#""kind":"failure""#))
    }
  }

  @Test func severalConfigurations() throws {
    try Examples.with { examples in
      let python = examples.logs + "/deep"
      #expect(try Program.run("golden", "update", "--reset", "--profile", "airbyte", python).status == 0)
      // Each golden is checked by what it holds itself.
      #expect(try examples.golden("check").output == "2 passed, 0 failed\n")
      try examples.write("examples/new.log", Sample.java)
      let update = try examples.golden("update")
      #expect(
        update.status == 2
          && update.errors.contains("have several configurations; name the options that hold"))
    }
  }

  // MARK: JUnit

  @Test func junit() throws {
    try Examples.with { examples in
      try examples.change("own.rules", "module:io.airbyte.** +app", "function:<b>&\\\"\u{1}* +app")
      try examples.write("examples/deep/python.log.golden.ndjson", "")
      let check = try examples.golden("check", "--format", "junit")
      #expect(check.status == 1 && check.errors == "0 passed, 2 failed\n")
      #expect(
        check.output.contains(
          #"<testsuite name="tracesift golden" tests="2" failures="1" errors="1" skipped="0">"#))
      #expect(check.output.contains(#"<failure type="changed" message="1 of 1 record not as expected">"#))
      #expect(check.output.contains(#"<error type="broken" message="the golden cannot be used">"#))
      #expect(!check.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      let parser = XMLParserCheck(check.output)
      #expect(parser.isWellFormed && parser.counts["testcase"] == 2)
    }
  }

  // MARK: Review

  @Test func reviewWithoutATerminal() throws {
    try Examples.with { examples in
      try examples.write("own.rules", "module:io.airbyte.** -group\nfunction:g -group\n")
      let before = try examples.files()
      let list = try examples.golden("review", "--list")
      #expect(list.status == 1 && list.lines.last == "0 accepted, 2 left, 0 goldens written")
      #expect(try examples.files() == before)
      let names = list.lines.compactMap { $0.wholeMatch(of: /([0-9a-f]{8})  .*/).map { String($0.1) } }
      #expect(names.count == 2)
      let unknown = try examples.golden("review", "--accept", "00000000")
      #expect(unknown.status == 2 && unknown.errors.contains("no change `00000000` here"))
      #expect(try examples.files() == before)
      #expect(try examples.golden("review", "--accept", names[0]).status == 1)
      #expect(try examples.golden("check").lines.last == "1 passed, 1 failed")
      let all = try examples.golden("review", "--accept-all")
      #expect(all.status == 0 && all.output == "1 accepted, 0 left, 1 golden written\n")
      #expect(try examples.golden("check").output == "2 passed, 0 failed\n")
      #expect(try examples.golden("review", "--list", "--accept-all").status == 64)
    }
  }

  @Test(arguments: [
    ("a\na\n", 2, "2 passed, 0 failed"), ("r\na\n", 1, "1 passed, 1 failed"),
    ("a\nq\n", 1, "1 passed, 1 failed"),
    ("what?\n\na\nreject\n", 1, "1 passed, 1 failed"), ("", 0, "0 passed, 2 failed"),
    ("q\n", 0, "0 passed, 2 failed"),
  ])
  func reviewByAnswers(_ answers: String, _ accepted: Int, _ then: String) throws {
    try Examples.with { examples in
      try examples.write("own.rules", "module:io.airbyte.** -group\nfunction:g -group\n")
      let review = try examples.golden("review", input: answers)
      #expect(review.status == (accepted == 2 ? 0 : 1))
      #expect(
        review.lines.last?.hasPrefix("\(accepted) accepted, \(2 - accepted) left") == true, "\(review.output)"
      )
      #expect(try examples.golden("check").lines.last == then)
    }
  }

  /// Whole files are questions, too: new inputs, orphans, goldens that cannot be used.
  @Test func reviewOfFiles() throws {
    try Examples.with { examples in
      try examples.write("examples/new.log", Sample.java)
      try examples.delete("examples/java.log")
      try examples.write("examples/deep/python.log.golden.ndjson", "broken\n")
      let review = try examples.golden("review", "--accept-all")
      #expect(
        review.status == 0 && review.output == "3 accepted, 0 left, 3 goldens written\n", "\(review.output)")
      #expect(try examples.golden("check").output == "2 passed, 0 failed\n")
      #expect(!(try examples.files().keys.contains("examples/java.log.golden.ndjson")))
    }
  }

  /// The project's own corpus.
  @Test(arguments: ["java", "python", "mixed"])
  func corpusIsAsExpected(_ folder: String) throws {
    let check = try Program.run("golden", "check", "Corpus/" + folder)
    #expect(check.status == 0 && check.lines.count == 1, "\(check.output)\(check.errors)")
    #expect(check.lines.last?.hasSuffix(" passed, 0 failed") == true)
  }
}

/// Whether a text is XML, and how many elements of each name it has.
private final class XMLParserCheck: NSObject, XMLParserDelegate {
  private(set) var isWellFormed = false
  private(set) var counts: [String: Int] = [:]

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
  }
}
