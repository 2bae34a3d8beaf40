package import Report

/// A comparison as one JSON object on a line, for programs.
public enum DiffJSON {
  /// The line, its end included.
  /// - Complexity: O(changes).
  public static func line(_ report: DiffReport, _ names: SideNames) -> [UInt8] {
    var bytes: [UInt8] = []
    value(report, names).write(to: &bytes)
    return bytes + [0x0A]
  }

  private static func value(_ report: DiffReport, _ names: SideNames) -> JSONValue {
    .object([
      ("v", .number(1)), ("kind", .text("rules_diff")), ("old", .text(names.old)), ("new", .text(names.new)),
      ("records", .number(report.records)), ("failures", .number(report.failures)),
      ("moved", .number(report.moved)), ("beyond", report.beyond > 0 ? .number(report.beyond) : nil),
      ("groups", groups(report)), ("changes", .list(report.changes.map(change))),
      ("idle_rules", .list(report.idleRules.map(idle))),
    ])
  }

  private static func groups(_ report: DiffReport) -> JSONValue {
    var members: [(String, JSONValue?)] = [
      ("before", .number(report.groupsBefore)), ("after", .number(report.groupsAfter)),
      ("unchanged", .number(report.unchanged)),
    ]
    for kind in GroupChange.Kind.allCases where kind != .unchanged {
      members.append((kind.rawValue, .number(report.count(kind))))
    }
    return .object(members)
  }

  private static func change(_ change: GroupChange) -> JSONValue {
    .object([
      ("change", .text(change.kind.rawValue)), ("records", .number(change.records)),
      ("moved", .number(change.moved)), ("old", .list(change.old.map(group))),
      ("new", .list(change.new.map(group))), ("flows", .list(change.flows.map(flow))),
    ])
  }

  private static func group(_ group: GroupChange.Group) -> JSONValue {
    .object([("group", .text(group.hash)), ("records", .number(group.records))])
  }

  private static func flow(_ flow: GroupChange.Flow) -> JSONValue {
    .object([
      ("old", .text(flow.old)), ("new", .text(flow.new)), ("records", .number(flow.records)),
      ("title", .text(flow.title)), ("source", .text(flow.source)),
      ("line", .number(Int(clamping: flow.line))),
      ("cause", flow.cause?.json),
    ])
  }

  private static func idle(_ idle: IdleRule) -> JSONValue {
    var by: JSONValue?
    if case .shadowed(let rule) = idle.verdict { by = rule.json }
    return .object([
      ("side", .text(idle.side.rawValue)), ("verdict", .text(idle.code)), ("rule", idle.rule.json),
      ("by", by),
    ])
  }
}

extension RuleReference {
  package var json: JSONValue {
    .object([("source", .text(source)), ("line", .number(line)), ("text", JSONValue(text))])
  }
}

extension Cause {
  package var json: JSONValue {
    .object([
      ("kind", .text(kind.rawValue)), ("subject", .text(subject)),
      ("exception", JSONValue(frame?.exception)), ("frame", JSONValue(frame?.frame)),
      ("before", old.json), ("after", new.json),
    ])
  }
}

extension Cause.Side {
  fileprivate var json: JSONValue { .object([("text", .text(text)), ("rule", rule?.json)]) }
}
