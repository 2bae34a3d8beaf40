import TestSupport
import Testing
import TraceBytes

/// The C library's searches against loops that anyone can check.
@Suite struct SpanSearchTests {
  static let needles: [(StaticString, [UInt8])] = [
    ("a", [0x61]), ("ab", [0x61, 0x62]), ("aa", [0x61, 0x61]), ("aba", [0x61, 0x62, 0x61]),
  ]

  private static func first(_ needle: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard needle.count <= range.count else { return nil }
    return (range.lowerBound...(range.upperBound - needle.count)).first {
      Array(bytes[$0..<$0 + needle.count]) == needle
    }
  }

  /// A text is UTF-8 if the standard library's repair changes nothing, with any number of ASCII bytes before it.
  @Test func bytesThatAreUTF8() {
    forEveryString(of: [0x61, 0x80, 0xC3, 0xE2, 0x82, 0xAC], upTo: 4) { bytes in
      for lead in [0, 7, 8, 9] {
        let text = [UInt8](repeating: 0x20, count: lead) + bytes
        let isUTF8 = Array(String(decoding: text, as: UTF8.self).utf8) == text
        if text.span.isUTF8(0..<text.count) != isUTF8 { Issue.record("\(lead) \(bytes.shown)") }
      }
    }
  }

  @Test func everyShortTextAndRange() {
    forEveryString(of: Array("ab".utf8), upTo: 6) { bytes in
      let span = bytes.span
      for start in 0...bytes.count {
        for end in start...bytes.count {
          let range = start..<end
          let isRight =
            span.firstOffset(of: 0x61, in: range) == bytes[range].firstIndex(of: 0x61)
            && span.lastOffset(of: 0x61, in: range) == bytes[range].lastIndex(of: 0x61)
            && span.occurrences(of: 0x61, in: range) == bytes[range].count { $0 == 0x61 }
            && span.bytes(range) == Array(bytes[range])
            && span.text(range) == String(decoding: bytes[range], as: UTF8.self)
          if !isRight { Issue.record("\(bytes.shown) \(range)") }
          for (needle, letters) in Self.needles {
            let ends = range.count >= letters.count && Array(bytes[range].suffix(letters.count)) == letters
            let has = start + letters.count <= end && Array(bytes[start..<start + letters.count]) == letters
            let isRight =
              span.firstOffset(of: needle, in: range) == Self.first(letters, bytes, range)
              && span.firstOffset(of: letters.span, in: range) == Self.first(letters, bytes, range)
              && span.ends(range, with: needle) == ends && span.has(needle, at: start, before: end) == has
            if !isRight { Issue.record("\(bytes.shown) \(range) \(letters.shown)") }
          }
        }
      }
    }
  }

  @Test func longTexts() {
    for seed in 0..<50 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let bytes = (0..<Int.random(in: 0...10_000, using: &random)).map { _ in
        UInt8.random(in: 0x61...0x69, using: &random)
      }
      let start = Int.random(in: 0...bytes.count, using: &random)
      let range = start..<Int.random(in: start...bytes.count, using: &random)
      let found = (
        bytes.span.occurrences(of: 0x61, in: range), bytes.span.firstOffset(of: 0x69, in: range),
        bytes.span.lastOffset(of: 0x69, in: range)
      )
      #expect(found.0 == bytes[range].count { $0 == 0x61 })
      #expect(found.1 == bytes[range].firstIndex(of: 0x69))
      #expect(found.2 == bytes[range].lastIndex(of: 0x69))
    }
  }

  /// Words that begin and end alike, as the names of a hundred services do: of each the first one is found.
  @Test func wordsThatDeceive() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let digits = Int.random(in: 0...4, using: &random)
      let word = { (random: inout SplitMix64) in
        "s" + String((0..<digits).map { _ in "012".randomElement(using: &random)! }) + "-1"
      }
      let text = (0..<Int.random(in: 1...300, using: &random)).map { _ in word(&random) + "| x\n" }.joined()
      let (bytes, needle) = (Array(text.utf8), Array(word(&random).utf8))
      let found = bytes.span.firstOffset(of: needle.span, in: 0..<bytes.count)
      #expect(found == Self.first(needle, bytes, 0..<bytes.count))
    }
  }

  @Test func rangesAreEqualByTheirBytes() {
    let bytes = Array("abcabcab".utf8)
    for a in 0..<8 {
      for b in 0..<8 {
        for length in 0...(8 - max(a, b)) {
          let isEqual = bytes.span.equal(ByteRange(a, a + length), ByteRange(b, b + length))
          #expect(isEqual == (Array(bytes[a..<a + length]) == Array(bytes[b..<b + length])))
        }
      }
    }
    let differ = bytes.span.equal(ByteRange(0, 2), ByteRange(3, 6))
    #expect(!differ)
  }

  @Test func outsideOfTheTextIsNoMatch() {
    let bytes = Array("abc".utf8)
    let before = bytes.span.has("c", at: -1, before: 3)
    let behind = bytes.span.has("c", at: 2, before: 9)
    let beyond = bytes.span.has("cd", at: 2, before: 3)
    #expect(!before && !behind && !beyond)
  }

  @Test func everyByteHasItsClasses() {
    for byte in UInt8.min...UInt8.max {
      let isAsciiLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      let isFigure = (0x30...0x39).contains(byte)
      #expect(isLetter(byte) == isAsciiLetter)
      #expect(isDigit(byte) == isFigure)
      #expect(isBlank(byte) == (byte == 0x20 || byte == 0x09))
      #expect(isHexLetter(byte) == (isAsciiLetter && "abcdefABCDEF".utf8.contains(byte)))
      #expect(isIdentifierStart(byte) == (isAsciiLetter || byte == 0x5F || byte == 0x24 || byte >= 0x80))
      #expect(isWord(byte) == (isIdentifierStart(byte) || isFigure))
    }
  }

  /// Every byte at every place of ranges around one vector, among others that are near it.
  @Test func whichOfEightBytes() {
    let wanted: [UInt8] = [0x1B, 0x00, 0x0D, 0x23, 0x26, 0x3C, 0x80, 0xFF]
    let packed = wanted.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    for length in 0..<50 {
      for place in 0..<length {
        for byte in [0x1A, 0x24, 0x7F] + wanted {
          var bytes = [UInt8](repeating: 0x61, count: length + 2)
          bytes[1 + place] = byte
          // What stands around the range does not count.
          bytes[0] = 0x23
          bytes[length + 1] = 0x3C
          let found = bytes.span.which(of: packed, in: 1..<length + 1)
          #expect(found == (wanted.firstIndex(of: byte).map { 1 << UInt32($0) } ?? 0))
        }
      }
    }
    let all = wanted.span.which(of: packed, in: 0..<8)
    let none = wanted.span.which(of: packed, in: 3..<3)
    #expect(all == 0xFF && none == 0)
  }
}
