internal import Glibc
internal import TraceBytes

/// Lines that were met before, with what was told of them: the same frames stand in a log again and again.
///
/// A line is found by its bytes, which are compared as a whole, so that no two lines can be mistaken for each
/// other. The line that followed it the last time is tried first, and then costs no more than comparing it.
/// Bounded: when it is full, it starts over.
struct LineMemo {
  /// A line with its fields, all offsets counted from its first byte.
  struct Line {
    var kind: LineKind
    /// One past the last byte that counts.
    var end: Int32
    /// First byte that is no blank.
    var content: Int32
    /// Bytes of the line with its line end.
    var length: Int32
    var javaFrame: JavaFrame?
    var pythonFrame: PythonFrame?
    /// The key of a frame's fields, or of a whole line's content.
    var key: KeyHash
    /// Where its bytes stand.
    var start = 0
    /// The line that followed it the last time; -1: none.
    var follower: Int32 = -1
  }

  private struct Slot {
    var hash: UInt32
    /// Index of the line; -1: the slot is free.
    var line: Int32
  }

  /// Longer lines are not kept.
  static let longestLine = 512
  private static let mostLines = 1 << 16
  private static let mostBytes = 8 << 20
  /// How many slots a line may stand behind its own: a bound on what hostile lines can cost.
  private static let reach = 16

  private var lines: [Line] = []
  private var bytes: [UInt8] = []
  private var slots: [Slot] = []
  private var last: Int32 = -1

  /// A line of the memo that stands at `start`.
  func line(_ index: Int32, at start: Int) -> TextLine {
    let at = Int(index)
    var line = TextLine(
      start: start, end: start + Int(lines[at].end), next: start + Int(lines[at].length),
      content: start + Int(lines[at].content), kind: lines[at].kind)
    line.memo = index
    return line
  }

  /// The frame of a line, counted from its first byte; nil where it shows none.
  func javaFrame(_ index: Int32) -> JavaFrame? { lines[Int(index)].javaFrame }
  func pythonFrame(_ index: Int32) -> PythonFrame? { lines[Int(index)].pythonFrame }

  /// The key of a frame's fields, or of a whole line's content.
  func key(_ index: Int32) -> KeyHash { lines[Int(index)].key }

  /// Makes ready for a line that does not follow the one asked for last.
  mutating func leave() { last = -1 }

  /// Makes ready for the line behind one of the memo.
  mutating func goOn(behind index: Int32) { last = index }

  /// Starts over when there is no room for another region's lines.
  /// - Returns: whether it did, so that what was found before is no longer valid.
  mutating func makeRoom() -> Bool {
    guard lines.count > Self.mostLines || bytes.count > Self.mostBytes else { return false }
    lines.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index].line = -1 }
    last = -1
    return true
  }

  /// Whether a line is one to remember. Only indented ones are: frames and source lines are, most others not.
  static func admits(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    line.count <= longestLine && !line.isEmpty && isBlank(text[line.lowerBound])
  }

  // MARK: Finding

  /// The line that followed the one found last, if it stands at `start` again.
  mutating func follower(_ text: Span<UInt8>, at start: Int, before limit: Int) -> Int32? {
    guard last >= 0 else { return nil }
    let next = lines[Int(last)].follower
    guard next >= 0, holds(next, text, start, limit) else { return nil }
    last = next
    return next
  }

  /// The line whose bytes are those of `range`, its line end included.
  mutating func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    guard !slots.isEmpty else { return nil }
    let hash = Self.hash(text, range)
    var at = Int(hash) & (slots.count - 1)
    for _ in 0..<Self.reach {
      let slot = slots[at]
      if slot.line < 0 { return nil }
      if slot.hash == hash, Int(lines[Int(slot.line)].length) == range.count,
        holds(slot.line, text, range.lowerBound, range.upperBound)
      {
        follow(slot.line)
        return slot.line
      }
      at = (at + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers a line that was not found.
  mutating func insert(_ line: Line, _ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    if 2 * lines.count >= slots.count { growSlots() }
    var line = line
    line.start = bytes.count
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    lines.append(line)
    let index = Int32(lines.count - 1)
    place(Slot(hash: Self.hash(text, range), line: index))
    follow(index)
    return index
  }

  private mutating func follow(_ index: Int32) {
    if last >= 0 { lines[Int(last)].follower = index }
    last = index
  }

  private func holds(_ index: Int32, _ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
    let length = Int(lines[Int(index)].length)
    guard limit - start >= length else { return false }
    let from = lines[Int(index)].start
    return unsafe bytes.withUnsafeBufferPointer { kept in
      unsafe text.withUnsafeBufferPointer {
        unsafe memcmp(kept.baseAddress! + from, $0.baseAddress! + start, length) == 0
      }
    }
  }

  // MARK: Slots

  /// Puts a line into the first free slot, or over the last one in reach.
  private mutating func place(_ slot: Slot) {
    var at = Int(slot.hash) & (slots.count - 1)
    for _ in 1..<Self.reach where slots[at].line >= 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = slot
  }

  private mutating func growSlots() {
    let known = slots.filter { $0.line >= 0 }
    slots = [Slot](repeating: Slot(hash: 0, line: -1), count: max(1024, slots.count * 4))
    for slot in known { place(slot) }
  }

  /// - Complexity: O(`range.count`), sixteen bytes a turn.
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    unsafe text.extracting(range).withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
      var at = 0
      while at + 16 <= bytes.count {
        let first = unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = unsafe bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        hash = BytesDigest.mixed(hash ^ first, second ^ 0xA076_1D64_78BD_642F)
        at += 16
      }
      while at < bytes.count {
        hash = (hash ^ UInt64(unsafe bytes[at])) &* 0x0000_0100_0000_01B3
        at += 1
      }
      return UInt32(truncatingIfNeeded: BytesDigest.mixed(hash, 0xE703_7ED1_A0B4_28DB))
    }
  }
}
