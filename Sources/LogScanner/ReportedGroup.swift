internal import LogInput
internal import TraceBytes
internal import TraceModel

/// How the exceptions of a Sentry event with a group belong together, which their mechanisms say
/// (develop.sentry.dev, exception interface: `exception_id`, `parent_id` and `source`).
struct ReportedGroup {
  /// An exception's place in the chain, and what it is to its parent.
  private struct Link {
    var id: Int
    var parent: Int?
    var source: String
  }

  private var links: [Link] = []

  /// Nil unless every exception has a number, the first one no parent, and each other one a parent before it.
  /// - Parameter objects: the exceptions, the outermost first.
  init?(_ tree: ObjectTree, _ objects: [Int]) {
    for object in objects {
      guard let mechanism = tree.objects(["mechanism"], in: object).first,
        let id = tree.number(["exception_id"], of: mechanism), !links.contains(where: { $0.id == id })
      else { return nil }
      var parent = tree.number(["parent_id"], of: mechanism)
      guard links.isEmpty ? parent == nil : links.contains(where: { $0.id == parent }) else { return nil }
      let source = tree.text(["source"], of: mechanism).map { String(decoding: $0, as: UTF8.self) } ?? ""
      // Of what a group's member was raised from, sentry-sdk 2.75 for Python gives the group as parent.
      if !Self.isMember(source) { parent = links.last?.id }
      links.append(Link(id: id, parent: parent, source: source))
    }
  }

  /// What an exception was raised from.
  func origin(of index: Int) -> (index: Int, relation: Relation)? {
    children(of: index).first { !isMember($0) }.map {
      ($0, links[$0].source == "__context__" ? .context : .cause)
    }
  }

  func members(of index: Int) -> [Int] { children(of: index).filter(isMember) }

  private func children(of index: Int) -> [Int] {
    links.indices.filter { links[$0].parent == links[index].id }
  }

  private func isMember(_ index: Int) -> Bool { Self.isMember(links[index].source) }

  private static func isMember(_ source: String) -> Bool { source.hasPrefix("exceptions[") }
}
