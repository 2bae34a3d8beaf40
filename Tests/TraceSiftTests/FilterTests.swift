import LogInput
import ScanSupport
import TestSupport
import Testing
import TraceBytes
import TraceParsers

@testable import TraceSift

/// A filter gives what a scan gives, however its input comes in, and a restart goes on where a checkpoint says.
@Suite struct FilterTests {
  /// An input that comes in pieces of given sizes.
  struct PiecewiseInput: LiveReader {
    let bytes: [UInt8]
    var position: Int
    var sizes: [Int]
    /// Whether the file's first line is known when it came.
    var growsHead = false
    var file: FileIdentity? {
      let start = bytes.prefix(position)
      return FileIdentity(
        device: 1, inode: 2,
        head: growsHead ? Array(start.prefix { $0 != 0x0A } + (start.contains(0x0A) ? [0x0A] : [])) : [0x78])
    }
    var encoding: TextEncoding { .utf8 }
    var path: String { "-" }

    mutating func wait(milliseconds: Int, isStopped: () -> Bool) -> LiveState {
      position < bytes.count ? .ready : .ended
    }

    mutating func read(
      into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
    ) throws(InputError) -> Int {
      let size = sizes.isEmpty ? bytes.count : sizes.removeFirst()
      let count = min(size, buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }
  }

  /// Takes everything, and stops after some deliveries if it is asked to.
  struct Collector: FilterDelegate {
    var records: [ScannedRecord] = []
    /// The log as it was passed on, with the number of records known after each piece.
    var log: [UInt8] = []
    var lengths: [Int] = []
    var checkpoint: FilterCheckpoint?
    var statistics = ScanStatistics()
    var settlements = Int.max

    func makeSink() -> RecordingSink { RecordingSink() }

    mutating func passed(_ text: Span<UInt8>) -> Bool {
      log += text.bytes(0..<text.count)
      return true
    }

    mutating func finished(_ sink: RecordingSink) -> Bool {
      records += sink.records
      lengths += [Int](repeating: log.count, count: sink.records.count)
      return true
    }

    mutating func settled(_ progress: FilterProgress) -> Bool {
      checkpoint = progress.checkpoint
      statistics = progress.statistics
      settlements -= 1
      return settlements > 0
    }

    mutating func waits(for problem: InputProblem) {}
    mutating func failed(_ problem: InputProblem) { Issue.record("\(problem.reason)") }
  }

  private func filter(
    _ bytes: [UInt8], _ sizes: [Int], _ limits: ParseLimits, keepsLines: Bool = false,
    from checkpoint: FilterCheckpoint? = nil, settlements: Int = .max, cut: Cut = Cut()
  ) throws -> Collector {
    var options = FilterOptions()
    options.keepsLines = keepsLines
    var collector = Collector(settlements: settlements)
    var run = FilterRun<Collector>(
      try configuration(cut, limits: limits), options, path: "-", sink: RecordingSink(), from: checkpoint)
    var input = PiecewiseInput(bytes: bytes, position: Int(checkpoint?.origin ?? 0), sizes: sizes)
    run.run(&input, ScanStatistics(), &collector)
    return collector
  }

  private func text(_ seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return randomRow(of: InvarianceTests.pieces + Self.streams, count: 14, using: &random)
  }

  private func sizes(_ seed: UInt64, _ most: Int) -> [Int] {
    var random = SplitMix64(seed: seed)
    return (0..<4000).map { _ in Int.random(in: 1...most, using: &random) }
  }

  /// Lines of two containers, woven.
  static let streams = [
    "web-1  | java.lang.IllegalStateException: one\nweb-1  | \tat a.B.c(D.java:5)\njob-1  | all is well\nweb-1  | \tat a.B.d(D.java:9)\n",
    "job-1  | Traceback (most recent call last):\nweb-1  | all is well\njob-1  |   File \"/srv/x.py\", line 3, in f\njob-1  |     g()\njob-1  | ValueError: oops\n",
    "web-1  | all is well\n", "job-1  | all is well\n",
  ]

  private func withoutIDs(_ records: [ScannedRecord]) -> [ScannedRecord] {
    records.map {
      var record = $0
      record.id = 0
      return record
    }.sorted { ($0.offset, $0.length) < ($1.offset, $1.length) }
  }

