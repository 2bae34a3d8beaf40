/// The first pass: rules set category and in-app (enhancements.md, section 6).
extension CompiledRules {
  /// Runs the classifier rules on a prepared memo and writes what they changed to `frames`. The last
  /// write wins; in-app that no rule wrote stays as it was, unknown included.
  /// - Complexity: O(awake rules × frames / 64) plus the writes.
  func runFirstPass(_ frames: inout [StackFrame], _ memo: inout RuleMemo, _ record: inout PassRecord?) {
    memo.isInAppKnown.removeAll(keepingCapacity: true)
    for frame in frames { memo.isInAppKnown.append(frame.inApp != nil) }
    let before = memo.categories
    runFirstPass(&memo, &record) { frames[$0].category ?? "" }
    for index in frames.indices {
      if memo.categories[index] != before[index] {
        frames[index].category = categories.names[Int(memo.categories[index])]
      }
      if memo.isInAppKnown[index] {
        frames[index].inApp = memo.masks.holds(AtomTable.inApp, frame: index)
      }
    }
  }

  /// The same in the memo alone: in-app stands in its masks, categories by their numbers.
  /// - Parameter category: that of a frame before the pass, asked for where no rule knows it.
  func runFirstPass(
    _ memo: inout RuleMemo, _ record: inout PassRecord?, category: (_ frame: Int) -> String
  ) {
    classifier.forEachMatch(of: self, &memo) { number, memo in
      apply(classifier.rules[number], &memo, category)
      record?.noteClassified(by: classifier.rules[number], memo.masks)
    }
  }

  /// Frames are acted on oldest first. So what a later match writes to the frames before it comes last,
  /// and what an earlier one writes to the frames after it comes first.
  private func apply(_ rule: CompiledRule, _ memo: inout RuleMemo, _ old: (_ frame: Int) -> String) {
    if let category = rule.category { set(category, &memo, old) }
    let (first, last) = memo.masks.matchedBounds
    if let value = rule.upInApp { memo.setInApp(value, in: first + 1..<memo.masks.frameCount) }
    if let value = rule.ownInApp {
      memo.masks.assignToMatched(value, of: AtomTable.inApp)
      memo.masks.forEachMatched { memo.isInAppKnown[$0] = true }
    }
    if let value = rule.downInApp { memo.setInApp(value, in: 0..<last) }
  }

  private func set(_ category: Int32, _ memo: inout RuleMemo, _ oldName: (_ frame: Int) -> String) {
    memo.masks.forEachMatched { index in
      let old = memo.categories[index]
      if old == category { return }
      let oldAtoms =
        old >= 0 ? categoryAtoms[Int(old)] : atoms.category.atoms(matching: Array(oldName(index).utf8))
      for atom in oldAtoms { memo.masks.remove(atom, frame: index) }
      for atom in categoryAtoms[Int(category)] { memo.masks.insert(atom, frame: index) }
      memo.categories[index] = category
    }
  }
}

extension RuleMemo {
  fileprivate mutating func setInApp(_ value: Bool, in range: Range<Int>) {
    masks.assign(value, to: range, of: AtomTable.inApp)
    for index in range { isInAppKnown[index] = true }
  }
}
