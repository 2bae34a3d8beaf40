import ScanSupport
import Testing

/// Traces with a line of another thread between theirs, and traces that stop before their end.
@Suite struct InterruptionTests {
  typealias Case = ContainerTests.Case

  @Test(arguments: interrupted + open + headers) func records(_ test: Case) {
    #expect(summary(scan(test.text)) == test.records)
  }

  /// A frame's source was lost where the line above it begins with a letter and the frame was met before.
  @Test(arguments: ["Jan  2 03:04:05 host app[12]: x", "2024-01-02 03:04:05 INFO x"])
  func theSourceBelowALine(_ line: String) {
    let head = "Traceback (most recent call last):\n  File \"/a.py\", line 3, in f\n"
    let text = "\(head)\(line)\n    g()\n  File \"/a.py\", line 7, in g\n    h()\nValueError: 1\n\(line)\n"
    let sources = scan(text + text).map { $0.exceptions?.first?.frames.map(\.contextLine) }
    #expect(sources == [["g()", "h()"], ["g()", "h()"]])
  }

  static let interrupted = [
    Case(
      "a log line below the JVM's header",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "java.lang.IllegalStateException: one",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.main(C.java:2)", "Caused by: java.io.IOException: x", "\tat a.b.C.e(C.java:3)",
        "\t... 1 more", "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "java +interrupted\njava.lang.IllegalStateException|one|2\njava.io.IOException|x|1|caused_by 0|elided 1"
    ),
    Case(
      "a log line below Python's header",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "Traceback (most recent call last):",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "  File \"x.py\", line 3, in f", "    g()",
        "  File \"y.py\", line 4, in g", "    h()", "KeyError: 1",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|1|2"),
    Case(
      "a log line above a frame's source",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "    g()",
        "  File \"y.py\", line 4, in g", "    h()", "KeyError: 1",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|1|2"),
    Case(
      "a log line between frames",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "  File \"y.py\", line 4, in g", "    h()", "KeyError: 1",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|1|2"),
    Case(
      "a log line above the last source",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "  File \"y.py\", line 4, in g",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "    h()", "KeyError: 1",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|1|2"),
    Case(
      "a log line above the exception",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "  File \"y.py\", line 4, in g", "    h()",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "KeyError: 1",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|1|2"),
    Case(
      "a log line in a group",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "  + Exception Group Traceback (most recent call last):", "  |   File \"x.py\", line 3, in f",
        "  |     g()", "  | ExceptionGroup: two (2 sub-exceptions)",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "  +-+---------------- 1 ----------------",
        "    | Traceback (most recent call last):", "    |   File \"x.py\", line 9, in h", "    |     i()",
        "    | ValueError: 1", "    +---------------- 2 ----------------",
        "    | Traceback (most recent call last):", "    |   File \"x.py\", line 11, in j", "    |     k()",
        "    | TypeError: 2", "    +------------------------------------",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nExceptionGroup|two (2 sub-exceptions)|1\nValueError|1|1|member 0\nTypeError|2|1|member 0"
    ),
    Case(
      "a log line between members",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick",
        "  + Exception Group Traceback (most recent call last):", "  |   File \"x.py\", line 3, in f",
        "  |     g()", "  | ExceptionGroup: two (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------", "    | Traceback (most recent call last):",
        "    |   File \"x.py\", line 9, in h", "    |     i()", "    | ValueError: 1",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "    +---------------- 2 ----------------",
        "    | Traceback (most recent call last):", "    |   File \"x.py\", line 11, in j", "    |     k()",
        "    | TypeError: 2", "    +------------------------------------",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nExceptionGroup|two (2 sub-exceptions)|1\nValueError|1|1|member 0\nTypeError|2|1|member 0"
    ),
    Case(
      "a log line behind a chain's sentence",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "KeyError: 'a'", "",
        "During handling of the above exception, another exception occurred:", "",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "ValueError: 'a'",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|'a'|1\nValueError|'a'|1|context 0"),
    Case(
      "a log line above a chain's sentence",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "KeyError: 'a'",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"x.py\", line 3, in f", "    g()", "ValueError: 'a'",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python +interrupted\nKeyError|'a'|1\nValueError|'a'|1|context 0"),
    Case(
      "the input's end within an object",
      [
        "{\"log\": \"java.lang.Exception: a\\n\", \"stream\": \"stderr\", \"time\": \"2026-03-05T10:11:12Z\"}",
        "{\"log\": \"\\tat a.b.C.d(C.java:1)\\n\", \"stream\": \"stderr\", \"time\": \"2026-03-05T10:11:12Z\"}",
        "{\"log\": \"\\tat a.b.C.e(C.java:2)\\n\", \"stream\": \"stderr\", \"time\": \"2026-03-05T10:11:12Z\"}",
        "{\"log\": \"Caused by: java.io.IOException:",
      ],
      "java truncated_at_eof\njava.lang.Exception|a|2\njava.io.IOException||0|caused_by 0"),
  ]

  static let open = [
    Case(
      "a chain's sentence at the end",
      [
        "Traceback (most recent call last):", "  File \"x.py\", line 3, in f", "    g()", "KeyError: 'a'", "",
        "During handling of the above exception, another exception occurred:", "",
      ],
      "python truncated_at_eof\nKeyError|'a'|1"),
    Case(
      "a chain's sentence above a log line",
      [
        "2026-03-05 10:11:12,345 ERROR a - x", "Traceback (most recent call last):",
        "  File \"x.py\", line 3, in f", "    g()", "KeyError: 'a'", "",
        "During handling of the above exception, another exception occurred:", "",
        "2026-03-05 10:11:12,345 ERROR a - x", "",
      ],
      "python bad_chain\nKeyError|'a'|1"),
    Case(
      "a group without members",
      [
        "  + Exception Group Traceback (most recent call last):", "  |   File \"x.py\", line 3, in f",
        "  |     g()", "  | ExceptionGroup: two (2 sub-exceptions)", "",
      ],
      "python truncated_at_eof +message_end_guessed\nExceptionGroup|two (2 sub-exceptions)|1"),
    Case(
      "a group that stops within a line",
      [
        "  + Exception Group Traceback (most recent call last):", "  |   File \"x.py\", line 3, in f",
        "  |     g()", "  | ExceptionGroup: two (2 sub-exceptions)", "  ",
      ],
      "python truncated_at_eof\nExceptionGroup|two (2 sub-exceptions)|1"),
    Case(
      "a group above a log line",
      [
        "2026-03-05 10:11:12,345 ERROR a - x", "  + Exception Group Traceback (most recent call last):",
        "  |   File \"x.py\", line 3, in f", "  |     g()", "  | ExceptionGroup: two (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------", "    | ValueError: 1",
        "2026-03-05 10:11:12,345 ERROR a - x", "",
      ],
      "python bad_chain\nExceptionGroup|two (2 sub-exceptions)|1\nValueError|1|0|member 0"),
    Case(
      "a member without its group",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "    +---------------- 2 ----------------",
        "    | Traceback (most recent call last):", "    |   File \"x.py\", line 11, in j", "    |     k()",
        "    | TypeError: 2", "    +------------------------------------",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.B - tick", "",
      ],
      "python bad_chain\nTypeError|2|1"),
    Case(
      "a label above a cut line",
      [
        "java.lang.Exception: a", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)",
        "Caused by: java.io.IOException: disk", "\t",
      ],
      "java truncated_at_eof\njava.lang.Exception|a|2\njava.io.IOException|disk|0|caused_by 0"),
    Case(
      "a label above two lines of its message",
      [
        "java.lang.Exception: a", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)",
        "Caused by: java.io.IOException: disk", "second", "\t... 2 mor",
      ],
      "java truncated_at_eof\njava.lang.Exception|a|2\njava.io.IOException|disk|0|caused_by 0"),
    Case(
      "the deepest level that is printed",
      [
        "  + Exception Group Traceback (most recent call last):",
        "  |   File \"/srv/app/pc.py\", line 251, in run", "  |     try: f()", "  |          ~^^",
        "  |   File \"<string>\", line 41, in eg9", "  | ExceptionGroup: d12 (1 sub-exception)",
        "  +-+---------------- 1 ----------------", "    | ExceptionGroup: d11 (1 sub-exception)",
        "    +-+---------------- 1 ----------------", "      | ExceptionGroup: d10 (1 sub-exception)",
        "      +-+---------------- 1 ----------------", "        | ExceptionGroup: d9 (1 sub-exception)",
        "        +-+---------------- 1 ----------------", "          | ExceptionGroup: d8 (1 sub-exception)",
        "          +-+---------------- 1 ----------------",
        "            | ExceptionGroup: d7 (1 sub-exception)",
        "            +-+---------------- 1 ----------------",
        "              | ExceptionGroup: d6 (1 sub-exception)",
        "              +-+---------------- 1 ----------------",
        "                | ExceptionGroup: d5 (1 sub-exception)",
        "                +-+---------------- 1 ----------------",
        "                  | ExceptionGroup: d4 (1 sub-exception)",
        "                  +-+---------------- 1 ----------------",
        "                    | ExceptionGroup: d3 (1 sub-exception)",
        "                    +-+---------------- 1 ----------------",
        "                      | ... (max_group_depth is 10)",
        "                      +------------------------------------", "",
      ],
      "python\nExceptionGroup|d12 (1 sub-exception)|2\nExceptionGroup|d11 (1 sub-exception)|0|member 0\nExceptionGroup|d10 (1 sub-exception)|0|member 1\nExceptionGroup|d9 (1 sub-exception)|0|member 2\nExceptionGroup|d8 (1 sub-exception)|0|member 3\nExceptionGroup|d7 (1 sub-exception)|0|member 4\nExceptionGroup|d6 (1 sub-exception)|0|member 5\nExceptionGroup|d5 (1 sub-exception)|0|member 6\nExceptionGroup|d4 (1 sub-exception)|0|member 7\nExceptionGroup|d3 (1 sub-exception)|0|member 8"
    ),
    Case(
      "another stream's line, cut",
      [
        "{\"thread\":\"b\",\"level\":\"ERROR\",\"message\":\"q.r.SException: hi\"}",
        "{\"thread\":\"a\",\"level\":\"ERROR\",\"message\":\"a.b.XException: y\"}",
        "{\"thread\":\"a\",\"level\":\"ERROR\",\"message\":\"\\tat a.b.C.d(C.java:3)\"}",
        "{\"thread\":\"a\",\"level\":\"ERROR\",\"message\":\"\\tat a.b.C.e(C.java:3)\"}",
        "{\"thread\":\"b\",\"level\":\"ERROR\",\"message\":\"\\tat q.r.S.t(S.java:9",
      ],
      "java\na.b.XException|y|2\njava truncated_at_eof\nq.r.SException|hi|0"),
  ]

  static let headers = [
    Case(
      "a cause without package and frames",
      [
        "java.lang.Exception: outer", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)",
        "Caused by: T11$NoStack: no stack", "Caused by: java.io.IOException: inner", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.main(C.java:2)", "",
      ],
      "java\njava.lang.Exception|outer|2\nT11$NoStack|no stack|0|caused_by 0\njava.io.IOException|inner|2|caused_by 1"
    ),
    Case(
      "a header that announces another",
      [
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed",
        "java.lang.IllegalStateException: calling failed:", "java.io.IOException: b",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)",
        "2026-03-05 10:11:12,345 ERROR [main] c.a.B - failed", "",
      ],
      "java\njava.lang.IllegalStateException|calling failed:⏎java.io.IOException: b|2"),
    Case(
      "a text that begins with a header",
      [
        "{\"stack_trace\": \"java.lang.IllegalStateException: a\\njava.io.IOException: b\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.main(C.java:2)\\n\"}",
        "",
      ],
      "java\njava.lang.IllegalStateException|a⏎java.io.IOException: b|2"),
    Case(
      "a lower-case word before a class",
      ["failed: com.acme.PlainBoom: default", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)", ""],
      "java\ncom.acme.PlainBoom|default|2"),
    Case(
      "an indented line of a message",
      [
        "MyFailure: l1: Expected: is <3>", "     but: was <4>", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.main(C.java:2)", "",
      ],
      "java\nMyFailure|l1: Expected: is <3>⏎     but: was <4>|2"),
    Case(
      "rows of a message",
      ["MyException: rows:", "  a: 1", "  b: 2", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)", ""],
      "java\nMyException|rows:⏎  a: 1⏎  b: 2|2"),
    Case(
      "an own text with braces",
      ["ToStr{code=17, m=m}", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)", ""],
      "java type_missing\n-|ToStr{code=17, m=m}|2"),
    Case(
      "a header in three pieces",
      [
        "2024-03-05T10:11:12.345678901Z stderr P Traceba",
        "2024-03-05T10:11:12.345678901Z stderr P ck (most recent",
        "2024-03-05T10:11:12.345678901Z stderr F  call last):",
        "2024-03-05T10:11:12.345678901Z stderr F   File \"x.py\", line 3, in f",
        "2024-03-05T10:11:12.345678901Z stderr F     g()",
        "2024-03-05T10:11:12.345678901Z stderr F KeyError: 'a'", "",
      ],
      "python +message_end_guessed\nKeyError|'a'|1"),
    Case(
      "pieces of ten bytes",
      [
        "{\"log\":\"Traceback \",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"(most rece\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"nt call la\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"st):\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"  File \\\"x.\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"py\\\", line \",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"3, in f\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"    g()\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"KeyError: \",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}",
        "{\"log\":\"'a'\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12Z\"}", "",
      ],
      "python +message_end_guessed\nKeyError|'a'|1"),
    Case(
      "a container's id",
      [
        "{\"message\":\"java.lang.IllegalStateException: a\",\"container\":{\"id\":\"aa\"}}",
        "{\"message\":\"java.lang.IllegalArgumentException: b\",\"container\":{\"id\":\"bb\"}}",
        "{\"message\":\"\\tat a.b.C.d(C.java:1)\",\"container\":{\"id\":\"aa\"}}",
        "{\"message\":\"\\tat q.r.S.t(S.java:9)\",\"container\":{\"id\":\"bb\"}}",
        "{\"message\":\"\\tat a.b.C.main(C.java:2)\",\"container\":{\"id\":\"aa\"}}",
        "{\"message\":\"\\tat q.r.S.main(S.java:3)\",\"container\":{\"id\":\"bb\"}}",
        "{\"message\":\"Caused by: java.io.IOException: x\",\"container\":{\"id\":\"aa\"}}",
        "{\"message\":\"Caused by: java.lang.Error: y\",\"container\":{\"id\":\"bb\"}}",
        "{\"message\":\"\\t... 2 more\",\"container\":{\"id\":\"aa\"}}",
        "{\"message\":\"\\t... 2 more\",\"container\":{\"id\":\"bb\"}}", "",
      ],
      "java\njava.lang.IllegalStateException|a|2\njava.io.IOException|x|0|caused_by 0|elided 2\njava\njava.lang.IllegalArgumentException|b|2\njava.lang.Error|y|0|caused_by 0|elided 2"
    ),
    Case(
      "a circular cause at the end of a cell",
      [
        "\"@timestamp\",message,level",
        "\"Mar 5, 2026 @ 10:11:12.345\",\"2026-03-05 10:11:12,345 ERROR [main] c.a.O - order failed",
        "java.lang.Exception: a", "\tat a.b.C.d(C.java:1)",
        "Caused by: [CIRCULAR REFERENCE: java.lang.Exception: b]\",INFO", "",
      ],
      "java\njava.lang.Exception|a|1\njava.lang.Exception|b|0|caused_by 0|circular"),
    Case(
      "prose with two words like frames",
      [
        "2026-03-05 10:11:12,345 INFO [main] c.a.B - Rate limit at api.github.com(443) and at api.gitlab.com(443)",
        "",
      ],
      ""),
    Case(
      "prose with a file and a frame",
      ["opened File \"a\" at com.x.y(z)", ""],
      ""),
    Case(
      "a logger's own stack below an exception without one",
      [
        "2024-01-02 03:04:04,100 WARN  [x] c.a.Client - retrying after java.io.IOException: reset",
        "2024-01-02 03:04:05,100 INFO  [y] c.a.Pool - connection was taken here:", "\tat a.b.C.d(C.java:3)",
        "\tat a.b.C.main(C.java:2)", "2024-01-02 03:04:06,100 INFO  [y] c.a.Pool - x", "",
      ],
      "java missing_header\n-|-|2"),
    Case(
      "an indented header without a package",
      [
        "Last output:", "    ValidationError: no name", "    \tat a.b.C.d(C.java:3)",
        "    \tat a.b.C.main(C.java:2)", "",
      ],
      "java\nValidationError|no name|2"),
    Case(
      "a number that only ends like a host's id",
      [
        "{\"ghost.id\":1,\"level\":\"ERROR\",\"message\":\"a.b.XException: y\"}",
        "{\"ghost.id\":2,\"level\":\"ERROR\",\"message\":\"\\tat a.b.C.d(C.java:3)\"}",
        "{\"ghost.id\":3,\"level\":\"ERROR\",\"message\":\"\\tat a.b.C.e(C.java:4)\"}", "",
      ],
      "java\na.b.XException|y|2"),
  ]
}
