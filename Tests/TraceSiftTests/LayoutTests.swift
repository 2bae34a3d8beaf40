import ScanSupport
import Testing

/// Layouts that were once unread or misread in logs of real programs: each text, and the records that must come out of it.
@Suite struct LayoutTests {
  typealias Case = ContainerTests.Case

  @Test(arguments: oneLine + carried + strings + markup + cuts + surroundings + layouts)
  func records(_ case: Case) {
    #expect(summary(scan(`case`.text)) == `case`.records)
  }

  static let oneLine = [
    Case(
      "an escape in a string of the source, beside rsyslog's line ends",
      [
        "Mar  5 10:11:12 host app[1]: Traceback (most recent call last):#012  File \"/a.py\", line 3, in f#012    raise E(\"\\n  Hint: begin\\n  at once\")#012OrderError: #012  Hint: begin#012  at once",
        "",
      ],
      "python +message_end_guessed +possible_notes\nOrderError|⏎  Hint: begin⏎  at once|1"),
    Case(
      "escapes in strings of the source, beside those of the lines",
      [
        "ERROR x Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g(\"x\\n\\ny: z\", 'b')\\n  File \"/a.py\", line 4, in g\\n    raise E(\"one\\ntwo\")  # don't\\napp.E: one\\ntwo",
        "",
      ],
      "python +message_end_guessed +possible_notes\napp.E|one⏎two|2"),
    Case(
      "a group of exceptions below its cause, escaped",
      [
        "ERROR x Traceback (most recent call last):\\n  File \"/a.py\", line 3, in f\\n    g()\\nValueError: a\\n\\nThe above exception was the direct cause of the following exception:\\n\\n  + Exception Group Traceback (most recent call last):\\n  |   File \"/a.py\", line 9, in h\\n  |     raise ExceptionGroup(\"a\\nb\", [E()])\\n  | ExceptionGroup: a\\n  | b (1 sub-exception)\\n  +-+---------------- 1 ----------------\\n    | app.E\\n    +------------------------------------",
        "",
      ],
      "python +possible_notes\nValueError|a|1\nExceptionGroup|a⏎b (1 sub-exception)|1|cause 0\napp.E|-|0|member 1"
    ),
    Case(
      "a cell whose trace does not begin it",
      [
        "id,trace", "1,\"some text", "java.lang.IllegalStateException: boom", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.e(C.java:2)\",x", "2,\"ok\",y", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2"),
    Case(
      "a cell whose trace does not begin it doubles its quotes",
      [
        "2026-03-05,\"10:11:12 ERROR [main] c.a.O - failed",
        "java.lang.IllegalStateException: \"\"x\"\" is null",
        "\tat a.b.C.d(C.java:1)", "Caused by: java.io.IOException: \"\"\"\" read", "\t... 2 more\",ERROR",
        "2,\"ok\",y", "",
      ],
      "java\njava.lang.IllegalStateException|\"x\" is null|1\njava.io.IOException|\"\" read|0|caused_by 0|elided 2"
    ),
    Case(
      "empty strings in a message below a quote that is closed",
      [
        "10:11:12 ERROR [main] c.a.O - \"x\" failed",
        "java.lang.IllegalStateException: got \"\", wanted \"a\"",
        "\tat a.b.C.d(C.java:1)", "",
      ],
      "java\njava.lang.IllegalStateException|got \"\", wanted \"a\"|1"),
    Case(
      "a cell that ends with an elision",
      [
        "1,\"some text", "java.lang.IllegalStateException: boom", "\tat a.b.C.d(C.java:1)",
        "Caused by: a.B: c", "\tat a.b.C.e(C.java:2)", "\t... 1 more\"", "2,\"ok\"", "",
      ],
      "java\njava.lang.IllegalStateException|boom|1\na.B|c|1|caused_by 0|elided 1"),
    Case(
      "newlines became blanks, the tabs are there",
      [
        "2026-11-26 22:07:46,492 ERROR - request failed java.lang.IllegalStateException: root cause here \tat demo.Cases.l3(Cases.java:9) \tat demo.Cases.run(Cases.java:18) \tat demo.Lb.main(Lb.java:10) \tCaused by: java.io.IOException: disk \tat demo.Cases.l3(Cases.java:9) \t... 2 more ",
        "",
      ],
      "java\njava.lang.IllegalStateException|root cause here|3\njava.io.IOException|disk|1|caused_by 0|elided 2"
    ),
    Case(
      "newlines were removed, the tabs are there",
      [
        "java.lang.RuntimeException: a\tat a.b.C.d(C.java:1)\tat a.b.C.e(C.java:2)Caused by: java.io.IOException: x\tat a.b.C.f(C.java:3)\t... 1 more",
        "",
      ],
      "java\njava.lang.RuntimeException|a|2\njava.io.IOException|x|1|caused_by 0|elided 1"),
    Case(
      "tabs as they are written",
      [
        "ERROR failed java.lang.RuntimeException: a\\tat a.b.C.d(C.java:1)\\tat a.b.C.e(C.java:2)\\tat a.b.C.f(C.java:3)",
        "",
      ],
      "java\njava.lang.RuntimeException|a|3"),
    Case(
      "tabs in a string",
      [
        "{\"message\":\"java.lang.RuntimeException: a\\tat a.b.C.d(C.java:1)\\tat a.b.C.e(C.java:2)\\tat a.b.C.f(C.java:3)\"}",
        "",
      ],
      "java\njava.lang.RuntimeException|a|3"),
    Case(
      "braces in the messages",
      [
        "ERROR failed java.lang.IllegalStateException: {\"code\": 400}\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.e(C.java:2)\\nCaused by: a.b.X: {\"code\": 400}\\n\\tat a.b.C.f(C.java:3)\\n\\t... 1 more",
        "",
      ],
      "java\njava.lang.IllegalStateException|{\"code\": 400}|2\na.b.X|{\"code\": 400}|1|caused_by 0|elided 1"),
    Case(
      "braces before a traceback",
      [
        "ERROR failed {\"code\": 400} Traceback (most recent call last):\\n  File \"/srv/a.py\", line 15, in f\\n    g()\\n  File \"/srv/a.py\", line 48, in g\\n    raise AppError(body)\\nAppError: {\"code\": 400}",
        "",
      ],
      "python +message_end_guessed\nAppError|{\"code\": 400}|2"),
    Case(
      "one frame of Python behind a separator",
      [
        "2026-11-26 22:01:38,899 ERROR request failed | Traceback (most recent call last): |   File \"/srv/a.py\", line 5, in f0 |     g0() | ValueError: bad",
        "",
      ],
      "python +message_end_guessed\nValueError|bad|1"),
    Case(
      "one frame of Python behind blanks",
      [
        "2026-11-26 22:01:38,899 ERROR request failed Traceback (most recent call last):   File \"/srv/a.py\", line 5, in f0     g0() ValueError: bad",
        "",
      ],
      "failure python newlines_lost"),
    Case(
      "one frame of the JVM on its header's line",
      ["2026-11-26 22:01:38 ERROR failed java.lang.IllegalStateException: bad at a.b.C.d(C.java:1)", ""],
      "java newlines_lost\njava.lang.IllegalStateException|bad|1"),
    Case(
      "a Python list",
      [
        "ERROR:root:['Traceback (most recent call last):\\n', '  File \"/srv/a.py\", line 8, in f\\n    g()\\n', '  File \"/srv/a.py\", line 9, in g\\n    d[k]\\n', \"KeyError: 'k'\\n\"]",
        "",
      ],
      "python +message_end_guessed\nKeyError|'k'|2"),
    Case(
      "a Python list of a chain",
      [
        "ERROR:root:['Traceback (most recent call last):\\n', '  File \"/srv/a.py\", line 8, in f\\n    g()\\n', '  File \"/srv/a.py\", line 9, in g\\n    d[k]\\n', 'ValueError: bad\\n', '\\nDuring handling of the above exception, another exception occurred:\\n\\n', 'Traceback (most recent call last):\\n', '  File \"/srv/a.py\", line 8, in f\\n    g()\\n', '  File \"/srv/a.py\", line 9, in g\\n    d[k]\\n', \"KeyError: 'k'\\n\"]",
        "",
      ],
      "python +message_end_guessed\nValueError|bad|2\nKeyError|'k'|2|context 0"),
    Case(
      "percent escapes in small letters",
      [
        "err=java.lang.RuntimeException%3a%20a%0a%09at%20a.b.C.d(C.java%3a1)%0a%09at%20a.b.C.e(C.java%3a2)",
        "",
      ],
      "failure java encoded_payload"),
    Case(
      "quoted-printable",
      ["x java.lang.RuntimeException: m=0A=09at a.B.c(B.java:1)=0A=09at a.B.d(B.java:2)=0A", "foo", ""],
      "failure java encoded_payload"),
  ]

  static let carried = [
    Case(
      "an answer of a server in the header of a trace",
      [
        "feign.FeignException: [500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)", "",
      ],
      "java\nfeign.FeignException|[500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}|2"
    ),
    Case(
      "the same behind a prefix",
      [
        "2026-03-05T10:11:12.345678901Z feign.FeignException: [500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}",
        "2026-03-05T10:11:12.345678901Z \tat a.b.C.d(C.java:1)",
        "2026-03-05T10:11:12.345678901Z \tat a.b.C.main(C.java:2)", "",
      ],
      "java\nfeign.FeignException|[500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}|2"
    ),
    Case(
      "the same in lines of CRI",
      [
        "2026-03-05T10:11:12.345678901Z stdout F feign.FeignException: [500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}",
        "2026-03-05T10:11:12.345678901Z stdout F \tat a.b.C.d(C.java:1)",
        "2026-03-05T10:11:12.345678901Z stdout F \tat a.b.C.main(C.java:2)", "",
      ],
      "java\nfeign.FeignException|[500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}|2"
    ),
    Case(
      "the same in a value of JSON",
      [
        "{\"level\": \"ERROR\", \"message\": \"m\", \"stack_trace\": \"feign.FeignException: [500] during [GET] to [http://b/x]: {\\\"status\\\": 500, \\\"trace\\\": \\\"java.lang.IllegalStateException: boom\\\\n\\\\tat x.Y.z(Y.java:1)\\\\n\\\\tat x.Y.w(Y.java:2)\\\\n\\\"}\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.main(C.java:2)\\n\"}",
        "",
      ],
      "java\nfeign.FeignException|[500] during [GET] to [http://b/x]: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}|2"
    ),
    Case(
      "an answer of a server in a trace that others are woven into",
      [
        "[pod/a-1/main] Traceback (most recent call last):",
        "[pod/a-1/main]   File \"/app/x.py\", line 3, in <module>", "[pod/a-1/main]     f(\"k\")",
        "[pod/b-2/main] Traceback (most recent call last):",
        "[pod/b-2/main]   File \"/app/x.py\", line 3, in <module>", "[pod/b-2/main]     f(\"k\")",
        "[pod/b-2/main]   File \"/app/x.py\", line 1, in f",
        "[pod/b-2/main]     raise ValueError(\"bad value\")",
        "[pod/b-2/main] requests.HTTPError: 500: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}",
        "[pod/a-1/main]   File \"/app/x.py\", line 1, in f",
        "[pod/a-1/main]     raise ValueError(\"bad value\")", "[pod/a-1/main] ValueError: bad value",
        "[pod/a-1/main] ok", "[pod/b-2/main] ok", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|bad value⏎ok|2\npython +message_end_guessed +possible_notes\nrequests.HTTPError|500: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}⏎ok|2"
    ),
    Case(
      "an answer of a server in an indented document",
      [
        "{", "    \"events\": [", "        {", "            \"timestamp\": 1,",
        "            \"message\": \"Traceback (most recent call last):\"", "        },", "        {",
        "            \"timestamp\": 2,",
        "            \"message\": \"  File \\\"/app/x.py\\\", line 3, in <module>\"", "        },",
        "        {", "            \"timestamp\": 3,", "            \"message\": \"    f(\\\"k\\\")\"",
        "        },", "        {", "            \"timestamp\": 4,",
        "            \"message\": \"  File \\\"/app/x.py\\\", line 1, in f\"", "        },", "        {",
        "            \"timestamp\": 5,",
        "            \"message\": \"    raise ValueError(\\\"bad value\\\")\"", "        },", "        {",
        "            \"timestamp\": 6,",
        "            \"message\": \"requests.HTTPError: 500: {\\\"status\\\": 500, \\\"trace\\\": \\\"java.lang.IllegalStateException: boom\\\\n\\\\tat x.Y.z(Y.java:1)\\\\n\\\\tat x.Y.w(Y.java:2)\\\\n\\\"}\"",
        "        },", "        {", "            \"timestamp\": 7,",
        "            \"message\": \"2026-03-05 10:11:12,345 INFO  [main] com.acme.orders - next order\"",
        "        }", "    ]", "}", "",
      ],
      "python\nrequests.HTTPError|500: {\"status\": 500, \"trace\": \"java.lang.IllegalStateException: boom\\n\\tat x.Y.z(Y.java:1)\\n\\tat x.Y.w(Y.java:2)\\n\"}|2"
    ),
    Case(
      "a word and a colon before a header, and a message of several lines",
      [
        "{\"level\": \"error\", \"message\": \"failed: java.lang.IllegalArgumentException: line one\\nline two\\nlast line\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.main(C.java:2)\\n\"}",
        "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two⏎last line|2"),
    Case(
      "a key before a header, and a message of several lines",
      [
        "err=java.lang.IllegalArgumentException: line one", "line two", "last line", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.main(C.java:2)", "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two⏎last line|2"),
    Case(
      "escaped quotes in the open",
      [
        "Warning  Failed  Error: Traceback (most recent call last):\\n  File \\\"/app/x.py\\\", line 3, in <module>\\n    f(\\\"k\\\")\\n  File \\\"/app/x.py\\\", line 1, in f\\n    raise ValueError(\\\"bad value\\\")\\nValueError: bad value\\n",
        "",
      ],
      "python +message_end_guessed\nValueError|bad value|2"),
    Case(
      "escaped twice in the open",
      [
        "ERROR c.a.O - failed: java.lang.IllegalStateException: boom\\\\n\\\\tat a.b.C.d(C.java:1)\\\\n\\\\tat a.b.C.main(C.java:2)\\\\nCaused by: java.io.IOException: disk\\\\n\\\\tat a.b.C.e(C.java:7)\\\\n\\\\t... 2 more",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|1|caused_by 0|elided 2"),
    Case(
      "two blanks behind the time of each line",
      [
        "10:11:12  run", "10:11:12  java.lang.IllegalArgumentException: line one", "10:11:12  line two",
        "10:11:13  last line", "10:11:13  \tat a.b.C.d(C.java:1)", "10:11:13  \tat a.b.C.main(C.java:2)",
        "10:11:14  done", "10:11:14  ok", "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two⏎last line|2"),
    Case(
      "each line a row of its own, all between quotes",
      [
        "timestamp,message", "1772705472345,\"java.lang.IllegalStateException: boom\"",
        "1772705472346,\"\tat a.b.C.d(C.java:1)\"", "1772705472347,\"\tat a.b.C.main(C.java:2)\"",
        "1772705472348,\"Caused by: java.io.IOException: disk\"", "1772705472349,\"\tat a.b.C.e(C.java:7)\"",
        "1772705472350,\"\t... 2 more\"", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|1|caused_by 0|elided 2"),
    Case(
      "each line a row of its own, quotes where they are needed",
      [
        "timestamp,message", "1772705472345,Traceback (most recent call last):",
        "1772705472346,\"  File \"\"/app/x.py\"\", line 3, in <module>\"",
        "1772705472347,\"    f(\"\"k\"\")\"", "1772705472348,\"  File \"\"/app/x.py\"\", line 1, in f\"",
        "1772705472349,\"    raise ValueError(\"\"bad value\"\")\"", "1772705472350,ValueError: bad value",
        "",
      ],
      "python +message_end_guessed\nValueError|bad value|2"),
    Case(
      "each line a row of its own, with a column behind it",
      [
        "@timestamp,host,@message,stream\r", "2026-03-05T10:11:00.123Z,h1,start,stderr\r",
        "2026-03-05T10:11:01.123Z,h1,\"work, hard\",stderr\r",
        "2026-03-05T10:11:02.123Z,h1,Traceback (most recent call last):,stderr\r",
        "2026-03-05T10:11:03.123Z,h1,\"  File \"\"/app/x.py\"\", line 3, in <module>\",stderr\r",
        "2026-03-05T10:11:04.123Z,h1,\"    f(\"\"k\"\")\",stderr\r",
        "2026-03-05T10:11:05.123Z,h1,\"  File \"\"/app/x.py\"\", line 1, in f\",stderr\r",
        "2026-03-05T10:11:06.123Z,h1,\"    raise ValueError(\"\"bad value, really\"\")\",stderr\r",
        "2026-03-05T10:11:07.123Z,h1,\"ValueError: bad value, really\",stderr\r",
        "2026-03-05T10:11:08.123Z,h1,done,stderr\r",
        "2026-03-05T10:11:09.123Z,h1,\"java.lang.IllegalStateException: boom, \"\"x\"\"\",stderr\r",
        "2026-03-05T10:11:10.123Z,h1,second line,stderr\r",
        "2026-03-05T10:11:11.123Z,h1,\tat a.b.C.d(C.java:1),stderr\r",
        "2026-03-05T10:11:12.123Z,h1,\tat a.b.C.main(C.java:2),stderr\r",
        "2026-03-05T10:11:13.123Z,h1,Caused by: java.io.IOException: disk,stderr\r",
        "2026-03-05T10:11:14.123Z,h1,\tat a.b.C.e(C.java:2),stderr\r",
        "2026-03-05T10:11:15.123Z,h1,\t... 2 more,stderr\r", "2026-03-05T10:11:16.123Z,h1,done,stderr\r",
        "2026-03-05T10:11:17.123Z,h1,ok,stderr\r", "",
      ],
      "python +possible_notes\nValueError|bad value, really⏎done|2\njava\njava.lang.IllegalStateException|boom, \"x\"⏎second line|2\njava.io.IOException|disk|1|caused_by 0|elided 2"
    ),
  ]

  static let strings = [
    Case(
      "a message that another field has, too",
      [
        "{\"type\": \"TRACE\", \"trace\": {\"type\": \"ERROR\", \"emitted_at\": 1.0, \"error\": {\"message\": \"Something went wrong\", \"internal_message\": \"An error occurred while calling o1.x.\\n: org.apache.spark.SparkException: Job aborted\\n\\tat org.apache.A.b(A.scala:12)\\n\\tat org.apache.C.d(C.scala:13)\\n\", \"stack_trace\": \"Traceback (most recent call last):\\n  File \\\"/srv/a.py\\\", line 3, in f\\n    g()\\npy4j.protocol.Py4JJavaError: An error occurred while calling o1.x.\\n: org.apache.spark.SparkException: Job aborted\\n\\tat org.apache.A.b(A.scala:12)\\n\\tat org.apache.C.d(C.scala:13)\\n\", \"failure_type\": \"system_error\"}}}",
        "",
      ],
      "python +message_end_guessed +embedded_trace +possible_notes\npy4j.protocol.Py4JJavaError|An error occurred while calling o1.x.⏎: org.apache.spark.SparkException: Job aborted⏎→at org.apache.A.b(A.scala:12)⏎→at org.apache.C.d(C.scala:13)|1\n> java\n> org.apache.spark.SparkException|Job aborted|2"
    ),
    Case(
      "a stack for each cause",
      [
        "{\"level\": \"ERROR\", \"message\": \"request failed\", \"thrown\": {\"commonElementCount\": 0, \"message\": \"outer\", \"name\": \"java.lang.RuntimeException\", \"cause\": {\"commonElementCount\": 2, \"message\": \"inner\", \"name\": \"java.lang.IllegalStateException\", \"extendedStackTrace\": \"java.lang.IllegalStateException: inner\\n\\tat demo.A.b(A.java:9) ~[cls/:?]\\n\"}, \"extendedStackTrace\": \"java.lang.RuntimeException: outer\\n\\tat demo.A.c(A.java:23) ~[cls/:?]\\n\\tat demo.L2.main(L2.java:22) ~[cls/:?]\\nCaused by: java.lang.IllegalStateException: inner\\n\\tat demo.A.b(A.java:9) ~[cls/:?]\\n\\t... 2 more\\n\"}}",
        "",
      ],
      "java\njava.lang.RuntimeException|outer|2\njava.lang.IllegalStateException|inner|1|caused_by 0|elided 2"
    ),
    Case(
      "a message with an empty line ends with its string",
      [
        "{\"level\": \"error\", \"exc_info\": \"Traceback (most recent call last):\\n  File \\\"/srv/a.py\\\", line 3, in f\\n    g()\\nsqlalchemy.exc.IntegrityError: (psycopg2.errors.UniqueViolation) duplicate key value\\nDETAIL:  Key (id)=(5) already exists.\\n\\n[SQL: INSERT INTO t (id) VALUES (5)]\\n(Background on this error at: https://sqlalche.me/e/20/gkpj)\"}",
        "",
      ],
      "python +message_end_guessed +possible_notes\nsqlalchemy.exc.IntegrityError|(psycopg2.errors.UniqueViolation) duplicate key value⏎DETAIL:  Key (id)=(5) already exists.⏎⏎[SQL: INSERT INTO t (id) VALUES (5)]⏎(Background on this error at: https://sqlalche.me/e/20/gkpj)|1"
    ),
    Case(
      "a last cause without frames",
      [
        "{\"level\": \"ERROR\", \"message\": \"x\", \"stack_trace\": \"java.lang.RuntimeException: outer\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.e(C.java:2)\\nCaused by: java.io.IOException: quick\"}",
        "",
      ],
      "java\njava.lang.RuntimeException|outer|2\njava.io.IOException|quick|0|caused_by 0"),
    Case(
      "a header alone of a nested class",
      ["{\"level\":\"ERROR\",\"stack_trace\":\"demo.Cases$NoStack: no stack here\"}", ""],
      "java no_frames +no_frames\ndemo.Cases$NoStack|no stack here|0"),
    Case(
      "a message that names an element",
      [
        "{\"msg\":\"see <exception> tag\",\"stack\":\"java.lang.RuntimeException: x\\n\\tat a.b.C.d(E.java:1)\\n\\tat a.b.C.e(E.java:2)\"}",
        "",
      ],
      "java\njava.lang.RuntimeException|x|2"),
  ]

  static let markup = [
    Case(
      "an entity behind the first frames",
      [
        "<pre>", "java.lang.RuntimeException: gone", "\tat demo.Cases.a(Cases.java:1)",
        "\tat demo.Cases.b(Cases.java:2)", "\tat demo.Cases.&lt;init&gt;(Cases.java:3)",
        "\tat demo.Cases.c(Cases.java:4)", "</pre>", "",
      ],
      "java\njava.lang.RuntimeException|gone|4"),
    Case(
      "an entity in a traceback",
      [
        "<pre>", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    f(1)",
        "  File \"/a.py\", line 4, in g", "    g(1)", "  File \"/a.py\", line 5, in &lt;module&gt;",
        "    f(\"a\" &lt; 3)", "ValueError: &#39;x&#39; &amp; y", "</pre>", "",
      ],
      "python\nValueError|'x' & y|3"),
    Case(
      "CDATA before a message of two lines",
      [
        "<error><![CDATA[java.lang.IllegalArgumentException: line one", "line two",
        "\tat demo.Cases.run(Cases.java:45)", "\tat demo.Truth.main(Truth.java:18)", "]]></error>", "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two|2"),
    Case(
      "a tag before a label in a message",
      [
        "<pre>java.lang.RuntimeException: oops", "Caused by: this is not a cause", "\t... 3 more",
        "\tat demo.Cases.run(Cases.java:51)", "\tat demo.Truth.main(Truth.java:18)", "</pre>", "",
      ],
      "java\njava.lang.RuntimeException|oops⏎Caused by: this is not a cause⏎→... 3 more|2"),
    Case(
      "CDATA behind an attribute",
      [
        "<testcase name=\"b()\"><failure message=\"expected\" type=\"org.opentest4j.AssertionFailedError\"><![CDATA[org.opentest4j.AssertionFailedError: expected: a",
        "b but was: a", "c", "\tat org.junit.jupiter.api.AssertEquals.failNotEqual(AssertEquals.java:197)",
        "\tat demo.CT.b(CT.java:4)", "]]></failure></testcase>", "",
      ],
      "java\norg.opentest4j.AssertionFailedError|expected: a⏎b but was: a⏎c|2"),
    Case(
      "a cleared line before a message of two lines",
      [
        "\u{1B}[2Kjava.lang.IllegalArgumentException: line one", "line two",
        "\tat demo.Cases.run(Cases.java:45)", "\tat demo.Truth.main(Truth.java:18)", "",
      ],
      "java\njava.lang.IllegalArgumentException|line one⏎line two|2"),
    Case(
      "a cell before a label in a message",
      [
        "1,ERROR,\"java.lang.RuntimeException: oops", "Caused by: this is not a cause", "\t... 3 more",
        "\tat demo.Cases.run(Cases.java:51)", "\tat demo.Truth.main(Truth.java:18)\"", "",
      ],
      "java\njava.lang.RuntimeException|oops⏎Caused by: this is not a cause⏎→... 3 more|2"),
    Case(
      "a cell that begins above the traceback",
      [
        "ts,msg,host", "2026-03-05,\"ERROR request failed", "Traceback (most recent call last):",
        "  File \"\"/srv/a.py\"\", line 3, in f", "    g(\"\"x\"\")", "ValueError: bad \"\"x\"\"", "\",h1",
        "2026-03-05,ok,h1", "",
      ],
      "python\nValueError|bad \"x\"|1"),
    Case(
      "an element named exception",
      [
        "<exception>java.lang.RuntimeException: x&#10;&#9;at a.b.C.d(E.java:1)&#10;&#9;at a.b.C.e(E.java:2)</exception>",
        "",
      ],
      "java\njava.lang.RuntimeException|x|2"),
    Case(
      "an element of the class traceback",
      [
        "<div class=\"traceback\">java.lang.RuntimeException: x<br>\tat a.b.C.d(E.java:1)<br>\tat a.b.C.e(E.java:2)</div>",
        "",
      ],
      "java\njava.lang.RuntimeException|x|2"),
    Case(
      "a traceback in an element of that class",
      [
        "<pre class=\"traceback\">Traceback (most recent call last):", "  File \"a.py\", line 1, in f",
        "    x", "ValueError: x", "</pre>", "",
      ],
      "python\nValueError|x|1"),
  ]

  static let cuts = [
    Case(
      "in the first frame of the JVM",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - starting",
        "java.lang.RuntimeException: level1 failed",
        "\tat demo.Cases.level1(Cases.java:27)... [truncated 4096 bytes]",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "java truncated_by_marker\njava.lang.RuntimeException|level1 failed|0"),
    Case(
      "in the first frame of Python",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - starting", "Traceback (most recent call last):",
        "  File \"/srv/app/py/cases.... [truncated 4096 bytes]",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "python truncated_by_marker\n-|-|0"),
    Case(
      "in a sentence",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - starting", "Traceback (most recent call last):",
        "  File \"/srv/app/py/cases.py\", line 47, in case_chain", "    try: f1(0)", "         ^^^^^",
        "  File \"/srv/app/py/cases.py\", line 7, in f1", "    def f1(x): return f2(x)",
        "                      ^^^^^", "  File \"/srv/app/py/cases.py\", line 8, in f2",
        "    def f2(x): return 1/x", "                      ~^~", "ZeroDivisionError: division by zero", "",
        "During handling of the above excepti... [truncated 4096 bytes]",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "python truncated_by_marker +message_end_guessed\nZeroDivisionError|division by zero|3"),
    Case(
      "in the second block",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 2, in f", "    x()", "ValueError: 2",
        "", "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/a... [truncated 4096 bytes]",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "python truncated_by_marker\nValueError|2|1\n-|-|0|context 0"),
    Case(
      "in a later frame",
      [
        "Mar  5 10:11:12 h a[1]: Traceback (most recent call last):",
        "Mar  5 10:11:12 h a[1]:   File \"/a.py\", line 3, in f", "Mar  5 10:11:12 h a[1]:     x()",
        "Mar  5 10:11:12 h a[1]:   File \"/b.py\", li... [truncated]", "Mar  5 10:11:12 h a[1]: next", "",
      ],
      "python truncated_by_marker\n-|-|1"),
    Case(
      "in a message",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    x()",
        "ValueError: long tex… (truncated)", "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "python truncated_by_marker\nValueError|long tex… (truncated)|1"),
    Case(
      "by an ellipsis",
      [
        "java.lang.RuntimeException: a", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e…",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "java truncated_by_marker\njava.lang.RuntimeException|a|1"),
    Case(
      "by the input's end in the first frame",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - starting", "Traceback (most recent call last):",
        "  File \"/srv/app/py/cases.",
      ],
      "python truncated_at_eof\n-|-|0"),
    Case(
      "by the input's end behind an empty line",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - starting", "Traceback (most recent call last):",
        "  File \"/srv/app/py/cases.py\", line 47, in case_chain", "    try: f1(0)", "         ^^^^^",
        "  File \"/srv/app/py/cases.py\", line 7, in f1", "    def f1(x): return f2(x)",
        "                      ^^^^^", "  File \"/srv/app/py/cases.py\", line 8, in f2",
        "    def f2(x): return 1/x", "                      ~^~", "ZeroDivisionError: division by zero", "",
        "D",
      ],
      "python truncated_at_eof +message_end_guessed\nZeroDivisionError|division by zero|3"),
    Case(
      "by the input's end in a source line",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - starting", "Traceback (most recent call last):",
        "  File \"/srv/app/py/cases.py\", line 47, in case_chain", "    try: f1(0)", "         ^^^^^",
        "  File \"/srv/app/py/cases.py\", line 7, in f1", "    def f1(x): return f2(x)", "  ",
      ],
      "python missing_exception_line truncated_at_eof\n-|-|2"),
    Case(
      "by the input's end behind CRI's fields",
      [
        "2024-03-05T10:11:12.1Z stderr F Traceback (most recent call last):",
        "2024-03-05T10:11:12.1Z stderr F   File \"/a.py\", line 3, in f",
        "2024-03-05T10:11:12.1Z stderr F     x()", "2024-03-05T10:11:12.1Z stderr F ValueErr",
      ],
      "python truncated_at_eof +message_end_guessed\nValueErr|-|1"),
    Case(
      "by the input's end behind a prefix",
      [
        "Mar  5 10:11:12 h a[1]: Traceback (most recent call last):",
        "Mar  5 10:11:12 h a[1]:   File \"/a.py\", line 3, in f", "Mar  5 10:11:12 h a[1]:     x()",
        "Mar  5 10:11:12 h a[1]: ValueErr",
      ],
      "python truncated_at_eof +message_end_guessed\nValueErr|-|1"),
    Case(
      "not by the end of Docker's line",
      [
        "{\"log\":\"Traceback (most recent call last):\\n\",\"stream\":\"stderr\",\"time\":\"1\"}",
        "{\"log\":\"  File \\\"/a.py\\\", line 3, in f\\n\",\"stream\":\"stderr\",\"time\":\"1\"}",
        "{\"log\":\"    x()\\n\",\"stream\":\"stderr\",\"time\":\"1\"}",
        "{\"log\":\"ValueErr\",\"stream\":\"stderr\",\"time\":\"1\"}", "",
      ],
      "python truncated_at_eof +message_end_guessed\nValueErr|-|1"),
    Case(
      "by the input's end in java.util.logging's XML",
      [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
        "<!DOCTYPE log SYSTEM \"logger.dtd\">", "<log>", "<record>",
        "  <date>2026-11-23T12:29:52.345678Z</date>", "  <millis>1</millis>", "  <sequence>0</sequence>",
        "  <logger>demo</logger>", "  <level>SEVERE</level>", "  <class>demo.Jul</class>",
        "  <method>main</method>", "  <thread>1</thread>", "  <message>processing failed</message>",
        "  <exception>", "    <message>java.lang.RuntimeException: level1 failed</message>", "    <frame>",
        "      <class>demo.Cases</class>", "      <method>level1</method>", "      <line>27</line>",
        "    </frame>", "    <frame>", "      <class>demo.Truth</class>", "",
      ],
      "java truncated_at_eof\njava.lang.RuntimeException|level1 failed|1"),
    Case(
      "not by the end of a cell",
      ["1,ERROR,\"java.lang.RuntimeException: a", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)\""],
      "java\njava.lang.RuntimeException|a|2"),
  ]

  static let surroundings = [
    Case(
      "words above a label are no header",
      ["foo", "Caused by: x.y.ZException: m", "bar", "baz", ""],
      "java missing_header\nx.y.ZException|m|0"),
    Case(
      "a line filled up with blanks",
      [
        "[11/26/26 22:01:51] ERROR    failed                                                                   run_loggers.py:209",
        "                             Traceback (most recent call last):                                                         ",
        "                               File \"/srv/a.py\", line 10, in f                                                          ",
        "                                 g()                                                                                    ",
        "                             ZeroDivisionError: division by zero                                                        ",
        "                                                                                                                        ",
        "                             The above exception was the direct cause of the following exception:                       ",
        "                                                                                                                        ",
        "                             Traceback (most recent call last):                                                         ",
        "                               File \"/srv/a.py\", line 12, in h                                                          ",
        "                                 raise AppError(\"x\") from e                                                             ",
        "                             AppError: x                                                                                ",
        "                    INFO     after                                                                    run_loggers.py:209",
        "",
      ],
      "python +message_end_guessed\nZeroDivisionError|division by zero|1\nAppError|x|1|cause 0"
    ),
    Case(
      "what logging prints behind a call stack",
      [
        "--- Logging error ---", "Traceback (most recent call last):", "  File \"/a.py\", line 2, in f",
        "    x()", "TypeError: 2", "Call stack:", "  File \"rt.py\", line 36, in <module>", "    y()",
        "Message: 'bad %d format'", "Arguments: ('str',)", "",
      ],
      "python\nTypeError|2|1\npython missing_exception_line +stack_only\n-|-|1"),
    Case(
      "a tally of classes below a warning",
      [
        "2024-01-01 10:00:00,123 WARN [main] c.F - tally of classes:", "java.lang.String: 300",
        "java.util.HashMap: 20", "2024-01-01 10:00:01,123 INFO [main] c.F - go", "",
      ],
      ""),
    Case(
      "tracebacks whose messages hold frames",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    x = 1",
        "SystemError: original", "  File \"b.py\", line 3, in g", "    y",
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    x = 1",
        "SystemError: original", "  File \"b.py\", line 3, in g", "    y", "",
      ],
      "python +embedded_trace +possible_notes\nSystemError|original⏎  File \"b.py\", line 3, in g⏎    y|1\n> python\n> -|-|1\npython +message_end_guessed +embedded_trace +possible_notes\nSystemError|original⏎  File \"b.py\", line 3, in g⏎    y|1\n> python\n> -|-|1"
    ),
    Case(
      "a label of any class without a trace",
      ["foo", "Caused by: java.lang.X: b", ""],
      "java missing_header\njava.lang.X|b|0"),
  ]

  static let layouts = [
    Case(
      "a class that is not called an exception, behind the logger's name",
      [
        "2026-03-05 10:11:12,345 ERROR [main] c.a.O - com.acme.BadRequest: no such order",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)", "",
      ],
      "java\ncom.acme.BadRequest|no such order|2"),
    Case(
      "a logger's name is no class that is thrown",
      [
        "2026-03-05 10:11:12,345 ERROR [main] com.acme.Service: no such order", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.e(C.java:2)", "",
      ],
      "java missing_header\n-|-|2"),
    Case(
      "a header behind `Error: `, its message on two lines",
      [
        "2026-03-05 10:11:12,345 INFO  [main] c.a.O - ok",
        "Error: org.postgresql.util.PSQLException: ERROR: relation \"x\" does not exist", "  Position: 15",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)", "",
      ],
      "java\norg.postgresql.util.PSQLException|ERROR: relation \"x\" does not exist⏎  Position: 15|2"),
    Case(
      "Ansible's list of lines, Java",
      [
        "fatal: [host1]: FAILED! => {", "    \"rc\": 1,", "    \"stderr_lines\": [",
        "        \"java.lang.IllegalStateException: boom\",", "        \"\\tat a.b.C.d(C.java:1)\",",
        "        \"\\tat a.b.C.main(C.java:2)\",", "        \"Caused by: java.io.IOException: disk\",",
        "        \"\\tat a.b.C.e(C.java:7)\",", "        \"\\t... 2 more\"", "    ]", "}", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|1|caused_by 0|elided 2"),
    Case(
      "Ansible's list of lines, Python",
      [
        "fatal: [host1]: FAILED! => {", "    \"rc\": 1,", "    \"stderr_lines\": [",
        "        \"Traceback (most recent call last):\",",
        "        \"  File \\\"/app/x.py\\\", line 3, in <module>\",", "        \"    f(\\\"k\\\")\",",
        "        \"  File \\\"/app/x.py\\\", line 1, in f\",",
        "        \"    raise ValueError(\\\"bad value\\\")\",", "        \"ValueError: bad value\"", "    ]",
        "}", "",
      ],
      "python +message_end_guessed\nValueError|bad value|2"),
    Case(
      "JUnit's report: the character data ends behind a message",
      [
        "<testsuite><system-err><![CDATA[ok", "Traceback (most recent call last):",
        "  File \"/app/x.py\", line 3, in <module>", "    f(\"k\")", "  File \"/app/x.py\", line 1, in f",
        "    raise ValueError(\"bad value\")", "ValueError: bad value",
        "2026-03-05 10:11:12,345 INFO  [main] c.a.O - ok", "Traceback (most recent call last):",
        "  File \"/app/x.py\", line 3, in <module>", "    f(\"k\")", "  File \"/app/x.py\", line 1, in f",
        "    raise ValueError(\"bad value\")", "ValueError: bad value]]></system-err></testsuite>", "",
      ],
      "python\nValueError|bad value|2\npython +message_end_guessed\nValueError|bad value|2"),
    Case(
      "JUnit's report: the character data ends behind a frame",
      [
        "<testsuite><system-err><![CDATA[ok", "java.lang.IllegalStateException: boom",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)]]></system-err></testsuite>", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2"),
    Case(
      "JUnit's report: tags on a line of their own",
      [
        "<testcase><system-err>ok", "Traceback (most recent call last):",
        "  File \"/app/x.py\", line 3, in <module>", "    f(\"k\")", "  File \"/app/x.py\", line 1, in f",
        "    raise ValueError(\"bad value\")", "ValueError: bad value",
        "</system-err></testcase></testsuite>", "",
      ],
      "python\nValueError|bad value|2"),
    Case(
      "a second traceback in a cell",
      [
        "time,message,level", "2026-03-05,\"ok", "Traceback (most recent call last):",
        "  File \"\"/app/x.py\"\", line 3, in <module>", "    f(\"\"k\"\")",
        "  File \"\"/app/x.py\"\", line 1, in f", "    raise ValueError(\"\"bad value\"\")",
        "ValueError: bad value", "2026-03-05 10:11:12,345 INFO  [main] c.a.O - ok",
        "Traceback (most recent call last):", "  File \"\"/app/x.py\"\", line 3, in <module>",
        "    f(\"\"k\"\")", "  File \"\"/app/x.py\"\", line 1, in f",
        "    raise ValueError(\"\"bad value\"\")", "ValueError: bad value\",ERROR", "2026-03-05,ok,INFO", "",
      ],
      "python\nValueError|bad value|2\npython +message_end_guessed\nValueError|bad value|2"),
    Case(
      "a group of exceptions in a cell",
      [
        "time,message,level", "2026-03-05,\"order failed",
        "  + Exception Group Traceback (most recent call last):",
        "  |   File \"\"/app/x.py\"\", line 3, in <module>",
        "  |     raise ExceptionGroup(\"\"eg\"\", [ValueError(1)])",
        "  | ExceptionGroup: eg (1 sub-exception)", "  +-+---------------- 1 ----------------",
        "    | ValueError: 1", "    +------------------------------------\",ERROR", "2026-03-05,ok,INFO", "",
      ],
      "python\nExceptionGroup|eg (1 sub-exception)|1\nValueError|1|0|member 0"),
    Case(
      "a pytest report in the short style",
      [
        "=================================== FAILURES ===================================",
        "__________________________________ test_plain __________________________________",
        "test_fw.py:4: in test_plain", "    def test_plain(): helper(0)", "test_fw.py:3: in helper",
        "    def helper(x): return 10/x", "E   ZeroDivisionError: division by zero", "1 failed in 0.05s", "",
      ],
      "failure python pytest_report"),
    Case(
      "a pytest report in colour",
      [
        "\u{1B}[31m\u{1B}[1m__________________________________ test_plain __________________________________\u{1B}[0m",
        "",
        ">   \u{1B}[0m\u{1B}[94mdef\u{1B}[39;49;00m\u{1B}[90m \u{1B}[39;49;00m\u{1B}[92mtest_plain\u{1B}[39;49;00m(): helper(\u{1B}[94m0\u{1B}[39;49;00m)\u{1B}[90m\u{1B}[39;49;00m",
        "", "\u{1B}[1m\u{1B}[31mtest_fw.py\u{1B}[0m:4: ",
        "_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ", "", "x = 0", "",
        ">   \u{1B}[0m\u{1B}[94mdef\u{1B}[39;49;00m\u{1B}[90m \u{1B}[39;49;00m\u{1B}[92mhelper\u{1B}[39;49;00m(x): \u{1B}[94mreturn\u{1B}[39;49;00m \u{1B}[94m10\u{1B}[39;49;00m/x\u{1B}[90m\u{1B}[39;49;00m",
        "\u{1B}[1m\u{1B}[31mE   ZeroDivisionError: division by zero\u{1B}[0m", "",
        "\u{1B}[1m\u{1B}[31mtest_fw.py\u{1B}[0m:3: ZeroDivisionError", "",
      ],
      "failure python pytest_report"),
    Case(
      "a title of pytest ends a message",
      [
        "=================================== FAILURES ===================================",
        "__________________________________ test_plain __________________________________",
        "Traceback (most recent call last):", "  File \"/srv/test_fw.py\", line 4, in test_plain",
        "    helper(0)", "ZeroDivisionError: division by zero",
        "___________________________________ test_log ___________________________________",
        "Traceback (most recent call last):", "  File \"/srv/test_fw.py\", line 8, in test_log",
        "    assert 0", "AssertionError: assert 0",
        "------------------------------ Captured log call -------------------------------",
        "ERROR    app:test_fw.py:7 inner failed", "Traceback (most recent call last):",
        "  File \"/srv/test_fw.py\", line 6, in test_log", "    helper(0)",
        "ZeroDivisionError: division by zero",
        "=========================== short test summary info ============================",
        "FAILED test_fw.py::test_plain - ZeroDivisionError: division by zero", "",
      ],
      "python\nZeroDivisionError|division by zero|1\npython\nAssertionError|assert 0|1\npython\nZeroDivisionError|division by zero|1"
    ),
    Case(
      "a narrow box of rich",
      [
        "[11/26/26 22:01:49] ERROR    failed                   connection_manager.py:191",
        "                             ╭─ Traceback (most recent call─╮                   ",
        "                             │ /srv/connection_manager.py:6 │                   ",
        "                             │ in <module>                  │                   ",
        "                             │                              │                   ",
        "                             │ ❱ 6 try: f(0)                │                   ",
        "                             ╰──────────────────────────────╯                   ",
        "                             ZeroDivisionError: division by                     ",
        "                             zero                                               ", "",
      ],
      "failure python rich_box"),
    Case(
      "an exception of java.util.logging as XML",
      [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
        "<!DOCTYPE log SYSTEM \"logger.dtd\">", "<log>", "<record>",
        "  <date>2026-11-23T12:29:52.345678Z</date>", "  <millis>1</millis>", "  <sequence>0</sequence>",
        "  <logger>demo</logger>", "  <level>SEVERE</level>", "  <class>demo.Jul</class>",
        "  <method>main</method>", "  <thread>1</thread>", "  <message>processing failed</message>",
        "  <exception>", "    <message>java.lang.RuntimeException: level1 failed</message>", "    <frame>",
        "      <class>demo.Cases</class>", "      <method>level1</method>", "      <line>27</line>",
        "    </frame>", "    <frame>", "      <class>demo.Truth</class>", "      <method>main</method>",
        "      <line>18</line>", "    </frame>", "  </exception>", "</record>", "</log>", "",
      ],
      "java\njava.lang.RuntimeException|level1 failed|2"),
    Case(
      "Twisted in detail",
      [
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "*--- Failure #1 ---",
        "/srv/app/py/tp.py:98: main(...)", "/srv/app/py/tp.py:5: outer(...)",
        " [Capture of Locals and Globals disabled (use captureVars=True)]",
        "builtins.ZeroDivisionError: division by zero", "*--- End of Failure #1 ---",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "failure python unsupported_format"),
    Case(
      "a page of Django",
      [
        "<html><head>", "<title>ZeroDivisionError at /</title></head>", "<body>", "<div id=\"traceback\">",
        "  <h2>Traceback <span class=\"commands\"></span></h2>", "  <ul class=\"traceback\">",
        "    <li class=\"frame django\"><code class=\"fname\">/a.py</code>, line 47, in inner</li>",
        "  </ul>", "</div></body></html>", "",
      ],
      "failure python html_report"),
    Case(
      "a page of Werkzeug",
      [
        "<html><body>", "<h1>ZeroDivisionError</h1>",
        "<h2 class=\"traceback\">Traceback <em>(most recent call last)</em></h2>",
        "<div class=\"frame\"><h4>File <cite class=\"filename\">\"/a.py\"</cite>, line <em class=\"line\">3</em>, in <code class=\"function\">f</code></h4></div>",
        "</body></html>", "",
      ],
      "failure python html_report"),
    Case(
      "frames that IPython leaves out",
      [
        "---------------------------------------------------------------------------",
        "RecursionError                            Traceback (most recent call last)", "Cell In[8], line 2",
        "----> 2 r(0)", "", "Cell In[8], line 1, in r(n)", "----> 1 def r(n): return r(n+1)", "",
        "    [... skipping similar frames: r at line 1 (988 times)]", "", "Cell In[8], line 1, in r(n)",
        "----> 1 def r(n): return r(n+1)", "", "RecursionError: maximum recursion depth exceeded", "",
      ],
      "python +message_end_guessed\nRecursionError|maximum recursion depth exceeded|3"),
    Case(
      "frames that IPython hides",
      [
        "---------------------------------------------------------------------------",
        "ZeroDivisionError                         Traceback (most recent call last)", "Cell In[1], line 5",
        "----> 5 f(1, 0)", "", "    [... skipping hidden 1 frame]", "", "Cell In[1], line 4, in f(x, y)",
        "----> 4     return x/y", "", "ZeroDivisionError: division by zero", "",
      ],
      "python +message_end_guessed\nZeroDivisionError|division by zero|2"),
    Case(
      "frames that an older IPython repeats",
      [
        "---------------------------------------------------------------------------",
        "ZeroDivisionError                         Traceback (most recent call last)",
        "<ipython-input-8-640d692fe58d> in <module>", "----> 2 r(0)", "",
        "... last 1 frames repeated, from the frame below ...", "", "<ipython-input-8-640d692fe58d> in r(n)",
        "----> 1 def r(n): return r(n+1)", "", "ZeroDivisionError: division by zero", "",
      ],
      "python +message_end_guessed\nZeroDivisionError|division by zero|2"),
    Case(
      "a drawing of Groovy",
      [
        "Assertion failed: ", "", "assert x.size() == [1,2].sum()", "       | |      |        |",
        "       | 1      false    3", "       [1]", "",
        "\tat org.codehaus.groovy.runtime.InvokerHelper.assertFailed(InvokerHelper.java:420)",
        "\tat a.f(a.groovy:1)", "",
      ],
      "java type_missing\n-|Assertion failed: ⏎⏎assert x.size() == [1,2].sum()⏎       | |      |        |⏎       | 1      false    3⏎       [1]⏎|2"
    ),
    Case(
      "a state of SQL where a level stands",
      ["ERROR 42X05: Table 'X' does not exist.", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)", ""],
      "java type_missing\n-|ERROR 42X05: Table 'X' does not exist.|2"),
    Case(
      "a thread and nothing thrown",
      [
        "2024-03-05 10:11:12,345 INFO  [main] c.a.Boot - a", "Exception in thread \"main\"",
        "2024-03-05 10:11:13,345 INFO  [main] c.a.Boot - on", "",
      ],
      "failure java no_frames"),
    Case(
      "oslo's level changes behind the header",
      [
        "2024-03-05 10:11:12.345 4242 ERROR nova.compute.manager [-] Traceback (most recent call last):",
        "2024-03-05 10:11:12.345 4242 TRACE nova.compute.manager [-]   File \"/a.py\", line 3, in f",
        "2024-03-05 10:11:12.345 4242 TRACE nova.compute.manager [-]     x()",
        "2024-03-05 10:11:12.345 4242 TRACE nova.compute.manager [-] ValueError: y", "",
      ],
      "python +message_end_guessed\nValueError|y|1"),
    Case(
      "two blanks behind the time",
      [
        "10:11:12  2026-11-26 22:01:43.864 | ERROR    | m:log:1 - fail",
        "10:11:12  Traceback (most recent call last):", "10:11:12  ",
        "10:11:12  > File \"/srv/a.py\", line 3, in f", "10:11:12      g()",
        "10:11:12      └ <function g at 0x7f>", "10:11:12  ", "10:11:12  ValueError: bad",
        "10:11:12  2026-11-26 22:01:43.864 | INFO     | m:log:1 - after",
        "10:11:12  2026-11-26 22:01:43.865 | INFO     | m:log:1 - after2",
        "10:11:12  2026-11-26 22:01:43.865 | ERROR    | m:log:1 - again: java.lang.IllegalStateException: x",
        "10:11:12  \tat a.b.C.d(C.java:1)", "10:11:12  \tat a.b.C.e(C.java:1)",
        "10:11:12  2026-11-26 22:01:43.866 | INFO     | m:log:1 - after3",
        "10:11:12  2026-11-26 22:01:43.864 | ERROR    | m:log:1 - fail",
        "10:11:12  Traceback (most recent call last):", "10:11:12  ",
        "10:11:12  > File \"/srv/a.py\", line 3, in f", "10:11:12      g()",
        "10:11:12      └ <function g at 0x7f>", "10:11:12  ", "10:11:12  ValueError: bad",
        "10:11:12  2026-11-26 22:01:43.864 | INFO     | m:log:1 - after",
        "10:11:12  2026-11-26 22:01:43.865 | INFO     | m:log:1 - after2", "",
      ],
      "python\nValueError|bad|1\njava\njava.lang.IllegalStateException|x|2\npython\nValueError|bad|1"),
    Case(
      "a source line with a trace in it",
      [
        "{\"log\":\"Traceback (most recent call last):\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12.000000000Z\"}",
        "{\"log\":\"other line\\n\",\"stream\":\"stdout\",\"time\":\"2024-03-05T10:11:12.000000001Z\"}",
        "{\"log\":\"  File \\\"/a.py\\\", line 19, in f\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12.000000002Z\"}",
        "{\"log\":\"other line\\n\",\"stream\":\"stdout\",\"time\":\"2024-03-05T10:11:12.000000003Z\"}",
        "{\"log\":\"    raise RuntimeError(\\\"java.lang.IllegalStateException: remote\\\\n\\\\tat a.b.C.d(C.java:10)\\\\nCaused by: java.io.IOException: x\\\\n\\\\t... 1 more\\\")\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12.000000004Z\"}",
        "{\"log\":\"other line\\n\",\"stream\":\"stdout\",\"time\":\"2024-03-05T10:11:12.000000005Z\"}",
        "{\"log\":\"RuntimeError: boom\\n\",\"stream\":\"stderr\",\"time\":\"2024-03-05T10:11:12.000000006Z\"}",
        "{\"log\":\"other line\\n\",\"stream\":\"stdout\",\"time\":\"2024-03-05T10:11:12.000000007Z\"}", "",
      ],
      "python +message_end_guessed\nRuntimeError|boom|1"),
    Case(
      "a syntax error between two tracebacks",
      [
        "Traceback (most recent call last):", "  File \"<console>\", line 1, in <module>",
        "  File \"<console>\", line 2, in f", "ZeroDivisionError: division by zero",
        "  File \"<console>\", line 1", "    x y", "      ^", "SyntaxError: invalid syntax",
        "Traceback (most recent call last):", "  File \"<console>\", line 1, in <module>",
        "ModuleNotFoundError: No module named 'nope'", "",
      ],
      "python\nZeroDivisionError|division by zero|2\npython +no_header\nSyntaxError|invalid syntax|0\npython +message_end_guessed\nModuleNotFoundError|No module named 'nope'|1"
    ),
    Case(
      "the end of WebLogic's record behind an elision",
      ["java.lang.Error: x", "\tat a.b.C.d(C.java:1)", "\t... 1 more> ", ""],
      "java\njava.lang.Error|x|1|elided 1"),
    Case(
      "a sentence of Spark that ends with a place",
      [
        "24/03/05 10:11:12 INFO SparkContext: Starting job: collect at App.scala:25",
        "24/03/05 10:11:12 INFO SparkContext: Starting job: collect at App.scala:26",
        "24/03/05 10:11:12 INFO SparkContext: done", "",
      ],
      ""),
    Case(
      "a stack of JRuby below its header",
      [
        "2026-01-01 10:00:00 INFO go",
        "Unhandled Java exception: java.lang.NumberFormatException: For input string: \"x\"",
        "java.lang.NumberFormatException: For input string: \"x\"",
        "                     forInputString at java/lang/NumberFormatException.java:67",
        "                           parseInt at java/lang/Integer.java:668",
        "                             <main> at j.rb:3", "2026-01-01 10:00:00 INFO go", "",
      ],
      "failure java unsupported_format"),
  ]

}

extension ContainerTests.Case {
  /// - Parameter lines: line ends stand between them, so that the last one is empty where the text ends with one.
  init(_ name: String, _ lines: [String], _ records: String) {
    self.init(name, lines.joined(separator: "\n"), records)
  }
}
