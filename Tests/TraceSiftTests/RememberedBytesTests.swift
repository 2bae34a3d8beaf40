import ScanSupport
import TestSupport
import Testing

@testable import TraceSift

/// What a worker remembers to be faster stays below the bound that its configuration sets, all of it together.
@Suite struct RememberedBytesTests {
  /// Traces that have nothing in common, so that every memory takes something of each.
  private static let text = (0..<5_000).map { number in
    """
    a.b.E\(number): x
    \tat a.p\(number).B.c\(number)(B\(number).java:5)
    \tat a.q\(number).D.e\(number)(D\(number).java:7)
    2026-03-05 10:12:15,643 INFO [main] c.e.Jobs - all is well

    """
  }.joined()

  /// What is remembered after a scan of the text.
  private func remembered(_ most: Int) throws -> Int {
    let file = try TemporaryInput(Array(Self.text.utf8))
    var worker = TraceWorker(try configuration(Cut(rememberedBytes: most)))
    var sink = RecordingSink()
    let report = worker.scan(Chunk(path: file.path, start: 0, end: .max), into: &sink) { _, _ in true }
    #expect(report.statistics.traces[.java] == 5_000)
    return worker.scanner.rememberedBytes + worker.grouper.rememberedBytes
  }

  @Test func theSumIsBounded() throws {
    #expect(try remembered(64 << 20) > 5 << 19)
    // What 64 KiB of text add is not counted before the next look.
    #expect(try remembered(1 << 20) < 2 << 20)
  }
}
