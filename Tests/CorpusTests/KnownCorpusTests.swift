import Foundation
import ScanSupport
import Testing

/// Genuine logs that come again and again: what is told of their traces without reading them is what reading them tells.
@Suite struct KnownCorpusTests {
  /// Longer ones would take the test's time.
  private static let longest = 16 << 10

  @Test func sameAsRead() throws {
    var known = 0
    for path in Corpus.files([".log", ".txt"]) {
      let bytes = try Corpus.bytes(path)
      guard bytes.count < Self.longest else { continue }
      let copy = NSTemporaryDirectory() + "tracesift-corpus-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: copy) }
      try Data((0..<4).flatMap { _ in bytes }).write(to: URL(fileURLWithPath: copy))
      let result = try runWithAndWithoutKnownTraces(copy)
      #expect(result.known == result.read, "\(path)")
      known += result.count
    }
    #expect(known > 100)
  }
}
