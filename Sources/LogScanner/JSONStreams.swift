internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Takes one string out of every object of a stream.
struct JSONUnwrapper: LineUnwrapper {
  private let json: JSONReader
  private let prefix: LinePrefix
  private let path: [UInt8]
  /// Docker's own files end every line but a piece with a line end.
  private let hasPieces: Bool
  private let template: JSONTemplate?
  /// The strings of the anchor's object were recovered one by one, and those of other broken ones are, too.
  private let isBroken: Bool
  /// The anchor's.
  private let object: JSONLine
  /// Names the stream: the text's field, and every other one that does not change from line to line.
  private(set) var key: UInt64 = 0
  let marks: [StreamMark]
  /// An object ends with its brace.
  var isCutByEnd: Bool { false }

  /// - Parameter isPiece: the line is a piece of a longer one, as Docker's files write it.
  init(
    json: JSONReader, text: Span<UInt8>, line: LineSpan, object: JSONLine, single: JSONCandidate,
    isPiece: Bool
  ) {
    self.json = json
    prefix = LinePrefix(text, line.start..<object.range.lowerBound)
    path = Array(object.bytes(single.path))
    hasPieces = path.elementsEqual("log".utf8) && (single.value.last == 0x0A || isPiece)
    template = JSONTemplate(text, object.range, object, path: path)
    isBroken = object.isBroken
    self.object = object
    marks = object.marks(beside: path)
    key = Self.key(object, path, prefix)
  }

  private static func key(_ object: JSONLine, _ path: [UInt8], _ prefix: LinePrefix) -> UInt64 {
    var sum: UInt64 = 0
    let text = object.text.span
    // The order of fields says nothing, that of an array's elements does: they have one path.
    var (last, ordinal): (JSONField?, UInt64) = (nil, 0)
    for field in object.fields {
      let isText = object.bytes(field.path).elementsEqual(path)
      guard isText || object.isConstant(field) else { continue }
      let isNext = last.map { $0.object == field.object && object.bytes($0.path) == object.bytes(field.path) }
      (last, ordinal) = (field, isNext == true ? ordinal + 1 : 0)
      var hash = KeyHash(seed: prefix.key)
      hash.combine(text, field.path.range)
      hash.combine(UInt64(truncatingIfNeeded: field.object) << 32 | ordinal)
      if !isText { hash.combine(text, field.value.range) }
      sum &+= hash.value
    }
    return sum
  }

  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard let start = start(text, line) else { return .foreign }
    if let template, let value = template.match(text, start, line.end) {
      return append(text, value, to: &output)
    }
    if isForeign(text, start, line) { return .foreign }
    var content = KeyHash(seed: prefix.key)
    content.combine(path.span, 0..<path.count)
    content.combine(text, start..<line.end)
    if let known = json.templates.key(of: content), known != key { return .foreign }
    guard let object = json.read(text, line.range, from: start, mayBeBroken: isBroken) else {
      return .foreign
    }
    let key = Self.key(object, path, prefix)
    if key != self.key { json.templates.remember(content, key) }
    guard key == self.key,
      let field = object.fields.first(where: { object.bytes($0.path).elementsEqual(path) })
    else {
      json.templates.learn(text, object, path, prefix.key, key)
      return .foreign
    }
    var value = object.bytes(field.value)
    let isPiece = isPiece(object, value)
    while let last = value.last, last == 0x0A || last == 0x0D { value.removeLast() }
    output.append(contentsOf: value)
    return isPiece ? .piece : .whole
  }

  func unwrapCut(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> Bool {
    guard let start = start(text, line), json.read(text, line.range, from: start, mayBeBroken: false) == nil
    else {
      return false
    }
    let cut = BrokenJSON(text, start..<line.end)
    // Its names are without those around them.
    let dot = path.lastIndex(of: UInt8(ascii: "."))
    let name = path[(dot.map { $0 + 1 } ?? 0)...]
    guard let field = cut.fields.last(where: { cut.text[$0.path.range] == name }),
      isOfStream(cut, beside: name)
    else { return false }
    var value = cut.text[field.value.range]
    while let last = value.last, last == 0x0A || last == 0x0D { value.removeLast() }
    output.append(contentsOf: value)
    return true
  }

  /// Whether the fields that are there say nothing else than the anchor's of the same names.
  private func isOfStream(_ cut: BrokenJSON, beside name: ArraySlice<UInt8>) -> Bool {
    cut.fields.allSatisfy { field in
      let own = cut.text[field.path.range]
      guard own != name else { return true }
      return object.fields.allSatisfy {
        object.lastName($0.path) != own || !object.isConstant($0)
          || object.bytes($0.value) == cut.text[field.value.range]
      }
    }
  }

  /// Whether a template that was learnt before tells that the line is another stream's. That it is this one's is left to
  /// the parser, which refuses some of the lines that fit: what was learnt before must not change what is found.
  private func isForeign(_ text: Span<UInt8>, _ start: Int, _ line: LineSpan) -> Bool {
    guard !isBroken, let known = json.templates.match(text, start, line.end, path, prefix.key) else {
      return false
    }
    return known != key
  }

  /// Undoes the escapes of a line that fits the template.
  private func append(_ text: Span<UInt8>, _ value: Range<Int>, to output: inout [UInt8]) -> UnwrappedLine {
    let start = output.count
    TextEscapes.appendUnescaped(text, value, .quoted, to: &output)
    let isPiece = hasPieces && output.last != 0x0A
    while output.count > start, output.last == 0x0A || output.last == 0x0D { output.removeLast() }
    return isPiece ? .piece : .whole
  }

  /// Docker writes a piece without a line end; fluent-bit keeps the runtime's own tag.
  private func isPiece(_ object: JSONLine, _ value: ArraySlice<UInt8>) -> Bool {
    if hasPieces { return value.last != 0x0A }
    return object.isTaggedPiece
  }

  /// Where the line's object starts, if the same stands before it.
  private func start(_ text: Span<UInt8>, _ line: LineSpan) -> Int? {
    var at = line.start
    if !prefix.isEmpty {
      guard let end = prefix.match(text, line.range) else { return nil }
      at = end
    } else if Dirt.hasMark(text, at) {
      at += 3
    }
    while at < line.end, isBlank(text[at]) { at += 1 }
    return at < line.end && text[at] == UInt8(ascii: "{") ? at : nil
  }
}

