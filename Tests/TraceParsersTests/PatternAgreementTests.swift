import PCRE2
import TestSupport
import Testing

@testable import TraceParsers

/// Each hand-written line reader against the pattern that is its grammar.
@Suite struct PatternAgreementTests {
  /// How often each side said yes, so that a test can demand that it met both kinds of lines.
  struct Tally {
    var read = 0
    var refused = 0
    var issues = 0
  }

  private static func compare<Fields: Equatable & Sendable>(
    _ bytes: [UInt8], _ hand: Fields?, _ pattern: PatternReading<Fields>, _ tally: inout Tally
  ) {
    let expected: PatternReading<Fields> = hand.map { .fields($0) } ?? .none
    guard tally.issues < 10 else { return }
    if expected != pattern {
      tally.issues += 1
      Issue.record("\(bytes.shown): by hand \(expected), by the pattern \(pattern)")
    }
    if hand == nil { tally.refused += 1 } else { tally.read += 1 }
  }

  // MARK: JVM frames

  private static func compareFrame(_ bytes: [UInt8], _ scratch: borrowing MatchScratch, _ tally: inout Tally)
  {
    let hand = JavaFrame.parse(bytes.span, from: 0, to: bytes.count)
    compare(bytes, hand, JavaFrame.parsePattern(bytes.span, from: 0, to: bytes.count, scratch), &tally)
  }

  @Test func javaFramesOfFewLetters() {
    let scratch = MatchScratch()
    var tally = Tally()
    forEveryString(of: Array("a.(:1) /".utf8), upTo: 5) { Self.compareFrame($0, scratch, &tally) }
    #expect(tally.read > 5 && tally.refused > 30_000)
  }

  @Test func javaLocationsOfFewLetters() {
    let scratch = MatchScratch()
    var tally = Tally()
    forEveryString(of: Array("x:1-/ ,@".utf8), upTo: 5) {
      Self.compareFrame(Array("a.b(".utf8) + $0 + Array(")".utf8), scratch, &tally)
    }
    #expect(tally.read > 1_000 && tally.refused > 1_000)
  }

  @Test func javaSuffixesOfFewLetters() {
    let scratch = MatchScratch()
    var tally = Tally()
    forEveryString(of: Array(" ~[]=@0xa>){}(".utf8), upTo: 4) {
      Self.compareFrame(Array("a.b(C:1)".utf8) + $0, scratch, &tally)
    }
    #expect(tally.read > 100 && tally.refused > 1_000)
  }

  @Test func javaPrefixesOfFewPieces() {
    let scratch = MatchScratch()
    var tally = Tally()
    let pieces = ["a", "b.", ".", "/", "0x1f", "12", " ", "@1", "$", "<init>", "(", ")", "Ü"]
    forEveryRow(of: pieces, upTo: 4) { Self.compareFrame($0 + Array("(C:1)".utf8), scratch, &tally) }
    #expect(tally.read > 1_000 && tally.refused > 1_000)
  }

  /// Every genuine form of trace-formats.md, section 2.3, put together at random and then damaged.
  static let javaPieces: [[String]] = [
    [
      "", "", "app//", "java.base/", "my.mod@1.4.2/", "plugin-loader//", "loader/mod@1/", "java.base@17.0.1/",
      "knot//",
      "a/b/",
    ],
    [
      "demo.Cases", "demo.Cases$$Lambda$2/0x00007f2e4c001480", "Main$$Lambda$1/531885035",
      "com.acme.flow.T$Base",
      "com.acme.flow.Überprüfung", "my_app.core_utils$risky_BANG__QMARK_",
      "A$_spock_(positive),_not__zero?_closure1", "",
      "jrockit/vm/RNI", "X_BOUNDARY", "0x12", "12",
      "void android.app.Activity.performCreate(android.os.Bundle) a",
    ],
    [
      ".run", ".<init>", ".<clinit>", ".returns null (when empty), \"quoted\" - ok", ".method$u0020with",
      ".$anonfun$run$1",
      ".invokeOther6:parseInt", ".a/b", "", ".", ".c2java(IIII)V",
    ],
    [
      "(Cases.java:25)", "(Cases.java)", "(Native Method)", "(Native method)", "(Unknown Source)",
      "(Unknown Source:4)",
      "(<generated>)", "(SourceFile:12)", "(r8-map-id-0a1b:5)", "(java.base@17.0.15/Native Method)",
      "(java.base@21.0.8/Reference.java:215)", "(Coroutine boundary)", "(X.java:-1)",
      "(X.java(Compiled Code))",
      "(<console>:11)", "(java/lang/Integer.java:668)", "()", "(Task t)", "(/x.js:1:2)",
      "(SolrCore.java:XXX)", "(:5)",
      "(1234567890:1234567890)", "(X.java:123456789)", "(X.java:1234567890)", " (File.java:7000)", "(a", "c)",
    ],
    [
      "", "", "", " ~[spring-core-5.3.1.jar!/:5.3.1]", " [classes/:na]", " ~[?:?]", " ~[a(1).jar:?]",
      " {re:classloading,pl:x:B}", " ~[a.jar:?] {re:x}", " pid=7", "@0x111874B3", ">", "  ", "\t", " extra",
      " [x",
      "2024-01-02 03:04:05 INFO x", " ~[a.jar:?] pid=7", " a=1 b=2\t", " pid=", "2024-01-0",
      "@0x", " pid=a(b)",
    ],
  ]

