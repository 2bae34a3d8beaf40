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
  /// For a record: the hash to group by, or the entries of a hybrid or custom fingerprint.
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
  /// Tags of the event that say how the trace was read.
  public var tags: [EventTag]
  /// Whether the text of some exception's value, and not only that there is one, influenced this result (the title
  /// that is made from the value aside). A cache may leave values out of its key where this is false.
  public var valueMatters: Bool
  /// Whether a limit was hit, so that a hash may differ from Sentry's: to be reported as `internal_limit`.
  public var hitLimit: Bool
}
