public import TraceBytes
public import TraceModel

/// The key of what can influence a trace's hashes.
public enum TraceShape {
  /// The same for all traces whose hashes must be the same under any one configuration of profile `full`,
  /// if values do not matter to it or are taken in.
  /// - Complexity: O(bytes of the fields), no allocation.
  public static func key(_ trace: ParsedTrace, in text: Span<UInt8>, withValues: Bool) -> KeyHash {
    var key = KeyHash()
    key.combine(platform(trace.platform))
    for exception in trace.exceptions {
      key.combine(text, exception.type)
      let circular = exception.isCircular ? 1 << 40 : 0
      key.combine(UInt64(circular | relation(exception.relation) << 32 | (exception.parent & 0xFFFF_FFFF)))
      if withValues {
        key.combine(text, exception.value)
      } else {
        key.combine(exception.value == nil ? 0 : exception.value?.isEmpty == true ? 1 : 2)
      }
      frames(trace, exception, text, &key)
    }
    return key
  }

  private static func platform(_ platform: Platform) -> UInt64 {
    switch platform {
    case .java: 1
    case .python: 2
    case .other: 3
    }
  }

  private static func relation(_ relation: Relation?) -> Int {
    switch relation {
    case nil: 0
    case .causedBy: 1
    case .suppressed: 2
    case .wrappedBy: 3
    case .cause: 4
    case .context: 5
    case .member: 6
    }
  }

  private static func frames(
    _ trace: ParsedTrace, _ exception: ParsedException, _ text: Span<UInt8>, _ key: inout KeyHash
  ) {
    key.combine(trace.stackKey(of: exception, in: text), with: UInt64(exception.frames.count))
  }
}
