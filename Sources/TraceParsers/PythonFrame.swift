internal import TraceBytes
internal import TraceModel

/// The fields of `File "x", line N, in f`.
struct PythonFrame: Sendable, Equatable {
  var file: ByteRange
  /// 1-based.
  var line: Int32
  /// nil for the place of a syntax error.
  var function: ByteRange?
  /// `line N in f`, without the comma: only faulthandler prints that, newest call first.
  var isFaultHandler = false

  /// The same frame of a text that has `offset` more bytes before it.
  func moved(by offset: Int) -> PythonFrame {
    var frame = self
    frame.file = file.moved(by: offset)
    frame.function = function?.moved(by: offset)
    return frame
  }

  /// The key of its fields as a `ParsedFrame` has them.
  func key(in text: Span<UInt8>) -> KeyHash {
    ParsedFrame.key(module: nil, function: function, file: file, in: text)
  }

  /// Reads the frame that a line of this kind shows.
  static func read(_ text: Span<UInt8>, _ line: TextLine) -> PythonFrame? {
    let from = text.has("> ", at: line.content, before: line.end) ? line.content + 2 : line.content
    return parse(text, from: from, to: line.end) ?? parsePlain(text, line)
  }

  /// Reads a frame that starts with `File "` at `start`, or nil.
  ///
  /// The path is printed as it is, so it may hold quotes: it ends at the first `", line ` that a number follows.
  static func parse(_ text: Span<UInt8>, from start: Int, to end: Int) -> PythonFrame? {
    var at = start + 6
    while let quote = text.firstOffset(of: "\", line ", in: at..<end) {
      if let frame = rest(text, path: ByteRange(start + 6, quote), from: quote + 8, to: end) { return frame }
      at = quote + 1
    }
    return nil
  }

  /// Reads a frame of IPython's plain mode, `Cell In[1], line 5 in f` or `File /x.py:337 in decode`, which
  /// stands under an ordinary header.
  static func parsePlain(_ text: Span<UInt8>, _ line: TextLine) -> PythonFrame? {
    guard line.indent >= 2 else { return nil }
    var head: IPythonFrame?
    if text.has("Cell In[", at: line.content, before: line.end),
      let close = text.firstOffset(of: UInt8(ascii: "]"), in: line.content..<line.end)
    {
      head = IPythonFrame(file: ByteRange(line.content, close + 1))
      head?.readTail(text, close + 1, line.end)
    } else if text.has("File ", at: line.content, before: line.end) {
      head = IPythonFrame.path(text, line.content + 5, line.end)
    }
    guard let head, head.line > 0 else { return nil }
    return PythonFrame(file: head.file, line: head.line, function: head.function)
  }

  private static func rest(_ text: Span<UInt8>, path: ByteRange, from start: Int, to end: Int) -> PythonFrame?
  {
    var at = start
    var line: Int32 = 0
    while at < end, isDigit(text[at]), at - start < 9 {
      line = line &* 10 &+ Int32(text[at] &- 0x30)
      at += 1
    }
    guard at > start else { return nil }
    if at == end { return PythonFrame(file: path, line: line) }
    if text.has(", in ", at: at, before: end) {
      return PythonFrame(file: path, line: line, function: ByteRange(at + 5, end))
    }
    if text.has(" in ", at: at, before: end) {
      return PythonFrame(file: path, line: line, function: ByteRange(at + 4, end), isFaultHandler: true)
    }
    return nil
  }
}

extension ParsedFrame {
  init(_ frame: PythonFrame, key: KeyHash?) {
    self.init()
    file = frame.file
    line = frame.line
    function = frame.function
    self.key = key
  }
}
