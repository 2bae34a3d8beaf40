import Testing

@testable import Enhancements

@Suite struct RuleSourceExtractionTests {
  private func python(_ text: String) throws -> [RuleSource] {
    try RuleSource.fromPython(RuleSource(name: "__main__.py", text: text), argument: "rules")
  }

  @Test(arguments: [
    (#"rules = "a:1 +app\n""#, "a:1 +app\n"), (#"P("x", rules='''a\tb''', y=1)"#, "a\tb"),
    (#"rules=r"a\nb""#, #"a\nb"#), (#"rules = ("a\n"  # note"# + "\n  \"b\")", "a\nb"),
    (#"rules = "a" + 'b'"#, "ab"),
    (#"rules = "\n".join(["a", "b",])"#, "a\nb"),
    ("rules = textwrap.dedent(\"\"\"\n  a\n\"\"\").strip()", "\n  a\n"),
    ("R = \"a\"\nf(rules=R)", "a"), (#"rules: pulumi.Input[str] = "a""#, "a"), (#"rules = f"a""#, "a"),
    ("rules = \"a\\\n  b\"", "a  b"), (#"rules = "\x41\u00e9\N""#, #"Aé\N"#),
    ("rules = \"\"\"a\r\nb\"\"\"", "a\nb"),
  ])
  func pythonTextsAreRead(_ text: String, _ wanted: String) throws {
    #expect(try python(text).map(\.text) == [wanted], "\(text)")
  }

  @Test(arguments: [
    ("x = 1", 501, 1, 1), ("rules = g()", 502, 1, 9), (#"rules = f"a{b}""#, 502, 1, 9),
    ("rules = 'a", 503, 1, 9),
    ("rules = R\nR = rules2", 502, 2, 5), ("rules = \"a\".upper()", 502, 1, 12), ("rules == 'a'", 501, 1, 1),
    ("rules = ('a'", 502, 1, 10), ("rules = R\nR = R", 502, 1, 9),
  ])
  func otherPythonIsRefusedWithItsPlace(_ text: String, _ code: Int, _ line: Int, _ column: Int) throws {
    let found = try #require(throws: RuleErrors.self) { try python(text) }.diagnostics[0]
    #expect([found.code.rawValue, found.line, found.column] == [code, line, column], "\(text): \(found)")
  }

  @Test func errorsCarryThePythonFilesPlaces() throws {
    let text =
      "import x\nP(\n  rules=\"\"\"\nmodule:a +app\nfoo:b +app\n\"\"\" \"module:\\u00e9 +app\\nbar:c +app\")\n"
    let error = try #require(throws: RuleErrors.self) { try EnhancementSet(base: nil, project: python(text)) }
    #expect(
      error.diagnostics.map { "\($0)" } == [
        "__main__.py:5:1: error[201]: Unknown matcher `foo`",
        "__main__.py:6:26: error[201]: Unknown matcher `bar`",
      ])
  }

  @Test func jsonFieldsAreFoundAnywhere() throws {
    let text = #"""
      {"a": [1, {"grouping_enhancements": "module:a +app\nfoo:\u00e9 +app", "b": null}], "c": {},
       "after": {"groupingEnhancements": "x\ud83d\ude00\/", "grouping_enhancements": 7},
       "again": {"grouping_enhancements": "module:a +app\nfoo:\u00e9 +app"}}
      """#
    let file = RuleSource(name: "plan.json", text: text)
    let found = try RuleSource.fromJSON(file, fields: RuleSource.groupingEnhancementsFields)
    #expect(found.map(\.path) == ["a[1].grouping_enhancements", "after.groupingEnhancements"])
    #expect(found[1].source.text == "x😀/")
    let place = found[0].source.place(of: 14)
    #expect(place.line == 1 && place.column == 53)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "\"a", "{\"a\":\"\\q\"}", "nul", "{\"grouping_enhancements\": 1}",
  ])
  func otherDocumentsAreRefused(_ text: String) {
    #expect(throws: RuleErrors.self) {
      try RuleSource.fromJSON(
        RuleSource(name: "f", text: text), fields: RuleSource.groupingEnhancementsFields)
    }
  }

  @Test func deepNestingCostsNoStack() throws {
    let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + #"{"f":"x"}"#
    #expect(
      try RuleSource.fromJSON(RuleSource(name: "f", text: text), fields: ["f"]).map(\.source.text) == ["x"])
  }
}
