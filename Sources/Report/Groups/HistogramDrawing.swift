/// Histograms as inline SVG.
enum HistogramDrawing {
  /// So that few bars do not become beams.
  private static let leastColumns = 24

  /// Of all traces, with a scale; every bar says its time and number when pointed at.
  static func large(_ histogram: TimeHistogram) -> String {
    guard !histogram.isEmpty else { return "" }
    let (counts, width) = (histogram.counts, histogram.width)
    let largest = counts.max() ?? 1
    var bars = ""
    for (index, count) in counts.enumerated() where count > 0 {
      let height = height(count, largest, of: 100)
      let from = time(histogram.start + index * width)
      bars += "<rect x=\"\(index)\" y=\"\(100 - height)\" width=\".86\" height=\"\(height)\">"
      bars += "<title>\(from), \(duration(width)): \(Numbers.count(count, "trace"))</title></rect>"
    }
    let end = time(histogram.start + counts.count * width)
    return """
      <figure>
      <svg class="time" viewBox="0 0 \(max(counts.count, leastColumns)) 100" preserveAspectRatio="none" role="img" \
      aria-label="Traces over time">\(bars)</svg>
      <figcaption><span>\(time(histogram.start))</span><span>a bar: \(duration(width)), at most \
      \(Numbers.count(largest, "trace"))</span><span>\(end)</span></figcaption>
      </figure>

      """
  }

  /// Of one group, over the time of all.
  static func small(_ histogram: TimeHistogram, over whole: TimeHistogram) -> String {
    guard !histogram.isEmpty else { return "" }
    let counts = histogram.counts(over: whole)
    let largest = max(1, counts.max() ?? 1)
    var path = ""
    for (index, count) in counts.enumerated() where count > 0 {
      let height = height(count, largest, of: 20)
      path += "M\(index) 20v-\(height)h.86v\(height)z"
    }
    return """
      <svg class="spark" viewBox="0 0 \(max(counts.count, leastColumns)) 20" preserveAspectRatio="none" role="img" \
      aria-label="Over time"><path d="\(path)"/></svg>

      """
  }

  /// Whole units; a bar of one record can be seen.
  private static func height(_ count: Int, _ largest: Int, of whole: Int) -> Int {
    max(1, Int((Double(count) / Double(largest) * Double(whole)).rounded()))
  }

  /// `2026-03-05 10:12:15`
  static func time(_ time: RecordTime) -> String { blank(time.text) }

  private static func time(_ seconds: Int) -> String {
    String(blank(EventTime.text(secondsSince1970: seconds)).dropLast())
  }

  private static func blank(_ time: String) -> String {
    time.prefix(10) + " " + time.dropFirst(11)
  }

  /// `1 s`, `4 min 16 s`, `18 h 12 min`, `97 d`: two units at most.
  static func duration(_ seconds: Int) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
    var rest = seconds
    var parts: [String] = []
    for (size, name) in units where rest >= size && parts.count < 2 {
      parts.append("\(rest / size) \(name)")
      rest %= size
    }
    return parts.joined(separator: " ")
  }
}
