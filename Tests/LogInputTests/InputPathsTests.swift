import Foundation
import LogInput
import Testing

@Suite struct InputPathsTests {
  /// A directory of its own, gone when the test is done.
  private func withDirectory(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "tracesift-paths-\(UUID().uuidString)"
    let manager = FileManager.default
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: path) }
    try body(path)
  }

  private func create(_ names: [String], in directory: String) throws {
    for name in names {
      let url = URL(fileURLWithPath: directory + "/" + name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(name.utf8).write(to: url)
    }
  }

  /// Component by component: "a-b" stands before "a/x", for the component is "a", and upper case before lower.
  @Test func directoriesAreSortedByBytesPerComponent() throws {
    try withDirectory { directory in
      try create(
        ["b.log", "a/x.log", "a-b.log", ".hidden", "a/.deep/y", "Z.log", "a.log", "é.log"], in: directory)
      let (files, errors) = InputPaths.expand([directory])
      #expect(errors.isEmpty)
      #expect(
        files.map { String($0.dropFirst(directory.count + 1)) }
          == [".hidden", "Z.log", "a/.deep/y", "a/x.log", "a-b.log", "a.log", "b.log", "é.log"])
    }
  }

  @Test func pathsStayAsGiven() throws {
    try withDirectory { directory in
      try create(["d/f"], in: directory)
      #expect(InputPaths.expand([directory + "/d/"]).files == [directory + "/d/f"])
      #expect(
        InputPaths.expand([directory + "/d/f", "-", directory + "/d"]).files == [
          directory + "/d/f", "-", directory + "/d/f",
        ])
      #expect(InputPaths.expand([]).files == [])
    }
  }

  @Test func linksInsideAreNotFollowed() throws {
    try withDirectory { directory in
      try create(["real/f"], in: directory)
      let manager = FileManager.default
      try manager.createSymbolicLink(atPath: directory + "/real/loop", withDestinationPath: "..")
      try manager.createSymbolicLink(atPath: directory + "/real/file", withDestinationPath: "f")
      try manager.createSymbolicLink(atPath: directory + "/top", withDestinationPath: "real")
      #expect(InputPaths.expand([directory]).files == [directory + "/real/f"])
      // Named by the caller, a link is what it points at.
      #expect(InputPaths.expand([directory + "/top"]).files == [directory + "/top/f"])
    }
  }

  @Test func pipesInsideAreLeftAlone() throws {
    try withDirectory { directory in
      try create(["f"], in: directory)
      #expect(mkfifo(directory + "/pipe", 0o600) == 0)
      #expect(InputPaths.expand([directory]).files == [directory + "/f"])
    }
  }

  @Test func aMissingPathIsOpenedToSayWhy() throws {
    let missing = "/nowhere/at/all.log"
    #expect(InputPaths.expand([missing]).files == [missing])
    do throws(InputError) {
      _ = try ByteSource(path: missing)
      Issue.record("opened a file that is not there")
    } catch {
      #expect(error.kind == .open && error.path == missing && error.code == ENOENT)
      #expect(error.reason == "No such file or directory")
    }
  }

  @Test func aDirectoryIsNoFile() throws {
    try withDirectory { directory in
      do throws(InputError) {
        _ = try ByteSource(path: directory)
        Issue.record("opened a directory")
      } catch {
        #expect(error.code == EISDIR)
      }
    }
  }

  @Test func sizesAndIdentitiesTellFilesApart() throws {
    try withDirectory { directory in
      try create(["one", "three"], in: directory)
      let one = try ByteSource(path: directory + "/one")
      let again = try ByteSource(path: directory + "/one")
      let three = try ByteSource(path: directory + "/three")
      let sizes = (one.size, three.size)
      let (first, second, other) = (one.identity, again.identity, three.identity)
      #expect(sizes.0 == 3 && sizes.1 == 5)
      #expect(first == second && first != other)
    }
  }
}
