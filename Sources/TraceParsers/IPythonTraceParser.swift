internal import TraceBytes
internal import TraceModel

/// IPython's own layout: type and header on one line, frames as `file in function(signature)` with numbered
/// source lines around an arrow (trace-formats.md, section 3.8).
extension TraceParser {
  /// The region of a header without a colon, or nil when the line is none.
  mutating func ipythonRegion(_ text: Span<UInt8>, _ line: TextLine, _ context: ParseContext) -> ParseOutcome?
  {
    guard ipythonType(text, line) != nil else { return nil }
    let rule = self.line(before: context.anchor, floor: context.floor, text).flatMap {
      isRule(text, $0) ? $0 : nil
    }
    table.reset(at: rule?.start ?? context.anchor, end: context.end, isFinal: context.isFinal)
    let first = rule == nil ? 0 : 1
    guard table.has(first, text) else { return .needsMore(from: context.anchor) }
    begin(.python)
    let next = ipythonChain(text, from: first)
    finish(text, lines: next, context: context)
    guard trace.exceptions.contains(where: { !$0.frames.isEmpty }) else {
      return .failure(
        ParseFailure(
          platform: .python, reason: .noFrames, detail: "IPython's header without a frame behind it",
          region: trace.region, lines: trace.lines))
    }
    return .trace
  }

  /// `ZeroDivisionError     Traceback (most recent call last)`: the type, or nil. Other text may stand before it.
  func ipythonType(_ text: Span<UInt8>, _ line: TextLine) -> ByteRange? {
    let words: StaticString = "Traceback (most recent call last)"
    guard text.ends(line.content..<line.end, with: words), line.indent == 0 else { return nil }
    var end = line.end - words.utf8CodeUnitCount
    while end > line.content, isBlank(text[end - 1]) { end -= 1 }
    var start = end
    while start > line.content, isWord(text[start - 1]) || text[start - 1] == UInt8(ascii: ".") { start -= 1 }
    guard start == line.content || isInner(text, start..<end, headerAt: line.end - words.utf8CodeUnitCount),
      let parsed = PythonException.parse(text, from: start, to: end), Int(parsed.type.end) == end
    else { return nil }
    return parsed.type
  }

  /// Whether a name behind other text is a type's: a capital begins it, and more than one blank stands behind it.
  private func isInner(_ text: Span<UInt8>, _ name: Range<Int>, headerAt header: Int) -> Bool {
    guard isBlank(text[name.lowerBound - 1]), header > name.upperBound + 1 else { return false }
    let dot = text.lastOffset(of: UInt8(ascii: "."), in: name)
    return (0x41...0x5A).contains(text[dot.map { $0 + 1 } ?? name.lowerBound])
  }

