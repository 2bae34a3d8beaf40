import Foundation
import TestSupport
import Testing

/// `tracesift explain`: down to the text whose MD5 is the hash (interface.md).
@Suite struct ExplainTests {
  private func explain(_ input: String, _ options: String...) throws -> JSON {
    let run = try Program.run(["explain", "--format", "json"] + options, input: input)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return try JSON(parsing: run.output)
  }

  private func record(_ input: String, _ options: [String] = []) throws -> JSON {
    try JSON(parsing: try #require(try Program.run(["scan"] + options, input: input).lines.first))
  }

  // MARK: The hashed text

  /// The commands that are shown, run by a shell, give the hashes of the records.
  @Test(arguments: [
    Sample.java, Sample.python, Sample.failure,
    "java.lang.Error: tab\there \\ and \u{1B}[31m 'quoted' 1\u{9B}2\n\tat a.B.gone(C.java:5)\n",
    "Traceback (most recent call last):\n  File \"a\u{7}'\\b.py\", line 1, in f\u{1}\n    g('\u{2}3\\n', 'it''s')\nE: x\n",
  ])
  func commandsGiveTheHashes(_ log: String) throws {
    try withDirectory { directory in
      // A stack of which nothing counts lets the value count.
      let rules = try directory.file("x.rules", "function:gone -group\n").path
      try commandsGiveTheHashes(log, rules)
    }
  }

  private func commandsGiveTheHashes(_ log: String, _ rules: String) throws {
    let record = try record(log, ["--rules", rules])
    let explained = try explain(log, "--rules", rules)
    #expect(explained["group"].text == record["group"].text)
    #expect(explained["title"].text == record["title"].text)
    let variants = explained["variants"].list.filter { $0["contributes"].flag == true }
    #expect(Set(variants.compactMap { $0["name"].text }) == record["variants"].names)
    for variant in variants {
      let hash = try #require(variant["hash"].text)
      #expect(record["variants"][variant["name"].text ?? ""].text == hash)
      #expect(variant["hashed"].text == variant["leaves"].list.compactMap { $0["value"].text }.joined())
      let command = try #require(variant["command"].text)
      #expect(try Program.shell(command).output == "\(hash)  -\n", "\(command)")
    }
    let text = try Program.run(["explain", "--rules", rules], input: log).output
    #expect(variants.allSatisfy { text.contains("\n    \($0["command"].text ?? "?")\n") })
  }

  /// Every command of every variant, for texts of all kinds of characters.
  @Test func commandsOfRandomMessages() throws {
    var random = SplitMix64(seed: 11)
    let alphabet = Array("'\"\\%$`!ab01 \t\u{1}\u{1B}\u{7F}\u{85}\u{9B}\u{2028}é漢{}()\0").map(String.init)
    for _ in 0..<10 {
      let name = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? ""
      }.joined()
      let log = "Traceback (most recent call last):\n  File \"/x.py\", line 3, in f\n    \(name)x\nE: y\n"
      let run = try Program.run(["explain", "--format", "json"], input: log)
      guard run.status == 0 else { continue }
      for variant in try JSON(parsing: run.output)["variants"].list {
        guard let hash = variant["hash"].text, let command = variant["command"].text else { continue }
        #expect(!command.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        #expect(try Program.shell(command).output == "\(hash)  -\n", "\(command)")
      }
    }
  }

  // MARK: What became what

  @Test func linesAndFrames() throws {
    let explained = try explain("first line\n" + Sample.java)
    let record = explained["record"]
    let first = try #require(record["line"].number)
    let lines = explained["lines"].list
    #expect(lines.count == record["lines"].number)
    #expect(lines.indices.map { lines[$0]["line"].number } == lines.indices.map { first + $0 })
    let roles = lines.reduce(into: [String: String]()) { roles, line in
      let place = [line["exception"].number, line["frame"].number].compactMap { $0.map(String.init) }
      roles[line["text"].text ?? ""] = ([line["role"].text ?? ""] + place).joined(separator: " ")
    }
    #expect(roles["java.lang.IllegalStateException: boom"] == "header 0")
    #expect(roles["\tat io.airbyte.workers.Main.run(Main.java:12)"] == "frame 0 1")
    #expect(roles["\tat java.util.concurrent.FutureTask.run(FutureTask.java:264)"] == "frame 0 0")
    #expect(roles["Caused by: java.io.IOException: it's \"50%\" \\n"] == "header 1")
    #expect(roles["\tat io.airbyte.workers.Disk.read(Disk.java:7)"] == "frame 1 0")
    #expect(roles["\t... 2 more"] == "other")
    // The cause first, as in the event; each frame names its line.
    let exceptions = explained["exceptions"].list
    #expect(exceptions.map { $0["exception"].number } == [1, 0])
    for exception in exceptions {
      for frame in exception["frames"].list {
        let line = lines.first { $0["line"].number == frame["line"].number }
        #expect(line?["frame"].number == frame["frame"].number)
        #expect(line?["exception"].number == exception["exception"].number)
        #expect(line?["text"].text?.contains(frame["function"].text ?? "?") == true)
      }
    }
  }

