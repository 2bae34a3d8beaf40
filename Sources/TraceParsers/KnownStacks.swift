internal import TraceBytes
internal import TraceModel

/// Stacks that were met before, each as the run of lines that prints it: one that repeats costs one pass over its
/// bytes and the moving of its frames.
///
/// What is kept of a stack is the numbers of its lines in the memo, which has their fields, and the frames that are made of
/// more than one line. It depends on the stack's bytes alone. They are known by a key of 128 bits, whose seed is drawn anew
/// for each process. A stack is kept from the second time on, since most that come once never come again. Bounded:
/// while there is no room for new ones they are counted, and once they far outnumber the kept ones everything starts
/// over.
struct KnownStacks {
  /// The number of a stack, until everything starts over.
  typealias Number = Int32

  /// What a run of lines comes to.
  private struct Stack {
    /// How many lines, and how many bytes they have.
    var lines: Int32
    var length: Int32
    /// Bytes that have to stand again: the lines, and those behind them that were looked at.
    var compared: Int32
    /// Its lines are `lines[firstLine ..< firstLine + lines]`.
    var firstLine: Int32
    /// Its frames are `frames[firstFrame ..< firstFrame + frameCount]`; -1: they are those of its lines.
    var firstFrame: Int32
    var frameCount: Int32
    /// Of the bytes that are compared, and of their last ones.
    var digest: BytesDigest
    var tail: UInt64
    /// The last run of causes that was kept behind it; -1: none.
    var causes: KnownCauses.Number = -1
    var outcome: Outcome
  }

  /// What a run of lines does to its exception beside adding frames, if it is the first one.
  struct Outcome: Equatable {
    /// What stands before its lines, as the lines before it have it: it decides how they are read.
    var margin = TraceParser.Margin()
    var elided: Int?
    var signs = WeavingSigns()
    var reasons = CodeSet<Reason>()
    var flags = CodeSet<TraceFlag>()
    var stackKey: KeyHash?
    var framesKey: KeyHash?
  }

  /// A frame whose ranges are counted from the start of its stack.
  private struct Frame {
    var module: Place
    var function: Place
    var file: Place
    var context: Place
    var line: Int32
    var repeated: Int32
    var isNative: Bool
    var key: KeyHash

    struct Place {
      var start: UInt16
      var end: UInt16

      init(_ range: ByteRange?, _ base: Int) {
        start = range.map { UInt16(Int($0.start) - base) } ?? .max
        end = range.map { UInt16(Int($0.end) - base) } ?? .max
      }

      func range(_ base: Int) -> ByteRange? {
        start == .max ? nil : ByteRange(Int(start) + base, Int(end) + base)
      }
    }
  }

  /// A stack is found by its first bytes, as many of them as it has: many stacks share their first frames. Shorter ones
  /// are found by their first line.
  private static let prefixes = (long: 1024, middle: 256)
  /// The most bytes of a stack: its places are 16 bits wide.
  private static let longest = 1 << 15
  private static let mostBytes = 12 << 20
  private static let tail = 8

  private var stacks: [Stack] = []
  /// The memo's lines of all stacks.
  private var lines: [Int32] = []
  private var frames: [Frame] = []
  /// The stacks by the hash of their prefix.
  private var lists = RecentLists()
  private var seen = SeenOnce()
  private var refused = 0
  private(set) var causes = KnownCauses()
  private let seed = UInt64.random(in: .min ... .max)

  /// Bytes that all of it takes.
  var rememberedBytes: Int {
    stacks.allocatedBytes + lines.allocatedBytes + frames.allocatedBytes + lists.rememberedBytes
      + seen.rememberedBytes + causes.rememberedBytes
  }

  mutating func removeAll() {
    stacks.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    lists.removeAll()
    causes.removeAll()
    refused = 0
  }

  // Each answer by itself: a whole stack is too much to be copied for each question.

  /// How many lines a stack has.
  func lines(of stack: Number) -> Int { Int(stacks[Int(stack)].lines) }

  /// How many bytes its lines have.
  func length(of stack: Number) -> Int { Int(stacks[Int(stack)].length) }

  /// How many bytes from its start on were compared.
  func compared(of stack: Number) -> Int { Int(stacks[Int(stack)].compared) }

