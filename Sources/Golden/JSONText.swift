internal import Report

/// Why a text is no JSON value.
struct JSONTextError: Error, Equatable {
  /// What was expected.
  var message: String
  /// 1-based, in bytes.
  var column: Int
}

/// Reads one JSON value from a line, strictly (RFC 8259), numbers as integers only: all that goldens hold.
struct JSONText {
  /// Deeper values are refused, so that a hostile line cannot exhaust the stack.
  private static let deepest = 32

  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Complexity: O(bytes).
  static func value(of line: some Sequence<UInt8>) throws(JSONTextError) -> JSONValue {
    var reader = JSONText(Array(line))
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.at == reader.bytes.count else { throw reader.expected("the end of the line") }
    return value
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func expected(_ what: String) -> JSONTextError {
    JSONTextError(message: "expected \(what)", column: at + 1)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { at += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard next == byte else { return false }
    at += 1
    return true
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(JSONTextError) -> JSONValue {
    guard depth < Self.deepest else { throw JSONTextError(message: "nested too deeply", column: at + 1) }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try list(depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONTextError) -> JSONValue {
    for byte in "\(word)".utf8 {
      guard next == byte else { throw expected("a value") }
      at += 1
    }
    return value
  }

  private mutating func number() throws(JSONTextError) -> Int {
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
    guard let number = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else {
      at = start
      throw expected("a value")
    }
    return number
  }

  private mutating func list(_ depth: Int) throws(JSONTextError) -> JSONValue {
    at += 1
    var values: [JSONValue] = []
    if skip(UInt8(ascii: "]")) { return .list(values) }
    repeat { values.append(try value(depth: depth + 1)) } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")) else { throw expected("`,` or `]`") }
    return .list(values)
  }

  private mutating func object(_ depth: Int) throws(JSONTextError) -> JSONValue {
    at += 1
    var members: [(String, JSONValue?)] = []
    if skip(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw expected("a name in quotes") }
      let name = try string()
      guard skip(UInt8(ascii: ":")) else { throw expected("`:`") }
      members.append((name, try value(depth: depth + 1)))
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "}")) else { throw expected("`,` or `}`") }
    return .object(members)
  }

  // MARK: Strings

  private mutating func string() throws(JSONTextError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw expected("no raw control character in a string") }
      at += 1
      if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
    }
    guard next != nil else { throw expected("the end of the string") }
    at += 1
    guard let string = String(validating: text, as: UTF8.self) else {
      throw JSONTextError(message: "this string is not UTF-8", column: start + 1)
    }
    return string
  }

  private mutating func escape() throws(JSONTextError) -> [UInt8] {
    guard let byte = next else { throw expected("an escape") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
    default:
      at -= 1
      throw expected("an escape")
    }
  }

  private mutating func scalar() throws(JSONTextError) -> Unicode.Scalar {
    var code = try unit()
    if (0xD800..<0xDC00).contains(code) {
      guard next == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else {
        throw expected("the second half of a pair of surrogates")
      }
      at += 2
      let low = try unit()
      guard (0xDC00..<0xE000).contains(low) else { throw expected("no half of a pair of surrogates") }
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw expected("no half of a pair of surrogates") }
    return scalar
  }

  private mutating func unit() throws(JSONTextError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw expected("a hexadecimal digit")
      }
      code = code << 4 | UInt32(digit)
      at += 1
    }
    return code
  }
}

extension JSONValue {
  /// A member by name; nil for a value that has none.
  subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  var number: Int? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  var flag: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  var list: [JSONValue]? {
    guard case .list(let values) = self else { return nil }
    return values
  }
}
