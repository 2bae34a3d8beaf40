internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// What `java.util.logging` writes to a file by default: an exception as XML, one element a line
/// (trace-formats.md, section 2.9).
struct LoggerDocument {
  /// What it says of its lines.
  enum Answer {
    case found(PrintedThrowable, end: Int, isCut: Bool)
    case none
    case needsMore
  }

  private var type: ArraySlice<UInt8>?
  private var value: ArraySlice<UInt8>?
  private var frames: [(module: [UInt8], function: [UInt8], line: Int32)] = []
  private var frame: (module: [UInt8], function: [UInt8], line: Int32) = ([], [], 0)

  /// Reads the exception that opens on `line`.
  static func read(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope, _ limits: ParseLimits) -> Answer
  {
    var document = LoggerDocument()
    var at = line.next
    var message: [UInt8]?
    while at - line.start < limits.regionBytes {
      guard let next = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal) else {
        guard scope.isFinal else { return .needsMore }
        return document.frames.isEmpty ? .none : .found(document.printed(limits), end: at, isCut: true)
      }
      at = next.next
      let content = trimmed(text, next.range)
      if var open = message {
        // Of one that no element closes, each line would be read again for each exception.
        guard open.count <= limits.messageBytes, !opens(text, content) else { return .none }
        open.append(0x0A)
        message = document.take(message: open, text, next.range)
      } else if text.has("<message>", at: content.lowerBound, before: content.upperBound) {
        message = document.take(message: [], text, content.lowerBound + 9..<content.upperBound)
      } else if text.has("</exception>", at: content.lowerBound, before: content.upperBound) {
        return document.frames.isEmpty ? .none : .found(document.printed(limits), end: at, isCut: false)
      } else if !document.take(text, content, limits) {
        return .none
      }
    }
    return .none
  }

  private static func opens(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let tags: [StaticString] = ["<exception>", "<message>", "<record>"]
    return tags.contains { text.has($0, at: line.lowerBound, before: line.upperBound) }
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, isBlank(text[start]) { start += 1 }
    return start..<range.upperBound
  }

  /// Adds a line of the message; nil once its element is closed.
  private mutating func take(message: [UInt8], _ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    var message = message
    let close = text.firstOffset(of: "</message>", in: range)
    MarkupText.appendDecoded(text, range.lowerBound..<(close ?? range.upperBound), to: &message)
    guard close != nil else { return message }
    let colon = message.span.firstOffset(of: ": ", in: 0..<message.count)
    // An exception that prints itself its own way shows no type.
    let name = message[..<(colon ?? message.count)]
    let isName = !name.isEmpty && name.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") }
    type = isName ? name : nil
    value = isName ? colon.map { message[($0 + 2)...] } : message[...]
    return nil
  }

  /// Takes an element of a frame; false where the line is none.
  private mutating func take(_ text: Span<UInt8>, _ line: Range<Int>, _ limits: ParseLimits) -> Bool {
    if text.has("<frame>", at: line.lowerBound, before: line.upperBound) {
      frame = ([], [], 0)
    } else if text.has("</frame>", at: line.lowerBound, before: line.upperBound) {
      if frames.count < limits.frames { frames.append(frame) }
    } else if let name = Self.element("<class>", text, line) {
      frame.module = name
    } else if let name = Self.element("<method>", text, line) {
      frame.function = name
    } else if let number = Self.element("<line>", text, line) {
      frame.line = number.reduce(0) { isDigit($1) ? $0 &* 10 &+ Int32($1 & 15) : $0 }
    } else {
      return false
    }
    return true
  }

  private static func element(_ tag: StaticString, _ text: Span<UInt8>, _ line: Range<Int>) -> [UInt8]? {
    guard text.has(tag, at: line.lowerBound, before: line.upperBound) else { return nil }
    let start = line.lowerBound + tag.utf8CodeUnitCount
    guard let end = text.firstOffset(of: "</", in: start..<line.upperBound) else { return nil }
    var content: [UInt8] = []
    MarkupText.appendDecoded(text, start..<end, to: &content)
    return content
  }

  private func printed(_ limits: ParseLimits) -> PrintedThrowable {
    var printed = PrintedThrowable(.java, limits)
    let index = printed.open(type: type, value: value, relation: nil, parent: -1)
    for frame in frames {
      var parsed = ParsedFrame()
      printed.put("\tat ")
      parsed.module = printed.field(frame.module[...])
      printed.put(".")
      parsed.function = printed.field(frame.function[...])
      if frame.line > 0 { parsed.line = frame.line }
      printed.put(frame.line > 0 ? "(line \(frame.line))\n" : "(Unknown Source)\n")
      guard printed.add(parsed, to: index) else { break }
    }
    return printed
  }
}

extension TraceScanner {
  /// The record of an exception in `java.util.logging`'s XML; nil where the anchor's line opens none.
  func loggerDocument(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Resolution? {
    guard text.has("<exception>", at: scope.anchor, before: line.end),
      (line.start..<scope.anchor).allSatisfy({ isBlank(text[$0]) })
    else { return nil }
    switch LoggerDocument.read(text, line, scope, limits) {
    case .none: return nil
    case .needsMore: return .parsed(.needsMore(from: line.start))
    case .found(let printed, let end, let isCut):
      var record = printed.record()
      if isCut { record.insert(.truncatedAtEOF) }
      record.region = ByteRange(line.start, end)
      return .records([record])
    }
  }
}
