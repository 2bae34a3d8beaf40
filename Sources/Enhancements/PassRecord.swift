/// What `explain` wants to know about a run.
struct PassRecord {
  /// The rule that last wrote in-app of each frame.
  var inApp: [Int?]
  /// The rule that last wrote the category of each frame.
  var category: [Int?]
  /// Rules that matched some frame in either pass.
  var matched: Set<Int> = []
  /// Rules that ruled a whole stack in or out.
  var ofStack: Set<Int> = []
  /// For a rule whose answer for some frame was replaced: the first rule that replaced one.
  var overridden: [Int: Int] = [:]

  init(frameCount: Int) {
    inApp = [Int?](repeating: nil, count: frameCount)
    category = inApp
  }

  mutating func noteClassified(by rule: CompiledRule, _ masks: StackMasks) {
    matched.insert(rule.source.rule)
    let (first, last) = masks.matchedBounds
    for index in inApp.indices {
      let isOwn = masks.isMatched(index)
      if isOwn, rule.category != nil {
        noteOverridden(category[index], by: rule.source.rule)
        category[index] = rule.source.rule
      }
      let isWritten =
        isOwn && rule.ownInApp != nil || index > first && rule.upInApp != nil
        || index < last && rule.downInApp != nil
      if isWritten {
        noteOverridden(inApp[index], by: rule.source.rule)
        inApp[index] = rule.source.rule
      }
    }
  }

  /// Takes note of the hints that a rule of the second pass, or the pass's end, put in place of others.
  mutating func noteContributions(_ before: [ComponentState], _ after: [ComponentState], of list: RuleList) {
    for (old, new) in zip(before, after) {
      guard let old = old.hint, let new = new.hint else { continue }
      noteOverridden(list.rules[Int(old.rule)].source.rule, by: list.rules[Int(new.rule)].source.rule)
    }
  }

  private mutating func noteOverridden(_ old: Int?, by new: Int) {
    if let old, old != new, overridden[old] == nil { overridden[old] = new }
  }
}
