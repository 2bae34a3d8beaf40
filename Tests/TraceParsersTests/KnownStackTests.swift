import Foundation
import ScanSupport
import TestSupport
import Testing
import TraceBytes
import TraceModel

@testable import TraceParsers

/// A parser that remembers the stacks it met, against one that has just been made for every trace.
@Suite struct KnownStackTests {
  /// Logs of few stacks that come again and again: whole, longer, shorter, with another line in them or behind them.
  @Test(arguments: 0..<60 as Range<UInt64>) func remembersNothingThatIsNotThere(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var log = RepeatedStacks(&random).log(&random)
    if seed % 5 == 4 { log = Array(log.dropLast(Int.random(in: 1..<200, using: &random))) }
    var limits = ParseLimits()
    if seed % 3 == 2 {
      limits.regionBytes = Int.random(in: 500..<4000, using: &random)
      limits.lineBytes = Int.random(in: 40..<400, using: &random)
      limits.messageLines = Int.random(in: 3..<30, using: &random)
      limits.exceptions = Int.random(in: 2..<6, using: &random)
      limits.frames = Int.random(in: 20..<200, using: &random)
    }
    var wanted: [ParsedTrace] = []
    forEachTrace(in: log, limits: limits, remembering: false) { trace, _ in wanted.append(trace) }
    var found: [ParsedTrace] = []
    forEachTrace(in: log, limits: limits) { trace, _ in found.append(trace) }
    #expect(found.count == wanted.count && found.count > 50)
    for (trace, other) in zip(found, wanted) where trace != other {
      let region = String(decoding: log[trace.region.range], as: UTF8.self)
      Issue.record("seed \(seed), at \(trace.region.start): \(trace)\nis not\n\(other)\nin\n\(region)")
      return
    }
  }

  /// A stack is found from its second time on, by all its bytes, also between others that begin as it does.
  @Test func findsWhatCameTwice() throws {
    for count in [1, 4, 30] {
      let stacks = (0..<5).map { last in
        (0..<count).map { "\tat a.B.c(D.java:\($0 == count - 1 ? 100 + last : $0))\n" }.joined()
      }
      var known = KnownStacks()
      for text in stacks {
        #expect(Self.find(text, in: &known) == nil)
        for isFirst in [true, false] {
          Self.note(text, in: &known)
          #expect((Self.find(text, in: &known) == nil) == isFirst, "\(count) lines")
        }
      }
      for text in stacks {
        let stack = try #require(Self.find(text, in: &known))
        #expect(known.lines(of: stack) == count && known.length(of: stack) == text.utf8.count)
        #expect(Self.find(text.replacingOccurrences(of: "java:1", with: "java:2"), in: &known) == nil)
        #expect(Self.find(String(text.dropLast()), in: &known) == nil)
      }
    }
  }

  /// The memo of lines starts over between two meetings of a stack, whose lines then have other numbers.
  @Test func stacksOfForgottenLines() {
    func trace(_ numbers: Range<Int>) -> String {
      "a.b.SomeException: x\n" + numbers.map { "\tat a.B.c(D.java:\($0))\n" }.joined() + "end\n"
    }
    let again = String(repeating: trace(0..<30), count: 4)
    let others = stride(from: 100, to: 80_000, by: 100).map { trace($0..<$0 + 100) }.joined()
    let log = Array((again + others + trace(50_000..<50_030) + again).utf8)
    var found: [ParsedTrace] = []
    forEachTrace(in: log) { trace, _ in found.append(trace) }
    var wanted: [ParsedTrace] = []
    forEachTrace(in: log, remembering: false) { trace, _ in wanted.append(trace) }
    #expect(found.count == 4 + 799 + 1 + 4)
    #expect(found == wanted)
  }

