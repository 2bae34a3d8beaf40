internal import LogInput
internal import TraceBytes
internal import TraceModel

extension InputFormat {
  /// Whether a line that is not of the format is passed over.
  var skipsOthers: Bool { self == .cri || self == .docker || self == .journald }

  /// Whether an object on a line of the input is one that the format reads.
  func mayHold(_ object: JSONLine, depth: Int) -> Bool {
    guard depth == 0 else { return true }
    switch self {
    case .docker: return object.has("log")
    case .journald: return object.has("MESSAGE") || object.has("MESSAGE[]")
    case .airbyte: return object.isAirbyteText
    case .auto, .text, .json, .cri: return true
    }
  }
}

extension JSONLine {
  fileprivate func has(_ path: String) -> Bool {
    fields.contains { bytes($0.path).elementsEqual(path.utf8) }
  }

  /// No message of the protocol that carries data; what is no message at all may be anything.
  fileprivate var isAirbyteText: Bool {
    let messages = [
      "RECORD", "STATE", "SPEC", "CONNECTION_STATUS", "CATALOG", "CONTROL", "DESTINATION_CATALOG",
    ]
    let type = fields.first { bytes($0.path).elementsEqual("type".utf8) }
    return type.map { field in !messages.contains { bytes(field.value).elementsEqual($0.utf8) } } ?? true
  }
}
