/// One call of a stack, as printed. Absent means unknown.
public struct FrameRecord: Sendable, Hashable {
  /// JVM: the class with its package (and hidden-class id), without loader and JPMS module.
  public var module: String?
  public var function: String?
  /// JVM: the file's name without path.
  public var filename: String?
  /// Python: the path as printed.
  public var absPath: String?
  /// Python: the first printed source line, without its indentation.
  public var contextLine: String?
  /// 1-based.
  public var lineno: Int?
  public var isNative = false
  /// How many more times the text says this frame was repeated.
  public var repeated: Int?

  public init(
    module: String? = nil, function: String? = nil, filename: String? = nil, absPath: String? = nil,
    contextLine: String? = nil, lineno: Int? = nil, isNative: Bool = false, repeated: Int? = nil
  ) {
    self.module = module
    self.function = function
    self.filename = filename
    self.absPath = absPath
    self.contextLine = contextLine
    self.lineno = lineno
    self.isNative = isNative
    self.repeated = repeated
  }
}

/// One exception of a trace.
public struct ExceptionRecord: Sendable, Hashable {
  /// The full dotted name as printed; nil where the text has none.
  public var type: String?
  /// nil where the text has no message, empty where it has an empty one.
  public var value: String?
  /// nil for the first exception of the text.
  public var relation: Relation?
  /// Index of the exception that `relation` points at.
  public var parent: Int?
  /// Oldest call first, whatever the text's order.
  public var frames: [FrameRecord]
  /// Frames shared with the enclosing exception, which the text left out.
  public var elided: Int?
  public var isCircular = false
  /// Traces that stand in the message.
  public var embedded: [EmbeddedTrace]

  public init(
    type: String? = nil, value: String? = nil, relation: Relation? = nil, parent: Int? = nil,
    frames: [FrameRecord] = [], elided: Int? = nil, isCircular: Bool = false, embedded: [EmbeddedTrace] = []
  ) {
    self.type = type
    self.value = value
    self.relation = relation
    self.parent = parent
    self.frames = frames
    self.elided = elided
    self.isCircular = isCircular
    self.embedded = embedded
  }
}

/// A trace inside another one's message.
public struct EmbeddedTrace: Sendable, Hashable {
  public var platform: Platform
  public var exceptions: [ExceptionRecord]

  public init(platform: Platform, exceptions: [ExceptionRecord]) {
    self.platform = platform
    self.exceptions = exceptions
  }
}
