internal import TraceBytes

/// What of a stack counts in each variant, without the words that say why.
public struct CountedStack: Sendable, Hashable {
  /// Whether each frame contributes to `system`, oldest first.
  public var system: [Bool]
  /// The same for `app`; false for all that is not in-app.
  public var app: [Bool]
  /// Whether the stack contributes to `system`.
  public var countsInSystem: Bool
  /// Whether the stack contributes to `app`.
  public var countsInApp: Bool
}

/// The quick twin of `contributions`: one run of the rules a variant and no text.
extension EnhancementSet {
  /// Says for both variants what `contributions` would say of frames and stack.
  /// - Parameters:
  ///   - frames: as `classify` left them.
  ///   - initial: whether each frame contributes before the rules, one a frame; in `app` only those that are in-app.
  /// - Complexity: as `classify`; one look-up for a stack seen before.
  public func counted(
    _ frames: [StackFrame], eventPlatform: String?, exception: ExceptionData, initial: [Bool],
    memo: inout RuleMemo
  ) -> CountedStack {
    let known = memo.stacks.current(frames)
    let key = StackMemo.key(initial)
    if let answer = known?.counted[key] { return answer }
    compiled.prepareIfNeeded(frames, eventPlatform: eventPlatform, exception: exception, &memo)
    let system = secondPass(frames, initial, &memo)
    let app = secondPass(frames, zip(initial, frames).map { $0 && $1.inApp == true }, &memo)
    let answer = Self.counted(frames, system, app)
    known?.counted[key] = answer
    return answer
  }

  private func secondPass(_ frames: [StackFrame], _ initial: [Bool], _ memo: inout RuleMemo)
    -> SecondPassResult
  {
    var record: PassRecord?
    return compiled.runSecondPass(
      compiled.contributes, frames, start: initial.map { ComponentState(contributes: $0) },
      originalInApp: false, &memo, &record)
  }

  /// An `app` stack counts only where an in-app frame contributes.
  private static func counted(
    _ frames: [StackFrame], _ system: SecondPassResult, _ app: SecondPassResult
  ) -> CountedStack {
    let inSystem = system.components.map { $0.contributes == true }
    let inApp = zip(app.components, frames).map { $0.contributes == true && $1.inApp == true }
    return CountedStack(
      system: inSystem, app: inApp, countsInSystem: system.contributes && inSystem.contains(true),
      countsInApp: app.contributes && inApp.contains(true))
  }
}
