import Glibc

/// Bytes behind a path, in memory where the system has a file system there; gone with the process.
struct OpenFile: ~Copyable {
  private let descriptor: Int32
  var path: String { "/proc/self/fd/\(descriptor)" }

  init(_ bytes: [UInt8]) throws {
    var name = Array("/dev/shm/tracesift-fuzz-XXXXXX".utf8CString)
    if access("/dev/shm", W_OK) != 0 { name = Array("/tmp/tracesift-fuzz-XXXXXX".utf8CString) }
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw PropertyFailure("no temporary file") }
    unlink(name)
    guard bytes.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
      throw PropertyFailure("cannot write the temporary file")
    }
  }

  deinit { close(descriptor) }
}

/// A pipe that gives the bytes in pieces of a given size, one a read; at most 200 of them.
struct OpenPipe: ~Copyable {
  private let descriptor: Int32
  var path: String { "/proc/self/fd/\(descriptor)" }

  // Linux's numbers, which Glibc's module leaves out. O_DIRECT: each write to a pipe is read on its own.
  #if arch(arm64)
    private static let packets: Int32 = 0x10000
  #else
    private static let packets: Int32 = 0x4000
  #endif
  private static let setSize: Int32 = 1031  // F_SETPIPE_SZ

  /// - Parameter piece: bytes of each, a power of two; of a long text more, so that the pipe holds it.
  init(_ bytes: [UInt8], piece: Int) throws {
    var ends: [Int32] = [-1, -1]
    let isOpen = pipe(&ends) == 0
    descriptor = ends[0]
    defer { close(ends[1]) }
    guard isOpen, fcntl(ends[1], F_SETFL, Self.packets | O_NONBLOCK) == 0,
      fcntl(ends[1], Self.setSize, 1 << 20) > 0
    else { throw PropertyFailure("a pipe cannot be set up") }
    var size = piece
    while bytes.count / size >= 200 { size *= 2 }
    for start in stride(from: 0, to: bytes.count, by: size) {
      let part = Array(bytes[start..<min(bytes.count, start + size)])
      guard write(ends[1], part, part.count) == part.count else { throw PropertyFailure("a pipe is full") }
    }
  }

  deinit { close(descriptor) }
}
