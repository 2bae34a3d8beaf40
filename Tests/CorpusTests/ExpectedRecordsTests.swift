import Enhancements
import Foundation
import Grouping
import Report
import Testing
import TraceSift

/// Every input of the corpus against the records that stand beside it, byte by byte.
///
/// `UPDATE_CORPUS=1 swift test --filter ExpectedRecords` writes them anew, `UPDATE_CORPUS=java,python` those of
/// some folders; a person reads the difference.
@Suite struct ExpectedRecordsTests {
  private struct Collector: ScanDelegate {
    var records: [UInt8] = []
    func makeSink() -> NDJSONSink { NDJSONSink() }
    mutating func finished(_ sink: NDJSONSink, linesBefore: UInt64) -> Bool {
      records += sink.records(linesBefore: linesBefore)
      return true
    }
    /// What could not be read stands behind the records, where it came.
    mutating func failed(_ problem: InputProblem) { records += "{\"problem\":\"\(problem.reason)\"}\n".utf8 }
  }

  private static func folder(_ path: String) -> String { String(path.split(separator: "/")[1]) }

  private static let inputs = Corpus.files([".log", ".txt", ".jsonl", ".gz", ".zst"]).filter {
    !["programs", "rules", "make"].contains(folder($0))
  }

  private static func expectedPath(_ input: String) -> String {
    input.prefix(input.count - (input.split(separator: ".").last?.count ?? 0)) + "expected.ndjson"
  }

  @Test func recordsAreAsExpected() throws {
    let update =
      ProcessInfo.processInfo.environment["UPDATE_CORPUS"].map { $0.split(separator: ",").map(String.init) }
      ?? []
    let covered = Set(Corpus.files([".expected.ndjson"]).map(Self.folder))
    // Sources stand in the records as they are given: relative to the root.
    #expect(FileManager.default.changeCurrentDirectoryPath(Corpus.root.path))
    let grouping = GroupingEngine(
      enhancements: try EnhancementSet(base: GroupingConfig.newest.baseRules, project: []))
    let engine = TraceEngine(ScanConfiguration(grouping: grouping))
    for input in Self.inputs {
      let folder = Self.folder(input)
      let isUpdated = update == ["1"] || update.contains(folder)
      guard isUpdated || covered.contains(folder) else { continue }
      var collector = Collector()
      _ = engine.run([input], workers: 1, delegate: &collector)
      let expected = Self.expectedPath(input)
      if isUpdated {
        try Data(collector.records).write(to: Corpus.root.appendingPathComponent(expected))
      } else {
        compare(collector.records, with: expected)
      }
    }
  }

  /// Says which line differs first, not all of them.
  private func compare(_ records: [UInt8], with path: String) {
    guard let expected = try? Corpus.bytes(path) else {
      Issue.record("\(path) is missing")
      return
    }
    guard expected != records else { return }
    let old = expected.split(separator: 0x0A)
    let new = records.split(separator: 0x0A)
    let line =
      zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
    func text(_ lines: [ArraySlice<UInt8>]) -> String {
      line < lines.count ? String(decoding: lines[line], as: UTF8.self) : "(nothing)"
    }
    Issue.record("\(path):\(line + 1)\nexpected: \(text(old))\nfound:    \(text(new))")
  }
}
