public import Grouping
public import TraceBytes
public import TraceModel

/// What grouping came to for one record. The result is shared by all traces of one shape.
public struct TraceGrouping: Sendable {
  /// Variants, hashes, fingerprint, culprit and tags. Its title may be another trace's: use `title`.
  public var result: GroupingResult { _read { yield shape.result } }
  /// In-app per frame, in the order of `ParsedTrace.frames`; nil where the event leaves the frame out.
  public var inApp: [Bool?] { shape.inApp }
  /// Stands for `result.group` where groups are counted: equal for equal hashes, and made without a string.
  public var groupKey: UInt64 { shape.groupKey }
  /// The key of all that this result, but for the title, is made of; nil where it was not remembered. Equal keys,
  /// equal results.
  public var key: KeyHash? { shape.key }
  let shape: GroupedShape

  /// The `groupKey` of records whose hash is `group`.
  public static func key(ofGroup group: String) -> UInt64 {
    var key = KeyHash()
    key.combine(group)
    return key.value
  }

  /// The record's title. It is made when asked for: the value in it is the trace's own.
  /// - Parameter trace: the one that was grouped; nil for a failure.
  public func title(of trace: ParsedTrace?, in text: Span<UInt8>) -> String {
    guard let trace, let exception = titleException(of: trace) else { return result.title }
    return result.title(value: RecordBuilder.value(exception, text))
  }

  /// The exception whose value stands in the title; nil where the title is the result's.
  func titleException(of trace: ParsedTrace) -> ParsedException? {
    // Without a key, the result is this trace's alone.
    guard key != nil, let index = result.titleException, index < trace.exceptions.count,
      trace.exceptions[index].type != nil
    else { return nil }
    return trace.exceptions[index]
  }
}

extension TraceGrouping {
  /// Writes the inside of the title as a JSON string.
  public func appendTitle(of trace: ParsedTrace?, in text: Span<UInt8>, to output: inout OutputBuffer) {
    guard let trace, let exception = titleException(of: trace), let value = exception.value,
      let shown = result.titleValue(text, value.range)
    else { return output.appendEscaped(title(of: trace, in: text)) }
    output.appendEscaped(result.titleType.flatMap { $0.isEmpty ? nil : $0 } ?? "Error")
    output.append(": ")
    output.appendEscaped(text, shown.range)
    if shown.isCut { output.append("...") }
  }
}

/// The result of one shape of trace.
final class GroupedShape: Sendable {
  let result: GroupingResult
  let inApp: [Bool?]
  let key: KeyHash?
  /// Stands for the group's hash where groups are counted.
  let groupKey: UInt64

  init(_ result: GroupingResult, _ trace: ParsedTrace?, key: KeyHash? = nil) {
    self.result = result
    self.key = key
    groupKey = TraceGrouping.key(ofGroup: result.group)
    inApp = trace.map { Self.flat(result.inApp, $0) } ?? []
  }

  /// From frames oldest first by exception to the order of the text.
  private static func flat(_ flags: [[Bool?]], _ trace: ParsedTrace) -> [Bool?] {
    var result = [Bool?](repeating: nil, count: trace.frames.count)
    for (exception, flags) in zip(trace.exceptions, flags) {
      for (place, flag) in flags.enumerated() where place < exception.frames.count {
        let index =
          trace.isNewestFirst ? exception.frames.upperBound - 1 - place : exception.frames.lowerBound + place
        result[index] = flag
      }
    }
    return result
  }
}
