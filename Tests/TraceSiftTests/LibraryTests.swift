import ScanSupport
import Testing

/// What libraries put into messages, what they print of other processes, and what collectors make of the lines: each text,
/// and the records that must come out of it.
@Suite struct LibraryTests {
  typealias Case = ContainerTests.Case

  @Test(arguments: messages + remote + structured + wrapped + alike)
  func records(_ case: Case) {
    #expect(summary(scan(`case`.text)) == `case`.records)
  }

  static let messages = [
    Case(
      "RMI, with the blank that it writes before the line end",
      [
        "java.rmi.ConnectException: Connection refused to host: 10.0.0.1; nested exception is: ",
        "\tjava.net.ConnectException: Connection refused (Connection refused)",
        "\tat sun.rmi.transport.tcp.TCPEndpoint.newSocket(TCPEndpoint.java:619)",
        "\tat com.acme.Jmx.main(Jmx.java:10)",
        "Caused by: java.net.ConnectException: Connection refused (Connection refused)",
        "\tat java.net.PlainSocketImpl.socketConnect(Native Method)", "\t... 1 more", "",
      ],
      "java\njava.rmi.ConnectException|Connection refused to host: 10.0.0.1; nested exception is: ⏎→java.net.ConnectException: Connection refused (Connection refused)|2\njava.net.ConnectException|Connection refused (Connection refused)|1|caused_by 0|elided 1"
    ),
    Case(
      "JUnit lists failures",
      [
        "org.opentest4j.MultipleFailuresError: Multiple Failures (2 failures)",
        "\torg.opentest4j.AssertionFailedError: name ==> expected: <a> but was: <b>",
        "\torg.opentest4j.AssertionFailedError: size ==> expected: <1> but was: <2>",
        "\tat org.junit.jupiter.api.AssertAll.assertAll(AssertAll.java:80)",
        "\tat com.acme.OrderTest.total(OrderTest.java:31)",
        "\tSuppressed: org.opentest4j.AssertionFailedError: name ==> expected: <a> but was: <b>",
        "\t\tat org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)",
        "\t\tat com.acme.OrderTest.total(OrderTest.java:32)",
        "\tSuppressed: org.opentest4j.AssertionFailedError: size ==> expected: <1> but was: <2>",
        "\t\tat org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)",
        "\t\tat com.acme.OrderTest.total(OrderTest.java:33)", "",
      ],
      "java\norg.opentest4j.MultipleFailuresError|Multiple Failures (2 failures)⏎→org.opentest4j.AssertionFailedError: name ==> expected: <a> but was: <b>⏎→org.opentest4j.AssertionFailedError: size ==> expected: <1> but was: <2>|2\norg.opentest4j.AssertionFailedError|name ==> expected: <a> but was: <b>|2|suppressed 0\norg.opentest4j.AssertionFailedError|size ==> expected: <1> but was: <2>|2|suppressed 0"
    ),
    Case(
      "classes in a list",
      [
        "java.lang.IllegalStateException: Several implementations found:", "  com.acme.FooA",
        "  com.acme.FooB", "\tat com.acme.Loader.load(Loader.java:5)", "\tat com.acme.Main.main(Main.java:2)",
        "",
      ],
      "java\njava.lang.IllegalStateException|Several implementations found:⏎  com.acme.FooA⏎  com.acme.FooB|2"
    ),
    Case(
      "Mockito names what it stumbled over",
      [
        "org.mockito.exceptions.base.MockitoException: ",
        "Mockito cannot mock this class: interface com.acme.Foo.", "", "Java               : 21", "",
        "Underlying exception : java.lang.IllegalArgumentException: Unsupported class file major version 65",
        "\tat com.acme.FooTest.setUp(FooTest.java:9)", "\tat com.acme.FooTest.run(FooTest.java:3)",
        "Caused by: java.lang.IllegalArgumentException: Unsupported class file major version 65",
        "\tat net.bytebuddy.A.b(A.java:1)", "\t... 2 more", "",
      ],
      "java\norg.mockito.exceptions.base.MockitoException|⏎Mockito cannot mock this class: interface com.acme.Foo.⏎⏎Java               : 21⏎⏎Underlying exception : java.lang.IllegalArgumentException: Unsupported class file major version 65|2\njava.lang.IllegalArgumentException|Unsupported class file major version 65|1|caused_by 0|elided 2"
    ),
    Case(
      "Guice lists errors with their places",
      [
        "2024-03-05 10:11:12,345 ERROR [main] c.a.M - guice",
        "com.google.inject.CreationException: Unable to create injector, see the following errors:", "",
        "1) [Guice/MissingImplementation]: No implementation for Foo was bound.", "", "Requested by:",
        "1  : Bar.<init>(Bar.java:12)", "      \\_ for 1st parameter", "     at Mod.configure(Mod.java:8)",
        "", "2) A binding to com.acme.Foo was already configured at com.acme.Mod.configure(Mod.java:7).",
        "  at com.acme.Mod2.configure(Mod2.java:8) (via modules: com.acme.Root -> com.acme.Mod2)", "",
        "2 errors",
        "\tat com.google.inject.internal.Errors.throwCreationExceptionIfErrorsExist(Errors.java:543)",
        "\tat com.google.inject.Guice.createInjector(Guice.java:87)",
        "2024-03-05 10:11:12,345 ERROR [main] c.a.M - guice4",
        "com.google.inject.ProvisionException: Unable to provision, see the following errors:", "",
        "1) Error injecting constructor, java.lang.IllegalStateException: no config",
        "  at com.acme.Service.<init>(Service.java:21)", "  at com.acme.Mod.configure(Mod.java:8)",
        "  while locating com.acme.Service", "", "1 error",
        "\tat com.google.inject.internal.InternalProvisionException.toProvisionException(InternalProvisionException.java:226)",
        "\tat com.google.inject.internal.InjectorImpl.getInstance(InjectorImpl.java:1131)",
        "Caused by: java.lang.IllegalStateException: no config",
        "\tat com.acme.Service.<init>(Service.java:22)", "\t... 1 more",
        "2024-03-05 10:11:12,345 ERROR [main] c.a.M - jackson", "",
      ],
      "java\ncom.google.inject.CreationException|Unable to create injector, see the following errors:⏎⏎1) [Guice/MissingImplementation]: No implementation for Foo was bound.⏎⏎Requested by:⏎1  : Bar.<init>(Bar.java:12)⏎      \\_ for 1st parameter⏎     at Mod.configure(Mod.java:8)⏎⏎2) A binding to com.acme.Foo was already configured at com.acme.Mod.configure(Mod.java:7).⏎  at com.acme.Mod2.configure(Mod2.java:8) (via modules: com.acme.Root -> com.acme.Mod2)⏎⏎2 errors|2\njava\ncom.google.inject.ProvisionException|Unable to provision, see the following errors:⏎⏎1) Error injecting constructor, java.lang.IllegalStateException: no config⏎  at com.acme.Service.<init>(Service.java:21)⏎  at com.acme.Mod.configure(Mod.java:8)⏎  while locating com.acme.Service⏎⏎1 error|2\njava.lang.IllegalStateException|no config|1|caused_by 0|elided 1"
    ),
    Case(
      "Oracle names no type",
      [
        "java.sql.SQLException: ORA-12899: value too large",
        "\tat oracle.jdbc.driver.T4CTTIoer11.processError(T4CTTIoer11.java:509)",
        "\tat com.acme.Dao.insert(Dao.java:31)",
        "Caused by: Error : 12899, Position : 0, Sql = insert into ORDERS (NAME) values (:1 ), Error Msg = ORA-12899: value too large",
        "\tat oracle.jdbc.driver.T4CTTIoer11.processError(T4CTTIoer11.java:513)", "\t... 14 more", "",
      ],
      "java type_missing\njava.sql.SQLException|ORA-12899: value too large|2\n-|Error : 12899, Position : 0, Sql = insert into ORDERS (NAME) values (:1 ), Error Msg = ORA-12899: value too large|1|caused_by 0|elided 14"
    ),
    Case(
      "Elasticsearch's own toString",
      [
        "[2024-03-05T10:11:12,345][WARN ][r.suppressed             ] [node-1] path: /orders/_search, params: {index=orders}",
        "ElasticsearchStatusException[Elasticsearch exception [type=index_not_found_exception, reason=no such index [orders]]]",
        "\tat org.elasticsearch.rest.BytesRestResponse.errorFromXContent(BytesRestResponse.java:176)",
        "\tat org.elasticsearch.client.RestHighLevelClient.search(RestHighLevelClient.java:1000)",
        "Caused by: [orders] IndexNotFoundException[no such index]",
        "\tat org.elasticsearch.cluster.metadata.IndexNameExpressionResolver.infe(IndexNameExpressionResolver.java:678)",
        "\t... 1 more", "",
      ],
      "java type_missing\n-|ElasticsearchStatusException[Elasticsearch exception [type=index_not_found_exception, reason=no such index [orders]]]|2\n-|[orders] IndexNotFoundException[no such index]|1|caused_by 0|elided 1"
    ),
    Case(
      "a suppressed one with words of its own",
      [
        "com.acme.Outer: x", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.main(C.java:2)",
        "\tSuppressed: Order 17 could not be stored (code=E42)", "\t\tat a.b.C.e(C.java:3)", "\t\t... 1 more",
        "\tSuppressed: java.io.IOException: close", "\t\tat a.b.C.f(C.java:4)", "\t\t... 1 more",
        "Caused by: java.io.IOException: disk", "\tat a.b.C.g(C.java:5)", "\t... 1 more", "",
      ],
      "java type_missing\ncom.acme.Outer|x|2\n-|Order 17 could not be stored (code=E42)|1|suppressed 0|elided 1\njava.io.IOException|close|1|suppressed 0|elided 1\njava.io.IOException|disk|1|caused_by 0|elided 1"
    ),
    Case(
      "a server answers with JSON",
      [
        "2024-03-05 10:11:11,345 INFO  [main] c.a.Search - start",
        "2024-03-05 10:11:12,345 ERROR [main] c.a.Search - search failed",
        "org.elasticsearch.client.ResponseException: method [GET], host [http://localhost:9200], URI [/orders/_search], status line [HTTP/1.1 404 Not Found]",
        "{\"error\":{\"root_cause\":[{\"type\":\"index_not_found_exception\",\"reason\":\"no such index [orders]\"}],\"type\":\"index_not_found_exception\"},\"status\":404}",
        "\tat org.elasticsearch.client.RestClient.convertResponse(RestClient.java:326)",
        "\tat com.acme.Search.run(Search.java:31)", "2024-03-05 10:11:13,345 INFO  [main] c.a.Search - retry",
        "",
      ],
      "java\norg.elasticsearch.client.ResponseException|method [GET], host [http://localhost:9200], URI [/orders/_search], status line [HTTP/1.1 404 Not Found]⏎{\"error\":{\"root_cause\":[{\"type\":\"index_not_found_exception\",\"reason\":\"no such index [orders]\"}],\"type\":\"index_not_found_exception\"},\"status\":404}|2"
    ),
    Case(
      "a server answers with JSON, in Python",
      [
        "2024-03-05 10:11:12,345 ERROR [main] app - failed", "Traceback (most recent call last):",
        "  File \"/srv/app/a.py\", line 3, in f", "    raise ApiError(r)", "acme.ApiError: 400 Bad Request",
        "{\"error\": {\"code\": 400, \"message\": \"bad: x\"}}", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/a.py\", line 9, in g",
        "    raise RuntimeError(\"sync\")", "RuntimeError: sync",
        "2024-03-05 10:11:13,345 INFO [main] app - next", "",
      ],
      "python +possible_notes\nacme.ApiError|400 Bad Request⏎{\"error\": {\"code\": 400, \"message\": \"bad: x\"}}|1\nRuntimeError|sync|1|context 0"
    ),
    Case(
      "a server answers with JSON, in a string",
      [
        "{\"type\": \"TRACE\", \"trace\": {\"type\": \"ERROR\", \"emitted_at\": 1, \"error\": {\"message\": \"m\", \"stack_trace\": \"Traceback (most recent call last):\\n  File \\\"/a/b.py\\\", line 3, in read\\n    raise X\\nairbyte_cdk.ApiError: 400 Bad Request\\n{\\\"error\\\":{\\\"code\\\":400,\\\"message\\\":\\\"bad: x\\\"}}\\nsee docs\\n\", \"failure_type\": \"system_error\"}}}",
        "",
      ],
      "python +message_end_guessed +possible_notes\nairbyte_cdk.ApiError|400 Bad Request⏎{\"error\":{\"code\":400,\"message\":\"bad: x\"}}⏎see docs|1"
    ),
    Case(
      "lines that begin with a level, in a string",
      [
        "{\"type\": \"TRACE\", \"trace\": {\"type\": \"ERROR\", \"emitted_at\": 1, \"error\": {\"message\": \"m\", \"stack_trace\": \"com.acme.ApiException: 400 Bad Request\\n[ERROR] remote failed\\nsee docs\\n\\tat a.b.C.d(C.java:1)\\n\\tat a.b.C.e(C.java:2)\\n\", \"failure_type\": \"system_error\"}}}",
        "",
      ],
      "java\ncom.acme.ApiException|400 Bad Request⏎[ERROR] remote failed⏎see docs|2"),
    Case(
      "lines that begin with a level, below a line with a time",
      [
        "2024-03-05 10:11:12,345 ERROR [main] app - failed", "Traceback (most recent call last):",
        "  File \"/srv/app/a.py\", line 3, in f", "    run()",
        "subprocess_error.CommandFailed: command failed with code 1", "stderr:",
        "[ERROR] Failed to execute goal", "INFO: x", "end of stderr", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/a.py\", line 9, in g",
        "    raise RuntimeError(\"x\")", "RuntimeError: outer",
        "2024-03-05 10:11:13,345 INFO [main] app - next", "",
      ],
      "python +possible_notes\nsubprocess_error.CommandFailed|command failed with code 1⏎stderr:⏎[ERROR] Failed to execute goal⏎INFO: x⏎end of stderr|1\nRuntimeError|outer|1|context 0"
    ),
    Case(
      "rows that begin with a date",
      [
        "2024-03-05 10:11:12,345 ERROR [main] app - failed", "Traceback (most recent call last):",
        "  File \"/srv/app/a.py\", line 3, in f", "    check(df)", "ValueError: bad rows:",
        "            price", "date             ", "2024-03-05    1.0", "2024-03-06    NaN",
        "[2 rows x 1 columns]", "", "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/app/a.py\", line 9, in g",
        "    raise RuntimeError(\"x\")", "RuntimeError: response was",
        "{\"error\": {\"code\": 400, \"message\": \"bad: x\", \"status\": \"INVALID\"}}", "see docs",
        "2024-03-05 10:11:13,345 INFO [main] app - next", "",
      ],
      "python +possible_notes\nValueError|bad rows:⏎            price⏎date             ⏎2024-03-05    1.0⏎2024-03-06    NaN⏎[2 rows x 1 columns]|1\nRuntimeError|response was⏎{\"error\": {\"code\": 400, \"message\": \"bad: x\", \"status\": \"INVALID\"}}⏎see docs|1|context 0"
    ),
    Case(
      "SOAP",
      [
        "com.acme.SoapException: Fault received",
        "<env:Fault xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\">",
        "<faultcode>env:Server</faultcode>", "</env:Fault>", "\tat com.acme.Soap.call(Soap.java:88)",
        "\tat com.acme.Main.main(Main.java:2)", "",
      ],
      "java\ncom.acme.SoapException|Fault received⏎<env:Fault xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\">⏎<faultcode>env:Server</faultcode>⏎</env:Fault>|2"
    ),
    Case(
      "a page",
      [
        "org.springframework.web.client.HttpServerErrorException$InternalServerError: 500 : \"<html>",
        "<pre>java.lang.NullPointerException</pre>", "</html>\"", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.e(C.java:2)", "",
      ],
      "java\norg.springframework.web.client.HttpServerErrorException$InternalServerError|500 : \"<html>⏎<pre>java.lang.NullPointerException</pre>⏎</html>\"|2"
    ),
    Case(
      "Hadoop's remote exception",
      [
        "org.apache.hadoop.ipc.RemoteException(java.io.IOException): File /x could only be written to 0 of the 1 minReplication nodes.",
        "\tat org.apache.hadoop.hdfs.server.blockmanagement.BlockManager.chooseTarget4NewBlock(BlockManager.java:2350)",
        "\tat org.apache.hadoop.ipc.Server$Handler.run(Server.java:2976)", "",
        "\tat org.apache.hadoop.ipc.Client.getRpcResponse(Client.java:1511)",
        "\tat com.acme.Put.main(Put.java:3)", "",
      ],
      "java +embedded_trace\norg.apache.hadoop.ipc.RemoteException|File /x could only be written to 0 of the 1 minReplication nodes.⏎→at org.apache.hadoop.hdfs.server.blockmanagement.BlockManager.chooseTarget4NewBlock(BlockManager.java:2350)⏎→at org.apache.hadoop.ipc.Server$Handler.run(Server.java:2976)⏎|2\n> java\n> -|File /x could only be written to 0 of the 1 minReplication nodes.|2"
    ),
    Case(
      "Jenkins",
      [
        "Also:   hudson.remoting.Channel$CallSiteStackTrace: Remote call to linux-agent-3",
        "\t\tat hudson.remoting.Channel.attachCallSiteStackTrace(Channel.java:1784)",
        "\t\tat hudson.remoting.Channel.call(Channel.java:1000)",
        "java.io.IOException: No space left on device",
        "\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)",
        "\tat hudson.FilePath.copyRecursiveTo(FilePath.java:2644)",
        "Caused: java.io.IOException: Failed to install https://x/jdk.zip",
        "\tat hudson.FilePath.installIfNecessaryFrom(FilePath.java:1063)", "Finished: FAILURE", "",
      ],
      "java\nhudson.remoting.Channel$CallSiteStackTrace|Remote call to linux-agent-3|2\njava\njava.io.IOException|No space left on device|2\njava.io.IOException|Failed to install https://x/jdk.zip|1|wrapped_by 0"
    ),
    Case(
      "the JDK's parser of XML",
      [
        "2024-01-01 10:00:00 ERROR x",
        "org.xml.sax.SAXParseException; lineNumber: 1; columnNumber: 1; Content is not allowed in prolog.",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)",
        "Caused by: org.xml.sax.SAXParseException; lineNumber: 4; columnNumber: 5; no",
        "\tat a.b.C.f(C.java:3)", "\t... 2 more", "2024-01-01 10:00:01 INFO ok", "",
      ],
      "java\norg.xml.sax.SAXParseException|lineNumber: 1; columnNumber: 1; Content is not allowed in prolog.|2\norg.xml.sax.SAXParseException|lineNumber: 4; columnNumber: 5; no|1|caused_by 0|elided 2"
    ),
  ]

  static let remote = [
    Case(
      "Py4J, with Spark's two stacks",
      [
        "Traceback (most recent call last):", "  File \"/srv/job.py\", line 40, in <module>",
        "    df.collect()", "  File \"/srv/py4j/protocol.py\", line 326, in get_return_value",
        "    raise Py4JJavaError(",
        "py4j.protocol.Py4JJavaError: An error occurred while calling o61.collectToPython.",
        ": org.apache.spark.SparkException: Job aborted due to stage failure: Task 3 in stage 2.0 failed 4 times, most recent failure: Lost task 3.3 in stage 2.0 (TID 14) (10.0.0.7 executor 1): java.lang.RuntimeException: 'false' is not true!",
        "\tat org.apache.spark.executor.A.b(A.java:1)", "\tat org.apache.spark.executor.A.c(A.java:2)", "",
        "Driver stacktrace:", "\tat org.apache.spark.scheduler.DAGScheduler.abort(DAGScheduler.scala:2856)",
        "\tat py4j.GatewayConnection.run(GatewayConnection.java:106)",
        "Caused by: java.lang.RuntimeException: 'false' is not true!",
        "\tat org.apache.spark.executor.A.b(A.java:1)", "\t... 1 more", "", "2024-03-05 10:11:12 INFO next",
        "",
      ],
      "python +embedded_trace +possible_notes\npy4j.protocol.Py4JJavaError|An error occurred while calling o61.collectToPython.⏎: org.apache.spark.SparkException: Job aborted due to stage failure: Task 3 in stage 2.0 failed 4 times, most recent failure: Lost task 3.3 in stage 2.0 (TID 14) (10.0.0.7 executor 1): java.lang.RuntimeException: 'false' is not true!⏎→at org.apache.spark.executor.A.b(A.java:1)⏎→at org.apache.spark.executor.A.c(A.java:2)⏎⏎Driver stacktrace:⏎→at org.apache.spark.scheduler.DAGScheduler.abort(DAGScheduler.scala:2856)⏎→at py4j.GatewayConnection.run(GatewayConnection.java:106)⏎Caused by: java.lang.RuntimeException: 'false' is not true!⏎→at org.apache.spark.executor.A.b(A.java:1)⏎→... 1 more|2\n> java\n> org.apache.spark.SparkException|Job aborted due to stage failure: Task 3 in stage 2.0 failed 4 times, most recent failure: Lost task 3.3 in stage 2.0 (TID 14) (10.0.0.7 executor 1): java.lang.RuntimeException: 'false' is not true!⏎→at org.apache.spark.executor.A.b(A.java:1)⏎→at org.apache.spark.executor.A.c(A.java:2)⏎⏎Driver stacktrace:|2\n> > java\n> > java.lang.RuntimeException|'false' is not true!|2\n> java.lang.RuntimeException|'false' is not true!|1|caused_by 0|elided 1"
    ),
    Case(
      "Spark's captured exception",
      [
        "\r[Stage 0:>                                                          (0 + 0) / 1]\rTraceback (most recent call last):",
        "  File \"/srv/app/spark/job.py\", line 13, in case", "    try: f()", "         ^^^",
        "  File \"/srv/app/spark/job.py\", line 15, in <lambda>",
        "    case(\"udf\", lambda: df.select(u(\"v\")).collect())",
        "                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  File \"/srv/app/spark/pyspark-3.5.3/pyspark/sql/dataframe.py\", line 1263, in collect",
        "    sock_info = self._jdf.collectToPython()", "                ^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  File \"/srv/app/spark/pyspark-3.5.3/lib/py4j-0.10.9.7-src.zip/py4j/java_gateway.py\", line 1322, in __call__",
        "    return_value = get_return_value(", "                   ^^^^^^^^^^^^^^^^^",
        "  File \"/srv/app/spark/pyspark-3.5.3/pyspark/errors/exceptions/captured.py\", line 185, in deco",
        "    raise converted from None", "pyspark.errors.exceptions.captured.PythonException: ",
        "  An exception was thrown from the Python worker. Please see the stack trace below.",
        "Traceback (most recent call last):", "  File \"/srv/app/spark/job.py\", line 7, in parse",
        "    return int(x) // 0 if x == \"1\" else int(x)", "           ~~~~~~~^^~~",
        "ZeroDivisionError: integer division or modulo by zero", "", "",
      ],
      "python +embedded_trace +possible_notes\npyspark.errors.exceptions.captured.PythonException|⏎  An exception was thrown from the Python worker. Please see the stack trace below.⏎Traceback (most recent call last):⏎  File \"/srv/app/spark/job.py\", line 7, in parse⏎    return int(x) // 0 if x == \"1\" else int(x)⏎           ~~~~~~~^^~~⏎ZeroDivisionError: integer division or modulo by zero|5\n> python\n> ZeroDivisionError|integer division or modulo by zero|1"
    ),
    Case(
      "torch",
      [
        "2024-03-05 10:11:12,345 ERROR torch - train", "Traceback (most recent call last):",
        "  File \"/srv/train.py\", line 9, in <module>", "    for b in loader:",
        "  File \"/usr/lib/python3/site-packages/torch/utils/data/dataloader.py\", line 630, in __next__",
        "    data = self._next_data()",
        "  File \"/usr/lib/python3/site-packages/torch/_utils.py\", line 694, in reraise",
        "    raise exception", "ValueError: Caught ValueError in DataLoader worker process 0.",
        "Original Traceback (most recent call last):",
        "  File \"/usr/lib/python3/site-packages/torch/utils/data/_utils/worker.py\", line 308, in _worker_loop",
        "    data = fetcher.fetch(index)", "  File \"/srv/ds.py\", line 4, in __getitem__",
        "    raise ValueError(\"bad sample: 7\")", "ValueError: bad sample: 7", "", "",
      ],
      "python +embedded_trace +possible_notes\nValueError|Caught ValueError in DataLoader worker process 0.⏎Original Traceback (most recent call last):⏎  File \"/usr/lib/python3/site-packages/torch/utils/data/_utils/worker.py\", line 308, in _worker_loop⏎    data = fetcher.fetch(index)⏎  File \"/srv/ds.py\", line 4, in __getitem__⏎    raise ValueError(\"bad sample: 7\")⏎ValueError: bad sample: 7|3\n> python\n> ValueError|bad sample: 7|2"
    ),
    Case(
      "Ray",
      [
        "2024-03-05 10:11:13,345 ERROR ray - x", "Traceback (most recent call last):",
        "  File \"/srv/r.py\", line 9, in <module>", "    ray.get(f.remote())",
        "  File \"/usr/lib/python3/site-packages/ray/_private/worker.py\", line 2524, in get",
        "    raise value.as_instanceof_cause()",
        "ray.exceptions.RayTaskError(ValueError): ray::f() (pid=4242, ip=10.0.0.1)",
        "  File \"/srv/r.py\", line 5, in f", "    raise ValueError(\"in task: 3\")",
        "ValueError: in task: 3", "2024-03-05 10:11:14,345 ERROR rpyc - x", "",
      ],
      "python +embedded_trace +possible_notes\nray.exceptions.RayTaskError(ValueError)|ray::f() (pid=4242, ip=10.0.0.1)⏎  File \"/srv/r.py\", line 5, in f⏎    raise ValueError(\"in task: 3\")⏎ValueError: in task: 3|2\n> python\n> ValueError|in task: 3|1"
    ),
    Case(
      "RPyC",
      [
        "2024-03-05 10:11:14,345 ERROR rpyc - x", "Traceback (most recent call last):",
        "  File \"/srv/c.py\", line 3, in <module>", "    conn.root.go()",
        "  File \"/usr/lib/python3/site-packages/rpyc/core/protocol.py\", line 718, in sync_request",
        "    return _async_res.value", "_get_exception_class.<locals>.Derived: bad thing", "",
        "========= Remote Traceback (1) =========", "Traceback (most recent call last):",
        "  File \"/usr/lib/python3/site-packages/rpyc/core/protocol.py\", line 359, in _dispatch_request",
        "    res = self._HANDLERS[handler](self, *args)", "ValueError: bad thing", "",
        "2024-03-05 10:11:15,345 ERROR papermill - x", "",
      ],
      "python +embedded_trace +possible_notes\n_get_exception_class.<locals>.Derived|bad thing⏎⏎========= Remote Traceback (1) =========⏎Traceback (most recent call last):⏎  File \"/usr/lib/python3/site-packages/rpyc/core/protocol.py\", line 359, in _dispatch_request⏎    res = self._HANDLERS[handler](self, *args)⏎ValueError: bad thing|2\n> python\n> ValueError|bad thing|1"
    ),
    Case(
      "two of Twisted",
      [
        "Traceback (most recent call last):", "  File \"/srv/app/a.py\", line 3, in cb", "    f()",
        "TypeError: bad", "Unhandled error in Deferred:", "", "Traceback (most recent call last):",
        "  File \"/srv/tw/defer.py\", line 700, in _run", "    x = cb(x)",
        "builtins.ZeroDivisionError: division by zero", "", "",
      ],
      "python\nTypeError|bad|1\npython\nbuiltins.ZeroDivisionError|division by zero|1"),
    Case(
      "a page with a trace of the JVM, in Python",
      [
        "2024-03-05 10:11:12,345 ERROR app - failed", "Traceback (most recent call last):",
        "  File \"/srv/app.py\", line 3, in f", "    raise ApiError(r.text)",
        "app.ApiError: HTTP 500: <html>", "<body><h2>HTTP ERROR 500</h2>",
        "<h3>Caused by:</h3><pre>java.lang.IllegalStateException: x", "\tat org.acme.Remote.a(Remote.java:1)",
        "\tat org.acme.Remote.b(Remote.java:2)", "</pre>", "</body>", "</html>",
        "2024-03-05 10:11:13,345 INFO app - next", "",
      ],
      "python +embedded_trace +possible_notes\napp.ApiError|HTTP 500: <html>⏎<body><h2>HTTP ERROR 500</h2>⏎<h3>Caused by:</h3><pre>java.lang.IllegalStateException: x⏎→at org.acme.Remote.a(Remote.java:1)⏎→at org.acme.Remote.b(Remote.java:2)⏎</pre>⏎</body>⏎</html>|1\n> java\n> java.lang.IllegalStateException|x|2"
    ),
    Case(
      "a page with a traceback, in Python",
      [
        "2024-03-05 10:11:12,345 ERROR app - failed", "Traceback (most recent call last):",
        "  File \"/srv/app.py\", line 3, in f", "    raise ApiError(r.text)",
        "app.ApiError: HTTP 500: <html>", "<h1>Internal Server Error</h1>",
        "<pre>Traceback (most recent call last):", "  File &quot;/srv/remote.py&quot;, line 9, in g",
        "    1/0", "ZeroDivisionError: division by zero", "</pre>", "</html>",
        "2024-03-05 10:11:13,345 INFO app - next", "",
      ],
      "python +embedded_trace +possible_notes\napp.ApiError|HTTP 500: <html>⏎<h1>Internal Server Error</h1>⏎<pre>Traceback (most recent call last):⏎  File &quot;/srv/remote.py&quot;, line 9, in g⏎    1/0⏎ZeroDivisionError: division by zero⏎</pre>⏎</html>|1\n> python\n> ZeroDivisionError|division by zero|0"
    ),
  ]

  static let structured = [
    Case(
      "logback's own encoder",
      [
        "{\"timestamp\":1709633472345,\"level\":\"ERROR\",\"threadName\":\"main\",\"loggerName\":\"c.a.O\",\"message\":\"failed\",\"throwable\":{\"className\":\"java.lang.IllegalStateException\",\"message\":\"boom: x\",\"stepArray\":[{\"className\":\"a.b.C\",\"methodName\":\"d\",\"fileName\":\"C.java\",\"lineNumber\":7},{\"className\":\"a.b.Main\",\"methodName\":\"main\",\"fileName\":\"Main.java\",\"lineNumber\":3}],\"cause\":{\"className\":\"java.io.IOException\",\"message\":\"disk\",\"commonFrames\":1,\"stepArray\":[{\"className\":\"a.b.C\",\"methodName\":\"e\",\"fileName\":\"C.java\",\"lineNumber\":9}]}}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom: x|2\njava.io.IOException|disk|1|caused_by 0|elided 1"),
    Case(
      "Quarkus",
      [
        "{\"timestamp\":\"2024-03-05T10:11:12.345Z\",\"loggerName\":\"c.a.O\",\"level\":\"ERROR\",\"message\":\"failed\",\"exception\":{\"refId\":1,\"exceptionType\":\"java.lang.IllegalStateException\",\"message\":\"boom: x\",\"frames\":[{\"class\":\"a.b.C\",\"method\":\"d\",\"line\":7},{\"class\":\"a.b.Main\",\"method\":\"main\",\"line\":3}],\"causedBy\":{\"exception\":{\"refId\":2,\"exceptionType\":\"java.io.IOException\",\"message\":\"disk\",\"frames\":[{\"class\":\"a.b.C\",\"method\":\"e\",\"line\":9},{\"class\":\"a.b.Main\",\"method\":\"main\",\"line\":3}]}}}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom: x|2\njava.io.IOException|disk|2|caused_by 0"),
    Case(
      "frames as strings without at",
      [
        "{\"message\":\"failed\",\"exception\":{\"type\":\"java.lang.IllegalStateException\",\"message\":\"boom: x\",\"stackTrace\":[\"a.b.C.d(C.java:7)\",\"a.b.Main.main(Main.java:3)\"]}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom: x|2"),
    Case(
      "frames as strings with at",
      [
        "{\"message\":\"failed\",\"exception\":{\"class\":\"java.lang.IllegalStateException\",\"message\":\"boom: x\",\"stack\":[\"at a.b.C.d(C.java:7)\",\"at a.b.Main.main(Main.java:3)\"]}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom: x|2"),
    Case(
      "Lambda's answer, Python",
      [
        "{\"errorMessage\":\"list index out of range\",\"errorType\":\"IndexError\",\"requestId\":\"1\",\"stackTrace\":[\"  File \\\"/var/task/app.py\\\", line 5, in handler\\n    return x[0]\\n\",\"  File \\\"/var/task/lib.py\\\", line 9, in f\\n    return y\\n\"]}",
        "",
      ],
      "python +message_end_guessed\nIndexError|list index out of range|2"),
    Case(
      "Lambda's answer, Java",
      [
        "{\"errorMessage\":\"boom\",\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[\"a.b.C.d(C.java:7)\",\"a.b.Main.main(Main.java:3)\"],\"cause\":{\"errorMessage\":\"disk\",\"errorType\":\"java.io.IOException\",\"stackTrace\":[\"a.b.C.e(C.java:9)\"]}}",
        "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|1|caused_by 0"),
    Case(
      "Lambda's log",
      [
        "[ERROR] ZeroDivisionError: division by zero", "Traceback (most recent call last):",
        "  File \"/var/task/lambda_function.py\", line 5, in lambda_handler", "    return 1/0",
        "END RequestId: 1234", "REPORT RequestId: 1234\tDuration: 1 ms", "",
      ],
      "python\nZeroDivisionError|division by zero|1"),
    Case(
      "a job log that is cut",
      [
        "{\"events\": [{\"timestamp\": 1709633472345, \"message\": \"hi\", \"level\": \"INFO\", \"logSource\": \"platform\"}, {\"timestamp\": 1709633472346, \"message\": \"java.lang.IllegalStateException: boom\", \"level\": \"ERROR\", \"logSource\": \"source\"}, {\"timestamp\": 1709633472346, \"message\": \"\\tat a.b.C.d(C.java:1)\", \"level\": \"ERROR\", \"logSource\": \"source\"}, {\"timestamp\": 1709633472346, \"message\": \"\\tat a.b.C.e(C.java:2)\", \"level\": \"ERROR\", \"logSource\": \"source\"}, {\"timestamp\": 1709633472346, \"message\": \"Caused by: java.io.IOException: di",
        "",
      ],
      "java truncated_line\njava.lang.IllegalStateException|boom|2\njava.io.IOException|di|0|caused_by 0"),
    Case(
      "suppressed ones and a cause as lists",
      [
        "{\"errorType\": \"java.lang.XException\", \"errorMessage\": \"m\", \"stackTrace\": [\"a.b.C.d(C.java:1)\", \"a.b.C.e(C.java:2)\"], \"cause\": {\"errorType\": \"java.io.IOException\", \"errorMessage\": \"c\", \"stackTrace\": [\"a.b.C.d(C.java:1)\", \"a.b.C.e(C.java:2)\"]}, \"suppressed\": [{\"errorType\": \"java.io.IOException\", \"errorMessage\": \"s\", \"stackTrace\": [\"a.b.C.d(C.java:1)\", \"a.b.C.e(C.java:2)\"]}]}",
        "",
      ],
      "java\njava.lang.XException|m|2\njava.io.IOException|s|2|suppressed 0\njava.io.IOException|c|2|caused_by 0"
    ),
  ]

  static let wrapped = [
    Case(
      "RFC 5424 counts messages",
      [
        "<131>1 2024-03-05T10:11:12.345003Z web-01 orders 4242 - [meta sequenceId=\"99\"] java.lang.IllegalStateException: boom",
        "<131>1 2024-03-05T10:11:12.345003Z web-01 orders 4242 - [meta sequenceId=\"100\"] \tat a.b.C.d(C.java:1)",
        "<131>1 2024-03-05T10:11:12.345003Z web-01 orders 4242 - [meta sequenceId=\"101\"] \tat a.b.C.e(C.java:2)",
        "<131>1 2024-03-05T10:11:12.345003Z web-01 orders 4242 - [meta sequenceId=\"102\"] Caused by: java.io.IOException: disk",
        "<131>1 2024-03-05T10:11:12.345003Z web-01 orders 4242 - [meta sequenceId=\"103\"] \t... 2 more", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|0|caused_by 0|elided 2"),
    Case(
      "a logger counts lines",
      [
        "Mar  5 10:11:12 web-01 orders[4242]: [seq=99] Traceback (most recent call last):",
        "Mar  5 10:11:12 web-01 orders[4242]: [seq=100]   File \"/a.py\", line 3, in f",
        "Mar  5 10:11:12 web-01 orders[4242]: [seq=101]     g()",
        "Mar  5 10:11:12 web-01 orders[4242]: [seq=102] KeyError: 1", "",
      ],
      "python +message_end_guessed\nKeyError|1|1"),
    Case(
      "replicas are streams, and no count",
      [
        "web-1  | java.lang.IllegalStateException: boom", "web-2  | java.lang.IllegalStateException: boom",
        "web-1  | \tat a.b.C.d(C.java:1)", "web-2  | \tat a.b.C.d(C.java:1)",
        "web-1  | \tat a.b.C.e(C.java:2)", "web-2  | \tat a.b.C.e(C.java:2)",
        "web-1  | Caused by: java.io.IOException: disk", "web-2  | Caused by: java.io.IOException: disk",
        "web-1  | \t... 2 more", "web-2  | \t... 2 more", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|0|caused_by 0|elided 2\njava\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|0|caused_by 0|elided 2"
    ),
    Case(
      "grep's numbers",
      [
        "logs/app.log:98:2024-03-05 10:11:12,345 ERROR failed",
        "logs/app.log-99-java.lang.IllegalStateException: boom", "logs/app.log-100-\tat a.b.C.d(C.java:1)",
        "logs/app.log-101-\tat a.b.C.e(C.java:2)", "logs/app.log-102-Caused by: java.io.IOException: disk",
        "logs/app.log-103-\t... 2 more", "logs/app.log-104-2024-03-05 10:11:13,345 INFO next", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava.io.IOException|disk|0|caused_by 0|elided 2"),
    Case(
      "journalctl's lines",
      [
        "Mar 05 10:11:12 web-01 orders[4242]: start",
        "Mar 05 10:11:12 web-01 orders[4242]: java.sql.SQLException: bad",
        "                                       Position: 12",
        "                                     SELECT 1",
        "                                             at a.b.C.d(C.java:1)",
        "                                             at a.b.C.e(C.java:2)",
        "Mar 05 10:11:13 web-01 orders[4242]: bye", "",
      ],
      "java\njava.sql.SQLException|bad⏎  Position: 12⏎SELECT 1|2"),
    Case(
      "journalctl's lines, a group",
      [
        "Mar 05 10:11:12 web-01 orders[4242]: start",
        "Mar 05 10:11:12 web-01 orders[4242]:   + Exception Group Traceback (most recent call last):",
        "                                       |   File \"/srv/a.py\", line 3, in f",
        "                                       |     raise ExceptionGroup(\"eg\", [ValueError(1)])",
        "                                       | ExceptionGroup: eg (1 sub-exception)",
        "                                       +-+---------------- 1 ----------------",
        "                                         | ValueError: 1",
        "                                         +------------------------------------",
        "Mar 05 10:11:13 web-01 orders[4242]: bye", "",
      ],
      "python\nExceptionGroup|eg (1 sub-exception)|1\nValueError|1|0|member 0"),
    Case(
      "colours from the second exception on",
      [
        "Traceback (most recent call last):", "  File \"/t/a.py\", line 3, in a", "    {}[7]", "KeyError: 7",
        "", "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):",
        "  File \u{1B}[35m\"/t/a.py\"\u{1B}[0m, line \u{1B}[35m9\u{1B}[0m, in \u{1B}[35mf\u{1B}[0m",
        "    \u{1B}[31mg()\u{1B}[0m", "\u{1B}[1;35mValueError\u{1B}[0m: \u{1B}[35mx\u{1B}[0m", "",
      ],
      "python +message_end_guessed\nKeyError|7|1\nValueError|x|1|context 0"),
    Case(
      "a coloured line behind a trace",
      [
        "start", "Traceback (most recent call last):", "  File \"/t/a.py\", line 3, in a", "    {}[7]",
        "KeyError: 7", "\u{1B}[32m2024-03-05 10:11:13 INFO app: next\u{1B}[0m", "",
      ],
      "python\nKeyError|7|1"),
    Case(
      "coloured titles behind a trace",
      [
        "============================= FAILURES =============================",
        "\u{1B}[31m\u{1B}[1m_____________________________ test_out _____________________________\u{1B}[0m",
        "\u{1B}[1m\u{1B}[31mtest_orders.py\u{1B}[0m:20: in test_out", "    pytest.fail(\"explicit fail: x\")",
        "\u{1B}[1m\u{1B}[31mE   Failed: explicit fail: x\u{1B}[0m",
        "------------------------ Captured stderr call ------------------------",
        "Traceback (most recent call last):", "  File \"/t/test_orders.py\", line 18, in test_out",
        "    try: 1/0", "         ~^~", "ZeroDivisionError: division by zero",
        "\u{1B}[31m\u{1B}[1m____________________________ test_raises ____________________________\u{1B}[0m",
        "\u{1B}[1m\u{1B}[31mtest_orders.py\u{1B}[0m:22: in test_raises",
        "    with pytest.raises(ValueError): int(\"3\")",
        "\u{1B}[1m\u{1B}[31mE   Failed: DID NOT RAISE <class 'ValueError'>\u{1B}[0m",
        "\u{1B}[36m\u{1B}[1m======================= short test summary info =======================\u{1B}[0m",
        "\u{1B}[31mFAILED\u{1B}[0m test_orders.py::\u{1B}[1mtest_out\u{1B}[0m - Failed: explicit fail: x", "",
      ],
      "failure python pytest_report\npython\nZeroDivisionError|division by zero|1\nfailure python pytest_report"
    ),
    Case(
      "a worker's traceback in colours",
      [
        "\u{1B}[35mconcurrent.futures.process._RemoteTraceback\u{1B}[0m: \u{1B}[35m", "\"\"\"",
        "Traceback (most recent call last):",
        "  File \"/usr/lib/python3.13/concurrent/futures/process.py\", line 253, in _process_worker",
        "    r = call_item.fn(*call_item.args)", "ZeroDivisionError: division by zero", "\"\"\"\u{1B}[0m", "",
        "The above exception was the direct cause of the following exception:", "",
        "Traceback (most recent call last):",
        "  File \u{1B}[35m\"/srv/a.py\"\u{1B}[0m, line \u{1B}[35m4\u{1B}[0m, in \u{1B}[35m<module>\u{1B}[0m",
        "    \u{1B}[31mf()\u{1B}[0m",
        "\u{1B}[1;35mZeroDivisionError\u{1B}[0m: \u{1B}[35mdivision by zero\u{1B}[0m", "",
      ],
      "python +message_end_guessed +embedded_trace\nconcurrent.futures.process._RemoteTraceback|⏎\"\"\"⏎Traceback (most recent call last):⏎  File \"/usr/lib/python3.13/concurrent/futures/process.py\", line 253, in _process_worker⏎    r = call_item.fn(*call_item.args)⏎ZeroDivisionError: division by zero⏎\"\"\"|0\n> python\n> ZeroDivisionError|division by zero|1\nZeroDivisionError|division by zero|1|cause 0"
    ),
    Case(
      "IPython's syntax error in colours",
      [
        "\u{1B}[1;36m  Cell \u{1B}[1;32mIn[4], line 1\u{1B}[1;36m\u{1B}[0m",
        "\u{1B}[1;33m    a = (1,\u{1B}[0m", "\u{1B}[1;37m        ^\u{1B}[0m",
        "\u{1B}[1;31mSyntaxError\u{1B}[0m\u{1B}[1;31m:\u{1B}[0m '(' was never closed", "",
      ],
      "python +message_end_guessed +no_header\nSyntaxError|'(' was never closed|0"),
    Case(
      "elements that follow each other on a line",
      [
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><testsuites><testsuite name=\"pytest\"><testcase classname=\"t\" name=\"a\" time=\"0.1\"><failure message=\"KeyError: 7\">Traceback (most recent call last):",
        "  File \"/t/a.py\", line 3, in a", "    {}[7]",
        "KeyError: 7</failure></testcase><testcase classname=\"t\" name=\"b\" time=\"0.1\"><failure message=\"ValueError: x\">Traceback (most recent call last):",
        "  File \"/t/a.py\", line 6, in b", "    int(\"x\")",
        "ValueError: x</failure></testcase></testsuite></testsuites>", "",
      ],
      "python +message_end_guessed\nKeyError|7|1\npython +message_end_guessed\nValueError|x|1"),
    Case(
      "a group in the second element",
      [
        "<testsuite><testcase name=\"a\"><failure message=\"KeyError: 7\">Traceback (most recent call last):",
        "  File \"/t/a.py\", line 3, in a",
        "KeyError: 7</failure></testcase><testcase name=\"b\"><failure message=\"eg\">+ Exception Group Traceback (most recent call last):",
        "  |   File \"/t/a.py\", line 6, in b", "  |     raise ExceptionGroup(\"eg\", [ValueError(1)])",
        "  | ExceptionGroup: eg (1 sub-exception)", "  +-+---------------- 1 ----------------",
        "    | ValueError: 1", "    +------------------------------------</failure></testcase></testsuite>",
        "",
      ],
      "python +message_end_guessed\nKeyError|7|1\npython\nExceptionGroup|eg (1 sub-exception)|1\nValueError|1|0|member 0"
    ),
    Case(
      "entities behind the first frames",
      [
        "<html><body><h1>Error</h1><pre>", "java.lang.ExceptionInInitializerError",
        "\tat com.acme.Parser.parse(Parser.java:46)", "\tat com.acme.Main.main(Main.java:3)",
        "Caused by: java.lang.NumberFormatException: For input string: &quot;x&quot;", "\t... 2 more",
        "</pre></body></html>", "",
      ],
      "java\njava.lang.ExceptionInInitializerError|-|2\njava.lang.NumberFormatException|For input string: \"x\"|0|caused_by 0|elided 2"
    ),
  ]

  static let alike = [
    Case(
      "a format of lines that begin with a level, below a line with a time",
      [
        "2024-01-01 10:00:00,000 ERROR app.main: failed", "Traceback (most recent call last):",
        "  File \"/a/b.py\", line 3, in f", "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()",
        "ValueError: x", "INFO:     127.0.0.1:3455 - \"GET /a HTTP/1.1\" 500 Internal Server Error",
        "INFO:     127.0.0.1:3456 - \"GET /b HTTP/1.1\" 200 OK", "2024-01-01 10:00:01,000 INFO app.main: ok",
        "",
      ],
      "python\nValueError|x|2"),
    Case(
      "the same, and another traceback behind",
      [
        "2024-01-01 10:00:00,000 ERROR app.main: failed", "Traceback (most recent call last):",
        "  File \"/a/b.py\", line 3, in f", "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()",
        "ValueError: x", "INFO:     127.0.0.1:3455 - \"GET /a HTTP/1.1\" 500 Internal Server Error",
        "ERROR:root:job failed:", "Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f",
        "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()", "KeyError: 1",
        "2024-01-01 10:00:01,000 INFO app.main: ok", "",
      ],
      "python\nValueError|x|2\npython\nKeyError|1|2"),
    Case(
      "JSON with names of its own behind a traceback",
      [
        "{\"asctime\":\"2024-01-01 10:00:00\",\"lvlname\":\"INFO\",\"text\":\"hi\"}",
        "Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f", "    g()",
        "  File \"/a/c.py\", line 9, in g", "    raise E()", "ValueError: x",
        "{\"asctime\":\"2024-01-01 10:00:00\",\"lvlname\":\"INFO\",\"text\":\"hi\"}",
        "{\"asctime\":\"2024-01-01 10:00:00\",\"lvlname\":\"INFO\",\"text\":\"hi\",\"exc\":\"Traceback (most recent call last):\\n  File \\\"/a/b.py\\\", line 3, in f\\n    g()\\n  File \\\"/a/c.py\\\", line 9, in g\\n    raise E()\\nKeyError: 2\"}",
        "{\"asctime\":\"2024-01-01 10:00:00\",\"lvlname\":\"INFO\",\"text\":\"hi\"}",
        "{\"asctime\":\"2024-01-01 10:00:00\",\"lvlname\":\"INFO\",\"text\":\"hi\"}", "",
      ],
      "python\nValueError|x|2\npython +message_end_guessed\nKeyError|2|2"),
    Case(
      "JSON of another logger",
      [
        "{\"datetime\":\"2024-01-01T10:00:00Z\",\"lv\":\"I\",\"body\":\"hi\"}",
        "Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f", "    g()",
        "  File \"/a/c.py\", line 9, in g", "    raise E()", "ValueError: x",
        "{\"datetime\":\"2024-01-01T10:00:00Z\",\"lv\":\"I\",\"body\":\"hi\"}",
        "{\"datetime\":\"2024-01-01T10:00:00Z\",\"lv\":\"I\",\"body\":\"hi\",\"exc\":\"Traceback (most recent call last):\\n  File \\\"/a/b.py\\\", line 3, in f\\n    g()\\n  File \\\"/a/c.py\\\", line 9, in g\\n    raise E()\\nKeyError: 2\"}",
        "{\"datetime\":\"2024-01-01T10:00:00Z\",\"lv\":\"I\",\"body\":\"hi\"}",
        "{\"datetime\":\"2024-01-01T10:00:00Z\",\"lv\":\"I\",\"body\":\"hi\"}", "",
      ],
      "python\nValueError|x|2\npython +message_end_guessed\nKeyError|2|2"),
    Case(
      "lines that begin with a date alone",
      [
        "2024-01-01 Start of job", "Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f",
        "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()", "ValueError: x",
        "2024-01-01 Next job", "2024-01-01 Failed again:", "Traceback (most recent call last):",
        "  File \"/a/b.py\", line 3, in f", "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()",
        "KeyError: 1", "2024-01-01 End", "",
      ],
      "python\nValueError|x|2\npython\nKeyError|1|2"),
    Case(
      "a traceback behind that of torch",
      [
        "RuntimeError: pre", "Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f",
        "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()",
        "RuntimeError: Caught ValueError in DataLoader worker process 0.",
        "Original Traceback (most recent call last):", "  File \"/a/w.py\", line 3, in f", "    g()",
        "ValueError: bad", "Traceback (most recent call last):", "  File \"/a/b.py\", line 3, in f",
        "    g()", "  File \"/a/c.py\", line 9, in g", "    raise E()", "KeyError: next", "",
      ],
      "python +embedded_trace +possible_notes\nRuntimeError|Caught ValueError in DataLoader worker process 0.⏎Original Traceback (most recent call last):⏎  File \"/a/w.py\", line 3, in f⏎    g()⏎ValueError: bad|2\n> python\n> ValueError|bad|1\npython +message_end_guessed\nKeyError|next|2"
    ),
    Case(
      "numbered failures",
      [
        "Tests failed", "1) java.lang.IllegalStateException: boom", "second line", "\tat a.b.C.d(C.java:1)",
        "\tat a.b.C.e(C.java:2)", "", "2) java.lang.NullPointerException: npe", "more words",
        "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)", "",
      ],
      "java\njava.lang.IllegalStateException|boom⏎second line|2\njava\njava.lang.NullPointerException|npe⏎more words|2"
    ),
    Case(
      "commas in a message behind a prefix with commas",
      [
        "2024-01-01,ERROR,java.lang.IllegalStateException: a, b and c",
        "2024-01-01,ERROR,\tat a.b.C.d(C.java:1)", "2024-01-01,ERROR,\tat a.b.C.e(C.java:2)", "",
      ],
      "java\njava.lang.IllegalStateException|a, b and c|2"),
    Case(
      "semicolons",
      [
        "10:00:00;main;java.lang.IllegalStateException: first; then second",
        "10:00:00;main;\tat a.b.C.d(C.java:1)", "10:00:00;main;\tat a.b.C.e(C.java:2)",
        "10:00:00;main;Caused by: java.io.IOException: x; y", "10:00:00;main;\tat q.w.E.r(E.java:5)", "",
      ],
      "java\njava.lang.IllegalStateException|first; then second|2\njava.io.IOException|x; y|1|caused_by 0"),
    Case(
      "replicas in step",
      [
        "web-0  | java.lang.IllegalStateException: boom 0",
        "web-1  | java.lang.IllegalStateException: boom 1",
        "web-2  | java.lang.IllegalStateException: boom 2",
        "web-3  | java.lang.IllegalStateException: boom 3",
        "web-4  | java.lang.IllegalStateException: boom 4",
        "web-5  | java.lang.IllegalStateException: boom 5",
        "web-6  | java.lang.IllegalStateException: boom 6",
        "web-7  | java.lang.IllegalStateException: boom 7",
        "web-8  | java.lang.IllegalStateException: boom 8",
        "web-9  | java.lang.IllegalStateException: boom 9",
        "web-10  | java.lang.IllegalStateException: boom 10",
        "web-11  | java.lang.IllegalStateException: boom 11", "web-0  | \tat a.b.C.d(C.java:1)",
        "web-1  | \tat a.b.C.d(C.java:1)", "web-2  | \tat a.b.C.d(C.java:1)",
        "web-3  | \tat a.b.C.d(C.java:1)", "web-4  | \tat a.b.C.d(C.java:1)",
        "web-5  | \tat a.b.C.d(C.java:1)", "web-6  | \tat a.b.C.d(C.java:1)",
        "web-7  | \tat a.b.C.d(C.java:1)", "web-8  | \tat a.b.C.d(C.java:1)",
        "web-9  | \tat a.b.C.d(C.java:1)", "web-10  | \tat a.b.C.d(C.java:1)",
        "web-11  | \tat a.b.C.d(C.java:1)", "web-0  | \tat a.b.C.e(C.java:2)",
        "web-1  | \tat a.b.C.e(C.java:2)", "web-2  | \tat a.b.C.e(C.java:2)",
        "web-3  | \tat a.b.C.e(C.java:2)", "web-4  | \tat a.b.C.e(C.java:2)",
        "web-5  | \tat a.b.C.e(C.java:2)", "web-6  | \tat a.b.C.e(C.java:2)",
        "web-7  | \tat a.b.C.e(C.java:2)", "web-8  | \tat a.b.C.e(C.java:2)",
        "web-9  | \tat a.b.C.e(C.java:2)", "web-10  | \tat a.b.C.e(C.java:2)",
        "web-11  | \tat a.b.C.e(C.java:2)", "web-0  | \tat a.b.C.f(C.java:3)",
        "web-1  | \tat a.b.C.f(C.java:3)", "web-2  | \tat a.b.C.f(C.java:3)",
        "web-3  | \tat a.b.C.f(C.java:3)", "web-4  | \tat a.b.C.f(C.java:3)",
        "web-5  | \tat a.b.C.f(C.java:3)", "web-6  | \tat a.b.C.f(C.java:3)",
        "web-7  | \tat a.b.C.f(C.java:3)", "web-8  | \tat a.b.C.f(C.java:3)",
        "web-9  | \tat a.b.C.f(C.java:3)", "web-10  | \tat a.b.C.f(C.java:3)",
        "web-11  | \tat a.b.C.f(C.java:3)", "web-0  | \tat a.b.C.g(C.java:4)",
        "web-1  | \tat a.b.C.g(C.java:4)", "web-2  | \tat a.b.C.g(C.java:4)",
        "web-3  | \tat a.b.C.g(C.java:4)", "web-4  | \tat a.b.C.g(C.java:4)",
        "web-5  | \tat a.b.C.g(C.java:4)", "web-6  | \tat a.b.C.g(C.java:4)",
        "web-7  | \tat a.b.C.g(C.java:4)", "web-8  | \tat a.b.C.g(C.java:4)",
        "web-9  | \tat a.b.C.g(C.java:4)", "web-10  | \tat a.b.C.g(C.java:4)",
        "web-11  | \tat a.b.C.g(C.java:4)", "",
      ],
      "java\njava.lang.IllegalStateException|boom 0|4\njava\njava.lang.IllegalStateException|boom 1|4\njava\njava.lang.IllegalStateException|boom 2|4\njava\njava.lang.IllegalStateException|boom 3|4\njava\njava.lang.IllegalStateException|boom 4|4\njava\njava.lang.IllegalStateException|boom 5|4\njava\njava.lang.IllegalStateException|boom 6|4\njava\njava.lang.IllegalStateException|boom 7|4\njava\njava.lang.IllegalStateException|boom 8|4\njava\njava.lang.IllegalStateException|boom 9|4\njava\njava.lang.IllegalStateException|boom 10|4\njava\njava.lang.IllegalStateException|boom 11|4"
    ),
    Case(
      "a list beside another one with its own header",
      [
        "{\"errorType\": \"java.lang.X\", \"errorMessage\": \"m\", \"stackTrace\": [\"a.b.C.d(C.java:1)\", \"a.b.C.e(C.java:2)\"], \"inner\": {\"stack_trace\": [\"java.lang.IllegalArgumentException: inner\", \"\\tat q.w.E.r(E.java:1)\", \"\\tat q.w.E.t(E.java:1)\"]}}",
        "",
      ],
      "java\njava.lang.X|m|2\njava\njava.lang.IllegalArgumentException|inner|2"),
    Case(
      "a logger's name beside frames",
      [
        "{\"name\": \"worker.main\", \"level\": \"ERROR\", \"message\": \"request failed\", \"stackTrace\": [\"a.b.C.d(C.java:1)\", \"a.b.C.e(C.java:2)\"]}",
        "",
      ],
      "failure other not_a_trace_text"),
    Case(
      "a class that is no exception beside frames of another language",
      [
        "{\"type\": \"app.Event\", \"message\": \"stack\", \"stack\": [\"  File \\\"/a/b.py\\\", line 3, in f\\n    g()\\n\", \"  File \\\"/a/c.py\\\", line 3, in f\\n    g()\\n\"]}",
        "",
      ],
      "python missing_header missing_exception_line truncated_at_eof +stack_only\n-|-|2"),
    Case(
      "frames of Python with a class",
      [
        "{\"exc_type\": \"ValueError\", \"frames\": [{\"class\": \"Foo\", \"method\": \"bar\", \"file\": \"/a/b.py\", \"line\": 3}]}",
        "",
      ],
      "python\nValueError|-|1"),
    Case(
      "words behind the label of a cause, and another trace",
      [
        "java.lang.IllegalStateException: boom", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)",
        "Caused by: user abort", "[main] y java.lang.NullPointerException: n", "\tat q.w.E.r(E.java:5)", "",
      ],
      "java\njava.lang.IllegalStateException|boom|2\njava\njava.lang.NullPointerException|n|1"),
    Case(
      "a source line that quotes the header's words, between lines of another pod",
      [
        "api-1  | Traceback (most recent call last):", "api-1  |   File \"/srv/a.py\", line 5, in f",
        "db-1   | checkpoint", "api-1  |     log(\"Traceback (most recent call last):\" + x)",
        "api-1  | TypeError: bad", "",
      ],
      "python +message_end_guessed\nTypeError|bad|1"),
    Case(
      "threads in no order",
      [
        "[thread-1] Traceback (most recent call last):", "[thread-2] Traceback (most recent call last):",
        "[thread-0] Traceback (most recent call last):", "[thread-3] Traceback (most recent call last):",
        "[thread-3]   File \"/a/b.py\", line 3, in f", "[thread-1]   File \"/a/b.py\", line 3, in f",
        "[thread-0]   File \"/a/b.py\", line 3, in f", "[thread-0]     g()",
        "[thread-0]   File \"/a/c.py\", line 9, in g", "[thread-3]     g()",
        "[thread-2]   File \"/a/b.py\", line 3, in f", "[thread-0]     raise E()", "[thread-1]     g()",
        "[thread-2]     g()", "[thread-2]   File \"/a/c.py\", line 9, in g",
        "[thread-1]   File \"/a/c.py\", line 9, in g", "[thread-0] ValueError: rank 0 failed",
        "[thread-2]     raise E()", "[thread-1]     raise E()", "[thread-1] ValueError: rank 1 failed",
        "[thread-3]   File \"/a/c.py\", line 9, in g", "[thread-3]     raise E()",
        "[thread-2] ValueError: rank 2 failed", "[thread-3] ValueError: rank 3 failed", "",
      ],
      "python +message_end_guessed\nValueError|rank 1 failed|2\npython +message_end_guessed\nValueError|rank 2 failed|2\npython +message_end_guessed\nValueError|rank 0 failed|2\npython +message_end_guessed\nValueError|rank 3 failed|2"
    ),
    Case(
      "a trace within that of another process",
      [
        "java.lang.IllegalStateException: B", "\tat b.B.x(B.java:1)",
        "2024-01-01 10:00:00 ERROR [svcA] java.lang.RuntimeException: java.io.IOException: A\\n\\tat a.A.x(A.java:1)\\n\\tat a.A.y(A.java:2)\\n",
        "\tat b.B.y(B.java:2)", "\tat b.B.z(B.java:3)", "2024-01-01 10:00:01 INFO x", "",
      ],
      "java\njava.lang.IllegalStateException|B|1\njava\njava.lang.RuntimeException|java.io.IOException: A|2\njava missing_header\n-|-|2"
    ),
  ]
}
