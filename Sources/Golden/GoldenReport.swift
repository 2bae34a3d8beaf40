internal import Comparison
internal import Report
internal import TraceBytes

/// What a check of goldens found, for people.
public struct GoldenReport {
  /// Further lines of the same change are counted.
  private static let mostLines = 8

  private let isColoured: Bool
  private var output = ""

  /// - Parameter isColoured: with ANSI's codes for red, green and dim.
  public init(isColoured: Bool) { self.isColoured = isColoured }

  /// All inputs that did not pass, and the line of totals.
  /// - Complexity: O(changes).
  public func text(_ comparisons: [GoldenComparison]) -> String {
    var writer = self
    for comparison in comparisons { writer.write(comparison) }
    writer.add(Self.totals(comparisons))
    return writer.output
  }

  /// `N passed, N failed`.
  public static func totals(_ comparisons: [GoldenComparison]) -> String {
    let passed = comparisons.count { $0.hasPassed }
    return "\(passed) passed, \(comparisons.count - passed) failed"
  }

  /// A short name for a change or a file: eight hexadecimal digits, the same in every run.
  public static func id(of text: String) -> String {
    var key = KeyHash()
    key.combine(text)
    let digits = String(key.value, radix: 16)
    return String((String(repeating: "0", count: 16 - digits.utf8.count) + digits).prefix(8))
  }

  /// What is to be decided of a whole golden, in one line.
  public static func question(_ comparison: GoldenComparison) -> String {
    let what: String
    switch comparison.verdict {
    case .missing: what = "write a first golden (\(Count.of(comparison.records, "record")))"
    case .orphaned: what = "delete this golden, which has no input"
    case .broken(let error):
      what = "write it anew; line \(error.line): \(PrintableText.line(error.message))"
    default: what = comparison.headline
    }
    return "\(PrintableText.line(comparison.golden)): \(what)"
  }

  /// What is to be decided of changes that are alike, as a text of lines.
  /// - Parameters:
  ///   - places: `input:line` of each.
  ///   - comparison: that of the first one's input.
  public static func question(
    _ change: GoldenChange, at places: [String], in comparison: GoldenComparison?
  ) -> String {
    var writer = GoldenReport(isColoured: false)
    let rest = places.count > 1 ? " and \(places.count - 1) more" : ""
    writer.add("\(PrintableText.line(places.first ?? ""))\(rest): \(PrintableText.line(change.title))")
    writer.writeChange(change)
    if let comparison { writer.add("why: \(PrintableText.line(comparison.origin(of: change)))", indent: 4) }
    return writer.output
  }

  /// What became of one input, without what it is called.
  static func text(of comparison: GoldenComparison) -> String {
    var writer = GoldenReport(isColoured: false)
    writer.writeDetails(comparison)
    return writer.output
  }

  private mutating func add(_ line: String, indent: Int = 0) {
    output += String(repeating: " ", count: indent) + line + "\n"
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func safe(_ text: String) -> String { PrintableText.line(text) }

  // MARK: One input

  private mutating func write(_ comparison: GoldenComparison) {
    if comparison.hasPassed {
      guard !comparison.circumstances.isEmpty else { return }
      add("note    \(safe(comparison.input)): all as expected, but \(note(comparison))")
      return
    }
    add("\(styled("FAILED", "31"))  \(safe(comparison.input)): \(comparison.headline)")
    writeDetails(comparison)
    add("")
  }

  private func note(_ comparison: GoldenComparison) -> String {
    safe(comparison.circumstances.joined(separator: "; "))
  }

  private mutating func writeDetails(_ comparison: GoldenComparison) {
    switch comparison.verdict {
    case .passed: break
    case .changed(let changes):
      for circumstance in comparison.circumstances { add("since then: \(safe(circumstance))", indent: 2) }
      for alike in GoldenChange.alike(changes) { write(alike, comparison) }
      add("to accept: tracesift golden review, or tracesift golden update", indent: 2)
    case .missing:
      add("write it: tracesift golden update \(safe(GoldenPath.folder(of: comparison.input)))", indent: 2)
    case .orphaned:
      add("\(safe(comparison.golden)):1: there is no input \(safe(comparison.input))", indent: 2)
      add("restore the input, or delete the golden: tracesift golden update --prune", indent: 2)
    case .broken(let error):
      add("\(safe(comparison.golden)):\(error.line): \(safe(error.message))", indent: 2)
    case .unreadable(let reason): add(safe(reason), indent: 2)
    }
  }

  /// Changes that are the same but for their places.
  private mutating func write(_ changes: [GoldenChange], _ comparison: GoldenComparison) {
    guard let change = changes.first else { return }
    add("\(Self.lines(changes)): \(safe(change.title))", indent: 2)
    if let line = change.old?.goldenLine, line > 0 {
      add("expected at \(safe(comparison.golden)):\(line)", indent: 4)
    }
    writeChange(change)
    add("why: \(safe(comparison.origin(of: change)))", indent: 4)
  }

  private mutating func writeChange(_ change: GoldenChange) {
    writeGroups(change)
    guard let cause = change.cause else { return }
    add(safe(cause.subject), indent: 4)
    add(styled("- \(safe(cause.old.description))", "31"), indent: 4)
    add(styled("+ \(safe(cause.new.description))", "32"), indent: 4)
    writeHashed(change)
  }

  private mutating func writeGroups(_ change: GoldenChange) {
    let old = change.old.map { "group \($0.outcome.group)" } ?? "no such record"
    let new = change.new.map { "group \($0.outcome.group)" } ?? "the record is gone"
    guard old != new else { return add("\(safe(old)), as before", indent: 4) }
    add(styled("- \(safe(old))", "31"), indent: 4)
    add(styled("+ \(safe(new))", "32"), indent: 4)
  }

  /// How many frames count otherwise, beside the first.
  private mutating func writeHashed(_ change: GoldenChange) {
    guard let old = change.old?.outcome, let new = change.new?.outcome else { return }
    let count = zip(old.exceptions, new.exceptions).reduce(0) { sum, pair in
      sum + zip(pair.0.frames, pair.1.frames).count { $0.isOther(than: $1) }
    }
    if count > 1 { add("and \(Count.of(count - 1, "more frame")) of this trace", indent: 4) }
  }

  private static func lines(_ changes: [GoldenChange]) -> String {
    let numbers = changes.prefix(mostLines).map { String($0.line) }.joined(separator: ", ")
    let rest = changes.count > mostLines ? " and \(changes.count - mostLines) more" : ""
    return "\(changes.count == 1 ? "line" : "lines") \(numbers)\(rest)"
  }
}

extension GoldenChange {
  /// Changes of the same signature together, in the order of their first ones.
  public static func alike(_ changes: [GoldenChange]) -> [[GoldenChange]] {
    var order: [String] = []
    var found: [String: [GoldenChange]] = [:]
    for change in changes {
      let signature = change.signature
      if found[signature] == nil { order.append(signature) }
      found[signature, default: []].append(change)
    }
    return order.compactMap { found[$0] }
  }
}

extension GoldenComparison {
  /// What is wrong, in a few words.
  var headline: String {
    switch verdict {
    case .passed: "as expected"
    case .changed(let changes): "\(changes.count) of \(Count.of(records, "record")) not as expected"
    case .missing: "there is no golden for this input"
    case .orphaned: "the golden has no input"
    case .broken: "the golden cannot be used"
    case .unreadable: "the input could not be read"
    }
  }
}

extension Outcome.Frame {
  fileprivate func isOther(than other: Outcome.Frame) -> Bool {
    isInApp != other.isInApp || app != other.app || system != other.system || parts != other.parts
  }
}
