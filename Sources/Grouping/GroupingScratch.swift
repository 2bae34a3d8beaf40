public import Enhancements
public import PCRE2

/// What one worker needs to group: room for matching, the rules' memory, and the results it remembers.
/// Not shared: one a worker.
public struct GroupingScratch: ~Copyable {
  /// Room for the regular expressions.
  public let match: MatchScratch
  /// The stack-trace rules' memory.
  public var rules: RuleMemo
  /// The frames of plain traces.
  var frames = KnownFrames()
  /// Whether each frame of the stack at hand contributes before the rules, and what the rules say.
  var initial: [Bool] = []
  var judged = JudgedStack()
  /// Results of the traces seen, by shape.
  public var digests: DigestCache
  /// Whether a limit was hit while grouping: to be reported as `internal_limit`. Reset at each grouping.
  public internal(set) var hitLimit = false

  /// - Parameter cacheBytes: the most bytes of keys that are remembered.
  public init(cacheBytes: Int = 16 << 20) {
    match = MatchScratch()
    rules = RuleMemo()
    digests = DigestCache(byteLimit: cacheBytes)
  }

  /// Bytes of what is kept from trace to trace to be faster, roughly.
  public var rememberedBytes: Int { rules.rememberedBytes + frames.rememberedBytes + digests.rememberedBytes }

  /// A leaf with the normalized text of a message or a value.
  mutating func message(_ text: String, _ kind: GroupingComponent.Kind) -> GroupingComponent {
    let normalized = normalized(text)
    let isChanged = !normalized.isSame(as: text)
    return GroupingComponent(
      kind, value: normalized, hint: isChanged ? "stripped event-specific values" : nil)
  }

  /// The normalized text of a message or a value.
  mutating func normalized(_ text: String) -> String {
    let normalized = MessageParameterization.normalize(text, using: match)
    if normalized.hitLimit { hitLimit = true }
    return normalized.text
  }

  /// A text with its parameters replaced, not trimmed.
  mutating func parameterized(_ text: String) -> String {
    let result = MessageParameterization.parameterize(text, using: match)
    if result.hitLimit { hitLimit = true }
    return result.text
  }
}
