internal import Glibc

/// A file that is read while others write to it, until it is rotated away.
///
/// Rotation by rename: the file is read to its end and for `rotationWait` after it was renamed or written to last, since its
/// writer may still hold it open. Rotation by copytruncate: the file shrinks, or its first line or what was read last changes;
/// what was written to it between the copy and the cut can be lost, which no reader can prevent.
public struct FollowedFile: LiveReader, ~Copyable {
  /// The path as it was given.
  public let path: String
  private var source: ByteSource
  /// Bytes of the file before the next one to read.
  private var position: UInt64
  /// Of the file that stands at the path, or did; its time of change is that of the last read.
  public private(set) var identity: FileIdentity
  /// Of a copy that is read from its checkpoint on: the file that it was made of, whose records these are.
  private var original: FileIdentity?
  /// The rest of the file is read from a copy of it.
  private var isCopy = false
  /// Why the file ended.
  public private(set) var end: End?
  private var quietSince: ContinuousClock.Instant?
  /// What was read last; nothing yet of a file that is gone on with.
  private var tail: FileTail
  /// What had the path since.
  private let later: HeldFiles
  /// When the path is looked at again while there is something to read.
  private var nextGlance = ContinuousClock.Instant.now

  public enum End: Sendable {
    /// Another file has the path now.
    case replaced
    /// The file was emptied in place.
    case emptied
  }

  /// How long a file that was renamed away is read, and has to be silent, before it is left.
  static let rotationWait = Duration.seconds(2)
  /// How often a file is looked at.
  private static let pollMilliseconds = 50

  /// Opens what stands at `path`, or at `rotatedPath` where a file went that stood there.
  /// - Parameters:
  ///   - offset: bytes of the file that are done with.
  ///   - generation: how many files were followed before.
  ///   - later: takes in what has the path after this file.
  /// - Throws: `InputError.open`; `InputError.follow` for what is no plain file.
  public init(
    path: String, rotatedPath: String? = nil, offset: UInt64 = 0, generation: UInt64 = 0, later: HeldFiles
  ) throws(InputError) {
    try Self.check(rotatedPath ?? path)
    let source = try ByteSource(path: rotatedPath ?? path)
    if let form = Self.unread(source) {
      throw InputError(kind: .follow, path: rotatedPath ?? path, code: 0, format: form)
    }
    self.init(path, source, offset: offset, generation, later)
    later.close(identity)
  }

  /// The earliest of the files that were held, from its start; nil where none is.
  public init?(path: String, generation: UInt64, earliestOf later: HeldFiles) {
    guard let source = later.takeFirst() else { return nil }
    self.init(path, source, offset: 0, generation, later)
  }

  private init(
    _ path: String, _ source: consuming ByteSource, offset: UInt64, _ generation: UInt64, _ later: HeldFiles
  ) {
    self.path = path
    self.source = source
    self.later = later
    position = offset
    tail = FileTail(end: offset)
    identity = self.source.fileIdentity
    identity.generation = generation
    identity.head = FileIdentity.head(of: self.source.start(FileIdentity.headBytes))
  }

  /// What a file holds whose bytes are not the text itself: these are read from their start on, or not at all.
  private static func unread(_ source: borrowing ByteSource) -> String? {
    let form = InputForm(head: source.start(InputForm.headBytes).span)
    if form.isPlain { return nil }
    switch form.compression {
    case .gzip: return "gzip data"
    case .zstd: return "zstd data"
    case nil: return form.foreign.map { "\($0.rawValue) data" } ?? "UTF-16 or UTF-32"
    }
  }

