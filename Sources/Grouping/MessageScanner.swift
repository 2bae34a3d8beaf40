internal import PCRE2

/// Finds the parts of a message that are replaced, from left to right.
///
/// It stops only where some pattern can begin, which most bytes rule out, and then tries the patterns in their order.
/// The answer is that of one search for the alternation of all patterns; a test compares the two.
///
/// All memory of failed attempts (`…Fails`) rests on one fact: where a run of characters failed from its start, it
/// fails from any later place in the same run, too. That keeps hostile text linear.
struct MessageScanner {
  struct Part {
    var pattern: MessagePattern
    var range: Range<Int>
  }

  private let bytes: [UInt8]
  private let kinds = MessageByte.kinds
  /// Where the search goes on.
  private var position = 0
  /// The end of the last part: a run of digits may be entered in its middle here only.
  private var resume = 0
  private let hasAt: Bool
  private let hasDot: Bool
  private let hasScheme: Bool
  /// The last `)`, or -1.
  private let lastParenthesis: Int
  private var emailFails = 0
  private var hostnameFails = 0
  private var dateCallFails = 0
  /// Whether PCRE2 gave up somewhere, so that a part may have been missed.
  private(set) var gaveUp = false

  init(_ bytes: [UInt8]) {
    var at = false
    var dot = false
    var scheme = false
    var parenthesis = -1
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "@"): at = true
      case UInt8(ascii: "."): dot = true
      case UInt8(ascii: "/"): scheme = true
      case UInt8(ascii: ")"): parenthesis = index
      default: break
      }
    }
    self.bytes = bytes
    hasAt = at
    hasDot = dot
    hasScheme = scheme
    lastParenthesis = parenthesis
  }

  /// The next part that is replaced; nil at the end of the text.
  /// - Complexity: O(the bytes passed over), amortized over all calls.
  mutating func next(using scratch: borrowing MatchScratch) -> Part? {
    while position < bytes.count {
      let byte = bytes[position]
      let kind = kinds[Int(byte)]
      if kind.isEmpty || canSkip(kind) {
        position &+= 1
        continue
      }
      if let part = part(at: position, byte, kind, scratch) {
        position = part.range.upperBound
        resume = position
        return part
      }
      position += 1
    }
    return nil
  }

  /// Whether this is a letter that begins nothing, which most are.
  private func canSkip(_ kind: MessageByte) -> Bool {
    guard kind.contains(.letter) else { return false }
    if position > 0, kinds[Int(bytes[position - 1])].contains(.word) {
      return !kind.contains(.insideWord) && !(hasAt && position >= emailFails)
    }
    return !hasAt && !hasDot && kind.isDisjoint(with: [.insideWord, .wordStart])
  }

  private mutating func part(
    at start: Int, _ byte: UInt8, _ kind: MessageByte, _ scratch: borrowing MatchScratch
  ) -> Part? {
    if hasAt, kind.contains(.local), let end = email(at: start) {
      return Part(pattern: .email, range: start..<end)
    }
    if hasDot, kind.contains(.label), let end = hostname(at: start, byte) {
      return Part(pattern: .hostname, range: start..<end)
    }
    if kind.contains(.digit) { return number(at: start, scratch) }
    if byte >= 0x80 { return isNumeric(at: start) ? number(at: start, scratch) : nil }
    if byte == UInt8(ascii: "d"), let end = dateCall(at: start) {
      return Part(pattern: .date, range: start..<end)
    }
    return canStart(at: start, byte, kind) ? general(at: start, scratch) : nil
  }

  /// Whether a letter or a sign at `start` can begin anything but an e-mail address or a hostname. It may say yes too often.
  private func canStart(at start: Int, _ byte: UInt8, _ kind: MessageByte) -> Bool {
    let before = start > 0 ? bytes[start - 1] : 0x20
    if before == UInt8(ascii: "=") { return true }
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0x20
    switch byte {
    case UInt8(ascii: ":"): return next == byte
    case UInt8(ascii: "-"): return next >= 0x80 || !kinds[Int(next)].isDisjoint(with: [.digit, .hex])
    default: break
    }
    if kind.contains(.dateName), startsDate(at: start) { return true }
    if kinds[Int(before)].contains(.word) { return false }
    if kind.contains(.hex), canStartHexadecimal(at: start) { return true }
    switch byte {
    case UInt8(ascii: "t"): return next == UInt8(ascii: "x")
    case UInt8(ascii: "w"), UInt8(ascii: "h"), UInt8(ascii: "f"): return hasScheme
    default: return false
    }
  }

  /// Whether a day's or a month's name stands here.
  private func startsDate(at start: Int) -> Bool {
    guard start + 2 < bytes.count else { return false }
    let name = UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    return MessageByte.dateNames.contains(name)
  }

  /// A run of at least four hexadecimal digits, or a shorter one before a colon (an address).
  private func canStartHexadecimal(at start: Int) -> Bool {
    var end = start
    while end < bytes.count, end - start < 4, kinds[Int(bytes[end])].contains(.hex) { end += 1 }
    return end - start == 4 || (end < bytes.count && bytes[end] == UInt8(ascii: ":"))
  }

  private mutating func number(at start: Int, _ scratch: borrowing MatchScratch) -> Part? {
    if start != resume, start > 0, isDigit(before: start) { return insideDigits(at: start, scratch) }
    if let end = plainInteger(at: start) { return Part(pattern: .int, range: start..<end) }
    return general(at: start, scratch)
  }

  /// The end of an integer that can be nothing else, the commonest case by far.
  private func plainInteger(at start: Int) -> Int? {
    if start > 0, bytes[start - 1] >= 0x80 || kinds[Int(bytes[start - 1])].contains(.word) { return nil }
    var end = start
    while end < bytes.count, kinds[Int(bytes[end])].contains(.digit) { end += 1 }
    guard end > start, end - start <= 7 else { return nil }
    guard end < bytes.count else { return end }
    let next = bytes[end]
    if next >= 0x80 || kinds[Int(next)].contains(.word) { return nil }
    switch next {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"): return nil
    case 0x09...0x0D, 0x1C...0x20:
      // Two digits, white space and a month's name begin a date.
      guard end - start <= 2, end + 1 < bytes.count else { return end }
      let after = bytes[end + 1]
      return after >= 0x80 || after <= 0x20 || kinds[Int(after)].contains(.dateName) ? nil : end
    default: return end
    }
  }

  private mutating func general(at start: Int, _ scratch: borrowing MatchScratch) -> Part? {
    let patterns =
      start < lastParenthesis ? MessagePatterns.general : MessagePatterns.generalBeforeNoParenthesis
    guard isMatch(patterns, at: start, scratch), let range = scratch.group(0) else { return nil }
    let index = MessagePatterns.groups.indices.first { scratch.group($0 + 1) != nil } ?? 0
    return Part(pattern: MessagePatterns.groups[index], range: range)
  }

  private mutating func insideDigits(at start: Int, _ scratch: borrowing MatchScratch) -> Part? {
    guard isMatch(MessagePatterns.insideDigits, at: start, scratch), let range = scratch.group(0) else {
      return nil
    }
    return Part(pattern: scratch.group(1) == nil ? .date : .ip, range: range)
  }

  private mutating func isMatch(
    _ patterns: MessagePatterns?, at start: Int, _ scratch: borrowing MatchScratch
  ) -> Bool {
    switch patterns?.match(bytes.span, at: start, using: scratch) {
    case .match: return true
    case .noMatch: return false
    case .gaveUp, nil:
      gaveUp = true
      return false
    }
  }
}

