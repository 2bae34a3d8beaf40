import Foundation
import ScanSupport
import TestSupport
import Testing
import TraceParsers
import TraceSift

/// The records depend on the input alone: not on the size of blocks, the grid of chunks or the number of
/// workers.
@Suite struct InvarianceTests {
  /// What texts are put together from: traces, failures, look-alikes, log lines.
  static let pieces = [
    "2024-01-02 03:04:05 INFO c.a.X - all is well\n",
    "2024-01-02 03:04:06 ERROR c.a.X - failed\njava.lang.IllegalStateException: one\n\tat a.B.c(D.java:5)\n\tat a.B.d(D.java:9)\n",
    "a.b.OuterException: x\n\tat a.B.c(D.java:5)\nCaused by: a.b.InnerException: y\n\tat a.B.e(D.java:7)\n\t... 1 more\n",
    "Traceback (most recent call last):\n  File \"/srv/x.py\", line 3, in f\n    g()\nValueError: oops\n",
    "Traceback (most recent call last):\n  File \"/x.py\", line 3, in f\nKeyError: 'k'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"/x.py\", line 5, in g\nTypeError\n",
    "Traceback (most recent call last):\n",
    "\tat lost.Header.run(H.java:1)\n\tat lost.Header.main(H.java:2)\n", "\n",
    "a.b.LongException: first\nsecond line\n\n  third line\n\tat a.B.c(D.java:5)\n",
    "python: ValueError one\r\n", "a.C: x\r\n\tat a.B.c(D.java:5)\r\n", "Caused by: disk full\n",
    "    at f (/x.js:1:2)\n",
    "  + Exception Group Traceback (most recent call last):\n  |   File \"/e.py\", line 8, in f\n  | ExceptionGroup: g (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | TypeError: a\n    +------------------------------------\n",
    "a.b.ListException: several\n  a.b.OneException: x\n  a.b.TwoException: y\n\tat a.B.c(D.java:5)\n",
    "  a.b.ThreeException: z\n", "[ERROR] x\n", "2024-01-02 x\n", "{\"error\":{\"code\":1}}\n",
    "failed: a.b.LabelledException: x\nwords\n\tat a.B.c(D.java:5)\n", "1) a.b.XException: y\n",
    "\u{1B}[32m2024-01-02 03:04:05 INFO x\u{1B}[0m\n", "  File \u{1B}[35m\"/x.py\"\u{1B}[0m, line 3, in f\n",
    "\tat a.B.c(D.java:5)\n\nCaused by: own words\n\tat a.B.c(D.java:5)\n", "<pre>a.b.XException: y\n",
    "</pre>\n",
    "a.b.OuterException: {\"trace\": \"a.b.XException: y\\n\\tat a.B.c(D.java:5)\\n\\tat a.B.d(D.java:6)\"}\n",
    "<failure>Traceback (most recent call last):\n  File \"/x.py\", line 3, in f\nKeyError: 1</failure><error>Traceback (most recent call last):\n",
    "\u{0}\u{0}\n", "\tSuppressed: a.b.DException: z\n", "... 3 more\n", "x", "  File \"/x.py\", line 9\n",
    " 1 | ERROR | a.b.CellException: x +\n   |       | \tat a.B.c(D.java:5)   +\n   |       | \tat a.B.d(D.java:6)\n",
    "| 2 | Traceback (most recent call last): |\n|   |   File \"/x.py\", line 3, in f   |\n|   | KeyError: 1                     |\n",
    "   |       | words +\n",
    "@400000006b096f031d508d10 a.b.XException: y\n@400000006b096f031d508e72 \tat a.B.c(D.java:5)\n",
    "+a.b.XException: y\n+\tat a.B.c(D.java:5)\n",
    "1,\"x\na.b.QuotedException: \"\"y\"\"\n\tat a.B.c(D.java:5)\",2\n",
    "1,\"Traceback (most recent call last):\n  File \\\"/x.py\\\", line 3, in f\nKeyError: \\\"k\\\"\",2\n",
    "x y: Traceback (most recent call last):\n", "event=x level=info\n", "INFO: x\n", "ERROR: y\n",
    "Internal Server Error: /x\n", "tb = a.b.BehindException: y\nwords\n\tat a.B.c(D.java:5)\n",
    "{\"error\":{\"type\":\"E\",\"message\":\"m\",\"stack_trace\":\"  File \\\"/x.py\\\", line 3, in f\\n\"}}\n",
    "{\"m\":\"\\tat a.B.c(D.java:5)\",\"pid\":17}\n", "{\"m\":\"a.b.XException: y\",\"pid\":17}\n",
    "2024-01-02 03:04:05 INFO c.a.X - between\n    g()\n", "  |   File \"/e.py\", line 9, in g\n",
    "  + Exception Group Traceback (most recent call last):\n  | ExceptionGroup: g (2 sub-exceptions)\n",
    "    +---------------- 2 ----------------\n    | TypeError: b\n    +------------------------------------\n",
    "a.b.OuterException: calling failed:\na.b.InnerException: y\n",
    "The above exception was the direct cause of the following exception:\n\n",
    "<error><![CDATA[Traceback (most recent call last):\n  File \"/x.py\", line 3, in f\nKeyError: 1]]></error><failure><![CDATA[",
  ]

