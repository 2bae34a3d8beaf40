import TestSupport
import Testing

@testable import Enhancements

@Suite struct RulePassTests {
  private func classified(
    _ frames: [StackFrame], _ base: BaseRules?, _ text: String = "", platform: String = "java"
  ) throws -> (frames: [StackFrame], system: StackContribution) {
    let project = text.isEmpty ? [] : [RuleSource(name: "rules", text: text)]
    let rules = try EnhancementSet(base: base, project: project)
    var memo = RuleMemo()
    var frames = frames
    rules.classify(&frames, eventPlatform: platform, exception: ExceptionData(), memo: &memo)
    let system = rules.contributions(
      variant: .system, frames: frames, eventPlatform: platform, exception: ExceptionData(), initial: [],
      memo: &memo)
    return (frames, system)
  }

  private func java(_ name: String, _ inApp: Bool? = true) -> StackFrame {
    let parts = name.split(separator: ".")
    return StackFrame(
      module: parts.dropLast().joined(separator: "."), function: String(parts.last ?? ""), inApp: inApp)
  }

  @Test func builtInTablesAreWhole() {
    for (base, count) in [(BaseRules.allPlatforms2023, 128), (.allPlatforms2026, 134)] {
      let rules = base.rules
      #expect(base.table.split(separator: "\n").count == count)
      #expect(rules.count == count)
      #expect(rules.map(\.described.line) == rules.map(\.described.line).sorted())
      #expect(Set(rules.map(\.described.line)).count == count)
    }
  }

  @Test func aLoneThreadFrameStaysInApp() throws {
    let (frames, system) = try classified([java("java.lang.Thread.run")], .allPlatforms2026)
    #expect(frames[0].inApp == true && frames[0].category == "std")
    #expect(system.frames[0].contributes == true)
  }

  @Test func standardCalledByStandardBecomesInternal() throws {
    let stack = [java("java.lang.Thread.run"), java("java.util.A.x"), java("io.airbyte.X.x")]
    let new = try classified(stack, .allPlatforms2026)
    #expect(new.frames.map(\.inApp) == [true, false, true])
    #expect(new.system.frames.map(\.contributes) == [true, false, true])
    let old = try classified(stack, .allPlatforms2023)
    #expect(old.frames.map(\.inApp) == [true, true, true])
    #expect(old.system.frames.map(\.contributes) == [true, false, true])
  }

  @Test func aThreadPoolCutsWhatIsOlder() throws {
    let pool = "java.util.concurrent.ThreadPoolExecutor"
    let stack = [
      java("com.a.Main.main"), java(pool + "$Worker.run"), java(pool + ".runWorker"),
      java("io.airbyte.X.call"),
    ]
    let (frames, system) = try classified(stack, .allPlatforms2026)
    #expect(frames.map(\.inApp) == [true, true, true, true])
    #expect(system.frames.map(\.contributes) == [false, false, false, true])
  }

  @Test func projectRulesOverrideTheBase() throws {
    let stack = [java("org.springframework.x.Y.a"), java("io.airbyte.X.b", nil)]
    let (frames, _) = try classified(stack, .allPlatforms2026, "stack.module:io.airbyte.* +app")
    #expect(frames.map(\.inApp) == [false, true])
    #expect(frames.map(\.originalInApp) == [1, -1])
  }

  @Test func sitePackagesAreNotInApp() throws {
    let path = "/usr/local/lib/python3.9/site-packages/requests/api.py"
    let stack = [StackFrame(function: "get", absPath: path, inApp: true)]
    let (frames, system) = try classified(stack, .allPlatforms2026, platform: "python")
    #expect(frames[0].inApp == false)
    #expect(system.frames[0].contributes == true)
  }

  @Test func classifyingAgainChangesNothing() throws {
    let rules = try EnhancementSet(base: .allPlatforms2026, project: [])
    var memo = RuleMemo()
    var frames = [java("java.lang.Thread.run", nil), java("java.util.A.x"), java("akka.X.x", nil)]
    rules.classify(&frames, eventPlatform: "java", exception: ExceptionData(), memo: &memo)
    let once = frames
    rules.classify(&frames, eventPlatform: "java", exception: ExceptionData(), memo: &memo)
    #expect(frames == once)
  }

