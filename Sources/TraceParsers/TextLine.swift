internal import TraceBytes

/// What a line is, told from its own bytes alone.
enum LineKind: UInt8, Sendable {
  /// Nothing but blanks.
  case blank
  /// A JVM frame, parsed.
  case javaFrame
  /// Starts like a JVM frame, but class, method or location cannot be read.
  case javaBadFrame
  /// `Caused by: `, `Suppressed: `, `Wrapped by: ` and what stands for them.
  case javaLabel
  /// `... N more` and its relatives.
  case javaMore
  /// A lock of the frame above, in a thread dump.
  case javaLock
  /// Holds `Traceback (most recent call last):`.
  case pythonHeader
  /// `File "x", line N`.
  case pythonFrame
  /// `File "x", line N in f`: faulthandler's form.
  case pythonFaultFrame
  /// One of the two sentences between chained exceptions.
  case pythonSeparator
  /// `[Previous line repeated N more times]`.
  case pythonRepeat
  /// Starts with `|` or `+`: the margin of an exception group, perhaps.
  case margin
  case other
}

/// One line of the text: its bytes, where the next one starts, and what it is.
///
/// A region may have hundreds of thousands of them, so its places are kept in 32 bits; no window is that long.
struct TextLine: Sendable {
  private var places: (start: Int32, end: Int32, next: Int32, content: Int32)
  var kind: LineKind
  /// Index of the parsed frame, for a `javaFrame` that is not in the memo; -1: none, or it is not kept.
  var frame: Int32 = -1
  /// Index of the line in the table's memo; -1: it is not there.
  var memo: Int32 = -1

  init(start: Int, end: Int, next: Int, content: Int, kind: LineKind) {
    places = (
      Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: end), Int32(truncatingIfNeeded: next),
      Int32(truncatingIfNeeded: content)
    )
    self.kind = kind
  }

  /// The same line of a text that has `offset` more bytes before it. A frame that was parsed is none of its.
  func moved(by offset: Int) -> TextLine {
    var line = TextLine(
      start: start + offset, end: end + offset, next: next + offset, content: content + offset, kind: kind)
    line.memo = memo
    return line
  }

  /// First byte.
  var start: Int { Int(places.start) }
  /// One past the last byte that counts: no line end, no CR before it.
  var end: Int {
    get { Int(places.end) }
    set { places.end = Int32(truncatingIfNeeded: newValue) }
  }
  /// First byte of the next line.
  var next: Int {
    get { Int(places.next) }
    set { places.next = Int32(truncatingIfNeeded: newValue) }
  }
  /// First byte that is no blank; `end` for a blank line.
  var content: Int {
    get { Int(places.content) }
    set { places.content = Int32(truncatingIfNeeded: newValue) }
  }

  /// Bytes of leading white space.
  var indent: Int { content - start }
  var hasLineEnd: Bool { next > end }
}
