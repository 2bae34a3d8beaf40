import Testing
import TraceBytes
import TraceParsers

/// How much text a trace needs below it before it is known to be complete.
@Suite struct WaitingTests {
  /// Short traces one below the other, as far as the first `lines` lines.
  private func isComplete(_ lines: Int, of frames: Int) -> Bool {
    let traces = (0..<8).map { trace in
      ["java.lang.IllegalStateException: boom \(trace)"]
        + (0..<frames).map { "\tat a.b.C\(trace).d(C.java:\($0 + 1))" }
    }
    let text = Array(traces.joined().prefix(lines).map { $0 + "\n" }.joined().utf8)
    var parser = TraceParser()
    let anchor = text.firstIndex(of: 0x0A).map { $0 + 2 } ?? 0
    if case .trace = parser.parse(text.span, anchor: anchor, floor: 0, end: text.count, isFinal: false) {
      return true
    }
    return false
  }

  /// It may have been written into the one below it, which shows in that one's lines at the latest.
  @Test(arguments: 1...4) func aShortTraceWaitsForTheNextButOne(_ frames: Int) {
    let enough = 2 * (frames + 1) + 1
    #expect(isComplete(enough, of: frames))
    #expect(!isComplete(frames + 1, of: frames))
  }
}
