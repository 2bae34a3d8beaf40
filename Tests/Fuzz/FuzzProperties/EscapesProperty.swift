import LogInput

/// The ways in which text is written inside other text: what one writes, the other reads back, and any bytes
/// are read without making more of them.
enum EscapesProperty {
  static func check(_ bytes: [UInt8]) throws {
    let all = 0..<bytes.count
    for style in [TextEscapes.Style.quoted, .open] {
      let plain = collect { TextEscapes.appendUnescaped(bytes.span, all, style, to: &$0) }
      try require(plain.count <= bytes.count, "escapes undone make more of the text")
    }
    let shown = collect { TextEscapes.appendPlain(bytes.span, all, to: &$0) }
    try require(shown.count <= bytes.count && !shown.contains(0), "control sequences taken out")
    // An entity of three letters may stand for a character of as many bytes, and never for more.
    let decoded = collect { MarkupText.appendDecoded(bytes.span, all, to: &$0) }
    try require(decoded.count <= bytes.count, "entities undone make more of the text")
    let inner = MarkupText.withoutTags(bytes.span, all)
    try require(inner.lowerBound >= 0 && inner.upperBound <= bytes.count, "tags end outside of the text")
    try roundTrips(bytes)
  }

  private static func roundTrips(_ bytes: [UInt8]) throws {
    let quoted = bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x22, 0x27, 0x5C: [0x5C, byte]
      case 0x0A: Array("\\n".utf8)
      case 0x09: Array("\\t".utf8)
      case 0..<0x20: Array("\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: [byte]
      }
    }
    try same("quoted", quoted, bytes) { TextEscapes.appendUnescaped($0, $1, .quoted, to: &$2) }
    let doubled = bytes.flatMap { $0 == 0x22 ? [$0, $0] : [$0] }
    try same("doubled", doubled, bytes) { TextEscapes.appendUndoubled($0, $1, quote: 0x22, to: &$2) }
    let octal = bytes.flatMap { byte -> [UInt8] in
      byte < 0x20 ? Array("#0\(byte >> 3 & 7)\(byte & 7)".utf8) : byte == 0x23 ? [] : [byte]
    }
    // The sign itself is not escaped, so a text that has it cannot be read back.
    try same("octal", octal, bytes) { TextEscapes.appendOctal($0, $1, to: &$2) }
    let markup = bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x26: Array("&amp;".utf8)
      case 0x3C: Array("&lt;".utf8)
      case 0x0A: Array("<br/>".utf8)
      case 0x09: Array("&#9;".utf8)
      default: [byte]
      }
    }
    try same("markup", markup, bytes) { MarkupText.appendDecoded($0, $1, to: &$2) }
  }

  private static func same(
    _ name: String, _ written: [UInt8], _ text: [UInt8],
    _ read: (Span<UInt8>, Range<Int>, inout [UInt8]) -> Void
  ) throws {
    let back = collect { read(written.span, 0..<written.count, &$0) }
    let wanted = name == "octal" ? text.filter { $0 != 0x23 } : text
    try require(back == wanted, "\(name): \(back) instead of \(wanted)")
  }

  private static func collect(_ append: (inout [UInt8]) -> Void) -> [UInt8] {
    var output: [UInt8] = []
    append(&output)
    return output
  }
}
