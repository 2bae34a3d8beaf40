internal import Enhancements
internal import TraceModel

/// The event that Airbyte's platform sends for a failure's stack trace (formats-around.md, 2.2 and 2.3).
enum AirbyteProfile {
  /// What the text of a trace becomes. Where Airbyte's parser fails, the event is that of a failure.
  /// - Parameter records: the trace as the engine reads it, to say which frames of it the event carries.
  static func event(
    _ text: String, _ records: [ExceptionRecord], _ context: EventContext
  ) -> TraceEvent {
    guard let trace = AirbyteParser.parse(text) else { return failure(text, context) }
    var event = base(context)
    event.platform = trace.platform
    event.tags.append(EventTag("stacktrace_platform", trace.platform))
    event.exceptions = trace.exceptions.map(exception)
    return TraceEvent(event: event, origins: trace.exceptions.map { origin(of: $0, in: records) })
  }

  /// The whole text as the value of an exception without a type, for coarse grouping.
  static func failure(_ text: String, _ context: EventContext) -> TraceEvent {
    var event = base(context)
    event.platform = "other"
    event.tags.append(EventTag("stacktrace_parse_error", "1"))
    var value = replacing([0x0A], by: Array(", ".utf8), in: Array(text.utf8))
    if let message = context.internalMessage, !message.isEmpty {
      value = replacing(Array(message.utf8), by: [], in: value)
    }
    event.exceptions = [EventException(value: String(decoding: value, as: UTF8.self))]
    return TraceEvent(event: event, origins: [nil])
  }

  private static func base(_ context: EventContext) -> SentryEvent {
    var event = SentryEvent()
    event.tags = context.tags
    event.logEntry = context.internalMessage.map { LogEntry(formatted: $0) }
    if let release = context.connector.flatMap(Connector.release) {
      event.release = release
      event.fingerprint = ["{{ default }}", Connector.name(ofRelease: release)]
    }
    return event
  }

  private static func exception(_ parsed: AirbyteParser.Exception) -> EventException {
    let frames = parsed.frames.map { frame in
      EventFrame(
        StackFrame(
          module: frame.module, function: frame.function, filename: frame.filename, absPath: frame.absPath),
        contextLine: frame.contextLine, lineno: frame.lineno, isNative: frame.isNative)
    }
    return EventException(
      type: parsed.type, value: parsed.value, stacktrace: frames.isEmpty ? nil : EventStack(frames: frames))
  }

  /// Every occurrence replaced, from left to right.
  private static func replacing(_ part: [UInt8], by other: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    while let found = Bytes.range(of: part, in: bytes[start...]) {
      result += bytes[start..<found.lowerBound]
      result += other
      start = found.upperBound
    }
    return result + bytes[start...]
  }

  // MARK: Which frames of the trace

  /// Airbyte's parser drops frames and exceptions; what is left stands in the same order in the trace.
  private static func origin(
    of parsed: AirbyteParser.Exception, in records: [ExceptionRecord]
  ) -> TraceEvent.Origin? {
    // A block is an exception of the outer chain; what is indented more (suppressed ones, members) is no block.
    let chain = records.indices.filter { isInOuterChain($0, records) }
    guard chain.indices.contains(parsed.block) else { return nil }
    let index = chain[parsed.block]
    return TraceEvent.Origin(exception: index, frames: align(parsed.frames, with: records[index].frames))
  }

  private static func isInOuterChain(_ index: Int, _ records: [ExceptionRecord]) -> Bool {
    var current = index
    var steps = 0
    while steps <= records.count, let relation = records[current].relation {
      guard [.causedBy, .cause, .context].contains(relation), let parent = records[current].parent,
        records.indices.contains(parent)
      else { return false }
      current = parent
      steps += 1
    }
    return true
  }

  /// For each parsed frame the index of the printed one, walking both from the oldest.
  private static func align(_ frames: [AirbyteParser.Frame], with printed: [FrameRecord]) -> [Int?] {
    var next = 0
    return frames.map { frame in
      guard let found = printed[next...].firstIndex(where: { isSame(frame, $0) }) else { return nil }
      next = found + 1
      return found
    }
  }

  private static func isSame(_ frame: AirbyteParser.Frame, _ record: FrameRecord) -> Bool {
    frame.function.isSame(as: record.function) && frame.absPath.isSame(as: record.absPath)
      && frame.module.isSame(as: record.module) && (frame.lineno == nil || frame.lineno == record.lineno)
  }
}
