/// Looks for traces in the part of a line that is too long to be kept: what stands there is not read, but it is not lost
/// silently either.
public struct LongLineTail: Sendable {
  private var line = 0
  private var hits = 0
  private var isTold = false
  /// The end of the pieces before, since a word may stand across two.
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
  /// - Returns: at the line's end, once, whether it holds a trace: the same however it is cut into pieces.
  public mutating func add(_ piece: [UInt8], line number: Int, isEnd: Bool) -> Bool {
    if line != number { (line, hits, isTold, carry) = (number, 0, false, []) }
    if hits < Self.wanted { count(carry + piece, from: max(0, carry.count - Self.behind), isEnd) }
    guard isEnd, hits == Self.wanted, !isTold else { return false }
    isTold = true
    return true
  }

  private mutating func count(_ text: [UInt8], from start: Int, _ isEnd: Bool) {
    let end = isEnd ? text.count : text.count - Self.behind
    var at = start
    while hits < Self.wanted {
      at = Gate.next(text.span, from: at)
      guard at < end else { break }
      hits += 1
      at += 1
    }
    carry = Array(text.suffix(Self.before + Self.behind))
  }
}
