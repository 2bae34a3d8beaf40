import Report
import TestSupport
import Testing

@testable import Golden

/// The reader of goldens' lines: strict, and the inverse of what writes them.
@Suite struct JSONTextTests {
  private func read(_ text: String) throws(JSONTextError) -> String {
    var bytes: [UInt8] = []
    try JSONText.value(of: text.utf8).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (#"{"a":1,"b":[true,false,-7],"c":{}}"#, #"{"a":1,"b":[true,false,-7],"c":{}}"#),
    (#" [ ] "#, "[]"), (#""\u00e9\ud83d\ude00\/\b""#, #""é😀/\u0008""#), (#""a\tb\n\"\\""#, #""a\tb\n\"\\""#),
  ])
  func values(_ text: String, _ expected: String) throws { #expect(try read(text) == expected) }

  @Test(arguments: [
    ("", 1), ("{", 2), (#"{"a"}"#, 5), (#"{"a":}"#, 6), ("[1,]", 4), ("[1 2]", 4), ("tru", 4), ("null", 1),
    ("1.5", 2), ("99999999999999999999", 1), (#""a"#, 3), (#""\x""#, 3), (#""\u12g4""#, 6), (#""\ud800""#, 8),
    (#""\ud800\u0041""#, 14), (#""\udc00""#, 8), ("\"a\tb\"", 3), ("{} x", 4), (#"{1:2}"#, 2), ("-", 1),
    (#""\u+123""#, 4),
  ])
  func faults(_ text: String, _ column: Int) {
    let error = #expect(throws: JSONTextError.self) { try read(text) }
    #expect(error?.column == column, "\(text): \(error?.message ?? "")")
  }

  @Test func depthIsBounded() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONTextError(message: "nested too deeply", column: 33)) { try read(text) }
  }

  @Test func invalidUTF8() {
    #expect(throws: JSONTextError(message: "this string is not UTF-8", column: 1)) {
      try JSONText.value(of: [0x22, 0xFF, 0x22] as [UInt8])
    }
  }

  @Test func readsWhatIsWritten() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<2000 {
      var bytes: [UInt8] = []
      value(&random, 3).write(to: &bytes)
      #expect(Array(try read(String(decoding: bytes, as: UTF8.self)).utf8) == bytes)
    }
  }

  private func value(_ random: inout SplitMix64, _ depth: Int) -> JSONValue {
    switch Int.random(in: depth > 0 ? 0...4 : 2...4, using: &random) {
    case 0: .list((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth - 1) })
    case 1:
      .object(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in (text(&random), value(&random, depth - 1)) })
    case 2: .bool(Bool.random(using: &random))
    case 3: .number(Int.random(in: .min ... .max, using: &random))
    default: .text(text(&random))
    }
  }

  private func text(_ random: inout SplitMix64) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "\n", "\0", "\u{1B}", "é", "漢", "😀", "\u{2028}", "\u{7F}",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      if let scalar = scalars.randomElement(using: &random) { text.append(scalar) }
    }
    return String(text)
  }
}
