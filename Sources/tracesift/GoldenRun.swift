import Golden
import Grouping
import TraceModel
import TraceSift

/// Scans the inputs of a directory under the configurations that hold for them.
struct GoldenRun {
  /// How the inputs are scanned.
  struct Setting: Hashable {
    var choice = GroupingChoice()
    var inputFormat = InputFormat.auto
  }

  /// A case with what was found in its input.
  struct Finding {
    var part: GoldenDirectory.Case
    /// What an update would write; nil where the input could not be read.
    var now: GoldenFile?
    var comparison: GoldenComparison
  }

  private let directory: GoldenDirectory
  private let options: GoldenOptions
  private(set) var findings: [Finding] = []

  /// Scans everything that can be compared.
  /// - Throws: `ExitStatus.failed` after saying which rules could not be used.
  init(_ directory: GoldenDirectory, _ options: GoldenOptions) throws {
    self.directory = directory
    self.options = options
    let given = options.given(in: directory)
    var inputs: [Setting: [String]] = [:]
    for part in directory.cases where part.hasInput {
      inputs[try given ?? stored(part), default: []].append(part.input)
    }
    var files: [String: GoldenFile] = [:]
    for setting in inputs.keys.sorted(by: { $0.choice.summary < $1.choice.summary }) {
      files.merge(try scan(inputs[setting] ?? [], setting)) { first, _ in first }
    }
    findings = directory.cases.map { Self.finding($0, files[$0.input]) }
  }

  var hasUnreadable: Bool {
    findings.contains { if case .unreadable = $0.comparison.verdict { true } else { false } }
  }

  // MARK: Settings

  /// What the case's golden says; for a case without one what all others say.
  private func stored(_ part: GoldenDirectory.Case) throws -> Setting {
    if let golden = part.golden { return try setting(golden, of: part) }
    let others = Set(directory.cases.compactMap { $0.golden?.configuration.withoutDigests })
    guard others.count < 2 else {
      Diagnostics.print(
        "\(part.input): the goldens of \(directory.path) have several configurations; "
          + "name the options that hold for this input, such as --rules, or --reset for none")
      throw ExitStatus.failed
    }
    guard let example = directory.cases.first(where: { $0.golden != nil }), let golden = example.golden else {
      return Setting()
    }
    return try setting(golden, of: example)
  }

  private func setting(_ golden: GoldenFile, of part: GoldenDirectory.Case) throws -> Setting {
    let configuration = golden.configuration
    guard let profile = Profile(rawValue: configuration.profile),
      let config = GroupingConfig(rawValue: configuration.config)
    else {
      Diagnostics.print(
        "\(part.goldenPath):1: this tracesift has no profile `\(configuration.profile)` or no config "
          + "`\(configuration.config)`; name others with --profile and --config")
      throw ExitStatus.failed
    }
    let choice = GroupingChoice(
      rules: configuration.rules.map(\.path), hasDefaultRules: configuration.hasDefaultRules,
      fingerprintRules: configuration.fingerprintRules.map(\.path), profile: profile, config: config,
      connector: configuration.connector)
    for path in choice.rules + choice.fingerprintRules {
      do throws(TextFileError) {
        _ = try TextFile.bytes(of: path)
      } catch {
        Diagnostics.print(
          "\(part.goldenPath):1: the rules \(path) that it was written with: \(error.reason); "
            + "restore them, or name others with --rules, or --reset for none")
        throw ExitStatus.failed
      }
    }
    return Setting(choice: choice, inputFormat: configuration.inputFormat)
  }

  // MARK: Scanning

  private func scan(_ inputs: [String], _ setting: Setting) throws -> [String: GoldenFile] {
    let engine = try setting.choice.engine(quiet: true)
    var configuration = ScanConfiguration(grouping: engine)
    configuration.inputFormat = setting.inputFormat
    var collector = GoldenCollector(engine)
    _ = TraceEngine(configuration).run(inputs, workers: FilesPlan.workers(options.jobs), delegate: &collector)
    let problems = Set(collector.problems.map(\.path))
    let written = try setting.golden()
    var files: [String: GoldenFile] = [:]
    for input in inputs where !problems.contains(input) {
      guard let bytes = try? TextFile.bytes(of: input) else { continue }
      files[input] = GoldenFile(
        input: GoldenFile.Input(bytes), configuration: written, suffixes: directory.suffixes,
        records: collector.records[input] ?? [])
    }
    return files
  }

  private static func finding(_ part: GoldenDirectory.Case, _ now: GoldenFile?) -> Finding {
    Finding(part: part, now: now, comparison: comparison(part, now))
  }

  private static func comparison(_ part: GoldenDirectory.Case, _ now: GoldenFile?) -> GoldenComparison {
    if !part.hasInput { return GoldenComparison(input: part.input, verdict: .orphaned) }
    if let error = part.error { return GoldenComparison(input: part.input, verdict: .broken(error)) }
    guard let now else {
      let reason = "cannot read it as a whole; inputs of goldens are files of at most 64 MiB"
      return GoldenComparison(input: part.input, verdict: .unreadable(reason))
    }
    guard let golden = part.golden else {
      var comparison = GoldenComparison(input: part.input, verdict: .missing)
      comparison.records = now.records.count
      return comparison
    }
    return GoldenComparison(
      input: part.input, golden, found: now.records, now: now.configuration, mark: now.input)
  }
}

extension GoldenRun.Setting {
  /// As goldens keep it, with the rules' digests.
  fileprivate func golden() throws -> GoldenConfiguration {
    var configuration = GoldenConfiguration(profile: choice.profile.rawValue, config: choice.config.rawValue)
    configuration.inputFormat = inputFormat
    configuration.hasDefaultRules = choice.hasDefaultRules
    configuration.connector = choice.connector
    configuration.rules = try choice.rules.map(Self.file)
    configuration.fingerprintRules = try choice.fingerprintRules.map(Self.file)
    return configuration
  }

  private static func file(_ path: String) throws -> GoldenConfiguration.RulesFile {
    GoldenConfiguration.RulesFile(path: path, text: try TextFile.read(path))
  }
}

extension GoldenConfiguration {
  /// The same whatever the rules' texts are.
  fileprivate var withoutDigests: GoldenConfiguration {
    var copy = self
    copy.rules = rules.map { RulesFile(path: $0.path, md5: "") }
    copy.fingerprintRules = fingerprintRules.map { RulesFile(path: $0.path, md5: "") }
    return copy
  }
}
