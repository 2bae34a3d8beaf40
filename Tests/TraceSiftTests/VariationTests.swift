import ScanSupport
import Testing

/// Variations of what other tests have: several texts on a line, what stands before a trace, what was cut off.
@Suite struct VariationTests {
  typealias Case = ContainerTests.Case

  @Test(arguments: onOneLine + wrapped + cut + messages) func records(_ test: Case) {
    #expect(summary(scan(test.text)) == test.records)
  }

  static let wrapped = [
    Case(
      "remote traceback behind a log line",
      [
        "2025-06-07 08:09:10 ERROR job failed: multiprocessing.pool.RemoteTraceback: ", "\"\"\"",
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "ValueError: x",
        "\"\"\"", "", "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/b.py\", line 4, in h", "    k()", "ValueError: x",
        "",
      ],
      "python +message_end_guessed +embedded_trace\nmultiprocessing.pool.RemoteTraceback|⏎\"\"\"⏎Traceback (most recent call last):⏎  File \"/a.py\", line 3, in f⏎    g()⏎ValueError: x⏎\"\"\"|0\n> python\n> ValueError|x|1\nValueError|x|1|cause 0"
    ),
    Case(
      "quoted by nginx",
      [
        "2025/06/07 08:09:10 [error] 7#7: *1 FastCGI sent in stderr: \"Traceback (most recent call last):",
        "  File \"/a.py\", line 3, in f", "    g()", "ValueError: x",
        "\" while reading response header from upstream", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "quoted and closed on the last line",
      [
        "app said \"Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "ValueError: x\"", "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "GitHub's error before a class",
      ["##[error]java.lang.IllegalStateException: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:1)", ""],
      "java\njava.lang.IllegalStateException|x|2"),
    Case(
      "Jenkins's two blanks",
      [
        "10:11:12  Traceback (most recent call last):", "10:11:12    File \"/a.py\", line 3, in f",
        "10:11:12      g()", "10:11:12  ValueError: one", "10:11:12  two", "10:11:13  Build step failed", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|one⏎two⏎Build step failed|1"),
    Case(
      "CSV, a traceback as the message",
      [
        "id,err", "1,\"java.lang.IllegalStateException: worker said: Traceback (most recent call last):",
        "  File \"\"/w.py\"\", line 3, in run", "    go()", "ValueError: bad", "\tat com.acme.A.b(A.java:1)",
        "\tat com.acme.A.c(A.java:2)\"", "",
      ],
      "java +embedded_trace\njava.lang.IllegalStateException|worker said: Traceback (most recent call last):⏎  File \"/w.py\", line 3, in run⏎    go()⏎ValueError: bad|2\n> python\n> ValueError|bad|1"
    ),
    Case(
      "SQL, a traceback as the message",
      [
        "INSERT INTO e VALUES (1, 'org.apache.spark.api.python.PythonException: Traceback (most recent call last):",
        "  File \"/w.py\", line 3, in run", "    go()", "ValueError: it''s bad", "",
        "\tat com.acme.A.b(A.java:1)", "\tat com.acme.A.c(A.java:2)", "', 3);", "",
      ],
      "java +embedded_trace\norg.apache.spark.api.python.PythonException|Traceback (most recent call last):⏎  File \"/w.py\", line 3, in run⏎    go()⏎ValueError: it's bad⏎|2\n> python\n> ValueError|it's bad|1"
    ),
    Case(
      "IPython, indented",
      [
        "    ---------------------------------------------------------------------------",
        "    KeyError                                  Traceback (most recent call last)",
        "    <ipython-input-3-ab12> in <module>", "          1 x = {}", "    ----> 2 x['a']", "    ",
        "    /usr/lib/python3/foo.py in __getitem__(self, k)", "        345     def __getitem__(self, k):",
        "    --> 346         raise KeyError(k)", "        347 ", "    ", "    KeyError: 'a'", "",
      ],
      "python +message_end_guessed\nKeyError|'a'|2"),
    Case(
      "jshell behind a prefix",
      [
        "2025-06-07T08:09:10.1234567Z |  Exception java.lang.ArithmeticException: / by zero",
        "2025-06-07T08:09:10.1234567Z |        at f (#1:1)",
        "2025-06-07T08:09:10.1234567Z |        at (#2:1)",
        "2025-06-07T08:09:10.1234567Z |  Caused by: java.io.IOException: x",
        "2025-06-07T08:09:10.1234567Z |        at g (#3:1)", "2025-06-07T08:09:10.1234567Z |        ...", "",
      ],
      "failure java jshell"),
    Case(
      "JRuby in Docker's lines",
      [
        "{\"log\": \"ArithmeticError: divided by 0\\n\", \"stream\": \"stderr\", \"time\": \"2025-06-07T08:09:10Z\"}",
        "{\"log\": \"                     forInputString at java/lang/NumberFormatException.java:67\\n\", \"stream\": \"stderr\", \"time\": \"2025-06-07T08:09:10Z\"}",
        "{\"log\": \"                           parseInt at java/lang/Integer.java:668\\n\", \"stream\": \"stderr\", \"time\": \"2025-06-07T08:09:10Z\"}",
        "{\"log\": \"                             <main> at j.rb:3\\n\", \"stream\": \"stderr\", \"time\": \"2025-06-07T08:09:10Z\"}",
        "",
      ],
      "failure java unsupported_format"),
    Case(
      "logcat's stream",
      [
        "E/AndroidRuntime( 1234): FATAL EXCEPTION: main",
        "E/AndroidRuntime( 1234): java.lang.RuntimeException: Unable to start",
        "E/Other( 1235): java.lang.NullPointerException",
        "E/AndroidRuntime( 1234): \tat android.app.ActivityThread.main(ActivityThread.java:1)",
        "E/Other( 1235): \tat a.b.C.d(Unknown Source:4)",
        "E/AndroidRuntime( 1234): Caused by: java.lang.IllegalStateException",
        "E/AndroidRuntime( 1234): \tat a.B.c(SourceFile:3)", "E/AndroidRuntime( 1234): \t... 1 more",
        "E/Other( 1235): \tat a.b.C.e(Native Method)", "",
      ],
      "java +obfuscated\njava.lang.RuntimeException|Unable to start|1\njava.lang.IllegalStateException|-|1|caused_by 0|elided 1\njava\njava.lang.NullPointerException|-|2"
    ),
    Case(
      "blanks that are no break",
      ["java.lang.Error: x", "  at a.B.c(B.java:1)", "  at a.B.d(B.java:2)", ""],
      "java\njava.lang.Error|x|2"),
    Case(
      "C# in a field for a trace",
      [
        "{\"stack_trace\":\"System.NullReferenceException: Object reference not set\\n   at Acme.Foo.Bar(String s) in C:\\\\x.cs:line 9\\n   at Acme.Program.Main()\\n\"}",
        "",
      ],
      "failure other not_a_trace_text"),
  ]

  static let cut = [
    Case(
      "frames left out, indented mark",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "  ... (23 lines omitted)", "  File \"/a.py\", line 9, in g", "    h()", "ValueError: one", "",
      ],
      "python truncated_by_marker +message_end_guessed\nValueError|one|2"),
    Case(
      "frames left out, mark at the margin",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "... (23 lines omitted)", "  File \"/a.py\", line 9, in g", "    h()", "ValueError: one", "",
      ],
      "python truncated_by_marker +message_end_guessed\nValueError|one|2"),
    Case(
      "the header's start is missing",
      [
        "raceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "AppError: mid", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/a.py\", line 11, in c", "    h()", "KeyError: 'x'",
        "",
      ],
      "python missing_header +message_end_guessed\nAppError|mid|1\nKeyError|'x'|1|context 0"),
    Case(
      "a box that begins with a source line",
      [
        "  |     f()", "  | ExceptionGroup: many (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------", "    | ValueError: 0",
        "    +---------------- 2 ----------------", "    | ValueError: 1",
        "    +------------------------------------", "",
      ],
      "python missing_header\nExceptionGroup|many (2 sub-exceptions)|0\nValueError|0|0|member 0\nValueError|1|0|member 0"
    ),
    Case(
      "a block's exception without the rest of it",
      [
        "    g()", "ValueError: one", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "KeyError: 'k'",
        "",
      ],
      "python missing_header +message_end_guessed\nValueError|one|0\nKeyError|'k'|1|context 0"),
    Case(
      "a list's document without its start",
      [
        " \"message\": \"m\",", " \"stacktrace\": [", "  \"Traceback (most recent call last):\",",
        "  \"  File \\\"/a.py\\\", line 11, in c\",", "  \"    f()\",", "  \"AppError: msg\"", " ]", "}", "",
      ],
      "python +message_end_guessed\nAppError|msg|1"),
    Case(
      "a list without its start",
      [
        "  \"  File \\\"/a.py\\\", line 11, in c\",", "  \"    f()\",",
        "  \"  File \\\"/a.py\\\", line 12, in d\",", "  \"    g()\",", "  \"ValueError: x\"", " ]", "}", "",
      ],
      "python missing_header +message_end_guessed\nValueError|x|2"),
    Case(
      "one line cut, the log goes on",
      [
        "2025-06-07 08:09:10 ERROR failed: java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.ja",
        "2025-06-07 08:09:11 INFO ok", "",
      ],
      "java truncated_line\njava.lang.Error|x|1"),
    Case(
      "three dots between frames",
      [
        "java.lang.IllegalStateException: one", "\tat com.acme.A.b(A.java:1)", "\t...",
        "\tat com.acme.A.c(A.java:2)", "",
      ],
      "java truncated_by_marker\njava.lang.IllegalStateException|one|2"),
  ]

  static let messages = [
    Case(
      "a document with a trace on the header's line",
      [
        "2025-06-07 08:09:10 ERROR x",
        "java.lang.Error: {\"stack_trace\":\"java.io.IOException: q\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\"}",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|{\"stack_trace\":\"java.io.IOException: q\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\"}|2"
    ),
    Case(
      "escaped frames on the header's line",
      [
        "2025-06-07 08:09:10 ERROR x",
        "java.lang.Error: remote: java.io.IOException: q\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|remote: java.io.IOException: q\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)|2"
    ),
    Case(
      "percent escapes on the header's line",
      [
        "2025-06-07 08:09:10 ERROR x", "org.x.HttpException: a%0A%09at b.C.d(E.java:1)",
        "\tat a.B.e(B.java:3)", "\tat a.B.f(B.java:3)", "",
      ],
      "java\norg.x.HttpException|a%0A%09at b.C.d(E.java:1)|2"),
    Case(
      "another stack trace printed into the message",
      [
        "java.lang.RuntimeException: java.lang.A: x", "\tat a.b.C.d(E.java:1)", "Caused by: java.lang.B: y",
        "\tat a.b.C.e(E.java:1)", "\t... 3 more", "", "\tat Lg.lambda$main$4(Lg.java:9)",
        "\tat Lg.go(Lg.java:5)", "\tat Lg.main(Lg.java:9)",
        "\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)",
        "\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:77)",
        "\tat java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)",
        "\tat java.base/java.lang.reflect.Method.invoke(Method.java:569)",
        "\tat jdk.compiler/com.sun.tools.javac.launcher.Main.execute(Main.java:419)",
        "\tat jdk.compiler/com.sun.tools.javac.launcher.Main.run(Main.java:192)",
        "\tat jdk.compiler/com.sun.tools.javac.launcher.Main.main(Main.java:132)", "",
      ],
      "java +embedded_trace\njava.lang.RuntimeException|java.lang.A: x⏎→at a.b.C.d(E.java:1)⏎Caused by: java.lang.B: y⏎→at a.b.C.e(E.java:1)⏎→... 3 more⏎|10\n> java\n> java.lang.A|x|1\n> java.lang.B|y|1|caused_by 0|elided 3"
    ),
    Case(
      "plain, group, plain",
      [
        "Traceback (most recent call last):", "  File \"/srv/app/g2.py\", line 8, in a",
        "    try: 1/0", "         ~^~", "ZeroDivisionError: division by zero", "",
        "During handling of the above exception, another exception occurred:", "",
        "  + Exception Group Traceback (most recent call last):",
        "  |   File \"/srv/app/g2.py\", line 9, in a",
        "  |     except Exception: raise ExceptionGroup('many',[ValueError('v')])",
        "  |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  | ExceptionGroup: many (1 sub-exception)", "  +-+---------------- 1 ----------------",
        "    | ValueError: v", "    +------------------------------------", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/g2.py\", line 4, in out",
        "    try: f()", "         ~^^", "  File \"/srv/app/g2.py\", line 10, in a",
        "    except Exception as e: raise KeyError(1) from e",
        "                           ^^^^^^^^^^^^^^^^^^^^^^^^", "KeyError: 1", "",
      ],
      "python +message_end_guessed\nZeroDivisionError|division by zero|1\nExceptionGroup|many (1 sub-exception)|1|context 0\nValueError|v|0|member 1\nKeyError|1|2|cause 1"
    ),
    Case(
      "plain, group, group, plain",
      [
        "Traceback (most recent call last):", "  File \"/srv/app/g3.py\", line 16, in f",
        "    else: raise (EG('g%d'%i) if k=='G' else AppError('p%d'%i))",
        "          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^", "AppError: p0", "",
        "The above exception was the direct cause of the following exception:", "",
        "  + Exception Group Traceback (most recent call last):",
        "  |   File \"/srv/app/g3.py\", line 14, in f", "  |     try: raise cur",
        "  |          ^^^^^^^^^", "  |   File \"/srv/app/g3.py\", line 12, in f",
        "  |     if cur is not None and i%2: raise (EG('g%d'%i) if k=='G' else AppError('p%d'%i)) from cur",
        "  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  | ExceptionGroup: g1 (2 sub-exceptions)", "  +-+---------------- 1 ----------------",
        "    | ValueError: g11", "    +---------------- 2 ----------------", "    | TypeError: g12",
        "    +------------------------------------", "",
        "During handling of the above exception, another exception occurred:", "",
        "  + Exception Group Traceback (most recent call last):",
        "  |   File \"/srv/app/g3.py\", line 15, in f",
        "  |     except Exception: raise (EG('g%d'%i) if k=='G' else AppError('p%d'%i))",
        "  |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  | ExceptionGroup: g2 (2 sub-exceptions)", "  +-+---------------- 1 ----------------",
        "    | ValueError: g21", "    +---------------- 2 ----------------", "    | TypeError: g22",
        "    +------------------------------------", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/g3.py\", line 4, in out",
        "    try: f()", "         ~^^", "  File \"/srv/app/g3.py\", line 18, in f", "    raise cur",
        "  File \"/srv/app/g3.py\", line 12, in f",
        "    if cur is not None and i%2: raise (EG('g%d'%i) if k=='G' else AppError('p%d'%i)) from cur",
        "                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "AppError: p3", "",
      ],
      "python +message_end_guessed\nAppError|p0|1\nExceptionGroup|g1 (2 sub-exceptions)|2|cause 0\nValueError|g11|0|member 1\nTypeError|g12|0|member 1\nExceptionGroup|g2 (2 sub-exceptions)|1|context 1\nValueError|g21|0|member 4\nTypeError|g22|0|member 4\nAppError|p3|3|cause 4"
    ),
    Case(
      "a last word that is no type",
      [
        "java.lang.IllegalStateException: ml", "\tat fake.Cls.m(Cls.java:1)", "end",
        "\tat com.acme.A.b(A.java:1)", "\tat com.acme.A.c(A.java:2)", "",
      ],
      "java\njava.lang.IllegalStateException|ml|1\njava type_missing\n-|end|2"),
    Case(
      "a last word before elided frames",
      [
        "java.lang.IllegalStateException: top", "\tat com.acme.A.b(A.java:1)", "\tat com.acme.A.c(A.java:2)",
        "Caused by: java.io.IOException: ml", "\tat fake.Cls.m(Cls.java:1)", "end",
        "\tat com.acme.A.z(A.java:1)", "\t... 1 more", "Caused by: java.io.IOException: ml2",
        "\tat fake.Cls.m(Cls.java:1)", "end", "\t... 2 more", "",
      ],
      "java\njava.lang.IllegalStateException|top|2\njava.io.IOException|ml|1|caused_by 0\njava type_missing ambiguous_nesting\n-|end|1|elided 1\njava.io.IOException|ml2|1|caused_by 0|elided 2"
    ),
    Case(
      "the JVM ends itself",
      ["Terminating due to java.lang.OutOfMemoryError: Java heap space", ""],
      "java no_frames +no_frames\njava.lang.OutOfMemoryError|Java heap space|0"),
    Case(
      "nested too deep",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "ValueError: lvl0:", "Traceback (most recent call last):", "  File \"/a0.py\", line 3, in f",
        "    g()", "ValueError: lvl1:", "Traceback (most recent call last):",
        "  File \"/a1.py\", line 3, in f", "    g()", "ValueError: lvl2:",
        "Traceback (most recent call last):", "  File \"/a2.py\", line 3, in f", "    g()",
        "ValueError: lvl3:", "Traceback (most recent call last):", "  File \"/a3.py\", line 3, in f",
        "    g()", "ValueError: lvl4:", "Traceback (most recent call last):",
        "  File \"/a4.py\", line 3, in f", "    g()", "ValueError: lvl5:",
        "Traceback (most recent call last):", "  File \"/a5.py\", line 3, in f", "    g()",
        "ValueError: lvl6:", "Traceback (most recent call last):", "  File \"/a6.py\", line 3, in f",
        "    g()", "ValueError: lvl7:", "Traceback (most recent call last):",
        "  File \"/a7.py\", line 3, in f", "    g()", "KeyError: end", "2025-06-07 08:09:10 INFO x", "",
      ],
      "python +embedded_trace +possible_notes +nesting_capped\nValueError|lvl0:⏎Traceback (most recent call last):⏎  File \"/a0.py\", line 3, in f⏎    g()⏎ValueError: lvl1:⏎Traceback (most recent call last):⏎  File \"/a1.py\", line 3, in f⏎    g()⏎ValueError: lvl2:⏎Traceback (most recent call last):⏎  File \"/a2.py\", line 3, in f⏎    g()⏎ValueError: lvl3:⏎Traceback (most recent call last):⏎  File \"/a3.py\", line 3, in f⏎    g()⏎ValueError: lvl4:⏎Traceback (most recent call last):⏎  File \"/a4.py\", line 3, in f⏎    g()⏎ValueError: lvl5:⏎Traceback (most recent call last):⏎  File \"/a5.py\", line 3, in f⏎    g()⏎ValueError: lvl6:⏎Traceback (most recent call last):⏎  File \"/a6.py\", line 3, in f⏎    g()⏎ValueError: lvl7:⏎Traceback (most recent call last):⏎  File \"/a7.py\", line 3, in f⏎    g()⏎KeyError: end|1\n> python\n> ValueError|lvl1:⏎Traceback (most recent call last):⏎  File \"/a1.py\", line 3, in f⏎    g()⏎ValueError: lvl2:⏎Traceback (most recent call last):⏎  File \"/a2.py\", line 3, in f⏎    g()⏎ValueError: lvl3:⏎Traceback (most recent call last):⏎  File \"/a3.py\", line 3, in f⏎    g()⏎ValueError: lvl4:⏎Traceback (most recent call last):⏎  File \"/a4.py\", line 3, in f⏎    g()⏎ValueError: lvl5:⏎Traceback (most recent call last):⏎  File \"/a5.py\", line 3, in f⏎    g()⏎ValueError: lvl6:⏎Traceback (most recent call last):⏎  File \"/a6.py\", line 3, in f⏎    g()⏎ValueError: lvl7:⏎Traceback (most recent call last):⏎  File \"/a7.py\", line 3, in f⏎    g()⏎KeyError: end|1\n> > python\n> > ValueError|lvl2:⏎Traceback (most recent call last):⏎  File \"/a2.py\", line 3, in f⏎    g()⏎ValueError: lvl3:⏎Traceback (most recent call last):⏎  File \"/a3.py\", line 3, in f⏎    g()⏎ValueError: lvl4:⏎Traceback (most recent call last):⏎  File \"/a4.py\", line 3, in f⏎    g()⏎ValueError: lvl5:⏎Traceback (most recent call last):⏎  File \"/a5.py\", line 3, in f⏎    g()⏎ValueError: lvl6:⏎Traceback (most recent call last):⏎  File \"/a6.py\", line 3, in f⏎    g()⏎ValueError: lvl7:⏎Traceback (most recent call last):⏎  File \"/a7.py\", line 3, in f⏎    g()⏎KeyError: end|1\n> > > python\n> > > ValueError|lvl3:⏎Traceback (most recent call last):⏎  File \"/a3.py\", line 3, in f⏎    g()⏎ValueError: lvl4:⏎Traceback (most recent call last):⏎  File \"/a4.py\", line 3, in f⏎    g()⏎ValueError: lvl5:⏎Traceback (most recent call last):⏎  File \"/a5.py\", line 3, in f⏎    g()⏎ValueError: lvl6:⏎Traceback (most recent call last):⏎  File \"/a6.py\", line 3, in f⏎    g()⏎ValueError: lvl7:⏎Traceback (most recent call last):⏎  File \"/a7.py\", line 3, in f⏎    g()⏎KeyError: end|1\n> > > > python\n> > > > ValueError|lvl4:⏎Traceback (most recent call last):⏎  File \"/a4.py\", line 3, in f⏎    g()⏎ValueError: lvl5:⏎Traceback (most recent call last):⏎  File \"/a5.py\", line 3, in f⏎    g()⏎ValueError: lvl6:⏎Traceback (most recent call last):⏎  File \"/a6.py\", line 3, in f⏎    g()⏎ValueError: lvl7:⏎Traceback (most recent call last):⏎  File \"/a7.py\", line 3, in f⏎    g()⏎KeyError: end|1"
    ),
    Case(
      "what Lambda writes behind",
      [
        "[ERROR]\t2025-06-07T08:09:10.1Z\t8c1a-uuid\tTraceback (most recent call last):",
        "  File \"pg.py\", line 11, in c", "    try: f()", "  File \"pg.py\", line 29, in <lambda>",
        "    for k,m in ms.items(): c('msg_'+k,lambda: raiser(m if sys.version_info[0]>2 else m.encode('utf-8') if isinstance(m,type(u'')) else m))",
        "  File \"pg.py\", line 9, in raiser", "    def raiser(m): raise AppError(m)", "AppError: : x: y",
        "END RequestId: 8c1a", "",
      ],
      "python\nAppError|: x: y|3"),
    Case(
      "SQLAlchemy",
      [
        "Traceback (most recent call last):", "  File \"/srv/app/pg.py\", line 11, in c",
        "    try: f()", "         ^^^", "  File \"/srv/app/pg.py\", line 29, in <lambda>",
        "    for k,m in ms.items(): c('msg_'+k,lambda: raiser(m if sys.version_info[0]>2 else m.encode('utf-8') if isinstance(m,type(u'')) else m))",
        "                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  File \"/srv/app/pg.py\", line 9, in raiser", "    def raiser(m): raise AppError(m)",
        "                   ^^^^^^^^^^^^^^^^^",
        "sqlalchemy.exc.IntegrityError: (psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint \"u\"",
        "DETAIL:  Key (id)=(1) already exists.", "", "[SQL: INSERT INTO t (id) VALUES (%(id)s)]",
        "[parameters: {'id': 1}]", "(Background on this error at: https://sqlalche.me/e/20/gkpj)",
        "2026-03-05 INFO x", "",
      ],
      "python +possible_notes\nsqlalchemy.exc.IntegrityError|(psycopg2.errors.UniqueViolation) duplicate key value violates unique constraint \"u\"⏎DETAIL:  Key (id)=(1) already exists.⏎⏎[SQL: INSERT INTO t (id) VALUES (%(id)s)]⏎[parameters: {'id': 1}]⏎(Background on this error at: https://sqlalche.me/e/20/gkpj)|3"
    ),
  ]

  static let onOneLine = [
    Case(
      "a tuple whose first text has an end of its own",
      [
        "2025-06-07 08:09:10 INFO ('a\\n', 'Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\n  File \"/a.py\", line 4, in g\\n    h()\\nValueError: x\\n')",
        "",
      ],
      "python +message_end_guessed\nValueError|x|2"),
    Case(
      "bytes before bytes",
      [
        "stdout=b'12\\n34\\n' stderr=b'Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: x\\n'",
        "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "a dictionary",
      [
        "{'out': 'line1\\nline2\\n', 'err': 'Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: x\\n'}",
        "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "key=value, quoted before",
      [
        "level=error out=\"ok\\n\" err=\"java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\"",
        "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a quoted word and the trace in the open",
      [
        "see \"a\\n\" and Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\n  File \"/a.py\", line 4, in g\\n    h()\\nValueError: x",
        "",
      ],
      "python +message_end_guessed\nValueError|x|2"),
    Case(
      "SQL, another column before",
      [
        "INSERT INTO t VALUES ('a\\nb','java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)');",
        "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "structlog, another key before",
      [
        "2025-06-07 08:09:10 [error    ] failed  sql='select\\n1' exc_info='Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: x'",
        "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "CSV, another cell before",
      [
        "\"a\",\"java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\",\"b\\nc\"",
        "\"a\\nb\",\"java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\",\"b\\nc\"", "",
      ],
      "java\njava.lang.Error|x|2\njava\njava.lang.Error|x|2"),
    Case(
      "two keys with traces",
      [
        "err=\"java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\" out=\"ok\\n\" err2=\"java.lang.Error: y\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\"",
        "",
      ],
      "java\njava.lang.Error|x|2\njava\njava.lang.Error|y|2"),
    Case(
      "one of each language",
      [
        "err='java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)' err2='Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: x\\n'",
        "",
      ],
      "java\njava.lang.Error|x|2\npython +message_end_guessed\nValueError|x|1"),
    Case(
      "a list of pairs",
      [
        "[('Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: x\\n', 1), ('Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: y\\n', 2)]",
        "",
      ],
      "python +message_end_guessed\nValueError|x|1\npython +message_end_guessed\nValueError|y|1"),
    Case(
      "two rows of SQL",
      [
        "INSERT INTO t VALUES (1,'java.lang.Error: x\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)'),(2,'java.lang.Error: y\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)');",
        "",
      ],
      "java\njava.lang.Error|x|2\njava\njava.lang.Error|y|2"),
    Case(
      "two elements of a page",
      [
        "<pre>java.lang.Error: x<br>&nbsp;&nbsp;at a.B.c(B.java:1)<br>&nbsp;&nbsp;at a.B.d(B.java:2)</pre><pre>Traceback (most recent call last):<br>&nbsp;&nbsp;File &quot;/a.py&quot;, line 3, in f<br>&nbsp;&nbsp;&nbsp;&nbsp;g()<br>ValueError: x</pre>",
        "",
      ],
      "java\njava.lang.Error|x|2\npython +message_end_guessed\nValueError|x|1"),
    Case(
      "two attributes",
      [
        "<e a=\"java.lang.Error: x&#10;&#9;at a.B.c(B.java:1)&#10;&#9;at a.B.d(B.java:2)\" b=\"java.lang.Error: y&#10;&#9;at a.B.c(B.java:1)&#10;&#9;at a.B.d(B.java:2)\"/>",
        "",
      ],
      "java\njava.lang.Error|x|2\njava\njava.lang.Error|y|2"),
    Case(
      "bytes alone on the line",
      [
        "b'Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: \\xc3\\xa9 x\\n'",
        "",
      ],
      "python +message_end_guessed\nValueError|é x|1"),
    Case(
      "a literal within a log",
      [
        "2025-06-07 08:09:10 INFO x",
        "b'Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: it\\'s\\n'",
        "2025-06-07 08:09:10 INFO y", "",
      ],
      "python +message_end_guessed\nValueError|it's|1"),
    Case(
      "tabs lost, rsyslog",
      ["Jun  7 08:09:10 web01 app[77]: java.lang.Error: x#012at a.B.c(B.java:1)#012at a.B.d(B.java:2)", ""],
      "java\njava.lang.Error|x|2"),
    Case(
      "tabs lost, bars",
      [
        "java.lang.Error: x|at a.B.c(B.java:1)|at a.B.d(B.java:2)|Caused by: java.io.IOException: y|... 1 more",
        "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|0|caused_by 0|elided 1"),
    Case(
      "nginx's access log",
      [
        "172.17.0.1 - - [07/Jun/2025:08:09:10 +0000] \"GET /x HTTP/1.1\" 500 12 \"-\" \"java.lang.Error: x\\x0A\\x09at a.B.c(B.java:1)\\x0A\\x09at a.B.d(B.java:1)\"",
        "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "IPython, literal line ends",
      [
        "2025-06-07 08:09:10 ERROR failed: ZeroDivisionError                         Traceback (most recent call last)\\nCell In[1], line 5\\n      2     return a/b\\n      4 def g():\\n----> 5     f(1,0)\\n\\nCell In[1], line 2, in f(a, b)\\n      1 def f(a,b):\\n----> 2     return a/b\\n\\nZeroDivisionError: division by zero",
        "",
      ],
      "python +message_end_guessed\nZeroDivisionError|division by zero|2"),
    Case(
      "IPython, key=value",
      [
        "level=error err=\"---------------------------------------------------------------------------\\nKeyError                                  Traceback (most recent call last)\\n<ipython-input-3-ab12> in <module>\\n      1 x = {}\\n----> 2 x['a']\\n\\n/usr/lib/python3/foo.py in __getitem__(self, k)\\n    345     def __getitem__(self, k):\\n--> 346         raise KeyError(k)\\n    347 \\n\\nKeyError: 'a'\" a=1",
        "",
      ],
      "python +message_end_guessed\nKeyError|'a'|2"),
    Case(
      "a number of a character that is none",
      [
        "2025-06-07 08:09:10 ERROR exc_info='Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: it\\'s \\xzz bad'",
        "",
      ],
      "python bad_escape +message_end_guessed\nValueError|it's \\xzz bad|1"),
    Case(
      "a string of JSON whose start is cut off",
      [
        "n occurred:\\n\\nTraceback (most recent call last):\\n  File \\\"/a.py\\\", line 11, in c\\n    f()\\nKeyError: 'x'\\n\"},\"msg\":\"m\",\"v\":0}",
        "{\"a\":1}", "",
      ],
      "python +message_end_guessed\nKeyError|'x'|1"),
    Case(
      "the same, JVM",
      [
        "xx\\njava.lang.Error: a\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:1)\\nCaused by: java.io.IOException: z\\n\\t... 3 more\\n\",\"msg\":\"m\"}",
        "",
      ],
      "java\njava.lang.Error|a|2\njava.io.IOException|z|0|caused_by 0|elided 3"),
  ]
}
