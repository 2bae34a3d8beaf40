/// How long the next chunk is to be.
///
/// What lies on both sides of a chunk's ends is read twice, so long chunks cost less. The records of a chunk wait for
/// those before it, so they have to be few.
struct ChunkLength: Sendable {
  /// The shortest and the longest chunk, in bytes.
  private static let shortest: UInt64 = 512 << 10
  private static let longest: UInt64 = 16 << 20
  /// Bytes of records that a chunk should come to.
  private static let records: UInt64 = 5 << 20

  /// One length for all chunks, where that is wanted.
  private let fixed: UInt64?
  private let workers: Int
  private var length: UInt64 = 1 << 20

  init(fixed: UInt64?, workers: Int) {
    self.fixed = fixed
    self.workers = workers
  }

  /// - Parameter remaining: bytes that are not cut yet: the last ones are shared among all workers.
  func next(remaining: UInt64) -> UInt64 {
    fixed ?? max(Self.shortest, min(length, remaining / UInt64(2 * workers)))
  }

  /// Learns from a chunk: of `bytes`, whose records have `records` bytes.
  mutating func note(bytes: UInt64, records: UInt64) {
    guard bytes >= Self.shortest else { return }
    let fitting = Self.records &* bytes / max(1, records)
    length = max(Self.shortest, min(fitting, 2 &* length, Self.longest))
  }
}
