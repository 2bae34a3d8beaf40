public import Enhancements

/// An event as Sentry's grouping reads it: only what can influence a hash, a title or a fingerprint.
///
/// Exceptions stand oldest cause first and frames oldest call first, as in the payload. An event is
/// brought into Sentry's own form by `EventNormalization` before it is grouped.
public struct SentryEvent: Sendable {
  /// As sent; unknown names become `other`.
  public var platform: String?
  public var level: String?
  public var logger: String?
  public var transaction: String?
  public var release: String?
  public var sdkName: String?
  public var sdkVersion: String?
  public var logEntry: LogEntry?
  /// nil marks an exception that was sent but dropped: "the last exception" still means its place.
  public var exceptions: [EventException?]
  /// The stack of the event itself, beside its exceptions.
  public var stacktrace: EventStack?
  public var threads: [EventThread]
  public var template: EventTemplate?
  /// In the order sent; a value that is nil was sent but is not usable.
  public var tags: [EventTag]
  /// Entries as sent; empty means `{{ default }}`.
  public var fingerprint: [String]
  /// A hash that the client computed itself (legacy).
  public var checksum: String?

  public init(platform: String? = nil) {
    self.platform = platform
    exceptions = []
    threads = []
    tags = []
    fingerprint = []
  }
}

extension SentryEvent {
  /// The only thread that crashed, else the only current one, else the only one.
  var crashingThread: EventThread? {
    let crashed = threads.filter { $0.isCrashed == true }
    let current = threads.filter { $0.isCurrent == true }
    return [crashed, current, threads].first { $0.count == 1 }?.first
  }
}

/// A log message: the template, what is filled in, and the text that results.
public struct LogEntry: Sendable, Hashable {
  /// What is filled into a template, already as text.
  public enum Parameters: Sendable, Hashable {
    case list([String])
    case named([String: String])
  }
  /// The template.
  public var message: String?
  public var parameters: Parameters?
  public var formatted: String?

  public init(message: String? = nil, parameters: Parameters? = nil, formatted: String? = nil) {
    self.message = message
    self.parameters = parameters
    self.formatted = formatted
  }
}

/// A tag; `value` is nil where the value sent is not usable.
public struct EventTag: Sendable, Hashable {
  public var name: String
  public var value: String?

  public init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }
}

/// One frame: what the stack-trace rules read, and the rest that grouping reads.
public struct EventFrame: Sendable, Hashable {
  public var frame: StackFrame
  public var contextLine: String?
  /// 1-based. Never hashed, but two neighbours that differ in it are not a recursion.
  public var lineno: Int?
  public var colno: Int?
  /// Only written out, never grouped by.
  public var isNative: Bool

  public init(
    _ frame: StackFrame = StackFrame(), contextLine: String? = nil, lineno: Int? = nil, colno: Int? = nil,
    isNative: Bool = false
  ) {
    self.frame = frame
    self.contextLine = contextLine
    self.lineno = lineno
    self.colno = colno
    self.isNative = isNative
  }
}

/// The frames of one stack, oldest call first.
public struct EventStack: Sendable, Hashable {
  public var frames: [EventFrame]

  public init(frames: [EventFrame]) { self.frames = frames }
}

/// How an exception was caught, and its place in a tree of exceptions.
public struct EventMechanism: Sendable, Hashable {
  public var type: String?
  public var exceptionID: Int?
  public var parentID: Int?
  public var isExceptionGroup: Bool?
  public var isSynthetic: Bool?
  public var isHandled: Bool?
  /// Apple's error domain and code; only these make an `ns_error` part.
  public var nsErrorDomain: String?
  public var nsErrorCode: Int?

  public init(
    type: String? = nil, exceptionID: Int? = nil, parentID: Int? = nil, isExceptionGroup: Bool? = nil,
    isSynthetic: Bool? = nil
  ) {
    self.type = type
    self.exceptionID = exceptionID
    self.parentID = parentID
    self.isExceptionGroup = isExceptionGroup
    self.isSynthetic = isSynthetic
  }
}

/// One exception of an event.
public struct EventException: Sendable, Hashable {
  public var type: String?
  public var value: String?
  /// Never hashed.
  public var module: String?
  public var mechanism: EventMechanism?
  public var stacktrace: EventStack?

  public init(
    type: String? = nil, value: String? = nil, module: String? = nil, mechanism: EventMechanism? = nil,
    stacktrace: EventStack? = nil
  ) {
    self.type = type
    self.value = value
    self.module = module
    self.mechanism = mechanism
    self.stacktrace = stacktrace
  }
}

/// One thread of an event.
public struct EventThread: Sendable, Hashable {
  public var id: String?
  public var name: String?
  public var state: String?
  public var isCrashed: Bool?
  public var isCurrent: Bool?
  public var stacktrace: EventStack?

  public init(
    id: String? = nil, name: String? = nil, state: String? = nil, isCrashed: Bool? = nil,
    isCurrent: Bool? = nil, stacktrace: EventStack? = nil
  ) {
    self.id = id
    self.name = name
    self.state = state
    self.isCrashed = isCrashed
    self.isCurrent = isCurrent
    self.stacktrace = stacktrace
  }
}

/// A template's place (legacy; grouping.md, S6.5).
public struct EventTemplate: Sendable, Hashable {
  public var filename: String?
  public var contextLine: String?

  public init(filename: String? = nil, contextLine: String? = nil) {
    self.filename = filename
    self.contextLine = contextLine
  }
}
