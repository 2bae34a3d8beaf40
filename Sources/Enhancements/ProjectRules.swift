/// Project rules that were read and checked, ready to be compiled.
struct ProjectRules: Sendable {
  /// In the order of the sources; what the engine is given (enhancements.md, section 11).
  private(set) var rules: [(rule: EnhancementRule, described: DescribedRule)] = []
  /// Sentry's own texts of the rules and of their parts; a hint's rule is "custom" if its text is here.
  private(set) var customTexts: Set<String> = []
  private(set) var warnings: [RuleDiagnostic] = []

  /// - Throws: every error of every source, if there is one.
  init(_ sources: [RuleSource]) throws(RuleErrors) {
    var diagnostics: [RuleDiagnostic] = []
    var sentryMessage: String?
    for source in sources {
      let reader = ProjectRuleReader(source.text)
      let places = PlaceFinder(source)
      let problems = (reader.problems + ProjectRules.engineProblems(reader)).sorted { $0.offset < $1.offset }
      diagnostics += problems.map { $0.diagnostic(source.name, places) }
      if !problems.isEmpty, sentryMessage == nil {
        sentryMessage = ProjectRules.sentryMessage(reader, source.text, problems)
      }
      for placed in reader.rules { add(placed, source.name, places, reader.text(of: placed)) }
    }
    if let sentryMessage { throw RuleErrors(diagnostics: diagnostics, sentryMessage: sentryMessage) }
  }

  private mutating func add(_ placed: PlacedRule, _ source: String, _ places: PlaceFinder, _ text: String) {
    let (line, column) = places.place(of: placed.offset)
    let described = DescribedRule(source: source, line: line, column: column, text: text)
    rules.append((placed.rule.asTransported, described))
    for part in [placed.rule.classifierPart, placed.rule.contributesPart] {
      if let part { customTexts.insert(part.foldingApp.rewrittenText) }
    }
    for (matcher, offset) in zip(placed.rule.matchers, placed.matcherOffsets) {
      guard let problem = ProjectRules.warning(matcher, at: offset) else { continue }
      warnings.append(problem.diagnostic(source, places))
    }
  }

  // MARK: - What the engine refuses

  /// Errors in what Sentry's own reader takes.
  static func engineProblems(_ reader: ProjectRuleReader) -> [ProjectRuleReader.Problem] {
    let offsets = reader.problems.map(\.offset).sorted()
    return reader.rules.compactMap { placed in
      let next = offsets.firstSortedIndex { $0 >= placed.offset }
      let isKnown = next < offsets.count && offsets[next] < placed.end
      guard !isKnown, let message = engineMessage(placed.rule) else { return nil }
      if let problem = brokenMatcher(placed, message) { return problem }
      let text = message.split(separator: "\n").last.map(String.init) ?? message
      return .init(code: .refusedByEngine, offset: placed.offset, message: text, sentryMessage: message)
    }
  }

  private static func engineMessage(_ rule: EnhancementRule) -> String? {
    do {
      _ = try EngineReader.rules(of: rule.rewrittenText)
      return nil
    } catch { return error.message }
  }

  private static func brokenMatcher(_ placed: PlacedRule, _ message: String) -> ProjectRuleReader.Problem? {
    for (matcher, offset) in zip(placed.rule.matchers, placed.matcherOffsets) {
      if matcher.value.utf8.first == UInt8(ascii: "\""), !matcher.value.dropFirst().contains("\"") {
        return .init(code: .unclosedQuote, offset: offset, message: "unclosed `\"`", sentryMessage: message)
      }
      if matcher.field.isException, let reason = globError(matcher) {
        let text = "`\(matcher.value)` is no glob: \(reason)"
        return .init(code: .brokenGlob, offset: offset, message: text, sentryMessage: message)
      }
    }
    return nil
  }

