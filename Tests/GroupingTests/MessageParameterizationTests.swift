import PCRE2
import TestOracles
import TestSupport
import Testing

@testable import Grouping

@Suite struct MessageParameterizationTests {
  private static func parameterized(_ text: String) -> String {
    MessageParameterization.parameterize(text, using: MatchScratch()).text
  }

  @Test func thePatternsCompile() throws {
    #expect(MessagePatterns.general != nil)
    #expect(MessagePatterns.generalBeforeNoParenthesis != nil)
    #expect(MessagePatterns.insideDigits != nil)
    _ = try MessageOracle()
  }

  @Test(arguments: [
    ("a.b+c@x.com", "<email>"), ("see http://h/x?y now", "see <url> now"), ("tcp://h", "tcp://h"),
    ("foo.co.uk", "<hostname>.uk"), ("java.io.IOException", "<hostname>.IOException"),
    ("Foo.java", "Foo.java"),
    ("::1 and 10.0.0.1", "<ip> and <ip>"), ("Foo::bar()", "Foo::bar()"), ("908:31", "<int>:<int>"),
    ("at 11:21", "at <date>"),
    ("2024-02-20T22:16:36Z", "<date>"), ("20060102 150405", "<date>"), ("2006-01-40", "<int>-<int>-<int>"),
    ("10ms 1.5s 5 s", "<duration> <duration> <int> s"), ("9af8 9af 9aF8", "<hex> 9af 9aF8"),
    ("12345678", "<hex>"),
    ("a93c7d2 cabcafe", "<git_sha> cabcafe"), ("utf-8 -5 a1 1px", "utf-<int> <int> a1 1px"),
    ("k='v' k = 'v' a=trueish", "k=<quoted_str> k = 'v' a=<bool>ish"), ("٣٤", "<int>"),
    ("datetime.datetime(2020, 1, 2) x", "<date> x"), ("1.2.3", "<float>.<int>"),
    // An address may stand behind a digit that is not ASCII; it was passed over.
    ("é٣1::", "é٣<ip>"), ("٣1::", "<int>::"), ("é٣1::2 x", "é٣<ip> x"),
  ])
  func table(_ text: String, _ expected: String) {
    #expect(Self.parameterized(text) == expected)
  }

  /// Small alphabets of what patterns begin with and are bounded by.
  @Test(arguments: ["1a: ", "1.s-", "a.co", "=\"'x", "f-0@", "é1_-", "٣1s.", "é٣1:", ".ae\u{A7CE}"])
  func allShortTexts(_ alphabet: String) throws {
    let oracle = try MessageOracle()
    let scratch = MatchScratch()
    let letters = alphabet.unicodeScalars.map(String.init)
    var texts = [""]
    for _ in 0..<6 { texts = texts.flatMap { text in letters.map { text + $0 } } }
    for text in texts {
      let ours = MessageParameterization.parameterize(text, using: scratch).text
      #expect(ours == oracle.parameterize(text), "\(text)")
    }
  }

  /// What patterns match, nearly match, or run into, in any order.
  private static let fragments = [
    "a", "1", "-", ".", ":", "/", "@", "=", "\"", "'", " ", "\n", "_", "é", "٣", "½", "\u{1c}", "\u{180e}",
    "\u{2028}",
    "x", "0x1f", "deadbeef", "9af8", "a93c7d2", "10.0.0.1", "::1", "fe80::1%eth0", "foo.com", "FOO.CO", "me",
    "http://",
    "ws://a", "ms", "s", "1.5", "T", "Z", "12:30", "2024-02-20", "2006", "0102", "150405", "Mon", "Jan",
    " 02", "Tuesday, ",
    "GMT", "+0000", "(x)", "datetime", "datetime.datetime(", ")", "pm", "true", "False", "tx",
    "tx0123456789abcdef01234",
    "-0123456789", "550e8400-e29b-41d4-a716-446655440000", "d41d8cd98f00b204e9800998ecf8427e", "00-",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709", "1-01234567-0123456789abcdef01234567", "a@b.c",
    "Sun, 02 Jan 2006 15:04:05 UT",
    "Mon Jan 02 2006 15:04:05 GMT+0100 (CET)", "Jan 02, 2006", "  ", "11:21:09", "user=", "12345678",
    "1234567",
  ]

  @Test(arguments: 0..<4) func randomTextsAgreeWithTheOracle(_ part: UInt64) throws {
    let oracle = try MessageOracle()
    let scratch = MatchScratch()
    for seed in (part * 2500)..<((part + 1) * 2500) {
      var random = SplitMix64(seed: seed)
      let count = Int.random(in: 1...9, using: &random)
      let text = (0..<count).map { _ in Self.fragments.randomElement(using: &random)! }.joined()
      let ours = MessageParameterization.parameterize(text, using: scratch)
      #expect(ours.text == oracle.parameterize(text), "seed \(seed): \(text)")
      #expect(!ours.hitLimit)
    }
  }

  /// Each of these costs the square of its length when the patterns are simply searched for.
  @Test(arguments: [
    "a", "a.", "1", "٣", "datetime.datetime(", "Mon Jan 02 2006 15:04:05 GMT+0000 (", "a-", "='",
  ])
  func hostileTextsEnd(_ unit: String) {
    let text = String(repeating: unit, count: 200_000 / unit.utf8.count)
    let time = ContinuousClock().measure { _ = Self.parameterized(text) }
    #expect(time < .seconds(5))
  }

  @Test(arguments: [
    ("", ""), ("a", "a"), ("a\nb", "a\nb"), ("a\n", "a..."), ("a\n\nb", "a\nb..."), ("a\nb\nc", "a\nb..."),
    ("  ", "..."),
    ("\n", "..."), (" a \n b ", " a \n b "), ("a\r\nb", "a\nb..."), ("a\u{85}b", "a\nb..."),
    ("a\u{2028}b", "a\nb..."),
    ("a\u{b}b\u{c}c", "a\nb..."), ("é", "é"),
  ])
  func trimming(_ text: String, _ expected: String) {
    #expect(MessageParameterization.trim(text) == expected)
  }
}
