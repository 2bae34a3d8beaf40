internal import LogInput
internal import TraceBytes
internal import TraceModel

/// What a document says about a trace in it: when, where, and what a profile keeps. The object that the
/// trace stands in is asked first, then those around it.
struct MessageFacts {
  private let line: JSONLine
  /// The fields of the facts: by fact, nearest object first, then in the order of the fact's names.
  private var found: [Hit] = []

  private struct Hit {
    var fact: MessageFact
    var level: Int
    var rank: Int
    var value: ByteRange
  }

  /// - Complexity: O(depth + fields that tell of the objects around).
  init(_ fields: FactFields, at object: Int) {
    line = fields.line
    var at = object
    var level = 0
    while true {
      for field in fields.told(of: at) {
        found.append(Hit(fact: field.fact, level: level, rank: field.rank, value: field.value))
      }
      guard at > 0, !line.objects.isEmpty else { break }
      at = line.objects[at].parent
      level += 1
    }
    found.sort { ($0.fact.rawValue, $0.level, $0.rank) < ($1.fact.rawValue, $1.level, $1.rank) }
  }

  private func text(_ value: ByteRange) -> String { String(decoding: line.bytes(value), as: UTF8.self) }

  private func first(_ fact: MessageFact) -> String? {
    found.first { $0.fact == fact }.flatMap { $0.value.isEmpty ? nil : text($0.value) }
  }

  // MARK: When and where

  /// The field's text, or the time that an epoch number stands for.
  var timestamp: String? {
    found.lazy.filter { $0.fact == .time }.compactMap { EventClock.time(text($0.value)) }.first
  }

  /// Pod, container and stream, as far as they are there.
  var stream: String? {
    let parts = [first(.pod), first(.container) ?? first(.logSource), first(.outputStream)].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  // MARK: What a profile keeps

  /// In the order of the schema: what Airbyte's messages say of a failure, and the ids that name its place.
  var context: [ContextField] {
    let isAirbyte = isAirbyte
    return MessageFact.allCases.compactMap { fact in
      guard let name = fact.contextName, isAirbyte || !fact.isOfMessage else { return nil }
      let value = fact == .connector ? connector : first(fact)
      return value.map { ContextField(name: name, value: $0) }
    }
  }

  /// The docker image, with its tag where that stands apart.
  private var connector: String? {
    guard let image = first(.connector) else { return nil }
    guard let tag = first(.connectorTag), !image.contains(":") else { return image }
    return "\(image):\(tag)"
  }

  /// A protocol message, a reason of failure, or a line of a job's log.
  private var isAirbyte: Bool {
    found.contains { hit in
      switch hit.fact {
      case .messageType:
        let bytes = line.bytes(hit.value)
        return bytes.elementsEqual("TRACE".utf8) || bytes.elementsEqual("LOG".utf8)
      case .failureType, .failureOrigin, .logSource: return true
      default: return false
      }
    }
  }
}

/// The fields of a document that tell facts, by the object that they tell them of: the path from there is a fact's name.
struct FactFields {
  typealias Field = (fact: MessageFact, rank: Int, value: ByteRange)

  let line: JSONLine
  private var fields: [Int: [Field]] = [:]

  /// - Complexity: O(fields × depth).
  init(_ line: JSONLine) {
    self.line = line
    for field in line.fields where field.kind != .word && field.value.count <= Self.longest { note(field) }
  }

  /// Longer values are left out; Airbyte's platform cuts its messages at 50,000 characters.
  private static let longest = 64 << 10

  /// In the order of the document; of the whole document where its objects are not known.
  func told(of object: Int) -> [Field] { fields[line.objects.isEmpty ? 0 : object] ?? [] }

  private mutating func note(_ field: JSONField) {
    var object = line.objects.isEmpty ? 0 : field.object
    while true {
      let outer = object == 0 ? 0 : line.objects[object].path.count + 1
      var key = KeyHash()
      key.combine(line.text.span, Int(field.path.start) + outer..<Int(field.path.end))
      if let (fact, rank) = MessageFact.names[key.value] {
        fields[object, default: []].append((fact, rank, field.value))
      }
      guard object > 0 else { return }
      object = line.objects[object].parent
    }
  }
}

/// The facts that are looked for, those that go to `context` in the order of the schema. The names of each
/// are in `spellings`.
enum MessageFact: Int, CaseIterable {
  case time, pod, container, outputStream, messageType
  case failureType, failureOrigin, message, internalMessage, level, logSource, streamName, streamNamespace
  case connector, connectorTag, connectorName, connectorCommand
  case workspaceID, workspaceName, connectionID, jobID, attemptNumber

