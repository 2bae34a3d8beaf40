internal import LogInput
internal import TraceBytes

/// Finds the traces of an input that never ends, and hands each on as soon as it is complete.
///
/// Memory is bounded whatever comes: by the region limit, the records of one read, and the remembered shapes.
public struct TraceFilter: Sendable {
  private let configuration: ScanConfiguration
  private let options: FilterOptions

  public init(_ configuration: ScanConfiguration, _ options: FilterOptions = FilterOptions()) {
    self.configuration = configuration
    self.options = options
  }

  /// Filters standard input up to its end, or until the configuration's stop flag is raised.
  /// - Returns: the numbers of the whole run.
  public func run<Delegate: FilterDelegate>(_ delegate: inout Delegate) -> ScanStatistics {
    do throws(InputError) {
      var input = try LiveStandardInput()
      var run = FilterRun<Delegate>(configuration, options, path: "-", sink: delegate.makeSink(), from: nil)
      run.run(&input, ScanStatistics(), &delegate)
      return run.statistics
    } catch {
      delegate.failed(InputProblem(error))
      return ScanStatistics()
    }
  }

  /// Filters a file while it grows, through every rotation, until the stop flag is raised. A file that is not
  /// there yet is waited for.
  /// - Parameters:
  ///   - path: the name under which the log is written.
  ///   - checkpoint: where an earlier run stood; nil to read the file from its start.
  /// - Returns: the numbers of this run.
  public func run<Delegate: FilterDelegate>(
    following path: String, from checkpoint: FilterCheckpoint? = nil, delegate: inout Delegate
  ) -> ScanStatistics {
    var total = ScanStatistics()
    var next = first(path, checkpoint, &delegate)
    while configuration.stop.reason == 0 {
      guard var file = open(next, &delegate) else { break }
      var run = FilterRun<Delegate>(
        configuration, options, path: path, sink: delegate.makeSink(), from: next.checkpoint)
      run.run(&file, total, &delegate)
      total.add(run.statistics)
      if run.isStopped || file.end == nil { break }
      next = after(file)
    }
    return total
  }

  /// A file to read, and where in it.
  private struct Target {
    var path: String
    /// Where the file stands that had this path.
    var place: String
    /// How many files came before it: part of the ids, for a system gives a new file the number of a deleted one.
    var generation: UInt64 = 0
    var checkpoint: FilterCheckpoint?
    /// The file before, where this one is what comes after it.
    var done: FileIdentity?

    /// Where to look now: names move on while files are rotated.
    var currentPlace: String? {
      if let checkpoint { return RotatedFiles(path: path).find(checkpoint.file, atLeast: checkpoint.next) }
      return done.map(RotatedFiles(path: path).successor) ?? place
    }
  }

  /// More than the files that a run reads between two checkpoints.
  private static let gap: UInt64 = 1 << 20

  private func first<Delegate: FilterDelegate>(
    _ path: String, _ checkpoint: FilterCheckpoint?, _ delegate: inout Delegate
  ) -> Target {
    guard let checkpoint else { return Target(path: path, place: path) }
    guard let place = RotatedFiles(path: path).find(checkpoint.file, atLeast: checkpoint.next) else {
      let reason = "the file that the checkpoint stands in is gone, read up to byte \(checkpoint.next) of it"
      delegate.failed(InputProblem(path: path, reason: reason))
      // Records of files that came in between may have been given out before the run was killed.
      return Target(path: path, place: path, generation: checkpoint.file.generation &+ Self.gap)
    }
    return Target(path: path, place: place, generation: checkpoint.file.generation, checkpoint: checkpoint)
  }

  /// What comes after a file that ended.
  private func after(_ file: borrowing FollowedFile) -> Target {
    let path = file.path
    let done = file.end == .emptied ? nil : file.identity
    return Target(path: path, place: path, generation: file.identity.generation + 1, done: done)
  }

  /// Opens a target, waiting for it to be there; nil when the run was stopped or it cannot be opened.
  private func open<Delegate: FilterDelegate>(_ target: Target, _ delegate: inout Delegate) -> FollowedFile? {
    while configuration.stop.reason == 0 {
      do throws(InputError) {
        let place = target.currentPlace ?? target.place
        let file = try FollowedFile(
          path: target.path, rotatedPath: place, offset: target.checkpoint?.origin ?? 0,
          generation: target.generation)
        // A file that was rotated while it was opened is no longer the one that was looked for.
        guard let now = target.currentPlace, !FileIdentity.stands(file.identity, at: now) else { return file }
      } catch {
        guard error.isMissing else {
          delegate.failed(InputProblem(error))
          return nil
        }
        FollowedFile.pause()
      }
    }
    return nil
  }
}
