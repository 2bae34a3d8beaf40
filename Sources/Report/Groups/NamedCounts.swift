/// How often each of some names came: at most `mostNames` of them, those that come first in the order of bytes.
///
/// Which names are kept does not depend on the order in which they came: one that was left out has
/// `mostNames` before it for good. So the counts of the kept ones are whole, and two of these add up.
public struct NamedCounts: Sendable, Equatable {
  /// The most names that are kept.
  public static let mostNames = 32
  /// The most bytes of a name; what is longer is cut.
  static let longestName = 256

  public struct Entry: Sendable, Equatable {
    public var name: String
    public var count: Int
  }

  /// In the order of their names' bytes.
  public private(set) var entries: [Entry] = []
  /// How often other names came.
  public private(set) var others = 0

  public init() {}

  public var isEmpty: Bool { entries.isEmpty && others == 0 }

  /// Counts a name.
  /// - Complexity: O(log `mostNames`) for a known one.
  mutating func add(_ name: String, count: Int = 1) {
    let name = Self.cut(name)
    let index = place(of: name)
    if index < entries.count, entries[index].name == name {
      entries[index].count += count
    } else if index < Self.mostNames {
      entries.insert(Entry(name: name, count: count), at: index)
      if entries.count > Self.mostNames { others += entries.removeLast().count }
    } else {
      others += count
    }
  }

  mutating func merge(_ other: NamedCounts) {
    for entry in other.entries { add(entry.name, count: entry.count) }
    others += other.others
  }

  /// Counts names that are not kept.
  mutating func addOthers(_ count: Int) { others += count }

  /// Where the name stands or belongs.
  private func place(of name: String) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if ByteOrder.precedes(entries[middle].name, name) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func cut(_ name: String) -> String {
    guard name.utf8.count > longestName else { return name }
    let bytes = name.utf8Span.span
    var end = longestName
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: name.utf8.prefix(end), as: UTF8.self)
  }
}

/// The order of texts by their UTF-8 bytes, which is the same everywhere.
enum ByteOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8Span.span, right.utf8Span.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }
}
