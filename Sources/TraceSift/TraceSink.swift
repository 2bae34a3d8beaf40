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
  /// RFC 3339, as far as the text goes; nil where it shows none.
  public var timestamp: String?
  /// Stable across runs: made of source, offset and the record's ordinal within its line.
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
    self.timestamp = timestamp
    self.id = id
  }
}

/// Takes records as they are found, in input order. One a chunk of input; the engine hands them to
/// `ScanDelegate` in order.
///
/// The text is borrowed: it is valid during the call only.
public protocol TraceSink: Sendable {
  mutating func trace(_ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>)
  mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>)
}

/// What grouping came to for one record.
public struct TraceGrouping: Sendable {
  /// The contributing variants and their hashes, in Sentry's order.
  public var variants: [(name: String, hash: String)] = []
  /// `[group]`, or the resolved entries of a custom or hybrid fingerprint.
  public var fingerprint: [String] = []
  /// The one hash to group by.
  public var group = ""
  public var title = ""
  public var culprit: String?
  public var tags: [(key: String, value: String)] = []
  /// In-app per frame, in the order of `ParsedTrace.frames`.
  public var inApp: [Bool] = []

  public init() {}
}
