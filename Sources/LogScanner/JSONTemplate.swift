internal import LogInput
internal import TraceBytes

/// The bytes of one object of a stream, with holes where the others differ: so most lines of the stream are
/// told by comparing bytes, without parsing them.
///
/// A line that fits has the same constant fields, which is what makes a stream. One that does not may still
/// belong to it and has to be parsed.
struct JSONTemplate {
  fileprivate enum Part {
    case literal(Range<Int>)
    /// A string that is no constant; `isMark`: by its name, whatever it holds.
    case string(isMark: Bool)
    case number
    case word
    /// The string that holds the stream's text.
    case text
  }

  private let bytes: [UInt8]
  private var parts: [Part] = []

  /// Learns from the object in `range`; nil where it is written in a way that is not worth the trouble.
  init?(_ text: Span<UInt8>, _ range: Range<Int>, _ object: JSONLine, path: [UInt8]) {
    guard object.reason == nil, !object.isHash, !object.isTaggedPiece,
      !path.suffix(7).elementsEqual("MESSAGE".utf8)
    else { return nil }
    bytes = text.bytes(range)
    var at = 0
    var literal = 0
    var hasText = false
    for field in object.fields {
      guard let start = Self.valueStart(bytes.span, from: at, field.kind),
        let end = Self.valueEnd(bytes.span, start, field.kind)
      else { return nil }
      at = end
      let isText = object.bytes(field.path).elementsEqual(path)
      guard isText || !object.isConstant(field) && !object.isPieceTag(field) else { continue }
      parts.append(.literal(literal..<start))
      literal = end
      parts.append(isText ? .text : Self.hole(object, field))
      hasText = hasText || isText
    }
    guard hasText else { return nil }
    parts.append(.literal(literal..<bytes.count))
  }

  private static func hole(_ object: JSONLine, _ field: JSONField) -> Part {
    switch field.kind {
    case .string: .string(isMark: object.isMark(field))
    case .number: .number
    case .word: .word
    }
  }

  /// The text's bytes, still escaped, if the object at `start` fits and nothing but blanks stands behind it.
  /// - Complexity: O(line).
  func match(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int>? {
    var at = start
    var found: Range<Int>?
    for part in parts {
      switch part {
      case .literal(let range):
        guard Self.equal(text, at, end, bytes.span, range) else { return nil }
        at += range.count
      case .string(let isMark):
        guard let close = Self.valueEnd(text, at, .string), close <= end,
          isMark || Self.isNoConstant(text, at + 1..<close - 1)
        else { return nil }
        at = close
      case .number, .word:
        let close = Self.scalarEnd(text, at, end)
        let isNumber = at < close && (isDigit(text[at]) || text[at] == UInt8(ascii: "-"))
        guard at < close, isNumber == part.isNumber else { return nil }
        at = close
      case .text:
        guard let close = Self.valueEnd(text, at, .string), close <= end else { return nil }
        found = at + 1..<close - 1
        at = close
      }
    }
    while at < end, isBlank(text[at]) || text[at] == 0x0D { at += 1 }
    return at == end ? found : nil
  }

  private static func equal(
    _ text: Span<UInt8>, _ at: Int, _ end: Int, _ other: Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    end - at >= range.count
      && text.extracting(at..<at + range.count).isEqual(to: other.extracting(range))
  }

  /// What makes a string no constant of a stream; one with escapes is left to the parser.
  private static func isNoConstant(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.firstOffset(of: 0x5C, in: range) == nil && ChangingValue.isOne(text, range)
  }

  // MARK: Tokens

  /// The next scalar that is no name, from a place between tokens on.
  private static func valueStart(_ json: Span<UInt8>, from start: Int, _ kind: JSONField.Kind) -> Int? {
    var at = start
    while at < json.count {
      switch json[at] {
      case UInt8(ascii: "\""):
        guard let end = valueEnd(json, at, .string) else { return nil }
        var next = end
        while next < json.count, isSpace(json[next]) { next += 1 }
        guard next < json.count, json[next] == UInt8(ascii: ":") else { return kind == .string ? at : nil }
        at = next + 1
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","):
        at += 1
      case let byte where isSpace(byte): at += 1
      default: return kind == .string ? nil : at
      }
    }
    return nil
  }

  private static func valueEnd(_ json: Span<UInt8>, _ start: Int, _ kind: JSONField.Kind) -> Int? {
    guard kind == .string else { return scalarEnd(json, start, json.count) }
    guard start < json.count, json[start] == UInt8(ascii: "\"") else { return nil }
    var at = start + 1
    while let quote = json.firstOffset(of: UInt8(ascii: "\""), in: at..<json.count) {
      var slashes = quote
      while slashes > start + 1, json[slashes - 1] == 0x5C { slashes -= 1 }
      if (quote - slashes) % 2 == 0 { return quote + 1 }
      at = quote + 1
    }
    return nil
  }

  private static func scalarEnd(_ json: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end {
      switch json[at] {
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): at += 1
      case let byte where isLetter(byte) || isDigit(byte): at += 1
      default: return at
      }
    }
    return at
  }

  private static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0A || byte == 0x0D }
}

extension JSONTemplate.Part {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}
