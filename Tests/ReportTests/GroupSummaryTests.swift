import Enhancements
import Foundation
import Grouping
import TestSupport
import Testing
import TraceSift

@testable import Report

/// Summaries of parts add up to that of the whole, whatever the parts and the order.
@Suite struct GroupSummaryTests {
  private static let engine = Result {
    GroupingEngine(enhancements: try EnhancementSet(base: GroupingConfig.newest.baseRules, project: []))
  }

  private struct Collector: ScanDelegate {
    var summary: GroupSummary
    func makeSink() -> GroupSink { GroupSink(exampleBytes: summary.configuration.exampleBytes) }
    mutating func finished(_ sink: GroupSink, linesBefore: UInt64) -> Bool {
      summary.add(sink, linesBefore: linesBefore)
      return true
    }
    mutating func failed(_ problem: InputProblem) { Issue.record("\(problem.path): \(problem.reason)") }
  }

  private func configuration(maxGroups: Int = 1000) -> SummaryConfiguration {
    SummaryConfiguration(
      profile: "full", config: "newstyle:2026-01-20", rules: "0123456789abcdef", connector: nil,
      inputFormat: "auto", maxGroups: maxGroups, exampleBytes: 300)
  }

  private func summary(of paths: [String], maxGroups: Int, workers: Int = 1, chunkBytes: UInt64 = 5000)
    throws -> GroupSummary
  {
    var collector = Collector(summary: GroupSummary(configuration(maxGroups: maxGroups)))
    var scan = ScanConfiguration(grouping: try Self.engine.get())
    scan.chunkBytes = chunkBytes
    let statistics = TraceEngine(scan).run(paths, workers: workers, delegate: &collector)
    collector.summary.bytes = statistics.bytes
    collector.summary.lines = statistics.lines
    collector.summary.finish()
    return collector.summary
  }

  private func json(_ summary: GroupSummary) -> [UInt8] {
    var bytes: [UInt8] = []
    GroupSummaryJSON(summary).write { bytes += $0 }
    return bytes
  }

