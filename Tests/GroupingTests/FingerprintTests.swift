import Enhancements
import Testing

@testable import Grouping

@Suite struct FingerprintTests {
  private static func faults(_ text: String) -> [(Int, Int, Int, String)] {
    do {
      _ = try FingerprintRuleSet([RuleSource(name: "f", text: text)])
      return []
    } catch {
      return error.diagnostics.map { ($0.code.rawValue, $0.line, $0.column, $0.message) }
    }
  }

  private static func rule(_ text: String) throws -> FingerprintRule {
    try #require(try FingerprintRuleSet([RuleSource(name: "f", text: text)]).rules.first)
  }

  @Test(arguments: [
    ("type:a -> x", ["x"]), ("type:a -> x y", ["x", "y"]), ("type:a -> x, y,", ["x", "y"]),
    ("type:a -> a-{{ x }}-b", ["a-", "{{ x }}", "-b"]), ("type:a -> {{a}}-{{b}}", ["{{ a}}-{{b }}"]),
    ("type:a -> {{default}}", ["{{ default }}"]),
    ("type:a -> \"quoted, text\" größe", ["quoted, text", "größe"]),
    ("type:a -> \"a\\tb\"", ["a\tb"]), ("type:a -> title=x", ["title=x"]), ("type:a -> x #y", ["x", "#y"]),
    ("\"tags.a:b\":x -> y", ["y"]), ("type:\"a b\"module:c -> y", ["y"]), ("type:a->x->y -> z", ["z"]),
    ("# comment\r\n  !type:a -> b\n", ["b"]),
  ])
  func values(_ text: String, _ expected: [String]) throws {
    #expect(try Self.rule(text).fingerprint == expected)
  }

  @Test func titleIsAnAttribute() throws {
    let rule = try Self.rule("type:a -> x title=\"t {{ type }}\"")
    #expect(rule.fingerprint == ["x"] && rule.title == "t {{ type }}")
  }

  @Test(arguments: [
    ("-> x", 601, 1, 1, "Invalid syntax near \"-> x\" (line 1, column 1)"),
    ("type:a -> x\nmodul:b -> y", 602, 2, 1, "Unknown matcher 'modul'"),
    ("type:a", 603, 1, 7, "Invalid syntax near \"\" (line 1, column 7)"),
    ("type:a ->", 604, 1, 10, "Invalid syntax near \"\" (line 1, column 10)"),
    ("type:é -> x {y", 605, 1, 14, "Invalid syntax near \"{y\" (line 1, column 14)"),
    ("type:a -> x foo=\"y\"", 606, 1, 13, "Unknown attribute 'foo'"),
    ("[ type:a | type:b -> x", 607, 1, 10, "Invalid syntax near \"| type:b -> x\" (line 1, column 10)"),
    ("type:a\t-> x", 603, 1, 7, "Invalid syntax near \"\t-> x\" (line 1, column 7)"),
  ])
  func oneFault(_ text: String, _ code: Int, _ line: Int, _ column: Int, _ message: String) {
    let faults = Self.faults(text)
    #expect(faults.count == 1)
    #expect(faults.first.map { $0 == (code, line, column, message) } == true, "\(faults)")
  }