  @Test func javaFramesOfRealPieces() {
    let scratch = MatchScratch()
    var tally = Tally()
    for seed in 0..<12_000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var line = Self.javaPieces.flatMap { Array($0[Int.random(in: $0.indices, using: &random)].utf8) }
      if seed % 3 == 0 {
        line = line.mutated(using: &random, alphabet: Array("./():@[]~ \t0x1aÜ{}=>-,".utf8))
      }
      Self.compareFrame(line, scratch, &tally)
    }
    #expect(tally.read > 2_000 && tally.refused > 2_000)
  }

  // MARK: JVM headers and elisions

  private static func compareHeader(_ bytes: [UInt8], _ scratch: borrowing MatchScratch, _ tally: inout Tally)
  {
    let hand = JavaHeader.parse(bytes.span, from: 0, to: bytes.count)
    compare(bytes, hand, JavaHeader.parsePattern(bytes.span, from: 0, to: bytes.count, scratch), &tally)
  }

  @Test func javaHeadersOfFewLetters() {
    let scratch = MatchScratch()
    var tally = Tally()
    forEveryString(of: Array("aX.: $1".utf8), upTo: 5) { Self.compareHeader($0, scratch, &tally) }
    #expect(tally.read > 500 && tally.refused > 5_000)
  }

  @Test func javaHeadersOfFewPieces() {
    let scratch = MatchScratch()
    var tally = Tally()
    let pieces = [
      "a", ".", ": ", ":", " ", "[CIRCULAR REFERENCE:", "[CIRCULAR REFERENCE: ", "]", "/0x1f", "/", "$1", "Ü",
      "x.Y",
    ]
    forEveryRow(of: pieces, upTo: 4) { Self.compareHeader($0, scratch, &tally) }
    #expect(tally.read > 1_000 && tally.refused > 1_000)
  }

  @Test func elisionsOfFewPieces() {
    let scratch = MatchScratch()
    var tally = Tally()
    let pieces = [
      "... ", "3", "0", "1234567890", " more", " common frames omitted", " frames excluded",
      " frames truncated",
      " (including 6 common frames)", "suppressed ", " lines", " elided", " filtered", " truncated", " ",
      " pid=7", "\t", "=",
      "s", " trimmed", "at [internal classes]", "at ------ submitted from ------", ",", "`", "<",
    ]
    for head in ["... ", "\t... ", "...", "\t", ""] {
      forEveryRow(of: pieces, upTo: 3) { row in
        let bytes = Array(head.utf8) + row
        let content = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
        let line = TextLine(start: 0, end: bytes.count, next: bytes.count, content: content, kind: .other)
        Self.compare(
          bytes, JavaMore.parse(bytes.span, line), JavaMore.parsePattern(bytes.span, line, scratch), &tally)
      }
    }
    #expect(tally.read > 100 && tally.refused > 1_000)
  }

  // MARK: Python

  private static func comparePython(_ bytes: [UInt8], _ scratch: borrowing MatchScratch, _ tally: inout Tally)
  {
    guard bytes.span.has("File \"", at: 0, before: bytes.count) else { return }
    let hand = PythonFrame.parse(bytes.span, from: 0, to: bytes.count)
    compare(bytes, hand, PythonFrame.parsePattern(bytes.span, from: 0, to: bytes.count, scratch), &tally)
  }

  @Test func pythonFramesOfFewPieces() {
    let scratch = MatchScratch()
    var tally = Tally()
    let pieces = [
      "\", line ", "1", "123456789", "0123456789", ", in ", " in ", "f", "<module>", "\"", ",", " ", "a b.py",
      "", "File \"",
    ]
    forEveryRow(of: pieces, upTo: 4) { Self.comparePython(Array("File \"".utf8) + $0, scratch, &tally) }
    #expect(tally.read > 500 && tally.refused > 5_000)
  }

  @Test func pythonFramesDamaged() {
    let scratch = MatchScratch()
    var tally = Tally()
    let lines = [
      "File \"/srv/app/py/cases.py\", line 28, in case_multistmt", "File \"<string>\", line 1, in <module>",
      "File \"C:\\x \"y\".py\", line 3, in <lambda>", "File \"bad.py\", line 1",
      "File \"x\", line 519 in string_at",
      "File \"a\", line 2\", line 3, in top-level template code",
      "File \"<frozen runpy>\", line 88, in block \"content\"",
    ]
    for seed in 0..<8_000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let line = Array(lines[Int(seed) % lines.count].utf8)
      Self.comparePython(
        line.mutated(using: &random, alphabet: Array("\", line1in\u{e9}".utf8)), scratch, &tally)
    }
    #expect(tally.read > 2_000 && tally.refused > 1_000)
  }

  private static func compareException(
    _ bytes: [UInt8], _ scratch: borrowing MatchScratch, _ tally: inout Tally
  ) {
    let hand = PythonException.parse(bytes.span, from: 0, to: bytes.count)
    compare(bytes, hand, PythonException.parsePattern(bytes.span, from: 0, to: bytes.count, scratch), &tally)
  }

  @Test func pythonExceptionLinesOfFewLetters() {
    let scratch = MatchScratch()
    var tally = Tally()
    forEveryString(of: Array("aB.: _$".utf8), upTo: 5) { Self.compareException($0, scratch, &tally) }
    let pieces = ["<locals>", "a", ".", ":", ": ", " ", "\t", "$", "1", "é", "<"]
    forEveryRow(of: pieces, upTo: 4) { Self.compareException($0, scratch, &tally) }
    // The type that Ray adds to its own was once taken with anything in it, and the pattern knew none.
    let ofRay = ["a.RayTaskError", ".RayTaskError", "(", ")", "b.C", " ", ": x"]
    forEveryRow(of: ofRay, upTo: 5) { Self.compareException($0, scratch, &tally) }
    #expect(tally.read > 1_000 && tally.refused > 5_000)
  }

  /// Hostile lines end in an answer or in `gaveUp`, never in a trap, and quickly.
  @Test func hostileLinesEnd() {
    let scratch = MatchScratch()
    let rows = [
      String(repeating: "(", count: 50_000), String(repeating: "a.b(C:1)", count: 20_000),
      String(repeating: "/", count: 50_000) + "a.b(C:1)",
      "a.b(" + String(repeating: ":1", count: 50_000) + ")",
      String(repeating: "() a=", count: 20_000),
      String(repeating: "[CIRCULAR REFERENCE:", count: 20_000) + String(repeating: "]", count: 20_000),
      "File \"" + String(repeating: "\", line 1 ", count: 20_000), String(repeating: "a.", count: 50_000),
    ]
    let clock = ContinuousClock()
    for row in rows {
      let bytes = Array(row.utf8)
      let time = clock.measure {
        _ = JavaFrame.parse(bytes.span, from: 0, to: bytes.count)
        _ = JavaHeader.parse(bytes.span, from: 0, to: bytes.count)
        _ = PythonException.parse(bytes.span, from: 0, to: bytes.count)
        if row.hasPrefix("File \"") { _ = PythonFrame.parse(bytes.span, from: 0, to: bytes.count) }
        _ = JavaFrame.parsePattern(bytes.span, from: 0, to: bytes.count, scratch)
        _ = JavaHeader.parsePattern(bytes.span, from: 0, to: bytes.count, scratch)
        _ = PythonException.parsePattern(bytes.span, from: 0, to: bytes.count, scratch)
      }
      #expect(time < .seconds(1), "\(row.prefix(20))")
    }
  }

  @Test func allPatternsCompile() throws {
    for grammar in [
      JavaFrame.grammar, JavaHeader.grammar, JavaMore.grammar, PythonFrame.grammar, PythonException.grammar,
    ] {
      let pattern = try Pattern(grammar, .anchored)
      let isCompiled = pattern.isJITCompiled
      #expect(isCompiled)
    }
  }
}
