internal import Enhancements
internal import PCRE2

/// One exception's nodes (grouping.md, S6.1). Without frames there is no `system` variant.
struct ExceptionComponents: Sendable {
  var app: GroupingComponent
  var system: GroupingComponent?

  func component(_ variant: StackVariant) -> GroupingComponent? { variant == .app ? app : system }

  init(_ exception: EventException, context: ComponentContext, scratch: inout GroupingScratch) {
    let parts = Parts(exception, scratch: &scratch)
    guard let frames = exception.stacktrace?.frames, !frames.isEmpty else {
      app = parts.node(stack: GroupingComponent(.stacktrace, children: []), context.config)
      return
    }
    let stacks = StackComponents(
      frames, exception: ExceptionData(exception), context: context, scratch: &scratch)
    app = parts.node(stack: stacks.app, context.config)
    system = parts.node(stack: stacks.system, context.config)
  }

  /// What is the same in both variants.
  private struct Parts {
    var type: GroupingComponent?
    var nsError: GroupingComponent?
    var value: GroupingComponent?

    init(_ exception: EventException, scratch: inout GroupingScratch) {
      if let name = exception.type.nonEmpty {
        var component = GroupingComponent(.type, value: name)
        if exception.mechanism?.isSynthetic == true {
          component.ignore("ignored because exception is synthetic")
        }
        type = component
      }
      if let domain = exception.mechanism?.nsErrorDomain {
        let code = exception.mechanism?.nsErrorCode.map(String.init)
        let parts = [domain, code].compactMap { $0 }.map { GroupingComponent(.nsError, value: $0) }
        nsError = GroupingComponent(.nsError, children: parts)
      }
      if let text = exception.value.nonEmpty { value = scratch.message(text, .value) }
    }

    func node(stack: GroupingComponent, _ config: GroupingConfig) -> GroupingComponent {
      var value = value
      if stack.contributes {
        value?.ignore("ignored because stacktrace takes precedence")
      } else if nsError?.contributes == true {
        value?.ignore("ignored because ns-error info takes precedence")
      }
      let children = config.putsStackFirst ? [stack, type, nsError, value] : [type, value, nsError, stack]
      return GroupingComponent(.exception, children: children.compactMap { $0 })
    }
  }
}

extension ExceptionData {
  init(_ exception: EventException) {
    self.init(type: exception.type, value: exception.value, mechanism: exception.mechanism?.type)
  }
}

/// The nodes of all exceptions of an event, by variant (grouping.md, S6.2).
enum ExceptionStrategy {
  static func components(
    _ event: SentryEvent, context: ComponentContext, scratch: inout GroupingScratch
  ) -> VariantComponents {
    let exceptions = event.exceptions.compactMap { $0 }
    guard !exceptions.isEmpty else { return VariantComponents() }
    var parts: [ExceptionComponents] = []
    for (index, exception) in event.exceptions.enumerated() {
      guard let exception else { continue }
      var components = ExceptionComponents(exception, context: context, scratch: &scratch)
      components.app.exceptionIndex = index
      components.system?.exceptionIndex = index
      parts.append(components)
    }
    let isPython3SDK = event.platform == "python" && event.sdkVersion?.hasPrefix("3") == true
    let chosen = isPython3SDK ? nil : ExceptionGroups.filter(exceptions, parts)
    let kept = chosen?.map { parts[$0] } ?? parts
    if kept.count == 1 { return VariantComponents(app: kept[0].app, system: kept[0].system) }
    return VariantComponents(app: chain(kept, .app), system: chain(kept, .system))
  }

  /// The exceptions that have this variant, under one node; nil if none has.
  private static func chain(_ exceptions: [ExceptionComponents], _ variant: StackVariant)
    -> GroupingComponent?
  {
    let children = exceptions.compactMap { $0.component(variant) }
    return children.isEmpty ? nil : GroupingComponent(.chainedException, children: children)
  }
}
