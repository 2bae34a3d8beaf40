import Enhancements
import Grouping
import Report
import TraceModel
import TraceParsers
import TraceSift

/// The scanner: any bytes are scanned, and neither the size of a read nor that of a chunk shows in the records.
///
/// The limits are small, so that short inputs reach them.
enum ScannerProperty {
  static func check(_ bytes: [UInt8]) throws {
    guard let grouping else { throw PropertyFailure("the built-in rules cannot be read") }
    let file = try OpenFile(bytes)
    let whole = try scan(file, grouping)
    try checkForm(whole.records)
    let traces = whole.statistics.traces.total + whole.statistics.failures.values.reduce(0, +)
    try require(
      traces == whole.records.count { $0 == 0x0A }, "\(traces) records are counted, others were written")
    for size in [29, 4096] {
      let split = try scan(file, grouping, blockBytes: size)
      try require(split.records == whole.records, difference("reads of \(size) bytes", whole, split))
      try require(split.statistics == whole.statistics, "reads of \(size) bytes count otherwise")
    }
    for size in [211, 3000] {
      let split = try scan(file, grouping, chunkBytes: UInt64(size))
      try require(split.records == whole.records, difference("chunks of \(size) bytes", whole, split))
      let (wanted, found) = (whole.statistics.lines, split.statistics.lines)
      try require(
        split.statistics.bytes == whole.statistics.bytes, "chunks of \(size) bytes count bytes otherwise")
      try require(found == wanted, "chunks of \(size) bytes count \(found) lines instead of \(wanted)")
    }
  }

  private static let grouping: GroupingEngine? = (try? EnhancementSet(base: .allPlatforms2026, project: []))
    .map {
      GroupingEngine(enhancements: $0)
    }

  private static func scan(
    _ file: borrowing OpenFile, _ grouping: GroupingEngine, blockBytes: Int = 64 << 10,
    chunkBytes: UInt64 = .max
  ) throws -> Scan {
    var configuration = ScanConfiguration(grouping: grouping)
    configuration.blockBytes = blockBytes
    configuration.chunkBytes = chunkBytes == .max ? nil : chunkBytes
    configuration.limits.lineBytes = 600
    configuration.limits.regionBytes = 6000
    configuration.limits.frames = 40
    configuration.limits.exceptions = 8
    configuration.limits.messageLines = 12
    configuration.limits.messageBytes = 900
    configuration.limits.nesting = 2
    var scan = Scan()
    let workers = chunkBytes == .max ? 1 : 2
    scan.statistics = TraceEngine(configuration).run([file.path], workers: workers, delegate: &scan)
    if let problem = scan.problem { throw PropertyFailure("\(problem)") }
    return scan
  }

  /// The first line in which two scans differ.
  private static func difference(_ what: String, _ whole: Scan, _ split: Scan) -> String {
    let (left, right) = (lines(whole), lines(split))
    let at = zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset ?? min(left.count, right.count)
    return
      "\(what): record \(at) of \(left.count) and \(right.count)\n\(left.dropFirst(at).first ?? "none")\n"
      + "\(right.dropFirst(at).first ?? "none")"
  }

  private static func lines(_ scan: Scan) -> [String] {
    String(decoding: scan.records, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Records are lines of UTF-8 without control characters.
  private static func checkForm(_ records: [UInt8]) throws {
    try require(records.allSatisfy { $0 >= 0x20 || $0 == 0x0A }, "a record holds a control character")
    try require(String(validating: records, as: UTF8.self) != nil, "a record is not UTF-8")
    try require(records.isEmpty || records.last == 0x0A, "the last record has no line end")
  }
}

/// The records and numbers of one scan.
private struct Scan: ScanDelegate {
  var records: [UInt8] = []
  var statistics = ScanStatistics()
  var problem: InputProblem?

  func makeSink() -> NDJSONSink { NDJSONSink() }

  mutating func finished(_ sink: NDJSONSink, linesBefore: UInt64) -> Bool {
    records += sink.records(linesBefore: linesBefore)
    return true
  }

  mutating func failed(_ problem: InputProblem) { self.problem = problem }
}
