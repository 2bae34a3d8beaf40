internal import TraceBytes

/// What a logger or collector puts before the text of every line, learned from one line.
///
/// Times are generalised: they differ from line to line. Everything else is literal, so that a prefix tells
/// one stream (container, process, thread) from another. No list of formats is behind it.
public struct LinePrefix: Sendable, Equatable {
  /// The prefix as it was learned, without blanks at its end.
  public let bytes: [UInt8]
  /// The same with every digit run of a time as one `Self.digits`, and blanks before one as `Self.blanks`.
  var shape: [UInt16]
  /// How many blanks behind the prefix are its own: one, or all that stand before a tab.
  private var ownBlanks: Int
  private var isWidened = false
  /// Whether a tab behind the prefix is its own: `cat -n` puts it behind a line's number.
  private let takesTab: Bool
  /// Whether the prefix ends with a letter or digit, and not with a colour.
  private let endsWord: Bool
  /// Whether the prefix names a level: then it belongs to one event, not to a stream.
  public let hasLevel: Bool

  /// Where in the shape a number stands that counts lines.
  private var counter: Int?

  /// Where a level stands that changes from an event's first line to the others: oslo writes these at TRACE.
  private let changingLevel: Range<Int>?

  static let digits: UInt16 = 0x100
  static let blanks: UInt16 = 0x101
  static let anyLevel: UInt16 = 0x102
  /// A time as daemontools, runit and s6 write it: `@` and the digits of TAI64N.
  static let label: UInt16 = 0x103
  /// The fraction of a clock's seconds, which some writers leave out where it is 0.
  static let fraction: UInt16 = 0x104
  /// A word of hexadecimal digits that names one line.
  static let id: UInt16 = 0x105
  /// A colon or a hyphen: `grep -A` writes colons around the number of a line that it looked for, and hyphens around those of
  /// the others.
  static let mark: UInt16 = 0x106
  /// The name of a day or a month.
  static let dateName: UInt16 = 0x107
  /// `AM` or `PM` behind a clock.
  static let half: UInt16 = 0x108

  /// Whether a sign of the shape is none of a text's bytes.
  static func isMark(_ sign: UInt16) -> Bool { sign >= digits }

  /// Learns from the bytes of `range`, which end where the text starts.
  public init(_ text: Span<UInt8>, _ range: Range<Int>) {
    let start = Self.behindMark(text, range.lowerBound, range.upperBound)
    var end = text.endWithoutBlanks(of: start..<range.upperBound)
    if text.ends(start..<end, with: "\u{FEFF}") { end = text.endWithoutBlanks(of: start..<end - 3) }
    let learned = text.bytes(start..<end)
    bytes = learned
    ownBlanks = Self.ownBlanks(text, end)
    let isNumbered = Self.isNumbered(learned.span)
    takesTab = isNumbered && end < text.count && text[end] == 0x09
    endsWord = learned.last.map(isWord) == true && !Self.endsWithColour(learned.span)
    let level = Self.level(in: learned.span)
    changingLevel = level.flatMap { Self.isChanging(learned.span, $0) ? $0 : nil }
    shape = Self.shape(
      of: learned.span, level: changingLevel,
      isCounted: takesTab || ownBlanks == 0 && Self.endsWithNumber(learned.span))
    hasLevel = level != nil
    if ownBlanks == 0, let name = Self.nameBeforeNumber(learned.span) {
      shape = learned[..<name].map { UInt16($0) } + (name > 0 ? [Self.mark] : []) + [Self.digits, Self.mark]
    }
  }

  /// Where the file's name ends before a line's number in the output of `grep`.
  private static func nameBeforeNumber(_ bytes: Span<UInt8>) -> Int? {
    let marks = ":-".utf8
    guard bytes.count > 1, marks.contains(bytes[bytes.count - 1]) else { return nil }
    var at = bytes.count - 1
    while at > 0, isDigit(bytes[at - 1]) { at -= 1 }
    guard at < bytes.count - 1 else { return nil }
    if at == 0 { return 0 }
    let name = 0..<at - 1
    let isFile = name.contains { bytes[$0] == UInt8(ascii: ".") || bytes[$0] == UInt8(ascii: "/") }
    return bytes[at - 1] == bytes[bytes.count - 1] && isFile
      && !name.contains { isBlank(bytes[$0]) || bytes[$0] == UInt8(ascii: ":") }
      && marks.contains(bytes[at - 1])
      ? at - 1 : nil
  }

