internal import TraceBytes
internal import TraceModel

/// The fields of a JVM frame line.
///
/// Grammar (trace-formats.md, section 2.3): `at [loader/][module[@version]/]class.method(location)[suffix]`.
/// JVM names may hold nearly any character, so the location is the last parenthesised group and the
/// method starts behind the last dot before it.
struct JavaFrame: Sendable, Equatable {
  var module: ByteRange
  var function: ByteRange
  var file: ByteRange?
  /// 1-based; 0 when unknown.
  var line: Int32 = 0
  var isNative = false
  /// The parentheses hold something that is no location.
  var hasBadLocation = false
  /// A module inside the parentheses: only thread dumps print that.
  var isThreadDump = false
  /// kotlinx.coroutines' marker between two stacks.
  var isBoundary = false
  /// ProGuard or R8 wrote a name of its own in the file's place.
  var isObfuscated = false

  /// The same frame of a text that has `offset` more bytes before it.
  func moved(by offset: Int) -> JavaFrame {
    var frame = self
    frame.module = module.moved(by: offset)
    frame.function = function.moved(by: offset)
    frame.file = file?.moved(by: offset)
    return frame
  }

  /// The key of its fields as a `ParsedFrame` has them.
  func key(in text: Span<UInt8>) -> KeyHash {
    ParsedFrame.key(module: module.isEmpty ? nil : module, function: function, file: file, in: text)
  }
}

extension ParsedFrame {
  init(_ frame: JavaFrame, key: KeyHash) {
    self.init()
    module = frame.module.isEmpty ? nil : frame.module
    function = frame.function
    file = frame.file
    line = frame.line
    isNative = frame.isNative
    self.key = key
  }
}

extension JavaFrame {
  /// Reads a frame from the bytes between "at " and the end of the line, or nil when it is none.
  /// - Complexity: O(length); a few `memchr` passes, no allocation.
  static func parse(_ text: Span<UInt8>, from start: Int, to lineEnd: Int) -> JavaFrame? {
    guard let (open, close) = location(text, start, lineEnd) else { return nil }
    if open == start { return boundary(text, start, open, close) }
    if text[open - 1] == UInt8(ascii: " ") { return nil }
    guard let dot = text.lastOffset(of: UInt8(ascii: "."), in: start..<open), dot + 1 < open else {
      return nil
    }
    let module = moduleStart(text, start, dot)
    guard isName(text, module, dot) else { return nil }
    var frame = JavaFrame(module: ByteRange(module, dot), function: ByteRange(dot + 1, open))
    guard frame.readLocation(text, open + 1, close) else { return nil }
    frame.isBoundary = text.has("_BOUNDARY.", at: dot - 9, before: open)
    frame.isObfuscated = frame.file.map { isShrinkersName(text, $0) } == true
    return frame
  }

  /// `SourceFile`, `PG` or R8's `r8-map-id-…` (trace-formats.md, section 2.3).
  static func isShrinkersName(_ text: Span<UInt8>, _ file: ByteRange) -> Bool {
    let start = Int(file.start)
    let end = Int(file.end)
    return text.has("SourceFile", at: start, before: end) && file.count == 10
      || text.has("PG", at: start, before: end) && file.count == 2
      || text.has("r8-map-id-", at: start, before: end)
  }

  /// The last parentheses that nothing but a suffix follows: packaging data in brackets, an agent's braces,
  /// or a program counter. Packaging data may hold parentheses itself: `~[a(1).jar:?]`.
  private static func location(_ text: Span<UInt8>, _ start: Int, _ lineEnd: Int) -> (open: Int, close: Int)?
  {
    var end = text.endWithoutBlanks(of: start..<lineEnd)
    while let before = withoutKeyValue(text, start, end) { end = text.endWithoutBlanks(of: start..<before) }
    var limit = end
    while let open = text.lastOffset(of: UInt8(ascii: "("), in: start..<limit) {
      if let close = text.firstOffset(of: UInt8(ascii: ")"), in: open..<limit),
        close + 1 == end || isSuffix(text, close + 1, end)
      {
        return (open, close)
      }
      limit = open
    }
    return nil
  }

  private static func isSuffix(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    switch text[from] {
    case UInt8(ascii: "@"): return text.has("@0x", at: from, before: end) && isHex(text, from + 3, end)
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      guard from + 1 < end else { return false }
      let first = text[from + 1]
      let last = text[end - 1]
      if first == UInt8(ascii: "~") || first == UInt8(ascii: "[") {
        return last == UInt8(ascii: "]") || last == UInt8(ascii: "}")
      }
      return first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
    case UInt8(ascii: "1")...UInt8(ascii: "2"): return isGluedDate(text, from, end)
    case UInt8(ascii: ">"), UInt8(ascii: "|"): return RecordEnd.isOne(text, from, end)
    // What closes a block of Markdown or Jira.
    case UInt8(ascii: "`"): return text.has("```", at: from, before: end) && from + 3 == end
    case UInt8(ascii: "{"):
      return text[end - 1] == UInt8(ascii: "}") && (from + 1..<end - 1).allSatisfy { isLetter(text[$0]) }
    // Karaf writes packaging data without a blank.
    case UInt8(ascii: "["): return text[end - 1] == UInt8(ascii: "]") && from + 1 < end
    default: return false
    }
  }

  private static func isHex(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    var at = from
    while at < end, isDigit(text[at]) || isHexLetter(text[at]) { at += 1 }
    return at > from && at == end
  }

