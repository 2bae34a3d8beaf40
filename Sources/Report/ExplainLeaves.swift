package import Grouping

/// One of the texts whose concatenation is hashed, and what it is.
package struct HashedLeaf: Equatable {
  /// The kind of the node that it comes from, or `fingerprint` for an entry of the fingerprint.
  package var kind: String
  package var value: String
}

extension GroupingVariant {
  /// The hashed values with their kinds, in order.
  ///
  /// A hybrid fingerprint puts its own entries before and behind the values of the tree.
  var hashedLeaves: [HashedLeaf] {
    var ofTree: [HashedLeaf] = []
    component?.appendHashed(to: &ofTree)
    var result: [HashedLeaf] = []
    var rest = leaves[...]
    while let value = rest.first {
      if !ofTree.isEmpty, rest.starts(with: ofTree.lazy.map(\.value)) {
        result += ofTree
        rest = rest.dropFirst(ofTree.count)
      } else {
        result.append(HashedLeaf(kind: GroupingComponent.Kind.fingerprint.rawValue, value: value))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// What is hashed: the MD5 of its UTF-8 is `hash`.
  var hashedText: String { leaves.joined() }
}

extension GroupingComponent {
  fileprivate func appendHashed(to leaves: inout [HashedLeaf]) {
    guard contributes else { return }
    if let value { leaves.append(HashedLeaf(kind: kind.rawValue, value: value)) }
    for child in children { child.appendHashed(to: &leaves) }
  }
}

extension GroupingExplanation {
  /// How the fingerprint came about.
  package var fingerprintOrigin: String {
    if let rule { return "fingerprint rule at \(rule.source):\(rule.line)" }
    return event.fingerprint.isEmpty ? "Sentry's own grouping" : "the profile, from the connector"
  }
}
