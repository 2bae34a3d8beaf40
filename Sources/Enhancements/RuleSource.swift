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
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return (1, 1) }
    let run = runs[low - 1]
    return (run.line, run.column + offset - run.offset)
  }
}
