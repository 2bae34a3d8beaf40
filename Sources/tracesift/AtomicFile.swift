import Glibc

/// A small file that others read while it is replaced: they see the old text or the new one, whole.
struct AtomicFile {
  let path: String
  /// Whether the text is on the disk before it takes the old one's place, so that it survives a power loss.
  let isDurable: Bool

  func write(_ bytes: [UInt8]) throws(OutputError) {
    if isDevice { return try Output(path: path).write(bytes) }
    let temporary = path + ".new"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
    do throws(OutputError) {
      defer { close(descriptor) }
      try Output(descriptor: descriptor, path: temporary).write(bytes)
      if isDurable, fsync(descriptor) != 0 { throw .failed(path: temporary, code: errno) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else { throw .failed(path: path, code: errno) }
  }

  /// Whether the path is a terminal, a pipe or a device, which is written to and never replaced.
  private var isDevice: Bool {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT != S_IFREG
  }
}
