import Glibc
import Grouping
import TraceSift

/// What every command that reads logs runs with. Every check of an option is here; nothing below sees one.
struct Plan {
  let configuration: ScanConfiguration
  let grouping: GroupingEngine
  /// A hash of the rules in force.
  let rules: String
  /// Raised by SIGINT, SIGTERM and SIGHUP.
  let stop = StopFlag()
  private let started = ContinuousClock.now

  /// - Parameter boundsMemory: whether regions are kept so small that memory has a ceiling on any input.
  /// - Throws: `ExitStatus.failed`, after saying why, for rules that cannot be read and a process with too little
  ///   memory.
  init(_ options: RecordOptions, boundsMemory: Bool = false) throws {
    try AddressSpace.require(workers: 1)
    let setup = try options.grouping.setup(quiet: options.quiet)
    grouping = setup.engine
    rules = setup.rules
    var configuration = ScanConfiguration(grouping: grouping)
    configuration.inputFormat = options.inputFormat
    configuration.keepsAllFailureTypes = options.allFailureTypes
    configuration.blockBytes = options.blockBytes
    configuration.stop = stop
    if boundsMemory { configuration.boundMemory() }
    self.configuration = configuration
    Signals.raise(stop)
  }

  /// Time since the plan was made.
  var seconds: Double {
    let (whole, fraction) = (ContinuousClock.now - started).components
    return Double(whole) + Double(fraction) * 1e-18
  }
}

/// What a command that reads files runs with.
struct FilesPlan {
  let plan: Plan
  let engine: TraceEngine
  let paths: [String]
  let workers: Int

  init(_ options: SharedOptions) throws {
    plan = try Plan(options.records)
    workers = min(Self.workers(options.jobs), AddressSpace.mostWorkers)
    var configuration = plan.configuration
    configuration.chunkBytes = options.chunkBytes.map(UInt64.init)
    configuration.boundMemory(workers: workers)
    engine = TraceEngine(configuration)
    paths = options.paths.isEmpty ? ["-"] : options.paths
    try options.records.refuseClashes(reading: paths)
    Heap.prepare(workers: workers)
  }

  /// How many threads `--jobs` stands for.
  static func workers(_ jobs: Int) -> Int {
    jobs > 0 ? jobs : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
