/// Remembers, for the distinct values of one field, which atoms hold. Bounded: when full it starts anew.
struct ValueMemo {
  private struct Entry {
    var value: String
    var hash: UInt64
    var first: Int32  // its atoms are `pool[first ..< end]`
    var end: Int32
  }
  private var entries: [Entry] = []
  private var pool: [Int32] = []
  private var slots: [Int32]  // open addressing: entry + 1, or 0 for free
  private var bytes = 0  // of all values kept
  private let seed: UInt64

  /// Most values kept, and most bytes of their text, before the memo is emptied.
  static let maxEntries = 1 << 16
  static let maxBytes = 8 << 20

  init(seed: UInt64) {
    self.seed = seed
    slots = [Int32](repeating: 0, count: 256)
  }

  /// The atoms of `value`: a range of `atoms`, valid until the next call.
  /// - Complexity: O(bytes of `value`) when known.
  mutating func atoms(of value: String, else compute: (String) -> [Int32]) -> Range<Int> {
    let hash = ValueMemo.hash(value, seed: seed)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if entries[number].hash == hash, entries[number].value == value {
        return Int(entries[number].first)..<Int(entries[number].end)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(value, hash, compute(value))
  }

  /// Calls `body` with each atom of a range that `atoms(of:else:)` gave.
  @inline(__always) func forEach(_ range: Range<Int>, _ body: (Int32) -> Void) {
    for index in range { body(pool[index]) }
  }

  @inline(never)
  private mutating func insert(_ value: String, _ hash: UInt64, _ atoms: [Int32]) -> Range<Int> {
    if entries.count >= ValueMemo.maxEntries || bytes >= ValueMemo.maxBytes { removeAll() }
    let first = pool.count
    pool += atoms
    entries.append(Entry(value: value, hash: hash, first: Int32(first), end: Int32(pool.count)))
    bytes += value.utf8.count + atoms.count * 4
    if entries.count * 2 > slots.count { grow() } else { place(entries.count - 1) }
    return first..<pool.count
  }

  private mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    pool.removeAll(keepingCapacity: true)
    bytes = 0
    for slot in slots.indices { slots[slot] = 0 }
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for number in entries.indices { place(number) }
  }

  private mutating func place(_ number: Int) {
    var slot = Int(truncatingIfNeeded: entries[number].hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(number + 1)
  }

  /// A seeded hash of the UTF-8 bytes, eight at a time. Seeded, because logs choose the values.
  static func hash(_ value: String, seed: UInt64) -> UInt64 {
    var copy = value
    return copy.withUTF8 { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var hash = seed ^ UInt64(truncatingIfNeeded: raw.count)
      var offset = 0
      while offset + 8 <= raw.count {
        hash = mixed(hash ^ (unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        offset += 8
      }
      var tail: UInt64 = 0
      while offset < raw.count {
        tail = tail << 8 | UInt64(unsafe raw[offset])
        offset += 1
      }
      return mixed(hash ^ tail)
    }
  }

  @inline(__always) private static func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
