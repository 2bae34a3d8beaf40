internal import Glibc
internal import TraceBytes

/// A piece of a long line that the window leaves out.
public struct PassedOver: Sendable {
  /// The window offset of the line end that follows.
  public var at: Int
  /// The window offset of the line's start, or of what is left of it.
  public var lineStart: Int
  /// Which of the long lines it is, counted from 1 over all that the block has read.
  public var line: Int
  /// Whether the line ends behind it.
  public var isEnd: Bool
  public var bytes: [UInt8]
}

/// Owner of one reusable read buffer: a window that slides over the input.
///
/// `bytes` is the window. What lies before it has been given back with `discard`; what lies behind it has
/// not been read. Lines longer than `longLine` are kept to that length and the rest is passed over, so
/// the window stays bounded on any input.
@safe public struct Block: ~Copyable {
  private var memory = unsafe UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
  private let usual: Int  // bytes to begin with, and to come back to
  private var filled = 0  // bytes [0, filled) are input; the rest is free
  private var origin: UInt64  // input offset of byte 0
  private var lineStart = 0  // first byte of the last line, which may still grow; < 0 when given back
  private var isSkipping = false  // inside the part of a long line that is passed over
  private var gaps: [(at: Int, skipped: UInt64)] = []  // where bytes were passed over, ascending
  private var transcoded: TranscodedOffsets?  // for inputs that are not stored as UTF-8
  /// What `fill` passed over since that was last dropped.
  public private(set) var passedOver: [PassedOver] = []
  /// The longest line that is kept, in bytes.
  public let longLine: Int
  /// How many lines were longer than that.
  public private(set) var longLines = 0
  /// Whether the input has ended.
  public private(set) var isAtEnd = false

  /// - Parameters:
  ///   - capacity: bytes to start with, from the first read on; the buffer grows when a region needs more.
  ///   - origin: input offset of the first byte that will be read.
  public init(capacity: Int = 1 << 20, origin: UInt64 = 0, longLine: Int = 8 << 20) {
    usual = capacity
    self.origin = origin
    self.longLine = longLine
  }

  deinit { unsafe free(memory.baseAddress) }

  /// The window. It is valid until the block is changed.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: memory[..<filled]))
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// How many bytes the window has.
  public var count: Int { filled }

  /// The input offset of the window's byte `index`.
  /// - Complexity: O(1) but for long lines and inputs in other encodings than UTF-8.
  public func offset(of index: Int) -> UInt64 {
    let mark = transcoded?.mark(before: index) ?? (index: 0, offset: origin)
    var offset = mark.offset &+ sourceBytes(mark.index..<index)
    for gap in gaps where index >= gap.at && (gap.at > mark.index || mark.index == 0) {
      offset &+= gap.skipped
    }
    return offset
  }

  private func sourceBytes(_ range: Range<Int>) -> UInt64 {
    transcoded?.encoding.sourceBytes(bytes, range) ?? UInt64(range.count)
  }

  /// The window's first byte that stands at `offset` of the input or behind it; `count` when none does.
  public func index(of offset: UInt64) -> Int {
    guard offset > origin else { return 0 }
    if transcoded != nil { return transcodedIndex(of: offset) }
    var rest = offset - origin
    for gap in gaps where rest > UInt64(gap.at) {
      if rest <= UInt64(gap.at) &+ gap.skipped { return gap.at }
      rest -= gap.skipped
    }
    return rest < UInt64(filled) ? Int(rest) : filled
  }

  private func transcodedIndex(of offset: UInt64) -> Int {
    var low = 0
    var high = filled
    while low < high {
      let middle = (low + high) / 2
      if self.offset(of: middle) < offset { low = middle + 1 } else { high = middle }
    }
    // The other bytes of the character before it are counted with its first one.
    while low < filled, bytes[low] & 0xC0 == 0x80 { low += 1 }
    return low
  }

  /// Empties the window and starts over at `origin`; the storage stays.
  public mutating func reset(origin: UInt64) {
    filled = 0
    shrink()
    self.origin = origin
    lineStart = 0
    isSkipping = false
    gaps.removeAll(keepingCapacity: true)
    transcoded = nil
    isAtEnd = false
  }

  /// Gives back the first `count` bytes of the window.
  /// - Complexity: O(bytes kept).
  public mutating func discard(_ count: Int) {
    guard count > 0 else { return }
    // A gap at the cut stays: it may still be growing.
    let skippedAtCut = gaps.reduce(0) { $1.at == count ? $0 &+ $1.skipped : $0 }
    origin = offset(of: count) &- skippedAtCut
    transcoded?.discard(count, origin: origin)
    gaps = gaps.filter { $0.at >= count }.map { ($0.at - count, $0.skipped) }
    filled -= count
    lineStart -= count
    if let base = unsafe memory.baseAddress { unsafe base.update(from: base + count, count: filled) }
    shrink()
  }

