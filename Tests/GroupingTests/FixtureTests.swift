import Enhancements
import EventReading
import Foundation
import PCRE2
import Testing

@testable import Grouping

/// Recorded answers of Sentry's own grouping.
@Suite struct FixtureTests {
  private static func cases(_ name: String) throws -> [[String: Any]] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "jsonl"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func events() throws {
    let cases = try Self.cases("events")
    #expect(cases.count > 50)
    for recorded in cases {
      let expected = try #require(recorded["expected"] as? [String: Any])
      let config = try #require(GroupingConfig(rawValue: recorded["config"] as? String ?? ""))
      let event = EventJSON.event(recorded["event"] as? [String: Any] ?? [:])
      let grouped = try ComponentTests.group(
        event, config, rules: recorded["rules"] as? String ?? "",
        fingerprintRules: recorded["fingerprint_rules"] as? String ?? "")
      #expect(grouped.hashes == expected["hashes"] as? [String], "case \(recorded["id"] ?? "")")
      let variants = try #require(expected["variants"] as? [String: [String: Any]])
      #expect(Set(grouped.variants.map(\.name)) == Set(variants.keys))
      for variant in grouped.variants {
        #expect(variant.contributes == variants[variant.name]?["contributes"] as? Bool)
        #expect(variant.hash == variants[variant.name]?["hash"] as? String)
      }
    }
  }

  @Test func messages() throws {
    let scratch = MatchScratch()
    for recorded in try Self.cases("messages") {
      let text = try #require(recorded["text"] as? String)
      let result = MessageParameterization.parameterize(text, using: scratch)
      #expect(result.text == recorded["parameterized"] as? String)
      #expect(MessageParameterization.trim(result.text) == recorded["expected"] as? String)
    }
  }
}
