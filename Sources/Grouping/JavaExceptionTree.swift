internal import TraceModel

/// The order and the numbers that Sentry's Java SDK gives to an exception, its causes and what it suppressed.
struct JavaExceptionTree {
  private let exceptions: [ExceptionRecord]
  private var causes: [[Int]]
  private var suppressed: [[Int]]
  /// Wrapping exceptions are printed after what they wrap where the root cause comes first.
  private var wrapper: [Int?]

  init(_ exceptions: [ExceptionRecord]) {
    self.exceptions = exceptions
    causes = Array(repeating: [], count: exceptions.count)
    suppressed = causes
    wrapper = Array(repeating: nil, count: exceptions.count)
    for (index, exception) in exceptions.enumerated().dropFirst() {
      let parent = exception.parent ?? index - 1
      guard exceptions.indices.contains(parent), parent != index else { continue }
      switch exception.relation {
      case .suppressed: suppressed[parent].append(index)
      case .wrappedBy:
        causes[index].append(parent)
        wrapper[parent] = wrapper[parent] ?? index
      default: causes[parent].append(index)
      }
    }
  }

  /// The exception that was reported: the outermost wrapper of the first one printed.
  private var reported: Int? {
    guard var top = exceptions.indices.first else { return nil }
    var visited: Set<Int> = [top]
    while let next = wrapper[top], visited.insert(next).inserted { top = next }
    return top
  }

  /// Depth first from the reported one: what an exception suppressed, each with its own subtree, then its cause. The
  /// list is the reverse of the numbering, so that the reported one comes last.
  func nodes() -> [ExceptionNode] {
    guard let reported else { return [] }
    var nodes: [ExceptionNode] = []
    var visited: Set<Int> = []
    var pending: [(index: Int, cause: Int?, isSuppressed: Bool)] = [(reported, nil, false)]
    while let next = pending.popLast() {
      let record = exceptions[next.index]
      guard !(record.isCircular && record.frames.isEmpty), visited.insert(next.index).inserted else {
        continue
      }
      let id = nodes.count
      // A suppressed exception names the number given just before its own, whatever had it.
      let parent = next.isSuppressed ? id - 1 : next.cause
      let type = next.isSuppressed ? "suppressed" : "chained"
      nodes.append(
        ExceptionNode(
          index: next.index, mechanism: EventMechanism(type: type, exceptionID: id, parentID: parent)))
      pending += causes[next.index].reversed().map { ($0, id, false) }
      pending += suppressed[next.index].reversed().map { ($0, nil, true) }
    }
    return nodes.reversed()
  }
}
