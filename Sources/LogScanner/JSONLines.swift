internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// A record from inside a document, and the object that tells of it.
struct JSONFinding {
  var object: Int
  /// The field that it was read from; nil for an exception that came as data.
  var path: ByteRange?
  var record: UnwrappedRecord
}

/// JSON objects, one a line: a trace stands in one string, every object carries one line of it, or its frames
/// are data.
extension TraceScanner {
  /// Records of the object on the anchor's line; nil when there is no object.
  mutating func jsonLine(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    if let list = readList(text, line) {
      let found = records(of: list, text, line, scope, mayBeLine: false)
      guard case .parsed(.none) = found else { return found }
    }
    guard let start = JSONReader.start(text, line.range, before: scope.anchor) else { return nil }
    if let resolution = cell(text, line, from: start, scope) { return resolution }
    if let resolution = objects(text, line, from: start, scope) { return resolution }
    guard let object = readObject(text, line, from: start, scope) else { return nil }
    if object.range.upperBound <= scope.anchor { return nil }
    guard format.mayHold(object, depth: scope.depth) else { return .parsed(.none(resume: line.next)) }
    let found = records(of: object, text, line, scope)
    if case .parsed(.none) = found {
      if isUnreadData(text, line, from: start, scope) { return .records([unreadData(text, line)]) }
      // Braces in the middle of other text, as a message may hold them.
      if object.isBroken, start > line.start { return nil }
    }
    return found.naming(containerName(text, line, before: start))
  }

  /// Whether frames as data stand at the anchor, in an object that is too long to be read but for its strings.
  private func isUnreadData(_ text: Span<UInt8>, _ line: LineSpan, from start: Int, _ scope: ScanScope)
    -> Bool
  {
    let names: [StaticString] = ["k_trace\"", "kTrace\"", "ktrace\"", "frames\""]
    guard line.end - start > limits.lineBytes,
      let name = names.first(where: { text.has($0, at: scope.anchor, before: line.end) })
    else { return false }
    let rest = scope.anchor + name.utf8CodeUnitCount..<line.end
    guard let value = rest.first(where: { text[$0] != UInt8(ascii: ":") && !isBlank(text[$0]) }) else {
      return false
    }
    return text[value] == UInt8(ascii: "[") || text[value] == UInt8(ascii: "{")
  }

  private func unreadData(_ text: Span<UInt8>, _ line: LineSpan) -> UnwrappedRecord {
    let shown = text.bytes(line.start..<min(line.end, line.start + Self.shownOfUnread))
    let failure = ParseFailure(
      platform: .other, reason: .limitExceeded,
      detail: "frames as data on a line that is longer than \(limits.lineBytes >> 20) MiB",
      region: ByteRange(0, shown.count), lines: 1)
    return UnwrappedRecord(content: .failure(failure), text: shown, region: ByteRange(line.start, line.next))
  }

  private static let shownOfUnread = 4096

  /// The container that compose or Airbyte's platform names before an object: one word, and `|` or ` > ` behind it.
  private func containerName(_ text: Span<UInt8>, _ line: LineSpan, before start: Int) -> String? {
    let end = text.endWithoutBlanks(of: line.start..<start)
    guard end - line.start > 1, !isBlank(text[line.start]) else { return nil }
    let isOfPlatform = text[end - 1] == UInt8(ascii: ">") && text[end - 2] == 0x20
    guard isOfPlatform || text[end - 1] == UInt8(ascii: "|"),
      let name = LinePrefix(text, line.start..<start).name, !name.utf8.contains(0x20)
    else { return nil }
    return name
  }

  /// Records of several objects on the line, one behind the other; nil where there is no more than one.
  private mutating func objects(
    _ text: Span<UInt8>, _ line: LineSpan, from start: Int, _ scope: ScanScope
  ) -> Resolution? {
    let marks: [StaticString] = ["}{\"", "} {\""]
    guard line.end - start <= limits.lineBytes,
      marks.contains(where: { text.firstOffset(of: $0, in: start..<line.end) != nil }),
      JSONReader.neighbour(text, from: start, before: line.end) != nil
    else { return nil }
    var found: [UnwrappedRecord] = []
    var next: Int? = start
    while let at = next {
      let neighbour = JSONReader.neighbour(text, from: at, before: line.end)
      next = neighbour?.next
      let range = at..<(neighbour?.end ?? line.end)
      guard Gate.next(text.extracting(0..<range.upperBound), from: at) < range.upperBound,
        let object = json.read(text, range, from: at, mayBeBroken: neighbour == nil),
        format.mayHold(object, depth: scope.depth),
        case .records(let records) = records(of: object, text, line, scope, mayBeLine: false)
      else { continue }
      found += records
    }
    return found.isEmpty ? nil : .records(found)
  }

