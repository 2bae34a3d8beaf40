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

  /// Paths of the target's seeds, sorted.
  private static func seeds(of target: FuzzTarget) -> [String] {
    let folder =
      #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/corpora/" + target.rawValue
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(folder + "/" + name) }
    }
    return names.sorted()
  }
}
