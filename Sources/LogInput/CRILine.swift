public import TraceBytes

/// A line of a container runtime's log: time, stream, tag, text (formats-around.md, section 5).
public struct CRILine: Sendable, Equatable {
  /// `stdout` or `stderr`.
  public var stream: ByteRange
  /// A piece of a longer line, which goes on in the next line of the same stream.
  public var isPartial: Bool
  /// First byte of the text; one blank behind the tag is not part of it.
  public var text: Int

  /// Reads the line in `range`, or gives nil.
  /// - Complexity: O(1).
  public static func parse(_ text: Span<UInt8>, _ range: Range<Int>) -> CRILine? {
    guard range.count > 24, isDigit(text[range.lowerBound]), text[range.lowerBound + 4] == UInt8(ascii: "-"),
      text[range.lowerBound + 10] == UInt8(ascii: "T")
    else { return nil }
    let head = range.lowerBound..<min(range.upperBound, range.lowerBound + 48)
    guard let blank = text.firstOffset(of: UInt8(ascii: " "), in: head) else { return nil }
    let stream = blank + 1
    guard
      text.has("stdout ", at: stream, before: range.upperBound)
        || text.has("stderr ", at: stream, before: range.upperBound)
    else { return nil }
    return tag(text, stream, range.upperBound)
  }

  /// `F` or `P`, perhaps with further tags behind colons.
  private static func tag(_ text: Span<UInt8>, _ stream: Int, _ end: Int) -> CRILine? {
    let tag = stream + 7
    guard tag < end, text[tag] == UInt8(ascii: "F") || text[tag] == UInt8(ascii: "P") else { return nil }
    var at = tag + 1
    if at < end, text[at] == UInt8(ascii: ":") {
      while at < end, !isBlank(text[at]) { at += 1 }
    }
    guard at == end || text[at] == UInt8(ascii: " ") else { return nil }
    let range = ByteRange(stream, stream + 6)
    return CRILine(stream: range, isPartial: text[tag] == UInt8(ascii: "P"), text: min(end, at + 1))
  }
}