  @Test func explainNamesTheRule() throws {
    let text = "module:io.* +app\nmodule:io.x.* -app\nfunction:f -group\nmodule:never +app"
    let rules = try EnhancementSet(base: nil, project: [RuleSource(name: "rules", text: text)])
    var memo = RuleMemo()
    let found = rules.explain(
      [java("io.x.A.f"), java("io.y.B.g", nil)], eventPlatform: "java", exception: ExceptionData(),
      memo: &memo)
    #expect(found.frames.map(\.inApp) == [1, 0])
    #expect(found.frames.map(\.systemContributes) == [2, nil])
    #expect(found.matched == [0, 1, 2])
  }

  @Test func explainingAgreesWithClassifying() throws {
    let rules = try EnhancementSet(base: .allPlatforms2026, project: [])
    var memo = RuleMemo()
    let stack = [java("akka.A.a"), java("com.mine.B.b")]
    let found = rules.explain(stack, eventPlatform: "java", exception: ExceptionData(), memo: &memo)
    #expect(found.frames[0].inApp.map { rules.rules[$0].text } == "category:framework -app")
    #expect(found.frames[1].inApp == nil)
  }

  /// The bit rows against loops that follow the description to the letter, on stacks of up to 150 frames.
  @Test func bitRowsAgreeWithLoops() throws {
    var random = SplitMix64(seed: 11)
    try withEvery("round", in: 0..<250) { round in
      let text = (0..<8).map { _ in RandomRules.rule(&random) }.joined(separator: "\n")
      let rules = try EngineReader.rules(of: text)
      let engine = try RuleEngine(text: text)
      let count = [0, 1, 3, 10, 63, 64, 65, 150][round % 8]
      let frames = (0..<count).map { _ in RandomRules.frame(&random) }
      var naive = NaivePasses(rules: rules, frames: frames)
      naive.classify()
      var memo = RuleMemo()
      var classified = frames
      engine.classify(&classified, eventPlatform: nil, exception: ExceptionData(), memo: &memo)
      #expect(classified == naive.frames, "\(Trail.text)\n\(text)")
      let start = frames.map { _ in [true, false, nil].randomElement(using: &random) ?? nil }
      let got = engine.contributions(
        of: classified, eventPlatform: nil, exception: ExceptionData(), start: start, memo: &memo)
      #expect(got.result.frames == naive.contributions(start: start), "\(Trail.text)\n\(text)")
    }
  }

  @Test func memosMayBeSharedByRuleSets() throws {
    let first = try EnhancementSet(base: nil, project: [RuleSource(name: "a", text: "module:x +app")])
    let second = try EnhancementSet(base: nil, project: [RuleSource(name: "b", text: "module:x -app")])
    var memo = RuleMemo()
    for (rules, wanted) in [(first, true), (second, false), (first, true)] {
      var frames = [StackFrame(module: "x")]
      rules.classify(&frames, eventPlatform: nil, exception: ExceptionData(), memo: &memo)
      #expect(frames[0].inApp == wanted)
    }
  }

  @Test func aFullMemoStartsAnew() {
    var memo = ValueMemo(seed: 1)
    for number in 0..<(ValueMemo.maxEntries + 9) {
      let range = memo.atoms(of: "value \(number)") { _ in [Int32(number)] }
      #expect(memo.first(of: range) == Int32(number))
    }
    let again = memo.atoms(of: "value 0") { _ in [7] }
    #expect(memo.first(of: again) == 7, "the first values were forgotten")
    #expect(memo.atoms(of: "") { _ in [] }.isEmpty)
  }
}

/// Rules and frames of few values, so that rules meet frames often.
private enum RandomRules {
  static func rule(_ random: inout SplitMix64) -> String {
    var text = ""
    if Int.random(in: 0..<4, using: &random) == 0 { text += "[ \(matcher(&random)) ] | " }
    for _ in 0...Int.random(in: 0..<2, using: &random) { text += matcher(&random) + " " }
    if Int.random(in: 0..<4, using: &random) == 0 { text += "| [ \(matcher(&random)) ] " }
    let actions = [
      "+app", "-app", "^+app", "v-app", "^-app", "+group", "-group", "^-group", "v+group", "category=a",
      "category=b",
      "max-frames=2", "max-frames=70",
    ]
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      text += (actions.randomElement(using: &random) ?? "") + " "
    }
    return text
  }

  private static func matcher(_ random: inout SplitMix64) -> String {
    let matchers = [
      "module:a", "module:b*", "function:f", "category:a", "category:b", "app:1", "app:no", "path:**/p/**",
      "family:all",
    ]
    let isNegated = Int.random(in: 0..<4, using: &random) == 0
    return (isNegated ? "!" : "") + (matchers.randomElement(using: &random) ?? "")
  }

  static func frame(_ random: inout SplitMix64) -> StackFrame {
    StackFrame(
      module: ["a", "b", "bc", nil].randomElement(using: &random) ?? nil,
      function: ["f", "g"].randomElement(using: &random),
      absPath: ["/x/p/y", "q", nil].randomElement(using: &random) ?? nil,
      inApp: [true, false, nil].randomElement(using: &random) ?? nil,
      category: ["a", "c", nil].randomElement(using: &random) ?? nil,
      originalInApp: [nil, -1, 0, 1].randomElement(using: &random) ?? nil)
  }
}

