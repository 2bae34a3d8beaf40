internal import TraceBytes

/// The text of a time, kept where it stands: most records show one, and none of them needs a string for it.
public struct TimestampText: Sendable, Equatable {
  /// The most bytes that it holds; RFC 3339 with nanoseconds and a zone has 35.
  public static let capacity = 40
  private var storage = InlineArray<40, UInt8>(repeating: 0)
  private var count = 0

  init() {}

  /// A copy of `text`, or nil where it is too long.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.capacity else { return nil }
    for byte in text.utf8 { append(byte) }
  }

  /// Its bytes; valid as long as the value is.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self) get {
      let span = storage.span.extracting(0..<count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The same as a string.
  public var string: String { bytes.text(0..<count) }

  public static func == (left: TimestampText, right: TimestampText) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left.storage[$0] == right.storage[$0] }
  }

  mutating func append(_ byte: UInt8) {
    guard count < Self.capacity else { return }
    storage[count] = byte
    count += 1
  }

  mutating func append(text: StaticString) {
    for byte in text.description.utf8 { append(byte) }
  }

  mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    let end = min(range.upperBound, range.lowerBound + Self.capacity - count)
    for index in range.lowerBound..<max(range.lowerBound, end) {
      storage[count] = text[index]
      count &+= 1
    }
  }
}
