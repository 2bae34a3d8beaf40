import Enhancements

/// Stack-trace rules: both readers take any text, what was read prints back to itself, and the compiled rules run.
enum RulesProperty {
  static func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    try checkProject(text)
    try checkEngine(text)
  }

  // MARK: The reader of project rules

  private static func checkProject(_ text: String) throws {
    let rules: [EnhancementRule]
    do {
      rules = try EnhancementSet.projectRules(of: text)
    } catch {
      return try check(error, of: text)
    }
    for rule in rules { try require(read(rule.description) == [rule], "\(rule) does not read back") }
    let printed = rules.map(\.description).joined(separator: "\n")
    try require(read(printed) == rules, "the rules do not read back together: \(printed)")
    let set = try EnhancementSet(base: nil, project: [RuleSource(name: "project", text: text)])
    for (rule, described) in zip(rules, set.rules) {
      try require(read(described.text) == [rule], "\(described) is not \(rule)")
      try require(described.line >= 1 && described.column >= 1, "no place: \(described)")
    }
    try require(set.rules.count == rules.count, "\(set.rules.count) rules of \(rules.count)")
    try checkPasses(set, rules)
  }

  /// The rules of a text; nil where it is refused.
  private static func read(_ text: String) -> [EnhancementRule]? {
    try? EnhancementSet.projectRules(of: text)
  }

  private static func check(_ errors: RuleErrors, of text: String) throws {
    let lines = text.utf8.count { $0 == 0x0A || $0 == 0x0D } + 1
    try require(!errors.diagnostics.isEmpty && !errors.sentryMessage.isEmpty, "refused without a reason")
    for error in errors.diagnostics {
      let hasPlace = 1...lines ~= error.line && 1...text.utf8.count + 1 ~= error.column
      try require(hasPlace && !error.message.isEmpty, "\(error)")
    }
  }

  // MARK: The engine's reader

  private static func checkEngine(_ text: String) throws {
    guard let rules = try? EngineReader.rules(of: text) else { return }
    for rule in rules {
      _ = rule.engineText
      // Project rules refuse some of what the engine takes; what they take must be the same rule.
      if let again = read(rule.description) { try require(again == [rule], "\(rule) reads back as \(again)") }
    }
    let set = try EnhancementSet(
      builtIn: rules.enumerated().map {
        ($1, DescribedRule(source: "engine", line: $0 + 1, text: $1.engineText))
      }, project: [])
    try checkPasses(set, rules)
  }

  // MARK: The passes

  /// What a memo remembers must not change what comes out, and neither must asking why.
  private static func checkPasses(_ set: EnhancementSet, _ rules: [EnhancementRule]) throws {
    let stack = stack(of: rules)
    let exception = ExceptionData(
      type: "java.io.IOException", value: "no [1] such file", mechanism: "generic")
    var used = RuleMemo()
    let first = Outcome(set, stack, exception, &used)
    let again = Outcome(set, stack, exception, &used)
    _ = Outcome(set, Array(stack.reversed()), ExceptionData(), &used)
    try require(
      first == again && first == Outcome(set, stack, exception, &used), "a memo changes the outcome")
    let why = set.explain(stack, eventPlatform: "java", exception: exception, memo: &used)
    for (index, frame) in why.frames.enumerated() where frame.inApp == nil {
      let isSame = first.frames[index].inApp == (stack[index].inApp ?? false)
      try require(isSame, "frame \(index) changed by no rule")
    }
  }

  private struct Outcome: Equatable {
    var frames: [StackFrame]
    var app: StackContribution
    var system: StackContribution

    init(_ set: EnhancementSet, _ stack: [StackFrame], _ exception: ExceptionData, _ memo: inout RuleMemo) {
      var frames = stack
      set.classify(&frames, eventPlatform: "java", exception: exception, memo: &memo)
      app = set.contributions(
        variant: .app, frames: frames, eventPlatform: "java", exception: exception, initial: [], memo: &memo)
      system = set.contributions(
        variant: .system, frames: frames, eventPlatform: "java", exception: exception, initial: [],
        memo: &memo)
      self.frames = frames
    }
  }

  /// Frames with the values of the rules' own matchers, so that plain ones match, between common ones.
  private static func stack(of rules: [EnhancementRule]) -> [StackFrame] {
    var stack = [
      StackFrame(module: "java.lang.Thread", function: "run", filename: "Thread.java"),
      StackFrame(
        platform: "python", function: "<module>", absPath: "/usr/lib/python3/site-packages/a.py", inApp: true),
    ]
    for matcher in rules.flatMap(\.matchers).prefix(6) {
      let value = matcher.value
      stack.append(
        StackFrame(
          module: value, function: value, filename: value, absPath: "/app/" + value, inApp: matcher.isNegated)
      )
    }
    return stack + [StackFrame(platform: "other", module: "com.example.Main", function: "main")]
  }
}
