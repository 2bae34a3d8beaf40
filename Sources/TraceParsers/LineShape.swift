internal import TraceBytes

/// What two lines of one logger have in common before their texts: the same marks and words in the same places, where numbers,
/// levels, days and months stand for others of their kind.
///
/// `LogLine` knows the shapes that loggers share. This is for those of one file alone: a time, a level with a mark behind it,
/// words in brackets, or a program's name with its number.
enum LineShape {
  /// Nothing is compared behind so many bytes.
  private static let longest = 96

  /// Whether a logger that writes lines like `line` wrote `other`, too, as far as the bytes before their texts tell.
  /// - Complexity: O(1).
  static func isSame(_ text: Span<UInt8>, _ line: TextLine, _ other: TextLine) -> Bool {
    guard line.indent == other.indent || line.indent > 1 && other.indent > 1 else { return false }
    var pair = LinePair(
      text, line.content..<min(line.end, line.content + longest),
      other.content..<min(other.end, other.content + longest))
    while pair.step(text) {}
    return pair.tells
  }

  /// Whether a line has anything by which it could be told. Asked first: it spares looking for lines to compare it with.
  static func tells(_ text: Span<UInt8>, _ line: TextLine) -> Bool { isSame(text, line, line) }
}

/// Two lines that are compared from their starts on.
private struct LinePair {
  private let first: Range<Int>
  private let second: Range<Int>
  private var at: Int
  private var twin: Int
  /// The numbers of both that only single marks stand between, up to here.
  private var chain = NumberChain()
  private var otherChain = NumberChain()
  /// A time, a level or a name that both have.
  private(set) var tells = false

  init(_ text: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>) {
    (self.first, self.second) = (first, second)
    (at, twin) = (first.lowerBound, second.lowerBound)
  }

  /// Takes what stands in the same place of both; false where they differ or nothing more is to be told.
  mutating func step(_ text: Span<UInt8>) -> Bool {
    guard at < first.upperBound, twin < second.upperBound, !tells else { return false }
    if isDigit(text[at]), isDigit(text[twin]) {
      takeNumbers(text)
      return true
    }
    if let ends = LineWord.sameKind(text, at..<first.upperBound, twin..<second.upperBound) {
      tells = ends.isLevel && isMark(text, ends.first) && isMark(text, ends.second)
      (at, twin) = (ends.first, ends.second)
      return true
    }
    guard text[at] == text[twin] else { return false }
    tells = isName(text)
    (at, twin) = (at + 1, twin + 1)
    return true
  }

  private mutating func takeNumbers(_ text: Span<UInt8>) {
    at = chain.take(text, at..<first.upperBound, lineStart: first.lowerBound)
    twin = otherChain.take(text, twin..<second.upperBound, lineStart: second.lowerBound)
    tells = chain.isTime && otherChain.isTime
  }

  private func isMark(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index < first.upperBound || index < second.upperBound ? ": \t]>|)".utf8.contains(text[index]) : false
  }

  /// Whether a name in brackets, or one with its number or its file's ending and a colon, ends here: text stands behind it.
  private func isName(_ text: Span<UInt8>) -> Bool {
    guard at + 1 < first.upperBound, twin + 1 < second.upperBound, text[at + 1] == 0x20,
      text[twin + 1] == 0x20
    else {
      return false
    }
    let name = first.lowerBound..<at
    switch text[at] {
    case UInt8(ascii: "]"): return isBracketed(text, name, UInt8(ascii: "["))
    case UInt8(ascii: ")"): return isBracketed(text, name, UInt8(ascii: "("))
    case UInt8(ascii: ">"): return isBracketed(text, name, UInt8(ascii: "<"))
    case UInt8(ascii: ":"): return isProgram(text, name)
    default: return false
    }
  }

  private func isBracketed(_ text: Span<UInt8>, _ name: Range<Int>, _ open: UInt8) -> Bool {
    name.count > 1 && text[name.lowerBound] == open && name.contains { isLetter(text[$0]) }
      && text.firstOffset(of: 0x20, in: name) == nil
  }

  /// A small letter first, no other colon, and something that no word of a message has.
  private func isProgram(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    guard !name.isEmpty, (0x61...0x7A).contains(text[name.lowerBound]),
      name.allSatisfy({ isWord(text[$0]) || "._-[]/".utf8.contains(text[$0]) })
    else { return false }
    return name.contains { !isLetter(text[$0]) }
  }
}

/// Numbers with single marks between them, as a clock or a date has.
private struct NumberChain {
  private var lengths: [Int] = []
  private var mark: UInt8 = 0
  private var end = -1
  private var isFree = false

  /// Takes the number that a range begins with.
  /// - Returns: behind it.
  mutating func take(_ text: Span<UInt8>, _ range: Range<Int>, lineStart: Int) -> Int {
    let start = range.lowerBound
    let next = range.first { !isDigit(text[$0]) } ?? range.upperBound
    let joins = end >= 0 && start == end + 1 && (lengths.count == 1 || text[end] == mark)
    if joins, "-/.:".utf8.contains(text[end]) {
      mark = text[end]
      lengths.append(next - start)
    } else {
      isFree =
        start == lineStart || !isWord(text[start - 1]) && !"-/.:".utf8.contains(text[start - 1])
        || text[start - 1] == UInt8(ascii: "T")
      lengths = [next - start]
    }
    end = next
    return next
  }

  /// `08:09`, a date with its year, or seconds since 1970.
  var isTime: Bool {
    guard isFree else { return false }
    switch lengths.count {
    case 1: return lengths[0] == 10 || lengths[0] == 13
    case 2: return mark == UInt8(ascii: ":") && lengths == [2, 2]
    case 3: return mark != UInt8(ascii: ":") && isDate
    default: return false
    }
  }

  private var isDate: Bool {
    let years = lengths.filter { $0 == 4 }.count
    return years == 1 && lengths.allSatisfy { $0 <= 2 || $0 == 4 }
      || years == 0 && mark != UInt8(ascii: ".") && lengths.allSatisfy { $0 == 2 }
  }
}

/// Words that stand for others of their kind.
private enum LineWord {
  /// Where two levels, or two names of days or months, end that both ranges begin with.
  static func sameKind(
    _ text: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>
  ) -> (first: Int, second: Int, isLevel: Bool)? {
    if let end = DateName.end(text, first.lowerBound, first.upperBound),
      let other = DateName.end(text, second.lowerBound, second.upperBound)
    {
      return (end, other, false)
    }
    guard let end = LogLine.levelEnd(text, first), let other = LogLine.levelEnd(text, second) else {
      return nil
    }
    return (end, other, true)
  }
}
