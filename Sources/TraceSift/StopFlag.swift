internal import Synchronization

/// Asks a running scan to end early: at the next block, with everything so far written and what is open
/// treated as cut off by the end of the input. It may be raised from a signal handler.
public final class StopFlag: Sendable {
  private let raised = Atomic<Int32>(0)

  public init() {}

  /// The number that the flag was raised with; 0 while it is not.
  public var reason: Int32 { raised.load(ordering: .relaxed) }

  /// Raises the flag, for good. Safe in a signal handler.
  public func raise(_ reason: Int32) { raised.store(reason, ordering: .relaxed) }
}
