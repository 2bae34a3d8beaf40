/// The second pass as Sentry runs it: once for each variant, with its own hints (enhancements.md, section 12).
extension EnhancementSet {
  /// What each frame and the stack contribute to one variant, and why.
  /// - Parameters:
  ///   - frames: as `classify` left them.
  ///   - initial: what each frame contributes before the rules, one a frame; nil in one means "contributes".
  ///     An empty array means that all do.
  /// - Complexity: as `classify`, plus the text of the hints.
  public func contributions(
    variant: StackVariant, frames: [StackFrame], eventPlatform: String?, exception: ExceptionData,
    initial: [Contribution], memo: inout RuleMemo
  ) -> StackContribution {
    let known = memo.stacks.current(frames)
    let key = StackMemo.key(variant, initial)
    if let answer = known?.contributions[key] { return answer }
    var record: PassRecord?
    let answer = contributions(variant, frames, eventPlatform, exception, initial, &memo, &record)
    known?.contributions[key] = answer
    return answer
  }

  func contributions(
    _ variant: StackVariant, _ frames: [StackFrame], _ eventPlatform: String?, _ exception: ExceptionData,
    _ initial: [Contribution], _ memo: inout RuleMemo, _ record: inout PassRecord?
  ) -> StackContribution {
    compiled.prepareIfNeeded(frames, eventPlatform: eventPlatform, exception: exception, &memo)
    let inAppHints = variant == .app ? inAppHints(frames, &memo) : []
    let start = startingComponents(variant, frames, initial)
    let result = compiled.runSecondPass(
      compiled.contributes, frames, start: start, originalInApp: false, &memo, &record)
    let components = frames.indices.map { index in
      component(
        variant, frames[index], result.components[index], initial.value(at: index)?.hint,
        inAppHints.value(at: index) ?? nil)
    }
    return StackContribution(frames: components, stack: stack(variant, frames, result, initial, &memo))
  }

  /// Frames that are not in-app contribute nothing to the app variant; all others what they did before.
  func startingComponents(
    _ variant: StackVariant, _ frames: [StackFrame], _ initial: [Contribution]
  ) -> [ComponentState] {
    frames.indices.map { index in
      let isOut = variant == .app && frames[index].inApp != true
      return ComponentState(contributes: isOut ? false : initial.value(at: index)?.contributes ?? true)
    }
  }

  /// What the classifier rules say about each frame's in-app.
  private func inAppHints(_ frames: [StackFrame], _ memo: inout RuleMemo) -> [String?] {
    var record: PassRecord?
    let start = [ComponentState](repeating: ComponentState(), count: frames.count)
    let result = compiled.runSecondPass(
      compiled.classifier, frames, start: start, originalInApp: true, &memo, &record)
    return frames.indices.map { index in
      inAppHint(frames[index], result.components[index].hint)
    }
  }

  private func inAppHint(_ frame: StackFrame, _ hint: RuleHint?) -> String? {
    let isInApp = frame.inApp == true
    if let hint, frame.clientInApp != isInApp {
      let source = compiled.classifier.rules[Int(hint.rule)].source
      // Sentry looks for the word in the whole hint, so a pattern that holds it hides the hint, too.
      if !source.saysIgnored { return hint.text(source) }
    }
    if frame.clientInApp == isInApp { return "marked \(isInApp ? "in-app" : "out of app") by the client" }
    return isInApp ? nil : "non app frame"
  }

  private func component(
    _ variant: StackVariant, _ frame: StackFrame, _ state: ComponentState, _ initialHint: String?,
    _ inAppHint: String?
  ) -> Contribution {
    if variant == .app, frame.inApp != true { return Contribution(contributes: false, hint: inAppHint) }
    let ruleHint = state.hint.map { $0.text(compiled.contributes.rules[Int($0.rule)].source) }
    guard let hint = ruleHint ?? initialHint else {
      return Contribution(contributes: state.contributes, hint: inAppHint)
    }
    guard let inAppHint else { return Contribution(contributes: state.contributes, hint: hint) }
    let joint = state.contributes == true ? "and" : "but"
    return Contribution(contributes: state.contributes, hint: "\(inAppHint) \(joint) \(hint)")
  }

  // MARK: - The stack

  private func stack(
    _ variant: StackVariant, _ frames: [StackFrame], _ result: SecondPassResult, _ initial: [Contribution],
    _ memo: inout RuleMemo
  ) -> Contribution {
    if let reason = emptiness(variant, frames, result, initial, &memo) {
      return Contribution(contributes: false, hint: "ignored because it contains no \(reason)")
    }
    let hint = result.hint.map { $0.text(compiled.contributes.rules[Int($0.rule)].source) }
    return Contribution(contributes: result.contributes, hint: hint)
  }

  /// What the stack has none of, if that alone rules it out.
  private func emptiness(
    _ variant: StackVariant, _ frames: [StackFrame], _ result: SecondPassResult, _ initial: [Contribution],
    _ memo: inout RuleMemo
  ) -> String? {
    if frames.isEmpty { return "frames" }
    if variant == .system {
      return result.components.contains { $0.contributes == true } ? nil : "contributing frames"
    }
    if !frames.contains(where: { $0.inApp == true }) { return "in-app frames" }
    return systemContributes(frames, initial, &memo) ? nil : "contributing frames"
  }

  /// Whether an in-app frame contributes to the system variant: Sentry looks there for both.
  private func systemContributes(_ frames: [StackFrame], _ initial: [Contribution], _ memo: inout RuleMemo)
    -> Bool
  {
    var record: PassRecord?
    let start = startingComponents(.system, frames, initial)
    let result = compiled.runSecondPass(
      compiled.contributes, frames, start: start, originalInApp: false, &memo, &record)
    return frames.indices.contains { frames[$0].inApp == true && result.components[$0].contributes == true }
  }
}

extension Array {
  fileprivate func value(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
