/// The numbers of rule errors. A number is for life: it is never reused and never changes its meaning.
///
/// 1xx: the text; 2xx: matchers; 3xx: actions; 4xx: legal, but hardly meant; 5xx: the file around the rules.
public enum RuleCode: Int, Sendable, Hashable, CaseIterable {
  case unclosedQuote = 101
  /// White space other than U+0020 between two items.
  case badSeparator = 102
  /// Text that is neither a matcher nor an action.
  case unexpectedText = 103
  /// The engine refuses what Sentry's own reader takes, for no reason that has a number here.
  case refusedByEngine = 104

  case unknownMatcher = 201
  case missingMatcher = 202
  case missingColon = 203
  case emptyValue = 204
  case badCaller = 205
  case badCallee = 206
  case brokenGlob = 207

  case unknownAction = 301
  case missingAction = 302
  case missingSign = 303
  case missingEquals = 304
  case badNumber = 305
  case numberTooLarge = 306
  case badBoolean = 307
  case missingValue = 308
  /// An action that Sentry's engine knows and project rules may not use.
  case refusedAction = 309
  case misplacedMatcher = 310

  /// A frame matcher with a broken glob: legal, and never true.
  case neverMatches = 401
  /// `family:other`, which is lost on the way to the engine.
  case lostFamily = 402

  /// The file has no argument or field of that name.
  case nothingNamedSo = 501
  /// The argument's value is no string literal that can be read without running the file.
  case notALiteral = 502
  case unclosedString = 503
  case badJSON = 504

  /// Whether Sentry takes the rule all the same.
  public var isWarning: Bool { 400..<500 ~= rawValue }
}

/// One thing that is wrong with a rule, and where.
public struct RuleDiagnostic: Error, Sendable, Hashable {
  public var code: RuleCode
  /// The source's name, normally a file's path.
  public var file: String
  /// 1-based.
  public var line: Int
  /// 1-based, in UTF-8 bytes.
  public var column: Int
  /// What is wrong, what was expected instead, and a near miss where there is one.
  public var message: String

  public init(code: RuleCode, file: String, line: Int, column: Int, message: String) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension RuleDiagnostic: CustomStringConvertible {
  /// `file:line:column: error[code]: message`
  public var description: String {
    let severity = code.isWarning ? "warning" : "error"
    return "\(file):\(line):\(column): \(severity)[\(code.rawValue)]: \(message)"
  }
}

/// All that is wrong with a set of rule sources. Sentry would use none of a project's rules.
public struct RuleErrors: Error, Sendable, Hashable {
  /// In the order of the sources, and of their texts; at least one.
  public var diagnostics: [RuleDiagnostic]
  /// The one message that Sentry itself shows for the first bad source (enhancements.md, section 10).
  public var sentryMessage: String

  public init(diagnostics: [RuleDiagnostic], sentryMessage: String) {
    self.diagnostics = diagnostics
    self.sentryMessage = sentryMessage
  }
}

/// Finds what a misspelt name was meant to be.
enum NearMiss {
  /// `: did you mean "X"?` with the nearest of `names`, or nothing if none is near.
  static func suggestion(for word: String, among names: [String]) -> String {
    let ranked = names.map { (distance: distance(word, $0), name: $0) }
    guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return "" }
    return best.distance <= max(1, word.utf8.count / 3) ? ": did you mean `\(best.name)`?" : ""
  }

  /// Edits (insert, delete, replace, swap of neighbours) from one to the other. Long words count as far.
  static func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left.utf8.prefix(64)), Array(right.utf8.prefix(64)))
    var before: [Int] = []
    var row = Array(0...b.count)
    for i in a.indices {
      var next = [i + 1]
      for j in b.indices {
        var cost = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        next.append(cost)
      }
      before = row
      row = next
    }
    return row[b.count]
  }
}
