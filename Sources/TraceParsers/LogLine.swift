internal import PCRE2
internal import TraceBytes

/// Tells lines that a logger wrote from lines that belong to a message.
///
/// The shapes are fixed ones, so that the answer depends on the line alone and a file can be cut
/// anywhere: a date or time first, a level first, an access log's address, syslog's priority, logcat, glog,
/// key=value, or a JSON object.
enum LogLine {
  private static let level = "(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE|CRITICAL|NOTICE)"

  private static let shapes = [
    #"\[?\d{4}[-/.]\d\d[-/.]\d\d[T ,]"#,
    #"\[task \d{4}-\d\d-\d\d[T ]"#,
    #"\[?\d\d[-/.]\d\d[-/.]\d\d(?:\d\d)?[T ,]++\d\d:\d\d"#,
    #"\[?\d\d:\d\d:\d\d[\] ,.]"#,
    #"\[?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ++\d{1,2},? ++(?:\d{4} )?\d{1,2}:\d\d"#,
    #"\d{2}-\d{2} \d\d:\d\d:\d\d\.\d"#,
    #"\[?\#(level)\]?[ \t|]"#,
    #"\[\#(level)\s*+[\]/]"#,
    #"\[(?:debug|info|warning|error|critical)\s*+\] "#,
    #"\#(level):(?:[\w.]++:| {3})"#,
    #"[0-9a-fA-F.:]{7,39} - \S++ \["#,
    #"<\d{1,3}>\d? ?\S"#,
    #"[VDIWEF]/[^(\n]{1,40}+\( *+\d++\): "#,
    #"[IWEF]\d{4} \d\d:\d\d:\d\d"#,
    #"(?:time|ts|level|timestamp)=\S"#,
    #"\{""#,
    #"####<"#,
    #"\[#\|"#,
    #"!(?:ENTRY|SUBENTRY|SESSION) "#,
  ]

  /// Compiled once for all workers; nil only if PCRE2 refuses, which a test rules out.
  private static let pattern = try? SharedPattern(shapes.joined(separator: "|"), .anchored)

  /// Whether the line's first bytes have the shape of a log line.
  /// - Complexity: O(1) in practice: every alternative looks at a few dozen bytes at most.
  static func matches(_ text: Span<UInt8>, _ line: TextLine, _ scratch: borrowing MatchScratch) -> Bool {
    guard line.indent == 0, line.end - line.start >= 4 else { return false }
    switch text[line.start] {
    case 0x30...0x39, 0x41...0x46, 0x49...0x4F, 0x53...0x57, 0x5B, 0x3C, 0x7B, 0x23, 0x21, 0x61...0x66, 0x74,
      0x6C:
      let head = text.extracting(line.start..<min(line.end, line.start + 128))
      return pattern?.pattern.match(head, using: scratch) == .match
    default: return false
    }
  }
}

extension LogLine {
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
