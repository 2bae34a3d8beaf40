import TestSupport
import Testing
import TraceSift

@testable import Report

/// The parts of a group's row against plain ways of computing the same.
@Suite struct RecordTimeTests {
  /// Seconds from `date -u -d … +%s`.
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2024-02-29T23:59:59", 1_709_251_199),
    ("2026-03-05T10:12:15.626", 1_772_705_535), ("2026-03-05T10:12:15,626", 1_772_705_535),
    ("2026-03-05T10:12:15.626+05:30", 1_772_685_735), ("2026-03-05T10:12:15-08:00", 1_772_734_335),
    ("1969-12-31T23:59:59Z", -1), ("2000-01-01 00:00:00", 946_684_800),
    ("9999-12-31T23:59:59", 253_402_300_799),
    ("0000-03-01T00:00:00", -62_162_035_200),
  ])
  func seconds(_ text: String, _ seconds: Int64) throws {
    #expect(try #require(RecordTime(text)).seconds == seconds)
  }

  @Test(arguments: [
    "1970-01-01T00:00:00", "2026-03-05T10:12:15.626", "2026-03-05T10:12:15.000100Z",
    "2026-03-05T10:12:15.123456789+05:30", "2026-03-05T10:12:15-08:00", "2024-02-29T00:00:00Z",
  ])
  func isWrittenAsRead(_ text: String) throws {
    #expect(try #require(RecordTime(text)).text == text)
  }

  @Test(arguments: [
    "", "2026", "2026-13-05T10:12:15", "2026-00-05T10:12:15", "2026-03-32T10:12:15", "2026-03-05T24:12:15",
    "2026-03-05T10:60:15", "2026-03-05T10:12:61", "2026-03-0xT10:12:15",
  ])
  func isNoTime(_ text: String) { #expect(RecordTime(text) == nil) }

  @Test func order() throws {
    let ordered = [
      "2026-03-05T10:12:15", "2026-03-05T10:12:15Z", "2026-03-05T10:12:15.000001", "2026-03-05T10:12:15.5",
      "2026-03-05T09:12:16-01:00", "2026-03-05T10:12:17",
    ]
    let times = try ordered.map { try #require(RecordTime($0)) }
    for (left, right) in zip(times, times.dropFirst()) { #expect(left < right && !(right < left)) }
  }
}

@Suite struct TimeHistogramTests {
  /// The smallest power of two for which all fits, and how many fall into each stretch.
  private func plain(_ seconds: [Int64]) -> (width: Int, start: Int, counts: [Int]) {
    guard let low = seconds.min(), let high = seconds.max() else { return (1, 0, []) }
    var shift: Int64 = 0
    while high >> shift - low >> shift >= Int64(TimeHistogram.mostBuckets) { shift += 1 }
    var counts = [Int](repeating: 0, count: Int(high >> shift - low >> shift) + 1)
    for second in seconds { counts[Int(second >> shift - low >> shift)] += 1 }
    return (1 << Int(shift), Int(low >> shift) << Int(shift), counts)
  }

  private func histogram(_ seconds: [Int64]) -> TimeHistogram {
    var histogram = TimeHistogram()
    for second in seconds { histogram.add(second) }
    return histogram
  }

  @Test(arguments: 0..<200) func asCountedPlainly(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let spread = Int64(1) << Int64.random(in: 0...38, using: &random)
    let base = Int64.random(in: -1 << 36...1 << 37, using: &random)
    let seconds = (0..<Int.random(in: 1...80, using: &random)).map { _ in
      base + Int64.random(in: 0...spread, using: &random)
    }
    let (whole, expected) = (histogram(seconds), plain(seconds))
    #expect(whole.width == expected.width && whole.start == expected.start && whole.counts == expected.counts)

    // Any split, in any order.
    var parts = [TimeHistogram](repeating: TimeHistogram(), count: Int.random(in: 1...6, using: &random))
    for second in seconds { parts[Int.random(in: parts.indices, using: &random)].add(second) }
    while parts.count > 1 {
      let part = parts.remove(at: Int.random(in: parts.indices, using: &random))
      parts[Int.random(in: parts.indices, using: &random)].merge(part)
    }
    #expect(parts[0] == whole)
    #expect(TimeHistogram(width: whole.width, start: whole.start, counts: whole.counts) == whole)
  }

  @Test(arguments: [
    (3, 0, [1]), (0, 0, [1]), (-2, 0, [1]), (4, 2, [1]), (1, 0, [0, 1]), (1, 0, [1, 0]),
    (1, 0, [Int](repeating: 1, count: 65)), (1, Int.max, [1]),
  ])
  func noneThatCouldBe(_ width: Int, _ start: Int, _ counts: [Int]) {
    #expect(TimeHistogram(width: width, start: start, counts: counts) == nil)
  }

  @Test func drawnOverAnother() {
    let whole = histogram([0, 10, 1000])
    #expect(whole.width == 16)
    #expect(histogram([1, 2, 40]).counts(over: whole) == [2, 0, 1] + [Int](repeating: 0, count: 60))
  }
}

@Suite struct NamedCountsTests {
  @Test(arguments: 0..<100) func asCountedPlainly(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let names = (0..<Int.random(in: 1...400, using: &random)).map { _ in
      "n\(Int.random(in: 0..<60, using: &random))"
    }
    var totals: [String: Int] = [:]
    for name in names { totals[name, default: 0] += 1 }
    let kept = totals.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
      .prefix(NamedCounts.mostNames)

    var parts = [NamedCounts](repeating: NamedCounts(), count: 5)
    for name in names { parts[Int.random(in: 0..<5, using: &random)].add(name) }
    while parts.count > 1 {
      let part = parts.remove(at: Int.random(in: parts.indices, using: &random))
      parts[Int.random(in: parts.indices, using: &random)].merge(part)
    }
    #expect(parts[0].entries.map(\.name) == Array(kept))
    #expect(parts[0].entries.map(\.count) == kept.map { totals[$0] })
    #expect(parts[0].others == names.count - parts[0].entries.reduce(0) { $0 + $1.count })
  }

  /// Long names are cut between characters.
  @Test func longNames() {
    var names = NamedCounts()
    names.add("a" + String(repeating: "é", count: 200))
    names.add("a" + String(repeating: "é", count: 300))
    #expect(names.entries.map(\.name) == ["a" + String(repeating: "é", count: 127)])
    #expect(names.entries[0].count == 2)
  }
}

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｈａ", 4), ("한국", 4), ("👩‍🚀", 4), ("🚀", 2),
    ("‼", 1),
    ("a\u{200B}b", 2),
  ])
  func cells(_ text: String, _ cells: Int) { #expect(TerminalText.cells(text) == cells) }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("日本語", 6, "日本語"), ("日本語", 2, "…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func cut(_ text: String, _ width: Int, _ expected: String) {
    #expect(TerminalText.cut(text, to: width) == expected)
    #expect(TerminalText.cells(TerminalText.cut(text, to: width)) <= width)
  }
}

