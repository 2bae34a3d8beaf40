/// Why a pattern could not be compiled.
public struct PatternError: Error, Sendable, Equatable {
  public enum Kind: Sendable { case compile, justInTime, memory }
  /// Which step refused.
  public var kind: Kind
  /// PCRE2's own number (pcre2api, "COMPILATION ERROR CODES"), kept for bug reports.
  public var code: Int32
  /// UTF-8 offset in the pattern; compile errors only.
  public var offset: Int?

  public init(kind: Kind, code: Int32, offset: Int? = nil) {
    self.kind = kind
    self.code = code
    self.offset = offset
  }
}
