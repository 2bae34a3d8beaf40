public import Enhancements
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
    /// The rules behind it, as indices into the rules of the engine's `EnhancementSet`.
    public var rules: RuleExplanation.Frame?
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
  /// The stack-trace rules that matched some frame, ascending, as indices into the engine's `EnhancementSet`.
  public var matchedRules: [Int]
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
    var raw = trace.event
    EventNormalization.normalize(&raw)
    var exceptions: [GroupingExplanation.Exception] = []
    var matched: Set<Int> = []
    for (index, exception) in grouped.event.exceptions.enumerated() {
      guard let exception else { continue }
      let rules = ruleExplanation(raw.exceptions[index], exception, grouped.event.platform, &scratch)
      matched.formUnion(rules.matched)
      var explained = explanation(of: exception, index, nodes, rules)
      explained.traceIndex = trace.origins.indices.contains(index) ? trace.origins[index]?.exception : nil
      exceptions.append(explained)
    }
    return GroupingExplanation(
      exceptions: exceptions, matchedRules: matched.sorted(), variants: grouped.variants, result: result,
      rule: grouped.rule, event: grouped.event)
  }

  /// Runs the rules again on the frames as they were before, to learn which one did what.
  private func ruleExplanation(
    _ raw: EventException?, _ exception: EventException, _ platform: String?, _ scratch: inout GroupingScratch
  ) -> RuleExplanation {
    let start = StackComponents.Start(
      exception.stacktrace?.frames ?? [], platform: platform ?? "other", using: scratch.match)
    return grouper.enhancements.explain(
      raw?.stacktrace?.frames.map(\.frame) ?? [], eventPlatform: platform,
      exception: ExceptionData(exception),
      initial: start.contributions, memo: &scratch.rules)
  }

  private func explanation(
    of exception: EventException, _ index: Int, _ nodes: ExceptionNodes, _ rules: RuleExplanation
  ) -> GroupingExplanation.Exception {
    let frames = (exception.stacktrace?.frames ?? []).enumerated().map { place, frame in
      GroupingExplanation.Frame(
        frame: frame, inApp: frame.frame.inApp ?? false, app: nodes.frame("app", index, place),
        system: nodes.frame("system", index, place),
        rules: rules.frames.indices.contains(place) ? rules.frames[place] : nil)
    }
    return GroupingExplanation.Exception(
      type: exception.type, value: exception.value, mechanism: exception.mechanism, frames: frames)
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
