import Foundation
import Report
import ScanSupport
import Testing
import TraceModel
import TraceSift

/// Files of the corpus, beside the tests at the repository's root.
enum Corpus {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Paths relative to the root, sorted, of the files below `Corpus` whose names end so.
  static func files(_ endings: [String]) -> [String] {
    let base = root.appendingPathComponent("Corpus")
    guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { name in endings.contains { name.hasSuffix($0) } }
      .sorted()
      .map { "Corpus/" + $0 }
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appendingPathComponent(path)))
  }
}