  private static func find(_ text: String, in known: inout KnownStacks) -> KnownStacks.Number? {
    let bytes = Array(text.utf8)
    let line = (bytes.firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
    return known.find(line, TraceParser.Margin(), bytes.span, at: 0, before: bytes.count)
  }

  private static func note(_ text: String, in known: inout KnownStacks) {
    let bytes = Array(text.utf8)
    var lines: [TextLine] = []
    var start = 0
    while start < bytes.count, let end = bytes[start...].firstIndex(of: 0x0A) {
      var line = TextLine.cut(bytes.span, from: start, newline: end, end: bytes.count, limit: bytes.count)
      // The memo's number of a line stands for its bytes.
      line.memo = Int32(truncatingIfNeeded: bytes[start..<end].reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF })
      lines.append(line)
      start = end + 1
    }
    let outcome = KnownStacks.Outcome()
    known.note(lines[...], [], comparedTo: bytes.count, outcome, bytes.span)
  }

  /// Causes that came often enough are taken over as a whole; those whose message is new are read one by one.
  @Test func causesThatStandAgainAreOne() {
    var parser = TraceParser()
    func parse(_ cause: String, extra: String = "") -> ParsedTrace {
      let text = Self.chain(cause) + extra + "2026-03-05 10:00:00 INFO done\n"
      let bytes = Array(text.utf8)
      let outcome = parser.parse(
        bytes.span, anchor: text.utf8.count - text.drop { $0 != "\t" }.utf8.count, floor: 0, end: bytes.count,
        isFinal: true)
      #expect(outcome == .trace)
      return parser.trace
    }
    let first = parse("x = 1")
    #expect(
      first.exceptions.map(\.frames.count) == [3, 2, 1] && first.exceptions.map(\.elided) == [nil, 1, 2])
    // Read line by line, met again, kept; then the run of causes likewise.
    for _ in 0..<5 { #expect(parse("x = 1") == first) }
    #expect(parser.causes.found.isEmpty && !parser.causes.isOpen)
    let other = parse("x = 2, which is longer")
    #expect(parser.causes.found.count == 2)
    #expect(
      other.exceptions.map(\.stackKey) == first.exceptions.map(\.stackKey) && other.region != first.region)
    let longer = parse(
      "x = 1", extra: "\tat a.B.more(B.java:7)\nCaused by: a.Last: y\n\tat a.B.e(B.java:5)\n")
    #expect(
      longer.exceptions.map(\.frames.count) == [3, 2, 2, 1]
        && longer.exceptions.map(\.parent) == [-1, 0, 1, 2])
    #expect(parse("x = 1") == first)
  }

  /// The driver's stack that Spark prints may end a message behind all that was met as causes.
  @Test func causesOfAStageFailureAreReadAnew() {
    let stage = "org.apache.spark.SparkException: Job aborted due to stage failure: Task 0"
    let known = """
      a.Top: x
      \tat a.B.a(B.java:1)
      \tat a.B.b(B.java:2)
      Caused by: \(stage)
      \tat a.C.a(C.java:1)
      \tat a.C.b(C.java:2)

      """
    let log = "2026-03-05 10:00:00 INFO done\n"
    let driver = "Driver stacktrace:\n\tat a.D.a(D.java:1)\n"
    var counts: [[Int]] = []
    let text = Array((String(repeating: known + log, count: 6) + known + driver + log).utf8)
    forEachTrace(in: text) { trace, _ in counts.append(trace.exceptions.map(\.frames.count)) }
    #expect(counts == [[Int]](repeating: [2, 2], count: 6) + [[2, 1]])
  }

  /// What a header made the parser read ahead, up to the limit, is not read a second time behind known causes.
  @Test func linesThatWereReadAheadAreKept() {
    let stage = "org.apache.spark.SparkException: Job aborted due to stage failure: x"
    let known = """
      \(stage)
      \tat a.B.a(B.java:1)
      \tat a.B.b(B.java:2)
      Caused by: a.M: y
      \tat a.C.a(C.java:1)
      \tat a.C.b(C.java:2)

      """
    let more = "Caused by: a.N: z\n" + (0..<100).map { "\tat a.D.d\($0)(D.java:\($0 + 1))\n" }.joined()
    let log = "2026-03-05 10:00:00 INFO done\n"
    let text = Array((String(repeating: known + log, count: 6) + known + more + log).utf8)
    var limits = ParseLimits()
    limits.regionBytes = 2000
    var found: [ParsedTrace] = []
    forEachTrace(in: text, limits: limits) { trace, _ in found.append(trace) }
    var wanted: [ParsedTrace] = []
    forEachTrace(in: text, limits: limits, remembering: false) { trace, _ in wanted.append(trace) }
    #expect(found == wanted && wanted[6].exceptions.count == 3)
  }

  private static func chain(_ cause: String) -> String {
    """
    a.Top: failed
    \tat a.B.a(B.java:1)
    \tat a.B.b(B.java:2)
    \tat a.B.c(B.java:3)
    Caused by: a.Middle: \(cause),
     in two lines
    \tat a.B.d(B.java:4)
    \tat a.B.e(B.java:5)
    \t... 1 more
    Caused by: a.Bottom
    \tat a.B.f(B.java:6)
    \t... 2 more

    """
  }

  /// The key that is kept with a stack is the one that its frames give.
  @Test func keysAreThoseOfTheFrames() {
    for seed in 60..<70 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      forEachTrace(in: RepeatedStacks(&random).log(&random)) { trace, text in
        for exception in trace.exceptions {
          var other = exception
          other.stackKey = nil
          #expect(
            trace.stackKey(of: exception, in: text) == trace.stackKey(of: other, in: text)
              || exception.frames.isEmpty)
        }
      }
    }
  }
}