  func frameCount(of stack: Number) -> Int { Int(stacks[Int(stack)].frameCount) }

  func outcome(of stack: Number) -> Outcome { stacks[Int(stack)].outcome }

  // MARK: Finding

  /// The stack that stands at `start`.
  /// - Parameters:
  ///   - line: bytes of its first line.
  ///   - margin: what stands before its lines.
  /// - Complexity: O(its bytes), and a few comparisons with stacks that begin alike.
  mutating func find(
    _ line: Int, _ margin: TraceParser.Margin, _ text: Span<UInt8>, at start: Int, before limit: Int
  ) -> Number? {
    guard !stacks.isEmpty else { return nil }
    // No loop over the three, for an array of them is allocated.
    return find(prefix: Self.prefixes.long, margin, text, start, limit)
      ?? find(prefix: Self.prefixes.middle, margin, text, start, limit)
      ?? find(prefix: line, margin, text, start, limit)
  }

  private mutating func find(
    prefix count: Int, _ margin: TraceParser.Margin, _ text: Span<UInt8>, _ start: Int, _ limit: Int
  ) -> Number? {
    guard limit - start >= count else { return nil }
    var place = lists.first(of: UInt64(LineMemo.hash(text, start..<start + count)))
    while place.number >= 0 {
      let index = place.number
      if stacks[Int(index)].outcome.margin == margin, holds(index, text, start, limit) {
        lists.moveToFront(place)
        return index
      }
      lists.advance(&place)
    }
    return nil
  }

  private func holds(_ index: Number, _ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
    let length = Int(stacks[Int(index)].compared)
    // Stacks that begin alike mostly end otherwise.
    guard limit - start >= length, Self.tail(text, start + length) == stacks[Int(index)].tail else {
      return false
    }
    return BytesDigest(text, start..<start + length, seed: seed) == stacks[Int(index)].digest
  }

