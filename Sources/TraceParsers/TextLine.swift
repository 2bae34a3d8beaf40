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
struct TextLine: Sendable {
  /// First byte.
  var start: Int
  /// One past the last byte that counts: no line end, no CR before it.
  var end: Int
  /// First byte of the next line.
  var next: Int
  /// First byte that is no blank; `end` for a blank line.
  var content: Int
  var kind: LineKind
  /// Index of the parsed frame, for a `javaFrame` that is not in the memo.
  var frame: Int = -1
  /// Index of the line in the table's memo; -1: it is not there.
  var memo: Int32 = -1

  /// Bytes of leading white space.
  var indent: Int { content - start }
  var hasLineEnd: Bool { next > end }
}
