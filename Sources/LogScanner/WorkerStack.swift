internal import TraceBytes
internal import TraceParsers

/// A failure as Azure Functions write Python's: `Exception: KeyError: 'amount'`, and below it `Stack:   File "…", line 12, in f`
/// with the other frames. It is read as the traceback that Python would have printed.
extension TraceScanner {
  /// Records of the stack that begins on the anchor's line; nil where none does.
  mutating func workerStack(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard WorkerStack.begins(text, line, scope.anchor),
      var stack = WorkerStack(text, above: line, scope, parser.floorMark)
    else { return nil }
    while stack.end - line.start < limits.regionBytes {
      guard let next = LineSpan(text, from: stack.end, end: scope.end, isFinal: scope.isFinal) else {
        if !scope.isFinal { return .parsed(.needsMore(from: stack.first.start)) }
        break
      }
      guard stack.take(text, next) else { break }
    }
    let records = document(stack.text(text), carriedBy: stack.lines, depth: scope.depth)
    return records.isEmpty ? nil : .records(records)
  }
}

/// The lines of such a failure.
struct WorkerStack {
  static let label: StaticString = "Stack: "
  private static let exception: StaticString = "Exception: "
  /// A message may have so many lines.
  private static let mostAbove = 64

  /// The line of the exception.
  let first: LineSpan
  /// The line of the first frame.
  private let stack: LineSpan
  private var last: LineSpan

  static func begins(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    text.has(label, at: line.start, before: anchor) && text.has("File \"", at: anchor, before: line.end)
      && (line.start + label.utf8CodeUnitCount..<anchor).allSatisfy { text[$0] == 0x20 }
  }

  /// Nil where no exception stands above.
  init?(_ text: Span<UInt8>, above line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    var start = line.start
    for _ in 0..<Self.mostAbove {
      guard let above = scope.line(above: start, text, mark) else { return nil }
      if text.has(Self.exception, at: above.start, before: above.end) {
        (first, stack, last) = (above, line, line)
        return
      }
      start = above.start
    }
    return nil
  }

  var lines: LineSpan { LineSpan(from: first, to: last) }
  var end: Int { last.next }

  /// Whether a line is a frame, or a line of the source below one.
  static func isOfStack(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    text.has("  File \"", at: line.start, before: line.end)
      || text.has("    ", at: line.start, before: line.end)
  }

  /// Takes the next line in if it is one of the stack.
  mutating func take(_ text: Span<UInt8>, _ line: LineSpan) -> Bool {
    guard Self.isOfStack(text, line) else { return false }
    last = line
    return true
  }

  /// What Python would have printed.
  func text(_ text: Span<UInt8>) -> [UInt8] {
    var output = Array("Traceback (most recent call last):\n".utf8)
    output.append(text, stack.start + Self.label.utf8CodeUnitCount..<last.end)
    output.append(0x0A)
    output.append(text, first.start + Self.exception.utf8CodeUnitCount..<stack.start)
    return output
  }
}
