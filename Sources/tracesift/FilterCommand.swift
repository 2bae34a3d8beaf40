import ArgumentParser
import Glibc
import Report
import TraceSift

/// A filter in a pipe: traces of standard input, or of a file that grows, as soon as they are complete.
struct FilterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Write traces as they come, from a pipe or a growing file, for ever.",
    discussion: """
      Examples:
        kubectl logs -f pod | tracesift filter > traces.ndjson
        tracesift filter --follow app.log --checkpoint app.checkpoint | consumer
        app 2>&1 | tracesift filter --keep-lines

      A record leaves when its trace is known to be complete, or when its stream was \
      silent for --flush-after. Memory is bounded whatever comes.
      """)

  @OptionGroup var records: RecordOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Records, or events to send to Sentry; one a line.", valueName: "ndjson|sentry"))
  var format = RecordFormat.ndjson

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      """
      A trace is complete when its stream was silent for so long; ten times as long where its next line has begun.
      """, valueName: "SECONDS"))
  var flushAfter = 1.0

  @Flag(name: .long, help: "Pass the log through, each record behind the last line of its trace.")
  var keepLines = false

  @Option(
    name: .customLong("follow"),
    help: ArgumentHelp("Read this file while it grows and through its rotations.", valueName: "FILE"),
    completion: .file())
  var followed: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep there how far the followed file is done with, and go on from there.", valueName: "FILE"),
    completion: .file())
  var checkpoint: String?

  private var follow: String? { followed.first }

  func validate() throws {
    guard followed.count <= 1 else {
      throw ValidationError("--follow takes one file: run a filter for each.")
    }
    guard flushAfter > 0, flushAfter <= 86_400 else {
      throw ValidationError("--flush-after takes seconds: more than 0, and no more than a day.")
    }
    guard checkpoint == nil || follow != nil else {
      throw ValidationError("--checkpoint needs --follow FILE: a pipe cannot be read again.")
    }
  }

  func run() throws {
    try records.refuseClashes(reading: follow.map { [$0] } ?? ["-"], checkpoint: checkpoint)
    let plan = try Plan(records, boundsMemory: true)
    Heap.prepareForFilter()
    let separatesFailures = records.failures != nil
    switch format {
    case .ndjson: try run(plan) { NDJSONSink(separatesFailures: separatesFailures) }
    case .sentry:
      let clock = SourceClock()
      try run(plan) {
        SentryEventSink(plan.grouping, separatesFailures: separatesFailures, undated: clock.time(of:))
      }
    }
  }

  private func run<Sink: RecordSink>(_ plan: Plan, _ makeSink: @escaping () -> Sink) throws {
    let checkpoints = try checkpoint.map { try CheckpointFile($0, following: follow ?? "") }
    var output = try FilterOutput(makeSink, records, checkpoints)
    var options = FilterOptions()
    options.flushAfter = .milliseconds(max(1, Int((flushAfter * 1000).rounded())))
    options.keepsLines = keepLines
    options.leavesOpenRegions = checkpoint != nil
    let filter = TraceFilter(plan.configuration, options)
    if let follow, !records.quiet, !TextFile.exists(follow) {
      Diagnostics.print("\(follow): there is no such file yet; it is waited for")
    }
    let statistics =
      if let follow {
        filter.run(following: follow, from: checkpoints?.start, delegate: &output)
      } else {
        filter.run(&output)
      }
    output.close(statistics)
    if records.stats { Diagnostics.write(StatisticsLine.json(statistics, seconds: plan.seconds)) }
    if plan.stop.reason != 0, output.problem == nil { throw ExitStatus.signal(plan.stop.reason) }
    if let problem = output.problem { throw problem }
    if records.failOnUnparsed, statistics.failures.values.contains(where: { $0 > 0 }) {
      throw ExitStatus.found
    }
  }
}