  @Test func sameRecordsAsAScanHoweverTheInputComes() throws {
    for seed in 0..<60 as Range<UInt64> {
      let bytes = text(seed)
      let limits = seed % 3 == 0 ? InvarianceTests.narrow : ParseLimits()
      let whole = try filter(bytes, [], limits)
      let scanned = try scanFile(bytes, limits)
      #expect(withoutIDs(whole.records) == withoutIDs(scanned), "seed \(seed)")
      for most in [1, 10, 300] {
        let pieces = try filter(bytes, sizes(seed, most), limits)
        // Woven streams may be told of in another order, never otherwise.
        #expect(withoutIDs(pieces.records) == withoutIDs(whole.records), "seed \(seed), pieces of \(most)")
        #expect(Set(pieces.records.map(\.id)) == Set(whole.records.map(\.id)), "seed \(seed)")
        #expect(pieces.statistics.lines == UInt64(bytes.count { $0 == 0x0A }), "seed \(seed)")
        #expect(pieces.statistics.bytes == UInt64(bytes.count), "seed \(seed)")
      }
    }
  }

  /// Memories that start anew at every scan change nothing.
  @Test func whatIsRememberedDoesNotMatter() throws {
    for seed in 500..<502 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let bytes = randomRow(of: InvarianceTests.pieces + Self.streams, count: 4000, using: &random)
      let whole = try filter(bytes, [], ParseLimits())
      let other = try filter(bytes, [], ParseLimits(), cut: Cut(blockBytes: 3000, rememberedBytes: 0))
      #expect(withoutIDs(other.records) == withoutIDs(whole.records), "seed \(seed)")
      #expect(Set(other.records.map(\.id)) == Set(whole.records.map(\.id)), "seed \(seed)")
    }
  }

  private func scanFile(_ bytes: [UInt8], _ limits: ParseLimits) throws -> [ScannedRecord] {
    let file = try TemporaryInput(bytes)
    return try run([file.path], limits: limits).delegate.records.map {
      var record = $0
      record.source = "-"
      return record
    }
  }

  /// What was told of another stream early is the same when its turn comes: texts for which a filter and a scan differed.
  @Test(arguments: [
    [
      #"{"level":"error","thread":"t2","message":"  File \"/a/m0.py\", line 4, in f0"}"#,
      #"{"level":"error","thread":"t0","message":"Caused by: java.io.IOException: deep"}"#,
      "    at a.B.e(B.java:3)",
      #"{"level":"error","thread":"t0","message":"Traceback (most recent call last):"}"#,
      #"{"level":"error","thread":"t0","message":"app.E: introduced:"}"#,
      #"{"level":"error","thread":"t0","message":"Traceback (most recent call last):"}"#,
      #"  File "/a/m0.py", line 4, in f0"#,
    ],
    [
      #"svc-1  |   |   File "/a/b.py", line 3, in f"#, #"svc-0  |   File "/a/m0.py", line 7, in f0"#,
      "svc-0  | app.E: introduced:", "svc-0  |     at a.B.e(B.java:3)", "svc-1  | \tat a.B.c(B.java:4)",
    ],
  ])
  func earlyRecordsChangeNothing(_ lines: [String]) throws {
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let scanned = withoutIDs(try scanFile(bytes, ParseLimits()))
    #expect(scanned.count > 2)
    for most in [bytes.count, 40, 7, 1] {
      let pieces = try filter(bytes, sizes(UInt64(most), most), ParseLimits())
      #expect(withoutIDs(pieces.records) == scanned, "pieces of \(most)")
    }
    for stop in 1..<12 {
      let first = try filter(bytes, sizes(1, 30), ParseLimits(), settlements: stop)
      let checkpoint = try FilterCheckpoint(json: try #require(first.checkpoint).json)
      let rest = try filter(bytes, [], ParseLimits(), from: checkpoint)
      #expect(withoutIDs(first.records + rest.records) == scanned, "stopped after \(stop)")
    }
  }

  /// Stopped at any delivery and begun again from its checkpoint: every record comes, and comes once.
  @Test func aRestartGoesOnWhereTheCheckpointSays() throws {
    for seed in 100..<140 as Range<UInt64> {
      let bytes = text(seed)
      let limits = seed % 3 == 0 ? InvarianceTests.narrow : ParseLimits()
      let whole = try filter(bytes, sizes(seed, 60), limits)
      var random = SplitMix64(seed: seed)
      var records: [ScannedRecord] = []
      var checkpoint: FilterCheckpoint?
      for round in 0..<10 {
        // A short part may end before it is where the one before ended.
        let settlements = round == 9 ? Int.max : Int.random(in: 1...30, using: &random)
        let part = try filter(
          bytes, sizes(random.next(), 60), limits, from: checkpoint, settlements: settlements)
        records += part.records
        let json = try #require(part.checkpoint).json
        checkpoint = try FilterCheckpoint(json: json)
        #expect(checkpoint?.json == json)
        // Begun again, it stands where it stood: writing that would hold up what comes next.
        let again = try filter(bytes, [], limits, from: checkpoint, settlements: 1)
        #expect(
          again.checkpoint?.isSamePlace(as: try #require(checkpoint)) == true && again.records.isEmpty,
          "seed \(seed)")
        if part.settlements > 0 { break }
      }
      #expect(withoutIDs(records) == withoutIDs(whole.records), "seed \(seed)")
      #expect(Set(records.map(\.id)) == Set(whole.records.map(\.id)), "seed \(seed)")
    }
  }

  /// A restart finds each file whose records were handed on: ids are made of how many files came before, so that they
  /// would be given twice.
  @Test func aFileIsToldOfBeforeItsRecords() throws {
    let bytes = Array("java.lang.Error: one\n\tat a.B.c(D.java:5)\n1\n2\n3\n4\n".utf8)
    for sizes in [[bytes.count], [3], Array(repeating: 1, count: 80)] {
      var input = PiecewiseInput(bytes: bytes, position: 0, sizes: sizes, growsHead: true)
      var teller = Teller()
      var run = FilterRun<Teller>(
        try configuration(Cut(), limits: ParseLimits()), FilterOptions(), path: "-", sink: RecordingSink(),
        from: nil)
      run.run(&input, ScanStatistics(), &teller)
      #expect(teller.heads == ["java.lang.Error: one\n"])
    }
  }

  /// Remembers what it knew of the file when a record came.
  struct Teller: FilterDelegate {
    var known: FileIdentity?
    var heads: [String] = []

    func makeSink() -> RecordingSink { RecordingSink() }
    mutating func passed(_ text: Span<UInt8>) -> Bool { true }
    mutating func finished(_ sink: RecordingSink) -> Bool {
      heads += sink.records.map { _ in String(decoding: known?.head ?? [], as: UTF8.self) }
      return true
    }
    mutating func settled(_ progress: FilterProgress) -> Bool {
      known = progress.checkpoint?.file
      return true
    }
    mutating func waits(for problem: InputProblem) {}
    mutating func failed(_ problem: InputProblem) { Issue.record("\(problem.reason)") }
  }

  /// The log comes out as it went in, long lines too, and a record directly behind its trace's last line.
  @Test func theLogIsPassedThroughUnchanged() throws {
    var small = ParseLimits()
    small.regionBytes = 400
    for seed in 200..<260 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = text(seed)
      let long = [UInt8](repeating: 0x79, count: Int.random(in: 300...2000, using: &random))
      let at = Int.random(in: 0...bytes.count, using: &random)
      bytes.insert(contentsOf: long, at: at)
      let limits = seed % 2 == 0 ? small : ParseLimits()
      let kept = try filter(bytes, sizes(seed, seed % 3 == 0 ? 30 : 700), limits, keepsLines: true)
      #expect(kept.log == bytes, "seed \(seed)")
      if limits == ParseLimits() {
        #expect(withoutIDs(kept.records) == withoutIDs(try filter(bytes, [], limits).records), "seed \(seed)")
      }
      for (record, length) in zip(kept.records, kept.lengths) {
        #expect(length >= record.offset + record.length, "seed \(seed)")
      }
    }
  }

