internal import TraceBytes
internal import TraceModel

/// The members of an exception group, each a chain in a box of its own (trace-formats.md, section 3.3).
extension TraceParser {
  /// The members of a group, if the line at `index` opens them.
  mutating func members(_ text: Span<UInt8>, from index: Int, _ margin: Margin, group: Int, depth: Int) -> Int
  {
    guard table.has(index, text), let first = separatorLine(text, table[index]), first.isOpening,
      first.column == margin.column || margin.column < 0, depth < 64
    else {
      if margin.isBox, saysMembers(text, group) { noteOpenGroup(text, index) }
      return index
    }
    let inner = Margin(column: first.column + 2, base: 0)
    var at = index
    var last = trace.exceptions.count
    while table.has(at, text), let line = separatorLine(text, table[at]),
      line.column == inner.column || at == index
    {
      if line.isEnd { return at + 1 }
      last = trace.exceptions.count
      at = line.isRest ? rest(text, at + 1, inner) : member(text, at + 1, inner, group, depth)
    }
    // One line closes all boxes that end with the last member; CPython prints none where that one's chain held a group, whose
    // own line was the last.
    let isClosed = separatorLine(text, table[at - 1])?.isEnd == true || holdsGroup(from: last)
    if !isClosed { noteOpenGroup(text, at) }
    return at
  }

  /// Whether one of the exceptions from a number on is a group with members.
  private func holdsGroup(from number: Int) -> Bool {
    trace.exceptions.dropFirst(number + 1).contains { $0.relation == .member && $0.parent >= number }
  }

  /// A group that stops before the end of its box: at the end of the input it was cut there.
  private mutating func noteOpenGroup(_ text: Span<UInt8>, _ index: Int) {
    guard self.depth == 0, !table.hitLimit else { return }
    let isCut = !table.has(index, text) || !table[index].hasLineEnd && table[index].kind == .blank
    if isCut {
      trace.reasons.insert(.truncatedAtEOF)
    } else if isCutMarker(text, table[index]) {
      trace.reasons.insert(.truncatedByMarker)
    } else if trace.reasons.isEmpty {
      trace.reasons.insert(.badChain)
    }
  }

  /// `(2 sub-exceptions)` at the end of a group's message.
  private func saysMembers(_ text: Span<UInt8>, _ group: Int) -> Bool {
    guard let value = trace.exceptions[group].value else { return false }
    return text.ends(value.range, with: " sub-exceptions)") || text.ends(value.range, with: " sub-exception)")
  }

  mutating func member(
    _ text: Span<UInt8>, _ index: Int, _ margin: Margin, _ group: Int, _ depth: Int
  ) -> Int {
    if let line = content(text, index, margin),
      text.has("... (max_group_depth is ", at: line.content, before: line.end)
    {
      return index + 1
    }
    let end = chain(text, from: index, margin, relation: .member, parent: group, depth: depth + 1) ?? index
    if end == index, !table.hitLimit { trace.reasons.insert(.badChain) }
    return end
  }

  /// `| and 3 more exceptions`, behind fifteen members.
  private mutating func rest(_ text: Span<UInt8>, _ index: Int, _ margin: Margin) -> Int {
    var at = index
    while table.has(at, text), content(text, at, margin) != nil { at += 1 }
    return at
  }

  struct SeparatorLine {
    var column: Int
    /// `+-+---`: the first member of a group.
    var isOpening: Bool
    /// Dashes alone: the box ends here.
    var isEnd: Bool
    /// `...` instead of a number.
    var isRest: Bool
  }

  /// `+-+---------------- 1 ----------------`, `+---------------- 2 ----------------` or the end of a box.
  func separatorLine(_ text: Span<UInt8>, _ line: TextLine) -> SeparatorLine? {
    guard line.kind == .margin, text[line.content] == UInt8(ascii: "+"), line.end - line.content >= 20 else {
      return nil
    }
    let isOpening = text.has("+-+-", at: line.content, before: line.end)
    var at = line.content + (isOpening ? 3 : 1)
    let dashes = at
    while at < line.end, text[at] == UInt8(ascii: "-") { at += 1 }
    guard at - dashes >= 8 else { return nil }
    let isRest = text.has(" ... -", at: at, before: line.end)
    // A report's tag, a quote or a fence may follow the last line.
    let isEnd = at == line.end || at - dashes >= 34 && !isBlank(text[at]) && !isWord(text[at])
    guard isEnd || isRest || at + 1 < line.end && text[at] == 0x20 && isDigit(text[at + 1]) else {
      return nil
    }
    return SeparatorLine(column: line.indent, isOpening: isOpening, isEnd: isEnd, isRest: isRest)
  }
}
