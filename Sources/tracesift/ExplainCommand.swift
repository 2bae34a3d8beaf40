import ArgumentParser
import Glibc
import Grouping
import Report
import TraceSift

/// Why one trace is grouped as it is, down to the bytes that are hashed.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why a trace is grouped as it is, down to the text that is hashed.",
    discussion: """
      Examples:
        tracesift explain trace.txt                         the first trace of a file
        tracesift explain --rules my.rules --trace 3 a.log  the third, with rules
        tracesift explain --format json trace.txt           for programs

      Shows which lines became which frames, which rule marked each frame, what of it \
      counts, and the text whose MD5 is the hash, with a command to try it.
      """)

  /// What the explanation is written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @OptionGroup(title: "Grouping") var grouping: GroupingOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The trace or failure to explain, counted from 1.", valueName: "N"))
  var trace = 1

  @Option(name: .long, help: ArgumentHelp("For people or for programs.", valueName: "text|json"))
  var format = Format.text

  @Option(name: .long, help: ArgumentHelp("When to use colour.", valueName: "auto|always|never"))
  var color = ColorChoice.auto

  @Argument(
    help: ArgumentHelp("A file; - or nothing: standard input.", valueName: "FILE"),
    completion: .file())
  var file = "-"

  func validate() throws {
    guard trace > 0 else { throw ValidationError("--trace counts from 1.") }
  }

  func run() throws {
    let engine = try grouping.engine()
    var search = RecordSearch(engine, wanted: trace)
    _ = TraceEngine(ScanConfiguration(grouping: engine)).run([file], workers: 1, delegate: &search)
    guard let explanation = search.explanation else {
      if !search.hasProblem { Diagnostics.print(nothingFound(search.count)) }
      throw ExitStatus.failed
    }
    try Output.print(bytes(explanation))
    if search.hasProblem { throw ExitStatus.failed }
  }

  private func bytes(_ explanation: Explanation) -> [UInt8] {
    switch format {
    case .json: ExplainJSON.line(explanation)
    case .text: Array(ExplainText(explanation, isColoured: color.isOn).text().utf8)
    }
  }

  private func nothingFound(_ count: Int) -> String {
    let found =
      switch count {
      case 0: "there is no trace"
      case 1: "there is only one trace"
      default: "there are only \(count) traces"
      }
    let name = file == "-" ? "standard input" : file
    return "\(name): \(found) here, failures included; asked for number \(trace)"
  }
}

/// Runs until the record that is asked for was found.
private struct RecordSearch: ScanDelegate {
  private let engine: GroupingEngine
  private let wanted: Int
  private(set) var count = 0
  private(set) var explanation: Explanation?
  private(set) var hasProblem = false

  init(_ engine: GroupingEngine, wanted: Int) {
    self.engine = engine
    self.wanted = wanted
  }

  func makeSink() -> ExplainSink { ExplainSink(engine, wanted: wanted) }

  mutating func finished(_ sink: ExplainSink, linesBefore: UInt64) -> Bool {
    count = sink.count
    guard var found = sink.explanation else { return true }
    found.firstLine += linesBefore
    explanation = found
    return false
  }

  mutating func failed(_ input: InputProblem) {
    Diagnostics.print("\(input.path): \(input.reason)")
    hasProblem = true
  }
}

/// Whether colour is used on standard output.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  /// By itself only on a terminal, and never where `NO_COLOR` holds something (no-color.org).
  var isOn: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isatty(1) == 1 && !Self.isRefused
    }
  }

  private static var isRefused: Bool {
    guard let value = unsafe getenv("NO_COLOR") else { return false }
    return unsafe value.pointee != 0
  }
}
