internal import TraceBytes

/// Where the bytes of a window stood in a source of another encoding: marks now and then, and counting from
/// the nearest one.
struct TranscodedOffsets {
  let encoding: TextEncoding
  /// Window offsets with the source offsets of the characters that start there, both ascending.
  private var marks: [(index: Int, offset: UInt64)]
  private static let spacing = 16 << 10

  init(_ encoding: TextEncoding, origin: UInt64) {
    self.encoding = encoding
    marks = [(0, origin)]
  }

  /// The mark to count from to `index`.
  func mark(before index: Int) -> (index: Int, offset: UInt64) {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].index <= index { low = middle + 1 } else { high = middle }
    }
    return marks[max(0, low - 1)]
  }

  /// Whether the window has grown enough behind the last mark for another one.
  func wantsMark(at index: Int) -> Bool { index - (marks.last?.index ?? 0) >= Self.spacing }

  mutating func add(index: Int, offset: UInt64) { marks.append((index, offset)) }

  /// Follows a window that gave back its first `count` bytes and now starts at `origin`.
  mutating func discard(_ count: Int, origin: UInt64) {
    marks = [(0, origin)] + marks.filter { $0.index > count }.map { ($0.index - count, $0.offset) }
  }
}