/// Writes logs of a few stacks that share most of their frames.
private struct RepeatedStacks {
  private var java: [[String]] = []
  private var python: [[String]] = []

  init(_ random: inout SplitMix64) {
    let frames = (0..<12).map { Self.javaFrame($0, &random) }
    let sources = (0..<12).map { Self.pythonFrame($0, &random) }
    for _ in 0..<6 {
      java.append(
        (0..<Int.random(in: 1..<40, using: &random)).map { _ in frames.randomElement(using: &random)! })
      python.append(
        (0..<Int.random(in: 1..<30, using: &random)).flatMap { _ in sources.randomElement(using: &random)! })
    }
    // Stacks that begin with another one.
    java.append(java[0] + java[1])
    python.append(python[0] + python[1])
    java.append(java[2] + ["\t... 12 more"])
  }

  private static func javaFrame(_ number: Int, _ random: inout SplitMix64) -> String {
    let places = ["F.java:\(number)", "Native Method", "Unknown Source", "F.java", "not a place", "F.java:x"]
    let place = places[[0, 0, 0, 0, 1, 2, 3, 4, 5].randomElement(using: &random)!]
    let indent = Int.random(in: 0..<20, using: &random) == 0 ? "    " : "\t"
    let name = String(repeating: "long.", count: Int.random(in: 0..<20, using: &random))
    return "\(indent)at \(name)p\(number).C.m\(number)(\(place))"
  }

  private static func pythonFrame(_ number: Int, _ random: inout SplitMix64) -> [String] {
    var lines = ["  File \"/srv/f\(number).py\", line \(number), in f\(number)"]
    if Bool.random(using: &random) { lines.append("    call_\(number)(x)") }
    if lines.count > 1, Bool.random(using: &random) { lines.append("    ~~~~^^^") }
    if Int.random(in: 0..<12, using: &random) == 0 {
      lines.append("  [Previous line repeated \(number) more times]")
    }
    return lines
  }

  func log(_ random: inout SplitMix64) -> [UInt8] {
    var lines: [String] = []
    for number in 0..<160 {
      lines.append("2026-03-05 10:00:00 ERROR event \(number)")
      switch Int.random(in: 0..<5, using: &random) {
      case 0, 1: lines += javaTrace(number, &random)
      case 2, 3: lines += pythonTrace(number, &random)
      default: lines += group(number, &random)
      }
    }
    return Array(lines.joined(separator: "\n").utf8) + [0x0A]
  }