  static func warning(_ matcher: Matcher, at offset: Int) -> ProjectRuleReader.Problem? {
    if matcher.field.isGlob, !matcher.field.isException, let reason = globError(matcher) {
      let text = "`\(matcher.value)` is no glob (\(reason)), so this matcher never matches"
      return .init(code: .neverMatches, offset: offset, message: text)
    }
    if matcher.field == .family, matcher.value.split(separator: ",").contains("other") {
      let text = "`family:other` in project rules never matches: it is lost on the way to Sentry's engine"
      return .init(code: .lostFamily, offset: offset, message: text)
    }
    return nil
  }

  private static func globError(_ matcher: Matcher) -> String? {
    do {
      _ = try Glob(matcher.value, isPathLike: matcher.field.isPathLike)
      return nil
    } catch { return error.reason }
  }

  // MARK: - Sentry's message

  /// Sentry reads the whole text first, then looks at names and numbers, then asks the engine.
  private static func sentryMessage(
    _ reader: ProjectRuleReader, _ text: String, _ problems: [ProjectRuleReader.Problem]
  ) -> String {
    if let offset = reader.stoppedAt { return syntaxMessage(text, offset) }
    if let message = reader.problems.first(where: { $0.sentryMessage != nil })?.sentryMessage {
      return message
    }
    let first = problems.min { $0.offset < $1.offset }
    if let offset = first?.offset, let written = reader.refusedNumbers[offset] {
      return refusedNumber(written)
    }
    return first?.sentryMessage ?? first?.message ?? ""
  }

  private static func syntaxMessage(_ text: String, _ offset: Int) -> String {
    let bytes = Array(text.utf8)
    let rest = Array(String(decoding: bytes[offset...], as: UTF8.self).unicodeScalars.prefix(33))
    var near = String.UnicodeScalarView()
    near.append(contentsOf: rest.count == 33 ? rest.dropLast() : rest)
    let before = String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars
    let line = before.count { $0 == "\n" } + 1
    let column = before.reversed().prefix { $0 != "\n" }.count + 1
    let dots = rest.count == 33 ? "..." : ""
    return "Invalid syntax near \"\(String(near))\(dots)\" (line \(line), column \(column))"
  }

  /// The engine's words for a number that Python takes: it stops at the action itself.
  private static func refusedNumber(_ written: String) -> String {
    do {
      _ = try EngineReader.rules(of: "module:x " + written)
      return written
    } catch { return error.message }
  }
}

extension ProjectRuleReader.Problem {
  func diagnostic(_ file: String, _ places: PlaceFinder) -> RuleDiagnostic {
    let (line, column) = places.place(of: offset)
    return RuleDiagnostic(code: code, file: file, line: line, column: column, message: message)
  }
}

extension EnhancementRule {
  /// The part that takes part in the first pass: `±app` and `category=`.
  var classifierPart: EnhancementRule? { keeping(\.isClassifier) }

  /// The part that takes part in the second pass: `±group`, `max-frames`, `min-frames`.
  var contributesPart: EnhancementRule? { keeping { !$0.isClassifier } }

  /// The rule as it arrives at the engine: `app:` words folded, `family:other` lost (section 11).
  var asTransported: EnhancementRule {
    var rule = self
    for index in rule.matchers.indices {
      switch rule.matchers[index].field {
      case .app: rule.matchers[index].value = foldedApp(rule.matchers[index].value) ?? ""
      case .family: rule.matchers[index].value = rule.matchers[index].value.transportedFamilies
      default: break
      }
    }
    return rule
  }

  /// The rule as Sentry's own reader shows it: known `app:` words folded, the rest as written.
  var foldingApp: EnhancementRule {
    var rule = self
    for index in rule.matchers.indices where rule.matchers[index].field == .app {
      rule.matchers[index].value = foldedApp(rule.matchers[index].value) ?? rule.matchers[index].value
    }
    return rule
  }

  private func foldedApp(_ word: String) -> String? {
    switch word.lowercased() {
    case "1", "true", "yes": "1"
    case "0", "false", "no": "0"
    default: nil
    }
  }
}

extension String {
  /// A comma list without the words that have no code on the way to the engine.
  fileprivate var transportedFamilies: String {
    split(separator: ",").filter { ["native", "javascript", "all"].contains($0) }.joined(separator: ",")
  }
}
