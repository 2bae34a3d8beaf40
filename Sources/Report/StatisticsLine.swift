internal import TraceBytes
internal import TraceModel
public import TraceSift

/// The line of totals that `--stats` asks for.
public enum StatisticsLine {
  /// The record as one JSON object without a line end.
  public static func json(_ statistics: ScanStatistics, seconds: Double) -> String {
    var output = OutputBuffer()
    output.append("{\"v\":1,\"kind\":\"stats\",\"bytes\":")
    output.append(statistics.bytes)
    output.append(",\"lines\":")
    output.append(statistics.lines)
    output.append(",\"traces\":")
    counts(Platform.allCases.map { ($0.rawValue, statistics.traces[$0]) }, &output)
    output.append(",\"degraded\":")
    counts(
      Reason.allCases.compactMap { code in statistics.degraded[code].map { (code.rawValue, $0) } }, &output)
    output.append(",\"failures\":")
    counts(
      Reason.allCases.compactMap { code in statistics.failures[code].map { (code.rawValue, $0) } }, &output)
    if !statistics.dropped.isEmpty {
      output.append(",\"dropped\":")
      counts(statistics.dropped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, &output)
    }
    output.append(",\"groups\":")
    output.append(statistics.groups)
    output.append(",\"seconds\":")
    output.appendText(Decimal.text(seconds))
    output.append("}")
    return String(decoding: output.bytes, as: UTF8.self)
  }

  private static func counts(_ counts: [(String, Int)], _ output: inout OutputBuffer) {
    output.append("{")
    for (index, count) in counts.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON(count.0)
      output.append(":")
      output.append(count.1)
    }
    output.append("}")
  }
}
