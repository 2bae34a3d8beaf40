import FuzzProperties
import Glibc
import Testing

/// Every seed keeps its target's property: the small ones to start from, and every input that ever broke it.
@Suite struct SeedTests {
  @Test(arguments: FuzzTarget.allCases) func seedsKeepTheProperty(_ target: FuzzTarget) throws {
    let seeds = Self.seeds(of: target)
    try #require(!seeds.isEmpty)
    for seed in seeds {
      let bytes = try FuzzTarget.contents(of: seed)
      #expect(throws: Never.self, "\(seed)") { try target.check(bytes) }
    }
  }

  /// Paths of the target's seeds, sorted; a trace parser's are the small logs of its language, too.
  private static func seeds(of target: FuzzTarget) -> [String] {
    let own = files(in: "Tests/Fuzz/corpora/" + target.rawValue)
    switch target {
    case .java: return own + logs(in: "Corpus/java")
    case .python: return own + logs(in: "Corpus/python")
    default: return own
    }
  }

  /// As scripts/fuzz.sh takes them.
  private static func logs(in folder: String) -> [String] {
    files(in: folder).filter { path in
      var info = stat()
      return path.hasSuffix(".log") && stat(path, &info) == 0 && info.st_size <= 8192
    }
  }

  private static func files(in folder: String) -> [String] {
    let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    guard let directory = opendir(root + "/" + folder) else { return [] }
    defer { closedir(directory) }
    var paths: [String] = []
    while let entry = readdir(directory) {
      // An entry is as long as its name; a copy of the field would read on behind it.
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = String(
        cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
      if !name.hasPrefix(".") { paths.append("\(root)/\(folder)/\(name)") }
    }
    return paths.sorted()
  }
}
