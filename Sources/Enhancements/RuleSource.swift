/// A text of project rules, and what to call it in messages.
public struct RuleSource: Sendable, Hashable {
  /// Shown in messages and by `explain`: normally the file's path.
  public var name: String
  public var text: String
  /// Where the text stands, if it was taken out of another file; nil: it is the file.
  public var origin: RuleTextOrigin?

  public init(name: String, text: String, origin: RuleTextOrigin? = nil) {
    self.name = name
    self.text = text
    self.origin = origin
  }

  /// The place of a byte of `text` in the file: 1-based line, and 1-based column in UTF-8 bytes.
  /// - Complexity: O(`offset`).
  public func place(of offset: Int) -> (line: Int, column: Int) {
    if let origin { return origin.place(of: offset) }
    let before = text.utf8.prefix(offset)
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return (line, before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1)
  }
}

/// Finds the places of many offsets of one source.
struct PlaceFinder {
  private let origin: RuleTextOrigin?
  private let lineStarts: [Int]

  init(_ source: RuleSource) {
    origin = source.origin
    var starts = [0]
    if origin == nil {
      for (offset, byte) in source.text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      }
    }
    lineStarts = starts
  }

  /// - Complexity: O(log lines).
  func place(of offset: Int) -> (line: Int, column: Int) {
    if let origin { return origin.place(of: offset) }
    let line = lineStarts.firstSortedIndex { $0 > offset }
    return (line, offset - lineStarts[line - 1] + 1)
  }
}

extension Array {
  /// The first index whose element is `isBehind`, if all that are not stand before all that are.
  func firstSortedIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Maps the bytes of an extracted text back to the file that it stood in.
public struct RuleTextOrigin: Sendable, Hashable {
  /// A run of bytes that stand in the file as they stand in the text; longer escapes start runs of their own.
  struct Run: Sendable, Hashable {
    var offset: Int  // first byte in the text
    var line: Int  // its place in the file
    var column: Int
  }
  /// Ascending; the first is at 0.
  var runs: [Run] = []

  func place(of offset: Int) -> (line: Int, column: Int) {
    let low = runs.firstSortedIndex { $0.offset > offset }
    guard low > 0 else { return (1, 1) }
    let run = runs[low - 1]
    return (run.line, run.column + offset - run.offset)
  }
}
