internal import CZstd

/// Owner of one zstd decompression stream (RFC 8878).
@safe struct ZstdDecoder: ~Copyable {
  private let stream: OpaquePointer
  /// How much is read at once: never the end of one block together with the start of the next. What the library
  /// finds damaged takes along all that was decompressed in the same call.
  private var next = Self.first
  /// The last call filled its output, and may have kept more back.
  private var isFull = false

  /// The largest window that is taken, as a power of two: 32 MiB. Level 19 needs 8 MiB; more than this would
  /// break the ceiling on memory.
  private static let windowLog: Int32 = 25

  /// Fewer bytes than any frame has: one that is there as a whole at its start is decompressed in one call.
  private static let first = 5
  /// Bytes of a block's header, which the library's hint adds to the block before it.
  private static let blockHeader = 3

  /// Fails only when there is no memory.
  init?() {
    guard let stream = unsafe ZSTD_createDCtx() else { return nil }
    unsafe self.stream = stream
    unsafe ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLog)
  }

  deinit { unsafe ZSTD_freeDCtx(stream) }

  /// Makes ready for another frame.
  mutating func restart() {
    unsafe ZSTD_DCtx_reset(stream, ZSTD_reset_session_only)
    next = Self.first
    isFull = false
  }

  /// Decompresses as much of `input` as fits into `output`.
  mutating func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    -> DecodedStep
  {
    let most = isFull ? 0 : min(input.count, next)
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: most, pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let left = unsafe ZSTD_decompressStream(stream, &target, &source)
    next = left > Self.blockHeader ? left - Self.blockHeader : left
    isFull = unsafe target.pos == output.count
    return unsafe DecodedStep(consumed: source.pos, produced: target.pos, state: Self.state(left))
  }

  private static func state(_ left: Int) -> DecodedStep.State {
    if ZSTD_isError(left) == 0 { return left == 0 ? .ended : .goesOn }
    let isWindow = ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge
    return isWindow ? .windowTooLarge : .damaged
  }
}
