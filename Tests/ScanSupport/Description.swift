public import TraceModel

/// Records in the short form that the tables of expected parses are written in: a line for the record, one
/// for each exception, one for each trace inside a message.
///
///     java truncated_at_eof +embedded_trace
///     java.lang.RuntimeException|first line⏎second|3|caused_by 0|elided 4|circular
///     > python
///     > ValueError|x|1
///
/// An absent type or value is `-`.
extension ScannedRecord {
  public var summary: String {
    let codes = reasons.map { " \($0.rawValue)" }.joined()
    guard let exceptions else { return "failure \(platform.rawValue)\(codes)" }
    let flags = flags.map { " +\($0.rawValue)" }.joined()
    return (["\(platform.rawValue)\(codes)\(flags)"] + exceptions.flatMap(\.summary)).joined(separator: "\n")
  }
}

extension ExceptionRecord {
  var summary: [String] {
    let value = value.map { $0.replacing("\n", with: "⏎").replacing("\t", with: "→") }
    var line = "\(type ?? "-")|\(value ?? "-")|\(frames.count)"
    if let relation { line += "|\(relation.rawValue) \(parent ?? -1)" }
    if let elided { line += "|elided \(elided)" }
    if isCircular { line += "|circular" }
    return [line]
      + embedded.flatMap { inner in
        (["\(inner.platform.rawValue)"] + inner.exceptions.flatMap(\.summary)).map { "> " + $0 }
      }
  }
}

/// The summaries of all records, one after the other.
public func summary(_ records: [ScannedRecord]) -> String {
  records.map(\.summary).joined(separator: "\n")
}

extension FrameRecord {
  /// `module|function|file|line` with what else is known behind it.
  public var summary: String {
    var line =
      "\(module ?? "-")|\(function ?? "-")|\(filename ?? absPath ?? "-")|\(lineno.map(String.init) ?? "-")"
    if let contextLine { line += "|\(contextLine)" }
    if isNative { line += "|native" }
    if let repeated { line += "|repeated \(repeated)" }
    return line
  }
}
