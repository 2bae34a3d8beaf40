internal import LogInput
internal import LogScanner
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Where records stand, and how they leave.
extension TraceWorker {
  /// Hands the scanner's trace on; true when it starts behind the chunk.
  /// - Parameter grouping: what grouping came to, where that is known.
  mutating func emitTrace<Sink: TraceSink>(
    _ chunk: Chunk, _ report: inout ChunkReport, _ sink: inout Sink, _ grouping: TraceGrouping? = nil
  ) -> Bool {
    var trace = scanner.trace
    guard var place = place(trace.region, trace.lines, chunk, &report) else {
      return isBehind(trace.region, chunk, &report)
    }
    guard held.isEmpty else {
      held.add(UnwrappedRecord(trace, in: block.bytes), place)
      return false
    }
    identify(&place)
    report.statistics.addGroup(Self.emit(&trace, block, &grouper, place, &sink, grouping))
    report.statistics.add(trace)
    return false
  }

  mutating func emitFailure<Sink: TraceSink>(
    _ failure: ParseFailure, _ chunk: Chunk, _ report: inout ChunkReport, _ sink: inout Sink
  ) -> Bool {
    guard var place = place(failure.region, failure.lines, chunk, &report) else {
      return isBehind(failure.region, chunk, &report)
    }
    guard held.isEmpty else {
      held.add(UnwrappedRecord(failure, in: block.bytes), place)
      return false
    }
    identify(&place)
    report.statistics.addGroup(Self.emit(failure, block, &grouper, place, &sink))
    report.statistics.failures[failure.reason, default: 0] += 1
    return false
  }

  private func isBehind(_ region: ByteRange, _ chunk: Chunk, _ report: inout ChunkReport) -> Bool {
    // A stream's region that is found later may still start in the chunk.
    guard chunk.end != .max, block.offset(of: Int(region.start)) >= chunk.end &+ UInt64(limits.messageBytes)
    else {
      return false
    }
    note(bytesTo: block.count, chunk, &report)
    return true
  }

  /// The place of a region that the chunk owns; nil for one of its neighbours'.
  private mutating func place(
    _ region: ByteRange, _ lineCount: Int, _ chunk: Chunk, _ report: inout ChunkReport
  ) -> TracePlace? {
    let start = block.offset(of: Int(region.start))
    guard start < chunk.end else { return nil }
    let end = block.offset(of: Int(region.end))
    let plain = StreamEnds.End(key: ActiveStream.plain, end: end, isWoven: false)
    report.streams.insert(plain)
    report.lastRegion = end
    guard start >= chunk.start else {
      report.regionBefore = end
      report.streamsBefore.insert(plain)
      return nil
    }
    return place(region, lineCount, chunk, time: time(region))
  }

  /// The place of a record that has no id yet.
  mutating func place(
    _ region: ByteRange, _ lineCount: Int, _ chunk: Chunk, time: TimestampText?
  ) -> TracePlace {
    let start = block.offset(of: Int(region.start))
    countLines(upTo: Int(region.start), chunk)
    return TracePlace(
      source: chunk.path, offset: start, length: block.offset(of: Int(region.end)) - start,
      linesBefore: lines &- linesBehind(Int(region.start)), lines: lineCount, time: time,
      id: 0)
  }

  /// Lines that are counted already although they stand behind a window offset: a stream's region may start
  /// before that of the record before.
  private func linesBehind(_ index: Int) -> UInt64 {
    index < counted ? UInt64(block.bytes.occurrences(of: 0x0A, in: index..<counted)) : 0
  }

  /// Gives a record its id when it is handed on, not before: in which order records were found depends on chunks.
  mutating func identify(_ place: inout TracePlace) {
    var key = KeyHash()
    key.combine(place.source)
    file?.combine(into: &key)
    key.combine(place.offset)
    key.combine(place.length)
    key.combine(ordinals.next(at: place.offset, length: place.length, reachingBackTo: earliestStart))
    place.id = key.value
  }

  /// No region that is still to be found starts before this input offset.
  var earliestStart: UInt64 {
    block.offset(of: max(0, position.next - limits.messageBytes))
  }

  /// From the region's first line, or from the line directly before it.
  func time(_ region: ByteRange) -> TimestampText? {
    let text = block.bytes
    let start = Int(region.start)
    let lineEnd = min(text.count, start + 64)
    if let own = Timestamp.read(text, from: start, to: lineEnd) { return own }
    guard start > 0 else { return nil }
    let newline = text.lastOffset(of: 0x0A, in: max(0, start - Self.lineAbove)..<start - 1)
    guard
      let before = newline.map({ $0 + 1 }) ?? (block.offset(of: 0) == 0 && start <= Self.lineAbove ? 0 : nil)
    else { return nil }
    return Timestamp.read(text, from: before, to: min(start, before + 64))
  }
}
