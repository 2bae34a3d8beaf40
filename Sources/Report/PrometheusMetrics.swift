internal import TraceBytes
internal import TraceModel
public import TraceSift

/// Totals as Prometheus text (exposition format 0.0.4).
///
/// Every reason has a line from the start, so that an alert on an increase sees the first one.
public enum PrometheusMetrics {
  /// - Parameters:
  ///   - secondsSinceLastRecord: since the last record was written, or since the start.
  ///   - openRegions: regions that wait for more lines.
  public static func text(
    _ statistics: ScanStatistics, secondsSinceLastRecord: Double, openRegions: Int
  ) -> [UInt8] {
    var page = Page()
    page.counter("tracesift_bytes_total", "Bytes of text read.", [("", statistics.bytes)])
    page.counter("tracesift_lines_total", "Lines of text read.", [("", statistics.lines)])
    page.counter("tracesift_traces_total", "Traces by platform and status.", traces(statistics))
    page.counter(
      "tracesift_degraded_total", "Degraded traces by each of their reasons.", reasons(statistics.degraded))
    page.counter(
      "tracesift_failures_total", "Trace-like regions that could not be parsed, by reason.",
      reasons(statistics.failures))
    page.counter(
      "tracesift_dropped_total", "Failures that Airbyte marks as not of the system, by failure_type.",
      FailureType.unreported.map { ("{failure_type=\"\($0)\"}", UInt64(statistics.dropped[$0] ?? 0)) })
    page.counter(
      "tracesift_limits_hit_total", "Limits that cut something short, by limit.", limits(statistics))
    page.gauge("tracesift_groups", "Distinct groups so far.", "\(statistics.groups)")
    page.gauge("tracesift_open_regions", "Regions that wait for more lines.", "\(openRegions)")
    page.gauge(
      "tracesift_seconds_since_last_record", "Seconds since the last record, or since the start.",
      Decimal.text(secondsSinceLastRecord))
    return page.output.bytes
  }

  private static func traces(_ statistics: ScanStatistics) -> [(String, UInt64)] {
    Platform.allCases.flatMap { platform -> [(String, UInt64)] in
      let degraded = statistics.degradedTraces[platform]
      let ok = statistics.traces[platform] - degraded
      let name = platform.rawValue
      return [
        ("{platform=\"\(name)\",status=\"ok\"}", UInt64(ok)),
        ("{platform=\"\(name)\",status=\"degraded\"}", UInt64(degraded)),
      ]
    }
  }

  private static func reasons(_ counts: [Reason: Int]) -> [(String, UInt64)] {
    Reason.allCases.map { ("{reason=\"\($0.rawValue)\"}", UInt64(counts[$0] ?? 0)) }
  }

  private static func limits(_ statistics: ScanStatistics) -> [(String, UInt64)] {
    func count(_ reason: Reason) -> UInt64 {
      UInt64((statistics.degraded[reason] ?? 0) + (statistics.failures[reason] ?? 0))
    }
    return [
      ("{limit=\"line\"}", UInt64(statistics.longLines)), ("{limit=\"region\"}", count(.limitExceeded)),
      ("{limit=\"message\"}", count(.messageUnbounded)), ("{limit=\"pattern\"}", count(.internalLimit)),
      ("{limit=\"streams\"}", UInt64(statistics.streamsForgotten)),
    ]
  }

  private struct Page {
    var output = OutputBuffer()

    mutating func counter(_ name: String, _ help: String, _ samples: [(labels: String, value: UInt64)]) {
      head(name, help, "counter")
      for sample in samples { line("\(name)\(sample.labels) \(sample.value)") }
    }

    mutating func gauge(_ name: String, _ help: String, _ value: String) {
      head(name, help, "gauge")
      line("\(name) \(value)")
    }

    private mutating func head(_ name: String, _ help: String, _ type: String) {
      line("# HELP \(name) \(help)")
      line("# TYPE \(name) \(type)")
    }

    private mutating func line(_ text: String) {
      output.appendText(text)
      output.append("\n")
    }
  }
}