  /// A list of objects that is the whole line.
  private func readList(_ text: Span<UInt8>, _ line: LineSpan) -> JSONLine? {
    guard let start = JSONReader.listStart(text, line.range), line.end - start <= limits.lineBytes else {
      return nil
    }
    return json.read(text, line.range, from: start, mayBeBroken: false)
  }

  /// Records of an object in a quoted cell of CSV, where each quote stands twice; nil when there is none.
  private mutating func cell(
    _ text: Span<UInt8>, _ line: LineSpan, from start: Int, _ scope: ScanScope
  ) -> Resolution? {
    guard text.has("{\"\"", at: start, before: line.end - 1), isLetter(text[start + 3]) else { return nil }
    var bytes: [UInt8] = []
    var at = start
    while at < min(line.end, start + limits.regionBytes) {
      if text[at] == UInt8(ascii: "\"") {
        at += 1
        guard at < line.end, text[at] == UInt8(ascii: "\"") else { break }
      }
      bytes.append(text[at])
      at += 1
    }
    let records = document(bytes, carriedBy: line, depth: scope.depth)
    return records.isEmpty ? nil : .records(records)
  }

  private func readObject(
    _ text: Span<UInt8>, _ line: LineSpan, from start: Int, _ scope: ScanScope
  ) -> JSONLine? {
    guard line.end - start <= limits.lineBytes else {
      return JSONReader.strings(
        text, start..<line.end, around: scope.anchor, reach: limits.messageBytes, most: limits.regionBytes)
    }
    return json.read(text, line.range, from: start, mayBeBroken: true)
  }

  /// What the object tells; `line` is the line or the lines that carry it.
  /// - Parameter mayBeLine: it may carry one line of a stream.
  mutating func records(
    of object: JSONLine, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, mayBeLine: Bool = true
  ) -> Resolution {
    var candidates = object.candidates()
    if mayBeLine, let pieces = pieces(candidates, object, text, line, scope) { return pieces }
    let structured = StructuredThrowables.read(object, limits)
    let lists = ListedThrowables.read(object)
    if !lists.isEmpty {
      let told = Set(lists.flatMap(\.fields))
      candidates.removeAll { told.contains(ListedThrowables.FieldPlace(object, $0.object, $0.path)) }
    }
    var findings = documents(candidates, object, structured, text, line, scope)
    for list in lists {
      for var record in document(list.text, carriedBy: line, depth: scope.depth) {
        if let message = list.message { record.say(message) }
        findings.append(JSONFinding(object: list.object, record: record))
      }
    }
    dropContained(&findings, object)
    dropCauses(&findings, object)
    add(structured, to: &findings, object)
    if mayBeLine, findings.isEmpty,
      let single = candidates.first(where: { $0.isAnchored && !$0.hasLines && !$0.isArray })
    {
      if let found = jsonStream(text, line, object, single, scope) {
        guard case .parsed(.none) = found else { return found }
      }
    }
    addFailures(candidates, object, to: &findings)
    guard !findings.isEmpty else { return .parsed(.none(resume: line.next)) }
    let facts = FactFields(object)
    return .records(
      findings.map { finding in
        var record = finding.record
        record.region = ByteRange(line.start, line.next)
        record.describe(MessageFacts(facts, at: finding.object))
        return record
      })
  }

