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
  /// Whether the log that was passed on ends within a line.
  private var isInLine = false
  private var lastRecord: ContinuousClock.Instant?
  private var lastMetrics: ContinuousClock.Instant?
  private var checkpoint: FilterCheckpoint?
  /// Why the run has to end, or what it could not read.
  private var trouble: ExitStatus?
  /// Files beside the output that could not be written when that was tried last.
  private var failing: Set<SideFile> = []

  /// The output could not be written.
  private var isBroken = false

  private enum SideFile { case checkpoint, metrics }

  /// How the run has to end, if it did not go well.
  var problem: ExitStatus? { trouble ?? (failing.isEmpty ? nil : .failed) }

  /// How much is collected before it is written; whatever there is goes out when the filter waits for input.
  private static var batch: Int { 64 << 10 }

  init(_ makeSink: @escaping () -> Sink, _ options: RecordOptions, _ checkpoints: CheckpointFile?) throws {
    newSink = makeSink
    let goesOn = checkpoints?.start != nil
    failures = try FailureFile.open(options.failures, goesOn: true)
    metrics = options.metrics.map(MetricsFile.init)
    self.checkpoints = checkpoints
    guard goesOn else { return }
    do throws(OutputError) { try output.endLastLine() } catch { throw OutputMessage.status(error) }
  }

  func makeSink() -> Sink { newSink() }

  func passed(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty else { return true }
    waiting.append(contentsOf: text.bytes(0..<text.count))
    isInLine = text[text.count - 1] != 0x0A
    return waiting.count < Self.batch || flush()
  }

  func finished(_ sink: Sink) -> Bool {
    // The log's last line may have no end.
    if isInLine { waiting.append(0x0A) }
    isInLine = false
    let records = sink.records(linesBefore: 0)
    // A large record is not copied once more.
    if waiting.isEmpty { waiting = records } else { waiting += records }
    waitingFailures += sink.failureRecords(linesBefore: 0)
    lastRecord = .now
    return waiting.count < Self.batch || flush()
  }

  func settled(_ progress: FilterProgress) -> Bool {
    guard flush() else { return false }
    // The reader may have gone away while there was nothing to write.
    if output.isClosed {
      trouble = trouble ?? .closedOutput
      return false
    }
    checkpoint = progress.checkpoint
    write(isLast: false)
    let now = ContinuousClock.now
    if let metrics, lastMetrics.map({ $0.duration(to: now) >= .seconds(1) }) ?? true {
      lastMetrics = now
      note(
        metrics.write(
          progress.statistics, lastRecord: lastRecord, hasOpenRegion: progress.hasOpenRegion), of: .metrics)
    }
    return true
  }

  func waits(for input: InputProblem) {
    Diagnostics.print("\(input.path): \(input.reason); it is waited for")
  }

  func failed(_ input: InputProblem) {
    Diagnostics.print("\(input.path): \(input.reason)")
    trouble = trouble ?? .failed
  }

  /// Writes what is left to write at the end.
  func close(_ statistics: ScanStatistics) {
    guard flush() else { return }
    write(isLast: true)
    if let metrics { note(metrics.write(statistics, lastRecord: lastRecord), of: .metrics) }
  }

  /// Writes what waits; false when nobody takes it.
  private func flush() -> Bool {
    guard !isBroken else { return false }
    do throws(OutputError) {
      if !waiting.isEmpty { try output.write(waiting) }
      waiting.removeAll(keepingCapacity: waiting.capacity <= 2 * Self.batch)
      if !waitingFailures.isEmpty { try failures?.write(waitingFailures) }
      waitingFailures.removeAll(keepingCapacity: true)
      return true
    } catch {
      isBroken = true
      trouble = OutputMessage.status(error)
      return false
    }
  }

  /// Writes the checkpoint, now that everything before it is written.
  private func write(isLast: Bool) {
    guard let checkpoint, let checkpoints else { return }
    do throws(OutputError) {
      if try checkpoints.write(checkpoint, isLast: isLast) { note(nil, of: .checkpoint) }
    } catch { note(error, of: .checkpoint) }
  }

  /// Takes note of a file beside the output that could not be written, and says so until it can be. The filter goes on:
  /// records matter more.
  private func note(_ error: OutputError?, of file: SideFile) {
    guard let error else {
      failing.remove(file)
      return
    }
    if failing.insert(file).inserted { Diagnostics.print(OutputMessage.text(error)) }
  }
}
