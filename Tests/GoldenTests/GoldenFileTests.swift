import Comparison
import Enhancements
import Foundation
import Grouping
import TestSupport
import Testing
import TraceSift

@testable import Golden

/// Goldens written, read and compared, without a file system.
@Suite struct GoldenFileTests {
  private static let log = """
    java.lang.IllegalStateException: boom
    \tat io.airbyte.workers.Main.run(Main.java:12)
    \tat java.util.concurrent.FutureTask.run(FutureTask.java:264)
    Caused by: java.io.IOException: disk
    \tat io.airbyte.workers.Disk.read(Disk.java:7)
    \t... 2 more
    some line
    Traceback (most recent call last):
      File "/srv/x.py", line 3, in f
        f()
      File "/srv/x.py", line 3, in f
        f()
      File "/srv/x.py", line 3, in f
        f()
    ValueError: oops
    Traceback (most recent call last):
    some line
    java.lang.IllegalStateException: bang
    \tat io.airbyte.workers.Main.run(Main.java:12)
    \tat java.util.concurrent.FutureTask.run(FutureTask.java:264)
    Caused by: java.io.IOException: disk
    \tat io.airbyte.workers.Disk.read(Disk.java:7)
    \t... 2 more

    """

  /// What an update would write for a text.
  static func golden(_ log: String, rules: String = "") throws -> GoldenFile {
    let path = NSTemporaryDirectory() + "golden-\(UUID().uuidString).log"
    try Data(log.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let source = RuleSource(name: "/f/my.rules", text: rules)
    let engine = GroupingEngine(
      enhancements: try EnhancementSet(base: GroupingConfig.newest.baseRules, project: [source]))
    var collector = GoldenCollector(engine)
    _ = TraceEngine(ScanConfiguration(grouping: engine)).run([path], workers: 1, delegate: &collector)
    var configuration = GoldenConfiguration(profile: "full", config: GroupingConfig.newest.rawValue)
    configuration.rules = [GoldenConfiguration.RulesFile(path: "/f/my.rules", text: rules)]
    return GoldenFile(
      input: GoldenFile.Input(Array(log.utf8)), configuration: configuration,
      records: collector.records[path] ?? [])
  }

  static func text(_ golden: GoldenFile) -> [UInt8] {
    GoldenText(golden) { GoldenPath.relative($0, to: "/f/logs") }.text()
  }

  static func read(_ bytes: [UInt8]) throws -> GoldenFile {
    try GoldenReader.golden(bytes, folder: "/f/logs")
  }

  @Test func readsWhatIsWritten() throws {
    let golden = try Self.golden(Self.log, rules: "module:io.airbyte.** +app\n")
    let bytes = Self.text(golden)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(golden.records.count == 4)
    #expect(text.contains(#""path":"../my.rules""#) && !text.contains("/f/"))
    #expect(text.contains(#""same_as":1"#) && text.contains(#""times":2"#))
    let back = try Self.read(bytes)
    #expect(Self.text(back) == bytes)
    #expect(back.records.map(\.outcome.title) == golden.records.map(\.outcome.title))
    #expect(zip(back.records, golden.records).allSatisfy { Cause.between($0.outcome, $1.outcome) == nil })
    let same = GoldenComparison(
      input: "x", back, found: golden.records, now: golden.configuration, mark: golden.input)
    #expect(same.hasPassed && same.circumstances.isEmpty)
  }

  /// Goldens of the corpus are what their reading would be written as.
  @Test func corpusReadsAsItIsWritten() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Corpus").path
    let paths = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(GoldenFile.suffix) }
    #expect(paths.count > 600)
    for path in paths {
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: root + "/" + path)))
      #expect(Self.text(try Self.read(bytes)) == bytes, "\(path)")
    }
  }

  /// Whatever stands in a golden, reading it is an answer and no trap.
  @Test func mutationsAreAnswered() throws {
    let bytes = Self.text(try Self.golden(Self.log, rules: "module:io.airbyte.** +app\n"))
    let lines = bytes.split(separator: 0x0A)
    var random = SplitMix64(seed: 12)
    var refused = 0
    for _ in 0..<3000 {
      var changed = bytes
      switch Int.random(in: 0...3, using: &random) {
      case 0:
        changed[Int.random(in: 0..<changed.count, using: &random)] = .random(in: 0...255, using: &random)
      case 1: changed.removeSubrange(Int.random(in: 0..<changed.count, using: &random)...)
      case 2: changed = Array(lines.shuffled(using: &random).joined(separator: [0x0A])) + [0x0A]
      default: changed.remove(at: Int.random(in: 0..<changed.count, using: &random))
      }
      do { _ = try Self.read(changed) } catch is GoldenError { refused += 1 }
    }
    #expect(refused > 1000)
  }

  @Test(arguments: [
    ("/a/b", "/a/b/x.rules", "x.rules"), ("/a/b", "/a/x.rules", "../x.rules"),
    ("/a/b", "/c/x.rules", "../../c/x.rules"), ("/", "/x", "x"),
  ])
  func relativePaths(_ folder: String, _ file: String, _ relative: String) {
    #expect(GoldenPath.relative(file, to: folder) == relative)
    #expect(GoldenPath.joined(folder, relative) == file)
  }

  @Test(arguments: [
    ("logs/a", "../../r/x", "r/x"), (".", "../x", "../x"), ("logs", "../../x", "../x"), ("a", "..", "."),
    ("../a", "../../x", "../../x"), ("a", "/x", "/x"),
  ])
  func joinedPaths(_ folder: String, _ path: String, _ joined: String) {
    #expect(GoldenPath.joined(folder, path) == joined)
  }

  // MARK: Which record is which

  private func changes(_ old: String, _ new: String) throws -> [GoldenChange] {
    let (before, after) = (try Self.golden(old), try Self.golden(new))
    let comparison = GoldenComparison(
      input: "x", before, found: after.records, now: after.configuration, mark: after.input)
    if case .changed(let changes) = comparison.verdict { return changes }
    return []
  }

  /// A line above moves every record and changes none.
  @Test func linesAboveChangeNothing() throws {
    #expect(try changes(Self.log, "a line\nanother\n" + Self.log).isEmpty)
  }

  @Test func recordsComeAndGo() throws {
    let other = "java.lang.Error: x\n\tat a.B.c(D.java:1)\n"
    let come = try changes(Self.log, other + Self.log)
    #expect(come.count == 1 && come[0].old == nil && come[0].new?.line == 1)
    let gone = try changes(Self.log + other, Self.log)
    #expect(gone.count == 1 && gone[0].new == nil && gone[0].title == "Error: x")
  }

  @Test func messagesThatChange() throws {
    let changed = try changes(Self.log, Self.log.replacingOccurrences(of: "bang", with: "bong"))
    #expect(changed.map(\.cause?.subject) == ["title"])
    #expect(changed.first?.cause?.new.text == "IllegalStateException: bong")
  }

  // MARK: Accepting

  /// Any subset of the changes can be accepted, and exactly the others are left.
  @Test func someAreAccepted() throws {
    let old = try Self.golden(Self.log)
    let now = try Self.golden(Self.log, rules: "module:io.airbyte.** +app\nfunction:f -group\n")
    let comparison = GoldenComparison(
      input: "x", old, found: now.records, now: now.configuration, mark: now.input)
    guard case .changed(let changes) = comparison.verdict else {
      Issue.record("nothing changed")
      return
    }
    let signatures = Set(changes.map(\.signature)).sorted()
    #expect(signatures.count == 2 && changes.count == 3)
    for accepted in [[], [signatures[0]], [signatures[1]], signatures] {
      let merged = GoldenAcceptance.merged(old, now) { accepted.contains($0.signature) }
      let rest = GoldenComparison(
        input: "x", try Self.read(Self.text(merged)), found: now.records, now: now.configuration,
        mark: now.input)
      var left: Set<String> = []
      if case .changed(let changes) = rest.verdict { left = Set(changes.map(\.signature)) }
      #expect(left == Set(signatures).subtracting(accepted))
      // The header is the new one when nothing is left.
      #expect(rest.circumstances.isEmpty == left.isEmpty)
    }
  }
}
