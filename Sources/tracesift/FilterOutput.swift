import Report
import TraceBytes
import TraceSift

/// Writes what a filter finds as it comes: the log if it is kept, the records, then the checkpoint.
final class FilterOutput<Sink: RecordSink>: FilterDelegate {
  private let newSink: () -> Sink
  private let output = Output.standard
  private let failures: FailureFile?
  private let checkpoints: CheckpointFile?
  private let metrics: MetricsFile?
  private var waiting: [UInt8] = []
  private var waitingFailures: [UInt8] = []
  private var lastRecord: ContinuousClock.Instant?
  private var lastMetrics: ContinuousClock.Instant?
  private var checkpoint: FilterCheckpoint?
  /// How the run has to end, if it did not go well.
  private(set) var problem: ExitStatus?

  /// How much is collected before it is written; whatever there is goes out when the filter waits for input.
  private static var batch: Int { 64 << 10 }

  init(_ makeSink: @escaping () -> Sink, _ options: RecordOptions, _ checkpoints: CheckpointFile?) throws {
    newSink = makeSink
    let goesOn = checkpoints?.start != nil
    failures = try FailureFile.open(options.failures, goesOn: goesOn)
    metrics = options.metrics.map(MetricsFile.init)
    self.checkpoints = checkpoints
    guard goesOn else { return }
    do throws(OutputError) { try output.endLastLine() } catch { throw OutputMessage.status(error) }
  }

  func makeSink() -> Sink { newSink() }

  func passed(_ text: Span<UInt8>) -> Bool {
    waiting.append(contentsOf: text.bytes(0..<text.count))
    return waiting.count < Self.batch || flush()
  }

  func finished(_ sink: Sink) -> Bool {
    // The log's last line may have no end.
    if let last = waiting.last, last != 0x0A { waiting.append(0x0A) }
    let records = sink.records(linesBefore: 0)
    // A large record is not copied once more.
    if waiting.isEmpty { waiting = records } else { waiting += records }
    waitingFailures += sink.failureRecords(linesBefore: 0)
    lastRecord = .now
    return waiting.count < Self.batch || flush()
  }

  func settled(_ progress: FilterProgress) -> Bool {
    guard flush() else { return false }
    checkpoint = progress.checkpoint
    write(isLast: false)
    let now = ContinuousClock.now
    if let metrics, lastMetrics.map({ $0.duration(to: now) >= .seconds(1) }) ?? true {
      lastMetrics = now
      note(
        metrics.write(
          progress.statistics, lastRecord: lastRecord, hasOpenRegion: progress.hasOpenRegion))
    }
    return true
  }

  func failed(_ input: InputProblem) {
    Diagnostics.print("\(input.path): \(input.reason)")
    problem = problem ?? .failed
  }

  /// Writes what is left to write at the end.
  func close(_ statistics: ScanStatistics) {
    guard flush() else { return }
    write(isLast: true)
    if let metrics { note(metrics.write(statistics, lastRecord: lastRecord)) }
  }

  /// Writes what waits; false when nobody takes it.
  private func flush() -> Bool {
    do throws(OutputError) {
      if !waiting.isEmpty { try output.write(waiting) }
      waiting.removeAll(keepingCapacity: waiting.capacity <= 2 * Self.batch)
      if !waitingFailures.isEmpty { try failures?.output.write(waitingFailures) }
      waitingFailures.removeAll(keepingCapacity: true)
      return true
    } catch {
      problem = OutputMessage.status(error)
      return false
    }
  }

  /// Writes the checkpoint, now that everything before it is written.
  private func write(isLast: Bool) {
    guard let checkpoint, let checkpoints else { return }
    do throws(OutputError) {
      try checkpoints.write(checkpoint, isLast: isLast)
    } catch { note(error) }
  }

  /// Takes note of a file beside the output that could not be written. The filter goes on: records matter more.
  private func note(_ error: OutputError?) {
    guard let error, problem == nil else { return }
    problem = OutputMessage.status(error)
  }
}
