internal import TraceBytes

/// Text operations with Python's meaning, because the hashes are computed by Python (grouping.md, S5, S7).
enum PythonText {
  /// White space of `str.split` and `str.strip`: Unicode's, and the four separators U+001C to U+001F.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      return true
    default: return false
    }
  }

  /// `" ".join(text.split())`.
  static func collapsingSpace(_ text: String) -> String {
    if isCollapsed(text) { return text }
    return text.unicodeScalars.split(whereSeparator: isSpace).map(String.init).joined(separator: " ")
  }

  /// Whether a text is ASCII that `collapsingSpace` would leave as it is.
  static func isCollapsed(_ text: String) -> Bool {
    let text = text.utf8Span.span
    var before: UInt8 = 0x20
    for at in text.indices {
      let byte = text[at]
      if byte >= 0x80 || byte < 0x20 || byte == 0x20 && before == 0x20 { return false }
      before = byte
    }
    return before != 0x20 || text.isEmpty
  }

  /// `text.strip()`.
  static func stripped(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      isSpace(first) || isSpace(last)
    else { return text }
    var rest = text.unicodeScalars.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }

  /// `not text.strip()`.
  static func isBlank(_ text: some Sequence<Unicode.Scalar>) -> Bool {
    text.allSatisfy(isSpace)
  }

  /// The line breaks of `str.splitlines`, CR LF counted as one by the callers.
  static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: return true
    default: return false
    }
  }

  /// `text.splitlines()[0]`, or the empty text.
  static func firstLine(_ text: String) -> String {
    if isPrintable(text.utf8Span.span) { return text }
    return String(text.unicodeScalars.prefix { !isLineBreak($0) })
  }

  /// Whether there is nothing but ASCII, and none of its control bytes.
  private static func isPrintable(_ text: Span<UInt8>) -> Bool {
    for at in text.indices where text[at] < 0x20 || text[at] >= 0x7F { return false }
    return true
  }

  /// `text.lower()`: full Unicode, a capital sigma at a word's end becoming its final form.
  static func lowercased(_ text: String) -> String {
    if let ascii = loweredASCII(text) { return ascii }
    guard text.unicodeScalars.contains("\u{3A3}") else { return plainLowercased(text) }
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.map { index in
      guard scalars[index] == "\u{3A3}" else { return lowercased(scalars[index]) }
      return isFinalSigma(scalars, at: index) ? "\u{3C2}" : "\u{3C3}"
    }.joined()
  }

  /// nil where there is more than ASCII.
  private static func loweredASCII(_ text: String) -> String? {
    let bytes = text.utf8Span.span
    var (hasUpper, all): (Bool, UInt8) = (false, 0)
    for at in bytes.indices {
      all |= bytes[at]
      hasUpper = hasUpper || asciiLowercased(bytes[at]) != bytes[at]
    }
    guard all < 0x80 else { return nil }
    guard hasUpper else { return text }
    var lowered = bytes.bytes(bytes.indices)
    for at in lowered.indices { lowered[at] = asciiLowercased(lowered[at]) }
    return String(decoding: lowered, as: UTF8.self)
  }

  private static func plainLowercased(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result += lowercased(scalar) }
    return result
  }

  private static func lowercased(_ scalar: Unicode.Scalar) -> String {
    isKnown(scalar) ? scalar.properties.lowercaseMapping : String(scalar)
  }

  /// Python's `\d`: decimal digits of any script.
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .decimalNumber && isKnown(scalar)
  }

  /// Sentry runs Python 3.13, whose tables are those of Unicode 15.1; Swift's are newer.
  private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII || scalar.properties.age.map { $0 <= (15, 1) } ?? false
  }

  /// Unicode's Final_Sigma: a cased letter before, none after, ignorable marks skipped.
  private static func isFinalSigma(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let isLetter: (Unicode.Scalar) -> Bool = { $0.properties.isCased }
    let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return before.map(isLetter) == true && after.map(isLetter) != true
  }

  /// The first `count` code points; with three dots at the end where something was cut.
  static func truncated(_ text: String, to count: Int) -> String {
    guard text.utf8.count > count, text.unicodeScalars.count > count else { return text }
    return String(text.unicodeScalars.prefix(count - 3)) + "..."
  }
}

extension String {
  /// Equal byte for byte. `==` would also take canonically equivalent texts for equal, and Sentry does not.
  func isSame(as other: String) -> Bool { utf8Span.span.isEqual(to: other.utf8Span.span) }
}

extension Optional where Wrapped == String {
  /// Equal byte for byte, or both missing.
  func isSame(as other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): return true
    case (let mine?, let other?): return mine.isSame(as: other)
    default: return false
    }
  }

  /// The text, unless it is missing or empty.
  var nonEmpty: String? { self?.isEmpty == false ? self : nil }
}
