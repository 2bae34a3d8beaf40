internal import PCRE2
internal import TraceBytes

/// Tells lines that a logger wrote from lines that belong to a message.
///
/// The shapes are fixed ones, so that the answer depends on the line alone and a file can be cut
/// anywhere: a date or time first, a level first, an access log's address, syslog's priority, logcat, glog,
/// key=value, what AWS Lambda writes around a run, or a JSON object that is not the answer of a server.
enum LogLine {
  /// How surely a line is a logger's.
  enum Kind {
    /// By a time or by what only loggers write.
    case sure
    /// By a level or a date alone, which messages quote, too: so it is one only in a log whose other lines begin so.
    case doubtful
  }

  private static let levels: [StaticString] = [
    "TRACE", "DEBUG", "INFO", "WARNING", "WARN", "ERROR", "FATAL", "SEVERE", "CRITICAL", "NOTICE",
  ]

  private static let month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

  private static let level = "(?:\(levels.map(\.description).joined(separator: "|")))"

  /// What a server's answer begins with, and no logger's object.
  private static let answers =
    "errors?|error_?(?i:code|description|message)|code|status_?(?i:code)?|details?|fault|kind|success|ok"

  /// Names that loggers give to the time and the level, which an answer has not as a rule.
  private static let fields =
    "level|lvl|levelname|severity|@?timestamp|time|ts|asctime|logger|msg"

  private static let doubtful = [
    #"\[?\d{4}[-/.]\d\d[-/.]\d\d[ ,]"#,
    #"\[?\#(level)\]?[ \t|]"#,
    #"\[\#(level)\s*+[\]/]"#,
    #"\[(?:debug|info|warning|error|critical)\s*+\] "#,
    #"\#(level):(?:[\w.]++:| {3})"#,
  ]

  private static let shapes = [
    #"\[?\d{4}[-/.]\d\d[-/.]\d\d(?:T|[ ,]++(?:\d\d?:\d\d|\[?\#(level)))"#,
    #"\[task \d{4}-\d\d-\d\d[T ]"#,
    #"\[?\d\d[-/.]\d\d[-/.]\d\d(?:\d\d)?[T ,]++\d\d:\d\d"#,
    #"\[?\d\d:\d\d:\d\d[\] ,.]"#,
    #"\[?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?\#(month) ++\d{1,2},? ++(?:\d{4} )?\d{1,2}:\d\d"#,
    #"\[?\d{1,2}[-/ ]\#(month)[-/ ]\d{4}[ :,]++\d\d:\d\d"#,
    #"\d{2}-\d{2} \d\d:\d\d:\d\d\.\d"#,
    #"[0-9a-fA-F.:]{7,39} - \S++ \["#,
    #"<\d{1,3}>\d? ?\S"#,
    #"[VDIWEF]/[^(\n]{1,40}+\( *+\d++\): "#,
    #"[IWEF]\d{4} \d\d:\d\d:\d\d"#,
    #"(?:time|ts|level|timestamp)=\S"#,
    #"\{"(?!(?:\#(answers))"\s*+:(?![^\n]*"(?:\#(fields))"\s*+:))"#,
    #"####<"#,
    #"\[#\|"#,
    #"!(?:ENTRY|SUBENTRY|SESSION) "#,
    #"(?:START|END|REPORT) RequestId: "#,
  ]

  /// Compiled once for all workers; nil only if PCRE2 refuses, which a test rules out.
  private static let pattern = try? SharedPattern(
    (shapes + ["(\(doubtful.joined(separator: "|")))"]).joined(separator: "|"), .anchored)

  /// Whether the line's first bytes have the shape of a log line, and how sure that is.
  /// - Complexity: O(1) in practice: every alternative looks at a few dozen bytes at most, that of JSON at 256.
  static func kind(_ text: Span<UInt8>, _ line: TextLine, _ scratch: borrowing MatchScratch) -> Kind? {
    guard line.indent == 0, line.end - line.start >= 4 else { return nil }
    switch text[line.start] {
    case 0x30...0x39, 0x41...0x46, 0x49...0x4F, 0x52...0x57, 0x5B, 0x3C, 0x7B, 0x23, 0x21, 0x61...0x66, 0x74,
      0x6C:
      let head = text.extracting(line.start..<min(line.end, line.start + 256))
      guard pattern?.pattern.match(head, using: scratch) == .match else { return nil }
      return scratch.group(1) == nil ? .sure : .doubtful
    default: return nil
    }
  }
}

extension LogLine {
  /// Behind the level that a range begins with as a word of its own.
  static func levelEnd(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    // Most words are none.
    let end = range.prefix { (0x41...0x5A).contains(text[$0]) }.endIndex
    guard (4...8).contains(end - range.lowerBound), end == range.upperBound || !isWord(text[end]) else {
      return nil
    }
    return levels.contains {
      $0.utf8CodeUnitCount == end - range.lowerBound && text.has($0, at: range.lowerBound, before: end)
    }
      ? end : nil
  }

  /// Whether a line begins with a level, a colon and a blank, as many a console's do and many a tool's output that a message
  /// quotes: it is a log line where the one above the trace begins so, too.
  static func hasPlainLevel(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    guard line.indent == 0, (0x41...0x5A).contains(text[line.start]) else { return false }
    for level in plainLevels where text.has(level, at: line.start, before: line.end) { return true }
    return false
  }

  private static let plainLevels: [StaticString] = [
    "DEBUG: ", "INFO: ", "NOTICE: ", "WARN: ", "WARNING: ", "ERROR: ", "CRITICAL: ", "FATAL: ",
  ]

  private static let keyed = try? SharedPattern(
    #"[a-z][\w.]{0,30}+=\S[^\n]*? (?:level|lvl|severity)=["']?(?i:trace|debug|info|warn(?:ing)?|error|critical|fatal)\b"#,
    .anchored)

  /// Whether a line begins with a key and a value, and one behind these is the level: it is a log line where the trace or the
  /// line above it begins so, too.
  static func hasKeys(_ text: Span<UInt8>, _ line: TextLine, _ scratch: borrowing MatchScratch) -> Bool {
    guard line.indent == 0, line.end - line.start > 12, (0x61...0x7A).contains(text[line.start]),
      text.firstOffset(of: UInt8(ascii: "="), in: line.start..<min(line.end, line.start + 32)) != nil
    else { return false }
    let head = text.extracting(line.start..<min(line.end, line.start + 256))
    return keyed?.pattern.match(head, using: scratch) == .match
  }

  /// Whether a log line tells of trouble: frames right below it are its own, not those of the trace above.
  static func isSevere(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    let range = line.start..<min(line.end, line.start + 128)
    let words: [StaticString] = [
      "ERROR", "WARN", "FATAL", "SEVERE", "CRITICAL", "[error", "[warn", "[critical",
    ]
    return words.contains { text.firstOffset(of: $0, in: range) != nil }
  }
}

/// A pattern that all workers share.
final class SharedPattern: Sendable {
  let pattern: Pattern
  init(_ source: String, _ options: Pattern.Options = []) throws(PatternError) {
    pattern = try Pattern(source, options)
  }
}
