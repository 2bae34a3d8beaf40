/// Finds which of many byte strings a value starts with, in one walk over the value.
struct ByteTrie: Sendable {
  private struct Node: Sendable {
    var byte: UInt8
    var child: Int32 = -1  // first child
    var sibling: Int32 = -1  // next child of the same parent
    var ids: [Int32] = []  // of the strings that end here
  }
  private var nodes: [Node] = []
  private var roots = [Int32](repeating: -1, count: 256)

  /// Adds `id` under a string of at least one byte.
  mutating func insert(_ string: [UInt8], id: Int32) {
    guard let first = string.first else { return }
    if roots[Int(first)] < 0 { roots[Int(first)] = append(first) }
    var node = roots[Int(first)]
    for byte in string.dropFirst() { node = child(byte, of: node) ?? addChild(byte, to: node) }
    nodes[Int(node)].ids.append(id)
  }

  /// Calls `body` with the id of every string that stands at `start` in `value`.
  /// - Complexity: O(length of the longest such string × children of a node).
  @inline(__always)
  func forEachPrefix(of value: [UInt8], from start: Int, _ body: (Int32) -> Void) {
    guard start < value.count else { return }
    var node = roots[Int(value[start])]
    var next = start + 1
    while node >= 0 {
      for id in nodes[Int(node)].ids { body(id) }
      guard next < value.count else { return }
      node = child(value[next], of: node) ?? -1
      next += 1
    }
  }

  private func child(_ byte: UInt8, of parent: Int32) -> Int32? {
    var node = nodes[Int(parent)].child
    while node >= 0 {
      if nodes[Int(node)].byte == byte { return node }
      node = nodes[Int(node)].sibling
    }
    return nil
  }

  private mutating func addChild(_ byte: UInt8, to parent: Int32) -> Int32 {
    let node = append(byte)
    nodes[Int(node)].sibling = nodes[Int(parent)].child
    nodes[Int(parent)].child = node
    return node
  }

  private mutating func append(_ byte: UInt8) -> Int32 {
    nodes.append(Node(byte: byte))
    return Int32(nodes.count - 1)
  }
}
