/// A node of the tree whose leaf values are hashed (grouping.md, S2).
///
/// A node that does not contribute hides everything below it.
public struct GroupingComponent: Sendable {
  /// What a node stands for. The names are Sentry's and never reach a hash.
  public enum Kind: String, Sendable {
    case app, system
    case standard = "default"
    case exception
    case chainedException = "chained_exception"
    case stacktrace, frame, module, filename, function
    case contextLine = "context_line"
    case type
    case nsError = "ns_error"
    case value, threads, template, message
    case fingerprint
  }

  public var kind: Kind
  /// Whether the values below count.
  public var contributes: Bool
  /// Why it does not contribute, or what was done to its value; for people, never hashed.
  public var hint: String?
  /// A leaf's value; nil for an inner node.
  public internal(set) var value: String?
  public internal(set) var children: [GroupingComponent]
  /// Whether this is a frame that is in-app; nil for all other nodes.
  public internal(set) var inApp: Bool?
  /// The exception that this node is of, by its index in the event; nil for all other nodes.
  public internal(set) var exceptionIndex: Int?

  /// A leaf; it contributes.
  init(_ kind: Kind, value: String, hint: String? = nil) {
    self.kind = kind
    self.value = value
    self.hint = hint
    contributes = true
    children = []
  }

  /// An inner node; it contributes if one of its children does.
  init(_ kind: Kind, children: [GroupingComponent]) {
    self.kind = kind
    self.children = children
    contributes = children.contains { $0.contributes }
  }

  mutating func ignore(_ hint: String?) {
    contributes = false
    self.hint = hint
  }

  /// Gives a leaf another value, which also makes it contribute again.
  mutating func replaceValue(_ value: String, hint: String?) {
    self.value = value
    contributes = true
    self.hint = hint
  }

  /// Appends the values that count, depth first, left to right.
  /// - Complexity: O(the nodes below and the text appended).
  public func appendLeaves(to leaves: inout [String]) {
    guard contributes else { return }
    if let value { leaves.append(value) }
    // By index: an element that is only looked at is not copied.
    for index in children.indices { children[index].appendLeaves(to: &leaves) }
  }

  /// The same as bytes, one behind the other.
  func appendLeaves(to bytes: inout [UInt8]) {
    guard contributes else { return }
    if let value { bytes += value.utf8 }
    for index in children.indices { children[index].appendLeaves(to: &bytes) }
  }

  /// The values that are hashed, in order: the hash is the MD5 of their concatenation.
  public var leaves: [String] {
    var leaves: [String] = []
    appendLeaves(to: &leaves)
    return leaves
  }

  /// Whether some contributing node below (or this one) is of `kind`, which is none of those that stacks are made of.
  func containsContributing(_ wanted: Kind) -> Bool {
    guard contributes else { return false }
    if kind == wanted { return true }
    return kind != .stacktrace && children.indices.contains { children[$0].containsContributing(wanted) }
  }

  /// Equal in everything, hints and values that do not count included: how Sentry tells whether two exceptions
  /// of a group are the same.
  func isSame(as other: GroupingComponent) -> Bool {
    kind == other.kind && contributes == other.contributes && hint.isSame(as: other.hint)
      && value.isSame(as: other.value)
      && children.elementsEqual(other.children) { $0.isSame(as: $1) }
  }
}
