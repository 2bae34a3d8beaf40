internal import TraceBytes

/// What of a prefix differs from line to line: times, counts, the names of days.
extension LinePrefix {
  /// - Parameter isCounted: its last number is that of a line.
  static func shape(of bytes: Span<UInt8>, level: Range<Int>?, isCounted: Bool) -> [UInt16] {
    var shape: [UInt16] = []
    var at = 0
    while at < bytes.count {
      if let level, at == level.lowerBound {
        shape.append(anyLevel)
        at = level.upperBound
      } else if let (mark, end) = word(bytes, at, behind: shape) {
        shape.append(mark)
        at = end
      } else if isDigit(bytes[at]), at == 0 || !joins(bytes[at - 1]) {
        let end = chainEnd(bytes, at)
        appendNumbers(bytes, at..<end, isCounted: isCounted, to: &shape)
        at = end
      } else {
        shape.append(UInt16(bytes[at]))
        at += 1
      }
    }
    return shape
  }

  /// The mark of a time that is no number, and where it ends.
  static func word(_ bytes: Span<UInt8>, _ at: Int, behind shape: [UInt16]) -> (UInt16, end: Int)? {
    if let end = labelEnd(bytes, at, bytes.count) { return (label, end) }
    if let end = DateName.end(bytes, at, bytes.count), isInDate(bytes, at, end) { return (dateName, end) }
    guard shape.last == 0x20, let time = shape.dropLast().last, time == digits || time == fraction else {
      return nil
    }
    return halfEnd(bytes, at, bytes.count).map { (half, $0) }
  }

  static func appendNumbers(
    _ bytes: Span<UInt8>, _ range: Range<Int>, isCounted: Bool, to shape: inout [UInt16]
  ) {
    let (at, end) = (range.lowerBound, range.upperBound)
    let isCount =
      isCounted && end >= bytes.count - 1 || at == 0 && isOctetCount(bytes, end)
      || at == 1 && isRecordNumber(bytes, end)
    let isDay = range.count <= 2 && shape.last == 0x20 && shape.last { $0 != 0x20 } == dateName
    guard isCount || isDay || isMeasure(bytes, range) || isTime(bytes, range) else {
      for index in range { shape.append(UInt16(bytes[index])) }
      return
    }
    while let last = shape.last, last == 0x20 { shape.removeLast() }
    if at > 0, bytes[at - 1] == 0x20 { shape.append(blanks) }
    appendTime(bytes, range, to: &shape)
  }

  /// Behind `@` and 24 hexadecimal digits, 16 for the seconds and 8 for the nanoseconds.
  static func labelEnd(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    let end = start + 25
    guard end <= limit, bytes[start] == UInt8(ascii: "@"), bytes[start + 1] == UInt8(ascii: "4"),
      start == 0 || !isWord(bytes[start - 1]),
      (start + 1..<end).allSatisfy({ isDigit(bytes[$0]) || (0x61...0x66).contains(bytes[$0]) }),
      end == limit || !isWord(bytes[end])
    else { return nil }
    return end
  }

  /// Whether a number or another such name stands beside a day's or a month's name.
  static func isInDate(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    if start > 1, " -/".utf8.contains(bytes[start - 1]), isDigit(bytes[start - 2]) { return true }
    var at = end
    while at < bytes.count, " -/,".utf8.contains(bytes[at]) { at += 1 }
    return at < bytes.count && (isDigit(bytes[at]) || DateName.end(bytes, at, bytes.count) != nil)
  }

  static func halfEnd(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    let halves: [StaticString] = ["AM", "PM", "am", "pm"]
    guard halves.contains(where: { text.has($0, at: start, before: limit) }) else { return nil }
    return start + 2 == limit || !isWord(text[start + 2]) ? start + 2 : nil
  }

  /// Whether a number is a share, `98%`, or a time since the start or the line above, `9.9s` or `3ms`.
  static func isMeasure(_ bytes: Span<UInt8>, _ number: Range<Int>) -> Bool {
    let end = number.upperBound
    guard end < bytes.count else { return false }
    let isShort = bytes.firstOffset(of: "ms", in: end..<min(end + 2, bytes.count)) == end
    if isShort, end + 2 == bytes.count || !isWord(bytes[end + 2]) { return true }
    return bytes[end] == UInt8(ascii: "%")
      || bytes[end] == UInt8(ascii: "s") && (end + 1 == bytes.count || !isWord(bytes[end + 1]))
        && bytes.firstOffset(of: UInt8(ascii: "."), in: number) != nil
  }

