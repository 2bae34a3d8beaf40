import Enhancements
import TestOracles
import TestSupport
import Testing

@testable import Enhancements

@Suite struct GlobTests {
  @Test(arguments: [
    ("io.airbyte.*", "io.airbyte.x.y", true), ("io.airbyte.*", "io.airbyte", false),
    ("io.airbyte.*", "io.airbytefoo.X", false), ("**/x", "x", true), ("**/x", "a/b/x", true),
    ("a/**", "a/", true),
    ("a/**", "a", false), ("a/**", "a/x/y", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**/b", "ab", false), ("?", "é", false), ("??", "é", true), ("[é]?", "é", true), ("{}", "", true),
    ("{a,}", "", false), ("{a,}", "a", true), ("a}b", "ab", true), ("[!a]", "\n", true), ("*", "\n", false),
    ("**", "a/b", true), ("**", "a\nb", false), ("\\*", "*", true), ("\\*", "a", false), ("[a-]", "-", true),
    ("[]a]", "]", true), ("a-b", "A-B", false), ("", "", true), ("", "a", false), ("*", "", true),
  ])
  func plainPatterns(_ pattern: String, _ value: String, _ isMatch: Bool) throws {
    #expect(try Glob(pattern, isPathLike: false).matches(value) == isMatch)
  }

  @Test(arguments: [
    ("/x", "x", true), ("**/X", "x", true), ("a\\b", "A/B", true), ("*", "a/b", false), ("**", "a/b", true),
    ("a/*", "a/\n", true), ("é", "É", false), ("{**}", "a/b", false), ("/usr/**", "/usr/lib/a.py", true),
    ("**/site-packages/**", "site-packages/a.py", true), ("**/site-packages/**", "/x/site-packages/a", true),
    ("**/site-packages/**", "/x/site-packagesa/", false), ("[A]", "a", true), ("[!A]", "a", false),
  ])
  func pathPatterns(_ pattern: String, _ value: String, _ isMatch: Bool) throws {
    #expect(try Glob(pattern, isPathLike: true).matches(value) == isMatch)
  }

  @Test(arguments: [
    ("[a", GlobError.unclosedClass), ("[b-a]", .invalidRange("b", "a")), ("{a", .unclosedAlternatives),
    ("{a{b}}", .nestedAlternatives), ("a\\", .danglingEscape),
    (String(repeating: "*", count: 90_000), .tooLarge),
  ])
  func brokenPatterns(_ pattern: String, _ error: GlobError) {
    #expect(throws: error) { try Glob(pattern, isPathLike: false) }
  }

  /// The machine of bits against a matcher that tries every way, on all small patterns and values.
  @Test func machineAgreesWithTryingEveryWay() {
    let values = strings(of: ["a", "/", "\n"], upTo: 3).map { Array($0.utf8) }
    let letters = ["a", "*", "/", "?", "{", ",", "}"]
    var random = SplitMix64(seed: 5)
    let longer = (0..<400).map { _ in
      (0..<6).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
    }
    withEvery("pattern", in: strings(of: letters, upTo: 3) + longer) { pattern in
      withEvery("path-like", in: [false, true]) { isPathLike in
        guard let glob = try? Glob(pattern, isPathLike: isPathLike),
          let tokens = try? GlobReader.tokens(of: pattern, isPathLike: isPathLike)
        else { return }
        let oracle = GlobOracle(tokens: tokens, isPathLike: isPathLike)
        for value in values where glob.matchesExactly(value) != oracle.matches(value) {
          Issue.record("\(Trail.text), value \(String(decoding: value, as: UTF8.self))")
        }
      }
    }
  }

  /// Patterns of more than 64 steps take another way through the machine.
  @Test func longPatternsMatchAsShortOnes() throws {
    let filler = String(repeating: "ab", count: 40)
    withEvery("pattern", in: strings(of: ["a", "*", "/", "?"], upTo: 3)) { pattern in
      guard let short = try? Glob("/" + pattern, isPathLike: true),
        let long = try? Glob(filler + "/" + pattern, isPathLike: true)
      else { return }
      for value in strings(of: ["a", "/", "b"], upTo: 3) {
        let isShort = short.matchesExactly(Array("/\(value)".utf8))
        #expect(long.matchesExactly(Array("\(filler)/\(value)".utf8)) == isShort, "\(Trail.text), \(value)")
      }
    }
  }

  /// The index offers a value only to some globs; it must never leave one out.
  @Test func indexFindsWhatEachGlobMatches() {
    var random = SplitMix64(seed: 7)
    let alphabet = ["a", "b", "/", "*", "**", "?", "**/", "/**", "[ab]", "{a,b/}", "A"]
    withEvery("round", in: 0..<60) { round in
      let isPathLike = round % 2 == 0
      var index = GlobIndex(isPathLike: isPathLike)
      var globs: [Glob] = []
      for _ in 0..<30 {
        let pattern = (0..<Int.random(in: 0...5, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? ""
        }.joined()
        guard let glob = try? Glob(pattern, isPathLike: isPathLike) else { continue }
        index.insert(glob, atom: Int32(globs.count))
        globs.append(glob)
      }
      for _ in 0..<100 {
        let value = (0..<Int.random(in: 0...7, using: &random)).map { _ in
          ["a", "b", "/", "\n", "ab"].randomElement(using: &random) ?? ""
        }.joined()
        let found = index.atoms(matching: Array(value.utf8))
        let wanted = globs.indices.filter { globs[$0].matches(value) }.map(Int32.init)
        #expect(found == wanted, "\(Trail.text): \(value)")
      }
    }
  }

  @Test func hostilePatternsEnd() throws {
    let stars = String(repeating: "*a", count: 500)
    let value = String(repeating: "a", count: 500) + "b"
    #expect(try !Glob(stars, isPathLike: false).matches(value))
    let groups = String(repeating: "{*,?}", count: 300)
    #expect(try Glob(groups, isPathLike: false).matches(String(value.prefix(400))))
  }

  private func strings(of letters: [String], upTo length: Int) -> [String] {
    var all = [""]
    var last = [""]
    for _ in 0..<length {
      last = last.flatMap { text in letters.map { text + $0 } }
      all += last
    }
    return all
  }
}
