internal import Glibc
public import TraceBytes

/// What tells a followed file from those that had its name before it, and from what it held before it was
/// emptied in place.
public struct FileIdentity: Sendable, Equatable {
  public var device: UInt64
  public var inode: UInt64
  /// When the file came into being: nanoseconds since 1970; 0 where that is not known. A system gives a new file the
  /// number of a deleted one.
  public var born: UInt64 = 0
  /// When it was written to last, as far as that was seen: nanoseconds since 1970; 0 where that is not known. It
  /// tells which of the files came after one that is gone.
  public var changed: UInt64 = 0
  /// How many files, or contents of this one before it was emptied in place, were followed before.
  public var generation: UInt64 = 0
  /// The file's first bytes, up to its first line end and no more than `headBytes`: complete once a whole
  /// line is there.
  public var head: [UInt8] = []

  static let headBytes = 1024

  public init(device: UInt64, inode: UInt64, generation: UInt64 = 0, head: [UInt8] = []) {
    self.device = device
    self.inode = inode
    self.generation = generation
    self.head = head
  }

  /// Whether both are one file, emptied or not.
  public func isSameFile(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode && (born == other.born || born == 0 || other.born == 0)
  }

  /// Whether both are one file with the same head, and none was emptied in between: records of both that start at
  /// the same offset have the same id.
  public func isSameContent(as other: FileIdentity) -> Bool {
    isSameFile(as: other) && generation == other.generation && head == other.head
  }

  /// The identity's part of a record's id.
  public func combine(into key: inout KeyHash) {
    key.combine(device)
    key.combine(inode)
    key.combine(generation)
    key.combine(head.span, 0..<head.count)
  }

  /// The first line of `start`, or as much of it as counts.
  static func head(of start: [UInt8]) -> [UInt8] {
    let limited = start.prefix(headBytes)
    return Array(limited.firstIndex(of: 0x0A).map { limited[...$0] } ?? limited)
  }
}
