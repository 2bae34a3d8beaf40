internal import TraceBytes
internal import TraceModel

/// Words of other printers than the JDK's before the exception that another one holds (trace-formats.md, section 2.4).
enum ForeignChain {
  private static let words: [StaticString] = [
    "Root cause:", "Root Cause:", "root cause:", "Nested Exception is:", "Nested exception is:",
    "nested exception is:", "Next Exception:", "---- Begin backtrace for Nested Throwables", "rootCause",
    "Original Exception: -", "Cause: ", "caused by:", "CAUSED BY:", "Caused by:",
  ]

  /// Behind the words, and the blanks behind them; nil where the line does not start with any.
  static func behindWords(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
    guard let end = wordsEnd(text, line) ?? numberedEnd(text, line) ?? unmarkedEnd(text, line) else {
      return nil
    }
    var at = end
    while at < line.end, isBlank(text[at]) { at += 1 }
    return at
  }

  private static func wordsEnd(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
    words.first { text.has($0, at: line.content, before: line.end) }
      .map { line.content + $0.utf8CodeUnitCount }
  }

  /// Behind Gradle's `Cause 2: `: one of several that the first exception holds.
  static func numberedEnd(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
    let word: StaticString = "Cause "
    guard text.has(word, at: line.content, before: line.end) else { return nil }
    let start = line.content + word.utf8CodeUnitCount
    let end = (start..<line.end).first { !isDigit(text[$0]) } ?? line.end
    return end > start && text.has(": ", at: end, before: line.end) ? end + 2 : nil
  }

  /// Behind `Caused by ` without a colon, as Firebase and the Play Console write it, before a class with its package.
  private static func unmarkedEnd(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
    let word: StaticString = "Caused by "
    guard text.has(word, at: line.content, before: line.end) else { return nil }
    let end = line.content + word.utf8CodeUnitCount
    return JavaHeader.parse(text, from: end, to: line.end)?.looksThrown(text) == true ? end : nil
  }
}

extension TraceParser {
  /// Opens the exception that such words announce, if its frames follow.
  /// - Returns: the index of the first line behind its message, or nil when there is none.
  mutating func foreignCause(_ text: Span<UInt8>, at index: Int, _ builder: inout JavaChain) -> Int? {
    guard let found = foreignHeader(text, at: index) else { return wordedCause(text, at: index, &builder) }
    guard hasRoomForException(at: index) else { return nil }
    if ForeignChain.numberedEnd(text, table[index]) != nil { builder.closeCauses() }
    builder.open(found.header, relation: .causedBy, indent: table[found.index].indent, in: &trace)
    trace.flags.insert(.nonstandardChain)
    signs.reset()
    takeMessage(text, from: found.index, to: found.next)
    return found.next
  }

  /// Opens the exception of a label behind which an own `toString()` stands, as Oracle's driver writes it: its words are the
  /// message.
  private mutating func wordedCause(_ text: Span<UInt8>, at index: Int, _ builder: inout JavaChain) -> Int? {
    let line = table[index]
    guard line.kind == .other, let label = JavaLabel.parse(text, line), label.header == nil else {
      return nil
    }
    let next = messageEnd(text, after: index, isRoot: false)
    guard table.has(next, text), table[next].kind == .javaFrame || table[next].kind == .javaMore,
      !(index + 1..<next).contains(where: { namesThrown(text, table[$0]) }), hasRoomForException(at: index)
    else { return nil }
    let value = ByteRange(line.content + label.length, line.end)
    builder.open(
      JavaHeader(type: nil, value: value), relation: label.relation, indent: line.indent, in: &trace)
    trace.reasons.insert(.typeMissing)
    signs.reset()
    takeMessage(text, from: index, to: next)
    return next
  }

  /// Whether a line names an exception: the frames below may be its own.
  private func namesThrown(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    JavaHeader.find(text, in: line, isLogLine: true)?.looksThrown(text) == true
  }

  /// The header that the words at `index` announce, and where its frames begin; nil where none follow.
  mutating func foreignHeader(
    _ text: Span<UInt8>, at index: Int
  ) -> (index: Int, header: JavaHeader, next: Int)? {
    guard table[index].kind == .other, let start = ForeignChain.behindWords(text, table[index]),
      let (at, header) = announced(text, at: index, from: start)
    else { return nil }
    let next = messageEnd(text, after: at, isRoot: false)
    guard table.has(next, text), table[next].kind == .javaFrame || table[next].kind == .javaMore else {
      return nil
    }
    return (at, header, next)
  }

  /// The header on the line of the words, or on the next one with text.
  private mutating func announced(
    _ text: Span<UInt8>, at index: Int, from start: Int
  ) -> (index: Int, header: JavaHeader)? {
    if start < table[index].end {
      return JavaHeader.parse(text, from: start, to: table[index].end).flatMap {
        $0.isDotted || $0.saysThrown(text) ? (index, $0) : nil
      }
    }
    var at = index + 1
    if table.has(at, text), table[at].kind == .blank { at += 1 }
    guard table.has(at, text),
      let header = JavaHeader.parse(text, from: table[at].content, to: table[at].end), header.isDotted
    else { return nil }
    return (at, header)
  }
}
