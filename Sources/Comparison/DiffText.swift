internal import Report

/// A comparison for people at a terminal.
public struct DiffText {
  /// Further flows of one change are counted.
  private static let mostFlows = 12

  private let report: DiffReport
  private let names: SideNames
  private let isColoured: Bool
  private var output = ""

  /// - Parameters:
  ///   - names: what to call the two configurations.
  ///   - isColoured: with ANSI's codes for bold and dim.
  public init(_ report: DiffReport, _ names: SideNames, isColoured: Bool) {
    self.report = report
    self.names = names
    self.isColoured = isColoured
  }

  /// The whole text, its last line end included.
  /// - Complexity: O(changes).
  public func text() -> String {
    var writer = self
    writer.writeTotals()
    for change in report.changes { writer.write(change) }
    writer.writeIdleRules()
    return writer.output
  }

  private mutating func add(_ line: String = "", indent: Int = 0) {
    output += String(repeating: " ", count: line.isEmpty ? 0 : indent) + line + "\n"
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func bold(_ text: String) -> String { styled(text, "1") }
  private func dim(_ text: String) -> String { styled(text, "2") }
  private func safe(_ text: String) -> String { PrintableText.line(text) }

  private static func right(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }

  // MARK: Totals

  private mutating func writeTotals() {
    add("old  \(safe(names.old))")
    add("new  \(safe(names.new))")
    add()
    let failures = report.failures > 0 ? ", \(report.failures) of them failures" : ""
    add("\(Count.of(report.records, "record"))\(failures)")
    add("\(Count.of(report.groupsBefore, "group")) before, \(report.groupsAfter) after")
    add()
    let width = max(4, String(report.groupsBefore).utf8.count)
    add("unchanged  \(Self.right(report.unchanged, width))", indent: 2)
    for kind in GroupChange.Kind.allCases where kind != .unchanged {
      let padding = String(repeating: " ", count: 11 - kind.rawValue.utf8.count)
      add(
        "\(kind.rawValue)\(padding)\(Self.right(report.count(kind), width))  \(explanation(kind))", indent: 2)
    }
    add(
      "moved      \(Self.right(report.moved, width))  \(Count.share(report.moved, of: report.records))",
      indent: 2)
    guard report.beyond > 0 else { return }
    add(
      "\(Count.of(report.beyond, "record")) more in groups beyond the first \(DiffTotals.mostPairs)",
      indent: 2)
  }

  private func explanation(_ kind: GroupChange.Kind) -> String {
    let changes = report.changes.filter { $0.kind == kind }
    guard !changes.isEmpty else { return "" }
    let before = changes.reduce(0) { $0 + $1.old.count }
    let after = changes.reduce(0) { $0 + $1.new.count }
    switch kind {
    case .split: return dim("\(Count.of(before, "group")) into \(after)")
    case .merged: return dim("\(Count.of(before, "group")) into \(after)")
    case .mixed: return dim("\(Count.of(before, "group")) became \(after) others, neither split nor merged")
    case .renamed, .unchanged: return dim("same records, another hash")
    }
  }

  // MARK: Changes

  private mutating func write(_ change: GroupChange) {
    add()
    let moved = change.moved == change.records ? "all" : String(change.moved)
    add(bold("\(change.headline), \(Count.of(change.records, "record")), \(moved) moved"))
    for flow in change.flows.prefix(Self.mostFlows) { write(flow) }
    if change.flows.count > Self.mostFlows {
      add(
        "and \(Count.of(change.flows.count - Self.mostFlows, "more flow")) (--format json has all)", indent: 2
      )
    }
  }

  private mutating func write(_ flow: GroupChange.Flow) {
    let count = Self.right(flow.records, 6)
    let way = flow.isMoved ? "\(flow.old) -> \(flow.new)" : "\(flow.old) stays"
    add("\(count)  \(way)  \(safe(flow.title))", indent: 2)
    add(dim("first: \(safe(flow.source)):\(flow.line)"), indent: 10)
    guard let cause = flow.cause else { return }
    add(safe(cause.subject), indent: 10)
    add("before: \(safe(cause.old.description))", indent: 12)
    add("after:  \(safe(cause.new.description))", indent: 12)
  }

  private mutating func writeIdleRules() {
    guard !report.idleRules.isEmpty else { return }
    add()
    add(bold("rules that do nothing here"))
    for idle in report.idleRules {
      add("\(safe(idle.rule.description))", indent: 2)
      add("\(idle.side.words): \(safe(idle.words))", indent: 4)
    }
  }
}

/// What to call two configurations.
public struct SideNames: Sendable {
  public var old: String
  public var new: String

  public init(old: String, new: String) {
    self.old = old
    self.new = new
  }
}

/// Numbers in sentences.
package enum Count {
  /// `1 group`, `2 groups`.
  package static func of(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// `12.5 %`; nothing of nothing is none.
  package static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0 %" }
    let tenths = (part * 1000 + whole / 2) / whole
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

extension IdleRule.Side {
  /// For a sentence.
  var words: String { self == .both ? "on both sides" : rawValue }
}

extension GroupChange {
  /// What became of how many.
  var headline: String {
    switch kind {
    case .unchanged, .renamed: kind.rawValue
    case .split: "split into \(new.count)"
    case .merged: "\(old.count) merged"
    case .mixed: "mixed, \(old.count) groups became \(new.count)"
    }
  }
}
