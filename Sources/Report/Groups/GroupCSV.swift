/// A summary as comma-separated values (RFC 4180): a heading, then a line a group, failures last.
///
/// Control characters but for line ends and tabs are written as escapes, so that no terminal obeys them.
public struct GroupCSV {
  private let summary: GroupSummary
  private let top: Int?

  /// - Parameters:
  ///   - summary: a finished one.
  ///   - top: how many groups to write; nil for all.
  public init(_ summary: GroupSummary, top: Int? = nil) {
    self.summary = summary
    self.top = top
  }

  private static let headings = [
    "kind", "group", "reason", "count", "share", "degraded", "reasons", "platform", "title", "culprit",
    "first_time", "first_source", "first_line", "first_offset", "last_time", "last_source", "last_line",
    "last_offset", "connectors", "workspaces", "streams", "failure_types", "example",
  ]

  /// Hands the table on in pieces of whole lines.
  public func write<Failure: Error>(to take: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    var text = Self.headings.joined(separator: ",") + "\r\n"
    let groups = summary.groups
    let rows =
      groups.prefix(top ?? groups.count).map { ($0, "trace") } + summary.failures.map { ($0, "failure") }
    for (row, kind) in rows {
      text += fields(row, kind).map(Self.quoted).joined(separator: ",") + "\r\n"
      guard text.utf8.count > 1 << 16 else { continue }
      try take(Array(text.utf8))
      text = ""
    }
    try take(Array(text.utf8))
  }

  private func fields(_ row: GroupRow, _ kind: String) -> [String] {
    let isTrace = kind == "trace"
    let head = [
      kind, isTrace ? row.group : "", isTrace ? "" : row.group, String(row.count),
      Share(row.count, of: summary.recordCount).fraction, String(row.degraded), Self.names(row.reasons),
      row.platform, row.example.title, row.example.culprit ?? "",
    ]
    return head + Self.place(row.first) + Self.place(row.last)
      + ContextRole.allCases.map { Self.names(row.names($0)) } + [row.example.text]
  }

  private static func place(_ mark: RecordMark) -> [String] {
    [mark.time?.text ?? "", mark.source, String(mark.line), String(mark.offset)]
  }

  /// `name=count;name=count`
  private static func names(_ names: NamedCounts) -> String {
    let others = names.others > 0 ? ["others=\(names.others)"] : []
    return (names.entries.map { "\($0.name)=\($0.count)" } + others).joined(separator: ";")
  }

  private static func quoted(_ field: String) -> String {
    var safe = String.UnicodeScalarView()
    var needsQuotes = false
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\"":
        safe.append(contentsOf: "\"\"".unicodeScalars)
        needsQuotes = true
      case ",", "\n", "\t":
        safe.append(scalar)
        needsQuotes = true
      case _ where PrintableText.isUnsafe(scalar):
        safe.append(contentsOf: PrintableText.line(String(scalar)).unicodeScalars)
      default: safe.append(scalar)
      }
    }
    return needsQuotes ? "\"\(String(safe))\"" : String(safe)
  }
}
