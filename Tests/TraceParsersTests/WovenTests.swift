import ScanSupport
import TestSupport
import Testing

/// Two traces whose lines were written into each other, and traces that only stand side by side (trace-formats.md, sections
/// 5 and 6).
@Suite struct WovenTests {
  static let java = [
    "java.lang.RuntimeException: one failed", "\tat demo.Cases.one(Cases.java:27)",
    "\tat demo.Cases.run(Cases.java:37)", "\tat demo.Main.main(Main.java:18)",
    "Caused by: java.lang.RuntimeException: two failed", "\tat demo.Cases.two(Cases.java:26)", "\t... 3 more",
    "Caused by: java.lang.IllegalStateException: the root", "\tat demo.Cases.three(Cases.java:25)",
    "\t... 4 more",
  ]
  static let python = [
    "Traceback (most recent call last):", "  File \"/srv/app.py\", line 47, in chain", "    try: f1(0)",
    "         ^^^^^", "  File \"/srv/app.py\", line 7, in f1", "    def f1(x): return f2(x)",
    "  File \"/srv/app.py\", line 8, in f2", "    def f2(x): return 1/x",
    "ZeroDivisionError: division by zero", "",
    "During handling of the above exception, another exception occurred:", "",
    "Traceback (most recent call last):",
    "  File \"/srv/app.py\", line 48, in chain", "    raise AppError(\"x\")", "app.AppError: x",
  ]
  static let group = [
    "  + Exception Group Traceback (most recent call last):", "  |   File \"/srv/app.py\", line 18, in group",
    "  |     raise ExceptionGroup(\"two\", errors)", "  | ExceptionGroup: two (2 sub-exceptions)",
    "  +-+---------------- 1 ----------------", "    | ValueError: 1",
    "    +---------------- 2 ----------------",
    "    | TypeError: 2", "    +------------------------------------",
  ]

  /// Each line is the next one of either trace, by turns or as a seed has it.
  private static func weave(_ left: [String], _ right: [String], seed: UInt64) -> String {
    var numbers = SplitMix64(seed: seed)
    var (first, second) = (left[...], right[...])
    var lines: [String] = []
    while !first.isEmpty || !second.isEmpty {
      let isLeft = seed == 0 ? lines.count % 2 == 0 : numbers.next() >> 63 == 0
      if second.isEmpty || isLeft && !first.isEmpty {
        lines.append(first.removeFirst())
      } else {
        lines.append(second.removeFirst())
      }
    }
    return lines.joined(separator: "\n") + "\n2024-01-02 03:04:05 INFO on\n"
  }

  /// Not every weave shows: a trace may come out whole between two lines of the other. Most have to.
  @Test(arguments: [(java, python), (python, java), (java, group), (group, java)])
  func wovenTracesAreOneFailure(_ left: [String], _ right: [String]) {
    let seeds = 0..<200 as Range<UInt64>
    let found = seeds.filter { summary(scan(Self.weave(left, right, seed: $0))).hasSuffix(" interleaved") }
    #expect(found.contains(0))
    let alone = found.filter { scan(Self.weave(left, right, seed: $0)).count == 1 }
    #expect(alone.count >= 180, "\(alone.count) of \(seeds.count)")
  }

  @Test func tracesSideBySideAreNone() {
    let all = [Self.java, Self.python, Self.group]
    for first in all {
      for second in all {
        for third in all {
          let text = (first + second + third).joined(separator: "\n") + "\n"
          let records = scan(text)
          #expect(records.count == 3 && records.allSatisfy { $0.exceptions != nil }, "\(text)")
        }
      }
    }
  }

  /// Of which the second one has lost its header.
  @Test func oneTraceBehindTheOtherIsNone() {
    let text = (Self.java + Self.python.dropFirst()).joined(separator: "\n") + "\n"
    #expect(scan(text).map(\.platform) == [.java, .python])
    let other = (Self.python + Self.java.dropFirst()).joined(separator: "\n") + "\n"
    #expect(scan(other).map(\.platform) == [.python, .java])
  }
}
