import Glibc
import Report

/// The time of records whose log shows none: that of the last change of their file, which is not before any
/// of them, or of the start of the run where they come from a pipe.
struct SourceClock: Sendable {
  private let started: Int

  init() { started = Glibc.time(nil) }

  /// - Parameter source: a record's source: a path, or `-`.
  /// - Returns: RFC 3339, in UTC.
  @Sendable func time(of source: String) -> String {
    EventTime.text(secondsSince1970: Self.changed(source) ?? started)
  }

  private static func changed(_ path: String) -> Int? {
    guard path != "-" else { return nil }
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    return facts.st_mtim.tv_sec
  }
}
