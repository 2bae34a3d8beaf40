/// The tokens of a Python file, as far as finding a string argument needs them.
struct PythonToken {
  enum Kind: Equatable {
    case name(String)
    case mark(UInt8)  // an operator's byte; `==` and its like come as `operator`
    case operatorText
    case newline
  }
  var kind: Kind
  var place: FilePlace
  /// Of a string literal: its text; nil for a literal whose text is not known before the file runs.
  var literal: OriginText?
  var isString = false
}

/// Cuts a Python file into tokens. Whatever it does not understand becomes a mark.
struct PythonLexer {
  private var input: PlacedBytes
  private(set) var tokens: [PythonToken] = []
  private var depth = 0  // of open brackets; newlines inside them mean nothing

  static func tokens(of text: String) throws(ExtractionError) -> [PythonToken] {
    var lexer = PythonLexer(input: PlacedBytes(text))
    while let byte = lexer.input.peek { try lexer.readToken(byte) }
    return lexer.tokens
  }

  private init(input: PlacedBytes) { self.input = input }

  private mutating func readToken(_ byte: UInt8) throws(ExtractionError) {
    switch byte {
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "\n"): readNewline()
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C: input.advance()
    case UInt8(ascii: "\\"): input.advance(input.peek(1) == UInt8(ascii: "\r") ? 3 : 2)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try readString(prefix: "", at: input.place)
    case _ where isNameStart(byte): try readName()
    default: readMark(byte)
    }
  }

  private mutating func skipComment() {
    while let byte = input.peek, byte != UInt8(ascii: "\n") { input.advance() }
  }

  private mutating func readNewline() {
    if depth == 0 { push(.newline) }
    input.advance()
  }

  private mutating func readMark(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
    default: break
    }
    let isComparison = input.peek(1) == UInt8(ascii: "=") && "=!<>:".utf8.contains(byte)
    push(isComparison ? .operatorText : .mark(byte))
    input.advance(isComparison ? 2 : 1)
  }

  private mutating func readName() throws(ExtractionError) {
    let place = input.place
    var name: [UInt8] = []
    while let byte = input.peek, isNameStart(byte) || 48...57 ~= byte {
      name.append(byte)
      input.advance()
    }
    let text = String(decoding: name, as: UTF8.self)
    let isQuote = input.peek == UInt8(ascii: "\"") || input.peek == UInt8(ascii: "'")
    if isQuote, name.count <= 2, name.allSatisfy({ "rRbBuUfFtT".utf8.contains($0) }) {
      return try readString(prefix: text, at: place)
    }
    tokens.append(PythonToken(kind: .name(text), place: place))
  }

  private func isNameStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private mutating func push(_ kind: PythonToken.Kind) {
    tokens.append(PythonToken(kind: kind, place: input.place))
  }

  // MARK: - Strings

  private mutating func readString(prefix: String, at place: FilePlace) throws(ExtractionError) {
    let letters = prefix.lowercased()
    let quote = input.peek ?? UInt8(ascii: "\"")
    let isTriple = input.peek(1) == quote && input.peek(2) == quote
    input.advance(isTriple ? 3 : 1)
    var text = OriginText()
    let isRaw = letters.contains("r")
    while !isAtClosing(quote, isTriple) {
      guard let byte = input.peek, isTriple || byte != UInt8(ascii: "\n") else {
        throw ExtractionError(code: .unclosedString, place: place, message: "unclosed string literal")
      }
      if byte == UInt8(ascii: "\\") {
        readEscape(isRaw: isRaw, into: &text)
      } else {
        readByte(byte, into: &text)
      }
    }
    input.advance(isTriple ? 3 : 1)
    let isKnown =
      !letters.contains("b") && !letters.contains("t")
      && (!letters.contains("f") || !text.bytes.contains(UInt8(ascii: "{")))
    tokens.append(
      PythonToken(kind: .operatorText, place: place, literal: isKnown ? text : nil, isString: true))
  }

  /// Python reads CR LF in a file as LF.
  private mutating func readByte(_ byte: UInt8, into text: inout OriginText) {
    if byte == UInt8(ascii: "\r"), input.peek(1) == UInt8(ascii: "\n") {
      text.breakRun()
    } else {
      text.append(byte, at: input.place)
    }
    input.advance()
  }

  private func isAtClosing(_ quote: UInt8, _ isTriple: Bool) -> Bool {
    guard input.peek == quote else { return false }
    return !isTriple || input.peek(1) == quote && input.peek(2) == quote
  }

  /// The input stands at a `\`; in a raw string it and what follows stay.
  private mutating func readEscape(isRaw: Bool, into text: inout OriginText) {
    let place = input.place
    if isRaw {
      text.append(UInt8(ascii: "\\"), at: place)
      input.advance()
      if let byte = input.peek { readByte(byte, into: &text) }
      return
    }
    if input.peek(1) == UInt8(ascii: "\r"), input.peek(2) == UInt8(ascii: "\n") {
      text.breakRun()
      return input.advance(3)
    }
    let (decoded, length) = PythonEscapes.escape(at: input.next, in: input.bytes)
    text.append(escape: decoded, at: place)
    input.advance(length)
  }
}
