import Grouping
import PCRE2

/// What is hashed of a message: parts replaced, first two lines kept.
func messageBenchmarks() {
  let texts: [(name: String, text: String, expected: String)] = [
    (
      "typical", "Connection to 10.0.0.1:5432 refused after 30s (attempt 5 of 10)",
      "Connection to <ip>:<int> refused after <duration> (attempt <int> of <int>)"
    ),
    (
      "plain", "Failed to read the configuration of the source connector now",
      "Failed to read the configuration of the source connector now"
    ),
    (
      "keyed", "Could not find user id=4711 name='Bob' flag=true in table users_2",
      "Could not find user id=<int> name=<quoted_str> flag=<bool> in table users_2"
    ),
  ]
  for (name, text, expected) in texts {
    measure("message/1000 \(name) of \(text.utf8.count) bytes", expect: 1000 * expected.utf8.count) {
      MessageScratch()
    } body: { scratch in
      (0..<1000).reduce(0) { count, _ in
        count + MessageParameterization.normalize(text, using: scratch.match).text.utf8.count
      }
    }
  }
  // Each costs the square of its length where patterns are simply searched for.
  for (unit, expected) in [
    ("a.", 1_000_000), ("1.", 625_000), ("Jan ", 1_000_000), ("f-", 1_000_000), ("=\"x", 2_333_327),
  ] {
    measure("message/1 MB of \(unit)", expect: expected) {
      (scratch: MessageScratch(), text: String(repeating: unit, count: 1_000_000 / unit.utf8.count))
    } body: { batch in
      MessageParameterization.normalize(batch.text, using: batch.scratch.match).text.utf8.count
    }
  }
}

private final class MessageScratch {
  let match = MatchScratch()
}
