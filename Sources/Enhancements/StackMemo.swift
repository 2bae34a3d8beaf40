internal import TraceBytes

/// What the rules made of whole stacks, for the stacks seen last.
///
/// A log repeats its stacks far more often than it brings new ones, so a known stack costs one pass over
/// its fields. Bounded: at `most` stacks it starts anew.
struct StackMemo {
  /// What the first pass wrote into one frame.
  struct FrameVerdict {
    var category: String?
    var inApp: Bool?
    var original: Int?
    var client: Bool?
  }

  /// The answers for one stack.
  final class Verdict {
    let frames: [FrameVerdict]
    var contributions: [KeyHash: StackContribution] = [:]
    init(_ frames: [StackFrame]) {
      self.frames = frames.map {
        FrameVerdict(
          category: $0.category, inApp: $0.inApp, original: $0.originalInApp, client: $0.clientInApp)
      }
    }
  }

  private static let most = 2048
  private static let seenSlots = 4096
  /// Keys of stacks that came once; a later one takes an earlier one's place.
  private var seen = [UInt64](repeating: 0, count: seenSlots)
  private var verdicts: [KeyHash: Verdict] = [:]
  /// Frames of all verdicts.
  private var frameCount = 0
  /// The stack of the last answer as it was left, so that the second pass need not ask for its key again.
  private var last: (frames: [StackFrame], verdict: Verdict)?

  /// Bytes that all of it takes, roughly.
  var rememberedBytes: Int {
    frameCount * MemoryLayout<FrameVerdict>.stride + verdicts.count * Self.verdictBytes
  }
  /// What a verdict costs beside its frames: the object, its place in the table, its contributions.
  private static let verdictBytes = 512

  func verdict(_ key: KeyHash) -> Verdict? { verdicts[key] }

  /// Remembers a stack as the first pass left it, from the second time on: most stacks that come once
  /// never come again.
  mutating func remember(_ key: KeyHash, _ frames: [StackFrame]) {
    let slot = Int(truncatingIfNeeded: key.value) & (Self.seenSlots - 1)
    guard seen[slot] == key.value else {
      seen[slot] = key.value
      last = nil
      return
    }
    if verdicts.count >= Self.most {
      verdicts.removeAll(keepingCapacity: true)
      frameCount = 0
    }
    let verdict = Verdict(frames)
    frameCount += frames.count
    verdicts[key] = verdict
    last = (frames, verdict)
  }

  /// Writes a remembered answer into the frames.
  mutating func apply(_ verdict: Verdict, to frames: inout [StackFrame]) {
    for (index, answer) in verdict.frames.enumerated() {
      frames[index].inApp = answer.inApp
      frames[index].originalInApp = answer.original
      frames[index].clientInApp = answer.client
      if frames[index].category != answer.category { frames[index].category = answer.category }
    }
    last = (frames, verdict)
  }

  /// The answers for `frames`, if they are those of the last first pass.
  func current(_ frames: [StackFrame]) -> Verdict? {
    guard let last, last.frames == frames else { return nil }
    return last.verdict
  }

  // MARK: Keys

  /// The key of what the first pass can see.
  /// - Complexity: O(bytes of the frames' fields), no allocation.
  static func key(
    _ frames: [StackFrame], eventPlatform: String?, exception: ExceptionData?, seed: UInt64
  ) -> KeyHash {
    var key = KeyHash(seed: seed)
    var present: UInt64 = 0
    key.add(eventPlatform, &present, seed)
    key.add(exception?.type, &present, seed)
    key.add(exception?.value, &present, seed)
    key.add(exception?.mechanism, &present, seed)
    for frame in frames {
      key.add(frame.platform, &present, seed)
      key.add(frame.module, &present, seed)
      key.add(frame.function, &present, seed)
      key.add(frame.rawFunction, &present, seed)
      key.add(frame.filename, &present, seed)
      key.add(frame.absPath, &present, seed)
      key.add(frame.package, &present, seed)
      key.add(frame.category, &present, seed)
      // Which of the fields there were, so that no two of them can be taken for each other.
      key.combine(present << 8 | code(frame.inApp) << 4 | code(frame.clientInApp))
      if let original = frame.originalInApp { key.combine(UInt64(truncatingIfNeeded: original)) }
      present = frame.originalInApp == nil ? 0 : 1
    }
    key.combine(present)
    return key
  }

  /// The key of what the second pass starts from.
  static func key(_ variant: StackVariant, _ initial: [Contribution]) -> KeyHash {
    var key = KeyHash(seed: variant == .app ? 1 : 2)
    for component in initial {
      key.combine(code(component.contributes))
      if let hint = component.hint { key.combine(hint) }
    }
    key.combine(UInt64(initial.count))
    return key
  }

  private static func code(_ flag: Bool?) -> UInt64 { flag.map { $0 ? 2 : 1 } ?? 0 }
}

extension KeyHash {
  /// Takes in a string if there is one, and notes in `present` whether there was.
  fileprivate mutating func add(_ string: String?, _ present: inout UInt64, _ seed: UInt64) {
    present <<= 1
    guard let string else { return }
    present |= 1
    combine(ValueMemo.hash(string, seed: seed))
  }
}
