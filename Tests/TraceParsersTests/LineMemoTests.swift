import TestSupport
import Testing
import TraceBytes

@testable import TraceParsers

/// What is remembered of lines, against a dictionary of them.
@Suite struct LineMemoTests {
  private static func insert(
    _ number: Int, _ range: Range<Int>, of text: Span<UInt8>, into memo: inout LineMemo
  ) -> Int32 {
    let line = TextLine(
      start: range.lowerBound, end: range.upperBound - 1, next: range.upperBound,
      content: range.lowerBound + 1,
      kind: .other)
    return memo.insert(line, LineMemo.Fields(key: KeyHash(seed: UInt64(number))), text)
  }

  /// Lines in random order, with many repeats, some in runs as a stack's frames are.
  @Test func findsWhatWasInsertedAndNothingElse() {
    for seed in 0..<40 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var memo = LineMemo()
      var known: [[UInt8]: Int32] = [:]
      var pick = 0
      for _ in 0..<800 {
        pick = Bool.random(using: &random) ? (pick + 1) % 300 : Int.random(in: 0..<300, using: &random)
        // Lengths around those of the hash's turns; lines that differ in one byte alone.
        let bytes = Array(" \(String(repeating: "x", count: pick % 70))\(pick)\n".utf8)
        let text = (Array("..".utf8) + bytes + Array("..".utf8)).span
        let range = 2..<2 + bytes.count
        let found = memo.follower(text, at: 2, before: text.count) ?? memo.find(text, range)
        #expect(found == known[bytes])
        if found == nil { known[bytes] = Self.insert(pick, range, of: text, into: &memo) }
        if let found { #expect(memo.key(found) == KeyHash(seed: UInt64(pick))) }
        if Int.random(in: 0..<10, using: &random) == 0 { memo.leave() }
      }
    }
  }

  /// A follower that is cut off by the end of the text is none.
  @Test func aFollowerNeedsRoom() {
    var memo = LineMemo()
    let text = Array(" a\n b\n".utf8).span
    _ = Self.insert(0, 0..<3, of: text, into: &memo)
    let second = Self.insert(1, 3..<6, of: text, into: &memo)
    memo.leave()
    let first = memo.find(text, 0..<3)
    let cut = memo.follower(text, at: 3, before: 5)
    let whole = memo.follower(text, at: 3, before: 6)
    let other = memo.follower(text, at: 0, before: 6)
    #expect(first != nil && cut == nil && whole == second && other == nil)
  }

  @Test func admitsIndentedLinesOfBoundedLength() {
    let long = (Array(" ".utf8) + [UInt8](repeating: 0x78, count: LineMemo.longestLine)).span
    let tooLong = LineMemo.admits(long, 0..<long.count)
    let longest = LineMemo.admits(long, 0..<LineMemo.longestLine)
    let text = Array("a b\n\tx\n".utf8).span
    let unindented = LineMemo.admits(text, 0..<4)
    let indented = LineMemo.admits(text, 4..<7)
    #expect(!tooLong && longest && !unindented && indented)
  }
}