  static func tail(_ text: Span<UInt8>, _ end: Int) -> UInt64 {
    unsafe text.extracting(end - tail..<end).withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt64.self) }
  }

  /// Adds the stack's lines from the one numbered `from` on to a table's, and its frames to those of a trace.
  func append(
    _ stack: Number, from: Int, at start: Int, _ memo: LineMemo, to table: inout [TextLine],
    _ trace: inout [ParsedFrame]
  ) {
    var at = start
    let first = Int(stacks[Int(stack)].firstLine)
    let areOfLines = stacks[Int(stack)].firstFrame < 0
    for index in first..<first + lines(of: stack) {
      let number = lines[index]
      let line = memo.line(number, at: at)
      if index - first >= from { table.append(line) }
      if areOfLines, let frame = memo.javaFrame(number) {
        trace.append(ParsedFrame(frame.moved(by: at), key: memo.key(number)))
      }
      at = line.next
    }
    if !areOfLines { appendFrames(of: stack, at: start, to: &trace) }
  }

  private func appendFrames(of stack: Number, at start: Int, to trace: inout [ParsedFrame]) {
    let first = Int(stacks[Int(stack)].firstFrame)
    for index in first..<first + frameCount(of: stack) {
      var frame = ParsedFrame()
      frame.module = frames[index].module.range(start)
      frame.function = frames[index].function.range(start)
      frame.file = frames[index].file.range(start)
      frame.context = frames[index].context.range(start)
      frame.line = frames[index].line
      frame.repeated = frames[index].repeated
      frame.isNative = frames[index].isNative
      frame.key = frames[index].key
      trace.append(frame)
    }
  }

  // MARK: Causes

  /// The run of causes that stands at `start`, behind a stack.
  /// - Parameter indent: the depth of the trace's header.
  func causes(
    behind stack: Number, _ text: Span<UInt8>, at start: Int, before limit: Int, indent: Int
  ) -> KnownCauses.Number? {
    causes.find(
      from: stacks[Int(stack)].causes, text, at: start, before: limit, indent: indent, seed: seed)
  }

  /// Whether causes with these bytes came before.
  mutating func wereMet(_ text: Span<UInt8>, _ range: Range<Int>, _ chain: JavaChain) -> Bool {
    causes.wereMet(text, range, chain, seed: seed)
  }

  /// Keeps a run of causes behind a stack.
  /// - Parameters:
  ///   - found: where each stands in a table.
  ///   - exceptions: theirs.
  ///   - range: the bytes of all of them.
  mutating func note(
    _ found: [FoundCause], _ exceptions: ArraySlice<ParsedException>, in table: [TextLine],
    behind stack: Number, _ text: Span<UInt8>, _ range: Range<Int>, _ outcome: KnownCauses.Outcome
  ) {
    if causes.isFull {
      causes.removeAll()
      for index in stacks.indices { stacks[index].causes = -1 }
    }
    for (cause, exception) in zip(found, exceptions) {
      causes.add(
        exception, from: range.lowerBound, table[cause.label..<cause.firstFrame], cause.stack)
    }
    let frames = exceptions.reduce(0) { $0 + $1.frames.count }
    stacks[Int(stack)].causes = causes.note(
      (found.count, frames), indent: table[0].indent, behind: stacks[Int(stack)].causes, text, range, outcome,
      seed: seed)
  }

  // MARK: Keeping

  /// Keeps a stack that was read line by line and came before.
  /// - Parameters:
  ///   - table: its lines, all in the memo.
  ///   - compared: where the text ends that was looked at.
  mutating func note(
    _ table: ArraySlice<TextLine>, _ parsed: ArraySlice<ParsedFrame>, comparedTo compared: Int,
    _ outcome: Outcome, _ text: Span<UInt8>
  ) {
    guard let first = table.first, let last = table.last,
      (Self.tail...Self.longest).contains(compared - first.start)
    else { return }
    guard table.allSatisfy({ $0.memo >= 0 }), parsed.allSatisfy({ $0.key != nil }) else { return }
    guard cameBefore(table, parsed) else { return }
    guard keptBytes < Self.mostBytes else {
      refused += 1
      if refused > 8 * stacks.count { removeAll() }
      return
    }
    let count = compared - first.start
    let prefix =
      count >= Self.prefixes.long
      ? Self.prefixes.long : count >= Self.prefixes.middle ? Self.prefixes.middle : first.next - first.start
    lists.add(UInt64(LineMemo.hash(text, first.start..<first.start + prefix)))
    let isOfLines = Self.isOfLines(table, parsed)
    let stack = Stack(
      lines: Int32(table.count), length: Int32(last.next - first.start),
      compared: Int32(count), firstLine: Int32(lines.count),
      firstFrame: isOfLines ? -1 : Int32(frames.count), frameCount: Int32(parsed.count),
      digest: BytesDigest(text, first.start..<compared, seed: seed), tail: Self.tail(text, compared),
      outcome: outcome)
    stacks.append(stack)
    for line in table { lines.append(line.memo) }
    if !isOfLines { for frame in parsed { frames.append(Self.frame(frame, first.start)) } }
  }

  private var keptBytes: Int {
    stacks.count * MemoryLayout<Stack>.stride + lines.count * MemoryLayout<Int32>.stride
      + frames.count * MemoryLayout<Frame>.stride
  }

  /// Whether each frame is that of a line of a JVM's stack, and each such line shows one.
  private static func isOfLines(_ table: ArraySlice<TextLine>, _ parsed: ArraySlice<ParsedFrame>) -> Bool {
    table.allSatisfy { $0.kind == .javaFrame || $0.kind == .javaMore }
      && table.count { $0.kind == .javaFrame } == parsed.count
  }

  private mutating func cameBefore(_ table: ArraySlice<TextLine>, _ parsed: ArraySlice<ParsedFrame>) -> Bool {
    var hash: UInt64 = 0
    for line in table { hash = (hash ^ UInt64(UInt32(bitPattern: line.memo))) &* 0x9E37_79B9_7F4A_7C15 }
    return seen.cameBefore(BytesDigest.mixed(hash, 0x8EBC_6AF0_9C88_C6E3))
  }

  private static func frame(_ frame: ParsedFrame, _ base: Int) -> Frame {
    Frame(
      module: Frame.Place(frame.module, base), function: Frame.Place(frame.function, base),
      file: Frame.Place(frame.file, base), context: Frame.Place(frame.context, base), line: frame.line,
      repeated: frame.repeated, isNative: frame.isNative, key: frame.key ?? KeyHash())
  }
}
