internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Reports of tests as XML that close one element and open the next on one line, as pytest writes them: each element is a
/// text of its own.
extension TraceScanner {
  /// Records of the elements from the anchor's on; nil unless a second one opens on the line that closes the first.
  mutating func reportElements(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard ReportElements.begin(text, line, scope.anchor) else { return nil }
    var elements = ReportElements(text, from: line, anchor: scope.anchor)
    var records: [UnwrappedRecord] = []
    var last = line
    var start = scope.anchor
    while elements.take(text, start..<last.end, of: last), last.next - line.start < limits.regionBytes {
      // Where nothing stands in the first one, each of the others is asked for by itself.
      if records.isEmpty, elements.all.count > 1 {
        records = self.records(of: elements.all[0], scope)
        guard !records.isEmpty else { return nil }
      }
      guard let next = LineSpan(text, from: last.next, end: scope.end, isFinal: scope.isFinal) else {
        if !scope.isFinal { return .parsed(.needsMore(from: line.start)) }
        break
      }
      (last, start) = (next, next.start)
    }
    if last.next < scope.end { elements.dropOpen() }
    guard elements.isSound, elements.all.count > 1 else { return nil }
    if records.isEmpty { records = self.records(of: elements.all[0], scope) }
    for element in elements.all.dropFirst() { records += self.records(of: element, scope) }
    return records.isEmpty ? nil : .records(records)
  }

  private mutating func records(of element: ReportElements.Element, _ scope: ScanScope) -> [UnwrappedRecord] {
    document(element.text, carriedBy: element.lines, depth: scope.depth)
  }
}

/// Takes the texts out of elements that follow each other.
private struct ReportElements {
  typealias Element = (text: [UInt8], lines: LineSpan)

  private(set) var all: [Element]
  private var isOpen = true
  /// No tag was met inside of an element.
  private(set) var isSound = true

  /// The element's text is character data, which ends with a mark of its own.
  private var isData: Bool

  /// The first element begins on a line, before `anchor`.
  init(_ text: Span<UInt8>, from line: LineSpan, anchor: Int) {
    all = [([], line)]
    isData = text.ends(line.start..<anchor, with: Self.dataMark)
  }

  private static let dataMark: StaticString = "<![CDATA["

  private static let names: [StaticString] = [
    "failure", "error", "system-out", "system-err", "rerunFailure", "flakyFailure", "skipped",
  ]

  /// Whether a traceback begins right behind the tag of such an element.
  static func begin(_ text: Span<UInt8>, _ line: LineSpan, _ anchor: Int) -> Bool {
    guard text.has("Traceback (", at: anchor, before: line.end) else { return false }
    let isData = text.ends(line.start..<anchor, with: dataMark)
    let end = isData ? anchor - dataMark.utf8CodeUnitCount : anchor
    guard end > line.start, text[end - 1] == UInt8(ascii: ">"),
      let tag = text.lastOffset(of: UInt8(ascii: "<"), in: line.start..<end)
    else { return false }
    return isOne(text, tag, line.end)
  }

  /// Whether the tag of such an element opens at `tag`.
  private static func isOne(_ text: Span<UInt8>, _ tag: Int, _ end: Int) -> Bool {
    names.contains { name in
      let behind = tag + 1 + name.utf8CodeUnitCount
      return text.has(name, at: tag + 1, before: end) && behind < end && " >".utf8.contains(text[behind])
    }
  }

  /// Takes in one line, or what stands behind the anchor on it.
  /// - Returns: whether an element is open at its end, so that the next line is of it.
  mutating func take(_ text: Span<UInt8>, _ line: Range<Int>, of lines: LineSpan) -> Bool {
    var at = line.lowerBound
    all[all.count - 1].lines = LineSpan(from: all[all.count - 1].lines, to: lines)
    while at <= line.upperBound {
      if isOpen {
        guard let close = takeText(text, at..<line.upperBound) else { return true }
        isOpen = false
        isSound = isSound && text.has("</", at: close, before: line.upperBound)
        guard isSound else { return false }
        at = close + 2
      } else if let start = Self.opening(text, at..<line.upperBound) {
        all.append(([], lines))
        isOpen = true
        isData = text.has(Self.dataMark, at: start, before: line.upperBound)
        at = isData ? start + Self.dataMark.utf8CodeUnitCount : start
      } else {
        return false
      }
    }
    return isOpen
  }

  /// Takes in what a line has of the open element's text.
  /// - Returns: where the tag stands that ends it; nil where it goes on.
  private mutating func takeText(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let last = all.count - 1
    let end: StaticString = "]]>"
    // Data that begins again was never closed.
    if isData,
      text.firstOffset(
        of: Self.dataMark, in: range.lowerBound..<(text.firstOffset(of: end, in: range) ?? range.upperBound))
        != nil
    {
      isSound = false
      return range.lowerBound
    }
    let close =
      isData ? text.firstOffset(of: end, in: range) : text.firstOffset(of: UInt8(ascii: "<"), in: range)
    let own = range.lowerBound..<(close ?? range.upperBound)
    if isData {
      all[last].text.append(text, own)
    } else {
      MarkupText.appendDecoded(text, own, to: &all[last].text)
    }
    if close == nil { all[last].text.append(0x0A) }
    return close.map { isData ? $0 + end.utf8CodeUnitCount : $0 }
  }

  /// Leaves out an element that the limit has cut: its lines are read where they stand.
  mutating func dropOpen() { if isOpen { all.removeLast() } }

  /// Behind the next tag of such an element.
  private static func opening(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while let tag = text.firstOffset(of: UInt8(ascii: "<"), in: at..<range.upperBound) {
      at = tag + 1
      guard isOne(text, tag, range.upperBound),
        let end = text.firstOffset(of: UInt8(ascii: ">"), in: tag..<range.upperBound),
        text[end - 1] != UInt8(ascii: "/")
      else { continue }
      return end + 1
    }
    return nil
  }
}
