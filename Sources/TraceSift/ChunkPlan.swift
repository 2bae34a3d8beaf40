internal import LogInput

/// The input cut into chunks on a fixed grid, so that the cuts do not depend on the number of workers.
struct ChunkPlan: Sendable {
  private(set) var chunks: [Chunk] = []
  /// Bytes of all files; nil where one of them does not tell its size.
  private(set) var bytes: UInt64? = 0

  /// - Parameter chunkBytes: the grid; `.max` leaves every file whole.
  init(files: [String], chunkBytes: UInt64) {
    for file in files { add(file, chunkBytes) }
  }

  /// A file that cannot be opened gets one chunk too: scanning it says why.
  private mutating func add(_ file: String, _ chunkBytes: UInt64) {
    let size = size(of: file)
    guard let size, size > min(chunkBytes, Self.small) else {
      chunks.append(Chunk(path: file, start: 0, end: .max))
      return
    }
    // What is compressed or in another encoding can only be read from its start, and its size says little.
    guard (try? ByteSource.form(of: file))?.isPlain == true else {
      bytes = nil
      chunks.append(Chunk(path: file, start: 0, end: .max))
      return
    }
    var start: UInt64 = 0
    while start < size {
      let end = size - start <= chunkBytes ? UInt64.max : start + chunkBytes
      chunks.append(Chunk(path: file, start: start, end: end))
      guard end != .max else { return }
      start = end
    }
  }

  /// Files up to this size are one chunk anyway, and nobody waits for them: their form is not looked at.
  private static let small: UInt64 = 1 << 20

  /// What cannot be opened adds no bytes.
  private mutating func size(of file: String) -> UInt64? {
    guard file != "-" else {
      bytes = nil
      return nil
    }
    guard let source = try? ByteSource(path: file) else { return nil }
    let size = source.size
    bytes = bytes.flatMap { known in size.map { known &+ $0 } }
    return size
  }
}
