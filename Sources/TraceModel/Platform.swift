/// The runtime that printed a trace, in Sentry's words.
public enum Platform: String, Sendable, Hashable, CaseIterable {
  case java
  case python
  /// Texts of tools that print no stack, such as dbt.
  case other
}
