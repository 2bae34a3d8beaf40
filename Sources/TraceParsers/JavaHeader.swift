internal import TraceBytes

/// `type`, `type: message` or a circular reference: what opens an exception on the JVM.
struct JavaHeader: Sendable, Equatable {
  var type: ByteRange?
  var value: ByteRange?
  /// The type has at least one dot, so it needs no frame to be believed.
  var isDotted = false
  var isCircular = false

  /// The first byte of the header.
  var start: Int { Int((type ?? value)?.start ?? 0) }
}

extension JavaHeader {
  /// Reads a header that starts at `start`, or nil.
  static func parse(_ text: Span<UInt8>, from start: Int, to end: Int) -> JavaHeader? {
    if text.has("[CIRCULAR REFERENCE:", at: start, before: end) { return circular(text, start, end) }
    return named(text, start, end, isCircular: false)
  }

  private static func named(_ text: Span<UInt8>, _ start: Int, _ end: Int, isCircular: Bool) -> JavaHeader? {
    guard let type = typeName(text, start, end) else { return nil }
    var header = JavaHeader(type: ByteRange(start, type.end), isDotted: type.isDotted)
    let colon = isCircular ? type.end : remoteEnd(text, type.end, end)
    if colon == end { return header }
    if text[colon] == UInt8(ascii: ";"), !isCircular,
      saxFields.contains(where: { text.has($0, at: colon, before: end) })
    {
      header.value = ByteRange(colon + 2, end)
      return header
    }
    guard text[colon] == UInt8(ascii: ":") else { return nil }
    if colon + 1 == end {
      header.value = ByteRange(end, end)  // a trimmed "X: " keeps only the colon
    } else if text[colon + 1] == UInt8(ascii: " ") {
      header.value = ByteRange(colon + 2, end)
    } else {
      return nil
    }
    return header
  }

  /// What the JDK's SAXParseException prints behind its class, the first of those that it knows.
  private static let saxFields: [StaticString] = ["; publicId: ", "; systemId: ", "; lineNumber: "]

  /// Behind the class that Hadoop's `RemoteException(java.io.IOException)` names in parentheses, else where it was.
  private static func remoteEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start < end, text[start] == UInt8(ascii: "("), let type = typeName(text, start + 1, end),
      type.isDotted, text.has(")", at: type.end, before: end)
    else { return start }
    return type.end + 1
  }

  /// `[CIRCULAR REFERENCE: X: message]`; JDK 7 and 8 print no blank behind the colon.
  private static func circular(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> JavaHeader? {
    var from = start + 20
    if from < end, text[from] == UInt8(ascii: " ") { from += 1 }
    guard end > from, let close = circularEnd(text, from, end) else { return nil }
    // Not by `parse`: brackets in brackets would be followed down the stack, as deep as the line is long.
    guard var header = named(text, from, close, isCircular: true) else { return nil }
    header.isCircular = true
    return header
  }

  /// The bracket that closes it: the line's last byte, the first one with what closes a cell or character data behind it, or the
  /// last one with what closes a server's record, a page's block or a column.
  private static func circularEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    if text[end - 1] == UInt8(ascii: "]") { return end - 1 }
    if let data = text.firstOffset(of: "]]]>", in: start..<end) { return data }
    var at = start
    while let close = text.firstOffset(of: "]\"", in: at..<end) {
      if close + 2 == end || ",;)}".utf8.contains(text[close + 2]) { return close }
      at = close + 1
    }
    guard let last = text.lastOffset(of: UInt8(ascii: "]"), in: start..<end) else { return nil }
    return end - last < 64 && "|`>{".utf8.contains(text[last + 1]) ? last : nil
  }

  /// The identifiers and dots at `start`.
  private static func typeName(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (end: Int, isDotted: Bool)? {
    var at = start
    var isDotted = false
    while at < end {
      guard isIdentifierStart(text[at]) else { return nil }
      while at < end, isWord(text[at]) { at += 1 }
      if at < end, text[at] == UInt8(ascii: "/") { at = hiddenClassEnd(text, at, end) }
      guard at + 1 < end, text[at] == UInt8(ascii: "."), isIdentifierStart(text[at + 1]) else { break }
      isDotted = true
      at += 1
    }
    return at > start ? (at, isDotted) : nil
  }

  /// Behind `/0x00007f01` of a hidden class, else where it was.
  private static func hiddenClassEnd(_ text: Span<UInt8>, _ slash: Int, _ end: Int) -> Int {
    guard text.has("0x", at: slash + 1, before: end) else { return slash }
    var at = slash + 3
    while at < end, isDigit(text[at]) || isHexLetter(text[at]) { at += 1 }
    return at
  }

  /// Whether the type's last name says what it is. Only this lets a header stand far from its frames or
  /// in the middle of a line.
  func looksThrown(_ text: Span<UInt8>) -> Bool {
    guard isDotted else { return false }
    return saysThrown(text)
  }

  /// The same for a type without a package.
  func saysThrown(_ text: Span<UInt8>) -> Bool {
    guard let type else { return false }
    let range = type.range
    let endings: [StaticString] = [
      "Exception", "Error", "Throwable", "Failure", "Fault", "Timeout", "Interrupt", "Abort", "Violation",
      "Death", "Problem", "Refused", "Ex",
    ]
    for ending in endings where text.ends(range, with: ending) { return true }
    return text.firstOffset(of: "Exception", in: range) != nil
      || text.firstOffset(of: "Error", in: range) != nil
  }

  /// Whether the type's last name starts with a capital or holds a `$`, as a class does.
  func namesAClass(_ text: Span<UInt8>) -> Bool {
    guard let type, isDotted else { return false }
    let dot = text.lastOffset(of: UInt8(ascii: "."), in: type.range) ?? Int(type.start)
    let first = text[min(dot + 1, Int(type.end) - 1)]
    return (first >= 0x41 && first <= 0x5A) || first >= 0x80
      || text.firstOffset(of: UInt8(ascii: "$"), in: type.range) != nil
  }
}

