/// Why the engine refuses a text: its own message, outermost context first (enhancements.md, section 8).
package struct EngineSyntaxError: Error, Sendable, Hashable {
  /// Outermost first; the last says what was wrong.
  package var causes: [String]
  /// Bytes from the start of the rule to the innermost place.
  var offset: Int

  /// The message as Sentry shows it.
  package var message: String {
    "Invalid syntax \(causes.first ?? ""):" + causes.dropFirst().map { "\n" + $0 }.joined()
  }

  fileprivate func within(_ cause: String) -> EngineSyntaxError {
    EngineSyntaxError(causes: [cause] + causes, offset: offset)
  }
}

/// Reads rules as Sentry's engine does (enhancements.md, section 2). Built-in rules are read by it; project
/// rules are read by `ProjectRuleReader` and only checked by it.
package struct EngineReader {
  private let bytes: [UInt8]
  private var next = 0  // byte to read

  /// The rules of a text. The first bad rule refuses the whole text.
  /// - Complexity: O(bytes of the text), but for the compilation of exception globs.
  package static func rules(of text: String) throws(EngineSyntaxError) -> [EnhancementRule] {
    var rules: [EnhancementRule] = []
    for line in lines(of: Array(text.utf8)) { rules.append(try rule(of: line)) }
    return rules
  }

  /// The rule of one trimmed line.
  package static func rule(of line: String) throws(EngineSyntaxError) -> EnhancementRule {
    try rule(of: Array(line.utf8))
  }

  private static func rule(of line: [UInt8]) throws(EngineSyntaxError) -> EnhancementRule {
    var reader = EngineReader(bytes: line)
    return try reader.readRule()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The lines that hold rules, without white space at their ends.
  private static func lines(of text: [UInt8]) -> [[UInt8]] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).compactMap { line in
      let range = RuleCharacters.trimmed(line.indices, of: text)
      guard !range.isEmpty, text[range.lowerBound] != UInt8(ascii: "#") else { return nil }
      return Array(text[range])
    }
  }

  // MARK: - A rule

  private mutating func readRule() throws(EngineSyntaxError) -> EnhancementRule {
    let matchers: [Matcher]
    do { matchers = try readMatchers() } catch { throw error.within(at(0, "failed to parse matchers")) }
    let start = next
    do {
      return EnhancementRule(matchers: matchers, actions: try readActions())
    } catch { throw error.within(at(start, "failed to parse actions")) }
  }

  private mutating func readMatchers() throws(EngineSyntaxError) -> [Matcher] {
    var caller: Matcher?
    var callee: Matcher?
    if peek == UInt8(ascii: "[") { caller = try readCaller() }
    var matchers = try readFrameMatchers()
    if peek == UInt8(ascii: "|") { callee = try readCallee() }
    if let caller { matchers.insert(caller, at: 0) }
    if let callee { matchers.append(callee) }
    return matchers
  }

  private mutating func readFrameMatchers() throws(EngineSyntaxError) -> [Matcher] {
    var matchers: [Matcher] = []
    skipSpace()
    let first = next
    while isAtMatcher {
      let start = next
      do { matchers.append(try readMatcher(place: .frame)) } catch {
        throw error.within(at(start, "failed to parse matcher"))
      }
      skipSpace()
    }
    if matchers.isEmpty { throw failure("expected at least one matcher", at: first) }
    return matchers
  }

  private mutating func readCaller() throws(EngineSyntaxError) -> Matcher {
    let start = next
    do {
      let matcher = try readBracketed(place: .caller)
      skipSpace()
      try expect("|")
      return matcher
    } catch { throw error.within(at(start, "failed to parse caller matcher")) }
  }

  private mutating func readCallee() throws(EngineSyntaxError) -> Matcher {
    let start = next
    do {
      try expect("|")
      skipSpace()
      return try readBracketed(place: .callee)
    } catch { throw error.within(at(start, "failed to parse callee matcher")) }
  }

  private mutating func readBracketed(place: MatcherPlace) throws(EngineSyntaxError) -> Matcher {
    try expect("[")
    skipSpace()
    let matcher = try readMatcher(place: place)
    skipSpace()
    try expect("]")
    return matcher
  }

  // MARK: - A matcher

  /// Whether the rest starts as a matcher can; anything else is tried as an action.
  private var isAtMatcher: Bool {
    EngineReader.matcherStarts.contains { start in
      bytes[next...].starts(with: start.utf8)
    }
  }
  private static let matcherStarts = ["!", "a", "category:", "e", "f", "me", "mo", "p", "s", "t", "va"]

  private mutating func readMatcher(place: MatcherPlace) throws(EngineSyntaxError) -> Matcher {
    let isNegated = peek == UInt8(ascii: "!")
    if isNegated { next += 1 }
    let nameStart = next
    let name = try readName(or: "failed to parse matcher name")
    try expect(":")
    let valueStart = next
    let value: String
    do { value = try readValue() } catch {
      throw error.within(at(valueStart, "failed to parse matcher argument"))
    }
    guard let field = MatcherField(name: name) else {
      throw EngineSyntaxError(causes: ["Unknown matcher `\(name)`"], offset: nameStart)
    }
    if field.isException { try check(exceptionGlob: value, at: valueStart) }
    return Matcher(field, value, isNegated: isNegated, place: place)
  }

  private func check(exceptionGlob pattern: String, at offset: Int) throws(EngineSyntaxError) {
    do { _ = try Glob(pattern, isPathLike: false) } catch {
      throw EngineSyntaxError(causes: ["error parsing glob '\(pattern)': \(error.reason)"], offset: offset)
    }
  }

  private mutating func readValue() throws(EngineSyntaxError) -> String {
    guard peek == UInt8(ascii: "\"") else {
      let end = bytes[next...].firstIndex(where: RuleCharacters.isBlank) ?? bytes.count
      defer { next = end }
      return EngineReader.unescaped(bytes[next..<end])
    }
    guard let end = bytes[(next + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
      throw failure("unclosed `\"`", at: next)
    }
    defer { next = end + 1 }
    return EngineReader.unescaped(bytes[(next + 1)..<end])
  }

  /// The one escape: `\\` is `\`.
  private static func unescaped(_ value: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = value.startIndex
    while index < value.endIndex {
      result.append(value[index])
      let isPair =
        value[index] == UInt8(ascii: "\\") && index + 1 < value.endIndex
        && value[index + 1] == UInt8(ascii: "\\")
      index += isPair ? 2 : 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: - Actions

  private mutating func readActions() throws(EngineSyntaxError) -> [Action] {
    var actions: [Action] = []
    skipSpace()
    while let byte = peek, byte != UInt8(ascii: "#") {
      actions.append(try readAction(startingWith: byte))
      skipSpace()
    }
    if actions.isEmpty { throw EngineSyntaxError(causes: ["expected at least one action"], offset: next) }
    return actions
  }

  private mutating func readAction(startingWith byte: UInt8) throws(EngineSyntaxError) -> Action {
    let start = next
    let isFlag = "^v+-".utf8.contains(byte)
    do {
      return isFlag ? try readFlag() : try readVariable()
    } catch { throw error.within(at(start, "failed to parse \(isFlag ? "flag" : "var") action")) }
  }

  private mutating func readFlag() throws(EngineSyntaxError) -> Action {
    let start = next
    let range: ActionRange =
      switch peek {
      case UInt8(ascii: "^"): .up
      case UInt8(ascii: "v"): .down
      default: .frame
      }
    if range != .frame { next += 1 }
    guard let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      throw failure("expected flag value", at: start)
    }
    next += 1
    let nameStart = next
    switch try readName(or: "expected flag name") {
    case "app": return .app(sign == UInt8(ascii: "+"), range)
    case "group": return .group(sign == UInt8(ascii: "+"), range)
    case let name: throw failure("invalid flag name `\(name)`", at: nameStart)
    }
  }

  private mutating func readVariable() throws(EngineSyntaxError) -> Action {
    let start = next
    let name = try readName(or: "expected variable name")
    skipSpace()
    try expect("=")
    skipSpace()
    switch name {
    case "max-frames": return .maxFrames(try readNumber(for: name))
    case "min-frames": return .minFrames(try readNumber(for: name))
    case "invert-stacktrace": return .invertStacktrace(try readBoolean(for: name))
    case "category":
      return .category(next == bytes.count ? "" : try readName(or: "expected value for variable"))
    default: throw failure("invalid variable name `\(name)`", at: start)
    }
  }

  private mutating func readNumber(for name: String) throws(EngineSyntaxError) -> UInt64 {
    let start = next
    do throws(EngineSyntaxError) {
      let digits = takeName()
      if digits.isEmpty { throw plain("cannot parse integer from empty string", at: start) }
      guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
        throw plain("invalid digit found in string", at: start)
      }
      guard let number = UInt64(digits) else {
        throw plain("number too large to fit in target type", at: start)
      }
      return number
    } catch { throw error.within(at(start, "failed to parse rhs of `\(name)`")) }
  }

  private mutating func readBoolean(for name: String) throws(EngineSyntaxError) -> Bool {
    let start = next
    switch takeName() {
    case "1", "yes", "true": return true
    case "0", "no", "false": return false
    case let word:
      throw plain("at `\(word)`: invalid boolean value", at: start)
        .within(at(start, "failed to parse rhs of `\(name)`"))
    }
  }

  // MARK: - Bytes

  private var peek: UInt8? { next < bytes.count ? bytes[next] : nil }

  private mutating func skipSpace() { next = RuleCharacters.endOfWhiteSpace(in: bytes, from: next) }

  private mutating func takeName() -> String {
    let start = next
    while let byte = peek, RuleCharacters.isName(byte) { next += 1 }
    return String(decoding: bytes[start..<next], as: UTF8.self)
  }

  private mutating func readName(or context: String) throws(EngineSyntaxError) -> String {
    let start = next
    let name = takeName()
    if name.isEmpty { throw failure("invalid identifier", at: start).within(at(start, context)) }
    return name
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(EngineSyntaxError) {
    guard peek == UInt8(ascii: character) else { throw failure("expected `\(character)`", at: next) }
    next += 1
  }

  private func at(_ offset: Int, _ what: String) -> String {
    "at `\(String(decoding: bytes[offset...], as: UTF8.self))`: \(what)"
  }

  private func failure(_ what: String, at offset: Int) -> EngineSyntaxError {
    plain(at(offset, what), at: offset)
  }

  private func plain(_ cause: String, at offset: Int) -> EngineSyntaxError {
    EngineSyntaxError(causes: [cause], offset: offset)
  }
}
