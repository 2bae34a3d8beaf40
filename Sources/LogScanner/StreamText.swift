internal import TraceBytes

/// The lines of one stream, taken out of what is around them, with the way back to the text they came from.
struct StreamText {
  /// One line of the stream.
  struct Line {
    /// First byte in `bytes`.
    var start: Int
    /// The bytes of the text below that carry the line: from the first piece's line start to the last
    /// piece's line end.
    var source: Range<Int>
    /// Window offset of the first physical line that carries it.
    var physical: Int
  }

  /// The unwrapped text; every line ends with LF.
  private(set) var bytes: [UInt8] = []
  private(set) var lines: [Line] = []
  /// The last line has not got its end yet: its next piece is to come.
  private(set) var isOpen = false

  /// Bytes of its storage.
  var allocatedBytes: Int { bytes.allocatedBytes + lines.allocatedBytes }

  mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    isOpen = false
  }

  /// Adds a line, or a further piece of the line that is still open.
  /// - Parameters:
  ///   - isPartial: the line goes on with the next piece.
  ///   - write: appends the piece's text.
  mutating func add(
    source: Range<Int>, physical: Int, isPartial: Bool = false, write: (inout [UInt8]) -> Void
  ) {
    if isOpen {
      lines[lines.count - 1].source = lines[lines.count - 1].source.lowerBound..<source.upperBound
    } else {
      lines.append(Line(start: bytes.count, source: source, physical: physical))
    }
    write(&bytes)
    isOpen = isPartial
    if !isPartial { bytes.append(0x0A) }
  }

  /// Counts more bytes of the text below to the last line.
  mutating func extend(to end: Int) {
    guard let last = lines.indices.last else { return }
    lines[last].source = lines[last].source.lowerBound..<end
  }

  /// Takes the LF from the end: the text stops in the middle of its last line.
  mutating func dropLastLineEnd() {
    if bytes.last == 0x0A { bytes.removeLast() }
  }

  /// Where the first line starts that is carried by bytes from `offset` on.
  /// - Complexity: O(log lines).
  func start(ofLineAt offset: Int) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].source.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low < lines.count ? lines[low].start : bytes.count
  }

  /// Index of the line that holds byte `offset`.
  func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// The lines that `range` touches.
  func lineRange(_ range: Range<Int>) -> ClosedRange<Int> {
    let first = lineIndex(at: range.lowerBound)
    return first...max(first, lineIndex(at: max(range.lowerBound, range.upperBound - 1)))
  }

  /// The bytes of the text below that carry `range`.
  func source(of range: Range<Int>) -> Range<Int> {
    let touched = lineRange(range)
    return lines[touched.lowerBound].source.lowerBound..<lines[touched.upperBound].source.upperBound
  }

  /// Whether no other stream's line stands among those that carry `range`.
  func isContiguous(_ range: Range<Int>) -> Bool {
    let touched = lineRange(range)
    for index in touched.dropFirst()
    where lines[index].source.lowerBound != lines[index - 1].source.upperBound {
      return false
    }
    return true
  }

  /// The line that carries the source offset; nil when none does.
  func line(carrying source: Int) -> Line? {
    let index = lines.index(behind: source)
    return index < lines.count && lines[index].source.contains(source) ? lines[index] : nil
  }

  /// Offset of the first line at or behind a window offset.
  func floor(physical: Int) -> Int {
    lines.first { $0.physical >= physical }?.start ?? bytes.count
  }
}

extension [StreamText.Line] {
  /// Whether one of them is carried by the byte at an offset of the source.
  func carry(_ source: Int) -> Bool {
    let index = index(behind: source)
    return index < count && self[index].source.contains(source)
  }

  /// Whether one of them carries the first or the last byte of a range.
  func carry(anyEndOf range: Range<Int>) -> Bool {
    carry(range.lowerBound) || carry(range.upperBound - 1)
  }

  /// Index of the first line whose source ends behind an offset.
  /// - Complexity: O(log lines).
  fileprivate func index(behind source: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].source.upperBound <= source { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
