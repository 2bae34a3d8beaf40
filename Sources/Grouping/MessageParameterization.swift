public import PCRE2

/// A message with what differs from event to event replaced (grouping.md, S7).
public struct ParameterizedMessage: Sendable {
  public var text: String
  /// Whether a pattern's limit was hit, so that a part may have stayed as it was: to be reported as `internal_limit`.
  public var hitLimit: Bool

  public init(text: String, hitLimit: Bool) {
    self.text = text
    self.hitLimit = hitLimit
  }
}

/// Message parameterization, version 2026-03.
public enum MessageParameterization {
  /// Replaces each part of `message` that a pattern matches by the pattern's name in angle brackets.
  /// - Complexity: O(the bytes of `message`); hostile text included.
  public static func parameterize(
    _ message: String, using scratch: borrowing MatchScratch
  ) -> ParameterizedMessage {
    let bytes = Array(message.utf8)
    var scanner = MessageScanner(bytes)
    guard let first = scanner.next(using: scratch) else {
      return ParameterizedMessage(text: message, hitLimit: scanner.gaveUp)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    var copied = 0
    var found: MessageScanner.Part? = first
    while let part = found {
      result += bytes[copied..<part.range.lowerBound]
      result.append(UInt8(ascii: "<"))
      result += part.pattern.rawValue.utf8
      result.append(UInt8(ascii: ">"))
      copied = part.range.upperBound
      found = scanner.next(using: scratch)
    }
    result += bytes[copied...]
    return ParameterizedMessage(text: String(decoding: result, as: UTF8.self), hitLimit: scanner.gaveUp)
  }

  /// The first two lines that are not blank; three dots follow where that is not the whole text (grouping.md, S7.2).
  /// - Complexity: O(the bytes of `text`).
  public static func trim(_ text: String) -> String {
    if !text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x80 }), text.utf8.contains(where: { $0 > 0x20 }) {
      return text
    }
    if text.isEmpty { return text }
    let scalars = text.unicodeScalars
    var kept: [String] = []
    var start = scalars.startIndex
    while start < scalars.endIndex, kept.count < 2 {
      let end = scalars[start...].firstIndex(where: PythonText.isLineBreak) ?? scalars.endIndex
      if !PythonText.isBlank(scalars[start..<end]) { kept.append(String(scalars[start..<end])) }
      start = end == scalars.endIndex ? end : scalars.index(after: end)
    }
    let trimmed = kept.joined(separator: "\n")
    return trimmed.isSame(as: text) ? trimmed : trimmed + "..."
  }

  /// Both: what is hashed of a message.
  public static func normalize(_ message: String, using scratch: borrowing MatchScratch)
    -> ParameterizedMessage
  {
    var result = parameterize(message, using: scratch)
    result.text = trim(result.text)
    return result
  }
}
