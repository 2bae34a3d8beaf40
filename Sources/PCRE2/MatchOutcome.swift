/// What one attempt to match came to. Giving up is an outcome, not an exception: the caller counts it
/// and reports the text under `internal_limit`.
public enum MatchOutcome: Sendable, Equatable {
  /// The ranges stand in the scratch that was used.
  case match
  case noMatch
  /// PCRE2 stopped at a limit; `code` is its own negative number (-47 match limit, -63 heap limit).
  case gaveUp(code: Int32)
}
