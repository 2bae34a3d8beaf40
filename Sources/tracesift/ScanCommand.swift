import ArgumentParser
import Glibc
import Report
import TraceSift

/// What is written for each trace and failure.
enum RecordFormat: String, CaseIterable, ExpressibleByArgument {
  /// Records of this tool's own schema.
  case ndjson
  /// Payloads of events as Sentry takes them.
  case sentry
}

/// Every trace and every failure of files, directories or standard input, as records on standard output.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Write every trace and every failure, one JSON object a line.",
    discussion: """
      Examples:
        tracesift scan app.log                        records on standard output
        tracesift scan --rules mine.rules logs/       a directory, with your rules
        kubectl logs pod | tracesift scan --stats     a pipe, with totals on stderr
        tracesift scan --fail-on-unparsed logs/       for CI: exit 1 on failures
      """)

  @OptionGroup var shared: SharedOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Records, or events to send to Sentry; one a line.", valueName: "ndjson|sentry"))
  var format = RecordFormat.ndjson

  func run() throws {
    let files = try FilesPlan(shared)
    let separatesFailures = shared.records.failures != nil
    switch format {
    case .ndjson: try run(files) { NDJSONSink(separatesFailures: separatesFailures) }
    case .sentry:
      let clock = SourceClock()
      try run(files) {
        SentryEventSink(
          files.plan.grouping, separatesFailures: separatesFailures, undated: clock.time(of:))
      }
    }
  }

  private func run<Sink: RecordSink>(_ files: FilesPlan, _ makeSink: @escaping () -> Sink) throws {
    let options = shared.records
    var output = try RecordOutput(makeSink, failuresPath: options.failures)
    // Where records run over a terminal, they show the progress themselves.
    Progress.start(isWanted: !options.quiet && isatty(1) == 0)
    let statistics = files.engine.run(files.paths, workers: files.workers, delegate: &output)
    Progress.end()
    if options.stats { Diagnostics.write(StatisticsLine.json(statistics, seconds: files.plan.seconds)) }
    if let path = options.metrics { output.note(MetricsFile(path).write(statistics, lastRecord: nil)) }
    if files.plan.stop.reason != 0 { throw ExitStatus.signal(files.plan.stop.reason) }
    try output.finish()
    if options.failOnUnparsed, statistics.failures.values.contains(where: { $0 > 0 }) {
      throw ExitStatus.found
    }
  }
}

/// Writes finished chunks as they come and remembers what went wrong.
final class RecordOutput<Sink: RecordSink>: ScanDelegate {
  private let newSink: () -> Sink
  private let output = Output.standard
  private let failures: FailureFile?
  private var problem: ExitStatus?
  /// Room for a chunk's records.
  private var bytes: [UInt8] = []

  init(_ makeSink: @escaping () -> Sink, failuresPath: String?) throws {
    newSink = makeSink
    failures = try FailureFile.open(failuresPath)
  }

  func makeSink() -> Sink { newSink() }

  func finished(_ sink: Sink, linesBefore: UInt64) -> Bool {
    do throws(OutputError) {
      if linesBefore == 0 {
        try output.write(sink.records(linesBefore: 0))
      } else {
        bytes.removeAll(keepingCapacity: true)
        sink.appendRecords(linesBefore: linesBefore, to: &bytes)
        try output.write(bytes)
      }
      try failures?.write(sink.failureRecords(linesBefore: linesBefore))
      return true
    } catch {
      problem = OutputMessage.status(error)
      return false
    }
  }

  func failed(_ input: InputProblem) {
    Diagnostics.print("\(input.path): \(input.reason)")
    problem = .failed
  }

  func advanced(_ progress: ScanProgress) { Progress.show(progress) }

  /// Takes note of a file beside the output that could not be written.
  func note(_ error: OutputError?) {
    if let error { problem = problem ?? OutputMessage.status(error) }
  }

  /// Throws what the run has to end with, if it did not go well.
  func finish() throws {
    if let problem { throw problem }
  }
}

/// The file of `--failures`.
final class FailureFile {
  private let path: String
  private var output: Output
  /// Whether it was said that the name leads nowhere.
  private var isTold = false

  private init(_ path: String, goesOn: Bool) throws(OutputError) {
    self.path = path
    output = try Output(path: path, goesOn: goesOn)
    if goesOn { try output.endLastLine() }
  }

  /// Writes records behind those that are there; to a new file where the old one was renamed away and a new one can be had.
  func write(_ records: [UInt8]) throws(OutputError) {
    guard !records.isEmpty else { return }
    if output.isMoved { reopen() }
    try output.write(records)
  }

  /// Where the name leads nowhere any more, the file that is open is better than none; that is said until it leads somewhere.
  private func reopen() {
    do throws(OutputError) {
      output = try Output(path: path, goesOn: true)
      isTold = false
    } catch {
      if !isTold { Diagnostics.print(OutputMessage.text(error)) }
      isTold = true
    }
  }

  /// Opens the file that was asked for, if one was.
  /// - Parameter goesOn: keep what an earlier run wrote.
  /// - Throws: `ExitStatus.failed` after saying why.
  static func open(_ path: String?, goesOn: Bool = false) throws -> FailureFile? {
    do throws(OutputError) {
      guard let path else { return nil }
      return try FailureFile(path, goesOn: goesOn)
    } catch { throw OutputMessage.status(error) }
  }
}

enum OutputMessage {
  /// How a run ends whose output failed, after saying so.
  static func status(_ error: OutputError) -> ExitStatus {
    if error == .closed { return .closedOutput }
    if error == .stalled { return .signal(Signals.reason) }
    Diagnostics.print(text(error))
    return .failed
  }

  static func text(_ error: OutputError) -> String {
    switch error {
    case .closed: "standard output was closed"
    case .stalled: "nobody reads standard output"
    case .failed(let path, let code): "\(path): cannot write: \(SystemError.text(code))"
    }
  }
}
