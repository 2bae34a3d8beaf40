/// Owner of a buffer of fixed size that readers fill and hand on. One thread at a time uses it.
@safe public final class ReadBuffer: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  /// Bytes of the buffer.
  public let capacity: Int

  public init(capacity: Int) {
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    self.capacity = capacity
  }

  deinit { unsafe base.deallocate() }

  /// The bytes of `range`, as memory to write to. Valid as long as the buffer lives.
  public func room(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// The bytes of `range`, as memory to read. Valid as long as the buffer lives.
  public func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(room(range))
  }

  public subscript(index: Int) -> UInt8 { unsafe base.load(fromByteOffset: index, as: UInt8.self) }

  /// Moves the bytes of `range` to the front.
  public func moveToFront(_ range: Range<Int>) {
    unsafe base.copyMemory(from: base + range.lowerBound, byteCount: range.count)
  }

  /// A copy of the bytes of `range`.
  public func copy(_ range: Range<Int>) -> [UInt8] { unsafe [UInt8](bytes(range)) }
}
