public import ArgumentParser
public import TraceModel
internal import TraceSift

extension InputFormat: ExpressibleByArgument {}

/// The options of every command that reads logs.
struct RecordOptions: ParsableArguments {
  @OptionGroup(title: "Grouping") var grouping: GroupingOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      auto undoes what wraps a line as it is recognised; text does not. json: a line that is no object is \
      taken as it stands. cri, docker, journald: lines of another form are passed over. airbyte: protocol \
      messages, of which TRACE and LOG are read; other lines as with auto.
      """, valueName: "auto|text|json|cri|docker|journald|airbyte"))
  var inputFormat = InputFormat.auto

  @Flag(
    name: .long,
    help: ArgumentHelp(
      """
      Also write failures that Airbyte marks as config_error, manual_cancellation or transient_error; without \
      this they are only counted.
      """))
  var allFailureTypes = false

  @Flag(name: .long, help: "Write one line of totals to standard error at the end.")
  var stats = false

  @Option(
    name: .long,
    help: ArgumentHelp("Write failure records there instead of among the traces.", valueName: "FILE"),
    completion: .file())
  var failures: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Keep totals there as Prometheus text; replaced as a whole.", valueName: "FILE"),
    completion: .file())
  var metrics: String?

  @Flag(name: .long, help: "Exit with 1 when anything could not be parsed.")
  var failOnUnparsed = false

  @Flag(name: .long, help: "No messages but errors: no warnings about rules, no progress.")
  var quiet = false

  @Option(
    name: .long,
    help: ArgumentHelp("When tables use colour; records never do.", valueName: "auto|always|never"))
  var color = ColorChoice.auto

  @Option(name: .long, help: .hidden)
  var blockBytes = 1 << 20

  func validate() throws {
    guard blockBytes > 0 else { throw ValidationError("A block has at least one byte.") }
    for case (let option, "-") in [("--failures", failures), ("--metrics", metrics)] {
      throw ValidationError("\(option) takes a file, not standard output; a file of this name is ./-.")
    }
  }

  /// A file that is written must not be one of those that are read, for it would be emptied before anyone has read it, and
  /// not what another option writes.
  func refuseClashes(reading paths: [String], checkpoint: String? = nil) throws {
    let written = [("--failures", failures), ("--metrics", metrics), ("--checkpoint", checkpoint)]
      .compactMap { option, path in path.map { (option: option, path: $0) } }
    guard !written.isEmpty else { return }
    let inputs = TraceEngine.files(below: paths).files.map { $0 == "-" ? "/dev/stdin" : $0 }
    for (index, (option, path)) in written.enumerated() {
      if inputs.contains(where: { TextFile.isSame($0, path) }) {
        throw ValidationError("\(option) \(path): this file is read, too; name another one.")
      }
      let other = written[..<index].first {
        TextFile.isSame($0.path, path) || $0.path == path && !TextFile.exists(path)
      }
      if let other {
        throw ValidationError("\(option) \(path): \(other.option) writes this file, too; name another one.")
      }
    }
  }
}

/// The options that every command which reads files has.
struct SharedOptions: ParsableArguments {
  @OptionGroup var records: RecordOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Worker threads; 0: one a core.", valueName: "N"))
  var jobs = 0

  @Option(name: .long, help: .hidden)
  var chunkBytes: Int?

  @Argument(
    help: ArgumentHelp("Files and directories; - or nothing: standard input.", valueName: "PATH"),
    completion: .file())
  var paths: [String] = []

  func validate() throws {
    guard (0...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 0 to 1024.") }
    guard chunkBytes.map({ $0 > 0 }) ?? true else { throw ValidationError("A chunk has at least one byte.") }
  }
}