  @Test func damagedCheckpointsAreRefused() throws {
    var checkpoint = FilterCheckpoint(path: "a\"b", file: FileIdentity(device: 3, inode: 4, head: [0, 255]))
    checkpoint.streams.insert(StreamEnds.End(key: .max, end: 7, isWoven: true))
    (checkpoint.next, checkpoint.file.changed) = (9, 7)
    checkpoint.tail = FileTail(end: 9, count: 2, key: 1)
    checkpoint.starts = [RecordOrdinals.Start(offset: 3, length: 5, count: 2)]
    checkpoint.early = [
      try EarlyPlace(text: "12 8 20 - 5 18446744073709551615"), try EarlyPlace(text: "9 9 10 7"),
    ]
    let json = checkpoint.json
    #expect(try FilterCheckpoint(json: json) == checkpoint)
    for length in 0..<json.count - 2 {
      #expect(throws: CheckpointError.self) { try FilterCheckpoint(json: Array(json[..<length])) }
    }
    // Offsets that no file has once ended the program.
    let text = String(decoding: json, as: UTF8.self)
    for (from, to) in [
      ("\"next\":9", "\"next\":18446744073709551615"),
      (" 7 1\"", " 18446744073709551615 1\""),
      ("\"3 5 2\"", "\"3 5 18446744073709551615\""), ("\"3 5 2\"", "\"3 5\""),
    ] {
      let far = text.replacing(from, with: to)
      #expect(far != text)
      #expect(throws: CheckpointError.self, "\(far)") { try FilterCheckpoint(json: Array(far.utf8)) }
    }
    let mended = try FilterCheckpoint(json: Array(text.replacing("\"floor\":0", with: "\"floor\":5000").utf8))
    #expect(try filter(Array("a log\n".utf8), [], ParseLimits(), from: mended).records.isEmpty)
  }
}
