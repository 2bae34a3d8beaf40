internal import TraceBytes
internal import TraceModel

/// What followed a known first stack: causes, each a label with its message and a known stack of its own. All of it that
/// stands again costs one pass over its bytes.
///
/// Like a stack it depends on its bytes alone, if what precedes it is a header and one whole stack; causes for which the
/// parser looks further are not kept. It is kept from the second time on, for messages often hold what never comes again.
/// Bounded: when there is no room it starts over.
struct KnownCauses {
  /// The number of a run of causes, until everything starts over.
  typealias Number = Int32

  /// A run of causes.
  struct Run {
    /// How many bytes and frames it has.
    var length: Int
    var frames: Int
    /// Its causes are `causes[firstCause ..< firstCause + count]`.
    var firstCause: Int
    var count: Int
    /// The depth of the trace's header, which decides whose causes they are.
    var indent: Int
    /// Of its bytes, and of its last ones.
    fileprivate var digest: BytesDigest
    fileprivate var tail: UInt64
    /// Another one behind the same stack; -1: none.
    fileprivate var next: Number
    var outcome: Outcome
  }

  /// What a run does to a trace beside adding exceptions.
  struct Outcome {
    var signs = WeavingSigns()
    var reasons = CodeSet<Reason>()
    var flags = CodeSet<TraceFlag>()
    /// Exceptions that labels of later lines may belong to.
    var chain = JavaChain()
  }

  /// One cause, its ranges counted from the start of its run.
  struct Cause {
    private var type: ByteRange?
    private var value: ByteRange?
    private var parent: Int32
    private var relation: Relation?
    private var isCircular: Bool
    /// The lines of its label and message are `lines[firstLine ..< firstLine + count]`, counted from the start of its run.
    fileprivate var firstLine: Int32
    fileprivate var count: Int32
    var stack: KnownStacks.Number

    fileprivate init(
      _ exception: ParsedException, from start: Int, lines: Range<Int>, _ stack: KnownStacks.Number
    ) {
      type = exception.type?.moved(by: -start)
      value = exception.value?.moved(by: -start)
      parent = Int32(exception.parent)
      relation = exception.relation
      isCircular = exception.isCircular
      firstLine = Int32(lines.lowerBound)
      count = Int32(lines.count)
      self.stack = stack
    }

    /// Its exception, without frames, in a run that starts at `start`.
    func exception(at start: Int, firstFrame: Int) -> ParsedException {
      var exception = ParsedException(relation: relation, parent: Int(parent), firstFrame: firstFrame)
      exception.type = type?.moved(by: start)
      exception.value = value?.moved(by: start)
      exception.isCircular = isCircular
      return exception
    }
  }

  /// The most bytes of a run, and the most exceptions that labels behind it may belong to.
  private static let longest = (bytes: 1 << 15, chain: 16)
  /// How many runs behind one stack are tried.
  private static let mostTried = 8
  private static let mostBytes = 4 << 20
  /// What the list of a run's chain takes.
  private static let chainBytes = 32 + longest.chain * 16

  private(set) var runs: [Run] = []
  private(set) var causes: [Cause] = []
  private(set) var lines: [TextLine] = []
  private var seen = SeenOnce()

  /// Bytes that all of it takes.
  var rememberedBytes: Int {
    runs.allocatedBytes + causes.allocatedBytes + lines.allocatedBytes + seen.rememberedBytes
      + runs.count * Self.chainBytes
  }

  var isFull: Bool { rememberedBytes >= Self.mostBytes }

  mutating func removeAll() {
    runs.removeAll()
    causes.removeAll()
    lines.removeAll()
  }

  /// The run that stands at `start`, one of those from `first` on.
  /// - Complexity: O(its bytes), and a few comparisons with other runs behind the same stack.
  func find(
    from first: Number, _ text: Span<UInt8>, at start: Int, before limit: Int, indent: Int, seed: UInt64
  ) -> Number? {
    var index = first
    // Runs that differ in a few words have one length.
    var last: (length: Int, digest: BytesDigest)?
    for _ in 0..<Self.mostTried {
      guard index >= 0 else { return nil }
      let length = runs[Int(index)].length
      if limit - start >= length, runs[Int(index)].indent == indent,
        KnownStacks.tail(text, start + length) == runs[Int(index)].tail
      {
        if last?.length != length {
          last = (length, BytesDigest(text, start..<start + length, seed: seed))
        }
        if last?.digest == runs[Int(index)].digest { return index }
      }
      index = runs[Int(index)].next
    }
    return nil
  }

  /// Whether a run with these bytes was asked for before, and can be kept.
  mutating func wereMet(_ text: Span<UInt8>, _ range: Range<Int>, _ chain: JavaChain, seed: UInt64) -> Bool {
    guard range.count <= Self.longest.bytes, chain.count <= Self.longest.chain else { return false }
    return seen.cameBefore(BytesDigest(text, range, seed: seed).word)
  }

  /// Adds a cause to the run that is kept next.
  /// - Parameters:
  ///   - start: where the run starts.
  ///   - label: the lines of its label and message.
  mutating func add(
    _ exception: ParsedException, from start: Int, _ label: ArraySlice<TextLine>, _ stack: KnownStacks.Number
  ) {
    causes.append(
      Cause(exception, from: start, lines: lines.count..<lines.count + label.count, stack))
    for line in label { lines.append(line.moved(by: -start)) }
  }

  /// Adds the lines of a cause's label and message to a table's.
  func appendLabel(of cause: Int, at start: Int, to table: inout [TextLine]) {
    let first = Int(causes[cause].firstLine)
    for index in first..<first + Int(causes[cause].count) { table.append(lines[index].moved(by: start)) }
  }

  /// Keeps the causes that were added last as a run.
  /// - Parameters:
  ///   - count: how many they are, and how many frames their stacks have.
  ///   - next: the last run that was kept behind the same stack; -1: none.
  /// - Returns: its number.
  mutating func note(
    _ count: (causes: Int, frames: Int), indent: Int, behind next: Number, _ text: Span<UInt8>,
    _ range: Range<Int>, _ outcome: Outcome, seed: UInt64
  ) -> Number {
    runs.append(
      Run(
        length: range.count, frames: count.frames, firstCause: causes.count - count.causes,
        count: count.causes,
        indent: indent, digest: BytesDigest(text, range, seed: seed),
        tail: KnownStacks.tail(text, range.upperBound), next: next, outcome: outcome))
    return Number(runs.count - 1)
  }
}
