import CScan
import TestSupport
import Testing

/// The vectorised gate against the plain one: the same anchors, whatever stands around them and wherever
/// they lie within a vector.
@Suite struct AnchorTests {
  /// All words of the gate, their beginnings, and what decides about the words before them.
  static let pieces = [
    "at ", "at", "\tat ", " at ", "  at ", "\\tat ", "%0A%09at ", "File \"", "File \\", "File &",
    "Fatal Python error",
    "Traceback (", "Traceback: <class", "Traceback", "Caused by: ", "Caused", "Cell In[", "Suppressed: ",
    "Stack (most recent call", "SSAGE\":[", "MESSAGE\": [", "SSAGE", "Wrapped by: ", "Exception in thread \"",
    "Execution error (",
    "Exception: java.lang.",
    "#error {", "# A fatal error has been detected by the Java", "|  Exception ", "+-+-------------",
    "(most recent call first)", "%0A%20%20File", "\nE   ", "AirbyteDbtError: ", "a.b(", "a.b", "(", " ", "\n",
    "x",
    "\t", "\r", "Fata", "tat ", "k_trace\"", "kTrace\"", "ktrace\"", "c_type\"", "#1 \"main\"", "\u{E9}",
    "E   ", " E   ", "\"E   ", "\\nE   ", "\"at ", "k_trace\\\"", "c_type\\\"", "Exception in thread \\\"",
    "#1 \\\"main\\\"", "\na.b.C", "\nj.c.D: m\n", "\nq.d.E\n", "\na.B\n",
    "\njava.lang.E$F: m\nx at the end\n", "\nx.y: ",
    "1mE   ", "<exception>", "*--- Failure #", "id=\"traceback\">", "<h2 class=\"traceback\">",
    "<exception>\n", "=0A=09at ", "=0A=", " at F.java:12\n",
    " at a.rb:1\r", "Terminating due to ", "Term", "#012at ", "#01", "|at ", "|", "\\x0A\\x09at ",
    "\u{A0}at ", "x09", " at F.java:12\\n", "frames\":[", "frames\\\": [", "frames",
    "throwable\": [", "wable\\\":[", "wable",
  ]

  private static func anchors(
    _ bytes: [UInt8], _ next: (UnsafePointer<UInt8>?, Int, Int) -> Int
  ) -> [Int] {
    var found: [Int] = []
    bytes.withUnsafeBufferPointer { buffer in
      var at = next(buffer.baseAddress, buffer.count, 0)
      while at < buffer.count {
        found.append(at)
        at = next(buffer.baseAddress, buffer.count, at + 1)
      }
      if at != buffer.count { found.append(-1) }
    }
    return found
  }

  private static func compare(_ bytes: [UInt8]) {
    let plain = anchors(bytes) { cscan_next_anchor_plain($0!, $1, $2) }
    for width: Int32 in [32, 64] {
      let fast = anchors(bytes) { cscan_next_anchor_by(width, $0!, $1, $2) }
      if fast != plain { Issue.record("\(bytes.shown), width \(width): \(fast) instead of \(plain)") }
    }
  }

  /// Text behind which a whole vector still fits, so that nothing is left to the plain loop.
  private static let room = [UInt8](repeating: 0x79, count: 70)

  @Test func everyPairOfPiecesAtSomePlaces() {
    for pad in [0, 1, 13, 30, 31, 32, 33] {
      forEveryRow(of: Self.pieces, upTo: 2) { row in
        guard pad + row.count > 0 else { return }
        Self.compare([UInt8](repeating: 0x2E, count: pad) + row + Array("x".utf8))
        Self.compare([UInt8](repeating: 0x2E, count: pad) + row + Self.room)
      }
    }
  }

  @Test func everyPieceAtEveryAlignment() {
    for pad in 0..<100 {
      for piece in Self.pieces {
        for tail in [0, 1, 2, 31, 40, 70] {
          Self.compare(
            [UInt8](repeating: 0x20, count: pad) + Array(piece.utf8) + [UInt8](repeating: 0x79, count: tail))
        }
      }
    }
  }

  @Test func everyStringOfFewLetters() {
    forEveryString(of: Array("at \t\n.(".utf8), upTo: 5) { bytes in
      guard !bytes.isEmpty else { return }
      Self.compare(bytes)
      Self.compare(bytes + Self.room)
    }
  }

