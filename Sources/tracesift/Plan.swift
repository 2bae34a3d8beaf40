import Glibc
import Grouping
import TraceSift

/// The options turned into what runs. Every check of an option is here; nothing below sees one.
struct Plan {
  let engine: TraceEngine
  let grouping: GroupingEngine
  let paths: [String]
  let workers: Int
  /// Raised by SIGINT and SIGTERM.
  let stop = StopFlag()
  private let started = ContinuousClock.now

  init(_ options: SharedOptions) throws {
    grouping = try options.grouping.engine(quiet: options.quiet)
    var configuration = ScanConfiguration(grouping: grouping)
    configuration.unwraps = options.inputFormat == .auto
    configuration.blockBytes = options.blockBytes
    configuration.chunkBytes = UInt64(options.chunkBytes)
    configuration.stop = stop
    Signals.raise(stop)
    engine = TraceEngine(configuration)
    paths = options.paths.isEmpty ? ["-"] : options.paths
    workers = options.jobs > 0 ? options.jobs : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// Time since the plan was made.
  var seconds: Double {
    let (whole, fraction) = (ContinuousClock.now - started).components
    return Double(whole) + Double(fraction) * 1e-18
  }
}