// MARK: - Read by hand

extension MessageScanner {
  /// The end of the e-mail address that starts here.
  private mutating func email(at start: Int) -> Int? {
    guard start >= emailFails else { return nil }
    var end = start
    while end < bytes.count, kinds[Int(bytes[end])].contains(.local) { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "@"), kinds[Int(bytes[end + 1])].contains(.label)
    else {
      emailFails = end
      return nil
    }
    end = labelEnd(from: end + 1)
    while end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), kinds[Int(bytes[end + 1])].contains(.label)
    {
      end = labelEnd(from: end + 1)
    }
    return end
  }

  private func labelEnd(from start: Int, atMost length: Int = .max) -> Int {
    var end = start
    while end < bytes.count, end - start < length, kinds[Int(bytes[end])].contains(.label) { end += 1 }
    return end
  }

  /// The end of the hostname that starts here: labels of at most 63 characters, as few as lead to a known last one.
  private mutating func hostname(at start: Int, _ byte: UInt8) -> Int? {
    guard start >= hostnameFails, isWord(before: start) == (byte == UInt8(ascii: "-")) else { return nil }
    var label = start
    while true {
      let end = labelEnd(from: label, atMost: 64)
      guard end > label, end - label < 64, end < bytes.count, bytes[end] == UInt8(ascii: ".") else {
        hostnameFails = label
        return nil
      }
      label = end + 1
      if let end = topLevelDomainEnd(from: label) { return end }
    }
  }

  private func topLevelDomainEnd(from start: Int) -> Int? {
    var end = start
    var upper = 0
    var key: UInt64 = 0
    while end < bytes.count, end - start < 8, kinds[Int(bytes[end])].contains(.letter) {
      if bytes[end] & 0x20 == 0 { upper += 1 }
      key = key << 8 | UInt64(bytes[end] | 0x20)
      end += 1
    }
    guard upper == 0 || upper == end - start, MessagePatterns.topLevelKeys.contains(key) else { return nil }
    return isWord(at: end) ? nil : end
  }

  /// The end of `datetime.datetime(…)`, any character standing for the dot, on one line.
  private mutating func dateCall(at start: Int) -> Int? {
    guard start >= dateCallFails, has("datetime", at: start), start + 8 < bytes.count,
      bytes[start + 8] != 0x0A
    else {
      return nil
    }
    let open = start + 8 + Self.length(bytes[start + 8])
    guard has("datetime(", at: open) else { return nil }
    var end = open + 9
    while end < bytes.count, bytes[end] != 0x0A {
      if bytes[end] == UInt8(ascii: ")") { return end + 1 }
      end += 1
    }
    dateCallFails = end
    return nil
  }

  private func has(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { text in
      for index in 0..<text.count where unsafe bytes[start + index] != text[index] { return false }
      return true
    }
  }
}

