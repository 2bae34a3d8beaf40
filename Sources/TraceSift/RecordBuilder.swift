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

  /// The value with its lines cleaned: no margin of a group's box, no CR before a line end.
  static func value(_ exception: ParsedException, _ text: Span<UInt8>) -> String? {
    guard let range = exception.value else { return nil }
    guard needsCleaning(exception, text) else { return text.text(range.range) }
    let cleaned = cleanValue(exception, text)
    return String(decoding: cleaned, as: UTF8.self)
  }

  /// Whether the value's bytes are not simply a range of the text.
  public static func needsCleaning(_ exception: ParsedException, _ text: Span<UInt8>) -> Bool {
    guard let range = exception.value, range.count > 0 else { return false }
    return (exception.valueMargin > 0 || text.firstOffset(of: 0x0D, in: range.range) != nil)
      && text.firstOffset(of: 0x0A, in: range.range) != nil
  }

  /// The bytes of a value that needs cleaning.
  public static func cleanValue(_ exception: ParsedException, _ text: Span<UInt8>) -> [UInt8] {
    guard let range = exception.value else { return [] }
    var result: [UInt8] = []
    var at = Int(range.start)
    let end = Int(range.end)
    while at <= end {
      let newline = text.firstOffset(of: 0x0A, in: at..<end) ?? end
      var last = newline
      while last > at, text[last - 1] == 0x0D { last -= 1 }
      result.append(contentsOf: text.bytes(at..<last))
      guard newline < end else { break }
      result.append(0x0A)
      at = skipMargin(text, newline + 1, end, exception.valueMargin)
    }
    return result
  }

  private static func skipMargin(_ text: Span<UInt8>, _ at: Int, _ end: Int, _ margin: Int) -> Int {
    guard margin >= 2 else { return at }
    let lineEnd = text.firstOffset(of: 0x0A, in: at..<end) ?? end
    let bar = at + margin - 2
    // Older interpreters leave the margin out on a message's further lines.
    guard bar < lineEnd, text[bar] == UInt8(ascii: "|") else { return at }
    return min(lineEnd, at + margin)
  }
}
