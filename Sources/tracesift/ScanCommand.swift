import ArgumentParser
import Glibc
import Report
import TraceSift

/// Every trace and every failure of files, directories or standard input, as records on standard output.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Write every trace and every failure, one JSON object a line.")

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let plan = try Plan(shared)
    let separatesFailures = shared.failures != nil
    switch shared.format {
    case .ndjson: try run(plan) { NDJSONSink(separatesFailures: separatesFailures) }
    case .sentry:
      let clock = SourceClock()
      try run(plan) {
        SentryEventSink(plan.grouping, separatesFailures: separatesFailures, undated: clock.time(of:))
      }
    }
  }

  private func run<Sink: RecordSink>(_ plan: Plan, _ makeSink: @escaping () -> Sink) throws {
    var output = try RecordOutput(makeSink, failuresPath: shared.failures)
    let statistics = plan.engine.run(plan.paths, workers: plan.workers, delegate: &output)
    if shared.stats { Diagnostics.write(StatisticsLine.json(statistics, seconds: plan.seconds)) }
    if plan.stop.reason != 0 { throw ExitStatus.signal(plan.stop.reason) }
    try output.finish()
    if shared.failOnUnparsed, statistics.failures.values.contains(where: { $0 > 0 }) {
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

  init(_ makeSink: @escaping () -> Sink, failuresPath: String?) throws {
    newSink = makeSink
    do {
      failures = try failuresPath.map(FailureFile.init)
    } catch {
      Diagnostics.print(OutputMessage.text(error))
      throw ExitStatus.failed
    }
  }

  func makeSink() -> Sink { newSink() }

  func finished(_ sink: Sink, linesBefore: UInt64) -> Bool {
    do throws(OutputError) {
      try output.write(sink.records(linesBefore: linesBefore))
      try failures?.output.write(sink.failureRecords(linesBefore: linesBefore))
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

  /// Throws what the run has to end with, if it did not go well.
  func finish() throws {
    if let problem { throw problem }
  }
}

/// The file of `--failures`.
private final class FailureFile {
  let output: Output
  init(_ path: String) throws(OutputError) { output = try Output(path: path) }
}

enum OutputMessage {
  /// How a run ends whose output failed, after saying so.
  static func status(_ error: OutputError) -> ExitStatus {
    if error == .closed { return .closedOutput }
    Diagnostics.print(text(error))
    return .failed
  }

  static func text(_ error: OutputError) -> String {
    switch error {
    case .closed: "standard output was closed"
    case .failed(let path, let code): "\(path): cannot write: \(SystemError.text(code))"
    }
  }
}
