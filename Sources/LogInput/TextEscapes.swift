internal import TraceBytes

/// Undoes the ways in which text is written inside other text. Everything that is no escape stays.
public enum TextEscapes {
  /// Which escapes a text knows.
  public enum Style: Sendable {
    /// All of JSON's and Python's: the text stood between quotes.
    case quoted
    /// Line ends, tabs and nothing else: the text stood in the open, where a backslash is mostly a backslash.
    case open
  }

  /// Appends `range` with its backslash escapes undone.
  /// - Complexity: O(`range.count`).
  public static func appendUnescaped(
    _ text: Span<UInt8>, _ range: Range<Int>, _ style: Style, to output: inout [UInt8]
  ) {
    var at = range.lowerBound
    while let slash = text.firstOffset(of: 0x5C, in: at..<range.upperBound), slash + 1 < range.upperBound {
      output.append(text, at..<slash)
      at = escape(text, slash, range.upperBound, style, &output)
    }
    output.append(text, at..<range.upperBound)
  }

  /// Whether an escape that gives a character's number, `\x41` or `\u0041`, has not all of its digits.
  /// - Complexity: O(`range.count`).
  public static func hasBadNumber(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let slash = text.firstOffset(of: 0x5C, in: at..<range.upperBound), slash + 1 < range.upperBound {
      let digits = text[slash + 1] == UInt8(ascii: "x") ? 2 : text[slash + 1] == UInt8(ascii: "u") ? 4 : 0
      if digits > 0, hexadecimal(text, slash + 2, digits, range.upperBound) == nil { return true }
      at = slash + 2
    }
    return false
  }

  /// Undoes the escape at `at` and returns the offset behind it.
  private static func escape(
    _ text: Span<UInt8>, _ at: Int, _ end: Int, _ style: Style, _ output: inout [UInt8]
  ) -> Int {
    switch text[at + 1] {
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "r"): output.append(0x0D)
    default:
      guard style == .quoted else {
        output.append(0x5C)
        return at + 1
      }
      return rareEscape(text, at, end, &output)
    }
    return at + 2
  }

  private static func rareEscape(_ text: Span<UInt8>, _ at: Int, _ end: Int, _ output: inout [UInt8]) -> Int {
    let byte = text[at + 1]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "x"):
      guard hexadecimal(text, at + 2, 2, end) != nil else { break }
      return appendNumbers(text, at, end, &output)
    case UInt8(ascii: "U"):
      guard let value = hexadecimal(text, at + 2, 8, end) else { break }
      append(value, to: &output)
      return at + 10
    case UInt8(ascii: "u"):
      guard let value = hexadecimal(text, at + 2, 4, end) else { break }
      return appendUnicode(value, text, at + 6, end, &output)
    default:
      output.append(0x5C)
      output.append(byte)
      return at + 2
    }
    if "xuU".utf8.contains(byte) { output.append(contentsOf: [0x5C, byte]) }
    return at + 2
  }

  /// Appends what a run of `\x41` stands for: bytes, as nginx writes them, or where those are no UTF-8 characters, as Python and
  /// YAML do.
  private static func appendNumbers(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ output: inout [UInt8]
  ) -> Int {
    var at = start
    var run: [UInt8] = []
    while text.has("\\x", at: at, before: end), let value = hexadecimal(text, at + 2, 2, end) {
      run.append(UInt8(truncatingIfNeeded: value))
      at += 4
    }
    if run.span.isUTF8(0..<run.count) {
      output += run
    } else {
      for byte in run { append(UInt32(byte), to: &output) }
    }
    return at
  }

  /// Appends the code unit and its second half, if it is the first of a pair; alone it becomes U+FFFD.
  private static func appendUnicode(
    _ unit: UInt32, _ text: Span<UInt8>, _ at: Int, _ end: Int, _ output: inout [UInt8]
  ) -> Int {
    if unit & 0xFC00 == 0xD800, at + 6 <= end, text[at] == 0x5C, text[at + 1] == UInt8(ascii: "u"),
      let low = hexadecimal(text, at + 2, 4, end), low & 0xFC00 == 0xDC00
    {
      append(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF), to: &output)
      return at + 6
    }
    append(unit, to: &output)
    return at
  }

  /// Appends a code point as UTF-8; one that is none becomes U+FFFD.
  public static func append(_ point: UInt32, to output: inout [UInt8]) {
    let scalar = Unicode.Scalar(point) ?? "\u{FFFD}"
    output.append(contentsOf: Character(scalar).utf8)
  }

  private static func hexadecimal(_ text: Span<UInt8>, _ at: Int, _ digits: Int, _ end: Int) -> UInt32? {
    guard at + digits <= end else { return nil }
    var value: UInt32 = 0
    for index in at..<at + digits {
      let byte = text[index]
      if isDigit(byte) {
        value = value << 4 | UInt32(byte & 15)
      } else if isHexLetter(byte) {
        value = value << 4 | UInt32(byte & 15 + 9)
      } else {
        return nil
      }
    }
    return value
  }

  /// Appends `range` without terminal control: CSI and OSC sequences, and NUL bytes.
  /// - Complexity: O(`range.count`).
  public static func appendPlain(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = text[at]
      if byte == 0x1B {
        at = controlEnd(text, at, range.upperBound)
      } else {
        if byte != 0 { output.append(byte) }
        at += 1
      }
    }
  }

  /// Behind the control sequence at `at`; behind the escape byte alone when it starts none.
  private static func controlEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    guard at + 1 < end else { return end }
    var next = at + 2
    switch text[at + 1] {
    case UInt8(ascii: "["):
      while next < end, text[next] < 0x40 { next += 1 }
      return min(end, next + 1)
    case UInt8(ascii: "]"):
      while next < end, text[next] != 0x07, text[next] != 0x1B { next += 1 }
      return next < end && text[next] == 0x1B ? min(end, next + 2) : min(end, next + 1)
    default: return at + 1
    }
  }

  /// Appends `range` with rsyslog's `#ooo` octal escapes of control bytes undone.
  public static func appendOctal(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      if let byte = octal(text, at, range.upperBound) {
        output.append(byte)
        at += 4
      } else {
        output.append(text[at])
        at += 1
      }
    }
  }

  /// The control byte that `#ooo` at `at` stands for, or nil.
  public static func octal(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> UInt8? {
    guard text[at] == UInt8(ascii: "#"), at + 4 <= end, text[at + 1] == UInt8(ascii: "0"),
      text[at + 2] & 0xF8 == 0x30, text[at + 3] & 0xF8 == 0x30
    else { return nil }
    return (text[at + 2] & 7) << 3 | text[at + 3] & 7
  }

  /// Appends `range` with doubled quotes made single.
  public static func appendUndoubled(
    _ text: Span<UInt8>, _ range: Range<Int>, quote: UInt8, to output: inout [UInt8]
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      output.append(text[at])
      at += text[at] == quote && at + 1 < range.upperBound && text[at + 1] == quote ? 2 : 1
    }
  }
}
