internal import TraceBytes

/// Things that were kept, by number, listed by a hash: those of one hash are tried one after the other, the last found first.
///
/// Numbers are given out from 0 on, until everything starts over.
struct RecentLists {
  /// Where a list is being looked through.
  struct Place {
    fileprivate var slot: Int
    fileprivate var before: Int32 = -1
    /// The number to be tried now; -1: none is left.
    fileprivate(set) var number: Int32
    fileprivate var left = RecentLists.mostTried - 1
  }

  private struct Head {
    var hash: UInt64 = 0
    /// -1: the slot is free.
    var first: Int32 = -1
  }

  /// How many of one list are tried.
  private static let mostTried = 8
  private static let smallest = 1024

  private var heads: [Head] = []
  /// By number, the next one of the same list; -1: none.
  private var next: [Int32] = []

  /// Bytes that all of it takes.
  var rememberedBytes: Int { heads.allocatedBytes + next.allocatedBytes }

  mutating func removeAll() {
    next.removeAll(keepingCapacity: true)
    for index in heads.indices { heads[index].first = -1 }
  }

  /// Puts the next number in front of the list of a hash.
  mutating func add(_ hash: UInt64) {
    if 2 * next.count >= heads.count { grow() }
    let slot = slot(of: hash)
    let number = Int32(next.count)
    next.append(heads[slot].first)
    heads[slot] = Head(hash: hash, first: number)
  }

  /// The start of a hash's list.
  func first(of hash: UInt64) -> Place {
    guard !heads.isEmpty else { return Place(slot: 0, number: -1) }
    let slot = slot(of: hash)
    return Place(slot: slot, number: heads[slot].first)
  }

  /// Goes on to the next number of the list, if there is one that is tried.
  func advance(_ place: inout Place) {
    place.before = place.number
    place.number = place.left > 0 ? next[Int(place.number)] : -1
    place.left -= 1
  }

  /// Puts the number of a place in front of its list.
  mutating func moveToFront(_ place: Place) {
    guard place.before >= 0 else { return }
    next[Int(place.before)] = next[Int(place.number)]
    next[Int(place.number)] = heads[place.slot].first
    heads[place.slot].first = place.number
  }

  /// The slot of a hash, or the free one for it.
  private func slot(of hash: UInt64) -> Int {
    var at = Int(truncatingIfNeeded: hash) & (heads.count - 1)
    while heads[at].first >= 0, heads[at].hash != hash { at = (at + 1) & (heads.count - 1) }
    return at
  }

  private mutating func grow() {
    let old = heads.filter { $0.first >= 0 }
    heads = [Head](repeating: Head(), count: max(Self.smallest, heads.count * 2))
    for head in old { heads[slot(of: head.hash)] = head }
  }
}
