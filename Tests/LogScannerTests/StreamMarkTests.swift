import LogInput
import TestSupport
import Testing
import TraceBytes

@testable import LogScanner

/// Lines of other streams that are passed over by a search are those that reading each would have left out.
@Suite struct StreamMarkTests {
  /// Reads every line.
  private struct Slow<Unwrapper: LineUnwrapper>: LineUnwrapper {
    var unwrapper: Unwrapper
    var isCutByEnd: Bool { unwrapper.isCutByEnd }

    mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
      unwrapper.unwrap(text, line, into: &output)
    }

    func unwrapCut(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> Bool {
      unwrapper.unwrapCut(text, line, into: &output)
    }
  }

  private static let time = #""time":"2026-03-05T10:11:12.5Z""#

  /// Lines of two streams, and what only reading can tell: escapes, other orders, damage, other fields, CRs.
  private static let docker = [
    #"{"log":"one\n","stream":"stderr",\#(time)}"#, #"{"log":"two\n","stream":"stdout",\#(time)}"#,
    #"{"log":"escaped\n","stream":"std\u0065rr",\#(time)}"#,
    #"{"log":"says stderr\n","stream":"stdout",\#(time)}"#,
    #"{"stream":"stderr","log":"order\n",\#(time)}"#, #"{"log":"piece","stream":"stderr",\#(time)}"#,
    #"{"log":"broken\n","stream":"stderr""#, "plain", "", "\r",
    #"{"log":"\u003c\n","stream":"stdout",\#(time)}"#,
    #"{"log":"more\n","stream":"stderr","pod":"a-b",\#(time)}"#,
    #"{"log":"cr\n","stream":"stderr",\#(time)}"# + "\r",
    #"{"log":"two\n","stream":"stdout","pod":"a-b",\#(time)}"#,
    "  " + #"{"log":"in\n","stream":"stderr",\#(time)}"#,
  ].map { Array($0.utf8) }

  private static let cri = [
    "2026-03-05T10:11:12.5Z stderr F one", "2026-03-05T10:11:12.5Z stdout F two", "plain", "",
    "2026-03-05T10:11:12.5Z stderr P piece", "2026-03-05T10:11:12.5Z stdout F says stderr", "stderr",
    "2026-03-05T10:11:12.5Z  stderr F blanks",
  ].map { Array($0.utf8) }

