import Glibc
internal import TraceBytes

/// Remembers, for the distinct values of one field, which atoms hold. Bounded: when full it starts anew.
struct ValueMemo {
  private struct Entry {
    var hash: UInt64
    var start: Int32  // its UTF-8 is `text[start ..< start + length]`
    var length: Int32
    var first: Int32  // its atoms are `pool[first ..< end]`
    var end: Int32
  }
  private var entries: [Entry] = []
  private var text: [UInt8] = []
  private var pool: [Int32] = []
  private var slots: [Int32]  // open addressing: entry + 1, or 0 for free
  private let seed: UInt64

  /// Most values kept, and most bytes of text and atoms, before the memo is emptied. Small enough that the
  /// tables of all fields stay in a core's own cache: a look-up there costs a tenth of one in memory.
  static let maxEntries = 1 << 13
  static let maxBytes = 640 << 10

  init(seed: UInt64) {
    self.seed = seed
    slots = [Int32](repeating: 0, count: 256)
  }

  /// The atoms of `value`: a range of what `forEach` takes, valid until the next call.
  /// - Complexity: O(bytes of `value`) when known.
  @inline(__always)
  mutating func atoms(of value: String, else compute: (String) -> [Int32]) -> Range<Int> {
    let hash = ValueMemo.hash(value, seed: seed)
    // Swift's own strings are always contiguous, so the look-up never falls through for want of storage.
    let known = unsafe value.utf8.withContiguousStorageIfAvailable { unsafe find($0, hash) }
    if let range = known ?? nil { return range }
    return insert(value, hash, compute(value))
  }

  /// Calls `body` with each atom of a range that `atoms(of:else:)` gave.
  @inline(__always) func forEach(_ range: Range<Int>, _ body: (Int32) -> Void) {
    for index in range { body(pool[index]) }
  }

  /// The first number that `atoms(of:else:)` keeps for a value; 0 when there is none.
  func first(of range: Range<Int>) -> Int32 { range.isEmpty ? 0 : pool[range.lowerBound] }

  private func find(_ value: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Range<Int>? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, Int(entry.length) == value.count, unsafe holds(entry, value) {
        return Int(entry.first)..<Int(entry.end)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  @inline(__always) private func holds(_ entry: Entry, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    let kept = text.span.extracting(Int(entry.start)..<Int(entry.start + entry.length))
    return unsafe kept.withUnsafeBytes { kept in
      guard let left = kept.baseAddress, let right = value.baseAddress else { return value.isEmpty }
      return unsafe memcmp(left, right, value.count) == 0
    }
  }

  @inline(never)
  private mutating func insert(_ value: String, _ hash: UInt64, _ atoms: [Int32]) -> Range<Int> {
    if entries.count >= ValueMemo.maxEntries || text.count + pool.count * 4 >= ValueMemo.maxBytes {
      removeAll()
    }
    let first = pool.count
    let start = text.count
    pool += atoms
    text += value.utf8
    entries.append(
      Entry(
        hash: hash, start: Int32(start), length: Int32(text.count - start), first: Int32(first),
        end: Int32(pool.count)))
    if entries.count * 2 > slots.count { grow() } else { place(entries.count - 1) }
    return first..<pool.count
  }

  /// Bytes that all of it takes.
  var rememberedBytes: Int {
    entries.allocatedBytes + text.allocatedBytes + pool.allocatedBytes + slots.allocatedBytes
  }

  private mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: text.count <= 2 * ValueMemo.maxBytes)
    pool.removeAll(keepingCapacity: true)
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

  /// A seeded hash of a string's UTF-8.
  @inline(__always)
  static func hash(_ value: String, seed: UInt64) -> UInt64 {
    let known = unsafe value.utf8.withContiguousStorageIfAvailable {
      unsafe hash(UnsafeRawBufferPointer($0), seed: seed)
    }
    if let known { return known }
    var copy = value
    return copy.withUTF8 { unsafe hash(UnsafeRawBufferPointer($0), seed: seed) }
  }

  /// A seeded hash of the bytes, eight at a time. Seeded, because logs choose the values.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    let count = bytes.count
    var hash = seed ^ UInt64(truncatingIfNeeded: count)
    if count >= 8 {
      var offset = 0
      while offset < count - 8 {
        hash = mixed(hash ^ (unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        offset += 8
      }
      // The last eight bytes, which may overlap those before.
      return mixed(hash ^ (unsafe bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)))
    }
    var tail: UInt64 = 0
    for offset in 0..<count { tail = tail << 8 | UInt64(unsafe bytes[offset]) }
    return mixed(hash ^ tail)
  }

  @inline(__always) private static func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
