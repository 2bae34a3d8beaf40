import Enhancements
import Foundation
import Grouping

/// Reads an event's JSON as Relay does: what has the wrong type counts as missing.
public enum EventJSON {
  public typealias Object = [String: Any]

  public static func event(_ object: Object) -> SentryEvent {
    var event = SentryEvent(platform: text(object["platform"]))
    event.level = text(object["level"])
    event.logger = text(object["logger"])
    event.transaction = text(object["transaction"]) ?? text(object["culprit"])
    event.release = text(object["release"])
    event.checksum = text(object["checksum"])
    let sdk = object["sdk"] as? Object
    event.sdkName = text(sdk?["name"])
    event.sdkVersion = text(sdk?["version"])
    event.logEntry = logEntry(object["logentry"]) ?? logEntry(object["message"])
    event.exceptions = values(object["exception"]).map { ($0 as? Object).map(exception) }
    event.stacktrace = stack(object["stacktrace"])
    event.threads = values(object["threads"]).compactMap { ($0 as? Object).map(thread) }
    event.template = (object["template"] as? Object).map {
      EventTemplate(filename: text($0["filename"]), contextLine: text($0["context_line"]))
    }
    event.tags = tags(object["tags"])
    event.fingerprint = (object["fingerprint"] as? [Any] ?? []).compactMap(fingerprintEntry)
    return event
  }

  private static func text(_ value: Any?) -> String? { value as? String }

  private static func isBool(_ value: Any) -> Bool {
    // JSON's true and false become numbers of C's type `char`; all others are wider.
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
  }

  private static func integer(_ value: Any?) -> Int? {
    guard let value, !isBool(value) else { return nil }
    return (value as? NSNumber)?.intValue
  }

  private static func flag(_ value: Any?) -> Bool? {
    guard let value, isBool(value) else { return nil }
    return (value as? NSNumber)?.boolValue
  }

  /// A value as text: JSON, but for strings.
  private static func anyText(_ value: Any?) -> String? {
    guard let value, !(value is NSNull) else { return nil }
    if let text = value as? String { return text }
    let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
    return (try? JSONSerialization.data(withJSONObject: value, options: options)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// `{"values": […]}`, a list, or one object.
  private static func values(_ value: Any?) -> [Any] {
    if let list = value as? [Any] { return list }
    guard let object = value as? Object else { return [] }
    return object["values"] as? [Any] ?? (object["values"] == nil ? [object] : [])
  }

  private static func logEntry(_ value: Any?) -> LogEntry? {
    if let text = value as? String { return LogEntry(formatted: text) }
    guard let object = value as? Object else { return nil }
    var parameters: LogEntry.Parameters?
    if let list = object["params"] as? [Any] { parameters = .list(list.map { anyText($0) ?? "null" }) }
    if let named = object["params"] as? Object {
      parameters = .named(named.mapValues { anyText($0) ?? "null" })
    }
    return LogEntry(
      message: text(object["message"]), parameters: parameters, formatted: text(object["formatted"]))
  }

  private static func exception(_ object: Object) -> EventException {
    EventException(
      type: text(object["type"]), value: anyText(object["value"]), module: text(object["module"]),
      mechanism: (object["mechanism"] as? Object).map(mechanism), stacktrace: stack(object["stacktrace"]))
  }

  private static func mechanism(_ object: Object) -> EventMechanism {
    var mechanism = EventMechanism(
      type: text(object["type"]), exceptionID: integer(object["exception_id"]),
      parentID: integer(object["parent_id"]), isExceptionGroup: flag(object["is_exception_group"]),
      isSynthetic: flag(object["synthetic"]))
    if let error = (object["meta"] as? Object)?["ns_error"] as? Object {
      mechanism.nsErrorDomain = text(error["domain"])
      mechanism.nsErrorCode = integer(error["code"])
    }
    return mechanism
  }

  private static func stack(_ value: Any?) -> EventStack? {
    guard let frames = (value as? Object)?["frames"] as? [Any] else { return nil }
    return EventStack(frames: frames.compactMap { ($0 as? Object).flatMap { $0.isEmpty ? nil : frame($0) } })
  }

  private static func frame(_ object: Object) -> EventFrame {
    let data = object["data"] as? Object
    var frame = StackFrame(
      platform: text(object["platform"]), module: text(object["module"]), function: text(object["function"]),
      rawFunction: text(object["raw_function"]), filename: text(object["filename"]),
      absPath: text(object["abs_path"]), package: text(object["package"]), inApp: flag(object["in_app"]))
    frame.category = text(data?["category"])
    frame.originalInApp = integer(data?["orig_in_app"])
    return EventFrame(
      frame, contextLine: text(object["context_line"]), lineno: integer(object["lineno"]),
      colno: integer(object["colno"]))
  }

  private static func thread(_ object: Object) -> EventThread {
    EventThread(
      id: anyText(object["id"]), name: text(object["name"]), state: text(object["state"]),
      isCrashed: flag(object["crashed"]), isCurrent: flag(object["current"]),
      stacktrace: stack(object["stacktrace"]))
  }

  private static func tags(_ value: Any?) -> [EventTag] {
    if let object = value as? Object {
      return object.sorted { $0.key < $1.key }.map { EventTag($0.key, tagText($0.value)) }
    }
    return (value as? [Any] ?? []).compactMap { pair in
      guard let pair = pair as? [Any], pair.count == 2, let name = anyText(pair[0]) else { return nil }
      return EventTag(name, tagText(pair[1]))
    }
  }

  private static func tagText(_ value: Any) -> String? {
    if isBool(value) { return flag(value) == true ? "True" : "False" }
    return (value as? NSNumber).map { String($0.int64Value) } ?? text(value)
  }

  private static func fingerprintEntry(_ value: Any) -> String? {
    if isBool(value) { return flag(value) == true ? "True" : "False" }
    return (value as? NSNumber).map { String($0.int64Value) } ?? text(value)
  }
}
