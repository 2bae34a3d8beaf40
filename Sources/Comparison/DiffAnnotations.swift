internal import Enhancements

/// A comparison as annotations of a pull request on GitHub, each on the line of the rule behind it
/// (formats-around.md, section 7).
public enum DiffAnnotations {
  /// GitHub shows ten of a kind a step; one is kept for what is left out.
  static let most = 9

  /// The workflow commands, one a line, and a line of totals.
  /// - Parameter newFile: the rules after the change. What a rule did that is gone is told there, without a line: the
  ///   file that it stood in is none of the repository's.
  /// - Complexity: O(changes).
  public static func text(_ report: DiffReport, newFile: String?) -> String {
    let all = moves(report, newFile) + report.idleRules.filter { $0.side != .old }.map(command)
    var lines = Array(all.prefix(all.count == most + 1 ? most + 1 : most))
    if all.count > lines.count {
      let rest = "\(all.count - lines.count) more; tracesift rules diff --format html shows all"
      lines.append(WorkflowCommand(level: "notice", title: "tracesift", message: rest).line)
    }
    return (lines + [totals(report)]).map { $0 + "\n" }.joined()
  }

  private static func totals(_ report: DiffReport) -> String {
    let kinds = GroupChange.Kind.allCases.filter { $0 != .unchanged && report.count($0) > 0 }
      .map { "\(report.count($0)) \($0.rawValue)" }
    let parts = ["\(report.unchanged) unchanged"] + kinds
    return "\(report.moved) of \(Count.of(report.records, "record")) moved; groups: "
      + parts.joined(separator: ", ")
  }

  // MARK: What moved

  /// Where a change is told.
  private struct Place: Hashable {
    var file: String?
    var line: Int?

    init(_ cause: Cause?, _ newFile: String?) {
      if let rule = cause?.new.projectRule {
        (file, line) = (rule.source, rule.line)
      } else if cause?.old.projectRule != nil {
        file = newFile
      }
    }
  }

  /// Everything that one rule moves.
  private struct Moved {
    var place: Place
    var records = 0
    var groups: Set<String> = []
    var kinds: [GroupChange.Kind: Int] = [:]
    var largest: GroupChange.Flow
  }

  /// One command a rule, the one that moves most first.
  private static func moves(_ report: DiffReport, _ newFile: String?) -> [String] {
    var found: [Moved] = []
    var places: [Place: Int] = [:]
    for change in report.changes {
      var counted: Set<Int> = []
      for flow in change.flows where flow.isMoved {
        let shown = Place(flow.cause, newFile)
        let place = places[shown] ?? found.count
        if place == found.count { found.append(Moved(place: shown, largest: flow)) }
        places[shown] = place
        found[place].records += flow.records
        found[place].groups.insert(flow.old)
        if flow.records > found[place].largest.records { found[place].largest = flow }
        if counted.insert(place).inserted { found[place].kinds[change.kind, default: 0] += 1 }
      }
    }
    return found.enumerated().sorted { ($0.element.records, $1.offset) > ($1.element.records, $0.offset) }
      .map { command($0.element) }
  }

  private static func command(_ moved: Moved) -> String {
    let kinds = GroupChange.Kind.allCases.compactMap { kind in
      moved.kinds[kind].map { "\($0) \(kind.rawValue)" }
    }
    let what = "\(Count.of(moved.records, "record")) of \(Count.of(moved.groups.count, "group")) moved"
    var message = "\(what) (\(kinds.joined(separator: ", "))). Largest: \(moved.largest.title)"
    message += "\nfirst at \(moved.largest.source):\(moved.largest.line)"
    message += "\n\(moved.largest.old) -> \(moved.largest.new)"
    if let cause = moved.largest.cause {
      message += "\n\(cause.subject)\nbefore: \(cause.old.description)\nafter: \(cause.new.description)"
    }
    return WorkflowCommand(
      level: "warning", file: moved.place.file, row: moved.place.line, title: "tracesift: \(what)",
      message: message
    ).line
  }

  private static func command(_ idle: IdleRule) -> String {
    WorkflowCommand(
      level: "notice", file: idle.rule.source, row: idle.rule.line,
      title: "tracesift: rule does nothing here",
      message: "\(idle.rule.text ?? ""): \(idle.words)"
    ).line
  }
}

extension Cause.Side {
  /// The rule, if it is one of the project's.
  fileprivate var projectRule: RuleReference? {
    rule.flatMap { BaseRules(rawValue: $0.source) == nil ? $0 : nil }
  }
}

/// One of the commands that a step of a workflow prints to be shown with a change.
struct WorkflowCommand {
  /// `error`, `warning` or `notice`.
  var level: String
  /// Relative to the repository's root to be shown at a line.
  var file: String?
  var row: Int?
  var title: String
  var message: String

  var line: String {
    var properties: [String] = []
    if let file { properties.append("file=" + Self.escaped(file, isProperty: true)) }
    if let row { properties.append("line=\(row)") }
    properties.append("title=" + Self.escaped(title, isProperty: true))
    return "::\(level) \(properties.joined(separator: ","))::\(Self.escaped(message, isProperty: false))"
  }

  /// Other control characters are taken out: nothing of a trace may act on the terminal of a log.
  static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
