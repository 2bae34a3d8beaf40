internal import Enhancements
internal import TraceBytes
internal import TraceModel

/// Turns a trace into the event that Sentry's SDK of its language would have sent.
///
/// What the text does not say stays out: elided frames are not restored, in-app is not guessed.
enum FullProfile {
  /// - Complexity: O(the trace's frames).
  static func event(_ exceptions: [ExceptionRecord], _ platform: Platform) -> TraceEvent {
    let nodes =
      switch platform {
      case .java: JavaExceptionTree(exceptions).nodes()
      case .python: PythonExceptionTree(exceptions).nodes()
      case .other: exceptions.indices.reversed().map { ExceptionNode(index: $0, mechanism: nil) }
      }
    var event = SentryEvent(platform: platform.rawValue)
    event.exceptions = nodes.map { exception(exceptions[$0.index], platform, $0.mechanism) }
    return TraceEvent(
      event: event, origins: nodes.map { TraceEvent.Origin(exception: $0.index, frames: nil) })
  }

  private static func exception(
    _ record: ExceptionRecord, _ platform: Platform, _ mechanism: EventMechanism?
  ) -> EventException {
    let name =
      switch platform {
      case .java: ExceptionName(java: record.type)
      case .python: ExceptionName(python: record.type)
      case .other: ExceptionName(module: nil, type: record.type)
      }
    var value = record.value
    if mechanism?.isExceptionGroup == true { value = value.map(PythonExceptionTree.withoutMemberCount) }
    let frames = record.frames.map(frame)
    return EventException(
      type: name.type, value: value, module: name.module, mechanism: mechanism,
      stacktrace: frames.isEmpty ? nil : EventStack(frames: frames))
  }

  private static func frame(_ record: FrameRecord) -> EventFrame {
    EventFrame(
      StackFrame(
        module: record.module, function: record.function, filename: record.filename, absPath: record.absPath),
      contextLine: record.contextLine, lineno: record.lineno, isNative: record.isNative)
  }
}

/// One exception's place in an event's list.
struct ExceptionNode: Sendable {
  /// In the trace.
  var index: Int
  var mechanism: EventMechanism?
  /// Whether it is a group of exceptions.
  var isGroup: Bool { mechanism?.isExceptionGroup == true }
}

/// A printed exception name split as the SDKs split it.
struct ExceptionName: Sendable, Equatable {
  var module: String?
  var type: String?

  init(module: String?, type: String?) {
    self.module = module
    self.type = type
  }

  /// The package, and the class with its outer classes: `a.b.Outer$Inner` is `a.b` and `Outer$Inner`.
  init(java name: String?) {
    self.init(name, splitAt: name.flatMap { Self.lastDot($0, $0.utf8.count) })
  }

  /// The module, and the class's qualified name: `a.b.Outer.Inner` is `a.b` and `Outer.Inner`, since modules do not
  /// start with a capital. A class made in a function is qualified by `function.<locals>`.
  init(python name: String?) {
    guard let name else {
      self.init(module: nil, type: nil)
      return
    }
    var split = Self.lastDot(name, name.utf8.count)
    while let dot = split {
      let before = Self.lastDot(name, dot)
      let start = before.map { $0 + 1 } ?? 0
      let isLocals = name.utf8Span.span.has("<locals>", at: start, before: dot) && dot - start == 8
      guard isLocals || Self.hasCapital(name, at: start) else { break }
      // `<locals>` belongs to the function that stands before it.
      split = isLocals ? before.flatMap { Self.lastDot(name, $0) } : before
    }
    self.init(name, splitAt: split)
  }

  /// The offset of the last dot before an offset, in bytes.
  private static func lastDot(_ name: String, _ end: Int) -> Int? {
    name.utf8Span.span.lastOffset(of: UInt8(ascii: "."), in: 0..<end)
  }

  private static func hasCapital(_ name: String, at offset: Int) -> Bool {
    let byte = name.utf8Span.span[offset]
    if byte < 0x80 { return byte &- 0x41 < 26 }
    return name[name.utf8.index(name.startIndex, offsetBy: offset)...].unicodeScalars.first?.properties
      .isUppercase == true
  }

  private init(_ name: String?, splitAt dot: Int?) {
    guard let name, let dot, dot > 0, dot + 1 < name.utf8.count else {
      self.init(module: nil, type: name)
      return
    }
    let bytes = name.utf8Span.span
    self.init(module: bytes.text(0..<dot), type: bytes.text(dot + 1..<bytes.count))
  }
}
