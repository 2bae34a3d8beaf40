import PCRE2
import Testing

@Suite struct PatternTests {
  private func groups(_ source: String, _ text: String, _ options: Pattern.Options = []) throws -> [Range<
    Int
  >?]? {
    let pattern = try Pattern(source, options)
    let scratch = MatchScratch()
    let bytes = Array(text.utf8)
    guard pattern.match(bytes.span, using: scratch) == .match else { return nil }
    return (0..<4).map { scratch.group($0) }
  }

  @Test func capturesAreByteOffsets() throws {
    let found = try #require(try groups("(é)(x)?(y)", "aéy"))
    #expect(found == [1..<4, 1..<3, nil, 3..<4])
  }

  @Test func anchoredMatchesAtTheStartOnly() throws {
    #expect(try groups("b", "ab", .anchored) == nil)
    #expect(try groups("b", "ba", .anchored)?[0] == 0..<1)
  }

  @Test func emptySubjectIsASubject() throws {
    #expect(try groups("^$", "")?[0] == 0..<0)
  }

  @Test func invalidUTF8IsOrdinaryInput() throws {
    let pattern = try Pattern("\\xff(.)")
    let scratch = MatchScratch()
    #expect(pattern.match([0x61, 0xff, 0xfe].span, using: scratch) == .match)
    #expect(scratch.group(1) == 2..<3)
  }

  @Test func aBadPatternNamesItsPlace() throws {
    let error = #expect(throws: PatternError.self) { _ = try Pattern("a(b") }
    #expect(error?.kind == .compile && error?.offset == 3)
  }

  /// Catastrophic by construction: the limit must end it, in both engines.
  @Test(arguments: [Pattern.Options(), .interpreted]) func aLimitIsAnOutcome(_ options: Pattern.Options)
    throws
  {
    let pattern = try Pattern("^(a+)+$", options)
    let scratch = MatchScratch()
    let subject = [UInt8](repeating: 0x61, count: 60) + [0x62]
    guard case .gaveUp = pattern.match(subject.span, using: scratch) else {
      Issue.record("the match limit did not stop the match")
      return
    }
  }
}
