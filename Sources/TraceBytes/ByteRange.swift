/// A half-open range of bytes of the text that is being scanned. 8 bytes; it never outlives its text.
public struct ByteRange: Sendable, Hashable {
  /// First byte, counted from the start of the text.
  public var start: UInt32
  /// One past the last byte.
  public var end: UInt32

  /// The range from `start` up to `end`, in bytes. Only the lower 32 bits are kept: texts are shorter than 4 GiB, as regions
  /// are bounded (`ParseLimits.regionBytes`).
  @inlinable public init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  /// The same range of a text that has `offset` more bytes before it.
  @inlinable public func moved(by offset: Int) -> ByteRange {
    ByteRange(Int(start) &+ offset, Int(end) &+ offset)
  }

  /// Length in bytes.
  @inlinable public var count: Int { Int(end) - Int(start) }
  /// Whether it has no byte.
  @inlinable public var isEmpty: Bool { end <= start }
  /// The same bytes as a range of `Int`, for subscripts.
  @inlinable public var range: Range<Int> { Int(start)..<Int(end) }
}