  /// A log of few or many groups, dated or not, forwards and backwards in time, with wrapped ones and failures.
  private func log(_ random: inout SplitMix64) -> String {
    var text = ""
    let shapes = Int.random(in: 1...30, using: &random)
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let (shape, number) = (
        Int.random(in: 0..<shapes, using: &random), Int.random(in: 0..<1000, using: &random)
      )
      if Bool.random(using: &random) { text += "\(time(&random)) ERROR failed\n" } else { text += "plain\n" }
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: text += "a.E: value \(number)\n\tat a.C.m\(shape)(C.java:\(number))\n"
      case 2:
        text +=
          "Traceback (most recent call last):\n  File \"/x/m\(shape).py\", line 3, in f\nValueError: \(number)\n"
      case 3: text += "Traceback (most recent call last):\n\(time(&random)) INFO cut\n"
      case 4:
        text +=
          "{\"type\":\"TRACE\",\"trace\":{\"type\":\"ERROR\",\"emitted_at\":\(1_772_700_000_000 + number),"
        text += "\"error\":{\"message\":\"m\",\"failure_type\":\"type\(number % 50)\",\"stack_trace\":"
        text += "\"a.E: v\\n\\tat a.J.m\(shape)(J.java:1)\\n\"}}}\n"
      default:
        text +=
          "  + Exception Group Traceback (most recent call last):\n  |   File \"/x/g\(shape).py\", line 3, in f\n"
        text +=
          "  | ExceptionGroup: of \(number) (1 sub-exception)\n  +-+---------------- 1 ----------------\n"
        text += "    | ValueError: \(number)\n    +------------------------------------\n"
      }
    }
    return text
  }

  private func time(_ random: inout SplitMix64) -> String {
    let zones = ["", "", "Z", "+02:00"]
    let (day, hour) = (Int.random(in: 10...28, using: &random), Int.random(in: 10...23, using: &random))
    return "2026-03-\(day) \(hour):11:12,345" + zones[Int.random(in: zones.indices, using: &random)]
  }

  private func withLogs(_ random: inout SplitMix64, _ body: ([String], inout SplitMix64) throws -> Void)
    throws
  {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
      "tracesift-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let paths = try (0..<Int.random(in: 1...8, using: &random)).map { number in
      let file = directory.appendingPathComponent("part\(number).log")
      try Data(log(&random).utf8).write(to: file)
      return file.path
    }
    try body(paths, &random)
  }

  /// With room for all groups, and with too little: then it is still the same ones that are kept.
  @Test(arguments: 0..<40) func partsAddUp(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    try withLogs(&random) { paths, random in
      let maxGroups = seed % 2 == 0 ? 1000 : Int.random(in: 1...12, using: &random)
      let whole = try summary(of: paths, maxGroups: maxGroups)
      let expected = String(decoding: json(whole), as: UTF8.self)
      #expect(whole.groups.count <= maxGroups)

      let shuffled = try summary(of: paths.shuffled(using: &random), maxGroups: maxGroups, workers: 2)
      #expect(String(decoding: json(shuffled), as: UTF8.self) == expected)

      var parts = try paths.map { path in
        try GroupSummaryReader.read(json(try summary(of: [path], maxGroups: maxGroups)))
      }
      while parts.count > 1 {
        let part = parts.remove(at: Int.random(in: parts.indices, using: &random))
        parts[Int.random(in: parts.indices, using: &random)].merge(part)
      }
      #expect(String(decoding: json(parts[0]), as: UTF8.self) == expected)
    }
  }

  /// A region that is longer than what a worker looks back holds what is a trace elsewhere: a worker that begins in it tells
  /// of that, and is not believed. What it told there has to be told again.
  @Test func whatWasToldInVainIsToldAgain() throws {
    let line = "nothing that has a time is to be seen here\n"
    let trace = "java.lang.IllegalStateException: boom\n\tat com.acme.A.run(A.java:12)\n"
    let crash =
      "# A fatal error has been detected by the Java Runtime Environment:\n#\n---------------  T H R E A D  ---\n"
    let log = String(repeating: line, count: 4000)
    let text =
      log + crash + String(repeating: trace, count: 4000) + "END.\n" + log + trace + log + trace + log
    let input = try TemporaryInput(Array(text.utf8))
    let alone = try summary(of: [input.path], maxGroups: 100, chunkBytes: 100_000)
    #expect(alone.groups.map(\.count) == [2])
    #expect(alone.groups.first?.example.title == "IllegalStateException: boom")
    for _ in 0..<2 {
      let shared = try summary(of: [input.path], maxGroups: 100, workers: 2, chunkBytes: 100_000)
      #expect(json(shared) == json(alone))
    }
  }

  /// What is counted, against the records that the same log gives.
  @Test func countsAreThoseOfTheRecords() throws {
    var random = SplitMix64(seed: 77)
    try withLogs(&random) { paths, _ in
      struct Records: ScanDelegate {
        var lines: [Substring] = []
        func makeSink() -> NDJSONSink { NDJSONSink() }
        mutating func finished(_ sink: NDJSONSink, linesBefore: UInt64) -> Bool {
          lines += String(decoding: sink.records(linesBefore: linesBefore), as: UTF8.self).split(
            separator: "\n")
          return true
        }
        mutating func failed(_ problem: InputProblem) {}
      }
      var records = Records()
      _ = TraceEngine(ScanConfiguration(grouping: try Self.engine.get())).run(
        paths, workers: 1, delegate: &records)
      var groups: [String: [JSONValue]] = [:]
      for line in records.lines {
        let record = try JSONReader.read(Array(line.utf8))
        guard record["kind"]?.text == "trace" else { continue }
        groups[try #require(record["group"]?.text), default: []].append(record)
      }
      let rows = try summary(of: paths, maxGroups: 1000).groups
      #expect(rows.count == groups.count && rows.count > 5)
      for row in rows {
        let records = try #require(groups[row.group])
        #expect(row.count == records.count)
        #expect(row.degraded == records.count { $0["status"]?.text == "degraded" })
        #expect(row.histogram.total == records.count { $0["timestamp"] != nil })
        let first = try #require(
          records.first {
            $0["offset"]?.number == Int(row.first.offset) && $0["source"]?.text == row.first.source
          })
        #expect(first["line"]?.number == Int(row.first.line) && first["title"]?.text == row.example.title)
        #expect(
          first["timestamp"]?.text == row.first.time?.text && first["culprit"]?.text == row.example.culprit)
        let times = records.compactMap { $0["timestamp"]?.text.flatMap { RecordTime($0) } }
        #expect(times.min() == row.first.time && times.max() == row.last.time)
        let types = records.count { $0["context"]?["failure_type"] != nil }
        let counted = row.names(.failureType)
        #expect(counted.entries.reduce(counted.others) { $0 + $1.count } == types)
      }
    }
  }

  // MARK: Reading

  private static let valid = """
    {"v":1,"kind":"groups","configuration":{"profile":"full","config":"c","rules":"r","input_format":"auto",\
    "max_groups":10,"example_bytes":9},"totals":{"bytes":1,"lines":1,"left_out":0},"groups":[{"group":\
    "d41d8cd98f00b204e9800998ecf8427e","count":2,"platform":"java","title":"t","degraded":0,"first":{"source":"a",\
    "line":1,"offset":0},"last":{"source":"a","line":9,"offset":8},"example":{"text":"x","length":1}}],"failures":[]}
    """

  @Test func readsWhatIsValid() throws {
    let summary = try GroupSummaryReader.read(Array(Self.valid.utf8))
    #expect(summary.groups.map(\.count) == [2] && summary.traceCount == 2)
  }

  /// A change to a valid summary, and what is said of it.
  @Test(arguments: [
    ("\"v\":1", "\"v\":2", "version 2"), ("\"kind\":\"groups\"", "\"kind\":\"stats\"", "no summary"),
    ("\"max_groups\":10", "\"max_groups\":0", "configuration"),
    ("\"bytes\":1,", "", "configuration or totals"),
    ("\"count\":2", "\"count\":-2", "group 1"), ("\"count\":2", "\"count\":1e3", "group 1"),
    ("\"count\":2", "\"count\":9223372036854775807", "group 1"),
    ("\"degraded\":0", "\"degraded\":3", "group 1"),
    ("d41d8cd9", "D41D8CD9", "group 1"), ("\"title\":\"t\"", "\"title\":7", "group 1"),
    ("\"line\":1,", "\"line\":1,\"time\":\"yesterday\",", "group 1"),
    ("\"failures\":[]", "\"failures\":[{}]", "failure 1"),
    ("\"groups\":[{", "\"groups\":[", "this is no JSON"),
    ("\"failures\":[]}", "\"failures\":[]", "this is no JSON"),
  ])
  func refusesWhatIsNot(_ part: String, _ other: String, _ message: String) {
    let text = Self.valid.replacingOccurrences(of: part, with: other)
    #expect(text != Self.valid)
    #expect {
      try GroupSummaryReader.read(Array(text.utf8))
    } throws: { error in
      (error as? SummaryProblem)?.message.contains(message) == true
    }
  }

  @Test func placesOfFaults() {
    #expect { try GroupSummaryReader.read(Array("{\n  \"v\": 1,\n  x\n}".utf8)) } throws: { error in
      let problem = error as? SummaryProblem
      return problem?.line == 3 && problem?.column == 3
    }
  }

  /// Cut anywhere, or with a byte changed: an answer, never a trap.
  @Test func damage() {
    let text = Array(Self.valid.utf8)
    for end in text.indices {
      #expect(throws: SummaryProblem.self) { try GroupSummaryReader.read(Array(text[..<end])) }
    }
    var random = SplitMix64(seed: 5)
    for _ in 0..<3000 {
      _ = try? GroupSummaryReader.read(
        text.mutated(using: &random, alphabet: Array("{}[]\",:0919\\ue-".utf8)))
    }
  }
}

