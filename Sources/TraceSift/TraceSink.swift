public import Grouping
public import TraceBytes
public import TraceModel

/// Where a record stands in its input.
public struct TracePlace: Sendable, Equatable {
  /// The path as given, or `-`.
  public var source: String
  /// Bytes of the decompressed input before the record's first line.
  public var offset: UInt64
  /// Bytes of the record's lines, the last one's line end included.
  public var length: UInt64
  /// Lines before the record's first one, counted from the start of the chunk it was found in. The sink
  /// adds the lines of the chunks before when it knows them.
  public var linesBefore: UInt64
  public var lines: Int
  /// The stream that the container names: a pod, a service, `stderr`; nil where there is none.
  public var stream: String?
  /// Fields of the surrounding message that a profile keeps, in the order of the schema.
  public var context: [ContextField]
  /// RFC 3339, as far as the text goes; nil where it shows none. A string is made each time: what is called for
  /// every record reads `time` first.
  public var timestamp: String? {
    get { time?.string ?? longTime }
    set {
      time = newValue.flatMap(TimestampText.init)
      longTime = time == nil ? newValue : nil
    }
  }
  /// The timestamp where it is no longer than usual.
  public private(set) var time: TimestampText?
  private var longTime: String?
  /// Stable across runs: made of source, offset, length and, where several records have these, the record's ordinal.
  public var id: UInt64

  public init(
    source: String, offset: UInt64, length: UInt64, linesBefore: UInt64, lines: Int, stream: String? = nil,
    context: [ContextField] = [], timestamp: String? = nil, id: UInt64
  ) {
    self.source = source
    self.offset = offset
    self.length = length
    self.linesBefore = linesBefore
    self.lines = lines
    self.stream = stream
    self.context = context
    self.id = id
    self.timestamp = timestamp
  }

  /// A place of plain text.
  init(
    source: String, offset: UInt64, length: UInt64, linesBefore: UInt64, lines: Int, time: TimestampText?,
    id: UInt64
  ) {
    self.source = source
    self.offset = offset
    self.length = length
    self.linesBefore = linesBefore
    self.lines = lines
    context = []
    self.time = time
    self.id = id
  }
}

/// Takes records as they are found, in input order. One a chunk of input; the engine hands them to
/// `ScanDelegate` in order.
///
/// The text is borrowed: it is valid during the call only.
public protocol TraceSink: Sendable {
  /// Whether there is nothing to hand on.
  var isEmpty: Bool { get }
  /// Whether it holds so much that it is to be handed on before its chunk ends, where that is possible.
  var isDue: Bool { get }
  /// About how many bytes wait in it to be handed on; 0 where they are not worth counting.
  var bytes: Int { get }
  /// Called when all that it holds was handed on: forgets it and keeps the storage.
  mutating func reset()
  mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>)
  mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>)
  /// Whether it can take traces without their frames at all.
  static var takesKnownTraces: Bool { get }
  /// Whether it can take a trace that was met before without its frames (`ParsedTrace.framesAreLeftOut`).
  func canTake(known trace: ParsedTrace, _ grouping: TraceGrouping) -> Bool
  /// Gives out what was written and goes on as `next`, an empty sink. What was kept for the sake of speed stays
  /// here.
  mutating func handOver(leaving next: Self) -> Self
  /// Bytes of what it keeps from record to record for the sake of speed.
  var rememberedBytes: Int { get }
  /// Drops that, and its storage.
  mutating func forget()
  /// Whether it does not say again what it has handed on before, until it forgets.
  static var tellsOnce: Bool { get }
  /// Whether an empty sink may be one that was used before and reset, for the sake of its storage.
  static var reusesStorage: Bool { get }
}

extension TraceSink {
  public var isDue: Bool { !isEmpty }

  public var bytes: Int { 0 }

  public var rememberedBytes: Int { 0 }

  public mutating func forget() {}

  public static var tellsOnce: Bool { false }

  public static var reusesStorage: Bool { false }

  public static var takesKnownTraces: Bool { false }

  public func canTake(known trace: ParsedTrace, _ grouping: TraceGrouping) -> Bool { Self.takesKnownTraces }

  public mutating func handOver(leaving next: Self) -> Self {
    let written = self
    self = next
    return written
  }
}

/// What grouping came to for one record. The result is shared by all traces of one shape.
public struct TraceGrouping: Sendable {
  /// Variants, hashes, fingerprint, culprit and tags. Its title may be another trace's: use `title`.
  public var result: GroupingResult { _read { yield shape.result } }
  /// In-app per frame, in the order of `ParsedTrace.frames`; nil where the event leaves the frame out.
  public var inApp: [Bool?] { shape.inApp }
  /// Stands for `result.group` where groups are counted: equal for equal hashes, and made without a string.
  public var groupKey: UInt64 { shape.groupKey }
  /// The key of all that this result, but for the title, is made of; nil where it was not remembered. Equal keys,
  /// equal results.
  public var key: KeyHash? { shape.key }
  let shape: GroupedShape

  /// The `groupKey` of records whose hash is `group`.
  public static func key(ofGroup group: String) -> UInt64 {
    var key = KeyHash()
    key.combine(group)
    return key.value
  }

  /// The record's title. It is made when asked for: the value in it is the trace's own.
  /// - Parameter trace: the one that was grouped; nil for a failure.
  public func title(of trace: ParsedTrace?, in text: Span<UInt8>) -> String {
    guard let trace, let exception = titleException(of: trace) else { return result.title }
    return result.title(value: RecordBuilder.value(exception, text))
  }

  /// The exception whose value stands in the title; nil where the title is the result's.
  func titleException(of trace: ParsedTrace) -> ParsedException? {
    // Without a key, the result is this trace's alone.
    guard key != nil, let index = result.titleException, index < trace.exceptions.count,
      trace.exceptions[index].type != nil
    else { return nil }
    return trace.exceptions[index]
  }
}

extension TraceGrouping {
  /// Writes the inside of the title as a JSON string.
  public func appendTitle(of trace: ParsedTrace?, in text: Span<UInt8>, to output: inout OutputBuffer) {
    guard let trace, let exception = titleException(of: trace), let value = exception.value,
      let shown = result.titleValue(text, value.range)
    else { return output.appendEscaped(title(of: trace, in: text)) }
    output.appendEscaped(result.titleType.flatMap { $0.isEmpty ? nil : $0 } ?? "Error")
    output.append(": ")
    output.appendEscaped(text, shown.range)
    if shown.isCut { output.append("...") }
  }
}

/// The result of one shape of trace.
final class GroupedShape: Sendable {
  let result: GroupingResult
  let inApp: [Bool?]
  let key: KeyHash?
  /// Stands for the group's hash where groups are counted.
  let groupKey: UInt64

  init(_ result: GroupingResult, _ trace: ParsedTrace?, key: KeyHash? = nil) {
    self.result = result
    self.key = key
    groupKey = TraceGrouping.key(ofGroup: result.group)
    inApp = trace.map { Self.flat(result.inApp, $0) } ?? []
  }

  /// From frames oldest first by exception to the order of the text.
  private static func flat(_ flags: [[Bool?]], _ trace: ParsedTrace) -> [Bool?] {
    var result = [Bool?](repeating: nil, count: trace.frames.count)
    for (exception, flags) in zip(trace.exceptions, flags) {
      for (place, flag) in flags.enumerated() where place < exception.frames.count {
        let index =
          trace.isNewestFirst ? exception.frames.upperBound - 1 - place : exception.frames.lowerBound + place
        result[index] = flag
      }
    }
    return result
  }
}
