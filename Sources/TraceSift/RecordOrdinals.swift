/// Tells records apart that have the same place, as those of one line of JSON do: the first handed on is 0, the next one 1.
/// Those that only start at the same offset are told by their lengths: in which order they leave depends on how the input
/// comes.
///
/// A filter hands on the records of streams as it finds them, so the second record of a line may come after one that
/// starts behind it: all starts are kept that a region found later can still have.
struct RecordOrdinals: Sendable, Equatable {
  /// How many records start at an input offset and have a length.
  struct Start: Sendable, Equatable {
    var offset: UInt64
    var length: UInt64
    var count: UInt64
  }

  private var starts: [Start] = []
  private var greatest: UInt64?
  /// How many starts there may be before old ones are forgotten.
  private var most = 16

  init(_ starts: [Start] = []) {
    self.starts = starts
    greatest = starts.map(\.offset).max()
  }

  /// The ordinal of a record that is handed on now.
  /// - Parameter earliest: no record that is found later starts before it.
  /// - Complexity: O(1) amortized behind all starts, else O(starts from `earliest` on).
  mutating func next(at offset: UInt64, length: UInt64, reachingBackTo earliest: UInt64) -> UInt64 {
    if let greatest, offset <= greatest,
      let index = starts.lastIndex(where: { $0.offset == offset && $0.length == length })
    {
      starts[index].count &+= 1
      return starts[index].count &- 1
    }
    if starts.count >= most { forget(before: min(offset, earliest)) }
    starts.append(Start(offset: offset, length: length, count: 1))
    greatest = max(greatest ?? 0, offset)
    return 0
  }

  /// The starts that a record found later may still have.
  func starts(from earliest: UInt64) -> [Start] { starts.filter { $0.offset >= earliest } }

  private mutating func forget(before earliest: UInt64) {
    starts.removeAll { $0.offset < earliest }
    most = max(16, 2 * starts.count)
  }
}
