public import Comparison

/// One record that is not as its golden says.
public struct GoldenChange: Sendable, Hashable {
  /// What the golden has; nil for a record that it does not have.
  public var old: GoldenRecord?
  /// What was found; nil for a record that is gone.
  public var new: GoldenRecord?
  /// Why; nil where a record came or went.
  public var cause: Cause?

  /// What is the same for changes that a person would decide alike: what became what, and why. Places are no part.
  public var signature: String {
    let rules = cause.map { [$0.old.rule, $0.new.rule].map { $0.map(Self.name) ?? "" } } ?? []
    let why = cause.map { [$0.kind.rawValue, $0.subject, $0.old.text, $0.new.text] } ?? []
    let what = [old?.outcome.group ?? "none", new?.outcome.group ?? "none"]
    return (what + why + rules).joined(separator: "\u{0}")
  }

  private static func name(_ rule: RuleReference) -> String {
    "\(rule.source) \(rule.text ?? "\(rule.line)")"
  }

  /// The record's line in the input, as it is now where it is there.
  public var line: Int { new?.line ?? old?.line ?? 0 }
  public var title: String { new?.outcome.title ?? old?.outcome.title ?? "" }
}

/// An input and its golden compared.
public struct GoldenComparison: Sendable {
  public enum Verdict: Sendable {
    case passed
    /// Some records are not as expected.
    case changed([GoldenChange])
    /// There is no golden for the input.
    case missing
    /// There is no input for the golden.
    case orphaned
    /// The golden cannot be used.
    case broken(GoldenError)
    /// The input could not be read.
    case unreadable(String)
  }

  /// The input's path.
  public var input: String
  /// The golden's path.
  public var golden: String
  public var verdict: Verdict
  /// How many records there are now.
  public var records = 0
  /// What is another as when the golden was written, a sentence each: the input, the configuration, rules.
  public var circumstances: [String] = []
  /// Whether the input is the one that the golden was written of.
  public var isSameInput = true
  /// Whether nothing was changed by anyone that decides what is read from an input.
  private var isReadAlike = true

  public init(input: String, verdict: Verdict) {
    self.input = input
    golden = input + GoldenFile.suffix
    self.verdict = verdict
  }

  /// Compares what was found in an input with its golden.
  /// - Parameters:
  ///   - now: the configuration of the scan.
  ///   - mark: the input as it is now.
  /// - Complexity: O(records); O(records × changes) where the input itself changed.
  public init(
    input: String, _ golden: GoldenFile, found: [GoldenRecord], now: GoldenConfiguration,
    mark: GoldenFile.Input
  ) {
    self.init(input: input, verdict: .passed)
    records = found.count
    isSameInput = golden.input == mark
    circumstances = golden.configuration.differences(to: now)
    isReadAlike = isSameInput && golden.configuration.isReadAlike(now)
    if !isSameInput {
      let text = "the input is another: \(golden.input.bytes) bytes before, \(mark.bytes) now"
      circumstances.insert(
        golden.input.bytes == mark.bytes ? "the input is another of equal size" : text, at: 0)
    }
    let changes = GoldenAlignment(golden.records, found, byLine: isSameInput).compactMap(Self.change)
    if !changes.isEmpty { verdict = .changed(changes) }
  }

  static func change(_ pair: GoldenAlignment.Pair) -> GoldenChange? {
    guard let old = pair.old, let new = pair.new else {
      return GoldenChange(old: pair.old, new: pair.new, cause: nil)
    }
    return Cause.between(old.outcome, new.outcome).map { GoldenChange(old: old, new: new, cause: $0) }
  }

  public var hasPassed: Bool {
    if case .passed = verdict { return true }
    return false
  }

  /// Where a change comes from, as far as the circumstances tell.
  public func origin(of change: GoldenChange) -> String {
    guard isSameInput else { return "the input changed" }
    let isReading = change.cause.map { $0.kind == .parsing } ?? true
    if isReading, isReadAlike { return "the parser changed, as the input is the same" }
    guard circumstances.isEmpty else { return circumstances.joined(separator: "; ") }
    return change.cause?.kind == .hash
      ? "the golden was edited, or tracesift hashes the same parts in another way"
      : "tracesift itself changed, as input, rules and configuration are the same"
  }
}

/// Which record of a golden is which one of those found now.
struct GoldenAlignment {
  typealias Pair = (old: GoldenRecord?, new: GoldenRecord?)
  private(set) var pairs: [Pair] = []

  /// - Parameter byLine: the input is the same, so a record stands where it stood.
  init(_ old: [GoldenRecord], _ new: [GoldenRecord], byLine: Bool) {
    let (before, after) = byLine ? (Self.places(old), Self.places(new)) : (Self.names(old), Self.names(new))
    let difference = after.difference(from: before)
    var gone: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, gone.contains(left) {
        pairs.append((old[left], nil))
        left += 1
      } else if right < new.count, added.contains(right) {
        pairs.append((nil, new[right]))
        right += 1
      } else {
        pairs.append((old[left], new[right]))
        (left, right) = (left + 1, right + 1)
      }
    }
  }

  private static func places(_ records: [GoldenRecord]) -> [String] { records.map { String($0.line) } }

  private static func names(_ records: [GoldenRecord]) -> [String] {
    records.map { record in
      let frames = record.outcome.exceptions.flatMap { [$0.type ?? ""] + $0.frames.map(\.name) }
      return (frames.isEmpty ? [record.outcome.title] : frames).joined(separator: "\u{0}")
    }
  }

  func compactMap<Result>(_ transform: (Pair) -> Result?) -> [Result] { pairs.compactMap(transform) }
}
