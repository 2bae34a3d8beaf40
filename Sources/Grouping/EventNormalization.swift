internal import Enhancements

/// What Relay does to an event before Sentry groups it, as far as a hash can tell (grouping.md, S3).
///
/// What depends on JSON's types (a number where a text belongs) is the reader's business; this is about values.
enum EventNormalization {
  /// A name that is not one of these becomes `other`; case counts.
  private static let platforms: Set<String> = [
    "as3", "c", "cfml", "cocoa", "csharp", "dart", "elixir", "go", "groovy", "haskell", "java", "javascript",
    "lua",
    "native", "node", "objc", "other", "perl", "php", "powershell", "python", "ruby", "rust", "swift",
  ]
  /// The levels' names and their synonyms; what is none of them is an error.
  private static let levels = [
    "debug": "debug", "info": "info", "log": "info", "warning": "warning", "error": "error", "fatal": "fatal",
    "critical": "fatal",
  ]
  /// More frames than this: the outermost and the innermost stay.
  static let mostFrames = 250
  private static let outermostFrames = 50
  private static let innermostFrames = 200

  /// - Complexity: O(the event's size).
  static func normalize(_ event: inout SentryEvent) {
    event.platform = event.platform.flatMap { platforms.contains($0) ? $0 : nil } ?? "other"
    event.level = event.level.flatMap { levels[$0] } ?? "error"
    event.logger = TextLimits.cut(event.logger ?? "", to: TextLimits.logger)
    event.logEntry = event.logEntry?.normalized()
    if event.exceptions.count == 1, event.stacktrace != nil {
      event.exceptions[0]?.stacktrace = event.stacktrace
      event.stacktrace = nil
    }
    for index in event.exceptions.indices {
      event.exceptions[index] = event.exceptions[index].flatMap(normalized)
    }
    event.stacktrace.map { event.stacktrace = normalized($0) }
    for index in event.threads.indices {
      event.threads[index].stacktrace = event.threads[index].stacktrace.map(normalized)
    }
    event.tags = event.tags.map(normalized)
  }

  private static func normalized(_ tag: EventTag) -> EventTag {
    let name = String(String.UnicodeScalarView(tag.name.unicodeScalars.map { $0 == " " ? "-" : $0 }))
    let value = tag.value.map(PythonText.stripped).flatMap { value in
      value.isEmpty || value.utf8.contains(0x0A) ? nil : TextLimits.cut(value, to: TextLimits.tagValue)
    }
    return EventTag(name, value)
  }

  private static func normalized(_ exception: EventException) -> EventException? {
    var result = exception
    if exception.type.nonEmpty == nil, let value = exception.value, let split = typeInValue(value) {
      result.type = split.type
      result.value = split.value
    }
    if result.type.nonEmpty == nil, result.value.nonEmpty == nil { return nil }
    result.type = result.type.map { TextLimits.cut($0, to: TextLimits.typeName) }
    result.value = result.value.map { TextLimits.cut($0, to: TextLimits.message) }
    result.module = result.module.map { TextLimits.cut($0, to: TextLimits.typeName) }
    if let mechanism = result.mechanism, mechanism.type.nonEmpty == nil {
      result.mechanism?.type = "generic"
      result.mechanism?.exceptionID = nil
      result.mechanism?.parentID = nil
      result.mechanism?.isExceptionGroup = nil
    }
    result.stacktrace = exception.stacktrace.map(normalized)
    return result
  }

  /// `Name: text` on one line gives an untyped exception its type.
  static func typeInValue(_ value: String) -> (type: String, value: String)? {
    let scalars = value.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":"), colon != scalars.startIndex, !scalars.contains("\n"),
      scalars[..<colon].allSatisfy(isWord)
    else { return nil }
    return (String(scalars[..<colon]), PythonText.stripped(String(scalars[scalars.index(after: colon)...])))
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
      || [.nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation].contains(
        scalar.properties.generalCategory)
  }

  private static func normalized(_ stack: EventStack) -> EventStack {
    var frames = cutFrames(stack.frames)
    for index in frames.indices { normalize(&frames[index].frame) }
    return EventStack(frames: frames)
  }

  static func cutFrames(_ frames: [EventFrame]) -> [EventFrame] {
    guard frames.count > mostFrames else { return frames }
    return Array(frames.prefix(outermostFrames) + frames.suffix(innermostFrames))
  }

  /// How many of `count` frames are kept.
  static func keptFrames(of count: Int) -> Int { min(count, mostFrames) }

  /// Where a frame that was kept stood among the `count` frames sent.
  static func placeBeforeCutting(_ place: Int, of count: Int) -> Int {
    count <= mostFrames || place < outermostFrames ? place : place + count - mostFrames
  }

  /// Writes what is known of the frames that are kept into that of all frames sent.
  static func spread<Value>(_ kept: some Sequence<Value?>, over all: inout [Value?]) {
    for (place, value) in kept.enumerated() { all[placeBeforeCutting(place, of: all.count)] = value }
  }

  static func normalize(_ frame: inout StackFrame) {
    frame.function = frame.function.nonEmpty.flatMap {
      $0 == "?" ? nil : TextLimits.cut($0, to: TextLimits.function)
    }
    frame.rawFunction = frame.rawFunction.nonEmpty.map { TextLimits.cut($0, to: TextLimits.function) }
    frame.module = frame.module.nonEmpty
    frame.package = frame.package.nonEmpty
    frame.filename = frame.filename.nonEmpty
    frame.absPath = frame.absPath.nonEmpty
    if frame.absPath == nil {
      frame.absPath = frame.filename
      frame.filename = nil
    }
    if frame.filename == nil, let path = frame.absPath { frame.filename = URLPath.path(of: path) ?? path }
  }
}
