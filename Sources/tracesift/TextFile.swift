import Glibc

/// A file that could not be read as a whole.
struct TextFileError: Error {
  var path: String
  var reason: String
}

/// Small files that are read at once, such as rules.
enum TextFile {
  /// The most bytes of such a file.
  private static let limit = 64 << 20

  /// - Throws: with the system's reason, or when the file is no UTF-8 or too large.
  static func read(_ path: String) throws(TextFileError) -> String {
    let bytes = try bytes(of: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TextFileError(path: path, reason: "this file is not UTF-8; save it as UTF-8 text")
    }
    return text
  }

  /// Whether two paths name one file.
  static func isSame(_ left: String, _ right: String) -> Bool {
    var (one, other) = (stat(), stat())
    guard unsafe stat(left, &one) == 0, unsafe stat(right, &other) == 0 else { return false }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino && one.st_mode & S_IFMT == S_IFREG
  }

  /// Whether anything stands at a path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func bytes(of path: String, limit: Int = limit) throws(TextFileError) -> [UInt8] {
    let descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw TextFileError(path: path, reason: SystemError.text(errno)) }
    defer { if descriptor > 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw TextFileError(path: path, reason: SystemError.text(errno))
      }
      bytes.append(contentsOf: buffer[..<count])
    }
    throw TextFileError(
      path: path,
      reason: "larger than \(limit >> 20) MiB, which is too much for a file that is read as a whole")
  }
}

/// The system's words for its error numbers.
enum SystemError {
  static func text(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