  private static func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "tracesift-cut-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// Limits so small that the bounded look-back and look-ahead are met in small texts.
  static let narrow: ParseLimits = {
    var limits = ParseLimits()
    limits.messageBytes = 120
    limits.messageLines = 6
    return limits
  }()

  private static func check(_ bytes: [UInt8], _ cuts: [Cut], limits: ParseLimits) throws {
    try withFile(bytes) { path in
      let whole = try run([path], limits: limits)
      for cut in cuts {
        let other = try run([path], cut, limits: limits)
        guard other.delegate.records != whole.delegate.records else {
          #expect(other.statistics == whole.statistics, "\(cut): \(bytes.shown)")
          continue
        }
        Issue.record(
          "\(cut): \(bytes.shown)\nwhole: \(whole.delegate.records)\ncut: \(other.delegate.records)")
        return
      }
    }
  }

  private static func text(_ seed: UInt64, pieces count: Int) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return randomRow(of: pieces, count: count, using: &random)
  }

  @Test func everyBlockSize() throws {
    for seed in 0..<4 as Range<UInt64> {
      let bytes = Self.text(seed, pieces: 5)
      let cuts = stride(from: 1, through: bytes.count + 1, by: seed == 0 ? 1 : 7).map { Cut(blockBytes: $0) }
      try Self.check(bytes, cuts, limits: seed % 2 == 0 ? ParseLimits() : Self.narrow)
    }
  }

  @Test func everyChunkSize() throws {
    for seed in 10..<13 as Range<UInt64> {
      let bytes = Self.text(seed, pieces: 4)
      let cuts = stride(from: 1, through: bytes.count + 1, by: seed == 10 ? 3 : 11).map {
        Cut(blockBytes: 64, chunkBytes: UInt64($0), workers: 2)
      }
      try Self.check(bytes, cuts, limits: seed % 2 == 0 ? ParseLimits() : Self.narrow)
    }
  }

  @Test func randomTextsInRandomCuts() throws {
    for seed in 100..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let bytes = Self.text(seed, pieces: 12)
      let cuts = (0..<3).map { _ in
        Cut(
          blockBytes: Int.random(in: 1...400, using: &random),
          chunkBytes: UInt64.random(in: 20...900, using: &random),
          workers: Int.random(in: 1...3, using: &random))
      }
      try Self.check(bytes, cuts, limits: seed % 2 == 0 ? ParseLimits() : Self.narrow)
    }
  }

  /// Memories that start anew wherever they are looked at change nothing.
  @Test func whatIsRememberedDoesNotMatter() throws {
    for seed in 300..<304 as Range<UInt64> {
      let bytes = Self.text(seed, pieces: 6000)
      let cuts = [
        Cut(rememberedBytes: 0), Cut(blockBytes: 5000, rememberedBytes: 0),
        Cut(chunkBytes: 150_000, workers: 2, rememberedBytes: 0),
      ]
      try Self.check(bytes, cuts, limits: seed % 2 == 0 ? ParseLimits() : Self.narrow)
    }
  }

  /// A block that ended at the start of a line hid the word of the gate that begins with the line end before it.
  @Test func aWordThatBeginsWithALineEnd() throws {
    let report = "____ test_it ____________\nx = 1\nE   ValueError: no\n\n/app/test_x.py:7: ValueError: no\n"
    let bytes = Array((report + "=====================\nplain\n").utf8)
    let cuts = (1...bytes.count).map { Cut(blockBytes: $0) }
    try Self.check(bytes, cuts, limits: ParseLimits())
    try Self.withFile(bytes) { path in
      let found = try run([path]).delegate.records
      #expect(found.count == 1)
    }
  }

  /// A header on a line longer than the look-back was found or not as blocks were cut.
  @Test func aHeaderOnAVeryLongLine() throws {
    let long = String(repeating: "payment ", count: 20_000)
    let bytes = Array(
      "a log line\njava.lang.IllegalStateException: \(long)\n\tat a.B.c(D.java:5)\n\tat a.B.d(D.java:9)\n"
        .utf8)
    let cuts = [1000, 4096, 30_000, 70_000, bytes.count - 30, bytes.count].flatMap {
      [Cut(blockBytes: $0), Cut(blockBytes: $0, chunkBytes: UInt64($0), workers: 2)]
    }
    try Self.check(bytes, cuts, limits: ParseLimits())
    try Self.withFile(bytes) { path in
      let found = try run([path]).delegate.records
      #expect(found.first?.exceptions?.first?.type == "java.lang.IllegalStateException")
    }
  }

  /// A header whose frames belong to no block of its own left them unread, but not where a chunk began behind it.
  @Test func framesBelowAHeaderThatFails() throws {
    let text =
      "  File \"/a.py\", line 3, .pyTraceback (most recent call last):\n"
      + "  File \"/b.py\", line 2, in f\n    g()\n  File \"/c.py\", line 5, in g\n    h()\nKeyError: 'k'\n"
    let bytes = Array(text.utf8)
    let header = bytes.firstIndex(of: 0x0A)! + 1
    try Self.withFile(bytes) { path in
      let found = try run([path]).delegate.records
      #expect(found.map(\.offset) == [0, header])
      #expect(found.last?.exceptions?.first?.frames.count == 2)
    }
    try Self.check(
      bytes, (1...bytes.count).map { Cut(chunkBytes: UInt64($0), workers: 2) }, limits: Self.narrow)
  }

  /// The scanner alone: from the bytes up to any place, then with the rest, the same records.
  @Test func filesInARowAreScannedInOrder() throws {
    try Self.withFile(Self.text(7, pieces: 20)) { first in
      try Self.withFile(Self.text(8, pieces: 20)) { second in
        let paths = [second, first, second]
        let alone = try run(paths)
        let together = try run(paths, Cut(blockBytes: 100, chunkBytes: 150, workers: 3))
        #expect(alone.delegate.records == together.delegate.records)
        #expect(alone.statistics == together.statistics)
        let sources = alone.delegate.records.map(\.source)
        #expect(
          sources == sources.sorted { paths.firstIndex(of: $0)! < paths.firstIndex(of: $1)! }
            || Set(sources).count == 2)
      }
    }
  }

  /// Chunks of many blocks: their first records are handed on before the last ones are found.
  @Test func recordsLeaveInPartsOfAChunk() throws {
    var random = SplitMix64(seed: 11)
    for seed in 1...12 as ClosedRange<UInt64> {
      let cuts = [1, 2, 3].map { workers in
        Cut(
          blockBytes: Int.random(in: 100...400, using: &random),
          chunkBytes: UInt64.random(in: 3_000...9_000, using: &random), workers: workers)
      }
      try Self.check(Self.text(seed, pieces: 600), cuts, limits: Self.narrow)
    }
  }

  @Test func aTakerThatHasEnoughEndsTheScan() throws {
    try Self.withFile(Self.text(9, pieces: 2_000)) { path in
      let all = try run([path]).delegate.records
      for most in [1, 2, 5] {
        var delegate = RecordingDelegate()
        delegate.mostChunks = most
        let configuration = try configuration(Cut(blockBytes: 200, chunkBytes: 5_000), limits: ParseLimits())
        _ = TraceEngine(configuration).run([path], workers: 3, delegate: &delegate)
        #expect(delegate.records.count < all.count)
        #expect(delegate.records == Array(all.prefix(delegate.records.count)))
      }
    }
  }

  @Test func placesAreThoseOfTheLines() throws {
    let bytes = Self.text(42, pieces: 60)
    try Self.withFile(bytes) { path in
      for cut in [Cut(), Cut(blockBytes: 33, chunkBytes: 200, workers: 2)] {
        for record in try run([path], cut).delegate.records {
          let before = bytes[..<record.offset]
          #expect(record.line == before.count { $0 == 0x0A } + 1)
          #expect(record.offset == 0 || bytes[record.offset - 1] == 0x0A)
          let region = bytes[record.offset..<record.offset + record.length]
          let ends = region.count { $0 == 0x0A }
          #expect(record.lines == (region.last == 0x0A ? ends : ends + 1))
        }
      }
    }
  }

  @Test func idsAreStableAndDistinct() throws {
    let bytes = Self.text(43, pieces: 60)
    try Self.withFile(bytes) { path in
      let ids = try run([path]).delegate.records.map(\.id)
      #expect(ids.count > 10 && Set(ids).count == ids.count)
      #expect(try run([path], Cut(blockBytes: 17)).delegate.records.map(\.id) == ids)
    }
  }
}
