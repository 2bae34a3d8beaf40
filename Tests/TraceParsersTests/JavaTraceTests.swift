import ScanSupport
import Testing
import TraceModel
import TraceParsers

/// Texts and what they mean, written from trace-formats.md; the forms of the tables are those of
/// `ScannedRecord.summary`.
@Suite struct JavaTraceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var expected: String
    var testDescription: String { name }
    init(_ name: String, _ text: String, _ expected: String) {
      self.name = name
      self.text = text
      self.expected = expected
    }
  }

  static let frame = "\tat demo.Cases.run(Cases.java:37)\n"

  /// Section 2.1.
  static let headers = [
    Case(
      "chain",
      """
      java.lang.RuntimeException: level1 failed
      \tat demo.Cases.level1(Cases.java:27)
      \tat demo.Cases.run(Cases.java:37)
      \tat demo.Truth.main(Truth.java:18)
      Caused by: java.lang.RuntimeException: level2 failed
      \tat demo.Cases.level2(Cases.java:26)
      \t... 3 more
      Caused by: java.lang.IllegalStateException: root cause here
      \tat demo.Cases.level3(Cases.java:25)
      \t... 4 more

      """,
      """
      java
      java.lang.RuntimeException|level1 failed|3
      java.lang.RuntimeException|level2 failed|1|caused_by 0|elided 3
      java.lang.IllegalStateException|root cause here|1|caused_by 1|elided 4
      """),
    Case(
      "no message", "java.lang.IllegalStateException\n" + frame, "java\njava.lang.IllegalStateException|-|1"),
    Case(
      "empty message", "java.lang.IllegalStateException: \n" + frame,
      "java\njava.lang.IllegalStateException||1"),
    Case("trimmed", "java.lang.IllegalStateException:\n" + frame, "java\njava.lang.IllegalStateException||1"),
    Case(
      "logback null", "java.lang.IllegalStateException: null\n" + frame,
      "java +logback_null\njava.lang.IllegalStateException|null|1"),
    Case(
      "cause only", "java.lang.RuntimeException: java.io.IOException: disk\n" + frame,
      "java\njava.lang.RuntimeException|java.io.IOException: disk|1"),
    Case(
      "colon first", "java.lang.RuntimeException: : starts with colon\n" + frame,
      "java\njava.lang.RuntimeException|: starts with colon|1"),
    Case(
      "own toString", "*** custom failure E-42 ***\n" + frame,
      "java type_missing\n-|*** custom failure E-42 ***|1"),
    Case(
      "localized", "demo.Cases$Localized: mensaje traducido\n" + frame,
      "java\ndemo.Cases$Localized|mensaje traducido|1"),
    Case(
      "odd type",
      "play.api.http.HttpErrorHandlerExceptions$$anon$1: Execution exception[[IllegalStateException: E]]\n"
        + frame,
      "java\nplay.api.http.HttpErrorHandlerExceptions$$anon$1|Execution exception[[IllegalStateException: E]]|1"
    ),
    Case("no package", "MyError: x\n" + frame, "java\nMyError|x|1"),
    Case("no package, no message", "Überraschung\n" + frame, "java\nÜberraschung|-|1"),
    Case("local class", "Cases$1Local: x\n" + frame, "java\nCases$1Local|x|1"),
    Case(
      "not ASCII", "demo.Cases$Überraschung: schön ✓\n" + frame, "java\ndemo.Cases$Überraschung|schön ✓|1"),
    Case(
      "all frames shared",
      "java.lang.RuntimeException: a\n\(frame)\(frame)Caused by: java.io.IOException: disk\n\t... 2 more\n",
      "java\njava.lang.RuntimeException|a|2\njava.io.IOException|disk|0|caused_by 0|elided 2"),
  ]

  /// Section 2.2.
  static let contexts = [
    Case(
      "thread", "Exception in thread \"main\" java.lang.IllegalStateException: x\n" + frame,
      "java\njava.lang.IllegalStateException|x|1"),
    Case(
      "quotes in the thread's name",
      "Exception in thread \"pool 1 \"worker\" #3\" java.lang.Error: x\n" + frame,
      "java\njava.lang.Error|x|1"),
    Case(
      "virtual thread", "Exception in thread \"\" java.lang.IllegalStateException: in virtual\n" + frame,
      "java\njava.lang.IllegalStateException|in virtual|1"),
    Case(
      "behind a log's fields",
      "2024-01-02 03:04:05 ERROR c.a.X - failed java.lang.IllegalStateException: x\n" + frame,
      "java\njava.lang.IllegalStateException|x|1"),
    Case(
      "py4j", ": org.apache.spark.SparkException: Job aborted\n" + frame,
      "java\norg.apache.spark.SparkException|Job aborted|1"),
    Case(
      "below a log line",
      "2024-01-02 03:04:05 ERROR c.a.X - failed\njava.lang.IllegalStateException: x\n" + frame,
      "java\njava.lang.IllegalStateException|x|1"),
    Case(
      "Play",
      "! @81k03439h - Internal server error, for (GET) [/] ->\n \nplay.api.Error$$anon$1: x\n" + frame,
      "java\nplay.api.Error$$anon$1|x|1"),
    Case(
      "Eclipse",
      "!ENTRY plugin 4 0 2024-01-02 03:04:05.006\n!MESSAGE oops\n!STACK 0\njava.lang.Error: x\n" + frame,
      "java\njava.lang.Error|x|1"),
    Case(
      "Spring",
      "SEVERE: Servlet.service() threw exception [Request processing failed; nested exception is a.X: y] with root cause\n"
        + "java.lang.IllegalStateException: x\n" + frame,
      "java\njava.lang.IllegalStateException|x|1"),
  ]

  /// Section 2.4.
  static let between = [
    Case(
      "logback", "a.B: x\n\(frame)Caused by: a.C: y\n\(frame)\t... 4 common frames omitted\n",
      "java\na.B|x|1\na.C|y|1|caused_by 0|elided 4"),
    Case(
      "logstash, in the middle", "a.B: x\n\(frame)\t... 3 frames excluded\n\(frame)\t... 2 frames excluded\n",
      "java\na.B|x|2|elided 5"),
    Case(
      "logstash, at the end", "a.B: x\n\(frame)\t... 7 frames truncated (including 6 common frames)\n",
      "java\na.B|x|1|elided 7"),
    Case("log4j2 filters", "a.B: x\n\(frame)\t... suppressed 2 lines\n\(frame)", "java\na.B|x|2|elided 2"),
    Case(
      "Spring Boot", "a.B: x\n\(frame)\t... 12 filtered\n\(frame)\t... 5 truncated\n",
      "java\na.B|x|2|elided 17"),
    Case(
      "Scala REPL", "java.lang.Error: x\n  at .f(<console>:1)\n  ... 28 elided\n",
      "java\njava.lang.Error|x|1|elided 28"),
    Case(
      "circular, JDK 8",
      "java.lang.Exception: a\n\(frame)Caused by: java.lang.Exception: b\n\(frame)\t[CIRCULAR REFERENCE:java.lang.Exception: a]\n",
      "java\njava.lang.Exception|a|1\njava.lang.Exception|b|1|caused_by 0\njava.lang.Exception|a|0|caused_by 1|circular"
    ),
    Case(
      "circular, JDK 17",
      "java.lang.Exception: a\n\(frame)Caused by: java.lang.Exception: b\n\(frame)Caused by: [CIRCULAR REFERENCE: java.lang.Exception: a]\n",
      "java\njava.lang.Exception|a|1\njava.lang.Exception|b|1|caused_by 0\njava.lang.Exception|a|0|caused_by 1|circular"
    ),
    Case(
      "circular, suppressed",
      "java.lang.Exception: a\n\(frame)\tSuppressed: [CIRCULAR REFERENCE: java.lang.Exception: a]\n",
      "java\njava.lang.Exception|a|1\njava.lang.Exception|a|0|suppressed 0|circular"),
    Case(
      "suffix on every line", "a.B: x\n\tat demo.Cases.run(Cases.java:37) pid=7\n\t... 4 more pid=7\n",
      "java\na.B|x|1|elided 4"),
  ]

  /// Sections 2.5 and 2.6.
  static let nesting = [
    Case(
      "suppressed and nested",
      """
      java.lang.Exception: top
      \tat demo.Cases.run(Cases.java:41)
      \tat demo.Truth.main(Truth.java:18)
      \tSuppressed: java.lang.Exception: s1
      \t\t... 2 more
      \t\tSuppressed: java.lang.Exception: s1.1
      \t\t\t... 2 more
      \t\tCaused by: java.io.IOException: cause of s1.1
      \t\t\t... 2 more
      \tSuppressed: java.lang.Exception: s2
      \t\t... 2 more
      \tCaused by: java.lang.RuntimeException: cause of s2
      \t\t... 2 more
      Caused by: java.lang.Exception: cause of top
      \tat demo.Cases.run(Cases.java:42)
      \t... 1 more
      \tSuppressed: java.lang.Exception: suppressed in cause
      \t\t... 2 more
      Caused by: java.lang.Exception: root
      \t... 2 more

      """,
      """
      java
      java.lang.Exception|top|2
      java.lang.Exception|s1|0|suppressed 0|elided 2
      java.lang.Exception|s1.1|0|suppressed 1|elided 2
      java.io.IOException|cause of s1.1|0|caused_by 2|elided 2
      java.lang.Exception|s2|0|suppressed 0|elided 2
      java.lang.RuntimeException|cause of s2|0|caused_by 4|elided 2
      java.lang.Exception|cause of top|1|caused_by 0|elided 1
      java.lang.Exception|suppressed in cause|0|suppressed 6|elided 2
      java.lang.Exception|root|0|caused_by 6|elided 2
      """),
    Case(
      "root cause first",
      """
      2026-11-23 12:30:14,079 ERROR OrderService - order failed
      java.lang.IllegalStateException: root cause here
      \tat demo.Cases.level3(Cases.java:25)
      \t... 5 common frames omitted
      Wrapped by: java.lang.RuntimeException: level2 failed
      \tat demo.Cases.level2(Cases.java:26)
      \t... 4 common frames omitted
      Wrapped by: java.lang.RuntimeException: level1 failed
      \tat demo.Cases.level1(Cases.java:27)

      """,
      """
      java
      java.lang.IllegalStateException|root cause here|1|elided 5
      java.lang.RuntimeException|level2 failed|1|wrapped_by 0|elided 4
      java.lang.RuntimeException|level1 failed|1|wrapped_by 1
      """),
  ]

  /// Section 2.7.
  static let messages = [
    Case(
      "several lines, one blank",
      "java.lang.IllegalArgumentException: line one\nline two\n\n  indented line four\nlast line\n\(frame)",
      "java\njava.lang.IllegalArgumentException|line one⏎line two⏎⏎  indented line four⏎last line|1"),
    Case(
      "a fake cause",
      "java.lang.RuntimeException: oops\nCaused by: this is not a cause\n\t... 3 more\n\(frame)\(frame)",
      "java\njava.lang.RuntimeException|oops⏎Caused by: this is not a cause⏎→... 3 more|2"),
    Case(
      "a whole trace",
      """
      java.lang.RuntimeException: remote failure:
      java.lang.IllegalStateException: remote
      \tat remote.Server.handle(Server.java:10)
      \tat remote.Server.main(Server.java:3)

      end of remote trace
      \tat demo.Cases.run(Cases.java:49)
      \tat demo.Truth.main(Truth.java:18)

      """,
      """
      java +embedded_trace
      java.lang.RuntimeException|remote failure:⏎java.lang.IllegalStateException: remote⏎→at remote.Server.handle(Server.java:10)⏎→at remote.Server.main(Server.java:3)⏎⏎end of remote trace|2
      > java
      > java.lang.IllegalStateException|remote|2
      """),
    Case(
      "a Python traceback",
      """
      org.apache.spark.api.python.PythonException: Traceback (most recent call last):
        File "/srv/x.py", line 3, in f
          1/0
      ZeroDivisionError: division by zero

      \tat org.apache.spark.api.python.BasePythonRunner.read(PythonRunner.scala:572)

      """,
      """
      java +embedded_trace
      org.apache.spark.api.python.PythonException|Traceback (most recent call last):⏎  File "/srv/x.py", line 3, in f⏎    1/0⏎ZeroDivisionError: division by zero⏎|1
      > python
      > ZeroDivisionError|division by zero|1
      """),
    Case(
      "CRLF", "a.B: one\r\ntwo\r\n\tat demo.Cases.run(Cases.java:37)\r\nCaused by: a.C\r\n\t... 1 more\r\n",
      "java\na.B|one⏎two|1\na.C|-|0|caused_by 0|elided 1"),
  ]

  /// Sections 2.10, 2.11 and 6.
  static let damage = [
    Case(
      "cause deeper than the frames before it",
      "a.B: x\n\(frame)\t\tCaused by: a.C: y\n\t\(frame)\t\t... 1 more\n",
      "java bad_chain\na.B|x|1\na.C|y|1|caused_by 0|elided 1"),
    Case(
      "suppressed without its trace", "\tSuppressed: a.C: y\n\t\(frame)",
      "java missing_header bad_chain\na.C|y|1"),
    Case(
      "message longer than one may be",
      "java.io.IOException: x\n" + String(repeating: "y\n", count: 250) + frame,
      "java message_unbounded\njava.io.IOException|x" + String(repeating: "⏎y", count: 250) + "|1"),
    Case(
      "main class without its trace",
      "Error: Unable to initialize main class X\nCaused by: java.lang.NoClassDefFoundError: Y\n\(frame)",
      "java missing_header\njava.lang.NoClassDefFoundError|Y|1"),
    // The first label opens nothing; it once was a trace without an exception.
    Case(
      "label without a class", "Caused by: javd\nCaused by: a.b.CException: x\n" + frame,
      "java missing_header\na.b.CException|x|1"),
    Case("header lost", frame + frame, "java missing_header\n-|-|2"),
    Case(
      "cause without its trace", "Caused by: java.lang.NoClassDefFoundError: Y\n\(frame)",
      "java missing_header\njava.lang.NoClassDefFoundError|Y|1"),
    Case("cut in the last line", "a.B: x\n\(frame)\tat demo.Cases.run(Ca", "java truncated_at_eof\na.B|x|1"),
    Case("no line end", "a.B: x\n\tat demo.Cases.run(Cases.java:37)", "java truncated_at_eof\na.B|x|1"),
    Case(
      "cut behind a label", "a.B: x\n\(frame)Caused by: a.C: y\n",
      "java truncated_at_eof\na.B|x|1\na.C|y|0|caused_by 0"),
    Case(
      "a marker", "a.B: x\n\(frame)\t... [truncated]\n2024-01-02 03:04:05 INFO on\n",
      "java truncated_by_marker\na.B|x|1"),
    Case(
      "a frame that cannot be read", "a.B: x\n\(frame)\tat demo.Cases.run(Cas\n\(frame)",
      "java bad_frame\na.B|x|2"),
    Case(
      "words behind a frame between two", "a.B: x\n\(frame)\tat a.B.c(B.java:5) and more\n\(frame)",
      "java bad_frame\na.B|x|3"),
    Case(
      "words behind all frames",
      "a.b.XException: x\n\tat a.B.c(B.java:5) one\n\tat a.B.d(B.java:6) two\nCaused by: a.b.YException: y\n"
        + "\tat a.B.e(B.java:7) three\n\t... 1 more\n",
      "java bad_frame\na.b.XException|x|2\na.b.YException|y|1|caused_by 0|elided 1"),
    Case(
      "two of Guice's remarks below a header",
      "a.b.XException: m, see:\n  at a.B.c(B.java:5) (via modules: a.C -> a.D)\n  at a.B.d(B.java:6) (via modules: a.C)\n\n"
        + "1 error\n\tat a.B.e(B.java:9)\n",
      "java\na.b.XException|m, see:⏎  at a.B.c(B.java:5) (via modules: a.C -> a.D)⏎  at a.B.d(B.java:6) (via modules: a.C)⏎⏎1 error|1"
    ),
    Case(
      "JavaScript's frames with words behind them",
      "java.lang.Exception: see\n    at foo.bar(baz.js:10) x\n    at foo.bar(baz.js:11) x\n", ""),
    Case(
      "words behind the only frame", "a.b.XException: x\n\tat a.B.c(B.java:5) in a message\n",
      "java bad_frame\na.b.XException|x|1"),
    Case(
      "a log line inside",
      "a.B: x\n\(frame)2024-01-02 03:04:05 INFO other\n\(frame)\(frame)2024-01-02 03:04:06 INFO on\n",
      "java +interrupted\na.B|x|3"),
    Case(
      "thread dump",
      """
      Full thread dump OpenJDK 64-Bit Server VM (17.0.1 mixed mode):

      "main" #1 prio=5 os_prio=0 cpu=1.0ms elapsed=2s tid=0x1 nid=0x2 runnable  [0x3]
         java.lang.Thread.State: RUNNABLE
      \tat java.lang.Object.wait(java.base@17.0.1/Native Method)
      \t- locked <0x1> (a java.lang.Object)
      \tat demo.Main.main(Main.java:3)

      "other" #2 prio=5 os_prio=0 cpu=1.0ms elapsed=2s tid=0x1 nid=0x2 runnable  [0x3]
         java.lang.Thread.State: WAITING (parking)
      \tat demo.Main.main(Main.java:3)

      """, "failure java thread_dump"),
    Case(
      "EDN",
      "#error {\n :cause \"x\"\n :via\n [{:type a.B}]\n :trace\n [[clojure.lang.Numbers divide \"Numbers.java\" 190]]}\n",
      "failure java edn_trace"),
    Case(
      "Clojure report",
      "Execution error (ArithmeticException) at my-app.core-utils/risky!? (c.clj:2).\nDivide by zero\n",
      "failure java no_frames"),
  ]

  private static let error = "2024-01-02 03:04:05 ERROR failed\n"
  private static let info = "2024-01-02 03:04:05 INFO go\n"

  /// Section 2.1, zero frames: only what stands above proves that a header is one.
  static let loneHeaders = [
    Case(
      "behind an error", error + "demo.Cases$NoStack: no stack here\n" + info,
      "java no_frames +no_frames\ndemo.Cases$NoStack|no stack here|0"),
    Case(
      "without a message", error + "java.lang.NullPointerException\n" + info,
      "java no_frames +no_frames\njava.lang.NullPointerException|-|0"),
    Case(
      "behind JUL's two lines",
      "Nov 23, 2026 12:29:52 PM demo.Jul main\nSEVERE: failed\njava.lang.Error: x\n\n" + info,
      "java no_frames +no_frames\njava.lang.Error|x|0"),
    Case(
      "boot layer",
      "Error occurred during initialization of boot layer\njava.lang.module.FindException: Module x not found\n",
      "java no_frames +no_frames\njava.lang.module.FindException|Module x not found|0"),
    Case(
      "its message goes on", error + "com.x.JsonException: y\n at [Source: (String)\"x\"; line: 1]\n" + info,
      "java no_frames +no_frames\ncom.x.JsonException|y|0"),
    Case(
      "message of too many lines",
      error + "java.io.IOException: x\n" + String(repeating: "y\n", count: 250) + info,
      "java no_frames message_unbounded +no_frames\njava.io.IOException|x|0"),
    Case("found by its frames", error + "java.lang.Error: x\n\(frame)", "java\njava.lang.Error|x|1"),
    Case(
      "found by frames below its message", error + "java.lang.Error: x\ny\n\(frame)",
      "java\njava.lang.Error|x⏎y|1"),
    Case("behind no error", info + "java.lang.Error: x\n" + info, ""),
    Case("a class", error + "java.lang.Object\n" + info, ""),
    Case("Python's", error + "requests.exceptions.HTTPError: 404\n" + info, ""),
    Case(
      "a line with more words",
      error + "java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\n" + info,
      "java\njava.lang.Error|x|2"),
  ]

  /// Section 2.11.
  static let abbreviated = [
    Case(
      "Gradle's summary",
      "FooTest > x FAILED\n    java.lang.AssertionError at FooTest.java:12\n        Caused by: a.b.CException at Foo.kt:3\n",
      "failure java abbreviated"),
    Case(
      "JRuby, one file",
      "java.lang.Error: x\n    forInputString at java/lang/NumberFormatException.java:67\n      <main> at -e:1\n",
      "failure java unsupported_format"),
    Case(
      "JRuby's stack",
      "java.lang.Error: x\n    parseInt at java/lang/Integer.java:668\n   each at j.rb:2\n    block in <main> at -e:1\n",
      "failure java unsupported_format"),
    Case(
      "prose", "2024-01-02 03:04:05 INFO look at Foo.java:12\n2024-01-02 03:04:05 INFO look at Foo.java:12\n",
      ""),
  ]

  @Test(arguments: headers + contexts + between + nesting + messages + damage + loneHeaders + abbreviated)
  func parses(_ row: Case) {
    #expect(summary(scan(row.text)) == row.expected)
  }

  @Test func framesAreOldestFirst() {
    let frames = scan("a.B: x\n\tat c.New.n(N.java:1)\n\tat c.Old.o(O.java:2)\n").first?.exceptions?.first?
      .frames
    #expect(frames?.map(\.function) == ["o", "n"])
  }

  /// Section 2.8: an overflowed stack prints 1024 frames and no mark.
  @Test func aThousandFrames() {
    let text = "java.lang.StackOverflowError\n" + String(repeating: Self.frame, count: 1024)
    #expect(summary(scan(text)) == "java\njava.lang.StackOverflowError|-|1024")
  }

  @Test func limitsAreReported() {
    var limits = ParseLimits()
    limits.frames = 10
    let text = "java.lang.StackOverflowError\n" + String(repeating: Self.frame, count: 30)
    #expect(
      summary(scan(text, limits: limits))
        == "java limit_exceeded +frames_capped\njava.lang.StackOverflowError|-|10")
  }

  /// Section 8, rules 6 and 7: traces back to back, and `Caught:` before the header.
  @Test func tracesBackToBack() {
    let one = "a.B: x\n\(Self.frame)Caused by: a.C: y\n\(Self.frame)\t... 1 more\n"
    #expect(scan(one + one + one).count == 3)
    let caught = scan("Caught: java.lang.Error: x\njava.lang.Error: x\n" + Self.frame)
    #expect(caught.count == 1 && caught[0].exceptions?.count == 1)
  }

  /// Behind pytest's mark, the record had the place of a line above.
  @Test func anUncaughtExceptionStandsOnItsOwnLine() {
    let records = scan("\nE   Exception in thread \"main\" java.lang.Error: x\n")
    #expect(records.map(\.offset) == [1] && records.map(\.length) == [50])
  }

  @Test func regionsAreWholeLines() {
    let records = scan("INFO a\na.B: x\n\(Self.frame)INFO b\nINFO c\n")
    #expect(records.map(\.offset) == [7] && records.map(\.length) == [7 + Self.frame.utf8.count])
    #expect(records.map(\.lines) == [2])
  }
}
