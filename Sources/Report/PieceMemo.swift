internal import Glibc
internal import TraceBytes

/// Pieces of records that were written before, such as a frame, found by the key of all that they are made of; and lists
/// of them, such as a stack.
///
/// Bounded: when it is full, it starts over.
struct PieceMemo: Sendable {
  private struct Piece {
    var start: Int32 = 0
    /// Bytes; 0: the slot is free.
    var count: Int16 = 0
    /// Bytes of the text that were not UTF-8 were replaced in it.
    var isRepaired = false
  }

  private struct Slot {
    var key = KeyHash()
    var piece = Piece()
  }

  /// Pieces that stand one behind the other, with commas between.
  private struct List {
    var pieces: Range<Int>
    var bytes: Int
    var isRepaired: Bool
  }

  private static let mostBytes = 8 << 20
  private static let mostPieces = 1 << 16
  /// Longer pieces are not kept.
  private static let longest = 4096
  /// The most pieces of all lists.
  private static let mostListed = 1 << 19

  private var slots: [Slot] = []
  private var used = 0
  private var bytes: [UInt8] = []
  private var lists: [KeyHash: List] = [:]
  private var listed: [Piece] = []
  /// Where the list at hand begins; nil where there is none, or one of its pieces is not kept.
  private var listStart: Int?

  /// Appends the piece of a key.
  /// - Returns: whether something in it was repaired; nil where the piece is not known.
  mutating func append(_ key: KeyHash, to output: inout OutputBuffer) -> Bool? {
    guard !slots.isEmpty else { return nil }
    var at = place(of: key)
    while slots[at].piece.count > 0 {
      if slots[at].key == key {
        let piece = slots[at].piece
        output.append(bytes.span, Int(piece.start)..<Int(piece.start) + Int(piece.count))
        if listStart != nil { listed.append(piece) }
        return piece.isRepaired
      }
      at = (at + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers a piece that was not known: what `output` holds from `start` on.
  mutating func insert(_ key: KeyHash, _ output: OutputBuffer, from start: Int, isRepaired: Bool) {
    let count = output.count - start
    guard count > 0, count <= Self.longest else { return dropList() }
    if bytes.count + count > Self.mostBytes || used == Self.mostPieces { removeAll() }
    if 2 * used >= slots.count { grow() }
    let piece = Piece(start: Int32(bytes.count), count: Int16(count), isRepaired: isRepaired)
    put(Slot(key: key, piece: piece))
    if listStart != nil { listed.append(piece) }
    unsafe output.bytes.span.extracting(start..<output.count).withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: $0)
    }
    used += 1
  }

  /// Bytes that all of it takes, roughly.
  var rememberedBytes: Int {
    slots.allocatedBytes + bytes.allocatedBytes + listed.allocatedBytes + lists.capacity * Self.listBytes
  }
  /// What a list costs in the table.
  private static let listBytes = 80

  // MARK: Lists

  /// Whether the list of a key is known.
  func hasList(_ key: KeyHash) -> Bool { lists[key] != nil }

  /// Appends the list of a key.
  /// - Returns: as `append`.
  func appendList(_ key: KeyHash, to output: inout OutputBuffer) -> Bool? {
    guard let list = lists[key] else { return nil }
    unsafe output.append(addingCapacity: list.bytes) { room in unsafe copy(list, into: room) }
    return list.isRepaired
  }

  /// - Returns: how many bytes were written.
  private func copy(_ list: List, into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let from = bytes.baseAddress, let to = room.baseAddress else { return 0 }
      var at = 0
      for piece in listed[list.pieces] {
        if at > 0 {
          unsafe to[at] = UInt8(ascii: ",")
          at += 1
        }
        unsafe memcpy(to + at, from + Int(piece.start), Int(piece.count))
        at += Int(piece.count)
      }
      return at
    }
  }

  /// Begins to note the pieces that are appended and inserted.
  mutating func beginList() {
    if listed.count > Self.mostListed { removeLists() }
    listStart = listed.count
  }

  /// Remembers the pieces since `beginList` as a list, if all of them are kept.
  mutating func endList(_ key: KeyHash) {
    guard let start = listStart else { return }
    let pieces = listed[start...]
    lists[key] = List(
      pieces: start..<listed.count, bytes: pieces.reduce(pieces.count) { $0 + Int($1.count) },
      isRepaired: pieces.contains(where: \.isRepaired))
    listStart = nil
  }

  /// The list at hand is not to be remembered.
  mutating func dropList() {
    if let start = listStart { listed.removeLast(listed.count - start) }
    listStart = nil
  }

  // MARK: Slots

  private func place(of key: KeyHash) -> Int { Int(truncatingIfNeeded: key.value) & (slots.count - 1) }

  private mutating func put(_ slot: Slot) {
    var at = place(of: slot.key)
    while slots[at].piece.count > 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = slot
  }

  private mutating func removeAll() {
    for index in slots.indices { slots[index].piece.count = 0 }
    bytes.removeAll(keepingCapacity: true)
    used = 0
    removeLists()
  }

  private mutating func removeLists() {
    lists.removeAll(keepingCapacity: true)
    listed.removeAll(keepingCapacity: true)
    listStart = nil
  }

  private mutating func grow() {
    let known = slots.filter { $0.piece.count > 0 }
    slots = [Slot](repeating: Slot(), count: max(256, slots.count * 2))
    for slot in known { put(slot) }
  }
}