  @Test func pythonLines() throws {
    let roles = try explain(Sample.python)["lines"].list.map {
      ($0["role"].text ?? "") + ($0["frame"].number.map { " \($0)" } ?? "")
    }
    #expect(roles == ["other", "frame 0", "source 0", "frame 1", "source 1", "header"])
  }

  // MARK: Rules

  /// What marked a frame, with the place of the rule; every in-app as in the record.
  @Test func rulesOfFrames() throws {
    let rules = "Corpus/rules/airbyte.rules"
    let record = try record(Sample.java, ["--rules", rules])
    let explained = try explain(Sample.java, "--rules", rules)
    let frames = explained["exceptions"][1]["frames"]
    #expect(
      frames.list.map { $0["in_app"].flag }
        == record["exceptions"][0]["frames"].list.map { $0["in_app"].flag })
    #expect(frames[1]["in_app"].flag == true && frames[1]["in_app_by"].text == "rule")
    #expect(frames[1]["in_app_rule"]["text"].text == "stack.module:io.airbyte.* +app")
    #expect(frames[1]["in_app_rule"]["source"].text == rules)
    #expect(frames[1]["in_app_rule"]["line"].number == 5)
    #expect(frames[0]["in_app"].flag == false && frames[0]["in_app_by"].text == "none")
    #expect(frames[0]["app"]["contributes"].flag == false && frames[0]["app"]["hint"].text == "non app frame")
    let text = try Program.run(["explain", "--rules", rules], input: Sample.java).output
    #expect(text.contains("yes, by \(rules):5: stack.module:io.airbyte.* +app"))
  }

  @Test func rulesThatTakeFramesOut() throws {
    try withDirectory { directory in
      let rules = try directory.file("x.rules", "# one\nfunction:read -group\nmodule:java.* category=mine\n")
        .path
      let explained = try explain(Sample.java, "--rules", rules)
      let read = explained["exceptions"][0]["frames"][0]
      #expect(read["system"]["contributes"].flag == false && read["system"]["rule"]["line"].number == 2)
      #expect(read["system"]["hint"].text?.contains("function:read -group") == true)
      let future = explained["exceptions"][1]["frames"][0]
      #expect(future["category"].text == "mine" && future["category_rule"]["line"].number == 3)
      #expect(future["system"]["contributes"].flag == true && future["system"]["rule"].value == nil)
    }
  }

  @Test func fingerprints() throws {
    try withDirectory { directory in
      let rules = try directory.file(
        "f.rules", "\nerror.type:ValueError -> mine, {{ error.type }}, {{ default }}"
      ).path
      let explained = try explain(Sample.python, "--fingerprint-rules", rules)
      #expect(explained["fingerprint_by"].text == "fingerprint rule at \(rules):2")
      let variant = explained["variants"].list.first { $0["contributes"].flag == true }
      let leaves = try #require(variant)["leaves"]
      #expect(leaves.list.prefix(2).map { $0["kind"].text } == ["fingerprint", "fingerprint"])
      #expect(leaves.list.prefix(2).map { $0["value"].text } == ["mine", "ValueError"])
      #expect(leaves.list.contains { $0["kind"].text == "function" })
      let command = try #require(variant?["command"].text)
      #expect(try Program.shell(command).output.hasPrefix(explained["group"].text ?? "?"))
    }
    #expect(try explain(Sample.python)["fingerprint_by"].text == "Sentry's own grouping")
    let airbyte = try explain(Sample.java, "--profile", "airbyte", "--connector", "airbyte/source-x:1")
    #expect(airbyte["fingerprint_by"].text == "the profile, from the connector")
    // Airbyte's parser keeps the order of the text.
    #expect(airbyte["exceptions"].list.map { $0["exception"].number } == [0, 1])
  }

  /// Of more than 250 frames the middle ones are cut; the others keep the numbers of the text.
  @Test func manyFrames() throws {
    let frames = (1...300).reversed().map { "\tat a.B.f\($0)(B.java:\($0))\n" }.joined()
    let explained = try explain("java.lang.Error: x\n" + frames)["exceptions"][0]["frames"].list
    #expect(explained.count == 250)
    #expect(explained.allSatisfy { $0["function"].text == "f\(($0["frame"].number ?? -2) + 1)" })
    #expect(explained.allSatisfy { $0["line"].number == 301 - ($0["frame"].number ?? 0) })
  }

  // MARK: The command

  @Test func oneOfSeveral() throws {
    let log = Sample.python + "\n" + Sample.failure + Sample.java
    #expect(try explain(log)["record"]["platform"].text == "python")
    #expect(try explain(log, "--trace", "2")["record"]["kind"].text == "failure")
    let third = try explain(log, "--trace", "3")["record"]
    #expect(third["platform"].text == "java" && (third["line"].number ?? 0) > 8)
    let fourth = try Program.run(["explain", "--trace", "4"], input: log)
    #expect(fourth.status == 2 && fourth.output.isEmpty)
    #expect(fourth.errors.contains("there are only 3 traces here"))
  }

  @Test func failures() throws {
    let explained = try explain(Sample.failure)
    #expect(explained["record"]["reason"].text != nil && explained["record"]["detail"].text != nil)
    #expect(explained["exceptions"].list.isEmpty && explained["variants"].list.count == 1)
    #expect(explained["variants"][0]["leaves"][0]["kind"].text == "message")
  }

  @Test func controlCharactersAreEscapes() throws {
    let log =
      "java.lang.Error: a\u{1B}]0;x\u{7}\u{9B}31m\u{7F}\u{202E}\n\tat a.B\u{8}.c(D.java:5)\n\tat a.B.c(D.java:6)\n"
    for format in ["text", "json"] {
      let run = try Program.run(["explain", "--format", format], input: log)
      #expect(run.status == 0)
      let raw = run.output.unicodeScalars.filter { scalar in
        scalar != "\n"
          && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x202E)
      }
      #expect(raw.isEmpty)
    }
  }

  @Test func colourOnlyWhenAskedFor() throws {
    #expect(!(try Program.run("explain", input: Sample.java).output.contains("\u{1B}")))
    #expect(try Program.run("explain", "--color", "always", input: Sample.java).output.contains("\u{1B}[1m"))
    #expect(!(try Program.run("explain", "--color", "never", input: Sample.java).output.contains("\u{1B}")))
  }

  /// By itself only on a terminal, and there not against the reader's will (no-color.org).
  @Test func colourOfTerminals() throws {
    let plain = try Program.onTerminal(["explain"], input: Sample.java, environment: ["NO_COLOR": "1"])
    #expect(plain.contains("to try it") && !plain.contains("\u{1B}"))
    let empty = try Program.onTerminal(["explain"], input: Sample.java, environment: ["NO_COLOR": ""])
    #expect(empty.contains("\u{1B}[1m"))
    let never = try Program.onTerminal(["explain", "--color", "never"], input: Sample.java)
    #expect(never == plain)
  }

  @Test func nothingToExplain() throws {
    let empty = try Program.run("explain", input: "all is well\n")
    #expect(empty.status == 2 && empty.errors.contains("there is no trace here") && empty.output.isEmpty)
    let missing = try Program.run("explain", "/nowhere/app.log")
    #expect(
      missing.status == 2 && missing.errors == "tracesift: /nowhere/app.log: No such file or directory\n")
  }

  @Test(arguments: [
    ["explain", "--trace", "0"], ["explain", "--format", "xml"], ["explain", "a", "b"],
    ["explain", "--trace", "x"],
  ])
  func usage(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 64 && run.output.isEmpty && !run.errors.isEmpty)
  }
}
