internal import TraceBytes
internal import TraceModel

/// The words that a layout begins with which is not supported, and the lines that belong to it.
struct ForeignTitle: Sendable {
  /// Where on its line the words stand.
  enum Place { case first, last, anywhere }

  let place: Place
  let words: StaticString
  /// What has to stand somewhere behind them on the line.
  var andBehind: StaticString = ""
  let platform: Platform
  let reason: Reason
  let detail: String
  /// Whether a line behind the first is a part of it.
  let goesOn: @Sendable (Span<UInt8>, TextLine) -> Bool

  func stands(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let range = line.content..<line.end
    let isThere =
      switch place {
      case .first: text.has(words, at: line.content, before: line.end)
      case .last: text.ends(range, with: words)
      case .anywhere: text.firstOffset(of: words, in: range) != nil
      }
    return isThere && (andBehind.utf8CodeUnitCount == 0 || text.firstOffset(of: andBehind, in: range) != nil)
  }

  static let all: [ForeignTitle] = [
    edn(.first, "#error {"), edn(.last, ": #error {"),
    ForeignTitle(
      place: .anywhere, words: "|  Exception ", platform: .java, reason: .jshell,
      detail: "an exception in jshell's layout"
    ) { text, line in text.has("|", at: line.content, before: line.end) },
    ForeignTitle(
      place: .first, words: "#1 \"main\"", platform: .java, reason: .threadDump,
      detail: "a thread dump: stacks without an exception"
    ) { text, line in
      TraceParser.isDumpLine(text, line) || text.has("#", at: line.content, before: line.end)
    },
    page("id=\"traceback\">"), page("<h2 class=\"traceback\">"),
    ForeignTitle(
      place: .first, words: "Traceback: <class ", platform: .python, reason: .unsupportedFormat,
      detail: "a brief failure in Twisted's layout", goesOn: isText),
    ForeignTitle(
      place: .first, words: "Execution error (", andBehind: ") at ", platform: .java, reason: .noFrames,
      detail: "a Clojure error report without its stack", goesOn: isText),
  ]

  private static func edn(_ place: Place, _ words: StaticString) -> ForeignTitle {
    ForeignTitle(
      place: place, words: words, platform: .java, reason: .ednTrace,
      detail: "a Clojure exception as EDN data"
    ) { _, line in line.kind != .blank && line.indent > 0 }
  }

  private static func page(_ words: StaticString) -> ForeignTitle {
    ForeignTitle(
      place: .anywhere, words: words, platform: .python, reason: .htmlReport,
      detail: "a traceback as a page of Django or Werkzeug"
    ) { _, _ in false }
  }

  @Sendable private static func isText(_ text: Span<UInt8>, _ line: TextLine) -> Bool { line.kind != .blank }
}