  @Test func allFaultsAreReported() {
    #expect(Self.faults("modul:b -> y\ntype:a\rtype:b -> c\nx:y -> z").map(\.0) == [602, 603, 602])
    let error = #expect(throws: FingerprintRuleErrors.self) {
      _ = try FingerprintRuleSet([RuleSource(name: "f", text: "modul:b -> y")])
    }
    #expect(error?.diagnostics.first?.suggestion == "module")
  }

  @Test func aBrokenPatternIsAWarningAndNeverMatches() throws {
    let rules = try FingerprintRuleSet([RuleSource(name: "f", text: "type:[a -> x")])
    #expect(rules.warnings.map(\.code) == [.brokenPattern])
    #expect(try Self.matches("type:[a -> x") == false)
    #expect(try Self.matches("!type:[a -> x") == true)
  }

  private static var event: SentryEvent {
    let frames = [
      EventFrame(StackFrame(module: "java.lang.Thread", function: "run", absPath: "C:\\Users\\A.java")),
      EventFrame(StackFrame(module: "io.airbyte.Main", function: "main", filename: "Main.java", inApp: true)),
    ]
    var event = SentryEvent(platform: "java")
    event.exceptions = [
      EventException(
        type: "IOException", value: " Connection REFUSED\nby host 12 ", stacktrace: EventStack(frames: frames)
      )
    ]
    event.tags = [EventTag("connector", "source-pg")]
    event.release = "airbyte-source-pg@1.2.0"
    return event
  }

  private static func matches(_ text: String) throws -> Bool {
    try ComponentTests.group(event, fingerprintRules: text).rule != nil
  }

  @Test(arguments: [
    ("type:IO* -> x", true), ("type:io* -> x", false), ("value:*refused* -> x", true),
    ("message:*refused?by* -> x", true),
    ("value:\"connection refused*\" -> x", true), ("!value:* -> x", false), ("path:c:/users/** -> x", true),
    ("path:**/main.java -> x", true), ("stack.abs_path:/Main.java -> x", true),
    ("module:io.airbyte.* -> x", true),
    ("module:java.* function:main -> x", false), ("module:java.* app:no -> x", true),
    ("app:TRUE function:main -> x", true),
    ("app:maybe -> x", false), ("!app:maybe -> x", true), ("family:other,native -> x", true),
    ("family:all -> x", true),
    ("family:native -> x", false), ("level:ERR* -> x", true), ("logger:* -> x", false),
    ("!logger:* -> x", true),
    ("tags.connector:source-* -> x", true), ("tags.nope:* -> x", false), ("!tags.nope:* -> x", true),
    ("release:AIRBYTE-source-*@* -> x", true), ("thread.id:* -> x", false), ("!thread.id:* -> x", false),
    ("[ module:io.* ] | module:java.* -> x", true), ("module:io.* | [ module:java.* ] -> x", true),
    ("[ !module:x ] | module:io.* -> x", false), ("[ !type:x ] | module:java.* -> x", true),
    ("[ type:* ] | module:java.* -> x", false), ("package:* -> x", false),
  ])
  func matching(_ text: String, _ expected: Bool) throws {
    #expect(try Self.matches(text) == expected)
  }

  @Test(arguments: [
    ("{{ type }}", "IOException"), ("{{ error.value }}", " Connection REFUSED\nby host 12 "),
    ("{{ message }}", " Connection REFUSED\nby host <int> "),
    ("{{ raw_message }}", " Connection REFUSED\nby host 12 "),
    ("{{ function }}", "main"), ("{{ stack.module }}", "io.airbyte.Main"), ("{{ path }}", "Main.java"),
    ("{{ stack.filename }}", "Main.java"), ("{{ package }}", "<no-package>"),
    ("{{ transaction }}", "<no-transaction>"),
    ("{{ level }}", "error"), ("{{ logger }}", "<no-logger>"), ("{{ tags.connector }}", "source-pg"),
    ("{{ tags.x }}", "<no-value-for-tag-x>"), ("{{ nope }}", "<unrecognized-variable-nope>"),
    ("plain", "plain"),
    (" Connection REFUSED\nby host 12 ", " Connection REFUSED\nby host <int> "),
  ])
  func resolution(_ entry: String, _ expected: String) throws {
    var event = Self.event
    event.fingerprint = [entry]
    let grouped = try ComponentTests.group(event)
    #expect(grouped.fingerprint == [expected])
    #expect(
      grouped.variants.last?.name == "custom_client_fingerprint"
        && grouped.variants.last?.leaves == [expected])
  }

  @Test func unknownVariablesStayInTheOldConfig() throws {
    var event = Self.event
    event.fingerprint = ["{{nope}}"]
    #expect(try ComponentTests.group(event, .newstyle2023).fingerprint == ["{{nope}}"])
  }

  @Test func hybridFingerprintsSaltEveryVariant() throws {
    var event = Self.event
    event.fingerprint = ["{{ default }}", "airbyte-source-pg"]
    let salted = try ComponentTests.group(event)
    event.fingerprint = []
    let plain = try ComponentTests.group(event)
    for (one, other) in zip(salted.variants, plain.variants) where other.contributes {
      #expect(one.leaves == other.leaves + ["airbyte-source-pg"])
    }
    #expect(salted.fingerprint == ["{{ default }}", "airbyte-source-pg"])
  }

  @Test func aRuleGivesTheTitle() throws {
    let text = "type:* -> {{ default }} title=\"{{ type }} in {{ function }}: {{ message }}\""
    let grouped = try ComponentTests.group(Self.event, fingerprintRules: text)
    #expect(grouped.ruleTitle == "IOException in main:  Connection REFUSED\nby host 12 ")
  }
}
