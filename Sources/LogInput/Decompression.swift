internal import TraceBytes

/// Reads the decompressed bytes of gzip members and zstd frames, one after the other, as they come.
///
/// Everything before damage is given out first; the damage is thrown when it is all that is left.
struct Decompression: ~Copyable {
  private var gzip: GzipDecoder?
  private var zstd: ZstdDecoder?
  /// The format of the member at hand.
  private var format = InputForm.Compression.gzip
  private var isInsideMember = false
  /// The last step filled its output, and its decoder may have kept more back.
  private var isFull = false
  private var problem: InputError?

  private let input = ReadBuffer(capacity: 256 << 10)
  private var used = 0  // input[used..<filled] is still to be decompressed
  private var filled = 0
  private var place: UInt64 = 0  // compressed bytes before `used`
  private var memberPlace: UInt64 = 0  // and before the member at hand

  /// Whether compressed bytes are there already.
  var hasInput: Bool { used < filled }

  /// Fills `output` with some decompressed bytes; 0 at the end.
  mutating func read(
    into output: UnsafeMutableRawBufferPointer, from source: inout RawInput, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    if let problem { throw problem }
    while true {
      if !isInsideMember {
        guard try nextMember(&source, isStopped) else { return 0 }
      } else if used == filled, !isFull, try refill(&source, isStopped) == 0 {
        if isStopped() { return 0 }
        throw error(.truncated, source.path)
      }
      let step = unsafe decode(output)
      used += step.consumed
      place += UInt64(step.consumed)
      isFull = step.produced == output.count
      switch step.state {
      case .goesOn: break
      case .ended: isInsideMember = false
      case .damaged: problem = error(.damaged, source.path)
      case .windowTooLarge:
        // How much of its header was read by then depends on the pieces it came in.
        problem = error(.window, source.path)
        problem?.offset = memberPlace
      }
      if step.produced > 0 { return step.produced }
      if let problem { throw problem }
    }
  }

  /// Finds the start of the next member; false at the end of the input.
  private mutating func nextMember(_ source: inout RawInput, _ isStopped: () -> Bool) throws(InputError)
    -> Bool
  {
    while filled - used < 4, try refill(&source, isStopped) > 0 {}
    // Tapes pad with zeros.
    while format == .gzip, place > 0, try hasByte(&source, isStopped), input[used] == 0 {
      used += 1
      place += 1
    }
    while filled - used < 4, try refill(&source, isStopped) > 0 {}
    guard used < filled else { return false }
    guard let next = InputForm.Compression(magic: input.copy(used..<min(filled, used + 4)).span) else {
      throw error(place == 0 ? .damaged : .trailing, source.path)
    }
    format = next
    memberPlace = place
    isInsideMember = true
    try begin(source.path)
    return true
  }

  private mutating func begin(_ path: String) throws(InputError) {
    switch format {
    case .gzip:
      if gzip == nil { gzip = GzipDecoder() } else { gzip?.restart() }
      if gzip == nil { throw error(.memory, path) }
    case .zstd:
      if zstd == nil { zstd = ZstdDecoder() } else { zstd?.restart() }
      if zstd == nil { throw error(.memory, path) }
    }
  }

  private mutating func decode(_ output: UnsafeMutableRawBufferPointer) -> DecodedStep {
    let rest = unsafe input.bytes(used..<filled)
    let step =
      switch format {
      case .gzip: unsafe gzip?.decode(rest, into: output)
      case .zstd: unsafe zstd?.decode(rest, into: output)
      }
    return step ?? DecodedStep(consumed: 0, produced: 0, state: .damaged)
  }

  private mutating func hasByte(_ source: inout RawInput, _ isStopped: () -> Bool) throws(InputError) -> Bool
  {
    if used < filled { return true }
    return try refill(&source, isStopped) > 0
  }

  /// Moves what is left to the front and reads more behind it; 0 at the end.
  private mutating func refill(_ source: inout RawInput, _ isStopped: () -> Bool) throws(InputError) -> Int {
    input.moveToFront(used..<filled)
    filled -= used
    used = 0
    let count = unsafe try source.read(into: input.room(filled..<input.capacity), isStopped: isStopped)
    filled += count
    return count
  }

  private func error(_ kind: InputError.Kind, _ path: String) -> InputError {
    var error = InputError(kind: kind, path: path, code: 0)
    error.offset = place
    error.format = format == .gzip ? "gzip" : "zstd"
    return error
  }
}
