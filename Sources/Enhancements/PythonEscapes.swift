/// String escapes as Python reads them, in quoted values of project rules (enhancements.md, section 10).
package enum PythonEscapes {
  /// `body` with its escapes decoded. Unknown and malformed ones stay as they are; `\` before a character
  /// outside ASCII gives the literal text of its escape.
  package static func decoded(_ body: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = body.startIndex
    while index < body.endIndex {
      if body[index] == UInt8(ascii: "\\"), index + 1 < body.endIndex {
        let isSpelled = body[index + 1] >= 0x80
        index =
          isSpelled ? spellOut(body, at: index, into: &result) : decodeEscape(body, at: index, into: &result)
      } else {
        result.append(body[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `text` between quotes, so that a quoted value of a project rule reads as `text`.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The escape whose `\` stands at `start`: what it stands for, and its length in bytes. One that Python
  /// does not know, or a malformed one, is its `\` alone.
  static func escape(at start: Int, in bytes: [UInt8]) -> (decoded: [UInt8], length: Int) {
    guard start + 1 < bytes.count else { return ([UInt8(ascii: "\\")], 1) }
    var result: [UInt8] = []
    let end = decodeEscape(bytes[start...], at: start, into: &result)
    return (result, end - start)
  }

  /// Reads the escape whose `\` stands at `start`; returns where the text goes on.
  private static func decodeEscape(_ body: ArraySlice<UInt8>, at start: Int, into result: inout [UInt8])
    -> Int
  {
    let kind = body[start + 1]
    if let character = simple[kind] {
      result += character
      return start + 2
    }
    switch kind {
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return decodeOctal(body, at: start, into: &result)
    case UInt8(ascii: "x"): return decodeHex(body, at: start, digits: 2, into: &result)
    case UInt8(ascii: "u"): return decodeHex(body, at: start, digits: 4, into: &result)
    case UInt8(ascii: "U"): return decodeHex(body, at: start, digits: 8, into: &result)
    default:
      result.append(UInt8(ascii: "\\"))
      return start + 1
    }
  }

  private static let simple: [UInt8: [UInt8]] = [
    UInt8(ascii: "\\"): [0x5C], UInt8(ascii: "'"): [0x27], UInt8(ascii: "\""): [0x22], UInt8(ascii: "a"): [7],
    UInt8(ascii: "b"): [8], UInt8(ascii: "f"): [12], UInt8(ascii: "n"): [10], UInt8(ascii: "r"): [13],
    UInt8(ascii: "t"): [9], UInt8(ascii: "v"): [11], UInt8(ascii: "\n"): [],
  ]

  private static func decodeOctal(_ body: ArraySlice<UInt8>, at start: Int, into result: inout [UInt8]) -> Int
  {
    var end = start + 1
    var code: UInt32 = 0
    while end < min(body.endIndex, start + 4), case let digit = body[end] &- UInt8(ascii: "0"), digit < 8 {
      code = code << 3 | UInt32(digit)
      end += 1
    }
    append(code, to: &result)
    return end
  }

  private static func decodeHex(
    _ body: ArraySlice<UInt8>, at start: Int, digits: Int, into result: inout [UInt8]
  ) -> Int {
    let text = body[(start + 2)...].prefix(digits)
    let isHex = text.count == digits && text.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
    guard isHex, let code = UInt32(String(decoding: text, as: UTF8.self), radix: 16),
      Unicode.Scalar(code) != nil
    else {
      result.append(UInt8(ascii: "\\"))
      return start + 1
    }
    append(code, to: &result)
    return start + 2 + digits
  }

  private static func append(_ code: UInt32, to result: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(code), let bytes = UTF8.encode(scalar) else { return }
    result += bytes
  }

  /// `\Ü` becomes the four characters `\xdc`, `\例` becomes `\u4f8b`.
  private static func spellOut(_ body: ArraySlice<UInt8>, at start: Int, into result: inout [UInt8]) -> Int {
    let length = body[(start + 2)...].prefix { $0 & 0xC0 == 0x80 }.count + 1
    let text = String(decoding: body[(start + 1)..<(start + 1 + length)], as: UTF8.self)
    guard let code = text.unicodeScalars.first?.value else { return start + 1 + length }
    let (letter, width) = code < 0x100 ? ("x", 2) : code < 0x10000 ? ("u", 4) : ("U", 8)
    let digits = String(code, radix: 16)
    let zeros = String(repeating: "0", count: width - digits.utf8.count)
    result += "\\\(letter)\(zeros)\(digits)".utf8
    return start + 1 + length
  }
}
