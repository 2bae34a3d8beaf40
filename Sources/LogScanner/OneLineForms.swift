internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// A whole trace on one line, its line ends written as something else.
extension TraceScanner {
  /// Records of the line in one of the known forms; nil when it is none.
  /// - Parameter hasSecond: another anchor stands behind the first one on the line.
  mutating func oneLine(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, hasSecond: Bool
  ) -> Resolution? {
    if text.has("%0A", at: scope.anchor, before: line.end)
      || text.has("%0a", at: scope.anchor, before: line.end)
      || text.has("=0A=", at: scope.anchor, before: line.end)
    {
      return .records([encodedPayload(text, line)])
    }
    guard let form = OneLineForm(text, line.range, anchor: scope.anchor, hasSecond: hasSecond) else {
      return wrappedString(text, line, scope) ?? singleFrame(text, line, scope)
    }
    let found = records(of: form, text, line, scope)
    if !found.isEmpty { return .records(found + records(behind: form, text, line, scope)) }
    if let resolution = wrappedString(text, line, scope) { return resolution }
    // What stood before two frames was no separator.
    guard case .separator = form.kind,
      let blanks = OneLineForm(blanksOf: text, line.range)
    else {
      return nil
    }
    return resolution(records(of: blanks, text, line, scope))
  }

  private mutating func wrappedString(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope)
    -> Resolution?
  {
    guard let form = OneLineForm(stringOf: text, line.range, anchor: scope.anchor) else { return nil }
    let found = records(of: form, text, line, scope)
    // Frames alone may stand in the strings of a program's source.
    return found.allSatisfy(\.hasHeader) ? resolution(found) : nil
  }

  /// Records of the texts that stand on the line behind one that ended.
  private mutating func records(
    behind first: OneLineForm, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> [UnwrappedRecord] {
    var form = first
    var found: [UnwrappedRecord] = []
    for _ in 0..<Self.mostTexts {
      let start = form.range.upperBound + 1
      guard form.isClosed(in: line.range), start < line.end else { break }
      let anchor = Gate.next(text.extracting(0..<line.end), from: start)
      guard anchor < line.end else { break }
      let hasSecond = Gate.second(text, from: anchor, to: line.end) < line.end
      guard let next = OneLineForm(text, start..<line.end, anchor: anchor, hasSecond: hasSecond) else {
        break
      }
      found += records(of: next, text, line, scope)
      form = next
    }
    return found
  }

  /// So many are read of one line.
  private static let mostTexts = 64

  private func resolution(_ records: [UnwrappedRecord]) -> Resolution? {
    records.isEmpty ? nil : .records(records)
  }

  /// A header and its only frame on one line, if no other line of a stack follows.
  private mutating func singleFrame(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution?
  {
    guard let form = OneLineForm(singleFrameOf: text, line.range, anchor: scope.anchor) else { return nil }
    guard let next = LineSpan(text, from: line.next, end: scope.end, isFinal: scope.isFinal) else {
      return scope.isFinal
        ? resolution(records(of: form, text, line, scope)) : .parsed(.needsMore(from: line.start))
    }
    let hasAnchor = Gate.next(text.extracting(0..<next.end), from: next.start) < next.end
    return hasAnchor ? nil : resolution(records(of: form, text, line, scope))
  }

  private mutating func records(
    of form: OneLineForm, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> [UnwrappedRecord] {
    var bytes: [UInt8] = []
    form.append(text, to: &bytes)
    form.breakTails(&bytes)
    var records = document(consume bytes, carriedBy: line, depth: scope.depth)
    if let reason = form.reason { for index in records.indices { records[index].insert(reason) } }
    if form.kind == .blanks, !records.contains(where: \.hasFrames),
      let failure = newlinesLost(text, line, scope.anchor)
    {
      records = [failure]
    }
    let isCut = line.next == scope.end && scope.isFinal && !line.range.isEmpty && line.end == line.next
    if !isCut {
      for index in records.indices { records[index].replace(.truncatedAtEOF, with: .truncatedLine) }
    }
    if isCut, form.kind != .quoted, form.kind != .list, let last = records.indices.last {
      records[last].insert(.truncatedAtEOF)
    }
    return records
  }

  /// The box of an exception group needs a line of its own: its margin is told from its columns. So its first line gets back
  /// the blanks that were stripped from the text's ends.
  static func separateGroup(_ bytes: inout [UInt8]) {
    let header: StaticString = "+ Exception Group Traceback (most recent call last):\n"
    guard let hit = bytes.span.firstOffset(of: header, in: 0..<bytes.count) else { return }
    var at = hit
    while at > 0, bytes[at - 1] == 0x20, hit - at < 2 { at -= 1 }
    if hasPrefix(bytes.span, before: at, next: hit + header.utf8CodeUnitCount) { return }
    if at > 0, bytes[at - 1] != 0x0A { bytes.insert(0x0A, at: at) }
    if hit == 0, bytes.span.has("  |", at: header.utf8CodeUnitCount, before: bytes.count) {
      bytes.insert(contentsOf: [0x20, 0x20], at: 0)
    }
  }

  /// Whether the line that starts at `next` begins with what stands before `at` on its own.
  private static func hasPrefix(_ text: Span<UInt8>, before at: Int, next: Int) -> Bool {
    let start = text.lastOffset(of: 0x0A, in: 0..<at).map { $0 + 1 } ?? 0
    let prefix = LinePrefix(text, start..<at)
    return !prefix.isEmpty && prefix.match(text, next..<text.count) != nil
  }

  /// Escapes of an address or a mail hide the frames: the line is reported and left alone.
  private func encodedPayload(_ text: Span<UInt8>, _ line: LineSpan) -> UnwrappedRecord {
    let isPython = text.firstOffset(of: "Traceback", in: line.range) != nil
    let isMail = text.firstOffset(of: "=0A=", in: line.range) != nil
    let failure = ParseFailure(
      platform: isPython ? .python : .java, reason: .encodedPayload,
      detail: isMail ? "a trace as quoted-printable text" : "a trace in percent escapes",
      region: ByteRange(line.start, line.next),
      lines: 1)
    return UnwrappedRecord(failure, in: text)
  }

  /// A Python trace whose line ends became blanks cannot be cut into frames and sources again.
  private func newlinesLost(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> UnwrappedRecord? {
    let isPython = text.firstOffset(of: "Traceback (", in: line.range) != nil
    let failure = ParseFailure(
      platform: isPython ? .python : .java, reason: .newlinesLost,
      detail: "several frames on one line and nothing between them but blanks",
      region: ByteRange(line.start, line.next), lines: 1)
    return UnwrappedRecord(failure, in: text)
  }
}

extension UnwrappedRecord {
  fileprivate var hasHeader: Bool {
    if case .trace(let trace) = content { !trace.reasons.contains(.missingHeader) } else { false }
  }

  fileprivate var hasFrames: Bool {
    if case .trace(let trace) = content { !trace.frames.isEmpty } else { false }
  }
}
