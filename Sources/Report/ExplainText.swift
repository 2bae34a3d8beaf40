internal import Enhancements
internal import Grouping
internal import TraceModel
internal import TraceSift

/// An explanation for people. Control characters of the input are written as escapes.
public struct ExplainText {
  private let explanation: Explanation
  private let isColoured: Bool
  private var output = ""

  /// - Parameter isColoured: with ANSI's codes for bold, dim and green.
  public init(_ explanation: Explanation, isColoured: Bool) {
    self.explanation = explanation
    self.isColoured = isColoured
  }

  /// The whole text, its last line end included.
  /// - Complexity: O(the record and its components).
  public func text() -> String {
    var writer = self
    writer.writeSummary()
    writer.writeLines()
    writer.writeExceptions()
    for variant in explanation.grouping.variants { writer.writeVariant(variant) }
    return writer.output
  }

  // MARK: Lines of text

  private enum Style: String {
    case bold = "1"
    case dim = "2"
    case good = "32"
  }

  private func styled(_ text: String, _ style: Style) -> String {
    isColoured ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  private mutating func add(_ line: String = "", indent: Int = 0) {
    output += String(repeating: " ", count: line.isEmpty ? 0 : indent) + line + "\n"
  }

  private mutating func heading(_ text: String) {
    add()
    add(styled(text, .bold))
  }

  private mutating func field(_ name: String, _ value: String, indent: Int = 2) {
    let padding = String(repeating: " ", count: max(1, 13 - name.utf8.count))
    add(styled(name, .dim) + padding + value, indent: indent)
  }

  private func safe(_ text: String) -> String { PrintableText.line(text) }

  // MARK: Summary

  private mutating func writeSummary() {
    let result = explanation.grouping.result
    let last = explanation.firstLine + UInt64(max(1, explanation.place.lines)) - 1
    add(styled("\(safe(explanation.place.source)):\(explanation.firstLine)-\(last)", .bold))
    field("kind", kindText)
    field("bytes", "\(explanation.place.length) at offset \(explanation.place.offset)")
    if let timestamp = explanation.place.timestamp { field("timestamp", safe(timestamp)) }
    field("profile", "\(explanation.profile.rawValue), grouping config \(explanation.config.rawValue)")
    field("title", safe(result.title))
    if let culprit = result.culprit { field("culprit", safe(culprit)) }
    field("group", result.group)
    let entries = result.fingerprint.map { safe($0) }.joined(separator: ", ")
    field("fingerprint", "\(entries)  \(styled("by \(safe(explanation.grouping.fingerprintOrigin))", .dim))")
  }

  private var kindText: String {
    let platform = explanation.platform.rawValue
    switch explanation.kind {
    case .trace(_, let reasons, let flags):
      let status = reasons.isEmpty ? "ok" : "degraded: " + reasons.map(\.rawValue).joined(separator: ", ")
      let notes = flags.isEmpty ? "" : " (\(flags.map(\.rawValue).joined(separator: ", ")))"
      return "\(platform) trace, \(status)\(notes)"
    case .failure(let reason, let detail): return "\(platform) failure, \(reason.rawValue): \(safe(detail))"
    }
  }

  // MARK: Lines

  private mutating func writeLines() {
    heading("lines, and what they became")
    let width = String(explanation.firstLine + UInt64(explanation.lines.count)).utf8.count
    for (index, line) in explanation.lines.enumerated() {
      let number = String(explanation.firstLine + UInt64(index))
      let label = role(line.role)
      let padding = String(repeating: " ", count: max(1, 22 - label.utf8.count))
      let left = String(repeating: " ", count: max(0, width - number.utf8.count)) + number
      add("\(styled(left, .dim))  \(label)\(padding)\(safe(line.text))", indent: 2)
    }
  }

  private func role(_ role: ExplainedLine.Role) -> String {
    switch role {
    case .header(let exception): "exception \(exception)"
    case .message(let exception): "value of \(exception)"
    case .frame(let exception, let frame): "frame \(exception).\(frame)"
    case .source(let exception, let frame): "source of \(exception).\(frame)"
    case .other: "-"
    }
  }

  // MARK: Exceptions and frames

  private mutating func writeExceptions() {
    guard !explanation.grouping.exceptions.isEmpty else { return }
    heading("exceptions of the event, oldest cause first; frames, oldest call first")
    for exception in explanation.grouping.exceptions {
      writeHead(exception)
      for frame in exception.frames { write(frame, of: exception) }
    }
  }

  private mutating func writeHead(_ exception: GroupingExplanation.Exception) {
    let name = exception.traceIndex.map { "exception \($0)" } ?? "exception"
    let value = exception.value.map { ": " + safe($0) } ?? ""
    add("\(styled(name, .bold))  \(safe(exception.type ?? "(no type)"))\(value)", indent: 2)
    guard let mechanism = exception.mechanism else { return }
    let parts = [
      mechanism.type, mechanism.exceptionID.map { "id \($0)" }, mechanism.parentID.map { "parent \($0)" },
      mechanism.isExceptionGroup == true ? "exception group" : nil,
    ]
    field("mechanism", parts.compactMap { $0 }.map { safe($0) }.joined(separator: ", "), indent: 4)
  }

  private mutating func write(
    _ frame: GroupingExplanation.Frame, of exception: GroupingExplanation.Exception
  ) {
    var name = "frame"
    if let trace = exception.traceIndex, let place = frame.traceIndex {
      name = "frame \(trace).\(place)"
      if let line = explanation.line(ofFrame: place, exception: trace) { name += ", line \(line)" }
    }
    add("\(styled(name, .bold))  \(safe(Self.place(of: frame.frame)))", indent: 4)
    field("in-app", inApp(frame), indent: 6)
    if let category = frame.frame.frame.category {
      field("category", safe(category) + by(frame.rules.category), indent: 6)
    }
    field("app", contribution(frame.app, frame.rules.app), indent: 6)
    field("system", contribution(frame.system, frame.rules.system), indent: 6)
  }

  private static func place(of frame: EventFrame) -> String {
    let file = frame.frame.filename ?? frame.frame.absPath
    let place = [file, frame.lineno.map(String.init)].compactMap { $0 }.joined(separator: ":")
    let name = [frame.frame.module, frame.frame.function].compactMap { $0 }.joined(separator: " in ")
    return place.isEmpty ? name : "\(name) (\(place))"
  }

  private func inApp(_ frame: GroupingExplanation.Frame) -> String {
    let answer = frame.inApp ? styled("yes", .good) : "no"
    if frame.rules.inApp != nil { return answer + by(frame.rules.inApp) }
    return answer + (frame.frame.frame.clientInApp == nil ? ", as no rule says" : ", as the client said")
  }

  private func contribution(_ node: GroupingComponent?, _ rule: DescribedRule?) -> String {
    guard let node else { return "left out" }
    let answer = node.contributes ? styled("contributes", .good) : "does not contribute"
    return answer + (node.hint.map { ": " + safe($0) } ?? "") + by(rule)
  }

  /// The rule with its place.
  private func by(_ rule: DescribedRule?) -> String {
    guard let rule else { return "" }
    return ", by \(safe(rule.source)):\(rule.line): \(safe(rule.text))"
  }

  // MARK: Variants

  private mutating func writeVariant(_ variant: GroupingVariant) {
    heading("variant \(variant.name)")
    guard let hash = variant.hash else {
      field("hash", "none" + (variant.hint.map { ": " + safe($0) } ?? ""))
      if let component = variant.component { write(component, indent: 2) }
      return
    }
    field("hash", styled(hash, .good))
    if let component = variant.component {
      add(styled("components (+ hashed, - not)", .dim), indent: 2)
      write(component, indent: 2)
    }
    add(styled("values, in the order in which they are hashed", .dim), indent: 2)
    for leaf in variant.hashedLeaves { field(leaf.kind, "<<<\(safe(leaf.value))>>>", indent: 4) }
    add(styled("hashed text", .dim), indent: 2)
    add("<<<\(safe(variant.hashedText))>>>", indent: 4)
    add(styled("to try it", .dim), indent: 2)
    add(PrintableText.digestCommand(variant.hashedText), indent: 4)
  }

  /// A node; what stands below one that does not contribute cannot count and is not shown.
  private mutating func write(_ node: GroupingComponent, indent: Int) {
    let values = node.value.map { " <<<\(safe($0))>>>" } ?? ""
    let hint = node.hint.map { styled("  (\(safe($0)))", .dim) } ?? ""
    add("\(node.contributes ? "+" : "-") \(node.kind.rawValue)\(values)\(hint)", indent: indent + 2)
    guard node.contributes else { return }
    for child in node.children { write(child, indent: indent + 2) }
  }
}
