/// What the texts of Airbyte's dbt runner say, by its platform's rules (formats-around.md, 2.3).
public enum DbtText {
  /// Whether a text is one: it says so with its first word.
  public static func isDbt(_ text: [UInt8]) -> Bool { text.starts(with: "AirbyteDbtError: ".utf8) }

  /// The error that a text tells of; nil where no line of it names one.
  /// - Complexity: O(text).
  public static func error(in text: [UInt8]) -> (type: String, value: String?)? {
    AirbyteDbtParser.parse(text).flatMap { error in error.type.map { ($0, error.value) } }
  }
}

/// The dbt branch: the first line that names an error decides type and value (formats-around.md, 2.3).
struct AirbyteDbtParser {
  /// A line past the end was asked for: what is known so far stays, and the next line is looked at.
  private struct PastEnd: Error {}

  private let lines: [ArraySlice<UInt8>]
  /// The lines that say `Database Error` and those that start with `context:`, looked up once: every other line may ask.
  private let databaseErrors: [Int]
  private let contexts: [Int]
  private var type: String?
  private var value: String?
  private var usesNextLine = false

  private init(_ text: [UInt8]) {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    databaseErrors = lines.indices.filter { Bytes.trimmed(lines[$0]).elementsEqual("Database Error".utf8) }
    contexts = lines.indices.filter { Bytes.trimmed(lines[$0]).starts(with: "context:".utf8) }
  }

  /// nil where no line names an error.
  static func parse(_ text: [UInt8]) -> AirbyteParser.Exception? {
    var parser = AirbyteDbtParser(text)
    for index in parser.lines.indices where parser.value == nil {
      // Past the end is no failure: a later line may still say what the error is.
      try? parser.read(index)
    }
    guard let type = parser.type else { return nil }
    return AirbyteParser.Exception(type: type, value: parser.value, frames: [], block: 0)
  }

  private mutating func read(_ index: Int) throws(PastEnd) {
    if has(index, "Database Error in model") {
      try readModelError(index)
    } else if has(index, "Unhandled error while executing model") {
      take("DbtUnhandledError")
    } else if has(index, "Compilation Error") {
      try readCompilationError(index)
    } else if has(index, "Runtime Error") {
      try readRuntimeError(index)
    } else if text(index) == "Database Error" {
      take("DbtDatabaseError")
    }
    if usesNextLine, value == nil { value = try line(index + 1) }
  }

  /// The type, with the next line as value.
  private mutating func take(_ name: String) {
    type = name
    usesNextLine = true
  }

  private mutating func readModelError(_ index: Int) throws(PastEnd) {
    let next = try line(index + 1)
    if has(index + 1, "SQL compilation error") {
      value = try next + " " + line(index + 2)
      type = "DbtDatabaseSQLCompilationError"
    } else if has(index + 1, "Invalid input") {
      guard let context = contexts.first(where: { $0 > index + 1 }) else { throw PastEnd() }
      value = next + "\n" + text(context)
      type = "DbtDatabaseInvalidInputError"
    } else if has(index + 1, "syntax error at or near \"") {
      value = try next + "\n" + line(index + 2)
      type = "DbtDatabaseSyntaxError"
    } else {
      take("DbtDatabaseError")
    }
  }

  private mutating func readCompilationError(_ index: Int) throws(PastEnd) {
    let next = try line(index + 1)
    if has(index + 1, "When searching for a relation, dbt found an approximate match.") {
      value = try next + " " + line(index + 2)
      type = "DbtCompilationAmbiguousRelationError"
    } else {
      take("DbtCompilationError")
    }
  }

  private mutating func readRuntimeError(_ index: Int) throws(PastEnd) {
    guard let error = databaseErrors.first(where: { $0 > index }) else {
      take("DbtRuntimeError")
      return
    }
    // "Its first equal line": looked up by its text among all lines, as the original does.
    let first = databaseErrors.first { lines[$0].elementsEqual(lines[error]) } ?? error
    value = try line(first + 1)
    type = "DbtRuntimeDatabaseError"
  }

  private func has(_ index: Int, _ part: String) -> Bool {
    lines.indices.contains(index) && Bytes.range(of: part, in: lines[index]) != nil
  }

  /// A line, trimmed.
  private func line(_ index: Int) throws(PastEnd) -> String {
    guard lines.indices.contains(index) else { throw PastEnd() }
    return text(index)
  }

  private func text(_ index: Int) -> String { AirbyteParser.text(Bytes.trimmed(lines[index])) }
}
