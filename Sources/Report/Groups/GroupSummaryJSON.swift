internal import TraceBytes

/// A summary as one JSON document, which `GroupSummaryReader` reads: a group a line.
public struct GroupSummaryJSON {
  /// The version of the document's form.
  public static let version = 1

  private let summary: GroupSummary
  private var output = OutputBuffer()

  /// - Parameter summary: a finished one.
  public init(_ summary: GroupSummary) { self.summary = summary }

  /// Hands the document on in pieces.
  /// - Complexity: O(document), with no more than a piece in memory.
  public func write<Failure: Error>(to take: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    var writer = self
    writer.head()
    try writer.rows("groups", summary.groups, take)
    writer.output.append(",\n")
    try writer.rows("failures", summary.failures, take)
    writer.output.append("}\n")
    try take(writer.output.bytes)
  }

  private mutating func head() {
    output.append("{\"v\":1,\"kind\":\"groups\",\"configuration\":")
    let configuration = summary.configuration
    member("profile", configuration.profile, isFirst: true)
    member("config", configuration.config)
    member("rules", configuration.rules)
    if let connector = configuration.connector { member("connector", connector) }
    member("input_format", configuration.inputFormat)
    member("max_groups", configuration.maxGroups)
    member("example_bytes", configuration.exampleBytes)
    output.append("},\n\"totals\":{\"bytes\":")
    output.append(summary.bytes)
    output.append(",\"lines\":")
    output.append(summary.lines)
    member("traces", summary.traceCount)
    member("degraded", summary.degradedCount)
    member("failures", summary.failureCount)
    member("groups", summary.groupCount)
    member("left_out", summary.leftOut)
    output.append("}")
    histogram(summary.histogram)
    output.append(",\n")
  }

  private mutating func rows<Failure: Error>(
    _ key: StaticString, _ rows: [GroupRow], _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    output.append("\"")
    output.append(key)
    output.append("\":[")
    let all = summary.recordCount
    for (index, row) in rows.enumerated() {
      output.append(index > 0 ? ",\n" : "\n")
      self.row(row, key, share: Share(row.count, of: all))
      guard output.count > 1 << 16 else { continue }
      try take(output.bytes)
      output.removeAll()
    }
    output.append("]")
  }

  private mutating func row(_ row: GroupRow, _ kind: StaticString, share: Share) {
    member(kind.description == "groups" ? "group" : "reason", row.group, isFirst: true)
    member("count", row.count)
    output.append(",\"share\":")
    output.appendText(share.fraction)
    member("platform", row.platform)
    member("title", row.example.title)
    if let culprit = row.example.culprit { member("culprit", culprit) }
    member("degraded", row.degraded)
    names("reasons", row.reasons)
    mark("first", row.first)
    mark("last", row.last)
    histogram(row.histogram)
    for role in ContextRole.allCases { names(role.key, row.names(role)) }
    output.append(",\"example\":")
    member("text", row.example.text, isFirst: true)
    member("length", row.example.length)
    output.append("}}")
  }

  private mutating func mark(_ key: StaticString, _ mark: RecordMark) {
    name(key)
    let start = output.count
    if let time = mark.time { member("time", time.text) }
    member("source", mark.source)
    output.append(",\"line\":")
    output.append(mark.line)
    output.append(",\"offset\":")
    output.append(mark.offset)
    output.append("}")
    output.open(at: start)
  }

  private mutating func names(_ key: String, _ names: NamedCounts) {
    guard !names.isEmpty else { return }
    output.append(",")
    output.appendJSON(key)
    output.append(":{\"names\":{")
    for (index, entry) in names.entries.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON(entry.name)
      output.append(":")
      output.append(entry.count)
    }
    output.append("}")
    if names.others > 0 { member("others", names.others) }
    output.append("}")
  }

  private mutating func histogram(_ histogram: TimeHistogram) {
    guard !histogram.isEmpty else { return }
    output.append(",\"histogram\":{\"width\":")
    output.append(histogram.width)
    member("start", histogram.start)
    output.append(",\"counts\":[")
    for (index, count) in histogram.counts.enumerated() {
      if index > 0 { output.append(",") }
      output.append(count)
    }
    output.append("]}")
  }

  private mutating func name(_ key: StaticString) {
    output.append(",\"")
    output.append(key)
    output.append("\":")
  }

  private mutating func member(_ key: StaticString, _ value: String, isFirst: Bool = false) {
    let start = output.count
    name(key)
    output.appendJSON(value)
    if isFirst { output.open(at: start) }
  }

  private mutating func member(_ key: StaticString, _ value: Int) {
    name(key)
    output.append(value)
  }
}
