internal import LogInput

/// The input cut into chunks on a fixed grid, so that the cuts do not depend on the number of workers.
struct ChunkPlan: Sendable {
  private(set) var chunks: [Chunk] = []

  /// - Parameter chunkBytes: the grid; `.max` leaves every file whole.
  init(files: [String], chunkBytes: UInt64) {
    for file in files { add(file, chunkBytes) }
  }

  /// A file that cannot be opened gets one chunk too: scanning it says why.
  private mutating func add(_ file: String, _ chunkBytes: UInt64) {
    let size = file == "-" ? nil : (try? ByteSource(path: file))?.size
    // What is compressed or in another encoding can only be read from its start.
    guard let size, size > chunkBytes, (try? ByteSource.form(of: file))?.isPlain == true else {
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
}
