internal import LogInput
internal import TraceBytes
internal import TraceModel

/// What an object says about the trace in it: when, where, and what a profile keeps.
struct MessageFacts {
  /// The field's text, or the time that an epoch number stands for.
  private(set) var timestamp: String?
  /// Pod, container and stream, as far as they are there.
  private(set) var stream: String?
  /// Airbyte's fields, in the order of the schema.
  private(set) var context: [ContextField] = []

  init(_ object: JSONLine) {
    var names: [String: String] = [:]
    for field in object.fields where field.value.count <= 64 << 10 {
      let path = String(decoding: object.bytes(field.path), as: UTF8.self)
      if names[path] == nil { names[path] = String(decoding: object.bytes(field.value), as: UTF8.self) }
    }
    timestamp = Self.time(names)
    stream = Self.stream(names)
    if names["type"] == "TRACE" || names["type"] == "LOG" { context = Self.airbyte(names) }
  }

  private static let times = [
    "@timestamp", "timestamp", "time", "ts", "datetime", "eventTime", "asctime", "date", "trace.emitted_at",
    "__REALTIME_TIMESTAMP",
  ]

  private static func time(_ names: [String: String]) -> String? {
    for name in times {
      guard let value = names[name] else { continue }
      if let number = Double(value), let time = epoch(number) { return time }
      if looksLikeTime(value) { return dashed(value) }
    }
    return nil
  }

  private static func looksLikeTime(_ value: String) -> Bool {
    let bytes = Array(value.utf8.prefix(20))
    guard bytes.count >= 19, bytes[..<4].allSatisfy(isDigit), bytes[4] == 0x2D || bytes[4] == 0x2F else {
      return false
    }
    return (bytes[10] == 0x54 || bytes[10] == 0x20) && bytes[13] == 0x3A && value.utf8.count <= 40
  }

  /// RFC 3339's separators, whatever the field has.
  private static func dashed(_ value: String) -> String {
    var bytes = Array(value.utf8)
    bytes[4] = 0x2D
    bytes[7] = 0x2D
    bytes[10] = 0x54
    if bytes.count > 19, bytes[19] == 0x2C { bytes[19] = 0x2E }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size.
  private static func epoch(_ number: Double) -> String? {
    guard number > 1e8, number < 1e20 else { return nil }
    var seconds = number
    while seconds > 1e11 { seconds /= 1000 }
    let whole = Int(seconds.rounded(.down))
    let milli = Int(((seconds - Double(whole)) * 1000).rounded(.down))
    let (year, month, day) = civil(days: whole / 86400)
    let clock = [whole % 86400 / 3600, whole % 3600 / 60, whole % 60].map { padded($0, 2) }
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    return "\(date)T\(clock.joined(separator: ":"))\(milli > 0 ? "." + padded(milli, 3) : "")Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The Gregorian date of a day since 1970, by counting in years that start in March.
  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
  }

  private static func stream(_ names: [String: String]) -> String? {
    let pod =
      names["kubernetes.pod_name"] ?? names["pod_name"] ?? names["pod"] ?? names["kubernetes.pod.name"]
    let container =
      names["kubernetes.container_name"] ?? names["container_name"] ?? names["kubernetes.container.name"]
      ?? names["_SYSTEMD_UNIT"] ?? names["logSource"]
    let parts = [pod, container, names["stream"]].compactMap { $0 }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  private static let fields = [
    ("failure_type", "trace.error.failure_type"), ("message", "trace.error.message"),
    ("message", "log.message"),
    ("internal_message", "trace.error.internal_message"), ("level", "log.level"),
    ("stream_name", "trace.error.stream_descriptor.name"),
    ("stream_namespace", "trace.error.stream_descriptor.namespace"),
  ]

  private static func airbyte(_ names: [String: String]) -> [ContextField] {
    fields.compactMap { name, path in names[path].map { ContextField(name: name, value: $0) } }
  }
}
