internal import TraceBytes

/// Pieces of records that were written before, such as a frame, found by the key of all that they are made of.
///
/// Bounded: when it is full, it starts over.
struct PieceMemo: Sendable {
  private struct Slot {
    var key = KeyHash()
    var start: Int32 = 0
    /// Bytes; 0: the slot is free.
    var count: Int32 = 0
    /// Bytes of the text that were not UTF-8 were replaced in it.
    var isRepaired = false
  }

  private static let mostBytes = 4 << 20
  private static let mostPieces = 1 << 16
  /// Longer pieces are not kept.
  private static let longest = 4096

  private var slots: [Slot] = []
  private var used = 0
  private var bytes: [UInt8] = []

  /// Appends the piece of a key.
  /// - Returns: whether something in it was repaired; nil where the piece is not known.
  func append(_ key: KeyHash, to output: inout OutputBuffer) -> Bool? {
    guard !slots.isEmpty else { return nil }
    var at = place(of: key)
    while slots[at].count > 0 {
      if slots[at].key == key {
        let start = Int(slots[at].start)
        output.append(bytes.span, start..<start + Int(slots[at].count))
        return slots[at].isRepaired
      }
      at = (at + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers a piece that was not known: what `output` holds from `start` on.
  mutating func insert(_ key: KeyHash, _ output: OutputBuffer, from start: Int, isRepaired: Bool) {
    let count = output.count - start
    guard count > 0, count <= Self.longest else { return }
    if bytes.count + count > Self.mostBytes || used == Self.mostPieces { removeAll() }
    if 2 * used >= slots.count { grow() }
    put(Slot(key: key, start: Int32(bytes.count), count: Int32(count), isRepaired: isRepaired))
    unsafe output.bytes.span.extracting(start..<output.count).withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: $0)
    }
    used += 1
  }

  private func place(of key: KeyHash) -> Int { Int(truncatingIfNeeded: key.value) & (slots.count - 1) }

  private mutating func put(_ slot: Slot) {
    var at = place(of: slot.key)
    while slots[at].count > 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = slot
  }

  private mutating func removeAll() {
    for index in slots.indices { slots[index].count = 0 }
    bytes.removeAll(keepingCapacity: true)
    used = 0
  }

  private mutating func grow() {
    let known = slots.filter { $0.count > 0 }
    slots = [Slot](repeating: Slot(), count: max(256, slots.count * 2))
    for slot in known { put(slot) }
  }
}