  /// A line of dashes, as above a header, or of equals signs, as between tests.
  func isRule(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.end - line.content >= 20, line.indent == 0 else { return false }
    let mark = text[line.content]
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "=") else { return false }
    for at in line.content..<line.end where text[at] != mark { return false }
    return true
  }

  private mutating func ipythonChain(_ text: Span<UInt8>, from first: Int) -> Int {
    var index = first
    var relation: Relation?
    while true {
      let number = trace.exceptions.count
      guard hasRoomForException(at: index) else { return index }
      trace.exceptions.append(
        ParsedException(
          relation: relation, parent: relation == nil ? -1 : number - 1, firstFrame: trace.frames.count))
      index = ipythonFrames(text, from: index + 1, number)
      guard let end = exceptionLine(text, at: index, Margin(), exception: number, isAlone: false) else {
        trace.reasons.insert(.missingExceptionLine)
        return index
      }
      guard let next = ipythonLink(text, from: end, &relation) else { return end }
      index = next
    }
  }

  /// The header behind a chain's sentence, or nil.
  private mutating func ipythonLink(_ text: Span<UInt8>, from index: Int, _ relation: inout Relation?) -> Int?
  {
    guard let at = behindBlanks(text, index, Margin()), let linked = PythonSeparator.parse(text, table[at]),
      let next = behindBlanks(text, at + 1, Margin()), ipythonType(text, table[next]) != nil
    else { return nil }
    relation = linked
    return next
  }

  private mutating func ipythonFrames(_ text: Span<UInt8>, from first: Int, _ exception: Int) -> Int {
    var index = first
    while table.has(index, text) {
      let line = table[index]
      if line.kind == .blank || isLeftOut(text, line) {
        addFolded(text, line, exception)
        index += 1
      } else if let frame = IPythonFrame.parse(text, line) {
        index = ipythonFrame(text, frame, at: index, exception)
      } else {
        return index
      }
    }
    return index
  }

  /// `[... skipping hidden 1 frame]`, `[... skipping similar frames: f at line 1 (988 times)]` or
  /// `... last 1 frames repeated, from the frame below ...`.
  private func isLeftOut(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    text.has("[... skipping ", at: line.content, before: line.end)
      || text.has("... last ", at: line.content, before: line.end)
  }

  /// Counts what `[... skipping similar frames: f at line 1 (988 times)]` folds, where that is one frame.
  private mutating func addFolded(_ text: Span<UInt8>, _ line: TextLine, _ exception: Int) {
    let mark: StaticString = " times)]"
    guard text.has("[... skipping similar frames: ", at: line.content, before: line.end),
      text.ends(line.content..<line.end, with: mark),
      let open = text.lastOffset(of: UInt8(ascii: "("), in: line.content..<line.end),
      text.firstOffset(of: "times)", in: line.content..<open) == nil,
      trace.exceptions[exception].frames.contains(trace.frames.count - 1)
    else { return }
    let digits = open + 1..<line.end - mark.utf8CodeUnitCount
    guard !digits.isEmpty, digits.count < 9, digits.allSatisfy({ isDigit(text[$0]) }) else { return }
    let count = digits.reduce(Int32(0)) { $0 * 10 + Int32(text[$1] - 0x30) }
    trace.addRepeats(count, of: exception)
  }

  /// Takes a frame and the numbered lines under it; the arrow tells the line where the head does not.
  private mutating func ipythonFrame(
    _ text: Span<UInt8>, _ head: IPythonFrame, at index: Int, _ exception: Int
  ) -> Int {
    var frame = ParsedFrame()
    frame.file = head.file
    frame.function = head.function
    frame.line = head.line
    var at = behindSignature(text, index)
    while table.has(at, text), isSource(text, table[at]) {
      if let arrow = IPythonFrame.arrow(text, table[at]) {
        if frame.line == 0 { frame.line = arrow.line }
        if !arrow.source.isEmpty { frame.context = arrow.source }
      }
      at += 1
    }
    trace.append(frame, to: exception)
    return at
  }

  /// A long signature is wrapped over several lines.
  private mutating func behindSignature(_ text: Span<UInt8>, _ index: Int) -> Int {
    let head = table[index]
    guard let open = text.firstOffset(of: UInt8(ascii: "("), in: head.content..<head.end),
      text.firstOffset(of: UInt8(ascii: ")"), in: open..<head.end) == nil
    else { return index + 1 }
    for at in (index + 1)..<(index + 40) {
      guard table.has(at, text), table[at].kind != .blank else { break }
      if text.ends(table[at].content..<table[at].end, with: ")") { return at + 1 }
    }
    return index + 1
  }

  /// Whether a number stands first on the line, and nothing or a blank behind it.
  private func isNumbered(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    var at = line.start
    while at < line.end, isDigit(text[at]) { at += 1 }
    return at > line.start && (at == line.end || text[at] == 0x20)
  }

  /// Numbered source lines, the arrow's line, gaps, and the values that the verbose mode prints.
  private func isSource(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.kind != .blank else { return false }
    return line.indent > 0 || isNumbered(text, line) || IPythonFrame.arrow(text, line) != nil
  }
}

