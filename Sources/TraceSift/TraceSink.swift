public import TraceModel

/// Takes records as they are found, in input order. One a chunk of input; the engine hands them to
/// `ScanDelegate` in order.
///
/// The text is borrowed: it is valid during the call only.
public protocol TraceSink: Sendable {
  /// Whether there is nothing to hand on.
  var isEmpty: Bool { get }
  /// Whether it holds so much that it is to be handed on before its chunk ends, where that is possible.
  var isDue: Bool { get }
  /// About how many bytes wait in it to be handed on; 0 where they are not worth counting.
  var bytes: Int { get }
  /// Called when all that it holds was handed on: forgets it and keeps the storage.
  mutating func reset()
  /// Takes a trace, in the order of the input.
  /// - Parameters:
  ///   - trace: its ranges point into `text`; valid during the call, as the text is.
  ///   - grouping: what its hashes are. It may be kept.
  ///   - place: where it stands. It may be kept.
  ///   - text: the window that the trace was read in, or what was unwrapped of it.
  mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>)
  /// Takes a region that could not be parsed, in the order of the input; the parameters are those of `trace`.
  mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>)
  /// Whether it can take traces without their frames at all.
  static var takesKnownTraces: Bool { get }
  /// Whether it can take a trace that was met before without its frames (`ParsedTrace.framesAreLeftOut`).
  func canTake(known trace: ParsedTrace, _ grouping: TraceGrouping) -> Bool
  /// Gives out what was written and goes on as `next`, an empty sink. What was kept for the sake of speed stays
  /// here.
  mutating func handOver(leaving next: Self) -> Self
  /// Bytes of what it keeps from record to record for the sake of speed.
  var rememberedBytes: Int { get }
  /// Drops that, and its storage.
  mutating func forget()
  /// Whether it does not say again what it has handed on before, until it forgets.
  static var tellsOnce: Bool { get }
  /// Whether an empty sink may be one that was used before and reset, for the sake of its storage.
  static var reusesStorage: Bool { get }
}

extension TraceSink {
  public var isDue: Bool { !isEmpty }

  public var bytes: Int { 0 }

  public var rememberedBytes: Int { 0 }

  public mutating func forget() {}

  public static var tellsOnce: Bool { false }

  public static var reusesStorage: Bool { false }

  public static var takesKnownTraces: Bool { false }

  public func canTake(known trace: ParsedTrace, _ grouping: TraceGrouping) -> Bool { Self.takesKnownTraces }

  public mutating func handOver(leaving next: Self) -> Self {
    let written = self
    self = next
    return written
  }
}
