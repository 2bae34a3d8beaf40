internal import CZlib

/// What one step of decompression came to.
struct DecodedStep {
  /// Bytes of the compressed input that were used up.
  var consumed: Int
  /// Bytes of output that were written.
  var produced: Int
  var state: State

  enum State {
    case goesOn
    /// The member or frame ended; another one may follow.
    case ended
    /// The compressed data is damaged here; what was produced before is good.
    case damaged
    /// The frame needs a larger window than is taken.
    case windowTooLarge
  }
}

/// Owner of one zlib stream that reads gzip members (RFC 1952).
@safe struct GzipDecoder: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// Fails only when there is no memory.
  init?() {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe czlib_begin_gzip(stream) == Z_OK else {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Makes ready for another member.
  mutating func restart() { unsafe inflateReset(stream) }

  /// Decompresses as much of `input` as fits into `output`.
  mutating func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    -> DecodedStep
  {
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
    let code = unsafe inflate(stream, Z_NO_FLUSH)
    let state: DecodedStep.State =
      switch code {
      case Z_STREAM_END: .ended
      // No progress was possible: more input or more room is wanted.
      case Z_OK, Z_BUF_ERROR: .goesOn
      default: .damaged
      }
    return unsafe DecodedStep(
      consumed: min(input.count, Int(UInt32.max)) - Int(stream.pointee.avail_in),
      produced: min(output.count, Int(UInt32.max)) - Int(stream.pointee.avail_out), state: state)
  }
}
