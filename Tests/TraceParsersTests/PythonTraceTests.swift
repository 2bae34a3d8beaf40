import ScanSupport
import Testing
import TraceModel

/// Texts and what they mean, written from trace-formats.md, sections 3, 4 and 6.
@Suite struct PythonTraceTests {
  typealias Case = JavaTraceTests.Case

  static let head = "Traceback (most recent call last):\n"
  static let frame = "  File \"/srv/x.py\", line 3, in f\n    g()\n"

  /// Section 3.1.
  static let blocks = [
    Case("plain", head + frame + "ValueError: x\n", "python +message_end_guessed\nValueError|x|1"),
    Case("no message", head + frame + "pkg.AppError\n", "python +message_end_guessed\npkg.AppError|-|1"),
    Case(
      "empty message", head + frame + "pkg.AppError: \n", "python +message_end_guessed\npkg.AppError|-|1"),
    Case(
      "before a log line", head + frame + "ValueError: x\n2024-01-02 03:04:05 INFO on\n",
      "python\nValueError|x|1"),
    Case(
      "behind a log's fields",
      "2024-01-02 03:04:05 ERROR failed: " + head + frame + "ValueError: x\n2024-01-02 03:04:05 INFO on\n",
      "python\nValueError|x|1"),
    Case(
      "old header", "Traceback (innermost last):\n" + frame + "ValueError: x\n",
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "no source",
      head
        + "  File \"<string>\", line 1, in <module>\n  File \"<frozen runpy>\", line 88, in _run_code\nValueError: x\n",
      "python +message_end_guessed\nValueError|x|2"),
    Case(
      "markers",
      head
        + "  File \"/srv/x.py\", line 3, in f\n    longcall(1,\n    ~~~~~~~~^^^\n             2,\n             ^^\n"
        + "  File \"/srv/x.py\", line 5, in longcall\n    raise X()\nValueError: x\n",
      "python +message_end_guessed\nValueError|x|2"),
    Case(
      "recursion",
      head + frame + frame + frame + "  [Previous line repeated 995 more times]\nRecursionError: deep\n",
      "python +message_end_guessed\nRecursionError|deep|3"),
    Case(
      "nested classes", head + frame + "case_local.<locals>.Local: x\n",
      "python +message_end_guessed\ncase_local.<locals>.Local|x|1"),
    Case(
      "lower case", head + frame + "socket.timeout: timed out\n",
      "python +message_end_guessed\nsocket.timeout|timed out|1"),
    Case("repr", head + frame + "KeyError: 'k'\n", "python +message_end_guessed\nKeyError|'k'|1"),
    Case(
      "shifted", "    " + head + "      File \"/srv/x.py\", line 3, in f\n        g()\n    ValueError: x\n",
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "header as source",
      head + "  File \"/srv/x.py\", line 3, in f\n    Traceback (most recent call last):\nValueError: x\n",
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "message of several lines",
      head + frame + "ValueError: one\ntwo\n  three\n2024-01-02 03:04:05 INFO on\n",
      "python +possible_notes\nValueError|one⏎two⏎  three|1"),
    Case(
      "a Java trace in the message",
      head + frame
        + "py4j.protocol.Py4JJavaError: An error occurred while calling z.\n: org.apache.spark.SparkException: Job aborted\n\tat a.b.C.d(E.java:1)\nCaused by: a.b.F: y\n\t... 1 more\n\n2024-01-02 03:04:05 INFO on\n",
      """
      python +embedded_trace +possible_notes
      py4j.protocol.Py4JJavaError|An error occurred while calling z.⏎: org.apache.spark.SparkException: Job aborted⏎→at a.b.C.d(E.java:1)⏎Caused by: a.b.F: y⏎→... 1 more|1
      > java
      > org.apache.spark.SparkException|Job aborted|1
      > a.b.F|y|0|caused_by 0|elided 1
      """),
    Case(
      "CRLF", (head + frame + "ValueError: x\n").replacing("\n", with: "\r\n"),
      "python +message_end_guessed\nValueError|x|1"),
  ]

