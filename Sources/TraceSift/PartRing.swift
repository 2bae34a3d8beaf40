/// Some of a chunk's records, in order, or the last of them.
struct Part<Sink: TraceSink>: Sendable {
  /// Of the chunk, counted from 0.
  let index: Int
  /// The worker's number, counted from 0.
  let worker: Int
  let chunk: Chunk
  var sink: Sink
  /// About the chunk so far; about all of it with the last part.
  let report: ChunkReport
  let isLast: Bool

  init(_ index: Int, by worker: Int, _ chunk: Chunk, _ sink: Sink, _ report: ChunkReport, isLast: Bool) {
    self.index = index
    self.worker = worker
    self.chunk = chunk
    self.sink = sink
    self.report = report
    self.isLast = isLast
  }
}

/// Chunks on their way to the workers, and their records on the way to the merge.
///
/// What waits is bounded: a worker whose chunk's turn has not come waits itself once there is too much.
final class PartRing<Sink: TraceSink>: Sendable {
  private struct State: Sendable {
    var cutter: ChunkCutter
    var length: ChunkLength
    /// Chunks that were given to workers.
    var given = 0
    /// The chunk whose turn it is.
    var current = 0
    /// No chunk is given any more.
    var isOver = false
    /// The records of the chunk whose turn it is are not wanted.
    var isAbandoned = false
    /// What was taken last is being worked on.
    var isTaken = false
    /// Where the regions before the chunk whose turn it is end.
    var ends = RegionEnds()
    /// No records are wanted.
    var isClosed = false
    /// Parts by chunk.
    var parts: [Int: [Part<Sink>]] = [:]
    /// Bytes of all parts.
    var bytes = 0
    /// By worker, the first chunk before which it forgot what it had told in a chunk that was given up; `.max` where it has
    /// yet to forget that.
    var soundFrom: [Int]
    /// Sinks whose records were handed on, for their storage.
    var spares: [Sink] = []

    func isWanted(_ index: Int) -> Bool { !isClosed && !(isAbandoned && index == current) }

    mutating func takeNext() -> Part<Sink>? {
      guard let part = parts[current]?.first else { return nil }
      parts[current]?.removeFirst()
      isTaken = true
      bytes -= part.sink.bytes
      if part.isLast {
        parts[current] = nil
        current += 1
        isAbandoned = false
      }
      return part
    }
  }

  private let state: Monitor<State>
  private let workers: Int
  private let stop: StopFlag

  /// Bytes of records a worker that may wait for the chunks before.
  private static var bytesAWorker: Int { 6 << 20 }
  /// Parts of the chunk whose turn it is that may wait.
  private static var partsInTurn: Int { 2 }

  init(_ cutter: ChunkCutter, _ length: ChunkLength, workers: Int, stop: StopFlag) {
    state = Monitor(
      State(cutter: cutter, length: length, soundFrom: [Int](repeating: 0, count: workers)))
    self.workers = workers
    self.stop = stop
  }

  /// The next chunk for a worker; waits while there are too many, nil when there is no more to do. Its sink may have to forget
  /// first what it has handed on.
  func nextChunk(for worker: Int) -> (index: Int, chunk: Chunk, forgets: Bool)? {
    state.wait { state in
      if stop.reason != 0 { state.isOver = true }
      if state.isOver { return .some(nil) }
      guard state.given <= state.current + workers else { return nil }
      guard let chunk = state.cutter.next(state.length.next(remaining: state.cutter.remaining)) else {
        state.isOver = true
        return .some(nil)
      }
      let forgets = state.soundFrom[worker] == .max
      if forgets { state.soundFrom[worker] = state.given }
      state.given += 1
      return (state.given - 1, chunk, forgets)
    }
  }

  /// Hands a part on, and waits until there is room for it.
  /// - Parameter chunkRecords: bytes of the chunk's records so far.
  /// - Returns: whether more of the chunk is wanted.
  func put(_ part: Part<Sink>, chunkRecords: Int) -> Bool {
    state.wait { state in
      guard !state.isWanted(part.index) || hasRoom(state, part.index) else { return nil }
      guard part.isLast || state.isWanted(part.index) else { return false }
      if part.isLast { state.length.note(bytes: part.report.statistics.bytes, records: UInt64(chunkRecords)) }
      state.bytes += part.sink.bytes
      state.parts[part.index, default: []].append(part)
      return true
    }
  }

  private func hasRoom(_ state: State, _ index: Int) -> Bool {
    index == state.current
      ? state.parts[index, default: []].count < Self.partsInTurn : state.bytes < workers * Self.bytesAWorker
  }

  /// Waits for the next part in order; nil when there is none any more.
  /// - Parameter ends: where the regions end of all chunks that were taken whole.
  func take(after ends: RegionEnds = RegionEnds()) -> Part<Sink>? {
    state.change {
      $0.isTaken = false
      $0.ends = ends
    }
    return state.wait { state in
      if let part = state.takeNext() { return .some(part) }
      return state.isOver && state.current >= state.given ? .some(nil) : nil
    }
  }

  /// Waits until all chunks before are done with: what takes much memory is done by one worker at a time.
  /// - Parameter report: what the worker says of its chunk so far.
  /// - Returns: whether more of the chunk is wanted.
  func awaitTurn(of index: Int, _ chunk: Chunk, _ report: ChunkReport) -> Bool {
    state.wait { state in
      guard state.isWanted(index) else { return false }
      guard state.current == index, !state.isTaken else { return nil }
      return chunk.start == 0 || state.ends.agree(with: report)
    }
  }

  /// Whether nothing is missing in a part that its worker told in a chunk that was given up.
  func isSound(_ part: Part<Sink>) -> Bool {
    !Sink.tellsOnce || state.change { part.index >= $0.soundFrom[part.worker] }
  }

  /// Gives up the chunk of which a part was taken, and waits until its worker has let go of it.
  func abandon(_ part: Part<Sink>) {
    let index = part.index
    state.change {
      if $0.current == index { $0.isAbandoned = true }
      if index >= $0.soundFrom[part.worker] { $0.soundFrom[part.worker] = .max }
    }
    while state.wait({ $0.current == index ? $0.takeNext().map { !$0.isLast } : false }) {}
  }

  /// Nothing more is wanted.
  func close() {
    state.change {
      $0.isOver = true
      $0.isClosed = true
    }
  }

  /// An empty sink whose storage was used before.
  func spare() -> Sink? {
    var spare = state.change { $0.spares.popLast() }
    spare?.reset()
    return spare
  }

  /// Takes a sink whose records were handed on. Nothing else refers to it then, so that nobody copies its storage.
  func giveBack(_ sink: inout Sink, leaving empty: Sink) {
    guard Sink.reusesStorage else { return }
    let used = sink
    sink = empty
    state.change { $0.spares.append(used) }
  }
}
