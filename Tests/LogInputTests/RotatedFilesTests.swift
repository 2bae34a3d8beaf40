import Foundation
import Synchronization
import Testing

@testable import LogInput

/// Which file a rotated log goes on in.
@Suite struct RotatedFilesTests {
  /// A folder with a log in it that is gone with the value.
  final class Folder {
    let path = NSTemporaryDirectory() + "tracesift-rotated-\(UUID().uuidString)/"

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    var log: String { path + "app.log" }
    var files: RotatedFiles { RotatedFiles(path: log) }

    /// Writes a file that was changed at a time, and tells what it is.
    @discardableResult func write(_ suffix: String, _ text: String, changed: Double) throws -> FileIdentity {
      try Data(text.utf8).write(to: URL(fileURLWithPath: log + suffix))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: changed)], ofItemAtPath: log + suffix)
      return try identity(suffix)
    }

    func identity(_ suffix: String) throws -> FileIdentity {
      var identity = try ByteSource(path: log + suffix).fileIdentity
      identity.head = FileIdentity.head(of: try ByteSource(path: log + suffix).start(1024))
      return identity
    }

    func remove(_ suffix: String) throws { try FileManager.default.removeItem(atPath: log + suffix) }
  }

  /// The names that come after a file, until the newest.
  private func row(after identity: FileIdentity, in folder: Folder) -> [String] {
    var row: [String] = []
    var place = folder.files.successor(of: identity)
    while let found = place, row.count < 10 {
      row.append(String(found.path.dropFirst(folder.log.utf8.count)))
      if found.path == folder.log { return row }
      place = folder.files.successor(of: found.identity)
    }
    return row + ["nothing"]
  }

  @Test func filesComeInTheOrderOfTheirChanges() throws {
    let folder = try Folder()
    let oldest = try folder.write(".3", "three\n", changed: 100)
    try folder.write(".2", "two\n", changed: 200)
    try folder.write(".1", "one\n", changed: 300)
    // The newest is that at the path, whatever its clock says.
    try folder.write("", "new\n", changed: 50)
    try folder.write(".gz", "no plain log\n", changed: 250)
    #expect(row(after: oldest, in: folder) == [".2", ".1", ""])
    #expect(folder.files.find(oldest, readTo: FileTail(end: 6))?.path == folder.log + ".3")
    #expect(folder.files.find(oldest, readTo: FileTail(end: 7)) == nil)
  }

  /// Files of one tick of the clock once came after each other for ever.
  @Test func filesOfOneTickComeOnce() throws {
    let folder = try Folder()
    var last = FileIdentity(device: 0, inode: 0)
    for suffix in [".1", ".2", ".10", ".11", ""] { last = try folder.write(suffix, "x\n", changed: 100) }
    #expect(row(after: try folder.identity(".11"), in: folder) == [".10", ".2", ".1", ""])
    #expect(row(after: last, in: folder) == [""])
  }

  /// Behind a file that is gone comes the oldest that was changed after it; that once was the newest at once.
  @Test func whatIsLeftBehindAGoneFile() throws {
    let folder = try Folder()
    try folder.write(".4", "before\n", changed: 90)
    let gone = try folder.write(".3", "gone\n", changed: 100)
    for (suffix, changed) in [(".2", 200.0), (".1", 300), ("", 400)] {
      try folder.write(suffix, "x\n", changed: changed)
    }
    try folder.remove(".3")
    #expect(row(after: gone, in: folder) == [".2", ".1", ""])
    // One that an older checkpoint speaks of has no time.
    var unknown = gone
    unknown.changed = 0
    #expect(row(after: unknown, in: folder) == [""])
  }

  /// A system gives the number of a deleted file to a new one, which may start as the old one did.
  @Test func aNewFileWithAnOldNumberIsAnotherOne() throws {
    let folder = try Folder()
    var identity = try folder.write(".1", "start\nmore\n", changed: 100)
    try #require(identity.born > 0, "this file system does not tell when a file was made")
    #expect(
      folder.files.find(identity, readTo: FileTail(Array("more\n".utf8).span, end: 11))?.path == folder.log
        + ".1")
    identity.born -= 1_000_000_000
    #expect(folder.files.find(identity, readTo: FileTail(Array("more\n".utf8).span, end: 11)) == nil)
    #expect(folder.files.find(identity) == nil)
    identity.born = 0
    #expect(folder.files.find(identity) != nil)
  }

  /// A file that was renamed while the names were gone through was once taken for gone.
  @Test func aFileThatMovesIsNotGone() throws {
    let folder = try Folder()
    let files = 12
    for index in 1...files { try folder.write(".\(index)", "file \(index)\n", changed: 100) }
    let identity = try folder.identity(".7")
    let isDone = Atomic(false)
    let log = folder.log
    let writer = Thread {
      while !isDone.load(ordering: .relaxed) {
        for index in stride(from: files, through: 1, by: -1) {
          rename("\(log).\(index)", "\(log).\(index + 1)")
        }
        rename("\(log).\(files + 1)", "\(log).1")
        usleep(1000)
      }
    }
    writer.start()
    defer { isDone.store(true, ordering: .relaxed) }
    let missed = (0..<3000).count { _ in folder.files.find(identity, readTo: FileTail(end: 1)) == nil }
    #expect(missed == 0)
  }
}
