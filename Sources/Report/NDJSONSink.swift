internal import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// Writes records as NDJSON, one object a line, keys in the order of the record schema.
///
/// A record's line number is known only when the chunks before it are done. It is written as if there were none, and
/// put right when the bytes are taken.
public struct NDJSONSink: RecordSink {
  var buffer = OutputBuffer()
  /// Failures where they go to a place of their own.
  private var apart = OutputBuffer()
  private let separatesFailures: Bool
  private var holes: [Hole] = []
  private var holesApart: [Hole] = []
  var isRepaired = false
  /// Frames, and what one shape of trace has in common.
  var pieces = PieceMemo()

  /// Where a line number stands, and how many lines of the chunk stand before the record.
  private struct Hole: Sendable {
    var at: Int
    var end: Int
    var linesBefore: UInt64

    func moved(by offset: Int) -> Hole {
      Hole(at: at + offset, end: end + offset, linesBefore: linesBefore)
    }
  }

  /// - Parameter separatesFailures: keep failure records apart from traces.
  public init(separatesFailures: Bool = false) { self.separatesFailures = separatesFailures }

  /// Whether nothing was written.
  public var isEmpty: Bool { buffer.count == 0 && apart.count == 0 }

  public var bytes: Int { buffer.count + apart.count }

  public mutating func reset() {
    buffer.removeAll()
    apart.removeAll()
    holes.removeAll(keepingCapacity: true)
    holesApart.removeAll(keepingCapacity: true)
  }

  public var rememberedBytes: Int { pieces.rememberedBytes }

  public mutating func forget() { pieces = PieceMemo() }

  public static var reusesStorage: Bool { true }

  public static var takesKnownTraces: Bool { true }

  /// Whether the frames of all its exceptions were written before.
  public func canTake(known trace: ParsedTrace, _ grouping: TraceGrouping) -> Bool {
    trace.exceptions.allSatisfy { $0.frames.isEmpty || isKnown(trace, $0, grouping.inApp) }
  }

  /// What was written, while the pieces stay for the next chunk.
  public mutating func handOver(leaving next: NDJSONSink) -> NDJSONSink {
    var written = next
    swap(&written, &self)
    swap(&written.pieces, &pieces)
    return written
  }

  /// The records as bytes, with their line numbers.
  /// - Parameter linesBefore: lines of the file before the chunk.
  public func records(linesBefore: UInt64) -> [UInt8] {
    Self.filled(buffer, holes, linesBefore)
  }

  public func appendRecords(linesBefore: UInt64, to output: inout [UInt8]) {
    Self.fill(buffer, holes, linesBefore, into: &output)
  }

  /// The failure records, if they are kept apart.
  public func failureRecords(linesBefore: UInt64) -> [UInt8] {
    Self.filled(apart, holesApart, linesBefore)
  }

  private static func filled(_ buffer: OutputBuffer, _ holes: [Hole], _ linesBefore: UInt64) -> [UInt8] {
    guard linesBefore > 0 else { return buffer.bytes }
    var output: [UInt8] = []
    fill(buffer, holes, linesBefore, into: &output)
    return output
  }

  private static func fill(
    _ buffer: OutputBuffer, _ holes: [Hole], _ linesBefore: UInt64, into output: inout [UInt8]
  ) {
    output.reserveCapacity(output.count + buffer.count + 12 * holes.count)
    var from = 0
    for hole in holes {
      append(buffer, from..<hole.at, to: &output)
      output.append(contentsOf: String(hole.linesBefore &+ linesBefore &+ 1).utf8)
      from = hole.end
    }
    append(buffer, from..<buffer.count, to: &output)
  }

  private static func append(_ buffer: OutputBuffer, _ range: Range<Int>, to output: inout [UInt8]) {
    unsafe buffer.bytes.span.extracting(range).withUnsafeBufferPointer {
      unsafe output.append(contentsOf: $0)
    }
  }

