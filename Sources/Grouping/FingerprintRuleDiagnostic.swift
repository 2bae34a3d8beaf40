/// What is wrong with a fingerprint rule. The numbers are a contract: 6xx, never used again for something else.
public enum FingerprintRuleCode: Int, Sendable, CaseIterable {
  /// A matcher was expected.
  case expectedMatcher = 601
  /// No table of an event has this key.
  case unknownMatcher = 602
  /// `->` was expected after the matchers.
  case expectedArrow = 603
  /// Nothing, or nothing readable, stands after `->`.
  case expectedValue = 604
  /// What follows the last value cannot be read.
  case unreadableValue = 605
  /// The only attribute is `title`.
  case unknownAttribute = 606
  /// A part in brackets is not `[ matcher ] |` or `| [ matcher ]`.
  case unclosedBracket = 607
  /// The pattern cannot be read, so that it never matches. Sentry accepts the rule.
  case brokenPattern = 620
}

/// A fault in the text of fingerprint rules, with its place.
public struct FingerprintRuleDiagnostic: Error, Sendable, Equatable {
  public var code: FingerprintRuleCode
  /// The file or option that the rule stands in.
  public var source: String
  /// 1-based.
  public var line: Int
  /// 1-based, in UTF-8 bytes.
  public var column: Int
  /// In Sentry's words where Sentry refuses the rule.
  public var message: String
  /// What may have been meant.
  public var suggestion: String?

  /// Whether Sentry takes the rule all the same.
  public var isWarning: Bool { code == .brokenPattern }
}

extension FingerprintRuleDiagnostic: CustomStringConvertible {
  /// `file:line:column: error[code]: message`, with the suggestion behind it.
  public var description: String {
    let severity = isWarning ? "warning" : "error"
    let place = "\(source):\(line):\(column): \(severity)[\(code.rawValue)]: \(message)"
    return suggestion.map { place + ": " + $0 } ?? place
  }
}

/// All faults of a set of fingerprint rules.
public struct FingerprintRuleErrors: Error, Sendable, Equatable {
  public var diagnostics: [FingerprintRuleDiagnostic]
}
