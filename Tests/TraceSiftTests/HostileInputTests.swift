import Foundation
import ScanSupport
import TestSupport
import Testing
import TraceParsers

/// Inputs that nobody means well with: every one ends, in bounded memory, and what stands around them is found.
@Suite struct HostileInputTests {
  static let good = "java.lang.IllegalStateException: good\n\tat a.B.c(D.java:5)\n\tat a.B.d(D.java:9)\n"
  static let log = "2024-01-02 03:04:05 INFO on\n"

  private func records(_ bytes: [UInt8], _ cut: Cut = Cut(), limits: ParseLimits = ParseLimits()) throws
    -> [ScannedRecord]
  {
    let path = NSTemporaryDirectory() + "tracesift-hostile-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try run([path], cut, limits: limits).delegate.records.map { record in
      var record = record  // the file's name differs from call to call
      record.source = ""
      record.id = 0
      return record
    }
  }

  @Test func emptyInput() throws {
    for bytes in [[], [0x0A], [0x20], [0x0D, 0x0A], [0], [0xFF]] as [[UInt8]] {
      #expect(try records(bytes).isEmpty)
    }
  }

  @Test func aLineOfNineMegabytes() throws {
    let long = [UInt8](repeating: 0x78, count: 9 << 20) + [0x0A]
    let bytes = Array((Self.good + Self.log).utf8) + long + Array((Self.log + Self.good + Self.log).utf8)
    let found = try records(bytes)
    #expect(found.map(\.offset) == [0, bytes.count - (Self.good + Self.log).utf8.count])
    #expect(found.allSatisfy { $0.reasons.isEmpty })
    #expect(try records(bytes, Cut(blockBytes: 1 << 16, chunkBytes: 1 << 20, workers: 2)) == found)
  }

  /// A message of nine megabytes is cut, and the record says so.
  @Test func aMessageOfNineMegabytes() throws {
    let bytes =
      Array("a.b.LongException: ".utf8) + [UInt8](repeating: 0x78, count: 9 << 20)
      + Array("\n\tat a.B.c(D.java:5)\n\(Self.log)\(Self.good)".utf8)
    let found = try records(bytes)
    #expect(found.count == 2)
    #expect(found.first?.reasons.isEmpty == false || found.first?.flags.isEmpty == false)
    #expect(found.last?.exceptions?.first?.value == "good")
  }

  /// An object longer than a region is read at its trace; a limit that is too low once lost it.
  @Test func anObjectOfTenMegabytes() throws {
    let pad = String(repeating: "x", count: 10 << 20)
    let trace = "a.b.LongException: x\\n\\tat a.B.c(D.java:5)\\n"
    for text in [
      "{\"pad\":\"\(pad)\",\"log\":\"\(trace)\"}\n", "{\"log\":\"\(trace)\",\"pad\":\"\(pad)\"}\n",
    ] {
      let found = try records(Array((text + Self.log + Self.good).utf8))
      #expect(found.map { $0.exceptions?.first?.value } == ["x", "good"])
    }
  }

  private func endless(_ frames: Int) -> [UInt8] {
    Array("a.b.EndlessException: x\n".utf8)
      + Array(String(repeating: "\tat a.b.C.d(E.java:5)\n", count: frames).utf8)
  }

  /// However the text is cut, the records are the same.
  private func expect(_ records: [ScannedRecord], of bytes: [UInt8], _ limits: ParseLimits) throws {
    let cuts = [
      Cut(blockBytes: 100), Cut(blockBytes: 200, chunkBytes: 300, workers: 2),
      Cut(blockBytes: 512, chunkBytes: 1_500, workers: 2),
    ]
    for cut in cuts {
      let other = try self.records(bytes, cut, limits: limits)
      #expect(other == records, "\(cut)")
    }
  }

  @Test func anEndlessTraceEndsAtTheLimit() throws {
    var limits = ParseLimits()
    limits.regionBytes = 4_000
    let bytes = endless(1_000) + Array((Self.log + Self.good).utf8)
    let found = try records(bytes, limits: limits)
    #expect(found.first?.reasons.contains(.limitExceeded) == true)
    #expect(found.last?.exceptions?.first?.value == "good" && found.last?.reasons == [])
    try expect(found, of: bytes, limits)
  }

  @Test func tooManyFramesAreCounted() throws {
    var limits = ParseLimits()
    limits.frames = 100
    let found = try records(endless(1_000) + Array(Self.log.utf8), limits: limits)
    #expect(found.count == 1 && found[0].reasons == [.limitExceeded] && found[0].flags == [.framesCapped])
    #expect(found[0].exceptions?.first?.frames.count == 100 && found[0].lines == 1_001)
  }

  /// Frames of all exceptions are counted, for a trace is held as a whole.
  @Test func framesOfAllExceptionsAreCounted() throws {
    var limits = ParseLimits()
    limits.frames = 100
    let part = "\n" + String(repeating: "\tat a.b.C.d(E.java:5)\n", count: 40)
    let text = "a.b.E: x" + part + (1...4).map { "Caused by: a.b.E: \($0)\(part)" }.joined() + Self.log
    for cut in [Cut(), Cut(blockBytes: 100), Cut(blockBytes: 512, chunkBytes: 700, workers: 2)] {
      let found = try records(Array(text.utf8), cut, limits: limits)
      #expect(found.count == 1 && found[0].reasons == [.limitExceeded] && found[0].flags == [.framesCapped])
      #expect(found.first?.exceptions?.map(\.frames.count) == [40, 40, 20, 0, 0])
      #expect(found.first?.exceptions?.map(\.value) == ["x", "1", "2", "3", "4"])
    }
  }

  /// Chains, groups and IPython's chains: each as often as it takes to meet the limit three times.
  private static let chains: [(name: String, text: String)] = [
    (
      "causes",
      "a.b.E: x\n\tat a.B.c(D.java:5)\n"
        + (1...14).map { "Caused by: a.b.E: \($0)\n\tat a.B.c(D.java:\($0))\n" }.joined()
    ),
    (
      "suppressed",
      "a.b.E: x\n\tat a.B.c(D.java:5)\n"
        + (1...14).map { "\tSuppressed: a.b.E: \($0)\n\t\tat a.B.c(D.java:\($0))\n" }.joined()
    ),
    (
      "contexts",
      (0...14).map {
        "Traceback (most recent call last):\n  File \"/a.py\", line \($0 + 1), in f\n    g()\nValueError: \($0)\n"
      }.joined(separator: "\nDuring handling of the above exception, another exception occurred:\n\n")
    ),
    (
      "members",
      "  + Exception Group Traceback (most recent call last):\n  |   File \"/a.py\", line 7, in run\n"
        + "  | ExceptionGroup: x (14 sub-exceptions)\n  +-+---------------- 1 ----------------\n"
        + (1...14).map {
          "    | Traceback (most recent call last):\n    |   File \"/a.py\", line \($0), in g\n    | ValueError: \($0)\n"
            + ($0 < 14
              ? "    +---------------- \($0 + 1) ----------------\n"
              : "    +------------------------------------\n")
        }.joined()
    ),
    (
      "ipython",
      (0...14).map {
        "ValueError                                Traceback (most recent call last)\n"
          + "/a.py in f()\n----> \($0 + 1) g()\n\nValueError: \($0)\n"
      }.joined(separator: "\nDuring handling of the above exception, another exception occurred:\n\n")
    ),
  ]

  /// A region ends where one more exception would be too many. What follows is a region of its own, and no frame is
  /// lost.
  @Test(arguments: chains.indices) func tooManyExceptionsEndARegion(_ index: Int) throws {
    let (name, text) = Self.chains[index]
    let bytes = Array((text + Self.log + Self.good).utf8)
    let whole = try records(bytes)
    #expect(whole.count == 2 && whole[0].exceptions?.count == 15, "\(name)")
    var limits = ParseLimits()
    limits.exceptions = 5
    let found = try records(bytes, limits: limits)
    #expect(found.last?.exceptions?.first?.value == "good" && found.last?.reasons == [], "\(name)")
    #expect(
      found.first?.exceptions?.count == 5 && found.first?.flags.contains(.framesCapped) == true, "\(name)")
    #expect(found.first?.reasons.contains(.limitExceeded) == true, "\(name)")
    let frames = { (records: [ScannedRecord]) in
      records.flatMap { $0.exceptions ?? [] }.reduce(0) { $0 + $1.frames.count }
    }
    #expect(frames(found) == frames(whole), "\(name)")
    try expect(found, of: bytes, limits)
  }

  @Test func tooManyLinesEndARegion() throws {
    var limits = ParseLimits()
    limits.regionLines = 50
    let bytes = endless(120) + Array((Self.log + Self.good).utf8)
    let found = try records(bytes, limits: limits)
    #expect(found.map(\.lines) == [50, 50, 21, 3])
    #expect(found.map { $0.reasons.contains(.limitExceeded) } == [true, true, false, false])
    try expect(found, of: bytes, limits)
  }

  @Test func deepChainsEnd() throws {
    let causes = (0..<3_000).map { "Caused by: a.b.DeepException: \($0)\n\t... 1 more\n" }.joined()
    let found = try records(Array((Self.good + causes + Self.log).utf8))
    #expect(found.count == 1 && found[0].exceptions?.count == 3_001)
    let suppressed = (1..<400).map {
      String(repeating: "\t", count: $0) + "Suppressed: a.b.DeepException: \($0)\n"
    }.joined()
    #expect(try records(Array((Self.good + suppressed + Self.log).utf8)).count == 1)
  }

  @Test func deepMessagesEnd() throws {
    let nested = String(repeating: "a.b.DeepException: Traceback (most recent call last):\n", count: 500)
    let found = try records(
      Array((nested + "  File \"x\", line 1, in f\nValueError: x\n" + Self.log + Self.good).utf8))
    #expect(found.last?.exceptions?.first?.value == "good")
  }

  @Test func bracketsInBracketsEnd() throws {
    let line =
      "Caused by: " + String(repeating: "[CIRCULAR REFERENCE:", count: 20_000)
      + String(repeating: "]", count: 20_000)
    let found = try records(Array((Self.good + line + "\n" + Self.log + Self.good).utf8))
    #expect(found.last?.exceptions?.first?.value == "good")
  }

  @Test func deepGroupsEnd() throws {
    var text =
      "  + Exception Group Traceback (most recent call last):\n  |   File \"x\", line 1, in f\n  | ExceptionGroup: g (1 sub-exception)\n"
    for level in 0..<300 {
      let margin = String(repeating: " ", count: 2 + 2 * level)
      text +=
        "\(margin)+-+---------------- 1 ----------------\n\(margin)  | ExceptionGroup: g (1 sub-exception)\n"
    }
    let found = try records(Array((text + Self.log + Self.good).utf8))
    #expect(found.last?.exceptions?.first?.value == "good")
  }

  @Test func nulsAndInvalidText() throws {
    let text: [UInt8] =
      [0, 0, 0, 0x0A] + Array("java.lang.IllegalStateException: a".utf8) + [0xFF, 0, 0xC3]
      + Array("\n\tat a.B.c(D.java:5)\n".utf8)
      + [0xFE, 0x0A] + Array((Self.log + Self.good).utf8)
    let found = try records(text)
    #expect(found.count == 2)
    // A NUL is passed over, a broken byte is not.
    #expect(found.first?.exceptions?.first?.value == "a\u{FFFD}\u{FFFD}")
  }

  /// Any bytes at all: no trap, and the records keep to the input. (Regions of two streams may overlap.)
  @Test func randomDamage() throws {
    for seed in 0..<150 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bytes = randomRow(of: InvarianceTests.pieces, count: 8, using: &random)
      for _ in 0..<10 {
        bytes = bytes.mutated(using: &random, alphabet: Array("\n\t \":.(\u{0}".utf8) + [0xFF, 0xC3])
      }
      let found = scan(bytes)
      for record in found {
        #expect(record.offset >= 0 && record.length > 0 && record.lines > 0)
        #expect(record.offset + record.length <= bytes.count)
      }
    }
  }

  /// Twice the text takes about twice the time: nothing is read again and again.
  @Test(arguments: [
    "\tat a.b.C.d(E.java:5)\n", "Caused by: a.b.C: x\n", "Traceback (most recent call last):\n",
    "  File \"x\", line 1, in f\n",
    "a.b.CException: x\n", "x\n", "\n", "  | x\n", "at ", "Exception in thread \"\" ", "ValueError: x\n",
    "  | File \"x\", line 1\n",
    "\t... 1 more\n", "\"main\" #1 prio=5\n\tat a.b.C.d(E.java:5)\n",
    "+-+---------------- 1 ----------------\n", "\u{2502} x\n",
    "\"\"\"\n", "stage failure a.b.CException: x\n\tat a.b.C.d(E.java:5)\n",
  ])
  func repetitionIsLinear(_ piece: String) {
    expectLinear { String(repeating: piece, count: $0 * 60_000 / piece.utf8.count) }
  }

  /// The same on one line before a frame, or in a record around it: words that could name the line were read to its end from
  /// each of their parts, and so were values of hashes.
  @Test(arguments: [
    "@ \tat a.b.C.d(E.java:5)\n", "{\"log\"=>\"\\tat a.b.C.d(E.java:5)\", \"a\"@}\n",
    "{'a': 1, @: 'b', 'c': '\\tat a.b.C.d(E.java:5)'}\n",
  ])
  func longLinesAreLinear(_ line: String) {
    for piece in [
      "a-", "Jan ", "1 ", "=>x", "\",\"", "'\\'", "id=\"traceback\">x ", "log\":\"a.b.CException: ",
      "stderr F a.b.CException: ",
    ] {
      expectLinear {
        line.replacing("@", with: String(repeating: piece, count: $0 * 20_000 / piece.utf8.count)) + Self.log
      }
    }
  }

  /// The same for documents that hold exceptions as data, or nothing but the names of such data.
  @Test(arguments: [
    (
      "{\"error\":{\"type\":\"AError\",\"stacktrace\":[@{}]}}\n",
      "{\"function\":\"f\",\"file\":\"a.py\",\"line\":1},"
    ),
    (
      "{\"exception\":[{\"exc_type\":\"AError\",\"exc_value\":\"x\",\"exc_notes\":[@\"\"],\"frames\":[{\"filename\":\"a.py\"}]}]}\n",
      "\"a note\","
    ),
    (
      "{\"exceptions\":[@{}]}\n",
      "{\"type\":\"AError\",\"backtrace\":[{\"function\":\"f\",\"file\":\"a.py\",\"line\":1}]},"
    ),
    (
      "{\n  \"values\": [\n@    {}\n  ]\n}\n",
      "    {\n      \"frames\": [\n        {\n          \"t\": 1\n        }\n      ]\n    },\n"
    ),
  ])
  func documentsAreLinear(_ document: String, _ piece: String) {
    expectLinear {
      document.replacing("@", with: String(repeating: piece, count: $0 * 40_000 / piece.utf8.count))
    }
  }

  /// Of an object that is too long only the strings are read: frames as data in it are told, once.
  @Test func dataInALongObjectIsTold() {
    let value = String(repeating: "v", count: 1_100_000)
    let frames = "\"frames\":[{\"function\":\"f\",\"filename\":\"a.py\",\"lineno\":1}]"
    let event =
      "{\"exception\":{\"values\":[{\"type\":\"KeyError\",\"value\":\"\(value)\",\"stacktrace\":{\(frames)}}]}}\n"
    #expect(summary(scan(Array(event.utf8))) == "failure other limit_exceeded")
    #expect(summary(scan(Array("{\"frames\":12,\"value\":\"\(value)\"}\n".utf8))) == "")
  }

  /// - Parameter text: a text that is so many times as long.
  private func expectLinear(_ text: (Int) -> String) {
    let (small, large) = (Array(text(1).utf8), Array(text(4).utf8))
    let clock = ContinuousClock()
    let first = clock.measure { _ = scan(small) }
    let second = clock.measure { _ = scan(large) }
    #expect(second < first * 12 + .milliseconds(500), "\(first), then \(second)")
  }
}
