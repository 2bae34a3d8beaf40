import Foundation
import ScanSupport
import TestSupport
import Testing
import TraceParsers
import TraceSift

/// A trace that was met before is what it is when it is read, wherever it stands.
@Suite struct KnownTraceTests {
  private static func frames(_ count: Int) -> String {
    (0..<count).map { "\tat a.b.Class\($0).run(Class\($0).java:\($0 + 5))\n" }.joined()
  }

  private static func calls(_ count: Int) -> String {
    (0..<count).map { "  File \"/srv/app/m\($0).py\", line \($0 + 3), in f\($0)\n    g\($0)()\n" }.joined()
  }

  /// Traces; `%` stands for a number that is never the same, `&` for such an identifier.
  private static let traces =
    [
      "a.b.OneException: id % failed\n\(frames(8))",
      "a.b.OneException: id % failed\n\(frames(8))Caused by: a.b.InnerException: y\n\(frames(2))\t... 6 more\n",
      "a.b.OneException: id % failed\n\(frames(8))Caused by: a.b.InnerException: code %\n\(frames(2))\t... 6 more\n",
      "Exception in thread \"main\" a.b.TwoException: no %\n\(frames(7))",
      "2024-01-02 03:04:06 ERROR c.a.X - failed: a.b.ThreeException: % of 5\n\(frames(6))",
      "a.b.ListException: several\n  - first %\n  - second\n\(frames(6))",
      "a.b.BodyException: answer:\n{\n \"code\": %\n}\n\(frames(6))\tSuppressed: a.b.XException: z\n\t\(frames(1))",
      "Traceback (most recent call last):\n\(calls(4))ValueError: id %\n",
      "2024-01-02 03:04:06 ERROR [x] y - failed: Traceback (most recent call last):\n\(calls(3))app.CustomError: % times\n",
      "Traceback (most recent call last):\n\(calls(3))KeyError: %\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n\(calls(2))app.OuterError: no %\n",
      "  + Exception Group Traceback (most recent call last):\n  |   File \"/e.py\", line 8, in f\n  | ExceptionGroup: g (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | TypeError: a\n    +------------------------------------\n",
      "Traceback (most recent call last):\n  File \"/srv/x.py\", line 3, in f\n    g()\nValueError: %\n",
      "a.b.ShortException: %\n\(frames(2))", "MyError: %\n\(frames(7))", "words %\n\(frames(6))",
      "x | a.b.MarkException: %\n\(frames(6))", "failed: a.b.Refusal: %\n\(frames(6))",
      "Traceback (most recent call last):\n\(calls(3))ValueError: several\nlines %\n  of it\n",
      "a.b.OneException: #01% \\u00%\n\(frames(6))",
      "Traceback (most recent call last):\n\(calls(4))app.AnswerError: response % was:\n{\n  \"error\": 17,\n  \"at\": [\"x\"]\n}\n",
      "Traceback (most recent call last):\n\(calls(4))ValueError: id %\nnote 0: while %\nnote 1: x\n",
      "Traceback (most recent call last):\n\(calls(4))ValueError: id %\n  see:\n",
      "Traceback (most recent call last):\n\(calls(4))ValueError: a.b.CException: %\n",
      "Traceback (most recent call last):\n\(calls(4))ValueError: id %\n\n    indented\nstep % [INFO] fine\nx: y\n",
      "Traceback (most recent call last):\n\(calls(3))  File \"/srv/x.py\", line 3\n    def f(:\n          ^\nSyntaxError: % is bad\n",
    ] + identified

  /// Those with an identifier.
  private static let identified = [
    "a.b.OneException: sync & failed\n\(frames(8))",
    "Traceback (most recent call last):\n\(calls(4))ValueError: sync &\n",
    "a.b.ListException: several\n  - first &/%\n  - [&]\n\(frames(6))",
    "Traceback (most recent call last):\n\(calls(4))app.AnswerError: response & was:\n{\n  \"id\": 1\n}\n",
    "a.b.OneException: x\n&: y\n\(frames(6))", "a.b.OneException: &\n& [x] y\nx.&: z\n\(frames(6))",
    "Traceback (most recent call last):\n\(calls(4))ValueError: x\n&: y\nx.&: z\n",
    "2024-01-02 03:04:06 ERROR [&] y - failed: Traceback (most recent call last):\n\(calls(3))app.CustomError: &\n",
  ]

  /// Of the first of them, and of the last.
  private static var whole: [String] {
    let numbered = traces.dropLast(identified.count)
    return numbered.prefix(10) + numbered.suffix(6).prefix(4) + numbered.suffix(1) + identified.prefix(4)
  }

