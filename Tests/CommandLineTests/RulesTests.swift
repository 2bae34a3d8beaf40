import Foundation
import TestSupport
import Testing

/// `tracesift rules check` (interface.md; enhancements.md, section 10).
@Suite struct RulesTests {
  private static func corpus(_ folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: Program.root + "/Corpus/rules/" + folder)
    return names.filter { $0.hasSuffix(".rules") }.sorted().map { "Corpus/rules/\(folder)/\($0)" }
  }

  @Test func validRules() throws {
    for (file, rules) in [("airbyte", 2), ("many-forms", nil)] {
      let run = try Program.run("rules", "check", "Corpus/rules/\(file).rules")
      #expect(run.status == 0 && !run.errors.contains("error["))
      #expect(run.output.contains(" rules, 0 errors, "), "\(file): \(run.output)")
      if let rules { #expect(run.output.hasPrefix("\(rules) rules, ")) }
    }
  }

  @Test func invalidRules() throws {
    let files = try Self.corpus("invalid")
    #expect(files.count > 20)
    try withEvery("file", in: files) { file in
      let run = try Program.run("rules", "check", file)
      #expect(run.status == 1, "\(Trail.text)")
      #expect(run.errorLines.allSatisfy { $0.wholeMatch(of: /.+\.rules:\d+:\d+: error\[\d{3}\]: .+/) != nil })
      #expect(run.errorLines.allSatisfy { $0.hasPrefix(file + ":") } && !run.errorLines.isEmpty)
      let count = run.errorLines.count
      #expect(run.output.hasSuffix(", \(count) error\(count == 1 ? "" : "s"), 0 warnings\n"))
    }
  }

  /// What a project may write is told by the reader of Sentry's settings, not by its engine.
  @Test(arguments: [
    ("tab-separator", 1), ("flags-joined-by-minus", 0), ("empty-value", 1), ("invert-stacktrace", 1),
    ("carriage-return-only", 0), ("two-rules-on-a-line", 0),
  ])
  func whereReadersDiffer(_ name: String, _ status: Int32) throws {
    let run = try Program.run("rules", "check", "Corpus/rules/readers-differ/\(name).rules")
    #expect(run.status == status, "\(run.errors)")
  }

  @Test func everyFileInItsOrder() throws {
    let files = [
      "Corpus/rules/invalid/no-action.rules", "missing.rules", "Corpus/rules/invalid/bad-number.rules",
    ]
    let run = try Program.run("rules", "check", files[0], files[1], files[2])
    #expect(run.status == 2)
    let order = run.errorLines.map { line in files.firstIndex { line.contains($0) } ?? -1 }
    #expect(order == order.sorted() && Set(order) == [0, 1, 2])
    #expect(run.errorLines.contains("tracesift: missing.rules: No such file or directory"))
  }

  @Test func warningsAreNoErrors() throws {
    let rules = "family:other +app\nstack.function:{a +app\n"
    let run = try Program.run("rules", "check", "-", input: rules)
    #expect(run.status == 0 && run.output == "2 rules, 0 errors, 2 warnings\n")
    #expect(run.errorLines.map { $0.hasPrefix("-:") && $0.contains("warning[40") } == [true, true])
    let quiet = try Program.run("rules", "check", "--quiet", "-", input: rules)
    #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  @Test func fingerprintRules() throws {
    let good = try Program.run(
      "rules", "check", "--fingerprint", "-", input: "error.type:A -> a, {{ default }}\n\n# x\ntype:B -> b\n")
    #expect(good.status == 0 && good.output == "2 rules, 0 errors, 0 warnings\n" && good.errors.isEmpty)
    let bad = try Program.run(
      "rules", "check", "--fingerprint", "-", input: "type:A -> a\nfoo:B -> b\ntype:C c\n")
    #expect(bad.status == 1 && bad.output == "1 rule, 2 errors, 0 warnings\n")
    #expect(bad.errorLines.map { String($0.prefix(4)) } == ["-:2:", "-:3:"])
  }

  /// Places are those of the Python file, for both kinds of rules.
  @Test func rulesInPython() throws {
    try withDirectory { directory in
      let program = """
        import pulumi
        project = sentry.Project("x",
            grouping_enhancements=\"\"\"
        stack.module:io.airbyte.* +app
        stack.modul:x +app
        \"\"\",
            fingerprinting_rules="type:A -> a\\nfoo:B -> b",
        )
        """
      let path = try directory.file("__main__.py", program).path
      let stack = try Program.run("rules", "check", "--from-python", "\(path):grouping_enhancements")
      #expect(
        stack.status == 1 && stack.errorLines.count == 1 && stack.errors.hasPrefix("\(path):5:1: error[201]"))
      let print = try Program.run("rules", "check", "--from-python", "\(path):fingerprinting_rules")
      #expect(print.status == 1 && print.errorLines.count == 1)
      #expect(print.errors.hasPrefix("\(path):7:40: error[602]"), "\(print.errors)")
      let both = try Program.run(
        "rules", "check", "--from-python", "\(path):grouping_enhancements", "--from-python",
        "\(path):fingerprinting_rules")
      #expect(both.status == 1 && both.errorLines == stack.errorLines + print.errorLines)
      let none = try Program.run("rules", "check", "--from-python", "\(path):nothing")
      #expect(none.status == 1 && none.errors.contains("nothing in this file is named `nothing`"))
    }
  }

  @Test func rulesInPlans() throws {
    let plan = """
      {"steps":[{"newState":{"inputs":{
        "groupingEnhancements":"stack.module:a +app\\nbad",
        "fingerprinting_rules":"type:A -> a"}}}]}
      """
    let run = try Program.run("rules", "check", "-", input: plan)
    #expect(run.status == 1 && run.output == "2 rules, 1 error, 0 warnings\n")
    #expect(run.errors.hasPrefix("-:2:48: error["), "\(run.errors)")
    let listed = try Program.run(
      "rules", "check", "-", input: "[ {\"grouping_enhancements\": \"path:a +app\"} ]")
    #expect(listed.status == 0 && listed.output == "1 rule, 0 errors, 0 warnings\n")
    let none = try Program.run("rules", "check", "-", input: "{}")
    #expect(none.status == 1 && none.errors.hasPrefix("-:1:1: error[501]"))
    let broken = try Program.run("rules", "check", "-", input: "{\"a\":")
    #expect(broken.status == 1 && broken.errors.contains("error[504]"))
  }

  /// A rule that starts with a caller is no JSON.
  @Test func aCallerIsNoList() throws {
    let run = try Program.run("rules", "check", "-", input: "[ module:a ] | function:b +app\n")
    #expect(run.status == 0 && run.output == "1 rule, 0 errors, 0 warnings\n")
  }

  @Test func filesThatCannotBeRead() throws {
    try withDirectory { directory in
      let latin = directory.url.appendingPathComponent("latin.rules")
      try Data([0x23, 0xE9, 0x0A]).write(to: latin)
      let run = try Program.run(
        "rules", "check", latin.path, directory.url.path, "Corpus/rules/airbyte.rules")
      #expect(run.status == 2 && run.errorLines.count == 2 && run.output.hasPrefix("2 rules"))
      #expect(run.errors.contains("latin.rules: this file is not UTF-8"))
      #expect(run.errors.contains("Is a directory"))
    }
  }

  @Test func namesReachTheTerminalAsEscapes() throws {
    let run = try Program.run("rules", "check", "no\u{1B}[31m\nfile")
    #expect(run.status == 2 && run.errors == "tracesift: no\\u{1B}[31m\\nfile: No such file or directory\n")
  }

  @Test(arguments: [
    ["rules", "check"], ["rules", "check", "--from-python", "x.py"],
    ["rules", "check", "--from-python", "x.py:1a"],
    ["rules", "check", "--nothing", "x"], ["rules", "frobnicate"],
  ])
  func usage(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 64 && run.output.isEmpty && !run.errors.isEmpty)
  }
}
