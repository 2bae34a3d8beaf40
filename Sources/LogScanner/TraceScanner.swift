internal import CScan
internal import TraceBytes
public import TraceModel
public import TraceParsers

/// What the scanner came upon.
public enum ScanStep: Sendable, Equatable {
  /// A trace; it stands in `TraceScanner.trace`.
  case trace
  case failure(ParseFailure)
  /// The text ends before the next region is known. Keep it from `keep` on and come back with more.
  case needsMore(keep: Int)
  /// Nothing more in this text.
  case end
}

/// Where a scan stands in its text. All of the scanner's state is here, and all of it is offsets: from the
/// same position the same text gives the same records, wherever blocks were cut.
public struct ScanPosition: Sendable, Equatable {
  /// Anchors before this offset are done with.
  public var next: Int
  /// The end of the last region; no header is looked for above it.
  public var floor: Int

  public init(next: Int = 0, floor: Int = 0) {
    self.next = next
    self.floor = floor
  }

  /// The same position after the first `count` bytes of the text were given back.
  public mutating func moved(by count: Int) {
    next = max(0, next - count)
    floor = max(0, floor - count)
  }
}

/// Finds the regions of a plain text: the gate jumps from anchor to anchor, the parser reads what is there.
public struct TraceScanner: ~Copyable {
  private var parser: TraceParser
  private let lookBack: Int

  public init(limits: ParseLimits = ParseLimits()) {
    parser = TraceParser(limits: limits)
    lookBack = limits.messageBytes
  }

  /// The trace of the last step.
  public var trace: ParsedTrace { parser.trace }

  /// Goes on to the next region.
  /// - Parameters:
  ///   - text: the window of the input.
  ///   - position: where to go on; moved behind what was found.
  ///   - isFinal: whether the input ends with this text.
  public mutating func next(_ text: Span<UInt8>, _ position: inout ScanPosition, isFinal: Bool) -> ScanStep {
    let end = text.count
    while position.next < end {
      var anchor = Gate.next(text, from: position.next)
      // A word of the gate may begin with the line end before it.
      if anchor < end, text[anchor] == 0x0A { anchor += 1 }
      guard anchor < end else { break }
      switch parser.parse(text, anchor: anchor, floor: position.floor, end: end, isFinal: isFinal) {
      case .none(let resume): position.next = max(anchor + 1, resume)
      case .needsMore(let from):
        position.next = min(anchor, lineStart(text, anchor, position.floor))
        return .needsMore(keep: from)
      case .trace:
        advance(&position, behind: parser.trace.region.range.upperBound, anchor)
        return .trace
      case .failure(let failure):
        advance(&position, behind: Int(failure.region.end), anchor)
        return .failure(failure)
      }
    }
    return isFinal ? .end : keepTail(text, &position)
  }

  private func advance(_ position: inout ScanPosition, behind end: Int, _ anchor: Int) {
    position.floor = max(position.floor, end)
    position.next = max(anchor + 1, end)
  }

  private func lineStart(_ text: Span<UInt8>, _ offset: Int, _ floor: Int) -> Int {
    text.lastOffset(of: 0x0A, in: floor..<offset).map { $0 + 1 } ?? floor
  }

  /// No anchor in sight: the last line may still grow, and a header may stand above the next anchor.
  private func keepTail(_ text: Span<UInt8>, _ position: inout ScanPosition) -> ScanStep {
    let next = position.next
    // A scan that starts in the middle of an input first reads up to its position.
    guard next <= text.count else {
      return .needsMore(keep: min(text.count, max(position.floor, next - lookBack)))
    }
    position.next = max(next, lineStart(text, text.count, next))
    return .needsMore(keep: max(position.floor, position.next - lookBack))
  }
}
