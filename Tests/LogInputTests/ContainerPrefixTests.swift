import LogInput
import TestSupport
import Testing

@Suite struct ContainerPrefixTests {
  private func prefix(_ line: String, upTo text: String) throws -> LinePrefix {
    let bytes = Array(line.utf8)
    let end = try #require(line.range(of: text)).lowerBound
    return LinePrefix(bytes.span, 0..<line.utf8.distance(from: line.startIndex, to: end))
  }

  @Test(arguments: [
    ("2024-03-05T10:11:12.345678901Z \tat x", "2024-03-05T10:11:13.1Z \tat y", true),
    ("svc-1  | \tat x", "svc-2  | \tat x", false),
    ("10.0.0.1 \tat x", "10.0.0.2 \tat x", false),
    ("Mar  5 10:11:12 host app[42]: \tat x", "Mar  5 10:12:59 host app[42]: \tat x", true),
    ("Mar  5 10:11:12 host app[42]: \tat x", "Mar  5 10:11:12 host app[43]: \tat x", false),
    ("api-7d9c6b5f45-12345 \tat x", "api-7d9c6b5f45-12346 \tat x", false),
    ("12-03 10:11:12.345  1234  1250 E T: \tat x", "12-03 10:11:12.346  1234  1250 E T: \tat x", true),
  ])
  func timesDifferAndNamesDoNot(_ learned: String, _ other: String, _ matches: Bool) throws {
    let bytes = Array(other.utf8)
    let found = try prefix(learned, upTo: "\tat").match(bytes.span, 0..<bytes.count)
    #expect((found != nil) == matches)
    if let found { #expect(String(decoding: bytes[found...], as: UTF8.self).hasPrefix("\tat ")) }
  }

  /// Every line that the prefix matches has its literals.
  @Test(arguments: [
    ("svc-1  | \tat", ["svc-1  |"]),
    ("[pod/a/b] 2024-03-05T10:11:12.5Z \tat", ["[pod/a/b]", "-", "-", "T", ":", ":", "Z"]),
    ("10:11:12 app[42]: \tat", [":", ":", " app[42]:"]), ("\tat", []),
  ])
  func literals(_ line: String, _ literals: [String]) throws {
    let found = try prefix(line, upTo: "\tat").literals
    #expect(found.map { String(decoding: $0, as: UTF8.self) } == literals)
  }

  @Test func oneBlankBelongsToThePrefix() throws {
    let learned = try prefix("svc |   File \"x\"", upTo: "   File")
    let header = Array("svc | Traceback".utf8)
    #expect(learned.match(header.span, 0..<header.count) == 6)
    let empty = Array("svc |".utf8)
    #expect(learned.match(empty.span, 0..<empty.count) == 5)
  }

  @Test(arguments: [
    ("svc-1  | \tat", "svc-1"), ("[pod/api-1/api] 2024-03-05T10:11:12Z \tat", "pod/api-1/api"),
    ("Mar  5 10:11:12 host app[42]: \tat", "host app[42]"), ("[ERROR] \tat", nil), ("> \tat", nil),
  ])
  func namesTheStream(_ line: String, _ name: String?) throws {
    #expect(try prefix(line, upTo: "\tat").name == name)
  }

  @Test func everyPrefixMatchesItsOwnLine() throws {
    let alphabet = Array("0129-:. |[aT/".utf8)
    withEvery("seed", in: 0..<2000) { seed in
      var random = SplitMix64(seed: UInt64(seed))
      let count = Int.random(in: 1...24, using: &random)
      var bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
      bytes.append(contentsOf: "\tat".utf8)
      let learned = LinePrefix(bytes.span, 0..<count)
      #expect(learned.match(bytes.span, 0..<bytes.count) != nil, "\(Trail.text)")
      #expect(
        learned.matchExactly(bytes.span, 0..<bytes.count) == learned.match(bytes.span, 0..<bytes.count),
        "\(Trail.text)")
    }
  }
}
