internal import TraceBytes

/// A record that is JSON but for its signs: as Ruby prints a hash, `{"log"=>"text"}`, fluent-bit its own, which has the quotes
/// of a text as they are, and Python a dictionary.
enum HashRecord {
  /// No longer record is read, and no longer name is looked for.
  private static let longest = 1 << 20
  private static let longestName = 256
  private static let longestScalar = 64

  /// The hash of a range as an object of JSON, or nil where there is none.
  /// - Complexity: O(range).
  static func json(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    guard range.count <= longest, text.firstOffset(of: "\"=>", in: range) != nil else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(range.count + 16)
    var at = range.lowerBound
    while at < range.upperBound {
      switch text[at] {
      case UInt8(ascii: "\""): at = appendString(text, at, range.upperBound, to: &output)
      case UInt8(ascii: "=") where text.has("=>", at: at, before: range.upperBound):
        output.append(UInt8(ascii: ":"))
        at = appendScalar(text, at + 2, range.upperBound, to: &output)
      default:
        output.append(text[at])
        at += 1
      }
    }
    return output
  }

  /// A dictionary of Python's, `{'msg': '\tat a.B.c(B.java:1)'}`, as an object of JSON, or nil where there is none, or where a
  /// string has several lines, which is a text of its own.
  /// - Complexity: O(range).
  static func json(ofPython text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    guard range.count <= longest, text.has("{'", at: range.lowerBound, before: range.upperBound),
      text.firstOffset(of: "': ", in: range) != nil, !holdsLines(text, range)
    else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(range.count + 16)
    var at = range.lowerBound
    while at < range.upperBound {
      switch text[at] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let close = OneLineForm.closing(text, at + 1, range.upperBound, text[at]) else { return nil }
        appendPython(text, at + 1..<close, to: &output)
        at = close + 1
      case UInt8(ascii: "N"), UInt8(ascii: "T"), UInt8(ascii: "F"):
        let end = appendScalar(text, at, range.upperBound, to: &output)
        guard end > at else { return nil }
        at = end
      default:
        output.append(text[at])
        at += 1
      }
    }
    return output
  }

  private static func holdsLines(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: "\\n", in: at..<range.upperBound) {
      at = hit + 2
      if at < range.upperBound, text[at] != UInt8(ascii: "'"), text[at] != UInt8(ascii: "\"") { return true }
    }
    return false
  }

  /// Appends a string with Python's escapes as one of JSON.
  private static func appendPython(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    output.append(quote)
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == quote {
        output += [0x5C, quote]
      } else if text.has("\\'", at: at, before: range.upperBound) {
        output.append(UInt8(ascii: "'"))
        at += 1
      } else if text.has("\\x", at: at, before: range.upperBound) {
        output += Array("\\u00".utf8)
        at += 1
      } else if text[at] == 0x5C, at + 1 < range.upperBound {
        output += [0x5C, text[at + 1]]
        at += 1
      } else {
        output.append(text[at])
      }
      at += 1
    }
    output.append(quote)
  }

  /// Appends a value that is no string as one, if a value stands here that begins with a letter or digit: JSON has neither
  /// `nil` nor times.
  /// - Returns: behind it.
  private static func appendScalar(_ text: Span<UInt8>, _ start: Int, _ end: Int, to output: inout [UInt8])
    -> Int
  {
    var first = start
    while first < end, text[first] == 0x20 { first += 1 }
    let limit = min(end, first + longestScalar)
    let close = (first..<limit).first { ",}]".utf8.contains(text[$0]) } ?? limit
    guard first < close, close < first + longestScalar, isWord(text[first]),
      (first..<close).allSatisfy({ isWord(text[$0]) || ".:+- ".utf8.contains(text[$0]) })
    else { return start }
    output.append(UInt8(ascii: "\""))
    output.append(text, first..<close)
    output.append(UInt8(ascii: "\""))
    return close
  }

  /// Appends a string with the quotes in it escaped.
  /// - Returns: behind its closing quote.
  private static func appendString(_ text: Span<UInt8>, _ open: Int, _ end: Int, to output: inout [UInt8])
    -> Int
  {
    output.append(text[open])
    var at = open + 1
    while at < end {
      if text[at] == UInt8(ascii: "\"") {
        if closes(text, at + 1, end) {
          output.append(text[at])
          return at + 1
        }
        output.append(0x5C)
      } else if text[at] == 0x5C, at + 1 < end {
        output.append(text[at])
        at += 1
      }
      if text[at] == 0x09 { output += [0x5C, UInt8(ascii: "t")] } else { output.append(text[at]) }
      at += 1
    }
    return end
  }

  /// Whether what stands behind a quote shows that it closes a name or a value.
  private static func closes(_ text: Span<UInt8>, _ behind: Int, _ end: Int) -> Bool {
    var at = behind
    while at < end, isBlank(text[at]) { at += 1 }
    guard at < end else { return true }
    if text[at] == UInt8(ascii: "}") || text[at] == UInt8(ascii: "]") { return true }
    if text.has("=>", at: at, before: end) { return true }
    guard text[at] == UInt8(ascii: ",") else { return false }
    at += 1
    while at < end, isBlank(text[at]) { at += 1 }
    return text.has("\"", at: at, before: end)
      && text.firstOffset(of: "\"=>", in: at + 1..<min(end, at + 1 + longestName)) != nil
  }
}