@Suite struct NumbersTests {
  @Test(arguments: [
    (UInt64(0), "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_450_000, "1.5 MB"), (45_000_000, "45 MB"),
    (999_600_000, "1.0 GB"), (3_000_000_000_000, "3.0 TB"), (.max, "18 EB"),
  ])
  func bytes(_ count: UInt64, _ text: String) { #expect(Numbers.bytes(count) == text) }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
  func grouped(_ number: Int, _ text: String) { #expect(Numbers.grouped(number) == text) }

  @Test(arguments: [(0.0, "0:00"), (0.2, "0:01"), (61, "1:01"), (3600, "1:00:00"), (86_399.5, "24:00:00")])
  func duration(_ seconds: Double, _ text: String) { #expect(Numbers.duration(seconds) == text) }

  @Test(arguments: [(1, 3, "0.3333", "33.3%"), (1, 1, "1.0000", "100.0%"), (0, 0, "0.0000", "0.0%")])
  func share(_ part: Int, _ whole: Int, _ fraction: String, _ percent: String) {
    #expect(Share(part, of: whole).fraction == fraction && Share(part, of: whole).percent == percent)
  }
}

@Suite struct ProgressTextTests {
  @Test(arguments: [
    (
      UInt64(350_000_000), UInt64(1_000_000_000) as UInt64?, 2.0, 80,
      "35% of 1.0 GB, 175 MB/s, 0:04 left, 7 traces"
    ),
    (350_000_000, nil, 2, 80, "350 MB, 175 MB/s, 7 traces"), (0, nil, 2, 80, "0 B, 7 traces"),
    (2_000, 1_000, 2, 80, "100% of 1.0 kB, 1.0 kB/s, 7 traces"), (0, 0, 2, 80, "0 B, 7 traces"),
    (350_000_000, 1_000_000_000, 2, 40, "35% of 1.0 GB, 175 MB/s, 0:04 left"),
    (350_000_000, 1_000_000_000, 2, 20, "35% of 1.0 GB"), (350_000_000, 1_000_000_000, 2, 6, "35% o…"),
  ])
  func line(_ bytes: UInt64, _ total: UInt64?, _ seconds: Double, _ width: Int, _ text: String) {
    let progress = ScanProgress(bytes: bytes, totalBytes: total, traces: 7)
    #expect(ProgressText.line(progress, seconds: seconds, width: width) == text)
  }
}
