/// Why a trace is degraded or a region could not be parsed.
///
/// The raw values are the codes of the record schema; they are a contract and never change.
public enum Reason: String, Sendable, Hashable, CaseIterable {
  case missingHeader = "missing_header"
  case missingExceptionLine = "missing_exception_line"
  case noFrames = "no_frames"
  case truncatedAtEOF = "truncated_at_eof"
  case truncatedLine = "truncated_line"
  case truncatedByMarker = "truncated_by_marker"
  case lineSplit = "line_split"
  case badFrame = "bad_frame"
  case badLocation = "bad_location"
  case badChain = "bad_chain"
  case interleaved = "interleaved"
  case newlinesLost = "newlines_lost"
  case encodedPayload = "encoded_payload"
  case badEscape = "bad_escape"
  case badJSON = "bad_json"
  case unsupportedEncoding = "unsupported_encoding"
  case binaryGarbage = "binary_garbage"
  case messageUnbounded = "message_unbounded"
  case typeMissing = "type_missing"
  case threadDump = "thread_dump"
  case faulthandler
  case jvmFatalErrorLog = "jvm_fatal_error_log"
  case nativeBacktrace = "native_backtrace"
  case ednTrace = "edn_trace"
  case jshell
  case richBox = "rich_box"
  case pytestReport = "pytest_report"
  case abbreviated
  case htmlReport = "html_report"
  case unsupportedFormat = "unsupported_format"
  case notATraceText = "not_a_trace_text"
  case limitExceeded = "limit_exceeded"
  case ambiguousNesting = "ambiguous_nesting"
  case internalLimit = "internal_limit"
}

/// What a reader should know of a trace that is nevertheless whole.
public enum TraceFlag: String, Sendable, Hashable, CaseIterable {
  case indentLost = "indent_lost"
  case interrupted
  case messageEndGuessed = "message_end_guessed"
  case messageTruncated = "message_truncated"
  case embeddedTrace = "embedded_trace"
  case logbackNull = "logback_null"
  case noFrames = "no_frames"
  case noHeader = "no_header"
  case possibleNotes = "possible_notes"
  case framesCapped = "frames_capped"
  case nestingCapped = "nesting_capped"
  case nonstandardChain = "nonstandard_chain"
  case obfuscated
  case boundary
  case mixedFrames = "mixed_frames"
  case stackOnly = "stack_only"
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
