internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// How far a stream is followed, in bytes of the text around it. Figures of this file alone: what is found
/// depends on them, so they are no options.
enum StreamReach {
  /// What is read ahead at first; four times as much whenever the parser asks for more.
  static let firstAhead = 4 << 10
  /// How many lines of the stream are read there at first; twice as many whenever the parser asks for more.
  static let linesAhead = 32
  /// How far a line of the same shape is looked for, for what it tells of this one.
  static let ahead = 16 << 10
  /// A line that no other one of its shape follows within so much is no stream.
  static let company = 64 << 10
  /// The same for objects that are indented, each of which is read again for each of its lines.
  static let objectsCompany = 4 << 10
  /// What is read back at first; four times as much whenever something was looked for above it.
  static let firstBack = 4 << 10
  /// A stream that is silent for so long has ended.
  static let silence = 256 << 10
}

extension TraceScanner {
  /// Collects the lines of the anchor's stream and resolves the anchor in the text they make.
  ///
  /// It looks back as far as a message may reach (or to the stream's last region) and as far ahead as the
  /// parser asks. Lines of other streams in between are not part of the text: that is the demultiplexing.
  /// - Parameter company: nil is returned when no second line of the stream begins within so many bytes.
  mutating func follow<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ unwrapper: inout Unwrapper, key: UInt64,
    company: Int? = nil
  ) -> Resolution? {
    if scope.position.isDone(key, at: scope.physical(line.start)) { return .parsed(.none(resume: line.next)) }
    let first = unwrapper.firstLine ?? 0
    var full = max(lookBackStart(text, line, scope, key), first)
    let outerMet = parser.floorMark.isMet
    var back = StreamReach.firstBack
    var nearer: (start: Int, resolution: Resolution?)?
    while true {
      let start = max(full, lineStart(text, atOrAfter: line.start - back, line))
      let resolution: Resolution?
      if let nearer, isSilent(text, start..<nearer.start, scope, unwrapper) {
        resolution = nearer.resolution
      } else {
        parser.floorMark.isMet = false
        var reader = unwrapper
        resolution = follow(text, line, scope, &reader, key: key, company: company, from: start)
      }
      nearer = (start, resolution)
      if parser.floorMark.isMet, start == full, resolution?.lacksHeader(inStreamOf: key) == true {
        // The text of all lines begins behind the last region of any stream; this stream's own may begin above it.
        full = max(streamsStart(text, line, scope, atMost: full), first)
      }
      if start > full, parser.floorMark.isMet {
        back *= 4
        continue
      }
      // Above the text of a stream there may be more of it than its collector has looked for.
      parser.floorMark.isMet = outerMet || parser.floorMark.isMet && full == 0
      return resolution
    }
  }

  /// Whether none of the lines that begin in a range is the stream's: nothing else can come of its text then.
  private mutating func isSilent<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ range: Range<Int>, _ scope: ScanScope, _ unwrapper: Unwrapper
  ) -> Bool {
    var stream = takeBuffer(scope.depth)
    defer { putBuffer(stream, scope.depth) }
    var reader = unwrapper
    var cursor = StreamCursor(at: range.lowerBound)
    cursor.collect(text, until: range.upperBound, scope, &reader, into: &stream, lines: 1)
    return stream.lines.isEmpty && cursor.at >= range.upperBound && !cursor.isAtEnd
  }

  /// Resolves the anchor in the text that begins at `start`. The floor's mark is met when more text above
  /// could change what comes of it.
  private mutating func follow<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ unwrapper: inout Unwrapper, key: UInt64,
    company: Int?, from start: Int
  ) -> Resolution? {
    var stream = takeBuffer(scope.depth)
    defer { putBuffer(stream, scope.depth) }
    var cursor = StreamCursor(at: start)
    cursor.collect(text, until: line.next, scope, &unwrapper, into: &stream)
    var ahead = StreamReach.firstAhead
    var resolvedBytes = -1
    // Nothing is read beyond the region limit; short of it, the window's end is no end.
    let cap = line.start + limits.regionBytes
    while true {
      let limit = min(scope.end, line.start + ahead, cap)
      let lines = max(StreamReach.linesAhead, stream.lines.count)
      cursor.collect(text, until: limit, scope, &unwrapper, into: &stream, lines: lines)
      let hasAll = cursor.isAtEnd || cursor.at >= scope.end && scope.isFinal
      // The anchor's own line is not reached while one above it is undecided.
      if cursor.isUndecided, cursor.at <= line.start { return .parsed(.needsMore(from: line.start)) }
      // A line that begins before the limit belongs to what is read, and its end may not be there yet.
      let hasLines = cursor.at >= limit || cursor.isAtEnd
      let isCapped = hasAll || limit >= cap && hasLines || cursor.silence >= StreamReach.silence
      let isAlone = company != nil && stream.lines.count < 2
      if isAlone { parser.floorMark.isMet = true }
      if isAlone, isCapped || hasLines && limit - line.start >= company ?? 0 { return nil }
      if isAlone, !hasLines || limit == scope.end { return .parsed(.needsMore(from: line.start)) }
      // What was not enough is not enough again.
      let isNew = stream.bytes.count != resolvedBytes || isCapped
      if !isAlone, isNew, let resolution = resolve(stream, line, scope, key: key, isFinal: isCapped) {
        return resolution
      }
      resolvedBytes = stream.bytes.count
      guard cursor.isFull || limit < cap && (limit < scope.end || scope.isFinal) else {
        // It is the stream that has to be silent before its trace is taken for complete.
        if scope.depth == 0, let last = stream.lines.last {
          (pendingEnd, pendingKey) = (last.source.upperBound, key)
          pendingLines = stream.lines
        }
        return .parsed(.needsMore(from: line.start))
      }
      if !cursor.isFull { ahead *= 4 }
    }
  }

  /// The first line start at or behind an offset before `line`.
  private func lineStart(_ text: Span<UInt8>, atOrAfter offset: Int, _ line: LineSpan) -> Int {
    guard offset > 0, text[offset - 1] != 0x0A else { return max(0, offset) }
    return text.firstOffset(of: 0x0A, in: offset..<line.start).map { $0 + 1 } ?? line.start
  }

  /// The first line start that the stream's text may begin with.
  private func lookBackStart(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ key: UInt64) -> Int
  {
    if key == 0 || key == scope.key { return lookBackStart(text, line, floor: scope.floor) }
    let floor = max(scope.position.floor(of: key), scope.position.plainFloor)
    return lookBackStart(text, line, floor: scope.offset(physical: floor))
  }

  /// The same for the streams in a text of all lines.
  private func streamsStart(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, atMost full: Int)
    -> Int
  {
    min(full, lookBackStart(text, line, floor: scope.offset(physical: scope.position.plainFloor)))
  }

  private func lookBackStart(_ text: Span<UInt8>, _ line: LineSpan, floor: Int) -> Int {
    let reach = line.start - limits.messageBytes
    let start = min(line.start, max(0, floor, reach))
    return start == reach ? lineStart(text, atOrAfter: start, line) : start
  }

  /// Resolves the anchor's line in the stream's text; nil when the parser asks for more than is there.
  private mutating func resolve(
    _ stream: StreamText, _ line: LineSpan, _ scope: ScanScope, key: UInt64, isFinal: Bool
  ) -> Resolution? {
    guard let home = stream.line(carrying: line.start) else { return .parsed(.none(resume: line.next)) }
    if home.start == 0 { parser.floorMark.isMet = true }
    let text = stream.bytes.span
    // One line of the source may have become several.
    let next = stream.lineIndex(at: home.start) + 1
    let homeEnd = next < stream.lines.count ? stream.lines[next].start : text.count
    let anchor = Gate.nextOnLine(text.extracting(0..<homeEnd), from: home.start)
    // The words may stand in a piece that is to come.
    guard anchor < homeEnd else {
      return stream.isOpen && next == stream.lines.count && !isFinal ? nil : .parsed(.none(resume: line.next))
    }
    // Lines above the floor are there for the streams among them.
    let floor = key == 0 || key == scope.key ? stream.start(ofLineAt: scope.floor) : 0
    let inner = ScanScope(
      anchor: anchor, floor: min(floor, home.start), end: text.count, isFinal: isFinal,
      depth: scope.depth + 1, key: key,
      position: scope.position, lines: stream.lines)
    switch resolve(text, inner) {
    case .parsed(.needsMore): return isFinal ? .parsed(.none(resume: line.next)) : nil
    case .parsed(.none): return .parsed(.none(resume: line.next))
    case .parsed(.trace): return carried([UnwrappedRecord(parser.trace, in: text)], stream, key)
    case .parsed(.failure(let failure)): return carried([UnwrappedRecord(failure, in: text)], stream, key)
    case .records(let records): return carried(records, stream, key)
    }
  }

  private func carried(_ records: [UnwrappedRecord], _ stream: StreamText, _ key: UInt64) -> Resolution {
    var records = records
    for index in records.indices { records[index].carry(stream, key: key) }
    return .records(records)
  }
}

extension Resolution {
  /// Whether a trace of a stream inside the text with this key has no header, or but a part of one.
  fileprivate func lacksHeader(inStreamOf key: UInt64) -> Bool {
    guard case .records(let records) = self else { return false }
    return records.contains { record in
      guard case .trace(let trace) = record.content, record.keys.contains(where: { $0 != key }) else {
        return false
      }
      return trace.reasons.contains(.missingHeader) || trace.reasons.contains(.typeMissing)
    }
  }
}
