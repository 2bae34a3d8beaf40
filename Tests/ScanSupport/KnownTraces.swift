public import TraceModel
public import TraceParsers
public import TraceSift

/// Whether a sink takes traces that were met before without their frames.
public protocol KnownTraceChoice: Sendable {
  static var takesKnownTraces: Bool { get }
}

public enum TakesKnownTraces: KnownTraceChoice {
  public static let takesKnownTraces = true
}

public enum ReadsAllTraces: KnownTraceChoice {
  public static let takesKnownTraces = false
}

/// Writes down what is told of a trace without its frames, and counts those that were not read.
public struct KeySink<Choice: KnownTraceChoice>: TraceSink {
  public private(set) var records: [String] = []
  public private(set) var known = 0

  public init() {}

  public var isEmpty: Bool { records.isEmpty }
  public static var takesKnownTraces: Bool { Choice.takesKnownTraces }

  public mutating func reset() { self = KeySink() }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    if trace.framesAreLeftOut { known += 1 }
    var record =
      "\(place.offset)+\(place.length) \(place.linesBefore) \(place.lines) \(place.timestamp ?? "-") \(place.id)"
    record +=
      " \(trace.platform) \(trace.reasons.members) \(trace.flags.members) \(trace.lines) \(grouping.groupKey)"
    for exception in trace.exceptions {
      let type = exception.type.map { text.text($0.range) } ?? "-"
      let value = exception.value.map { text.text($0.range) } ?? "-"
      let keys = "\(String(describing: exception.stackKey)) \(String(describing: exception.framesKey))"
      let place = "\(String(describing: exception.relation)) \(exception.parent) \(exception.isCircular)"
      record += "\n  \(type): \(value) [\(exception.valueMargin)] \(place) \(exception.frames) \(keys)"
      record += " \(exception.elided ?? -1) \(exception.embedded.count)"
    }
    records.append(record)
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    records.append("\(place.offset)+\(place.length) \(failure.reason)")
  }
}

/// Keeps the records of all chunks.
public struct KeyDelegate<Choice: KnownTraceChoice>: ScanDelegate {
  public private(set) var records: [String] = []
  public private(set) var known = 0

  public init() {}

  public func makeSink() -> KeySink<Choice> { KeySink() }

  public mutating func finished(_ sink: KeySink<Choice>, linesBefore: UInt64) -> Bool {
    records += sink.records
    known += sink.known
    return true
  }

  public mutating func failed(_ problem: InputProblem) {}
}

/// The records of a file as a scan gives them that reads all traces, and as one gives them that does not, and how many it did
/// not read.
public func runWithAndWithoutKnownTraces(
  _ path: String, _ cut: Cut = Cut(), limits: ParseLimits = ParseLimits()
) throws -> (read: [String], known: [String], count: Int) {
  let engine = TraceEngine(try configuration(cut, limits: limits))
  var read = KeyDelegate<ReadsAllTraces>()
  _ = engine.run([path], workers: 1, delegate: &read)
  var known = KeyDelegate<TakesKnownTraces>()
  _ = engine.run([path], workers: 1, delegate: &known)
  return (read.records, known.records, known.known)
}
