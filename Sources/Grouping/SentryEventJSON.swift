internal import Crypto
internal import Enhancements

/// Writes events as Sentry takes them: one JSON object a line (formats-around.md, section 4.1).
///
/// Texts and stacks are cut to Relay's limits (section 4.2), which grouping applies anyway, so that a payload is never
/// larger for what Sentry would drop.
public struct SentryEventJSON: Sendable {
  /// What the surroundings add to a payload; nothing of it is grouped by.
  public struct Envelope: Sendable {
    /// 32 hexadecimal digits in lower case.
    public var eventID: String
    /// RFC 3339.
    public var timestamp: String?
    public var environment: String?
    public var userID: String?
    public var userName: String?
    /// Named objects of texts, such as Airbyte's "Failure Reason".
    public var contexts: [(name: String, fields: [(key: String, value: String)])]

    public init(eventID: String, timestamp: String? = nil, environment: String? = nil) {
      self.eventID = eventID
      self.timestamp = timestamp
      self.environment = environment
      contexts = []
    }
  }

  /// An id that is the same whenever the same trace of the same place is sent, so that Sentry drops the second.
  /// - Complexity: O(the bytes of `text`).
  public static func eventID(source: String, offset: UInt64, text: String) -> String {
    var hash = SHA256()
    hash.update(data: Array(source.utf8) + [0] + Array(String(offset).utf8) + [0])
    hash.update(data: Array(text.utf8))
    var bytes = Array(hash.finalize().prefix(16))
    // A version 4 UUID of variant 1, as event ids are.
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The payload as one line, its line end included.
  /// - Complexity: O(the event's size).
  public static func line(_ event: SentryEvent, _ envelope: Envelope) -> [UInt8] {
    var json = JSONBytes()
    json.object { json in
      json.field("event_id", envelope.eventID)
      json.field("timestamp", envelope.timestamp)
      json.field("platform", event.platform ?? "other")
      json.field("level", event.level ?? "error")
      json.field("logger", event.logger.map { TextLimits.cut($0, to: TextLimits.logger) })
      json.field("transaction", event.transaction)
      json.field("release", event.release)
      json.field("environment", envelope.environment)
      writeTags(event.tags, &json)
      if !event.fingerprint.isEmpty { json.list("fingerprint", event.fingerprint) { $0.text($1) } }
      writeUser(envelope, &json)
      writeMessage(event.logEntry, &json)
      let exceptions = event.exceptions.compactMap { $0 }
      if !exceptions.isEmpty {
        json.object("exception") { json in json.list("values", exceptions) { write($1, &$0) } }
      }
      writeContexts(envelope, &json)
    }
    return json.bytes + [0x0A]
  }

  private static func writeTags(_ tags: [EventTag], _ json: inout JSONBytes) {
    guard tags.contains(where: { $0.value != nil }) else { return }
    json.object("tags") { json in
      for tag in tags { json.field(tag.name, tag.value.map { TextLimits.cut($0, to: TextLimits.tagValue) }) }
    }
  }

  private static func writeUser(_ envelope: Envelope, _ json: inout JSONBytes) {
    guard envelope.userID != nil || envelope.userName != nil else { return }
    json.object("user") { json in
      json.field("id", envelope.userID)
      json.field("username", envelope.userName)
    }
  }

  private static func writeMessage(_ entry: LogEntry?, _ json: inout JSONBytes) {
    guard let entry, entry.formatted != nil || entry.message != nil else { return }
    json.object("logentry") { json in
      json.field("message", entry.message.map { TextLimits.cut($0, to: TextLimits.message) })
      json.field("formatted", entry.formatted.map { TextLimits.cut($0, to: TextLimits.message) })
    }
  }

  private static func writeContexts(_ envelope: Envelope, _ json: inout JSONBytes) {
    guard !envelope.contexts.isEmpty else { return }
    json.object("contexts") { json in
      for context in envelope.contexts {
        json.object(context.name) { json in
          for field in context.fields {
            json.field(field.key, TextLimits.cut(field.value, to: TextLimits.message))
          }
        }
      }
    }
  }

  private static func write(_ exception: EventException, _ json: inout JSONBytes) {
    json.object { json in
      json.field("type", exception.type.map { TextLimits.cut($0, to: TextLimits.typeName) })
      json.field("value", exception.value.map { TextLimits.cut($0, to: TextLimits.message) })
      json.field("module", exception.module.map { TextLimits.cut($0, to: TextLimits.typeName) })
      if let mechanism = exception.mechanism { write(mechanism, &json) }
      if let stack = exception.stacktrace {
        let frames = EventNormalization.cutFrames(stack.frames)
        json.object("stacktrace") { json in json.list("frames", frames) { write($1, &$0) } }
      }
    }
  }

  private static func write(_ mechanism: EventMechanism, _ json: inout JSONBytes) {
    json.object("mechanism") { json in
      json.field("type", mechanism.type ?? "generic")
      json.field("handled", mechanism.isHandled)
      json.field("synthetic", mechanism.isSynthetic)
      json.field("exception_id", mechanism.exceptionID)
      json.field("parent_id", mechanism.parentID)
      json.field("is_exception_group", mechanism.isExceptionGroup)
    }
  }

  private static func write(_ frame: EventFrame, _ json: inout JSONBytes) {
    json.object { json in
      json.field("filename", frame.frame.filename)
      json.field("function", frame.frame.function)
      json.field("module", frame.frame.module)
      json.field("lineno", frame.lineno)
      json.field("colno", frame.colno)
      json.field("abs_path", frame.frame.absPath)
      json.field("context_line", frame.contextLine)
      json.field("in_app", frame.frame.inApp)
      json.field("package", frame.frame.package)
      json.field("platform", frame.frame.platform)
      if frame.isNative { json.field("native", true) }
    }
  }
}