  /// The records of all strings of several lines.
  private mutating func documents(
    _ candidates: [JSONCandidate], _ object: JSONLine, _ structured: [StructuredThrowables.Found],
    _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> [JSONFinding] {
    var findings = listed(candidates, object, line, scope)
    let isListed = !findings.isEmpty
    // The same text in another field is the same trace.
    var paths: [KeyHash: ByteRange] = [:]
    for finding in findings { paths[Self.key(of: finding.record.text)] = finding.path }
    for candidate in candidates where candidate.isAnchored && !candidate.isDbt {
      guard candidate.isArray || candidate.hasLines || !isListed && isWrapped(candidate.value) else {
        continue
      }
      if !candidate.isArray, !candidate.hasLines, isKnownLine(candidate, object, text, line, scope) {
        continue
      }
      // What an exception says is its value, and no trace of its own.
      if structured.contains(where: { object.isWithin(candidate.object, $0.object) && $0.object > 0 }) {
        continue
      }
      var found = document(candidate.value, carriedBy: line, depth: scope.depth)
      if let reason = object.reason, !found.isEmpty, reason != .truncatedLine || candidate.isLast {
        found[found.count - 1].insert(reason)
      }
      for record in found {
        let key = Self.key(of: record.text)
        let first = paths[key] ?? candidate.path
        guard object.bytes(first) == object.bytes(candidate.path) else { continue }
        paths[key] = first
        findings.append(JSONFinding(object: candidate.object, path: candidate.path, record: record))
      }
    }
    return findings
  }

  private static func key(of text: [UInt8]) -> KeyHash {
    var key = KeyHash()
    key.combine(text.span, 0..<text.count)
    return key
  }

  /// Whether the line is one of a region that was found before, in its stream: what looks like a trace on one line is a source
  /// line's text.
  private func isKnownLine(
    _ single: JSONCandidate, _ object: JSONLine, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> Bool {
    guard !scope.position.streams.isEmpty else { return false }
    let stream = JSONUnwrapper(
      json: json, text: text, line: line, object: object, single: single, isPiece: false)
    return scope.position.isDone(key(of: stream, scope), at: scope.physical(line.start))
  }

  private func key(of stream: JSONUnwrapper, _ scope: ScanScope) -> UInt64 {
    var key = KeyHash(seed: 4)
    key.combine(scope.key)
    key.combine(stream.key)
    return key.value
  }

  /// Drops what stands in a longer record of the same object, too: the message of an exception beside its stack, a cause
  /// beside the whole.
  private func dropContained(_ findings: inout [JSONFinding], _ object: JSONLine) {
    guard findings.count > 1, findings.count <= 64 else { return }
    findings = findings.filter { inner in
      var end = inner.record.text.count
      while end > 0, inner.record.text[end - 1] == 0x0A { end -= 1 }
      let text = inner.record.text.span.extracting(0..<end)
      return !findings.contains { outer in
        outer.path != inner.path && outer.record.text.count > inner.record.text.count && outer.record.isTrace
          && isBeside(inner.object, outer.object, object)
          && outer.record.text.span.firstOffset(of: text, in: 0..<outer.record.text.count) != nil
      }
    }
  }

  /// Drops what stands under the name of a cause where the trace of the object around it has that cause, too: log4j2 writes the
  /// stack of each exception with all that it was caused by.
  private func dropCauses(_ findings: inout [JSONFinding], _ object: JSONLine) {
    guard findings.count > 1, findings.count <= 64, !object.objects.isEmpty else { return }
    findings = findings.filter { inner in
      !findings.contains { outer in
        inner.object > outer.object && object.isInnerThrowable(inner.object, of: outer.object)
          && outer.record.hasBelowFirst(inner.record)
      }
    }
  }

  private func isBeside(_ inner: Int, _ outer: Int, _ object: JSONLine) -> Bool {
    guard !object.objects.isEmpty else { return inner == outer }
    return object.isWithin(inner, outer) || object.isWithin(outer, inner)
      || object.isAttribute(inner) && object.isAttribute(outer)
  }

  /// The records of a list of events of which each carries one line, such as a job's log in one document.
  private mutating func listed(
    _ candidates: [JSONCandidate], _ object: JSONLine, _ line: LineSpan, _ scope: ScanScope
  ) -> [JSONFinding] {
    let single = candidates.filter { $0.isAnchored && !$0.hasLines && !$0.isArray }
    guard single.count > 1, let first = single.first else { return [] }
    if object.isBroken { return listedInBroken(first, object, line, scope) }
    guard single.contains(where: { object.isSameField($0, first) && !object.isAttribute($0.object) })
    else { return [] }
    var findings: [JSONFinding] = []
    for list in EventList.lists(of: object, path: first.path) {
      let records = document(list.text, carriedBy: line, depth: scope.depth, keepsRegions: true)
      findings += records.map {
        JSONFinding(object: list.object(at: Int($0.region.start)), path: first.path, record: $0)
      }
    }
    return findings
  }

  /// The same where the document is cut, and strings are all that is known of it.
  private mutating func listedInBroken(
    _ first: JSONCandidate, _ object: JSONLine, _ line: LineSpan, _ scope: ScanScope
  ) -> [JSONFinding] {
    let fields = object.fields.filter { object.bytes($0.path) == object.bytes(first.path) }
    guard fields.count > 1 else { return [] }
    var text: [UInt8] = []
    for field in fields { text += object.bytes(field.value) + [0x0A] }
    var findings = document(text, carriedBy: line, depth: scope.depth).map {
      JSONFinding(object: first.object, path: first.path, record: $0)
    }
    if let reason = object.reason, let last = findings.indices.last { findings[last].record.insert(reason) }
    return findings
  }

  /// Whether a string of one line may hold a whole trace: as JSON again, or with written line ends.
  func isWrapped(_ value: [UInt8]) -> Bool {
    let text = value.span
    if let start = JSONReader.start(text, 0..<text.count, before: text.count) {
      return !isOneLine(json.read(text, 0..<text.count, from: start, mayBeBroken: false))
    }
    let anchor = Gate.next(text, from: 0)
    let hasSecond = Gate.second(text, from: anchor, to: text.count) < text.count
    return OneLineForm(text, 0..<text.count, anchor: anchor, hasSecond: hasSecond) != nil
  }

  /// Whether an object carries one line of a trace, so that the string it stands in is a line of a stream.
  private func isOneLine(_ object: JSONLine?) -> Bool {
    guard let object, StructuredThrowables.read(object, limits).isEmpty else { return false }
    let candidates = object.candidates().filter(\.isAnchored)
    return !candidates.isEmpty
      && candidates.allSatisfy { !$0.isArray && !$0.hasLines && !isWrapped($0.value) }
  }

  /// Exceptions that are data, but for those whose event has the trace as text: that tells more.
  private func add(
    _ structured: [StructuredThrowables.Found], to findings: inout [JSONFinding], _ object: JSONLine
  ) {
    let told = Set(findings.map { object.objects.isEmpty ? 0 : object.event(of: $0.object) })
    for found in structured {
      let around = object.objects[found.object].parent
      guard !told.contains(object.event(of: around)) else { continue }
      findings.append(JSONFinding(object: around, record: found.record))
    }
    findings.sort { $0.object < $1.object }
  }

  // MARK: One object a line of the trace

  /// The resolution of a line of a Docker file that is a piece of a longer document: what it holds is read once the pieces
  /// are joined.
  private mutating func pieces(
    _ candidates: [JSONCandidate], _ object: JSONLine, _ text: Span<UInt8>, _ line: LineSpan,
    _ scope: ScanScope
  ) -> Resolution? {
    guard let single = candidates.first(where: { $0.isAnchored && !$0.isArray }),
      DockerPieces.isLine(object, single), isCut(single.value)
    else { return nil }
    switch DockerPieces.isPiece(object, single, text, line, scope) {
    case nil: return .parsed(.needsMore(from: line.start))
    case true?: break
    case false?:
      guard single.value.last == 0x0A,
        let above = DockerPieces.lineAbove(text, line, scope, parser.floorMark),
        let start = JSONReader.start(text, above.range, before: above.end),
        let other = json.read(text, above.range, from: start, mayBeBroken: false),
        let piece = DockerPieces.text(of: other, beside: object), piece.last != 0x0A, isCut(piece)
      else { return nil }
    }
    return jsonStream(text, line, object, single, scope)
  }

  /// Whether a line's text may be a piece: it holds no line end but its last byte, and is no document by itself.
  private func isCut(_ value: [UInt8]) -> Bool {
    let end = value.last == 0x0A ? value.count - 1 : value.count
    guard !value[..<end].contains(0x0A) else { return false }
    guard value.first == UInt8(ascii: "{") else { return true }
    return json.read(value.span, 0..<end, from: 0, mayBeBroken: false) == nil
  }

  private mutating func jsonStream(
    _ text: Span<UInt8>, _ line: LineSpan, _ object: JSONLine, _ single: JSONCandidate, _ scope: ScanScope
  ) -> Resolution? {
    if scope.depth > 0 { parser.floorMark.isMet = true }
    guard let isPiece = DockerPieces.isPiece(object, single, text, line, scope) else {
      return .parsed(.needsMore(from: line.start))
    }
    var unwrapper = JSONUnwrapper(
      json: json, text: text, line: line, object: object, single: single, isPiece: isPiece)
    let resolution = follow(text, line, scope, &unwrapper, key: key(of: unwrapper, scope))
    guard case .records(var records)? = resolution else { return resolution }
    for index in records.indices {
      records[index].describe(facts(above: records[index], text, line, object, single))
    }
    return .records(records)
  }

  /// What the event says that carries a record's first line: the anchor is a line further down, as a rule.
  private func facts(
    above record: UnwrappedRecord, _ text: Span<UInt8>, _ line: LineSpan, _ object: JSONLine,
    _ single: JSONCandidate
  ) -> MessageFacts {
    let first = Int(record.region.start)
    guard first < line.start, let span = LineSpan(text, from: first, end: line.start, isFinal: true),
      let start = JSONReader.start(text, span.range, before: span.end),
      let event = json.read(text, span.range, from: start, mayBeBroken: false),
      let field = event.fields.first(where: { event.bytes($0.path) == object.bytes(single.path) })
    else { return MessageFacts(FactFields(object), at: single.object) }
    return MessageFacts(FactFields(event), at: field.object)
  }

  // MARK: Fields that should hold a trace

  /// A failure for every event whose stack field says something, and which gave no record.
  private mutating func addFailures(
    _ candidates: [JSONCandidate], _ object: JSONLine, to findings: inout [JSONFinding]
  ) {
    let hasObjects = !object.objects.isEmpty
    var told = Set(findings.map { hasObjects ? object.event(of: $0.object) : 0 })
    for candidate in candidates where candidate.isStackField {
      let event = hasObjects ? object.event(of: candidate.object) : 0
      guard !told.contains(event), Self.saysSomething(candidate.value) else { continue }
      told.insert(event)
      let text = candidate.value.span
      if parser.parseHeader(text) {
        let record = UnwrappedRecord(parser.takeTrace(), in: text)
        findings.append(JSONFinding(object: candidate.object, path: candidate.path, record: record))
        continue
      }
      let failure = ParseFailure(
        platform: .other, reason: .notATraceText,
        detail: "a stack trace field without a trace: \(Self.guess(text))",
        region: ByteRange(0, text.count), lines: 1)
      findings.append(JSONFinding(object: candidate.object, record: UnwrappedRecord(failure, in: text)))
    }
  }

  private static func saysSomething(_ value: [UInt8]) -> Bool {
    let words = value.prefix(64).split { isBlank($0) || (0x0A...0x0D).contains($0) }
    guard words.count <= 2 else { return true }
    let text = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    return !["", "null", "None", "NoneType: None", "-", "undefined"].contains(text)
  }

  /// A guess at the language, for the person who reads the report.
  private static func guess(_ text: Span<UInt8>) -> String {
    let marks: [(StaticString, String)] = [
      ("AirbyteDbtError: ", "dbt"), ("goroutine ", "Go"), ("(node:", "JavaScript"), (".js:", "JavaScript"),
      (".ts:", "JavaScript"), (".rb:", "Ruby"), (".php", "PHP"), (".cs:line ", "C#"), ("--- End of ", "C#"),
      (".rs:", "Rust"),
    ]
    let range = 0..<text.count
    return marks.first { text.firstOffset(of: $0.0, in: range) != nil }?.1 ?? "free text"
  }
}

extension JSONCandidate {
  /// A text of Airbyte's dbt runner, which has rules of its own.
  var isDbt: Bool { isStackField && value.starts(with: "AirbyteDbtError: ".utf8) }
}

extension UnwrappedRecord {
  /// Adds what the document around it says; what one further in says of the same goes before.
  mutating func describe(_ facts: MessageFacts) {
    if let name = facts.stream { stream = stream.map { "\(name)/\($0)" } ?? name }
    timestamp = timestamp ?? facts.timestamp
    context.formUnion(facts.context)
  }
}
