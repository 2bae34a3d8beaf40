internal import TraceBytes
internal import TraceModel

/// The order and the numbers that Sentry's Python SDK gives to an exception, what it was raised from, and the members
/// of a group.
struct PythonExceptionTree {
  private let exceptions: [ExceptionRecord]
  /// The exception that was raised from, or while handling, this one.
  private var successor: [Int?]
  private var members: [[Int]]

  init(_ exceptions: [ExceptionRecord]) {
    self.exceptions = exceptions
    successor = Array(repeating: nil, count: exceptions.count)
    members = Array(repeating: [], count: exceptions.count)
    for (index, exception) in exceptions.enumerated().dropFirst() {
      let parent = exception.parent ?? index - 1
      guard exceptions.indices.contains(parent), parent != index else { continue }
      if exception.relation == .member {
        members[parent].append(index)
      } else {
        successor[parent] = successor[parent] ?? index
      }
    }
  }

  /// The last exception of the chain that begins with the printed block `first`.
  private func top(of first: Int) -> Int {
    var top = first
    var visited: Set<Int> = [top]
    while let next = successor[top], visited.insert(next).inserted { top = next }
    return top
  }

  /// What `index` was raised from.
  private func source(of index: Int) -> Int? {
    let exception = exceptions[index]
    guard index > 0, exception.relation != .member else { return nil }
    let parent = exception.parent ?? index - 1
    return exceptions.indices.contains(parent) && parent != index ? parent : nil
  }

  private func isGroup(_ index: Int) -> Bool {
    let name = exceptions[index].type.map { ExceptionName(java: $0).type ?? "" }
    return !members[index].isEmpty || name == "ExceptionGroup" || name == "BaseExceptionGroup"
  }

  /// Oldest first. Only a reported group numbers its exceptions and brings its members.
  func nodes() -> [ExceptionNode] {
    guard !exceptions.isEmpty else { return [] }
    let reported = top(of: 0)
    return (isGroup(reported) ? tree(from: reported) : chain(to: reported)).reversed()
  }

  private func chain(to reported: Int) -> [ExceptionNode] {
    var nodes: [ExceptionNode] = []
    var next: Int? = reported
    var visited: Set<Int> = []
    while let index = next, visited.insert(index).inserted {
      let mechanism = EventMechanism(type: "generic", isExceptionGroup: isGroup(index) ? true : nil)
      nodes.append(ExceptionNode(index: index, mechanism: mechanism))
      next = source(of: index)
    }
    return nodes
  }

  /// Depth first: the exception, the subtree that it was raised from, its members. What it was raised from always
  /// names the root as its parent.
  private func tree(from reported: Int) -> [ExceptionNode] {
    var nodes: [ExceptionNode] = []
    var visited: Set<Int> = []
    var pending: [(index: Int, parent: Int?)] = [(reported, nil)]
    while let next = pending.popLast() {
      guard visited.insert(next.index).inserted else { continue }
      let id = nodes.count
      let mechanism = EventMechanism(
        type: id == 0 ? "generic" : "chained", exceptionID: id, parentID: next.parent,
        isExceptionGroup: isGroup(next.index) ? true : nil)
      nodes.append(ExceptionNode(index: next.index, mechanism: mechanism))
      pending += members[next.index].reversed().map { (top(of: $0), id) }
      if let source = source(of: next.index) { pending.append((source, 0)) }
    }
    return nodes
  }

  /// A group's value without the ` (2 sub-exceptions)` that printing adds to its message.
  static func withoutMemberCount(_ value: String) -> String {
    var bytes = Array(value.utf8)
    for word in [" sub-exceptions)", " sub-exception)"] {
      guard let end = lastRange(of: Array(word.utf8), in: bytes) else { continue }
      let digits = bytes[..<end.lowerBound].reversed().prefix { (0x30...0x39).contains($0) }.count
      let start = end.lowerBound - digits - 2
      guard digits > 0, start >= 0, bytes[start] == 0x20, bytes[start + 1] == UInt8(ascii: "(") else {
        continue
      }
      bytes.removeSubrange(start..<end.upperBound)
      return String(decoding: bytes, as: UTF8.self)
    }
    return value
  }

  /// Where a value of one line ends without that; nil for one of several lines.
  /// - Complexity: O(`value.count`), no allocation.
  static func endWithoutMemberCount(_ text: Span<UInt8>, _ value: Range<Int>) -> Int? {
    guard text.firstOffset(of: 0x0A, in: value) == nil else { return nil }
    for word: StaticString in [" sub-exceptions)", " sub-exception)"] where text.ends(value, with: word) {
      var start = value.upperBound - word.utf8CodeUnitCount
      let digits = start
      while start > value.lowerBound, 0x30...0x39 ~= text[start - 1] { start -= 1 }
      let isCount = start < digits && start - 2 >= value.lowerBound
      return isCount && text[start - 2] == 0x20 && text[start - 1] == UInt8(ascii: "(")
        ? start - 2 : value.upperBound
    }
    return value.upperBound
  }

  /// The last place of `part` at the end of a line.
  private static func lastRange(of part: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    guard bytes.count >= part.count else { return nil }
    for start in stride(from: bytes.count - part.count, through: 0, by: -1)
    where bytes[start...].starts(with: part) {
      let end = start + part.count
      return end == bytes.count || bytes[end] == 0x0A ? start..<end : nil
    }
    return nil
  }
}