  @Test func randomRowsAndBytes() {
    for seed in 0..<1_500 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var row = randomRow(of: Self.pieces, count: 12, using: &random)
      if seed % 2 == 1 { row = row.mutated(using: &random, alphabet: Array("at \n\t(.|+%".utf8)) }
      guard !row.isEmpty else { continue }
      Self.compare(row)
    }
  }

  /// Texts of several batches of windows, most of whose hits are none.
  @Test func randomRowsLongerThanABatch() {
    let prose = ["looked at it ", "x at a.b.c ", "executed. ", "Job: ", "custom ", "at 10:32 "]
    for seed in 0..<120 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let pieces =
        seed % 3 == 0 ? Self.pieces : prose + prose + prose + ["\tat ", "File \"", " at a.b(", "\nx.y.Z: "]
      Self.compare(randomRow(of: pieces, count: 900, using: &random))
    }
  }

  /// Every word is found alone, at a line's start: the table of heads has none too few.
  @Test(arguments: [
    "\tat a.b(C.java:1)", "at a.b(C.java:1)", "  File \"x\", line 1", "Traceback (most recent call last):",
    "Caused by: a.B", "\tSuppressed: a.B", "Wrapped by: a.B", "Exception in thread \"main\" a.B", "#error {",
    "# A fatal error has been detected by the Java Runtime Environment:", "|  Exception a.B",
    "  +-+---------------- 1",
    "Current thread 0x1 (most recent call first):", "Fatal Python error: x", "Cell In[1], line 5",
    "x AirbyteDbtError: y",
    "Stack (most recent call last):", "x\\n\\tat a.b(C.java:1)", "x%0A%09at a.b(C.java:1)",
    "x\nE   ZeroDivisionError", "{\"MESSAGE\":[27,91]}",
    "Execution error (X) at y", "Exception: java.lang.OutOfMemoryError", "Traceback: <class 'X'>",
    "java.lang.X: m at a.b(C.java:1) at c.d(E.java:2)",
  ])
  func everyWordIsAnAnchor(_ line: String) {
    for pad in 0..<40 {
      let bytes = [UInt8](repeating: 0x2D, count: pad) + [0x0A] + Array(line.utf8) + [0x0A]
      #expect(
        Self.anchors(bytes) { cscan_next_anchor($0!, $1, $2) }.first.map { $0 > pad || $0 == pad } == true)
    }
  }

  /// Prose and code hold no anchor.
  @Test(arguments: [
    "look at foo.bar and wait", "at10:32 nothing", "he was at home (approx)", "Caused by operator error",
    "a File was lost", "Traceback logging is disabled", "Exceptions are fine", "a+b|c%20d",
    "Suppressed 3 lines",
  ])
  func proseIsNoAnchor(_ line: String) {
    let bytes = Array("2024-01-02 10:00:00 INFO \(line)\n".utf8)
    #expect(Self.anchors(bytes) { cscan_next_anchor($0!, $1, $2) } == [])
  }

  /// Words that count only where no other stands behind them ask nothing of each other: that took twice as long for each more.
  @Test(arguments: [
    "id=\"traceback\">x ", "log\":\"a.b.CException: ", "{\"log\": \"a.b.CException: x ",
    "2026-01-01T10:00:00.1Z stderr F a.b.CException: ",
  ])
  func wordsThatAskForOthersAreQuick(_ piece: String) {
    let bytes = Array(String(repeating: piece, count: 60).utf8)
    #expect(!Self.anchors(bytes) { cscan_next_anchor($0!, $1, $2) }.isEmpty)
  }

  /// Where a block of indented lines ends, with any line end at any place of a vector.
  @Test func blocksEndAtTheFirstLineThatIsNotIndented() {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let count = Int.random(in: 0...200, using: &random)
      let bytes = (0..<count).map { _ in
        Int.random(in: 0..<8, using: &random) > 0 ? UInt8.random(in: 0x20...0x22, using: &random) : 0x0A
      }
      let indented: [UInt8] = seed % 3 == 0 ? [0x20, 0x21, 0x22] : seed % 3 == 1 ? [0x20, 0x09] : [0x09]
      let text = bytes.map { byte in byte == 0x0A ? byte : indented[Int(byte) % indented.count] }
      let expected = text.indices.first {
        $0 > 0 && text[$0 - 1] == 0x0A && text[$0] != 0x20 && text[$0] != 0x09
      }
      text.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        #expect(cscan_block_end(base, count) == expected ?? count, "\(text.shown)")
      }
    }
  }

  @Test func bytesAreCountedAndFound() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let count = seed < 5 ? Int(seed) : Int.random(in: 0...9_000, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...3, using: &random) }
      bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        #expect(cscan_count_byte(base, count, 2) == bytes.count { $0 == 2 })
        #expect(cscan_last_byte(base, count, 3) == bytes.lastIndex(of: 3) ?? -1)
        let ascii = (0..<count).map {
          $0 < count / 2 ? UInt8(0x7F) : UInt8.random(in: 0x70...0x80, using: &random)
        }
        #expect(cscan_ascii_run(ascii, count) == ascii.firstIndex { $0 >= 0x80 } ?? count)
      }
    }
  }
}
