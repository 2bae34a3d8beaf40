/// Why a file is no summary that can be used.
public struct SummaryProblem: Error, Equatable {
  /// 1-based; nil where the document as a whole is meant.
  public var line: Int?
  public var column: Int?
  /// What is wrong and what to do.
  public var message: String
}

/// Reads what `GroupSummaryJSON` writes.
public enum GroupSummaryReader {
  /// - Throws: `SummaryProblem` for anything that `tracesift groups` did not write.
  /// - Complexity: O(bytes).
  public static func read(_ text: [UInt8]) throws(SummaryProblem) -> GroupSummary {
    let document: JSONValue
    do throws(JSONProblem) { document = try JSONReader.read(text) } catch {
      let place = error.place(in: text)
      throw SummaryProblem(line: place.line, column: place.column, message: error.message + "; " + remedy)
    }
    try checkVersion(document)
    guard let configuration = configuration(document["configuration"]),
      var summary = totals(document, configuration)
    else { throw broken("its configuration or totals are") }
    for (index, value) in (document["groups"]?.elements ?? []).enumerated() {
      guard let row = row(value, "group"), isHash(row.group) else { throw broken("group \(index + 1) is") }
      summary.add(group: row)
    }
    for (index, value) in (document["failures"]?.elements ?? []).enumerated() {
      guard let row = row(value, "reason") else { throw broken("failure \(index + 1) is") }
      summary.add(failures: row)
    }
    summary.finish()
    return summary
  }

  private static let remedy = "make it with `tracesift groups --format json`"

  private static func broken(_ part: String) -> SummaryProblem {
    SummaryProblem(message: "\(part) not as a summary has them; \(remedy)")
  }

  private static func checkVersion(_ document: JSONValue) throws(SummaryProblem) {
    guard document["kind"]?.text == "groups", let version = document["v"]?.number else {
      throw SummaryProblem(message: "this is no summary of groups; \(remedy)")
    }
    guard version == GroupSummaryJSON.version else {
      throw SummaryProblem(
        message: "this summary has version \(version), and this program reads version "
          + "\(GroupSummaryJSON.version); make it again with this program, or merge it with the one that wrote it"
      )
    }
  }

  private static func configuration(_ value: JSONValue?) -> SummaryConfiguration? {
    guard let value, let profile = value["profile"]?.text, let config = value["config"]?.text,
      let rules = value["rules"]?.text, let inputFormat = value["input_format"]?.text,
      let maxGroups = count(value["max_groups"]), maxGroups > 0,
      let exampleBytes = count(value["example_bytes"])
    else { return nil }
    return SummaryConfiguration(
      profile: profile, config: config, rules: rules, connector: value["connector"]?.text,
      inputFormat: inputFormat, maxGroups: maxGroups, exampleBytes: exampleBytes)
  }

  private static func totals(_ document: JSONValue, _ configuration: SummaryConfiguration) -> GroupSummary? {
    guard let bytes = count(document["totals"]?["bytes"]), let lines = count(document["totals"]?["lines"]),
      let leftOut = count(document["totals"]?["left_out"]), let histogram = histogram(document["histogram"])
    else { return nil }
    var summary = GroupSummary(configuration)
    summary.bytes = UInt64(bytes)
    summary.lines = UInt64(lines)
    summary.leftOut = leftOut
    summary.histogram = histogram
    return summary
  }

  private static func row(_ value: JSONValue, _ key: String) -> GroupRow? {
    guard let group = value[key]?.text, let platform = value["platform"]?.text,
      let first = mark(value["first"]), let last = mark(value["last"]),
      let example = example(value), let amount = count(value["count"]), amount > 0,
      let degraded = count(value["degraded"]), degraded <= amount,
      let histogram = histogram(value["histogram"]), let reasons = names(value["reasons"])
    else { return nil }
    var row = GroupRow(group: group, platform: platform, first: first, example: example)
    row.count = amount
    row.last = last
    row.degraded = degraded
    row.histogram = histogram
    row.reasons = reasons
    for role in ContextRole.allCases {
      guard let names = names(value[role.key]) else { return nil }
      for entry in names.entries { row.add(entry.name, role, count: entry.count) }
      if names.others > 0 { row.addOthers(names.others, role) }
    }
    return row
  }

  private static func mark(_ value: JSONValue?) -> RecordMark? {
    guard let value, let source = value["source"]?.text, let line = count(value["line"]),
      let offset = count(value["offset"])
    else { return nil }
    let time = value["time"]?.text
    let read = time.flatMap { RecordTime($0) }
    guard (time == nil) == (read == nil) else { return nil }
    return RecordMark(time: read, source: source, offset: UInt64(offset), line: UInt64(line))
  }

  private static func example(_ value: JSONValue) -> GroupExample? {
    guard let title = value["title"]?.text, let text = value["example"]?["text"]?.text,
      let length = count(value["example"]?["length"])
    else { return nil }
    return GroupExample(title: title, culprit: value["culprit"]?.text, text: text, length: length)
  }

  /// A missing list is an empty one.
  private static func names(_ value: JSONValue?) -> NamedCounts? {
    guard let value else { return NamedCounts() }
    var names = NamedCounts()
    for member in value["names"]?.members ?? [] {
      guard let amount = count(member.value) else { return nil }
      names.add(member.name, count: amount)
    }
    names.addOthers(count(value["others"]) ?? 0)
    return names
  }

  private static func histogram(_ value: JSONValue?) -> TimeHistogram? {
    guard let value else { return TimeHistogram() }
    guard let width = value["width"]?.number, let start = value["start"]?.number else { return nil }
    let counts = value["counts"]?.elements.compactMap { count($0) } ?? []
    guard counts.count == value["counts"]?.elements.count else { return nil }
    return TimeHistogram(width: width, start: start, counts: counts)
  }

  /// A number that cannot overflow a sum of many files.
  private static func count(_ value: JSONValue?) -> Int? {
    guard let number = value?.number, (0...1 << 53).contains(number) else { return nil }
    return number
  }

  /// Whether the text is an MD5 as Sentry writes it.
  private static func isHash(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
