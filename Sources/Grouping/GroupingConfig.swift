public import Enhancements

/// A grouping configuration of Sentry's, by its id (grouping.md, S1).
public enum GroupingConfig: String, Sendable, CaseIterable {
  case newstyle2023 = "newstyle:2023-01-11"
  case newstyle2026 = "newstyle:2026-01-20"

  /// The newest one, used when none is named.
  public static let newest = GroupingConfig.newstyle2026

  /// The built-in stack-trace rules that go with it.
  public var baseRules: BaseRules { self == .newstyle2023 ? .allPlatforms2023 : .allPlatforms2026 }

  /// Whether an exception's children stand as stack, type, value instead of type, value, stack. This
  /// switch alone changes every exception's hash.
  var putsStackFirst: Bool { self == .newstyle2023 }
  /// Whether the numbers in the command line of a spawned Python worker are replaced (grouping.md, S4.3).
  var parameterizesSpawnLine: Bool { self == .newstyle2026 }
  /// Whether an unknown fingerprint variable stays as written instead of naming itself unrecognized.
  var keepsUnknownVariables: Bool { self == .newstyle2023 }
}
