internal import Glibc

/// The files that a rotated log became: `app.log.1`, `app.log-20260305`, `app.2026-03-05.log` beside `app.log`, or beside what
/// a link of that name leads to.
public struct RotatedFiles: Sendable {
  /// The path that is followed.
  public let path: String

  public init(path: String) { self.path = path }

  /// One of the files, where it was when it was looked for. It may be renamed before it is opened.
  public struct Place: Sendable, Equatable {
    public var path: String
    public var identity: FileIdentity
  }

  /// Where the file with this identity is now; nil when it is gone, or was emptied.
  /// - Parameter tail: what was read of it last.
  public func find(_ identity: FileIdentity, readTo tail: FileTail) -> Place? {
    let holds = { (place: Place) in
      guard let source = Self.open(place, as: identity) else { return false }
      return source.start(identity.head.count) == identity.head && tail.stands(in: source)
    }
    // By its number the file is known under any name.
    return amongPlaces { $0.first(where: holds) } ?? places(.any).first(where: holds)
  }

  /// Where a copy is of what the file with this identity held before it was emptied or was gone; nil when there is none that
  /// is sure. It may stand at the path itself: a file that was restored, or has another number since its disk was mounted
  /// anew.
  public func findCopy(_ identity: FileIdentity, readTo tail: FileTail) -> Place? {
    guard tail.count > 0 else { return nil }
    return amongPlaces { places in
      let copies = places.filter { place in
        guard !place.identity.isSameFile(as: identity), place.identity.changed >= identity.changed,
          let source = try? ByteSource(path: place.path)
        else { return false }
        return source.start(identity.head.count) == identity.head && tail.stands(in: source)
      }
      return copies.min(by: Self.isOlder)
    }
  }

  /// Where the file with this identity is now, whatever is in it; nil when it is gone.
  public func find(_ identity: FileIdentity) -> Place? {
    amongPlaces { $0.first { Self.open($0, as: identity) != nil } }
  }

  /// Whether the file with this identity has the path, or a name that is gone on with by itself.
  public func isSuccessor(_ identity: FileIdentity) -> Bool {
    amongPlaces(.successors) { $0.first { Self.open($0, as: identity) != nil } } != nil
  }

  /// The file to go on with after the one with this identity, which may be gone: the oldest of those that were
  /// changed after it, and what stands at the path when there is none between.
  /// - Returns: nil while there is none.
  public func successor(of identity: FileIdentity) -> Place? {
    amongPlaces(.successors) { Self.successor(of: identity, among: $0, path) }
  }

  private static func successor(of identity: FileIdentity, among places: [Place], _ path: String) -> Place? {
    let done = places.first { open($0, as: identity) != nil }
    let later = places.filter { place in
      // What is at the path now is the newest, whenever it was written to.
      guard place != done, place.path != path else { return false }
      if let done { return isOlder(done, place) }
      return identity.changed > 0 && place.identity.changed >= identity.changed
    }
    return later.min(by: isOlder) ?? places.first { $0.path == path }
  }

  private static func open(_ place: Place, as identity: FileIdentity) -> ByteSource? {
    guard place.identity.isSameFile(as: identity), let source = try? ByteSource(path: place.path),
      source.fileIdentity.isSameFile(as: identity)
    else { return nil }
    return source
  }

  /// Of two that were changed in one tick of the clock, the one with the higher number is older.
  private static func isOlder(_ first: Place, _ second: Place) -> Bool {
    let (changed, other) = (first.identity.changed, second.identity.changed)
    guard changed == other else { return changed < other }
    let lengths = (first.path.utf8.count, second.path.utf8.count)
    return lengths.0 == lengths.1 ? first.path > second.path : lengths.0 > lengths.1
  }

  /// How often something is looked for while the files do not stand still.
  private static let mostTries = 50

  /// Looks for something among the files. One that is renamed while the names are gone through, or before it is opened,
  /// is missed: the search begins anew until nothing has moved since the names were read.
  private func amongPlaces(_ names: Names = .likely, _ search: ([Place]) -> Place?) -> Place? {
    var places = places(names)
    var found = search(places)
    for _ in 0..<Self.mostTries {
      let now = self.places(names)
      if now.elementsEqual(places, by: Self.isUnmoved) { break }
      places = now
      found = search(places)
    }
    return found
  }

  private static func isUnmoved(_ first: Place, _ second: Place) -> Bool {
    first.path == second.path && first.identity.isSameFile(as: second.identity)
  }

  /// Which names a file may have: those that are gone on with by their name alone, those that a rotation could have given, whose
  /// content is looked at, too, and all, where the file is known by its number.
  private enum Names { case successors, likely, any }

  /// The path itself and the plain files beside it, or beside what it leads to, with such a name.
  private func places(_ names: Names) -> [Place] {
    let others = target.map { Self.beside($0, names, isLink: true) } ?? []
    return (others + Self.beside(path, names, isLink: false) + [path]).compactMap { other in
      FileIdentity(path: other).map { Place(path: other, identity: $0) }
    }
  }

  /// What the path leads to, where it is a link.
  private var target: String? {
    var info = stat()
    guard unsafe lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFLNK,
      let found = unsafe realpath(path, nil)
    else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  private static func name(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  private static func beside(_ path: String, _ names: Names, isLink: Bool) -> [String] {
    let name = String(name(of: path))
    let folder = String(path.dropLast(name.count))
    // A folder may be entered that may not be listed.
    return InputPaths.names(in: folder.isEmpty ? "." : folder)
      .filter { other in
        switch names {
        case .successors: RotatedName.isSuccessor(other, of: name, isLink: isLink)
        case .likely: RotatedName.isOne(other, of: name)
        case .any: other != name
        }
      }
      .map { folder + $0 }
  }
}
