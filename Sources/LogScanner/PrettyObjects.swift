internal import TraceBytes
internal import TraceParsers

/// An object that is written over several lines, indented, and holds an exception as data. Traces that are
/// text stand on one line in it, too, and need none of this.
extension TraceScanner {
  /// Records of the object around the anchor's line; nil when the line is no name of such data.
  mutating func prettyObject(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let first = IndentedLine(text, line), first.isName(text, endingAt: scope.anchor),
      let open = opening(text, first, scope)
    else { return nil }
    let cap = line.start + limits.regionBytes
    var at = line.next
    var last = line
    while at < min(scope.end, cap) {
      guard let next = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else { break }
      if let found = IndentedLine(text, next), found.indent <= open.indent {
        guard text[found.first] == UInt8(ascii: "}") else { return nil }
        // A line that opens the next element of a list, too, belongs to that one.
        if text[found.last] != UInt8(ascii: "{") { last = next }
        return prettyObject(text, open, LineSpan(from: open.line, to: last), close: found.first, scope)
      }
      last = next
      at = next.next
    }
    return scope.isFinal || at >= cap ? nil : .parsed(.needsMore(from: open.line.start))
  }

  private mutating func prettyObject(
    _ text: Span<UInt8>, _ open: IndentedLine, _ lines: LineSpan, close: Int, _ scope: ScanScope
  ) -> Resolution? {
    guard let object = json.read(text, lines.start..<close + 1, from: open.last, mayBeBroken: false) else {
      return nil
    }
    guard case .records(let records) = self.records(of: object, text, lines, scope) else {
      // Each of its names would have it read again.
      return object.candidates().contains(where: \.isAnchored) ? nil : .parsed(.none(resume: lines.next))
    }
    return .records(records)
  }

  /// The line that opens the object to read: the one around the data that is no member of another, or an
  /// element of a list of events.
  private func opening(_ text: Span<UInt8>, _ line: IndentedLine, _ scope: ScanScope) -> IndentedLine? {
    var found: IndentedLine?
    var inner = line
    while let outer = parent(text, inner, scope) {
      switch text[outer.last] {
      case UInt8(ascii: "{"):
        found = outer
        inner = outer
        guard outer.first == outer.last else { continue }
        guard let list = parent(text, outer, scope), list.isListOfExceptions(text) else { return found }
        inner = list
      case UInt8(ascii: "["): inner = outer
      default: return found
      }
    }
    return found
  }

  /// The nearest line above that is indented less.
  private func parent(_ text: Span<UInt8>, _ line: IndentedLine, _ scope: ScanScope) -> IndentedLine? {
    var start = line.line.start
    let floor = max(scope.floor, scope.anchor - limits.messageBytes)
    while start > floor {
      guard
        let above = text.lastOffset(of: 0x0A, in: floor..<start - 1).map({ $0 + 1 }) ?? firstLine(text, floor)
      else {
        return nil
      }
      start = above
      guard let span = LineSpan(text, from: above, end: scope.end, isFinal: true),
        let found = IndentedLine(text, span)
      else { continue }
      if found.indent < line.indent { return found }
    }
    if start <= scope.floor { parser.floorMark.isMet = true }
    return nil
  }

  /// The floor, where a line starts there: the line end before it is the region's above.
  private func firstLine(_ text: Span<UInt8>, _ floor: Int) -> Int? {
    floor == 0 || text[floor - 1] == 0x0A ? floor : nil
  }
}

/// A line that is not blank, and where it begins and ends.
private struct IndentedLine {
  let line: LineSpan
  /// Its first and its last byte that are no blanks.
  let first: Int
  let last: Int

  var indent: Int { first - line.start }

  init?(_ text: Span<UInt8>, _ line: LineSpan) {
    var first = line.start
    var end = line.end
    while first < end, isBlank(text[first]) { first += 1 }
    while end > first, isBlank(text[end - 1]) { end -= 1 }
    guard first < end else { return nil }
    self.line = line
    self.first = first
    last = end - 1
  }

  /// Whether the line is a name between quotes, of which the gate's word at `anchor` is the end.
  func isName(_ text: Span<UInt8>, endingAt anchor: Int) -> Bool {
    guard indent > 0, text[first] == UInt8(ascii: "\""),
      let quote = text.firstOffset(of: UInt8(ascii: "\""), in: first + 1..<line.end), quote >= anchor,
      anchor > first
    else { return false }
    var at = quote + 1
    while at < line.end, isBlank(text[at]) { at += 1 }
    guard at < line.end, text[at] == UInt8(ascii: ":") else { return false }
    // A number is no stack, and each of many would have the object read again.
    at += 1
    while at < line.end, isBlank(text[at]) { at += 1 }
    return at == line.end || !isDigit(text[at]) || text.has("efId", at: anchor, before: line.end)
  }

  /// Whether the line opens a list whose elements are exceptions of one trace.
  func isListOfExceptions(_ text: Span<UInt8>) -> Bool {
    let names: [StaticString] = [
      "\"exception\"", "\"exceptions\"", "\"error_detail\"", "\"stacks\"", "\"suppressed\"",
      "\"suppressedExceptions\"", "\"values\"", "\"errors\"", "\"trace_chain\"", "\"cause\"", "\"causes\"",
    ]
    return text[last] == UInt8(ascii: "[") && names.contains { text.has($0, at: first, before: line.end) }
  }
}
