internal import TraceBytes
internal import TraceModel

/// Groups the traces of one worker and remembers the answer for every distinct shape of trace.
struct TraceGrouper: ~Copyable {
  init(_ configuration: ScanConfiguration) {}

  mutating func group(_ trace: ParsedTrace, in text: Span<UInt8>) -> TraceGrouping { TraceGrouping() }
  mutating func group(_ failure: ParseFailure, in text: Span<UInt8>) -> TraceGrouping { TraceGrouping() }
}
