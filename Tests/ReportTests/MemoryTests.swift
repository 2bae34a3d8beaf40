import Enhancements
import Foundation
import Grouping
import TestSupport
import Testing
import TraceBytes
import TraceModel

@testable import Report
@testable import TraceSift

/// What is remembered from trace to trace (groupings by shape, frames and lists of frames as they were written) changes
/// no record: against a grouper and a sink that are new for every trace.
@Suite struct MemoryTests {
  /// Groups and writes every record as if it were the first one.
  private struct ForgetfulSink: TraceSink {
    let configuration: ScanConfiguration
    var lines: [UInt8] = []
    var isEmpty: Bool { lines.isEmpty }
    mutating func reset() { lines = [] }

    mutating func trace(
      _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
    ) {
      var grouper = TraceGrouper(configuration)
      var sink = NDJSONSink()
      sink.trace(trace, grouper.group(trace, in: text, place.context), at: place, in: text)
      lines += sink.records(linesBefore: 0)
    }

    mutating func failure(
      _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
    ) {
      var sink = NDJSONSink()
      sink.failure(failure, grouping, at: place, in: text)
      lines += sink.records(linesBefore: 0)
    }
  }

  private struct Lines<Sink: TraceSink>: ScanDelegate {
    let empty: Sink
    let text: (Sink) -> [UInt8]
    var lines: [UInt8] = []
    func makeSink() -> Sink { empty }
    mutating func finished(_ sink: Sink, linesBefore: UInt64) -> Bool {
      lines += text(sink)
      return true
    }
    mutating func failed(_ problem: InputProblem) { Issue.record("\(problem.path): \(problem.reason)") }
  }

  // MARK: Logs

  private static let frames = [
    "\tat io.airbyte.sync.Job.run(Job.java:%d)", "\tat io.airbyte.sync.Job$Task.lambda$go$7(Job.java:%d)",
    "\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)", "\tat org.lib.Pool.take(Pool.java:%d)",
    "\tat sun.reflect.NativeMethod.invoke0(Native Method)", "\tat org.lib.\u{e9}t\u{e9}.Run.go(Run.java:%d)",
    "\tat org.lib.Cut.go\u{fffd}(Run.java:3)",
  ]
  private static let messages = [
    "order %d failed", "a", "", "no such host 10.0.0.%d", "id 3f2504e0-4f89-41d3-9a0c-0305e82c3%d",
    "took %d ms at 2026-01-02T03:04:05Z", "plain words", "\u{e9}t\u{e9} %d", "bad \u{fffd} byte",
  ]

  private static func number(_ text: String, _ random: inout SplitMix64) -> String {
    text.replacingOccurrences(of: "%d", with: String(Int.random(in: 100...103, using: &random)))
  }

  private static func javaTrace(_ stacks: [String], _ random: inout SplitMix64) -> String {
    var text = ""
    for level in 0..<Int.random(in: 1...3, using: &random) {
      let message = number(messages.randomElement(using: &random)!, &random)
      text += "\(level > 0 ? "Caused by: " : "")java.lang.E\(Int.random(in: 0...1, using: &random))"
      text += message.isEmpty ? "\n" : ": \(message)\n"
      text += stacks.randomElement(using: &random)!
      if level > 0, Bool.random(using: &random) { text += "\t... 2 more\n" }
    }
    return text
  }

  private static func pythonTrace(_ stacks: [String], _ random: inout SplitMix64) -> String {
    var text = "Traceback (most recent call last):\n" + stacks.randomElement(using: &random)!
    if Int.random(in: 0...3, using: &random) == 0 { text += "  [Previous line repeated 7 more times]\n" }
    return text + "ValueError: \(number(messages.randomElement(using: &random)!, &random))\n"
  }

  /// A group whose two members differ in their values alone, or in nothing: then Sentry takes one of them.
  private static func group(_ random: inout SplitMix64) -> String {
    let members = (1...2).map { _ in ["a", "b", "c 7", "c 8", "c <int>"].randomElement(using: &random)! }
    let message = ["failed 1", "failed 2", "failed <int>", "boom", ""].randomElement(using: &random)!
    // A member without a stack is told by its value.
    let hasFrames = Bool.random(using: &random)
    var text =
      "  + Exception Group Traceback (most recent call last):\n  |   File \"/srv/app/m.py\", line 3, in main\n"
    text += "  | ExceptionGroup: \(message) (2 sub-exceptions)\n"
    for (number, value) in members.enumerated() {
      text +=
        number == 0
        ? "  +-+---------------- 1 ----------------\n" : "    +---------------- 2 ----------------\n"
      if hasFrames {
        text += "    | Traceback (most recent call last):\n    |   File \"/srv/app/m.py\", line 9, in work\n"
      }
      let type = ["ValueError", "ValueError", "KeyError"].randomElement(using: &random)!
      text += "    | \(type): \(value)\n"
    }
    return text + "    +------------------------------------\n"
  }

