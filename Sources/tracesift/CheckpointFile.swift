import ArgumentParser
import TraceSift

/// The file of `--checkpoint`.
final class CheckpointFile {
  private let file: AtomicFile
  /// Where an earlier run stood; nil when there was none.
  let start: FilterCheckpoint?
  private var last: FilterCheckpoint?
  private var written = ContinuousClock.Instant.now - CheckpointFile.spacing
  /// Each one is waited for until the disk has it.
  private static let spacing = Duration.milliseconds(200)

  /// - Throws: `ExitStatus.failed` for a file that cannot be read or holds something else, after saying so.
  init(_ path: String, following followed: String) throws {
    file = AtomicFile(path: path, isDurable: true)
    guard TextFile.exists(path) else {
      start = nil
      return
    }
    do {
      let found = try FilterCheckpoint(json: try TextFile.bytes(of: path))
      guard found.path == followed else {
        throw CheckpointError(reason: "it belongs to \(found.path), not to \(followed)")
      }
      start = found
    } catch let error as CheckpointError {
      Diagnostics.print(
        "\(path): this checkpoint cannot be used: \(error.reason); name another file, or remove it to start from the beginning"
      )
      throw ExitStatus.failed
    } catch let error as TextFileError {
      Diagnostics.print("\(path): \(error.reason)")
      throw ExitStatus.failed
    }
    last = start
  }

  /// Writes a checkpoint when it is another one, and not right after the last. The first one of a file is always
  /// written: no record of a file may leave before a restart can find the file, or its ids would be given twice.
  /// - Returns: whether it was written.
  func write(_ checkpoint: FilterCheckpoint, isLast: Bool) throws(OutputError) -> Bool {
    if let last {
      guard !checkpoint.isSamePlace(as: last) else { return false }
      let isFirst = !checkpoint.isInSameContent(as: last)
      guard isLast || isFirst || written.duration(to: .now) >= Self.spacing else { return false }
    }
    try file.write(checkpoint.json)
    last = checkpoint
    written = .now
    return true
  }
}
