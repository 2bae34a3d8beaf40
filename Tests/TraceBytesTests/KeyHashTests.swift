import TestSupport
import Testing
import TraceBytes

@Suite struct KeyHashTests {
  private static func key(_ parts: [[UInt8]]) -> KeyHash {
    var key = KeyHash()
    for part in parts { key.combine(part.span, 0..<part.count) }
    return key
  }

  /// All texts of a small alphabet have keys of their own, in both lanes.
  @Test func shortTextsDoNotCollide() {
    var seen: [KeyHash: [UInt8]] = [:]
    var values: Set<UInt64> = []
    forEveryString(of: [0, 0x61, 0xFF], upTo: 9) { bytes in
      let key = Self.key([bytes])
      if let other = seen.updateValue(bytes, forKey: key) { Issue.record("\(bytes) and \(other)") }
      values.insert(key.value)
    }
    #expect(values.count == seen.count)
  }

  @Test func theCutBetweenPartsCounts() {
    let letters = Array("abcdefgh".utf8)
    var seen: Set<KeyHash> = [Self.key([letters])]
    for cut in 0...8 {
      #expect(seen.insert(Self.key([Array(letters[..<cut]), Array(letters[cut...])])).inserted, "cut \(cut)")
    }
    #expect(Self.key([letters, []]) != Self.key([letters]))
  }

  @Test func absentIsNotEmpty() {
    var absent = KeyHash()
    var empty = KeyHash()
    let bytes: [UInt8] = []
    absent.combine(bytes.span, nil as ByteRange?)
    empty.combine(bytes.span, ByteRange(0, 0))
    #expect(absent != empty)
  }

  @Test func stringsAreTheirBytes() {
    var text = KeyHash(seed: 7)
    text.combine("Überprüfung.run")
    var bytes = KeyHash(seed: 7)
    let array = Array("Überprüfung.run".utf8)
    bytes.combine(array.span, 0..<array.count)
    #expect(text == bytes)
    #expect(text != KeyHash(seed: 7))
  }

  /// Ids are written to records and must not change from run to run or from build to build.
  @Test func theValueIsFixed() {
    var key = KeyHash()
    key.combine("logs/app.log")
    key.combine(1048)
    key.combine(0)
    #expect(String(key.value, radix: 16) == "aa909498bb0c9c85")
  }
}
