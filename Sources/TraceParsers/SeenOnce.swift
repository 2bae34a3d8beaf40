internal import TraceBytes

/// Keys of what came once: most that does never comes again, so it is kept from the second time on. A later key takes an
/// earlier one's place.
struct SeenOnce {
  private static let slots = 1 << 15
  /// Made when the first one comes.
  private var keys: [UInt32] = []

  /// Bytes that all of it takes.
  var rememberedBytes: Int { keys.allocatedBytes }

  /// Whether a hash, whose bits are all mixed, came before.
  mutating func cameBefore(_ hash: UInt64) -> Bool {
    if keys.isEmpty { keys = [UInt32](repeating: 0, count: Self.slots) }
    let key = UInt32(truncatingIfNeeded: hash >> 32) | 1
    let slot = Int(truncatingIfNeeded: hash) & (Self.slots - 1)
    defer { keys[slot] = key }
    return keys[slot] == key
  }
}
