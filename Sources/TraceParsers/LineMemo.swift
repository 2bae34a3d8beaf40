internal import Glibc
internal import TraceBytes

/// Lines that were met before, with what was told of them: the same frames stand in a log again and again.
///
/// A line is found by its bytes, which are compared as a whole, so that no two lines can be mistaken for each
/// other. The line that followed it the last time is tried first, and then costs no more than comparing it.
/// Bounded: when it is full, it starts over.
struct LineMemo {
  /// What a line shows, all offsets counted from its first byte.
  struct Fields {
    enum Frame {
      case none
      case java(JavaFrame)
      case python(PythonFrame)
    }

    var frame = Frame.none
    /// The key of a frame's fields, or of a whole line's content.
    var key: KeyHash
  }

  /// What finding a line takes, apart from its fields: as little as possible, so that it stays in the cache.
  private struct Line {
    /// Where its bytes stand.
    var start: Int32
    /// The line that followed it the last time; -1: none.
    var follower: Int32 = -1
    /// One past the last byte that counts, counted from its first byte.
    var end: UInt16
    /// First byte that is no blank, likewise.
    var content: UInt16
    /// Bytes of the line with its line end.
    var length: UInt16
    var kind: LineKind
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
  private var fields: [Fields] = []
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
  func javaFrame(_ index: Int32) -> JavaFrame? {
    if case .java(let frame) = fields[Int(index)].frame { frame } else { nil }
  }

  func pythonFrame(_ index: Int32) -> PythonFrame? {
    if case .python(let frame) = fields[Int(index)].frame { frame } else { nil }
  }

  /// The key of a frame's fields, or of a whole line's content.
  func key(_ index: Int32) -> KeyHash { fields[Int(index)].key }

  /// Makes ready for a line that does not follow the one asked for last.
  mutating func leave() { last = -1 }

  /// Makes ready for the line behind one of the memo.
  mutating func goOn(behind index: Int32) { last = index }

  /// Starts over when there is no room for another region's lines.
  /// - Returns: whether it did, so that what was found before is no longer valid.
  mutating func makeRoom() -> Bool {
    guard lines.count > Self.mostLines || bytes.count > Self.mostBytes else { return false }
    lines.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index].line = -1 }
    last = -1
    return true
  }

  /// Bytes that all of it takes.
  var rememberedBytes: Int {
    lines.allocatedBytes + fields.allocatedBytes + bytes.allocatedBytes + slots.allocatedBytes
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
  /// - Parameter line: as it stands in the text.
  mutating func insert(_ line: TextLine, _ known: Fields, _ text: Span<UInt8>) -> Int32 {
    if 2 * lines.count >= slots.count { growSlots() }
    let range = line.start..<line.next
    lines.append(
      Line(
        start: Int32(bytes.count), end: UInt16(line.end - line.start), content: UInt16(line.indent),
        length: UInt16(range.count), kind: line.kind))
    fields.append(known)
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
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
    let from = Int(lines[Int(index)].start)
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

  /// - Complexity: O(`range.count`), 32 bytes a turn in two lanes.
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    unsafe text.extracting(range).withUnsafeBytes { bytes in
      func word(_ at: Int) -> UInt64 { unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
      let count = bytes.count
      var lanes = (UInt64(count) &* 0x9E37_79B9_7F4A_7C15, 0x8EBC_6AF0_9C88_C6E3 as UInt64)
      var at = 0
      while at + 32 <= count {
        lanes.0 = BytesDigest.mixed(lanes.0 ^ word(at), word(at + 8) ^ 0xA076_1D64_78BD_642F)
        lanes.1 = BytesDigest.mixed(lanes.1 ^ word(at + 16), word(at + 24) ^ 0x5895_86F8_7EA1_9AF1)
        at += 32
      }
      if at + 16 <= count {
        lanes.0 = BytesDigest.mixed(lanes.0 ^ word(at), word(at + 8) ^ 0xA076_1D64_78BD_642F)
      }
      // The last bytes, some of them for the second time.
      if count >= 16 {
        lanes.1 = BytesDigest.mixed(lanes.1 ^ word(count - 16), word(count - 8) ^ 0x1D8E_4E27_C47D_124F)
      } else {
        for at in 0..<count { lanes.0 = unsafe (lanes.0 ^ UInt64(bytes[at])) &* 0x0000_0100_0000_01B3 }
      }
      return UInt32(truncatingIfNeeded: BytesDigest.mixed(lanes.0 ^ 0xE703_7ED1_A0B4_28DB, lanes.1))
    }
  }
}
