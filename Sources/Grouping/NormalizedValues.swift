public import TraceBytes
public import TraceModel

/// The exceptions whose values matter by their normalized text alone, by their index in the order of the text.
public struct NormalizedValues: Sendable, Equatable {
  private var exceptions: UInt64 = 0
  /// Those that are groups: the number of their members is no part of their value.
  private var groups: UInt64 = 0
  /// Those that are compared: two texts that became the same are the same only if both were changed, or none.
  private var compared: UInt64 = 0
  /// Whether more exceptions were put in than there is room for.
  private(set) var isOverfull = false

  init() {}

  mutating func insert(_ node: ExceptionNode, isCompared: Bool = false) {
    guard node.index < 64 else {
      isOverfull = true
      return
    }
    exceptions |= 1 << UInt64(node.index)
    if node.isGroup { groups |= 1 << UInt64(node.index) }
    if isCompared { compared |= 1 << UInt64(node.index) }
  }

  fileprivate func contains(_ index: Int) -> Bool { index < 64 && exceptions & (1 << UInt64(index)) != 0 }

  fileprivate func isCompared(_ index: Int) -> Bool { compared & (1 << UInt64(index)) != 0 }

  fileprivate func text(_ value: String, of index: Int) -> String {
    groups & (1 << UInt64(index)) != 0 ? PythonExceptionTree.withoutMemberCount(value) : value
  }
}

extension GroupingEngine {
  /// Takes in what is hashed of a trace's values, for results of which `GroupingResult.normalizedValues` says that it is
  /// all that matters of them.
  /// - Returns: false where a limit was hit, so that the same values may come out otherwise.
  /// - Complexity: O(bytes of these values).
  public func combine(
    _ values: NormalizedValues, of trace: ParsedTrace, in text: Span<UInt8>, into key: inout KeyHash,
    scratch: inout GroupingScratch
  ) -> Bool {
    scratch.hitLimit = false
    for (index, exception) in trace.exceptions.enumerated() where values.contains(index) {
      let whole = values.text(exception.cleanValue(in: text) ?? "", of: index)
      let value = TextLimits.cut(whole, to: TextLimits.message)
      let normalized = value.isEmpty ? "" : scratch.normalized(value)
      key.combine(normalized)
      if values.isCompared(index) { key.combine(normalized == value ? 0 : 1) }
    }
    return !scratch.hitLimit
  }
}
