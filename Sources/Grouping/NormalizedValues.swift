public import TraceBytes
public import TraceModel

extension GroupingEngine {
  /// Takes in what is hashed of a trace's values, for results of which `GroupingResult.normalizedValues` says that it is
  /// all that matters of them.
  /// - Parameter exceptions: bits by the exceptions' index in the order of the text.
  /// - Returns: false where a limit was hit, so that the same values may come out otherwise.
  /// - Complexity: O(bytes of these values).
  public func combine(
    normalizedValues exceptions: UInt64, of trace: ParsedTrace, in text: Span<UInt8>, into key: inout KeyHash,
    scratch: inout GroupingScratch
  ) -> Bool {
    scratch.hitLimit = false
    for (index, exception) in trace.exceptions.enumerated() where exceptions & (1 << UInt64(index)) != 0 {
      let value = exception.cleanValue(in: text) ?? ""
      key.combine(value.isEmpty ? "" : scratch.normalized(TextLimits.cut(value, to: TextLimits.message)))
    }
    return !scratch.hitLimit
  }
}