/// Docker's own files end the text of every line with a line end, but that of a piece.
enum DockerPieces {
  /// A piece has 16 KiB, and more with its escapes.
  private static let reach = 64 << 10

  /// Whether the object is a line of such a file.
  static func isLine(_ object: JSONLine, _ single: JSONCandidate) -> Bool {
    object.bytes(single.path).elementsEqual("log".utf8) && value("stream", of: object) != nil
      && value("time", of: object) != nil
  }

  private static func value(_ name: String, of object: JSONLine) -> ArraySlice<UInt8>? {
    object.fields.first { object.bytes($0.path).elementsEqual(name.utf8) }.map { object.bytes($0.value) }
  }

  /// The line above; nil where there is none in reach.
  /// - Parameter mark: met when more text above could show one.
  static func lineAbove(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ mark: FloorMark)
    -> LineSpan?
  {
    guard line.start > scope.floor else {
      mark.isMet = true
      return nil
    }
    let floor = max(scope.floor, line.start - reach)
    return LineSpan(text, around: line.start - 1, floor: floor, end: line.start, isFinal: true)
  }

  /// The text of a line, if it is one of the same stream as `line`.
  static func text(of other: JSONLine, beside line: JSONLine) -> [UInt8]? {
    guard let stream = value("stream", of: other), stream == value("stream", of: line) else { return nil }
    return value("log", of: other).map(Array.init)
  }

  /// Whether the line of `object` is a piece: its text has no line end while that of a line near it has one.
  /// Nil when those lines are not there yet.
  static func isPiece(
    _ object: JSONLine, _ single: JSONCandidate, _ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope
  ) -> Bool? {
    guard single.value.last != 0x0A, isLine(object, single) else { return false }
    let start = max(scope.floor, line.start - reach)
    let end = min(scope.end, line.next + reach)
    let lineEnds: [StaticString] = ["\\n\",\"stream\"", "\\n\", \"stream\""]
    if lineEnds.contains(where: { text.firstOffset(of: $0, in: start..<end) != nil }) { return true }
    return end == scope.end && !scope.isFinal ? nil : false
  }
}

extension JSONLine {
  /// Whether a string has several lines, and so is a text of its own and no line of a stream.
  func hasLines(_ field: JSONField) -> Bool { bytes(field.value).dropLast().contains(0x0A) }