  /// What stands between them.
  private static let others = [
    "2024-01-02 03:04:05 INFO c.a.X - all is well\n", "2024-01-02 03:04:05 INFO c.a.X - all is well %\n",
    "[2024-01-02 03:04:05] x\n", "INFO     a:b:3 words\n", "ERROR: y\n", "[ERROR] x\n",
    "event=x level=info\n",
    "words\n", "\n", "} else {\n", "<pre>\n", "key: |\n", "```\n",
    "2024-01-02 03:04:05 x nested exception is:\n",
    "2024-01-02 03:04:05 x \"a.b.C: y\n", "Exception in thread \"x\" a.b.DeadError\n",
    "2024-01-02 ERROR x - a.b.FirstException: id 3 failed\n", "a.b.OuterException: calling failed:\n",
    "2024-01-02 03:04:05 <xml>\n",
    "{\"level\":\"info\",\"msg\":\"x\"}\n",
    "\tat a.b.C.run(C.java:5)\n", "Caused by: a.b.CException: x\n", "    indented\n", "a.b.Alone: x\n",
    "a.b.HeadException: x\nmore\n\tat a.b.C.run(C.java:5)\n", "Traceback (most recent call last):\n",
    "2024-01-02 03:04:05 ERROR a.b.LogException: x\n\tat a.b.C.run(C.java:5)\n", "... 3 more\n",
    "\u{0}\u{0}\n",
    "The above exception was the direct cause of the following exception:\n", "\u{1B}[31mred\u{1B}[0m\n",
    "\"\"\"\n", "[truncated]\n", "2024-01-02 03:04:05 x [truncated 17 bytes]\n", "Root cause:\n", "\r\n",
    "2024-01-02 x\n", "step 3 [WARN] x\n", "a: b\n", "03:04:05 [x] y\n",
  ]

  /// A few pieces again and again.
  private static func text(_ random: inout SplitMix64, _ pieces: [String], _ count: Int) -> String {
    let chosen = (0..<Int.random(in: 2...5, using: &random)).map { _ in pieces.randomElement(using: &random)!
    }
    let between = (0..<Int.random(in: 1...4, using: &random)).map { _ in others.randomElement(using: &random)!
    }
    var text = ""
    for _ in 0..<count {
      if Int.random(in: 0..<3, using: &random) > 0 { text += between.randomElement(using: &random)! }
      let number = Int.random(in: 10...99, using: &random)
      text += chosen.randomElement(using: &random)!.replacing("%", with: String(number)).replacing(
        "&", with: identifier(&random))
    }
    return text
  }

  /// Eight hexadecimal digits, a hyphen and four more.
  private static func identifier(_ random: inout SplitMix64) -> String {
    var digits = (0..<12).map { _ in "0123456789abcdef".randomElement(using: &random)! }
    digits.insert("-", at: 8)
    return String(digits)
  }

  private static func check(_ text: String, limits: ParseLimits = ParseLimits()) throws -> Int {
    let path = NSTemporaryDirectory() + "tracesift-known-\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let result = try runWithAndWithoutKnownTraces(path, limits: limits)
    if result.known != result.read {
      let index = zip(result.read, result.known).prefix { $0 == $1 }.count
      Issue.record(
        """
        record \(index) of \(result.read.count) and \(result.known.count)
        \(Array(text.utf8).shown)
        read: \(result.read.dropFirst(index).first ?? "-")
        known: \(result.known.dropFirst(index).first ?? "-")
        """)
    }
    return result.count
  }

  /// Most of a log's traces need not be read again.
  @Test func mostAreKnown() throws {
    let line = "2024-01-02 03:04:05 INFO c.a.X - all is well\n"
    for trace in Self.whole {
      let text = (10...59).map { number in
        line + trace.replacing("%", with: String(number)).replacing("&", with: "ab12cd\(number)-e\(number)f")
      }.joined()
      #expect(try Self.check(text + line + line) >= 46, "\(trace)")
    }
  }

  @Test func sameAsRead() throws {
    var random = SplitMix64(seed: 71)
    for _ in 0..<300 { _ = try Self.check(Self.text(&random, Self.traces, 40)) }
  }

  @Test func sameAsReadAmongAnything() throws {
    var random = SplitMix64(seed: 72)
    for round in 0..<200 {
      let pieces = Self.traces + InvarianceTests.pieces
      _ = try Self.check(
        Self.text(&random, pieces, 40), limits: round % 4 == 0 ? InvarianceTests.narrow : ParseLimits())
    }
  }
}
