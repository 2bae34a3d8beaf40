internal import TraceBytes

/// Words of a prefix that may name a line and not its stream.
extension LinePrefix {
  /// The same with every word of hexadecimal digits as one that changes from line to line, as the ids of events and requests
  /// do; nil where it has none.
  public var withoutIds: LinePrefix? { replacing { Self.idEnd($0, $1, $2) } }

  /// The same with every number as one; nil where it has none.
  public var withoutNumbers: LinePrefix? { replacing { Self.numberEnd($0, $1, $2) } }

  private func replacing(_ end: (Span<UInt8>, Int, Int) -> Int?) -> LinePrefix? {
    var prefix = self
    prefix.shape = []
    var at = 0
    let text = shape.map { Self.isMark($0) ? 0 : UInt8($0) }
    while at < shape.count {
      if at == 0 || !isWord(text[at - 1]), let end = end(text.span, at, text.count) {
        prefix.shape.append(Self.id)
        at = end
      } else {
        prefix.shape.append(shape[at])
        at += 1
      }
    }
    return prefix.shape == shape ? nil : prefix
  }

  /// The first such word of a line's prefix.
  public func id(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var id: Range<Int>?
    return match(text, range, &id) == nil ? nil : id
  }

  static func numberEnd(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    var at = start
    while at < limit, isDigit(text[at]) { at += 1 }
    return at > start && (at == limit || !isWord(text[at])) ? at : nil
  }

  /// Behind the hexadecimal digits and hyphens at a place, eight of them at least and a digit among them; there may be nothing
  /// but digits.
  /// - Complexity: O(1).
  static func idEnd(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    let limit = min(limit, start + longestId + 1)
    var at = start
    var hasDigit = false
    while at < limit,
      isDigit(text[at]) || isHexLetter(text[at]) || text[at] == UInt8(ascii: "-") && at > start
    {
      hasDigit = hasDigit || isDigit(text[at])
      at += 1
    }
    return 8...longestId ~= at - start && hasDigit && (at == limit || !isWord(text[at])) ? at : nil
  }

  /// A SHA-256 has as many digits.
  private static let longestId = 64
}
