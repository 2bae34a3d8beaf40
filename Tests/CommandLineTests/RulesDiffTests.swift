import Foundation
import TestSupport
import Testing

/// `tracesift rules diff`: what it says against what `scan` and `explain` say of each side.
@Suite struct RulesDiffTests {
  private static let log = "Corpus/mixed/app.log"
  private static let rules = "Corpus/rules/airbyte.rules"

  private func diff(_ arguments: [String], input: String = "") throws -> JSON {
    let run = try Program.run(["rules", "diff", "--format", "json"] + arguments, input: input)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return try JSON(parsing: run.output)
  }

  private func flows(_ report: JSON) -> [JSON] { report["changes"].list.flatMap { $0["flows"].list } }

  // MARK: The groups

  /// One configuration of a comparison, as options of `scan`.
  private func groups(_ options: [String], _ input: String) throws -> [String] {
    try Program.run(["scan"] + options, input: input).lines.map {
      try JSON(parsing: $0)["group"].text ?? ""
    }
  }

  /// Two scans, put side by side by the test, give what one comparison says.
  private func expectAgreement(_ old: [String], _ new: [String], _ report: JSON, _ input: String) throws {
    let pairs = zip(try groups(old, input), try groups(new, input)).map { [$0, $1] }
    var counts: [[String]: Int] = [:]
    for pair in pairs { counts[pair, default: 0] += 1 }
    #expect(report["records"].number == pairs.count)
    #expect(report["moved"].number == pairs.count { $0[0] != $0[1] })
    #expect(report["groups"]["before"].number == Set(pairs.map { $0[0] }).count)
    #expect(report["groups"]["after"].number == Set(pairs.map { $0[1] }).count)
    for flow in flows(report) {
      let pair = [flow["old"].text ?? "", flow["new"].text ?? ""]
      #expect(counts.removeValue(forKey: pair) == flow["records"].number)
      #expect((flow["cause"].value != nil) == (pair[0] != pair[1]))
    }
    // What is left stayed as it was, whole.
    #expect(counts.count == report["groups"]["unchanged"].number)
    #expect(counts.keys.allSatisfy { $0[0] == $0[1] })
    for change in report["changes"].list { try expectKind(change) }
  }

  private func expectKind(_ change: JSON) throws {
    let sides = (change["old"].list.count, change["new"].list.count)
    switch change["change"].text {
    case "split": #expect(sides.0 == 1 && sides.1 > 1)
    case "merged": #expect(sides.0 > 1 && sides.1 == 1)
    case "mixed": #expect(sides.0 > 1 && sides.1 > 1)
    case "renamed":
      #expect(sides == (1, 1))
      #expect(change["old"][0]["group"].text != change["new"][0]["group"].text)
    default: Issue.record("\(change["change"].text ?? "no kind")")
    }
  }

  @Test func agreesWithTwoScansOfTheCorpus() throws {
    let text = try String(contentsOfFile: Program.root + "/" + Self.log, encoding: .utf8)
    let report = try diff(["none", Self.rules, Self.log])
    try expectAgreement([], ["--rules", Self.rules], report, text)
    #expect(report["groups"]["merged"].number == 1 && report["groups"]["renamed"].number == 9)
  }

  /// Random rules against others over random traces: splits, merges and mixtures of all kinds.
  @Test func agreesWithTwoScansOfRandomRules() throws {
    var random = SplitMix64(seed: 6)
    var kinds: Set<String> = []
    for _ in 0..<30 {
      let log = (0..<40).map { _ in trace(&random) }.joined()
      try withDirectory { directory in
        let old = try directory.file("old.rules", rules(&random)).path
        let new = try directory.file("new.rules", rules(&random)).path
        for jobs in ["1", "3"] {
          let file = try directory.file("app.log", log).path
          let report = try diff(["--jobs", jobs, old, new, file])
          try expectAgreement(["--rules", old], ["--rules", new], report, log)
          kinds.formUnion(report["changes"].list.compactMap { $0["change"].text })
        }
      }
    }
    #expect(kinds == ["split", "merged", "renamed", "mixed"])
  }