  static let context = "\nDuring handling of the above exception, another exception occurred:\n\n"
  static let cause = "\nThe above exception was the direct cause of the following exception:\n\n"

  /// Section 3.2.
  static let chains = [
    Case(
      "context", head + frame + "KeyError: 'a'\n" + context + head + frame + frame + "ValueError: x\n",
      "python +message_end_guessed\nKeyError|'a'|1\nValueError|x|2|context 0"),
    Case(
      "cause and context",
      head + frame + "KeyError: 'a'\n" + cause + head + frame + "ValueError: x\n" + context + head + frame
        + "TypeError\n",
      "python +message_end_guessed\nKeyError|'a'|1\nValueError|x|1|cause 0\nTypeError|-|1|context 1"),
    Case(
      "blank lines lost",
      head + frame + "KeyError: 'a'\nDuring handling of the above exception, another exception occurred:\n"
        + head + frame + "ValueError: x\n",
      "python +message_end_guessed\nKeyError|'a'|1\nValueError|x|1|context 0"),
    Case(
      "a message of several lines before the sentence",
      head + frame + "KeyError: one\ntwo\n" + cause + head + frame + "ValueError: x\n",
      "python +message_end_guessed +possible_notes\nKeyError|one⏎two|1\nValueError|x|1|cause 0"),
  ]

  /// Section 3.3.
  static let groups = [
    Case(
      "group",
      """
        + Exception Group Traceback (most recent call last):
        |   File "/srv/eg.py", line 18, in case_group
        |     raise ExceptionGroup("three failed", ex)
        | ExceptionGroup: three failed (3 sub-exceptions)
        +-+---------------- 1 ----------------
          | Traceback (most recent call last):
          |   File "/srv/eg.py", line 12, in f
          |     raise ValueError(1)
          | ValueError: 1
          +---------------- 2 ----------------
          | Traceback (most recent call last):
          |   File "/srv/eg.py", line 15, in case_group
          |     try: 1/0
          |          ~^~
          | ZeroDivisionError: division by zero
          |\u{20}
          | The above exception was the direct cause of the following exception:
          |\u{20}
          | Traceback (most recent call last):
          |   File "/srv/eg.py", line 16, in case_group
          |     raise KeyError("k") from z
          | KeyError: 'k'
          +---------------- 3 ----------------
          | ExceptionGroup: nested (2 sub-exceptions)
          +-+---------------- 1 ----------------
            | TypeError: no tb
            +---------------- 2 ----------------
            | ValueError: multi
            | line
            +------------------------------------

      """,
      """
      python +possible_notes
      ExceptionGroup|three failed (3 sub-exceptions)|1
      ValueError|1|1|member 0
      ZeroDivisionError|division by zero|1|member 0
      KeyError|'k'|1|cause 2
      ExceptionGroup|nested (2 sub-exceptions)|0|member 0
      TypeError|no tb|0|member 4
      ValueError|multi⏎line|0|member 4
      """),
    Case(
      "without a traceback, more than fifteen members",
      """
        | ExceptionGroup: many (3 sub-exceptions)
        +-+---------------- 1 ----------------
          | TypeError: a
          +---------------- ... ----------------
          | and 2 more exceptions
          +------------------------------------

      """, "python\nExceptionGroup|many (3 sub-exceptions)|0\nTypeError|a|0|member 0"),
    Case(
      "a group as the cause of a plain exception",
      """
        + Exception Group Traceback (most recent call last):
        |   File "/srv/eg.py", line 18, in f
        |     raise g
        | ExceptionGroup: g (1 sub-exception)
        +-+---------------- 1 ----------------
          | TypeError: a
          +------------------------------------

      The above exception was the direct cause of the following exception:

      Traceback (most recent call last):
        File "/srv/eg.py", line 20, in f
          raise ValueError("x") from g
      ValueError: x

      """,
      "python +message_end_guessed\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|0|member 0\nValueError|x|1|cause 0"
    ),
    Case(
      "cut",
      "  + Exception Group Traceback (most recent call last):\n  |   File \"/srv/eg.py\", line 18, in f\n  | ExceptionGroup: g (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | TypeError: a\n",
      "python truncated_at_eof +message_end_guessed\nExceptionGroup|g (1 sub-exception)|1\nTypeError|a|0|member 0"
    ),
  ]

