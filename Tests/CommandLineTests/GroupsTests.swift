import Foundation
import Testing

/// `tracesift groups` as a shell sees it.
@Suite struct GroupsTests {
  private static let folder = "Tests/CommandLineTests/Groups/"

  /// What each format makes of a log that tries to break out of it, against the files beside it.
  ///
  /// `UPDATE_GOLDEN=1` writes them anew; a person reads the difference.
  @Test(arguments: [
    ("hostile.table", ["--format", "table"]), ("hostile.narrow.table", ["--width", "56"]),
    ("hostile.tiny.table", ["--width", "12"]),
    ("hostile.colour.table", ["--width", "100", "--color", "always"]),
    ("hostile.csv", ["--format", "csv"]), ("hostile.json", ["--format", "json"]),
    ("hostile.html", ["--format", "html"]), ("hostile.top.table", ["--top", "2", "--width", "80"]),
  ])
  func formats(_ name: String, _ options: [String]) throws {
    let program = try Program.run(["groups", Self.folder + "hostile.log"] + options)
    #expect(program.status == 0 && program.errors.isEmpty)
    let file = URL(fileURLWithPath: Program.root + "/" + Self.folder + name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(program.output.utf8).write(to: file)
    }
    #expect(try Data(program.output.utf8) == Data(contentsOf: file), "\(name)")
  }

