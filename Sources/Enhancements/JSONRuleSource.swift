extension RuleSource {
  /// A text found in a JSON document, and the name of its field.
  public struct JSONField: Sendable, Hashable {
    public var field: String
    /// Where in the document: `planned_values.root_module.resources[0].values.grouping_enhancements`.
    public var path: String
    public var source: RuleSource
  }

  /// The names under which tools that manage Sentry projects keep stack-trace rules.
  public static let groupingEnhancementsFields: [String] = ["grouping_enhancements", "groupingEnhancements"]
  /// The names under which they keep fingerprint rules.
  public static let fingerprintingRulesFields: [String] = ["fingerprinting_rules", "fingerprintingRules"]

  /// The texts of fields of a JSON document, wherever they stand: the output of `pulumi preview --json` or
  /// `terraform show -json`. Equal texts of one field, as plans hold them, are given once.
  /// - Parameters:
  ///   - file: the document, and its path for messages. Places in it are those of the document.
  ///   - fields: the names of the fields.
  /// - Throws: if the document is not JSON, or has none of the fields with a text.
  /// - Complexity: O(bytes of the document).
  public static func fromJSON(_ file: RuleSource, fields: [String]) throws(RuleErrors) -> [JSONField] {
    do throws(ExtractionError) {
      var reader = JSONFieldReader(text: file.text, name: file.name, fields: Set(fields))
      try reader.read()
      if reader.found.isEmpty {
        let names = fields.map { "`\($0)`" }.joined(separator: " or ")
        let message = "expected a field \(names) with a text in this document"
        throw ExtractionError(code: .nothingNamedSo, place: FilePlace(line: 1, column: 1), message: message)
      }
      return reader.found
    } catch {
      throw error.errors(in: file.name)
    }
  }
}

/// Walks a JSON document without building it. Nesting costs no stack.
private struct JSONFieldReader {
  private var input: PlacedBytes
  private let name: String
  private let fields: Set<String>
  private(set) var found: [RuleSource.JSONField] = []
  /// The open objects (by the key whose value is being read) and arrays (by the element's index).
  private var open: [Level] = []
  private struct Seen: Hashable {
    var field: String
    var text: String
  }
  private var seen: Set<Seen> = []

  private enum Level {
    case object(key: String)
    case array(index: Int)
  }

  init(text: String, name: String, fields: Set<String>) {
    input = PlacedBytes(text)
    self.name = name
    self.fields = fields
  }

  /// Reads all values of the document; some tools write several, one after the other.
  mutating func read() throws(ExtractionError) {
    _ = input.take("\u{FEFF}")
    skipSpace()
    if input.peek == nil { throw failure("a JSON document") }
    while input.peek != nil {
      try readDocument()
      skipSpace()
    }
  }

  private mutating func readDocument() throws(ExtractionError) {
    var needsValue = true
    repeat {
      skipSpace()
      needsValue = needsValue ? try readStart() : try readAfterValue()
    } while needsValue || !open.isEmpty
  }

  /// Reads a plain value or an empty container; says true if it entered one, so that a value must follow.
  private mutating func readStart() throws(ExtractionError) -> Bool {
    switch input.peek {
    case UInt8(ascii: "{"):
      input.advance()
      skipSpace()
      if input.take("}") { return false }
      open.append(.object(key: try readKey()))
      return true
    case UInt8(ascii: "["):
      input.advance()
      skipSpace()
      if input.take("]") { return false }
      open.append(.array(index: 0))
      return true
    case UInt8(ascii: "\""): note(try readString())
    default: try readWord()
    }
    return false
  }

  /// Reads the comma or the bracket after a value; says true if another value must follow.
  private mutating func readAfterValue() throws(ExtractionError) -> Bool {
    switch open.last {
    case .object?:
      if input.take("}") { return close() }
      guard input.take(",") else { throw failure("`,` or `}`") }
      skipSpace()
      open[open.count - 1] = .object(key: try readKey())
      return true
    case .array(let index)?:
      if input.take("]") { return close() }
      guard input.take(",") else { throw failure("`,` or `]`") }
      open[open.count - 1] = .array(index: index + 1)
      return true
    case nil: return false
    }
  }

  private mutating func close() -> Bool {
    open.removeLast()
    return false
  }

  private mutating func readKey() throws(ExtractionError) -> String {
    guard input.peek == UInt8(ascii: "\"") else { throw failure("a field's name in quotes") }
    let key = String(decoding: try readString().bytes, as: UTF8.self)
    skipSpace()
    guard input.take(":") else { throw failure("`:`") }
    return key
  }

  /// Keeps a text if the field that it is the value of is wanted.
  private mutating func note(_ text: OriginText) {
    guard case .object(let key)? = open.last, fields.contains(key) else { return }
    let source = text.source(named: name)
    guard seen.insert(Seen(field: key, text: source.text)).inserted else { return }
    found.append(.init(field: key, path: path, source: source))
  }

  private var path: String {
    open.reduce("") { path, level in
      switch level {
      case .object(let key): path.isEmpty ? key : path + "." + key
      case .array(let index): path + "[\(index)]"
      }
    }
  }

  // MARK: - Plain values

  private mutating func readWord() throws(ExtractionError) {
    for word in ["true", "false", "null"] where input.take(word) { return }
    let start = input.next
    while let byte = input.peek, "+-.eE0123456789".utf8.contains(byte) { input.advance() }
    if input.next == start { throw failure("a value") }
  }

  private mutating func readString() throws(ExtractionError) -> OriginText {
    let start = input.place
    input.advance()
    var text = OriginText()
    while let byte = input.peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "\\") {
        try readEscape(into: &text)
      } else {
        text.append(byte, at: input.place)
        input.advance()
      }
    }
    guard input.take("\"") else {
      throw ExtractionError(code: .unclosedString, place: start, message: "unclosed string")
    }
    return text
  }

  private mutating func readEscape(into text: inout OriginText) throws(ExtractionError) {
    let place = input.place
    let kind = input.peek(1) ?? 0
    if kind == UInt8(ascii: "u") { return try readUnicodeEscape(at: place, into: &text) }
    guard let byte = JSONFieldReader.escapes[kind] else { throw failure("an escape that JSON knows") }
    text.append(escape: [byte], at: place)
    input.advance(2)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
    UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
  ]

  /// `\u0041`, or a pair of surrogates; half a pair becomes U+FFFD.
  private mutating func readUnicodeEscape(at place: FilePlace, into text: inout OriginText)
    throws(ExtractionError)
  {
    var units = [try readUnit()]
    if UTF16.isLeadSurrogate(units[0]), input.starts(with: "\\u") { units.append(try readUnit()) }
    text.append(escape: Array(String(decoding: units, as: UTF16.self).utf8), at: place)
  }

  private mutating func readUnit() throws(ExtractionError) -> UInt16 {
    var unit: UInt16 = 0
    for offset in 2..<6 {
      guard let byte = input.peek(offset), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("four hexadecimal digits after `\\u`")
      }
      unit = unit << 4 | UInt16(digit)
    }
    input.advance(6)
    return unit
  }

  private mutating func skipSpace() {
    while let byte = input.peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      input.advance()
    }
  }

  private func failure(_ expected: String) -> ExtractionError {
    ExtractionError(code: .badJSON, place: input.place, message: "this is no JSON: expected \(expected)")
  }
}
