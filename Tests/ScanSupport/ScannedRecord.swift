internal import LogScanner
internal import TraceBytes
public import TraceModel
public import TraceParsers
public import TraceSift

/// A record as tests compare it: everything the text tells, nothing of grouping.
public struct ScannedRecord: Equatable, Sendable {
  /// nil for a failure.
  public var exceptions: [ExceptionRecord]?
  public var platform: Platform
  public var reasons: [Reason] = []
  public var flags: [TraceFlag] = []
  public var offset = 0
  public var length = 0
  public var lines = 0
  /// 1-based; 0 where the scan does not count lines.
  public var line = 0
  public var timestamp: String?
  public var source = ""
  public var id: UInt64 = 0

  public init(_ trace: ParsedTrace, in text: Span<UInt8>) {
    exceptions = RecordBuilder.exceptions(trace, in: text)
    platform = trace.platform
    reasons = trace.reasons.members
    flags = trace.flags.members
    offset = Int(trace.region.start)
    length = trace.region.count
    lines = trace.lines
  }

  public init(_ failure: ParseFailure) {
    platform = failure.platform
    reasons = [failure.reason]
    offset = Int(failure.region.start)
    length = failure.region.count
    lines = failure.lines
  }

  init(_ record: UnwrappedRecord) {
    switch record.content {
    case .trace(let trace): self.init(trace, in: record.text.span)
    case .failure(let failure): self.init(failure)
    }
    offset = Int(record.region.start)
    length = record.region.count
  }

  mutating func place(_ place: TracePlace) {
    offset = Int(place.offset)
    length = Int(place.length)
    lines = place.lines
    line = Int(place.linesBefore) + 1
    timestamp = place.timestamp
    source = place.source
    id = place.id
  }
}

/// The records of a whole text, by the scanner alone.
public func scan(_ bytes: [UInt8], limits: ParseLimits = ParseLimits()) -> [ScannedRecord] {
  var scanner = TraceScanner(limits: limits)
  var position = ScanPosition()
  var records: [ScannedRecord] = []
  let text = bytes.span
  while true {
    switch scanner.next(text, &position, isFinal: true) {
    case .trace: records.append(ScannedRecord(scanner.trace, in: text))
    case .failure(let failure): records.append(ScannedRecord(failure))
    case .unwrapped(let record): records.append(ScannedRecord(record))
    case .end, .needsMore: return records
    }
  }
}

/// The records of a whole text, by the scanner alone.
public func scan(_ text: String, limits: ParseLimits = ParseLimits()) -> [ScannedRecord] {
  scan(Array(text.utf8), limits: limits)
}

/// Collects the records of one chunk.
public struct RecordingSink: TraceSink {
  public private(set) var records: [ScannedRecord] = []

  public init() {}

  public var isEmpty: Bool { records.isEmpty }

  /// Far more than they have, so that a few of them are handed on before their chunk ends, and wait for their turn.
  public var bytes: Int { records.count << 18 }

  public mutating func reset() { records = [] }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    var record = ScannedRecord(trace, in: text)
    record.place(place)
    records.append(record)
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    var record = ScannedRecord(failure)
    record.place(place)
    records.append(record)
  }
}

/// Collects the records of a run of the engine.
public struct RecordingDelegate: ScanDelegate {
  public private(set) var records: [ScannedRecord] = []
  public private(set) var problems: [InputProblem] = []
  /// Stop after so many chunks.
  public var mostChunks = Int.max
  private var chunks = 0

  public init() {}

  public func makeSink() -> RecordingSink { RecordingSink() }

  public mutating func finished(_ sink: RecordingSink, linesBefore: UInt64) -> Bool {
    for var record in sink.records {
      record.line += Int(linesBefore)
      records.append(record)
    }
    chunks += 1
    return chunks < mostChunks
  }

  public mutating func failed(_ problem: InputProblem) { problems.append(problem) }
}
