/// The engine without Sentry's layer around it: rules as one list, frames as they come (enhancements.md,
/// sections 2 to 9). `EnhancementSet` is what an event needs; this is what the engine alone is checked by.
package struct RuleEngine: Sendable {
  private let compiled: CompiledRules

  /// - Throws: the engine's own error for a text that it refuses.
  package init(text: String) throws(EngineSyntaxError) {
    let rules = try EngineReader.rules(of: text)
    let sources = rules.enumerated().map { number, rule in
      (rule, RuleHintSource(rule, label: { _ in "" }, rule: number))
    }
    compiled = CompiledRules(
      classifier: sources.filter { $0.0.actions.contains(where: \.isClassifier) },
      contributes: sources.filter { $0.0.actions.contains(where: \.isInSecondPass) })
  }

  /// The first pass alone: writes in-app and category, and leaves unknown in-app unknown.
  package func classify(
    _ frames: inout [StackFrame], eventPlatform: String?, exception: ExceptionData, memo: inout RuleMemo
  ) {
    var record: PassRecord?
    compiled.prepare(frames, eventPlatform: eventPlatform, exception: exception, &memo)
    compiled.runFirstPass(&frames, &memo, &record)
  }

  /// The second pass alone, and whether a rule asks for the inverted stack.
  package func contributions(
    of frames: [StackFrame], eventPlatform: String?, exception: ExceptionData, start: [Bool?],
    memo: inout RuleMemo
  ) -> (result: StackContribution, isInverted: Bool) {
    var record: PassRecord?
    compiled.prepare(frames, eventPlatform: eventPlatform, exception: exception, &memo)
    let pass = compiled.runSecondPass(
      compiled.contributes, frames, start: start.map { ComponentState(contributes: $0) }, originalInApp: true,
      &memo, &record)
    let frames = pass.components.map { Contribution(contributes: $0.contributes, hint: text($0.hint)) }
    let stack = Contribution(contributes: pass.contributes, hint: text(pass.hint))
    return (StackContribution(frames: frames, stack: stack), pass.isInverted)
  }

  private func text(_ hint: RuleHint?) -> String? {
    hint.map { $0.text(compiled.contributes.rules[Int($0.rule)].source) }
  }
}

extension Action {
  /// Whether the engine looks at the action in its second pass.
  fileprivate var isInSecondPass: Bool {
    if case .category = self { false } else { true }
  }
}
