internal import Enhancements
internal import PCRE2

/// A stack's two nodes (grouping.md, S5): in `app` only in-app frames count, in `system` all.
struct StackComponents: Sendable {
  var app: GroupingComponent
  var system: GroupingComponent

  subscript(_ variant: StackVariant) -> GroupingComponent { variant == .app ? app : system }

  init(
    _ frames: [EventFrame], exception: ExceptionData, context: ComponentContext,
    scratch: inout GroupingScratch
  ) {
    let components = frames.map {
      FrameComponent.make($0, eventPlatform: context.platform, using: scratch.match)
    }
    let stack = frames.map(\.frame)
    func answer(_ variant: StackVariant, _ memo: inout RuleMemo) -> StackContribution {
      context.enhancements.contributions(
        variant: variant, frames: stack, eventPlatform: context.platform, exception: exception,
        initial: Self.starts(frames, components, variant), memo: &memo)
    }
    let ofSystem = answer(.system, &scratch.rules)
    let ofApp = answer(.app, &scratch.rules)
    system = Self.node(components, ofSystem, .system)
    app = Self.node(components, ofApp, .app)
    Self.explainEmptiness(app: &app, system: &system)
  }

  /// A frame that calls itself from the very same line says nothing new.
  private static func isRecursion(_ frame: EventFrame, after other: EventFrame) -> Bool {
    frame.lineno == other.lineno && frame.colno == other.colno
      && frame.frame.function.isSame(as: other.frame.function)
      && frame.frame.module.isSame(as: other.frame.module)
      && frame.frame.filename.isSame(as: other.frame.filename)
      && frame.frame.absPath.isSame(as: other.frame.absPath)
      && frame.frame.package.isSame(as: other.frame.package)
  }

  /// What each frame contributes before the rules are asked.
  static func starts(
    _ frames: [EventFrame], _ components: [GroupingComponent], _ variant: StackVariant
  ) -> [Contribution] {
    frames.indices.map { index in
      let isRepeat = index > 0 && isRecursion(frames[index], after: frames[index - 1])
      return start(components[index], isRepeat: isRepeat, variant)
    }
  }

  private static func start(
    _ component: GroupingComponent, isRepeat: Bool, _ variant: StackVariant
  ) -> Contribution {
    if isRepeat { return Contribution(contributes: false, hint: "ignored due to recursion") }
    if variant == .app, component.inApp != true { return Contribution(contributes: false) }
    return Contribution(contributes: component.contributes)
  }

  private static func node(
    _ components: [GroupingComponent], _ answer: StackContribution, _ variant: StackVariant
  ) -> GroupingComponent {
    var frames = components
    for (index, contribution) in zip(frames.indices, answer.frames) {
      let isHidden = variant == .app && frames[index].inApp != true
      frames[index].contributes = contribution.contributes == true && !isHidden
      frames[index].hint = contribution.hint
    }
    var node = GroupingComponent(.stacktrace, children: frames)
    node.contributes = answer.stack.contributes == true && node.contributes
    node.hint = answer.stack.hint
    return node
  }

  /// Both variants are judged by what contributes in `system`.
  private static func explainEmptiness(app: inout GroupingComponent, system: inout GroupingComponent) {
    let contributing = system.children.filter(\.contributes)
    if system.children.isEmpty {
      app.ignore("ignored because it contains no frames")
      system.ignore("ignored because it contains no frames")
      return
    }
    if contributing.isEmpty { system.ignore("ignored because it contains no contributing frames") }
    if !system.children.contains(where: { $0.inApp == true }) {
      app.ignore("ignored because it contains no in-app frames")
    } else if !contributing.contains(where: { $0.inApp == true }) {
      app.ignore("ignored because it contains no contributing frames")
    }
  }
}

/// What all components of one event share.
struct ComponentContext {
  var config: GroupingConfig
  var enhancements: EnhancementSet
  /// The event's.
  var platform: String
}
