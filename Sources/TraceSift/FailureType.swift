internal import TraceModel

/// Airbyte's types of failures (formats-around.md, 2.1).
public enum FailureType {
  /// Those that its platform does not report: the user's own errors, and what passes by itself. A type that is
  /// missing or unknown is taken as `system_error` and reported, and so are `refresh_schema`,
  /// `heartbeat_timeout` and `destination_timeout`.
  public static let unreported = ["config_error", "manual_cancellation", "transient_error"]

  /// The type that a record's message names, if it is one that is not reported.
  static func unreported(_ context: [ContextField]) -> String? {
    context.first { $0.name == "failure_type" }.flatMap { unreported.contains($0.value) ? $0.value : nil }
  }
}
