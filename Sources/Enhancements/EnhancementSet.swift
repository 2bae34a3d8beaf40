/// Stack-trace rules, compiled once and shared by all workers: Sentry's built-in ones, then a project's.
///
/// ```swift
/// let rules = try EnhancementSet(base: .allPlatforms2026, project: [RuleSource(name: path, text: text)])
/// var memo = RuleMemo()  // one a worker
/// rules.classify(&frames, eventPlatform: "java", exception: exception, memo: &memo)
/// ```
public struct EnhancementSet: Sendable {
  let compiled: CompiledRules
  /// The rules in their order, built-in ones first; indices of `explain` and of "matched" point here.
  public let rules: [DescribedRule]
  /// What is legal in the project's rules and hardly meant.
  public let warnings: [RuleDiagnostic]

  /// Reads and compiles.
  /// - Parameters:
  ///   - base: the built-in rules, nil for none.
  ///   - project: the project's rules, in the order in which they apply. The last write wins.
  /// - Throws: `RuleErrors` with every error of every source. Sentry would then drop them all.
  /// - Complexity: O(bytes of all sources).
  public init(base: BaseRules?, project: [RuleSource]) throws(RuleErrors) {
    try self.init(builtIn: base?.rules ?? [], project: project)
  }

  /// As `init(base:project:)`, with any rules for built-in ones.
  package init(builtIn: [(rule: EnhancementRule, described: DescribedRule)], project: [RuleSource])
    throws(RuleErrors)
  {
    let read = try ProjectRules(project)
    let all = builtIn + read.rules
    rules = all.map(\.described)
    warnings = read.warnings
    var classifier: [(EnhancementRule, RuleHintSource)] = []
    var contributes: [(EnhancementRule, RuleHintSource)] = []
    for (number, entry) in all.enumerated() {
      if let part = entry.rule.classifierPart { classifier.append((part, read.hintSource(part, number))) }
      if let part = entry.rule.contributesPart { contributes.append((part, read.hintSource(part, number))) }
    }
    compiled = CompiledRules(classifier: classifier, contributes: contributes)
  }

  // MARK: - First pass

  /// Sets in-app, category, original and client in-app of one stack's frames, oldest first, as Sentry
  /// does before it groups (enhancements.md, sections 6 and 12). No in-app stays unknown.
  ///
  /// Running it again on its own result changes nothing.
  /// - Complexity: O(bytes of the fields) for a stack seen before; a few look-ups a frame for known values.
  public func classify(
    _ frames: inout [StackFrame], eventPlatform: String?, exception: ExceptionData, memo: inout RuleMemo
  ) {
    memo.own(compiled)
    let seen = compiled.atoms.exceptionGlobs.isEmpty ? nil : exception
    let key = StackMemo.key(frames, eventPlatform: eventPlatform, exception: seen, seed: memo.seed)
    if let known = memo.stacks.verdict(key) { return memo.stacks.apply(known, to: &frames) }
    var record: PassRecord?
    classify(&frames, eventPlatform, exception, &memo, &record)
    memo.stacks.remember(key, frames)
  }

  func classify(
    _ frames: inout [StackFrame], _ eventPlatform: String?, _ exception: ExceptionData,
    _ memo: inout RuleMemo,
    _ record: inout PassRecord?
  ) {
    for index in frames.indices { frames[index].restoreInApp() }
    compiled.prepare(frames, eventPlatform: eventPlatform, exception: exception, &memo)
    let before = frames.map(\.inApp)
    compiled.runFirstPass(&frames, &memo, &record)
    for index in frames.indices { frames[index].noteChange(from: before[index]) }
    // What the passes changed is in the masks, too.
    memo.keep(frames, eventPlatform: eventPlatform)
  }
}

extension ProjectRules {
  fileprivate func hintSource(_ part: EnhancementRule, _ number: Int) -> RuleHintSource {
    RuleHintSource(part, label: { customTexts.contains($0) ? "custom " : "built-in " }, rule: number)
  }
}

extension StackFrame {
  /// Undoes an earlier run, and keeps what the client said.
  fileprivate mutating func restoreInApp() {
    if let originalInApp { inApp = originalInApp == -1 ? nil : originalInApp != 0 }
    if let inApp { clientInApp = inApp }
  }

  /// Unknown becomes false; the value before is kept, once, if it was another.
  fileprivate mutating func noteChange(from before: Bool?) {
    let after = inApp ?? false
    inApp = after
    guard before != after, originalInApp == nil else { return }
    originalInApp =
      switch before {
      case nil: -1
      case false?: 0
      case true?: 1
      }
  }
}

extension EnhancementSet {
  /// Any text as built-in rules: read as a project's, then handed to the engine as re-written text, where
  /// `\\` folds a second time (enhancements.md, section 11).
  package static func builtInRules(
    of text: String
  ) throws(RuleErrors) -> [(rule: EnhancementRule, described: DescribedRule)] {
    let source = RuleSource(name: "built-in", text: text)
    _ = try ProjectRules([source])
    let places = PlaceFinder(source)
    return ProjectRuleReader(text).rules.compactMap { placed in
      let (line, column) = places.place(of: placed.offset)
      let written = placed.rule.rewrittenText
      let described = DescribedRule(source: source.name, line: line, column: column, text: written)
      return (try? EngineReader.rule(of: written)).map { ($0, described) }
    }
  }
}

extension EnhancementSet {
  /// A text's rules as Sentry's own reader of project rules takes them, before they go to the engine.
  /// - Throws: what `init(base:project:)` throws for the same text.
  package static func projectRules(of text: String) throws(RuleErrors) -> [EnhancementRule] {
    _ = try ProjectRules([RuleSource(name: "project", text: text)])
    return ProjectRuleReader(text).rules.map(\.rule)
  }
}