  /// A few stacks again and again, some of them only seldom whole, under messages that differ in numbers or in words.
  private static func log(_ seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let java = (0..<5).map { _ in
      (0..<Int.random(in: 1...9, using: &random)).map { _ in
        number(frames.randomElement(using: &random)!, &random) + "\n"
      }.joined()
    }
    let python = (0..<3).map { stack in
      (0..<Int.random(in: 1...5, using: &random)).map {
        "  File \"/srv/\(["app", "lib"][$0 % 2])/m\(stack).py\", line \($0 + 3), in f\($0)\n    g(\($0))\n"
      }.joined()
    }
    var text = ""
    for _ in 0..<120 {
      text += "2026-01-02 03:04:05,000 ERROR failed\n"
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text += group(&random)
      case 1, 2: text += javaTrace(java, &random)
      default: text += pythonTrace(python, &random)
      }
    }
    // No UTF-8, in messages and in frames.
    return text.utf8.map { $0 == 0xBF ? 0xFF : $0 }
  }

  @Test(arguments: [
    "", "stack.module:io.airbyte.* +app", "stack.abs_path:/srv/** +app", "stack.function:* -app",
    "family:other +group", "stack.function:work +app\nstack.function:main -app",
  ])
  func recordsAreThoseOfOneByOne(_ rules: String) throws {
    let set = try EnhancementSet(
      base: GroupingConfig.newest.baseRules, project: [RuleSource(name: "test", text: rules)])
    let configuration = ScanConfiguration(grouping: GroupingEngine(enhancements: set))
    for seed in 0..<25 as Range<UInt64> {
      let input = try TemporaryInput(Self.log(seed))
      var wanted = Lines(empty: ForgetfulSink(configuration: configuration), text: \.lines)
      var found = Lines(empty: NDJSONSink()) { $0.records(linesBefore: 0) }
      let statistics = TraceEngine(configuration).run([input.path], workers: 1, delegate: &wanted)
      _ = TraceEngine(configuration).run([input.path], workers: 1, delegate: &found)
      withExtendedLifetime(input) {}
      #expect(statistics.traces.total > 100)
      let isSame = found.lines == wanted.lines
      #expect(isSame, "\(rules), seed \(seed)")
    }
  }
}

/// Pieces and lists of them, against plain dictionaries.
@Suite struct PieceMemoTests {
  private static func key(_ number: Int) -> KeyHash { KeyHash(seed: UInt64(truncatingIfNeeded: number)) }

  private static func piece(_ number: Int) -> [UInt8] {
    // Now and then one that is too long to be kept.
    number % 50 == 49
      ? [UInt8](repeating: 0x78, count: [4096, 4097, 5000][number / 50 % 3])
      : Array("{\(String(repeating: "p", count: number % 90))\(number)}".utf8)
  }

  /// So many that the memory starts over several times.
  @Test func givesWhatWasPutIn() {
    var random = SplitMix64(seed: 5)
    var memo = PieceMemo()
    var lists: [Int: [Int]] = [:]
    var knownLists = 0
    for round in 0..<60_000 {
      let number = round % 3 == 0 ? Int.random(in: 0..<60, using: &random) : round
      let list = lists[number] ?? (0..<4).map { _ in Int.random(in: 0..<150_000, using: &random) }
      lists[number] = list
      let wanted = list.map(Self.piece).joined(separator: [0x2C]).map { $0 }
      var output = OutputBuffer()
      output.append("[")
      let wasRepaired = memo.appendList(Self.key(-1 - number), to: &output)
      if let wasRepaired {
        knownLists += 1
        #expect(wasRepaired == list.contains { $0 % 7 == 0 })
      } else {
        Self.write(list, &memo, &output)
        memo.endList(Self.key(-1 - number))
      }
      let isRight = output.bytes.dropFirst().elementsEqual(wanted)
      #expect(isRight, "list \(number), round \(round)")
    }
    #expect(knownLists > 10_000)
  }

  private static func write(_ list: [Int], _ memo: inout PieceMemo, _ output: inout OutputBuffer) {
    memo.beginList()
    for (index, number) in list.enumerated() {
      if index > 0 { output.append(",") }
      if let wasRepaired = memo.append(key(number), to: &output) {
        #expect(wasRepaired == (number % 7 == 0))
        continue
      }
      let start = output.count
      for byte in piece(number) { output.append(byte) }
      memo.insert(key(number), output, from: start, isRepaired: number % 7 == 0)
    }
  }
}