  private func javaTrace(_ number: Int, _ random: inout SplitMix64) -> [String] {
    let margin = Int.random(in: 0..<8, using: &random) == 0 ? "  " : ""
    var lines = ["\(margin)io.example.E\(number % 3): event \(number)"]
    lines += changed(java.randomElement(using: &random)!, &random)
    for label in ["Caused by: ", "\tSuppressed: "] where Int.random(in: 0..<3, using: &random) == 0 {
      // A message that came before, one that is new, and one of two lines.
      let details = [
        "\(number % 2)", "\(number)", "\(number % 2)\nand more", "stage failure \(number % 2)",
      ]
      let detail = details.randomElement(using: &random)!
      lines.append("\(label)io.example.Cause: of \(detail)")
      lines += changed(java.randomElement(using: &random)!, &random)
      if Bool.random(using: &random) { lines.append("\t... \(number % 4) more") }
      if Int.random(in: 0..<12, using: &random) == 0 {
        lines += ["Driver stacktrace:"] + changed(java.randomElement(using: &random)!, &random)
      }
      if Int.random(in: 0..<10, using: &random) == 0 {
        lines.append("\t[CIRCULAR REFERENCE: io.example.Cause: x]")
      }
    }
    return lines
  }

  private func pythonTrace(_ number: Int, _ random: inout SplitMix64) -> [String] {
    let prefix = ["", "", "", "  ", "10:00 app: "].randomElement(using: &random)!
    var lines = ["\(prefix)Traceback (most recent call last):"]
    let stack = changed(python.randomElement(using: &random)!, &random)
    lines += Bool.random(using: &random) || !prefix.isEmpty ? stack : Self.deeper(stack)
    lines.append("ValueError: event \(number)")
    guard Int.random(in: 0..<3, using: &random) == 0 else { return lines }
    lines += ["", "During handling of the above exception, another exception occurred:", ""]
    lines.append("Traceback (most recent call last):")
    lines += changed(python.randomElement(using: &random)!, &random)
    return lines + ["KeyError: 'a'"]
  }

  /// Frames of another depth than the header's, as a log line before it makes them.
  private static func deeper(_ lines: [String]) -> [String] { lines.map { "  \($0)" } }

  /// The same stacks in the boxes of a group, which stand at different depths.
  private func group(_ number: Int, _ random: inout SplitMix64) -> [String] {
    let outer = Bool.random(using: &random) ? "  " : "      "
    let inner = "\(outer)  "
    var lines = ["\(outer)+ Exception Group Traceback (most recent call last):"]
    lines += boxed(changed(python.randomElement(using: &random)!, &random), outer, &random)
    lines += ["\(outer)| ExceptionGroup: event \(number) (1 sub-exception)"]
    lines += ["\(outer)+-+---------------- 1 ----------------"]
    lines += boxed(["Traceback (most recent call last):"], inner, &random)
    lines += boxed(changed(python.randomElement(using: &random)!, &random), inner, &random)
    return lines + ["\(inner)| ValueError: \(number % 2)", "\(inner)+------------------------------------"]
  }

  /// Mostly with the margin before each line.
  private func boxed(_ lines: [String], _ margin: String, _ random: inout SplitMix64) -> [String] {
    lines.map { Int.random(in: 0..<50, using: &random) == 0 ? $0 : "\(margin)| \($0)" }
  }

  /// Mostly the stack as it is.
  private func changed(_ stack: [String], _ random: inout SplitMix64) -> [String] {
    var lines = stack
    let place = Int.random(in: 0..<lines.count, using: &random)
    switch Int.random(in: 0..<16, using: &random) {
    case 0: lines.remove(at: place)
    case 1: lines.insert(lines[place], at: place)
    case 2: lines.insert("", at: place)
    case 3: lines.insert("      a deeper line", at: place)
    case 4: lines.append(contentsOf: ["        pad = 1", "        pad = 2"])
    case 5: lines[place] += " ~[x.jar:1]"
    case 6: lines[place] = String(lines[place].dropLast(3))
    case 7: lines.append("2026-03-05 10:00:01 INFO in between")
    default: break
    }
    return lines
  }
}
