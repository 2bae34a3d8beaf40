import PCRE2
import TestSupport
import Testing

@testable import Grouping

@Suite struct AirbyteParserTests {
  // The expressions as Airbyte writes them: the twin that the hand-written readers must agree with.
  private static let javaFrame =
    #"\n\tat (?:[\w.$/]+/)?([\w$.]+)\.([\w<>$]+)\((?:(\w+\.(?:java|kt)):(\d+)\)|([\w\s]*))"#
  private static let dot = #"[^\n\r\x{85}\x{2028}\x{2029}]"#
  private static let pythonFrame = #"File "(D+)", line ([0-9]+), in (D+)\n {4}(D+)\n"#

  private static func search(_ pattern: borrowing Pattern, _ groups: Int, _ text: String) -> [[String?]] {
    let scratch = MatchScratch(matchLimit: 10_000_000)
    let bytes = Array(text.utf8)
    var found: [[String?]] = []
    var start = 0
    while pattern.match(bytes.span, from: start, using: scratch) == .match, let whole = scratch.group(0) {
      found.append((1...groups).map { scratch.group($0).map { String(decoding: bytes[$0], as: UTF8.self) } })
      start = whole.upperBound
    }
    return found
  }

  @Test func javaFramesAgreeWithTheExpression() throws {
    let pattern = try Pattern(Self.javaFrame)
    let parts = [
      "\n\tat ", "a", "b.c", ".", "/", "$", "<init>", "(", ")", "A.java", ":12)", ":", "9", "B.kt:3)",
      "Native Method)", " ",
      "\n", "-", "C.scala:1)", "é", "Caused by", "\n\tat a.B.c(D.java:1)", "app//", "java.base/",
    ]
    for seed in UInt64(0)..<6_000 {
      var random = SplitMix64(seed: seed)
      let body = (0..<Int.random(in: 1...12, using: &random)).map { _ in parts.randomElement(using: &random)!
      }.joined()
      let text = "T: v" + (seed.isMultiple(of: 2) ? "\n\tat " : "") + body
      let expected = Self.search(pattern, 5, text).map { groups in
        AirbyteParser.Frame(
          module: groups[0], function: groups[1], filename: groups[2], lineno: groups[3].flatMap { Int($0) },
          isNative: groups[4] == "Native Method")
      }
      let frames = AirbyteJavaParser.parse(Array(text.utf8))?.flatMap(\.frames) ?? []
      #expect(frames == expected.reversed(), "seed \(seed): \(text)")
    }
  }