  /// log4j2's `%xEx{suffix(…)}` puts any key=value behind every line.
  /// - Returns: where the line ends without it, or nil.
  private static func withoutKeyValue(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard end > start, isWord(text[end - 1]),
      let blank = text.lastOffset(of: UInt8(ascii: " "), in: start..<end),
      let equals = text.firstOffset(of: UInt8(ascii: "="), in: blank..<end),
      equals > blank + 1
    else { return nil }
    for at in blank + 1..<equals where !isWord(text[at]) { return nil }
    return blank
  }

  /// log4j2's short layout ends without a line break, so that the next event's date is glued on.
  private static func isGluedDate(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    guard end - from >= 10, text[from + 4] == UInt8(ascii: "-"), text[from + 7] == UInt8(ascii: "-") else {
      return false
    }
    for at in [from + 1, from + 2, from + 3, from + 5, from + 6, from + 8, from + 9] where !isDigit(text[at])
    { return false }
    return true
  }

  /// `at (Coroutine boundary)`: kept as a frame without a name.
  private static func boundary(_ text: Span<UInt8>, _ start: Int, _ open: Int, _ close: Int) -> JavaFrame? {
    guard text.has("Coroutine boundary", at: open + 1, before: close) else { return nil }
    var frame = JavaFrame(module: ByteRange(start, start), function: ByteRange(open + 1, close))
    frame.isBoundary = true
    return frame
  }

  /// Behind the last `/` that is not part of a hidden class's name (`Main$$Lambda$1/0x00007f01`).
  private static func moduleStart(_ text: Span<UInt8>, _ start: Int, _ dot: Int) -> Int {
    guard let slash = text.lastOffset(of: UInt8(ascii: "/"), in: start..<dot) else { return start }
    guard isHiddenClassId(text, slash + 1, dot) else { return slash + 1 }
    return text.lastOffset(of: UInt8(ascii: "/"), in: start..<slash).map { $0 + 1 } ?? start
  }

  private static func isHiddenClassId(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    var at = text.has("0x", at: from, before: end) ? from + 2 : from
    guard at < end else { return false }
    let isHex = at > from
    while at < end, isDigit(text[at]) || (isHex && isHexLetter(text[at])) { at += 1 }
    return at == end
  }

  /// A class name may hold blanks (Groovy closures), but prose and other languages' lines are told by
  /// a blank at either end, a colon with two digits behind it, or a pipe.
  private static func isName(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    guard from < end else { return true }  // Scala's REPL prints ".name"
    return !isBlank(text[from]) && !isBlank(text[end - 1]) && !isDigit(text[from])
  }

  /// Reads what stands in the parentheses; false when another language printed it.
  mutating func readLocation(_ text: Span<UInt8>, _ from: Int, _ close: Int) -> Bool {
    guard from < close else { return false }
    var start = from
    if let slash = text.lastOffset(of: UInt8(ascii: "/"), in: from..<close) {
      // Thread dumps name the module inside: (java.base@21.0.8/Reference.java:215). JRuby prints paths.
      isThreadDump =
        text.has("java.", at: from, before: slash) || text.has("jdk.", at: from, before: slash)
        || text.firstOffset(of: UInt8(ascii: "@"), in: from..<slash) != nil
      start = slash + 1
    }
    if isWordLocation(text, start, close) { return true }
    guard let colon = text.lastOffset(of: UInt8(ascii: ":"), in: start..<close) else {
      return readFileOnly(text, start, close)
    }
    return readFileAndLine(text, start, colon, close)
  }

  private mutating func isWordLocation(_ text: Span<UInt8>, _ from: Int, _ close: Int) -> Bool {
    if text.has("Native ", at: from, before: close), close - from == 13 {
      isNative = true
      return true
    }
    return text.has("Unknown Source", at: from, before: close)
  }

  /// A location without a line holds no blank and no comma: those are a C# parameter list.
  private mutating func readFileOnly(_ text: Span<UInt8>, _ from: Int, _ close: Int) -> Bool {
    guard from < close, text.firstOffset(of: UInt8(ascii: " "), in: from..<close) == nil,
      text.firstOffset(of: UInt8(ascii: ","), in: from..<close) == nil
    else { return false }
    file = ByteRange(from, close)
    return true
  }

  private mutating func readFileAndLine(_ text: Span<UInt8>, _ from: Int, _ colon: Int, _ close: Int) -> Bool
  {
    guard let number = lineNumber(text, colon + 1, close) else {
      hasBadLocation = true
      return text.firstOffset(of: UInt8(ascii: " "), in: from..<close) == nil && from < colon
    }
    // file:line:column is JavaScript or Dart.
    if let other = text.lastOffset(of: UInt8(ascii: ":"), in: from..<colon) {
      if lineNumber(text, other + 1, colon) != nil { return false }
    }
    guard from < colon else { return false }
    file = ByteRange(from, colon)
    line = number
    return true
  }

  /// Digits, perhaps negative (unknown, read as 0); nil for anything else.
  private func lineNumber(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Int32? {
    if from < end, text[from] == UInt8(ascii: "-") { return lineNumber(text, from + 1, end).map { _ in 0 } }
    guard from < end, end - from < 10 else { return nil }
    var value: Int32 = 0
    for at in from..<end {
      guard isDigit(text[at]) else { return nil }
      value = value &* 10 &+ Int32(text[at] &- UInt8(ascii: "0"))
    }
    return value
  }
}
