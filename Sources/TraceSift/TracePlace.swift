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
  /// How many physical lines it has.
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
