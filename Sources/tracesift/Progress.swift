import Glibc
import Report
import TraceSift

/// The line on standard error that shows how far a long run has come: on a terminal only, after a second, and
/// gone before anything else is written there.
///
/// A long command calls `start`, `show` from its delegate's `advanced`, and `end`. All of them belong to the
/// thread that runs the command, which is also the one that writes messages.
enum Progress {
  private struct Line {
    let started = ContinuousClock.now
    var shown: ContinuousClock.Instant?
  }

  private nonisolated(unsafe) static var line: Line?
  /// A run that is over before this shows nothing.
  private static let patience = Duration.seconds(1)
  private static let pause = Duration.milliseconds(100)

  /// - Parameter isWanted: false shows nothing, as `--quiet` asks for.
  static func start(isWanted: Bool) {
    unsafe line = isWanted && isatty(2) == 1 ? Line() : nil
  }

  static func show(_ progress: ScanProgress) {
    guard let current = unsafe line else { return }
    let now = ContinuousClock.now
    guard now - current.started >= patience, current.shown.map({ now - $0 >= pause }) ?? true else { return }
    unsafe line?.shown = now
    let (whole, fraction) = (now - current.started).components
    let seconds = Double(whole) + Double(fraction) * 1e-18
    // The last column stays free: a letter in it makes some terminals begin a new line.
    let width = (Terminal.width(of: 2) ?? 80) - 1
    write("\r" + ProgressText.line(progress, seconds: seconds, width: width) + "\u{1B}[K")
  }

  /// Takes the line away, for a message or for good; it comes back with the next `show`.
  static func clear() {
    guard unsafe line?.shown != nil else { return }
    unsafe line?.shown = nil
    write("\r\u{1B}[K")
  }

  static func end() {
    clear()
    unsafe line = nil
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }
}

/// What is known of a terminal.
enum Terminal {
  /// Cells of a line; nil where the descriptor is no terminal, or one that does not say.
  static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
