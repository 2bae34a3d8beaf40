import Foundation
import TestSupport
import Testing

/// `tracesift scan --format sentry`: one event payload a line (formats-around.md, sections 4.1 and 4.2).
@Suite struct SentryFormatTests {
  private func events(_ input: String, _ options: String...) throws -> [JSON] {
    let run = try Program.run(["scan", "--format", "sentry"] + options, input: input)
    #expect(run.status == 0 && run.errors.isEmpty)
    return try run.lines.map { try JSON(parsing: $0) }
  }

  @Test func everyEventHasWhatSentryAsksFor() throws {
    let events = try events(Sample.java + Sample.python + "\n" + Sample.failure)
    #expect(events.map { $0["platform"].text } == ["java", "python", "other"])
    for event in events {
      #expect(event["event_id"].text?.wholeMatch(of: /[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}/) != nil)
      #expect(
        event["timestamp"].text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/)
          != nil)
      #expect(event["level"].text == "error")
      #expect(event["contexts"]["Log"]["source"].text == "-")
    }
    #expect(Set(events.compactMap { $0["event_id"].text }).count == 3)
  }

  @Test func exceptionsFromOldestToNewest() throws {
    let event = try events(Sample.java)[0]
    let values = event["exception"]["values"]
    #expect(values.list.map { $0["type"].text } == ["IOException", "IllegalStateException"])
    #expect(values.list.map { $0["module"].text } == ["java.io", "java.lang"])
    #expect(values[0]["value"].text == "it's \"50%\" \\n")
    #expect(values[0]["mechanism"]["type"].text == "chained")
    #expect(values[0]["mechanism"]["exception_id"].number == 1)
    #expect(values[0]["mechanism"]["parent_id"].number == 0)
    let frames = values[1]["stacktrace"]["frames"]
    #expect(frames.list.map { $0["function"].text } == ["run", "run"])
    #expect(frames[1]["module"].text == "io.airbyte.workers.Main" && frames[1]["lineno"].number == 12)
    // The text does not tell in-app, and Sentry's rules are to decide it.
    #expect(frames.list.allSatisfy { !$0.names.contains("in_app") })
    #expect(event["tags"]["stacktrace_platform"].text == "java")
    #expect(!event.names.contains("fingerprint") && !event.names.contains("logentry"))
  }

  @Test func pythonFramesHavePathsAndSource() throws {
    let frames = try events(Sample.python)[0]["exception"]["values"][0]["stacktrace"]["frames"]
    #expect(frames.list.map { $0["abs_path"].text } == ["/srv/app/x.py", "/srv/app/x.py"])
    #expect(frames.list.map { $0["context_line"].text } == ["g('it is')", "raise E()"])
  }

  @Test func failuresAreMessages() throws {
    let event = try events(Sample.failure)[0]
    #expect(event["logentry"]["formatted"].text?.hasPrefix("Traceback (most recent call last):") == true)
    #expect(event["tags"]["stacktrace_parse_error"].text == "1")
    #expect(!event.names.contains("exception"))
  }

  /// As written where it has a zone, UTC where it has none.
  @Test(arguments: [
    ("2024-01-02 03:04:05,678", "2024-01-02T03:04:05.678Z"),
    ("2024-01-02T03:04:05+01:00", "2024-01-02T03:04:05+01:00"),
    ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
  ])
  func timesOfRecords(_ written: String, _ sent: String) throws {
    let log = "\(written) ERROR x - failed\n" + Sample.python
    #expect(try events(log).map { $0["timestamp"].text } == [sent])
  }

  /// Without a time, and with one that no calendar has, it is the file's last change.
  @Test(arguments: ["", "2024-13-02 03:04:05,678 ERROR x - failed\n"])
  func timesOfFiles(_ head: String) throws {
    try withDirectory { directory in
      let file = try directory.file("app.log", head + Sample.python)
      for (seconds, text) in [
        (1_709_251_199.0, "2024-02-29T23:59:59Z"), (0, "1970-01-01T00:00:00Z"),
        (1_767_225_600, "2026-01-01T00:00:00Z"),
      ] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: file.path)
        let run = try Program.run("scan", "--format", "sentry", file.path)
        #expect(try run.lines.map { try JSON(parsing: $0)["timestamp"].text } == [text])
      }
    }
  }

  /// Of a pipe: the time of the run.
  @Test func timesOfPipes() throws {
    let text = try #require(try events(Sample.python)[0]["timestamp"].text)
    let time = try #require(ISO8601DateFormatter().date(from: text))
    #expect(abs(time.timeIntervalSinceNow) < 600)
  }

  @Test func idsAreThoseOfThePlace() throws {
    let first = try events(Sample.python + "\n" + Sample.python).map { $0["event_id"].text }
    let again = try events(Sample.python + "\n" + Sample.python).map { $0["event_id"].text }
    #expect(first == again && Set(first).count == 2)
  }

  @Test func airbytesEvents() throws {
    let event = try events(
      Sample.java, "--profile", "airbyte", "--connector", "airbyte/source-xyz:1.2.0")[0]
    #expect(event["fingerprint"].list.map(\.text) == ["{{ default }}", "airbyte-source-xyz"])
    #expect(event["release"].text == "airbyte-source-xyz@1.2.0")
    // Its parser keeps the order of the text and whole type names.
    let types = event["exception"]["values"].list.map { $0["type"].text }
    #expect(types.last == "java.io.IOException")
  }

  @Test func fingerprintRulesReachTheEvent() throws {
    try withDirectory { directory in
      let rules = try directory.file("f.rules", "error.type:ValueError -> {{ default }}, mine").path
      let event = try events(Sample.python, "--fingerprint-rules", rules)[0]
      #expect(event["fingerprint"].list.map(\.text) == ["{{ default }}", "mine"])
    }
  }

  /// 50 outermost and 200 innermost frames; values of 8192 characters.
  @Test func limits() throws {
    let frames = (1...300).reversed().map { "\tat a.B.f\($0)(B.java:\($0))\n" }.joined()
    let log = "java.lang.Error: \(String(repeating: "x", count: 9000))\n\(frames)"
    let value = try events(log)[0]["exception"]["values"][0]
    let functions = value["stacktrace"]["frames"].list.compactMap { $0["function"].text }
    #expect(functions == (Array(1...50) + Array(101...300)).map { "f\($0)" })
    #expect((value["value"].text?.count ?? 0) <= 8192)
  }

  @Test func degradedTracesSaySo() throws {
    let cut = "Traceback (most recent call last):\n  File \"/srv/app/x.py\", line 3, in f\n    g()\n"
    let tag = "stacktrace_parse_degraded"
    let record = try JSON(parsing: try Program.run(["scan"], input: cut).lines[0])
    try #require(record["status"].text == "degraded")
    let reason = record["reasons"][0].text
    #expect(try events(cut)[0]["tags"][tag].text == reason && reason != nil)
    #expect(try events(Sample.python)[0]["tags"][tag].text == nil)
    #expect(try events(cut, "--profile", "airbyte")[0]["tags"][tag].text == nil)
  }

  @Test func failuresApart() throws {
    try withDirectory { directory in
      let path = directory.url.path + "/failures"
      let log = Sample.python + "\n" + Sample.failure
      let run = try Program.run(["scan", "--format", "sentry", "--failures", path], input: log)
      #expect(run.status == 0 && run.lines.count == 1 && run.output.contains("ValueError"))
      let failures = try String(contentsOfFile: path, encoding: .utf8)
      #expect(failures.split(separator: "\n").count == 1 && failures.contains("stacktrace_parse_error"))
    }
  }

  /// The events do not depend on how the work is split.
  @Test func anyNumberOfWorkers() throws {
    try withDirectory { directory in
      let log = String(repeating: Sample.java + Sample.python + "\n" + Sample.failure, count: 40)
      let file = try directory.file("app.log", log).path
      let whole = try Program.run("scan", "--format", "sentry", "--jobs", "1", file)
      #expect(whole.lines.count == 120)
      for size in ["512", "4000"] {
        let split = try Program.run("scan", "--format", "sentry", "--jobs", "3", "--chunk-bytes", size, file)
        #expect(split.output == whole.output)
      }
    }
  }

  @Test(arguments: ["xml", "", "NDJSON", "text"])
  func unknownFormats(_ format: String) throws {
    let run = try Program.run("scan", "--format", format)
    #expect(run.status == 64 && run.output.isEmpty && run.errors.contains("--format"))
  }
}
