internal import PCRE2
internal import TraceBytes

/// Takes out of a JVM class name what code generators number anew at each start (grouping.md, S5 and appendix A).
struct JavaModule: Sendable {
  /// The text that is hashed.
  var text: String
  var contributes: Bool
  var hint: String?

  /// - Complexity: O(the bytes of `module`); a name without `$` and without a generated accessor costs one pass.
  init(_ module: String, using scratch: borrowing MatchScratch) {
    text = module
    contributes = true
    guard Self.mayBeGenerated(module) else { return }
    if Bytes.contains("$$Lambda$", in: module) {
      contributes = false
      hint = "ignored java lambda"
    }
    if let accessor = Self.accessors.first(where: { module.utf8.starts(with: $0.utf8) }) {
      keep(accessor, hint: "removed reflection marker")
    } else if let cleaned = Self.clean(module, Self.patterns ?? [], scratch) {
      keep(cleaned, hint: "removed codegen marker")
    }
  }

  /// Whether a name has a byte, and one of the words, without which none of what follows applies.
  static func mayBeGenerated(_ module: String) -> Bool {
    let name = module.utf8Span.span
    for at in name.indices where name[at] == UInt8(ascii: "$") || name[at] == UInt8(ascii: "G") {
      return marks.contains { name.firstOffset(of: $0, in: at..<name.count) != nil }
    }
    return false
  }

  /// One of them stands in each text that is changed or left out.
  private static let marks: [StaticString] = [
    "$$", "Generated", "$fn__", "EnhancerBy", "FastClassBy", "HibernateProxy",
  ]

  /// A changed text counts again, even that of a lambda.
  private mutating func keep(_ changed: String, hint: String) {
    text = changed
    contributes = true
    self.hint = hint
  }

  /// A file name without javassist's number; nil where there is none.
  static func cleanFilename(_ filename: String, using scratch: borrowing MatchScratch) -> String? {
    guard filename.utf8.contains(UInt8(ascii: "$")), let patterns else { return nil }
    return clean(filename, [patterns[javassist]], scratch)
  }

  private static let accessors = [
    "sun.reflect.GeneratedMethodAccessor", "jdk.internal.reflect.GeneratedMethodAccessor",
  ]
  private static let javassist = 2
  private static let sources = [
    #"(sun\.reflect\.Generated(?:Serialization)?ConstructorAccessor)\d+"#,
    #"(\$\$[\p{L}\p{N}_]+?CGLIB\$\$)[a-fA-F0-9]+(?:_[0-9]+)?"#,
    #"(\$\$_javassist)(?:_seam)?(?:_[0-9]+)?"#,
    #"(\$fn__)\d+"#,
    #"(\$\$?EnhancerBy[\p{L}\p{N}_]+?\$?\$)[a-fA-F0-9]+(?:_[0-9]+)?"#,
    #"(\$\$?FastClassBy[\p{L}\p{N}_]+?\$?\$)[a-fA-F0-9]+(?:_[0-9]+)?"#,
    #"(\$\$?HibernateProxy\$?\$)[\p{L}\p{N}_]+(?:_[0-9]+)?"#,
  ]
  /// A pattern in a box, since an array holds copyable values only.
  private final class Cleaner: Sendable {
    let pattern: Pattern
    init(_ source: String) throws(PatternError) { pattern = try Pattern(source, .unicode) }
  }
  /// nil only if PCRE2 could not compile one; a test says that it can.
  private static let patterns: [Cleaner]? = try? sources.map { try Cleaner($0) }

  /// The text with each match cut down to its first group and `<auto>`; nil where nothing matches.
  private static func clean(_ text: String, _ cleaners: [Cleaner], _ scratch: borrowing MatchScratch)
    -> String?
  {
    var bytes = Array(text.utf8)
    var isChanged = false
    for cleaner in cleaners {
      var result: [UInt8] = []
      var start = 0
      while cleaner.pattern.match(bytes.span, from: start, using: scratch) == .match,
        let whole = scratch.group(0),
        let kept = scratch.group(1)
      {
        result += bytes[start..<whole.lowerBound]
        result += bytes[kept]
        result += "<auto>".utf8
        start = whole.upperBound
      }
      guard start > 0 else { continue }
      bytes = result + bytes[start...]
      isChanged = true
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
