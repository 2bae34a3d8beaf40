import Testing
import TraceModel
import TraceParsers

@testable import TraceSift

@Suite struct ChunkCutterTests {
  private func chunks(_ sizes: [UInt64?], _ bytes: UInt64) -> [String] {
    var cutter = ChunkCutter(
      ChunkPlan(sizes.enumerated().map { .init(path: "\($0.offset)", size: $0.element) }))
    var result: [String] = []
    while let chunk = cutter.next(bytes) {
      result.append("\(chunk.path):\(chunk.start)-\(chunk.end == .max ? "" : "\(chunk.end)")")
    }
    #expect(cutter.remaining == 0)
    return result
  }

  @Test func everyByteOfEveryFileIsInOneChunk() {
    #expect(chunks([], 10).isEmpty)
    #expect(chunks([nil, 0, 10, 11], 10) == ["0:0-", "1:0-", "2:0-", "3:0-10", "3:10-"])
    #expect(chunks([25, nil, 7], 10) == ["0:0-10", "0:10-20", "0:20-", "1:0-", "2:0-"])
    #expect(chunks([3], 1) == ["0:0-1", "0:1-2", "0:2-"])
  }
}

@Suite struct ChunkLengthTests {
  private let plenty: UInt64 = 1 << 40

  @Test func fewRecordsMakeLongChunks() {
    var length = ChunkLength(fixed: nil, workers: 2)
    var lengths: [UInt64] = []
    for _ in 0..<6 {
      lengths.append(length.next(remaining: plenty))
      length.note(bytes: lengths.last!, records: 1000)
    }
    #expect(lengths.map { $0 >> 20 } == [1, 2, 4, 8, 16, 16])
  }

  @Test func manyRecordsMakeShortOnes() {
    var length = ChunkLength(fixed: nil, workers: 2)
    length.note(bytes: 1 << 20, records: 10 << 20)
    #expect(length.next(remaining: plenty) == 512 << 10)
    length.note(bytes: 1 << 20, records: 1 << 20)
    #expect(length.next(remaining: plenty) == 1 << 20)
    // One that is too short says nothing.
    length.note(bytes: 1000, records: 1 << 30)
    #expect(length.next(remaining: plenty) == 1 << 20)
  }

  @Test func theLastBytesAreShared() {
    var length = ChunkLength(fixed: nil, workers: 2)
    for _ in 0..<5 { length.note(bytes: 8 << 20, records: 0) }
    #expect(length.next(remaining: 8 << 20) == 2 << 20)
    #expect(length.next(remaining: 1000) == 512 << 10)
    #expect(ChunkLength(fixed: 7, workers: 2).next(remaining: 3) == 7)
  }
}

@Suite struct PartRingTests {
  /// Counts what it holds; its bytes are made up.
  private struct Sink: TraceSink {
    var numbers: [Int] = []
    var bytes = 0
    var isEmpty: Bool { numbers.isEmpty }
    mutating func reset() { self = Sink() }
    mutating func trace(
      _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
    ) {}
    mutating func failure(
      _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
    ) {}
  }

  private func ring(chunks: Int, workers: Int, stop: StopFlag = StopFlag()) -> PartRing<Sink> {
    let plan = ChunkPlan([.init(path: "x", size: UInt64(chunks * 10))])
    return PartRing(
      ChunkCutter(plan), ChunkLength(fixed: 10, workers: workers), workers: workers, stop: stop)
  }

