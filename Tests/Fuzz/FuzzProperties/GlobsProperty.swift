import Enhancements
import TestOracles

/// Globs: pattern, NUL, value. Any pattern is read or refused, and every way of matching gives one answer.
enum GlobsProperty {
  static func check(_ bytes: [UInt8]) throws {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let pattern = String(decoding: parts[0], as: UTF8.self)
    let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
    for isPathLike in [false, true] {
      do {
        let glob = try Glob(pattern, isPathLike: isPathLike)
        try checkTryingEveryWay(glob, Array(value.utf8))
        try checkLong(glob, value)
        try checkRule(pattern, isPathLike, value) { glob.matches($0) }
      } catch let error as GlobError {
        try require(!error.reason.isEmpty, "refused without a reason")
        try checkRule(pattern, isPathLike, value) { _ in false }
      }
    }
  }

  /// Against the slow twin, where that ends in time.
  private static func checkTryingEveryWay(_ glob: Glob, _ value: [UInt8]) throws {
    guard glob.pattern.unicodeScalars.count <= 80 else { return }
    let short = Array(value.prefix(14))
    let tokens = try GlobReader.tokens(of: glob.pattern, isPathLike: glob.isPathLike)
    let oracle = GlobOracle(tokens: tokens, isPathLike: glob.isPathLike)
    try require(
      glob.matchesExactly(short) == oracle.matches(short),
      "\(glob.pattern) on \(String(decoding: short, as: UTF8.self)), path-like \(glob.isPathLike)")
  }

  /// A pattern of more than 64 steps takes another way through the machine.
  private static func checkLong(_ glob: Glob, _ value: String) throws {
    let filler = String(repeating: "ab", count: 40)
    guard let short = try? Glob("/" + glob.pattern, isPathLike: glob.isPathLike),
      let long = try? Glob(filler + "/" + glob.pattern, isPathLike: glob.isPathLike)
    else { return }
    try require(
      short.matchesExactly(Array("/\(value)".utf8)) == long.matchesExactly(Array("\(filler)/\(value)".utf8)),
      "long and short differ: \(glob.pattern) on \(value), path-like \(glob.isPathLike)")
  }

  /// A rule of the one matcher goes through the index and the memo.
  private static func checkRule(
    _ pattern: String, _ isPathLike: Bool, _ value: String, _ matches: (String) -> Bool
  ) throws {
    guard !value.isEmpty else { return }
    let matcher = Matcher(isPathLike ? .path : .module, pattern)
    let rule = EnhancementRule(matchers: [matcher], actions: [.app(true)])
    let described = DescribedRule(source: "glob", line: 1, text: rule.description)
    let set = try EnhancementSet(builtIn: [(rule, described)], project: [])
    var frames = [isPathLike ? StackFrame(absPath: value) : StackFrame(module: value)]
    var memo = RuleMemo()
    set.classify(&frames, eventPlatform: "java", exception: ExceptionData(), memo: &memo)
    let wanted = matches(isPathLike ? normalized(value) : value)
    try require(frames[0].inApp == wanted, "as a rule: \(pattern) on \(value), path-like \(isPathLike)")
  }

  /// As rules see a path: `/` for `\`, ASCII letters in lower case.
  private static func normalized(_ path: String) -> String {
    let bytes = path.utf8.map { byte in
      byte == UInt8(ascii: "\\")
        ? UInt8(ascii: "/") : UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
