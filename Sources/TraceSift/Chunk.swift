internal import LogInput

/// One part of the input: the traces that start in `[start, end)` of one file are its own.
struct Chunk: Sendable {
  var path: String
  /// Input offset of the first byte.
  var start: UInt64
  /// One past the last byte; `UInt64.max` for the rest of the input.
  var end: UInt64
}

/// What a worker says of a chunk beside its records.
struct ChunkReport: Sendable {
  var statistics = ScanStatistics()
  /// End of the last region that started before the chunk, as this worker saw it; nil when it saw none.
  var regionBefore: UInt64?
  /// Where the worker began to look.
  var began: UInt64 = 0
  /// End of the last region that started in or before the chunk.
  var lastRegion: UInt64?
  /// Ends of the streams' regions that started before the chunk, as this worker saw them.
  var streamsBefore = StreamEnds()
  /// The same of those that started in or before the chunk.
  var streams = StreamEnds()
  /// Whether no region that starts before the chunk is still to be found: `began`, `regionBefore` and `streamsBefore`
  /// say all then.
  var isSettled = false
  /// Bytes that were read behind what is settled: a region that has not ended yet, or a line.
  var open = 0
  var error: InputError?
  /// Whether the taker of the records wants no more.
  var isStopped = false
  /// Where the scan of the next chunk goes on as if there were no chunks; nil behind the last one.
  var next: ScanState?
}

/// Where a scan stands, in offsets of the input: from the same state the same input gives the same records.
struct ScanState: Sendable, Equatable {
  /// Anchors before it are done with.
  var next: UInt64
  /// No header is looked for above it.
  var floor: UInt64
  var streams = StreamEnds()
}
