public import Enhancements
public import TraceModel

/// Why a trace is grouped as it is: for each variant the values that were hashed, for each frame what became of it.
public struct GroupingExplanation: Sendable {
  /// One frame of the event.
  public struct Frame: Sendable {
    public var frame: EventFrame
    /// Its index among the frames of the trace's exception, oldest first; nil where the trace has none.
    public var traceIndex: Int?
    /// After the stack-trace rules.
    public var inApp: Bool
    /// Its nodes in the variants that have it. A hint names the rule that decided.
    public var app: GroupingComponent?
    public var system: GroupingComponent?
    /// The rules that decided something about it.
    public var rules = Rules()
  }

  /// The stack-trace rules behind one frame; nil: no rule.
  public struct Rules: Sendable, Hashable {
    public var inApp: DescribedRule?
    public var category: DescribedRule?
    /// The rule that last changed what the frame contributes to the variant, `max-frames` included.
    public var app: DescribedRule?
    public var system: DescribedRule?
  }

  /// What the stack-trace rules did on the event's stacks, as indices into `EnhancementSet.rules`.
  public struct RuleUse: Sendable, Hashable {
    /// Rules that matched some frame.
    public var matched: Set<Int> = []
    /// Rules behind the final answer for some frame or stack.
    public var decisive: Set<Int> = []
    /// Rules some of whose answers later ones replaced, each with the first that did.
    public var overridden: [Int: Int] = [:]

    /// Nothing was used.
    public init() {}

    /// Adds what was seen later.
    public mutating func add(_ later: RuleUse) {
      matched.formUnion(later.matched)
      decisive.formUnion(later.decisive)
      overridden.merge(later.overridden) { first, _ in first }
    }

    /// - Parameter inApp: of each frame; what is not in-app counts nowhere in the app variant, whatever a rule says.
    mutating func add(_ explained: RuleExplanation, inApp: [Bool]) {
      matched.formUnion(explained.matched)
      decisive.formUnion(explained.ofStack)
      for (frame, isInApp) in zip(explained.frames, inApp) {
        let app = isInApp ? frame.appContributes : nil
        let answers = [frame.inApp, frame.category, app, frame.systemContributes]
        decisive.formUnion(answers.compactMap { $0 })
      }
      overridden.merge(explained.overridden) { first, _ in first }
    }
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
  /// What the stack-trace rules did.
  public var ruleUse = RuleUse()
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
    var exceptions: [GroupingExplanation.Exception] = []
    var use = GroupingExplanation.RuleUse()
    for (index, exception) in grouped.event.exceptions.enumerated() {
      guard let exception else { continue }
      var explained = explanation(of: exception, index, trace, nodes)
      let rules = self.rules(of: exception, grouped.event.platform ?? "other", &scratch, &use)
      for (place, rules) in zip(explained.frames.indices, rules) { explained.frames[place].rules = rules }
      exceptions.append(explained)
    }
    return GroupingExplanation(
      exceptions: exceptions, variants: grouped.variants, result: result, rule: grouped.rule,
      event: grouped.event, ruleUse: use)
  }

  private func explanation(
    of exception: EventException, _ index: Int, _ trace: TraceEvent, _ nodes: ExceptionNodes
  ) -> GroupingExplanation.Exception {
    let frames = exception.stacktrace?.frames ?? []
    let origin = trace.origins.indices.contains(index) ? trace.origins[index] : nil
    let sent = trace.event.exceptions[index]?.stacktrace?.frames.count ?? 0
    return GroupingExplanation.Exception(
      traceIndex: origin?.exception, type: exception.type, value: exception.value,
      mechanism: exception.mechanism,
      frames: frames.enumerated().map { place, frame in
        GroupingExplanation.Frame(
          frame: frame, traceIndex: origin?.index(ofFrame: place, of: sent),
          inApp: frame.frame.inApp ?? false, app: nodes.frame("app", index, place),
          system: nodes.frame("system", index, place))
      })
  }

  /// Which rules decided what about each frame of a classified stack.
  private func rules(
    of exception: EventException, _ platform: String, _ scratch: inout GroupingScratch,
    _ use: inout GroupingExplanation.RuleUse
  ) -> [GroupingExplanation.Rules] {
    guard let frames = exception.stacktrace?.frames, !frames.isEmpty else { return [] }
    let components = frames.map {
      FrameComponent.make($0, eventPlatform: platform, using: scratch.match)
    }
    // Rules wrote the categories that are there; they are to be seen writing them again.
    var stack = frames.map(\.frame)
    for index in stack.indices { stack[index].category = nil }
    let enhancements = grouper.enhancements
    let explained = enhancements.explain(
      stack, eventPlatform: platform, exception: ExceptionData(exception),
      initial: { StackComponents.starts(frames, components, $0) }, memo: &scratch.rules)
    use.add(explained, inApp: frames.map { $0.frame.inApp == true })
    func rule(_ index: Int?) -> DescribedRule? { index.map { enhancements.rules[$0] } }
    return explained.frames.map { frame in
      GroupingExplanation.Rules(
        inApp: rule(frame.inApp), category: rule(frame.category), app: rule(frame.appContributes),
        system: rule(frame.systemContributes))
    }
  }
}

extension TraceEvent.Origin {
  /// Where a frame of the event stands among those of the trace's exception.
  /// - Parameters:
  ///   - place: its index after Relay's cut.
  ///   - count: how many frames were sent.
  fileprivate func index(ofFrame place: Int, of count: Int) -> Int? {
    let before = EventNormalization.placeBeforeCutting(place, of: count)
    guard let frames else { return before }
    return frames.indices.contains(before) ? frames[before] : nil
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
