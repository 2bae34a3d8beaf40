import Foundation
import ScanSupport
import TestSupport
import Testing
import TraceParsers

/// Records of streams whose lines are woven into each other come out the same, in the same order, however the
/// input is cut.
@Suite struct StreamInvarianceTests {
  /// How the line of a stream is written: by prefix, as an object, as the kubelet does, or plain.
  private static let wraps: [@Sendable (String) -> String] = [
    { "2024-03-05 10:11:12,34\($0.utf8.count % 10) ERROR [main] c.a.X - \($0)\n" },
    { "svc-1  | \($0)\n" }, { "svc-2  | \($0)\n" }, { "[pod/a/b] \($0)\n" }, { "\($0)\n" },
    { "2024-03-05T10:11:12.345678901Z stdout F \($0)\n" },
    { "2024-03-05T10:11:12.345678901Z stderr F \($0)\n" },
    { #"{"log":"\#(escaped($0))\n","stream":"stdout","time":"2024-03-05T10:11:12.345678901Z"}"# + "\n" },
    { #"{"log":"\#(escaped($0))\n","stream":"stderr","time":"2024-03-05T10:11:12.345678901Z"}"# + "\n" },
    { #"{"event":"\#(escaped($0))","logger":"a"}"# + "\n" },
    { "\u{1B}[36mapi-1     |\u{1B}[0m \($0)\n" }, { "\u{1B}[33mworker-1  |\u{1B}[0m \($0)\n" },
    { "2024-03-05 10:11:12.345,\"\($0.replacing("\"", with: "\"\""))\",x\n" },
    { "web-1,\($0)\n" }, { "[seq=\($0.utf8.count)] \($0)\n" },
    { "                                     \($0)\n" },
    { "Mar  5 10:11:12 web1 app[42]: \($0.replacing("\t", with: "#011"))\n" },
    { "Mar  5 10:11:12 web1 app[97]: \($0.replacing("\t", with: "#011"))\n" },
    { "2024-03-05T10:11:12.345678901Z stdout F [pid-1] \($0)\n" },
    { "2024-03-05T10:11:12.345678901Z stdout F [pid-2] \($0)\n" },
    {
      #"{"log":"worker-1: \#(escaped($0))\n","stream":"stderr","time":"2024-03-05T10:11:12.345678901Z"}"#
        + "\n"
    },
  ]

  @Sendable private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
  }

  private static let traces = [
    [
      "a.b.OneException: x", "\tat a.B.c(D.java:5)", "\tat a.B.d(D.java:9)", "Caused by: a.b.Two: y",
      "\t... 1 more",
    ],
    [
      "Traceback (most recent call last):", "  File \"/srv/x.py\", line 3, in f", "    g()",
      "ValueError: oops",
    ],
    ["all is well"], ["\tat lost.Header.run(H.java:1)"], [""], ["Traceback (most recent call last):"],
    [
      "a.b.LongException: \(String(repeating: "word ", count: 40))", "second line", "\tat a.B.c(D.java:5)",
    ],
  ]

  /// Some streams, their lines woven at random.
  private static func text(_ seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let streams = (0..<Int.random(in: 1...4, using: &random)).map { _ in wraps.randomElement(using: &random)!
    }
    var queues = streams.map { wrap in
      (0..<Int.random(in: 1...3, using: &random)).flatMap { _ in
        traces.randomElement(using: &random)!.map(wrap)
      }
    }
    var text = ""
    while let index = queues.indices.filter({ !queues[$0].isEmpty }).randomElement(using: &random) {
      for _ in 0..<min(queues[index].count, Int.random(in: 1...5, using: &random)) {
        text += queues[index].removeFirst()
      }
    }
    return Array(text.utf8)
  }

  private static let limits: ParseLimits = {
    var limits = ParseLimits()
    limits.messageBytes = 300
    limits.messageLines = 8
    limits.regionBytes = 2000
    limits.lineBytes = 600
    return limits
  }()

  @Test func wovenStreamsInRandomCuts() throws {
    for seed in 0..<600 as Range<UInt64> {
      let bytes = Self.text(seed)
      let path = NSTemporaryDirectory() + "tracesift-woven-\(UUID().uuidString)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      defer { try? FileManager.default.removeItem(atPath: path) }
      let limits = seed % 4 == 0 ? ParseLimits() : Self.limits
      let whole = try run([path], limits: limits)
      let offsets = whole.delegate.records.map(\.offset)
      #expect(offsets == offsets.sorted(), "seed \(seed)")
      var random = SplitMix64(seed: seed + 7)
      for _ in 0..<3 {
        let cut = Cut(
          blockBytes: Int.random(in: 20...900, using: &random),
          chunkBytes: UInt64.random(in: 60...600, using: &random), workers: 2)
        let other = try run([path], cut, limits: limits)
        if other.delegate.records != whole.delegate.records {
          Issue.record(
            """
            seed \(seed), \(cut):
            \(String(decoding: bytes, as: UTF8.self))
            whole: \(whole.delegate.records.map { "\($0.offset)+\($0.length) \($0.summary)" })
            cut: \(other.delegate.records.map { "\($0.offset)+\($0.length) \($0.summary)" })
            """)
          break
        }
        #expect(other.statistics == whole.statistics, "seed \(seed), \(cut)")
      }
    }
  }

  private static func check(_ text: String, _ cuts: [Cut], _ limits: ParseLimits = ParseLimits()) throws
    -> [ScannedRecord]
  {
    let path = NSTemporaryDirectory() + "tracesift-cuts-\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let whole = try run([path], limits: limits).delegate.records
    for cut in cuts { #expect(try run([path], cut, limits: limits).delegate.records == whole, "\(cut)") }
    return whole
  }

  /// Whether a line is alone was asked before so much was read as a scan of the whole looks at.
  @Test func theSecondLineOfAStreamIsFar() throws {
    let noise = String(repeating: "all is well, and a line is a line\n", count: 900)
    let text = "xx\tat a.B.c(D.java:5)\n\(noise)xx\tat a.B.d(D.java:9)\n\(noise)\(noise)"
    let records = try Self.check(text, [3000, 5000, 8000].map { Cut(blockBytes: $0) })
    #expect(records.count == 1)
  }

  /// Whose a line is, is decided by what follows, perhaps behind the frame that a trace is read from.
  @Test func aLineAboveTheFrameIsUndecided() throws {
    let lines = [
      (1, "a.b.XException: m"), (1, "\tat a.B.c(B.java:5)"), (1, "Caused by: a.b.YError: n"), (2, "two"),
      (2, "three"), (3, "\tat a.B.d(B.java:6)"), (3, "done"), (4, "a.b.ZException: o"), (5, "more"),
      (5, "\tat a.B.e(B.java:7)"), (6, "on"), (7, "a.b.WException: p"), (8, "more"),
      (9, "Execution error (ArithmeticException) at user/eval1 (REPL:1)."), (9, "Divide by zero"), (9, "on"),
    ]
    let text = lines.map { "2024-03-05 10:11:12,34\($0) ERROR [main] c.a.X - \($1)\n" }.joined()
    let records = try Self.check(text, (1...text.utf8.count).map { Cut(blockBytes: $0) })
    #expect(records.count == 3)
  }

  /// A line around the end of the longest region was a part of it or not, as blocks were cut.
  @Test func aLineAroundTheEndOfTheLongestRegion() throws {
    let lines = ["a.b.XException: m"] + (0..<60).map { "\tat a.B.c\($0)(D.java:5)" }
    let records = try Self.check(
      lines.map(Self.wraps[7]).joined(), stride(from: 20, to: 400, by: 7).map { Cut(blockBytes: $0) },
      Self.limits)
    #expect(records.count > 1)
  }

  /// Records that start in one line had one id when another one was found between them, but not where a chunk left
  /// that one out.
  @Test func recordsOfOneLineHaveTheirOwnIDs() throws {
    let text =
      "svc-1  | (x\u{f}y):\n\tat a.B.c(B.\u{0}java:5)\nsvc-2  |   File \"/x.py\", line 3, in f\n"
      + "svc-1  | \tat a.B.d(B.java:9)\nsvc-2  | va:9)\nsvc-1  | z\n"
    let path = NSTemporaryDirectory() + "tracesift-ids-\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let whole = try run([path]).delegate.records
    #expect(whole.map(\.offset) == [0, 0, 37])
    #expect(Set(whole.map(\.id)).count == whole.count)
    for size in 1...text.utf8.count {
      let cut = Cut(chunkBytes: UInt64(size), workers: 2)
      #expect(try run([path], cut).delegate.records == whole, "\(size)")
    }
  }
}
