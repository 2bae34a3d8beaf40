public import Enhancements

/// All that can be said of one text of fingerprint rules, whether or not it is valid.
public struct FingerprintRuleCheck: Sendable, Equatable {
  /// How many rules could be read.
  public let rules: Int
  /// Errors and warnings in the order of the text. Places are those of the file that the text was taken from.
  public let diagnostics: [FingerprintRuleDiagnostic]

  /// - Complexity: as reading the rules, plus O(bytes) a diagnostic for a text taken from another file.
  public init(_ source: RuleSource) {
    var reader = FingerprintRuleReader(source.text, source: source.name)
    reader.read()
    rules = reader.rules.count
    diagnostics = reader.diagnostics.map { Self.placed($0, in: source) }
  }

  /// The diagnostic at its place in the file, where the text is not the file itself.
  private static func placed(
    _ diagnostic: FingerprintRuleDiagnostic, in source: RuleSource
  ) -> FingerprintRuleDiagnostic {
    guard source.origin != nil else { return diagnostic }
    let start = lineStart(diagnostic.line, in: Array(source.text.utf8))
    var result = diagnostic
    (result.line, result.column) = source.place(of: start + diagnostic.column - 1)
    return result
  }

  /// The first byte of a line; CR, LF and both together end one.
  private static func lineStart(_ wanted: Int, in bytes: [UInt8]) -> Int {
    var line = 1
    var start = 0
    while line < wanted, let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
      start = isPair ? end + 2 : end + 1
      line += 1
    }
    return start
  }
}
