internal import LogInput
internal import LogScanner
internal import TraceBytes

/// Where in a followed file a filter stands: all that a restart has to know to go on as if it had never
/// stopped.
public struct FilterCheckpoint: Sendable, Equatable {
  /// The path as it was given.
  public var path: String
  var file: FileIdentity
  /// Input offset of the first byte that has to be read again.
  package var origin: UInt64
  /// Lines of the file before it.
  var lines: UInt64
  /// Anchors before this offset are done with.
  var next: UInt64
  /// What stands before `next`, as far as that is known.
  var tail = FileTail()
  /// The end of the last region of plain text.
  var floor: UInt64
  var streams = StreamEnds()
  /// Records behind `next` that were handed on already.
  var early: [EarlyPlace] = []
  /// Where records start that another one may still start with, and how many each had.
  var starts: [RecordOrdinals.Start] = []

  /// The checkpoint of a file that is read from its start.
  init(path: String, file: FileIdentity) {
    self.path = path
    self.file = file
    (origin, lines, next, floor) = (0, 0, 0, 0)
  }

  /// Whether both say the same of one file, which may have been written to in between.
  public func isSamePlace(as other: FilterCheckpoint) -> Bool {
    var other = other
    other.file.changed = file.changed
    other.tail = tail
    return self == other
  }

  /// Whether both stand in one file, which was not emptied in between.
  public func isInSameContent(as other: FilterCheckpoint) -> Bool { file.isSameContent(as: other.file) }
}

// MARK: Text

extension FilterCheckpoint {
  /// The checkpoint as one line of JSON, with its line end.
  public var json: [UInt8] {
    var output = OutputBuffer()
    output.append("{\"v\":1,\"kind\":\"checkpoint\",\"path\":")
    output.appendJSON(path)
    let numbers: [(StaticString, UInt64)] = [
      ("device", file.device), ("inode", file.inode), ("born", file.born), ("changed", file.changed),
      ("generation", file.generation), ("origin", origin), ("lines", lines), ("next", next),
      ("tail", tail.count), ("key", tail.key), ("floor", floor),
    ]
    for (name, number) in numbers {
      output.append(",\"")
      output.append(name)
      output.append("\":")
      output.append(number)
    }
    output.append(",\"head\":")
    output.appendJSON(Self.hexadecimal(file.head))
    output.append(",\"streams\":[")
    for (index, stream) in streams.all.sorted(by: { ($0.end, $0.key) < ($1.end, $1.key) }).enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON("\(stream.key) \(stream.end) \(stream.isWoven ? 1 : 0)")
    }
    output.append("],\"starts\":[")
    for (index, start) in starts.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON("\(start.offset) \(start.length) \(start.count)")
    }
    output.append("],\"early\":[")
    for (index, place) in early.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON(place.text)
    }
    output.append("]}\n")
    return output.bytes
  }

  /// Reads what `json` wrote.
  /// - Throws: `CheckpointError` with what is wrong with it.
  public init(json: [UInt8]) throws(CheckpointError) {
    let fields = try Fields(json)
    guard fields.numbers["v"] == 1, fields.texts["kind"] == "checkpoint" else {
      throw CheckpointError(reason: "it is no checkpoint of this version")
    }
    guard let path = fields.texts["path"], let head = fields.texts["head"].flatMap(Self.bytes) else {
      throw CheckpointError(reason: "its path or head is missing")
    }
    self.path = path
    file = FileIdentity(
      device: try fields.number("device"), inode: try fields.number("inode"),
      generation: try fields.number("generation"), head: head)
    // Checkpoints written before there were some of these numbers, or the lists below, have none.
    file.born = fields.numbers["born"] ?? 0
    file.changed = fields.numbers["changed"] ?? 0
    origin = try fields.number("origin")
    lines = try fields.number("lines")
    next = try fields.number("next")
    tail = FileTail(end: next, count: fields.numbers["tail"] ?? 0, key: fields.numbers["key"] ?? 0)
    floor = try fields.number("floor")
    for stream in fields.streams { streams.insert(try Self.stream(stream)) }
    for start in fields.starts { starts.append(try Self.start(start)) }
    for place in fields.early { early.append(try EarlyPlace(text: place)) }
    guard origin <= next, next <= Self.farthest,
      streams.all.allSatisfy({ $0.end <= Self.farthest }),
      early.allSatisfy({ $0.isBehind(next, upTo: Self.farthest) })
    else {
      throw CheckpointError(reason: "its offsets contradict each other")
    }
  }

  /// No file is longer.
  private static let farthest = UInt64(Int64.max)

  private static func stream(_ text: String) throws(CheckpointError) -> StreamEnds.End {
    let parts = text.split(separator: " ").map { UInt64($0) }
    guard parts.count == 3, let key = parts[0], let end = parts[1], let woven = parts[2] else {
      throw CheckpointError(reason: "a stream in it is damaged")
    }
    return StreamEnds.End(key: key, end: end, isWoven: woven == 1)
  }

  private static func start(_ text: String) throws(CheckpointError) -> RecordOrdinals.Start {
    let parts = text.split(separator: " ").map { UInt64($0) }
    guard parts.count == 3, let offset = parts[0], let length = parts[1], let count = parts[2],
      count <= farthest
    else {
      throw CheckpointError(reason: "a record's start in it is damaged")
    }
    return RecordOrdinals.Start(offset: offset, length: length, count: count)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func bytes(_ digits: String) -> [UInt8]? {
    let digits = Array(digits.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var result: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
        return nil
      }
      result.append(byte)
    }
    return result
  }

  /// The members of the checkpoint's object by name.
  private struct Fields {
    var texts: [String: String] = [:]
    var numbers: [String: UInt64] = [:]
    var streams: [String] = []
    var starts: [String] = []
    var early: [String] = []

    init(_ json: [UInt8]) throws(CheckpointError) {
      var reader = JSONRecords()
      do throws(JSONProblem) {
        try reader.read(json.span, 0..<json.count)
      } catch { throw CheckpointError(reason: "it is no JSON") }
      let text = reader.copiedText
      for field in reader.fields {
        let name = String(decoding: text[field.path.range], as: UTF8.self)
        let value = String(decoding: text[field.value.range], as: UTF8.self)
        switch field.kind {
        case .string where name == "streams[]": streams.append(value)
        case .string where name == "starts[]": starts.append(value)
        case .string where name == "early[]": early.append(value)
        case .string: texts[name] = value
        case .number: numbers[name] = UInt64(value)
        case .word: break
        }
      }
    }

    func number(_ name: String) throws(CheckpointError) -> UInt64 {
      guard let number = numbers[name] else { throw CheckpointError(reason: "\"\(name)\" is missing in it") }
      return number
    }
  }
}

/// Why a checkpoint cannot be used.
public struct CheckpointError: Error, Sendable, Equatable {
  /// What is wrong, as the end of a sentence.
  public var reason: String

  public init(reason: String) { self.reason = reason }
}
