/// How much of one region a parser takes in before it stops and says so.
public struct ParseLimits: Sendable, Equatable {
  /// The most bytes of one line that are looked at; the rest of a longer line is passed over.
  public var lineBytes = 1 << 20
  /// The most bytes of one region. What is longer is degraded under `limit_exceeded`. More than 512 MiB are taken as 512 MiB, as
  /// offsets of a text have 32 bits.
  public var regionBytes = 8 << 20 {
    didSet { regionBytes = min(regionBytes, Self.mostBytes) }
  }
  /// The most lines of one region. What is longer is degraded likewise.
  public var regionLines = 300_000
  /// The most frames of one trace.
  public var frames = 100_000
  /// The most exceptions of one trace, causes and members of groups included. A region ends before the next one and is
  /// degraded likewise.
  public var exceptions = 10_000
  /// The most lines of a message before the first frame, and how far back a header is looked for.
  public var messageLines = 200
  /// The most bytes of a message before the first frame, and how far back a header is looked for.
  public var messageBytes = 64 << 10
  /// How deep traces inside messages are followed.
  public var nesting = 4

  private static let mostBytes = 512 << 20

  /// The usual ones.
  public init() {}
}
