internal import LogInput
internal import TraceBytes
internal import TraceModel

/// How the exceptions of a Sentry event belong together, which their mechanisms may say (develop.sentry.dev, exception
/// interface: `exception_id`, `parent_id`, `source` and `type`).
struct ReportedGroup {
  /// An exception's place in the chain, and what it is to its parent.
  private struct Link {
    var isMember: Bool
    var isContext: Bool
    /// How many groups it is inside of.
    var depth = 0
    var children: [Int] = []
  }

  /// Deeper ones are read as a chain.
  private static let deepest = 64

  private var links: [Link] = []

  /// Nil unless every exception has a number, the first one no parent, and each other one a parent before it.
  /// - Parameter objects: the exceptions, the outermost first.
  /// - Complexity: O(exceptions).
  init?(_ tree: ObjectTree, _ objects: [Int]) {
    var places: [Int: Int] = [:]
    for (index, object) in objects.enumerated() {
      guard let mechanism = tree.objects(["mechanism"], in: object).first,
        let id = tree.number(["exception_id"], of: mechanism), places[id] == nil
      else { return nil }
      let source = tree.text(["source"], of: mechanism) ?? []
      let isSuppressed = tree.text(["type"], of: mechanism)?.elementsEqual("suppressed".utf8) == true
      var link = Link(
        isMember: isSuppressed || source.starts(with: "exceptions[".utf8),
        isContext: source.elementsEqual("__context__".utf8))
      if index > 0 {
        guard let named = tree.number(["parent_id"], of: mechanism).flatMap({ places[$0] }) else {
          return nil
        }
        // Of what a group's member was raised from, sentry-sdk 2.75 for Python gives the group as parent.
        let parent = source.starts(with: "__".utf8) ? index - 1 : named
        links[parent].children.append(index)
        link.depth = links[parent].depth + (link.isMember ? 1 : 0)
      }
      guard link.depth <= Self.deepest else { return nil }
      links.append(link)
      places[id] = index
    }
  }

  /// What an exception was raised from.
  func origin(of index: Int) -> (index: Int, relation: Relation)? {
    links[index].children.first { !links[$0].isMember }.map { ($0, links[$0].isContext ? .context : .cause) }
  }

  /// The members of a group, or the suppressed exceptions of one of the JVM.
  func members(of index: Int) -> [Int] { links[index].children.filter { links[$0].isMember } }
}
