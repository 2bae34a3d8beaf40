internal import Comparison
public import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// Takes every record of a scan with its explanation, as goldens keep it. Nothing is left out or added up: goldens are
/// made of inputs that a person looks at, not of archives.
public struct GoldenSink: TraceSink {
  private let engine: GroupingEngine
  /// The records so far with their sources; lines count from the start of the chunk.
  fileprivate private(set) var found: [(source: String, record: GoldenRecord)] = []

  /// - Parameter engine: the one that groups.
  public init(_ engine: GroupingEngine) { self.engine = engine }

  public var isEmpty: Bool { found.isEmpty }

  public mutating func reset() { found.removeAll() }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    var scratch = GroupingScratch()
    let explanation = engine.explain(
      trace: RecordBuilder.exceptions(trace, in: text), platform: trace.platform,
      text: RecordBuilder.printed(trace, in: text), scratch: &scratch)
    add(Outcome(explanation, platform: trace.platform, reasons: trace.reasons.members), place)
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    var scratch = GroupingScratch()
    let explanation = engine.explain(failureText: text.text(failure.region.range), scratch: &scratch)
    add(Outcome(explanation, platform: failure.platform, failure: failure.reason), place)
  }

  private mutating func add(_ outcome: Outcome, _ place: TracePlace) {
    let line = Int(clamping: place.linesBefore + 1)
    found.append((place.source, GoldenRecord(line: line, lines: place.lines, outcome: outcome)))
  }
}

/// Takes a scan's records apart by input.
public struct GoldenCollector: ScanDelegate {
  private let engine: GroupingEngine
  /// By source, in the order of the input.
  public private(set) var records: [String: [GoldenRecord]] = [:]
  /// Inputs that could not be read.
  public private(set) var problems: [InputProblem] = []

  /// - Parameter engine: the one that groups.
  public init(_ engine: GroupingEngine) { self.engine = engine }

  public func makeSink() -> GoldenSink { GoldenSink(engine) }

  public mutating func finished(_ sink: GoldenSink, linesBefore: UInt64) -> Bool {
    for (source, record) in sink.found {
      var record = record
      record.line += Int(clamping: linesBefore)
      records[source, default: []].append(record)
    }
    return true
  }

  public mutating func failed(_ problem: InputProblem) { problems.append(problem) }
}
