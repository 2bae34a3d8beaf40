internal import Enhancements
public import TraceModel

/// Why a trace is grouped as it is: for each variant the values that were hashed, for each frame what became of it.
public struct GroupingExplanation: Sendable {
  /// One frame of the event.
  public struct Frame: Sendable {
    public var frame: EventFrame
    /// After the stack-trace rules.
    public var inApp: Bool
    /// Its nodes in the variants that have it. A hint names the rule that decided.
    public var app: GroupingComponent?
    public var system: GroupingComponent?
  }

  /// One exception of the event, in the event's order.
  public struct Exception: Sendable {
    /// Its index in the trace; nil where the trace has none.
    public var traceIndex: Int?
    public var type: String?
    public var value: String?
    public var mechanism: EventMechanism?
    /// Oldest first, as they are after Relay's cut.
    public var frames: [Frame]
  }

  public var exceptions: [Exception]
  /// All variants with their trees; for a contributing one `leaves` is the list whose concatenation's MD5 is `hash`.
  public var variants: [GroupingVariant]
  public var result: GroupingResult
  /// The fingerprint rule that matched.
  public var rule: FingerprintRule?
  /// The event as it was grouped.
  public var event: SentryEvent
}

extension GroupingEngine {
  /// Groups a trace and says why it is grouped so. Nothing is remembered.
  /// - Complexity: as grouping a trace of a new shape.
  public func explain(
    trace exceptions: [ExceptionRecord], platform: Platform, text: @autoclosure () -> String,
    context: EventContext = EventContext(), scratch: inout GroupingScratch
  ) -> GroupingExplanation {
    let trace = traceEvent(exceptions, platform, text, context)
    return explanation(trace, frameCounts: exceptions.map(\.frames.count), &scratch)
  }

  /// Groups a failure and says why it is grouped so.
  public func explain(
    failureText: String, context: EventContext = EventContext(), scratch: inout GroupingScratch
  ) -> GroupingExplanation {
    explanation(failureEvent(failureText, context), frameCounts: [], &scratch)
  }

  private func explanation(
    _ trace: TraceEvent, frameCounts: [Int], _ scratch: inout GroupingScratch
  ) -> GroupingExplanation {
    let grouped = group(event: trace.event, scratch: &scratch)
    let result = GroupingResult(
      grouped, trace, frameCounts: frameCounts, valueMatters: grouped.valueMatters || rulesReadValue,
      hitLimit: scratch.hitLimit)
    let nodes = ExceptionNodes(grouped.variants)
    let exceptions = grouped.event.exceptions.enumerated().compactMap { index, exception in
      exception.map { self.explanation(of: $0, index, trace, nodes) }
    }
    return GroupingExplanation(
      exceptions: exceptions, variants: grouped.variants, result: result, rule: grouped.rule,
      event: grouped.event)
  }

  private func explanation(
    of exception: EventException, _ index: Int, _ trace: TraceEvent, _ nodes: ExceptionNodes
  ) -> GroupingExplanation.Exception {
    let frames = exception.stacktrace?.frames ?? []
    return GroupingExplanation.Exception(
      traceIndex: trace.origins.indices.contains(index) ? trace.origins[index]?.exception : nil,
      type: exception.type,
      value: exception.value, mechanism: exception.mechanism,
      frames: frames.enumerated().map { place, frame in
        GroupingExplanation.Frame(
          frame: frame, inApp: frame.frame.inApp ?? false, app: nodes.frame("app", index, place),
          system: nodes.frame("system", index, place))
      })
  }
}

/// The frame nodes of each exception, by variant.
private struct ExceptionNodes {
  private var stacks: [String: [Int: [GroupingComponent]]] = [:]

  init(_ variants: [GroupingVariant]) {
    for variant in variants {
      if let root = variant.component { collect(root, variant.name) }
    }
  }

  private mutating func collect(_ node: GroupingComponent, _ variant: String) {
    if let index = node.exceptionIndex, let stack = node.children.first(where: { $0.kind == .stacktrace }) {
      stacks[variant, default: [:]][index] = stack.children
    }
    for child in node.children { collect(child, variant) }
  }

  func frame(_ variant: String, _ exception: Int, _ place: Int) -> GroupingComponent? {
    guard let frames = stacks[variant]?[exception], frames.indices.contains(place) else { return nil }
    return frames[place]
  }
}
