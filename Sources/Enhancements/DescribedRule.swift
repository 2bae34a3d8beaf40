/// A rule of a set, for people: where it stands and what it says.
public struct DescribedRule: Sendable, Hashable {
  /// The source's name: a file's path, or the id of the built-in rules.
  public var source: String
  /// 1-based line in the source; for built-in rules the rule's place in Sentry's file.
  public var line: Int
  /// 1-based column in UTF-8 bytes; 1 for built-in rules.
  public var column: Int
  /// The rule as written.
  public var text: String

  public init(source: String, line: Int, column: Int = 1, text: String) {
    self.source = source
    self.line = line
    self.column = column
    self.text = text
  }
}
