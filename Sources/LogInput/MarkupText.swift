internal import TraceBytes

/// Text inside HTML or XML: entities, line breaks as tags, tags around it.
public enum MarkupText {
  /// Whether `range` holds an entity that stands for a character of a trace, or a line break as a tag.
  ///
  /// An ampersand alone shows nothing: plain messages quote addresses out of pages. One that another entity stands behind
  /// does, for that is text that was escaped twice.
  public static func isPresent(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: UInt8(ascii: "&"), in: at..<range.upperBound) {
      if let found = entity(text, hit, range.upperBound),
        found.point != UInt8(ascii: "&") || isEntityBody(text, found.end, range.upperBound)
      {
        return true
      }
      at = hit + 1
    }
    return text.firstOffset(of: "<br", in: range) != nil
      || text.firstOffset(of: "<![CDATA[", in: range) != nil
  }

  /// Whether `range` holds a line break that is written as an entity or a tag.
  public static func firstBreak(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == UInt8(ascii: "<"), lineBreakEnd(text, at, range.upperBound) != nil { return at }
      if text[at] == UInt8(ascii: "&"), let found = entity(text, at, range.upperBound), found.point == 0x0A {
        return at
      }
      at += 1
    }
    return nil
  }

  /// Whether `range` holds the tag of a colour, as notebooks are printed with them.
  public static func hasColour(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.firstOffset(of: colour, in: range) != nil
  }

  private static let colour: StaticString = "<span class=\"ansi-"

  /// Behind the tag that begins or ends a colour, which is no part of the text.
  private static func colourEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    let tags: [StaticString] = [colour, "<span style=\"color", "</span>"]
    guard tags.contains(where: { text.has($0, at: at, before: end) }) else { return nil }
    return text.firstOffset(of: UInt8(ascii: ">"), in: at..<end).map { $0 + 1 }
  }

  /// Appends `range` with entities and `<br>` undone.
  /// - Complexity: O(`range.count`).
  public static func appendDecoded(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      if text[at] == UInt8(ascii: "&"), let found = entity(text, at, range.upperBound) {
        TextEscapes.append(found.point, to: &output)
        at = found.end
      } else if text[at] == UInt8(ascii: "<"), let end = lineBreakEnd(text, at, range.upperBound) {
        output.append(0x0A)
        at = end
      } else if text[at] == UInt8(ascii: "<"), let end = colourEnd(text, at, range.upperBound) {
        at = end
      } else {
        output.append(text[at])
        at += 1
      }
    }
  }

  /// Whether a line ends with the end of an element that began on a line above: what follows is another text.
  public static func closesElement(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard let last = line.last(where: { !isBlank(text[$0]) && text[$0] != 0x0D }),
      text[last] == UInt8(ascii: ">"),
      let open = text.lastOffset(of: UInt8(ascii: "<"), in: line.lowerBound..<last),
      text[open + 1] == UInt8(ascii: "/"), colourEnd(text, open, line.upperBound) == nil
    else { return false }
    let name = open + 2..<last
    guard !name.isEmpty,
      name.allSatisfy({ isWord(text[$0]) || text[$0] == UInt8(ascii: "-") || text[$0] == UInt8(ascii: ":") })
    else { return false }
    var start = [UInt8(ascii: "<")]
    for at in name { start.append(text[at]) }
    return text.firstOffset(of: start.span, in: line.lowerBound..<open) == nil
  }

  /// `range` without the tags and the CDATA mark that open it and those that close it.
  public static func withoutTags(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while let end = openingEnd(text, start, range.upperBound) { start = end }
    var end = range.upperBound
    while let shorter = closingStart(text, start, end) { end = shorter }
    return start..<end
  }

  /// `range` without the `<br>` that ends it: the line ends there anyway.
  private static func withoutLastBreak(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var last = range.upperBound
    while last > range.lowerBound, isBlank(text[last - 1]) || text[last - 1] == 0x0D { last -= 1 }
    guard last > range.lowerBound, text[last - 1] == UInt8(ascii: ">"),
      let open = text.lastOffset(of: UInt8(ascii: "<"), in: range.lowerBound..<last),
      lineBreakEnd(text, open, last) == last
    else { return range }
    return range.lowerBound..<open
  }

  /// `range` without the `<br>` that begins it and the one that ends it: its lines are the text's own.
  public static func withoutOuterBreaks(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var first = range.lowerBound
    while first < range.upperBound, isBlank(text[first]) { first += 1 }
    let start = first < range.upperBound ? lineBreakEnd(text, first, range.upperBound) : nil
    return withoutLastBreak(text, (start ?? range.lowerBound)..<range.upperBound)
  }

  /// Behind a tag that stands at `at`, blanks before it passed over.
  private static func openingEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    var first = at
    while first < end, isBlank(text[first]) { first += 1 }
    if text.has("<![CDATA[", at: first, before: end) { return first + 9 }
    guard first + 1 < end, text[first] == UInt8(ascii: "<"), lineBreakEnd(text, first, end) == nil,
      isLetter(text[first + 1]) || text[first + 1] == UInt8(ascii: "?")
        || text[first + 1] == UInt8(ascii: "/")
    else { return nil }
    return text.firstOffset(of: UInt8(ascii: ">"), in: first..<end).map { $0 + 1 }
  }

  /// Where a closing tag or mark starts that ends at `end`.
  private static func closingStart(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var last = end
    while last > start, isBlank(text[last - 1]) || text[last - 1] == 0x0D { last -= 1 }
    if text.ends(start..<last, with: "]]>") { return last - 3 }
    guard last > start, text[last - 1] == UInt8(ascii: ">"),
      let open = text.lastOffset(of: UInt8(ascii: "<"), in: start..<last), open + 1 < last,
      text[open + 1] == UInt8(ascii: "/")
    else { return nil }
    return open
  }

  private static func lineBreakEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    for tag in ["<br>", "<br/>", "<br />", "<BR>"] as [StaticString] where text.has(tag, at: at, before: end)
    {
      return at + tag.utf8CodeUnitCount
    }
    return nil
  }

  private static let named: [(StaticString, UInt32)] = [
    ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&apos;", 0x27), ("&amp;", 0x26), ("&nbsp;", 0x20),
  ]

  /// Whether an entity without its ampersand stands at `at`.
  private static func isEntityBody(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    let bodies: [StaticString] = ["lt;", "gt;", "quot;", "apos;", "nbsp;", "amp;", "#"]
    return bodies.contains { text.has($0, at: at, before: end) }
  }

  /// The entity at `at`, or nil.
  private static func entity(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (point: UInt32, end: Int)? {
    for (name, point) in named where text.has(name, at: at, before: end) {
      return (point, at + name.utf8CodeUnitCount)
    }
    guard text.has("&#", at: at, before: end), at + 2 < end else { return nil }
    let isHexadecimal = text[at + 2] | 0x20 == UInt8(ascii: "x")
    return number(text, from: isHexadecimal ? at + 3 : at + 2, end, radix: isHexadecimal ? 16 : 10)
  }

  private static func number(_ text: Span<UInt8>, from start: Int, _ end: Int, radix: UInt32) -> (
    UInt32, Int
  )? {
    var value: UInt32 = 0
    var at = start
    while at < end, at - start < 7, isDigit(text[at]) || radix == 16 && isHexLetter(text[at]) {
      value = value * radix + UInt32(isDigit(text[at]) ? text[at] & 15 : text[at] & 15 + 9)
      at += 1
    }
    guard at > start, at < end, text[at] == UInt8(ascii: ";") else { return nil }
    return (value, at + 1)
  }
}
