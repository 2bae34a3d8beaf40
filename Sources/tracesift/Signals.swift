import Glibc
import TraceSift

/// SIGINT, SIGTERM and SIGHUP end a run early but in order: open traces are flushed, totals are written.
enum Signals {
  /// The flag that the handler raises; set once, before the handler is installed.
  private nonisolated(unsafe) static var flag: StopFlag?

  /// The signal that came; 0 while none did.
  static var reason: Int32 { unsafe flag?.reason ?? 0 }

  /// Makes the signals raise `flag`. A second one ends the process at once.
  static func raise(_ flag: StopFlag) {
    unsafe Self.flag = flag
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { number in unsafe Signals.flag?.raise(number) }
    // Without SA_RESTART a blocked read comes back; SA_RESETHAND gives the second signal its usual effect.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    unsafe sigaction(SIGINT, &action, nil)
    unsafe sigaction(SIGTERM, &action, nil)
    // Under nohup the signal is to have no effect.
    var hangUp = sigaction()
    unsafe sigaction(SIGHUP, nil, &hangUp)
    let isIgnored = unsafe unsafeBitCast(hangUp.__sigaction_handler.sa_handler, to: Int.self) == 1
    if !isIgnored { unsafe sigaction(SIGHUP, &action, nil) }
  }
}
