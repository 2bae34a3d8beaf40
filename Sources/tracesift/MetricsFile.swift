import Report
import TraceSift

/// The file of `--metrics`.
struct MetricsFile {
  private let file: AtomicFile
  private let started = ContinuousClock.now

  init(_ path: String) { file = AtomicFile(path: path, isDurable: false) }

  /// Replaces the file.
  /// - Parameters:
  ///   - lastRecord: when the last record was written; nil when there was none.
  ///   - hasOpenRegion: whether a region waits for its end.
  /// - Returns: why it could not be written.
  func write(
    _ statistics: ScanStatistics, lastRecord: ContinuousClock.Instant?, hasOpenRegion: Bool = false
  ) -> OutputError? {
    let silence = (lastRecord ?? started).duration(to: .now) / .seconds(1)
    let text = PrometheusMetrics.text(
      statistics, secondsSinceLastRecord: silence, openRegions: hasOpenRegion ? 1 : 0)
    do throws(OutputError) {
      try file.write(text)
      return nil
    } catch { return error }
  }
}
