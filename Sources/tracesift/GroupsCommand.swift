import ArgumentParser
import Glibc
import Grouping
import Report
import TraceModel
import TraceSift

/// All traces of an input by group.
struct GroupsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "groups", abstract: "Count traces by group, the largest first.",
    discussion: """
      Examples:
        tracesift groups logs/                                  a table
        tracesift groups --format html logs/ > groups.html      a page to look at
        tracesift groups --format json monday.log > A.json      a part ...
        tracesift groups --merge A.json B.json                  ... and their sum

      Failures to parse are counted by reason, below the groups. A group's first and \
      last trace are told by time, and by path and offset where the log shows none; the \
      example, title and culprit are those of the first. Times without a zone are taken \
      as UTC. Beyond --max-groups the groups with the smallest hashes are kept.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv, html
  }

  @OptionGroup var shared: SharedOptions

  @Option(
    name: .long,
    help: ArgumentHelp("What to write; json is what --merge reads.", valueName: "table|json|csv|html"))
  var format = Format.table

  @Flag(name: .long, help: "The paths are summaries in JSON: write their sum.")
  var merge = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Show the N largest groups only; html shows 1000 by itself; 0: all.", valueName: "N"))
  var top: Int?

  @Option(
    name: .long, parsing: .unconditional, help: ArgumentHelp("The most groups to keep.", valueName: "N"))
  var maxGroups = 100_000

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The most bytes of an example to keep.", valueName: "N"))
  var exampleBytes = 8192

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Width of the table; without it the terminal's, or no limit in a pipe.", valueName: "CELLS"))
  var width: Int?

  func validate() throws {
    guard maxGroups > 0 else { throw ValidationError("--max-groups takes a number from 1.") }
    guard exampleBytes >= 0 else { throw ValidationError("--example-bytes takes a number from 0.") }
    guard (top ?? 0) >= 0 else { throw ValidationError("--top takes a number from 0.") }
    guard (width ?? 1) > 0 else { throw ValidationError("--width takes a number from 1.") }
    guard format != .json || (top ?? 0) == 0 else {
      throw ValidationError(
        "--top leaves groups out, which a summary in JSON must not; choose another format.")
    }
    guard merge else { return }
    guard !shared.paths.isEmpty else { throw ValidationError("Which summaries? Name at least one.") }
    let options = shared.records
    guard options.grouping.rules.isEmpty, options.grouping.fingerprintRules.isEmpty, options.failures == nil,
      options.metrics == nil
    else {
      throw ValidationError("--merge reads summaries, not logs: no rules apply, and they hold no records.")
    }
  }

  func run() throws {
    if merge {
      try finish(try SummaryFiles.sum(shared.paths))
    } else {
      try scan()
    }
  }

  private func scan() throws {
    let files = try FilesPlan(shared)
    let options = shared.records
    var output = GroupOutput(configuration(files.plan), failures: try FailureFile.open(options.failures))
    Progress.start(isWanted: !options.quiet)
    let statistics = files.engine.run(files.paths, workers: files.workers, delegate: &output)
    Progress.end()
    if options.stats { Diagnostics.write(StatisticsLine.json(statistics, seconds: files.plan.seconds)) }
    if let path = options.metrics { output.note(MetricsFile(path).write(statistics, lastRecord: nil)) }
    output.summary.bytes = statistics.bytes
    output.summary.lines = statistics.lines
    output.summary.finish()
    try write(output.summary)
    if files.plan.stop.reason != 0 { throw ExitStatus.signal(files.plan.stop.reason) }
    if let problem = output.problem { throw problem }
    try check(output.summary)
  }

  private func configuration(_ plan: Plan) -> SummaryConfiguration {
    SummaryConfiguration(
      profile: plan.grouping.profile.rawValue, config: plan.grouping.config.rawValue, rules: plan.rules,
      connector: plan.grouping.connector, inputFormat: shared.records.inputFormat.rawValue,
      maxGroups: maxGroups, exampleBytes: exampleBytes)
  }

  private func finish(_ summary: GroupSummary) throws {
    try write(summary)
    try check(summary)
  }

  private func check(_ summary: GroupSummary) throws {
    if shared.records.failOnUnparsed, summary.failureCount > 0 { throw ExitStatus.found }
  }

  private func write(_ summary: GroupSummary) throws {
    let most = top == 0 ? nil : top
    do throws(OutputError) {
      let output = Output.standard
      let take = { (bytes: [UInt8]) throws(OutputError) in try output.write(bytes) }
      switch format {
      case .table:
        try GroupTable(summary, width: tableWidth, isColoured: shared.records.color.isOn, top: most).write(
          to: take)
      case .json: try GroupSummaryJSON(summary).write(to: take)
      case .csv: try GroupCSV(summary, top: most).write(to: take)
      case .html: try GroupPage(summary, top: top == nil ? GroupPage.usualTop : most).write(to: take)
      }
    } catch {
      throw OutputMessage.status(error)
    }
  }

  /// The given one, the terminal's, or no limit.
  private var tableWidth: Int? {
    width ?? (isatty(1) == 1 ? Terminal.width(of: 1) ?? 80 : nil)
  }
}

/// Adds finished chunks to a summary.
private struct GroupOutput: ScanDelegate {
  var summary: GroupSummary
  private let failures: FailureFile?
  private(set) var problem: ExitStatus?

  init(_ configuration: SummaryConfiguration, failures: FailureFile?) {
    summary = GroupSummary(configuration)
    self.failures = failures
  }

  func makeSink() -> GroupSink {
    GroupSink(exampleBytes: summary.configuration.exampleBytes, writesFailures: failures != nil)
  }

  mutating func finished(_ sink: GroupSink, linesBefore: UInt64) -> Bool {
    summary.add(sink, linesBefore: linesBefore)
    do throws(OutputError) {
      try failures?.write(sink.failureRecords(linesBefore: linesBefore))
    } catch { note(error) }
    return true
  }

  mutating func failed(_ input: InputProblem) {
    Diagnostics.print("\(input.path): \(input.reason)")
    problem = .failed
  }

  func advanced(_ progress: ScanProgress) { Progress.show(progress) }

  /// Takes note of a file beside the output that could not be written.
  mutating func note(_ error: OutputError?) {
    if let error { problem = problem ?? OutputMessage.status(error) }
  }
}

/// Summaries that are read to be added up.
enum SummaryFiles {
  /// The most bytes of one.
  private static let limit = 4 << 30

  /// - Throws: `ExitStatus.failed` after all that is wrong with any of them was said.
  static func sum(_ paths: [String]) throws -> GroupSummary {
    var sum: GroupSummary?
    var hasProblem = false
    for path in paths {
      if let summary = read(path, like: sum?.configuration, paths[0]) {
        if sum == nil { sum = summary } else { sum?.merge(summary) }
      } else {
        hasProblem = true
      }
    }
    guard let sum, !hasProblem else { throw ExitStatus.failed }
    return sum
  }

  private static func read(
    _ path: String, like wanted: SummaryConfiguration?, _ first: String
  ) -> GroupSummary? {
    let bytes: [UInt8]
    do throws(TextFileError) { bytes = try TextFile.bytes(of: path, limit: limit) } catch {
      Diagnostics.print("\(error.path): \(error.reason)")
      return nil
    }
    do throws(SummaryProblem) {
      let summary = try GroupSummaryReader.read(bytes)
      let differences = wanted?.differences(from: summary.configuration) ?? []
      guard !differences.isEmpty else { return summary }
      Diagnostics.print(
        "\(path): made with another configuration than \(first): \(differences.joined(separator: ", ")); "
          + "make both with the same options, or look at them one by one")
    } catch {
      let place = [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
      Diagnostics.print("\(path)\(place): \(error.message)")
    }
    return nil
  }
}
