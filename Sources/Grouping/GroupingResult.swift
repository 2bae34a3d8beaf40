internal import Enhancements

/// What a trace or a failure is grouped by.
public struct GroupingResult: Sendable {
  /// One contributing variant and its hash: 32 hexadecimal digits in lower case.
  public struct Variant: Sendable, Hashable {
    public var name: String
    public var hash: String
  }
  /// The contributing variants, `system` last.
  public var variants: [Variant]
  /// Their hashes without duplicates.
  public var hashes: [String]
  /// For a record: `[group]`, or with a hybrid or custom fingerprint its entries, resolved.
  public var fingerprint: [String]
  /// The hash to group by: the first of `hashes`.
  public var group: String
  public var title: String
  /// "module in function" of the frame to blame; nil without frames.
  public var culprit: String?
  /// For each exception in the order of the text, for each of its frames, oldest first: whether it is in-app; nil
  /// where the event does not carry the frame (more than 250 frames, or not read by the profile's parser).
  public var inApp: [[Bool?]]
  /// The event's: `java`, `python` or `other`.
  public var platform: String
  /// Tags of the event, those that say how the trace was read included.
  public var tags: [EventTag]
  /// Whether the text of some exception's value, and not only that there is one, influenced this result (the title
  /// that is made from the value aside). A cache may leave values out of its key where this is false and every
  /// exception has a type.
  public var valueMatters: Bool
  /// The exceptions whose values matter by their normalized text alone; nil where values may matter otherwise.
  public internal(set) var normalizedValues: NormalizedValues?
  /// Whether a limit was hit, so that a hash may differ from Sentry's: to be reported as `internal_limit`.
  public var hitLimit: Bool
  /// Whether a fingerprint rule gave the title.
  var hasRuleTitle: Bool
  /// Index, in the order of the text, of the exception that the title is made of; nil where it is made of
  /// something else. A cache renews the title from it: see `title(value:)`.
  public var titleException: Int?
  /// The type as it stands in the title.
  public var titleType: String?
  /// Whether the title leaves out the number of sub-exceptions that printing adds to a group's message.
  private var titleIsOfGroup: Bool

  /// The title of a trace of the same shape.
  /// - Parameter value: its `titleException`'s, as printed.
  public func title(value: String?) -> String {
    Title.title(
      type: titleType, value: titleIsOfGroup ? value.map(PythonExceptionTree.withoutMemberCount) : value)
  }

  init(_ grouped: GroupedEvent, _ trace: TraceEvent, frameCounts: [Int], valueMatters: Bool, hitLimit: Bool) {
    let contributing = grouped.variants.compactMap { variant in
      variant.hash.map { Variant(name: variant.name, hash: $0) }
    }
    variants = contributing.filter { $0.name != "system" } + contributing.filter { $0.name == "system" }
    hashes = grouped.hashes
    group = grouped.hashes.first ?? TraceHash.ofNothing
    let isStandard = grouped.fingerprint == ["{{ default }}"]
    fingerprint = isStandard ? [group] : grouped.fingerprint
    title = grouped.ruleTitle ?? Title.title(of: trace.event)
    hasRuleTitle = grouped.ruleTitle != nil
    titleException = grouped.ruleTitle == nil ? (trace.origins.last ?? nil)?.exception : nil
    titleIsOfGroup = (trace.event.exceptions.last ?? nil)?.mechanism?.isExceptionGroup == true
    titleType = (trace.event.exceptions.last ?? nil)?.type
    culprit = Title.culprit(of: grouped.event)
    inApp = Self.inApp(of: grouped.event, trace, frameCounts)
    platform = grouped.event.platform ?? "other"
    tags = trace.event.tags
    self.valueMatters = valueMatters
    self.hitLimit = hitLimit
  }

  /// A plain trace's, under the standard fingerprint.
  init(
    variants: [Variant], title: String, titleIsOfGroup: Bool, titleException: Int, titleType: String?,
    culprit: String?,
    inApp: [[Bool?]], platform: String, tags: [EventTag], valueMatters: Bool,
    normalizedValues: NormalizedValues?, hitLimit: Bool
  ) {
    self.variants = variants
    hashes = []
    for variant in variants where !hashes.contains(variant.hash) { hashes.append(variant.hash) }
    group = variants[0].hash
    fingerprint = [group]
    self.title = title
    hasRuleTitle = false
    self.titleException = titleException
    self.titleType = titleType
    self.titleIsOfGroup = titleIsOfGroup
    self.culprit = culprit
    self.inApp = inApp
    self.platform = platform
    self.tags = tags
    self.valueMatters = valueMatters
    self.normalizedValues = normalizedValues
    self.hitLimit = hitLimit
  }

  /// What of a printed value stands in that title, as bytes of its text; nil where it takes more than looking at
  /// bytes.
  public func titleValue(_ text: Span<UInt8>, _ value: Range<Int>) -> (range: Range<Int>, isCut: Bool)? {
    guard titleIsOfGroup else { return Title.valueInTitle(text, value) }
    return PythonExceptionTree.endWithoutMemberCount(text, value).flatMap {
      Title.valueInTitle(text, value.lowerBound..<$0)
    }
  }

  /// Carries the frames' in-app back to the places that they have in the text.
  private static func inApp(of event: SentryEvent, _ trace: TraceEvent, _ frameCounts: [Int]) -> [[Bool?]] {
    var result = frameCounts.map { [Bool?](repeating: nil, count: $0) }
    for (index, origin) in trace.origins.enumerated() {
      guard let origin, let kept = event.exceptions[index]?.stacktrace?.frames,
        result.indices.contains(origin.exception)
      else { continue }
      let sent = trace.event.exceptions[index]?.stacktrace?.frames.count ?? 0
      for (place, frame) in kept.enumerated() {
        let before = EventNormalization.placeBeforeCutting(place, of: sent)
        guard let printed = origin.frames.map({ $0[before] }) ?? before,
          result[origin.exception].indices.contains(printed)
        else { continue }
        result[origin.exception][printed] = frame.frame.inApp
      }
    }
    return result
  }
}
