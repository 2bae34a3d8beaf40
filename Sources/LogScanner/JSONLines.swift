internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// JSON objects, one a line: a trace stands in one string, or every object carries one line of it.
extension TraceScanner {
  /// Records of the object on the anchor's line; nil when there is no object.
  mutating func jsonLine(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard let start = JSONReader.start(text, line.range, before: scope.anchor),
      let object = json.read(text, line.range, from: start, mayBeBroken: true)
    else { return nil }
    if object.range.upperBound <= scope.anchor { return nil }
    let candidates = object.candidates()
    var records = documents(candidates, object, line, scope)
    if records.isEmpty, let single = candidates.first(where: { $0.isAnchored && !$0.hasLines && !$0.isArray })
    {
      if let found = jsonStream(text, line, object, single, scope) {
        guard case .parsed(.none) = found else { return found }
      }
    }
    if records.isEmpty { records = structured(text, line, object) ?? [] }
    if records.isEmpty, let failure = notATrace(candidates, object, line) { records = [failure] }
    guard !records.isEmpty else { return .parsed(.none(resume: line.next)) }
    describe(&records, object)
    return .records(records)
  }

  /// The records of all strings of several lines.
  private mutating func documents(
    _ candidates: [JSONCandidate], _ object: JSONLine, _ line: LineSpan, _ scope: ScanScope
  ) -> [UnwrappedRecord] {
    var records: [UnwrappedRecord] = []
    for (index, candidate) in candidates.enumerated() where candidate.isAnchored {
      guard candidate.isArray || candidate.hasLines || isWrapped(candidate.value) else { continue }
      var found = document(candidate.value, carriedBy: line, depth: scope.depth)
      if let reason = object.reason, !found.isEmpty, reason != .truncatedLine || index == candidates.count - 1
      {
        found[found.count - 1].insert(reason)
      }
      let before = records
      records += found.filter { record in !before.contains { $0.text == record.text } }
    }
    return records
  }

  /// Whether a string of one line may hold a whole trace: as JSON again, or with written line ends.
  private func isWrapped(_ value: [UInt8]) -> Bool {
    let text = value.span
    if JSONReader.start(text, 0..<text.count, before: text.count) != nil { return true }
    let anchor = Gate.next(text, from: 0)
    let hasSecond = Gate.second(text, from: anchor, to: text.count) < text.count
    return OneLineForm(text, 0..<text.count, anchor: anchor, hasSecond: hasSecond) != nil
  }

  // MARK: One object a line of the trace

  private mutating func jsonStream(
    _ text: Span<UInt8>, _ line: LineSpan, _ object: JSONLine, _ single: JSONCandidate, _ scope: ScanScope
  ) -> Resolution? {
    var unwrapper = JSONUnwrapper(json: json, text: text, line: line, object: object, single: single)
    var key = KeyHash(seed: 4)
    key.combine(scope.key)
    key.combine(unwrapper.key)
    let resolution = follow(text, line, scope, &unwrapper, key: key.value)
    guard case .records(var records)? = resolution else { return resolution }
    describe(&records, object)
    return .records(records)
  }

  // MARK: What the object says beside the trace

  private func describe(_ records: inout [UnwrappedRecord], _ object: JSONLine) {
    let facts = MessageFacts(object)
    for index in records.indices {
      if let name = facts.stream {
        records[index].stream = records[index].stream.map { "\(name)/\($0)" } ?? name
      }
      records[index].timestamp = records[index].timestamp ?? facts.timestamp
      if records[index].context.isEmpty { records[index].context = facts.context }
    }
  }

  // MARK: Objects that hold no text of a trace

  /// A stack of objects: recognised, and reported under what keeps it from being a trace.
  private func structured(_ text: Span<UInt8>, _ line: LineSpan, _ object: JSONLine) -> [UnwrappedRecord]? {
    let paths = object.fields.map { String(decoding: object.bytes($0.path), as: UTF8.self) }
    let isJava = paths.contains { $0.contains("tackTrace[].") }
    let isPython = paths.contains { $0.hasSuffix("exc_type") } && paths.contains { $0.contains("frames[].") }
    guard isJava || isPython else { return nil }
    let hasType = isPython || paths.contains { $0 == "thrown.name" || $0.hasSuffix(".thrown.name") }
    let failure = ParseFailure(
      platform: isJava ? .java : .python, reason: hasType ? .unsupportedFormat : .typeMissing,
      detail: hasType
        ? "a stack as a list of objects" : "a stack as a list of objects, without the exception's type",
      region: ByteRange(line.start, line.next), lines: 1)
    return [UnwrappedRecord(failure, in: text)]
  }

