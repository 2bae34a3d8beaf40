internal import TraceBytes
internal import TraceParsers

/// Records that need not wait for what stands above them.
extension TraceScanner {
  /// The records of other streams that are whole behind an anchor whose stream waits for more lines, right after the step that
  /// said so. They are done with then, and no later step gives them out again.
  /// - Complexity: as a scan of the text behind the anchor.
  public mutating func recordsBeside(_ text: Span<UInt8>, _ position: inout ScanPosition) -> [UnwrappedRecord]
  {
    guard let waiting = pendingKey, waiting != 0, position.next < text.count else { return [] }
    let pending = (pendingEnd, pendingKey)
    let ownLines = pendingLines
    defer { (pendingEnd, pendingKey) = pending }
    var ahead = position
    ahead.passOver(waiting, upTo: text.count)
    ahead.next = lineEnd(text, position.next)
    var found: [UnwrappedRecord] = []
    var early: [EarlyRecord] = []
    while ahead.next < text.count {
      let anchor = Gate.nextOnLine(text, from: ahead.next)
      // Another key can be read from one of its own lines, too, if not from the line that it waits with.
      if ownLines.carry(anchor) {
        ahead.next = lineEnd(text, anchor)
        continue
      }
      // Plain text right below such a line may have its header there.
      guard anchor < text.count, !isBare(text, anchor, below: ownLines, ahead.floor),
        let records = records(beside: anchor, text, &ahead)
      else { break }
      // One that begins or ends with such a line may turn out to be a part of what waits, and one whose stream has no name a part of
      // plain text.
      guard records.allSatisfy({ $0.stream != nil && !ownLines.carry(anyEndOf: $0.region.range) }) else {
        break
      }
      early += records.map { EarlyRecord($0, anchor: anchor) }
      for record in records { found.append(closed(record, text, &ahead)) }
    }
    position.note(early)
    return found
  }

  /// Whether an anchor's line has nothing but blanks before it, and one of some lines is right above it.
  private func isBare(_ text: Span<UInt8>, _ anchor: Int, below lines: [StreamText.Line], _ floor: Int)
    -> Bool
  {
    let start = lineStart(text, anchor, floor)
    return start > floor && lines.carry(start - 1) && (start..<anchor).allSatisfy { isBlank(text[$0]) }
  }

  /// The records of one anchor, which moves on; nil where it is plain text's, which is read in its turn.
  private mutating func records(beside anchor: Int, _ text: Span<UInt8>, _ ahead: inout ScanPosition)
    -> [UnwrappedRecord]?
  {
    let known = ahead.takeEarly(anchor)
    for record in known { ahead.closeAround(record) }
    let scope = ScanScope(
      anchor: anchor, floor: ahead.floor, end: text.count, isFinal: false, position: ahead)
    ahead.next = lineEnd(text, anchor)
    guard known.isEmpty else { return [] }
    switch resolve(text, scope) {
    case .parsed(.none(let resume)): ahead.next = max(anchor + 1, resume)
    case .parsed(.needsMore):
      guard let key = pendingKey, key != 0 else { return nil }
      ahead.passOver(key, upTo: text.count)
    case .parsed: return nil
    case .records(let records):
      return records.allSatisfy { $0.outermostStream ?? 0 != 0 } ? records : []
    }
    return []
  }

  /// A record as one that stands around others of its text.
  private func closed(_ record: UnwrappedRecord, _ text: Span<UInt8>, _ ahead: inout ScanPosition)
    -> UnwrappedRecord
  {
    var record = record
    record.setLines(Self.lines(text, record.region.range))
    record.wovenKey = ahead.closeAround(record)
    return record
  }
}
