import ScanSupport
import Testing

/// What loggers, consoles and formatters of real programs write around a trace, each text as small as the difference that it
/// showed, and the records that must come out of it.
@Suite struct EmitterTests {
  typealias Case = ContainerTests.Case

  @Test(arguments: consoles + documents)
  func records(_ case: Case) {
    #expect(summary(scan(`case`.text)) == `case`.records)
  }

  static let consoles = [
    Case(
      "a chain's sentence that a column fills up",
      [
        "Traceback (most recent call last):                                                                            ",
        "  File \"/a.py\", line 8, in chain                                                                              ",
        "    low({})                                                                                                   ",
        "KeyError: 'missing'                                                                                           ",
        "                                                                                                              ",
        "The above exception was the direct cause of the following exception:                                          ",
        "                                                                                                              ",
        "Traceback (most recent call last):                                                                            ",
        "  File \"/b.py\", line 9, in run                                                                                ",
        "    try: c()                                                                                                  ",
        "app.AppError: load failed                                                                                     ",
        "",
      ],
      "python +message_end_guessed\nKeyError|'missing'|1\napp.AppError|load failed|1|cause 0"),
    Case(
      "an ampersand as an entity in plain text",
      [
        "2026-01-01 10:00:00 ERROR x failed",
        "java.lang.IllegalArgumentException: GET https://h/?a=1&amp;b=2 failed", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.e(C.java:2)", "2026-01-01 10:00:01 INFO ok", "",
      ],
      "java\njava.lang.IllegalArgumentException|GET https://h/?a=1&amp;b=2 failed|2"),
    Case(
      "entities written twice",
      [
        "<pre>java.lang.IllegalStateException: a &amp;lt;b&amp;gt;",
        "\tat a.B.&amp;lt;init&amp;gt;(B.java:1)", "</pre>", "",
      ],
      "java\njava.lang.IllegalStateException|a <b>|1"),
    Case(
      "structlog's keys and values",
      [
        "event=failed level=error exception=Traceback (most recent call last):",
        "  File \"/a.py\", line 1, in f", "    g()", "ValueError: bad", "line two",
        "event=end user='x y' level=info timestamp=2026", "later", "",
      ],
      "python +possible_notes\nValueError|bad⏎line two|1"),
    Case(
      "a level and a colon, as on the line above the trace",
      [
        "INFO: two", "ERROR: failed", "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f",
        "    g()", "ValueError: bad", "INFO: three", "DEBUG: four", "",
      ],
      "python\nValueError|bad|1"),
    Case(
      "a tool's output in a message, below another log's line",
      [
        "12:13:14 ERROR failed", "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f",
        "    g()", "ValueError: bad", "WARNING: pip is old", "ERROR: no such version", "12:13:15 INFO ok", "",
      ],
      "python +possible_notes\nValueError|bad⏎WARNING: pip is old⏎ERROR: no such version|1"),
    Case(
      "Django's title of the next traceback",
      [
        "Internal Server Error: /a", "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f",
        "    g()", "ValueError: bad", "Internal Server Error: /b", "Traceback (most recent call last):",
        "  File \"/a.py\", line 1, in f", "    g()", "ValueError: bad", "",
      ],
      "python\nValueError|bad|1\npython +message_end_guessed\nValueError|bad|1"),
    Case(
      "asyncio's debug mode",
      [
        "Task exception was never retrieved", "future: <Task 1>", "Traceback (most recent call last):",
        "  File \"/a.py\", line 1, in f", "    g()", "ValueError: bad", "Task exception was never retrieved",
        "future: <Task 2>", "source_traceback: Object created at (most recent call last):",
        "  File \"/a.py\", line 1, in f", "    g()", "Traceback (most recent call last):",
        "  File \"/a.py\", line 1, in f", "    g()", "ValueError: bad", "",
      ],
      "python\nValueError|bad|1\npython missing_exception_line +stack_only\n-|-|1\npython +message_end_guessed\nValueError|bad|1"
    ),
    Case(
      "TAI64N labels, as s6-log writes them",
      [
        "@400000006b096f031d508d10 java.lang.IllegalStateException: boom",
        "@400000006b096f031d508e72 \tat a.b.C.d(C.java:1)",
        "@400000006b096f031d5090ff Caused by: java.io.IOException: disk",
        "@400000006b096f031d509125 \t... 1 more", "@400000006b096f031d509126 ok", "",
      ],
      "java\njava.lang.IllegalStateException|boom|1\njava.io.IOException|disk|0|caused_by 0|elided 1"),
    Case(
      "lines added to a file, as diff shows them",
      [
        "--- a.log", "+++ b.log", "@@ -0,0 +1,9 @@", "+java.lang.IllegalStateException: boom",
        "+\tat a.b.C.d(C.java:1)", "+\tat a.b.C.e(C.java:2)",
        "+  + Exception Group Traceback (most recent call last):", "+  |   File \"/a.py\", line 1, in f",
        "+  |     g()", "+  | ExceptionGroup: two (1 sub-exception)",
        "+  +-+---------------- 1 ----------------", "+    | ValueError: a",
        "+    +------------------------------------", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\npython\nExceptionGroup|two (1 sub-exception)|1\nValueError|a|0|member 0"
    ),
    Case(
      "psql's rows, letters of two columns among them",
      [
        " id | level |              tb               | host ",
        "----+-------+-------------------------------+------",
        "  1 | ERROR | Traceback (most recent call..)+| h1",
        "    |       | no frames                     +| ",
        "  2 | ERROR | Traceback (most recent call last):+| h1",
        "    |       |   File \"/a.py\", line 1, in f      +| ",
        "    |       |     g(\"日本\")                     +| ",
        "    |       | ValueError: bad                   +| ",
        "    |       | line two                           | ",
        "  3 | ERROR | java.lang.IllegalStateException: a | b +| h2",
        "    |       | line two                               +| ",
        "    |       |         at a.b.C.d(C.java:1)           +| ",
        "    |       |         at a.b.C.e(C.java:2)            | ",
        "  4 | INFO  | ok                                      | h1", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|bad⏎line two|1\njava\njava.lang.IllegalStateException|a | b⏎line two|2"
    ),
    Case(
      "rows between lines, as sqlite3 draws them",
      [
        "│ 1  │ ERROR │ java.lang.IllegalStateException: boom │",
        "│    │       │                                       │",
        "│    │       │ line three                            │",
        "│    │       │ \tat a.b.C.d(C.java:1)                 │",
        "│    │       │ Caused by: a.B: c                     │",
        "│    │       │ \t... 1 more                           │",
        "├────┼───────┼───────────────────────────────────────┤",
        "│ 2  │ ERROR │   + Exception Group Traceback (most recent call last): │",
        "│    │       │   |   File \"/a.py\", line 1, in f                       │",
        "│    │       │   |     g()                                            │",
        "│    │       │   | ExceptionGroup: two (1 sub-exception)              │",
        "│    │       │   +-+---------------- 1 ----------------               │",
        "│    │       │     | ValueError: a                                    │",
        "│    │       │     +------------------------------------              │",
        "├────┼───────┼───────────────────────────────────────┤", "",
      ],
      "java\njava.lang.IllegalStateException|boom⏎⏎line three|1\na.B|c|0|caused_by 0|elided 1\npython\nExceptionGroup|two (1 sub-exception)|1\nValueError|a|0|member 0"
    ),
    Case(
      "psql's expanded rows",
      [
        "-[ RECORD 2 ]------", "level | ERROR", "tb    | Traceback (most recent call last): +",
        "      |   File \"/a.py\", line 1, in f       +", "      |     g()                            +",
        "      | ValueError: bad", "host  | h1", "",
      ],
      "python +message_end_guessed\nValueError|bad|1"),
    Case(
      "a header behind a bar, its message on three lines",
      [
        "8|SEVERE|task|java.lang.IllegalArgumentException: line one", "line two", "last: line",
        "\tat demo.Cases.multi(Cases.java:8)", "\tat demo.Cases.get(Cases.java:12)", "|h1", "9|INFO|x", "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two⏎last: line|2"),
    Case(
      "a header behind a parenthesis, its message on three lines",
      [
        "failed (java.lang.IllegalArgumentException: line one", "line two", "last: line",
        "\tat demo.Cases.multi(Cases.java:8)", "\tat demo.Cases.get(Cases.java:12)", ")", "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two⏎last: line|2"),
    Case(
      "a type behind a bar and no message",
      [
        "14|2026-11-27 11:41:00|SEVERE|task 4 failed|java.lang.UnsupportedOperationException",
        "\tat demo.Cases.multi(Cases.java:8)", "\tat demo.Cases.get(Cases.java:12)", "INFO|x", "",
      ],
      "java\njava.lang.UnsupportedOperationException|-|2"),
    Case(
      "a message that begins like a header, behind a bar",
      ["8|task|java.lang.RuntimeException: java.lang.Exception: top", "\tat a.b.C.d(C.java:1)", ""],
      "java\njava.lang.RuntimeException|java.lang.Exception: top|1"),
    Case(
      "a cell whose quotes stand behind backslashes",
      [
        "1,ERROR,\"failed, x\",\"Traceback (most recent call last):", "  File \\\"/a.py\\\", line 1, in f",
        "    g(\\\"k\\\")", "ValueError: bad \\\"x\\\"", "\",h1", "2,INFO,\"ok \\\"x\\\"\",,h1", "",
      ],
      "python\nValueError|bad \"x\"|1"),
    Case(
      "the same of the JVM",
      [
        "1,ERROR,\"java.lang.IllegalStateException: \\\"x\\\" is null", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.e(C.java:2)", "\",h1", "2,INFO,ok,,h1", "",
      ],
      "java\njava.lang.IllegalStateException|\"x\" is null|2"),
    Case(
      "a column between tabs, as PostgreSQL copies it out",
      [
        "2\tERROR\tTraceback (most recent call last):\\n  File \"/a.py\", line 1, in f\\n    g(\"k\")\\nValueError: bad \"x\"\\n\th1",
        "3\tINFO\t\\N\th1", "",
      ],
      "python +message_end_guessed\nValueError|bad \"x\"|1"),
    Case(
      "written line ends before the tabs of frames",
      [
        "2026-03-05\tERROR\tjava.lang.IllegalStateException: a\\n\tat a.b.C.d(C.java:1)\\n\tat a.b.C.e(C.java:2)",
        "",
      ],
      "java\njava.lang.IllegalStateException|a|2"),
    Case(
      "a list of a traceback's lines",
      [
        "split: ['Traceback (most recent call last):', '  File \"/a.py\", line 1, in f', '    g(\"k\")', 'ValueError: bad \"x\"', '', 'The above exception was the direct cause of the following exception:', '', 'Traceback (most recent call last):', '  File \"/a.py\", line 1, in f', '    g(\"k\")', 'ValueError: worse \"x\"', '']",
        "",
      ],
      "python\nValueError|bad \"x\"|1\nValueError|worse \"x\"|1|cause 0"),
    Case(
      "headers behind the name of a column",
      [
        "  id = 1", "  tb = Traceback (most recent call last):", "  File \"/a.py\", line 1, in f",
        "    g(\"k\")", "ValueError: bad \"x\"", "", "  id = 2", "  tb = Traceback (most recent call last):",
        "  File \"/a.py\", line 1, in f", "    g(\"k\")", "ValueError: bad \"x\"", "",
      ],
      "python +possible_notes\nValueError|bad \"x\"⏎⏎  id = 2|1\npython +message_end_guessed\nValueError|bad \"x\"|1"
    ),
    Case(
      "Ray: a chain of the other side",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f", "    ray.get(g)",
        "ray.exceptions.RayTaskError(IndexError): ray::call() (pid=1, ip=192.0.2.2)", "ValueError: x", "",
        "During handling of the above exception, another exception occurred:", "",
        "ray::call() (pid=1, ip=192.0.2.2)", "  File \"/b.py\", line 5, in call", "    h()",
        "IndexError: pop from empty list", "",
      ],
      "python +message_end_guessed +embedded_trace +possible_notes\nray.exceptions.RayTaskError(IndexError)|ray::call() (pid=1, ip=192.0.2.2)⏎ValueError: x⏎⏎During handling of the above exception, another exception occurred:⏎⏎ray::call() (pid=1, ip=192.0.2.2)⏎  File \"/b.py\", line 5, in call⏎    h()⏎IndexError: pop from empty list|1\n> python\n> IndexError|pop from empty list|1"
    ),
    Case(
      "a notebook as a page",
      [
        "<pre><span class=\"ansi-red-fg\">---------------------------------------------------------------------------</span>",
        "<span class=\"ansi-red-fg\">KeyError</span>                                  Traceback (most recent call last)",
        "<span class=\"ansi-cyan-fg\">Cell</span><span class=\"ansi-cyan-fg\"> </span><span class=\"ansi-green-fg\">In[2]</span><span class=\"ansi-green-fg\">, line 1</span>",
        "<span class=\"ansi-green-fg\">----&gt; </span><span class=\"ansi-green-fg\">1</span> f({})", "",
        "<span class=\"ansi-cyan-fg\">File </span><span class=\"ansi-green-fg\">/a.py:5</span>, in <span class=\"ansi-cyan-fg\">f</span><span class=\"ansi-blue-fg\">(d)</span>",
        "<span class=\"ansi-green-fg\">----&gt; </span><span class=\"ansi-green-fg\">5</span>     <span class=\"ansi-bold\" style=\"color: rgb(0,135,0)\">return</span> d[\"missing\"]",
        "", "<span class=\"ansi-red-fg\">KeyError</span>: 'missing'</pre>", "</div>", "",
      ],
      "python +message_end_guessed\nKeyError|'missing'|2"),
    Case(
      "keys and a level in a message of the JVM",
      [
        "java.sql.SQLException: cannot connect", "host=a port=5432 level=error", "user=x",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.sql.SQLException|cannot connect⏎host=a port=5432 level=error⏎user=x|2"),
    Case(
      "a handler's class further up",
      [
        "default.production.exception.handler=org.apache.kafka.streams.errors.DefaultProductionExceptionHandler",
        "retries=3", "Oops: boom", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\nOops|boom|2"),
    Case(
      "a mark at the end of a line that is no mark",
      [
        "+----+-----------------------------------------------+",
        "|  1 | java.lang.IllegalStateException: expected a + |",
        "|    |         at a.B.c(B.java:1)                    |",
        "|    |         at a.B.d(B.java:2)                    |",
        "|    |         at a.B.e(B.java:3)                    |",
        "+----+-----------------------------------------------+", "",
      ],
      "java\njava.lang.IllegalStateException|expected a +|3"),
    Case(
      "a stack's name behind a prefix, its traceback below it",
      [
        "web-1 | \"stackTrace\": \"Traceback (most recent call last):",
        "web-1 |   File \"/a.py\", line 1, in f", "web-1 |     g()", "web-1 | ValueError: x\",", "",
      ],
      "python +message_end_guessed\nValueError|x\",|1"),
    Case(
      "levels in a message, and a chain behind them",
      [
        "ERROR: job failed", "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f",
        "    g()", "  File \"/a.py\", line 2, in g", "    h()", "ValueError: compile failed",
        "ERROR: bad thing", "", "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f", "    g()",
        "  File \"/a.py\", line 2, in g", "    h()", "ValueError: two", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|compile failed⏎ERROR: bad thing|2\nValueError|two|2|context 0"
    ),
    Case(
      "two kinds of quoted stacks in one header",
      [
        "org.apache.hadoop.ipc.RemoteException(java.io.IOException): stage failure x", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java +embedded_trace\norg.apache.hadoop.ipc.RemoteException|stage failure x⏎→at a.B.c(B.java:1)⏎→at a.B.d(B.java:2)⏎|2\n> java\n> -|stage failure x|2"
    ),
    Case(
      "a quote above that nothing closes",
      [
        "config = \"", "java.lang.IllegalStateException: bad value \"\" in x", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "rest", "",
      ],
      "java\njava.lang.IllegalStateException|bad value \"\" in x|2"),
  ]

  static let documents = [
    Case(
      "log4j2's stacks as strings, each with its causes",
      [
        "{\"level\": \"ERROR\", \"thrown\": {\"name\": \"java.lang.IllegalStateException\", \"message\": \"boom\", \"cause\": {\"name\": \"java.io.IOException\", \"message\": \"disk\", \"extendedStackTrace\": \"java.io.IOException: disk\\n\\tat a.b.C.read(C.java:4) ~[j/:?]\\n\"}, \"extendedStackTrace\": \"java.lang.IllegalStateException: boom\\n\\tat a.b.C.d(C.java:1) ~[j/:?]\\nCaused by: java.io.IOException: disk\\n\\tat a.b.C.read(C.java:4) ~[j/:?]\\n\\t... 1 more\\n\"}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom|1\njava.io.IOException|disk|1|caused_by 0|elided 1"),
    Case(
      "stacks as strings without their causes",
      [
        "{\"level\": \"ERROR\", \"thrown\": {\"name\": \"java.lang.IllegalStateException\", \"message\": \"boom\", \"cause\": {\"name\": \"java.io.IOException\", \"message\": \"disk\", \"extendedStackTrace\": \"java.io.IOException: disk\\n\\tat a.b.C.read(C.java:4) ~[j/:?]\\n\"}, \"extendedStackTrace\": \"java.lang.IllegalStateException: boom\\n\\tat a.b.C.d(C.java:1) ~[j/:?]\\n\"}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom|1\njava\njava.io.IOException|disk|1"),
    Case(
      "ECS: frames alone, the exception beside them",
      [
        "{\"@timestamp\": \"2026-11-27T11:33:40.953Z\", \"log.level\": \"error\", \"message\": \"task failed\", \"error\": {\"message\": \"load\\nfailed\", \"stack_trace\": \"  File \\\"/a.py\\\", line 9, in run\\n    try: c()\\n         ^^^\\n  File \\\"/a.py\\\", line 10, in chain\\n    raise AppError(1)\\n\", \"type\": \"AppError\"}}",
        "",
      ],
      "python\nAppError|load⏎failed|2"),
    Case(
      "ECS: frames and the exception",
      [
        "{\"@timestamp\": \"2026-11-27T11:33:40.953Z\", \"log.level\": \"error\", \"message\": \"task failed\", \"error\": {\"message\": \"load\\nfailed\", \"stack_trace\": \"  File \\\"/a.py\\\", line 9, in run\\n    try: c()\\n         ^^^\\n  File \\\"/a.py\\\", line 10, in chain\\n    raise AppError(1)\\nAppError: load\\nfailed\", \"type\": \"AppError\"}}",
        "",
      ],
      "python missing_header +message_end_guessed +possible_notes\nAppError|load⏎failed|2"),
    Case(
      "structlog's frames that are left out",
      [
        "{\"event\": \"x\", \"exception\": [{\"exc_type\": \"E\", \"exc_value\": \"v\", \"frames\": [{\"filename\": \"/a.py\", \"lineno\": 1, \"name\": \"f\"}, {\"filename\": \"\", \"lineno\": -1, \"name\": \"Skipped frames: 12\"}, {\"filename\": \"/a.py\", \"lineno\": 2, \"name\": \"g\"}], \"is_cause\": false, \"syntax_error\": null}]}",
        "",
      ],
      "python\nE|v|2|elided 12"),
    Case(
      "elements of a report that close and open on one line, with character data",
      [
        "<failure><![CDATA[Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f", "    g()",
        "ValueError: a]]></failure><error><![CDATA[Traceback (most recent call last):",
        "  File \"/a/b.py\", line 3, in f", "    g()", "ValueError: b]]></error>", "",
      ],
      "python +message_end_guessed\nValueError|a|1\npython +message_end_guessed\nValueError|b|1"),
    Case(
      "a cause with other frames than in the chain above it",
      [
        "{\"thrown\": {\"name\": \"java.lang.IllegalStateException\", \"message\": \"top\", \"extendedStackTrace\": \"java.lang.IllegalStateException: top\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\\nCaused by: java.io.IOException: disk\\n\\tat a.B.e(B.java:3)\\n\\t... 2 more\\n\", \"cause\": {\"name\": \"java.io.IOException\", \"message\": \"disk\", \"extendedStackTrace\": \"java.io.IOException: disk\\n\\tat z.Z.other(Z.java:77)\\n\\tat z.Z.o2(Z.java:78)\\nCaused by: java.lang.Error: deep\\n\\tat q.Q.q(Q.java:1)\\n\"}}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|top|2\njava.io.IOException|disk|1|caused_by 0|elided 2\njava\njava.io.IOException|disk|2\njava.lang.Error|deep|1|caused_by 0"
    ),
    Case(
      "a list of frames beside a string with the chain",
      [
        "{\"errorType\": \"java.lang.IllegalStateException\", \"errorMessage\": \"top\", \"stackTrace\": [\"a.B.c(B.java:1)\", \"a.B.d(B.java:2)\"], \"stack\": \"java.lang.IllegalStateException: top\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\\nCaused by: java.io.IOException: disk\\n\\tat a.B.e(B.java:3)\\n\\t... 2 more\\n\"}",
        "",
      ],
      "java\njava.lang.IllegalStateException|top|2\njava.io.IOException|disk|1|caused_by 0|elided 2"),
    Case(
      "ECS: a message that is a traceback",
      [
        "{\"error\": {\"type\": \"builtins.ValueError\", \"message\": \"Traceback (most recent call last):\\n  File \\\"/r.py\\\", line 3, in r\\n    r()\\nKeyError: 1\", \"stack_trace\": \"  File \\\"/a.py\\\", line 1, in f\\n    g()\\n  File \\\"/a.py\\\", line 2, in g\\n    h()\\n\"}}",
        "",
      ],
      "python\nbuiltins.ValueError|Traceback (most recent call last):⏎  File \"/r.py\", line 3, in r⏎    r()⏎KeyError: 1|2"
    ),
    Case(
      "a process whose number has an exponent",
      [
        "{\"tid\": 1200, \"log\": \"java.lang.X: y\"}", "{\"tid\": 1200, \"log\": \"\\tat a.b(C.java:1)\"}",
        "{\"pod\": \"other\", \"log\": \"hello\"}",
        "{\"tid\": 1.2e3, \"log\": \"Caused by: java.io.IOException: y\"}",
        "{\"pod\": \"other\", \"log\": \"hello\"}", "{\"tid\": 1200, \"log\": \"\\tat a.b(C.java:1)\"}", "",
      ],
      "java\njava.lang.X|y|2\njava missing_header\njava.io.IOException|y|0"),
  ]
}