/// Both passes as loops over rules, frames, actions and ranges. Exception matchers are left out.
private struct NaivePasses {
  let rules: [EnhancementRule]
  var frames: [StackFrame]

  private func holds(_ matcher: Matcher, _ index: Int) -> Bool {
    let at = matcher.place == .caller ? index - 1 : matcher.place == .callee ? index + 1 : index
    guard frames.indices.contains(at) else { return false }
    let frame = frames[at]
    let isMatch: Bool
    switch matcher.field {
    case .module: isMatch = glob(matcher, frame.module)
    case .function: isMatch = glob(matcher, frame.function)
    case .category: isMatch = glob(matcher, frame.category)
    case .path: isMatch = glob(matcher, frame.absPath)
    case .app: isMatch = (frame.inApp == true) == (matcher.value == "1")
    default: isMatch = true
    }
    return isMatch != matcher.isNegated
  }

  private func glob(_ matcher: Matcher, _ value: String?) -> Bool {
    guard let value, let glob = try? Glob(matcher.value, isPathLike: matcher.field.isPathLike) else {
      return false
    }
    return glob.matches(value)
  }

  private func matching(_ rule: EnhancementRule) -> [Int] {
    frames.indices.filter { index in rule.matchers.allSatisfy { holds($0, index) } }
  }

  private func range(_ range: ActionRange, _ index: Int) -> Range<Int> {
    switch range {
    case .frame: index..<index + 1
    case .up: index + 1..<frames.count
    case .down: 0..<index
    }
  }

  mutating func classify() {
    for rule in rules where rule.actions.contains(where: \.isClassifier) {
      for index in matching(rule) {
        for action in rule.actions {
          switch action {
          case .app(let value, let where_): for other in range(where_, index) { frames[other].inApp = value }
          case .category(let name): frames[index].category = name
          default: break
          }
        }
      }
    }
  }

  func contributions(start: [Bool?]) -> [Contribution] {
    var result = start.map { Contribution(contributes: $0) }
    var limit: (UInt64, String)?
    for rule in rules where !rule.actions.allSatisfy(isCategory) {
      let text = "by stack trace rule (\(rule.engineText))"
      for index in matching(rule) {
        for action in rule.actions {
          switch action {
          case .app(let value, let where_):
            for other in range(where_, index) { mark(other, value, &result, text) }
          case .group(let value, let where_):
            for other in range(where_, index) where result[other].contributes != value {
              result[other] = Contribution(
                contributes: value, hint: (value ? "un-ignored " : "ignored ") + text)
            }
          case .maxFrames(let count): limit = (count, text)
          default: break
          }
        }
      }
    }
    if let (count, text) = limit { apply(count, text, &result) }
    return result
  }

  private func isCategory(_ action: Action) -> Bool { if case .category = action { true } else { false } }

  private func mark(_ index: Int, _ value: Bool, _ result: inout [Contribution], _ text: String) {
    let frame = frames[index]
    let isLeft: Bool
    switch frame.originalInApp {
    case nil: isLeft = result[index].contributes == value
    case 0?: isLeft = frame.inApp != false
    case 1?: isLeft = frame.inApp != true
    default: isLeft = frame.inApp != nil
    }
    if isLeft { result[index].hint = (frame.inApp == true ? "marked in-app " : "marked out of app ") + text }
  }

  private func apply(_ limit: UInt64, _ text: String, _ result: inout [Contribution]) {
    var count: UInt64 = 0
    for index in result.indices.reversed() where limit > 0 && result[index].contributes == true {
      count += 1
      guard count > limit else { continue }
      let words = limit == 1 ? "1 frame is" : "\(limit) frames are"
      result[index] = Contribution(
        contributes: false, hint: "ignored because only \(words) considered " + text)
    }
  }
}