  /// Whether a field tells streams apart: a string that is no time, or the number of a process or thread.
  /// What collectors number and mark every line with does not.
  func isConstant(_ field: JSONField) -> Bool {
    switch field.kind {
    case .string:
      return !ChangingValue.isOne(text.span, field.value.range) && !isMark(field)
    case .number:
      return ["pid", "tid"].contains { bytes(field.path).suffix(3).elementsEqual($0.utf8) }
        || isIdentity(field)
    case .word: return false
    }
  }

  /// Whether the field is the kubelet's tag as fluent-bit keeps it.
  func isPieceTag(_ field: JSONField) -> Bool {
    let name = lastName(field.path)
    return name.elementsEqual("logtag".utf8) || name.elementsEqual("_p".utf8)
  }

  /// Whether the tag says that the line goes on.
  var isTaggedPiece: Bool {
    fields.contains { $0.value.count == 1 && bytes($0.value).first == UInt8(ascii: "P") && isPieceTag($0) }
  }

  /// Whether a field's name says that it differs from line to line.
  func isMark(_ field: JSONField) -> Bool { Self.isMark(lastName(field.path)) && !isIdentity(field) }

  /// Whether the field is the `id` of what writes the line, as ECS names it.
  private func isIdentity(_ field: JSONField) -> Bool {
    let path = bytes(field.path)
    guard path.suffix(3).elementsEqual(".id".utf8) else { return false }
    let owner = path.dropLast(3).split(separator: UInt8(ascii: ".")).last
    return owner.map { Self.writers.contains(Array($0)) } == true
  }

  private static let writers = ["container", "instance", "thread", "pod", "host", "process"].map {
    Array($0.utf8)
  }

  static func isMark(_ name: ArraySlice<UInt8>) -> Bool {
    name.starts(with: "__".utf8) || marks.contains { $0.count == name.count && $0 == name }
  }

  /// Names of fields that differ from line to line of one stream.
  private static let marks: [ArraySlice<UInt8>] = [
    "insertId", "insert_id", "_id", "id", "uuid", "eventId", "event_id", "messageId", "message_id", "log_id",
    "cursor", "@ptr", "gl2_message_id", "seq", "line_number", "_serial", "_cd", "logtag", "_p",
    "_SOURCE_REALTIME_TIMESTAMP", "_SOURCE_MONOTONIC_TIMESTAMP", "sequence",
    "sequence_number", "offset", "ingestionTime", "receiveTimestamp",
  ].map { ArraySlice($0.utf8) }
}

/// A list of events in one document, each with one line: the lines of one stream of them as a text.
struct EventList {
  private(set) var text: [UInt8] = []
  /// Where each line starts and the object it stands in.
  private var lines: [(start: Int, object: Int)] = []

  /// One for each stream, told apart as the lines of a log are.
  /// - Complexity: O(fields of the document).
  static func lists(of line: JSONLine, path: ByteRange) -> [EventList] {
    let keys = streamKeys(line, path)
    var order: [UInt64] = []
    var lists: [UInt64: EventList] = [:]
    for field in line.fields
    where field.kind == .string && line.bytes(field.path) == line.bytes(path) && !line.hasLines(field) {
      let key = keys[line.event(of: field.object)] ?? 0
      if lists[key] == nil { order.append(key) }
      lists[key, default: EventList()].add(line.bytes(field.value), field.object)
    }
    return order.compactMap { lists[$0] }
  }

  /// For each event the key of its constant fields, the text left out.
  private static func streamKeys(_ line: JSONLine, _ path: ByteRange) -> [Int: UInt64] {
    var hashes: [Int: KeyHash] = [:]
    for field in line.fields where line.bytes(field.path) != line.bytes(path) && line.isConstant(field) {
      let event = line.event(of: field.object)
      hashes[event, default: KeyHash()].combine(line.text.span, field.path.range)
      hashes[event]?.combine(line.text.span, field.value.range)
    }
    return hashes.mapValues(\.value)
  }

  private mutating func add(_ value: ArraySlice<UInt8>, _ object: Int) {
    lines.append((text.count, object))
    text.append(contentsOf: value)
    if value.last != 0x0A { text.append(0x0A) }
  }

  /// The object whose line holds an offset of the text.
  func object(at offset: Int) -> Int { lines.last { $0.start <= offset }?.object ?? 0 }
}
