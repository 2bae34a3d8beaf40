internal import Enhancements
public import Grouping
public import TraceModel

extension Outcome {
  /// What a trace became.
  /// - Parameters:
  ///   - reasons: why the trace is degraded.
  ///   - failure: the code of a region that could not be parsed.
  /// - Complexity: O(the explanation).
  public init(
    _ explanation: GroupingExplanation, platform: Platform, reasons: [Reason] = [], failure: Reason? = nil
  ) {
    let result = explanation.result
    self.init(
      platform: platform.rawValue, title: result.title, group: result.group, fingerprint: result.fingerprint)
    self.failure = failure?.rawValue
    self.reasons = reasons.map(\.rawValue)
    fingerprintRule = explanation.rule.map {
      RuleReference(source: $0.source, line: $0.line, text: "-> " + $0.fingerprint.joined(separator: ", "))
    }
    let stacks = StackNodes(explanation)
    variants = result.variants.map { variant in
      let node = explanation.variants.first { $0.name == variant.name }
      return Variant(name: variant.name, hash: variant.hash, parts: node.map(Self.parts) ?? [])
    }
    exceptions = explanation.exceptions.indices.map { Exception(explanation.exceptions[$0], stacks[$0]) }
  }

  /// The hashed values of a variant that are of no frame.
  private static func parts(of variant: GroupingVariant) -> [Part] {
    guard let component = variant.component else {
      return variant.leaves.map { Part(kind: "fingerprint", value: $0) }
    }
    var parts: [Part] = []
    collect(component, &parts)
    return parts
  }

  private static func collect(_ node: GroupingComponent, _ parts: inout [Part]) {
    guard node.contributes, node.kind != .stacktrace else { return }
    if let value = node.value { parts.append(Part(kind: node.kind.rawValue, value: value)) }
    for child in node.children { collect(child, &parts) }
  }
}

extension Outcome.Exception {
  fileprivate init(_ exception: GroupingExplanation.Exception, _ stack: StackNodes.Stack) {
    self.init(index: exception.traceIndex, type: exception.type)
    app = stack.app?.contributes ?? false
    system = stack.system?.contributes ?? false
    hint = stack.app?.hint ?? stack.system?.hint
    frames = exception.frames.map(Outcome.Frame.init)
  }
}

extension Outcome.Frame {
  fileprivate init(_ frame: GroupingExplanation.Frame) {
    self.init(name: Self.name(of: frame.frame), index: frame.traceIndex)
    isInApp = frame.inApp
    app = frame.app?.contributes ?? false
    system = frame.system?.contributes ?? false
    parts = (frame.system ?? frame.app)?.children.compactMap(Self.part) ?? []
    inAppRule = frame.rules.inApp.map(RuleReference.init)
    appRule = frame.rules.app.map(RuleReference.init)
    systemRule = frame.rules.system.map(RuleReference.init)
  }

  private static func part(_ node: GroupingComponent) -> Outcome.Part? {
    guard node.contributes, let value = node.value else { return nil }
    return Outcome.Part(kind: node.kind.rawValue, value: value)
  }

  private static func name(of frame: EventFrame) -> String {
    let name = [frame.frame.module, frame.frame.function].compactMap { $0 }.joined(separator: " in ")
    guard let file = frame.frame.absPath ?? frame.frame.filename else { return name }
    return "\(name) (\(file))"
  }
}

/// The stacks of each explained exception, in the variants that have them.
private struct StackNodes {
  struct Stack {
    var app: GroupingComponent?
    var system: GroupingComponent?
  }
  private var stacks: [Stack]

  init(_ explanation: GroupingExplanation) {
    var ofEvent = [Stack](repeating: Stack(), count: explanation.event.exceptions.count)
    for variant in explanation.variants {
      if let root = variant.component { Self.collect(root, variant.name, &ofEvent) }
    }
    stacks = zip(explanation.event.exceptions, ofEvent).compactMap { $0 == nil ? nil : $1 }
  }

  subscript(_ index: Int) -> Stack { stacks.indices.contains(index) ? stacks[index] : Stack() }

  private static func collect(_ node: GroupingComponent, _ variant: String, _ stacks: inout [Stack]) {
    if let index = node.exceptionIndex, stacks.indices.contains(index) {
      let stack = node.children.first { $0.kind == .stacktrace }
      if variant == "app" { stacks[index].app = stack } else { stacks[index].system = stack }
    }
    for child in node.children { collect(child, variant, &stacks) }
  }
}
