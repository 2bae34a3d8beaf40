internal import TraceBytes
internal import TraceModel

/// What followed a known first stack up to the end of its trace: causes, each a label with its message and a known stack
/// of its own. All of it that stands again costs one pass over its bytes.
///
/// Like a stack it depends on its bytes alone, if what precedes it is a header and one whole stack. It is kept from the
/// second time on, for messages often hold what never comes again. Bounded: when there is no room it starts over.
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
    fileprivate var digest: BytesDigest
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
    /// Its exception, without frames.
    var exception: ParsedException
    /// The lines of its label and message.
    var lines: [TextLine]
    var stack: KnownStacks.Number
  }

  private static let longest = 1 << 15
  /// How many runs behind one stack are tried.
  private static let mostTried = 8
  private static let mostCauses = 1 << 14
  private static let seenSlots = 1 << 12
  /// What a cause takes: itself, and the lists of its lines and of its run's chain.
  private static let causeBytes = 320

  private(set) var runs: [Run] = []
  private(set) var causes: [Cause] = []
  /// Half the digests of runs that came once; a later one takes an earlier one's place.
  private var seen = [UInt64](repeating: 0, count: seenSlots)

  /// Bytes that all of it takes.
  var rememberedBytes: Int { runs.allocatedBytes + causes.count * Self.causeBytes }

  var isFull: Bool { causes.count >= Self.mostCauses }

  mutating func removeAll() {
    runs.removeAll()
    causes.removeAll()
  }

  /// The run that stands at `start`, one of those from `first` on.
  /// - Complexity: O(its bytes), and a few comparisons with other runs behind the same stack.
  func find(
    from first: Number, _ text: Span<UInt8>, at start: Int, before limit: Int, indent: Int, seed: UInt64
  )
    -> Number?
  {
    var index = first
    for _ in 0..<Self.mostTried {
      guard index >= 0 else { return nil }
      let length = runs[Int(index)].length
      if limit - start >= length, runs[Int(index)].indent == indent,
        BytesDigest(text, start..<start + length, seed: seed) == runs[Int(index)].digest
      {
        return index
      }
      index = runs[Int(index)].next
    }
    return nil
  }

  /// Whether a run with these bytes was asked for before, and can be kept.
  mutating func wereMet(_ text: Span<UInt8>, _ range: Range<Int>, seed: UInt64) -> Bool {
    guard range.count <= Self.longest else { return false }
    let word = BytesDigest(text, range, seed: seed).word
    let slot = Int(truncatingIfNeeded: word) & (Self.seenSlots - 1)
    defer { seen[slot] = word }
    return seen[slot] == word
  }

  /// Keeps a run.
  /// - Parameters:
  ///   - frames: how many frames its stacks have.
  ///   - next: the last one that was kept behind the same stack; -1: none.
  ///   - digest: of its bytes, and their number.
  /// - Returns: its number.
  mutating func note(
    _ found: [Cause], frames: Int, indent: Int, behind next: Number, _ digest: BytesDigest, length: Int,
    _ outcome: Outcome
  ) -> Number {
    runs.append(
      Run(
        length: length, frames: frames, firstCause: causes.count, count: found.count, indent: indent,
        digest: digest, next: next, outcome: outcome))
    causes.append(contentsOf: found)
    return Number(runs.count - 1)
  }
}
