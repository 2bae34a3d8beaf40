import PCRE2
import Testing

@testable import Grouping

/// Python's classes of characters, as what is read by hand decides them, against PCRE2's for every character.
@Suite struct CharacterTests {
  private static let scalars = (0...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }

  /// The characters that are in a class; a text of many is searched at once.
  private static func members(of characterClass: String) throws -> Set<Unicode.Scalar> {
    let pattern = try Pattern(characterClass, .unicode)
    let scratch = MatchScratch()
    var members: Set<Unicode.Scalar> = []
    for scalar in scalars {
      let bytes = Array(String(scalar).utf8)
      if pattern.match(bytes.span, using: scratch) == .match { members.insert(scalar) }
    }
    return members
  }

  private static func difference(
    _ characterClass: String, _ isMember: (Unicode.Scalar) -> Bool
  ) throws -> [String] {
    let members = try members(of: characterClass)
    return scalars.filter { members.contains($0) != isMember($0) }.map { String($0.value, radix: 16) }
  }

  @Test func wordsAndDigitsOfMessagesAreThoseOfThePatterns() throws {
    #expect(try Self.difference(#"[\p{L}\p{N}_]"#, MessageByte.isWord) == [])
    #expect(try Self.difference(#"\d"#, MessageByte.isDigit) == [])
  }

  @Test func bytesOfMessagesAreOfTheSameClasses() throws {
    for byte in UInt8(0)..<0x80 {
      let kind = MessageByte.kinds[Int(byte)]
      #expect(kind.contains(.word) == MessageByte.isWord(Unicode.Scalar(byte)))
      #expect(kind.contains(.digit) == MessageByte.isDigit(Unicode.Scalar(byte)))
    }
  }

  /// PCRE2 has no separators U+001C to U+001F among `\s`, and U+180E, which is no space any more.
  @Test func spaceIsPythons() throws {
    let wanted = try Self.members(of: #"[\s\x1c-\x1f]"#).subtracting(["\u{180E}"])
    #expect(Set(Self.scalars.filter(PythonText.isSpace)) == wanted)
  }

  /// U+A7CE came with Unicode 17, U+2EBF0 with 15.1; Garay's letters have had lower case since 16.
  @Test func charactersThatPythonDoesNotKnowStayAsTheyAre() {
    #expect(MessageByte.isWord("\u{A7CE}") == (Pattern.unicodeVersion >= (17, 0)))
    #expect(MessageByte.isWord("\u{2EBF0}") == (Pattern.unicodeVersion >= (15, 1)))
    #expect(PythonText.lowercased("A\u{10D50}\u{A7CE}É") == "a\u{10D50}\u{A7CE}é")
  }
}
