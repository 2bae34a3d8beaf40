/// A hint that a rule left, before it is put into words.
struct RuleHint: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case ignored, unignored, markedInApp, markedOutOfApp
    case tooManyFrames(limit: UInt64)
    case tooFewFrames(count: Int)
  }
  var kind: Kind
  var rule: Int32
}

/// What the second pass keeps for one frame.
struct ComponentState: Sendable, Hashable {
  var contributes: Bool?
  var hint: RuleHint?
}

/// The outcome of the second pass.
struct SecondPassResult {
  var components: [ComponentState]
  var contributes = false
  var hint: RuleHint?
  var isInverted = false
}

/// The second pass: rules set contributions and leave hints (enhancements.md, section 7).
extension CompiledRules {
  /// Runs `list` on a memo that was prepared with the final frames.
  /// - Parameter originalInApp: whether `frames` carry their `originalInApp` into this pass.
  func runSecondPass(
    _ list: RuleList, _ frames: [StackFrame], start: [ComponentState], originalInApp: Bool,
    _ memo: inout RuleMemo, _ record: inout PassRecord?
  ) -> SecondPassResult {
    var pass = SecondPass(frames: frames, components: start, usesOriginalInApp: originalInApp)
    list.forEachMatch(of: self, &memo) { number, memo in
      let before = record == nil ? [] : pass.components
      pass.apply(list.rules[number], number: Int32(number), memo.masks)
      record?.matched.insert(list.rules[number].source.rule)
      record?.noteContributions(before, pass.components, of: list)
    }
    let before = record == nil ? [] : pass.components
    let result = pass.finish()
    record?.noteContributions(before, result.components, of: list)
    if let hint = result.hint { record?.ofStack.insert(list.rules[Int(hint.rule)].source.rule) }
    return result
  }
}

private struct SecondPass {
  let frames: [StackFrame]
  var components: [ComponentState]
  let usesOriginalInApp: Bool
  var maxFrames: (limit: UInt64, rule: Int32)?
  var minFrames: (limit: UInt64, rule: Int32)?
  var isInverted = false

  init(frames: [StackFrame], components: [ComponentState], usesOriginalInApp: Bool) {
    self.frames = frames
    self.components = components
    self.usesOriginalInApp = usesOriginalInApp
  }

  mutating func apply(_ rule: CompiledRule, number: Int32, _ masks: StackMasks) {
    if let limit = rule.maxFrames { maxFrames = (limit, number) }
    if let limit = rule.minFrames { minFrames = (limit, number) }
    if let value = rule.invertStacktrace { isInverted = value }
    if rule.upFlags.isEmpty && rule.downFlags.isEmpty {
      if !rule.ownFlags.isEmpty { masks.forEachMatched { write(rule.ownFlags, to: $0, number) } }
    } else {
      applyRanges(rule, number: number, masks)
    }
  }

  /// Frame by frame, in the order in which the matched frames write to it: first the `^` of those before
  /// it, then its own, then the `v` of those after it. Writing the same flags a third time changes nothing.
  private mutating func applyRanges(_ rule: CompiledRule, number: Int32, _ masks: StackMasks) {
    let bounds = masks.matchedBounds
    let start = rule.downFlags.isEmpty ? bounds.first : 0
    let end = rule.upFlags.isEmpty ? bounds.last + 1 : components.count
    for index in start..<end {
      let around = masks.matchedAround(index, bounds: bounds)
      for _ in 0..<around.before { write(rule.upFlags, to: index, number) }
      if masks.isMatched(index) { write(rule.ownFlags, to: index, number) }
      for _ in 0..<around.after { write(rule.downFlags, to: index, number) }
    }
  }

  private mutating func write(_ flags: [CompiledRule.Flag], to index: Int, _ rule: Int32) {
    for flag in flags {
      if flag.isApp {
        guard leavesAppHint(flag.value, at: index) else { continue }
        let isInApp = frames[index].inApp == true
        components[index].hint = RuleHint(kind: isInApp ? .markedInApp : .markedOutOfApp, rule: rule)
      } else if components[index].contributes != flag.value {
        components[index].contributes = flag.value
        components[index].hint = RuleHint(kind: flag.value ? .unignored : .ignored, rule: rule)
      }
    }
  }

  /// With the original known: whether in-app differs from it. Else, an oddity of the engine: whether the
  /// action's sign equals what the component contributes.
  private func leavesAppHint(_ value: Bool, at index: Int) -> Bool {
    guard usesOriginalInApp, let original = frames[index].originalInApp else {
      return components[index].contributes == value
    }
    let was: Bool? = original == 0 ? false : original == 1 ? true : nil
    return was != frames[index].inApp
  }

  // MARK: - The stack

  mutating func finish() -> SecondPassResult {
    limitFrames()
    let count = components.count { $0.contributes == true }
    var result = SecondPassResult(components: components, contributes: count > 0, isInverted: isInverted)
    if let (limit, rule) = minFrames, limit != 0, count > 0, UInt64(count) < limit {
      result.contributes = false
      result.hint = RuleHint(kind: .tooFewFrames(count: count), rule: rule)
    }
    return result
  }

  private mutating func limitFrames() {
    guard let (limit, rule) = maxFrames, limit != 0 else { return }
    var count: UInt64 = 0
    for index in components.indices.reversed() where components[index].contributes == true {
      count += 1
      guard count > limit else { continue }
      components[index] = ComponentState(
        contributes: false, hint: RuleHint(kind: .tooManyFrames(limit: limit), rule: rule))
    }
  }
}
