import Grouping
import PCRE2

/// Mode `messages`: `{id, text}` to `{parameterized, expected}`.
enum MessagesMode {
  static func answer(_ object: [String: Any]) -> [String: Any] {
    let scratch = MatchScratch()
    let result = MessageParameterization.parameterize(object["text"] as? String ?? "", using: scratch)
    return ["parameterized": result.text, "expected": MessageParameterization.trim(result.text)]
  }
}
