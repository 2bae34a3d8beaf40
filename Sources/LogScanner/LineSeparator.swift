internal import TraceBytes

/// What stands for the line ends of a trace on one line: the same before its first two frames.
struct LineSeparator: Equatable {
  private let bytes: [UInt8]
  /// What stands for a tab behind it; nothing where tabs are what they are.
  private let tab: [UInt8]
  /// It may stand in a message or a source line, too, and is a line end only before a line of a stack.
  private let isCommon: Bool
  /// The trace is a group: each of its lines begins with a margin, which may be made of the separator's bytes.
  private let isGroup: Bool

  /// - Parameter anchor: where to look for the first frame.
  init?(_ text: Span<UInt8>, _ line: Range<Int>, from anchor: Int) {
    guard let first = Frame(text, line, from: anchor) else { return nil }
    let second = Frame(text, first.end..<line.upperBound, from: first.end)
    guard second == nil || second?.isPython == first.isPython,
      let found = first.isPython
        ? Self.behindHeader(text, line, first, second)
        : second.flatMap({ Self.behindFrame(text, line, first, $0) })
    else { return nil }
    (bytes, tab) = Self.split(found)
    isCommon = bytes.allSatisfy(Self.isCommon)
    isGroup = first.isPython && text.firstOffset(of: "Exception Group Traceback (", in: line) != nil
  }

