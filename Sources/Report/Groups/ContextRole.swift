/// What fields of the message around a trace say of its group.
public enum ContextRole: Int, Sendable, CaseIterable {
  case connector
  case workspace
  case stream
  case failureType

  /// The role of a field of `TracePlace.context`; nil for one that groups do not count.
  init?(field name: String) {
    guard let role = Self.roles[name] else { return nil }
    self = role
  }

  /// All names of fields that are counted, and as what.
  private static let roles: [String: ContextRole] = [
    "connector": .connector,
    "connector_image": .connector,
    "connector_name": .connector,
    "connector_repository": .connector,
    "workspace": .workspace,
    "workspace_id": .workspace,
    "stream_name": .stream,
    "failure_type": .failureType,
  ]

  /// The name of the list in a summary.
  var key: String {
    switch self {
    case .connector: "connectors"
    case .workspace: "workspaces"
    case .stream: "streams"
    case .failureType: "failure_types"
    }
  }
}