  /// The key in a record's `context`; nil for what does not go there.
  var contextName: String? {
    switch self {
    case .time, .pod, .container, .outputStream, .messageType, .connectorTag, .logSource: nil
    case .failureType: "failure_type"
    case .failureOrigin: "failure_origin"
    case .message: "message"
    case .internalMessage: "internal_message"
    case .level: "level"
    case .streamName: "stream_name"
    case .streamNamespace: "stream_namespace"
    case .connector: "connector"
    case .connectorName: "connector_name"
    case .connectorCommand: "connector_command"
    case .workspaceID: "workspace_id"
    case .workspaceName: "workspace_name"
    case .connectionID: "connection_id"
    case .jobID: "job_id"
    case .attemptNumber: "attempt_number"
    }
  }

  /// Only Airbyte's own messages have it in this sense.
  var isOfMessage: Bool {
    switch self {
    case .failureType, .failureOrigin, .message, .internalMessage, .level, .streamName, .streamNamespace,
      .connectorCommand:
      true
    default: false
    }
  }

  /// Names within an object, from the likeliest on.
  private var spellings: [String] {
    switch self {
    case .time:
      [
        "@timestamp", "timestamp", "time", "ts", "datetime", "eventTime", "asctime", "date", "emitted_at",
        "timeUnixNano", "observedTimeUnixNano", "timeMillis", "instant.epochSecond", "__REALTIME_TIMESTAMP",
      ]
    case .pod: ["kubernetes.pod_name", "pod_name", "pod", "kubernetes.pod.name"]
    case .container:
      [
        "kubernetes.container_name", "container_name", "kubernetes.container.name", "_SYSTEMD_UNIT",
      ]
    case .outputStream: ["stream"]
    case .messageType: ["type"]
    case .failureType: ["failure_type", "failureType"]
    case .failureOrigin: ["failure_origin", "failureOrigin"]
    case .message: ["externalMessage", "external_message", "message"]
    case .internalMessage: ["internal_message", "internalMessage"]
    case .level: ["level"]
    case .logSource: ["logSource"]
    case .streamName: ["stream_descriptor.name", "streamDescriptor.name"]
    case .streamNamespace: ["stream_descriptor.namespace", "streamDescriptor.namespace"]
    case .connector:
      Self.carried([
        "docker_image", "dockerImage", "connector_image", "connectorImage", "connector_repository",
        "connectorRepository", "docker_repository", "dockerRepository",
      ])
    case .connectorTag:
      Self.carried(["docker_image_tag", "dockerImageTag", "connector_image_tag", "connectorImageTag"])
    case .connectorName:
      Self.carried(["connector_name", "connectorName", "actor_name", "actorName"])
    case .connectorCommand: Self.carried(["connector_command", "connectorCommand"])
    case .workspaceID: Self.carried(["workspace_id", "workspaceId"])
    case .workspaceName: Self.carried(["workspace_name", "workspaceName"])
    case .connectionID: Self.carried(["connection_id", "connectionId"])
    case .jobID: Self.carried(["job_id", "jobId"])
    case .attemptNumber: Self.carried(["attempt_number", "attemptNumber"])
    }
  }

  /// The same names also where loggers put what is true of a whole thread.
  private static func carried(_ names: [String]) -> [String] {
    ["", "metadata.", "mdc.", "contextMap.", "labels."].flatMap { outer in names.map { outer + $0 } }
  }

  /// Every spelling by the key of its bytes: one look-up a field.
  static let names: [UInt64: (fact: MessageFact, rank: Int)] = {
    var names: [UInt64: (fact: MessageFact, rank: Int)] = [:]
    for fact in allCases {
      for (rank, name) in fact.spellings.enumerated() where names[key(name)] == nil {
        names[key(name)] = (fact, rank)
      }
    }
    return names
  }()

  private static func key(_ name: String) -> UInt64 {
    var key = KeyHash()
    key.combine(name)
    return key.value
  }
}

extension [ContextField] {
  /// Takes over the fields that are not there yet, in the order of the schema.
  mutating func formUnion(_ outer: [ContextField]) {
    guard !isEmpty, !outer.isEmpty else {
      if isEmpty { self = outer }
      return
    }
    let names = MessageFact.allCases.compactMap(\.contextName)
    self += outer.filter { field in !contains { $0.name == field.name } }
    sort { (names.firstIndex(of: $0.name) ?? 0) < (names.firstIndex(of: $1.name) ?? 0) }
  }
}
