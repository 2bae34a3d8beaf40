import Foundation
import ScanSupport
import Testing
import TraceModel

/// Every container of the corpus gives the traces that its base gives when it stands plain in a log.
@Suite struct ContainerTruthTests {
  /// Files whose text says less than the plain one; each with its reason.
  private static let exceptions: [String: String] = [
    "tabs-lost-suppressed.log": "which exception was suppressed stands in the tabs"
  ]
  /// Read by what comes before the scanner.
  private static let stored = ["gzip", "zstd", "utf16"]

  @Test func containersTellWhatTheirBaseTells() throws {
    let bases = try JSONDecoder().decode(
      [String: String].self, from: Data(try Corpus.bytes("Corpus/containers/bases.json")))
    #expect(bases.count > 400)
    var plain: [String: [String]] = [:]
    for (file, base) in bases where file.hasPrefix("plain-") { plain[base] = try traces(file) }
    var stale = Set(Self.exceptions.keys)
    for (file, base) in bases.sorted(by: { $0.key < $1.key })
    where !Self.stored.contains(where: { file.hasPrefix($0) }) {
      let once = try #require(plain[base])
      let isWoven = file.split(separator: "-").contains("woven")
      let wanted = isWoven ? once + once : once
      let found = try traces(file)
      guard found != wanted else { continue }
      if Self.exceptions[file] == nil {
        Issue.record("\(file): \(found.joined(separator: "\n"))")
      } else {
        stale.remove(file)
      }
    }
    #expect(stale.isEmpty, "read well now")
  }

  /// The exceptions and frames of a file's records.
  private func traces(_ file: String) throws -> [String] {
    scan(try Corpus.bytes("Corpus/containers/" + file)).map { record in
      let frames = (record.exceptions ?? []).flatMap(\.frames).map(\.summary)
      let chain = record.exceptions.map { chain in
        chain.map { "\($0.type ?? "-")|\($0.value ?? "-")|\($0.frames.count)|\($0.parent ?? -1)" }
      }
      return ([record.platform.rawValue] + (chain ?? ["failure"]) + frames).joined(separator: "\n")
    }
  }
}