  // MARK: Records

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    isRepaired = false
    if trace.frames.count > Self.longestList {
      buffer.reserve(2 * Int(place.length) + 160 * trace.frames.count)
    }
    holes.append(Self.head("trace", place, &buffer))
    timestamp(place)
    member("platform", trace.platform.rawValue)
    member("status", trace.reasons.isEmpty ? "ok" : "degraded")
    if !trace.reasons.isEmpty { codes("reasons", trace.reasons) }
    if !trace.flags.isEmpty { codes("flags", trace.flags) }
    buffer.append(",\"exceptions\":")
    exceptions(trace, grouping.inApp, text)
    self.grouping(grouping, trace, text)
    Self.context(place, &buffer)
    if isRepaired { buffer.append(",\"repaired\":true") }
    buffer.append("}\n")
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    var output = OutputBuffer()
    let hole = Self.head("failure", place, &output)
    output.append(",\"platform\":")
    output.appendJSON(failure.platform.rawValue)
    output.append(",\"reason\":")
    output.appendJSON(failure.reason.rawValue)
    output.append(",\"detail\":")
    output.appendJSON(failure.detail)
    output.append(",\"excerpt\":")
    let isValid = Excerpt.append(text, failure.region.range, to: &output)
    Self.hashes(grouping, &output)
    output.append(",\"title\":")
    output.appendJSON(grouping.title(of: nil, in: text))
    Self.culprit(grouping, &output)
    Self.context(place, &output)
    if !isValid { output.append(",\"repaired\":true") }
    output.append("}\n")
    add(output, hole)
  }

  private mutating func add(_ record: OutputBuffer, _ hole: Hole) {
    if separatesFailures {
      holesApart.append(hole.moved(by: apart.count))
      apart.append(record.bytes.span, 0..<record.count)
    } else {
      holes.append(hole.moved(by: buffer.count))
      buffer.append(record.bytes.span, 0..<record.count)
    }
  }

  // MARK: Parts

  private static func head(
    _ kind: StaticString, _ place: TracePlace, _ output: inout OutputBuffer
  ) -> Hole {
    output.append("{\"v\":1,\"kind\":\"")
    output.append(kind)
    output.append("\",\"id\":\"")
    output.appendHex(place.id)
    output.append("\",\"source\":")
    output.appendJSON(place.source)
    if let stream = place.stream {
      output.append(",\"stream\":")
      output.appendJSON(stream)
    }
    output.append(",\"offset\":")
    output.append(place.offset)
    output.append(",\"length\":")
    output.append(place.length)
    output.append(",\"line\":")
    let at = output.count
    output.append(place.linesBefore &+ 1)
    let hole = Hole(at: at, end: output.count, linesBefore: place.linesBefore)
    output.append(",\"lines\":")
    output.append(place.lines)
    return hole
  }

  private mutating func timestamp(_ place: TracePlace) {
    if let time = place.time {
      name("timestamp")
      buffer.appendJSON(time.bytes, 0..<time.bytes.count)
    } else if let timestamp = place.timestamp {
      member("timestamp", timestamp)
    }
  }

  mutating func member(_ key: StaticString, _ value: String) {
    name(key)
    buffer.appendJSON(value)
  }

  mutating func name(_ key: StaticString) {
    buffer.append(",\"")
    buffer.append(key)
    buffer.append("\":")
  }

  mutating func member(_ key: StaticString, _ text: Span<UInt8>, _ range: ByteRange?) {
    guard let range else { return }
    name(key)
    if !buffer.appendJSON(text, range.range) { isRepaired = true }
  }

  mutating func member(_ key: StaticString, _ number: Int) {
    name(key)
    buffer.append(number)
  }

  /// Codes are plain words; no list of them is made.
  private mutating func codes<Code: RawRepresentable<String>>(_ key: StaticString, _ codes: CodeSet<Code>) {
    name(key)
    var separator: StaticString = "[\""
    codes.visit { code in
      buffer.append(separator)
      buffer.appendText(code.rawValue)
      separator = "\",\""
    }
    buffer.append("\"]")
  }

  private mutating func list(_ key: StaticString, _ values: [String]) {
    name(key)
    Self.list(values, &buffer)
  }

  private static func list(_ values: [String], _ output: inout OutputBuffer) {
    output.append("[")
    for (index, value) in values.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON(value)
    }
    output.append("]")
  }

  /// What grouping came to. Only the title is a trace's own; the rest is remembered by shape.
  private mutating func grouping(_ grouping: TraceGrouping, _ trace: ParsedTrace, _ text: Span<UInt8>) {
    piece(grouping.key, 1) { Self.hashes(grouping, &$0) }
    buffer.append(",\"title\":\"")
    grouping.appendTitle(of: trace, in: text, to: &buffer)
    buffer.append("\"")
    piece(grouping.key, 2) { Self.culprit(grouping, &$0) }
  }

  /// Writes a piece of which a shape's key and a number tell everything.
  private mutating func piece(_ key: KeyHash?, _ number: UInt64, _ write: (inout OutputBuffer) -> Void) {
    guard var key else { return write(&buffer) }
    key.combine(number)
    guard pieces.append(key, to: &buffer) == nil else { return }
    let start = buffer.count
    write(&buffer)
    pieces.insert(key, buffer, from: start, isRepaired: false)
  }

  private static func hashes(_ grouping: TraceGrouping, _ output: inout OutputBuffer) {
    let result = grouping.result
    output.append(",\"variants\":")
    map(result.variants.map { ($0.name, $0.hash) }, &output)
    output.append(",\"fingerprint\":")
    list(result.fingerprint, &output)
    output.append(",\"group\":")
    output.appendJSON(result.group)
  }

  private static func culprit(_ grouping: TraceGrouping, _ output: inout OutputBuffer) {
    let result = grouping.result
    if let culprit = result.culprit {
      output.append(",\"culprit\":")
      output.appendJSON(culprit)
    }
    guard !result.tags.isEmpty else { return }
    output.append(",\"tags\":")
    map(result.tags.map { ($0.name, $0.value ?? "") }, &output)
  }

  private static func map(_ pairs: [(String, String)], _ output: inout OutputBuffer) {
    output.append("{")
    for (index, pair) in pairs.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON(pair.0)
      output.append(":")
      output.appendJSON(pair.1)
    }
    output.append("}")
  }

  private static func context(_ place: TracePlace, _ output: inout OutputBuffer) {
    guard !place.context.isEmpty else { return }
    for (index, field) in place.context.enumerated() {
      output.append(index > 0 ? "," : ",\"context\":{")
      output.appendJSON(field.name)
      output.append(":")
      output.appendJSON(field.value)
    }
    output.append("}")
  }
}
