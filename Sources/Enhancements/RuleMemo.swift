/// One worker's memory: what the local matchers answered for the values seen so far, and scratch space.
///
/// Not shared between workers. It is bounded (five tables of at most 1 MiB for a hostile log, then one starts
/// anew), and may be used with any number of rule sets, best with one at a time: it is emptied at a change.
public struct RuleMemo {
  private var owner: CompiledRules?
  var modules: ValueMemo
  var functions: ValueMemo
  var paths: ValueMemo
  var packages: ValueMemo
  var categoryValues: ValueMemo
  var stacks = StackMemo()
  var masks = StackMasks()
  /// The atoms of the frame asked for last.
  var found: [Int32] = []
  var awake: [UInt64] = []
  var categories: [Int32] = []  // of each frame: 0, a known category, or -1 for another
  /// Frames whose in-app is known, as the in-app row holds only "true".
  var isInAppKnown: [Bool] = []
  /// Of the stack that is being judged.
  var system = ContributingFrames()
  var app = ContributingFrames()
  /// The stack that the masks are about, as it is after the passes that have run.
  private var prepared: [StackFrame] = []
  private var preparedPlatform: String?
  private var isPrepared = false
  private var exception = ExceptionData()
  private var exceptionAnswers: [Bool?] = []
  let seed: UInt64

  /// An empty memo.
  public init() {
    seed = UInt64.random(in: .min ... .max)
    modules = ValueMemo(seed: seed)
    functions = ValueMemo(seed: seed)
    paths = ValueMemo(seed: seed)
    packages = ValueMemo(seed: seed)
    categoryValues = ValueMemo(seed: seed)
  }

  /// Bytes that all of it takes, roughly.
  public var rememberedBytes: Int {
    let values = modules.rememberedBytes + functions.rememberedBytes + paths.rememberedBytes
    return values + packages.rememberedBytes + categoryValues.rememberedBytes + stacks.rememberedBytes
  }

  /// Empties the memory of whole stacks when the rules are others than the last time.
  mutating func own(_ rules: CompiledRules) {
    if owner !== rules, owner != nil { stacks = StackMemo() }
  }

  /// Makes the memo that of `rules`, about a stack of `exception`; nil: about none.
  mutating func begin(_ rules: CompiledRules, exception: ExceptionData?) {
    let isSame = owner === rules
    isPrepared = false
    if !isSame {
      own(rules)
      owner = rules
      modules = ValueMemo(seed: seed)
      functions = ValueMemo(seed: seed)
      paths = ValueMemo(seed: seed)
      packages = ValueMemo(seed: seed)
      categoryValues = ValueMemo(seed: seed)
    }
    if !isSame || (!exceptionAnswers.isEmpty && exception != nil && self.exception != exception) {
      self.exception = exception ?? ExceptionData()
      exceptionAnswers = [Bool?](repeating: nil, count: rules.atoms.exceptionGlobs.count)
    }
  }

  /// Says that the masks are those of `frames` as they are now.
  mutating func keep(_ frames: [StackFrame], eventPlatform: String?) {
    prepared = frames
    preparedPlatform = eventPlatform
    isPrepared = true
  }

  /// Whether the masks are those of `frames`, so that nothing needs to be looked up again.
  func isKept(
    _ frames: [StackFrame], eventPlatform: String?, exception: ExceptionData, _ rules: CompiledRules
  ) -> Bool {
    isPrepared && owner === rules && preparedPlatform == eventPlatform && prepared == frames
      && (exceptionAnswers.isEmpty || self.exception == exception)
  }

  /// Whether the rule's exception matchers hold. Each glob is asked once per exception.
  mutating func holdsForException(_ rule: CompiledRule, _ rules: CompiledRules) -> Bool {
    for (glob, isNegated) in rule.exceptions where matches(Int(glob), rules) == isNegated { return false }
    return true
  }

  private mutating func matches(_ number: Int, _ rules: CompiledRules) -> Bool {
    if let answer = exceptionAnswers[number] { return answer }
    let (field, glob) = rules.atoms.exceptionGlobs[number]
    let value: String? =
      switch field {
      case .type: exception.type
      case .value: exception.value
      default: exception.mechanism
      }
    let answer = glob.matches(value ?? "<unknown>")
    exceptionAnswers[number] = answer
    return answer
  }
}
