internal import Glibc

/// The files that a rotated log became: `app.log.1`, `app.log-20260305` beside `app.log`.
public struct RotatedFiles: Sendable {
  /// The path that is followed.
  public let path: String

  public init(path: String) { self.path = path }

  /// A file beside the path with what is known of it.
  struct Candidate: Equatable {
    var path: String
    var identity: FileIdentity
    /// Time of the last change, in nanoseconds.
    var changed: Int
  }

  /// Where the file with this identity is now; nil when it is gone, or became another one.
  /// - Parameter size: bytes that it had at least: a system may give a deleted file's number to a new one.
  public func find(_ identity: FileIdentity, atLeast size: UInt64) -> String? {
    candidates().first { candidate in
      guard candidate.identity.isSameFile(as: identity),
        let source = try? ByteSource(path: candidate.path), source.currentSize >= size
      else { return false }
      return source.start(identity.head.count) == identity.head
    }?.path
  }

  /// The file to go on with after the one with this identity: the oldest of those that were changed after it,
  /// and the path itself when there is none between.
  public func successor(of identity: FileIdentity) -> String {
    let all = candidates()
    guard let done = all.first(where: { $0.identity.isSameFile(as: identity) }) else { return path }
    let later = all.filter {
      $0.changed >= done.changed && !$0.identity.isSameFile(as: identity) && $0.path != path
    }
    // Of two that were changed in one tick of the clock, the one with the higher number is older.
    return later.min { Self.isOlder($0, $1) }?.path ?? path
  }

  private static func isOlder(_ first: Candidate, _ second: Candidate) -> Bool {
    guard first.changed == second.changed else { return first.changed < second.changed }
    let lengths = (first.path.utf8.count, second.path.utf8.count)
    return lengths.0 == lengths.1 ? first.path > second.path : lengths.0 > lengths.1
  }

  /// The path itself and the plain files beside it whose names go on with digits and separators.
  private func candidates() -> [Candidate] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    return InputPaths.names(in: folder.isEmpty ? "." : folder).compactMap { other in
      guard other == name || Self.isRotated(other, of: name) else { return nil }
      return Self.candidate(folder + other)
    }
  }

  static func isRotated(_ other: String, of name: String) -> Bool {
    guard other.hasPrefix(name), other.utf8.count > name.utf8.count else { return false }
    let suffix = other.utf8.dropFirst(name.utf8.count)
    return suffix.contains(where: { $0 >= 0x30 && $0 <= 0x39 })
      && suffix.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ".-_T:Z+".utf8.contains($0) }
  }

  private static func candidate(_ path: String) -> Candidate? {
    var info = stat()
    guard unsafe stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    return Candidate(
      path: path, identity: FileIdentity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino)),
      changed: info.st_mtim.tv_sec * 1_000_000_000 + info.st_mtim.tv_nsec)
  }
}
