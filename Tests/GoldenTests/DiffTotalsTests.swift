import Testing
import TraceSift

@testable import Comparison

/// Bounds of what a comparison keeps.
@Suite struct DiffTotalsTests {
  private let place = TracePlace(source: "a.log", offset: 0, length: 1, linesBefore: 6, lines: 1, id: 0)

  /// Pairs of groups are capped, and what is beyond is counted; pairs that are known go on counting.
  @Test func pairsAreCapped() {
    var all = DiffTotals()
    for part in 0..<3 {
      var totals = DiffTotals()
      for number in 0..<50_000 {
        totals.add(GroupPair(old: "\(part) \(number)", new: "same"), "title", at: place)
      }
      totals.add(GroupPair(old: "0 0", new: "same"), "title", at: place)
      all.add(totals, linesBefore: 10)
    }
    #expect(all.records == 150_003)
    #expect(all.pairs.count == DiffTotals.mostPairs)
    #expect(all.beyond == 50_000)
    // The first ones of the input.
    #expect(all.pairs.keys.allSatisfy { !$0.old.hasPrefix("2") })
    #expect(all.pairs[GroupPair(old: "0 0", new: "same")]?.count == 4)
    #expect(all.pairs[GroupPair(old: "0 0", new: "same")]?.line == 17)
  }
}
