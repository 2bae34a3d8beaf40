public import Enhancements
public import TraceModel

/// Turns traces and failures into Sentry's hashes. Immutable, shared by all workers; each worker brings its scratch.
public struct GroupingEngine: Sendable {
  public let config: GroupingConfig
  public let profile: Profile
  /// The connector's image that events get where their surroundings name none.
  public let connector: String?
  /// Whether the project's rules can read an exception's value, so that it always matters.
  let rulesReadValue: Bool
  let grouper: EventGrouper

  /// The stack-trace rules, built-in ones first.
  public var enhancements: EnhancementSet { grouper.enhancements }
  /// The project's fingerprint rules.
  public var fingerprintRules: FingerprintRuleSet { grouper.fingerprintRules }

  /// - Parameter enhancements: the stack-trace rules, those of `config.baseRules` included.
  public init(
    config: GroupingConfig = .newest, profile: Profile = .full, enhancements: EnhancementSet,
    fingerprintRules: FingerprintRuleSet = FingerprintRuleSet(), connector: String? = nil
  ) {
    self.config = config
    self.profile = profile
    self.connector = connector
    grouper = EventGrouper(config: config, enhancements: enhancements, fingerprintRules: fingerprintRules)
    rulesReadValue =
      fingerprintRules.readsValue
      || enhancements.rules.contains { rule in
        ["value:", "error.value:"].contains { Bytes.contains($0, in: rule.text) }
      }
  }

  /// Groups an event as it stands.
  /// - Complexity: O(the event's size × the rules that look at it).
  public func group(event: SentryEvent, scratch: inout GroupingScratch) -> GroupedEvent {
    scratch.hitLimit = false
    return grouper.group(event, scratch: &scratch)
  }

  /// Groups a trace.
  ///
  /// A trace whose shape was seen before costs the building of its key only.
  /// - Parameters:
  ///   - exceptions: in the order of the text.
  ///   - text: the trace as it was printed; asked for by the profile `airbyte` only.
  public func group(
    trace exceptions: [ExceptionRecord], platform: Platform, text: @autoclosure () -> String,
    context: EventContext = EventContext(), scratch: inout GroupingScratch
  ) -> GroupingResult {
    let trace = traceEvent(exceptions, platform, text, context)
    return result(of: trace, frameCounts: exceptions.map(\.frames.count), scratch: &scratch)
  }

  /// Groups a plain trace of the profile `full`, as `group(trace:)` does; nil where that one has to be asked.
  /// - Complexity: O(frames), and what the rules cost; no string is made of a frame that is known.
  public func group(
    plain trace: ParsedTrace, in text: Span<UInt8>, scratch: inout GroupingScratch
  ) -> GroupingResult? {
    guard profile == .full, !rulesReadValue, grouper.fingerprintRules.rules.isEmpty else { return nil }
    let plain = PlainGrouper(
      maker: FrameMaker(config: config, enhancements: grouper.enhancements, platform: trace.platform))
    let tags = [EventTag("stacktrace_platform", trace.platform.rawValue)]
    return plain.group(trace, in: text, tags: tags, scratch: &scratch)
  }

  /// Groups a region that could not be parsed.
  public func group(
    failureText: String, context: EventContext = EventContext(), scratch: inout GroupingScratch
  ) -> GroupingResult {
    result(of: failureEvent(failureText, context), frameCounts: [], scratch: &scratch)
  }

  /// The event that a trace becomes, before normalization: what `SentryEventJSON` writes.
  public func event(
    trace exceptions: [ExceptionRecord], platform: Platform, text: @autoclosure () -> String,
    context: EventContext = EventContext()
  ) -> SentryEvent {
    traceEvent(exceptions, platform, text, context).event
  }

  /// The event that a failure becomes, before normalization.
  public func event(failureText: String, context: EventContext = EventContext()) -> SentryEvent {
    failureEvent(failureText, context).event
  }

  // MARK: Events

  func traceEvent(
    _ exceptions: [ExceptionRecord], _ platform: Platform, _ text: () -> String, _ context: EventContext
  ) -> TraceEvent {
    let context = completed(context)
    if profile == .airbyte { return AirbyteProfile.event(text(), exceptions, context) }
    var trace = FullProfile.event(exceptions, platform)
    trace.event.tags = context.tags + [EventTag("stacktrace_platform", platform.rawValue)]
    return trace
  }

  func failureEvent(_ text: String, _ context: EventContext) -> TraceEvent {
    if profile == .airbyte { return AirbyteProfile.failure(text, completed(context)) }
    var event = SentryEvent(platform: "other")
    event.logEntry = LogEntry(formatted: text)
    event.tags = context.tags + [EventTag("stacktrace_parse_error", "1")]
    return TraceEvent(event: event, origins: [])
  }

  private func completed(_ context: EventContext) -> EventContext {
    var context = context
    context.connector = context.connector ?? connector
    return context
  }

  // MARK: Results

  private func result(
    of trace: TraceEvent, frameCounts: [Int], scratch: inout GroupingScratch
  ) -> GroupingResult {
    let coarse = EventKey.key(trace.event, frameCounts, trace.origins, withValues: rulesReadValue)
    switch scratch.digests.find(coarse) {
    case .result(let known): return Self.retitled(known, trace.event)
    case .needsValues:
      let exact = EventKey.key(trace.event, frameCounts, trace.origins, withValues: true)
      if case .result(let known) = scratch.digests.find(exact) { return Self.retitled(known, trace.event) }
      let result = compute(trace, frameCounts, &scratch)
      scratch.digests.insert(exact, .result(result))
      return result
    case nil: break
    }
    let result = compute(trace, frameCounts, &scratch)
    if result.valueMatters, !rulesReadValue {
      scratch.digests.insert(coarse, .needsValues)
      let exact = EventKey.key(trace.event, frameCounts, trace.origins, withValues: true)
      scratch.digests.insert(exact, .result(result))
    } else {
      scratch.digests.insert(coarse, .result(result))
    }
    return result
  }

  /// A remembered result belongs to the shape; the title is made from this trace's own value.
  private static func retitled(_ known: GroupingResult, _ event: SentryEvent) -> GroupingResult {
    guard !known.hasRuleTitle else { return known }
    var result = known
    result.title = Title.title(of: event)
    return result
  }

  private func compute(
    _ trace: TraceEvent, _ frameCounts: [Int], _ scratch: inout GroupingScratch
  ) -> GroupingResult {
    let grouped = group(event: trace.event, scratch: &scratch)
    return GroupingResult(
      grouped, trace, frameCounts: frameCounts, valueMatters: grouped.valueMatters || rulesReadValue,
      hitLimit: scratch.hitLimit)
  }
}
