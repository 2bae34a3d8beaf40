public import Grouping
internal import TraceModel
public import TraceSift

/// What a scan, or a part of it, says of two configurations. Parts add up in the order of the input.
public struct DiffTotals: Sendable {
  /// How many pairs of groups are kept apart; records of further ones are counted in `beyond`.
  public static let mostPairs = 100_000

  /// What is known of the records of one pair of groups.
  struct Facts: Sendable {
    var count = 0
    var failures = 0
    var title: String
    var source: String
    var line: UInt64
    /// Why the first record moved; nil where it did not.
    var cause: Cause?
  }

  /// What the rules of one side did.
  struct Use: Sendable {
    var rules = GroupingExplanation.RuleUse()
    /// Fingerprint rules that decided a fingerprint, by place.
    var fingerprints: Set<String> = []

    mutating func add(_ other: Use) {
      rules.add(other.rules)
      fingerprints.formUnion(other.fingerprints)
    }
  }

  private(set) var pairs: [GroupPair: Facts] = [:]
  /// The pairs in the order of the input, so that a full store keeps the same ones in every run.
  private var order: [GroupPair] = []
  private(set) var old = Use()
  private(set) var new = Use()
  /// Traces and failures.
  private(set) var records = 0
  private(set) var failures = 0
  /// Records whose pair of groups is not kept, because there were too many.
  private(set) var beyond = 0

  /// Counts one more record of a pair whose first one was handed on before, with all there is to say of it.
  mutating func add(_ pair: GroupPair, _ title: String, at place: TracePlace) {
    records += 1
    guard pairs[pair] == nil else {
      pairs[pair]?.count += 1
      return
    }
    add(pair, Facts(count: 1, title: title, source: place.source, line: place.linesBefore + 1))
  }

  mutating func add(
    _ both: Both, _ platform: Platform, _ reasons: [Reason], _ failure: Reason?, at place: TracePlace
  ) {
    old.add(both.old)
    new.add(both.new)
    let pair = both.pair
    var facts = Facts(title: both.new.result.title, source: place.source, line: place.linesBefore + 1)
    facts.count = 1
    facts.failures = failure == nil ? 0 : 1
    if pair.old != pair.new, pairs[pair] == nil {
      facts.cause = Cause.between(
        Outcome(both.old, platform: platform, reasons: reasons, failure: failure),
        Outcome(both.new, platform: platform, reasons: reasons, failure: failure))
    }
    records += 1
    failures += facts.failures
    add(pair, facts)
  }

  /// Adds a later part's.
  /// - Parameter linesBefore: what its places lack.
  mutating func add(_ later: DiffTotals, linesBefore: UInt64) {
    old.add(later.old)
    new.add(later.new)
    records += later.records
    failures += later.failures
    beyond += later.beyond
    for pair in later.order {
      guard var facts = later.pairs[pair] else { continue }
      facts.line += linesBefore
      add(pair, facts)
    }
  }

  private mutating func add(_ pair: GroupPair, _ facts: Facts) {
    if pairs[pair] != nil {
      pairs[pair]?.count += facts.count
      pairs[pair]?.failures += facts.failures
    } else if pairs.count < Self.mostPairs {
      pairs[pair] = facts
      order.append(pair)
    } else {
      beyond += facts.count
    }
  }
}

extension DiffTotals.Use {
  fileprivate mutating func add(_ explanation: GroupingExplanation) {
    rules.add(explanation.ruleUse)
    if let rule = explanation.rule { fingerprints.insert("\(rule.source):\(rule.line)") }
  }
}

/// Takes a scan's parts and adds them up.
public struct DiffCollector: ScanDelegate {
  private let old: GroupingEngine
  private let new: GroupingEngine
  public private(set) var totals = DiffTotals()
  /// Inputs that could not be read.
  public private(set) var problems: [InputProblem] = []

  /// - Parameters:
  ///   - old: the configuration of the scan.
  ///   - new: the one that it is compared with.
  public init(old: GroupingEngine, new: GroupingEngine) {
    self.old = old
    self.new = new
  }

  public func makeSink() -> DiffSink { DiffSink(old: old, new: new) }

  public mutating func finished(_ sink: DiffSink, linesBefore: UInt64) -> Bool {
    totals.add(sink.found, linesBefore: linesBefore)
    return true
  }

  public mutating func failed(_ problem: InputProblem) { problems.append(problem) }

  /// What the two configurations make of the scan.
  /// - Complexity: O(pairs of groups × log pairs + rules).
  public func report() -> DiffReport { DiffReport(totals, old: old, new: new) }
}
