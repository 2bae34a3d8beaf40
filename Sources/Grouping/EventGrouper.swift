internal import Enhancements
internal import PCRE2

/// An event grouped: its variants, its hashes, and what it was turned into on the way.
public struct GroupedEvent: Sendable {
  /// In Sentry's order; those that do not contribute included.
  public var variants: [GroupingVariant]
  /// The contributing variants' hashes, `system` last, without duplicates (grouping.md, S0).
  public var hashes: [String]
  /// The fingerprint in effect: the client's or a rule's; `{{ default }}` as it is, other entries resolved.
  public var fingerprint: [String]
  /// The fingerprint rule that replaced the client's fingerprint.
  public var rule: FingerprintRule?
  /// The title that the rule gives.
  public var ruleTitle: String?
  /// The event after normalization and the stack-trace rules' first pass.
  public var event: SentryEvent
  /// Whether a message or a value contributes somewhere, or could decide what contributes.
  public var valueMatters: Bool
}

/// Groups events as Sentry's server does (grouping.md, S0).
struct EventGrouper: Sendable {
  let config: GroupingConfig
  let enhancements: EnhancementSet
  let fingerprintRules: FingerprintRuleSet

  /// - Complexity: O(the event's size × the rules that look at it).
  func group(_ raw: SentryEvent, scratch: inout GroupingScratch) -> GroupedEvent {
    var event = raw
    EventNormalization.normalize(&event)
    if let checksum = event.checksum.nonEmpty { return Self.byChecksum(checksum, event) }
    normalizeStacks(of: &event, memo: &scratch.rules)
    let rule = fingerprintRules.firstMatch(event)
    let entries = (rule?.fingerprint ?? event.fingerprint).map(FingerprintEntry.init)
    let fingerprint = Fingerprint(
      entries, isFromRule: rule != nil, resolution: FingerprintResolution(event: event, config: config),
      scratch: &scratch)
    let platform = event.platform ?? "other"
    let context = ComponentContext(config: config, enhancements: enhancements, platform: platform)
    let components = Variants.components(event, context: context, scratch: &scratch)
    let variants = fingerprint.variants(of: components)
    let title = rule?.title.map {
      FingerprintResolution(event: event, config: config).title($0, scratch: &scratch)
    }
    return GroupedEvent(
      variants: variants, hashes: Self.hashes(of: variants), fingerprint: fingerprint.resolved, rule: rule,
      ruleTitle: title, event: event,
      valueMatters: Self.valueMatters(variants, event) || entries.contains(where: \.readsValue))
  }

  private static func byChecksum(_ checksum: String, _ event: SentryEvent) -> GroupedEvent {
    var variant = GroupingVariant(name: "hashed_checksum", leaves: [checksum])
    if TraceHash.isHash(checksum) {
      variant.name = "checksum"
      variant.hash = checksum
    }
    return GroupedEvent(
      variants: [variant], hashes: [variant.hash ?? checksum], fingerprint: ["{{ default }}"], rule: nil,
      ruleTitle: nil, event: event, valueMatters: false)
  }

  /// The hash list: duplicates count once, `system` comes last.
  private static func hashes(of variants: [GroupingVariant]) -> [String] {
    let ordered = variants.filter { $0.name != "system" } + variants.filter { $0.name == "system" }
    var hashes: [String] = []
    for hash in ordered.compactMap(\.hash) where !hashes.contains(hash) { hashes.append(hash) }
    return hashes
  }

  /// Whether a value is among what is hashed. A group of exceptions is reduced by comparing all there is, and an
  /// untyped exception may take its type from its value.
  private static func valueMatters(_ variants: [GroupingVariant], _ event: SentryEvent) -> Bool {
    let isTree =
      event.exceptions.count > 1 && event.exceptions.contains { $0?.mechanism?.isExceptionGroup == true }
    if isTree { return true }
    return variants.contains { variant in
      variant.component.map { $0.containsContributing(.value) || $0.containsContributing(.message) } ?? false
    }
  }

  // MARK: Stacks

  /// Applies the classifying rules to every stack (grouping.md, S4).
  private func normalizeStacks(of event: inout SentryEvent, memo: inout RuleMemo) {
    let platform = event.platform
    for index in event.exceptions.indices {
      guard let exception = event.exceptions[index], let frames = exception.stacktrace?.frames else {
        continue
      }
      let data = ExceptionData(exception)
      event.exceptions[index]?.stacktrace?.frames = classified(frames, platform, data, &memo)
    }
    if let frames = event.stacktrace?.frames {
      event.stacktrace?.frames = classified(frames, platform, ExceptionData(), &memo)
    }
    for index in event.threads.indices {
      guard let frames = event.threads[index].stacktrace?.frames else { continue }
      event.threads[index].stacktrace?.frames = classified(frames, platform, ExceptionData(), &memo)
    }
  }

  private func classified(
    _ frames: [EventFrame], _ platform: String?, _ exception: ExceptionData, _ memo: inout RuleMemo
  ) -> [EventFrame] {
    var stack = frames.map(\.frame)
    enhancements.classify(&stack, eventPlatform: platform, exception: exception, memo: &memo)
    var result = frames
    for index in result.indices {
      result[index].frame = stack[index]
      if platform == "python", config.parameterizesSpawnLine { SpawnLine.parameterize(&result[index]) }
    }
    return result
  }
}
