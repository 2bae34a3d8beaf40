import LogInput
import TestSupport
import Testing

@Suite struct ContainerTextTests {
  private func unescaped(_ text: String, _ style: TextEscapes.Style) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    TextEscapes.appendUnescaped(bytes.span, 0..<bytes.count, style, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    (#"a\n\tat"#, "a\n\tat"), (#"\u00e9\/\"\\n"#, "é/\"\\n"), (#"\ud83d\ude00"#, "\u{1F600}"),
    (#"\ud83d!"#, "\u{FFFD}!"), (#"\x1b\q\"#, "\u{1B}\\q\\"), (#"\u00g0"#, #"\u00g0"#),
    (#"\xc3\xb6\x41"#, "öA"), (#"sch\xf6n\xe9"#, "schöné"), (#"\U0001F600\U00"#, "\u{1F600}\\U00"),
  ])
  func quotedEscapes(_ written: String, _ text: String) { #expect(unescaped(written, .quoted) == text) }

  @Test func openTextKeepsOtherBackslashes() {
    #expect(unescaped(#"C:\dir\x.py\nb"#, .open) == "C:\\dir\\x.py\nb")
  }

  @Test(arguments: [
    ("&lt;init&gt;&#10;&#x9;at", "<init>\n\tat"), ("a<br/>b<br>c", "a\nb\nc"),
    ("a & b &bogus;", "a & b &bogus;"),
  ])
  func markup(_ written: String, _ text: String) {
    let bytes = Array(written.utf8)
    var output: [UInt8] = []
    MarkupText.appendDecoded(bytes.span, 0..<bytes.count, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == text)
  }

  @Test func controlSequencesGo() {
    let bytes = Array("\u{1B}[36mweb\u{1B}[0m \u{1B}]8;;x\u{07}l\0".utf8)
    var output: [UInt8] = []
    TextEscapes.appendPlain(bytes.span, 0..<bytes.count, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "web l")
  }

  @Test func jsonFieldsComeWithTheirPaths() throws {
    let bytes = Array(#"{"a":{"b":"x\ny"},"l":["p","q"],"n":-1.5,"t":true}"#.utf8)
    var records = JSONRecords()
    try records.read(bytes.span, 0..<bytes.count)
    let text = records.copiedText
    let pairs = records.fields.map {
      String(decoding: text[$0.path.range], as: UTF8.self) + "="
        + String(decoding: text[$0.value.range], as: UTF8.self)
    }
    #expect(pairs == ["a.b=x\ny", "l[]=p", "l[]=q", "n=-1.5", "t=true"])
  }

  @Test func cutJSONGivesUpItsStrings() throws {
    let bytes = Array(#"{"m":"ok","stack":"a\n\tat b"#.utf8)
    var records = JSONRecords()
    #expect(throws: JSONProblem.self) { try records.read(bytes.span, 0..<bytes.count) }
    let broken = BrokenJSON(bytes.span, 0..<bytes.count)
    #expect(broken.isCut)
    #expect(
      broken.fields.map { String(decoding: broken.text[$0.value.range], as: UTF8.self) } == [
        "ok", "a\n\tat b",
      ])
  }

  @Test func nothingIsTooDamagedToRead() {
    let alphabet = Array("{}[]\":,\\u0n \u{FF}".utf8)
    withEvery("seed", in: 0..<3000) { seed in
      var random = SplitMix64(seed: UInt64(seed))
      let bytes = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let broken = BrokenJSON(bytes.span, 0..<bytes.count)
      #expect(broken.fields.allSatisfy { Int($0.value.end) <= broken.text.count }, "\(Trail.text)")
    }
  }

  /// A name is kept once, however often a list is opened behind it: it once was copied for each, gigabytes for a line of a
  /// megabyte.
  @Test func listsInBrokenObjectsTakeNoMoreThanTheirText() {
    let name = String(repeating: "n", count: 5000)
    let json = Array(("{\"\(name)\":" + String(repeating: "[\"a\"]{\"b\"", count: 5000)).utf8)
    let broken = BrokenJSON(json.span, 0..<json.count)
    #expect(broken.fields.count == 10_000)
    #expect(broken.text.count < 2 * json.count)
    let paths = broken.fields.prefix(2).map { String(decoding: broken.text[$0.path.range], as: UTF8.self) }
    #expect(paths == [name + "[]", name])
  }
}