  /// Whether a syslog's line begins behind the number of its bytes (RFC 6587, section 3.4.1).
  static func isOctetCount(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
    end + 2 < bytes.count && bytes[end] == 0x20 && bytes[end + 1] == UInt8(ascii: "<")
      && isDigit(bytes[end + 2])
  }

  /// Whether fluent-bit's number of a record ends here: `[0] tag: [[1700000000.123456789, {}], ` and, before version 2.1,
  /// `[0] tag: [1700000000.123456789, `.
  static func isRecordNumber(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
    bytes[0] == UInt8(ascii: "[") && bytes.count > 20 && bytes[bytes.count - 1] == UInt8(ascii: ",")
      && bytes.firstOffset(of: "] ", in: end..<min(end + 2, bytes.count)) == end
      && bytes.firstOffset(of: ": [", in: end..<bytes.count) != nil
  }

  /// A byte that makes the digits behind it part of a name.
  static func joins(_ byte: UInt8) -> Bool {
    isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// The end of digit runs with single separators between them.
  static func chainEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < bytes.count {
      if isDigit(bytes[at]) {
        at += 1
      } else if at + 1 < bytes.count, isDigit(bytes[at + 1]), isSeparator(bytes[at]) {
        at += 2
      } else {
        break
      }
    }
    return at
  }

  static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ","),
      UInt8(ascii: "T"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// A clock, a date, a fraction of seconds or a long counter; neither an address nor a version.
  static func isTime(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if bytes.firstOffset(of: UInt8(ascii: ":"), in: range) != nil { return true }
    let lengths = runLengths(bytes, range)
    switch lengths.count {
    case 1: return lengths[0] >= 10
    case 2:
      let isFraction = bytes[range.lowerBound + lengths[0]] == UInt8(ascii: ".") && lengths[1] >= 3
      return isFraction || lengths == [2, 2]
    case 3: return lengths.allSatisfy { $0 == 2 || $0 == 4 } && lengths.filter { $0 == 4 }.count <= 1
    default: return bytes.firstOffset(of: UInt8(ascii: "T"), in: range) != nil
    }
  }

  static func runLengths(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Int] {
    var lengths = [0]
    for index in range {
      if isDigit(bytes[index]) { lengths[lengths.count - 1] += 1 } else { lengths.append(0) }
    }
    return lengths
  }

  static func appendTime(_ bytes: Span<UInt8>, _ range: Range<Int>, to shape: inout [UInt16]) {
    let clock = clockEnd(bytes, range)
    var at = range.lowerBound
    while at < range.upperBound {
      if at == clock {
        shape.append(fraction)
        at = fractionEnd(bytes, at, range.upperBound)
        if at == range.upperBound { return }
      }
      if !isDigit(bytes[at]) {
        shape.append(UInt16(bytes[at]))
      } else if shape.last != digits {
        shape.append(digits)
      }
      at += 1
    }
    if clock == range.upperBound { shape.append(fraction) }
  }

  /// Behind the seconds of a clock, or nil where there is none.
  static func clockEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let clock: StaticString = "00:00:00"
    let length = clock.utf8CodeUnitCount
    guard range.count >= length else { return nil }
    return (range.lowerBound...range.upperBound - length).first { start in
      (0..<length).allSatisfy { offset in
        offset % 3 == 2 ? bytes[start + offset] == UInt8(ascii: ":") : isDigit(bytes[start + offset])
      }
        && (start + length == range.upperBound
          || !isDigit(bytes[start + length]) && bytes[start + length] != UInt8(ascii: ":"))
    }.map { $0 + length }
  }

  static let levels: [StaticString] = [
    "TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "SEVERE", "CRITICAL", "NOTICE", "AUDIT",
    "error", "warn", "warning", "info", "debug", "fatal", "critical",
  ]

  /// The level that a prefix names as a word of its own.
  static func level(in bytes: Span<UInt8>) -> Range<Int>? {
    for level in levels {
      let length = level.utf8CodeUnitCount
      guard let at = bytes.firstOffset(of: level, in: 0..<bytes.count) else { continue }
      let isStart = at == 0 || !isWord(bytes[at - 1])
      if isStart, at + length == bytes.count || !isWord(bytes[at + length]) { return at..<at + length }
    }
    return nil
  }
}
