/// A rule and where it stands in its source.
struct PlacedRule: Sendable, Hashable {
  var rule: EnhancementRule
  /// Byte of the source's text at which the rule starts.
  var offset: Int
  /// One past the rule's last byte.
  var end: Int
  /// Where each matcher starts.
  var matcherOffsets: [Int]
}

/// Reads project rules as Sentry does before its engine sees them (enhancements.md, section 10).
///
/// The grammar takes the first way that fits and never looks back. Where Sentry stops at the first error,
/// this reader notes it and goes on with the next line, so that all errors are found.
struct ProjectRuleReader {
  private let bytes: [UInt8]
  private var next = 0
  private(set) var rules: [PlacedRule] = []
  private(set) var problems: [Problem] = []
  /// Where Sentry would have stopped reading; nil if it would have read all.
  private(set) var stoppedAt: Int?
  private var deepest: Problem?  // of the rule that is being tried

  /// An error at a byte of the text.
  struct Problem: Sendable, Hashable {
    var code: RuleCode
    var offset: Int
    var message: String
    /// Sentry's words for errors that it finds only after the whole text was read.
    var sentryMessage: String?
  }

  /// Reads the whole text.
  /// - Complexity: O(bytes).
  init(_ text: String) {
    bytes = Array(text.utf8)
    while next < bytes.count { readLine() }
  }

  /// A rule as it stands in the text.
  func text(of rule: PlacedRule) -> String { text(rule.offset..<rule.end) }

  private mutating func readLine() {
    let start = next
    skipSpaces()
    if peek == UInt8(ascii: "#") { skipLine() } else { readRuleOrNothing() }
    if peek == UInt8(ascii: "\r") || peek == UInt8(ascii: "\n") { next += 1 }
    guard next == start else { return }
    if stoppedAt == nil { stoppedAt = next }
    problems.append(rules.last?.end == next ? tail : deepest ?? tail)
    skipLine()
  }

  /// What stands right behind the last rule, without a space.
  private var tail: Problem {
    Problem(code: .unexpectedText, offset: next, message: "expected a space or the end of the line")
  }

  private mutating func readRuleOrNothing() {
    let start = next
    deepest = nil
    let known = problems.count
    guard next < bytes.count, !isAtLineEnd else { return }
    if let rule = readRule() {
      rules.append(rule)
    } else {
      next = start
      problems.removeLast(problems.count - known)
    }
  }

  // MARK: - A rule

  private mutating func readRule() -> PlacedRule? {
    let start = next
    var matchers: [Matcher] = []
    var offsets: [Int] = []
    func take(_ read: (matcher: Matcher, offset: Int)) {
      matchers.append(read.matcher)
      offsets.append(read.offset)
    }
    if let caller = readCaller() { take(caller) }
    let siblings = matchers.count
    while let matcher = readMatcher(place: .frame) { take(matcher) }
    if matchers.count == siblings { return fail(matchers: 0, actions: 0) }
    if let callee = readCallee() { take(callee) }
    let actions = readActions()
    if actions.isEmpty { return fail(matchers: matchers.count, actions: 0) }
    let rule = EnhancementRule(matchers: matchers, actions: actions)
    return PlacedRule(rule: rule, offset: start, end: next, matcherOffsets: offsets)
  }

  private mutating func readCaller() -> (matcher: Matcher, offset: Int)? {
    let start = next
    guard peek == UInt8(ascii: "[") else { return nil }
    guard let read = readBracketed(.caller, .badCaller) else { return back(to: start) }
    skipSpaces()
    guard take("|") else {
      note(.badCaller, "expected `|` after the caller's `[ … ]`")
      return back(to: start)
    }
    return read
  }

  private mutating func readCallee() -> (matcher: Matcher, offset: Int)? {
    let start = next
    skipSpaces()
    guard take("|") else { return back(to: start) }
    skipSpaces()
    guard peek == UInt8(ascii: "[") else {
      note(.badCallee, "expected `[` after `|`")
      return back(to: start)
    }
    return readBracketed(.callee, .badCallee) ?? back(to: start)
  }

  private mutating func readBracketed(_ place: MatcherPlace, _ code: RuleCode) -> (
    matcher: Matcher, offset: Int
  )? {
    guard take("[") else { return nil }
    guard let read = readMatcher(place: place) else {
      skipSpaces()
      note(code, "expected a matcher (`name:value`) in the brackets")
      return nil
    }
    skipSpaces()
    guard take("]") else {
      note(code, "expected `]`; an unquoted value runs to the next space, so write `[ name:value ]`")
      return nil
    }
    return read
  }

  // MARK: - A matcher

  private mutating func readMatcher(place: MatcherPlace) -> (matcher: Matcher, offset: Int)? {
    let start = next
    skipSpaces()
    let offset = next
    let isNegated = take("!")
    let nameStart = next
    let name = readMatcherName()
    guard !name.isEmpty, take(":") else { return back(to: start) }
    guard let value = readValue() else {
      note(.emptyValue, "expected a value after `\(name):`; write `\(name):\"\"` for an empty one")
      return back(to: start)
    }
    guard let field = MatcherField(name: name) else {
      noteUnknown(matcher: name, at: nameStart)
      return (Matcher(.module, value, isNegated: isNegated, place: place), offset)
    }
    return (Matcher(field, value, isNegated: isNegated, place: place), offset)
  }

  /// A name, or one in quotes, which the grammar takes and no matcher has.
  private mutating func readMatcherName() -> String {
    guard peek == UInt8(ascii: "\"") else { return takeName() }
    let start = next
    next += 1
    while let byte = peek, RuleCharacters.isName(byte) || byte == UInt8(ascii: ":") { next += 1 }
    guard next > start + 1, take("\"") else { return back(to: start) ?? "" }
    return text(start..<next)
  }

