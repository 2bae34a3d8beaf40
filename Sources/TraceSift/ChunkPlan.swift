internal import LogInput

/// The files of a run, and what is known of them before they are read.
struct ChunkPlan: Sendable {
  struct File: Sendable {
    var path: String
    /// nil where the file can only be read from its start to its end: a pipe, compressed text, another encoding.
    var size: UInt64?
  }

  private(set) var files: [File] = []
  /// Bytes of all files; nil where one of them does not tell its size.
  private(set) var bytes: UInt64? = 0

  /// - Parameter small: the size up to which a file is one chunk anyway: its form is not looked at.
  init(files: [String], small: UInt64) {
    for file in files { add(file, small) }
  }

  init(_ files: [File]) {
    self.files = files
    bytes = nil
  }

  /// Whether there is work for several workers.
  var isDivisible: Bool { files.count > 1 || files.contains { $0.size != nil } }

  /// A file that cannot be opened stands here too: scanning it says why.
  private mutating func add(_ path: String, _ small: UInt64) {
    let size = size(of: path)
    guard let size, size > small else { return files.append(File(path: path)) }
    // What is compressed or in another encoding says little by its size.
    guard (try? ByteSource.form(of: path))?.isPlain == true else {
      bytes = nil
      return files.append(File(path: path))
    }
    files.append(File(path: path, size: size))
  }

  /// What cannot be opened adds no bytes.
  private mutating func size(of path: String) -> UInt64? {
    guard path != "-" else {
      bytes = nil
      return nil
    }
    guard let source = try? ByteSource(path: path) else { return nil }
    let size = source.size
    bytes = bytes.flatMap { known in size.map { known &+ $0 } }
    return size
  }
}

/// Cuts the files of a plan into chunks, one after the other.
struct ChunkCutter: Sendable {
  private let files: [ChunkPlan.File]
  /// The file that is cut next, and where.
  private var index = 0
  private var start: UInt64 = 0
  /// Bytes of all divisible files that are not cut yet.
  private(set) var remaining: UInt64

  init(_ plan: ChunkPlan) {
    files = plan.files
    remaining = plan.files.reduce(0) { $0 &+ ($1.size ?? 0) }
  }

  /// The next chunk, of `bytes` or of what a file has left; nil behind the last file.
  mutating func next(_ bytes: UInt64) -> Chunk? {
    guard index < files.count else { return nil }
    let file = files[index]
    let left = (file.size ?? 0) - start
    let isLast = file.size == nil || left <= bytes
    defer {
      remaining -= isLast ? left : bytes
      start = isLast ? 0 : start + bytes
      if isLast { index += 1 }
    }
    return Chunk(path: file.path, start: start, end: isLast ? .max : start + bytes)
  }
}
