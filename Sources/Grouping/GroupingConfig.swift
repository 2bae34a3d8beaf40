/// A grouping configuration of Sentry's, by its id (grouping.md, S1).
public enum GroupingConfig: String, Sendable, CaseIterable {
  case newstyle2023 = "newstyle:2023-01-11"
  case newstyle2026 = "newstyle:2026-01-20"

  /// The newest one, used when none is named.
  public static let newest = GroupingConfig.newstyle2026
}
