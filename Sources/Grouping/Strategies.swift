internal import Enhancements
internal import PCRE2

/// What one strategy makes of an event: a node for each variant that it has.
struct VariantComponents: Sendable {
  var app: GroupingComponent?
  var system: GroupingComponent?
  var standard: GroupingComponent?

  init(app: GroupingComponent? = nil, system: GroupingComponent? = nil, standard: GroupingComponent? = nil) {
    self.app = app
    self.system = system
    self.standard = standard
  }

  subscript(_ kind: GroupingComponent.Kind) -> GroupingComponent? {
    get { kind == .app ? app : kind == .system ? system : standard }
    set {
      switch kind {
      case .app: app = newValue
      case .system: system = newValue
      default: standard = newValue
      }
    }
  }

  /// The variants that contribute, sorted by name.
  var contributing: [GroupingComponent.Kind] {
    [.app, .standard, .system].filter { self[$0]?.contributes == true }
  }
}

/// The strategies, highest score first (grouping.md, S1 and S8); the first with a contributing variant wins.
enum Strategy: String, CaseIterable {
  case exception, threads, stacktrace, template, message

  /// The strategy's nodes, those that say nothing of their own switched off.
  func components(
    _ event: SentryEvent, context: ComponentContext, scratch: inout GroupingScratch
  ) -> VariantComponents {
    let found = allComponents(event, context, &scratch).droppingEqualSystem()
    return self == .exception || self == .threads ? found.preferringStacks() : found
  }

  private func allComponents(
    _ event: SentryEvent, _ context: ComponentContext, _ scratch: inout GroupingScratch
  ) -> VariantComponents {
    switch self {
    case .exception: return ExceptionStrategy.components(event, context: context, scratch: &scratch)
    case .threads: return Self.threads(event, context, &scratch)
    case .stacktrace:
      guard let stack = event.stacktrace, !stack.frames.isEmpty else { return VariantComponents() }
      let stacks = StackComponents(
        stack.frames, exception: ExceptionData(), context: context, scratch: &scratch)
      return VariantComponents(app: stacks.app, system: stacks.system)
    case .template: return VariantComponents(standard: event.template.flatMap(Self.template))
    case .message:
      guard let text = event.logEntry?.message.nonEmpty ?? event.logEntry?.formatted else {
        return VariantComponents()
      }
      return VariantComponents(standard: scratch.message(text, .message))
    }
  }

  /// Why the strategies after this one are ignored.
  func precedenceHint(_ variants: [GroupingComponent.Kind]) -> String {
    let takes = self == .threads ? "take" : "takes"
    let names = variants.map(\.rawValue).joined(separator: "/")
    let prefix = variants == [.standard] ? "" : names + " "
    return "ignored because \(prefix)\(rawValue) \(takes) precedence"
  }

  /// The thread that crashed, else the current one, else the only one (grouping.md, S6.4).
  private static func threads(
    _ event: SentryEvent, _ context: ComponentContext, _ scratch: inout GroupingScratch
  ) -> VariantComponents {
    guard !event.threads.isEmpty else { return VariantComponents() }
    guard let chosen = event.crashingThread else {
      return ignoredThreads("ignored because does not contain a single crashing or current thread")
    }
    guard let frames = chosen.stacktrace?.frames, !frames.isEmpty else {
      return ignoredThreads("ignored because thread has no stacktrace")
    }
    let stacks = StackComponents(frames, exception: ExceptionData(), context: context, scratch: &scratch)
    return VariantComponents(
      app: GroupingComponent(.threads, children: [stacks.app]),
      system: GroupingComponent(.threads, children: [stacks.system]))
  }

  private static func ignoredThreads(_ hint: String) -> VariantComponents {
    var node = GroupingComponent(.threads, children: [])
    node.hint = hint
    return VariantComponents(app: node)
  }

  private static func template(_ template: EventTemplate) -> GroupingComponent? {
    var children: [GroupingComponent] = []
    if let name = template.filename { children.append(GroupingComponent(.filename, value: name)) }
    if let line = template.contextLine { children.append(GroupingComponent(.contextLine, value: line)) }
    return children.isEmpty ? nil : GroupingComponent(.template, children: children)
  }
}

extension VariantComponents {
  /// Where one variant has a stack that counts, those without one do not count (grouping.md, S8.2). A variant that was
  /// dropped for its equal hash still has its stack here, so that both can end up ignored.
  func preferringStacks() -> VariantComponents {
    let all: [GroupingComponent.Kind] = [.app, .standard, .system]
    let withStack = all.filter {
      self[$0]?.children.contains { $0.containsContributing(.stacktrace) } == true
    }
    guard let winner = withStack.first else { return self }
    var result = self
    for kind in all where result[kind]?.contributes == true && !withStack.contains(kind) {
      result[kind]?.ignore(
        "ignored because this variant does not have a contributing stacktrace, but the \(winner.rawValue) variant does"
      )
    }
    return result
  }

  /// `system` says nothing of its own where it hashes the same (grouping.md, S8.1).
  func droppingEqualSystem() -> VariantComponents {
    guard let app, let system, app.contributes, system.contributes else { return self }
    var mine: [UInt8] = []
    var theirs: [UInt8] = []
    app.appendLeaves(to: &mine)
    system.appendLeaves(to: &theirs)
    guard mine == theirs else { return self }
    var result = self
    result.system?.ignore("ignored because hash matches app variant")
    return result
  }
}