  /// Two tags are a line end and a tab, as `<LF><TAB>`.
  private static func split(_ mark: [UInt8]) -> ([UInt8], [UInt8]) {
    guard isTag(mark),
      let close = mark.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "}") }),
      close + 1 < mark.count, mark[close + 1] == mark[0],
      mark[close...].contains(where: { $0 | 0x20 == UInt8(ascii: "t") })  // not <CR><LF>
    else { return (mark, []) }
    return (Array(mark[...close]), Array(mark[(close + 1)...]))
  }

  /// There is nothing but what stands for line ends and tabs.
  var isEscape: Bool { bytes.allSatisfy("\\nrt".utf8.contains) }

  /// What stands between Python's header and its first frame, and again behind that, before the second one if there is one.
  private static func behindHeader(
    _ text: Span<UInt8>, _ line: Range<Int>, _ first: Frame, _ second: Frame?
  ) -> [UInt8]? {
    let header: StaticString = "call last):"
    guard first.word - first.blanks >= 2,
      let colon = text.lastOffset(of: UInt8(ascii: ":"), in: line.lowerBound..<first.blanks),
      text.has(header, at: colon + 1 - header.utf8CodeUnitCount, before: colon + 1),
      first.blanks - colon <= longest
    else { return nil }
    var end = first.blanks
    var indent = first.word - end
    // The margin of a group is a part of the line: two blanks and a bar at least.
    if text[end - 1] == UInt8(ascii: "|") {
      var margin = end - 1
      while margin > colon + 1, text[margin - 1] == 0x20 { margin -= 1 }
      if end - 1 - margin >= 2, margin > colon + 1 { (end, indent) = (margin, end - 1 - margin) }
    }
    guard end > colon + 1 else { return nil }
    let mark = text.bytes(colon + 1..<end + indent - 2)
    return text.firstOffset(of: mark.span, in: first.end..<(second?.word ?? line.upperBound)) == nil
      ? nil : mark
  }

  /// What stands behind the first JVM frame as it does before it.
  private static func behindFrame(
    _ text: Span<UInt8>, _ line: Range<Int>, _ first: Frame, _ second: Frame
  ) -> [UInt8]? {
    let count = commonSuffix(text, line.lowerBound..<first.blanks, first.end..<second.blanks)
    let start = behindClosers(text, second.blanks - count..<second.blanks)
    guard start < second.blanks else { return nil }
    let mark = text.bytes(start..<second.blanks)
    // A tab tells a line of a stack from words of a sentence, and so does an escape, or a tag as `<LF>`.
    guard first.hasTab || mark[0] == 0x5C || isTag(mark) || !mark.contains(where: isOfSentence) else {
      return nil
    }
    let isSpaced = mark[0] == 0x20 || start > first.end && text[start - 1] == 0x20
    return mark + [UInt8](repeating: 0x20, count: min(first.ownBlanks(isSpaced), second.ownBlanks(isSpaced)))
  }

  private static func isTag(_ mark: [UInt8]) -> Bool {
    mark.first == UInt8(ascii: "<") && mark.last == UInt8(ascii: ">")
      || mark.first == UInt8(ascii: "{") && mark.last == UInt8(ascii: "}")
  }

  /// A frame on the line.
  private struct Frame {
    /// Where `at` or `File` starts.
    let word: Int
    /// Where the blanks before it start.
    let blanks: Int
    /// Behind its location, as far as that can be told.
    let end: Int
    let isPython: Bool
    private let tab: Int?

    /// The next one from `start` on; what stands before it begins with the line.
    init?(_ text: Span<UInt8>, _ line: Range<Int>, from start: Int) {
      var at = start
      for _ in 0..<Self.mostWords {
        let hit = Gate.next(text.extracting(0..<line.upperBound), from: at)
        guard hit < line.upperBound else { return nil }
        if let end = Self.end(text, hit, min(hit + Self.longest, line.upperBound)) {
          var blanks = hit
          while blanks > line.lowerBound, isBlank(text[blanks - 1]) { blanks -= 1 }
          (word, self.blanks, self.end) = (hit, blanks, end)
          isPython = text[hit] == UInt8(ascii: "F")
          tab = text.firstOffset(of: 0x09, in: blanks..<hit)
          return
        }
        at = hit + 1
      }
      return nil
    }

    /// A line may hold megabytes of what looks like frames and is none.
    private static let mostWords = 64
    private static let longest = 2048

    private static func end(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
      if text.has("File \"", at: at, before: end) {
        return text.firstOffset(of: "\", line ", in: at..<end).map { $0 + 8 }
      }
      guard text.has("at ", at: at, before: end),
        let open = text.firstOffset(of: UInt8(ascii: "("), in: at..<end),
        let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<end),
        JVMLocation.isOne(text, open + 1..<close)
      else { return nil }
      return close + 1
    }

    var hasTab: Bool { tab != nil }

    /// How many of the blanks before a JVM frame are the separator's.
    /// - Parameter isSpaced: a blank stands before it.
    func ownBlanks(_ isSpaced: Bool) -> Int { tab.map { $0 - blanks } ?? (isSpaced && word > blanks ? 1 : 0) }
  }

  private static func commonSuffix(_ text: Span<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Int {
    var count = 0
    while count < min(left.count, right.count, longest),
      text[left.upperBound - count - 1] == text[right.upperBound - count - 1]
    {
      count += 1
    }
    return count
  }

  private static let longest = 32

  /// Where a common end begins that does not close what stands before it: packaging data and messages end with brackets,
  /// too.
  private static func behindClosers(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var start = range.lowerBound
    var open = 0
    for at in range {
      switch text[at] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"): open += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        open -= 1
        if open < 0 { (start, open) = (at + 1, 0) }
      case UInt8(ascii: ">"): open = max(0, open - 1)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): (start, open) = (at + 1, 0)
      default: break
      }
    }
    return start
  }

  /// Whether a byte stands between the words of a sentence.
  private static func isOfSentence(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
  }

  /// Whether a byte stands in messages and source lines more often than not.
  private static func isCommon(_ byte: UInt8) -> Bool {
    isOfSentence(byte) || "_:()[]{}'\"=-+/\\ ".utf8.contains(byte)
  }

  // MARK: Undoing

  /// Appends the text with its line ends in place.
  func appendSplit(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    var at = range.lowerBound
    while let hit = text.firstOffset(of: bytes.span, in: at..<range.upperBound) {
      var behind = hit + bytes.count
      output.append(text, at..<hit)
      let tabEnd = min(behind + tab.count, range.upperBound)
      let hasTab = !tab.isEmpty && text.firstOffset(of: tab.span, in: behind..<tabEnd) != nil
      let isLineEnd =
        isGroup
        ? Self.startsBox(text, behind, range.upperBound)
        : !isCommon || hasTab || Self.startsLine(text, behind, range.upperBound)
      if isLineEnd { output.append(0x0A) } else { output.append(text, hit..<behind) }
      if hasTab, isLineEnd {
        output.append(0x09)
        behind = tabEnd
      }
      at = behind
    }
    output.append(text, at..<range.upperBound)
  }

  /// Whether a line of a stack starts here: a frame or a source line with its blanks, a label, what Python says between
  /// two exceptions, or a type with its colon.
  private static func startsLine(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    if start < end, text[start] == 0x09 || text.has("  ", at: start, before: end) { return true }
    let words: [StaticString] = [
      "at ", "Caused by: ", "Suppressed: ", "Wrapped by: ", "... ", "Traceback (", "During handling of ",
      "The above exception ",
    ]
    if words.contains(where: { text.has($0, at: start, before: end) }) { return true }
    var at = start
    while at < end, isWord(text[at]) || text[at] == UInt8(ascii: ".") { at += 1 }
    guard at > start, at == end || text.has(": ", at: at, before: end) else { return false }
    let last = lastName(text, start..<at)
    return last > start || (0x41...0x5A).contains(text[last])
  }

  /// Whether a line of a group's box starts here: two blanks or more, and its bar or corner.
  private static func startsBox(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end, text[at] == 0x20 { at += 1 }
    return at == end || at - start >= 2 && (text[at] == UInt8(ascii: "|") || text[at] == UInt8(ascii: "+"))
  }

  /// Where the last of the names with dots between them starts.
  private static func lastName(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    text.lastOffset(of: UInt8(ascii: "."), in: range).map { min($0 + 1, range.upperBound - 1) }
      ?? range.lowerBound
  }
}