extension JavaHeader {
  /// The header of a line that may begin with a log's own fields, and where the line's header starts.
  ///
  /// Tried in turn: the line's first byte; `Exception in thread "…" `; behind a leading `: ` (Py4J); then
  /// the first type that says it is thrown; then the last dotted type behind `: `.
  static func find(_ text: Span<UInt8>, in line: TextLine, isLogLine: Bool) -> JavaHeader? {
    if !isLogLine, let header = parse(text, from: line.content, to: line.end) {
      return header.behindLabel(text, line) ?? header
    }
    if let thread = behindThreadName(text, line) { return thread }
    if text.has(": ", at: line.content, before: line.end),
      let header = parse(text, from: line.content + 2, to: line.end), header.isDotted
    {
      return header
    }
    return inline(text, line)
  }

  /// The header behind `Error: `, which tools write before one, or behind Jenkins's `Also:   `; a class with one of these
  /// names has a package.
  private func behindLabel(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    let labels: [StaticString] = ["Error: ", "Also: "]
    guard !isDotted, let value, labels.contains(where: { text.has($0, at: line.content, before: line.end) })
    else { return nil }
    return classIn(value, text, line)
  }

  /// The header behind a lower-case word and a colon, as in `failed: com.acme.OrderRejected: no`; believed only right above
  /// frames.
  func behindLowerWord(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    guard !isDotted, let type, let value, (0x61...0x7A).contains(text[Int(type.start)]), !saysThrown(text)
    else {
      return nil
    }
    return classIn(value, text, line)
  }

  /// Whether it is nothing but a lower-case word, the last of some message: classes without a package begin with a capital, or
  /// have the two letters at most that an obfuscator left them.
  func isPlainWord(_ text: Span<UInt8>) -> Bool {
    guard !isDotted, value == nil, let type, type.count > 2 else { return false }
    return type.range.allSatisfy { (0x61...0x7A).contains(text[$0]) }
  }

  private func classIn(_ value: ByteRange, _ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    let start = value.range.first { !isBlank(text[$0]) } ?? line.end
    guard let header = Self.parse(text, from: start, to: line.end), header.isDotted, header.namesAClass(text)
    else { return nil }
    return header
  }

  /// The header behind one word and a colon or an equals sign, as in `failed: java.io.IOException: no`; the word tells of
  /// trouble, or is a level, and the header that it is thrown. A message may hold such a line, too, so it is believed only
  /// where no other header is found.
  static func behindWord(_ text: Span<UInt8>, _ line: TextLine) -> (header: JavaHeader, isTrouble: Bool)? {
    var at = line.content
    while at < line.end, isWord(text[at]) { at += 1 }
    let word = line.content..<at
    let isTrouble = tellsOfTrouble(text, word)
    guard word.count > 0, at + 1 < line.end, isTrouble || isLevel(text, word) else { return nil }
    if text[at] == UInt8(ascii: "=") {
      at += 1
    } else if text.has(": ", at: at, before: line.end) {
      at = (at + 2..<line.end).first { text[$0] != 0x20 } ?? line.end
    } else {
      return nil
    }
    guard let header = parse(text, from: at, to: line.end), header.looksThrown(text) else { return nil }
    return (header, isTrouble)
  }

  /// A word of capitals, or Groovy's `Caught`.
  private static func isLevel(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    word.allSatisfy { (0x41...0x5A).contains(text[$0]) }
      || text.has("Caught", at: word.lowerBound, before: word.upperBound) && word.count == 6
  }

  private static func tellsOfTrouble(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let parts: [StaticString] = [
      "err", "Err", "ERR", "fail", "Fail", "FAIL", "fatal", "Fatal", "FATAL", "SEVERE", "xception",
      "EXCEPTION", "rash",
      "bort",
    ]
    return parts.contains { text.firstOffset(of: $0, in: word) != nil }
  }

