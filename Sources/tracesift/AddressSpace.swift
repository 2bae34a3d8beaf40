import Glibc

/// The address space that the process may have (`ulimit -v`). Memory that cannot be had ends a Swift program at
/// once, so there has to be enough from the start.
enum AddressSpace {
  /// For the program, its rules and its output, and for each worker beside; in MiB. Measured on the inputs of
  /// scripts/reliability.sh, which need less.
  private static let base = 96
  private static let worker = 128

  /// Less is not enough to read the options, where the program could be loaded at all; in MiB.
  private static let start = 36

  /// Ends the program where it could not start, after saying so: without a string, which would need memory.
  static func requireStart() {
    guard let limit, limit < start else { return }
    let message: StaticString =
      "tracesift: needs 36 MiB of address space to start: raise the limit on memory (ulimit -v)\n"
    _ = unsafe write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    _exit(ExitStatus.failed.code)
  }

  /// How many workers there is room for.
  static var mostWorkers: Int { limit.map { max(1, ($0 - base) / worker) } ?? .max }

  /// - Throws: `ExitStatus.failed`, after saying so, where there is too little for so many workers.
  static func require(workers: Int) throws {
    let needed = base + workers * worker
    guard let limit, limit < needed else { return }
    Diagnostics.print(
      "needs \(needed) MiB of address space and may have \(limit) MiB: raise the limit on memory (ulimit -v)")
    throw ExitStatus.failed
  }

  static var isUnlimited: Bool { limit == nil }

  /// In MiB; nil without a limit.
  private static var limit: Int? {
    var limits = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0, limits.rlim_cur != .max
    else {
      return nil
    }
    return Int(limits.rlim_cur >> 20)
  }
}