  /// Sections 3.4 to 3.7.
  static let special = [
    Case(
      "syntax error",
      head + frame + "  File \"bad.py\", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n",
      "python +message_end_guessed\nSyntaxError|invalid syntax|1"),
    Case(
      "syntax error without header",
      "  File \"bad.py\", line 3\n    def f(:\n          ^\nSyntaxError: invalid syntax\n",
      "python +message_end_guessed +no_header\nSyntaxError|invalid syntax|0"),
    Case(
      "indentation error",
      head + frame + "  File \"bad.py\", line 1\n    x\nIndentationError: unexpected indent\n",
      "python +message_end_guessed\nIndentationError|unexpected indent|1"),
    Case(
      "thread", "Exception in thread worker-1:\n" + head + frame + "ValueError: x\n",
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "remote",
      "multiprocessing.pool.RemoteTraceback: \n\"\"\"\n\(head)\(frame)ValueError: boom 1\n\"\"\"\n\(cause)\(head)\(frame)ValueError: boom 1\n",
      """
      python +message_end_guessed +embedded_trace
      multiprocessing.pool.RemoteTraceback|⏎\"""⏎Traceback (most recent call last):⏎  File "/srv/x.py", line 3, in f⏎    g()⏎ValueError: boom 1⏎\"""|0
      > python
      > ValueError|boom 1|1
      ValueError|boom 1|1|cause 0
      """),
    Case(
      "stack info", "Stack (most recent call last):\n" + frame + "2024-01-02 03:04:05 INFO on\n",
      "python missing_exception_line +stack_only\n-|-|1"),
    Case(
      "fault handler",
      "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f871641bb80 (most recent call first):\n  File \"x\", line 519 in string_at\n  File \"y\", line 3 in <module>\n",
      "failure python faulthandler"),
    Case(
      "rich",
      "\u{256D}\u{2500}\u{2500} Traceback (most recent call last) \u{2500}\u{2500}\u{256E}\n\u{2502} /x/tp.py:11 in main \u{2502}\n\u{2570}\u{2500}\u{2500}\u{256F}\nZeroDivisionError: division by zero\n",
      "failure python rich_box"),
  ]

  /// Section 6.
  static let damage = [
    Case(
      "a frame that cannot be read",
      head + frame + "  File \"x.py\", lin 3\n    h()\n" + frame + "ValueError: x\n",
      "python bad_frame +message_end_guessed\nValueError|x|2"),
    // What was remembered of the stack said nothing of the bad frame.
    Case(
      "the same frame twice",
      String(
        repeating: head + frame + "  File \"x.py\", lin 3\n    h()\n" + frame
          + "ValueError: x\n2024-01-02 03:04:05 INFO\n",
        count: 3),
      [String](repeating: "python bad_frame\nValueError|x|2", count: 3).joined(separator: "\n")),
    Case(
      "the block before a sentence is lost", "g()\n" + context + head + frame + "ValueError: x\n",
      "python bad_chain +message_end_guessed\nValueError|x|1"),
    Case(
      "the header of a group is lost",
      "  |   File \"/srv/x.py\", line 3, in f\n  | ExceptionGroup: x (1 sub-exception)\n"
        + "  +-+---------------- 1 ----------------\n    | ValueError: y\n    +------------------------------------\n",
      "python missing_header\nExceptionGroup|x (1 sub-exception)|1\nValueError|y|0|member 0"),
    Case(
      "a printed stack", frame + frame + "2024-01-02 03:04:05 INFO on\n",
      "python missing_header missing_exception_line +stack_only\n-|-|2"),
    Case(
      "header lost", frame + "ValueError: x\n", "python missing_header +message_end_guessed\nValueError|x|1"),
    Case(
      "exception line lost", head + frame + "2024-01-02 03:04:05 INFO on\n",
      "python missing_exception_line\n-|-|1"),
    Case("cut", head + frame, "python missing_exception_line truncated_at_eof\n-|-|1"),
    Case("header alone", head + "2024-01-02 03:04:05 INFO on\n", "failure python no_frames"),
    Case(
      "no line end", head + frame + "ValueError: x",
      "python truncated_at_eof +message_end_guessed\nValueError|x|1"),
  ]

