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
  /// there yet is waited for, and a while also one that took the place of another and may not be read.
  /// - Parameters:
  ///   - path: the name under which the log is written.
  ///   - checkpoint: where an earlier run stood; nil to read the file from its start.
  /// - Returns: the numbers of this run.
  public func run<Delegate: FilterDelegate>(
    following path: String, from checkpoint: FilterCheckpoint? = nil, delegate: inout Delegate
  ) -> ScanStatistics {
    var total = ScanStatistics()
    var next = checkpoint.map(Target.checkpoint) ?? .start
    let later = HeldFiles()
    while configuration.stop.reason == 0 {
      guard var file = open(&next, path, later, &delegate) else { break }
      var run = FilterRun<Delegate>(
        configuration, options, path: path, sink: delegate.makeSink(), from: next.checkpoint)
      run.run(&file, total, &delegate)
      total.add(run.statistics)
      guard let end = file.end, !run.isStopped else { break }
      next = end == .emptied ? .emptied(file.identity) : .after(file.identity)
    }
    return total
  }

  /// What to read next.
  private enum Target {
    /// What has the path.
    case start
    /// The file in which an earlier run stood.
    case checkpoint(FilterCheckpoint)
    /// A copy of what the file of the checkpoint held; that file itself was emptied.
    case copy(FilterCheckpoint)
    /// This file from its start, since it was emptied in place.
    case emptied(FileIdentity)
    /// The file that was written after this one.
    case after(FileIdentity)

    var checkpoint: FilterCheckpoint? {
      switch self {
      case .checkpoint(let checkpoint), .copy(let checkpoint): checkpoint
      case .start, .emptied, .after: nil
      }
    }

    /// What records say of the file; nil for what it is.
    var name: FileIdentity? {
      if case .copy(let checkpoint) = self { checkpoint.file } else { nil }
    }

    /// How many files, or contents of one, came before it.
    var generation: UInt64 {
      switch self {
      case .start: 0
      case .checkpoint(let checkpoint), .copy(let checkpoint): checkpoint.file.generation
      case .emptied(let done), .after(let done): done.generation &+ 1
      }
    }

    /// Whether a file was followed before.
    var isLater: Bool {
      switch self {
      case .emptied, .after: true
      case .start, .checkpoint, .copy: false
      }
    }

    /// Whether the next file is another one than the one before.
    func isGone(from files: RotatedFiles) -> Bool {
      switch self {
      case .after: true
      case .emptied(let done): files.find(done) == nil
      case .start, .checkpoint, .copy: false
      }
    }

    /// Where to look now: names move on while files are rotated. Nil when it is not there.
    func place(in files: RotatedFiles) -> RotatedFiles.Place? {
      switch self {
      case .start: return nil
      case .checkpoint(let checkpoint): return files.find(checkpoint.file, readTo: checkpoint.tail)
      case .copy(let checkpoint): return files.findCopy(checkpoint.file, readTo: checkpoint.tail)
      case .emptied(let done): return files.find(done) ?? files.successor(of: done)
      case .after(let done): return files.successor(of: done)
      }
    }
  }

  /// Who rotates a file may give it the right mode a little later.
  private static let modeWait = Duration.seconds(10)

  /// Opens a target, waiting for it to be there; nil when the run was stopped or it cannot be opened.
  private func open<Delegate: FilterDelegate>(
    _ target: inout Target, _ path: String, _ later: HeldFiles, _ delegate: inout Delegate
  ) -> FollowedFile? {
    let files = RotatedFiles(path: path)
    var forbidden: ContinuousClock.Instant?
    while configuration.stop.reason == 0 {
      // One that no name leads to any more came before those that have one; so did one with a name that is not gone on with.
      if target.isGone(from: files), let first = later.first, !files.isSuccessor(first) {
        return FollowedFile(path: path, generation: target.generation, earliestOf: later)
      }
      let place = target.place(in: files)
      if place == nil, let checkpoint = target.checkpoint {
        target = leave(checkpoint, files, &delegate)
        continue
      }
      do throws(InputError) {
        if let file = try open(target, place, path, later) { return file }
      } catch {
        let mayComeTrue = error.isMissing || error.isForbidden && target.isLater
        guard mayComeTrue, forbidden.map({ .now - $0 < Self.modeWait }) ?? true else {
          delegate.failed(InputProblem(error))
          return nil
        }
        if error.isForbidden, forbidden == nil {
          delegate.waits(for: InputProblem(error))
          forbidden = .now
        }
      }
      FollowedFile.pause()
    }
    return nil
  }

  /// Opens what was found at a place; nil when there is nothing yet, or another file has the name by now.
  private func open(
    _ target: Target, _ place: RotatedFiles.Place?, _ path: String, _ later: HeldFiles
  ) throws(InputError) -> FollowedFile? {
    if place == nil {
      try FollowedFile.check(path)
      guard case .start = target else { return nil }
    }
    var file = try FollowedFile(
      path: path, rotatedPath: place?.path, offset: target.checkpoint?.origin ?? 0,
      generation: target.generation, later: later)
    if let place, !file.identity.isSameFile(as: place.identity) { return nil }
    if let name = target.name { file.read(asCopyOf: name) }
    return file
  }

  /// What there is to go on with when the file of a checkpoint is no longer what it was.
  private func leave<Delegate: FilterDelegate>(
    _ checkpoint: FilterCheckpoint, _ files: RotatedFiles, _ delegate: inout Delegate
  ) -> Target {
    let isEmptied = files.find(checkpoint.file) != nil
    if files.findCopy(checkpoint.file, readTo: checkpoint.tail) != nil { return .copy(checkpoint) }
    let what = isEmptied ? "was emptied" : "is gone"
    let reason = "the file that the checkpoint stands in \(what), read up to byte \(checkpoint.next) of it"
    delegate.failed(InputProblem(path: files.path, reason: reason))
    return isEmptied ? .emptied(checkpoint.file) : .after(checkpoint.file)
  }
}