  private mutating func noteUnknown(matcher name: String, at offset: Int) {
    let suggestion = NearMiss.suggestion(for: name, among: MatcherField.allNames)
    problems.append(
      Problem(
        code: .unknownMatcher, offset: offset, message: "Unknown matcher `\(name)`" + suggestion,
        sentryMessage: "Unknown matcher '\(name)'"))
  }

  private mutating func readValue() -> String? {
    if let quoted = readQuoted() { return quoted }
    let start = next
    while next < bytes.count, RuleCharacters.anySpaceLength(in: bytes, at: next) == 0 { next += 1 }
    return next > start ? text(start..<next) : nil
  }

  /// A value in quotes that are closed; `\` takes the next character along, but no LF.
  private mutating func readQuoted() -> String? {
    guard peek == UInt8(ascii: "\"") else { return nil }
    var index = next + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        guard index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "\n") else { return nil }
        index += 1
      }
      index += 1
    }
    guard index < bytes.count else { return nil }
    defer { next = index + 1 }
    return PythonEscapes.decoded(bytes[(next + 1)..<index])
  }

  // MARK: - Actions

  private mutating func readActions() -> [Action] {
    var actions: [Action] = []
    while let action = readFlag() ?? readVariable() { actions.append(action) }
    return actions
  }

  private mutating func readFlag() -> Action? {
    let start = next
    skipSpaces()
    let range: ActionRange = take("^") ? .up : take("v") ? .down : .frame
    guard let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return back(to: start)
    }
    next += 1
    if take("group") { return .group(sign == UInt8(ascii: "+"), range) }
    if take("app") { return .app(sign == UInt8(ascii: "+"), range) }
    return back(to: start)
  }

  private mutating func readVariable() -> Action? {
    let start = next
    skipSpaces()
    guard let name = ["max-frames", "min-frames", "category"].first(where: { take($0) }) else {
      return back(to: start)
    }
    skipSpaces()
    guard take("=") else { return back(to: start) }
    skipSpaces()
    let offset = next
    let value = takeName()
    guard !value.isEmpty else {
      note(.missingValue, "expected a value after `\(name)=`")
      return back(to: start)
    }
    switch name {
    case "category": return .category(value)
    case "max-frames": return .maxFrames(number(value, for: name, at: offset))
    default: return .minFrames(number(value, for: name, at: offset))
    }
  }

  /// A number as Python reads it; what the engine refuses later is noted here.
  private mutating func number(_ word: String, for name: String, at offset: Int) -> UInt64 {
    var digits = Substring(word)
    let isNegative = digits.first == "-"
    if isNegative { digits.removeFirst() }
    let groups = digits.split(separator: "_", omittingEmptySubsequences: false)
    let isNumber = groups.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }
    guard isNumber else {
      let message = "`\(word)` is not a number: `\(name)` takes a whole number from 0"
      let sentry = "Invalid value '\(word)' for '\(name)'"
      problems.append(Problem(code: .badNumber, offset: offset, message: message, sentryMessage: sentry))
      return 0
    }
    let value = UInt64(groups.joined())
    if isNegative && value != 0 {
      noteRefusedNumber(.badNumber, "-" + trimmedZeros(groups), "`\(name)` may not be negative", name, offset)
    } else if value == nil {
      noteRefusedNumber(
        .numberTooLarge, trimmedZeros(groups), "`\(name)` may be 2^64-1 at most", name, offset)
    }
    return value ?? 0
  }

  private func trimmedZeros(_ groups: [Substring]) -> String {
    let digits = groups.joined().drop { $0 == "0" }
    return digits.isEmpty ? "0" : String(digits)
  }

  private mutating func noteRefusedNumber(
    _ code: RuleCode, _ written: String, _ message: String, _ name: String, _ offset: Int
  ) {
    problems.append(Problem(code: code, offset: offset, message: message + ", not \(written)"))
    refusedNumbers[offset] = "\(name)=\(written)"
  }

  /// Numbers that only the engine refuses, as it is shown them, by where they stand.
  private(set) var refusedNumbers: [Int: String] = [:]

  // MARK: - Failures

  /// Notes what stands at the place where a rule could not be read on; always nil.
  private mutating func fail(matchers: Int, actions: Int) -> PlacedRule? {
    let start = next
    skipSpaces()
    let problem = RuleDiagnosis(bytes: bytes, offset: next, matchers: matchers, actions: actions).problem
    if deepest.map({ $0.offset <= problem.offset }) ?? true { deepest = problem }
    return back(to: start)
  }

  private mutating func note(_ code: RuleCode, _ message: String) {
    if let deepest, deepest.offset > next { return }
    deepest = Problem(code: code, offset: next, message: message)
  }

  // MARK: - Bytes

  private var peek: UInt8? { next < bytes.count ? bytes[next] : nil }
  private var isAtLineEnd: Bool { peek == UInt8(ascii: "\n") || peek == UInt8(ascii: "\r") }

  private mutating func back<Value>(to start: Int) -> Value? {
    next = start
    return nil
  }

  private mutating func skipSpaces() {
    while peek == UInt8(ascii: " ") { next += 1 }
  }

  private mutating func skipLine() {
    while next < bytes.count, !isAtLineEnd { next += 1 }
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[next...].starts(with: text.utf8) else { return false }
    next += text.utf8.count
    return true
  }

  private mutating func takeName() -> String {
    let start = next
    while let byte = peek, RuleCharacters.isName(byte) { next += 1 }
    return text(start..<next)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
