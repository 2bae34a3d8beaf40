internal import TraceBytes

/// Texts of strangers on their way to a terminal or a shell.
public enum PrintableText {
  /// The text as one line, with everything that could act on a terminal written as an escape.
  /// - Complexity: O(text).
  public static func line(_ text: String) -> String {
    guard !isPlain(text), text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case _ where isUnsafe(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result.append(contentsOf: "\\u{\(digits)}".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether it is printable ASCII, as most texts are.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    // Beyond the first quote or backslash byte by byte.
    return (bytes.plainEnd(bytes.indices)..<bytes.count).allSatisfy { 0x20..<0x7F ~= bytes[$0] }
  }

  /// A command for any POSIX shell that prints the text's MD5, itself free of control characters.
  /// - Complexity: O(text).
  public static func digestCommand(_ text: String) -> String {
    let needsEscapes = text.unicodeScalars.contains(where: isUnsafe)
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": quoted += "'\\''"
      case "\\" where needsEscapes: quoted += "\\\\"
      case _ where isUnsafe(scalar): for byte in String(scalar).utf8 { quoted += octal(byte) }
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "printf '%\(needsEscapes ? "b" : "s")' '\(quoted)' | md5sum"
  }

  /// As `printf '%b'` reads it: always three digits, so that a digit behind it stays apart.
  private static func octal(_ byte: UInt8) -> String {
    "\\0\(byte >> 6)\(byte >> 3 & 7)\(byte & 7)"
  }

  /// Control characters of both sets, line and paragraph ends, and what turns the direction of writing around.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
