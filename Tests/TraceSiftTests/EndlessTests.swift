import ScanSupport
import Testing

/// Texts of a few kilobytes that once took minutes, because what was read was read again for each line in it. None of them is
/// timed: they would not end.
@Suite struct EndlessTests {
  /// Each header ends with a colon, so all that follows may be its message.
  @Test func headersBelowEachOther() {
    let lines = (0..<400).map { "x\(String(($0 + 9) * 2_654_435_761 % (1 << 40), radix: 16))y" }
    let text = lines.map { $0 + ": Traceback (most recent call last):\n" }.joined()
    #expect(scan(text).count == 400)
  }

  /// Each line is a stream of its own.
  @Test func streamsOfOneLine() {
    let text = (0..<1500).map { #"{"m":"\tat a.b.C.m(C.java:1)","pid":\#($0)}"# + "\n" }.joined()
    #expect(scan(text).count == 1500)
  }

  /// One document with many traces, and one with many fields that should hold one.
  @Test func documentsOfManyTraces() {
    let trace = #"{"m":"a.b.C: x\n\tat a.b.C.m(C.java:1)"}"#
    #expect(
      scan(#"{"e":["# + repeatElement(trace, count: 8000).joined(separator: ",") + "]}\n").count == 8000)
    let fields = (0..<8000).map { #"{"stack_trace":"go \#($0)"}"# }
    #expect(scan(#"{"e":["# + fields.joined(separator: ",") + "]}\n").count == 8000)
  }

  /// Words of frames on one line, of which none has a place.
  @Test func wordsOnOneLine() {
    #expect(scan(String(repeating: "\tat x y ", count: 200_000) + "\n").isEmpty)
  }

  /// Names of stacks that are numbers.
  @Test func namesWithoutData() {
    #expect(scan("{\n" + String(repeating: "  \"stack_trace\": 1,\n", count: 20_000)).isEmpty)
  }
}