  private static func text(of lines: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      // Runs of one line: what is passed over has many.
      let line = lines.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...4, using: &random) { text += line + [0x0A] }
    }
    if Bool.random(using: &random) { text.removeLast() }
    return text
  }

  /// What a cursor collects in steps.
  private func collected<Unwrapper: LineUnwrapper>(
    _ text: [UInt8], _ unwrapper: Unwrapper, _ steps: [Int], isFinal: Bool
  ) -> [String] {
    var unwrapper = unwrapper
    var stream = StreamText()
    var cursor = StreamCursor(at: 0)
    let scope = ScanScope(anchor: 0, floor: 0, end: text.count, isFinal: isFinal, position: ScanPosition())
    var seen: [String] = []
    for step in steps {
      cursor.collect(text.span, until: step, scope, &unwrapper, into: &stream)
      seen.append("\(cursor.at) \(cursor.silence) \(cursor.isAtEnd)")
    }
    return seen + stream.lines.map { "\($0.source)" } + [stream.bytes.shown]
  }

  private func expectEqual<Unwrapper: LineUnwrapper>(
    _ text: [UInt8], _ unwrapper: Unwrapper, _ random: inout SplitMix64
  ) {
    let steps = (0..<3).map { _ in Int.random(in: 0...text.count, using: &random) }.sorted() + [text.count]
    for isFinal in [false, true] {
      let quick = collected(text, unwrapper, steps, isFinal: isFinal)
      #expect(quick == collected(text, Slow(unwrapper: unwrapper), steps, isFinal: isFinal), "\(text.shown)")
    }
  }

  /// The unwrapper of the stream whose line is the text's first one.
  private func unwrapper(_ text: [UInt8]) throws -> JSONUnwrapper {
    let json = JSONReader()
    let line = LineSpan(text.span, from: 0, end: text.count, isFinal: true)!
    let object = json.read(text.span, line.range, from: 0, mayBeBroken: false)!
    let path = try #require(object.fields.first { object.bytes($0.path).elementsEqual("log".utf8) })
    let single = JSONCandidate(
      path: path.path, value: Array(object.bytes(path.value)), object: 0, isArray: false, isAnchored: true,
      isStackField: false, isLast: true)
    return JSONUnwrapper(
      json: json, text: text.span, line: line, object: object, single: single, isPiece: false)
  }

  @Test(arguments: 0..<400 as Range<UInt64>) func dockerLines(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for first in [0, 1, 11] {
      let text = Self.docker[first] + [0x0A] + Self.text(of: Self.docker, &random)
      expectEqual(text, try unwrapper(text), &random)
    }
  }

  @Test(arguments: 0..<400 as Range<UInt64>) func criLines(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for stream in ["stderr", "stdout"] {
      expectEqual(Self.text(of: Self.cri, &random), CRIUnwrapper(stream: Array(stream.utf8)), &random)
    }
  }

  private static let prefixed = [
    "svc-1  | one", "svc-2  | two", "plain", "", "svc-1  |", "  svc-1  | blanks",
    "svc-2  | says svc-1  | once",
    "2026-03-05T10:11:12.5Z a [svc-1] one", "2026-03-05T10:11:13.5Z a [svc-2] two",
    "2026-03-05T1:1:1.555Z a [svc-1] more",
  ].map { Array($0.utf8) }

  @Test(arguments: 0..<400 as Range<UInt64>) func prefixedLines(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for prefix in ["svc-1  | ", "2026-03-05T10:11:12.5Z a [svc-1] "] {
      let bytes = Array(prefix.utf8)
      let unwrapper = PrefixUnwrapper(prefix: LinePrefix(bytes.span, 0..<bytes.count), event: nil, anchor: 0)
      expectEqual(Self.text(of: Self.prefixed, &random), unwrapper, &random)
    }
  }

  /// A stream is given up after as much silence as before.
  @Test func silence() throws {
    let other = Self.docker[1] + [0x0A]
    let text =
      Self.docker[0] + [0x0A]
      + [UInt8](repeatElement(other, count: 2 * StreamReach.silence / other.count).joined()) + Self.docker[0]
      + [0x0A]
    let quick = collected(text, try unwrapper(text), [text.count], isFinal: true)
    #expect(quick == collected(text, Slow(unwrapper: try unwrapper(text)), [text.count], isFinal: true))
    #expect(quick.count == 3)
  }

  /// Far marks are found wherever they and an escape stand, long ones by their beginning.
  @Test(arguments: 0..<200 as Range<UInt64>) func farLines(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let name = Array(["svc-1", String(repeating: "long-", count: 30) + "1", "s]]"][Int(seed % 3)].utf8)
    let mark = StreamMark(name, mayBeEscaped: seed % 2 == 0)
    let escape = Array(#"\u0073"#.utf8)
    var text: [UInt8] = []
    var wanted: Int?
    while text.count < 6000 {
      var line = [UInt8](repeating: 0x78, count: Int.random(in: 0...300, using: &random))
      let isOwn = Int.random(in: 0..<40, using: &random) == 0
      let isEscaped = Int.random(in: 0..<40, using: &random) == 0
      let place = Int.random(in: 0...line.count, using: &random)
      if isOwn { line.insert(contentsOf: name, at: place) }
      if isEscaped { line.insert(contentsOf: escape, at: isOwn ? line.count : place) }
      if isOwn || isEscaped && seed % 2 == 0 { wanted = wanted ?? text.count }
      text += line + [0x0A]
    }
    let last = text.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    #expect(mark.nextLine(text.span, in: 0..<text.count - 1) == wanted ?? last)
    #expect(mark.mayStand(in: text.span, 0..<text.count) == (wanted != nil))
  }

  /// What may be written in more than one way, or changes from line to line, marks nothing.
  @Test(arguments: [
    (#"{"log":"x\n","stream":"stderr"}"#, 2), (#"{"log":"x\n","path":"/var/log"}"#, 2),
    (#"{"log":"x\n","name":"a\"bc"}"#, 2), (#"{"log":"x\n","name":"größe"}"#, 2),
    (#"{"log":"x\n","time":"2026-03-05T10:11:12Z"}"#, 0), (#"{"log":"x\n","id":"abcdef"}"#, 0),
    (#"{"log":"x\n","MESSAGE":"abcdef"}"#, 0),
    (#"{"log":"x\n","MESSAGE":["abcdef"]}"#, 0), (#"{"log":"x\n","pid":"12345.0"}"#, 2),
    (#"{"log":"x\n","a":"abc","b":"abcd","pid":5}"#, 3),
    (#"{"log":"x\n","a":"ab"}"#, 1), (#"{"log":"x\n","a":"ä/b"}"#, 0),
  ]) func marks(_ line: String, _ count: Int) throws {
    #expect(try unwrapper(Array(line.utf8)).marks.count == count)
  }
}
