/// Why a trace is degraded or a region could not be parsed.
///
/// The raw values are the codes of the record schema; they are a contract and never change.
public enum Reason: String, Sendable, Hashable, CaseIterable {
  /// Frames or causes without the header above them.
  case missingHeader = "missing_header"
  /// Frames of Python without the exception's own line behind them.
  case missingExceptionLine = "missing_exception_line"
  /// A header, or words that announce one, and no frame.
  case noFrames = "no_frames"
  /// The input ends inside the trace.
  case truncatedAtEOF = "truncated_at_eof"
  /// A line or a string was cut at a limit of its length.
  case truncatedLine = "truncated_line"
  /// The text says itself that something was cut: `... [truncated]`.
  case truncatedByMarker = "truncated_by_marker"
  /// A line of the trace stands on two.
  case lineSplit = "line_split"
  /// A line between frames starts like one and cannot be read.
  case badFrame = "bad_frame"
  /// A frame whose place in its file cannot be read.
  case badLocation = "bad_location"
  /// A cause deeper than its exception, a suppressed one or a sentence without the exception before it.
  case badChain = "bad_chain"
  /// Two traces are woven, and nothing tells their lines apart.
  case interleaved = "interleaved"
  /// Several frames on one line, and no separator that can be proven.
  case newlinesLost = "newlines_lost"
  /// Percent escapes or quoted-printable text.
  case encodedPayload = "encoded_payload"
  /// An escape that no string knows.
  case badEscape = "bad_escape"
  /// The object is no JSON; its string was read nevertheless.
  case badJSON = "bad_json"
  /// An encoding that cannot be told.
  case unsupportedEncoding = "unsupported_encoding"
  /// A line of the trace is control bytes.
  case binaryGarbage = "binary_garbage"
  /// A message is longer than the limits, and no frame follows within them.
  case messageUnbounded = "message_unbounded"
  /// An exception without the name of its class.
  case typeMissing = "type_missing"
  /// A JVM's stacks of all threads: no exception.
  case threadDump = "thread_dump"
  /// Stacks of Python's fault handler: no exception.
  case faulthandler
  /// A crash of the virtual machine itself.
  case jvmFatalErrorLog = "jvm_fatal_error_log"
  /// A stack of native code.
  case nativeBacktrace = "native_backtrace"
  /// A Clojure exception as EDN data.
  case ednTrace = "edn_trace"
  /// An exception in jshell's layout.
  case jshell
  /// A traceback in rich's boxes.
  case richBox = "rich_box"
  /// A failure in pytest's layout.
  case pytestReport = "pytest_report"
  /// Frames without their words, as summaries of tests have them.
  case abbreviated
  /// A traceback as a page of a web framework.
  case htmlReport = "html_report"
  /// Another layout that is recognised and not read.
  case unsupportedFormat = "unsupported_format"
  /// A field for a trace that holds other text.
  case notATraceText = "not_a_trace_text"
  /// A limit of `ParseLimits` was reached.
  case limitExceeded = "limit_exceeded"
  /// A message holds frames, and no rule decides whose they are.
  case ambiguousNesting = "ambiguous_nesting"
  /// A pattern took too long.
  case internalLimit = "internal_limit"
}

/// What a reader should know of a trace that is nevertheless whole.
public enum TraceFlag: String, Sendable, Hashable, CaseIterable {
  /// Where an exception belongs was guessed: the indentation is lost.
  case indentLost = "indent_lost"
  /// Foreign lines inside were passed over.
  case interrupted
  /// Where Python's message ends was guessed.
  case messageEndGuessed = "message_end_guessed"
  /// A message or a line was longer than is kept.
  case messageTruncated = "message_truncated"
  /// A message holds a trace of its own, which stands with its exception.
  case embeddedTrace = "embedded_trace"
  /// The message is the word `null`: logback's mark for none.
  case logbackNull = "logback_null"
  /// An exception that was thrown without a stack.
  case noFrames = "no_frames"
  /// The place of a syntax error, which needs no traceback's header.
  case noHeader = "no_header"
  /// The further lines of a message may be notes (Python 3.11).
  case possibleNotes = "possible_notes"
  /// There are more frames than are kept.
  case framesCapped = "frames_capped"
  /// Traces stand in messages deeper than is followed.
  case nestingCapped = "nesting_capped"
  /// A cause behind other words than `Caused by:`.
  case nonstandardChain = "nonstandard_chain"
  /// A shrinker wrote its own names in the place of files.
  case obfuscated
  /// A frame is the mark between two coroutines' stacks.
  case boundary
  /// A traceback of Jython holds frames of the JVM.
  case mixedFrames = "mixed_frames"
  /// A stack that was printed without an exception.
  case stackOnly = "stack_only"
  /// Bytes of the region are not UTF-8.
  case invalidUTF8 = "invalid_utf8"
}

/// How an exception hangs together with its parent; the first of a trace has none.
public enum Relation: String, Sendable, Hashable {
  case causedBy = "caused_by"
  case suppressed
  case wrappedBy = "wrapped_by"
  case cause
  case context
  case member
}
