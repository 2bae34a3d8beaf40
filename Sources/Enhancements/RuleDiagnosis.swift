/// Works out what is wrong at the place where a rule could not be read on.
struct RuleDiagnosis {
  let bytes: [UInt8]
  let offset: Int
  /// How many matchers and actions were read before.
  let matchers: Int
  let actions: Int

  var problem: ProjectRuleReader.Problem {
    let (code, message) = finding
    return ProjectRuleReader.Problem(code: code, offset: offset, message: message)
  }

  private var finding: (RuleCode, String) {
    guard offset < bytes.count, let byte = peek(0), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r"),
      byte != UInt8(ascii: "#")
    else { return matchers == 0 ? (.missingMatcher, "expected a matcher (`name:value`)") : missingAction }
    if RuleCharacters.anySpaceLength(in: bytes, at: offset) > 0 {
      return (.badSeparator, "only a space (U+0020) may stand between two items, no tab and no other space")
    }
    switch byte {
    case UInt8(ascii: "["): return (.badCaller, "expected the caller's part: `[ name:value ] |`")
    case UInt8(ascii: "|"):
      return matchers == 0
        ? (.missingMatcher, "expected a matcher (`name:value`) before `|`")
        : (.badCallee, "expected the callee's part: `| [ name:value ]`")
    case UInt8(ascii: "^"), UInt8(ascii: "+"), UInt8(ascii: "-"): return flag
    case UInt8(ascii: "\""): return (.unexpectedText, "expected a matcher or an action, not a quoted text")
    default: return word
    }
  }

  private var missingAction: (RuleCode, String) {
    (
      .missingAction,
      "expected an action: `+app`, `-app`, `+group`, `-group`, `category=`, `max-frames=` or `min-frames=`"
    )
  }

  /// `^`, `+` or `-` stands here.
  private var flag: (RuleCode, String) {
    if matchers == 0 { return (.missingMatcher, "expected a matcher (`name:value`) before the first action") }
    let signed = peek(0) == UInt8(ascii: "^") ? 1 : 0
    guard let sign = peek(signed), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return (.missingSign, "expected `+` or `-` after `^`")
    }
    let name = self.name(from: offset + signed + 1)
    return (
      .unknownAction,
      unknown(
        "action `\(signed == 1 ? "^" : "")\(Character(Unicode.Scalar(sign)))\(name)`", name, ["app", "group"])
    )
  }

  private var word: (RuleCode, String) {
    let name = self.name(from: offset)
    var after = offset + name.utf8.count
    while after < bytes.count, bytes[after] == UInt8(ascii: " ") { after += 1 }
    if name.isEmpty { return (.unexpectedText, expectation) }
    let isFollowedByEquals = after < bytes.count && bytes[after] == UInt8(ascii: "=")
    if isFollowedByEquals { return variable(name) }
    if RuleDiagnosis.variables.contains(name) { return (.missingEquals, "expected `=` after `\(name)`") }
    if name == "v" || name.hasPrefix("v") && matchers > 0 && actions == 0 && name.contains("-") {
      return (.missingSign, "expected `v+` or `v-` and `app` or `group`, not `\(name)`")
    }
    if after < bytes.count, bytes[after] == UInt8(ascii: ":") {
      return (.missingColon, "no space may stand before `:`")
    }
    if matchers == 0 { return (.missingColon, "expected `:` after `\(name)`") }
    return (.unexpectedText, expectation)
  }

  private func variable(_ name: String) -> (RuleCode, String) {
    if matchers == 0 { return (.missingMatcher, "expected a matcher (`name:value`) before the first action") }
    if name == "invert-stacktrace" {
      return (.refusedAction, "`invert-stacktrace` is not allowed in project rules")
    }
    if RuleDiagnosis.variables.contains(name) { return (.missingValue, "expected a value after `\(name)=`") }
    return (.unknownAction, unknown("action `\(name)`", name, RuleDiagnosis.variables))
  }

  private static let variables = ["category", "max-frames", "min-frames"]

  private var expectation: String {
    matchers == 0
      ? "expected a matcher (`name:value`)"
      : "expected a matcher (`name:value`) or an action; a value with spaces must be quoted"
  }

  private func unknown(_ what: String, _ name: String, _ names: [String]) -> String {
    "Unknown \(what)" + NearMiss.suggestion(for: name, among: names)
  }

  private func peek(_ ahead: Int) -> UInt8? {
    offset + ahead < bytes.count ? bytes[offset + ahead] : nil
  }

  private func name(from start: Int) -> String {
    guard start < bytes.count else { return "" }
    return String(decoding: bytes[start...].prefix { RuleCharacters.isName($0) }, as: UTF8.self)
  }
}
