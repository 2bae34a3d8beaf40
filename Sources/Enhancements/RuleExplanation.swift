/// Which rules made of a stack what it became: for `explain`, and for comparing two sets of rules.
public struct RuleExplanation: Sendable, Hashable {
  /// The rules behind one frame, as indices into `EnhancementSet.rules`; nil: no rule.
  public struct Frame: Sendable, Hashable {
    /// The rule that wrote in-app last and so decided it.
    public var inApp: Int?
    /// The rule that wrote the category last.
    public var category: Int?
    /// The rule that last changed what the frame contributes to the app variant, `max-frames` included.
    public var appContributes: Int?
    /// The same for the system variant.
    public var systemContributes: Int?
  }
  /// One a frame, in the frames' order.
  public var frames: [Frame]
  /// The rules that matched some frame, ascending. A rule missing for every stack of a corpus is dead there.
  public var matched: [Int]
  /// The rules that ruled the whole stack out of a variant, ascending.
  public var ofStack: [Int]
  /// Rules some of whose answers later ones replaced, each with the first that did. One that is here and
  /// behind no frame's answer is shadowed by later rules.
  public var overridden: [Int: Int]
}

extension EnhancementSet {
  /// Runs both passes on frames that `classify` has not changed yet, and tells which rule did what.
  /// - Parameter initial: as for `contributions`, for each variant.
  /// - Complexity: as `classify` and `contributions`, plus O(matching rules × frames).
  public func explain(
    _ frames: [StackFrame], eventPlatform: String?, exception: ExceptionData,
    initial: (StackVariant) -> [Contribution] = { _ in [] }, memo: inout RuleMemo
  ) -> RuleExplanation {
    var record: PassRecord? = PassRecord(frameCount: frames.count)
    var classified = frames
    classify(&classified, eventPlatform, exception, &memo, &record)
    compiled.prepareIfNeeded(classified, eventPlatform: eventPlatform, exception: exception, &memo)
    let app = changers(.app, classified, initial(.app), &memo, &record)
    let system = changers(.system, classified, initial(.system), &memo, &record)
    let explained = frames.indices.map { index in
      RuleExplanation.Frame(
        inApp: record?.inApp[index], category: record?.category[index], appContributes: app[index],
        systemContributes: system[index])
    }
    return RuleExplanation(
      frames: explained, matched: record?.matched.sorted() ?? [], ofStack: record?.ofStack.sorted() ?? [],
      overridden: record?.overridden ?? [:])
  }

  /// Which rule last changed what each frame contributes: the one behind its hint.
  private func changers(
    _ variant: StackVariant, _ frames: [StackFrame], _ initial: [Contribution], _ memo: inout RuleMemo,
    _ record: inout PassRecord?
  ) -> [Int?] {
    let start = startingComponents(variant, frames, initial)
    let result = compiled.runSecondPass(
      compiled.contributes, frames, start: start, originalInApp: false, &memo, &record)
    return result.components.map { state in
      state.hint.map { compiled.contributes.rules[Int($0.rule)].source.rule }
    }
  }
}
