internal import Enhancements
internal import Grouping
internal import TraceModel
internal import TraceSift

/// An explanation as one JSON object a line, for programs. Keys without a value are left out.
public enum ExplainJSON {
  /// The line, its end included.
  /// - Complexity: O(the record and its components).
  public static func line(_ explanation: Explanation) -> [UInt8] {
    var bytes: [UInt8] = []
    value(explanation).write(to: &bytes)
    return bytes + [0x0A]
  }

  private static func value(_ explanation: Explanation) -> JSONValue {
    let result = explanation.grouping.result
    return .object([
      ("v", .number(1)), ("kind", .text("explanation")), ("record", record(explanation)),
      ("profile", .text(explanation.profile.rawValue)), ("config", .text(explanation.config.rawValue)),
      ("title", .text(result.title)), ("culprit", JSONValue(result.culprit)), ("group", .text(result.group)),
      ("fingerprint", .list(result.fingerprint.map { .text($0) })),
      ("fingerprint_by", .text(explanation.grouping.fingerprintOrigin)),
      ("lines", .list(lines(explanation))),
      ("exceptions", .list(explanation.grouping.exceptions.map { exception($0, explanation) })),
      ("variants", .list(explanation.grouping.variants.map(variant))),
    ])
  }

  private static func record(_ explanation: Explanation) -> JSONValue {
    let place = explanation.place
    var members: [(String, JSONValue?)] = [
      ("source", .text(place.source)), ("offset", .number(Int(clamping: place.offset))),
      ("length", .number(Int(clamping: place.length))),
      ("line", .number(Int(clamping: explanation.firstLine))),
      ("lines", .number(place.lines)), ("timestamp", JSONValue(place.timestamp)),
      ("platform", .text(explanation.platform.rawValue)),
    ]
    switch explanation.kind {
    case .trace(_, let reasons, let flags):
      members.insert(("kind", .text("trace")), at: 0)
      members.append(("status", .text(reasons.isEmpty ? "ok" : "degraded")))
      if !reasons.isEmpty { members.append(("reasons", .list(reasons.map { .text($0.rawValue) }))) }
      if !flags.isEmpty { members.append(("flags", .list(flags.map { .text($0.rawValue) }))) }
    case .failure(let reason, let detail):
      members.insert(("kind", .text("failure")), at: 0)
      members += [("reason", .text(reason.rawValue)), ("detail", .text(detail))]
    }
    return .object(members)
  }

  private static func lines(_ explanation: Explanation) -> [JSONValue] {
    explanation.lines.enumerated().map { index, line in
      let (role, exception, frame) = parts(of: line.role)
      return .object([
        ("line", .number(Int(clamping: explanation.firstLine) + index)), ("role", .text(role)),
        ("exception", JSONValue(exception)), ("frame", JSONValue(frame)), ("text", .text(line.text)),
      ])
    }
  }

  private static func parts(of role: ExplainedLine.Role) -> (String, exception: Int?, frame: Int?) {
    switch role {
    case .header(let exception): ("header", exception, nil)
    case .message(let exception): ("value", exception, nil)
    case .frame(let exception, let frame): ("frame", exception, frame)
    case .source(let exception, let frame): ("source", exception, frame)
    case .other: ("other", nil, nil)
    }
  }

  // MARK: Exceptions

  private static func exception(
    _ exception: GroupingExplanation.Exception, _ explanation: Explanation
  ) -> JSONValue {
    .object([
      ("exception", JSONValue(exception.traceIndex)),
      ("line", JSONValue(exception.traceIndex.flatMap(explanation.line).map { Int(clamping: $0) })),
      ("type", JSONValue(exception.type)), ("value", JSONValue(exception.value)),
      ("mechanism", exception.mechanism.map(mechanism)),
      ("frames", .list(exception.frames.map { frame($0, of: exception, explanation) })),
    ])
  }

  private static func mechanism(_ mechanism: EventMechanism) -> JSONValue {
    .object([
      ("type", JSONValue(mechanism.type)), ("exception_id", JSONValue(mechanism.exceptionID)),
      ("parent_id", JSONValue(mechanism.parentID)),
      ("is_exception_group", mechanism.isExceptionGroup.map { .bool($0) }),
    ])
  }

  private static func frame(
    _ frame: GroupingExplanation.Frame, of exception: GroupingExplanation.Exception,
    _ explanation: Explanation
  ) -> JSONValue {
    let fields = frame.frame.frame
    var line: UInt64?
    if let trace = exception.traceIndex, let place = frame.traceIndex {
      line = explanation.line(ofFrame: place, exception: trace)
    }
    return .object([
      ("frame", JSONValue(frame.traceIndex)), ("line", JSONValue(line.map { Int(clamping: $0) })),
      ("module", JSONValue(fields.module)), ("function", JSONValue(fields.function)),
      ("filename", JSONValue(fields.filename)), ("abs_path", JSONValue(fields.absPath)),
      ("lineno", JSONValue(frame.frame.lineno)), ("context_line", JSONValue(frame.frame.contextLine)),
      ("in_app", .bool(frame.inApp)), ("in_app_by", .text(inAppOrigin(frame))),
      ("in_app_rule", frame.rules.inApp.map(rule)), ("category", JSONValue(fields.category)),
      ("category_rule", frame.rules.category.map(rule)),
      ("app", frame.app.map { contribution($0, frame.rules.app) }),
      ("system", frame.system.map { contribution($0, frame.rules.system) }),
    ])
  }

  private static func inAppOrigin(_ frame: GroupingExplanation.Frame) -> String {
    if frame.rules.inApp != nil { return "rule" }
    return frame.frame.frame.clientInApp == nil ? "none" : "client"
  }

  private static func rule(_ rule: DescribedRule) -> JSONValue {
    .object([
      ("source", .text(rule.source)), ("line", .number(rule.line)), ("column", .number(rule.column)),
      ("text", .text(rule.text)),
    ])
  }

  private static func contribution(_ node: GroupingComponent, _ rule: DescribedRule?) -> JSONValue {
    .object([
      ("contributes", .bool(node.contributes)), ("hint", JSONValue(node.hint)), ("rule", rule.map(Self.rule)),
    ])
  }

  // MARK: Variants

  private static func variant(_ variant: GroupingVariant) -> JSONValue {
    var members: [(String, JSONValue?)] = [
      ("name", .text(variant.name)), ("contributes", .bool(variant.contributes)),
      ("hint", JSONValue(variant.hint)), ("hash", JSONValue(variant.hash)),
    ]
    if variant.hash != nil {
      let leaves = variant.hashedLeaves.map { leaf in
        JSONValue.object([("kind", .text(leaf.kind)), ("value", .text(leaf.value))])
      }
      members += [
        ("leaves", .list(leaves)), ("hashed", .text(variant.hashedText)),
        ("command", .text(PrintableText.digestCommand(variant.hashedText))),
      ]
    }
    members.append(("component", variant.component.map(component)))
    return .object(members)
  }

  private static func component(_ node: GroupingComponent) -> JSONValue {
    .object([
      ("kind", .text(node.kind.rawValue)), ("contributes", .bool(node.contributes)),
      ("hint", JSONValue(node.hint)),
      ("value", JSONValue(node.value)),
      ("children", node.children.isEmpty ? nil : .list(node.children.map(component))),
    ])
  }
}
