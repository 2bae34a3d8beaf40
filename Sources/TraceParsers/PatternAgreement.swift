internal import PCRE2
internal import TraceBytes

/// The hand-written line readers against the patterns that are their grammars. No scan asks for it.
package enum PatternAgreement {
  /// What a reader and its pattern read differently on a line without its line end.
  /// - Returns: one sentence; nil where all agree, or where PCRE2 gave up.
  package static func difference(on text: Span<UInt8>) -> String? {
    let line = TextLine.cut(text, from: 0, newline: nil, end: text.count, limit: text.count)
    let start = line.content
    let scratch = MatchScratch()
    var found: String?
    func hold<Fields>(_ name: String, _ hand: Fields?, _ pattern: PatternReading<Fields>) {
      if pattern == .gaveUp || pattern == hand.map({ .fields($0) }) ?? .none { return }
      found = "\(name): by hand \(hand.map { "\($0)" } ?? "none"), by the pattern \(pattern)"
    }
    if text.has("at ", at: start, before: line.end) {
      hold(
        "JVM frame", JavaFrame.parse(text, from: start + 3, to: line.end),
        JavaFrame.parsePattern(text, from: start + 3, to: line.end, scratch))
    }
    hold(
      "JVM header", JavaHeader.parse(text, from: start, to: line.end),
      JavaHeader.parsePattern(text, from: start, to: line.end, scratch))
    hold("elision", JavaMore.parse(text, line), JavaMore.parsePattern(text, line, scratch))
    hold(
      "Python exception", PythonException.parse(text, from: start, to: line.end),
      PythonException.parsePattern(text, from: start, to: line.end, scratch))
    guard text.has("File \"", at: start, before: line.end) else { return found }
    hold(
      "Python frame", PythonFrame.parse(text, from: start, to: line.end),
      PythonFrame.parsePattern(text, from: start, to: line.end, scratch))
    return found
  }
}
