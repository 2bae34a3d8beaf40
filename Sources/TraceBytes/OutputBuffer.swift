/// Bytes on their way out: a growable array with the few ways of writing JSON that records need.
public struct OutputBuffer: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// How many bytes there are.
  @inlinable public var count: Int { bytes.count }

  /// Forgets everything and keeps the storage, but for that of an unusually large text.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: bytes.capacity <= Self.mostKept) }

  /// The most storage that is kept for the next text, in bytes.
  private static let mostKept = 4 << 20

  /// Makes room for so many bytes more at once. What is not written to takes no memory, while growing step by step
  /// takes up to three times the bytes.
  public mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  /// Forgets what was written behind `count`.
  public mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

  public mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends text as it is, without escaping.
  public mutating func append(_ text: StaticString) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes as they are.
  public mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends what `write` puts into room for `count` bytes.
  /// - Parameter write: gives back how many bytes it wrote; the room is valid during the call only.
  public mutating func append(
    addingCapacity count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int
  ) {
    bytes.append(addingCapacity: count) { room in
      unsafe room.withUnsafeMutableBufferPointer { buffer, written in unsafe written = write(buffer) }
    }
  }

  /// Appends text as it is, without escaping. It has a name of its own, so that literals are written as
  /// static bytes and never as strings.
  public mutating func appendText(_ string: String) { append(string.utf8Span.span, 0..<string.utf8.count) }

  /// Appends a decimal number.
  public mutating func append(_ number: UInt64) {
    guard number > 9 else { return bytes.append(UInt8(truncatingIfNeeded: number) &+ 0x30) }
    append(number / 10)
    bytes.append(UInt8(truncatingIfNeeded: number % 10) &+ 0x30)
  }

  /// Appends a decimal number.
  public mutating func append(_ number: Int) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    append(UInt64(number.magnitude))
  }

  /// Appends `"…"` with JSON's escapes. Bytes that are not UTF-8 become U+FFFD.
  /// - Returns: whether the bytes were UTF-8.
  @discardableResult
  public mutating func appendJSON(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    bytes.append(0x22)
    let isValid = appendEscaped(text, range)
    bytes.append(0x22)
    return isValid
  }

  /// Appends `"…"` with JSON's escapes.
  public mutating func appendJSON(_ string: String) {
    bytes.append(0x22)
    appendEscaped(string.utf8Span.span, 0..<string.utf8.count)
    bytes.append(0x22)
  }

  /// Appends the inside of a JSON string.
  public mutating func appendEscaped(_ string: String) {
    appendEscaped(string.utf8Span.span, 0..<string.utf8.count)
  }

  /// Appends the inside of a JSON string.
  /// - Complexity: O(`range.count`); runs of plain ASCII are copied at once.
  @discardableResult
  public mutating func appendEscaped(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var isValid = true
    var run = range.lowerBound
    var at = run
    while true {
      at = text.plainEnd(at..<range.upperBound)
      guard at < range.upperBound else { break }
      let byte = text[at]
      let isHighControl = byte == 0xC2 && at + 1 < range.upperBound && text[at + 1] & 0xE0 == 0x80
      if byte >= 0x80, !isHighControl, let length = UTF8Sequence.length(text, at, range.upperBound) {
        at += length
        continue
      }
      append(text, run..<at)
      if isHighControl {
        // U+0080–U+009F: a terminal may obey them as it obeys escape sequences.
        appendEscape(text[at + 1])
        at += 2
      } else if byte >= 0x80 {
        isValid = false
        append("\u{FFFD}")
        at += UTF8Sequence.brokenLength(text, at, range.upperBound)
      } else {
        appendEscape(byte)
        at += 1
      }
      run = at
    }
    append(text, run..<range.upperBound)
    return isValid
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      append("\\u00")
      bytes.append(Self.hexDigit(byte >> 4))
      bytes.append(Self.hexDigit(byte & 15))
    }
  }

  /// Turns the comma of the first member written at `position` into the brace that opens its object.
  /// Members can so be written alike, the first one included.
  public mutating func open(at position: Int) {
    if bytes[position] == UInt8(ascii: ",") { bytes[position] = UInt8(ascii: "{") }
  }

  /// Appends 16 lower-case hex digits.
  public mutating func appendHex(_ value: UInt64) {
    for shift in stride(from: 60, through: 0, by: -4) {
      bytes.append(Self.hexDigit(UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? value &+ 0x30 : value &+ 0x57 }
}

/// The shape of one UTF-8 sequence (Unicode, table 3-7).
enum UTF8Sequence {
  /// Bytes of the well-formed sequence at `at`, or nil.
  static func length(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    let first = text[at]
    let wanted: Int
    switch first {
    case 0xC2...0xDF: wanted = 2
    case 0xE0...0xEF: wanted = 3
    case 0xF0...0xF4: wanted = 4
    default: return nil
    }
    guard at + wanted <= end, secondByte(first).contains(text[at + 1]) else { return nil }
    for offset in 2..<max(2, wanted) where text[at + offset] & 0xC0 != 0x80 { return nil }
    return wanted
  }

  /// How many bytes one U+FFFD stands for: the longest start of a sequence, at least one byte.
  static func brokenLength(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    let first = text[at]
    guard first >= 0xE0, first <= 0xF4, at + 1 < end, secondByte(first).contains(text[at + 1]) else {
      return 1
    }
    guard first >= 0xF0, at + 2 < end, text[at + 2] & 0xC0 == 0x80 else { return 2 }
    return 3
  }

  private static func secondByte(_ first: UInt8) -> ClosedRange<UInt8> {
    switch first {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }
}