// MARK: - Characters

extension MessageScanner {
  private static func length(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// The character that starts at `start`; nil at the end and inside a character.
  private func scalar(at start: Int) -> Unicode.Scalar? {
    guard start < bytes.count else { return nil }
    let lead = bytes[start]
    if lead < 0x80 { return Unicode.Scalar(lead) }
    let length = Self.length(lead)
    guard lead >= 0xC0, start + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for index in 1..<length { value = value << 6 | UInt32(bytes[start + index] & 0x3F) }
    return Unicode.Scalar(value)
  }

  private func scalar(before end: Int) -> Unicode.Scalar? {
    var start = end - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? nil : scalar(at: start)
  }

  private func isWord(before end: Int) -> Bool {
    guard end > 0 else { return false }
    let byte = bytes[end - 1]
    return byte < 0x80
      ? kinds[Int(byte)].contains(.word) : scalar(before: end).map(MessageByte.isWord) ?? false
  }

  private func isWord(at start: Int) -> Bool {
    guard start < bytes.count else { return false }
    let byte = bytes[start]
    return byte < 0x80 ? kinds[Int(byte)].contains(.word) : scalar(at: start).map(MessageByte.isWord) ?? false
  }

  private func isDigit(before end: Int) -> Bool {
    let byte = bytes[end - 1]
    if byte < 0x80 { return kinds[Int(byte)].contains(.digit) }
    return scalar(before: end).map(MessageByte.isDigit) ?? false
  }

  /// Whether a digit of any script starts here; it may say yes too often.
  private func isNumeric(at start: Int) -> Bool {
    scalar(at: start)?.properties.numericType != nil
  }
}