@Suite struct JSONReaderTests {
  @Test(arguments: [
    ("null", "\"null\""), (" [1, -2 ,3.5,true,false] ", "[1,-2,\"3.5\",true,false]"), ("{}", "{}"),
    ("[]", "[]"),
    ("{\"a\":{\"b\":[\"c\"]}}", "{\"a\":{\"b\":[\"c\"]}}"), ("\"\\u00e9\\ud83d\\ude80\\n\\/\"", "\"é🚀\\n/\""),
    ("\"\\ud83d\"", "\"\u{FFFD}\""),
  ])
  func valid(_ text: String, _ written: String) throws {
    var bytes: [UInt8] = []
    try JSONReader.read(Array(text.utf8)).write(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == written)
  }

  @Test(arguments: [
    ("", 0), ("[1,]", 3), ("{\"a\"}", 4), ("{a:1}", 1), ("\"a", 2), ("\"\n\"", 1), ("tru", 0), ("1 2", 2),
    ("[1}", 2),
    ("--1", 0), ("\"\\x\"", 2), ("\"\\u12\"", 1),
  ])
  func invalid(_ text: String, _ offset: Int) {
    #expect { try JSONReader.read(Array(text.utf8)) } throws: { ($0 as? JSONProblem)?.offset == offset }
  }

  @Test func deepOnesAreRefused() {
    #expect(throws: JSONProblem.self) {
      try JSONReader.read([UInt8](repeating: UInt8(ascii: "["), count: 1 << 20))
    }
  }
}
