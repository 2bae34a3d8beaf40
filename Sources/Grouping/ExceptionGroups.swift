/// Reduces a tree of exceptions to those that tell it apart (grouping.md, S6.3).
enum ExceptionGroups {
  /// The indices of the exceptions that are grouped by, in order; nil where nothing is to be filtered.
  /// - Complexity: O(n log n) in the exceptions, and the comparison of neighbours.
  static func filter(_ exceptions: [EventException], _ components: [ExceptionComponents]) -> [Int]? {
    filter(exceptions) { isSame(components[$0], components[$1]) }
  }

  /// The same with any way to tell whether two exceptions have equal components.
  static func filter(_ exceptions: [EventException], isSame: (Int, Int) -> Bool) -> [Int]? {
    guard exceptions.count >= 2, let tree = Tree(exceptions) else { return nil }
    guard let top = tree.topLevel(), !top.isEmpty else { return nil }
    let names = Dictionary(
      uniqueKeysWithValues: Set(top).map { ($0, Array((exceptions[$0].type ?? "None").utf8)) })
    // Descending by type; equal ones keep their order.
    let sorted = top.enumerated().sorted { one, other in
      let mine = names[one.element] ?? []
      let theirs = names[other.element] ?? []
      return mine == theirs ? one.offset < other.offset : theirs.lexicographicallyPrecedes(mine)
    }.map(\.element)
    var distinct: [Int] = []
    for index in sorted {
      if let last = distinct.last, isSame(index, last) { continue }
      distinct.append(index)
    }
    return distinct.count == 1 ? tree.firstChildPath(from: distinct[0]) : distinct + [tree.root]
  }

  private static func isSame(_ one: ExceptionComponents, _ other: ExceptionComponents) -> Bool {
    guard one.app.isSame(as: other.app) else { return false }
    switch (one.system, other.system) {
    case (nil, nil): return true
    case (let mine?, let theirs?): return mine.isSame(as: theirs)
    default: return false
    }
  }

  /// The exceptions by their ids.
  private struct Tree {
    private let exceptions: [EventException]
    private var children: [Int: [Int]] = [:]
    let root: Int

    /// nil unless every exception has an id of its own that is not its parent's, and one has id 0.
    init?(_ exceptions: [EventException]) {
      self.exceptions = exceptions
      var places: [Int: Int] = [:]
      for index in exceptions.indices.reversed() {
        let mechanism = exceptions[index].mechanism
        guard let id = mechanism?.exceptionID, id != mechanism?.parentID, places[id] == nil else {
          return nil
        }
        places[id] = index
        if let parent = mechanism?.parentID { children[parent, default: []].append(index) }
      }
      guard let root = places[0] else { return nil }
      self.root = root
    }

    private func children(of index: Int) -> [Int] {
      exceptions[index].mechanism?.exceptionID.flatMap { children[$0] } ?? []
    }

    /// What remains when each group gives way to its members; nil where groups contain each other.
    func topLevel() -> [Int]? {
      var result: [Int] = []
      var pending = [root]
      var visited: Set<Int> = []
      while let index = pending.popLast() {
        guard visited.insert(index).inserted else { return nil }
        if exceptions[index].mechanism?.isExceptionGroup == true {
          pending += children(of: index).reversed()
        } else {
          result.append(index)
        }
      }
      return result
    }

    /// `start`, its first child, that one's first child and so on.
    func firstChildPath(from start: Int) -> [Int] {
      var path = [start]
      var visited: Set<Int> = [start]
      while let next = children(of: path[path.count - 1]).first, visited.insert(next).inserted {
        path.append(next)
      }
      return path
    }
  }
}