  /// The end of the long line that the input is in the middle of; nil where it is in none.
  public var openLongLine: PassedOver? {
    guard isSkipping else { return nil }
    return PassedOver(at: filled, lineStart: max(0, lineStart), line: longLines, isEnd: true, bytes: [])
  }

  /// Forgets what was kept aside.
  public mutating func dropPassedOver() { if !passedOver.isEmpty { passedOver.removeAll() } }

  /// Takes the window for the end of the input.
  public mutating func end() { isAtEnd = true }

  /// Reads once and appends what came; at the input's end `isAtEnd` is set.
  ///
  /// What is kept of the window takes room from what is read, so that the storage stays as small as the caches wish it.
  /// - Parameters:
  ///   - reader: stands where the window ends.
  ///   - most: bytes to ask for; fewer are where they would not fit, but no less than a quarter of the usual.
  ///   - isStopped: asked when a signal interrupts the wait; true ends the input here.
  /// - Throws: `InputError` of the reader, or where there is no memory; the window stays as it is.
  public mutating func fill<Reader: TextReader & ~Copyable>(
    from reader: inout Reader, most: Int, isStopped: () -> Bool = { false }
  ) throws(InputError) {
    guard unsafe memory.count - filled >= max(1, min(most, usual / 4)) || grow(by: most) else {
      throw InputError(kind: .read, path: reader.path, code: ENOMEM)
    }
    let room = unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: memory[filled...]))
    let count = unsafe try reader.read(
      into: UnsafeMutableRawBufferPointer(rebasing: room[..<min(most, room.count)]), isStopped: isStopped)
    guard count > 0 else {
      isAtEnd = true
      return
    }
    if transcoded == nil, reader.encoding != .utf8 {
      transcoded = TranscodedOffsets(reader.encoding, origin: origin)
    }
    append(count)
    guard transcoded?.wantsMark(at: filled) == true, !isSkipping else { return }
    let offset = offset(of: filled)
    transcoded?.add(index: filled, offset: offset)
  }

  /// Takes over `count` bytes that were read behind the window, but for the rest of long lines.
  private mutating func append(_ count: Int) {
    guard isSkipping || filled + count - lineStart > longLine else {
      let end = filled + count
      let incoming = unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: memory[..<end]))
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
    let incoming = unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: memory[..<end]))
    let newline = incoming.firstOffset(of: 0x0A, in: from..<end)
    let room = longLine - (filled - lineStart)
    let length = (newline ?? end) - from
    let taken = min(length, room) + (newline != nil && length <= room ? 1 : 0)
    if let base = unsafe memory.baseAddress { unsafe (base + filled).update(from: base + from, count: taken) }
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
    let incoming = unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: memory[..<end]))
    let newline = incoming.firstOffset(of: 0x0A, in: from..<end)
    let skipped = transcoded?.encoding.sourceBytes(incoming, from..<(newline ?? end))
    passedOver.append(
      PassedOver(
        at: filled, lineStart: max(0, lineStart), line: longLines, isEnd: newline != nil,
        bytes: unsafe [UInt8](memory[from..<(newline ?? end)])))
    gaps[gaps.count - 1].skipped &+= skipped ?? UInt64((newline ?? end) - from)
    guard let newline else { return end }
    isSkipping = false
    unsafe memory[filled] = 0x0A
    filled += 1
    lineStart = filled
    return newline + 1
  }

  /// - Returns: whether there is memory for `count` bytes more.
  private mutating func grow(by count: Int) -> Bool {
    let wanted = unsafe max(memory.count == 0 ? usual : 2 * memory.count, filled + count)
    return resize(to: wanted)
  }

  /// Gives back what only an unusually long region needed.
  private mutating func shrink() {
    guard unsafe memory.count > max(4 * usual, 1 << 20), filled < usual else { return }
    _ = resize(to: usual)
  }

  /// The system's allocator moves large storage without copying it, so that no two copies are there at a time.
  private mutating func resize(to count: Int) -> Bool {
    guard let moved = unsafe realloc(memory.baseAddress, count) else { return false }
    unsafe memory = UnsafeMutableBufferPointer(
      start: moved.assumingMemoryBound(to: UInt8.self), count: count)
    return true
  }
}
