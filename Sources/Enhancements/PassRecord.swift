/// What `explain` and the statistics of a rule change want to know about a run.
struct PassRecord {
  /// The rule that last wrote in-app of each frame, -1 for none.
  var inApp: [Int]
  var category: [Int]
  var contributes: [Int]
  /// Rules that matched some frame in either pass.
  var matched: Set<Int> = []

  init(frameCount: Int) {
    inApp = [Int](repeating: -1, count: frameCount)
    category = inApp
    contributes = inApp
  }

  mutating func noteClassified(by rule: CompiledRule, _ masks: StackMasks) {
    matched.insert(rule.source.rule)
    let (first, last) = masks.matchedBounds
    for index in inApp.indices {
      let isOwn = masks.isMatched(index)
      if isOwn, rule.category != nil { category[index] = rule.source.rule }
      let isWritten =
        isOwn && rule.ownInApp != nil || index > first && rule.upInApp != nil
        || index < last && rule.downInApp != nil
      if isWritten { inApp[index] = rule.source.rule }
    }
  }

  mutating func noteContributed(by rule: CompiledRule, _ masks: StackMasks) {
    matched.insert(rule.source.rule)
    let (first, last) = masks.matchedBounds
    let isGroup = { (flags: [CompiledRule.Flag]) in flags.contains { !$0.isApp } }
    for index in contributes.indices {
      let isWritten =
        masks.isMatched(index) && isGroup(rule.ownFlags) || index > first && isGroup(rule.upFlags)
        || index < last && isGroup(rule.downFlags)
      if isWritten { contributes[index] = rule.source.rule }
    }
  }
}
