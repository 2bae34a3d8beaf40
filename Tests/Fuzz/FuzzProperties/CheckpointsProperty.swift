import Enhancements
import Grouping
import LogInput
import Report
import TraceParsers
import TraceSift

/// Checkpoints: the first line of the input is one, or something else; the rest is the log.
///
/// Whatever the first line holds is refused with a reason, or read and printed back, and a filter that starts
/// from it ends. A filter that is stopped anywhere in the log and begun again gives each record once; the bytes of
/// the first line say where, and in which pieces the log comes.
enum CheckpointsProperty {
  static func check(_ bytes: [UInt8]) throws {
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let first = lines.first.map(Array.init) ?? []
    let log = lines.count > 1 ? Array(lines[1]) : []
    try checkText(first, log)
    try checkRestarts(log, first.isEmpty ? [40] : first)
  }

  private static func checkText(_ json: [UInt8], _ log: [UInt8]) throws {
    do {
      let checkpoint = try FilterCheckpoint(json: json)
      let again = try FilterCheckpoint(json: checkpoint.json)
      try require(
        again == checkpoint && again.json == checkpoint.json,
        "\(String(decoding: checkpoint.json, as: UTF8.self)) reads back as another one")
      _ = try filter(log, sizes: [64], from: checkpoint)
    } catch let error as CheckpointError {
      try require(!error.reason.isEmpty, "refused without a reason")
    }
  }

  private static func checkRestarts(_ log: [UInt8], _ choices: [UInt8]) throws {
    let whole = try filter(log, sizes: [64 << 10])
    try require(whole.problems.isEmpty, "\(whole.problems)")
    var records: [[UInt8]] = []
    var checkpoint: FilterCheckpoint?
    for round in 0..<6 {
      // The last one goes to the end.
      let stop = round == 5 ? Int.max : 1 + Int(choices[round % choices.count] % 32)
      let sizes = choices.dropFirst(round).map { 1 + Int($0) } + [100]
      let part = try filter(log, sizes: sizes, from: checkpoint, settlements: stop)
      records += part.records
      guard let last = part.checkpoint else { throw PropertyFailure("no checkpoint") }
      checkpoint = try FilterCheckpoint(json: last.json)
      if part.settlements > 0 { break }
    }
    let (wanted, found) = (comparable(whole.records), comparable(records))
    let at = zip(wanted, found).enumerated().first { $1.0 != $1.1 }?.offset ?? min(wanted.count, found.count)
    try require(
      wanted == found,
      "record \(at) of \(wanted.count) and \(found.count): \(text(wanted, at)) and \(text(found, at))")
  }

  /// Streams that are woven may be told of in another order.
  private static func comparable(_ records: [[UInt8]]) -> [[UInt8]] {
    records.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func text(_ records: [[UInt8]], _ index: Int) -> String {
    index < records.count ? String(decoding: records[index], as: UTF8.self) : "none"
  }

  private static func filter(
    _ log: [UInt8], sizes: [Int], from checkpoint: FilterCheckpoint? = nil, settlements: Int = .max
  ) throws -> Collector {
    var configuration = ScanConfiguration(grouping: try grouping.get())
    configuration.blockBytes = 4096
    configuration.limits = TraceParserProperty.limits
    var collector = Collector(settlements: settlements)
    var run = FilterRun<Collector>(
      configuration, FilterOptions(), path: "-", sink: NDJSONSink(), from: checkpoint)
    // An offset behind the end is that of a file that was cut; then nothing more comes.
    var input = PiecewiseInput(log, sizes: sizes, from: checkpoint?.origin ?? 0)
    run.run(&input, ScanStatistics(), &collector)
    return collector
  }

  /// Groups are not looked at.
  private static let grouping = Result {
    GroupingEngine(enhancements: try EnhancementSet(base: nil, project: []))
  }
}

/// A log that comes in pieces.
private struct PiecewiseInput: LiveReader {
  let bytes: [UInt8]
  var position: Int
  let sizes: [Int]
  var reads = 0
  var file: FileIdentity? { FileIdentity(device: 1, inode: 2, head: [0x78]) }
  var encoding: TextEncoding { .utf8 }
  var path: String { "-" }

  init(_ bytes: [UInt8], sizes: [Int], from offset: UInt64) {
    self.bytes = bytes
    self.sizes = sizes
    position = Int(min(offset, UInt64(bytes.count)))
  }

  mutating func wait(milliseconds: Int, isStopped: () -> Bool) -> LiveState {
    position < bytes.count ? .ready : .ended
  }

  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    let count = min(sizes[reads % sizes.count], buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    reads += 1
    return count
  }
}

/// Takes everything, and stops after some deliveries if it is asked to.
private struct Collector: FilterDelegate {
  var records: [[UInt8]] = []
  var problems: [String] = []
  var checkpoint: FilterCheckpoint?
  var settlements: Int

  init(settlements: Int) { self.settlements = settlements }

  func makeSink() -> NDJSONSink { NDJSONSink() }

  mutating func passed(_ text: Span<UInt8>) -> Bool { true }

  mutating func finished(_ sink: NDJSONSink) -> Bool {
    records += sink.records(linesBefore: 0).split(separator: 0x0A).map(Array.init)
    return true
  }

  mutating func settled(_ progress: FilterProgress) -> Bool {
    checkpoint = progress.checkpoint
    settlements -= 1
    return settlements > 0
  }

  mutating func waits(for problem: InputProblem) {}
  mutating func failed(_ problem: InputProblem) { problems.append(problem.reason) }
}
