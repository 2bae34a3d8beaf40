import ScanSupport
import Testing
import TraceModel

/// A trace is the same trace in whatever its log is wrapped: every one of the corpus that is read without a remark, inside
/// containers and written on one line, against itself as it stands.
@Suite struct WrappedCorpusTests {
  typealias Wrap = @Sendable ([String]) -> [String]

  private static func eachLine(_ wrap: @escaping @Sendable (Int, String) -> String) -> Wrap {
    { lines in lines.enumerated().map(wrap) }
  }

  private static func time(_ number: Int) -> String {
    "2024-03-05T10:11:12.\(String(1_000_000 + number).dropFirst())Z"
  }

  private static func json(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20:
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Wraps of each line; lines of the log around the trace are wrapped, too.
  private static let lineWraps: [(name: String, wrap: Wrap)] = [
    ("docker -t", eachLine { time($0) + " " + $1 }),
    ("CRI", eachLine { time($0) + " stderr F " + $1 }),
    (
      "Docker's file",
      eachLine { "{\"log\":\(json($1 + "\n")),\"stream\":\"stderr\",\"time\":\"\(time($0))\"}" }
    ),
    ("compose in colour", eachLine { "\u{1B}[36mworker-1  |\u{1B}[0m " + $1 }),
    ("kubectl --prefix", eachLine { "[pod/worker-7f9c/main] " + $1 }),
    ("syslog", eachLine { "Mar  5 10:11:12 host app[123]: " + $1 }),
    ("RFC 5424", eachLine { "<11>1 2024-03-05T10:11:12Z host app 123 - - " + $1 }),
    ("journald", eachLine { "{\"__CURSOR\":\"x\($0)\",\"_PID\":\"123\",\"MESSAGE\":\(json($1))}" }),
    ("a logger's prefix", eachLine { "2024-03-05 10:11:12,123 ERROR [main] c.a.App - " + $1 }),
    ("a JSON object a line", eachLine { "{\"ts\":\"2024\",\"msg\":\(json($1))}" }),
    ("GitLab's lines of JSON", eachLine { "\u{1B}[0K{\"ts\":\"2024\",\"msg\":\(json($1))}" }),
  ]

  /// Wraps of a whole trace.
  private static let wholeWraps: [(name: String, wrap: Wrap)] = [
    ("a string of JSON", { ["{\"level\":\"ERROR\",\"message\":\(json($0.joined(separator: "\n")))}"] }),
    ("JSON in JSON", { ["{\"log\":\(json("{\"m\":\(json($0.joined(separator: "\n")))}"))}"] }),
    ("rsyslog's octal", { ["Mar  5 10:11:12 host app[1]: " + joined($0, "#012", "#011")] }),
    ("escapes in the open", { ["2024-03-05 10:11:12 ERROR x " + joined($0, "\\n", "\\t")] }),
  ]

  private static func joined(_ lines: [String], _ newline: String, _ tab: String) -> String {
    lines.joined(separator: newline).replacing("\t", with: tab)
  }

  /// What one line says less of: first lines that stand behind other text, strings that hold the same escapes.
  private static let lessTold: [String: [String]] = [
    "a string of JSON": ["ipython-colour"], "JSON in JSON": ["ipython-colour"],
    "rsyslog's octal": [
      "message-holds-python-trace", "message-null-to-string", "cause-without-traceback", "circular-context",
      "logging-json", "no-traceback-header", "process-", "ipython-colour", "structlog-json",
      "loguru-serialize",
    ],
    "escapes in the open": [
      "message-holds-python-trace", "message-null-to-string", "cause-without-traceback", "circular-context",
      "logging-json", "no-traceback-header", "process-", "ipython-colour", "structlog-json",
      "loguru-serialize",
      "name-", "message-localized", "controls-in-message", "tab-error",
      "message-holds-java-trace",
    ],
  ]

  @Test(arguments: (lineWraps + wholeWraps).indices) func isTheSame(_ number: Int) throws {
    let (name, wrap) = (Self.lineWraps + Self.wholeWraps)[number]
    let wrapsAll = number < Self.lineWraps.count
    let before = ["2024-03-05 10:11:10,000 INFO [main] c.a.App - started"]
    let after = ["2024-03-05 10:11:13,000 INFO [main] c.a.App - done"]
    let inputs = Corpus.files([".log"]).filter {
      $0.hasPrefix("Corpus/java/") || $0.hasPrefix("Corpus/python/")
    }
    var compared = 0
    for input in inputs {
      let isTold = Self.lessTold[name, default: []].contains { input.contains("/\($0)") }
      let text = String(decoding: try Corpus.bytes(input), as: UTF8.self)
      guard !isTold, text.utf8.count < 30_000, !text.utf8.contains(0x0D), text.hasSuffix("\n") else {
        continue
      }
      let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let plain = scan((before + lines + after).joined(separator: "\n") + "\n")
      guard plain.count == 1, plain[0].exceptions != nil, plain[0].reasons.isEmpty else { continue }
      let wrapped = wrapsAll ? wrap(before + lines + after) : before + wrap(lines) + after
      let found = scan(wrapped.joined(separator: "\n") + "\n")
      compared += 1
      #expect(found.map(Self.told) == plain.map(Self.told), "\(input) in \(name)")
    }
    #expect(compared > 200)
  }

  /// Types and frames: one-line forms may leave blanks at a message's end, say.
  private static func told(_ record: ScannedRecord) -> [String] {
    record.reasons.map(\.rawValue)
      + (record.exceptions ?? []).flatMap { exception in
        ["\(exception.type ?? "-")|\(exception.parent ?? -1)"] + exception.frames.map(\.summary)
      }
  }
}
