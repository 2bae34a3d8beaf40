/// What `explain` wants to know about a run.
struct PassRecord {
  /// The rule that last wrote in-app of each frame.
  var inApp: [Int?]
  /// The rule that last wrote the category of each frame.
  var category: [Int?]
  /// Rules that matched some frame in either pass.
  var matched: Set<Int> = []

  init(frameCount: Int) {
    inApp = [Int?](repeating: nil, count: frameCount)
    category = inApp
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
}