  /// No control byte of the input gets through, nor anything that turns the direction of writing around.
  @Test(arguments: ["table", "csv", "json", "html"]) func controlBytesStayInside(_ format: String) throws {
    let program = try Program.run(["groups", Self.folder + "hostile.log", "--format", format])
    for scalar in program.output.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D, 0x09: break
      case 0..<0x20, 0x7F...0x9F: Issue.record("a control character in \(format): \(scalar.value)")
      case 0x202A...0x202E where format != "json": Issue.record("a change of direction in \(format)")
      default: break
      }
    }
  }

  /// Every tag of the page is one that the page itself makes, and nothing is loaded.
  @Test func thePageHasNoOtherTags() throws {
    let page = try Program.run(["groups", Self.folder + "hostile.log", "--format", "html"]).output
    let known: Set<String> = [
      "!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "figure",
      "figcaption",
      "svg", "rect", "path", "span", "ol", "li", "div", "b", "details", "summary", "dl", "dt", "dd", "pre",
    ]
    var open: [String] = []
    for part in page.split(separator: "<").dropFirst() {
      let name = part.prefix { $0 != ">" && $0 != " " && $0 != "\n" }
      let tag = name.hasPrefix("/") ? String(name.dropFirst()) : String(name)
      #expect(known.contains(tag), "<\(name)")
      let isEmpty = ["!doctype", "meta"].contains(tag) || part.prefix { $0 != ">" }.hasSuffix("/")
      if name.hasPrefix("/") { #expect(open.popLast() == tag) } else if !isEmpty { open.append(tag) }
    }
    #expect(open.isEmpty)
    #expect(page.contains("Content-Security-Policy\" content=\"default-src 'none'"))
    #expect(!page.contains("src=") && !page.contains("href=") && !page.contains("url("))
  }

  /// RFC 4180: as many fields in every record, and the example comes back as it stood.
  @Test func csvCanBeReadBack() throws {
    let text = try Program.run(["groups", Self.folder + "hostile.log", "--format", "csv"]).output
    let records = Self.records(Array(text.unicodeScalars))
    #expect(records.count == 7)
    #expect(records.allSatisfy { $0.count == records[0].count })
    let title = try #require(records[0].firstIndex(of: "title"))
    #expect(records.contains { $0[title] == "IllegalStateException: comma, \"quote\"" })
    let example = try #require(records[0].firstIndex(of: "example"))
    #expect(
      records.contains {
        $0[example] == "java.lang.IllegalStateException: comma, \"quote\"\n\tat io.x.Y.z(Y.java:1)"
      })
  }

  private static func records(_ text: [Unicode.Scalar]) -> [[String]] {
    var (records, fields, field): ([[String]], [String], String) = ([], [], "")
    var isQuoted = false
    var index = 0
    while index < text.count {
      defer { index += 1 }
      switch text[index] {
      case "\"" where isQuoted && index + 1 < text.count && text[index + 1] == "\"":
        field += "\""
        index += 1
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        fields.append(field)
        field = ""
      case "\r" where !isQuoted && text[index + 1] == "\n":
        records.append(fields + [field])
        (fields, field) = ([], "")
        index += 1
      default: field.unicodeScalars.append(text[index])
      }
    }
    return records
  }

  // MARK: Inputs

  @Test func nothingFound() throws {
    for (input, said) in [("", "no traces in 0 lines, 0 B\n"), ("a log\n", "no traces in 1 line, 6 B\n")] {
      let program = try Program.run("groups", input: input)
      #expect(program.status == 0 && program.output == said && program.errors.isEmpty)
    }
    for format in ["json", "csv", "html"] {
      let program = try Program.run("groups", "--format", format, input: "a log\n")
      #expect(program.status == 0 && !program.output.isEmpty && program.errors.isEmpty)
    }
  }

  @Test func aMissingPath() throws {
    try withDirectory { directory in
      let file = try directory.file("a.log", Sample.java).path
      let program = try Program.run("groups", "/nowhere/x.log", file)
      #expect(program.status == 2)
      #expect(program.errorLines == ["tracesift: /nowhere/x.log: No such file or directory"])
      #expect(
        program.output.contains("IllegalStateException") && program.output.contains("1 trace in 1 group"))
    }
  }

  @Test func theReaderGoesAway() throws {
    try withDirectory { directory in
      let file = try directory.file("a.log", (0..<3000).map { "a.E\n\tat a.B.m\($0)(C.java:1)\n" }.joined())
        .path
      let script =
        "for f in table json csv html; do \(Program.quotedPath) groups --format $f '\(file)' | head -n 1 >/dev/null; done"
      let program = try Program.shell("set -e; " + script)
      #expect(program.status == 0 && program.errors.isEmpty)
    }
  }

  @Test func anyNumberOfWorkers() throws {
    for format in ["table", "json", "csv", "html"] {
      let outputs = try ["1", "2", "3"].map {
        try Program.run("groups", "--format", format, "--jobs", $0, "Corpus/mixed", "Corpus/python").output
      }
      #expect(outputs[0] == outputs[1] && outputs[1] == outputs[2] && !outputs[0].isEmpty)
    }
  }

  @Test func sharedOptions() throws {
    try withDirectory { directory in
      let failures = directory.url.appendingPathComponent("failures.ndjson").path
      let input = Sample.java + Sample.failure + Sample.python
      let program = try Program.run(
        "groups", "--stats", "--fail-on-unparsed", "--failures", failures, "-", input: input)
      #expect(program.status == 1)
      #expect(program.output.contains("2 traces in 2 groups, 1 failure; "))
      let stats = try JSON(parsing: try #require(program.errorLines.first))
      #expect(stats["traces"]["java"].number == 1 && stats["failures"]["no_frames"].number == 1)
      let records = try String(contentsOfFile: failures, encoding: .utf8)
      #expect(try records == Program.run("scan", "--failures", "/dev/stderr", input: input).errors)
      #expect(try Program.run("groups", "--fail-on-unparsed", input: Sample.java).status == 0)
    }
  }

  // MARK: Terminals

  @Test func fitsTheTerminal() throws {
    let input = Sample.java + Sample.python
    let text = try Program.onTerminal(["groups"], input: input, environment: ["NO_COLOR": "1"])
    let lines = text.split(whereSeparator: \.isNewline)
    #expect(lines.count == 4 && lines.allSatisfy { $0.count <= 80 } && !text.contains("\u{1B}"))
    #expect(
      try Program.onTerminal(["groups"], input: input, environment: ["NO_COLOR": ""]).contains("\u{1B}["))
    #expect(try !Program.run("groups", input: input).output.contains("\u{1B}"))
  }

  // MARK: Sums

  @Test func sums() throws {
    try withDirectory { directory in
      let parts = ["Corpus/mixed", "Corpus/both", "Corpus/java/"]
      let files = try parts.enumerated().map { index, part in
        let output = try Program.run("groups", "--format", "json", part).output
        return try directory.file("\(index).json", output).path
      }
      for format in ["json", "table", "csv", "html"] {
        let whole = try Program.run(["groups", "--format", format] + parts).output
        #expect(
          try Program.run(["groups", "--format", format, "--merge"] + files.reversed()).output == whole)
      }
      let once = try Program.run("groups", "--format", "json", "--merge", files[2], files[0])
      let twice = try Program.run(
        ["groups", "--merge", "--format", "json", files[1], "-"], input: once.output)
      #expect(try twice.output == Program.run(["groups", "--format", "json"] + parts).output)
    }
  }

  @Test func sumsThatCannotBe() throws {
    try withDirectory { directory in
      let one = try Program.run("groups", "--format", "json", input: Sample.java).output
      let first = try directory.file("a.json", one).path
      let other = try Program.run("groups", "--format", "json", "--profile", "airbyte", input: Sample.java)
        .output
      let second = try directory.file("b.json", other).path
      let old = try directory.file("old.json", one.replacingOccurrences(of: "{\"v\":1", with: "{\"v\":0"))
        .path
      let log = try directory.file("x.log", Sample.java).path

      let program = try Program.run("groups", "--merge", first, second, old, log, "/nowhere.json")
      #expect(program.status == 2 && program.output.isEmpty)
      #expect(
        program.errorLines == [
          "tracesift: \(second): made with another configuration than \(first): --profile is airbyte, not full; "
            + "make both with the same options, or look at them one by one",
          "tracesift: \(old): this summary has version 0, and this program reads version 1; make it again with this "
            + "program, or merge it with the one that wrote it",
          "tracesift: \(log):1:1: this is no JSON: expected a number; make it with `tracesift groups "
            + "--format json`",
          "tracesift: /nowhere.json: No such file or directory",
        ])
    }
  }

  /// Rules are told apart by their text, wherever it lies.
  @Test func rulesAreToldApart() throws {
    try withDirectory { directory in
      let rules = try directory.file("a.rules", "family:java +app\n").path
      let same = try directory.file("b.rules", "family:java +app\n").path
      func summary(_ name: String, _ options: String...) throws -> String {
        let text = try Program.run(["groups", "--format", "json"] + options, input: Sample.java).output
        return try directory.file(name, text).path
      }
      let first = try summary("1", "--rules", rules)
      #expect(try Program.run("groups", "--merge", first, try summary("2", "--rules", same)).status == 0)
      for other in [
        try summary("3"), try summary("4", "--fingerprint-rules", "/dev/null", "--no-default-rules"),
        try summary("5", "--rules", rules, "--rules", same),
        try summary("6", "--rules", rules, "--max-groups", "7"),
      ] {
        let program = try Program.run("groups", "--merge", first, other)
        #expect(program.status == 2 && program.errors.contains("another configuration"))
      }
    }
  }

  @Test(arguments: [
    ["groups", "--merge"], ["groups", "--format", "json", "--top", "3"], ["groups", "--max-groups", "0"],
    ["groups", "--width", "0"], ["groups", "--top", "-1"], ["groups", "--format", "xml"],
    ["groups", "--merge", "--rules", "x", "a.json"],
  ])
  func usage(_ arguments: [String]) throws {
    let program = try Program.run(arguments)
    #expect(program.status == 64 && program.output.isEmpty && !program.errors.isEmpty)
  }
}
