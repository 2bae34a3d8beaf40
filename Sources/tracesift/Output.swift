import Glibc

/// Why the output could not be written.
enum OutputError: Error, Equatable {
  /// Nobody reads any more.
  case closed
  /// Somebody could read and did not, and a signal asks for the end.
  case stalled
  case failed(path: String, code: Int32)
}

/// A file descriptor that records are written to, whole or not at all as far as the system allows.
struct Output: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let ownsDescriptor: Bool

  static var standard: Output { Output(descriptor: 1, path: "standard output") }

  /// An open descriptor, which stays open.
  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    ownsDescriptor = false
  }

  /// Creates or empties a file, or goes on at its end. Others may cut it short: what comes then stands at its new end.
  init(path: String, goesOn: Bool = false) throws(OutputError) {
    let mode = O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | (goesOn ? 0 : O_TRUNC)
    let opened = unsafe open(path, mode, 0o644)
    guard opened >= 0 else { throw .failed(path: path, code: errno) }
    descriptor = opened
    self.path = path
    ownsDescriptor = true
  }

  /// Has standard input, output and error be there: a file that is opened takes the number of one that was closed, and
  /// would get what is written to that.
  static func occupyStandardDescriptors() {
    // Reading from the first and writing to the second fails as if they were still closed; messages go nowhere.
    for (number, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_WRONLY)]
    where fcntl(number, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", mode)
    }
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  /// Writes all of `bytes`, in as many calls as it takes.
  func write(_ bytes: [UInt8]) throws(OutputError) {
    var from = 0
    while from < bytes.count {
      var most = bytes.count - from
      if Signals.reason != 0 {
        // A longer write could wait for a reader that never comes.
        if !awaitRoom() { throw .stalled }
        most = min(most, Int(PIPE_BUF))
      }
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress! + from, most)
      }
      if count > 0 {
        from += count
      } else if errno == EPIPE {
        throw .closed
      } else if errno == EINTR || errno == EAGAIN {
        if !awaitRoom() { throw .stalled }
      } else {
        let code = errno
        takeBack(bytes[..<from])
        throw .failed(path: path, code: code)
      }
    }
  }

  /// How long a reader that does not read is waited for once a signal asks for the end, in milliseconds.
  private static let patience: Int32 = 2000

  /// Waits until something can be written: another program may have made the descriptor one that does not wait.
  /// - Returns: whether it makes sense to try.
  private func awaitRoom() -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    let isStopping = Signals.reason != 0
    return unsafe poll(&state, 1, isStopping ? Self.patience : -1) != 0
  }

  /// Whether nobody reads any more, as far as that shows without writing.
  var isClosed: Bool {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    return unsafe poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR) != 0
  }

  /// Whether another file has the path by now, or none.
  var isMoved: Bool {
    var (own, there) = (stat(), stat())
    guard unsafe fstat(descriptor, &own) == 0, own.st_mode & S_IFMT == S_IFREG else { return false }
    return unsafe stat(path, &there) != 0 || own.st_ino != there.st_ino || own.st_dev != there.st_dev
  }

  /// Cuts what was written of a line that could not be written whole off the end of a file.
  private func takeBack(_ written: ArraySlice<UInt8>) {
    let start = written.lastIndex(of: 0x0A).map { $0 + 1 } ?? written.startIndex
    guard start < written.endIndex, let size = fileSize, lseek(descriptor, 0, SEEK_CUR) == size else {
      return
    }
    let kept = size - (written.endIndex - start)
    if kept >= 0, ftruncate(descriptor, kept) == 0 { lseek(descriptor, kept, SEEK_SET) }
  }

  /// Bytes of a regular file; nil for pipes and the like.
  private var fileSize: Int? {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(info.st_size)
  }

  /// Ends the last line of a file that an earlier run was killed in: the next record gets a line of its own.
  func endLastLine() throws(OutputError) {
    guard let size = fileSize, size > 0 else { return }
    // The descriptor may be open for writing alone.
    let reading = unsafe open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
    guard reading >= 0 else { return }
    defer { close(reading) }
    var last: UInt8 = 0x0A
    if unsafe pread(reading, &last, 1, size - 1) == 1, last != 0x0A { try write([0x0A]) }
  }
}

extension Output {
  /// Writes a command's whole answer to standard output.
  /// - Throws: how the run has to end, after saying why.
  static func print(_ bytes: [UInt8]) throws {
    do throws(OutputError) {
      try standard.write(bytes)
    } catch {
      throw OutputMessage.status(error)
    }
  }
}

/// Messages for people, on standard error.
enum Diagnostics {
  /// Writes one line. Control bytes of names never reach a terminal raw.
  static func print(_ message: String) {
    write("tracesift: \(printable(message))")
  }

  /// Writes one line as it is.
  static func write(_ line: String) {
    Progress.clear()
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }

  /// The text as one line: `printable`, with line ends and tabs written as escapes too.
  static func line(_ text: String) -> String {
    var result = ""
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text with control characters written as `\u{1B}`.
  static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value)
      if isControl, scalar != "\n", scalar != "\t" {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
