public import TraceSift

/// How far a scan has come, in one line for people.
public enum ProgressText {
  /// `35% of 3.4 GB, 812 MB/s, 12,345 traces, 0:03 left`; without the parts that are not known.
  /// - Parameters:
  ///   - seconds: time since the start.
  ///   - width: cells of the line; the parts at the end give way.
  public static func line(_ progress: ScanProgress, seconds: Double, width: Int) -> String {
    let rate = seconds > 0 ? Double(progress.bytes) / seconds : 0
    var parts = [amount(progress)]
    if rate > 0 { parts.append(Numbers.bytes(UInt64(min(rate, 1e18))) + "/s") }
    if let left = left(progress, rate) { parts.append(Numbers.duration(left) + " left") }
    parts.append(Numbers.count(progress.traces, "trace"))
    while parts.count > 1, parts.joined(separator: ", ").utf8.count > width { parts.removeLast() }
    return TerminalText.cut(parts.joined(separator: ", "), to: width)
  }

  private static func amount(_ progress: ScanProgress) -> String {
    guard let total = progress.totalBytes, total > 0 else { return Numbers.bytes(progress.bytes) }
    let percent = min(100, Int(Double(progress.bytes) / Double(total) * 100))
    return "\(percent)% of \(Numbers.bytes(total))"
  }

  /// Seconds, at the rate so far.
  private static func left(_ progress: ScanProgress, _ rate: Double) -> Double? {
    guard let total = progress.totalBytes, total >= progress.bytes, rate > 0 else { return nil }
    return Double(total - progress.bytes) / rate
  }
}
