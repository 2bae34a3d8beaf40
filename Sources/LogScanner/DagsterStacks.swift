internal import TraceBytes
internal import TraceParsers

/// Exceptions as Dagster prints them: each with its message, a blank line, `Stack Trace:` and its frames, and below it what it
/// was caused by. They are read as the traceback that Python would have printed.
extension TraceScanner {
  /// Records of the exceptions whose first frame is the anchor; nil where it is none.
  mutating func dagsterStacks(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard DagsterStacks.begin(text, line, scope),
      var stacks = DagsterStacks(text, above: line, scope, parser.floorMark)
    else { return nil }
    while stacks.end - line.start < limits.regionBytes {
      guard let next = LineSpan(text, from: stacks.end, end: scope.end, isFinal: scope.isFinal) else {
        if !scope.isFinal { return .parsed(.needsMore(from: stacks.first.start)) }
        break
      }
      guard stacks.take(text, next) else { break }
    }
    let records = document(stacks.text(text), carriedBy: stacks.lines, depth: scope.depth)
    return records.isEmpty ? nil : .records(records)
  }
}

/// The lines of such exceptions.
private struct DagsterStacks {
  private static let title: StaticString = "Stack Trace:"
  private static let links: [(dagster: StaticString, python: String)] = [
    (
      "The above exception was caused by the following exception:",
      "The above exception was the direct cause of the following exception:"
    ),
    (
      "The above exception occurred during handling of the following exception:",
      "During handling of the above exception, another exception occurred:"
    ),
  ]
  /// A message may have so many lines.
  private static let mostAbove = 64

  /// An exception's own words and its frames.
  private struct Block {
    var message: Range<Int>
    var frames: Range<Int>
    /// What Python says between it and the block above.
    var link: String?
  }

  /// What the last line that was taken belongs to.
  private enum Place {
    case frames
    case behindFrames
    case message
  }

  let first: LineSpan
  private var last: LineSpan
  private var blocks: [Block]
  private var place = Place.frames
  /// The exception that has no frames yet.
  private var next: Block?
  private var readTo: Int

  /// Whether the title stands on the line above a frame.
  static func begin(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool {
    guard text.has("File \"", at: scope.anchor, before: line.end), line.start > scope.floor else {
      return false
    }
    return text.ends(scope.floor..<line.start - 1, with: title)
  }

  /// Nil where no exception stands above.
  init?(_ text: Span<UInt8>, above line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    guard let title = scope.line(above: line.start, text, mark) else { return nil }
    var start = title.start
    for _ in 0..<Self.mostAbove {
      guard let above = scope.line(above: start, text, mark) else { return nil }
      start = above.start
      if Self.isHeader(text, above) {
        (first, last, readTo) = (above, line, line.next)
        blocks = [Block(message: above.start..<title.start, frames: line.start..<line.next)]
        return
      }
    }
    return nil
  }

  private static func isHeader(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    let end = line.range.first { !isWord(text[$0]) && text[$0] != UInt8(ascii: ".") } ?? line.end
    return end > line.start && (end == line.end || text[end] == UInt8(ascii: ":"))
      && ClassName.isCapital(text, line.start, line.end)
  }

  var lines: LineSpan { LineSpan(from: first, to: last) }
  var end: Int { readTo }

  /// Takes the next line in; false where it ends the last exception.
  mutating func take(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    defer { readTo = line.next }
    switch place {
    case .frames where WorkerStack.isOfStack(text, line):
      blocks[blocks.count - 1].frames = blocks[blocks.count - 1].frames.lowerBound..<line.next
      last = line
    case .frames where line.start == line.end: place = .behindFrames
    case .frames: return false
    case .behindFrames:
      guard let link = Self.links.first(where: { text.has($0.dagster, at: line.start, before: line.end) })
      else { return false }
      next = Block(message: line.next..<line.next, frames: 0..<0, link: link.python)
      place = .message
    case .message: return takeMessage(text, line)
    }
    return true
  }

  private mutating func takeMessage(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard var block = next, line.start - block.message.lowerBound < 64 << 10 else { return false }
    guard text.has(Self.title, at: line.start, before: line.end) else { return true }
    block.message = block.message.lowerBound..<line.start
    block.frames = line.next..<line.next
    blocks.append(block)
    (next, place, last) = (nil, .frames, line)
    return true
  }

  /// What Python would have printed: what it was caused by comes first.
  func text(_ text: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    for (index, block) in blocks.enumerated().reversed() {
      output.append(contentsOf: "Traceback (most recent call last):\n".utf8)
      output.append(text, block.frames)
      if output.last != 0x0A { output.append(0x0A) }
      output.append(text, withoutLineEnds(text, block.message))
      output.append(0x0A)
      if index > 0, let link = block.link { output.append(contentsOf: "\n\(link)\n\n".utf8) }
    }
    return output
  }

  private func withoutLineEnds(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
    return range.lowerBound..<end
  }
}
