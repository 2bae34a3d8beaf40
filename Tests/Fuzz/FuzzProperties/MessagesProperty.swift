import Grouping
import PCRE2
import Synchronization
import TestOracles

/// Message parameterization: the scanner's answer is that of one search for all patterns.
enum MessagesProperty {
  static func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let scratch = MatchScratch()
    let ours = MessageParameterization.parameterize(text, using: scratch)
    let hashed = MessageParameterization.normalize(text, using: scratch)
    try require(hashed.text == MessageParameterization.trim(ours.text), "normalizing is not both steps")
    try require(hashed.hitLimit == ours.hitLimit, "one of two equal runs met a limit")
    // The slow twin takes the square of the length, or worse.
    guard text.utf8.count <= 2000 else { return }
    try require(!ours.hitLimit, "a short text meets a limit")
    let wanted = try oracle.withLock { try $0.parameterize(text) }
    try require(ours.text == wanted, "\(ours.text)\nshould be\n\(wanted)")
  }

  private static let oracle = Mutex(Oracle())
}

/// The slow twin, compiled once: its scratch is for one thread at a time.
private final class Oracle {
  private let oracle: MessageOracle?

  init() { oracle = try? MessageOracle() }

  func parameterize(_ text: String) throws -> String {
    guard let answer = oracle?.parameterize(text) else {
      throw PropertyFailure("the patterns do not compile")
    }
    return answer
  }
}
