import TestSupport
import Testing

@testable import Enhancements

@Suite struct RuleReaderTests {
  private func read(_ text: String) throws -> [EnhancementRule] {
    let reader = ProjectRuleReader(text)
    try #require(reader.problems.isEmpty, "\(text): \(reader.problems)")
    return reader.rules.map(\.rule)
  }

  private func errors(_ text: String) -> RuleErrors? {
    do throws(RuleErrors) {
      _ = try EnhancementSet(base: nil, project: [RuleSource(name: "f", text: text)])
      return nil
    } catch { return error }
  }

  @Test func severalRulesMayStandOnOneLine() throws {
    #expect(try read("function:1 +app module:2 -app").count == 2)
    #expect(try read("function:a +app # note\r\n\n  # more\nmodule:b -group").count == 2)
    #expect(try read("module:x +app-group")[0].actions == [.app(true), .group(false)])
    #expect(try read("module:x max-frames=1_000")[0].actions == [.maxFrames(1000)])
  }

  @Test(arguments: [
    (#"module:"a\nb" +app"#, "a\nb"), (#"module:"a\x41\101\u00e9\\" +app"#, #"aAAé\"#),
    (#"module:"\"" +app"#, "\""),
    (#"module:"\[\x4" +app"#, #"\[\x4"#), (#"module:"\Ü\例\😀" +app"#, #"\xdc\u4f8b\U0001f600"#),
    (#"module:a\\b +app"#, #"a\\b"#),
    (#"module:"" +app"#, ""), (#"module:a"b +app"#, #"a"b"#),
  ])
  func valuesAreDecodedAsPythonDoes(_ text: String, _ value: String) throws {
    #expect(try read(text)[0].matchers[0].value == value)
  }

  @Test func siblingsKeepTheirPlace() throws {
    let rule = try read(
      "[ app:1 ] | !module:a function:b | [ path:c ] ^+group v-app category=x min-frames=2")[0]
    #expect(rule.matchers.map(\.place) == [.caller, .frame, .frame, .callee])
    #expect(rule.matchers.map(\.isNegated) == [false, true, false, false])
    #expect(
      rule.engineText == "[app:1] | !module:a function:b | [path:c] ^+group v-app category=x min-frames=2")
    #expect(rule.actions == [.group(true, .up), .app(false, .down), .category("x"), .minFrames(2)])
  }

  @Test(
    arguments: [
      ("stack.modul:a +app", 201, 1, "Unknown matcher `stack.modul`: did you mean `stack.module`?"),
      ("module:a +appp", 103, 14, nil), ("module:a", 302, 9, nil), ("module:a # +app", 302, 10, nil),
      ("+app", 202, 1, nil), ("module:a\t+app", 102, 9, nil), ("module: +app", 204, 8, nil),
      ("module:a +ap", 301, 10, "Unknown action `+ap`: did you mean `app`?"),
      ("module:a max-frame=1", 301, 10, "Unknown action `max-frame`: did you mean `max-frames`?"),
      ("module:a invert-stacktrace=1", 309, 10, nil), ("module:a category=", 308, 19, nil),
      ("module:a max-frames=x", 305, 21, nil), ("module:a max-frames=-1", 305, 21, nil),
      ("module:a max-frames=99999999999999999999", 306, 21, nil), ("type:[ +app", 207, 1, nil),
      ("[module:x] | module:y +app", 205, 12, nil), ("module:a ^app", 303, 10, nil),
      ("module:\"a +app", 101, 1, nil),
      ("module:a | module:b +app", 206, 12, nil), ("module a +app", 203, 1, nil),
    ] as [(String, Int, Int, String?)])
  func errorsHaveANumberAndAPlace(_ text: String, _ code: Int, _ column: Int, _ message: String?) throws {
    let found = try #require(errors(text)?.diagnostics.first, "\(text)")
    #expect(found.code.rawValue == code, "\(text): \(found)")
    #expect(found.column == column, "\(text): \(found)")
    if let message { #expect(found.message == message) }
  }

  @Test func allErrorsOfAllFilesAreFound() throws {
    let text = "module:a +app\nfoo:x +app\n  bar\nmodule:b +app\nmodule:c\r\nmax-frames:1 -app\n"
    let sources = [RuleSource(name: "a", text: text), RuleSource(name: "b", text: "x:y +app")]
    let error = try #require(throws: RuleErrors.self) { try EnhancementSet(base: nil, project: sources) }
    let found = error.diagnostics.map { "\($0.file):\($0.line):\($0.column) \($0.code.rawValue)" }
    #expect(found == ["a:2:1 201", "a:3:3 203", "a:5:9 302", "a:6:1 201", "b:1:1 201"])
    #expect(
      error.sentryMessage
        == "Invalid syntax near \"bar\nmodule:b +app\nmodule:c\r\nmax-...\" (line 3, column 3)")
  }

  @Test func numbersAreForLife() {
    #expect(Set(RuleCode.allCases.map(\.rawValue)).count == RuleCode.allCases.count)
    #expect(
      RuleCode.unknownMatcher.rawValue == 201 && RuleCode.neverMatches.isWarning
        && !RuleCode.badJSON.isWarning)
  }

  @Test func warningsDoNotRefuse() throws {
    let text = "module:[a +app\nfamily:other -app\nmodule:b +app"
    let rules = try EnhancementSet(base: nil, project: [RuleSource(name: "f", text: text)])
    #expect(rules.warnings.map(\.code) == [.neverMatches, .lostFamily])
    #expect(rules.rules.map(\.line) == [1, 2, 3])
    #expect(rules.rules[2].text == "module:b +app")
  }

  /// Any text is read without a trap, and what was read prints back to itself.
  @Test func randomTextsReadBack() {
    let pieces = [
      "module:", "path:", "a", "\"", "\\", "é", " ", " ", "+app", "-group", "^", "v", "[ ", " ]", "|",
      "category=",
      "max-frames=", "7", "\n", "\r", "#", "!", "type:", "\t", "\u{A0}", "*", "app:", "x", "family:other",
      "=", ":",
    ]
    var random = SplitMix64(seed: 3)
    withEvery("round", in: 0..<1_500) { _ in
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      let reader = ProjectRuleReader(text)
      _ = errors(text)
      _ = try? EngineReader.rules(of: text)
      for rule in reader.rules where !rule.offsetRange(has: reader.problems) {
        let again = ProjectRuleReader(rule.rule.description)
        #expect(again.rules.map(\.rule) == [rule.rule], "\(text) printed as \(rule.rule)")
      }
    }
  }

  @Test func tenThousandRules() throws {
    let text = (0..<10_000).map { "stack.module:com.example.part\($0).* stack.function:f\($0) -app" }.joined(
      separator: "\n")
    let rules = try EnhancementSet(base: .allPlatforms2026, project: [RuleSource(name: "f", text: text)])
    var frames = [StackFrame(module: "com.example.part77.X", function: "f77", inApp: true)]
    var memo = RuleMemo()
    rules.classify(&frames, eventPlatform: "java", exception: ExceptionData(), memo: &memo)
    #expect(frames[0].inApp == false)
    #expect(rules.rules.count == 10_134)
  }
}

extension PlacedRule {
  fileprivate func offsetRange(has problems: [ProjectRuleReader.Problem]) -> Bool {
    problems.contains { offset..<end ~= $0.offset }
  }
}
