internal import Enhancements

/// An event's title and culprit, as Sentry shows them in its list of issues.
enum Title {
  private static let longestLine = 100
  private static let longestCulprit = 200

  /// "Type: first line of the value" of the last exception, else the first line of the message.
  static func title(of event: SentryEvent) -> String {
    if let exception = event.exceptions.last ?? nil {
      if exception.type.nonEmpty == nil, let value = exception.value,
        let split = EventNormalization.typeInValue(value)
      {
        return title(type: split.type, value: split.value)
      }
      return title(type: exception.type.nonEmpty, value: exception.value)
    }
    let message = PythonText.stripped(event.logEntry?.formatted ?? event.logEntry?.message ?? "")
    guard !message.isEmpty else { return "<unlabeled event>" }
    return PythonText.truncated(PythonText.firstLine(message), to: longestLine)
  }

  static func title(type: String?, value: String?) -> String {
    let name = type.nonEmpty ?? "Error"
    guard let value = value.nonEmpty else { return name }
    return name + ": " + PythonText.truncated(PythonText.firstLine(value), to: longestLine)
  }

  /// "module in function" of the last in-app frame of the last stack, else of its last frame.
  static func culprit(of event: SentryEvent) -> String? {
    if let transaction = event.transaction.nonEmpty { return transaction }
    let stacks = event.exceptions.compactMap { $0?.stacktrace }
    guard let frames = stacks.last?.frames ?? event.stacktrace?.frames, !frames.isEmpty else { return nil }
    let named = frames.filter { $0.frame.module.nonEmpty != nil || $0.frame.filename.nonEmpty != nil }
    guard let frame = (named.last { $0.frame.inApp == true } ?? named.last)?.frame else { return nil }
    let place = frame.module.nonEmpty ?? frame.filename ?? ""
    return PythonText.truncated("\(place) in \(frame.function.nonEmpty ?? "?")", to: longestCulprit)
  }
}
