import Enhancements
import Glibc
import Grouping
import Report
import TraceModel
import TraceSift

/// Writing records, and the whole way from a file to records with one worker.
func recordBenchmarks() {
  guard let rules = try? EnhancementSet(base: .allPlatforms2026, project: []) else {
    fatalError("the rules do not compile")
  }
  let engine = TraceEngine(ScanConfiguration(grouping: GroupingEngine(enhancements: rules)))
  let log = Inputs.log(bytes: 4 << 20, tracesEvery: 100)
  let file = LogFile(log.text)
  measure("records/write 100 as NDJSON", expect: 657_663) {
    var kept = KeptRecords()
    _ = engine.run([file.path], workers: 1, delegate: &kept)
    // The path has the process's number.
    for index in kept.records.indices { kept.records[index].place.source = "app.log" }
    return Array(kept.records.prefix(100))
  } body: { records in
    var sink = NDJSONSink()
    for record in records {
      sink.trace(record.trace, record.grouping, at: record.place, in: record.text.span)
    }
    return sink.records(linesBefore: 0).count
  }
  measure("engine/4 MiB log to NDJSON", expect: log.traces) {
  } body: { _ in
    var counter = RecordCounter()
    _ = engine.run([file.path], workers: 1, delegate: &counter)
    return counter.records
  }
}

/// A log on disk for the time of the run.
private final class LogFile {
  let path: String

  init(_ text: [UInt8]) {
    path = "/tmp/tracesift-benchmark-\(getpid()).log"
    guard let file = fopen(path, "wb") else { fatalError("cannot write \(path)") }
    fwrite(text, 1, text.count, file)
    fclose(file)
  }

  deinit { unlink(path) }
}

private struct RecordCounter: ScanDelegate {
  var records = 0

  func makeSink() -> NDJSONSink { NDJSONSink() }

  mutating func finished(_ sink: NDJSONSink, linesBefore: UInt64) -> Bool {
    for byte in sink.records(linesBefore: linesBefore) where byte == 0x0A { records += 1 }
    return true
  }

  mutating func failed(_ problem: InputProblem) { fatalError("\(problem)") }
}

/// What a sink is given, with a copy of its text.
private struct KeptRecord: Sendable {
  var trace: ParsedTrace
  var grouping: TraceGrouping
  var place: TracePlace
  var text: [UInt8]
}

private struct KeptSink: TraceSink {
  var records: [KeptRecord] = []
  var isEmpty: Bool { records.isEmpty }

  mutating func reset() { records = [] }

  mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    guard records.count < 100 else { return }
    // Ranges point into the window, so all of it up to the trace's end is kept.
    let bytes = (0..<Int(trace.region.end)).map { text[$0] }
    records.append(KeptRecord(trace: trace, grouping: grouping, place: place, text: bytes))
  }

  mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {}
}

private struct KeptRecords: ScanDelegate {
  var records: [KeptRecord] = []

  func makeSink() -> KeptSink { KeptSink() }

  mutating func finished(_ sink: KeptSink, linesBefore: UInt64) -> Bool {
    records += sink.records
    return records.count < 100
  }

  mutating func failed(_ problem: InputProblem) { fatalError("\(problem)") }
}
