internal import LogInput
internal import TraceBytes
internal import TraceParsers

/// Messages in the journal's export format (formats-around.md, section 5): a message with a control byte or a line end in it
/// stands behind its name on a line of its own and its length, a 64-bit number with the lowest byte first.
extension TraceScanner {
  /// Resolves the anchor in the text of the messages; nil where its line is none of such a one.
  mutating func journalFields(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let field = JournalField(text, around: line, scope, parser.floorMark),
      field.value.count <= limits.regionBytes
    else { return nil }
    guard field.value.upperBound < scope.end || scope.isFinal else {
      return .parsed(.needsMore(from: field.value.lowerBound - JournalField.lengthBytes))
    }
    let end = min(field.value.upperBound, scope.end)
    guard text.firstOffset(of: 0x0A, in: field.value.lowerBound..<end) == nil else {
      return read(text, line, scope, as: JournalMessage(value: field.value.lowerBound..<end))
    }
    var unwrapper = JournalLines()
    return follow(text, line, scope, &unwrapper, key: scope.key, company: StreamReach.objectsCompany)
  }
}

/// The message of an entry as its length tells it.
private struct JournalField {
  static let lengthBytes = 8

  let value: Range<Int>

  /// The one that a line stands in: its name is looked for as far up as a message may be long.
  init?(_ text: Span<UInt8>, around line: LineSpan, _ scope: ScanScope, _ mark: FloorMark) {
    let floor = max(scope.floor, line.start - Self.reach)
    var at = line.start
    while at > floor {
      if let value = Self.value(text, at, scope) {
        guard value.upperBound > line.start else { return nil }
        self.value = value
        return
      }
      at = text.lastOffset(of: 0x0A, in: floor..<at - 1).map { $0 + 1 } ?? floor
    }
    if floor == scope.floor { mark.isMet = true }
    return nil
  }

  private static let reach = 4096

  /// Whether the line above `start` is the name.
  fileprivate static func isNamed(_ text: Span<UInt8>, _ start: Int) -> Bool {
    let name: StaticString = "MESSAGE\n"
    let word = start - name.utf8CodeUnitCount
    return word >= 0 && (word == 0 || text[word - 1] == 0x0A) && text.has(name, at: word, before: start)
  }

  /// The value that begins with the line at `start`.
  fileprivate static func value(_ text: Span<UInt8>, _ start: Int, _ scope: ScanScope) -> Range<Int>? {
    let first = start + lengthBytes
    guard isNamed(text, start), first <= scope.end, text[first - 1] == 0, text[first - 2] == 0,
      text[first - 3] == 0
    else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(text[start + $1]) << (8 * $1) }
    return length > 0 ? first..<first + length : nil
  }
}

/// The lines of one message.
private struct JournalMessage: LineUnwrapper {
  let value: Range<Int>

  var firstLine: Int? { value.lowerBound - JournalField.lengthBytes }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard line.start < value.upperBound else { return .end }
    guard line.end > value.lowerBound || line.start >= value.lowerBound else { return .foreign }
    TextEscapes.appendPlain(text, max(line.start, value.lowerBound)..<line.end, to: &output)
    return .whole
  }
}

/// The messages of the entries, each of which is one line.
private struct JournalLines: LineUnwrapper {
  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    let plain: StaticString = "MESSAGE="
    if text.has(plain, at: line.start, before: line.end) {
      output.append(text, line.start + plain.utf8CodeUnitCount..<line.end)
      return .whole
    }
    // A byte of the length may be that of a line end.
    let starts = (0..<4).map { line.start - $0 }
    guard let start = starts.first(where: { JournalField.isNamed(text, $0) }),
      line.end >= start + JournalField.lengthBytes
    else { return .foreign }
    TextEscapes.appendPlain(text, start + JournalField.lengthBytes..<line.end, to: &output)
    return .whole
  }
}
