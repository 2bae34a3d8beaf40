import Foundation
import TestSupport
import Testing
import TraceBytes

@Suite struct OutputBufferTests {
  private static func json(_ bytes: [UInt8]) -> (text: String, isValid: Bool) {
    var output = OutputBuffer()
    let isValid = output.appendJSON(bytes.span, 0..<bytes.count)
    return (String(decoding: output.bytes, as: UTF8.self), isValid)
  }

  /// Every byte alone, through Foundation's reader and back.
  @Test func everyAsciiByteComesBack() throws {
    for byte in 0..<128 as Range<UInt8> {
      let (text, isValid) = Self.json([0x78, byte, 0x79])
      let read =
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? String
      #expect(
        isValid && read == String(decoding: [0x78, byte, 0x79], as: UTF8.self), "byte \(byte): \(text)")
      #expect(text.utf8.allSatisfy { $0 >= 0x20 })
    }
  }

  @Test func escapesAreTheShortOnes() {
    #expect(
      Self.json(Array("a\"b\\c\n\r\t\u{1}\u{1F}\u{7F}/é✓😀".utf8)).text
        == "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f\\u007f/é✓😀\"")
  }

  private static func repaired(_ bytes: [UInt8]) -> String? {
    let (text, isValid) = json(bytes)
    // Of these bytes only the controls from U+007F to U+009F need an escape.
    let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
      (0x7F...0x9F).contains(scalar.value) ? "\\u00" + String(scalar.value, radix: 16) : String(scalar)
    }.joined()
    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    return text == "\"\(expected)\"" && isValid == isUTF8 ? nil : "\(bytes): \(text), \(isValid)"
  }

  /// One to three bytes: every combination of the bytes that UTF-8's table tells apart; four: those behind
  /// the leads that take four.
  @Test func repairIsThatOfTheStandardLibrary() {
    let edges: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
      0xEF, 0xF0,
      0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    forEveryString(of: edges, upTo: 3) { bytes in
      if let problem = Self.repaired(bytes) { Issue.record("\(problem)") }
    }
    forEveryString(of: [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE1, 0xF1], upTo: 3) { tail in
      guard tail.count == 3 else { return }
      for lead in [0xF0, 0xF1, 0xF3, 0xF4, 0xF5] as [UInt8] {
        if let problem = Self.repaired([lead] + tail) { Issue.record("\(problem)") }
      }
    }
  }

  @Test func everyOneAndTwoBytes() {
    for first in 0x80...0xFF as ClosedRange<UInt8> {
      if let problem = Self.repaired([first]) { Issue.record("\(problem)") }
      for second in 0x7F...0xFF as ClosedRange<UInt8> {
        if let problem = Self.repaired([first, second]) { Issue.record("\(problem)") }
      }
    }
  }

  @Test func numbers() {
    let table: [(Int, String)] = [
      (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (1_048_576, "1048576"), (.max, "\(Int.max)"),
      (.min, "\(Int.min)"),
    ]
    for (number, text) in table {
      var output = OutputBuffer()
      output.append(number)
      #expect(String(decoding: output.bytes, as: UTF8.self) == text)
    }
    var output = OutputBuffer()
    output.append(UInt64.max)
    output.appendHex(0x0123_4567_89AB_CDEF)
    #expect(String(decoding: output.bytes, as: UTF8.self) == "\(UInt64.max)0123456789abcdef")
  }

  @Test func onlyACommaBecomesABrace() {
    var output = OutputBuffer()
    output.append("[,\"a\":1")
    output.open(at: 1)
    output.open(at: 0)
    #expect(String(decoding: output.bytes, as: UTF8.self) == "[{\"a\":1")
    output.truncate(to: 1)
    #expect(output.count == 1)
    output.removeAll()
    #expect(output.bytes.isEmpty)
  }
}
