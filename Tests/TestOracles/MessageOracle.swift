import Grouping
import PCRE2

/// The patterns of grouping.md's appendix A as one search, as the appendix says: the slow twin of `MessageScanner`.
package struct MessageOracle: ~Copyable {
  private let pattern: Pattern
  private let scratch = MatchScratch(matchLimit: 10_000_000)
  private let names: [String]

  private static let space =
    #"\x09-\x0d\x1c-\x20\x85\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"#
  private static let day = "(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)"
  private static let month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
  private static let zone = "(?:UT|GMT|[ECMP](?:ST|DT)|[A-IK-Z])"

  /// Compiles the pattern.
  package init() throws {
    let v4 = #"(?:(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])\.){3}(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])"#
    let h = "[0-9a-fA-F]{1,4}"
    let tlds = MessagePatterns.topLevelDomains.sorted { $0.count > $1.count }
    let tld = (tlds.map { $0.uppercased() } + tlds).joined(separator: "|")
    let six =
      "(?:(?:\(h):){7}\(h)|(?:\(h):){1,7}:|(?:\(h):){1,6}(?::\(h)){1,1}|(?:\(h):){1,5}(?::\(h)){1,2}|"
      + "(?:\(h):){1,4}(?::\(h)){1,3}|(?:\(h):){1,3}(?::\(h)){1,4}|(?:\(h):){1,2}(?::\(h)){1,5}|\(h):(?::\(h)){1,6}|"
      + ":(?:(?::\(h)){1,7}|:)|fe80:(?::[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]+|::(?:ffff(?::0{1,4})?:)?\(v4)|"
      + "(?:\(h):){1,4}:\(v4)\\b)"
    let list: [(String, String)] = [
      ("email", #"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*"#),
      ("url", #"\b(?:wss?|https?|ftp)://[^\s/$.?#].\S*"#),
      ("hostname", #"\b(?:[A-Za-z0-9-]{1,63}\.)+?(?:"# + tld + #")\b"#),
      ("ip", "(?<![0-9a-zA-Z_])" + six + "(?![0-9a-zA-Z])|\\b" + v4 + "\\b"),
      ("traceparent", #"\b00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\b|\b1-[0-9a-f]{8}-[0-9a-f]{24}\b"#),
      ("uuid", #"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"#),
      ("sha1", #"\b[0-9a-fA-F]{40}\b"#), ("md5", #"\b[0-9a-fA-F]{32}\b"#), ("date", Self.dates),
      ("duration", #"\b\d+ms|\d+(?:\.\d+)?s\b"#), ("swift_txn_id", #"\btx[0-9a-f]{21}-[0-9a-f]{10}\S*"#),
      (
        "hex",
        #"\b0[xX][0-9a-fA-F]+\b|(?:\b|(?<!\w)-)(?:(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{4,6}|(?=[A-F]*[0-9])"#
          + #"(?=[0-9]*[A-F])[0-9A-F]{4,6}|[0-9a-f]{8,128}|[0-9A-F]{8,128})\b"#
      ),
      ("git_sha", #"\b(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7}\b"#), ("float", #"-\d+\.\d+\b|\b\d+\.\d+\b"#),
      ("int", #"(?:\b|(?<!\w)-)\d{1,7}\b"#), ("quoted_str", #"(?<==)(?:'[^']+'|"[^"]+")"#),
      ("bool", "(?<==)(?:True|true|False|false)"),
    ]
    names = list.map(\.0)
    let source = list.map { "(\($0.1))" }.joined(separator: "|")
    pattern = try Pattern(Self.withPythonSpace(source), .unicode)
  }

  /// `\s` and `\S` written out: inside a class as its members, outside as a class.
  private static func withPythonSpace(_ source: String) -> String {
    var result = ""
    var isInClass = false
    var rest = source[...]
    while let first = rest.first {
      let pair = rest.prefix(2)
      if pair == #"\s"# || pair == #"\S"# {
        result += isInClass ? space : pair == #"\s"# ? "[" + space + "]" : "[^" + space + "]"
        rest = rest.dropFirst(2)
        continue
      }
      if first == "\\" {
        result += pair
        rest = rest.dropFirst(2)
        continue
      }
      if first == "[" { isInClass = true }
      if first == "]" { isInClass = false }
      result.append(first)
      rest = rest.dropFirst()
    }
    return result
  }

  private static var dates: String {
    [
      #"\#(day),\s\d{1,2}\s\#(month)\s\d{2,4}\s\d{1,2}:\d{1,2}(?::\d{1,2})?\s(?:[-+]\d{2}[0-5]\d|\#(zone))"#,
      #"(?:\#(day)\s)?\#(month)\s[0-3]\d,\s\d{2,4}"#,
      #"(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday),\s\d{2}-"#
        + #"\#(month)-\d{2}\s\d{2}:\d{2}:\d{2}\s\#(zone)"#,
      #"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?(?:[+-]?\d{2}:\d{2})?"#,
      #"\#(day)\s\#(month)\s\d{2}\s\d{4}\s\d{2}:\d{2}:\d{2}\sGMT[+-]\d{4}(?:\s\([^)]+\))?"#,
      #"\d{4}-?[01]\d-?[0-3]\d[\sT][0-2]\d:?[0-5]\d(?::?[0-5]\d(?:\.\d+)?)?(?:[+-][0-2]\d:?[0-5]\d|Z)"#,
      #"\d{4}-?[01]\d-?[0-3]\d[\sT][0-2]\d:?[0-5]\d(?::?[0-5]\d(?:\.\d+)?)?"#,
      #"(?<!\d)(?:[1-9]|1[0-2]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?[aApP][Mm])?"#,
      #"(?<!\d)(?:0?\d|1\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"#, #"\d{4}-[01]\d-[0-3]\d"#,
      #"[0-2]\d:[0-5]\d:[0-5]\d"#,
      #"\b(?:\#(day)\s+)?\#(month)\s+\d{1,2}\s+\d{2}:\d{2}:\d{2}\s+\d{4}"#,
      #"\b(?:\#(day),\s+)?(?:0[1-9]|[1-2]?\d|3[01])\s+\#(month)\s+(?:19\d{2}|[2-9]\d{3})\s+(?:2[0-3]|[0-1]\d):"#
        + #"[0-5]\d(?::(?:60|[0-5]\d))?\s+(?:[-+]\d{2}[0-5]\d|\#(zone))"#,
      #"datetime.datetime\(.*?\)"#,
    ].joined(separator: "|")
  }

  /// The text with every part replaced.
  package func parameterize(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var start = 0
    while pattern.match(bytes.span, from: start, using: scratch) == .match, let whole = scratch.group(0) {
      let group = names.indices.first { scratch.group($0 + 1) != nil }!
      result += bytes[start..<whole.lowerBound] + Array("<\(names[group])>".utf8)
      start = whole.upperBound
    }
    return String(decoding: result + bytes[start...], as: UTF8.self)
  }
}
