internal import Enhancements

/// All that can influence how an event of a profile is grouped, as bytes: equal keys, equal results.
///
/// Line numbers count only in so far as neighbouring frames stand on the same line; a value only in so far as there is
/// one, unless its text is asked for.
enum EventKey {
  static func key(
    _ event: SentryEvent, _ frameCounts: [Int], _ origins: [TraceEvent.Origin?], withValues: Bool
  ) -> DigestCache.Key {
    var writer = Writer()
    writer.append(withValues ? 1 : 0)
    writer.append(event.platform)
    writer.append(event.release)
    writer.append(event.logEntry?.formatted)
    writer.append(count: event.tags.count)
    for tag in event.tags {
      writer.append(tag.name)
      writer.append(tag.value)
    }
    writer.append(count: event.fingerprint.count)
    for entry in event.fingerprint { writer.append(entry) }
    writer.append(count: frameCounts.count)
    for count in frameCounts { writer.append(count: count) }
    for (exception, origin) in zip(event.exceptions, origins) {
      writer.append(exception, withValues: withValues)
      writer.append(origin)
    }
    return DigestCache.Key(bytes: writer.bytes)
  }

  /// Lengths stand before texts, so that no two sequences of parts give the same bytes.
  private struct Writer {
    var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(2048) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(count: Int) {
      var rest = UInt64(bitPattern: Int64(count))
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }

    mutating func append(_ text: String?) {
      guard let text else { return bytes.append(0) }
      append(count: text.utf8.count + 1)
      bytes += text.utf8
    }

    mutating func append(_ exception: EventException?, withValues: Bool) {
      guard let exception else { return bytes.append(0) }
      append(exception.type)
      // A value can give an untyped exception its type.
      if withValues || exception.type.nonEmpty == nil {
        append(exception.value)
      } else {
        bytes.append(exception.value.nonEmpty == nil ? 0 : 1)
      }
      append(exception.mechanism?.type)
      append(count: (exception.mechanism?.exceptionID ?? -1) + 1)
      append(count: (exception.mechanism?.parentID ?? -1) + 1)
      bytes.append(exception.mechanism?.isExceptionGroup == true ? 1 : 0)
      append(exception.stacktrace?.frames ?? [])
    }

    mutating func append(_ frames: [EventFrame]) {
      append(count: frames.count)
      var line: Int?
      for frame in frames {
        bytes.append(frame.lineno == line ? 1 : 0)
        line = frame.lineno
        append(frame.frame.module)
        append(frame.frame.function)
        append(frame.frame.filename)
        append(frame.frame.absPath)
        append(frame.contextLine)
      }
    }

    mutating func append(_ origin: TraceEvent.Origin?) {
      guard let origin else { return bytes.append(0) }
      append(count: origin.exception + 1)
      for frame in origin.frames ?? [] { append(count: (frame ?? -1) + 1) }
    }
  }
}
