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

  /// The part of a value that `title(type:value:)` shows, where its first line is printable ASCII and not empty.
  /// - Complexity: O(1).
  static func valueInTitle(_ text: Span<UInt8>, _ value: Range<Int>) -> (range: Range<Int>, isCut: Bool)? {
    var end = value.lowerBound
    while end < value.upperBound, text[end] != 0x0A {
      guard text[end] >= 0x20, text[end] < 0x7F else { return nil }
      end += 1
      if end - value.lowerBound > longestLine {
        return (value.lowerBound..<value.lowerBound + longestLine - 3, true)
      }
    }
    return value.isEmpty ? nil : (value.lowerBound..<end, false)
  }

  /// "module in function" of the last in-app frame of the last stack, else of its last frame.
  static func culprit(of event: SentryEvent) -> String? {
    if let transaction = event.transaction.nonEmpty { return transaction }
    let stacks = event.exceptions.compactMap { $0?.stacktrace }
    guard let frames = stacks.last?.frames ?? event.stacktrace?.frames else { return nil }
    return culprit(of: frames.map(\.frame))
  }

  /// The same of one stack, oldest call first.
  static func culprit(of frames: [StackFrame]) -> String? {
    guard let frame = frames.last(where: { $0.inApp == true && $0.isNamed }) ?? frames.last(where: \.isNamed)
    else { return nil }
    return culprit(of: frame)
  }

  /// The same of known frames.
  static func culprit(of frames: [Int32], _ inApp: [Bool], _ known: KnownFrames) -> String? {
    let place =
      frames.indices.last { inApp[$0] && known[frames[$0]].isNamed }
      ?? frames.indices.last { known[frames[$0]].isNamed }
    return place.map { culprit(of: known[frames[$0]]) }
  }

  private static func culprit(of frame: StackFrame) -> String {
    let place = frame.module.nonEmpty ?? frame.filename ?? ""
    return PythonText.truncated("\(place) in \(frame.function.nonEmpty ?? "?")", to: longestCulprit)
  }
}

extension StackFrame {
  fileprivate var isNamed: Bool { module.nonEmpty != nil || filename.nonEmpty != nil }
}
