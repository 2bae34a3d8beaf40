internal import TraceBytes
public import TraceModel

/// Copies a parsed trace out of its text, as strings that may be kept.
public enum RecordBuilder {
  /// The exceptions of `trace` in the order of the text, frames oldest first.
  /// - Complexity: O(trace), one string a field.
  public static func exceptions(_ trace: ParsedTrace, in text: Span<UInt8>) -> [ExceptionRecord] {
    trace.exceptions.map { exception in
      var record = ExceptionRecord(
        type: string(exception.type, text), value: value(exception, text), relation: exception.relation,
        parent: exception.parent < 0 ? nil : exception.parent)
      let frames = trace.frames[exception.frames].map { frame($0, trace.platform, text) }
      record.frames = trace.isNewestFirst ? frames.reversed() : frames
      record.elided = exception.elided
      record.isCircular = exception.isCircular
      record.embedded = exception.embedded.map {
        EmbeddedTrace(platform: $0.platform, exceptions: exceptions($0, in: text))
      }
      return record
    }
  }

  /// The text that a profile gets to read: the region's lines with a line end at the last one, as a program
  /// would have sent its own trace (formats-around.md, section 2.3).
  public static func printed(_ trace: ParsedTrace, in text: Span<UInt8>) -> String {
    let region = text.text(trace.region.range)
    return region.utf8.last == 0x0A ? region : region + "\n"
  }

  private static func string(_ range: ByteRange?, _ text: Span<UInt8>) -> String? {
    range.map { text.text($0.range) }
  }

  private static func frame(_ frame: ParsedFrame, _ platform: Platform, _ text: Span<UInt8>) -> FrameRecord {
    let isPath = platform == .python && frame.module == nil
    return FrameRecord(
      module: string(frame.module, text), function: string(frame.function, text),
      filename: isPath ? nil : string(frame.file, text), absPath: isPath ? string(frame.file, text) : nil,
      contextLine: string(frame.context, text), lineno: frame.line > 0 ? Int(frame.line) : nil,
      isNative: frame.isNative, repeated: frame.repeated > 0 ? Int(frame.repeated) : nil)
  }

  static func value(_ exception: ParsedException, _ text: Span<UInt8>) -> String? {
    exception.cleanValue(in: text)
  }
}
