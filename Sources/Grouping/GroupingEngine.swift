public import Enhancements

/// Turns traces and failures into Sentry's hashes. Immutable, shared by all workers; each worker brings its scratch.
public struct GroupingEngine: Sendable {
  public let config: GroupingConfig
  let grouper: EventGrouper

  public init(
    config: GroupingConfig = .newest, enhancements: EnhancementSet,
    fingerprintRules: FingerprintRuleSet = FingerprintRuleSet()
  ) {
    self.config = config
    grouper = EventGrouper(config: config, enhancements: enhancements, fingerprintRules: fingerprintRules)
  }

  /// Groups an event as it stands.
  /// - Complexity: O(the event's size × the rules that look at it).
  public func group(event: SentryEvent, scratch: inout GroupingScratch) -> GroupedEvent {
    grouper.group(event, scratch: &scratch)
  }
}
