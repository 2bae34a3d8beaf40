public import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// Groups every record of a scan by a second configuration, too, and adds up what becomes of the groups.
///
/// The scan groups by the first one. A shape of trace that was met before costs its key only.
public struct DiffSink: TraceSink {
  /// How many shapes are remembered before the memory starts anew.
  static let mostShapes = 20_000

  private let old: GroupingEngine
  private let new: GroupingEngine
  /// What was found since the last `reset`.
  private(set) var found = DiffTotals()
  private var shapes: [KeyHash: GroupPair] = [:]
  private var valueShapes: Set<KeyHash> = []

  /// - Parameters:
  ///   - old: the configuration that the scan groups by.
  ///   - new: the one to compare it with.
  public init(old: GroupingEngine, new: GroupingEngine) {
    self.old = old
    self.new = new
  }

  public var isEmpty: Bool { found.records == 0 }

  /// Forgets what was found. The shapes stay: what was handed on knows of them.
  public mutating func reset() { found = DiffTotals() }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    if let known = known(trace, text) {
      return found.add(known, grouping.title(of: trace, in: text), at: place)
    }
    let exceptions = RecordBuilder.exceptions(trace, in: text)
    let printed = isShapeEnough ? "" : RecordBuilder.printed(trace, in: text)
    let both = Both(old, new) { engine, scratch in
      engine.explain(trace: exceptions, platform: trace.platform, text: printed, scratch: &scratch)
    }
    found.add(both, trace.platform, trace.reasons.members, nil, at: place)
    let valuesMatter = both.valuesMatter || trace.exceptions.contains { $0.type == nil }
    if isShapeEnough { remember(both.pair, valuesMatter, trace, text) }
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    let region = text.text(failure.region.range)
    let both = Both(old, new) { engine, scratch in
      engine.explain(failureText: region, scratch: &scratch)
    }
    found.add(both, failure.platform, [], failure.reason, at: place)
  }

  // MARK: Shapes

  /// The airbyte profile reads the text, of which a shape is not all.
  private var isShapeEnough: Bool { old.profile == .full && new.profile == .full }

  private func known(_ trace: ParsedTrace, _ text: Span<UInt8>) -> GroupPair? {
    guard isShapeEnough else { return nil }
    let key = TraceShape.key(trace, in: text, withValues: false)
    guard valueShapes.contains(key) else { return shapes[key] }
    return shapes[TraceShape.key(trace, in: text, withValues: true)]
  }

  private mutating func remember(
    _ pair: GroupPair, _ valuesMatter: Bool, _ trace: ParsedTrace, _ text: Span<UInt8>
  ) {
    if shapes.count >= Self.mostShapes {
      shapes.removeAll(keepingCapacity: true)
      valueShapes.removeAll(keepingCapacity: true)
    }
    let key = TraceShape.key(trace, in: text, withValues: false)
    if valuesMatter { valueShapes.insert(key) }
    shapes[valuesMatter ? TraceShape.key(trace, in: text, withValues: true) : key] = pair
  }
}

/// The group of a record under both configurations.
struct GroupPair: Sendable, Hashable {
  var old: String
  var new: String
}

/// A record explained twice.
struct Both {
  var old: GroupingExplanation
  var new: GroupingExplanation

  init(
    _ old: GroupingEngine, _ new: GroupingEngine,
    _ explain: (GroupingEngine, inout GroupingScratch) -> GroupingExplanation
  ) {
    // Each set of rules has a memory of its own.
    var scratch = GroupingScratch()
    self.old = explain(old, &scratch)
    scratch = GroupingScratch()
    self.new = explain(new, &scratch)
  }

  var pair: GroupPair { GroupPair(old: old.result.group, new: new.result.group) }
  var valuesMatter: Bool { old.result.valueMatters || new.result.valueMatters }
}
