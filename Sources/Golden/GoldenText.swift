internal import Comparison
internal import Report
internal import TraceModel

/// Writes goldens: one JSON object a line, a line for every trace, variant, exception and frame, so that a change of one
/// of them is a change of one line.
///
/// ```
/// {"v":1,"kind":"golden","input":{…},"profile":"full",…}     first, once
/// {"kind":"rule","source":"../mine.rules","line":5,"text":…}  each rule that is named below
/// {"kind":"trace","line":17,"lines":9,"group":…}              then of each record:
/// {"kind":"variant","name":"app","hash":…,"parts":[…]}
/// {"kind":"exception","exception":0,"type":…}
/// {"kind":"frame","frame":3,"name":…,"in_app":true,…}          of the exception above, with "times" if it repeats
/// ```
public struct GoldenText {
  private let golden: GoldenFile
  /// From a path as it is shown to one relative to the golden's folder.
  private let stored: (String) -> String
  /// The rules files of the configuration; what else rules come from has no path.
  private let files: Set<String>
  private var bytes: [UInt8] = []

  /// - Parameter stored: a shown path of a rules file as the golden keeps it.
  public init(_ golden: GoldenFile, stored: @escaping (String) -> String) {
    self.golden = golden
    self.stored = stored
    files = Set((golden.configuration.rules + golden.configuration.fingerprintRules).map(\.path))
  }

  /// The file's bytes. The same golden always gives the same ones.
  /// - Complexity: O(records).
  public func text() -> [UInt8] {
    var writer = self
    writer.writeHeader()
    writer.writeRules()
    writer.writeRecords()
    return writer.bytes
  }

  private mutating func write(_ members: [(String, JSONValue?)]) {
    JSONValue.object(members).write(to: &bytes)
    bytes.append(0x0A)
  }

  // MARK: Header

  private mutating func writeHeader() {
    let configuration = golden.configuration
    write([
      ("v", .number(GoldenFile.version)), ("kind", .text("golden")),
      ("input", .object([("bytes", .number(golden.input.bytes)), ("md5", .text(golden.input.md5))])),
      ("profile", .text(configuration.profile)), ("config", .text(configuration.config)),
      ("input_format", .text(configuration.inputFormat.rawValue)),
      ("default_rules", .bool(configuration.hasDefaultRules)), ("rules", files(configuration.rules)),
      ("fingerprint_rules", files(configuration.fingerprintRules)),
      ("connector", JSONValue(configuration.connector)),
      ("input_suffixes", .list(golden.suffixes.map { .text($0) })),
    ])
  }

  private func files(_ files: [GoldenConfiguration.RulesFile]) -> JSONValue {
    .list(files.map { .object([("path", .text(stored($0.path))), ("md5", .text($0.md5))]) })
  }

  /// The texts of the project's rules that are named by the records.
  private mutating func writeRules() {
    let files = (golden.configuration.rules + golden.configuration.fingerprintRules).map(\.path)
    var used: Set<RuleReference> = []
    for record in golden.records { used.formUnion(record.outcome.rules) }
    let own = used.filter { files.contains($0.source) }.sorted {
      (files.firstIndex(of: $0.source) ?? 0, $0.line, $0.text ?? "")
        < (files.firstIndex(of: $1.source) ?? 0, $1.line, $1.text ?? "")
    }
    for rule in own {
      write([
        ("kind", .text("rule")), ("source", .text(stored(rule.source))), ("line", .number(rule.line)),
        ("text", JSONValue(rule.text)),
      ])
    }
  }

  // MARK: Records

  private mutating func writeRecords() {
    let lines = golden.records.map(\.line)
    var first: [Outcome: Int] = [:]
    for (index, record) in golden.records.enumerated() {
      var shape = record.outcome
      shape.title = ""
      let known = first[shape]
      writeHead(record, sameAs: known)
      if known != nil { continue }
      writeParts(record.outcome)
      let isAlone =
        (index == 0 || lines[index - 1] != record.line)
        && (index + 1 == lines.count || lines[index + 1] != record.line)
      if isAlone { first[shape] = record.line }
    }
  }

  private mutating func writeHead(_ record: GoldenRecord, sameAs line: Int?) {
    let outcome = record.outcome
    let isOwn = outcome.fingerprint != [outcome.group]
    write([
      ("kind", .text(outcome.failure == nil ? "trace" : "failure")), ("line", .number(record.line)),
      ("lines", .number(record.lines)), ("platform", .text(outcome.platform)),
      ("reason", JSONValue(outcome.failure)),
      ("reasons", outcome.reasons.isEmpty ? nil : .list(outcome.reasons.map { .text($0) })),
      ("title", .text(outcome.title)), ("group", .text(outcome.group)),
      ("fingerprint", isOwn ? .list(outcome.fingerprint.map { .text($0) }) : nil),
      ("fingerprint_rule", outcome.fingerprintRule.map(place)), ("same_as", JSONValue(line)),
    ])
  }

  private mutating func writeParts(_ outcome: Outcome) {
    for variant in outcome.variants {
      write([
        ("kind", .text("variant")), ("name", .text(variant.name)), ("hash", .text(variant.hash)),
        ("parts", parts(variant.parts)),
      ])
    }
    for exception in outcome.exceptions {
      write([
        ("kind", .text("exception")), ("exception", JSONValue(exception.index)),
        ("type", JSONValue(exception.type)), ("app", .bool(exception.app)),
        ("system", .bool(exception.system)), ("hint", JSONValue(exception.hint)),
      ])
      writeFrames(exception.frames)
    }
  }

  /// A frame that repeats itself, as in a recursion, is one line.
  private mutating func writeFrames(_ frames: [Outcome.Frame]) {
    var at = 0
    while at < frames.count {
      var end = at + 1
      while end < frames.count, end - at < GoldenReader.mostTimes, frames[end].follows(frames[end - 1]) {
        end += 1
      }
      write(frames[at], times: end - at)
      at = end
    }
  }

  private mutating func write(_ frame: Outcome.Frame, times: Int) {
    write([
      ("kind", .text("frame")), ("frame", JSONValue(frame.index)), ("name", .text(frame.name)),
      ("in_app", .bool(frame.isInApp)), ("in_app_rule", frame.inAppRule.map(place)),
      ("app", .bool(frame.app)), ("app_rule", frame.appRule.map(place)),
      ("system", .bool(frame.system)), ("system_rule", frame.systemRule.map(place)),
      ("parts", parts(frame.parts)), ("times", times > 1 ? .number(times) : nil),
    ])
  }

  private func place(_ rule: RuleReference) -> JSONValue {
    .text("\(files.contains(rule.source) ? stored(rule.source) : rule.source):\(rule.line)")
  }

  private func parts(_ parts: [Outcome.Part]) -> JSONValue {
    .list(parts.map { .list([.text($0.kind), .text($0.value)]) })
  }
}

extension Outcome.Frame {
  /// Whether this is the same frame again, one place further.
  fileprivate func follows(_ other: Outcome.Frame) -> Bool {
    var next = other
    next.index = other.index.map { $0 + 1 }
    return index != nil && self == next
  }
}

extension Outcome {
  /// All rules that are named.
  var rules: [RuleReference] {
    [fingerprintRule].compactMap { $0 }
      + exceptions.flatMap { exception in
        exception.frames.flatMap { [$0.inAppRule, $0.appRule, $0.systemRule].compactMap { $0 } }
      }
  }
}
