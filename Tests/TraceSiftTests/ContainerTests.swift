import ScanSupport
import TestSupport
import Testing

/// What wraps a line, in small: each text and the records that must come out of it.
@Suite struct ContainerTests {
  struct Case: Sendable, CustomStringConvertible {
    var name: String
    var text: String
    var records: String
    var description: String { name }

    init(_ name: String, _ text: String, _ records: String) {
      self.name = name
      self.text = text
      self.records = records
    }
  }

  @Test(
    arguments: throwables + streams + ticking + wrapped + inStrings + surroundings + blocks + fields + oneLine
      + separators
      + closers + prefixes
      + pretty
      + lists + marks)
  func records(_ case: Case) {
    #expect(summary(scan(`case`.text)) == `case`.records)
  }

  // MARK: Exceptions as data

  static let frame = #"{"className":"a.B","methodName":"c","fileName":"B.java","lineNumber":5}"#
  static let pythonFrame = #"{"filename":"/x.py","lineno":3,"name":"f","line":"g()"}"#

  static let throwables = [
    Case(
      "Jackson names no type",
      #"{"throwable":{"cause":{"cause":null,"stackTrace":[\#(frame)],"message":"y","suppressed":[]},"stackTrace":[\#(frame),\#(frame)],"message":"x","suppressed":[{"stackTrace":[],"message":"s"}]}}"#,
      "java type_missing\n-|x|2\n-|s|0|suppressed 0\n-|y|1|caused_by 0"),
    Case(
      "the short form of a stored job log, one record an event",
      #"{"events":[{"message":"a","throwable":{"stackTrace":[{"cn":"a.B","ln":25,"mn":"c"}],"message":"x"}},{"message":"b","throwable":{"stackTrace":[{"cn":"a.B","ln":26,"mn":"d"}],"message":null}}],"version":"1"}"#,
      "java type_missing\n-|x|1\njava type_missing\n-|-|1"),
    Case(
      "log4j2 names the type and what is shared",
      #"{"thrown":{"commonElementCount":0,"name":"a.b.XException","message":"m","cause":{"commonElementCount":3,"name":"a.b.YError","extendedStackTrace":[{"class":"a.B","method":"c","file":"B.java","line":5}]},"extendedStackTrace":[{"class":"a.B","method":"c","line":-2}]}}"#,
      "java\na.b.XException|m|1\na.b.YError|-|1|caused_by 0|elided 3"),
    Case(
      "structlog lists what was raised last first",
      #"{"exception":[{"exc_type":"A","exc_value":"2","is_cause":false,"frames":[\#(pythonFrame),\#(pythonFrame)]},{"exc_type":"B","exc_value":"1","is_cause":true,"frames":[\#(pythonFrame)]}]}"#,
      "python\nB|1|1\nA|2|2|cause 0"),
    Case(
      "a group of exceptions",
      #"{"error_detail":[{"exc_type":"ExceptionGroup","exc_value":"g","is_group":true,"frames":[\#(pythonFrame)],"exceptions":[{"exc_type":"A","exc_value":"1","frames":[\#(pythonFrame)]},{"exc_type":"B","exc_value":"2","frames":[]}]}]}"#,
      "python\nExceptionGroup|g|1\nA|1|1|member 0\nB|2|0|member 0"),
    Case(
      "an object over several lines",
      """
      {
        "events" : [ {
          "message" : "a",
          "throwable" : {
            "cause" : null,
            "stackTrace" : [ {
              "cn" : "a.B",
              "ln" : 25,
              "mn" : "c"
            } ],
            "message" : "x"
          }
        } ]
      }

      """, "java type_missing\n-|x|1"),
    Case(
      "text tells more than the same as data",
      #"{"events":[{"message":"a\njava.lang.X: m\n\tat a.B.c(B.java:5)","throwable":{"stackTrace":[\#(frame)],"message":"m"}}]}"#,
      "java\njava.lang.X|m|1"),
    Case("no frames are no trace", #"{"stackTrace":[],"message":"x"}"#, ""),
  ]

  // MARK: Lines of streams

  static let java = ["a.b.XException: m", "\tat a.B.c(B.java:5)", "\tat a.B.d(B.java:9)"]

  private static func lines(_ wrap: (Int, String) -> String) -> String {
    java.enumerated().map { wrap($0.offset, $0.element.replacing("\t", with: "\\t")) + "\n" }.joined()
  }

  private static func bytes(_ text: String) -> String {
    "[" + text.utf8.map(String.init).joined(separator: ",") + "]"
  }

  /// A trace of one stream behind the header of another one's.
  private static func around(inner: (String) -> String, outer: (String) -> String) -> String {
    (java[..<1].map(outer) + java.map(inner) + java[1...].map(outer)).joined()
  }

  static let streams = [
    Case(
      "journald's numbers of bytes, and fields that differ from line to line",
      java.enumerated().map {
        #"{"__CURSOR":"s=1;i=\#($0.offset)","_PID":"42","MESSAGE":\#(bytes("\u{1B}[31m\($0.element)\u{1B}[0m"))}"#
          + "\n"
      }.joined(), "java\na.b.XException|m|2"),
    Case(
      "an id for every entry",
      lines { #"{"insertId":"k\#($0)x","textPayload":"\#($1)","severity":"ERROR"}"# },
      "java\na.b.XException|m|2"),
    Case(
      "two loggers",
      lines { #"{"event":"\#($1)","logger":"a"}"# + "\n" + #"{"event":"\#($1)","logger":"b"}"# },
      "java\na.b.XException|m|2\njava\na.b.XException|m|2"),
    Case(
      "two processes in one container",
      java.flatMap { line in
        ["[pid-1] ", "[pid-2] "].map { "2026-03-05T10:11:12.345678901Z stderr F \($0)\(line)\n" }
      }.joined(), "java\na.b.XException|m|2\njava\na.b.XException|m|2"),
    Case(
      "two processes in one container of Docker's",
      lines { line, text in
        ["worker-1: ", "worker-2: "].map {
          #"{"log":"\#($0)\#(text)\n","stream":"stderr","time":"2026-03-05T10:11:1\#(line)Z"}"#
        }.joined(separator: "\n")
      }, "java\na.b.XException|m|2\njava\na.b.XException|m|2"),
    Case(
      "a coloured stream's trace between the header of another one and its frames",
      around(
        inner: { "\u{1B}[33mworker-1  |\u{1B}[0m \($0)\n" },
        outer: { "\u{1B}[36mapi-1     |\u{1B}[0m \($0)\n" }),
      "java\na.b.XException|m|2\njava\na.b.XException|m|2"),
    Case(
      "the same where tabs are escaped",
      around(
        inner: { "Mar  5 10:11:12 web1 app[97]: \($0.replacing("\t", with: "#011"))\n" },
        outer: { "Mar  5 10:11:12 web1 app[42]: \($0.replacing("\t", with: "#011"))\n" }),
      "java\na.b.XException|m|2\njava\na.b.XException|m|2"),
    Case(
      "a trace without tabs between lines whose tabs are escaped",
      java.map { "Mar  5 10:11:12 web1 app[42]: \($0.replacing("\t", with: "#011"))\n" }.joined()
        + python.map { "Mar  5 10:11:12 web1 app[97]: \($0)\n" }.joined()
        + "Mar  5 10:11:12 web1 app[97]: 2026-03-05 10:11:12,345 INFO on\n"
        + "Mar  5 10:11:12 web1 app[42]: #011at a.B.e(B.java:7)\n",
      "java\na.b.XException|m|3\npython\nKeyError|'a'|1"),
    Case(
      "raw tabs, which no parser of JSON accepts",
      ["a.b.XException: m\tn", "\tat a.B.c(B.java:5)", "\tat a.B.c(B.java:6)"].map {
        "{\"log\":\"\($0)\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-05T10:11:12Z\"}\n"
      }.joined(), "java\na.b.XException|m→n|2"),
    Case(
      "a frame that a message quotes behind brackets",
      "java.lang.RuntimeException: container failed, it said:\n[container-1] \tat a.B.c(B.java:5)\n"
        + "\tat x.Y.z(Y.java:1)\n\tat x.Y.w(Y.java:2)\n",
      "java\njava.lang.RuntimeException|container failed, it said:⏎[container-1] →at a.B.c(B.java:5)|2"),
    Case(
      "pieces of Docker's lines",
      #"{"log":"a.b.XExc","stream":"stderr","time":"2026-03-05T10:11:11Z"}"# + "\n"
        + #"{"log":"eption: m\n","stream":"stderr","time":"2026-03-05T10:11:12Z"}"#
        + "\n" + #"{"log":"\tat a.B.c(B.","stream":"stderr","time":"2026-03-05T10:11:13Z"}"# + "\n"
        + #"{"log":"java:5)\n","stream":"stderr","time":"2026-03-05T10:11:14Z"}"# + "\n",
      "java\na.b.XException|m|1"),
    Case(
      "events of one line each in one document",
      #"{"events":["#
        + java.map { #"{"message":"\#($0.replacing("\t", with: "\\t"))","logSource":"source"}"# }
        .joined(separator: ",") + "]}\n", "java\na.b.XException|m|2"),
    Case(
      "an array keeps its empty lines",
      #"{"stack_trace":["a.b.XException: m","","more","\tat a.B.c(B.java:5)"]}"#,
      "java\na.b.XException|m⏎⏎more|1"),
    Case(
      "a group's members are no records of their own",
      [
        "  + Exception Group Traceback (most recent call last):", #"  |   File "/x.py", line 8, in f"#,
        "  | ExceptionGroup: g (1 sub-exception)", "  +-+---------------- 1 ----------------",
        "    | Traceback (most recent call last):", #"    |   File "/x.py", line 3, in g"#,
        "    | TypeError: a",
        "    +------------------------------------",
      ].map { "[pod/a/b] \($0)\n[pod/a/c] all is well\n" }.joined(),
      "python\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|1|member 0"),
    Case(
      "a prefix without a blank",
      ["Traceback (most recent call last):", #"  File "/x.py", line 3, in f"#, "KeyError: 'a'"]
        .enumerated().map { "2026-03-05T10:11:12.\($0.offset)000001Z ##[error]\($0.element)\n" }.joined(),
      "python +message_end_guessed\nKeyError|'a'|1"),
  ]

  /// The clock ticks before every `ticks` lines.
  private static func logged(_ lines: [String], ticks: Int) -> String {
    lines.enumerated().map {
      "2026-03-05 10:11:12,36\($0.offset / ticks) ERROR [main] c.a.X - \($0.element)\n"
    }.joined()
  }

  static let ticking =
    (1...4).flatMap { ticks in
      [
        Case(
          "a chain while the clock ticks every \(ticks) lines",
          logged(
            [
              "Traceback (most recent call last):", #"  File "/x.py", line 3, in f"#, "    g()",
              "KeyError: 'a'", "",
              "During handling of the above exception, another exception occurred:", "",
              "Traceback (most recent call last):", #"  File "/x.py", line 5, in h"#, "TypeError: b",
            ], ticks: ticks),
          "python +message_end_guessed\nKeyError|'a'|1\nTypeError|b|1|context 0"),
        Case(
          "a cause's message while the clock ticks every \(ticks) lines",
          logged(
            java + [
              "Caused by: a.b.YError: one", "two", "", "  three", "\tat a.B.e(B.java:7)", "\t... 1 more",
            ]
              + ["all is well"], ticks: ticks),
          "java\na.b.XException|m|2\na.b.YError|one⏎two⏎⏎  three|1|caused_by 0|elided 1"),
      ]
    } + [
      Case(
        "an exception of Python is followed by other events",
        logged(
          ["Traceback (most recent call last):", #"  File "/x.py", line 3, in f"#, "KeyError: 'a'"], ticks: 9)
          + (5...8).map { "2026-03-05 10:11:1\($0),360 ERROR [main] c.a.X - at least one job failed\n" }
          .joined(),
        "python\nKeyError|'a'|1"),
      Case(
        "a cause without frames is followed by other events",
        logged(["a.b.XException: m", "\tat a.B.c(B.java:5)", "Caused by: a.b.YError: one"], ticks: 9)
          + logged(["first", "second", "a.b.ZException: z", "\tat a.B.d(B.java:6)"], ticks: 1),
        "java\na.b.XException|m|1\na.b.YError|one|0|caused_by 0\njava\na.b.ZException|z|1"),
    ]

  // MARK: Texts inside others

  static let python = [
    "Traceback (most recent call last):", #"  File "/x.py", line 3, in f"#, "KeyError: 'a'",
  ]

  static let blocks = [
    Case(
      "a YAML block ends with its indentation",
      "error: |\n" + python.map { "  \($0)\n" }.joined() + "next: 1\n",
      "python +message_end_guessed\nKeyError|'a'|1"),
    Case(
      "a fence ends a block", "```\n" + python.map { $0 + "\n" }.joined() + "```\n",
      "python +message_end_guessed\nKeyError|'a'|1"),
    Case(
      "an empty line behind every line",
      (java.prefix(1) + ["more", "", "still"] + java.dropFirst()).map { $0 + "\n\n" }.joined(),
      "java\na.b.XException|m⏎more⏎⏎still|2"),
    Case(
      "a cell that starts some lines above its first frame",
      "id,error\n7,\"a.b.XException: a \"\"word\"\"\nmore\n\tat a.B.c(B.java:5)\",home\n",
      "java\na.b.XException|a \"word\"⏎more|1"),
    Case(
      "a tag before the header", "<html><pre>a.b.XException: m\n\tat a.B.c(B.java:5)\n</pre></html>\n",
      "java\na.b.XException|m|1"),
    Case(
      "words before a group's box",
      #"{"message":"Stack Trace:   + Exception Group Traceback (most recent call last):\n  |   File \"/x.py\", line 8, in f\n  | ExceptionGroup: g (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | TypeError: a\n    +------------------------------------\n"}"#
        + "\n", "python\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|0|member 0"),
    Case(
      "a quoted traceback that is cut off ends at the next log line",
      "multiprocessing.pool.RemoteTraceback: \n\"\"\"\n" + python[0] + "\n" + python[1]
        + "\n2024-01-02 03:04:05,678 INFO c.a.X - on\nmultiprocessing.pool.RemoteTraceback: \n\"\"\"\n",
      "python missing_exception_line\n-|-|1"),
  ]
  // MARK: Layouts inside containers

  @Sendable private static func inDocker(_ line: String) -> String {
    #"{"log":"\#(escaped(line))\n","stream":"stderr","time":"2026-03-05T10:11:12Z"}"#
  }

  /// What a container may do to a line.
  private static let wraps: [(name: String, wrap: @Sendable (String) -> String)] = [
    ("as it is", { $0 }), ("Docker", inDocker), ("CRI", { "2026-03-05T10:11:12.345678901Z stderr F " + $0 }),
    ("compose", { "web-1  | " + $0 }), ("a CI's times", { "2026-03-05T10:11:12.3456789Z " + $0 }),
    ("Airbyte", { "2026-03-05 10:11:12 source > " + $0 }),
  ]

  private static let layouts: [(name: String, lines: [String], records: String)] = [
    (
      "pytest's report",
      [
        "=================================== FAILURES ===================================",
        "_________________________________ test_assert __________________________________", "",
        "    def test_assert():", ">       assert add(1, 2) == 4", "E       assert 3 == 4", "",
        "test_orders.py:12: AssertionError",
        "=========================== short test summary info ============================",
      ], "failure python pytest_report"
    ),
    (
      "two boxes of rich",
      [
        "\u{256D}\u{2500}\u{2500} Traceback (most recent call last) \u{2500}\u{2500}\u{256E}",
        "\u{2502} /x/tp.py:11 in main \u{2502}", "\u{2570}\u{2500}\u{2500}\u{256F}", "KeyError: 1", "",
        "During handling of the above exception, another exception occurred:", "",
        "\u{256D}\u{2500}\u{2500} Traceback (most recent call last) \u{2500}\u{2500}\u{256E}",
        "\u{2502} /x/tp.py:11 in main \u{2502}", "\u{2570}\u{2500}\u{2500}\u{256F}", "ValueError: x",
      ], "failure python rich_box\nfailure python rich_box"
    ),
    (
      "IPython's layout",
      [
        "---------------------------------------------------------------------------",
        "ZeroDivisionError                         Traceback (most recent call last)",
        "Cell In[1], line 1", "----> 1 1/0", "", "ZeroDivisionError: division by zero",
      ], "python +message_end_guessed\nZeroDivisionError|division by zero|1"
    ),
    (
      "an exception without frames", ["Exception in thread \"hot\" java.lang.NullPointerException"],
      "java no_frames +no_frames\njava.lang.NullPointerException|-|0"
    ),
    (
      "a trace that has lost its tabs", ["a.b.XException: m", "at a.B.c(B.java:5)", "at a.B.d(B.java:9)"],
      "java\na.b.XException|m|2"
    ),
    (
      "a frame that cannot be read",
      ["a.b.XException: m", "\tat a.B.c(B.java:5)", "\tat ???", "\tat a.B.d(B.java:9)"],
      "java bad_frame\na.b.XException|m|2"
    ),
    (
      "a mark where Python's trace was cut", [python[0], python[1], "    g()", "...(truncated)"],
      "python truncated_by_marker\n-|-|1"
    ),
  ]

  static let wrapped = layouts.flatMap { layout in
    wraps.map { Case("\(layout.name), \($0.name)", lines(layout.lines, $0.wrap), layout.records) }
  }

  static let inStrings = [
    Case(
      "structlog's objects in Docker's lines",
      inDocker(
        #"{"exception":[{"exc_type":"A","exc_value":"2","is_cause":false,"frames":[\#(pythonFrame)]}]}"#)
        + "\n",
      "python\nA|2|1"),
    Case(
      "log4j2's objects in Docker's lines",
      inDocker(
        #"{"thrown":{"name":"a.b.XException","message":"m","extendedStackTrace":[{"class":"a.B","method":"c","file":"B.java","line":5}]}}"#
      ) + "\n", "java\na.b.XException|m|1"),
    Case(
      "lists without tabs in Docker's lines",
      inDocker(#"{"stacktrace":["a.b.XException: m","at a.B.c(B.java:5)"]}"#) + "\n",
      "java\na.b.XException|m|1"),
    Case(
      "text in a field for a trace in Docker's lines",
      inDocker(#"{"stack_trace":"it failed, sadly enough"}"#) + "\n",
      "failure other not_a_trace_text"),
    Case(
      "a header in a field for a trace",
      #"{"level":"ERROR","stack_trace":"java.lang.NullPointerException: null\n"}"# + "\n",
      "java no_frames +logback_null +no_frames\njava.lang.NullPointerException|null|0"),
    Case(
      "pytest's report in a string",
      #"{"message":"\#(escaped(layouts[0].lines.joined(separator: "\n")).replacing("\n", with: "\\n"))"}"#
        + "\n",
      "failure python pytest_report"),
  ]

  // MARK: What a trace stands in

  static let group = [
    "  + Exception Group Traceback (most recent call last):", #"  |   File "/x.py", line 8, in f"#,
    "  | ExceptionGroup: g (1 sub-exception)", "  +-+---------------- 1 ----------------",
    "    | TypeError: a", "    +------------------------------------",
  ]
  static let twoLines = ["a.b.XException: m", "more", "\tat a.B.c(B.java:5)", "\t... 3 more"]

  private static func lines(_ lines: [String], _ wrap: (String) -> String = { $0 }) -> String {
    lines.map { wrap($0) + "\n" }.joined()
  }

  static let surroundings = [
    Case(
      "a group's header behind words", "failed: " + lines(group),
      "python\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|0|member 0"),
    Case(
      "a group's header behind words and a prefix",
      lines(["failed: " + group[0]] + group[1...]) { "2026-03-05 10:11:12 source > ERROR \($0)" },
      "python\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|0|member 0"),
    Case(
      "a group behind words of its own stream's name",
      lines(group) { "web-1  | \($0)" },
      "python\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|0|member 0"),
    Case(
      "a message of several lines in an indented copy", lines(twoLines) { "    " + $0 } + "next\n",
      "java\na.b.XException|m⏎more|1|elided 3"),
    Case(
      "an indented setting above a header that is not indented",
      "  spring.datasource.Url: jdbc:x\n2026-03-05 10:11:12,345 ERROR [main] c.a.X - a.b.XException: m\n    at a.B.c(B.java:5)\n",
      "java\na.b.XException|m|1"),
    Case(
      "an indented header whose cause is not",
      "  a.b.XException: m\n    at a.B.c(B.java:5)\nCaused by: a.b.YError: n\n    at a.B.d(B.java:6)\n",
      "java\na.b.XException|m|1\na.b.YError|n|1|caused_by 0"),
    Case(
      "a message that holds a state with a time",
      "a.b.XException: m\n[state 2024-01-01 10:00:00] rejected\n\tat a.B.c(B.java:5)\n",
      "java\na.b.XException|m⏎[state 2024-01-01 10:00:00] rejected|1"),
    Case(
      "a log line below an indented copy",
      lines(python + ["2026-03-05 10:11:12,345 INFO  [main] c.a.X - on"]) { "  " + $0 },
      "python\nKeyError|'a'|1"),
    Case(
      "a message that holds an indented trace of Python",
      "a.b.XException: the script failed:\n" + lines(python) { "    " + $0 } + "\tat a.B.c(B.java:5)\n",
      "java +embedded_trace\na.b.XException|the script failed:⏎    Traceback (most recent call last):⏎      File \"/x.py\", line 3, in f⏎    KeyError: 'a'|1\n> python\n> KeyError|'a'|1"
    ),
    Case(
      "a heading before the text of a page",
      "<html><h1>500</h1><pre>" + twoLines.joined(separator: "\n") + "</pre></html>\nnext\n",
      "java\na.b.XException|m⏎more|1|elided 3"),
    Case(
      "a line break as a tag at the end of every line",
      lines(java) { $0.replacing("\t", with: "&nbsp;&nbsp;&nbsp;&nbsp;") + "<br/>" },
      "java\na.b.XException|m|2"),
    Case(
      "GlassFish's fields before a message of several lines",
      "[#|2026-03-05T10:11:12.345+0100|SEVERE|g3|x|_ThreadID=1;|" + twoLines.joined(separator: "\n")
        + "|#]\n",
      "java\na.b.XException|m⏎more|1|elided 3"),
    Case(
      "GlassFish's fields before an exception without a message",
      "[#|2026-03-05T10:11:12.345+0100|SEVERE|g3|x|_ThreadID=1;|a.b.XException\n\tat a.B.c(B.java:5)|#]\n",
      "java\na.b.XException|-|1"),
    Case(
      "a progress bar before a message of several lines", "10%\r20%\r" + lines(twoLines),
      "java\na.b.XException|m⏎more|1|elided 3"),
  ]

  // MARK: Fields of a stream's lines

  private static func stream(_ fields: (Int) -> String) -> String {
    java.enumerated().map {
      "{\(fields($0.offset)),\"msg\":\"\($0.element.replacing("\t", with: "\\t"))\"}\n"
    }.joined()
  }

  static let fields = [
    Case("a time that begins with words", stream { #""HOST":"h","DATE":"Nov  3 23:59:0\#($0)""# }, whole),
    Case("a time in brackets", stream { #""at":"[03/Nov/2026:23:59:0\#($0) +0000]""# }, whole),
    Case("seconds with a fraction", stream { #""ts":"1700000000.12\#($0)""# }, whole),
    Case(
      "numbers that a collector gives", stream { #""_cd":"12:34\#($0)","_serial":"\#($0)","seq":"\#($0)""# },
      whole),
    Case("fields in any order", stream { $0 % 2 == 0 ? #""a":"x","b":"y""# : #""b":"y","a":"x""# }, whole),
    Case(
      "an address is a stream's", stream { #""host":"10.0.0.\#($0)""# },
      "java missing_header\n-|-|1\njava missing_header\n-|-|1"),
    Case(
      "a document that Docker cut into pieces",
      #"{"log":"{\"t\":\"a.b.XException: m\\n\\tat a.B.c(B.java:5)\\n\\tat a.B","stream":"stderr","time":"1"}"#
        + "\n"
        + #"{"log":".d(B.java:9)\\n\\tat a.B.e(B.java:11)\"}\n","stream":"stderr","time":"1"}"# + "\n",
      "java\na.b.XException|m|3"),
    Case(
      "a document of which only the last piece shows a frame",
      #"{"log":"{\"t\":\"a.b.XException: m\\n","stream":"stderr","time":"1"}"# + "\n"
        + #"{"log":"\\tat a.B.d(B.java:9)\"}\n","stream":"stderr","time":"1"}"# + "\n",
      "java\na.b.XException|m|1"),
    Case(
      "texts of several lines without a last line end are no pieces",
      ["started", "a.b.XException: m\\n\\tat a.B.c(B.java:5)", "next", "ended\\n"].map {
        #"{"log":"\#($0)","stream":"stderr","time":"1"}"# + "\n"
      }.joined(), "java\na.b.XException|m|1"),
    Case(
      "the order of an array's elements",
      stream { $0 % 2 == 0 ? #""tags":["a","b"]"# : #""tags":["b","a"]"# },
      "java missing_header\n-|-|1\njava\na.b.XException|m|1"),
    Case(
      "whole documents, one a line of Docker's",
      (0..<2).map {
        #"{"log":"{\"t\":\"a.b.XException: \#($0)\\n\\tat a.B.d(B.java:9)\"}\n","stream":"stderr","time":"1"}"#
      }
      .joined(separator: "\n") + "\n",
      "java\na.b.XException|0|1\njava\na.b.XException|1|1"),
  ]

  static let whole = "java\na.b.XException|m|2"

  // MARK: One line

  static let oneLine = [
    Case(
      "an arrow before a break", "a.b.XException: m -> n<br>\tat a.B.c(B.java:5)<br>\tat a.B.d(B.java:9)\n",
      "java\na.b.XException|m -> n|2"),
    Case(
      "a word between quotes before a break",
      "a.b.XException: \"m\" n&#10;&#9;at a.B.c(B.java:5)&#10;&#9;at a.B.d(B.java:9)\n",
      "java\na.b.XException|\"m\" n|2"),
    Case(
      "brackets before a break",
      "a.b.XException: [m] n&#10;&#9;at a.B.c(B.java:5)&#10;&#9;at a.B.d(B.java:9)\n",
      "java\na.b.XException|[m] n|2"),
    Case(
      "an attribute",
      "<e t=\"a.b.XException: m -> [n]&#10;&#9;at a.B.c(B.java:5)&#10;&#9;at a.B.d(B.java:9)\" b=\"2\"/>\n",
      "java\na.b.XException|m -> [n]|2"),
    Case(
      "a tag",
      "<e><t>1</t><t>a.b.XException: m&#10;&#9;at a.B.c(B.java:5)&#10;&#9;at a.B.d(B.java:9)</t></e>\n", whole
    ),
    Case(
      "CDATA", "<e><![CDATA[a.b.XException: m&#10;&#9;at a.B.c(B.java:5)&#10;&#9;at a.B.d(B.java:9)]]></e>\n",
      whole),
    Case(
      "words between other quotes",
      #"err=b'a.b.XException: "m" n\n\tat a.B.c(B.java:5)\n\tat a.B.d(B.java:9)'"# + "\n",
      "java\na.b.XException|\"m\" n|2"),
    Case(
      "words behind the last frame",
      #"a.b.XException: m\n\tat a.B.c(B.java:5)\n\tat a.B.d(B.java:9). Again"# + "\n", whole),
    Case(
      "a field behind the last frame",
      "Nov  3 23:59:02 w app[9]: a.b.XException: m#012#011at a.B.c(B.java:5)#012#011at a.B.d(B.java:9); id=3\n",
      whole),
    Case(
      "packaging data behind the last frame",
      #"a.b.XException: m\n\tat a.B.c(B.java:5)\n\tat a.B.d(B.java:9) ~[a.jar:?]"# + "\n", whole),
    Case(
      "blanks for line ends, and the next event behind a frame",
      "10:11:12.345 ERROR a.b.XException: m at a.B.c(B.java:5) at a.B.d(B.java:9) 10:11:12.346 ERROR a.b.YException: n at a.B.c(B.java:5) at a.B.d(B.java:9)\n",
      "java newlines_lost\na.b.XException|m|2\njava newlines_lost\na.b.YException|n|2"),
    Case(
      "frames of which each has words behind it",
      "a.b.XException: m at a.B.c(B.java:5) x at a.B.d(B.java:9) y\n",
      "java bad_frame newlines_lost\na.b.XException|m|2"),
    Case(
      "a frame that Guice prints in a message",
      "a.b.XException: m, see:\n\n1) None was bound.\n  at a.B.c(B.java:5) (via modules: a.C -> a.D)\n\n1 error\n\tat a.B.d(B.java:9)\n",
      "java\na.b.XException|m, see:⏎⏎1) None was bound.⏎  at a.B.c(B.java:5) (via modules: a.C -> a.D)⏎⏎1 error|1"
    ),
    Case(
      "words in two kinds of quotes",
      #"a.b.XException: "m b" for 'n'\n\tat a.B.c(B.java:5)\n\tat a.B.d(B.java:9)"# + "\n",
      "java\na.b.XException|\"m b\" for 'n'|2"),
    Case(
      "the end of an element behind a message",
      "<testcase name=\"a\"><error type=\"KeyError\">" + python.map { $0 + "\n" }.joined().dropLast()
        + "</error></testcase>\n<testcase name=\"b\"><skipped>later</skipped></testcase>\n",
      "python +message_end_guessed\nKeyError|'a'|1"),
    Case(
      "an element for each line", java.map { "<li>\($0)</li>\n" }.joined(), whole),
    Case(
      "syslog's priority is no part of the type",
      "<14>a.b.XException: m<br>\tat a.B.c(B.java:5)<br>\tat a.B.d(B.java:9)\n", whole),
    Case(
      "an arrow in an attribute",
      "<pre class=\"x>y\">a.b.XException: m<br>\tat a.B.c(B.java:5)<br>\tat a.B.d(B.java:9)\n", whole),
    Case(
      "the rest of a tag", "\">a.b.XException: m<br>\tat a.B.c(B.java:5)<br>\tat a.B.d(B.java:9)\n", whole),
    Case(
      "a CI system's mark before a header", "##[error]Boom: x\n\tat a.B.c(B.java:5)\n",
      "java type_missing\n-|##[error]Boom: x|1"),
  ]

  // MARK: Byte order marks, zeros and a CI system's marks

  // MARK: Whatever stands before each frame

  /// The lines of a trace with a separator between them, in a log.
  private static func joined(_ lines: [String], by separator: String) -> String {
    "2026-11-03 23:59:00 ERROR [main] failed: \(lines.joined(separator: separator))\n2026-11-03 23:59:01 INFO done\n"
  }

  private static let chained =
    java + ["Caused by: a.b.YException: n", "\tat a.B.c(B.java:7)", "\t... 1 more"]
  private static let twoFrames =
    python.prefix(2) + [
      "    g()", "  File \"/y.py\", line 4, in g", "    return [a, b] / c", "KeyError: 'a'",
    ]

  static let separators =
    [
      " ; ", " # ", "~", " -> ", " // ", "\u{B6}", "@@", "\u{1E}", " <LF> ", "\u{2424}", " \\ ", "{newline}",
      ", ", "^",
      "$", " *** ", "[\\n]", "%0A", #" \\n "#, " | ", "|", " and ",
    ].map { separator in
      Case(
        "lines with \(separator) between",
        joined(chained, by: separator) + joined(Array(twoFrames), by: separator),
        "java\na.b.XException|m|2\na.b.YException|n|1|caused_by 0|elided 1\npython +message_end_guessed\nKeyError|'a'|2"
      )
    } + [
      Case(
        "a separator that the message has, too",
        joined(["a.b.XException: m, n"] + java.dropFirst(), by: ", "),
        "java\na.b.XException|m, n|2"),
      Case(
        "packaging data before the separator",
        joined([java[0], java[1] + " ~[a.jar:?]", java[2] + " [b.jar:1]"], by: " ¦ "), whole),
    ]

  static let closers = [
    Case(
      "a message and packaging data that end alike",
      "a.b.XException: m [2] at a.B.c(B.java:5) ~[?:?] at a.B.d(B.java:9) ~[?:?]\n",
      "java newlines_lost\na.b.XException|m [2]|2"),
    Case(
      "a type in small letters behind a separator",
      joined(twoFrames.dropLast() + ["socket.timeout: n"], by: " - "),
      "python +message_end_guessed\nsocket.timeout|n|2"),
    Case(
      "a type alone behind a separator", joined(twoFrames.dropLast() + ["ValueError"], by: " - "),
      "python +message_end_guessed\nValueError|-|2"),
  ]

  // MARK: What stands before the text

  private static func behind(_ prefixes: [String]) -> String {
    zip(prefixes, java + ["done"]).map { $0 + $1 + "\n" }.joined()
  }

  static let prefixes =
    ["(", "[", "`", "=", ">", "|", ":", "\t"].map {
      Case(
        "a header behind \($0)", "2026-11-03 23:59:00 ERROR failed \($0)" + java.map { $0 + "\n" }.joined(),
        whole)
    } + [
      Case(
        "a colour before an object",
        java.map { "\u{1B}[36mw-1  | \u{1B}[0m{\"level\":\"E\",\"message\":\"\(escaped($0))\"}\n" }.joined(),
        whole),
      Case(
        "the number of a message's bytes",
        behind([97, 101, 99, 88].map { "\($0) <131>1 2026-11-03T23:59:00Z host app 42 - - " }), whole),
      Case("numbers of lines", behind((99...102).map { "\($0):" }), whole),
      Case("a file's name and numbers of lines", behind((99...102).map { "app.log:\($0):" }), whole),
      Case(
        "numbers of lines before a tab", behind((99...102).map { String("      \($0)\t".suffix(7)) }), whole),
      Case(
        "GlassFish's marks", "[#|2026|SEVERE|_ThreadID=1;|" + java.joined(separator: "\n") + "|#]\n", whole),
      Case(
        "GlassFish's mark behind an elision",
        "a.b.XException: m\n\tat a.B.c(B.java:5)\n\tat a.B.d(B.java:9)\n\t... 1 more|#]\n",
        "java\na.b.XException|m|2|elided 1"),
      Case("sentences that begin alike", "look at foo.bar(x)\nhello\nlook at foo.bar(y)\n", ""),
    ]

  // MARK: Indented JSON

  /// An object with a field for each pair, over several lines.
  private static func object(_ fields: [(String, String)], indent: String = "") -> String {
    let members = fields.map { "\(indent)  \"\($0)\": \"\(escaped($1))\"" }
    return "\(indent){\n" + members.joined(separator: ",\n") + "\n\(indent)}"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
  }

  private static func events(_ lines: [String], logger: String = "a") -> [[(String, String)]] {
    lines.enumerated().map {
      [("time", "2026-11-03T23:59:0\($0)Z"), ("logger", logger), ("message", $1), ("thread", "main")]
    }
  }

  private static let both = "java\na.b.XException|m|2\npython\nKeyError|'a'|1"

  static let pretty = [
    Case(
      "an object for each line",
      events(["a"] + java + ["b"] + python + ["[INFO] c"]).map { object($0) + "\n" }.joined(), both),
    Case(
      "a list of an object for each line",
      "{\n  \"events\": [\n"
        + events(["a"] + java + ["b"] + python + ["[INFO] c"]).map { object($0, indent: "    ") }.joined(
          separator: ",\n")
        + "\n  ]\n}\n", both),
    Case(
      "objects of two loggers",
      zip(events(java), events(java, logger: "b")).map { object($0) + "\n" + object($1) + "\n" }.joined(),
      whole + "\n" + whole),
    Case(
      "a list of lines",
      "{\n  \"stack\": [\n" + java.map { "    \"\(escaped($0))\"" }.joined(separator: ",\n") + "\n  ]\n}\n",
      whole),
    Case(
      "Loki's lists of a time and a line",
      "[\n"
        + java.enumerated().map {
          "  [\n    \"170000000000000000\($0)\",\n    \"\(escaped($1))\"\n  ]"
        }.joined(separator: ",\n") + "\n]\n", whole),
    Case(
      "objects that name their logger behind the message",
      zip(events(java), events(java, logger: "b")).map {
        object($0.reversed()) + "\n" + object($1.reversed()) + "\n"
      }.joined(), whole + "\n" + whole),
    Case(
      "a document in a message",
      "a.b.XException: m: {\n  \"e\": [\n"
        + java.map { "    \"\(escaped($0))\"" }.joined(separator: ",\n") + "\n  ]\n}\n\tat a.B.z(B.java:1)\n",
      "java\na.b.XException|m: {⏎  \"e\": [⏎    \"a.b.XException: m\",⏎    \"\\tat a.B.c(B.java:5)\",⏎    \"\\tat a.B.d(B.java:9)\"⏎  ]⏎}|1"
    ),
    Case(
      "a program's source",
      "  String[] lines = {\n" + java.map { "    \"\(escaped($0))\"" }.joined(separator: ",\n") + "\n  };\n",
      ""),
    Case(
      "a string alone with a frame in it", object([("a", "x"), ("b", "at a.B.c(B.java:5)"), ("c", "y")]), ""),
  ]

  static let lists = [
    Case(
      "objects with a line each on one line",
      "[" + java.map { #"{"l":"a","message":"\#(escaped($0))"}"# }.joined(separator: ", ") + "]\n", whole),
    Case(
      "objects with a trace each on one line",
      "["
        + (0..<2).map { _ in
          #"{"stack":"\#(escaped(java.joined(separator: "\n")).replacing("\n", with: "\\n"))"}"#
        }
        .joined(separator: ",") + "]\n", whole + "\n" + whole),
    Case(
      "Loki's values",
      #"{"data":{"result":[{"stream":{"app":"x"},"values":["#
        + java.enumerated().map { #"["170000000000000000\#($0)","\#(escaped($1))"]"# }.joined(separator: ",")
        + "]}]}}\n", whole),
    Case(
      "an object in a line of another object",
      java.map { line in
        let inner = #"{"l":"E","message":"\#(escaped(line))"}"#
        return #"{"log":"\#(escaped(inner))\n","stream":"stderr","time":"2026-11-03T23:59:00Z"}"# + "\n"
      }.joined(), whole),
    Case(
      "a list that is cut",
      #"{"exception":["a.b.XException: m","\tat a.B.c(B.java:5)","\tat a.B.d(B.java:9)","\tat a.B.e(B.ja"#
        + "\n",
      "java truncated_at_eof truncated_line\na.b.XException|m|2"),
    Case(
      "a list with one object on each line",
      java.map { #"[{"log":"\#(escaped($0))"}]"# + "\n" }.joined(), whole),
    Case(
      "Elasticsearch's list, whose elements have lost their tabs",
      #"{"stacktrace":["a.b.XException: m","at a.B.c(B.java:5)","at a.B.d(B.java:9)"]}"# + "\n", whole),
    Case(
      "an object in a cell of CSV",
      "2026,\""
        + #"{"m":"a","stack":"\#(escaped(java.joined(separator: "\n")).replacing("\n", with: "\\n"))"}"#
        .replacing("\"", with: "\"\"") + "\",x\n", whole),
  ]

  static let marks = [
    Case(
      "before the text, as RFC 5424 has it",
      java.map { "<14>1 2026-11-03T23:59:00.000Z h app 1 - - \u{FEFF}\($0)\n" }.joined(), whole),
    Case(
      "before the first prefix",
      "\u{FEFF}[w] a.b.XException: m\n"
        + ["more", "\tat a.B.c(B.java:5)", "\tat a.B.d(B.java:9)"].map { "[w] \($0)\n" }.joined(),
      "java\na.b.XException|m⏎more|2"),
    Case("before the first object", "\u{FEFF}" + stream { _ in #""stream":"stderr""# }, whole),
    Case(
      "a hole before a header",
      "INFO a\n\0\0\0\0a.b.XException: m\nmore\n\tat a.B.c(B.java:5)\n\tat a.B.d(B.java:9)\n",
      "java\na.b.XException|m⏎more|2"),
    Case(
      "the end of a step",
      (python + ["##[error]Process completed with exit code 1."]).map {
        "2026-11-03T23:59:00.1234567Z \($0)\n"
      }.joined(), "python\nKeyError|'a'|1"),
    Case(
      "the end of a section", (python + ["section_end:1700000000:step"]).map { $0 + "\n" }.joined(),
      "python\nKeyError|'a'|1"),
    Case(
      "the end of a stage", (python + ["[Pipeline] }"]).map { $0 + "\n" }.joined(), "python\nKeyError|'a'|1"),
  ]
}
