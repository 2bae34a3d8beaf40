internal import LogInput
internal import TraceBytes

/// Which lines of a logger that repeats its fields on every line belong to one event, although its clock ticks between them.
///
/// What can only be a part of a trace belongs to it, whatever its time. What may be an event of its own, such as a line of
/// a message, does where the trace is waiting for it: between a header and its frames, and before the words that join two
/// exceptions.
struct EventLines {
  private enum State {
    /// Nothing of a trace is open.
    case outside
    /// Among frames.
    case stack
    /// Behind a header or the line of an exception.
    case message
    /// Behind the words between two exceptions of Python.
    case between
  }

  private let prefix: LinePrefix
  /// Where the text ends, and whether more may come.
  private let end: Int
  private let isFinal: Bool
  /// The line that the prefix was learned from; above it only its own time counts.
  private let anchor: Int
  private var state = State.outside
  /// The prefix of the last line that was taken, where its time is another one.
  private var current: LinePrefix?
  /// All lines before this offset belong to the event: what was looked for stands there.
  private var wantedUpTo = 0

  init(_ prefix: LinePrefix, _ line: LineSpan, _ scope: ScanScope) {
    self.prefix = prefix
    anchor = line.start
    end = scope.end
    isFinal = scope.isFinal
  }

  /// Whose line a line is.
  enum Owner {
    /// The event's at hand.
    case own
    case other
    /// What decides it may still come.
    case undecided
  }

  /// - Parameter start: where the line's text starts.
  mutating func take(_ text: Span<UInt8>, _ line: LineSpan, _ start: Int) -> Owner {
    let range = start..<line.end
    let isOwn = prefix.matchExactly(text, line.range) != nil || current?.matchExactly(text, line.range) != nil
    if !isOwn, !goesOn(text, range) {
      guard let isWanted = isWanted(text, line, range) else { return .undecided }
      guard isWanted else {
        state = Self.isHeader(text, range) ? .message : .outside
        return .other
      }
    }
    if !isOwn, line.start > anchor { current = LinePrefix(text, line.start..<start) }
    advance(text, range)
    return .own
  }

  /// What can only be a part of the trace at hand.
  private func goesOn(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return state == .stack || state == .between }
    if isBlank(text[first]) || Self.isPart(text, range) { return true }
    switch state {
    case .stack: return Self.isException(text, range)
    case .between: return Self.isTraceback(text, range)
    case .message, .outside: return false
    }
  }

  private mutating func isWanted(_ text: Span<UInt8>, _ line: LineSpan, _ range: Range<Int>) -> Bool? {
    guard state == .message else { return false }
    if line.start < wantedUpTo { return true }
    guard let part = part(text, from: line) else { return nil }
    wantedUpTo = part
    return part > line.start
  }

  /// Where the next line starts that can only be a part of a trace, if no header stands before it; 0 where there is none,
  /// nil where it may still come.
  private func part(_ text: Span<UInt8>, from line: LineSpan) -> Int? {
    var at = line.start
    let limit = min(end, line.start + StreamReach.ahead)
    while at < limit {
      guard let next = LineSpan(text, from: at, end: end, isFinal: isFinal) else { return nil }
      if let start = prefix.match(text, next.range) {
        let range = start..<next.end
        if Self.isPart(text, range) { return next.start }
        if Self.isHeader(text, range) { return 0 }
      }
      at = next.next
    }
    return limit == end && !isFinal ? nil : 0
  }

  private mutating func advance(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard let first = range.first else { return }
    if Self.isJoint(text, range) {
      state = .between
    } else if Self.isFrame(text, range) || Self.isTraceback(text, range) {
      state = .stack
    } else if Self.isPart(text, range) || Self.isHeader(text, range)
      || state == .stack && Self.isException(text, range)
    {
      state = .message
    } else if state != .message {
      state = isBlank(text[first]) ? .stack : .outside
    }
  }

  // MARK: What a line is

  private static let joints: [StaticString] = ["During handling ", "The above exception "]
  /// With the words that join two exceptions.
  private static let parts = joints + ["Caused by: ", "Suppressed: ", "Wrapped by: "]
  private static let stackWords: [StaticString] = ["at ", "File \"", "... "]
  private static let tracebacks: [StaticString] = ["Traceback (most", "+ Exception Group Traceback"]

  private static func starts(_ text: Span<UInt8>, _ range: Range<Int>, with words: [StaticString]) -> Bool {
    words.contains { text.has($0, at: range.lowerBound, before: range.upperBound) }
  }

  private static func isJoint(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    starts(text, range, with: joints)
  }

  private static func isFrame(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.first { !isBlank(text[$0]) } ?? range.upperBound
    return starts(text, start..<range.upperBound, with: stackWords)
  }

  /// Stands in a trace and nowhere else.
  private static func isPart(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    starts(text, range, with: parts) || isStackLine(text, range)
  }

  /// `at x.y(…`, `File "…`, or `... N ` more.
  private static func isStackLine(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.first { !isBlank(text[$0]) } ?? range.upperBound
    if text.has("... ", at: start, before: range.upperBound) {
      return start + 4 < range.upperBound && isDigit(text[start + 4])
    }
    guard text.has("at ", at: start, before: range.upperBound),
      let open = text.firstOffset(of: UInt8(ascii: "("), in: start..<range.upperBound)
    else { return text.has("File \"", at: start, before: range.upperBound) }
    return text.firstOffset(of: UInt8(ascii: "."), in: start..<open) != nil
      && text.firstOffset(of: 0x20, in: start + 3..<open) == nil
  }

  private static func isTraceback(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.first { !isBlank(text[$0]) } ?? range.upperBound
    return starts(text, start..<range.upperBound, with: tracebacks)
  }

  /// A name with nothing or a colon behind it, as it stands below Python's frames.
  private static func isException(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let end = nameEnd(text, range)
    return end > range.lowerBound && (end == range.upperBound || text[end] == UInt8(ascii: ":"))
  }

  private static func isHeader(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if isTraceback(text, range) || starts(text, range, with: ["Exception in thread "]) { return true }
    let name = range.lowerBound..<nameEnd(text, range)
    return isException(text, range) && text.firstOffset(of: UInt8(ascii: "."), in: name) != nil
  }

  private static func nameEnd(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    // A class may be a function's own: `f.<locals>.Failed`.
    range.first { !isWord(text[$0]) && !".$<>".utf8.contains(text[$0]) }
      ?? range.upperBound
  }
}
