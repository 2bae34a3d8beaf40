public import TraceModel

/// Which event a trace is turned into before it is hashed.
public enum Profile: String, Sendable, Hashable, CaseIterable {
  /// The event that Sentry's own SDK would have sent: everything that the text tells.
  case full
  /// The event that Airbyte's platform sends for a failure's stack trace, its parser's limits included.
  case airbyte
}

/// What the surroundings of a trace add to its event.
public struct EventContext: Sendable, Hashable {
  /// Airbyte: what a failed parse takes out of the text, and the event's log message.
  public var internalMessage: String?
  /// The connector's image, such as `airbyte/source-xyz:1.2.0`; overrides the engine's.
  public var connector: String?
  /// Tags besides those that say how the trace was read.
  public var tags: [EventTag]

  public init(internalMessage: String? = nil, connector: String? = nil, tags: [EventTag] = []) {
    self.internalMessage = internalMessage
    self.connector = connector
    self.tags = tags
  }
}

extension GroupingEngine {
  /// What a record's context adds to its event. A connector that was given for the whole run goes before the
  /// message's own.
  public func context(_ fields: [ContextField]) -> EventContext {
    guard profile == .airbyte, !fields.isEmpty else { return EventContext() }
    let values = { (name: String) in fields.first { $0.name == name }?.value }
    return EventContext(
      internalMessage: values("internal_message"), connector: connector ?? values("connector"))
  }
}

/// A trace turned into an event, and where its frames stood in the trace.
struct TraceEvent: Sendable {
  /// Where an exception of the event comes from.
  struct Origin: Sendable {
    /// The index in the trace.
    var exception: Int
    /// For each frame of the event's exception its index in the trace's; nil if they are the same.
    var frames: [Int?]?
  }
  var event: SentryEvent
  /// One for each exception of the event; nil for one that the trace does not have.
  var origins: [Origin?]
}

/// How Airbyte turns a connector's image into a release.
enum Connector {
  /// `airbyte/source-xyz:1.2.0` becomes `airbyte-source-xyz@1.2.0`; nil for an empty name.
  static func release(_ image: String) -> String? {
    guard !image.isEmpty else { return nil }
    let scalars = image.unicodeScalars.map { $0 == "/" ? "-" : $0 == ":" ? "@" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  /// What stands before the `@`.
  static func name(ofRelease release: String) -> String {
    String(release.unicodeScalars.prefix { $0 != "@" })
  }
}