  /// The levels of one event's lines in oslo's log.
  private static let changingLevels: [StaticString] = ["TRACE", "ERROR", "CRITICAL", "WARNING"]

  /// Whether a level is one of oslo's: the number of the process stands before it, behind the time.
  private static func isChanging(_ bytes: Span<UInt8>, _ level: Range<Int>) -> Bool {
    guard level.lowerBound > 2, bytes[level.lowerBound - 1] == 0x20,
      levelEnd(bytes, level.lowerBound, bytes.count) != nil
    else { return false }
    var at = level.lowerBound - 1
    while at > 0, isDigit(bytes[at - 1]) { at -= 1 }
    let count = level.lowerBound - 1 - at
    return count > 0 && count < 8 && at > 1 && bytes[at - 1] == 0x20 && isDigit(bytes[at - 2])
  }

  /// Behind the level at `at`, if it is one of an event in oslo's log.
  static func levelEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    for level in changingLevels where text.has(level, at: at, before: end) {
      return at + level.utf8CodeUnitCount
    }
    return nil
  }

  /// Whether there is nothing but a number, perhaps behind blanks.
  private static func isNumbered(_ bytes: Span<UInt8>) -> Bool {
    guard let first = (0..<bytes.count).first(where: { !isBlank(bytes[$0]) }) else { return false }
    return (first..<bytes.count).allSatisfy { isDigit(bytes[$0]) }
  }

  /// Whether a number and a colon end it, as `grep -n` writes them: at the line's start, or behind a file's name.
  private static func endsWithNumber(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 1, bytes[bytes.count - 1] == UInt8(ascii: ":") else { return false }
    var at = bytes.count - 1
    while at > 0, isDigit(bytes[at - 1]) { at -= 1 }
    return at < bytes.count - 1 && (at == 0 || bytes[at - 1] == UInt8(ascii: ":"))
  }

  /// Whether a colour ends it, or what clears the rest of the line, as GitLab puts it before each.
  private static func endsWithColour(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 2,
      bytes[bytes.count - 1] == UInt8(ascii: "m") || bytes[bytes.count - 1] == UInt8(ascii: "K")
    else { return false }
    var at = bytes.count - 1
    while at > 1, isDigit(bytes[at - 1]) || bytes[at - 1] == UInt8(ascii: ";") { at -= 1 }
    return bytes[at - 1] == UInt8(ascii: "[") && at > 1 && bytes[at - 2] == 0x1B
  }

  /// Behind a byte order mark, which a file may begin with and RFC 5424 puts before the text.
  private static func behindMark(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    text.has("\u{FEFF}", at: at, before: end) ? at + 3 : at
  }

  /// Whether the blanks at `start` are those of the text: Python's two before a frame or a group's margin.
  private static func isIndent(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var at = start
    while at < text.count, text[at] == 0x20 { at += 1 }
    guard at - start == 2, at < text.count else { return false }
    return text.has("File \"", at: at, before: text.count) || text[at] == UInt8(ascii: "+")
      || text[at] == UInt8(ascii: "|")
  }

  private static func ownBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < text.count, at - start < mostBlanks, text[at] == 0x20 { at += 1 }
    if at < text.count, text[at] == 0x09 { return at - start }
    return at > start && !isIndent(text, start) ? 1 : 0
  }

  /// So many blanks may a prefix end with.
  private static let mostBlanks = 4

  /// Whether nothing stands before the text.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Names the stream: equal for all lines of one.
  public var key: UInt64 {
    var hash = KeyHash(seed: 1)
    for sign in shape { hash.combine(UInt64(sign)) }
    return hash.value
  }

  /// What stands between its times, which every line with this prefix has byte for byte.
  public var literals: [[UInt8]] {
    shape.split { Self.isMark($0) }.map { $0.map { UInt8(truncatingIfNeeded: $0) } }
  }

  /// Where the text of the line in `range` starts if the line has this prefix but for its times.
  /// - Complexity: O(prefix).
  public func match(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var id: Range<Int>?
    return match(text, range, &id)
  }

  func match(_ text: Span<UInt8>, _ range: Range<Int>, _ id: inout Range<Int>?) -> Int? {
    let end = range.upperBound
    var at = Self.behindMark(text, range.lowerBound, end)
    for sign in shape {
      if !Self.isMark(sign) {
        guard at < end, UInt16(text[at]) == sign else { return nil }
        at += 1
        continue
      }
      guard let behind = Self.end(of: sign, text, at, end) else { return nil }
      if sign == Self.id, id == nil { id = at..<behind }
      at = behind
    }
    return textStart(text, at, end)
  }

  /// Behind what a mark stands for; nil where a text does not have it.
  private static func end(of mark: UInt16, _ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    switch mark {
    case digits: runEnd(text, at, end, isDigit)
    case blanks: runEnd(text, at, end) { $0 == 0x20 }
    case fraction: fractionEnd(text, at, end)
    case dateName: DateName.end(text, at, end)
    case half: halfEnd(text, at, end)
    case id: idEnd(text, at, end) ?? numberEnd(text, at, end)
    case anyLevel: levelEnd(text, at, end)
    case label: labelEnd(text, at, end)
    default: at < end && ":-".utf8.contains(text[at]) ? at + 1 : nil
    }
  }

  private static func runEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ isPart: (UInt8) -> Bool) -> Int?
  {
    var at = start
    while at < end, isPart(text[at]) { at += 1 }
    return at > start ? at : nil
  }

  /// Where the text starts if the line has this prefix byte for byte, but for a level that changes within an event.
  public func matchExactly(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var at = Self.behindMark(text, range.lowerBound, range.upperBound)
    var index = 0
    while index < bytes.count {
      if let level = changingLevel, index == level.lowerBound {
        guard let behind = Self.levelEnd(text, at, range.upperBound) else { return nil }
        (index, at) = (level.upperBound, behind)
        continue
      }
      guard at < range.upperBound, text[at] == bytes[index] else { return nil }
      index += 1
      at += 1
    }
    return textStart(text, at, range.upperBound)
  }

  /// Behind a point or comma and the digits of a fraction, or where one could stand.
  static func fractionEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start + 1 < end, text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: ","),
      isDigit(text[start + 1])
    else { return start }
    var at = start + 1
    while at < end, isDigit(text[at]) { at += 1 }
    return at
  }

  /// A prefix that ends with a letter or digit must be followed by a blank or nothing.
  private func textStart(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    guard at < end else { return at }
    var blanks = 0
    while blanks < ownBlanks, at + blanks < end, text[at + blanks] == 0x20 { blanks += 1 }
    let behind = Self.behindMark(text, at + blanks, end)
    if behind > at + blanks || text[at] == 0x20 { return behind }
    if text[at] == 0x09, takesTab { return at + 1 }
    if endsWord, text[at] != 0x09 { return nil }
    return at
  }

  /// The same with more blanks behind it, as the line tells on which a text without blanks of its own starts at `start`.
  public func widened(_ text: Span<UInt8>, _ line: Range<Int>, to start: Int) -> LinePrefix {
    guard let behind = match(text, line), behind < start,
      (behind..<start).allSatisfy({ text[$0] == 0x20 }), ownBlanks + start - behind <= Self.mostBlanks
    else { return self }
    var prefix = self
    prefix.ownBlanks += start - behind
    prefix.isWidened = true
    return prefix
  }

  /// Whether a line has the prefix but not all of the blanks that the text's first line has behind it.
  public func isShort(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard isWidened, start < end else { return false }
    var blanks = 0
    while blanks < ownBlanks, text[start - 1 - blanks] == 0x20 { blanks += 1 }
    return blanks < ownBlanks
  }

  /// The same with a number that counts lines as one of its times, learned from the line above or below it, whose number is
  /// one less or one more; nil where nothing else tells the two apart.
  public func counting(_ text: Span<UInt8>, besides range: Range<Int>) -> LinePrefix? {
    var at = Self.behindMark(text, range.lowerBound, range.upperBound)
    var index = 0
    while index < shape.count, at < range.upperBound {
      if !Self.isMark(shape[index]), shape[index] != UInt16(text[at]) {
        return counting(at: index, text, at..<range.upperBound).flatMap {
          $0.match(text, range) == nil ? nil : $0
        }
      }
      let isRun = shape[index] == Self.digits || shape[index] == Self.blanks
      if isRun {
        let first = at
        while at < range.upperBound, shape[index] == Self.digits ? isDigit(text[at]) : text[at] == 0x20 {
          at += 1
        }
        guard at > first else { return nil }
      } else if shape[index] == Self.fraction {
        at = Self.fractionEnd(text, at, range.upperBound)
      } else if shape[index] == Self.dateName {
        guard let behind = DateName.end(text, at, range.upperBound) else { return nil }
        at = behind
      } else if shape[index] != Self.mark, Self.isMark(shape[index]) {
        return nil
      } else {
        at += 1
      }
      index += 1
    }
    return nil
  }

  /// The same with the number around `index` as a time, if the one of the text at the same place is one less or more.
  private func counting(at index: Int, _ text: Span<UInt8>, _ rest: Range<Int>) -> LinePrefix? {
    var first = index
    let signs = shape.map { Self.isMark($0) ? 0 : UInt8($0) }
    while first > 0, isDigit(signs[first - 1]) { first -= 1 }
    let start = rest.lowerBound - (index - first)
    guard let own = Self.number(signs.span, first, signs.count),
      let other = Self.number(text, start, rest.upperBound), abs(own.value - other.value) == 1
    else { return nil }
    var blanks = first
    while blanks > 0, shape[blanks - 1] == 0x20 { blanks -= 1 }
    var prefix = self
    let number = first - blanks > 1 ? [Self.blanks, Self.digits] : [Self.digits]
    prefix.shape.replaceSubrange((first - blanks > 1 ? blanks : first)..<own.end, with: number)
    prefix.counter = blanks
    return prefix
  }

  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (value: Int, end: Int)? {
    var at = start
    var value = 0
    while at < end, isDigit(bytes[at]), at - start < 18 {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    return at > start ? (value, at) : nil
  }

  /// What the prefix names, if it names anything: the words behind the time and before a number that counts, or those before
  /// the time.
  public var name: String? {
    guard !hasLevel else { return nil }
    let end = counter ?? shape.count
    let last = shape[..<end].lastIndex(of: Self.digits)
    let behind = last.map { words(in: ($0 + 1)..<end) } ?? words(in: 0..<end)
    if let behind { return behind }
    return shape.firstIndex(of: Self.digits).flatMap { words(in: 0..<$0) }
  }

  /// The words of a part of the shape, without brackets and bars at its edges; nil where it has none.
  private func words(in range: Range<Int>) -> String? {
    var words = shape[range].compactMap { Self.isMark($0) ? nil : UInt8($0) }
    if words.first == UInt8(ascii: "Z") { words.removeFirst() }
    while let last = words.last, !isWord(last) { words.removeLast() }
    while let first = words.first, !isWord(first) { words.removeFirst() }
    guard words.contains(where: isLetter) else { return nil }
    Self.close(&words, UInt8(ascii: "["), UInt8(ascii: "]"))
    Self.close(&words, UInt8(ascii: "("), UInt8(ascii: ")"))
    return String(decoding: words, as: UTF8.self)
  }

  /// Gives the last opening bracket its partner.
  private static func close(_ words: inout [UInt8], _ opening: UInt8, _ closing: UInt8) {
    if let start = words.lastIndex(of: opening), !words[start...].contains(closing) { words.append(closing) }
  }
}
