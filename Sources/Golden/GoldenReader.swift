internal import Comparison
internal import Report
internal import TraceModel

/// Reads goldens.
public struct GoldenReader {
  /// How often a frame may repeat on one line.
  static let mostTimes = 100_000

  private let folder: String
  private var header: GoldenFile?
  private var records: [GoldenRecord] = []
  private var texts: [String: String] = [:]
  private var line = 0
  private var firstOfLine: [Int: Int] = [:]

  private init(folder: String) { self.folder = folder }

  /// - Parameters:
  ///   - bytes: the file's.
  ///   - folder: where it stands; paths in it are relative to that.
  /// - Throws: for anything that this version would not have written, with its line.
  /// - Complexity: O(bytes).
  public static func golden(_ bytes: [UInt8], folder: String) throws(GoldenError) -> GoldenFile {
    var reader = GoldenReader(folder: folder)
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      reader.line += 1
      guard !line.isEmpty else { continue }
      try reader.read(line)
    }
    guard var golden = reader.header else { throw reader.broken("the file is empty") }
    guard bytes.last == 0x0A else { throw reader.broken("the last line is cut off") }
    golden.records = reader.records
    return golden
  }

  private func broken(_ what: String) -> GoldenError {
    GoldenError(
      line: line,
      message: "\(what); restore the golden from version control, or write it anew: tracesift golden update")
  }

  private mutating func read(_ line: ArraySlice<UInt8>) throws(GoldenError) {
    let value: JSONValue
    do throws(JSONTextError) {
      value = try JSONText.value(of: line)
    } catch {
      throw broken("no JSON object: \(error.message) at column \(error.column)")
    }
    guard header != nil else { return try readHeader(value) }
    switch try text(value, "kind") {
    case "rule": try readRule(value)
    case "trace", "failure": try readRecord(value)
    case "variant": try readVariant(value)
    case "exception": try readException(value)
    case "frame": try readFrame(value)
    case let kind: throw broken("unknown kind `\(PrintableText.line(kind))`")
    }
  }

  // MARK: Members

  private func text(_ value: JSONValue, _ name: String) throws(GoldenError) -> String {
    guard let text = value[name]?.text else { throw broken("no text `\(name)`") }
    return text
  }

  private func number(_ value: JSONValue, _ name: String) throws(GoldenError) -> Int {
    guard let number = value[name]?.number else { throw broken("no number `\(name)`") }
    return number
  }

  private func flag(_ value: JSONValue, _ name: String) throws(GoldenError) -> Bool {
    guard let flag = value[name]?.flag else { throw broken("no true or false `\(name)`") }
    return flag
  }

  private func texts(_ value: JSONValue, _ name: String) throws(GoldenError) -> [String] {
    guard let list = value[name]?.list else { throw broken("no list `\(name)`") }
    let texts = list.compactMap(\.text)
    guard texts.count == list.count else { throw broken("`\(name)` is no list of texts") }
    return texts
  }

  private func parts(_ value: JSONValue) throws(GoldenError) -> [Outcome.Part] {
    guard let list = value["parts"]?.list else { throw broken("no list `parts`") }
    var parts: [Outcome.Part] = []
    for pair in list {
      guard let pair = pair.list, pair.count == 2, let kind = pair[0].text, let value = pair[1].text else {
        throw broken("`parts` is no list of pairs")
      }
      parts.append(Outcome.Part(kind: kind, value: value))
    }
    return parts
  }

  private func rule(_ value: JSONValue, _ name: String) throws(GoldenError) -> RuleReference? {
    guard let member = value[name] else { return nil }
    guard let place = member.text, let colon = place.utf8.lastIndex(of: UInt8(ascii: ":")),
      let line = Int(place[place.utf8.index(after: colon)...])
    else { throw broken("`\(name)` is no place of a rule") }
    return RuleReference(source: shown(String(place[..<colon])), line: line, text: texts[place])
  }

  /// Built-in rules have no path.
  private func shown(_ source: String) -> String {
    source.utf8.starts(with: "all-platforms:".utf8) ? source : GoldenPath.joined(folder, source)
  }

  // MARK: Lines

  private mutating func readHeader(_ value: JSONValue) throws(GoldenError) {
    guard value["kind"]?.text == "golden", let version = value["v"]?.number else {
      throw broken("this is no golden: its first line has no \"kind\":\"golden\"")
    }
    guard version == GoldenFile.version else {
      throw GoldenError(
        line: line,
        message: "format version \(version), but this tracesift reads version \(GoldenFile.version); "
          + (version > GoldenFile.version
            ? "use the newer tracesift that wrote it" : "write it anew: tracesift golden update"))
    }
    guard let input = value["input"] else { throw broken("no `input`") }
    var configuration = GoldenConfiguration(
      profile: try text(value, "profile"), config: try text(value, "config"))
    let format = try text(value, "input_format")
    guard let inputFormat = InputFormat(rawValue: format) else { throw broken("no input format \(format)") }
    configuration.inputFormat = inputFormat
    configuration.hasDefaultRules = try flag(value, "default_rules")
    configuration.rules = try files(value, "rules")
    configuration.fingerprintRules = try files(value, "fingerprint_rules")
    configuration.connector = value["connector"]?.text
    header = GoldenFile(
      input: GoldenFile.Input(bytes: try number(input, "bytes"), md5: try text(input, "md5")),
      configuration: configuration, suffixes: try texts(value, "input_suffixes"), records: [])
  }

  private func files(
    _ value: JSONValue, _ name: String
  ) throws(GoldenError) -> [GoldenConfiguration.RulesFile] {
    guard let list = value[name]?.list else { throw broken("no list `\(name)`") }
    var files: [GoldenConfiguration.RulesFile] = []
    for file in list {
      files.append(
        GoldenConfiguration.RulesFile(path: shown(try text(file, "path")), md5: try text(file, "md5")))
    }
    return files
  }

  private mutating func readRule(_ value: JSONValue) throws(GoldenError) {
    let place = "\(try text(value, "source")):\(try number(value, "line"))"
    texts[place] = try text(value, "text")
  }

  private mutating func readRecord(_ value: JSONValue) throws(GoldenError) {
    let group = try text(value, "group")
    let line = try number(value, "line")
    let title = try text(value, "title")
    var outcome = Outcome(
      platform: try text(value, "platform"), title: title, group: group, fingerprint: [group])
    if let same = value["same_as"] {
      guard let number = same.number, let index = firstOfLine[number] else {
        throw broken("`same_as` names no earlier record")
      }
      outcome.variants = records[index].outcome.variants
      outcome.exceptions = records[index].outcome.exceptions
    }
    if value["kind"]?.text == "failure" { outcome.failure = try text(value, "reason") }
    if value["reasons"] != nil { outcome.reasons = try texts(value, "reasons") }
    if value["fingerprint"] != nil { outcome.fingerprint = try texts(value, "fingerprint") }
    outcome.fingerprintRule = try rule(value, "fingerprint_rule")
    var record = GoldenRecord(line: line, lines: try number(value, "lines"), outcome: outcome)
    record.goldenLine = self.line
    records.append(record)
    firstOfLine[line] = records.count - 1
  }

  /// Changes the record that is being read.
  private mutating func change(_ body: (inout Outcome) -> Void) throws(GoldenError) {
    guard let last = records.indices.last else { throw broken("no record above this line") }
    body(&records[last].outcome)
  }

  private mutating func readVariant(_ value: JSONValue) throws(GoldenError) {
    let variant = Outcome.Variant(
      name: try text(value, "name"), hash: try text(value, "hash"), parts: try parts(value))
    try change { $0.variants.append(variant) }
  }

  private mutating func readException(_ value: JSONValue) throws(GoldenError) {
    var exception = Outcome.Exception(index: value["exception"]?.number, type: value["type"]?.text)
    exception.app = try flag(value, "app")
    exception.system = try flag(value, "system")
    exception.hint = value["hint"]?.text
    try change { $0.exceptions.append(exception) }
  }

  private mutating func readFrame(_ value: JSONValue) throws(GoldenError) {
    var frame = Outcome.Frame(name: try text(value, "name"), index: value["frame"]?.number)
    frame.isInApp = try flag(value, "in_app")
    frame.app = try flag(value, "app")
    frame.system = try flag(value, "system")
    frame.parts = try parts(value)
    frame.inAppRule = try rule(value, "in_app_rule")
    frame.appRule = try rule(value, "app_rule")
    frame.systemRule = try rule(value, "system_rule")
    let count = records.last?.outcome.exceptions.count ?? 0
    guard count > 0 else { throw broken("no exception above this frame") }
    let times = try value["times"] == nil ? 1 : number(value, "times")
    guard (1...Self.mostTimes).contains(times) else {
      throw broken("`times` is not from 1 to \(Self.mostTimes)")
    }
    for _ in 0..<times {
      try change { $0.exceptions[count - 1].frames.append(frame) }
      frame.index = frame.index.map { $0 &+ 1 }
    }
  }
}
