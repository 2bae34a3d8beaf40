internal import LogInput
internal import LogScanner
internal import TraceBytes
internal import TraceModel

/// What a filter asks of a worker: steps of its own, and a state that can be written down.
extension TraceWorker {
  /// The next step over the window.
  /// - Parameters:
  ///   - finalUpTo: regions whose anchor stands before this window offset are complete.
  ///   - wholeEnd: where the text ends for this step; nil for the window's end.
  mutating func step(finalUpTo: Int, wholeEnd: Int?) -> ScanStep {
    Self.step(block, &scanner, &position, finalUpTo, wholeEnd)
  }

  /// Right after a step that needed more: the records of other streams that need not wait for that.
  mutating func recordsBeside() -> [UnwrappedRecord] { Self.recordsBeside(block, &scanner, &position) }

  private static func recordsBeside(
    _ block: borrowing Block, _ scanner: inout TraceScanner, _ position: inout ScanPosition
  ) -> [UnwrappedRecord] {
    scanner.recordsBeside(block.bytes, &position)
  }

  private static func step(
    _ block: borrowing Block, _ scanner: inout TraceScanner, _ position: inout ScanPosition, _ finalUpTo: Int,
    _ wholeEnd: Int?
  ) -> ScanStep {
    let text = block.bytes
    guard let wholeEnd else { return scanner.next(text, &position, isFinal: block.isAtEnd) }
    return scanner.next(text.extracting(0..<wholeEnd), &position, isFinal: false, finalUpTo: finalUpTo)
  }

  /// The region of the last step's trace.
  var foundRegion: ByteRange { scanner.trace.region }

  /// Of the last step that needed more: up to where lines were seen of the stream that it waits for.
  var pendingEnd: Int? { scanner.pendingEnd }

  /// Puts the window where a checkpoint says.
  mutating func resume(at checkpoint: FilterCheckpoint?) {
    let origin = checkpoint?.origin ?? 0
    block.reset(origin: origin)
    position = ScanPosition()
    lines = checkpoint?.lines ?? 0
    ordinals = RecordOrdinals(checkpoint?.starts ?? [])
    counted = 0
    guard let checkpoint else { return }
    position.next = Int(checkpoint.next - origin)
    resume(
      ScanState(
        next: checkpoint.next, floor: min(checkpoint.floor, checkpoint.next), streams: checkpoint.streams))
    position.early = checkpoint.early.compactMap { $0.record(origin: origin) }
  }

  /// What stands before a window offset; nothing where a part of a long line was left out of the window between.
  private func tail(upTo end: Int, _ offset: UInt64) -> FileTail {
    let start = max(0, end - FileTail.most)
    guard end <= block.count, offset - block.offset(of: start) == UInt64(end - start) else {
      return FileTail(end: offset)
    }
    return FileTail(block.bytes.extracting(start..<end), end: offset)
  }

  /// The records whose anchors a restart comes upon; others are of no use any more.
  private static func places(
    of records: [EarlyRecord], behind next: Int, _ block: borrowing Block
  ) -> [EarlyPlace] {
    var places: [EarlyPlace] = []
    for record in records where record.anchor >= next { places.append(EarlyPlace(record, in: block)) }
    return places
  }

  /// Where a restart can go on from the window as it is, once all records were handed on.
  func checkpoint(path: String, file: FileIdentity) -> FilterCheckpoint {
    var checkpoint = FilterCheckpoint(path: path, file: file)
    // Right after a restart they stand behind what was read again so far.
    checkpoint.origin = block.offset(of: 0)
    checkpoint.lines = lines &- UInt64(block.bytes.occurrences(of: 0x0A, in: 0..<min(counted, block.count)))
    let state = state(at: position)
    checkpoint.next = state.next
    checkpoint.tail = tail(upTo: position.next, checkpoint.next)
    checkpoint.floor = state.floor
    checkpoint.streams = state.streams
    checkpoint.early = Self.places(of: position.early, behind: position.next, block)
    checkpoint.starts = ordinals.starts(from: earliestStart)
    return checkpoint
  }
}
