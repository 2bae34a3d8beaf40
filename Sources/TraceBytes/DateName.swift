/// The short English names of days and months, as loggers write them.
public enum DateName {
  private static let all: [StaticString] = [
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
    "Sep", "Oct", "Nov", "Dec",
  ]

  /// Behind such a name that is a word of its own, or nil.
  /// - Parameters:
  ///   - start: offset of its first byte.
  ///   - limit: nothing from there on is looked at.
  /// - Complexity: O(1).
  public static func end(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    guard start + 3 <= limit, (0x41...0x5A).contains(text[start]), start == 0 || !isWord(text[start - 1]),
      start + 3 == limit || !isWord(text[start + 3])
    else { return nil }
    return all.contains { text.has($0, at: start, before: limit) } ? start + 3 : nil
  }
}
