/// What the rules make of a stack, without the words that say why.
public struct JudgedStack: Sendable, Hashable {
  /// Whether each frame is in-app, oldest first.
  public var inApp: [Bool] = []
  /// Whether each frame contributes to `system`.
  public var system: [Bool] = []
  /// The same for `app`; false for all that is not in-app.
  public var app: [Bool] = []
  /// Whether the stack contributes to `system`.
  public var countsInSystem = false
  /// Whether the stack contributes to `app`.
  public var countsInApp = false

  public init() {}
}

/// The quick twin of `classify` and `contributions`: both passes on bits alone, and no text.
extension EnhancementSet {
  /// Adds a frame to those of `traits`, under the next number.
  /// - Parameter frame: its in-app and category are not looked at.
  /// - Complexity: a look-up a field where its value is known.
  public func add(
    _ frame: StackFrame, eventPlatform: String?, to traits: inout FrameTraits, memo: inout RuleMemo
  ) {
    memo.begin(compiled, exception: nil)
    compiled.findAtoms(frame, eventPlatform, Family(platform: eventPlatform), &memo)
    traits.append(memo.found, of: compiled)
  }

  /// Judges a stack whose frames come without in-app and category.
  /// - Parameters:
  ///   - frames: numbers in `traits`, oldest first.
  ///   - initial: whether each frame contributes before the rules, one a frame; in `app` only those that are in-app.
  ///   - stack: takes the answer; its storage is kept.
  /// - Complexity: O(frames + awake rules × frames / 64), no allocation once the storage is there.
  public func judge(
    _ frames: [Int32], of traits: FrameTraits, initial: [Bool], exception: ExceptionData,
    memo: inout RuleMemo, into stack: inout JudgedStack
  ) {
    compiled.prepare(frames, traits, exception, &memo)
    var record: PassRecord?
    compiled.runFirstPass(&memo, &record) { _ in "" }
    compiled.count(initial, &memo, into: &stack)
  }
}

extension CompiledRules {
  fileprivate func prepare(
    _ frames: [Int32], _ traits: FrameTraits, _ exception: ExceptionData, _ memo: inout RuleMemo
  ) {
    memo.begin(self, exception: exception)
    memo.masks.begin(frameCount: frames.count, atomCount: Int(atoms.count))
    memo.categories.removeAll(keepingCapacity: true)
    memo.isInAppKnown.removeAll(keepingCapacity: true)
    for index in frames.indices {
      for place in traits.range(of: frames[index]) { memo.masks.insert(traits.atom(place), frame: index) }
      memo.categories.append(0)
      memo.isInAppKnown.append(false)
    }
  }

  /// The second pass for both variants at once: which rules match depends on the first pass alone.
  fileprivate func count(_ initial: [Bool], _ memo: inout RuleMemo, into stack: inout JudgedStack) {
    stack.inApp.removeAll(keepingCapacity: true)
    for index in initial.indices { stack.inApp.append(memo.masks.holds(AtomTable.inApp, frame: index)) }
    memo.system.begin(initial)
    memo.app.begin(initial, and: stack.inApp)
    contributes.forEachMatch(of: self, &memo) { number, memo in
      memo.system.apply(contributes.rules[number], memo.masks)
      memo.app.apply(contributes.rules[number], memo.masks)
    }
    stack.countsInSystem = memo.system.finish()
    stack.countsInApp = memo.app.finish()
    stack.system.removeAll(keepingCapacity: true)
    stack.app.removeAll(keepingCapacity: true)
    for index in initial.indices {
      stack.system.append(memo.system.holds(index))
      stack.app.append(stack.inApp[index] && memo.app.holds(index))
    }
    // An `app` stack counts only where an in-app frame contributes.
    stack.countsInSystem = stack.countsInSystem && stack.system.contains(true)
    stack.countsInApp = stack.countsInApp && stack.app.contains(true)
  }
}

/// Which frames of a stack contribute to one variant, as bits (bit i = frame i, oldest first), while the second pass
/// runs.
struct ContributingFrames {
  private var bits: [UInt64] = []
  private var count = 0
  private var maxFrames: UInt64 = 0
  private var minFrames: UInt64 = 0

  /// Starts with the frames that contribute before the rules, and are in-app where that is asked for.
  mutating func begin(_ initial: [Bool], and inApp: [Bool]? = nil) {
    count = initial.count
    bits.removeAll(keepingCapacity: true)
    for _ in 0..<(count + 63) / 64 { bits.append(0) }
    for index in 0..<count where initial[index] && inApp?[index] != false {
      bits[index >> 6] |= 1 << UInt64(index & 63)
    }
    maxFrames = 0
    minFrames = 0
  }

  func holds(_ frame: Int) -> Bool { bits[frame >> 6] & (1 << UInt64(frame & 63)) != 0 }

  /// What a rule writes to the frames that it matched last. The order is that of the frames: first what those before
  /// a frame write to it, then what it writes itself, then what those after it do.
  mutating func apply(_ rule: CompiledRule, _ masks: StackMasks) {
    if let limit = rule.maxFrames { maxFrames = limit }
    if let limit = rule.minFrames { minFrames = limit }
    if let value = rule.upGroup { assign(value, to: masks.matchedBounds.first + 1..<count) }
    if let value = rule.ownGroup {
      for word in bits.indices {
        let matched = masks.matched[word]
        bits[word] = value ? bits[word] | matched : bits[word] & ~matched
      }
    }
    if let value = rule.downGroup { assign(value, to: 0..<masks.matchedBounds.last) }
  }

  private mutating func assign(_ value: Bool, to range: Range<Int>) {
    for index in range {
      let bit: UInt64 = 1 << UInt64(index & 63)
      bits[index >> 6] = value ? bits[index >> 6] | bit : bits[index >> 6] & ~bit
    }
  }

  /// Applies the limits; says whether the stack contributes.
  mutating func finish() -> Bool {
    var number: UInt64 = 0
    for index in (0..<count).reversed() where holds(index) {
      if maxFrames != 0, number == maxFrames {
        bits[index >> 6] &= ~(1 << UInt64(index & 63))
      } else {
        number += 1
      }
    }
    return number > 0 && number >= minFrames
  }
}
