internal import PCRE2

/// The kinds of text that make two messages differ without making them different, in the order in which they are
/// tried at one place (grouping.md, S7.3, version 2026-03).
public enum MessagePattern: String, Sendable, CaseIterable {
  case email, url, hostname, ip, traceparent, uuid, sha1, md5, date, duration
  case swiftTransactionID = "swift_txn_id"
  case hex
  case gitSHA = "git_sha"
  case float, int
  case quotedString = "quoted_str"
  case bool
}

/// The regular expressions of the message patterns, each compiled when a text first asks for it, since compiling
/// takes a third of a short run's time.
///
/// `email`, `hostname` and `datetime.datetime(…)` are not here: as expressions they cost the square of the text's
/// length on hostile text, so `MessageScanner` reads them by hand. All that is here is bounded at each place, but for
/// runs that are then consumed.
package final class MessagePatterns: Sendable {
  /// What can start anywhere that the scanner stops at; group n is `groups[n - 1]`.
  package static let general = try? MessagePatterns(alternation(comments: true))
  /// The same where no `)` follows: a date's comment would search the rest of the text for it each time.
  package static let generalBeforeNoParenthesis = try? MessagePatterns(alternation(comments: false))
  /// What may start inside a run of digits: a date, and behind a digit that is not ASCII an address; all else needs
  /// its left side free.
  package static let insideDigits = try? MessagePatterns(
    "(" + address + ")|(" + dates(comments: false) + ")")

  static let groups: [MessagePattern] = [
    .url, .ip, .traceparent, .uuid, .sha1, .md5, .date, .duration, .swiftTransactionID, .hex, .gitSHA, .float,
    .int,
    .quotedString, .bool,
  ]

  private let pattern: Pattern

  /// - Throws: `PatternError` only if PCRE2 cannot compile what is written here; a test says that it can.
  private init(_ source: String) throws(PatternError) {
    pattern = try Pattern(source, [.unicode, .anchored])
  }

  /// Matches at one place; the groups are then in `scratch`.
  func match(_ bytes: Span<UInt8>, at start: Int, using scratch: borrowing MatchScratch) -> MatchOutcome {
    pattern.match(bytes, from: start, using: scratch)
  }

  /// The hostname's last labels, in lower case; all upper case counts too, a mixture does not.
  package static let topLevelDomains: Set<String> = [
    "com", "net", "org", "jp", "de", "uk", "fr", "br", "it", "ru", "es", "me", "gov", "pl", "ca", "au",
    "cn", "co", "in", "nl", "edu", "info", "eu", "ch", "id", "at", "kr", "cz", "mx", "be", "tv", "se",
    "tr", "tw", "al", "ua", "ir", "vn", "cl", "sk", "ly", "cc", "to", "no", "fi", "us", "pt", "dk", "ar",
    "hu", "tk", "gr", "il", "news", "ro", "my", "biz", "ie", "za", "nz", "sg", "ee", "th", "io", "xyz",
    "pe", "bg", "hk", "rs", "lt", "link", "ph", "club", "si", "site", "mobi", "by", "cat", "wiki", "la",
    "ga", "xxx", "cf", "hr", "ng", "jobs", "online", "kz", "ug", "gq", "ae", "is", "lv", "pro", "fm",
    "tips", "ms", "sa", "app",
  ]

  /// The same, packed: one byte a letter.
  static let topLevelKeys = Set(topLevelDomains.map { $0.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } })

  // Python's classes, written out: PCRE2's own `\s` and, from 10.43 on, `\w` differ. `\b` next to a word character is a
  // look-around on the other side.
  private static let space =
    #"\x09-\x0d\x1c-\x20\x85\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"#
  private static let s = "[" + space + "]"
  private static let start = #"(?<![\p{L}\p{N}_])"#
  private static let end = #"(?![\p{L}\p{N}_])"#
  private static let day = "(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)"
  private static let month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
  private static let zone = "(?:UT|GMT|[ECMP](?:ST|DT)|[A-IK-Z])"
  private static let offset = #"(?:[-+]\d{2}[0-5]\d|"# + zone + ")"
  private static let v4 =
    #"(?:(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])\.){3}(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])"#
  private static let h4 = "[0-9a-fA-F]{1,4}"

  private static func alternation(comments: Bool) -> String {
    groups.map { "(" + ($0 == .date ? dates(comments: comments) : source(of: $0)) + ")" }.joined(
      separator: "|")
  }

  private static func source(of pattern: MessagePattern) -> String {
    switch pattern {
    case .url: start + "(?:wss?|https?|ftp)://[^" + space + "/$.?#].[^" + space + "]*"
    case .ip: address
    case .traceparent:
      start + "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]" + end + "|" + start + "1-[0-9a-f]{8}-[0-9a-f]{24}" + end
    case .uuid: start + "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}" + end
    case .sha1: start + "[0-9a-fA-F]{40}" + end
    case .md5: start + "[0-9a-fA-F]{32}" + end
    case .duration: start + #"\d++ms|\d++(?:\.\d++)?s"# + end
    case .swiftTransactionID: start + "tx[0-9a-f]{21}-[0-9a-f]{10}[^" + space + "]*"
    case .hex: hexadecimal
    case .gitSHA: start + "(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7}" + end
    case .float: #"-\d+\.\d+"# + end + "|" + start + #"\d+\.\d+"# + end
    case .int: start + #"-?\d{1,7}"# + end
    case .quotedString: #"(?<==)(?:'[^']+'|"[^"]+")"#
    case .bool: "(?<==)(?:True|true|False|false)"
    case .date, .email, .hostname: "(?!)"  // `dates`, and what is read by hand
    }
  }

  /// Version 6 with its short forms, then version 4.
  private static var address: String {
    var six = ["(?:\(h4):){7}\(h4)", "(?:\(h4):){1,7}:"]
    for tail in 1...5 { six.append("(?:\(h4):){1,\(7 - tail)}(?::\(h4)){1,\(tail)}") }
    six.append("\(h4):(?::\(h4)){1,6}")
    six.append(":(?:(?::\(h4)){1,7}|:)")
    six.append("fe80:(?::[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]+")
    six.append("::(?:ffff(?::0{1,4})?:)?" + v4)
    six.append("(?:\(h4):){1,4}:" + v4 + end)
    return "(?<![0-9a-zA-Z_])(?:" + six.joined(separator: "|") + ")(?![0-9a-zA-Z])|" + start + v4 + end
  }

  private static var hexadecimal: String {
    let short = ["a-f", "A-F"].map { "(?=[\($0)]*[0-9])(?=[0-9]*[\($0)])[0-9\($0)]{4,6}" }
    let long = ["a-f", "A-F"].map { "[0-9\($0)]{8,128}" }
    return start + "0[xX][0-9a-fA-F]+" + end + "|" + start + "-?(?:" + (short + long).joined(separator: "|")
      + ")" + end
  }

  /// Thirteen of the fourteen forms of grouping.md, S7.5, in its order.
  private static func dates(comments: Bool) -> String {
    let full = "(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)"
    let compact = #"\d{4}-?[01]\d-?[0-3]\d["# + space + #"T][0-2]\d:?[0-5]\d(?::?[0-5]\d(?:\.\d+)?)?"#
    let clock = #":[0-5]\d(?::[0-5]\d)?(?![\d:])"#
    return [
      day + "," + s + #"\d{1,2}"# + s + month + s + #"\d{2,4}"# + s + #"\d{1,2}:\d{1,2}(?::\d{1,2})?"# + s
        + offset,
      "(?:" + day + s + ")?" + month + s + #"[0-3]\d,"# + s + #"\d{2,4}"#,
      full + "," + s + #"\d{2}-"# + month + #"-\d{2}"# + s + #"\d{2}:\d{2}:\d{2}"# + s + zone,
      #"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?(?:[+-]?\d{2}:\d{2})?"#,
      day + s + month + s + #"\d{2}"# + s + #"\d{4}"# + s + #"\d{2}:\d{2}:\d{2}"# + s + #"GMT[+-]\d{4}"#
        + (comments ? "(?:" + s + #"\([^)]+\))?"# : ""),
      compact + #"(?:[+-][0-2]\d:?[0-5]\d|Z)"#,
      compact,
      #"(?<!\d)(?:[1-9]|1[0-2])"# + clock + "(?:" + s + "?[aApP][Mm])?",
      #"(?<!\d)(?:0?\d|1\d|2[0-3])"# + clock,
      #"\d{4}-[01]\d-[0-3]\d"#,
      #"[0-2]\d:[0-5]\d:[0-5]\d"#,
      start + "(?:" + day + s + "+)?" + month + s + #"+\d{1,2}"# + s + #"+\d{2}:\d{2}:\d{2}"# + s
        + #"+\d{4}"#,
      start + "(?:" + day + "," + s + #"+)?(?:0[1-9]|[1-2]?\d|3[01])"# + s + "+" + month + s
        + #"+(?:19\d{2}|[2-9]\d{3})"# + s + #"+(?:2[0-3]|[0-1]\d):[0-5]\d(?::(?:60|[0-5]\d))?"# + s + "+"
        + offset,
    ].joined(separator: "|")
  }
}
