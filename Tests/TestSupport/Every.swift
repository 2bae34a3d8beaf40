/// Runs `body` for each value and keeps the loop's trail, so that a failure can say where it was.
public enum Trail {
  @TaskLocal public static var current: [String] = []
  /// The loop values that lead to here, outermost first.
  public static var text: String { current.joined(separator: ", ") }
}

public func withEvery<S: Sequence>(_ label: String, in values: S, run body: (S.Element) throws -> Void)
  rethrows
{
  for value in values {
    try Trail.$current.withValue(Trail.current + ["\(label): \(value)"]) { try body(value) }
  }
}

/// A small seeded generator: the same numbers on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