  @Test(arguments: blocks + chains + groups + special + damage)
  func parses(_ row: Case) {
    #expect(summary(scan(row.text)) == row.expected)
  }

  static let frameLines: [(String, String)] = [
    (
      "  File \"/srv/app/py/cases.py\", line 28, in case_multistmt",
      "-|case_multistmt|/srv/app/py/cases.py|28"
    ),
    ("  File \"C:\\app\\x.py\", line 1, in <module>", "-|<module>|C:\\app\\x.py|1"),
    ("  File \"<ipython-input-3-ab12>\", line 1, in <lambda>", "-|<lambda>|<ipython-input-3-ab12>|1"),
    ("  File \"<doctest x[0]>\", line 1, in <listcomp>", "-|<listcomp>|<doctest x[0]>|1"),
    ("  File \"x \"quoted\".py\", line 12, in block \"content\"", "-|block \"content\"|x \"quoted\".py|12"),
    ("  File \"./x.pyx\", line 5, in mod.func", "-|mod.func|./x.pyx|5"),
    (
      "  File \"x.egg/mod.py\", line 7, in top-level template code",
      "-|top-level template code|x.egg/mod.py|7"
    ),
    ("  File \"/é/ü.py\", line 7, in größe", "-|größe|/é/ü.py|7"),
  ]

  @Test(arguments: frameLines) func frameLine(_ line: String, _ expected: String) {
    let frames = scan(Self.head + line + "\nValueError: x\n").first?.exceptions?.first?.frames
    #expect(frames?.map(\.summary) == [expected])
  }

  @Test func contextIsTheFirstSourceLine() {
    let text =
      Self.head
      + "  File \"/srv/x.py\", line 3, in f\n    longcall(1,\n    ~~~^^^\n        2)\n  File \"y\", line 1, in g\nValueError: x\n"
    let frames = scan(text).first?.exceptions?.first?.frames
    #expect(frames?.map(\.contextLine) == ["longcall(1,", nil])
  }

  @Test func repeatedLinesBelongToTheLastFrame() {
    let text =
      Self.head + Self.frame + Self.frame + "  [Previous line repeated 995 more times]\n" + Self.frame
      + "RecursionError: x\n"
    #expect(scan(text).first?.exceptions?.first?.frames.map(\.repeated) == [nil, 995, nil])
  }

  /// Where a blank line stands behind each line, only half of the lines were counted.
  @Test func linesOfDoubleSpacedText() {
    let text = Self.head + Self.frame + "    g()\nValueError: x\n"
    let record = scan(text.replacing("\n", with: "\n\n")).first
    #expect(record?.exceptions?.first?.type == "ValueError")
    #expect(record?.lines == text.utf8.count { $0 == 0x0A } * 2)
  }

  @Test func tracesBackToBack() {
    let one = Self.head + Self.frame + "ValueError: x\n"
    #expect(scan(one + one + one).map(\.offset) == [0, one.utf8.count, 2 * one.utf8.count])
    let java = "java.lang.Error: x\n\tat a.b.C.d(E.java:1)\n"
    #expect(scan(one + java + one + java).map(\.platform) == [.python, .java, .python, .java])
  }
}