  @Test func pythonFramesAgreeWithTheExpression() throws {
    let source = Self.pythonFrame.replacing("D", with: Self.dot)
    let pattern = try Pattern(source, .unicode)
    let parts = [
      "  File \"", "File \"a.py\", line 1, in f\n    x\n", "\", line ", "12", ", in ", "g", "\n    ", "\n",
      "  ", "x = 1",
      "\r", "\u{85}", "\u{2028}", "é", "\"", "\n    ~~^\n", "in f\n", ", line 3, in h",
    ]
    for seed in UInt64(0)..<6_000 {
      var random = SplitMix64(seed: seed)
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in parts.randomElement(using: &random)!
      }.joined()
      let expected = Self.search(pattern, 4, text).map { groups in
        AirbyteParser.Frame(
          function: groups[2], absPath: groups[0], contextLine: groups[3],
          lineno: groups[1].flatMap { Int($0) })
      }
      // Blocks are split elsewhere; no part above has two line breaks and a colon.
      let frames = AirbytePythonParser.parse(Array(text.utf8))?.flatMap(\.frames) ?? []
      #expect(frames == expected, "seed \(seed): \(text)")
    }
  }

  @Test func javaTrace() {
    let trace = AirbyteParser.parse(
      """
      Exception in thread "main" a.B: x: y
      \tat a.C.d(C.java:1)
      \tSuppressed: s.S: t
      \t\tat s.T.u(T.java:9)
      \tat java.base/e.F.<init>(Native Method)
      \tat g-h.I.j(I.java:2)
      \tat k.L.m(L.kt)
      Caused by: n.O
      \tat p.Q.r(Q.kt:3)
      \t... 4 more

      """)
    #expect(trace?.platform == "java")
    #expect(trace?.exceptions.map(\.type) == ["Exception in thread \"main\" a.B", "n.O"])
    #expect(trace?.exceptions.map(\.value) == ["x: y", nil])
    #expect(trace?.exceptions[0].frames.map(\.function) == ["m", "<init>", "d"])
    #expect(trace?.exceptions[0].frames.map(\.isNative) == [false, true, false])
    #expect(trace?.exceptions[0].frames.map(\.module) == ["k.L", "e.F", "a.C"])
  }

  @Test func pythonTrace() {
    let trace = AirbyteParser.parse(
      """
      Traceback (most recent call last):
        File "/a/b.py", line 1, in f
          x()
      ValueError: a: b

      During handling of the above exception, another exception occurred:

      Traceback (most recent call last):
        File "/a/c.py", line 2, in g
          y()
          ~^^
        File "<string>", line 3, in h
      KeyError

      """)
    #expect(
      trace?.exceptions.map(\.type) == ["ValueError", "~^^\n  File \"<string>\", line 3, in h\nKeyError"])
    #expect(trace?.exceptions.map(\.value) == ["a: b", nil])
    #expect(trace?.exceptions.map { $0.frames.map(\.absPath) } == [["/a/b.py"], ["/a/c.py"]])
  }

  @Test(arguments: [
    "", "x\nTraceback (most recent call last):\n  File \"a\", line 1, in f\n    x\nE",
    "a.B: x\n\tat a.C.d(C.scala:1)\n",
    "Traceback (most recent call last):\n  File \"<string>\", line 1, in f\nE: x\n", "goroutine 1 [running]:",
    "a.B: x\n\tat a.C.d(C.java:2147483648)\n",
    "Traceback (most recent call last):\n  File \"a\", line 99999999999999999999, in f\n    x\nE",
    "AirbyteDbtError: nothing known",
  ])
  func failures(_ text: String) {
    #expect(AirbyteParser.parse(text) == nil)
  }

  @Test(arguments: [
    (
      "Database Error in model m\n SQL compilation error:\n bad thing", "DbtDatabaseSQLCompilationError",
      "SQL compilation error: bad thing"
    ),
    (
      "Database Error in model m\n Invalid input x\n y\n context: z", "DbtDatabaseInvalidInputError",
      "Invalid input x\ncontext: z"
    ),
    (
      "Database Error in model m\n syntax error at or near \"a\"\n LINE 1", "DbtDatabaseSyntaxError",
      "syntax error at or near \"a\"\nLINE 1"
    ),
    ("Database Error in model m\n other", "DbtDatabaseError", "other"),
    ("Unhandled error while executing model m\n why", "DbtUnhandledError", "why"),
    ("Compilation Error in x\n why", "DbtCompilationError", "why"),
    (
      "Compilation Error\n When searching for a relation, dbt found an approximate match.\n a",
      "DbtCompilationAmbiguousRelationError",
      "When searching for a relation, dbt found an approximate match. a"
    ),
    ("Runtime Error\n x\n Database Error\n  why ", "DbtRuntimeDatabaseError", "why"),
    ("Runtime Error\n why", "DbtRuntimeError", "why"),
    ("x\n Database Error \n why", "DbtDatabaseError", "why"), ("x\nRuntime Error", "DbtRuntimeError", nil),
  ])
  func dbt(_ text: String, _ type: String, _ value: String?) {
    let trace = AirbyteParser.parse("AirbyteDbtError: \n" + text)
    #expect(trace?.platform == "other" && trace?.exceptions.count == 1)
    #expect(trace?.exceptions[0].type == type && trace?.exceptions[0].value == value)
  }

  @Test(arguments: [
    "File \"a\", line 1, in ", "\n\tat a.b(", "\n\tat ", "\nCaused by: ", "\n\nA:", "Runtime Error\n",
  ])
  func hostileTextsEnd(_ unit: String) {
    let body = String(repeating: unit, count: 200_000 / unit.utf8.count)
    let starts = ["Traceback (most recent call last):\n", "T\n\tat a.b(.java", "AirbyteDbtError: "]
    let time = ContinuousClock().measure {
      for start in starts { _ = AirbyteParser.parse(start + body) }
    }
    #expect(time < .seconds(5))
  }
}
