/// Files that had a followed path after the one that is being read, held open from when they were seen: one that is deleted, or
/// moved out of sight, before its turn comes is read all the same.
public final class HeldFiles {
  private final class Held {
    let identity: FileIdentity
    var source: ByteSource?

    init(_ source: consuming ByteSource) {
      identity = source.fileIdentity
      self.source = .some(source)
    }
  }

  /// The earliest first.
  private var files: [Held] = []
  /// More are not held: something else is wrong then.
  private static let most = 64

  public init() {}

  /// The earliest file; nil where none is held.
  public var first: FileIdentity? { files.first?.identity }

  /// Takes note of the file that has a path now.
  func see(_ path: String) {
    guard files.count < Self.most, let now = FileIdentity(path: path),
      !files.contains(where: { $0.identity.isSameFile(as: now) }), let source = try? ByteSource(path: path)
    else { return }
    files.append(Held(source))
  }

  /// Gives out the earliest file.
  func takeFirst() -> ByteSource? { files.isEmpty ? nil : files.removeFirst().source.take() }

  /// Closes a file that is read by its name.
  func close(_ identity: FileIdentity) { files.removeAll { $0.identity.isSameFile(as: identity) } }
}
