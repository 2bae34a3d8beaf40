internal import Glibc
internal import TraceBytes

/// Owner of one reusable read buffer: a window that slides over the input.
///
/// `bytes` is the window. What lies before it has been given back with `discard`; what lies behind it has
/// not been read. Lines longer than `longLine` are kept to that length and the rest is passed over, so
/// the window stays bounded on any input.
@safe public struct Block: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled = 0  // bytes [0, filled) are input; the rest is free
  private var origin: UInt64  // input offset of byte 0
  private var lineStart = 0  // first byte of the last line, which may still grow; < 0 when given back
  private var isSkipping = false  // inside the part of a long line that is passed over
  private var gaps: [(at: Int, skipped: UInt64)] = []  // where bytes were passed over, ascending
  /// The longest line that is kept, in bytes.
  public let longLine: Int
  /// How many lines were longer than that.
  public private(set) var longLines = 0
  /// Whether the input has ended.
  public private(set) var isAtEnd = false

  /// - Parameters:
  ///   - capacity: bytes to start with; the buffer grows when a region needs more.
  ///   - origin: input offset of the first byte that will be read.
  public init(capacity: Int = 1 << 20, origin: UInt64 = 0, longLine: Int = 8 << 20) {
    unsafe base = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    self.capacity = capacity
    self.origin = origin
    self.longLine = longLine
  }

  deinit { unsafe base.deallocate() }

  /// The window. It is valid until the block is changed.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeStart: base, count: filled)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// How many bytes the window has.
  public var count: Int { filled }

  /// The input offset of the window's byte `index`.
  public func offset(of index: Int) -> UInt64 {
    var offset = origin &+ UInt64(index)
    for gap in gaps where index >= gap.at { offset &+= gap.skipped }
    return offset
  }

  /// The window's first byte that stands at `offset` of the input or behind it; `count` when none does.
  public func index(of offset: UInt64) -> Int {
    guard offset > origin else { return 0 }
    var rest = offset - origin
    for gap in gaps where rest > UInt64(gap.at) {
      if rest <= UInt64(gap.at) &+ gap.skipped { return gap.at }
      rest -= gap.skipped
    }
    return rest < UInt64(filled) ? Int(rest) : filled
  }

  /// Empties the window and starts over at `origin`; the storage stays.
  public mutating func reset(origin: UInt64) {
    filled = 0
    self.origin = origin
    lineStart = 0
    isSkipping = false
    gaps.removeAll(keepingCapacity: true)
    isAtEnd = false
  }

  /// Gives back the first `count` bytes of the window.
  /// - Complexity: O(bytes kept).
  public mutating func discard(_ count: Int) {
    guard count > 0 else { return }
    // A gap at the cut stays: it may still be growing.
    for gap in gaps where gap.at < count { origin &+= gap.skipped }
    origin &+= UInt64(count)
    gaps = gaps.filter { $0.at >= count }.map { ($0.at - count, $0.skipped) }
    filled -= count
    lineStart -= count
    unsafe base.update(from: base + count, count: filled)
  }

  /// Takes the window for the end of the input.
  public mutating func end() { isAtEnd = true }

  /// Reads once and appends what came; at the input's end `isAtEnd` is set.
  /// - Parameters:
  ///   - most: bytes to ask for.
  ///   - isStopped: asked when a signal interrupts the wait; true ends the input here.
  /// - Throws: `InputError.read` with the system's error number.
  public mutating func fill(
    from source: borrowing ByteSource, most: Int, isStopped: () -> Bool = { false }
  ) throws(InputError) {
    reserve(most)
    let room = unsafe UnsafeMutableRawBufferPointer(start: base + filled, count: capacity - filled)
    let count = unsafe try source.read(
      into: UnsafeMutableRawBufferPointer(rebasing: room[..<min(most, room.count)]), at: readOffset,
      isStopped: isStopped)
    guard count > 0 else {
      isAtEnd = true
      return
    }
    append(count)
  }

  /// Where the next byte stands in the input.
  private var readOffset: UInt64 { gaps.reduce(origin &+ UInt64(filled)) { $0 &+ $1.skipped } }

  /// Takes over `count` bytes that were read behind the window, but for the rest of long lines.
  private mutating func append(_ count: Int) {
    guard isSkipping || filled + count - lineStart > longLine else {
      let end = filled + count
      let incoming = unsafe Span(_unsafeStart: base, count: end)
      if let newline = incoming.lastOffset(of: 0x0A, in: filled..<end) { lineStart = newline + 1 }
      filled = end
      return
    }
    var from = filled
    let end = filled + count
    while from < end { from = isSkipping ? pass(from, end) : keep(from, end) }
  }

  /// Moves one line, or what is kept of it, down to the window's end; returns where to go on.
  private mutating func keep(_ from: Int, _ end: Int) -> Int {
    let newline = unsafe Span(_unsafeStart: base, count: end).firstOffset(of: 0x0A, in: from..<end)
    let room = longLine - (filled - lineStart)
    let length = (newline ?? end) - from
    let taken = min(length, room) + (newline != nil && length <= room ? 1 : 0)
    unsafe (base + filled).update(from: base + from, count: taken)
    filled += taken
    if length > room {
      isSkipping = true
      longLines += 1
      gaps.append((filled, 0))
    } else if newline != nil {
      lineStart = filled
    }
    return from + taken
  }

  /// Passes over the rest of a long line, up to its line end.
  private mutating func pass(_ from: Int, _ end: Int) -> Int {
    let newline = unsafe Span(_unsafeStart: base, count: end).firstOffset(of: 0x0A, in: from..<end)
    gaps[gaps.count - 1].skipped &+= UInt64((newline ?? end) - from)
    guard let newline else { return end }
    isSkipping = false
    unsafe base[filled] = 0x0A
    filled += 1
    lineStart = filled
    return newline + 1
  }

  private mutating func reserve(_ count: Int) {
    guard capacity - filled < count else { return }
    let larger = max(capacity * 2, filled + count)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe moved.update(from: base, count: filled)
    unsafe base.deallocate()
    unsafe base = moved
    capacity = larger
  }
}