  /// Refuses what is there and no plain file. A pipe would be waited for while it is opened.
  public static func check(_ path: String) throws(InputError) {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw InputError(kind: .open, path: path, code: EISDIR)
    default: throw InputError(kind: .follow, path: path, code: 0)
    }
  }

  public var encoding: TextEncoding { .utf8 }
  public var file: FileIdentity? { original ?? identity }

  /// Records of the file, and what is told of it, are those of the one that it is a copy of.
  public mutating func read(asCopyOf original: FileIdentity) { self.original = original }

  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    if end != nil { return 0 }
    let count = unsafe try source.read(into: buffer, at: position, isStopped: isStopped)
    // No record may leave before the head is complete that its id is made of. What was read of a file that is another
    // by now is left to the next look at it.
    guard keepsText() else { return 0 }
    position += UInt64(count)
    glance()
    if count > 0 {
      identity.changed = source.changed
      let read = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count]).bindMemory(to: UInt8.self)
      tail = FileTail(unsafe Span(_unsafeElements: read), end: position)
    }
    return count
  }

  /// Takes hold of what has the path meanwhile: while a long file is read, several may come and go.
  private mutating func glance() {
    let now = ContinuousClock.now
    guard now >= nextGlance else { return }
    nextGlance = now + .milliseconds(Self.pollMilliseconds)
    if isReplaced() { later.see(path) }
  }

  public mutating func wait(milliseconds: Int, isStopped: () -> Bool) -> LiveState {
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    while true {
      if let state = look() { return state }
      let left = (deadline - .now) / .milliseconds(1)
      if left <= 0 || isStopped() { return .idle }
      // A signal ends the sleep early.
      poll(nil, 0, Int32(min(left.rounded(.up), Double(Self.pollMilliseconds))))
    }
  }

  /// Waits as long as between two looks at a file.
  public static func pause() { poll(nil, 0, Int32(pollMilliseconds)) }

  /// The state where there is one to tell.
  private mutating func look() -> LiveState? {
    guard end == nil else { return .ended }
    if !isCopy, !keepsText() { goOnInCopy() }
    let size = source.currentSize
    if size < position || !keepsText() || isCopy && size == position {
      end = .emptied
      return .ended
    }
    if size > position {
      quietSince = nil
      return .ready
    }
    guard isReplaced() else { return nil }
    later.see(path)
    if wasLeftLongAgo() {
      end = .replaced
      return .ended
    }
    let now = ContinuousClock.now
    if let quietSince {
      guard now - quietSince >= Self.rotationWait else { return nil }
      end = .replaced
      return .ended
    }
    quietSince = now
    return nil
  }

  /// Whether nobody writes to a file any more that was renamed away: nothing happened to it for long, or it has not been written
  /// to and another one was renamed away since, before this run perhaps.
  /// - Complexity: O(names in the folder) for the latter.
  private func wasLeftLongAgo() -> Bool {
    let wait = Self.rotationWait / .seconds(1)
    if source.secondsSinceTouch >= wait { return true }
    guard source.secondsSinceChange >= wait, let next = RotatedFiles(path: path).successor(of: identity)
    else {
      return false
    }
    return next.path != path
  }

  /// Reads what a file that was emptied had more than was read of it from a copy of it, if there is one.
  private mutating func goOnInCopy() {
    guard let copy = RotatedFiles(path: path).findCopy(identity, readTo: tail),
      let other = try? ByteSource(path: copy.path), other.currentSize > position, tail.stands(in: other)
    else { return }
    source = other
    isCopy = true
  }

  /// Whether the file still holds what was read of it. One that was emptied may be longer again.
  private mutating func keepsText() -> Bool { keepsHead() && tail.stands(in: source) }

  /// Whether the file still starts as it did; a first line that was not complete may have grown.
  private mutating func keepsHead() -> Bool {
    guard identity.head.last != 0x0A, identity.head.count < FileIdentity.headBytes else {
      return source.start(identity.head.count) == identity.head
    }
    let head = FileIdentity.head(of: source.start(FileIdentity.headBytes))
    guard head.starts(with: identity.head) else { return false }
    identity.head = head
    return true
  }

  /// Whether another file has the path. While none has it, the old one is all there is.
  private func isReplaced() -> Bool {
    guard let now = FileIdentity(path: path) else { return false }
    return !now.isSameFile(as: identity)
  }
}

extension FileIdentity {
  /// Of the plain file that stands at a path now; nil when there is none. When it came into being and how it starts is
  /// left out.
  init?(path: String) {
    var info = stat()
    guard unsafe stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
    changed = info.st_mtim.nanoseconds
  }
}
