internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// A text of several lines that stood on one line: a JSON string, a line with escaped line ends.
extension TraceScanner {
  /// Every record of a document. Their regions are the line that carries it.
  /// - Parameter keepsRegions: leave the regions what they are in the document.
  mutating func document(
    _ document: consuming [UInt8], carriedBy line: LineSpan, depth: Int, keepsRegions: Bool = false
  ) -> [UnwrappedRecord] {
    var records: [UnwrappedRecord] = []
    // Not copied: it may be as long as a region.
    var bytes = consume document
    Self.separateGroup(&bytes)
    // Nothing stands above a document.
    let isMet = parser.floorMark.isMet
    let isWholeText = parser.isWholeText
    defer {
      parser.floorMark.isMet = isMet
      parser.isWholeText = isWholeText
    }
    parser.isWholeText = true
    if bytes.last != 0x0A { bytes.append(0x0A) }
    let text = bytes.span
    var position = ScanPosition()
    while position.next < text.count {
      let anchor = Gate.nextOnLine(text, from: position.next)
      guard anchor < text.count else { break }
      let scope = ScanScope(
        anchor: anchor, floor: position.floor, end: text.count, isFinal: true, depth: depth + 1,
        position: position)
      let found = step(resolve(text, scope), text, &position, anchor)
      records.append(contentsOf: found)
    }
    for index in records.indices {
      if !keepsRegions { records[index].region = ByteRange(line.start, line.next) }
      records[index].wovenKey = nil
      records[index].keys = []
    }
    return records
  }

  /// The records of one anchor of a document; moves on behind them.
  private mutating func step(
    _ resolution: Resolution, _ text: Span<UInt8>, _ position: inout ScanPosition, _ anchor: Int
  ) -> [UnwrappedRecord] {
    var found: [UnwrappedRecord] = []
    switch resolution {
    case .parsed(.none(let resume)): position.next = max(anchor + 1, resume)
    case .parsed(.needsMore): position.next = text.count
    case .parsed(.trace): found = [UnwrappedRecord(parser.takeTrace(), in: text)]
    case .parsed(.failure(let failure)): found = [UnwrappedRecord(failure, in: text)]
    case .records(let records): found = records
    }
    guard !found.isEmpty else { return [] }
    let lineEnd = text.firstOffset(of: 0x0A, in: anchor..<text.count).map { $0 + 1 } ?? text.count
    position.next = lineEnd
    for record in found {
      position.close(record)
      guard record.wovenKey == nil else { continue }
      position.floor = max(position.floor, Int(record.region.end))
      position.next = max(position.next, Int(record.region.end))
    }
    return found
  }
}
