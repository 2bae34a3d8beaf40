/// How many records fell into which stretch of time.
///
/// All buckets have one width, a power of two of seconds, and start at multiples of it counted from the
/// start of 1970. The width is the smallest for which the records span at most `mostBuckets`. So the
/// histogram depends on the records alone, and two of them add up to that of all their records.
public struct TimeHistogram: Sendable, Equatable {
  /// The most buckets between the first record and the last one.
  public static let mostBuckets = 64

  /// The width is 2 to this power, in seconds.
  private var shift = 0
  /// The number of the first bucket, counted from the start of 1970.
  private var first: Int64 = 0
  /// Records of each bucket; the first and the last one have some.
  public private(set) var counts: [Int] = []

  public init() {}

  /// - Returns: nil if this is no histogram that `add` could have made.
  init?(width: Int, start: Int, counts: [Int]) {
    guard !counts.isEmpty else { return }
    guard width > 0, width.nonzeroBitCount == 1, start.magnitude < 1 << 50, start % width == 0,
      counts.count <= Self.mostBuckets, counts.first != 0, counts.last != 0
    else { return nil }
    shift = width.trailingZeroBitCount
    first = Int64(start) >> Int64(shift)
    self.counts = counts
  }

  /// The width of a bucket in seconds.
  public var width: Int { 1 << shift }
  /// The start of the first bucket in seconds since the start of 1970; 0 when there is none.
  public var start: Int { Int(first) << shift }
  public var isEmpty: Bool { counts.isEmpty }
  /// Records of all buckets.
  public var total: Int { counts.reduce(0, +) }

  /// Counts a record.
  /// - Complexity: O(1) within the time that is covered already, else O(`mostBuckets`).
  @inline(__always) mutating func add(_ seconds: Int64) {
    let index = seconds >> Int64(shift) - first
    if index >= 0, index < counts.count {
      counts[Int(index)] += 1
    } else {
      cover(seconds >> Int64(shift))
      counts[Int(seconds >> Int64(shift) - first)] += 1
    }
  }

  /// Adds another one's records.
  /// - Complexity: O(`mostBuckets`).
  mutating func merge(_ other: TimeHistogram) {
    guard !other.isEmpty else { return }
    guard !isEmpty else {
      self = other
      return
    }
    var other = other
    coarsen(to: other.shift)
    other.coarsen(to: shift)
    cover(other.first)
    other.coarsen(to: shift)
    cover(other.first + Int64(other.counts.count) - 1)
    other.coarsen(to: shift)
    let offset = Int(other.first - first)
    for (index, count) in other.counts.enumerated() { counts[offset + index] += count }
  }

  /// The records of each of another's buckets, for a drawing over that one's time.
  func counts(over whole: TimeHistogram) -> [Int] {
    guard !isEmpty else { return [Int](repeating: 0, count: whole.counts.count) }
    var own = self
    own.coarsen(to: whole.shift)
    var result = [Int](repeating: 0, count: whole.counts.count)
    for (index, count) in own.counts.enumerated() {
      let place = Int(own.first - whole.first) + index
      if result.indices.contains(place) { result[place] += count }
    }
    return result
  }

  /// Makes room for a bucket of the present width; the width may grow.
  private mutating func cover(_ bucket: Int64) {
    guard !counts.isEmpty else {
      first = bucket
      counts = [0]
      return
    }
    var (low, high) = (min(first, bucket), max(first + Int64(counts.count) - 1, bucket))
    while high - low >= Int64(Self.mostBuckets) {
      coarsen(to: shift + 1)
      (low, high) = (low >> 1, high >> 1)
    }
    if low < first { counts.insert(contentsOf: repeatElement(0, count: Int(first - low)), at: 0) }
    first = low
    let missing = Int(high - low) + 1 - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
  }

  /// Doubles the width until it is that of `wanted`.
  private mutating func coarsen(to wanted: Int) {
    guard wanted > shift else { return }
    let steps = Int64(wanted - shift)
    let coarse = first >> steps
    var merged = [Int](
      repeating: 0, count: Int((first + Int64(counts.count) - 1) >> steps - coarse) + 1)
    for (index, count) in counts.enumerated() {
      merged[Int((first + Int64(index)) >> steps - coarse)] += count
    }
    shift = wanted
    first = coarse
    counts = merged
  }
}