  /// Every worker gives `parts` parts a chunk, each of `bytes`, until it is told that nobody wants them.
  private func worker(_ number: Int, _ ring: PartRing<Sink>, parts: Int, bytes: Int) -> WorkerThread {
    WorkerThread {
      while let (index, chunk, _) = ring.nextChunk(for: number) {
        for part in 0..<parts {
          let sink = Sink(numbers: [100 * index + part], bytes: bytes)
          let isLast = part == parts - 1
          let isWanted = ring.put(
            Part(index, by: number, chunk, sink, ChunkReport(), isLast: isLast), chunkRecords: 0)
          if !isWanted {
            _ = ring.put(Part(index, by: number, chunk, Sink(), ChunkReport(), isLast: true), chunkRecords: 0)
            break
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 5], [1 << 10, 5 << 20, 1 << 30])
  func partsLeaveInOrderHoweverMuchTheyHold(workers: Int, bytes: Int) {
    let ring = ring(chunks: 40, workers: workers)
    let threads = (0..<workers).map { worker($0, ring, parts: 5, bytes: bytes) }
    var found: [Int] = []
    while let part = ring.take() { found += part.sink.numbers }
    for thread in threads { thread.join() }
    #expect(found == (0..<40).flatMap { chunk in (0..<5).map { 100 * chunk + $0 } })
  }

  @Test func theRestOfAnAbandonedChunkIsLeftOut() {
    let ring = ring(chunks: 9, workers: 2)
    let threads = (0..<2).map { worker($0, ring, parts: 50, bytes: 1 << 20) }
    var counts: [Int: Int] = [:]
    while let part = ring.take() {
      counts[part.index, default: 0] += part.sink.numbers.count
      if part.index == 4 { ring.abandon(part) }
    }
    for thread in threads { thread.join() }
    // What waits already comes, and no more.
    #expect((1..<50).contains(counts.removeValue(forKey: 4) ?? 0))
    #expect(counts == [0: 50, 1: 50, 2: 50, 3: 50, 5: 50, 6: 50, 7: 50, 8: 50])
  }

  /// What a worker told in a chunk that is given up is missing in its chunks behind, until it has forgotten it.
  @Test func whatWasToldInVainIsToldAgain() throws {
    struct TellsOnce: TraceSink {
      static let tellsOnce = true
      var isEmpty: Bool { true }
      mutating func reset() {}
      mutating func trace(
        _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
      ) {}
      mutating func failure(
        _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
      ) {}
    }
    let plan = ChunkPlan([.init(path: "x", size: 100)])
    let ring = PartRing<TellsOnce>(
      ChunkCutter(plan), ChunkLength(fixed: 10, workers: 2), workers: 2, stop: StopFlag())
    func work(_ number: Int) -> Bool? {
      guard let (index, chunk, forgets) = ring.nextChunk(for: number) else { return nil }
      _ = ring.put(
        Part(index, by: number, chunk, TellsOnce(), ChunkReport(), isLast: true), chunkRecords: 0)
      return forgets
    }
    #expect([work(0), work(1), work(0)] == [false, false, false])
    let first = try #require(ring.take())
    #expect(ring.isSound(first))
    ring.abandon(first)
    let second = try #require(ring.take())
    #expect(second.worker == 1 && ring.isSound(second))
    #expect(work(1) == false)
    let third = try #require(ring.take())
    #expect(third.worker == 0 && !ring.isSound(third))
    ring.abandon(third)
    #expect([work(0), work(0)] == [true, false])
    for _ in 0..<3 {
      let part = try #require(ring.take())
      #expect(ring.isSound(part))
    }
  }

  /// What takes much memory is done by one worker at a time, in the order of the chunks; never while what was taken last
  /// is worked on.
  @Test func turnsComeInOrder() {
    let ring = ring(chunks: 20, workers: 3)
    let busy = Monitor<[Int]>([])
    let threads = (0..<3).map { number in
      WorkerThread {
        while let (index, chunk, _) = ring.nextChunk(for: number) {
          let isWanted = ring.awaitTurn(of: index, chunk, ChunkReport())
          busy.change { $0.append(isWanted ? index : -1) }
          _ = ring.put(Part(index, by: number, chunk, Sink(), ChunkReport(), isLast: true), chunkRecords: 0)
        }
      }
    }
    var taken = 0
    while ring.take() != nil {
      // The next one waits for the next call.
      #expect(busy.change { $0 } == Array(0...taken))
      taken += 1
    }
    for thread in threads { thread.join() }
    #expect(taken == 20)
  }

  /// A worker that guessed wrong does not go on once its turn has come.
  @Test func aWrongGuessIsToldInTime() {
    var ends = RegionEnds()
    var before = ChunkReport()
    before.lastRegion = 15
    ends.add(before)
    let ring = ring(chunks: 2, workers: 1)
    let answers = Monitor<[Bool]>([])
    let number = 0
    let thread = WorkerThread {
      while let (index, chunk, _) = ring.nextChunk(for: number) {
        var report = ChunkReport()
        if index == 1 { report.began = 8 }
        let isWanted = ring.awaitTurn(of: index, chunk, report)
        answers.change { $0.append(isWanted) }
        _ = ring.put(Part(index, by: number, chunk, Sink(), report, isLast: true), chunkRecords: 0)
      }
    }
    #expect(ring.take()?.index == 0)
    #expect(ring.take(after: ends)?.index == 1)
    #expect(ring.take(after: ends) == nil)
    thread.join()
    #expect(answers.change { $0 } == [true, false])
  }

  @Test func nobodyWaitsForWhatIsNotWanted() {
    let ring = ring(chunks: 1000, workers: 3)
    let threads = (0..<3).map { worker($0, ring, parts: 9, bytes: 1 << 30) }
    var count = 0
    while count < 20, ring.take() != nil { count += 1 }
    ring.close()
    for thread in threads { thread.join() }
    #expect(ring.nextChunk(for: 0) == nil)
  }

  @Test func whatWasBegunComesBeforeAStop() {
    let stop = StopFlag()
    let ring = ring(chunks: 1 << 40, workers: 2, stop: stop)
    let threads = (0..<2).map { worker($0, ring, parts: 3, bytes: 1 << 20) }
    var found: [Int] = []
    while let part = ring.take() {
      found += part.sink.numbers
      if found.count == 100 { stop.raise(15) }
    }
    for thread in threads { thread.join() }
    #expect(found.count >= 100 && found.count % 3 == 0)
    #expect(found == (0..<found.count / 3).flatMap { chunk in (0..<3).map { 100 * chunk + $0 } })
  }
}
