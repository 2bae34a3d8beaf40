/// Where a text stops being JSON, or what was expected.
package struct JSONProblem: Error, Equatable {
  /// Bytes before the place.
  package var offset: Int
  package var message: String

  /// 1-based line and column, in bytes, of the place in its text.
  package func place(in text: [UInt8]) -> (line: Int, column: Int) {
    let before = text.prefix(offset)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (before.count { $0 == 0x0A } + 1, before.count - start + 1)
  }
}

/// Reads one JSON document (RFC 8259) into a value.
///
/// Numbers that are no `Int` come as the text they are written as, and so do `null`s: nothing that is read here
/// has either. Of members with one name the last one counts.
package struct JSONReader {
  private let text: [UInt8]
  private var at = 0
  /// How deep values may nest; deeper ones are refused, so that no document can exhaust the stack.
  private static let deepest = 64

  /// - Throws: `JSONProblem` with the place of the first fault.
  /// - Complexity: O(bytes).
  package static func read(_ text: [UInt8]) throws(JSONProblem) -> JSONValue {
    var reader = JSONReader(text: text)
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.at == text.count else { throw reader.problem("the end of the document") }
    return value
  }

  private init(text: [UInt8]) { self.text = text }

  private func problem(_ expected: String) -> JSONProblem {
    JSONProblem(offset: at, message: "this is no JSON: expected \(expected)")
  }

  private mutating func skipSpace() {
    while at < text.count, [0x20, 0x0A, 0x0D, 0x09].contains(text[at]) { at += 1 }
  }

  private mutating func take(_ byte: Character) -> Bool {
    guard at < text.count, text[at] == byte.asciiValue else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
    guard depth < Self.deepest else { throw problem("no more than \(Self.deepest) values inside each other") }
    guard at < text.count else { throw problem("a value") }
    switch text[at] {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try list(depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .text("null"))
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
    guard text[at...].starts(with: word.utf8) else { throw problem("a value") }
    at += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONProblem) -> JSONValue {
    let start = at
    while at < text.count, "+-.eE0123456789".utf8.contains(text[at]) { at += 1 }
    guard at > start else { throw problem("a value") }
    let digits = String(decoding: text[start..<at], as: UTF8.self)
    if let whole = Int(digits), digits.first != "+" { return .number(whole) }
    guard Double(digits) != nil else {
      at = start
      throw problem("a number")
    }
    return .text(digits)
  }

  private mutating func list(_ depth: Int) throws(JSONProblem) -> JSONValue {
    at += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .list(values) }
    repeat {
      skipSpace()
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw problem("`,` or `]`") }
    return .list(values)
  }

  private mutating func object(_ depth: Int) throws(JSONProblem) -> JSONValue {
    at += 1
    var members: [(String, JSONValue?)] = []
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard at < text.count, text[at] == UInt8(ascii: "\"") else { throw problem("a name in quotes") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw problem("`:`") }
      skipSpace()
      members.append((name, try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw problem("`,` or `}`") }
    return .object(members)
  }

  // MARK: Strings

  private mutating func string() throws(JSONProblem) -> String {
    at += 1
    var bytes: [UInt8] = []
    while true {
      let start = at
      while at < text.count, text[at] != 0x22, text[at] != 0x5C, text[at] >= 0x20 { at += 1 }
      bytes += text[start..<at]
      guard at < text.count, text[at] >= 0x20 else { throw problem("`\"`") }
      if take("\"") { return String(decoding: bytes, as: UTF8.self) }
      try escape(into: &bytes)
    }
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(JSONProblem) {
    at += 1
    guard at < text.count else { throw problem("an escape that JSON knows") }
    if text[at] == UInt8(ascii: "u") {
      at -= 1
      return try unicodeEscape(into: &bytes)
    }
    guard let index = "\"\\/bfnrt".utf8.firstIndex(of: text[at]) else {
      throw problem("an escape that JSON knows")
    }
    let number = "\"\\/bfnrt".utf8.distance(from: "\"\\/bfnrt".utf8.startIndex, to: index)
    bytes.append([0x22, 0x5C, 0x2F, 8, 12, 10, 13, 9][number])
    at += 1
  }

  /// One unit of UTF-16 or a pair of surrogates; half a pair becomes U+FFFD.
  private mutating func unicodeEscape(into bytes: inout [UInt8]) throws(JSONProblem) {
    var units = [try unit()]
    if UTF16.isLeadSurrogate(units[0]), text[at...].starts(with: "\\u".utf8) { units.append(try unit()) }
    bytes += String(decoding: units, as: UTF16.self).utf8
  }

  private mutating func unit() throws(JSONProblem) -> UInt16 {
    let digits = text[min(at + 2, text.count)..<min(at + 6, text.count)]
    guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
      throw problem("four hexadecimal digits after `\\u`")
    }
    at += 6
    return unit
  }
}

extension JSONValue {
  /// The member of an object; of several with one name the last.
  package subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.0 == name }?.1
  }

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var number: Int? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The elements of a list; none for anything else.
  package var elements: [JSONValue] {
    if case .list(let values) = self { values } else { [] }
  }

  /// The members of an object in their order; none for anything else.
  package var members: [(name: String, value: JSONValue)] {
    guard case .object(let members) = self else { return [] }
    return members.compactMap { member in member.1.map { (member.0, $0) } }
  }
}
