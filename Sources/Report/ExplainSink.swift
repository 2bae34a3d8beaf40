public import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// Explains one record of an input, counted from 1, and passes over all others.
public struct ExplainSink: TraceSink {
  private let engine: GroupingEngine
  private let wanted: Int
  /// Records so far.
  public private(set) var count = 0
  /// The record's explanation once it was seen; its `firstLine` counts from the start of the chunk.
  public private(set) var explanation: Explanation?

  /// - Parameters:
  ///   - engine: the one that groups.
  ///   - wanted: the record's number; 1: the first.
  public init(_ engine: GroupingEngine, wanted: Int) {
    self.engine = engine
    self.wanted = wanted
  }

  public var isEmpty: Bool { explanation == nil }

  /// Forgets the explanation; the count goes on.
  public mutating func reset() { explanation = nil }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    count += 1
    guard count == wanted else { return }
    let exceptions = RecordBuilder.exceptions(trace, in: text)
    var roles = LineRoles(trace.region, in: text)
    roles.note(trace)
    var scratch = GroupingScratch()
    let explained = engine.explain(
      trace: exceptions, platform: trace.platform, text: RecordBuilder.printed(trace, in: text),
      context: engine.context(place.context), scratch: &scratch)
    explanation = explanation(
      .trace(exceptions: exceptions, reasons: trace.reasons.members, flags: trace.flags.members),
      trace.platform, place, roles.lines(in: text), explained)
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    count += 1
    guard count == wanted else { return }
    var scratch = GroupingScratch()
    let explained = engine.explain(
      failureText: text.text(failure.region.range), context: engine.context(place.context), scratch: &scratch)
    explanation = explanation(
      .failure(failure.reason, detail: failure.detail), failure.platform, place,
      LineRoles(failure.region, in: text).lines(in: text), explained)
  }

  private func explanation(
    _ kind: Explanation.Kind, _ platform: Platform, _ place: TracePlace, _ lines: [ExplainedLine],
    _ grouping: GroupingExplanation
  ) -> Explanation {
    Explanation(
      kind: kind, place: place, firstLine: place.linesBefore + 1, platform: platform, lines: lines,
      grouping: grouping, profile: engine.profile, config: engine.config)
  }
}
