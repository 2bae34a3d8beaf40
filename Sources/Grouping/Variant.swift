internal import Enhancements

/// One way to group an event, with its hash.
public struct GroupingVariant: Sendable {
  /// `app`, `system`, `default`, `fallback`, `checksum`, `hashed_checksum`, or that of a fingerprint.
  public var name: String
  public var contributes: Bool
  /// Why it does not contribute.
  public var hint: String?
  /// 32 hexadecimal digits in lower case; nil unless it contributes.
  public var hash: String?
  /// The values that were hashed, in order; their concatenation's MD5 is `hash`.
  public var leaves: [String]
  /// The tree that the values come from; nil where there is none.
  public var component: GroupingComponent?

  init(
    name: String, contributes: Bool = true, hint: String? = nil, leaves: [String] = [],
    component: GroupingComponent? = nil
  ) {
    self.name = name
    self.contributes = contributes
    self.hint = hint
    self.leaves = leaves
    self.component = component
    hash = contributes ? TraceHash.hash(leaves) : nil
  }

  /// The same, ignored.
  func ignored(_ hint: String) -> GroupingVariant {
    var node = component
    node?.ignore(hint)
    return GroupingVariant(name: name, contributes: false, hint: hint, component: node)
  }
}

/// From strategies to variants (grouping.md, S8).
enum Variants {
  /// `app`, `system` and `default`, as far as some strategy has them; those that do not contribute included.
  static func components(
    _ event: SentryEvent, context: ComponentContext, scratch: inout GroupingScratch
  ) -> [GroupingComponent] {
    var children: [GroupingComponent.Kind: [GroupingComponent]] = [:]
    var precedence: String?
    for strategy in Strategy.allCases {
      var found = strategy.components(event, context: context, scratch: &scratch)
      let contributing = found.contributing
      for kind in [GroupingComponent.Kind.app, .system, .standard] {
        guard var node = found[kind] else { continue }
        if let precedence, node.contributes { node.ignore(precedence) }
        found[kind] = node
        children[kind, default: []].append(node)
      }
      if precedence == nil, !contributing.isEmpty { precedence = strategy.precedenceHint(contributing) }
    }
    return [GroupingComponent.Kind.app, .system, .standard].compactMap { kind -> GroupingComponent? in
      guard let nodes = children[kind] else { return nil }
      var root = GroupingComponent(kind, children: nodes)
      if !root.contributes { root.hint = precedence }
      return root
    }
  }
}