  private static let stackFields: [String] = ["stack_trace", "stackTrace", "stacktrace"]

  /// A field that should hold a trace and does not.
  private func notATrace(_ candidates: [JSONCandidate], _ object: JSONLine, _ line: LineSpan)
    -> UnwrappedRecord?
  {
    let field = candidates.first { candidate in
      let path = String(decoding: object.bytes(candidate.path), as: UTF8.self)
      let name = path.hasSuffix("[]") ? String(path.dropLast(2)) : path
      let last = name.split(separator: ".").last.map(String.init) ?? name
      return Self.stackFields.contains(last) && Self.saysSomething(candidate.value)
    }
    guard let field else { return nil }
    let text = field.value.span
    let failure = ParseFailure(
      platform: .other, reason: .notATraceText,
      detail: "a stack trace field without a trace: \(Self.guess(text))",
      region: ByteRange(0, text.count), lines: 1)
    var record = UnwrappedRecord(failure, in: text)
    record.region = ByteRange(line.start, line.next)
    return record
  }

  private static func saysSomething(_ value: [UInt8]) -> Bool {
    let text = String(decoding: value.prefix(64), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return !["", "null", "None", "NoneType: None", "-", "undefined"].contains(words)
  }

  /// A guess at the language, for the person who reads the report.
  private static func guess(_ text: Span<UInt8>) -> String {
    let marks: [(StaticString, String)] = [
      ("AirbyteDbtError: ", "dbt"), ("goroutine ", "Go"), ("(node:", "JavaScript"), (".js:", "JavaScript"),
      (".ts:", "JavaScript"), (".rb:", "Ruby"), (".php", "PHP"), (".cs:line ", "C#"), (".rs:", "Rust"),
    ]
    let range = 0..<text.count
    return marks.first { text.firstOffset(of: $0.0, in: range) != nil }?.1 ?? "free text"
  }
}

/// Takes one string out of every object of a stream.
struct JSONUnwrapper: LineUnwrapper {
  private let json: JSONReader
  private let prefix: LinePrefix
  private let path: [UInt8]
  /// Docker's own files end every line but a piece with a line end.
  private let hasPieces: Bool
  /// Names the stream: the text's field, and every other one that does not change from line to line.
  private(set) var key: UInt64 = 0

  init(json: JSONReader, text: Span<UInt8>, line: LineSpan, object: JSONLine, single: JSONCandidate) {
    self.json = json
    prefix = LinePrefix(text, line.start..<object.range.lowerBound)
    path = Array(object.bytes(single.path))
    hasPieces = path.elementsEqual("log".utf8) && single.value.last == 0x0A
    key = Self.key(object, path, prefix)
  }

  private static func key(_ object: JSONLine, _ path: [UInt8], _ prefix: LinePrefix) -> UInt64 {
    var hash = KeyHash(seed: prefix.key)
    let text = object.text.span
    for field in object.fields {
      let isText = object.bytes(field.path).elementsEqual(path)
      guard isText || isConstant(object, field) else { continue }
      hash.combine(text, field.path.range)
      if !isText { hash.combine(text, field.value.range) }
    }
    return hash.value
  }

  /// Strings that are no times, and the numbers of processes and threads.
  private static func isConstant(_ object: JSONLine, _ field: JSONField) -> Bool {
    let value = object.bytes(field.value)
    switch field.kind {
    case .string:
      guard let first = value.first, isDigit(first), value.count >= 8 else { return true }
      return !value.contains(UInt8(ascii: ":")) && !value.allSatisfy(isDigit)
    case .number:
      let path = object.bytes(field.path)
      return path.suffix(3).elementsEqual("pid".utf8) || path.suffix(3).elementsEqual("tid".utf8)
    case .word: return false
    }
  }

  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard let start = start(text, line),
      let object = json.read(text, line.range, from: start, mayBeBroken: false),
      Self.key(object, path, prefix) == key,
      let field = object.fields.first(where: { object.bytes($0.path).elementsEqual(path) })
    else { return .foreign }
    var value = object.bytes(field.value)
    let hasLineEnd = value.last == 0x0A
    while let last = value.last, last == 0x0A || last == 0x0D { value.removeLast() }
    output.append(contentsOf: value)
    return hasPieces && !hasLineEnd ? .piece : .whole
  }

  /// Where the line's object starts, if the same stands before it.
  private func start(_ text: Span<UInt8>, _ line: LineSpan) -> Int? {
    var at = line.start
    if !prefix.isEmpty {
      guard let end = prefix.match(text, line.range) else { return nil }
      at = end
    }
    while at < line.end, isBlank(text[at]) { at += 1 }
    return at < line.end && text[at] == UInt8(ascii: "{") ? at : nil
  }
}
