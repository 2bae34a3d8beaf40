import Foundation
import Testing

/// Airbyte's messages: which failures are reported, and what goes with them.
@Suite struct AirbyteTests {
  private static let trace =
    #"Traceback (most recent call last):\n  File \"/x.py\", line 3, in f\nKeyError: 'a'"#

  private static func message(_ type: String?, stack: String = trace, more: String = "") -> String {
    let failure = type.map { #","failure_type":"\#($0)""# } ?? ""
    return
      #"{"type":"TRACE","trace":{"type":"ERROR","emitted_at":1772705472345.0,"error":{"message":"It failed","internal_message":"key a","stack_trace":"\#(stack)"\#(failure)\#(more)}}}"#
      + "\n"
  }

  private static func run(_ input: String, _ options: String...) throws -> (
    records: [[String: Any]], errors: String
  ) {
    let command = try Command.run(["scan"] + options, input: Array(input.utf8))
    #expect(command.status == 0)
    let records = try command.lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    return (records, command.errors)
  }

  private static let types: [String?] = [
    "system_error", "config_error", "transient_error", "manual_cancellation", "refresh_schema",
    "heartbeat_timeout", "destination_timeout", "no_such_type", nil,
  ]

  @Test func whatThePlatformDoesNotReportIsCounted() throws {
    let input = Self.types.map { Self.message($0) }.joined()
    let (records, errors) = try Self.run(input, "--stats")
    let found = records.map { ($0["context"] as? [String: Any])?["failure_type"] as? String }
    #expect(
      found == [
        "system_error", "refresh_schema", "heartbeat_timeout", "destination_timeout", "no_such_type", nil,
      ])
    #expect(errors.contains(#""dropped":{"config_error":1,"manual_cancellation":1,"transient_error":1}"#))
    let all = try Self.run(input, "--stats", "--all-failure-types")
    #expect(all.records.count == Self.types.count && !all.errors.contains("dropped"))
    // What is left out does not change the ids of the rest.
    let ids = Set(all.records.compactMap { $0["id"] as? String })
    #expect(ids.isSuperset(of: records.compactMap { $0["id"] as? String }))
  }

  /// Messages that lost the line end between them, and indented ones right behind each other.
  @Test func messagesThatStandSideBySide() throws {
    let (config, system) = (Self.message("config_error"), Self.message("system_error"))
    for input in [config.dropLast() + system, system.dropLast() + config] {
      let (records, errors) = try Self.run(String(input), "--stats")
      let context = records.map { ($0["context"] as? [String: Any])?["failure_type"] as? String }
      #expect(context == ["system_error"])
      #expect(errors.contains(#""dropped":{"config_error":1}"#))
    }
    let indented = { (message: String) in
      let object = try JSONSerialization.jsonObject(with: Data(message.utf8))
      return String(
        decoding: try JSONSerialization.data(withJSONObject: object, options: .prettyPrinted), as: UTF8.self)
        + "\n"
    }
    let (records, errors) = try Self.run(
      try indented(config) + indented(config) + indented(system) + indented(config) + indented(system),
      "--stats")
    #expect(records.count == 2 && errors.contains(#""dropped":{"config_error":3}"#))
    // Jackson writes `}, {` between the elements of a list.
    let elements = try (0..<3).map { _ in try indented(system).dropLast() }
    #expect(try Self.run("[ " + elements.joined(separator: ", ") + " ]\n").records.count == 3)
  }

  /// Each millisecond is the one that was written, not the one before.
  @Test func everyMillisecond() throws {
    let input = (0..<1000).map {
      Self.message("system_error").replacing("1772705472345.0", with: "\(1_772_705_472_000 + $0)")
    }
    let found = try Self.run(input.joined()).records.map { $0["timestamp"] as? String }
    let wanted = (0..<1000).map { milli in
      let digits = String(1000 + milli).dropFirst()
      return milli == 0 ? "2026-03-05T10:11:12Z" : "2026-03-05T10:11:12.\(digits)Z"
    }
    #expect(found == wanted)
  }

  @Test func contextInTheOrderOfTheSchema() throws {
    let input = Self.message(
      "system_error", more: #","stream_descriptor":{"name":"users","namespace":"public"}"#)
    let command = try Command.run(["scan"], input: Array(input.utf8))
    #expect(
      command.text.contains(
        #""context":{"failure_type":"system_error","message":"It failed","internal_message":"key a","stream_name":"users","stream_namespace":"public"}"#
      ))
    #expect(command.text.contains(#""timestamp":"2026-03-05T10:11:12.345Z""#))
  }