  private func trace(_ random: inout SplitMix64) -> String {
    var text = "2024-01-02 03:04:05,678 ERROR x - failed\njava.lang.IllegalStateException: boom\n"
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let name = ["a.One", "b.Two", "c.Three"].randomElement(using: &random) ?? ""
      text +=
        "\tat \(name).f\(Int.random(in: 0...1, using: &random))(X.java:\(Int.random(in: 1...9, using: &random)))\n"
    }
    return text
  }

  private func rules(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      let matcher =
        ["module:a.*", "module:b.*", "module:c.*", "function:f0", "function:f1"].randomElement(using: &random)
        ?? ""
      let action =
        ["+app", "-app", "-group", "+group", "^-group", "max-frames=1"].randomElement(using: &random) ?? ""
      return "\(matcher) \(action)\n"
    }.joined()
  }

  // MARK: The causes

  /// Every cause of Airbyte's two rules against none, looked up by hand with `explain`: the frame has the fate that
  /// is told, by the rule that is told, and no frame before it changed.
  @Test func causesAgreeWithExplain() throws {
    let report = try diff(["none", Self.rules, Self.log])
    let places = try Program.run("scan", Self.log).lines.map { try JSON(parsing: $0)["line"].number ?? 0 }
    let flows = flows(report)
    #expect(flows.count == 13)
    for flow in flows {
      let number = try #require(places.firstIndex(of: flow["line"].number ?? -1)) + 1
      let before = try explained(number, [])
      let after = try explained(number, ["--rules", Self.rules])
      #expect(before["group"].text == flow["old"].text && after["group"].text == flow["new"].text)
      let change = try #require(try firstChange(before, after))
      let cause = flow["cause"]
      #expect(cause["exception"].number == change.exception && cause["frame"].number == change.frame)
      #expect(cause["before"]["text"].text == "not in-app" && cause["after"]["text"].text == "in-app")
      #expect(cause["before"]["rule"]["line"].number == change.before["in_app_rule"]["line"].number)
      let rule = change.after["in_app_rule"]
      #expect(rule["source"].text == Self.rules)
      #expect(cause["after"]["rule"]["line"].number == rule["line"].number)
      #expect(cause["after"]["rule"]["text"].text == rule["text"].text)
    }
  }

  private func explained(_ number: Int, _ options: [String]) throws -> JSON {
    let arguments = ["explain", "--format", "json", "--trace", "\(number)"] + options + [Self.log]
    return try JSON(parsing: try Program.run(arguments).output)
  }

  private func firstChange(
    _ before: JSON, _ after: JSON
  ) throws -> (exception: Int?, frame: Int?, before: JSON, after: JSON)? {
    for (old, new) in zip(before["exceptions"].list, after["exceptions"].list) {
      for (one, other) in zip(old["frames"].list, new["frames"].list)
      where one["app"]["contributes"].flag != other["app"]["contributes"].flag {
        return (new["exception"].number, other["frame"].number, one, other)
      }
    }
    return nil
  }

  private static let sample = Sample.java + Sample.python

  /// Small comparisons and the cause that they must name.
  @Test(arguments: [
    (
      "function:read -group\n", "frame 1.0 io.airbyte.workers.Disk in read (Disk.java)",
      "contributes to system",
      "does not contribute to system", 1
    ),
    (
      "# nothing yet\n\nmodule:io.airbyte.** +app\n", "frame 1.0 io.airbyte.workers.Disk in read (Disk.java)",
      "not in-app", "in-app", 3
    ),
    (
      "module:io.airbyte.** max-frames=1\n",
      "frame 0.0 java.util.concurrent.FutureTask in run (FutureTask.java)",
      "contributes to system", "does not contribute to system", 1
    ),
  ])
  func causes(_ rules: String, _ subject: String, _ before: String, _ after: String, _ line: Int) throws {
    try withDirectory { directory in
      let path = try directory.file("x.rules", rules).path
      let flow = try #require(flows(try diff(["none", path, "-"], input: Self.sample)).first)
      #expect(flow["cause"]["subject"].text == subject)
      #expect(flow["cause"]["before"]["text"].text == before)
      #expect(flow["cause"]["after"]["text"].text == after)
      #expect(flow["cause"]["after"]["rule"]["line"].number == line)
      #expect(flow["cause"]["after"]["rule"]["source"].text == path)
    }
  }

  @Test func fingerprintRules() throws {
    try withDirectory { directory in
      let old = try directory.file("old.fingerprints", "type:Nothing -> never\n").path
      let new = try directory.file("new.fingerprints", "\ntype:ValueError -> oops\ntype:ValueError -> late\n")
        .path
      let report = try diff(["--fingerprint", old, new, "-"], input: Self.sample)
      let cause = flows(report)[0]["cause"]
      #expect(report["moved"].number == 1)
      #expect(cause["kind"].text == "fingerprint")
      #expect(cause["before"]["text"].text == "Sentry's own grouping")
      #expect(cause["after"]["text"].text == "oops" && cause["after"]["rule"]["line"].number == 2)
      let idle = report["idle_rules"].list.map {
        "\($0["side"].text ?? "") \($0["rule"]["line"].number ?? 0)"
      }
      #expect(idle == ["new 3", "old 1"])
    }
  }

  @Test func profilesAndConfigs() throws {
    let none = ["none", "none", "-"]
    let config = try diff(["--old-config", "newstyle:2023-01-11"] + none, input: Self.sample)
    #expect(config["moved"].number == 2)
    #expect(flows(config).allSatisfy { $0["cause"]["kind"].text == "hash" })
    let profile = try diff(["--new-profile", "airbyte"] + none, input: Self.sample)
    try expectAgreement([], ["--profile", "airbyte"], profile, Self.sample)
    #expect((profile["moved"].number ?? 0) > 0)
    #expect(try diff(none, input: Self.sample)["moved"].number == 0)
  }

  // MARK: Rules that do nothing

  /// Rules by line with the verdict on each; `-`: it does something.
  @Test(arguments: [
    ("module:io.airbyte.** +app\nmodule:io.airbyte.** -app\n", ["shadowed 2", "-"]),
    ("module:io.airbyte.** +app\nmodule:io.airbyte.workers.Main -app\n", ["-", "-"]),
    ("module:com.acme.** +app\n", ["never_matched"]),
    ("module:io.airbyte.** +group\n", ["without_effect"]),
    ("module:io.airbyte.** +app\nmodule:io.airbyte.** +group\n", ["-", "without_effect"]),
    ("module:io.airbyte.** -group\nmodule:io.** +group\n", ["shadowed 2", "-"]),
    ("module:io.airbyte.** min-frames=9\n", ["-"]),
    // What a rule sees of another's answer counts, although a third replaces it.
    (
      "module:io.airbyte.** +app\napp:yes category=own\nmodule:io.airbyte.** -app\ncategory:own -group\n",
      ["-", "-", "-", "-"]
    ),
  ])
  func idleRules(_ rules: String, _ verdicts: [String]) throws {
    try withDirectory { directory in
      let path = try directory.file("x.rules", rules).path
      let report = try diff(["none", path, "-"], input: Self.sample)
      var found = [String](repeating: "-", count: verdicts.count)
      for idle in report["idle_rules"].list {
        let by = idle["by"]["line"].number.map { " \($0)" } ?? ""
        found[(idle["rule"]["line"].number ?? 1) - 1] = (idle["verdict"].text ?? "") + by
      }
      #expect(found == verdicts, "\(rules)")
      // The same on both sides is told once.
      let both = try diff([path, path, "-"], input: Self.sample)["idle_rules"].list
      #expect(both.allSatisfy { $0["side"].text == "both" } && both.count == report["idle_rules"].list.count)
    }
  }

  /// A rule that is said to do nothing can be taken out without any hash moving.
  @Test func idleRulesCanGo() throws {
    var random = SplitMix64(seed: 9)
    for _ in 0..<30 {
      let log = (0..<10).map { _ in trace(&random) }.joined()
      let text = rules(&random)
      try withDirectory { directory in
        let path = try directory.file("x.rules", text).path
        var lines = text.split(separator: "\n").map(String.init)
        for idle in try diff([path, path, "-"], input: log)["idle_rules"].list {
          lines[(idle["rule"]["line"].number ?? 1) - 1] = "# gone"
        }
        let less = try directory.file("y.rules", lines.joined(separator: "\n") + "\n").path
        #expect(try groups(["--rules", path], log) == groups(["--rules", less], log), "\(text)\(lines)")
      }
    }
  }

  // MARK: Formats and exit codes

  @Test func annotations() throws {
    let run = try Program.run("rules", "diff", "none", Self.rules, Self.log, "--format", "github")
    let lines = run.lines
    #expect(lines.count == 3)
    #expect(
      lines[0].hasPrefix("::warning file=Corpus/rules/airbyte.rules,line=5,title=tracesift%3A 126 records"))
    #expect(
      lines[1].hasPrefix("::warning file=Corpus/rules/airbyte.rules,line=9,title=tracesift%3A 40 records"))
    #expect(lines[2] == "166 of 263 records moved; groups: 5 unchanged, 1 merged, 9 renamed")
  }

  /// A rule that is gone is told where it would stand now, not in a file that nobody can see.
  @Test func annotationsOfRulesThatAreGone() throws {
    try withDirectory { directory in
      let less = try directory.file("less.rules", "stack.module:io.airbyte.* +app\n").path
      let run = try Program.run("rules", "diff", Self.rules, less, Self.log, "--format", "github")
      #expect(run.lines.count == 2)
      #expect(
        run.lines[0].hasPrefix("::warning file=\(less),title=tracesift%3A 40 records of 3 groups moved::"))
      #expect(run.lines[0].contains("before: in-app, by Corpus/rules/airbyte.rules:9: stack.abs_path:"))
    }
  }

  /// Ten of a kind are shown by GitHub: nine, and how many there are more.
  @Test func annotationsAreCapped() throws {
    try withDirectory { directory in
      let rules = (1...14).map { "module:none\($0).** +app\n" }.joined()
      let path = try directory.file("a,b%.rules", rules).path
      let run = try Program.run(
        ["rules", "diff", "none", path, "-", "--format", "github"], input: Self.sample)
      #expect(run.lines.count == 11)
      #expect(
        run.lines.prefix(9).allSatisfy {
          $0.hasPrefix("::notice file=") && $0.contains("a%2Cb%25.rules,line=")
        })
      #expect(run.lines[9].hasPrefix("::notice title=tracesift::5 more;"))
    }
  }

  /// Texts of strangers are no markup, no command and no control sequence in any format.
  @Test func hostileTexts() throws {
    let log =
      "java.lang.IllegalStateException: <script>alert(1)</script> & \"x\" \u{1B}[31m ::error::x\n\tat io.airbyte.A.<b>(A.java:1)\n"
    try withDirectory { directory in
      let path = try directory.file("x.rules", "module:io.airbyte.** +app\nfunction:<b> -group\n").path
      for format in ["table", "json", "html", "github"] {
        let run = try Program.run(["rules", "diff", "none", path, "-", "--format", format], input: log)
        #expect(run.status == 0 && run.output.contains("alert(1)"))
        #expect(!run.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        if format == "html" { #expect(!run.output.contains("<script") && !run.output.contains("<b>(")) }
        if format == "github" { #expect(run.lines.allSatisfy { !$0.hasPrefix("::error") }) }
      }
    }
  }

  @Test func pageNeedsNothing() throws {
    let page = try Program.run("rules", "diff", "none", Self.rules, Self.log, "--format", "html").output
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    #expect(page.contains("color-scheme: light dark"))
    for part in ["<script", "http:", "https:", "src=", "url(", "@import"] {
      #expect(!page.contains(part), "\(part)")
    }
    #expect(page.components(separatedBy: "<details>").count - 1 == 10)
    #expect(page.components(separatedBy: "</details>").count - 1 == 10)
  }

  @Test func exitStatus() throws {
    let moved = ["rules", "diff", "none", Self.rules, Self.log]
    #expect(try Program.run(moved + ["--fail-on-change"]).status == 1)
    #expect(try Program.run(moved).status == 0)
    #expect(
      try Program.run("rules", "diff", Self.rules, Self.rules, Self.log, "--fail-on-change").status == 0)
    #expect(try Program.run("rules", "diff", "none").status == 64)
    let gone = try Program.run("rules", "diff", "none", Self.rules, "no/such.log", "--fail-on-change")
    #expect(gone.status == 2 && gone.errorLines == ["tracesift: no/such.log: No such file or directory"])
    let noRules = try Program.run("rules", "diff", "none", "no.rules", Self.log)
    #expect(noRules.status == 2 && noRules.errorLines == ["tracesift: no.rules: No such file or directory"])
    let broken = try Program.run("rules", "diff", "none", "Corpus/rules/invalid/no-action.rules", Self.log)
    #expect(broken.status == 2 && broken.errors.contains("no-action.rules:"))
  }
}
