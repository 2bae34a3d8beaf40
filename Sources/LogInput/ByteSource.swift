internal import CStat
internal import Glibc

/// Why an input could not be read.
public struct InputError: Error, Sendable, Equatable {
  public enum Kind: Sendable {
    case open, read, directory
    /// What is to be followed is no plain file.
    case follow
    /// Compressed data that ends in the middle, that is damaged, or that something else follows.
    case truncated, damaged, trailing
    /// zstd data with a window that is larger than what is taken.
    case window
    /// A format that is not read.
    case format
    /// There is no memory to decompress with.
    case memory
  }
  public var kind: Kind
  /// The path as it was given.
  public var path: String
  /// The system's `errno`; 0 for faults of compressed data.
  public var code: Int32
  /// Of faults of compressed data: stored bytes before the place.
  public var offset: UInt64?
  /// The name of the compressed or unread format.
  public var format: String?

  public init(kind: Kind, path: String, code: Int32, format: String? = nil) {
    self.kind = kind
    self.path = path
    self.code = code
    self.format = format
  }

  /// Whether there is no such file.
  public var isMissing: Bool { kind == .open && code == ENOENT }

  /// Whether the file may not be read.
  public var isForbidden: Bool { kind == .open && code == EACCES }

  /// The system's own words for `code`.
  public var reason: String { unsafe String(cString: strerror(code)) }
}

/// An open file or pipe that bytes come from. It closes what it opened.
public struct ByteSource: ~Copyable, Sendable {
  /// The path as it was given; `-` for standard input.
  public let path: String
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  /// Bytes of a regular file; nil for what can only be read in order.
  public let size: UInt64?
  /// Device and inode, which tell a file from its successor of the same name.
  public let identity: (device: UInt64, inode: UInt64)

  /// Opens `path` for reading; `-` is standard input.
  /// - Throws: `InputError.open` when it is missing, unreadable or a directory.
  public init(path: String) throws(InputError) {
    let isStandardInput = path == "-"
    let opened = isStandardInput ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw InputError(kind: .open, path: path, code: errno) }
    var info = stat()
    let known = unsafe (fstat(opened, &info) == 0)
    if known, info.st_mode & S_IFMT == S_IFDIR {
      if !isStandardInput { close(opened) }
      throw InputError(kind: .open, path: path, code: EISDIR)
    }
    self.path = path
    ownsDescriptor = !isStandardInput
    descriptor = opened
    identity = known ? (UInt64(info.st_dev), UInt64(info.st_ino)) : (0, 0)
    size = known && info.st_mode & S_IFMT == S_IFREG ? UInt64(max(0, info.st_size)) : nil
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  /// What is known of the file but how it starts.
  var fileIdentity: FileIdentity {
    var known = FileIdentity(device: identity.device, inode: identity.inode)
    known.born = cstat_born(descriptor)
    known.changed = changed
    return known
  }

  /// Bytes that the file has now.
  var currentSize: UInt64 {
    var info = stat()
    return unsafe fstat(descriptor, &info) == 0 ? UInt64(max(0, info.st_size)) : 0
  }

  /// When the file was written to last: nanoseconds since 1970; 0 where that cannot be told.
  var changed: UInt64 {
    var info = stat()
    return unsafe fstat(descriptor, &info) == 0 ? info.st_mtim.nanoseconds : 0
  }

  /// How long ago the file was written to, by the system's clock; 0 where that cannot be told.
  var secondsSinceChange: Double { secondsSince { $0.st_mtim } }

  /// How long ago the file was written to or renamed; 0 where that cannot be told.
  var secondsSinceTouch: Double { secondsSince { $0.st_ctim } }

  private func secondsSince(_ time: (stat) -> timespec) -> Double {
    var (info, now) = (stat(), timespec())
    guard unsafe fstat(descriptor, &info) == 0, unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else {
      return 0
    }
    return (Double(now.nanoseconds) - Double(time(info).nanoseconds)) * 1e-9
  }

  /// The first bytes of a regular file, `most` or as many as it has.
  func start(_ most: Int) -> [UInt8] { bytes(most, at: 0) }

  /// The bytes of a regular file that end at `end`; fewer where the file is shorter.
  func bytes(_ count: Int, before end: UInt64) -> [UInt8] {
    let count = min(count, Int(clamping: end))
    return bytes(count, at: end - UInt64(count))
  }

  private func bytes(_ most: Int, at offset: UInt64) -> [UInt8] {
    guard size != nil, most > 0 else { return [] }
    let buffer = ReadBuffer(capacity: most)
    let count = unsafe (try? read(into: buffer.room(0..<most), at: offset, isStopped: { false })) ?? 0
    return buffer.copy(0..<count)
  }

  /// Where the line starts in which a byte of a regular file stands.
  /// - Returns: nil when its start is more than `most` bytes away, or cannot be read.
  public func lineStart(of offset: UInt64, most: Int) -> UInt64? {
    guard size != nil else { return nil }
    let buffer = ReadBuffer(capacity: 4096)
    var end = offset
    while end > 0, offset - end < UInt64(most) {
      let count = Int(min(UInt64(buffer.capacity), end))
      let start = end - UInt64(count)
      guard unsafe (try? read(into: buffer.room(0..<count), at: start, isStopped: { false })) == count else {
        return nil
      }
      if let newline = (0..<count).last(where: { buffer[$0] == 0x0A }) { return start + UInt64(newline) + 1 }
      end = start
    }
    return end == 0 ? 0 : nil
  }

  /// How the input is stored, from its first bytes; plain for what can only be read in order.
  public static func form(of path: String) throws(InputError) -> InputForm {
    let source = try ByteSource(path: path)
    return source.size == nil ? InputForm() : try InputReader.form(of: source)
  }

  /// Reads once, at `offset` for a regular file; 0 means the end, or a signal while nothing came.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    while true {
      let count =
        if size != nil {
          unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(truncatingIfNeeded: offset))
        } else {
          unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
      if count >= 0 { return count }
      guard errno == EINTR else { throw InputError(kind: .read, path: path, code: errno) }
      if isStopped() { return 0 }
    }
  }
}

extension timespec {
  /// Since 1970; nothing is older.
  var nanoseconds: UInt64 { UInt64(max(0, tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, tv_nsec)) }
}
