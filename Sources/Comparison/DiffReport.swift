internal import Grouping

/// What a change of configuration does to the groups of a corpus.
public struct DiffReport: Sendable {
  public internal(set) var records = 0
  /// Of them regions that could not be parsed.
  public internal(set) var failures = 0
  public internal(set) var groupsBefore = 0
  public internal(set) var groupsAfter = 0
  /// Groups that have the same hash and the same traces on both sides.
  public internal(set) var unchanged = 0
  /// What became of the others, those that move most traces first.
  public internal(set) var changes: [GroupChange] = []
  /// Project rules that did nothing, in the order of the sources.
  public internal(set) var idleRules: [IdleRule] = []
  /// Records that are in no group here, because there were more than `DiffTotals.mostPairs` pairs of them.
  public internal(set) var beyond = 0

  /// Records whose group has another hash than before.
  public var moved: Int { changes.reduce(0) { $0 + $1.moved } }

  /// How many changes there are of a kind.
  public func count(_ kind: GroupChange.Kind) -> Int { changes.count { $0.kind == kind } }

  init(_ totals: DiffTotals, old: GroupingEngine, new: GroupingEngine) {
    records = totals.records
    failures = totals.failures
    beyond = totals.beyond
    groupsBefore = Set(totals.pairs.keys.map(\.old)).count
    groupsAfter = Set(totals.pairs.keys.map(\.new)).count
    for pairs in GroupGraph(totals.pairs.keys).components() {
      let change = GroupChange(pairs.map { ($0, totals.pairs[$0]) })
      if change.kind == .unchanged { unchanged += 1 } else { changes.append(change) }
    }
    changes.sort { ($0.moved, $0.records, $1.sortKey) > ($1.moved, $1.records, $0.sortKey) }
    idleRules = IdleRule.all(old, totals.old, new, totals.new)
  }
}

/// Groups that hang together, because they share records: what became of them.
public struct GroupChange: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case unchanged
    /// One group became several.
    case split
    /// Several became one.
    case merged
    /// The same records under another hash.
    case renamed
    /// Several groups became several others in a way that is neither.
    case mixed
  }

  /// A group on one side.
  public struct Group: Sendable, Hashable {
    public var hash: String
    public var records: Int
  }

  /// The records that were in one group and are in one group now.
  public struct Flow: Sendable {
    public var old: String
    public var new: String
    public var records: Int
    /// Of the first record.
    public var title: String
    public var source: String
    /// 1-based line of the first record.
    public var line: UInt64
    /// Why the first record moved; nil where the hash is the same.
    public var cause: Cause?

    public var isMoved: Bool { old != new }
  }

  public let kind: Kind
  /// Largest first.
  public let old: [Group]
  public let new: [Group]
  /// Largest first.
  public let flows: [Flow]

  /// Records whose hash is another now.
  public var moved: Int { flows.reduce(0) { $0 + ($1.isMoved ? $1.records : 0) } }
  public var records: Int { flows.reduce(0) { $0 + $1.records } }

  var sortKey: String { old.first?.hash ?? "" }

  init(_ pairs: [(GroupPair, DiffTotals.Facts?)]) {
    flows = pairs.compactMap { pair, facts in
      facts.map {
        Flow(
          old: pair.old, new: pair.new, records: $0.count, title: $0.title, source: $0.source, line: $0.line,
          cause: $0.cause)
      }
    }.sorted { ($0.records, $1.old, $1.new) > ($1.records, $0.old, $0.new) }
    old = Self.groups(flows.map { ($0.old, $0.records) })
    new = Self.groups(flows.map { ($0.new, $0.records) })
    kind =
      switch (old.count, new.count) {
      case (1, 1): old[0].hash == new[0].hash ? .unchanged : .renamed
      case (1, _): .split
      case (_, 1): .merged
      default: .mixed
      }
  }

  private static func groups(_ parts: [(hash: String, records: Int)]) -> [Group] {
    var counts: [String: Int] = [:]
    for part in parts { counts[part.hash, default: 0] += part.records }
    return counts.map { Group(hash: $0.key, records: $0.value) }
      .sorted { ($0.records, $1.hash) > ($1.records, $0.hash) }
  }
}

/// Groups of both sides as nodes, pairs as edges.
private struct GroupGraph {
  private let pairs: [GroupPair]
  /// Each node's parent in the forest of its component; old and new groups are nodes of their own.
  private var parents: [Int] = []
  private var nodes: [String: Int] = [:]

  init(_ pairs: some Sequence<GroupPair>) {
    self.pairs = Array(pairs)
    for pair in self.pairs {
      let (one, other) = (root(node("old " + pair.old)), root(node("new " + pair.new)))
      if one != other { parents[one] = other }
    }
  }

  private mutating func node(_ name: String) -> Int {
    if let known = nodes[name] { return known }
    parents.append(parents.count)
    nodes[name] = parents.count - 1
    return parents.count - 1
  }

  /// Shortens the way as it goes.
  private mutating func root(_ start: Int) -> Int {
    var node = start
    while parents[node] != node {
      parents[node] = parents[parents[node]]
      node = parents[node]
    }
    return node
  }

  /// The pairs of each component.
  func components() -> some Collection<[GroupPair]> {
    var graph = self
    var found: [Int: [GroupPair]] = [:]
    for pair in pairs { found[graph.root(graph.node("old " + pair.old)), default: []].append(pair) }
    return found.values
  }
}