/// A frame's head in IPython's layouts.
struct IPythonFrame: Equatable {
  var file: ByteRange
  var function: ByteRange?
  /// 1-based; 0 where only the arrow tells it.
  var line: Int32 = 0

  /// `Cell In[1], line 3, in f(x)`, `Input In [3], in f()`, `File /x.py:346, in loads(s)`, `/x.py in f(x, y)`.
  static func parse(_ text: Span<UInt8>, _ line: TextLine) -> IPythonFrame? {
    guard line.indent == 0 else { return nil }
    if text.has("Cell In[", at: line.start, before: line.end)
      || text.has("Input In [", at: line.start, before: line.end)
    {
      return cell(text, line.start, line.end)
    }
    if text.has("File ", at: line.start, before: line.end) {
      return path(text, line.start + 5, line.end)
    }
    guard let mark = text.firstOffset(of: " in ", in: line.start..<line.end), mark > line.start,
      text[line.start] == UInt8(ascii: "<") || text[line.start] == UInt8(ascii: "/")
        || text[line.start] == UInt8(ascii: "~")
        || text.firstOffset(of: ".py", in: line.start..<mark) != nil
    else { return nil }
    return IPythonFrame(file: ByteRange(line.start, mark), function: name(text, mark + 4, line.end))
  }

  private static func cell(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> IPythonFrame? {
    guard let close = text.firstOffset(of: UInt8(ascii: "]"), in: start..<end) else { return nil }
    var frame = IPythonFrame(file: ByteRange(start, close + 1))
    frame.readTail(text, close + 1, end)
    return frame
  }

  /// `path:12, in f(x)`, `path:12 in f` or `path in f(x)`.
  static func path(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> IPythonFrame? {
    let mark = text.firstOffset(of: " in ", in: start..<end) ?? end
    var pathEnd = mark
    if pathEnd > start, text[pathEnd - 1] == UInt8(ascii: ",") { pathEnd -= 1 }
    guard let colon = text.lastOffset(of: UInt8(ascii: ":"), in: start..<pathEnd),
      let line = number(text, colon + 1, pathEnd), line.end == pathEnd
    else { return nil }
    var frame = IPythonFrame(file: ByteRange(start, colon), line: line.value)
    if mark < end { frame.function = name(text, mark + 4, end) }
    return frame
  }

  /// `, line 3, in f(x)` with either part missing, and a blank for the second comma in the plain mode.
  mutating func readTail(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    var at = start
    if text.has(", line ", at: at, before: end), let number = Self.number(text, at + 7, end) {
      line = number.value
      at = number.end
    }
    if text.has(", in ", at: at, before: end) { function = Self.name(text, at + 5, end) }
    if text.has(" in ", at: at, before: end) { function = Self.name(text, at + 4, end) }
  }

  /// A function's name without its signature.
  private static func name(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> ByteRange? {
    let open = text.firstOffset(of: UInt8(ascii: "("), in: start..<end) ?? end
    return open > start ? ByteRange(start, open) : nil
  }

  private static func number(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (value: Int32, end: Int)? {
    var at = start
    var value: Int32 = 0
    while at < end, isDigit(text[at]), at - start < 9 {
      value = value &* 10 &+ Int32(text[at] &- 0x30)
      at += 1
    }
    return at > start ? (value, at) : nil
  }

  /// `----> 5 f(0)`: the line's number and its source.
  static func arrow(_ text: Span<UInt8>, _ line: TextLine) -> (line: Int32, source: ByteRange)? {
    var at = line.content
    while at < line.end, text[at] == UInt8(ascii: "-") { at += 1 }
    // The longer the number is, the shorter is the arrow.
    guard text.has("> ", at: at, before: line.end), let number = number(text, at + 2, line.end),
      at > line.content + 1 || number.value >= 1000
    else { return nil }
    var start = number.end
    while start < line.end, isBlank(text[start]) { start += 1 }
    return (number.value, ByteRange(start, line.end))
  }
}