  @Test func reasonsOfFailureEachForItself() throws {
    let reason = { (type: String, origin: String) in
      #"{"failureOrigin":"\#(origin)","failureType":"\#(type)","internalMessage":"i-\#(origin)","externalMessage":"e","metadata":{"jobId":12,"attemptNumber":1,"connection_id":"c-1","workspace_id":"w-1","connector_repository":"airbyte/source-x"},"stacktrace":"\#(Self.trace)"}"#
    }
    let (records, errors) = try Self.run(
      #"{"failures":[\#(reason("config_error", "source")),\#(reason("system_error", "destination"))]}"#
        + "\n", "--stats")
    let context = records.map { $0["context"] as? [String: String] }
    #expect(
      context == [
        [
          "failure_type": "system_error", "failure_origin": "destination", "message": "e",
          "internal_message": "i-destination", "job_id": "12", "attempt_number": "1", "connection_id": "c-1",
          "workspace_id": "w-1", "connector": "airbyte/source-x",
        ]
      ])
    #expect(errors.contains(#""dropped":{"config_error":1}"#))
  }

  @Test func dbtTexts() throws {
    let stack =
      #"AirbyteDbtError: \n1 of 2 ERROR\nDatabase Error in model customers (models/customers.sql)\n  SQL compilation error:\n  invalid identifier 'X'"#
    let (records, _) = try Self.run(
      Self.message("system_error", stack: stack)
        + Self.message(nil, stack: "AirbyteDbtError: nothing of the kind"))
    #expect(records.map { $0["kind"] as? String } == ["trace", "failure"])
    #expect(records.map { $0["platform"] as? String } == ["other", "other"])
    let exceptions = records[0]["exceptions"] as? [[String: Any]]
    #expect(exceptions?.map { $0["type"] as? String } == ["DbtDatabaseSQLCompilationError"])
    #expect(exceptions?.map { $0["value"] as? String } == ["SQL compilation error: invalid identifier 'X'"])
    #expect(records[1]["reason"] as? String == "not_a_trace_text")
  }

  /// A failure's value loses the internal message, so that only the rest of the text groups.
  @Test func theInternalMessageGoesOutOfAFailuresText() throws {
    let one = Self.message(nil, stack: "order 1 is lost").replacing("key a", with: "order 1")
    let two = Self.message(nil, stack: "order 2 is lost").replacing("key a", with: "order 2")
    let groups = try Self.run(one + two, "--profile", "airbyte").records.map { $0["group"] as? String }
    #expect(groups.count == 2 && groups[0] == groups[1])
    let other = Self.message(nil, stack: "order 2 is late").replacing("key a", with: "order 2")
    #expect(try Self.run(other, "--profile", "airbyte").records[0]["group"] as? String != groups[0])
  }

  @Test func theConnectorOfTheMessageOrOfTheOption() throws {
    let input = Self.message("system_error").replacing(
      #"{"type":"TRACE""#, with: #"{"docker_image":"airbyte/source-xyz:1.2.0","type":"TRACE""#)
    let own = try Self.run(input, "--profile", "airbyte").records[0]["fingerprint"] as? [String]
    #expect(own == ["{{ default }}", "airbyte-source-xyz"])
    let given = try Self.run(input, "--profile", "airbyte", "--connector", "airbyte/source-abc:1").records[0]
    #expect(given["fingerprint"] as? [String] == ["{{ default }}", "airbyte-source-abc"])
  }

  // MARK: Forced formats

  private static let object =
    #"{"log":"a.b.XException: m\n\tat a.B.c(B.java:5)\n","stream":"stderr","time":"1"}"# + "\n"
  private static let prefixed = "svc-1  | a.b.YException: m\nsvc-1  | \tat a.B.c(B.java:5)\n"
  private static let kubelet =
    "2026-03-05T10:11:12.345678901Z stderr F a.b.ZException: m\n2026-03-05T10:11:12.345678901Z stderr F \tat a.B.c(B.java:5)\n"

  @Test(arguments: [
    ("auto", ["a.b.XException", "a.b.YException", "a.b.ZException"]),
    ("docker", ["a.b.XException"]), ("cri", ["a.b.ZException"]), ("journald", []),
    ("airbyte", ["a.b.XException", "a.b.YException", "a.b.ZException"]),
  ])
  func aFormatPassesOthersOver(_ format: String, _ types: [String]) throws {
    let (records, _) = try Self.run(Self.object + Self.prefixed + Self.kubelet, "--input-format", format)
    #expect(types == records.compactMap { ($0["exceptions"] as? [[String: Any]])?.first?["type"] as? String })
  }

  @Test func onlyObjectsAreUndoneAsJSON() throws {
    let (records, _) = try Self.run(Self.object + Self.prefixed + Sample.java, "--input-format", "json")
    #expect(records.map { $0["line"] as? Int } == [1, 5])
  }

  @Test func airbytesDataIsNoLog() throws {
    let record = #"{"type":"RECORD","record":{"stream":"s","data":{"trace":"\#(Self.trace)"}}}"# + "\n"
    #expect(try Self.run(record, "--input-format", "airbyte").records.isEmpty)
  }
}
