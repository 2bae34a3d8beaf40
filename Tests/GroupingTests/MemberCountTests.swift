import TestSupport
import Testing

@testable import Grouping

/// The two ways of leaving out how many members a group has: of a string, and of bytes where they stand.
@Suite struct MemberCountTests {
  private static let pieces = [
    "errors", " ", "(", "2", "17", " (2", " sub-exceptions)", " sub-exception)", " (3 sub-exceptions)", ")",
    "\u{e9}",
  ]

  @Test func bothLeaveOutTheSame() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<20_000 {
      let value = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        Self.pieces.randomElement(using: &random)!
      }.joined()
      let bytes = Array(("(1" + value + ")").utf8)
      let end = PythonExceptionTree.endWithoutMemberCount(bytes.span, 2..<bytes.count - 1) ?? 0
      let found = String(decoding: bytes[2..<end], as: UTF8.self)
      let wanted = PythonExceptionTree.withoutMemberCount(value)
      #expect(found == wanted, "\(value)")
    }
  }

  @Test func severalLinesAreLeftToTheOther() {
    let bytes = Array("a\nb (2 sub-exceptions)".utf8)
    #expect(PythonExceptionTree.endWithoutMemberCount(bytes.span, 0..<bytes.count) == nil)
  }
}
