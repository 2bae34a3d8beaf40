import ScanSupport
import Testing

/// Traces that something broke on their way into the log, and what other virtual machines and loggers write in the place
/// of a trace's usual lines.
@Suite struct DamageTests {
  typealias Case = ContainerTests.Case

  @Test(
    arguments: splits + garbage + controlBytes + headers + pieces + chains + frames + layouts + markup
      + separators + lists
      + alone)
  func records(_ case: Case) {
    #expect(summary(scan(`case`.text)) == `case`.records)
  }

  // MARK: Lines cut in two, lines overwritten

  static let splits = [
    Case(
      "a JVM frame cut in its place",
      ["a.b.XException: m", "\tat a.B.c(B.java:5)", "\tat a.B.d(B.ja", "va:12)", "\tat a.B.e(B.java:7)", ""],
      "java line_split\na.b.XException|m|3"),
    Case(
      "a JVM frame cut in its name",
      [
        "a.b.XException: m", "\tat a.b.c.B.c(B.java:5)", "\tat a.b", ".c.B.d(B.java:12)",
        "\tat a.b.c.B.e(B.java:7)", "",
      ],
      "java line_split\na.b.XException|m|2"),
    Case(
      "a frame of Python cut behind its file",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    g()",
        "  File \"b.py\", li",
        "ne 2, in g", "    h()", "ValueError: x", "2026-01-01 10:00:00 INFO on", "",
      ],
      "python line_split\nValueError|x|2"),
    Case(
      "a frame of Python cut in its file",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    g()", "  File \"/very/lo",
        "ng/b.py\", line 2, in g", "    h()", "ValueError: x", "2026-01-01 10:00:00 INFO on", "",
      ],
      "python line_split\nValueError|x|1"),
    Case(
      "a cut frame above the next trace",
      [
        "a.b.XException: m", "\tat a.b.B.c(B.java:5)", "\tat a.b.Tru", "a.b.YException: near F.b(F.java:1)",
        "\tat a.b.B.e(B.java:7)", "",
      ],
      "java truncated_line\na.b.XException|m|1\njava\na.b.YException|near F.b(F.java:1)|1"),
    Case(
      "two lines of which the second is no end of the first",
      [
        "a.b.XException: m", "\tat a.b.B.c(B.java:5)", "\tat a.b.B.d(B.ja", "something else",
        "\tat a.b.B.e(B.java:7)", "",
      ],
      "java truncated_line\na.b.XException|m|1\njava type_missing\n-|something else|1"),
  ]

  static let garbage = [
    Case(
      "zeros in the place of a JVM frame",
      ["a.b.XException: m", "\tat a.B.c(B.java:5)", "\u{1}\u{2}x\u{0}\u{0}", "\tat a.B.e(B.java:7)", ""],
      "failure java binary_garbage"),
    Case(
      "control bytes in the place of a frame of Python",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    g()",
        "\u{0}\u{0}\u{1}\u{0}",
        "  File \"b.py\", line 2, in g", "ValueError: x", "2026-01-01 10:00:00 INFO on", "",
      ],
      "failure python binary_garbage"),
  ]

  /// Control bytes that belong to a message or to another program's line are none.
  static let controlBytes = [
    Case(
      "in the header of the next trace",
      ["a.b.XException: m", "\tat a.B.c(B.java:5)", "a.b.YException: \u{1}", "\tat a.B.d(B.java:9)", ""],
      "java\na.b.XException|m|1\njava\na.b.YException|\u{1}|1"),
    Case(
      "in a log line inside a stack",
      [
        "a.b.XException: m", "\tat a.B.c(B.java:5)",
        "2026-01-01 10:00:00 INFO fix 8=FIX\u{1}9=5\u{1}35=0\u{1}",
        "\tat a.B.d(B.java:9)", "",
      ],
      "java +interrupted\na.b.XException|m|2"),
    Case(
      "in Python's exception line",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    g()",
        "ValueError: \u{0}\u{1} in x",
        "INFO:     127.0.0.1 - \"GET / HTTP/1.1\" 500", "",
      ],
      "python\nValueError|\u{0}\u{1} in x|1"),
  ]

  /// A header of Python that no frame follows.
  static let headers = [
    Case(
      "and a word of the shell", ["Traceback (most recent call last):", "Killed", ""],
      "failure python no_frames"),
    Case(
      "and a log line",
      ["Traceback (most recent call last):", "INFO: worker 3 finished", "next", ""],
      "failure python no_frames"),
    Case(
      "and an exception, as sys.tracebacklimit has it",
      ["Traceback (most recent call last):", "ValueError: x", "2026-01-01 10:00:00 INFO on", ""],
      "python\nValueError|x|0"),
    Case(
      "and the platform's mark in a source line",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f",
        "    raise HTTPEr... Remainder truncated by the Airbyte platform.", "",
      ],
      "python missing_exception_line truncated_at_eof truncated_by_marker\n-|-|1"),
  ]

  /// Pieces of a JSON message in Docker's lines, written with blanks as Python does.
  static let pieces = [
    Case(
      "pieces of a document with blanks",
      [
        #"{"log": "{\"stack_trace\": \"a.b.XException: m\\n\\tat a.B.c(B.", "stream": "stdout", "time": "2026-01-01T10:00:00.1Z"}"#,
        #"{"log": "java:5)\\n\\tat a.B.d(B.java:9)\\n\"}\n", "stream": "stdout", "time": "2026-01-01T10:00:00.2Z"}"#,
        "",
      ],
      "java\na.b.XException|m|2")
  ]

  // MARK: Other printers

  static let chains = [
    Case(
      "a cause on the line of its words",
      [
        "a.b.XException: m", "\tat a.B.c(B.java:5)", "Root cause: a.b.YException: n", "\tat a.B.d(B.java:9)",
        "",
      ],
      "java +nonstandard_chain\na.b.XException|m|1\na.b.YException|n|1|caused_by 0"),
    Case(
      "a cause below its words and an empty line",
      [
        "a.b.XException: m", "\tat a.B.c(B.java:5)", "", "Nested Exception is:", "", "a.b.YException: n",
        "\tat a.B.d(B.java:9)", "2026-01-01 10:00:00 INFO on", "",
      ],
      "java +nonstandard_chain\na.b.XException|m|1\na.b.YException|n|1|caused_by 0"),
    Case(
      "the words without an exception",
      [
        "a.b.XException: m", "\tat a.B.c(B.java:5)", "Root cause: the disk is full",
        "2026-01-01 10:00:00 INFO on", "",
      ],
      "java\na.b.XException|m|1"),
  ]

  static let frames = [
    Case(
      "names that a shrinker made",
      [
        "a.b.XException: m", "\tat a.a.b(SourceFile:12)", "\tat b.c.d(PG:3)", "\tat c.d.e(r8-map-id-1f2e:5)",
        "",
      ],
      "java +obfuscated\na.b.XException|m|3"),
    Case(
      "J9's compiled code",
      [
        "a.b.XException: m", "\tat a.B.c(B.java:5(Compiled Code))", "\tat a.B.d(B.java(Compiled Code))",
        "\tat a.B.e(B.java:7)", "",
      ],
      "java\na.b.XException|m|3"),
    Case(
      "ART's results and parameters",
      [
        "a.b.XException: m", "  at void a.b.Activity.create(android.os.Bundle) (Activity.java:70)",
        "  at java.lang.Object a.b.Method.invoke(java.lang.Object, java.lang.Object[]) (Method.java:-2)",
        "  at a.b.Queue.next(Queue.java:3)", "",
      ],
      "java\na.b.XException|m|3"),
    Case(
      "JUnit's console, whose frames have lost their words",
      [
        "    => java.lang.RuntimeException: wrap", "       a.b.CT.a(CT.java:3)", "       [...]",
        "     Caused by: java.lang.IllegalStateException: boom", "       a.b.CT.l(CT.java:2)", "       [...]",
        "",
        "Test run finished after 96 ms", "",
      ],
      "failure java abbreviated"),
  ]

  static let layouts = [
    Case(
      "a message that names a place, of an exception without frames of its own",
      [
        "a.b.XException: m", "\tat a.B.c(B.java:5)", "Caused by: a.b.YException: created at:",
        "  a.b.Pool.acquire(Pool.java:44)", "\t... 1 more", "",
      ],
      "java\na.b.XException|m|1\na.b.YException|created at:⏎  a.b.Pool.acquire(Pool.java:44)|0|caused_by 0|elided 1"
    ),
    Case(
      "pytest with the variables of a long function",
      ["E       assert 1 == 2", ""] + (1...40).map { "v\($0) = \($0)" } + [
        "", "test_x.py:4: AssertionError", "",
      ],
      "failure python pytest_report"),
    Case(
      "a list of strings that is no trace",
      ["{", "\"lines\": [\"x\",", "\"at a.b.C.d(C.java:12)\",", "\"y\"]", "}", ""], ""),
  ]

  // MARK: Wrapped

  static let markup = [
    Case(
      "HTML without a plain blank, Java",
      [
        "<p>a.b.XException:&nbsp;m<br>", "&nbsp;&nbsp;&nbsp;&nbsp;at&nbsp;a.B.c(B.java:5)<br>",
        "Caused&nbsp;by:&nbsp;a.b.YException:&nbsp;n<br>",
        "&nbsp;&nbsp;&nbsp;&nbsp;at&nbsp;a.B.d(B.java:9)<br>",
        "&nbsp;&nbsp;&nbsp;&nbsp;...&nbsp;2&nbsp;more<br></p>", "",
      ],
      "java\na.b.XException|m|1\na.b.YException|n|1|caused_by 0|elided 2"),
    Case(
      "HTML without a plain blank, Python",
      [
        "<p>Traceback&nbsp;(most&nbsp;recent&nbsp;call&nbsp;last):<br>",
        "&nbsp;&nbsp;File&nbsp;\"a.py\",&nbsp;line&nbsp;3,&nbsp;in&nbsp;f<br>",
        "&nbsp;&nbsp;&nbsp;&nbsp;g()<br>",
        "ValueError:&nbsp;bad<br></p>", "",
      ],
      "python +message_end_guessed\nValueError|bad|1"),
    Case(
      "log4j2's page, whose lines begin with their break",
      [
        "<tr>", "<td bgcolor=\"#993300\" colspan=\"6\">a.b.XException: outer",
        "<br />&nbsp;&nbsp;&nbsp;&nbsp;\tat a.B.c(B.java:5)",
        "<br />&nbsp;&nbsp;&nbsp;&nbsp;Caused by: a.b.YException: inner",
        "<br />&nbsp;&nbsp;&nbsp;&nbsp;\tat a.B.d(B.java:9)",
        "<br />&nbsp;&nbsp;&nbsp;&nbsp;\t... 2 more", "</td></tr>", "",
      ],
      "java\na.b.XException|outer|1\na.b.YException|inner|1|caused_by 0|elided 2"),
    Case(
      "an exception in XML that prints itself its own way",
      [
        "<exception>", "<message>Connection to db: refused</message>", "<frame>", "<class>a.B</class>",
        "<method>c</method>", "<line>3</line>", "</frame>", "</exception>", "",
      ],
      "java type_missing\n-|Connection to db: refused|1"),
    Case(
      "a group below a YAML key",
      [
        "error: |", "    + Exception Group Traceback (most recent call last):",
        "    |   File \"a.py\", line 1, in f",
        "    |     x()", "    | ExceptionGroup: g (1 sub-exception)",
        "    +-+---------------- 1 ----------------",
        "      | ValueError: 1", "      +------------------------------------", "  ",
        "  The above exception was the direct cause of the following exception:", "  ",
        "  Traceback (most recent call last):", "    File \"a.py\", line 2, in g", "      y()",
        "  RuntimeError: w",
        "next: 1", "",
      ],
      "python +message_end_guessed\nExceptionGroup|g (1 sub-exception)|1\nValueError|1|0|member 0\nRuntimeError|w|1|cause 0"
    ),
    Case(
      "rsyslog's tabs behind a message with a traceback",
      [
        "Mar  5 10:11:12 h app[4]: a.b.PythonException: Traceback (most recent call last):",
        "Mar  5 10:11:12 h app[4]:   File \"a.py\", line 3, in f", "Mar  5 10:11:12 h app[4]:     g()",
        "Mar  5 10:11:12 h app[4]: ValueError: x", "Mar  5 10:11:12 h app[4]: ",
        "Mar  5 10:11:12 h app[4]: #011at a.B.c(B.java:5)",
        "Mar  5 10:11:12 h app[4]: #011at a.B.d(B.java:9)", "",
      ],
      "java +embedded_trace\na.b.PythonException|Traceback (most recent call last):⏎  File \"a.py\", line 3, in f⏎    g()⏎ValueError: x⏎|2\n> python\n> ValueError|x|1"
    ),
  ]

  static let separators = [
    Case(
      "line ends as \\x0a before blanks",
      [
        "ERROR a.b.XException: m\\x0a    at a.B.c(B.java:5)\\x0a    at a.B.d(B.java:9)\\x0aCaused by: a.b.YException: n\\x0a    at a.B.e(B.java:2)\\x0a    ... 1 more",
        "",
      ],
      "java\na.b.XException|m|2\na.b.YException|n|1|caused_by 0|elided 1"),
    Case(
      "CR and LF, both escaped twice",
      [
        "ERROR a.b.XException: m\\\\r\\\\n    at a.B.c(B.java:5)\\\\r\\\\n    at a.B.d(B.java:9)\\\\r\\\\nCaused by: a.b.YException: n\\\\r\\\\n    at a.B.e(B.java:2)\\\\r\\\\n    ... 1 more",
        "",
      ],
      "java\na.b.XException|m|2\na.b.YException|n|1|caused_by 0|elided 1"),
    Case(
      "a line end that a source line writes itself",
      [
        "ERROR failed\\nTraceback (most recent call last):\\n  File \"a.py\", line 3, in f\\n    x.split(\"\\n\")\\n  File \"a.py\", line 4, in g\\n    y()\\nTypeError: expected str",
        "",
      ],
      "python +message_end_guessed\nTypeError|expected str|2"),
    Case(
      "one frame behind a bar",
      [
        "ERROR failed Traceback (most recent call last): |   File \"a.py\", line 3, in f |     g() | ValueError: z",
        "",
      ],
      "python +message_end_guessed\nValueError|z|1"),
    Case(
      "one frame of the JVM behind a bar",
      ["ERROR failed a.b.XException: m | \tat a.B.c(B.java:5)", "2026-01-01 10:00:00 INFO on", ""],
      "java newlines_lost\na.b.XException|m|1"),
    Case(
      "repr behind a bar",
      [
        "28/01/2015 07:21:23|ERROR|KeyError: 'k'|'Traceback (most recent call last):\\n  File \"l.py\", line 30, in main\\n    x = d[\"k\"]\\nKeyError: \\'k\\''|",
        "",
      ],
      "python +message_end_guessed\nKeyError|'k'|1"),
  ]

  static let lists = [
    Case(
      "Elasticsearch's list, an element a line",
      [
        "{\"type\": \"server\", \"level\": \"WARN\", \"message\": \"uncaught\" , ",
        "\"stacktrace\": [\"a.b.XException: a.b.YException: m\",",
        "\"at a.B.c(B.java:5) ~[es-7.5.0.jar:7.5.0]\",",
        "\"at a.B.d(B.java:9) [es-7.5.0.jar:7.5.0]\",", "\"Caused by: a.b.YException: n\",",
        "\"at a.B.e(B.java:2)\",",
        "\"... 6 more\"] }", "{\"type\": \"server\", \"level\": \"INFO\", \"message\": \"ok\"  }", "",
      ],
      "java\na.b.XException|a.b.YException: m|2\na.b.YException|n|1|caused_by 0|elided 6"),
    Case(
      "the same with escaped tabs and the bracket alone",
      [
        "{\"level\":\"WARN\",", "\"stacktrace\": [", "\"a.b.XException: m\",", "\"\\tat a.B.c(B.java:5)\"",
        "]", "}", "",
      ],
      "java\na.b.XException|m|1"),
  ]

  /// Exceptions without a stack: the line of ERROR above them in their stream proves them.
  static let alone = [
    Case(
      "alone in a runtime's lines",
      runtime(event("ERROR") + ["java.lang.IllegalStateException: m"] + event("INFO")), noFrames),
    Case(
      "alone in Docker's lines",
      docker(event("ERROR") + ["java.lang.IllegalStateException: m"] + event("INFO")), noFrames),
    Case(
      "alone below INFO, a runtime",
      runtime(event("INFO") + ["java.lang.IllegalStateException: m"] + event("INFO")), ""),
    Case(
      "alone below INFO, Docker",
      docker(event("INFO") + ["java.lang.IllegalStateException: m"] + event("INFO")), ""),
    Case(
      "no more than the header of its frames, a runtime",
      runtime(
        event("ERROR") + ["java.lang.IllegalStateException: m", "\tat a.B.c(B.java:5)"] + event("INFO")),
      "java\njava.lang.IllegalStateException|m|1"),
    Case(
      "no more than the header of its frames, Docker",
      docker(
        event("ERROR") + ["java.lang.IllegalStateException: m", "\tat a.B.c(B.java:5)"] + event("INFO")),
      "java\njava.lang.IllegalStateException|m|1"),
  ]

  private static let noFrames = "java no_frames +no_frames\njava.lang.IllegalStateException|m|0"

  private static func event(_ level: String) -> [String] {
    ["2026-01-01 10:00:00,123 \(level) [main] a.B - event"]
  }

  private static func runtime(_ lines: [String]) -> [String] {
    lines.map { "2026-01-01T10:00:00.000000001Z stderr F \($0)" } + [""]
  }

  private static func docker(_ lines: [String]) -> [String] {
    lines.map {
      let text = $0.replacing("\t", with: "\\t")
      return "{\"log\":\"\(text)\\n\",\"stream\":\"stderr\",\"time\":\"2026-01-01T10:00:00.000000001Z\"}"
    } + [""]
  }
}
