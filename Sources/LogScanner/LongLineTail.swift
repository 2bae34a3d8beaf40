/// Looks for traces in the part of a line that is too long to be kept: what stands there is not read, but it is not lost
/// silently either.
public struct LongLineTail: Sendable {
  private var line = 0
  private var hits = 0
  /// The end of the piece before, since a word may stand across two.
  private var carry: [UInt8] = []

  /// What a word is told by, before it and from its start on, in bytes.
  private static let (before, behind) = (64, 512)
  /// Prose may have one word that looks like a trace's.
  private static let wanted = 2

  public init() {}

  /// Takes in the next piece.
  /// - Parameters:
  ///   - line: the number of its line.
  ///   - isEnd: whether the line ends behind it.
  /// - Returns: whether this shows that the line holds a trace; true once a line, however it is cut into pieces.
  public mutating func add(_ piece: [UInt8], line number: Int, isEnd: Bool) -> Bool {
    if line != number { (line, hits, carry) = (number, 0, []) }
    guard hits < Self.wanted else { return false }
    let text = carry + piece
    let end = isEnd ? text.count : text.count - Self.behind
    var at = carry.isEmpty ? 0 : Self.before
    while hits < Self.wanted {
      at = Gate.next(text.span, from: at)
      guard at < end else { break }
      hits += 1
      at += 1
    }
    carry = Array(text.suffix(Self.before + Self.behind))
    return hits == Self.wanted
  }
}