  /// The first type that says it is thrown behind a mark that writers put before a trace: an opening bracket or quote, a
  /// field's separator, a tag's end. A message may hold one, too, so it is believed only where no other header is found.
  static func behindMark(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    var at = line.content
    let limit = min(line.end, line.content + 4096)
    while let colon = text.firstOffset(of: ":", in: at..<limit) {
      at = colon + 1
      if let header = behindMark(text, line, endingAt: colon) { return header }
    }
    // A type alone is the last column, where the line is no header itself.
    return parse(text, from: line.content, to: line.end) == nil
      ? behindMark(text, line, endingAt: line.end, separators) : nil
  }

  /// The same in a line further up, whose message goes on below: what the mark opens is not closed on the line.
  static func behindOpenMark(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    guard let header = behindMark(text, line), header.value != nil, header.start > line.content else {
      return nil
    }
    switch text[header.start - 1] {
    case UInt8(ascii: "|"), UInt8(ascii: "="), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "`"), 0x09:
      return header
    case UInt8(ascii: "("):
      return text.firstOffset(of: UInt8(ascii: ")"), in: header.start..<line.end) == nil ? header : nil
    default: return nil
    }
  }

  private static let marks = Array("([]}`=>|:\t".utf8)
  private static let separators = Array("|]}`\t".utf8)

  /// The header whose type ends at an offset, if such a mark stands before it.
  private static func behindMark(
    _ text: Span<UInt8>, _ line: TextLine, endingAt end: Int, _ marks: [UInt8] = marks
  ) -> JavaHeader? {
    var start = end
    while start > line.content, isWord(text[start - 1]) || text[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    guard start < end, start > line.content, marks.contains(text[start - 1]),
      let header = parse(text, from: start, to: line.end), header.looksThrown(text)
    else { return nil }
    return header
  }

  /// A thread's name may hold quotes, so the last `" ` that a header follows counts.
  private static func behindThreadName(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    guard let mark = text.firstOffset(of: "Exception in thread \"", in: line.content..<line.end) else {
      return nil
    }
    let name = mark + 21
    var end = line.end
    while let blank = text.lastOffset(of: UInt8(ascii: " "), in: name..<end) {
      if blank > name - 1, text[blank - 1] == UInt8(ascii: "\""),
        let header = parse(text, from: blank + 1, to: line.end)
      {
        // A quoted word of the message could look like the name's end: the first one behind wins ties.
        return earlier(text, name, blank, line.end) ?? header
      }
      end = blank
    }
    return nil
  }

  /// A header behind an earlier `" ` of the same line that is surely thrown.
  private static func earlier(_ text: Span<UInt8>, _ name: Int, _ blank: Int, _ end: Int) -> JavaHeader? {
    var at = name
    while let quote = text.firstOffset(of: "\" ", in: at..<blank) {
      if let header = parse(text, from: quote + 2, to: end), header.looksThrown(text) { return header }
      at = quote + 1
    }
    return nil
  }

  /// The last type without a package in a log line that says it is thrown; believed only right above frames.
  static func undottedInline(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    var at = line.content
    let limit = min(line.end, line.content + 4096)
    while let blank = text.firstOffset(of: UInt8(ascii: " "), in: at..<limit) {
      at = blank + 1
      if at < line.end, isIdentifierStart(text[at]), let header = parse(text, from: at, to: line.end),
        header.saysThrown(text)
      {
        return header
      }
    }
    return nil
  }

  /// The first class behind the hyphen between a logger's name and a message, whatever it is called; believed only right
  /// above frames.
  static func behindLogger(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    var at = line.content
    while let mark = text.firstOffset(of: " - ", in: at..<min(line.end, line.content + 4096)) {
      at = mark + 3
      if let header = parse(text, from: at, to: line.end), header.namesAClass(text) { return header }
    }
    return nil
  }

  private static func inline(_ text: Span<UInt8>, _ line: TextLine) -> JavaHeader? {
    var last: JavaHeader?
    var at = line.content
    let limit = min(line.end, line.content + 4096)
    while let blank = text.firstOffset(of: UInt8(ascii: " "), in: at..<limit) {
      at = blank + 1
      // RFC 5424 puts a byte order mark before a text (section 6.4).
      if text.has("\u{FEFF}", at: at, before: line.end) { at += 3 }
      guard at < line.end, isIdentifierStart(text[at]), let header = parse(text, from: at, to: line.end),
        header.isDotted
      else { continue }
      let isBehindColon = blank > line.start && text[blank - 1] == UInt8(ascii: ":")
      if header.looksThrown(text) {
        // What it is the message of may stand behind a mark and not behind a blank.
        return (isBehindColon ? behindMark(text, line, endingAt: blank - 1) : nil) ?? header
      }
      if isBehindColon, header.namesAClass(text) { last = header }
    }
    return last
  }
}
