internal import LogInput
internal import LogScanner
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Records of streams that wait for their turn: a region that is found later may start before them, by no
/// more than a look-back.
struct HeldRecords {
  private var records: [(record: UnwrappedRecord, place: TracePlace)] = []

  var isEmpty: Bool { records.isEmpty }

  /// Where the last of their regions ends, in bytes of the input.
  var end: UInt64 { records.map { $0.place.offset + $0.place.length }.max() ?? 0 }

  /// Puts a record in its place by offset, behind those with the same one.
  mutating func add(_ record: UnwrappedRecord, _ place: TracePlace) {
    let index = records.lastIndex { $0.place.offset <= place.offset }.map { $0 + 1 } ?? 0
    records.insert((record, place), at: index)
  }

  /// Takes out the records that start before `offset`, the last one first.
  mutating func take(before offset: UInt64) -> [(record: UnwrappedRecord, place: TracePlace)] {
    let count = records.firstIndex { $0.place.offset >= offset } ?? records.count
    let taken = Array(records[..<count].reversed())
    records.removeFirst(count)
    return taken
  }
}

extension TraceWorker {
  /// Takes note of a record from inside another format.
  mutating func hold(_ record: UnwrappedRecord, _ chunk: Chunk, _ report: inout ChunkReport) {
    guard let place = streamPlace(record, chunk, &report) else { return }
    if !keepsAllFailureTypes, let type = FailureType.unreported(record.context) {
      report.statistics.dropped[type, default: 0] += 1
      return
    }
    var record = record
    record.readDbt()
    held.add(record, place)
  }

  /// Takes note of the traces in what the last read passed over of lines that are too long, when such a line ends.
  mutating func reportLost(_ chunk: Chunk, _ report: inout ChunkReport) {
    for piece in block.passedOver where tail.add(piece.bytes, line: piece.line, isEnd: piece.isEnd) {
      hold(lost: piece, chunk)
    }
  }

  /// The same for a line that the input ends in.
  mutating func reportLostAtEnd(_ chunk: Chunk) {
    guard block.isAtEnd, let line = block.openLongLine, tail.add([], line: line.line, isEnd: true) else {
      return
    }
    hold(lost: line, chunk)
  }

  private mutating func hold(lost line: PassedOver, _ chunk: Chunk) {
    let offset = block.offset(of: line.lineStart)
    guard offset >= chunk.start, offset < chunk.end else { return }
    let region = ByteRange(line.lineStart, min(line.at, line.lineStart + Self.lineAbove))
    let failure = ParseFailure(
      platform: .other, reason: .limitExceeded,
      detail:
        "a line with traces behind its first \(block.longLine >> 20) MiB, which are all that is read of it",
      region: region, lines: 1)
    var place = place(region, 1, chunk, time: time(region))
    place.length = block.offset(of: min(block.count, line.at + 1)) - offset
    held.add(UnwrappedRecord(failure, in: block.bytes), place)
  }

  /// Hands on the records that no region found later can start before.
  /// - Parameters:
  ///   - next: where the scan stands; `.max` at its end.
  ///   - flush: called where many records wait in the sink.
  mutating func release<Sink: TraceSink>(
    upTo next: UInt64, _ report: inout ChunkReport, _ sink: inout Sink,
    flush: (inout Sink, ChunkReport) -> Bool = { _, _ in true }
  ) {
    let reach = UInt64(limits.messageBytes)
    var released = held.take(before: next == .max ? .max : next > reach ? next - reach : 0)
    // One after the other leaves memory: together they may be as long as a region, and their records longer.
    while let (record, found) = released.popLast() {
      flushIfMany(&sink, &report, flush)
      var place = found
      identify(&place)
      let text = record.text.span
      switch record.content {
      case .trace(var trace):
        report.statistics.addGroup(Self.emit(&trace, text, &grouper, place, &sink))
        report.statistics.add(trace)
      case .failure(let failure):
        report.statistics.addGroup(Self.emit(failure, text, &grouper, place, &sink))
        report.statistics.failures[failure.reason, default: 0] += 1
      }
    }
  }

  /// The place of a record that the chunk owns; nil for one of its neighbours'.
  private mutating func streamPlace(
    _ record: UnwrappedRecord, _ chunk: Chunk, _ report: inout ChunkReport
  ) -> TracePlace? {
    let start = block.offset(of: Int(record.region.start))
    guard start < chunk.end else { return nil }
    let end = block.offset(of: Int(record.region.end))
    for key in record.closedKeys {
      let known = StreamEnds.End(key: key, end: end, isWoven: key == record.wovenKey)
      report.streams.insert(known)
      if start < chunk.start { report.streamsBefore.insert(known) }
    }
    if record.wovenKey == nil {
      report.lastRegion = max(report.lastRegion ?? 0, end)
      if start < chunk.start { report.regionBefore = max(report.regionBefore ?? 0, end) }
    }
    guard start >= chunk.start else { return nil }
    var place = place(record.region, record.lineCount, chunk, time: time(record))
    if let own = record.timestamp { place.timestamp = own }
    place.stream = record.stream
    place.context = record.context
    return place
  }

  /// From the record's own field, its physical line, its text, or the line above.
  private func time(_ record: UnwrappedRecord) -> TimestampText? {
    guard record.timestamp == nil else { return nil }
    let text = block.bytes
    let start = Int(record.region.start)
    if let physical = Timestamp.find(text, in: start..<min(Int(record.region.end), start + 160)) {
      return physical
    }
    let inner = record.text.span
    return Timestamp.read(inner, from: 0, to: min(64, inner.count)) ?? time(record.region)
  }
}

extension ScanStatistics {
  /// Counts a trace with its reasons.
  mutating func add(_ trace: ParsedTrace) {
    traces[trace.platform] += 1
    if !trace.reasons.isEmpty { degradedTraces[trace.platform] += 1 }
    for reason in trace.reasons.members { degraded[reason, default: 0] += 1 }
  }
}

extension UnwrappedRecord {
  var lineCount: Int {
    switch content {
    case .trace(let trace): trace.lines
    case .failure(let failure): failure.lines
    }
  }
}

extension Timestamp {
  /// The first time in `range`, which stands anywhere on a line.
  static func find(_ text: Span<UInt8>, in range: Range<Int>) -> TimestampText? {
    let end = text.firstOffset(of: 0x0A, in: range) ?? range.upperBound
    var at = range.lowerBound
    while at < end {
      let isStart = isDigit(text[at]) && (at == range.lowerBound || !isWord(text[at - 1]))
      if isStart, let time = read(text, from: at, to: end) { return time }
      at += 1
    }
    return nil
  }
}
