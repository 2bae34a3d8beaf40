public import TraceModel

/// What stands at an anchor.
public enum ParseOutcome: Sendable, Equatable {
  /// Nothing of ours; go on behind this offset.
  case none(resume: Int)
  /// The text ends before it can be told: come back with more of it, from this offset on.
  case needsMore(from: Int)
  /// A trace; it stands in `TraceParser.trace`.
  case trace
  /// A trace-like region that cannot be parsed.
  case failure(ParseFailure)
}
