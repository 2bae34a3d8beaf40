import ScanSupport
import Testing

/// What stands around traces and in their messages, and how other printers write them.
@Suite struct SurroundingsTests {
  typealias Case = ContainerTests.Case

  static let all: [Case] = printers + messages + quoted + prefixes + damaged + reports

  @Test(arguments: all) func records(_ test: Case) {
    #expect(summary(scan(test.text)) == test.records)
  }

  static let printers: [Case] = [
    Case(
      "Maven's blank before the parenthesis",
      [
        "org.a.BuildException: no", "    at org.a.B.c (B.java:1)", "    at org.a.B.d (Native Method)",
        "    at org.a.B.<init> (Unknown Source)", "Caused by: org.a.Bad: m", "    at org.a.B.e (B.java:3)",
        "[ERROR] ", "",
      ],
      "java\norg.a.BuildException|no|3\norg.a.Bad|m|1|caused_by 0"),
    Case(
      "JavaScript's and Dart's",
      [
        "Error: x", "    at Object.<anonymous> (/srv/a.js:1:2)", "    at a.b.c (foo.dart:3:5)",
        "    at Foo.bar (native)", "    at a.b.c (foo.js:3)", "",
      ],
      ""),
    Case(
      "clojure.stacktrace",
      [
        "ERROR in (a-test) (Numbers.java:188)", "  actual: java.lang.ArithmeticException: Divide by zero",
        " at clojure.lang.Numbers.divide (Numbers.java:188)", "    my_app.core$fn__1.invoke (core.clj:7)",
        "    java.lang.Thread.run (Thread.java:833)", "", "Ran 1 tests.", "",
      ],
      "java\njava.lang.ArithmeticException|Divide by zero|3"),
    Case(
      "Liberty's internal classes",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "\tat [internal classes]",
        "\tat a.B.e(B.java:3)", "2025-06-07 08:09:10 INFO next", "",
      ],
      "java\njava.lang.Error|x|3|elided 1"),
    Case(
      "packaging data without a blank",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)[12:org.foo:1.0]", "\tat a.B.d(B.java:2)[:1.8.0_292]", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a cause without a colon",
      [
        "Fatal Exception: java.lang.RuntimeException: no", "       at a.B.c(B.java:1)",
        "       at a.B.d(B.java:2)", "Caused by java.lang.IllegalStateException: y",
        "       at a.B.e(B.java:3)", "",
      ],
      "java +nonstandard_chain\njava.lang.RuntimeException|no|2\njava.lang.IllegalStateException|y|1|caused_by 0"
    ),
    Case(
      "several causes",
      [
        "org.g.MultiCauseException: two.", "\tat a.B.c(B.java:1)", "Cause 1: java.lang.Error: one",
        "\tat a.B.d(B.java:2)", "\t... 1 more", "Caused by: java.io.IOException: root",
        "\tat a.B.e(B.java:3)", "\t... 2 more", "Cause 2: java.lang.Error: two", "\tat a.B.f(B.java:4)",
        "\t... 1 more", "",
      ],
      "java +nonstandard_chain\norg.g.MultiCauseException|two.|1\njava.lang.Error|one|1|caused_by 0|elided 1\njava.io.IOException|root|1|caused_by 1|elided 2\njava.lang.Error|two|1|caused_by 0|elided 1"
    ),
    Case(
      "ScalaTest's cause",
      [
        "- works *** FAILED ***", "  java.lang.RuntimeException: x", "  at a.B.c(B.scala:1)",
        "  at a.B.d(B.scala:2)", "  Cause: java.lang.Error: y", "  at a.B.e(B.scala:3)", "",
      ],
      "java +nonstandard_chain\njava.lang.RuntimeException|x|2\njava.lang.Error|y|1|caused_by 0"),
    Case(
      "hashes of stacks",
      [
        "<#1a2b3c4d> java.lang.Error: x", "\tat a.B.c(B.java:1)",
        "Caused by: <#deadbeef> java.io.IOException: y", "\tat a.B.d(B.java:2)", "\t... 1 more", "",
      ],
      "java\njava.lang.Error|x|1\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "SAX with its document",
      [
        "org.xml.sax.SAXParseException; systemId: file:/x.xml; lineNumber: 1; columnNumber: 1; no",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\norg.xml.sax.SAXParseException|systemId: file:/x.xml; lineNumber: 1; columnNumber: 1; no|2"),
    Case(
      "RMI's causes",
      [
        "java.rmi.ServerException: in server; nested exception is: ",
        "\tjava.rmi.UnmarshalException: args; nested exception is: ",
        "\tjava.lang.ClassNotFoundException: a.B", "\tat a.B.c(B.java:1)",
        "Caused by: java.rmi.UnmarshalException: args; nested exception is: ",
        "\tjava.lang.ClassNotFoundException: a.B", "\tat a.B.d(B.java:2)", "\t... 1 more",
        "Caused by: java.lang.ClassNotFoundException: a.B", "\tat a.B.e(B.java:3)", "\t... 2 more", "",
      ],
      "java\njava.rmi.ServerException|in server; nested exception is: ⏎→java.rmi.UnmarshalException: args; nested exception is: ⏎→java.lang.ClassNotFoundException: a.B|1\njava.rmi.UnmarshalException|args; nested exception is: ⏎→java.lang.ClassNotFoundException: a.B|1|caused_by 0|elided 1\njava.lang.ClassNotFoundException|a.B|1|caused_by 1|elided 2"
    ),
    Case(
      "labels in small letters and without a blank",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "caused by: java.io.IOException: y",
        "\tat a.B.d(B.java:2)", "Caused by:java.io.EOFException: z", "\tat a.B.e(B.java:3)", "",
      ],
      "java +nonstandard_chain\njava.lang.Error|x|1\njava.io.IOException|y|1|caused_by 0\njava.io.EOFException|z|1|caused_by 1"
    ),
    Case(
      "Flink's client",
      [
        "a.OuterException: failed", "\tat a.B.c(B.java:1)",
        "Caused by: a.RestException: [Internal server error., <Exception on server side:",
        "a.JobException: twice", "\tat s.B.c(B.java:7)", "\tat s.B.d(B.java:8)", "",
        "End of exception on server side>]", "\tat a.B.e(B.java:3)", "\t... 1 more", "",
      ],
      "java +embedded_trace\na.OuterException|failed|1\na.RestException|[Internal server error., <Exception on server side:⏎a.JobException: twice⏎→at s.B.c(B.java:7)⏎→at s.B.d(B.java:8)⏎⏎End of exception on server side>]|1|caused_by 0|elided 1\n> java\n> a.JobException|twice|2"
    ),
    Case(
      "logback's status",
      [
        "12:29:52,124 |-ERROR in c.q.A[FILE] - openFile failed. java.io.FileNotFoundException: /x (no)",
        "\tat java.io.FileNotFoundException: /x (no)", "\tat \tat java.base/java.io.A.open0(Native Method)",
        "\tat \tat a.B.c(B.java:1)", "12:29:52,125 |-WARN in x - y", "",
      ],
      "java\njava.io.FileNotFoundException|/x (no)|2"),
    Case(
      "Hazelcast's caller",
      [
        "com.h.X: boom", "\tat a.B.c(B.java:1)", "\tat ------ submitted from ------.(Unknown Source)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\ncom.h.X|boom|2"),
    Case(
      "Ignite's cause",
      [
        "o.a.IgniteException: x", "\tat a.B.c(B.java:1)", "Caused by: class o.a.CheckedException: y",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\no.a.IgniteException|x|1\no.a.CheckedException|y|1|caused_by 0"),
    Case(
      "Spark's object",
      [
        "{\"msg\": \"boom\", \"exception\": {\"class\": \"java.lang.Error\", \"msg\": \"root\", \"stacktrace\": [{\"class\": \"a.B\", \"method\": \"c\", \"file\": \"B.java\", \"line\": 1}, {\"class\": \"a.B\", \"method\": \"d\", \"file\": \"B.java\", \"line\": 2}]}}",
        "",
      ],
      "java\njava.lang.Error|root|2"),
    Case(
      "JavaScript's places in sources of the JVM's languages",
      [
        "Error: x", "    at foo.bar (x.java:3)", "    at Foo.main_0 (Native Method)",
        "    at main (file.dart:3:5)", "",
      ],
      ""),
    Case(
      "prose below a stack",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)",
        "    see.more.Info (Docs.java:7)", "next", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "IPython's short arrows",
      [
        "---------------------------------------------------------------------------",
        "KeyError                                  Traceback (most recent call last)", "Cell In[14], line 1",
        "----> 1 f()", "", "File ~/x/e.py:2417, in f(a)", "   2416     g()", "-> 2417     raise K",
        "   2418 except T:", "", "File ~/x/e.py:12417, in f(a)", "  12416     g()", "> 12417     raise K",
        "  12418 except T:", "", "KeyError: 'k'", "",
      ],
      "python +message_end_guessed\nKeyError|'k'|3"),
    Case(
      "Azure Functions' stack below its exception",
      [
        "[2026-11-26T10:00:00.123Z] Executed 'Functions.HttpTrigger1' (Failed, Id=3f1d0b5e-0000-4000-8000-000000000000, Duration=41ms)",
        "[2026-11-26T10:00:00.124Z] System.Private.CoreLib: Exception while executing function: Functions.HttpTrigger1. System.Private.CoreLib: Result: Failure",
        "[2026-11-26T10:00:00.124Z] Exception: KeyError: 'amount'",
        "[2026-11-26T10:00:00.124Z] Stack:   File \"/usr/lib/azure-functions-core-tools-4/workers/python/3.10/LINUX/X64/azure_functions_worker/dispatcher.py\", line 493, in _handle__invocation_request",
        "[2026-11-26T10:00:00.124Z]     call_result = await self._loop.run_in_executor(",
        "[2026-11-26T10:00:00.124Z]   File \"/usr/lib/python3.10/concurrent/futures/thread.py\", line 58, in run",
        "[2026-11-26T10:00:00.124Z]     result = self.fn(*self.args, **self.kwargs)",
        "[2026-11-26T10:00:00.124Z]   File \"/home/site/wwwroot/HttpTrigger1/__init__.py\", line 12, in main",
        "[2026-11-26T10:00:00.124Z]     body[\"amount\"]", "[2026-11-26T10:00:00.124Z] .", "",
      ],
      "python +message_end_guessed\nKeyError|'amount'|3"),
    Case(
      "the same without times, with a message of two lines",
      [
        "Result: Failure", "Exception: KeyError: 'amount'",
        "Stack:   File \"/azure-functions-host/workers/python/3.10/LINUX/X64/azure_functions_worker/dispatcher.py\", line 493, in _handle__invocation_request",
        "    call_result = await self._loop.run_in_executor(",
        "  File \"/home/site/wwwroot/HttpTrigger1/__init__.py\", line 12, in main", "    body[\"amount\"]",
        "next line", "Result: Failure", "Exception: KeyError: 'a'", "b",
        "Stack:   File \"/azure-functions-host/workers/python/3.10/LINUX/X64/azure_functions_worker/dispatcher.py\", line 493, in _handle__invocation_request",
        "    call_result = await self._loop.run_in_executor(",
        "  File \"/home/site/wwwroot/HttpTrigger1/__init__.py\", line 12, in main", "    body[\"amount\"]",
        "",
      ],
      "python +message_end_guessed\nKeyError|'amount'|2\npython +message_end_guessed +possible_notes\nKeyError|'a'⏎b|2"
    ),
    Case(
      "CMake's call stack",
      [
        "CMake Error at cmake/Find.cmake:12 (message):", "  Could not find it.",
        "Call Stack (most recent call first):", "  CMakeLists.txt:33 (find_it)",
        "  cmake/Other.cmake:4 (include)", "",
      ],
      ""),
    Case(
      "jshell without its bar",
      [
        "Exception java.lang.IllegalStateException: order 4711 failed",
        "      at Orders.process (Orders.java:10)", "      at Orders.run (Orders.java:22)", "      at (#1:1)",
        "Caused by: java.lang.IllegalArgumentException: bad amount: 12,5",
        "      at Orders.parseAmount (Orders.java:4)", "      ...", "",
      ],
      "java truncated_by_marker +interrupted\njava.lang.IllegalStateException|order 4711 failed|2\njava.lang.IllegalArgumentException|bad amount: 12,5|1|caused_by 0"
    ),
    Case(
      "Clojure's classes without a package",
      [
        "java.lang.IllegalStateException: order 4711 failed", " at shop.Orders.process (Orders.java:10)",
        "    shop.Orders.run (Orders.java:22)", "    user$eval142.invoke (c2.clj:2)",
        "    clojure.lang.Compiler.eval (Compiler.java:7194)",
        "    clojure.main$main.doInvoke (main.clj:616)", "    clojure.main.main (main.java:40)",
        "Caused by: java.lang.IllegalArgumentException: bad amount: 12,5",
        " at shop.Orders.parseAmount (Orders.java:4)", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|6\njava.lang.IllegalArgumentException|bad amount: 12,5|1|caused_by 0"
    ),
    Case(
      "Clojure's data behind a line of the log",
      [
        "2026-11-28 10:00:00 ERROR job failed: #error {", " :cause \"bad amount: 12,5\"", " :via",
        " [{:type java.lang.IllegalStateException", "   :message \"order 4711 failed\"",
        "   :at [shop.Orders process \"Orders.java\" 10]}", "  {:type java.lang.IllegalArgumentException",
        "   :message \"bad amount: 12,5\"", "   :at [shop.Orders parseAmount \"Orders.java\" 4]}]", " :trace",
        " [[shop.Orders parseAmount \"Orders.java\" 4]", "  [shop.Orders loadOrder \"Orders.java\" 7]", "]}",
        "",
      ],
      "failure java edn_trace"),
    Case(
      "who wrote an entry of logback's log",
      [
        "2026-11-28 01:17:39,850 INFO  shop.Jobs - start", "Caller+0\t at shop.Jobs.run(Jobs.java:23)",
        "Caller+1\t at shop.Jobs.main(Jobs.java:13)", "",
        "2026-11-28 01:17:39,851 ERROR shop.Jobs - job failed", "Caller+0\t at shop.Jobs.main2(Jobs.java:6)",
        "Caller+1\t at shop.Jobs.run(Jobs.java:23)", "", "java.lang.IllegalStateException: order 4711 failed",
        "\tat shop.Orders.process(Orders.java:10)", "\tat shop.Jobs.main2(Jobs.java:6)", "",
        "2026-11-28 01:17:39,852 INFO  shop.Jobs - done", "Caller+0\t at shop.Jobs.run(Jobs.java:25)", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2"),
    Case(
      "a suffix in brackets on each line",
      [
        "2026-11-28 01:17:39 ERROR job failed", "java.lang.IllegalStateException: order 4711 failed  [main]",
        "\tat shop.Orders.process(Orders.java:10)  [main]", "\tat shop.Jobs.main2(Jobs.java:6)  [main]",
        "Caused by: java.io.IOException: disk full  [main]", "\tat shop.Orders.write(Orders.java:11)  [main]",
        "\t... 2 more  [main]", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "rich's handler, wrapped and padded",
      [
        "[11/28/26 01:56:01] INFO     start                                      rh.py:13",
        "                    ERROR    job failed                                 rh.py:16",
        "                             Traceback (most recent call last):                 ",
        "                               File \"/srv/a/rh.py\", line 7, in order            ",
        "                                 try: parse(\"12,5\")                             ",
        "                                      ^^^^^^^^^^^^^                             ",
        "                               File \"/srv/a/rh.py\", line 5, in parse            ",
        "                                 if ',' in t: raise ValueError(\"bad             ",
        "                             amount: \"+t+\" \"+\"and a long explanation of         ",
        "                             what is wrong with it, because somebody            ",
        "                             wrote a comma where a dot belongs. \"*2)            ",
        "                                              ^^^^^^^^^^^^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^                ",
        "                             ValueError: bad amount: 12,5 and a long            ",
        "                             explanation of what is wrong with it,              ",
        "                             because somebody wrote a comma where a dot         ",
        "                             belongs. and a long explanation of what is         ",
        "                             wrong with it, because somebody wrote a            ",
        "                             comma where a dot belongs.                         ",
        "                                                                                ",
        "                             The above exception was the direct cause           ",
        "                             of the following exception:                        ",
        "                                                                                ",
        "                             Traceback (most recent call last):                 ",
        "                               File \"/srv/a/rh.py\", line 15, in                 ",
        "                             <module>                                           ",
        "                                 try: f()                                       ",
        "                                      ^^^                                       ",
        "                               File \"/srv/a/rh.py\", line 14, in                 ",
        "                             <lambda>                                           ",
        "                                 for f in (lambda: order(4711), lambda:         ",
        "                             parse(\"1,2\"), lambda: rec(3), lambda:              ",
        "                             {}['k'], lambda:                                   ",
        "                             open('/no/such/file/anywhere/in/the/world'         ",
        "                             )):                                                ",
        "                                                   ^^^^^^^^^^^                  ",
        "                               File \"/srv/a/rh.py\", line 8, in order            ",
        "                                 except ValueError as e: raise                  ",
        "                             RuntimeError(f\"order {n} failed\") from e           ",
        "                                                         ^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^                   ",
        "                             RuntimeError: order 4711 failed                    ",
        "                    ERROR    job failed                                 rh.py:16",
        "                             Traceback (most recent call last):                 ",
        "                               File \"/srv/a/rh.py\", line 15, in                 ",
        "                             <module>                                           ",
        "                                 try: f()                                       ",
        "                                      ^^^                                       ",
        "                               File \"/srv/a/rh.py\", line 14, in                 ",
        "                             <lambda>                                           ",
        "                                 for f in (lambda: order(4711), lambda:         ",
        "                             parse(\"1,2\"), lambda: rec(3), lambda:              ",
        "                             {}['k'], lambda:                                   ",
        "                             open('/no/such/file/anywhere/in/the/world'         ",
        "                             )):                                                ",
        "                                                                                ",
        "                              ^^^^^^^^^^^^                                      ",
        "                               File \"/srv/a/rh.py\", line 5, in parse            ",
        "                                 if ',' in t: raise ValueError(\"bad             ",
        "                             amount: \"+t+\" \"+\"and a long explanation of         ",
        "                             what is wrong with it, because somebody            ",
        "                             wrote a comma where a dot belongs. \"*2)            ",
        "                                              ^^^^^^^^^^^^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^         ",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^                ",
        "                             ValueError: bad amount: 1,2 and a long             ",
        "                             explanation of what is wrong with it,              ",
        "                             because somebody wrote a comma where a dot         ",
        "                             belongs. and a long explanation of what is         ",
        "                             wrong with it, because somebody wrote a            ",
        "                             comma where a dot belongs.                         ", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5 and a long explanation of what is wrong with it, because somebody wrote a comma where a dot belongs. and a long explanation of what is wrong with it, because somebody wrote a comma where a dot belongs.|2\nRuntimeError|order 4711 failed|3|cause 0\npython +message_end_guessed\nValueError|bad amount: 1,2 and a long explanation of what is wrong with it, because somebody wrote a comma where a dot belongs. and a long explanation of what is wrong with it, because somebody wrote a comma where a dot belongs.|3"
    ),
    Case(
      "the same without places",
      [
        "                    ERROR    job failed                                         ",
        "                             Traceback (most recent call last):                 ",
        "                               File \"/srv/a/rh.py\", line 15, in <module>        ",
        "                                 try: f()                                       ",
        "                                      ^^^                                       ",
        "                               File \"/srv/a/rh.py\", line 14, in <lambda>        ",
        "                                 for f in (lambda: order(4711), lambda:         ",
        "                             parse(\"1,2\"), lambda: rec(3), lambda: {}['k'],     ",
        "                             lambda:                                            ",
        "                             open('/no/such/file/anywhere/in/the/world')):      ",
        "                                                                        ^^^^^^^^",
        "                             ^^^^                                               ",
        "                               File \"/srv/a/rh.py\", line 5, in parse            ",
        "                                 if ',' in t: raise ValueError(\"bad amount:     ",
        "                             \"+t+\" \"+\"and a long explanation of what is wrong   ",
        "                             with it, because somebody wrote a comma where a dot",
        "                             belongs. \"*2)                                      ",
        "                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "                             ^^^^^^^^                                           ",
        "                             ValueError: bad amount: 1,2 and a long explanation ",
        "                             of what is wrong with it, because somebody wrote a ",
        "                             comma where a dot belongs. and a long explanation  ",
        "                             of what is wrong with it, because somebody wrote a ",
        "                             comma where a dot belongs.                         ", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 1,2 and a long explanation of what is wrong with it, because somebody wrote a comma where a dot belongs. and a long explanation of what is wrong with it, because somebody wrote a comma where a dot belongs.|3"
    ),
    Case(
      "Dagster's stacks",
      [
        "2026-11-28 01:15:28 +0000 - dagster - ERROR - job_chain - 97918b14-d996-4cd1-be44-9ffb38d274d0 - 2892 - RUN_FAILURE - Execution of run for \"job_chain\" failed. Steps faile",
        "",
        "dagster._core.errors.DagsterExecutionStepExecutionError: Error occurred while executing op \"op_chain\":",
        "", "Stack Trace:",
        "  File \"/srv/lib/dagster/_core/execution/plan/execute_plan.py\", line 243, in dagster_event_sequence_for_step",
        "    yield from check.generator(step_events)",
        "  File \"/srv/lib/dagster/_core/execution/plan/execute_step.py\", line 505, in core_dagster_event_sequence_for_step",
        "    for user_event in _step_output_error_checked_user_event_sequence(", "",
        "The above exception was caused by the following exception:", "RuntimeError: order 4711 failed", "",
        "Stack Trace:",
        "  File \"/srv/lib/dagster/_core/execution/plan/utils.py\", line 57, in op_execution_error_boundary",
        "    yield", "  File \"/srv/lib/dagster/_utils/__init__.py\", line 394, in iterate_with_context",
        "    next_output = next(iterator)", "", "The above exception was caused by the following exception:",
        "ValueError: bad amount: 12,5", "", "Stack Trace:",
        "  File \"/srv/app/shop/orders.py\", line 14, in process", "    return load_order(number, text)",
        "           ^^^^^^^^^^^^^^^^^^^^^^^^", "  File \"/srv/app/shop/orders.py\", line 9, in load_order",
        "",
        "2026-11-28 01:15:29 +0000 - dagster - DEBUG - job_plain - e80f42b2-422c-4b85-b35a-6516acb45ccc - 2892 - RUN_START - Started execution of run for \"job_plain\".",
        "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2\nRuntimeError|order 4711 failed|2|cause 0\ndagster._core.errors.DagsterExecutionStepExecutionError|Error occurred while executing op \"op_chain\":|2|cause 1"
    ),
    Case(
      "A cause without a package and without frames",
      [
        "java.lang.RuntimeException: wraps", "\tat a.B.main(B.java:4)",
        "Caused by: NoStackException: no stack here", "2024-03-05 10:11:12,345 INFO [main] c.a.S - next", "",
      ],
      "java\njava.lang.RuntimeException|wraps|1\nNoStackException|no stack here|0|caused_by 0"),
    Case(
      "An inner class as a cause without frames",
      [
        "java.lang.RuntimeException: wraps frameless", "\tat Frameless.main(Frameless.java:4)",
        "\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)",
        "\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:77)",
        "\tat java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)",
        "\tat java.base/java.lang.reflect.Method.invoke(Method.java:569)",
        "\tat jdk.compiler/com.sun.tools.javac.launcher.Main.execute(Main.java:419)",
        "\tat jdk.compiler/com.sun.tools.javac.launcher.Main.run(Main.java:192)",
        "\tat jdk.compiler/com.sun.tools.javac.launcher.Main.main(Main.java:132)",
        "Caused by: Frameless$NoStack: no stack here", "",
      ],
      "java truncated_at_eof\njava.lang.RuntimeException|wraps frameless|8\nFrameless$NoStack|no stack here|0|caused_by 0"
    ),
  ]

  /// Exceptions as the clients of error trackers and formatters of JSON write them; what other languages report is none.
  static let reports: [Case] = [
    Case(
      "an event of Sentry",
      [
        "{\"level\": \"error\", \"exception\": {\"values\": [{\"mechanism\": {\"type\": \"generic\", \"handled\": true}, \"module\": null, \"type\": \"ValueError\", \"value\": \"bad amount: 12,5\", \"stacktrace\": {\"frames\": [{\"filename\": \"shop/orders.py\", \"abs_path\": \"/srv/app/shop/orders.py\", \"function\": \"process\", \"module\": \"shop.orders\", \"lineno\": 14, \"context_line\": \"        return load_order(number, text)\", \"in_app\": true}, {\"filename\": \"shop/orders.py\", \"abs_path\": \"/srv/app/shop/orders.py\", \"function\": \"load_order\", \"module\": \"shop.orders\", \"lineno\": 9, \"context_line\": \"    return {\\\"number\\\": number, \\\"amount\\\": parse_amount(text)}\", \"in_app\": true}, {\"filename\": \"shop/orders.py\", \"abs_path\": \"/srv/app/shop/orders.py\", \"function\": \"parse_amount\", \"module\": \"shop.orders\", \"lineno\": 4, \"context_line\": \"        raise ValueError(f\\\"bad amount: {text}\\\")\", \"in_app\": true}]}}, {\"mechanism\": {\"type\": \"generic\", \"handled\": true}, \"module\": null, \"type\": \"RuntimeError\", \"value\": \"order 4711 failed\", \"stacktrace\": {\"frames\": [{\"filename\": \"sentry.py\", \"abs_path\": \"/srv/app/sentry.py\", \"function\": \"main\", \"module\": \"__main__\", \"lineno\": 13, \"context_line\": \"        run(kind)\", \"in_app\": true}, {\"filename\": \"shop/orders.py\", \"abs_path\": \"/srv/app/shop/orders.py\", \"function\": \"run\", \"module\": \"shop.orders\", \"lineno\": 29, \"context_line\": \"        return process(4711, \\\"12,5\\\")\", \"in_app\": true}, {\"filename\": \"shop/orders.py\", \"abs_path\": \"/srv/app/shop/orders.py\", \"function\": \"process\", \"module\": \"shop.orders\", \"lineno\": 16, \"context_line\": \"        raise RuntimeError(f\\\"order {number} failed\\\") from exc\", \"in_app\": true}]}}]}, \"event_id\": \"c8c83481f98242e8a178b40ac3bda9d2\", \"timestamp\": \"2026-11-28T01:14:02.761659Z\", \"platform\": \"python\"}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "the same indented",
      [
        "{", "  \"level\": \"error\",", "  \"exception\": {", "    \"values\": [", "      {",
        "        \"mechanism\": {", "          \"type\": \"generic\",", "          \"handled\": true",
        "        },", "        \"module\": null,", "        \"type\": \"ValueError\",",
        "        \"value\": \"bad amount: 12,5\",", "        \"stacktrace\": {", "          \"frames\": [",
        "            {", "              \"filename\": \"shop/orders.py\",",
        "              \"abs_path\": \"/srv/app/shop/orders.py\",",
        "              \"function\": \"process\",", "              \"module\": \"shop.orders\",",
        "              \"lineno\": 14,",
        "              \"context_line\": \"        return load_order(number, text)\",",
        "              \"in_app\": true", "            },", "            {",
        "              \"filename\": \"shop/orders.py\",",
        "              \"abs_path\": \"/srv/app/shop/orders.py\",",
        "              \"function\": \"load_order\",", "              \"module\": \"shop.orders\",",
        "              \"lineno\": 9,",
        "              \"context_line\": \"    return {\\\"number\\\": number, \\\"amount\\\": parse_amount(text)}\",",
        "              \"in_app\": true", "            },", "            {",
        "              \"filename\": \"shop/orders.py\",",
        "              \"abs_path\": \"/srv/app/shop/orders.py\",",
        "              \"function\": \"parse_amount\",", "              \"module\": \"shop.orders\",",
        "              \"lineno\": 4,",
        "              \"context_line\": \"        raise ValueError(f\\\"bad amount: {text}\\\")\",",
        "              \"in_app\": true", "            }", "          ]", "        }", "      },", "      {",
        "        \"mechanism\": {", "          \"type\": \"generic\",", "          \"handled\": true",
        "        },", "        \"module\": null,", "        \"type\": \"RuntimeError\",",
        "        \"value\": \"order 4711 failed\",", "        \"stacktrace\": {", "          \"frames\": [",
        "            {", "              \"filename\": \"sentry.py\",",
        "              \"abs_path\": \"/srv/app/sentry.py\",", "              \"function\": \"main\",",
        "              \"module\": \"__main__\",", "              \"lineno\": 13,",
        "              \"context_line\": \"        run(kind)\",", "              \"in_app\": true",
        "            },", "            {", "              \"filename\": \"shop/orders.py\",",
        "              \"abs_path\": \"/srv/app/shop/orders.py\",", "              \"function\": \"run\",",
        "              \"module\": \"shop.orders\",", "              \"lineno\": 29,",
        "              \"context_line\": \"        return process(4711, \\\"12,5\\\")\",",
        "              \"in_app\": true", "            },", "            {",
        "              \"filename\": \"shop/orders.py\",",
        "              \"abs_path\": \"/srv/app/shop/orders.py\",",
        "              \"function\": \"process\",", "              \"module\": \"shop.orders\",",
        "              \"lineno\": 16,",
        "              \"context_line\": \"        raise RuntimeError(f\\\"order {number} failed\\\") from exc\",",
        "              \"in_app\": true", "            }", "          ]", "        }", "      }", "    ]",
        "  },", "  \"event_id\": \"c8c83481f98242e8a178b40ac3bda9d2\",",
        "  \"timestamp\": \"2026-11-28T01:14:02.761659Z\",", "  \"platform\": \"python\"", "}", "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "an event of Sentry with a group",
      [
        "{\"exception\": {\"values\": [{\"mechanism\": {\"type\": \"chained\", \"handled\": true, \"exception_id\": 3, \"source\": \"exceptions[1]\", \"parent_id\": 0}, \"module\": null, \"type\": \"KeyError\", \"value\": \"'two'\", \"stacktrace\": {\"frames\": [{\"filename\": \"grp.py\", \"abs_path\": \"/srv/app/grp.py\", \"function\": \"<module>\", \"module\": \"__main__\", \"lineno\": 15, \"context_line\": \"    try: f()\"}, {\"filename\": \"grp.py\", \"abs_path\": \"/srv/app/grp.py\", \"function\": \"two\", \"module\": \"__main__\", \"lineno\": 12, \"context_line\": \"def two(): raise KeyError(\\\"two\\\")\"}]}}, {\"mechanism\": {\"type\": \"chained\", \"handled\": true, \"exception_id\": 2, \"source\": \"__cause__\", \"parent_id\": 0}, \"module\": null, \"type\": \"ZeroDivisionError\", \"value\": \"division by zero\", \"stacktrace\": {\"frames\": [{\"filename\": \"grp.py\", \"abs_path\": \"/srv/app/grp.py\", \"function\": \"one\", \"module\": \"__main__\", \"lineno\": 10, \"context_line\": \"    try: 1/0\"}]}}, {\"mechanism\": {\"type\": \"chained\", \"handled\": true, \"exception_id\": 1, \"source\": \"exceptions[0]\", \"parent_id\": 0}, \"module\": null, \"type\": \"ValueError\", \"value\": \"one\", \"stacktrace\": {\"frames\": [{\"filename\": \"grp.py\", \"abs_path\": \"/srv/app/grp.py\", \"function\": \"<module>\", \"module\": \"__main__\", \"lineno\": 15, \"context_line\": \"    try: f()\"}, {\"filename\": \"grp.py\", \"abs_path\": \"/srv/app/grp.py\", \"function\": \"one\", \"module\": \"__main__\", \"lineno\": 11, \"context_line\": \"    except ZeroDivisionError as e: raise ValueError(\\\"one\\\") from e\"}]}}, {\"mechanism\": {\"type\": \"generic\", \"handled\": true, \"exception_id\": 0, \"is_exception_group\": true}, \"module\": null, \"type\": \"ExceptionGroup\", \"value\": \"jobs failed\", \"stacktrace\": {\"frames\": [{\"filename\": \"grp.py\", \"abs_path\": \"/srv/app/grp.py\", \"function\": \"<module>\", \"module\": \"__main__\", \"lineno\": 17, \"context_line\": \"try: raise ExceptionGroup(\\\"jobs failed\\\", es)\"}]}}]}}",
        "",
      ],
      "python\nExceptionGroup|jobs failed|1\nZeroDivisionError|division by zero|1|member 0\nValueError|one|2|cause 1\nKeyError|'two'|2|member 0"
    ),
    Case(
      "an event of Sentry of the JVM",
      [
        "{\"platform\": \"java\", \"exception\": {\"values\": [{\"type\": \"IOException\", \"module\": \"java.io\", \"value\": \"disk full\", \"stacktrace\": {\"frames\": [{\"function\": \"place\", \"module\": \"com.acme.Orders\", \"filename\": \"Orders.java\", \"lineno\": 42}, {\"function\": \"write\", \"module\": \"com.acme.Disk\", \"filename\": \"Disk.java\", \"lineno\": 77}]}}, {\"type\": \"IllegalStateException\", \"module\": \"java.lang\", \"value\": \"order failed\", \"stacktrace\": {\"frames\": [{\"function\": \"main\", \"module\": \"com.acme.Main\", \"filename\": \"Main.java\", \"lineno\": 11}, {\"function\": \"place\", \"module\": \"com.acme.Orders\", \"filename\": \"Orders.java\", \"lineno\": 42}]}}]}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|order failed|2\njava.io.IOException|disk full|2|caused_by 0"),
    Case(
      "an event of Sentry of JavaScript",
      [
        "{\"platform\": \"node\", \"exception\": {\"values\": [{\"type\": \"TypeError\", \"value\": \"x is undefined\", \"stacktrace\": {\"frames\": [{\"function\": \"main\", \"filename\": \"/srv/app/index.js\", \"lineno\": 11, \"colno\": 3}]}}]}}",
        "",
      ],
      ""),
    Case(
      "Elastic APM",
      [
        "{\"error\": {\"id\": \"424003ae771612ae5d45df5870458e07\", \"exception\": {\"message\": \"RuntimeError: order 4711 failed\", \"type\": \"RuntimeError\", \"module\": \"builtins\", \"stacktrace\": [{\"abs_path\": \"/srv/app/elastic.py\", \"filename\": \"p/elastic.py\", \"module\": \"__main__\", \"function\": \"main\", \"lineno\": 13, \"library_frame\": false}, {\"abs_path\": \"/srv/app/shop/orders.py\", \"filename\": \"shop/orders.py\", \"module\": \"shop.orders\", \"function\": \"run\", \"lineno\": 29, \"library_frame\": false}, {\"abs_path\": \"/srv/app/shop/orders.py\", \"filename\": \"shop/orders.py\", \"module\": \"shop.orders\", \"function\": \"process\", \"lineno\": 16, \"library_frame\": false}], \"cause\": [{\"message\": \"ValueError: bad amount: 12,5\", \"type\": \"ValueError\", \"module\": \"builtins\", \"stacktrace\": [{\"abs_path\": \"/srv/app/shop/orders.py\", \"filename\": \"shop/orders.py\", \"module\": \"shop.orders\", \"function\": \"process\", \"lineno\": 14, \"library_frame\": false}, {\"abs_path\": \"/srv/app/shop/orders.py\", \"filename\": \"shop/orders.py\", \"module\": \"shop.orders\", \"function\": \"load_order\", \"lineno\": 9, \"library_frame\": false}, {\"abs_path\": \"/srv/app/shop/orders.py\", \"filename\": \"shop/orders.py\", \"module\": \"shop.orders\", \"function\": \"parse_amount\", \"lineno\": 4, \"library_frame\": false}]}], \"handled\": true}, \"timestamp\": 1795828443752826}}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "Rollbar",
      [
        "{\"data\": {\"level\": \"error\", \"body\": {\"trace_chain\": [{\"frames\": [{\"filename\": \"/srv/app/rollb.py\", \"lineno\": 9, \"method\": \"main\", \"code\": \"run(kind)\"}, {\"filename\": \"/srv/app/shop/orders.py\", \"lineno\": 29, \"method\": \"run\", \"code\": \"return process(4711, \\\"12,5\\\")\"}, {\"filename\": \"/srv/app/shop/orders.py\", \"lineno\": 16, \"method\": \"process\", \"code\": \"raise RuntimeError(f\\\"order {number} failed\\\") from exc\"}], \"exception\": {\"class\": \"RuntimeError\", \"message\": \"order 4711 failed\"}}, {\"frames\": [{\"filename\": \"/srv/app/shop/orders.py\", \"lineno\": 14, \"method\": \"process\", \"code\": \"return load_order(number, text)\"}, {\"filename\": \"/srv/app/shop/orders.py\", \"lineno\": 9, \"method\": \"load_order\", \"code\": \"return {\\\"number\\\": number, \\\"amount\\\": parse_amount(text)}\"}, {\"filename\": \"/srv/app/shop/orders.py\", \"lineno\": 4, \"method\": \"parse_amount\", \"code\": \"raise ValueError(f\\\"bad amount: {text}\\\")\"}], \"exception\": {\"class\": \"ValueError\", \"message\": \"bad amount: 12,5\"}}]}}}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "Bugsnag",
      [
        "{\"events\": [{\"severity\": \"warning\", \"exceptions\": [{\"errorClass\": \"RuntimeError\", \"message\": \"order 4711 failed\", \"stacktrace\": [{\"file\": \"shop/orders.py\", \"lineNumber\": 16, \"method\": \"process\", \"inProject\": true}, {\"file\": \"shop/orders.py\", \"lineNumber\": 29, \"method\": \"run\", \"inProject\": true}, {\"file\": \"bugs.py\", \"lineNumber\": 10, \"method\": \"main\", \"inProject\": true}], \"type\": \"python\"}, {\"errorClass\": \"ValueError\", \"message\": \"bad amount: 12,5\", \"stacktrace\": [{\"file\": \"shop/orders.py\", \"lineNumber\": 4, \"method\": \"parse_amount\", \"inProject\": true}, {\"file\": \"shop/orders.py\", \"lineNumber\": 9, \"method\": \"load_order\", \"inProject\": true}, {\"file\": \"shop/orders.py\", \"lineNumber\": 14, \"method\": \"process\", \"inProject\": true}], \"type\": \"python\"}]}]}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "Honeybadger",
      [
        "{\"error\": {\"token\": \"14995a6d-473d-4c55-91a1-e8ccaaaf073d\", \"class\": \"RuntimeError\", \"message\": \"order 4711 failed\", \"backtrace\": [{\"number\": 16, \"file\": \"[PROJECT_ROOT]/shop/orders.py\", \"method\": \"process\"}, {\"number\": 29, \"file\": \"[PROJECT_ROOT]/shop/orders.py\", \"method\": \"run\"}, {\"number\": 9, \"file\": \"[PROJECT_ROOT]/honey.py\", \"method\": \"main\"}], \"causes\": [{\"token\": \"7216af2f-6262-41d9-8297-d2487f9dbe6b\", \"class\": \"ValueError\", \"message\": \"bad amount: 12,5\", \"backtrace\": [{\"number\": 16, \"file\": \"[PROJECT_ROOT]/shop/orders.py\", \"method\": \"process\"}, {\"number\": 29, \"file\": \"[PROJECT_ROOT]/shop/orders.py\", \"method\": \"run\"}, {\"number\": 9, \"file\": \"[PROJECT_ROOT]/honey.py\", \"method\": \"main\"}]}], \"tags\": []}}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "Airbrake",
      [
        "{\"errors\": [{\"type\": \"RuntimeError\", \"message\": \"order 4711 failed\", \"backtrace\": [{\"file\": \"/PROJECT_ROOT/shop/orders.py\", \"function\": \"process\", \"line\": 16}, {\"file\": \"/PROJECT_ROOT/shop/orders.py\", \"function\": \"run\", \"line\": 29}, {\"file\": \"/PROJECT_ROOT/airb.py\", \"function\": \"main\", \"line\": 7}]}, {\"type\": \"ValueError\", \"message\": \"bad amount: 12,5\", \"backtrace\": [{\"file\": \"/PROJECT_ROOT/shop/orders.py\", \"function\": \"parse_amount\", \"line\": 4}, {\"file\": \"/PROJECT_ROOT/shop/orders.py\", \"function\": \"load_order\", \"line\": 9}, {\"file\": \"/PROJECT_ROOT/shop/orders.py\", \"function\": \"process\", \"line\": 14}]}]}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "Raygun, whose frames look like those of the JVM",
      [
        "{\"details\": {\"error\": {\"className\": \"RuntimeError\", \"message\": \"RuntimeError: order 4711 failed\", \"stackTrace\": [{\"lineNumber\": 13, \"className\": \"main\", \"fileName\": \"/srv/app/ray.py\", \"methodName\": \"        run(kind)\\n\", \"localVariables\": null}, {\"lineNumber\": 29, \"className\": \"run\", \"fileName\": \"/srv/app/shop/orders.py\", \"methodName\": \"        return process(4711, \\\"12,5\\\")\\n\", \"localVariables\": null}, {\"lineNumber\": 16, \"className\": \"process\", \"fileName\": \"/srv/app/shop/orders.py\", \"methodName\": \"        raise RuntimeError(f\\\"order {number} failed\\\") from exc\\n\", \"localVariables\": null}], \"innerError\": {\"className\": \"ValueError\", \"message\": \"ValueError: bad amount: 12,5\", \"stackTrace\": [{\"lineNumber\": 14, \"className\": \"process\", \"fileName\": \"/srv/app/shop/orders.py\", \"methodName\": \"        return load_order(number, text)\\n\", \"localVariables\": null}, {\"lineNumber\": 9, \"className\": \"load_order\", \"fileName\": \"/srv/app/shop/orders.py\", \"methodName\": \"    return {\\\"number\\\": number, \\\"amount\\\": parse_amount(text)}\\n\", \"localVariables\": null}, {\"lineNumber\": 4, \"className\": \"parse_amount\", \"fileName\": \"/srv/app/shop/orders.py\", \"methodName\": \"        raise ValueError(f\\\"bad amount: {text}\\\")\\n\", \"localVariables\": null}], \"innerError\": null, \"data\": \"\"}, \"data\": \"\"}}}",
        "",
      ],
      "python\nValueError|bad amount: 12,5|3\nRuntimeError|order 4711 failed|3|cause 0"),
    Case(
      "boltons' ParsedException",
      [
        "{\"exc_type\": \"RuntimeError\", \"exc_msg\": \"order 4711 failed\", \"frames\": [{\"filepath\": \"/srv/app/others.py\", \"lineno\": \"79\", \"funcname\": \"f\", \"source_line\": \"try: run(k)\"}, {\"filepath\": \"/srv/app/shop/orders.py\", \"lineno\": \"29\", \"funcname\": \"run\", \"source_line\": \"return process(4711, \\\"12,5\\\")\"}, {\"filepath\": \"/srv/app/shop/orders.py\", \"lineno\": \"16\", \"funcname\": \"process\", \"source_line\": \"raise RuntimeError(f\\\"order {number} failed\\\") from exc\"}]}",
        "",
      ],
      "python\nRuntimeError|order 4711 failed|3"),
    Case(
      "boltons' ExceptionInfo",
      [
        "{\"exc_type\": \"RuntimeError\", \"exc_msg\": \"order 4711 failed\", \"exc_tb\": {\"frames\": [{\"func_name\": \"f\", \"lineno\": 71, \"module_name\": \"__main__\", \"module_path\": \"/srv/app/others.py\", \"line\": \"    try: run(k)\"}, {\"func_name\": \"run\", \"lineno\": 29, \"module_name\": \"shop.orders\", \"module_path\": \"/srv/app/shop/orders.py\", \"line\": \"        return process(4711, \\\"12,5\\\")\"}, {\"func_name\": \"process\", \"lineno\": 16, \"module_name\": \"shop.orders\", \"module_path\": \"/srv/app/shop/orders.py\", \"line\": \"        raise RuntimeError(f\\\"order {number} failed\\\") from exc\"}]}}",
        "",
      ],
      "python\nRuntimeError|order 4711 failed|3"),
    Case(
      "Tomcat's formatter for JSON",
      [
        "{\"time\": \"2026-11-28T01:21:18.654Z\", \"level\": \"SEVERE\", \"thread\": \"main\", \"class\": \"Data\", \"method\": \"main\", \"message\": \"job chain failed\", \"throwable\": [\"java.lang.IllegalStateException: order 4711 failed\", \" shop.Orders.process(Orders.java:10)\", \" shop.Orders.run(Orders.java:22)\", \" Data.main(Data.java:20)\", \"java.lang.IllegalArgumentException: bad amount: 12,5\", \" shop.Orders.parseAmount(Orders.java:4)\", \" shop.Orders.loadOrder(Orders.java:7)\", \" shop.Orders.process(Orders.java:9)\", \" shop.Orders.run(Orders.java:22)\", \" Data.main(Data.java:20)\"]}",
        "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|3\njava.lang.IllegalArgumentException|bad amount: 12,5|5|caused_by 0"
    ),
    Case(
      "Dagster",
      [
        "{\"error\": {\"__class__\": \"SerializableErrorInfo\", \"cause\": {\"__class__\": \"SerializableErrorInfo\", \"cause\": {\"__class__\": \"SerializableErrorInfo\", \"cause\": null, \"cls_name\": \"ValueError\", \"context\": null, \"message\": \"ValueError: bad amount: 12,5\\n\", \"stack\": [\"  File \\\"/srv/app/shop/orders.py\\\", line 9, in load_order\\n    return {\\\"number\\\": number, \\\"amount\\\": parse_amount(text)}\\n                                        ^^^^^^^^^^^^^^^^^^\\n\", \"  File \\\"/srv/app/shop/orders.py\\\", line 4, in parse_amount\\n    raise ValueError(f\\\"bad amount: {text}\\\")\\n\"]}, \"cls_name\": \"RuntimeError\", \"context\": null, \"message\": \"RuntimeError: order 4711 failed\\n\", \"stack\": [\"  File \\\"/srv/app/shop/orders.py\\\", line 29, in run\\n    return process(4711, \\\"12,5\\\")\\n           ^^^^^^^^^^^^^^^^^^^^^\\n\", \"  File \\\"/srv/app/shop/orders.py\\\", line 16, in process\\n    raise RuntimeError(f\\\"order {number} failed\\\") from exc\\n\"]}, \"cls_name\": \"DagsterExecutionStepExecutionError\", \"context\": null, \"message\": \"dagster._core.errors.DagsterExecutionStepExecutionError: Error occurred while executing op \\\"op_chain\\\":\\n\", \"stack\": [\"  File \\\"/root/.pyenv/versions/3.11.7/lib/python3.11/contextlib.py\\\", line 158, in __exit__\\n    self.gen.throw(typ, value, traceback)\\n\", \"  File \\\"/srv/lib/dagster/_core/execution/plan/utils.py\\\", line 87, in op_execution_error_boundary\\n    raise error_cls(\\n\"]}}",
        "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2\nRuntimeError|order 4711 failed|2|cause 0\ndagster._core.errors.DagsterExecutionStepExecutionError|Error occurred while executing op \"op_chain\":|2|cause 1"
    ),
    Case(
      "structlog's notes",
      [
        "{\"event\":\"failed\",\"exception\":[{\"exc_type\":\"ValueError\",\"exc_value\":\"bad amount\",\"exc_notes\":[\"order 4711\",\"note two\"],\"is_cause\":false,\"frames\":[{\"filename\":\"/srv/app/orders.py\",\"lineno\":14,\"name\":\"process\"}]}]}",
        "",
      ],
      "python\nValueError|bad amount⏎order 4711⏎note two|1"),
    Case(
      "a message that begins with a class",
      [
        "{\"exceptions\": [{\"errorClass\": \"java.lang.RuntimeException\", \"message\": \"java.lang.RuntimeException: x\", \"stacktrace\": [{\"method\": \"com.a.B.c\", \"file\": \"B.java\", \"lineNumber\": 3}]}]}",
        "",
      ],
      "java\njava.lang.RuntimeException|java.lang.RuntimeException: x|1"),
    Case(
      "a class whose name has no capital, in a chain",
      [
        "{\"platform\": \"python\", \"exception\": {\"values\": [{\"type\": \"gaierror\", \"module\": \"socket\", \"value\": \"[Errno -2] Name or service not known\", \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}, {\"type\": \"ConnectionError\", \"module\": \"requests.exceptions\", \"value\": \"b\", \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}]}}",
        "",
      ],
      "python\nsocket.gaierror|[Errno -2] Name or service not known|1\nrequests.exceptions.ConnectionError|b|1|cause 0"
    ),
    Case(
      "a cause without a stack",
      [
        "{\"platform\": \"python\", \"exception\": {\"values\": [{\"type\": \"KeyError\", \"value\": \"'x'\", \"mechanism\": {\"type\": \"chained\", \"exception_id\": 1, \"parent_id\": 0, \"source\": \"__cause__\"}}, {\"type\": \"OuterError\", \"value\": \"o\", \"mechanism\": {\"type\": \"generic\", \"exception_id\": 0}, \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}]}}",
        "",
      ],
      "python\nKeyError|'x'|0\nOuterError|o|1|cause 0"),
    Case(
      "the same between two others",
      [
        "{\"platform\": \"python\", \"exception\": {\"values\": [{\"type\": \"KeyError\", \"value\": \"inner\", \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}, {\"type\": \"MidError\", \"value\": \"mid\"}, {\"type\": \"OuterError\", \"value\": \"o\", \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}]}}",
        "",
      ],
      "python\nKeyError|inner|1\nMidError|mid|0|cause 0\nOuterError|o|1|cause 1"),
    Case(
      "a group's member without a stack",
      [
        "{\"platform\": \"python\", \"exception\": {\"values\": [{\"type\": \"ValueError\", \"value\": \"1\", \"mechanism\": {\"exception_id\": 1, \"parent_id\": 0, \"source\": \"exceptions[0]\"}}, {\"type\": \"ExceptionGroup\", \"value\": \"g\", \"mechanism\": {\"exception_id\": 0, \"is_exception_group\": true}, \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}]}}",
        "",
      ],
      "python\nExceptionGroup|g|1\nValueError|1|0|member 0"),
    Case(
      "a cause of the JVM without a stack",
      [
        "{\"error\": {\"exception\": {\"type\": \"java.lang.X\", \"message\": \"m\", \"stacktrace\": [{\"classname\": \"com.a.B\", \"function\": \"c\", \"filename\": \"B.java\", \"lineno\": 3}], \"cause\": [{\"type\": \"java.lang.Y\", \"message\": \"i\"}]}}}",
        "",
      ],
      "java\njava.lang.X|m|1\njava.lang.Y|i|0|caused_by 0"),
    Case(
      "Elastic APM of the JVM",
      [
        "{\"error\": {\"exception\": {\"message\": \"boom\", \"type\": \"java.lang.X\", \"stacktrace\": [{\"filename\": \"B.java\", \"classname\": \"com.a.B\", \"function\": \"c\", \"lineno\": 3, \"module\": \"com.a\"}]}}}",
        "",
      ],
      "java\njava.lang.X|boom|1"),
    Case(
      "Rollbar of the JVM",
      [
        "{\"data\": {\"body\": {\"trace\": {\"frames\": [{\"filename\": \"B.java\", \"class_name\": \"com.a.B\", \"method\": \"c\", \"lineno\": 2}], \"exception\": {\"class\": \"java.lang.X\", \"message\": \"x\"}}}, \"language\": \"java\"}}",
        "",
      ],
      "java\njava.lang.X|x|1"),
    Case(
      "an event of JavaScript with a frame of Python",
      [
        "{\"platform\": \"node\", \"exception\": {\"values\": [{\"type\": \"TypeError\", \"value\": \"x\", \"stacktrace\": {\"frames\": [{\"filename\": \"b.js\", \"function\": \"f\", \"lineno\": 3}, {\"filename\": \"gyp.py\", \"function\": \"g\", \"lineno\": 3}]}}]}}",
        "",
      ],
      ""),
    Case(
      "an event of JavaScript with a cause of the JVM",
      [
        "{\"platform\": \"javascript\", \"exception\": {\"values\": [{\"type\": \"java.lang.IllegalStateException\", \"value\": \"inner\", \"stacktrace\": {\"frames\": [{\"module\": \"com.a.B\", \"function\": \"c\", \"filename\": \"B.java\", \"lineno\": 3}]}}, {\"type\": \"Error\", \"value\": \"js\", \"stacktrace\": {\"frames\": [{\"filename\": \"app:///index.android.bundle\", \"function\": \"onPress\", \"lineno\": 1, \"colno\": 22}]}}]}}",
        "",
      ],
      ""),
    Case(
      "a suppressed exception in an event",
      [
        "{\"platform\": \"java\", \"exception\": {\"values\": [{\"type\": \"Supp\", \"module\": \"a.b\", \"value\": \"s\", \"mechanism\": {\"type\": \"suppressed\", \"exception_id\": 1, \"parent_id\": 0}, \"stacktrace\": {\"frames\": [{\"module\": \"com.a.B\", \"function\": \"c\", \"filename\": \"B.java\", \"lineno\": 3}]}}, {\"type\": \"OuterError\", \"module\": \"a.b\", \"value\": \"outer\", \"mechanism\": {\"exception_id\": 0, \"type\": \"generic\"}, \"stacktrace\": {\"frames\": [{\"module\": \"com.a.B\", \"function\": \"c\", \"filename\": \"B.java\", \"lineno\": 3}]}}]}}",
        "",
      ],
      "java\na.b.OuterError|outer|1\na.b.Supp|s|1|suppressed 0"),
    Case(
      "what is no exception",
      [
        "{\"level\": \"info\", \"type\": \"Request\", \"msg\": \"slow\", \"stacktrace\": [{\"file\": \"A.java\", \"function\": \"f\", \"line\": 3}]}",
        "",
      ],
      ""),
    Case(
      "a message with a frame's word",
      [
        "{\"exception\": {\"values\": [{\"type\": \"E1Error\", \"value\": \"a\\nrunning at host?\", \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"function\": \"f\", \"lineno\": 3}]}}]}}",
        "",
      ],
      "python\nE1Error|a⏎running at host?|1"),
    Case(
      "frames of the JVM without files",
      [
        "{\"platform\": \"java\", \"exception\": {\"values\": [{\"type\": \"KException\", \"module\": \"com.a\", \"value\": \"b\", \"stacktrace\": {\"frames\": [{\"module\": \"com.a.B\", \"function\": \"c\"}]}}]}}",
        "",
      ],
      "java\ncom.a.KException|b|1"),
    Case(
      "a frame without a function",
      [
        "{\"exception\": {\"values\": [{\"type\": \"KeyError\", \"value\": \"a\", \"stacktrace\": {\"frames\": [{\"filename\": \"a.py\", \"lineno\": 1}, {\"filename\": \"b.py\", \"function\": \"f\", \"lineno\": 2}]}}]}}",
        "",
      ],
      "python\nKeyError|a|2"),
    Case(
      "a list of frames beside a text of the same",
      [
        "{\"message\": \"m\", \"stack_trace\": \"java.lang.X: b\\n\\tat com.a.B.c(B.java:3)\\n\", \"throwable\": [\"java.lang.X: b\", \"com.a.B.c(B.java:3)\"]}",
        "",
      ],
      "java\njava.lang.X|b|1"),
    Case(
      "a list whose message begins with a class",
      [
        "{\"type\": \"java.lang.RuntimeException\", \"message\": \"java.lang.RuntimeException: x\", \"stackTrace\": [\"com.a.B.c(B.java:3)\"]}",
        "",
      ],
      "java\njava.lang.RuntimeException|java.lang.RuntimeException: x|1"),
    Case(
      "an event without a type",
      [
        "{\"exception\":{\"values\":[{\"type\":null,\"value\":\"boom\",\"stacktrace\":{\"frames\":[{\"function\":\"f\",\"filename\":\"a.py\",\"lineno\":3}]}}]}}",
        "",
      ],
      "python type_missing\n-|boom|1"),
    Case(
      "Elastic APM as it is stored",
      [
        "{\"error\": {\"id\": \"1\", \"culprit\": \"a.f\", \"exception\": [{\"type\": \"ZeroDivisionError\", \"message\": \"ZeroDivisionError: division by zero\", \"module\": \"builtins\", \"stacktrace\": [{\"abs_path\": \"/x/a.py\", \"filename\": \"a.py\", \"function\": \"f\", \"line\": {\"number\": 3, \"context\": \"x()\"}}]}]}}",
        "",
      ],
      "python\nZeroDivisionError|division by zero|1"),
    Case(
      "tags behind a group's last line",
      [
        "<testcase name=\"a\"><failure type=\"x.Y\"><![CDATA[  + Exception Group Traceback (most recent call last):",
        "  |   File \"/a/x.py\", line 1, in f", "  |     raise g", "  | ExceptionGroup: x (1 sub-exception)",
        "  +-+---------------- 1 ----------------", "    | ValueError: 1",
        "    +------------------------------------]]></failure><system-out>ok</system-out></testcase>", "",
      ],
      "python\nExceptionGroup|x (1 sub-exception)|1\nValueError|1|0|member 0"),
    Case(
      "a number that is never the same behind a stream's tag",
      [
        "api-1  | 123 [main] ERROR x - java.lang.IllegalStateException: boom",
        "api-1  | 134 [main] ERROR x - \tat a.b.C.d(C.java:1)",
        "api-1  | 145 [main] ERROR x - \tat a.b.C.e(C.java:2)", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a string in quotes for each line of a sentence",
      [
        "2024-07-09T08:59:55.123Z INFO got line 'starting up\\n'",
        "2024-07-09T08:59:56.123Z INFO got line 'java.lang.IllegalArgumentException: line one\\n'",
        "2024-07-09T08:59:57.123Z INFO got line 'line two\\n'",
        "2024-07-09T08:59:58.000000001Z INFO got line '\\n'",
        "2024-07-09T08:59:59.123Z INFO got line '  indented line four\\n'",
        "2024-07-09T08:00:00.000000001Z INFO got line 'last line\\n'",
        "2024-07-09T08:00:01Z INFO got line '\\tat demo.Cases.run(Cases.java:45)\\n'",
        "2024-07-09T08:00:02.000005Z INFO got line '\\tat demo.Truth.main(Truth.java:18)\\n'", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a tab written out at each line",
      [
        "java.lang.IllegalStateException: boom", "\\tat a.b.C.d(C.java:1)", "\\tat a.b.C.e(C.java:2)", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a frame alone that ends a cell",
      [
        "1,ERROR,\"failed: com.acme.X: m\r", "\tat a.b.C.d(C.java:1)\",x\r", "2,INFO,ok,x\r", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a frame alone that ends a section",
      [
        "<testcase name=\"a\"><failure type=\"x.Y\"><![CDATA[com.acme.X: m",
        "\tat a.b.C.d(C.java:1)]]></failure><system-out>ok</system-out></testcase>", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a list of one frame of Python",
      [
        "2024-07-09 08:11:12 ERROR failed: ['  File \"/a/x.py\", line 3, in f\\n    g()\\n']", "",
      ],
      "failure python unsupported_format"),
    Case(
      "a frame of Python as Dask writes it",
      [
        "distributed.worker - WARNING - Compute Failed", "Key: x", "Function: f",
        "Exception: 'ValueError(1)'", "Traceback: '  File \"/a/x.py\", line 3, in f\\n'", "",
      ],
      "failure python unsupported_format"),
    Case(
      "a string of JSON with line ends as they are",
      [
        "{\"level\":\"ERROR\",\"exception\":\"java.lang.IllegalStateException: boom",
        "\tat a.b.C.d(C.java:1)\"}", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a frame alone with a word behind it",
      [
        "2024-03-05 10:11:12,345 INFO a.b.C - ok", "\tat a.b.C.d(C.java:1) x",
        "2024-03-05 10:11:12,345 INFO a.b.C - ok", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a question mark for each tab",
      [
        "java.lang.IllegalStateException: boom", "?at a.b.C.d(C.java:1)", "?at a.b.C.e(C.java:2)", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a tab as four digits",
      [
        "java.lang.IllegalStateException: boom", "\\u0009at a.b.C.d(C.java:1)", "\\u0009at a.b.C.e(C.java:2)",
        "",
      ],
      "failure java unsupported_format"),
    Case(
      "bars between the lines of two exceptions with a frame each",
      [
        "2024-07-09 08:11:12 ERROR c.a.X - failed | java.lang.IllegalStateException: boom | \tat a.b.C.d(C.java:1) | Caused by: java.io.IOException: x | \t... 1 more",
        "",
      ],
      "failure java unsupported_format"),
    Case(
      "bars around a cause",
      [
        "2024-07-09 08:11:12,1 ERROR x - service starting",
        "2024-07-09 08:11:12,1 ERROR x - failed|com.acme.X: m|\tat a.b.C.d(C.java:1)|Caused by: a.Y: n|\t... 1 more",
        "2024-07-09 08:11:12,1 ERROR x - next", "",
      ],
      "failure java unsupported_format"),
    Case(
      "tabs as cat shows them",
      [
        "java.lang.NullPointerException: Cannot invoke \"String.length()\" because \"<local0>\" is null$",
        "^Iat demo.Gen.lambda$main$2(Gen.java:20)$", "^Iat demo.Gen.c(Gen.java:14)$",
        "^Iat demo.Gen.main(Gen.java:20)$", "",
      ],
      "failure java unsupported_format"),
    Case(
      "a group in a query, its blanks as plus signs",
      [
        "GET /x?e=++%2B+Exception+Group+Traceback+%28most+recent+call+last%29%3A%0A++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+75%2C+in+%3Cmodule%3E%0A++%7C+++++globals%28%29%5Bsys.argv%5B1%5D%5D%28%29%0A++%7C+++++~~~~~~~~~~~~~~~~~~~~~~%5E%5E%0A++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+46%2C+in+group%0A++%7C+++++raise+ExceptionGroup%28%22grp%22%2C+ex%2B%5BExceptionGroup%28%22nested%22%2C%5BTypeError%28%22no+tb%22%29%2CValueError%28%22multi%5Cnline%22%29%5D%29%5D%29%0A++%7C+ExceptionGroup%3A+grp+%283+sub-exceptions%29%0A++%2B-%2B----------------+1+----------------%0A++++%7C+Traceback+%28most+recent+call+last%29%3A%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+44%2C+in+group%0A++++%7C+++++try%3A+f%28%29%0A++++%7C++++++++++~%5E%5E%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+10%2C+in+simple%0A++++%7C+++++def+simple%28%29%3A+lvl3%280%29%0A++++%7C+++++++++++++++++++~~~~%5E%5E%5E%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+5%2C+in+lvl3%0A++++%7C+++++def+lvl3%28x%29%3A+return+1+%2F%2F+x%0A++++%7C+++++++++++++++++++++++++~~%5E%5E~~%0A++++%7C+ZeroDivisionError%3A+integer+division+or+modulo+by+zero%0A++++%2B----------------+2+----------------%0A++++%7C+Traceback+%28most+recent+call+last%29%3A%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+7%2C+in+lvl2%0A++++%7C+++++try%3A+return+lvl3%28x%29%0A++++%7C+++++++++++++++++~~~~%5E%5E%5E%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+5%2C+in+lvl3%0A++++%7C+++++def+lvl3%28x%29%3A+return+1+%2F%2F+x%0A++++%7C+++++++++++++++++++++++++~~%5E%5E~~%0A++++%7C+ZeroDivisionError%3A+integer+division+or+modulo+by+zero%0A++++%7C+%0A++++%7C+The+above+exception+was+the+direct+cause+of+the+following+exception%3A%0A++++%7C+%0A++++%7C+Traceback+%28most+recent+call+last%29%3A%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+12%2C+in+chain%0A++++%7C+++++try%3A+lvl2%280%29%0A++++%7C++++++++++~~~~%5E%5E%5E%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+9%2C+in+lvl2%0A++++%7C+++++raise+AppError%28%22level2+failed%22%29+from+e%0A++++%7C+AppError%3A+level2+failed%0A++++%7C+%0A++++%7C+During+handling+of+the+above+exception%2C+another+exception+occurred%3A%0A++++%7C+%0A++++%7C+Traceback+%28most+recent+call+last%29%3A%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+44%2C+in+group%0A++++%7C+++++try%3A+f%28%29%0A++++%7C++++++++++~%5E%5E%0A++++%7C+++File+%22%2Fsrv%2Fapp%2Fgen3.py%22%2C+line+13%2C+in+chain%0A++++%7C+++++except+AppError%3A+%7B%7D%5B%22key+one%22%5D%0A++++%7C++++++++++++++++++++++~~%5E%5E%5E%5E%5E%5E%5E%5E%5E%5E%5E%0A++++%7C+KeyError%3A+%27key+one%27%0A++++%2B----------------+3+----------------%0A++++%7C+ExceptionGroup%3A+nested+%282+sub-exceptions%29%0A++++%2B-%2B----------------+1+----------------%0A++++++%7C+TypeError%3A+no+tb%0A++++++%2B----------------+2+----------------%0A++++++%7C+ValueError%3A+multi%0A++++++%7C+line%0A++++++%2B------------------------------------%0A HTTP/1.1",
        "",
      ],
      "failure python encoded_payload"),
    Case(
      "a string with a frame of Python in a Java message",
      [
        "java.lang.IllegalStateException: exit 1: stack [\"  File \\\"x.py\\\", line 3, in f\\n\"]",
        "\tat a.b.C.d(C.java:1)", "",
      ],
      "java\njava.lang.IllegalStateException|exit 1: stack [\"  File \\\"x.py\\\", line 3, in f\\n\"]|1"),
    Case(
      "frames behind written tabs in a message, the real ones far below",
      [
        "java.lang.IllegalStateException: several steps failed:", "\\tat a.b.C.d(C.java:1)",
        "\\tat a.b.C.e(C.java:2)", "  detail 1", "  detail 2", "  detail 3", "  detail 4", "  detail 5",
        "  detail 6", "  detail 7", "  detail 8", "\tat r.s.T.u(T.java:7)", "",
      ],
      "java\njava.lang.IllegalStateException|several steps failed:⏎\\tat a.b.C.d(C.java:1)⏎\\tat a.b.C.e(C.java:2)⏎  detail 1⏎  detail 2⏎  detail 3⏎  detail 4⏎  detail 5⏎  detail 6⏎  detail 7⏎  detail 8|1"
    ),
    Case(
      "a source string with a frame in pytest's report",
      [
        "=================================== FAILURES ===================================",
        "____ test_x ____", "", "    def test_x():", ">       assert f() == 'File \"x.py\", line 3, in f\\n'",
        "E       assert ''", "", "test_x.py:5: AssertionError", "",
      ],
      "failure python pytest_report"),
    Case(
      "two traces below each other behind written tabs",
      [
        "java.lang.IllegalStateException: one", "\\tat a.b.C.d(C.java:1)", "\\tat a.b.C.e(C.java:2)",
        "java.io.IOException: two", "\\tat a.b.C.f(C.java:3)", "\\tat a.b.C.g(C.java:4)", "",
      ],
      "failure java unsupported_format\nfailure java unsupported_format"),
    Case(
      "a layout with the caller's place in it",
      [
        "2024-07-09 08:11:12 DEBUG at a.b.C.d(C.java:1) - ok",
        "2024-07-09 08:11:12 DEBUG at a.b.C.e(C.java:3) - fine", "",
      ],
      ""),
    Case(
      "numbered source with a frame in a string",
      [
        "12:    assertThat(out).contains(\"\\tat a.b.C.d(C.java:1)\");",
        "13:    assertThat(out).contains(\"\\tat a.b.C.e(C.java:2)\");", "",
      ],
      ""),
    Case(
      "source strings with a frame of Python",
      [
        "expected = ['  File \"x.py\", line 3, in f\\n']", "",
      ],
      ""),
    Case(
      "a text block with frames",
      [
        "    var s = \"\"\"", "        java.lang.X: m", "        \\tat a.b.C.d(C.java:1)",
        "        \\tat a.b.C.e(C.java:2)", "        \"\"\";", "",
      ],
      ""),
    Case(
      "two cells behind tabs, the first at the start of the text",
      ["\t\"origin\"&", "\t\"at \""], ""),
    Case(
      "a manual's page with frames in bold",
      [
        "Caused by: <b>com.x.MyApp$HttpError</b>: I/O error<sup>(msg)</sup>",
        "  at <b>com.x.MyApp.get(MyApp.java:40)</b>", "  at <b>com.x.MyApp.getAll(MyApp.java:24)</b>",
        "  ... 23 common frames omitted", "",
      ],
      ""),
  ]

  static let messages: [Case] = [
    Case(
      "SQL and the cause's name",
      [
        "a.BadSqlException: bad SQL grammar [select *", "from x", "",
        "where 1]; nested exception is java.sql.SQLException: no", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.BadSqlException|bad SQL grammar [select *⏎from x⏎⏎where 1]; nested exception is java.sql.SQLException: no|2"
    ),
    Case(
      "the same behind a log line",
      [
        "2025-06-07 08:09:10 ERROR x - a.BadSqlException: bad SQL grammar [select *",
        "from x]; nested exception is java.sql.SQLException: no", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.BadSqlException|bad SQL grammar [select *⏎from x]; nested exception is java.sql.SQLException: no|2"
    ),
    Case(
      "MyBatis",
      [
        "a.DuplicateKeyException: ", "### Error updating database.  Cause: java.sql.SQLException: twice",
        "### The error may exist in a.xml", "; twice; nested exception is java.sql.SQLException: twice",
        "\tat a.B.c(B.java:1)", "Caused by: java.sql.SQLException: twice", "\tat a.B.d(B.java:2)",
        "\t... 1 more", "",
      ],
      "java\na.DuplicateKeyException|⏎### Error updating database.  Cause: java.sql.SQLException: twice⏎### The error may exist in a.xml⏎; twice; nested exception is java.sql.SQLException: twice|1\njava.sql.SQLException|twice|1|caused_by 0|elided 1"
    ),
    Case(
      "names of properties",
      [
        "a.BindException: two faults", "spring.datasource.url: must not be null", "server.port: bad",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.BindException|two faults⏎spring.datasource.url: must not be null⏎server.port: bad|2"),
    Case(
      "a list item",
      [
        "a.BarException: cannot", "- java.io.IOException: y", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)",
        "",
      ],
      "java\na.BarException|cannot⏎- java.io.IOException: y|2"),
    Case(
      "XStream",
      [
        "a.ConversionException: ", "---- Debugging information ----",
        "cause-exception     : a.CannotResolveClassException", "path                : /foo",
        "-------------------------------", "\tat a.B.c(B.java:1)", "",
      ],
      "java\na.ConversionException|⏎---- Debugging information ----⏎cause-exception     : a.CannotResolveClassException⏎path                : /foo⏎-------------------------------|1"
    ),
    Case(
      "EclipseLink",
      [
        "Exception [EclipseLink-4002] (Eclipse Persistence Services - 2.6.0): o.e.DatabaseException",
        "Internal Exception: java.sql.SQLException: x", "Error Code: 0", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\no.e.DatabaseException|Internal Exception: java.sql.SQLException: x⏎Error Code: 0|2"),
    Case(
      "markup of the message",
      [
        "a.BarException: bad xml", "<foo>", "  <bar a=\"1\"/>", "</foo>", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.BarException|bad xml⏎<foo>⏎  <bar a=\"1\"/>⏎</foo>|2"),
    Case(
      "entities of the message",
      [
        "a.BarException: a &amp; b &lt;c&gt;", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.BarException|a &amp; b &lt;c&gt;|2"),
    Case(
      "entities of a page",
      [
        "<pre>", "a.BarException: a &amp; b", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "</pre>", "",
      ],
      "java\na.BarException|a & b|2"),
    Case(
      "a number sign",
      [
        "a.BarException: #011 and #012", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.BarException|#011 and #012|2"),
    Case(
      "a stack, and its exception as the cause",
      [
        "a.OuterException: task failed: java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)",
        "Caused by: java.io.IOException: y", "\tat a.B.e(B.java:3)", "\t... 1 more", "",
        "\tat a.O.p(O.java:1)", "\tat a.O.q(O.java:2)", "Caused by: java.lang.Error: x",
        "\tat a.B.c(B.java:1)", "\t... 1 more", "",
      ],
      "java +embedded_trace\na.OuterException|task failed: java.lang.Error: x⏎→at a.B.c(B.java:1)⏎→at a.B.d(B.java:2)⏎Caused by: java.io.IOException: y⏎→at a.B.e(B.java:3)⏎→... 1 more⏎|2\n> java\n> java.lang.Error|x|2\n> java.io.IOException|y|1|caused_by 0|elided 1\njava.lang.Error|x|1|caused_by 0|elided 1"
    ),
    Case(
      "a stack behind a log line",
      [
        "2025-06-07 08:09:10 ERROR x failed a.OuterException: remote:", "java.lang.Error: x",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "", "end of remote", "\tat a.O.p(O.java:1)",
        "\tat a.O.q(O.java:2)", "",
      ],
      "java +embedded_trace\na.OuterException|remote:⏎java.lang.Error: x⏎→at a.B.c(B.java:1)⏎→at a.B.d(B.java:2)⏎⏎end of remote|2\n> java\n> java.lang.Error|x|2"
    ),
    Case(
      "Mockito's places",
      [
        "a.VerifyException: ", "Wanted:", "-> at a.FooTest.bar(FooTest.java:12)", "But was:",
        "-> at a.FooTest.bar(FooTest.java:13)", "", "\tat a.FooTest.bar(FooTest.java:14)",
        "\tat a.FooTest.baz(FooTest.java:15)", "",
      ],
      "java\na.VerifyException|⏎Wanted:⏎-> at a.FooTest.bar(FooTest.java:12)⏎But was:⏎-> at a.FooTest.bar(FooTest.java:13)⏎|2"
    ),
    Case(
      "a message that begins with a traceback",
      [
        "Traceback (most recent call last):", "  File \"/b.py\", line 9, in h", "    run()",
        "app.AppError: Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "ValueError: x", "", "2025-06-07 08:09:10 INFO next", "",
      ],
      "python +embedded_trace +possible_notes\napp.AppError|Traceback (most recent call last):⏎  File \"/a.py\", line 3, in f⏎    g()⏎ValueError: x|1\n> python\n> ValueError|x|1"
    ),
    Case(
      "a level and an exception of its own",
      [
        "INFO: java.io.IOException: reset, retrying", "retry worked", "OrderRejected: no stock",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "java\nOrderRejected|no stock|2"),
    Case(
      "a header behind a level",
      [
        "WARNING:   java.io.IOException: reset", "while reading", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.io.IOException|reset⏎while reading|2"),
    Case(
      "JAXB's places",
      [
        "a.AnnotationsException: 1 count", "this problem is related to:", "\t\tat java.util.List",
        "\t\tat public java.util.List a.Foo.getX()", "\t\tat a.b.Foo", "", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\na.AnnotationsException|1 count⏎this problem is related to:⏎→→at java.util.List⏎→→at public java.util.List a.Foo.getX()⏎→→at a.b.Foo⏎|2"
    ),
    Case(
      "lines of a log in a string",
      [
        "{\"stack_trace\": \"a.BarException: exit 1:\\n12:29:52.123 [main] ERROR a.X - boo\\n12:29:52.124 [main] INFO a.X - foo\\n\\tat a.B.c(B.java:1)\\n\\tat a.B.d(B.java:2)\\n\"}",
        "",
      ],
      "java\na.BarException|exit 1:⏎12:29:52.123 [main] ERROR a.X - boo⏎12:29:52.124 [main] INFO a.X - foo|2"),
    Case(
      "an elision in a cause's message",
      [
        "a.Outer: o", "\tat a.B.c(B.java:1)", "Caused by: a.Bar: list:", "  a", "  ... 3 more",
        "\tat a.B.d(B.java:2)", "\t... 1 more", "",
      ],
      "java\na.Outer|o|1\na.Bar|list:⏎  a⏎  ... 3 more|1|caused_by 0|elided 1"),
    Case(
      "AssertJ's failures",
      [
        "o.a.MultipleFailuresError: ", "Multiple Failures (2 failures)", "-- failure 1 --", "expected: 1",
        "at FooTest.test(FooTest.java:12)", "-- failure 2 --", "expected: 2",
        "at FooTest.test(FooTest.java:13)", "\tat a.FooTest.test(FooTest.java:14)",
        "\tat a.FooTest.run(FooTest.java:15)", "",
      ],
      "java\no.a.MultipleFailuresError|⏎Multiple Failures (2 failures)⏎-- failure 1 --⏎expected: 1⏎at FooTest.test(FooTest.java:12)⏎-- failure 2 --⏎expected: 2⏎at FooTest.test(FooTest.java:13)|2"
    ),
    Case(
      "causes that were never raised",
      [
        "OSError: deep", "", "The above exception was the direct cause of the following exception:", "",
        "ValueError: inner", "", "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "ValueError: x",
        "",
      ],
      "python +message_end_guessed\nOSError|deep|0\nValueError|inner|0|cause 0\nValueError|x|1|cause 1"),
    Case(
      "the cause of a group that was never raised",
      [
        "ValueError: plain", "", "The above exception was the direct cause of the following exception:", "",
        "  + Exception Group Traceback (most recent call last):", "  |   File \"/a.py\", line 3, in f",
        "  | ExceptionGroup: h (1 sub-exception)", "  +-+---------------- 1 ----------------",
        "    | TypeError: t", "    +------------------------------------", "",
      ],
      "python\nValueError|plain|0\nExceptionGroup|h (1 sub-exception)|1|cause 0\nTypeError|t|0|member 1"),
    Case(
      "entities of a report",
      [
        "<system-out>text", "more", "java.lang.Error: a &lt;b&gt; c &amp; d", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "</system-out>", "",
      ],
      "java\njava.lang.Error|a <b> c & d|2"),
    Case(
      "Ansible's task behind a traceback",
      [
        "The full traceback is:", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f",
        "    g()", "AppError", "fatal: [host1]: FAILED! => {\"msg\": \"x\"}", "",
      ],
      "python\nAppError|-|1"),
    Case(
      "what stands behind an exception without a message",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    raise AppError",
        "AppError", "make: *** [all] Error 1", "second", "",
      ],
      "python\nAppError|-|1"),
    Case(
      "a warning behind a traceback",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "ValueError: x",
        "/srv/b.py:23: DeprecationWarning: old", "  import x", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "kubectl's description of a container",
      [
        "    State:          Terminated", "      Reason:       Error",
        "      Message:      Traceback (most recent call last):",
        "  File \"/srv/app/orders.py\", line 14, in place", "    raise ValueError(\"bad\")",
        "ValueError: bad amount", "", "hint: 12,5", "", "      Exit Code:    1",
        "      Started:      Thu, 26 Nov 2026 10:00:00 +0000", "",
      ],
      "python +message_end_guessed\nValueError|bad amount|1"),
    Case(
      "MySQL's fields",
      [
        "*************************** 1. row ***************************", "   id: 1",
        "  msg: Traceback (most recent call last):", "  File \"/srv/app/gen3.py\", line 7, in lvl2",
        "    try: return lvl3(x)", "                ~~~~^^^", "  File \"/srv/app/gen3.py\", line 5, in lvl3",
        "    def lvl3(x): return 1 // x", "                        ~~^^~~",
        "ZeroDivisionError: integer division or modulo by zero", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/gen3.py\", line 12, in chain",
        "    try: lvl2(0)", "         ~~~~^^^", "  File \"/srv/app/gen3.py\", line 9, in lvl2",
        "    raise AppError(\"level2 failed\") from e", "AppError: level2 failed", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/gen3.py\", line 75, in <module>",
        "    globals()[sys.argv[1]]()", "    ~~~~~~~~~~~~~~~~~~~~~~^^",
        "  File \"/srv/app/gen3.py\", line 13, in chain", "    except AppError: {}[\"key one\"]",
        "                     ~~^^^^^^^^^^^", "KeyError: 'key one'", "   ts: 2026", "",
      ],
      "python\nZeroDivisionError|integer division or modulo by zero|2\nAppError|level2 failed|2|cause 0\nKeyError|'key one'|2|context 1"
    ),
    Case(
      "a tag that repeats a message of several lines",
      [
        "<testcase name=\"multi()\" classname=\"J5Test\" time=\"0.015\">",
        "<error message=\"order 4711 failed:", "  amount: 12,5", "",
        "  hint: use a dot\" type=\"java.lang.IllegalStateException\"><![CDATA[java.lang.IllegalStateException: order 4711 failed:",
        "  amount: 12,5", "", "  hint: use a dot", "\tat shop.Orders.processMulti(Orders.java:13)",
        "\tat shop.Orders.run(Orders.java:25)", "\tat J5Test.multi(J5Test.java:6)", "]]></error>",
        "</testcase>", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed:⏎  amount: 12,5⏎⏎  hint: use a dot|3"),
    Case(
      "a message that ends as packaging data do",
      [
        "java.lang.NoClassDefFoundError: Could not load from [app.jar:1.0]",
        "\tat com.foo.Bar.baz(Bar.java:12) [app.jar:1.0]",
        "\tat com.foo.Main.main(Main.java:3) [app.jar:1.0]", "",
      ],
      "java\njava.lang.NoClassDefFoundError|Could not load from [app.jar:1.0]|2"),
    Case(
      "a message that ends as its frame does, by chance",
      [
        "java.lang.X: list(1)!", "at a.B.c(B.kt:1)!", "ok", "",
      ],
      ""),
    Case(
      "ranges in a message below a colour without its escape byte",
      [
        "[1m Traceback (most recent call last):", "  File \"a.py\", line 3, in f",
        "ValueError: rate(x[5m:]) and y[5m:1m] offset", "",
      ],
      "python +message_end_guessed\nValueError|rate(x[5m:]) and y[5m:1m] offset|1"),
    Case(
      "an escaped trace below a Python exception",
      [
        "Traceback (most recent call last):", "  File \"a.py\", line 3, in f", "    g()", "ValueError: bad",
        "event {\"level\": \"ERROR\", \"stack_trace\": \"java.lang.RuntimeException: a\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.e(C.java:2)\\n\"}",
        "",
      ],
      "python\nValueError|bad|1\njava\njava.lang.RuntimeException|a|2"),
    Case(
      "the same behind the same prefix",
      [
        "2024-03-05 10:11:12 \u{1B}[43msource\u{1B}[0m > Traceback (most recent call last):",
        "2024-03-05 10:11:12 \u{1B}[43msource\u{1B}[0m >   File \"a.py\", line 3, in f",
        "2024-03-05 10:11:12 \u{1B}[43msource\u{1B}[0m >     g()",
        "2024-03-05 10:11:12 \u{1B}[43msource\u{1B}[0m > ValueError: bad",
        "2024-03-05 10:11:12 \u{1B}[43msource\u{1B}[0m > job failed with 'java.lang.RuntimeException: a\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.e(C.java:2)\\n'",
        "",
      ],
      "python\nValueError|bad|1\njava\njava.lang.RuntimeException|a|2"),
    Case(
      "the end of a container's log as YARN prints it",
      [
        "Container: container_1 on h", "LogType:stderr", "LogLength:100", "Log Contents:",
        "Traceback (most recent call last):", "  File \"a.py\", line 3, in f", "    g()", "KeyError: 'k'",
        "End of LogType:stderr", "***********************************************************************",
        "",
      ],
      "python\nKeyError|'k'|1"),
    Case(
      "a header of two lines in a field below an interrupted trace",
      [
        "Traceback (most recent call last):", "  File \"/srv/a.py\", line 3, in f", "    g()",
        "2024-01-01 10:00:00,123 INFO x - hello", "  File \"/srv/b.py\", line 4, in g", "    h()",
        "ValueError: bad", "2024-01-01 10:00:01,123 INFO x - done",
        "{\"level\": \"error\", \"message\": \"failed\", \"stack_trace\": \"java.lang.IllegalStateException: mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm\\nSECOND LINE OF THE MESSAGE\\n\"}",
        "{\"level\":\"info\",\"message\":\"x\"}", "",
      ],
      "python +interrupted\nValueError|bad|2\njava no_frames +no_frames\njava.lang.IllegalStateException|mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm⏎SECOND LINE OF THE MESSAGE|0"
    ),
    Case(
      "a traceback quoted behind words",
      [
        "Traceback (most recent call last):", "  File \"/a/x.py\", line 3, in f", "    g()",
        "RuntimeError: command failed: Traceback (most recent call last):",
        "  File \"/b/y.py\", line 4, in h", "    i()", "ValueError: bad", "",
      ],
      "python +message_end_guessed +embedded_trace +possible_notes\nRuntimeError|command failed: Traceback (most recent call last):⏎  File \"/b/y.py\", line 4, in h⏎    i()⏎ValueError: bad|1\n> python\n> ValueError|bad|1"
    ),
    Case(
      "a group without a traceback as cause of a cause",
      [
        "  | ExceptionGroup: multiple connection attempts failed (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------", "    | Traceback (most recent call last):",
        "    |   File \"/srv/app/anyio_like.py\", line 7, in connect_tcp", "    |     try: try_connect(h)",
        "    |          ^^^^^^^^^^^^^^", "    |   File \"/srv/app/anyio_like.py\", line 3, in try_connect",
        "    |     raise ConnectionRefusedError(111, \"Connect call failed ('%s', 1)\" % host)",
        "    | ConnectionRefusedError: [Errno 111] Connect call failed ('::1', 1)",
        "    +---------------- 2 ----------------", "    | Traceback (most recent call last):",
        "    |   File \"/srv/app/anyio_like.py\", line 7, in connect_tcp", "    |     try: try_connect(h)",
        "    |          ^^^^^^^^^^^^^^", "    |   File \"/srv/app/anyio_like.py\", line 3, in try_connect",
        "    |     raise ConnectionRefusedError(111, \"Connect call failed ('%s', 1)\" % host)",
        "    | ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 1)",
        "    +------------------------------------", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/anyio_like.py\", line 13, in request",
        "    try: connect_tcp([\"::1\",\"127.0.0.1\"])", "         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  File \"/srv/app/anyio_like.py\", line 10, in connect_tcp",
        "    raise OSError(\"All connection attempts failed\") from cause",
        "OSError: All connection attempts failed", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/anyio_like.py\", line 17, in <module>",
        "    try: request()", "         ^^^^^^^^^", "  File \"/srv/app/anyio_like.py\", line 14, in request",
        "    except OSError as e: raise ConnectError(str(e)) from e",
        "                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "ConnectError: All connection attempts failed", "",
      ],
      "python +message_end_guessed\nExceptionGroup|multiple connection attempts failed (2 sub-exceptions)|0\nConnectionRefusedError|[Errno 111] Connect call failed ('::1', 1)|2|member 0\nConnectionRefusedError|[Errno 111] Connect call failed ('127.0.0.1', 1)|2|member 0\nOSError|All connection attempts failed|2|cause 0\nConnectError|All connection attempts failed|2|cause 3"
    ),
    Case(
      "such a group in the middle of a chain",
      [
        "Traceback (most recent call last):", "  File \"/a/x.py\", line 3, in f", "    g()", "KeyError: 1",
        "", "The above exception was the direct cause of the following exception:", "",
        "  | ExceptionGroup: e (1 sub-exception)", "  +-+---------------- 1 ----------------",
        "    | ValueError: 1", "    +------------------------------------", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "  File \"/a/x.py\", line 3, in f", "    g()",
        "RuntimeError: boom", "",
      ],
      "python +message_end_guessed\nKeyError|1|1\nExceptionGroup|e (1 sub-exception)|0|cause 0\nValueError|1|0|member 1\nRuntimeError|boom|1|cause 1"
    ),
    Case(
      "a message of two lines of a type without package",
      [
        "MyException: multi", "line", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)", "",
      ],
      "java\nMyException|multi⏎line|2"),
    Case(
      "a request as Django's server logs it",
      [
        "Internal Server Error: /x", "Traceback (most recent call last):", "  File \"/a/x.py\", line 1, in f",
        "    g()", "ValueError: x", "[09/Jul/2024 08:11:12] \"GET /x HTTP/1.1\" 500 123", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "a group whose member's chain held one",
      [
        "  + Exception Group Traceback (most recent call last):",
        "  |   File \"/srv/app/anyio_like.py\", line 24, in <module>",
        "  |     try: raise ExceptionGroup(\"outer\",[g()])",
        "  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^", "  | ExceptionGroup: outer (1 sub-exception)",
        "  +-+---------------- 1 ----------------",
        "    | Exception Group Traceback (most recent call last):",
        "    |   File \"/srv/app/anyio_like.py\", line 21, in g",
        "    |     try: raise ExceptionGroup(\"inner\",[ValueError(1)])",
        "    |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "    | ExceptionGroup: inner (1 sub-exception)", "    +-+---------------- 1 ----------------",
        "      | ValueError: 1", "      +------------------------------------", "    | ",
        "    | The above exception was the direct cause of the following exception:", "    | ",
        "    | Traceback (most recent call last):", "    |   File \"/srv/app/anyio_like.py\", line 22, in g",
        "    |     except ExceptionGroup as e: raise KeyError(\"k\") from e",
        "    |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^", "    | KeyError: 'k'", "",
      ],
      "python +message_end_guessed\nExceptionGroup|outer (1 sub-exception)|1\nExceptionGroup|inner (1 sub-exception)|1|member 0\nValueError|1|0|member 1\nKeyError|'k'|1|cause 1"
    ),
    Case(
      "torch's process",
      [
        "Traceback (most recent call last):", "  File \"/a/x.py\", line 3, in f", "    g()",
        "torch.multiprocessing.spawn.ProcessRaisedException: ", "",
        "-- Process 0 terminated with the following error:", "Traceback (most recent call last):",
        "  File \"/b/y.py\", line 4, in h", "    i()", "ValueError: bad", "", "",
      ],
      "python +embedded_trace +possible_notes\ntorch.multiprocessing.spawn.ProcessRaisedException|⏎⏎-- Process 0 terminated with the following error:⏎Traceback (most recent call last):⏎  File \"/b/y.py\", line 4, in h⏎    i()⏎ValueError: bad|1\n> python\n> ValueError|bad|1"
    ),
    Case(
      "TensorFlow's node",
      [
        "Traceback (most recent call last):", "  File \"/a/x.py\", line 3, in f", "    g()",
        "tensorflow.python.framework.errors_impl.InvalidArgumentError: Graph execution error:", "",
        "Detected at node 'model/dense/MatMul' defined at (most recent call last):",
        "    File \"/a/b.py\", line 3, in <module>", "      main()", "    File \"/a/c.py\", line 4, in main",
        "      f()", "Node: 'model/dense/MatMul'", "Matrix size-incompatible: In[0]: [32,10], In[1]: [20,1]",
        "\t [[{{node model/dense/MatMul}}]] [Op:__inference_train_function_1]", "",
      ],
      "python +message_end_guessed +embedded_trace +possible_notes\ntensorflow.python.framework.errors_impl.InvalidArgumentError|Graph execution error:⏎⏎Detected at node 'model/dense/MatMul' defined at (most recent call last):⏎    File \"/a/b.py\", line 3, in <module>⏎      main()⏎    File \"/a/c.py\", line 4, in main⏎      f()⏎Node: 'model/dense/MatMul'⏎Matrix size-incompatible: In[0]: [32,10], In[1]: [20,1]⏎→ [[{{node model/dense/MatMul}}]] [Op:__inference_train_function_1]|1\n> python\n> -|-|2"
    ),
    Case(
      "a shell's prompt",
      [
        ">>> f()", "Traceback (most recent call last):", "  File \"<stdin>\", line 1, in <module>",
        "ValueError: 1", ">>> ", "",
      ],
      "python\nValueError|1|1"),
    Case(
      "a fence of tildes",
      [
        "Log:", "", "~~~java", "Traceback (most recent call last):",
        "  File \"/srv/app/py/cases.py\", line 47, in case_chain", "    try: f1(0)", "         ^^^^^",
        "  File \"/srv/app/py/cases.py\", line 7, in f1", "    def f1(x): return f2(x)",
        "                      ^^^^^", "  File \"/srv/app/py/cases.py\", line 8, in f2",
        "    def f2(x): return 1/x", "                      ~^~", "ZeroDivisionError: division by zero", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/py/cases.py\", line 48, in case_chain",
        "    except ZeroDivisionError: raise AppError(\"during handling\")",
        "                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^", "cases.AppError: during handling",
        "~~~", "",
      ],
      "python\nZeroDivisionError|division by zero|3\ncases.AppError|during handling|1|context 0"),
  ]

  static let quoted: [Case] = [
    Case(
      "Node's console",
      [
        "{", "  stderr: 'java.lang.Error: x\\n' +", "    '\\tat a.B.c(B.java:1)\\n' +",
        "    '\\tat a.B.d(B.java:2)\\n' +", "    'Caused by: java.io.IOException: y\\n' +",
        "    '\\tat a.B.e(B.java:3)\\n' +", "    '\\t... 1 more\\n',", "  cmd: 'x'", "}", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "Node's console, Python",
      [
        "{", "  stderr: 'Traceback (most recent call last):\\n' +",
        "    '  File \"/a.py\", line 3, in f\\n' +", "    '    g()\\n' +", "    'ValueError: x\\n',",
        "  cmd: 'x'", "}", "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "pprint",
      [
        "{'a': 1,", " 'error': 'java.lang.Error: x\\n'", "          '\\tat a.B.c(B.java:1)\\n'",
        "          '\\tat a.B.d(B.java:2)\\n'", "          'Caused by: java.io.IOException: y\\n'",
        "          '\\tat a.B.e(B.java:3)\\n'", "          '\\t... 1 more\\n'}", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "a list in YAML",
      [
        "stack:", "  - \"java.lang.Error: x\"", "  - \"\\tat a.B.c(B.java:1)\"",
        "  - \"\\tat a.B.d(B.java:2)\"", "  - \"Caused by: java.io.IOException: y\"",
        "  - \"\\tat a.B.e(B.java:3)\"", "  - \"\\t... 1 more\"", "next: 1", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "YAML documents",
      [
        "---", "insertId: x0", "textPayload: \"java.lang.Error: x\"", "timestamp: '2025-06-07T08:09:10Z'",
        "---", "insertId: x1", "textPayload: \"\\tat a.B.c(B.java:1)\"", "timestamp: '2025-06-07T08:09:11Z'",
        "---", "insertId: x2", "textPayload: \"\\tat a.B.d(B.java:2)\"", "timestamp: '2025-06-07T08:09:12Z'",
        "---", "insertId: x3", "textPayload: \"Caused by: java.io.IOException: y\"",
        "timestamp: '2025-06-07T08:09:13Z'", "---", "insertId: x4", "textPayload: \"\\tat a.B.e(B.java:3)\"",
        "timestamp: '2025-06-07T08:09:14Z'", "---", "insertId: x5", "textPayload: \"\\t... 1 more\"",
        "timestamp: '2025-06-07T08:09:15Z'", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "rubydebug",
      [
        "{", "       \"message\" => \"java.lang.Error: x\",",
        "    \"@timestamp\" => 2025-06-07T08:09:10.000Z", "}", "{",
        "       \"message\" => \"\\tat a.B.c(B.java:1)\",", "    \"@timestamp\" => 2025-06-07T08:09:10.000Z",
        "}", "{", "       \"message\" => \"\\tat a.B.d(B.java:2)\",",
        "    \"@timestamp\" => 2025-06-07T08:09:10.000Z", "}", "{",
        "       \"message\" => \"Caused by: java.io.IOException: y\",",
        "    \"@timestamp\" => 2025-06-07T08:09:10.000Z", "}", "{",
        "       \"message\" => \"\\tat a.B.e(B.java:3)\",", "    \"@timestamp\" => 2025-06-07T08:09:10.000Z",
        "}", "{", "       \"message\" => \"\\t... 1 more\",",
        "    \"@timestamp\" => 2025-06-07T08:09:10.000Z", "}", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "bytes",
      [
        "2025-06-07 08:09:10 INFO - stderr: b'java.lang.Error: x\\n'",
        "2025-06-07 08:09:11 INFO - stderr: b'\\tat a.B.c(B.java:1)\\n'",
        "2025-06-07 08:09:12 INFO - stderr: b'\\tat a.B.d(B.java:2)\\n'",
        "2025-06-07 08:09:13 INFO - stderr: b'Caused by: java.io.IOException: y\\n'",
        "2025-06-07 08:09:14 INFO - stderr: b'\\tat a.B.e(B.java:3)\\n'",
        "2025-06-07 08:09:15 INFO - stderr: b'\\t... 1 more\\n'", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "dictionaries",
      [
        "{'level': 'ERROR', 'x': None, 'msg': 'java.lang.Error: x'}",
        "{'level': 'ERROR', 'x': None, 'msg': '\\tat a.B.c(B.java:1)'}",
        "{'level': 'ERROR', 'x': None, 'msg': '\\tat a.B.d(B.java:2)'}",
        "{'level': 'ERROR', 'x': None, 'msg': 'Caused by: java.io.IOException: y'}",
        "{'level': 'ERROR', 'x': None, 'msg': '\\tat a.B.e(B.java:3)'}",
        "{'level': 'ERROR', 'x': None, 'msg': '\\t... 1 more'}", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "hashes",
      [
        "{\"message\"=>\"java.lang.Error: x\", \"host\"=>nil, \"@timestamp\"=>2025-06-07T08:09:10.123Z}",
        "{\"message\"=>\"\\tat a.B.c(B.java:1)\", \"host\"=>nil, \"@timestamp\"=>2025-06-07T08:09:10.123Z}",
        "{\"message\"=>\"\\tat a.B.d(B.java:2)\", \"host\"=>nil, \"@timestamp\"=>2025-06-07T08:09:10.123Z}",
        "{\"message\"=>\"Caused by: java.io.IOException: y\", \"host\"=>nil, \"@timestamp\"=>2025-06-07T08:09:10.123Z}",
        "{\"message\"=>\"\\tat a.B.e(B.java:3)\", \"host\"=>nil, \"@timestamp\"=>2025-06-07T08:09:10.123Z}",
        "{\"message\"=>\"\\t... 1 more\", \"host\"=>nil, \"@timestamp\"=>2025-06-07T08:09:10.123Z}", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "fluent-bit",
      [
        "[0] app.log: [[1700000000.123456780, {}], {\"log\"=>\"java.lang.Error: x\"}]",
        "[1] app.log: [[1700000000.123456781, {}], {\"log\"=>\"\tat a.B.c(B.java:1)\"}]",
        "[2] app.log: [[1700000000.123456782, {}], {\"log\"=>\"\tat a.B.d(B.java:2)\"}]",
        "[3] app.log: [[1700000000.123456783, {}], {\"log\"=>\"Caused by: java.io.IOException: y\"}]",
        "[4] app.log: [[1700000000.123456784, {}], {\"log\"=>\"\tat a.B.e(B.java:3)\"}]",
        "[5] app.log: [[1700000000.123456785, {}], {\"log\"=>\"\t... 1 more\"}]", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "fluent-bit before 2.1",
      [
        "[0] app.log: [1700000000.123456780, {\"log\"=>\"Traceback (most recent call last):\", \"stream\"=>\"stderr\"}]",
        "[1] app.log: [1700000000.123456781, {\"log\"=>\"  File \"/a.py\", line 3, in f\", \"stream\"=>\"stderr\"}]",
        "[2] app.log: [1700000000.123456782, {\"log\"=>\"    g()\", \"stream\"=>\"stderr\"}]",
        "[3] app.log: [1700000000.123456783, {\"log\"=>\"ValueError: x\", \"stream\"=>\"stderr\"}]", "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "a list on one line",
      [
        "ERROR got ['java.lang.Error: x', '\\tat a.B.c(B.java:1)', '\\tat a.B.d(B.java:2)', 'Caused by: java.io.IOException: y', '\\tat a.B.e(B.java:3)', '\\t... 1 more']",
        "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "a list whose first line is no header",
      [
        "ok: [host1] => {", "    \"r.stdout_lines\": [", "        \"<<own>>\",",
        "        \"\\tat a.B.c(B.java:1)\",", "        \"\\tat a.B.d(B.java:2)\"", "    ]", "}", "",
      ],
      "java type_missing\n-|<<own>>|2"),
    Case(
      "strings of a list that have lines",
      [
        "{\"logs\":[\"start\",\"Traceback (most recent call last):\\n  File \\\"/a.py\\\", line 3, in f\\n    g()\\nValueError: x\",\"next\"]}",
        "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "a list in YAML, blanks for tabs",
      [
        "stack:", "  - 'java.lang.Error: x'", "  - '    at a.B.c(B.java:1)'", "  - '    at a.B.d(B.java:2)'",
        "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a program's source",
      [
        "class T {", "  String s = \"java.lang.Error: x\\n\" +", "      \"\\tat a.B.c(B.java:1)\\n\" +",
        "      \"\\tat a.B.d(B.java:2)\\n\";",
        "  void t() { assertThat(s).contains(\"\\tat a.B.c(B.java:1)\"); }", "}", "",
      ],
      ""),
    Case(
      "bytes of two streams",
      [
        "[t1] b'java.lang.Error: x\\n'", "[t2] b'java.lang.Error: x\\n'", "[t1] b'\\tat a.B.c(B.java:1)\\n'",
        "[t2] b'\\tat a.B.c(B.java:1)\\n'", "[t1] b'\\tat a.B.d(B.java:2)\\n'",
        "[t2] b'\\tat a.B.d(B.java:2)\\n'", "",
      ],
      "java\njava.lang.Error|x|2\njava\njava.lang.Error|x|2"),
    Case(
      "a chain in a list",
      [
        "{\"l\":[\"Traceback (most recent call last):\\n  File \\\"/a.py\\\", line 3, in f\\n    g()\\nValueError: x\",\"\",\"During handling of the above exception, another exception occurred:\",\"\",\"Traceback (most recent call last):\\n  File \\\"/a.py\\\", line 3, in f\\n    g()\\nValueError: y\"]}",
        "",
      ],
      "python +message_end_guessed\nValueError|x|1\nValueError|y|1|context 0"),
    Case(
      "strings alone",
      [
        "'java.lang.Error: x\\n'", "'\\tat a.B.c(B.java:1)\\n'", "'\\tat a.B.d(B.java:2)\\n'", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "pprint's list",
      [
        "{'a': 1,", " 'err': ['java.lang.Error: x',", "         '\\tat a.B.c(B.java:1)',",
        "         '\\tat a.B.d(B.java:2)']}", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "AWS Lambda",
      [
        "[ERROR] KeyError: 'k'\rTraceback (most recent call last):\r  File \"/var/task/a.py\", line 3, in handler\r    f()\r  File \"/var/task/a.py\", line 9, in f\r    d['k']",
        "END RequestId: x", "",
      ],
      "python\nKeyError|'k'|2"),
    Case(
      "AWS Lambda in indented JSON",
      [
        "{", "  \"events\": [", "    {",
        "      \"message\": \"[ERROR] KeyError: 'k'\\rTraceback (most recent call last):\\r\\u00a0\\u00a0File \\\"/var/task/a.py\\\", line 3, in handler\\r\\u00a0\\u00a0\\u00a0\\u00a0f()\\r\\u00a0\\u00a0File \\\"/var/task/a.py\\\", line 9, in f\\r\\u00a0\\u00a0\\u00a0\\u00a0d['k']\",",
        "      \"ingestionTime\": 2", "    }", "  ]", "}", "",
      ],
      "python\nKeyError|'k'|2"),
    Case(
      "line ends and tabs as numbers of Java's properties",
      [
        "ERROR java.lang.IllegalStateException: order 4711 failed\\u000a\\u0009at com.acme.shop.Orders.place(Orders.java:42)\\u000a\\u0009at com.acme.shop.Main.main(Main.java:11)\\u000aCaused by: java.io.IOException: disk full\\u000a\\u0009at com.acme.io.Disk.write(Disk.java:77)\\u000a\\u0009... 2 more",
        "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "a string that YAML has folded",
      [
        "status:", "  containerStatuses:", "  - lastState:", "      terminated:", "        exitCode: 1",
        "        message: \"java.lang.IllegalStateException: order 4711 failed\\n\\tat com.acme.shop.Orders.place(Orders.java:42)\\n\\tat",
        "          com.acme.shop.Main.main(Main.java:11)\\nCaused by: java.io.IOException: disk",
        "          full\\n\\tat com.acme.io.Disk.write(Disk.java:77)\\n\\t... 2 more\\n\"",
        "        reason: Error", "    name: base", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "the same of Python",
      [
        "status:", "  containerStatuses:", "  - lastState:", "      terminated:", "        exitCode: 1",
        "        message: \"Traceback (most recent call last):\\n  File \\\"/srv/app/main.py\\\"\\",
        "          , line 11, in main\\n    place(order)\\n  File \\\"/srv/app/orders.py\\\", line\\",
        "          \\ 42, in place\\n    raise ValueError(\\\"bad\\\")\\nValueError: bad amount: 12,5\\n\"",
        "        reason: Error", "    name: base", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2"),
    Case(
      "two folded strings of a list",
      [
        "a:", "  status:", "    containerStatuses:", "    - lastState:", "        terminated:",
        "          exitCode: 1",
        "          message: \"Traceback (most recent call last):\\n  File \\\"/srv/app/main.py\\\",",
        "            line 11, in main\\n    place(order)\\n  File \\\"/srv/app/orders.py\\\", line",
        "            42, in place\\n    raise ValueError(\\\"bad\\\")\\nValueError: bad amount: 12,5\\n\"",
        "          reason: Error", "      name: base", "b:",
        "- \"Traceback (most recent call last):\\n  File \\\"/srv/app/main.py\\\", line 11, in main\\n",
        "  \\   place(order)\\n  File \\\"/srv/app/orders.py\\\", line 42, in place\\n    raise ValueError(\\\"bad\\\")\\nValueError:",
        "  bad amount: 12,5\\n\"", "- x \"y\"",
        "- \"Traceback (most recent call last):\\n  File \\\"/srv/app/main.py\\\", line 11, in main\\n",
        "  \\   place(order)\\n  File \\\"/srv/app/orders.py\\\", line 42, in place\\n    raise ValueError(\\\"bad\\\")\\nValueError:",
        "  bad amount: 12,5\\n\"", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2\npython +message_end_guessed\nValueError|bad amount: 12,5|2\npython +message_end_guessed\nValueError|bad amount: 12,5|2"
    ),
    Case(
      "tags for line ends and tabs",
      [
        "12:29:52.123 [main] ERROR com.acme.Foo -- boom java.lang.RuntimeException: level1 failed<LF><TAB>at demo.Gen.l1(Gen.java:10)<LF><TAB>at demo.Gen.lambda$main$0(Gen.java:18)<LF><TAB>at demo.Gen.c(Gen.java:14)<LF><TAB>at demo.Gen.main(Gen.java:18)<LF>Caused by: java.lang.RuntimeException: level2 failed<LF><TAB>at demo.Gen.l2(Gen.java:9)<LF><TAB>... 4 more<LF>Caused by: java.lang.IllegalStateException: root cause here<LF><TAB>at demo.Gen.l3(Gen.java:8)<LF><TAB>... 5 more",
        "",
      ],
      "java\njava.lang.RuntimeException|level1 failed|4\njava.lang.RuntimeException|level2 failed|1|caused_by 0|elided 4\njava.lang.IllegalStateException|root cause here|1|caused_by 1|elided 5"
    ),
    Case(
      "characters by their numbers",
      [
        "2026-11-26 10:00:00 ERROR failed exc='Traceback (most recent call last):\\n  File \"/srv/app/orders.py\", line 14, in place\\n    raise ValueError(x)\\nValueError: caf\\xe9 \\u2713 \\U0001f600\\n'",
        "",
      ],
      "python +message_end_guessed\nValueError|café ✓ 😀|1"),
    Case(
      "tags of few letters for line ends and tabs",
      [
        "java.lang.X: m{n}{t}at a.b.C.d(C.java:1){n}{t}at a.b.C.d(C.java:2)", "",
      ],
      "java\njava.lang.X|m|2"),
    Case(
      "An escaped object with a list of lines in indented JSON",
      [
        "{",
        "    \"log\": \"{\\\"type\\\": \\\"server\\\", \\\"stacktrace\\\": [\\\"java.lang.RuntimeException: level1 failed\\\", \\\"at Caused.l1(Caused.java:4)\\\", \\\"at Caused.main(Caused.java:5)\\\"]}\\n\",",
        "    \"stream\": \"stdout\"", "}", "",
      ],
      "java\njava.lang.RuntimeException|level1 failed|2"),
    Case(
      "An escaped object with an escaped trace in indented JSON",
      [
        "{",
        "    \"log\": \"{\\\"type\\\": \\\"server\\\", \\\"stacktrace\\\": \\\"java.lang.RuntimeException: level1 failed\\\\n\\\\tat a.Caused.l1(Caused.java:4)\\\\n\\\\tat a.Caused.main(Caused.java:5)\\\"}\\n\",",
        "    \"stream\": \"stdout\"", "}", "",
      ],
      "java\njava.lang.RuntimeException|level1 failed|2"),
    Case(
      "Printed bytes in indented JSON",
      [
        "{",
        "  \"textPayload\": \"job failed: output b'Traceback (most recent call last):\\\\n  File \\\"chain.py\\\", line 6, in mid\\\\n    low()\\\\nKeyError: \\\\'k\\\\'\\\\n\\\\nThe above exception was the direct cause of the following exception:\\\\n\\\\nTraceback (most recent call last):\\\\n  File \\\"chain.py\\\", line 11, in top\\\\n    mid()\\\\nValueError: bad value\\\\n'\",",
        "  \"severity\": \"ERROR\"", "}", "",
      ],
      "python +message_end_guessed\nKeyError|'k'|1\nValueError|bad value|1|cause 0"),
    Case(
      "An exception group behind a logger's fields in a string",
      [
        "{\"message\": \"2024-03-05 10:11:12 source >   + Exception Group Traceback (most recent call last):\\n2024-03-05 10:11:12 source >   |   File \\\"g.py\\\", line 16, in <module>\\n2024-03-05 10:11:12 source >   |     run()\\n2024-03-05 10:11:12 source >   | ExceptionGroup: two (2 sub-exceptions)\\n2024-03-05 10:11:12 source >   +-+---------------- 1 ----------------\\n2024-03-05 10:11:12 source >     | Traceback (most recent call last):\\n2024-03-05 10:11:12 source >     |   File \\\"g.py\\\", line 1, in a\\n2024-03-05 10:11:12 source >     |     x()\\n2024-03-05 10:11:12 source >     | TypeError: t\\n2024-03-05 10:11:12 source >     +---------------- 2 ----------------\\n2024-03-05 10:11:12 source >     | ValueError: v\\n2024-03-05 10:11:12 source >     +------------------------------------\\n\"}",
        "",
      ],
      "python\nExceptionGroup|two (2 sub-exceptions)|1\nTypeError|t|1|member 0\nValueError|v|0|member 0"),
    Case(
      "journald's bytes below another name",
      [
        "{\"insertId\": \"x\", \"severity\": \"ERROR\", \"jsonPayload\": {\"_SYSTEMD_UNIT\": \"app.service\", \"PRIORITY\": \"3\", \"MESSAGE\": [27, 91, 51, 49, 109, 50, 48, 50, 52, 45, 48, 51, 45, 48, 53, 32, 49, 48, 58, 49, 49, 58, 49, 50, 32, 69, 82, 82, 79, 82, 32, 102, 97, 105, 108, 101, 100, 10, 106, 97, 118, 97, 46, 108, 97, 110, 103, 46, 82, 117, 110, 116, 105, 109, 101, 69, 120, 99, 101, 112, 116, 105, 111, 110, 58, 32, 97, 10, 9, 97, 116, 32, 97, 46, 98, 46, 67, 46, 100, 40, 67, 46, 106, 97, 118, 97, 58, 49, 41, 10, 9, 97, 116, 32, 97, 46, 98, 46, 67, 46, 101, 40, 67, 46, 106, 97, 118, 97, 58, 50, 41, 27, 91, 48, 109]}, \"timestamp\": \"2024-03-05T10:11:12Z\"}",
        "",
      ],
      "java\njava.lang.RuntimeException|a|2"),
    Case(
      "lines with fields of their own in a quoted value",
      [
        "ts=2024-03-05T10:11:12Z level=error msg=\"job failed\" output=\"2024-03-05 10:11:12,345 ERROR [main] c.a.S - Traceback (most recent call last):\\n2024-03-05 10:11:12,345 ERROR [main] c.a.S -   File \\\"a.py\\\", line 3, in f\\n2024-03-05 10:11:12,345 ERROR [main] c.a.S -     g()\\n2024-03-05 10:11:12,345 ERROR [main] c.a.S - ValueError: bad\\n\"",
        "",
      ],
      "python +message_end_guessed\nValueError|bad|1"),
    Case(
      "a list of lines in a quoted value",
      [
        "ts=2024-03-05T10:11:12Z level=error msg=\"job failed\" output=\"{\\\"stacktrace\\\": [\\\"Traceback (most recent call last):\\\", \\\"  File \\\\\\\"a.py\\\\\\\", line 3, in f\\\", \\\"    g()\\\", \\\"ValueError: bad\\\"]}\"",
        "",
      ],
      "python +message_end_guessed\nValueError|bad|1"),
  ]

  static let prefixes: [Case] = [
    Case(
      "an indented bar",
      [
        "  | java.lang.Error: x", "  | \tat a.B.c(B.java:1)", "  | \tat a.B.d(B.java:2)",
        "  | Caused by: java.io.IOException: y", "  | \tat a.B.e(B.java:3)", "  | \t... 1 more", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "a list",
      [
        "  - java.lang.Error: x", "  - \tat a.B.c(B.java:1)", "  - \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "an indented plus",
      [
        "  + java.lang.Error: x", "  + \tat a.B.c(B.java:1)", "  + \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "hexadecimal numbers",
      [
        "020369cd java.lang.Error: x", "02af37bc \tat a.B.c(B.java:1)", "035b05ab \tat a.B.d(B.java:2)",
        "0406d39a Caused by: java.io.IOException: y", "04b2a189 \tat a.B.e(B.java:3)",
        "055e6f78 \t... 1 more", "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "event ids",
      [
        "2025-06-07T08:09:10Z 020369cd-0000-4000-8000-000000000000 java.lang.Error: x",
        "2025-06-07T08:09:11Z 02af37bc-0000-4000-8000-000000000001 \tat a.B.c(B.java:1)",
        "2025-06-07T08:09:12Z 035b05ab-0000-4000-8000-000000000002 \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "seconds without a fraction",
      [
        "2025-06-07T08:09:10.999Z java.lang.Error: x", "2025-06-07T08:09:11Z \tat a.B.c(B.java:1)",
        "2025-06-07T08:09:11.001Z \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a zone behind the seconds",
      [
        "2025-06-07T08:09:10+00:00 java.lang.Error: x", "2025-06-07T08:09:11+00:00 \tat a.B.c(B.java:1)",
        "2025-06-07T08:09:11.001+00:00 \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "noon",
      [
        "11/23/2025 11:59:59 AM x - java.lang.Error: x", "11/23/2025 11:59:59 AM x - \tat a.B.c(B.java:1)",
        "11/23/2025 12:00:00 PM x - \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "midnight",
      [
        "Sun Nov 30 23:59:59 java.lang.Error: x", "Sun Nov 30 23:59:59 \tat a.B.c(B.java:1)",
        "Mon Dec  1 00:00:00 \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "seconds since the start",
      [
        "9.9s  java.lang.Error: x", "9.9s  \tat a.B.c(B.java:1)", "10.0s  \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "grep -A",
      [
        "app.log:98:java.lang.Error: x", "app.log-99-\tat a.B.c(B.java:1)",
        "app.log-100-\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a mark behind RFC 5424's fields",
      [
        "<11>1 2025-06-07T08:09:10Z host app 1 ID [x@1 a=\"b\"] ﻿java.lang.Error: x", "\tat a.B.c(B.java:1)",
        "\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a fence on the header's line",
      [
        "text", "```java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)```", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "Jira's macro",
      [
        "{noformat}java.lang.Error: x", "second", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2){noformat}",
        "",
      ],
      "java\njava.lang.Error|x⏎second|2"),
    Case(
      "a fence behind an elision",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "Caused by: java.io.IOException: y", "\t... 1 more```",
        "",
      ],
      "java\njava.lang.Error|x|1\njava.io.IOException|y|0|caused_by 0|elided 1"),
    Case(
      "WebLogic's end of a record",
      [
        "java.lang.Exception: a", "\tat a.B.c(B.java:1)", "Caused by: java.lang.Error: b", "\t... 1 more",
        "Caused by: [CIRCULAR REFERENCE: java.lang.Exception: a]>", "",
      ],
      "java\njava.lang.Exception|a|1\njava.lang.Error|b|0|caused_by 0|elided 1\njava.lang.Exception|a|0|caused_by 1|circular"
    ),
    Case(
      "names of line ends",
      [
        "08:09:10 ERROR boom java.lang.Error: x<LF>at a.B.c(B.java:1)<LF>at a.B.d(B.java:2)<LF>Caused by: java.io.IOException: y<LF>at a.B.e(B.java:3)<LF>... 1 more",
        "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "signs of line ends",
      [
        "08:09:10 ERROR boom java.lang.Error: x⏎at a.B.c(B.java:1)⏎at a.B.d(B.java:2)⏎Caused by: java.io.IOException: y⏎at a.B.e(B.java:3)⏎... 1 more",
        "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "carets",
      [
        "08:09:10 ERROR boom java.lang.Error: x^at a.B.c(B.java:1)^at a.B.d(B.java:2)^Caused by: java.io.IOException: y^at a.B.e(B.java:3)^... 1 more",
        "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "names in braces",
      [
        "08:09:10 ERROR boom java.lang.Error: x{newline}at a.B.c(B.java:1){newline}at a.B.d(B.java:2){newline}Caused by: java.io.IOException: y{newline}at a.B.e(B.java:3){newline}... 1 more",
        "",
      ],
      "java\njava.lang.Error|x|2\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "Buildkite's times",
      [
        "\u{1B}_bk;t=1700000000120\u{7}java.lang.Error: x",
        "\u{1B}_bk;t=1700000000121\u{7}\tat a.B.c(B.java:1)",
        "\u{1B}_bk;t=1700000000122\u{7}\tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "offsets of lines",
      [
        "100: Traceback (most recent call last):", "137:   File \"/a.py\", line 3, in f", "174:     g()",
        "211: ValueError: x", "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "milliseconds since the line above",
      [
        "[+3ms] Traceback (most recent call last):", "[+0ms]   File \"/a.py\", line 3, in f",
        "[+12ms]     g()", "[+3ms] ValueError: x", "",
      ],
      "python +message_end_guessed\nValueError|x|1"),
    Case(
      "containers named by hexadecimal numbers",
      [
        "2025-06-07T08:09:10.124Z [9b8a7c6d5e4f] java.io.IOException: disk",
        "2025-06-07T08:09:10.124Z [9b8a7c6d5e4f] \tat a.B.c(B.java:1)",
        "2025-06-07T08:09:10.124Z [3f2a9c1b7d4e] Caused by: java.lang.Error: alone",
        "2025-06-07T08:09:10.124Z [9b8a7c6d5e4f] \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.io.IOException|disk|2"),
    Case(
      "names of months that name streams",
      [
        "worker Jan | java.lang.Error: x", "worker Feb | java.lang.Error: x",
        "worker Jan | \tat a.B.c(B.java:1)", "worker Feb | \tat a.B.c(B.java:1)",
        "worker Jan | \tat a.B.d(B.java:2)", "worker Feb | \tat a.B.d(B.java:2)", "",
      ],
      "java\njava.lang.Error|x|2\njava\njava.lang.Error|x|2"),
    Case(
      "colours shown with a caret",
      [
        "^[[31mjava.lang.IllegalStateException: order 4711 failed^[[0m",
        "^[[31m\tat com.acme.shop.Orders.place(Orders.java:42)^[[0m",
        "^[[31m\tat com.acme.shop.Main.main(Main.java:11)^[[0m",
        "^[[31mCaused by: java.io.IOException: disk full^[[0m",
        "^[[31m\tat com.acme.io.Disk.write(Disk.java:77)^[[0m", "^[[31m\t... 2 more^[[0m", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "the same of Python",
      [
        "^[[31mTraceback (most recent call last):^[[0m",
        "^[[31m  File \"/srv/app/main.py\", line 11, in main^[[0m", "^[[31m    place(order)^[[0m",
        "^[[31m  File \"/srv/app/orders.py\", line 42, in place^[[0m",
        "^[[31m    raise ValueError(\"bad\")^[[0m", "^[[31mValueError: bad amount: 12,5^[[0m", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2"),
    Case(
      "colours as rsyslog writes them",
      [
        "#033[31mjava.lang.IllegalStateException: order 4711 failed#033[0m",
        "#033[31m#011at com.acme.shop.Orders.place(Orders.java:42)#033[0m",
        "#033[31m#011at com.acme.shop.Main.main(Main.java:11)#033[0m",
        "#033[31mCaused by: java.io.IOException: disk full#033[0m",
        "#033[31m#011at com.acme.io.Disk.write(Disk.java:77)#033[0m", "#033[31m#011... 2 more#033[0m", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "the same of Python, without a tab",
      [
        "#033[31mTraceback (most recent call last):#033[0m",
        "#033[31m  File \"/srv/app/main.py\", line 11, in main#033[0m", "#033[31m    place(order)#033[0m",
        "#033[31m  File \"/srv/app/orders.py\", line 42, in place#033[0m",
        "#033[31m    raise ValueError(\"bad\")#033[0m", "#033[31mValueError: bad amount: 12,5#033[0m", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2"),
    Case(
      "colours as a program shows them",
      [
        "\\x1b[31mjava.lang.IllegalStateException: order 4711 failed\\x1b[0m",
        "\\x1b[31m\tat com.acme.shop.Orders.place(Orders.java:42)\\x1b[0m",
        "\\x1b[31m\tat com.acme.shop.Main.main(Main.java:11)\\x1b[0m",
        "\\x1b[31mCaused by: java.io.IOException: disk full\\x1b[0m",
        "\\x1b[31m\tat com.acme.io.Disk.write(Disk.java:77)\\x1b[0m", "\\x1b[31m\t... 2 more\\x1b[0m", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "colours whose escape byte was dropped",
      [
        "[31mjava.lang.IllegalStateException: order 4711 failed[0m",
        "[31m\tat com.acme.shop.Orders.place(Orders.java:42)[0m",
        "[31m\tat com.acme.shop.Main.main(Main.java:11)[0m",
        "[31mCaused by: java.io.IOException: disk full[0m",
        "[31m\tat com.acme.io.Disk.write(Disk.java:77)[0m", "[31m\t... 2 more[0m", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "a header alone is coloured, the byte dropped",
      [
        "[31mERROR[0m [main] boom", "[31mjava.lang.IllegalStateException: order 4711 failed[0m",
        "\tat com.acme.shop.Orders.place(Orders.java:42)", "\tat com.acme.shop.Main.main(Main.java:11)",
        "Caused by: java.io.IOException: disk full", "\tat com.acme.io.Disk.write(Disk.java:77)",
        "\t... 2 more", "[32mINFO[0m next", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "a block with a colour shown, its header first",
      [
        "^[[31mjava.lang.IllegalStateException: order 4711 failed",
        "\tat com.acme.shop.Orders.place(Orders.java:42)", "\tat com.acme.shop.Main.main(Main.java:11)",
        "Caused by: java.io.IOException: disk full", "\tat com.acme.io.Disk.write(Disk.java:77)",
        "\t... 2 more^[[0m", "^[[32mINFO^[[0m next", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "Apache's referer behind each line",
      [
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] java.lang.IllegalStateException: order 4711 failed, referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] \tat com.acme.shop.Orders.place(Orders.java:42), referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] \tat com.acme.shop.Main.main(Main.java:11), referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] Caused by: java.io.IOException: disk full, referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] \tat com.acme.io.Disk.write(Disk.java:77), referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] \t... 2 more, referer: https://shop.acme.com/cart",
        "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "the same of Python",
      [
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] Traceback (most recent call last):, referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000]   File \"/srv/app/main.py\", line 11, in main, referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000]     place(order), referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000]   File \"/srv/app/orders.py\", line 42, in place, referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000]     raise ValueError(\"bad\"), referer: https://shop.acme.com/cart",
        "[Thu Nov 26 10:00:00.123456 2026] [wsgi:error] [pid 123:tid 456] [client 10.0.0.1:5000] ValueError: bad amount: 12,5, referer: https://shop.acme.com/cart",
        "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2"),
    Case(
      "a box's right edge",
      [
        "| java.lang.IllegalStateException: order 4711 failed                               |",
        "|     at com.acme.shop.Orders.place(Orders.java:42)                                |",
        "|     at com.acme.shop.Main.main(Main.java:11)                                     |",
        "| Caused by: java.io.IOException: disk full                                        |",
        "|     at com.acme.io.Disk.write(Disk.java:77)                                      |",
        "|     ... 2 more                                                                   |", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "the same of Python, behind a bar",
      [
        "| Traceback (most recent call last): |", "|   File \"/srv/app/main.py\", line 11, in main |",
        "|     place(order) |", "|   File \"/srv/app/orders.py\", line 42, in place |",
        "|     raise ValueError(\"bad\") |", "| ValueError: bad amount: 12,5 |", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2"),
    Case(
      "a backslash behind each line",
      [
        "java.lang.IllegalStateException: order 4711 failed\\",
        "\tat com.acme.shop.Orders.place(Orders.java:42)\\", "\tat com.acme.shop.Main.main(Main.java:11)\\",
        "Caused by: java.io.IOException: disk full\\", "\tat com.acme.io.Disk.write(Disk.java:77)\\",
        "\t... 2 more\\", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "a carriage return that is shown",
      [
        "java.lang.IllegalStateException: order 4711 failed^M",
        "\tat com.acme.shop.Orders.place(Orders.java:42)^M", "\tat com.acme.shop.Main.main(Main.java:11)^M",
        "Caused by: java.io.IOException: disk full^M", "\tat com.acme.io.Disk.write(Disk.java:77)^M",
        "\t... 2 more^M", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "a time behind each line",
      [
        "Traceback (most recent call last):\t2026-11-26T10:00:00Z",
        "  File \"/srv/app/main.py\", line 11, in main\t2026-11-26T10:00:00Z",
        "    place(order)\t2026-11-26T10:00:00Z",
        "  File \"/srv/app/orders.py\", line 42, in place\t2026-11-26T10:00:00Z",
        "    raise ValueError(\"bad\")\t2026-11-26T10:00:00Z",
        "ValueError: bad amount: 12,5\t2026-11-26T10:00:00Z", "",
      ],
      "python +message_end_guessed\nValueError|bad amount: 12,5|2"),
    Case(
      "fields behind each line",
      [
        "java.lang.IllegalStateException: order 4711 failed trace_id=abc123 span_id=77",
        "\tat com.acme.shop.Orders.place(Orders.java:42) trace_id=abc123 span_id=77",
        "\tat com.acme.shop.Main.main(Main.java:11) trace_id=abc123 span_id=77",
        "Caused by: java.io.IOException: disk full trace_id=abc123 span_id=77",
        "\tat com.acme.io.Disk.write(Disk.java:77) trace_id=abc123 span_id=77",
        "\t... 2 more trace_id=abc123 span_id=77", "",
      ],
      "java\njava.lang.IllegalStateException|order 4711 failed|2\njava.io.IOException|disk full|1|caused_by 0|elided 2"
    ),
    Case(
      "a colour that ends behind the last line of the JVM",
      [
        "\u{1B}[31m2024-03-05 10:11:12,345 ERROR [main] c.a.S - failed", "java.lang.RuntimeException: a",
        "\tat a.b.C.d(C.java:1)", "Caused by: java.lang.IllegalStateException: b", "\tat a.b.C.f(C.java:3)",
        "\t... 1 more\u{1B}[0m", "2024-03-05 10:11:12,345 INFO [main] c.a.S - next", "",
      ],
      "java\njava.lang.RuntimeException|a|1\njava.lang.IllegalStateException|b|1|caused_by 0|elided 1"),
    Case(
      "journalctl -o export: a trace of the JVM in one message",
      [
        "__CURSOR=s=1;i=1", "_PID=42", "MESSAGE", "L\0\0\0\0\0\0\0java.lang.RuntimeException: boom",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)", "_SYSTEMD_UNIT=app.service", "",
        "__CURSOR=s=1;i=2", "_PID=42", "MESSAGE",
        "#\0\0\0\0\0\0\0\u{1B}[32mdone, and more of the same\u{1B}[0m", "_SYSTEMD_UNIT=app.service", "", "",
      ],
      "java\njava.lang.RuntimeException|boom|2"),
    Case(
      "journalctl -o export: a traceback in one message",
      [
        "__CURSOR=s=1;i=1", "_PID=42", "MESSAGE", "T\0\0\0\0\0\0\0Traceback (most recent call last):",
        "  File \"a.py\", line 3, in f", "ValueError: bad value", "_SYSTEMD_UNIT=app.service", "", "",
      ],
      "python +message_end_guessed\nValueError|bad value|1"),
    Case(
      "journalctl -o export: messages of one line with colours",
      [
        "__CURSOR=s=1;i=0", "_PID=42", "MESSAGE",
        "2\0\0\0\0\0\0\0\u{1B}[43msource\u{1B}[0m > java.lang.RuntimeException: boom",
        "_SYSTEMD_UNIT=app.service", "", "__CURSOR=s=1;i=1", "_PID=42", "MESSAGE",
        "'\0\0\0\0\0\0\0\u{1B}[43msource\u{1B}[0m > \tat a.b.C.d(C.java:1)", "_SYSTEMD_UNIT=app.service", "",
        "__CURSOR=s=1;i=2", "_PID=42", "MESSAGE",
        "'\0\0\0\0\0\0\0\u{1B}[43msource\u{1B}[0m > \tat a.b.C.e(C.java:2)", "_SYSTEMD_UNIT=app.service", "",
        "",
      ],
      "java\njava.lang.RuntimeException|boom|2"),
    Case(
      "Character data below a time on every line",
      [
        "2024-03-05T10:11:12.3450000Z <testcase name=\"a\" classname=\"b\">",
        "2024-03-05T10:11:12.3450000Z <error message=\"m\" type=\"x\"><![CDATA[java.lang.RuntimeException: level1 failed",
        "2024-03-05T10:11:12.3450000Z \tat Caused.l1(Caused.java:4)",
        "2024-03-05T10:11:12.3450000Z \tat Caused.main(Caused.java:5)",
        "2024-03-05T10:11:12.3450000Z Caused by: java.lang.RuntimeException: level2",
        "2024-03-05T10:11:12.3450000Z \t... 2 more", "2024-03-05T10:11:12.3450000Z ]]></error>",
        "2024-03-05T10:11:12.3450000Z </testcase>", "",
      ],
      "java\njava.lang.RuntimeException|level1 failed|2\njava.lang.RuntimeException|level2|0|caused_by 0|elided 2"
    ),
    Case(
      "Character data below a container's name",
      [
        "app-1  | <testcase name=\"a\" classname=\"b\">",
        "app-1  | <error message=\"m\" type=\"x\"><![CDATA[Traceback (most recent call last):",
        "app-1  |   File \"chain.py\", line 6, in mid", "app-1  |     low()", "app-1  | KeyError: 'k'",
        "app-1  | ", "app-1  | During handling of the above exception, another exception occurred:",
        "app-1  | ", "app-1  | Traceback (most recent call last):",
        "app-1  |   File \"chain.py\", line 11, in top", "app-1  |     mid()",
        "app-1  | ValueError: bad value", "app-1  | ]]></error>", "app-1  | </testcase>", "",
      ],
      "python\nKeyError|'k'|1\nValueError|bad value|1|context 0"),
    Case(
      "A page below Jenkins's time",
      [
        "10:11:12  <html>", "10:11:12  <pre>Traceback (most recent call last):",
        "10:11:12    File &quot;chain.py&quot;, line 6, in mid", "10:11:12      low()",
        "10:11:12  KeyError: &#x27;k&#x27;", "10:11:12  ",
        "10:11:12  During handling of the above exception, another exception occurred:", "10:11:12  ",
        "10:11:12  Traceback (most recent call last):",
        "10:11:12    File &quot;chain.py&quot;, line 11, in top", "10:11:12      mid()",
        "10:11:12  ValueError: bad value", "10:11:12  </pre>", "10:11:12  </html>", "",
      ],
      "python\nKeyError|'k'|1\nValueError|bad value|1|context 0"),
    Case(
      "a line of logrus for each of a trace",
      [
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"starting\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"java.lang.IllegalStateException: boom\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"\\tat a.b.C.d(C.java:1)\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"\\tat a.b.C.e(C.java:2)\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"Caused by: java.io.IOException: x\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"\\tat a.b.C.f(C.java:3)\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"\\t... 1 more\" container=x",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"next\" container=x", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|x|1|caused_by 0|elided 1"),
    Case(
      "the same of Python",
      [
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"starting\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"Traceback (most recent call last):\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"  File \\\"/a/x.py\\\", line 3, in f\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"    g()\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"  File \\\"/a/y.py\\\", line 4, in g\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"    h()\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"ValueError: bad\"",
        "time=\"2024-07-09T08:11:12Z\" level=error msg=\"next\"", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|bad⏎next|2"),
    Case(
      "the same of klog",
      [
        "E0709 08:11:12.000000       1 x.go:12] \"stderr\" line=\"java.lang.IllegalStateException: boom\"",
        "E0709 08:11:12.007919       1 x.go:12] \"stderr\" line=\"\\tat a.b.C.d(C.java:1)\"",
        "E0709 08:11:12.015838       1 x.go:12] \"stderr\" line=\"\\tat a.b.C.e(C.java:2)\"", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2"),
  ]

  static let damaged: [Case] = [
    Case(
      "lines without their blanks",
      [
        "Traceback (most recent call last):", "File \"/a.py\", line 3, in f", "g()", "~^^", "ValueError: x",
        "", "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "File \"/a.py\", line 3, in f", "return x", "ValueError: x", "",
      ],
      "python +indent_lost +message_end_guessed\nValueError|x|1\nValueError|x|1|context 0"),
    Case(
      "a source line that could be an exception",
      [
        "Traceback (most recent call last):", "File \"/a.py\", line 3, in f", "foo.bar", "ValueError: x", "",
      ],
      "python +indent_lost +message_end_guessed\nValueError|x|1"),
    Case(
      "a group behind a log's words",
      [
        "2025-06-07 08:09:10 ERROR failed: + Exception Group Traceback (most recent call last):",
        "  |   File \"/a.py\", line 3, in f", "  |     g()", "  | ExceptionGroup: eg (1 sub-exception)",
        "  +-+---------------- 1 ----------------", "    | ValueError: one",
        "    +------------------------------------", "",
      ],
      "python\nExceptionGroup|eg (1 sub-exception)|1\nValueError|one|0|member 0"),
    Case(
      "a first frame without its tab",
      [
        "at a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "\tat a.B.e(B.java:3)",
        "Caused by: java.io.IOException: y", "\tat a.B.f(B.java:4)", "\t... 1 more", "",
      ],
      "java missing_header\n-|-|3\njava.io.IOException|y|1|caused_by 0|elided 1"),
    Case(
      "a frame cut in its first name",
      [
        "2025-06-07 08:09:10 INFO next", "java.lang.Error: x", "\tat demo", "2025-06-07 08:09:10 INFO next",
        "",
      ],
      "java truncated_line +no_frames\njava.lang.Error|x|0"),
    Case(
      "an elision that was cut",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "\t... 4 mo",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "java truncated_line\njava.lang.Error|x|2"),
    Case(
      "snip",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "<snip>",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "java truncated_by_marker\njava.lang.Error|x|2"),
    Case(
      "lines omitted",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "... (12 lines omitted)",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "java truncated_by_marker\njava.lang.Error|x|2"),
    Case(
      "snip between hyphens",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "-- snip --",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "java truncated_by_marker\njava.lang.Error|x|2"),
    Case(
      "truncated between dots",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "[... truncated ...]",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "java truncated_by_marker\njava.lang.Error|x|2"),
    Case(
      "dots behind a trace",
      [
        "java.lang.Error: x", "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "...",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "java\njava.lang.Error|x|2"),
    Case(
      "a mark in a message",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "ValueError: unexpected <snip>", "2025-06-07 08:09:10 INFO next", "",
      ],
      "python\nValueError|unexpected <snip>|1"),
    Case(
      "dots behind a frame",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "...",
        "2025-06-07 08:09:10 INFO next", "",
      ],
      "python truncated_by_marker\n-|-|1"),
    Case(
      "a header alone, and two traces",
      [
        "Traceback (most recent call last):", "[truncated]", "Traceback (most recent call last):",
        "  File \"/a.py\", line 3, in f", "    g()", "ValueError: x", "java.lang.Error: x",
        "\tat a.B.c(B.java:1)", "\tat a.B.d(B.java:2)", "",
      ],
      "python truncated_by_marker\n-|-|0\npython\nValueError|x|1\njava\njava.lang.Error|x|2"),
    Case(
      "frames that are not known",
      [
        "java.lang.Error: x", "|> a.B.c(B.java:1)", "|> a.B.d(B.java:2)", "Caused by: java.io.IOException: y",
        "|> a.B.e(B.java:3)", "",
      ],
      "java bad_frame\njava.lang.Error|x⏎|> a.B.c(B.java:1)⏎|> a.B.d(B.java:2)|0\njava.io.IOException|y|0|caused_by 0"
    ),
    Case(
      "a level of the log's own",
      [
        "08.09 INFO  [main] started", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f",
        "    g()", "ValueError: x", "08.10 ERROR [main] finished", "08.10 ERROR [main] next", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "a clock of the log's own",
      [
        "web 08:09 started", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f",
        "    g()", "ValueError: x", "web 08:10 finished", "web 08:10 next", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "a name in brackets",
      [
        "[worker-3] started", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f",
        "    g()", "ValueError: x", "[worker-3] finished", "[worker-3] next", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "a program's name",
      [
        "job-12: started", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "ValueError: x", "job-13: finished", "job-13: next", "",
      ],
      "python\nValueError|x|1"),
    Case(
      "a word that a log has, too",
      [
        "remote: Counting", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "ValueError: push failed", "remote: denied", "hint: no", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|push failed⏎remote: denied⏎hint: no|1"),
    Case(
      "a version that a log has, too",
      [
        "Using Python 3.11.4", "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f",
        "    g()", "ValueError: wrong", "Using Python 3.11.4, but 3.12 is needed", "",
      ],
      "python +message_end_guessed +possible_notes\nValueError|wrong⏎Using Python 3.11.4, but 3.12 is needed|1"
    ),
    Case(
      "a blank before the header",
      [
        " java.lang.Error: a", "\tat a.B.c(B.java:1)", "\tSuppressed: java.lang.Error: s",
        "\t\tat a.B.d(B.java:2)", "\t\tCaused by: java.lang.Error: u", "\t\t\t... 2 more",
        "Caused by: java.lang.Error: t", "\t... 1 more", "",
      ],
      "java\njava.lang.Error|a|1\njava.lang.Error|s|1|suppressed 0\njava.lang.Error|u|0|caused_by 1|elided 2\njava.lang.Error|t|0|caused_by 0|elided 1"
    ),
    Case(
      "a chain that ends with a header",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()", "ValueError: x",
        "", "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):", "2025-06-07 08:09:10 INFO next", "",
      ],
      "python missing_exception_line\nValueError|x|1\n-|-|0|cause 0"),
    Case(
      "a line of the log above marks",
      [
        "Traceback (most recent call last):", "  File \"/a.py\", line 3, in f", "    g()",
        "2025-06-07 08:09:10 INFO next", "    ~^^", "ValueError: x", "2025-06-07 08:09:10 INFO next", "",
      ],
      "python +interrupted\nValueError|x|1"),
    Case(
      "a source line with a keyword and a colon",
      [
        "Traceback (most recent call last):", "File \"/a.py\", line 3, in f", "try: return g(x)",
        "ValueError: x", "",
      ],
      "python +indent_lost +message_end_guessed\nValueError|x|1"),
    Case(
      "a cause without package and frames",
      [
        "java.lang.RuntimeException: a", "\tat a.B.c(B.java:1)", "Caused by: NoStack: none here",
        "2026-01-01 00:00:00 INFO next", "",
      ],
      "java\njava.lang.RuntimeException|a|1\nNoStack|none here|0|caused_by 0"),
    Case(
      "a suppressed exception without package and frames",
      [
        "java.lang.RuntimeException: a", "\tat a.B.c(B.java:1)", "\tSuppressed: NoStack: hm", "",
      ],
      "java truncated_at_eof\njava.lang.RuntimeException|a|1\nNoStack|hm|0|suppressed 0"),
    Case(
      "a cause that is prose",
      [
        "java.lang.RuntimeException: a", "\tat a.B.c(B.java:1)", "Caused by: bad weather in the north", "",
      ],
      "java\njava.lang.RuntimeException|a|1"),
  ]
}
