internal import Enhancements
internal import PCRE2

/// An entry of a fingerprint: text, or a variable in double braces (grouping.md, S9).
struct FingerprintEntry: Sendable {
  /// As written.
  var text: String
  /// The variable's name; nil for text.
  var variable: String?

  init(_ text: String) {
    self.text = text
    variable = Self.variable(in: text)
  }

  var isDefault: Bool { variable == "default" }

  /// Whether the text of an event can change what it stands for.
  var readsValue: Bool {
    guard let variable else { return false }
    return [
      "message", "raw_message", "value", "error.value", "raw_value", "error.raw_value",
    ].contains(variable)
  }

  /// The name where the whole entry is `{{`, spaces, anything without space, spaces, `}}`.
  private static func variable(in text: String) -> String? {
    guard text.utf8.starts(with: "{{".utf8), text.utf8.count > 4, text.utf8.suffix(2).elementsEqual("}}".utf8)
    else {
      return nil
    }
    let name = PythonText.stripped(String(text.dropFirst(2).dropLast(2)))
    return name.isEmpty || name.unicodeScalars.contains(where: PythonText.isSpace) ? nil : name
  }
}

/// What fingerprint variables and entries stand for in one event (grouping.md, S9.2).
struct FingerprintResolution {
  let event: SentryEvent
  let config: GroupingConfig

  /// What is hashed for `entry`, unless it is `{{ default }}`.
  func value(of entry: FingerprintEntry, scratch: inout GroupingScratch) -> String {
    guard let name = entry.variable, !entry.isDefault else { return plain(entry.text, &scratch) }
    if let value = value(ofVariable: name, rawMessage: false, scratch: &scratch) { return value }
    return config.keepsUnknownVariables ? entry.text : "<unrecognized-variable-\(name)>"
  }

  /// A title with its variables replaced; the message is left as it is.
  func title(_ template: String, scratch: inout GroupingScratch) -> String {
    var result = ""
    var rest = Array(template.unicodeScalars)[...]
    while let open = FingerprintText.variable(in: rest) {
      result.unicodeScalars.append(contentsOf: rest[..<open.range.lowerBound])
      if let value = value(ofVariable: open.name, rawMessage: true, scratch: &scratch) {
        result += value
      } else {
        result.unicodeScalars.append(contentsOf: rest[open.range])
      }
      rest = rest[open.range.upperBound...]
    }
    result.unicodeScalars.append(contentsOf: rest)
    return result
  }

  /// Text is itself, unless it repeats a message of the event: then it is parameterized as the message would be.
  private func plain(_ text: String, _ scratch: inout GroupingScratch) -> String {
    let messages = [event.logEntry?.formatted, event.logEntry?.message] + event.exceptions.map { $0?.value }
    let isMessage = messages.contains { $0.nonEmpty.isSame(as: text) }
    return isMessage ? scratch.parameterized(text) : text
  }

  private func value(ofVariable name: String, rawMessage: Bool, scratch: inout GroupingScratch) -> String? {
    switch name {
    case "message":
      guard let message else { return "<no-message>" }
      return rawMessage ? message : scratch.parameterized(message)
    case "raw_message": return message ?? "<no-message>"
    case "type", "error.type": return lastException?.type.nonEmpty ?? "<no-type>"
    case "value", "error.value", "raw_value", "error.raw_value":
      return lastException?.value.nonEmpty ?? "<no-value>"
    case "transaction": return event.transaction.nonEmpty ?? "<no-transaction>"
    case "level": return event.level.nonEmpty ?? "<no-level>"
    case "logger": return event.logger.nonEmpty ?? "<no-logger>"
    default: return name.hasPrefix("tags.") ? tag(String(name.dropFirst(5))) : frameValue(name)
    }
  }

  private func frameValue(_ name: String) -> String? {
    let frame = crashFrame?.frame
    switch name {
    case "function", "stack.function":
      return frame?.function.nonEmpty ?? frame?.rawFunction.nonEmpty ?? "<no-function>"
    case "path", "stack.abs_path":
      return frame?.absPath.nonEmpty ?? frame?.filename.nonEmpty ?? "<no-abs-path>"
    case "stack.filename": return frame?.filename.nonEmpty ?? frame?.absPath.nonEmpty ?? "<no-filename>"
    case "module", "stack.module": return frame?.module.nonEmpty ?? "<no-module>"
    case "package", "stack.package":
      return frame?.package.nonEmpty.map { FrameComponent.baseName($0) } ?? "<no-package>"
    default: return nil
    }
  }

  private func tag(_ name: String) -> String {
    event.tags.first { $0.name.isSame(as: name) }?.value.nonEmpty ?? "<no-value-for-tag-\(name)>"
  }

  /// The last one sent, even if it was dropped.
  private var lastException: EventException? { event.exceptions.last ?? nil }

  private var message: String? {
    event.logEntry?.formatted.nonEmpty ?? event.logEntry?.message.nonEmpty ?? lastException?.value.nonEmpty
  }

  /// The last in-app frame, else the last one, of the stack that tells most about the crash.
  private var crashFrame: EventFrame? {
    let stacks = [
      lastException?.stacktrace, event.stacktrace,
      event.threads.count == 1 ? event.threads[0].stacktrace : nil,
    ]
    let frames = stacks.compactMap { $0?.frames }.first { !$0.isEmpty } ?? []
    return frames.last { $0.frame.inApp == true } ?? frames.last
  }
}

/// Finding `{{ name }}` in text.
enum FingerprintText {
  /// The first variable in `text`: `{{`, spaces, as much as there is without space, spaces, `}}`.
  /// - Complexity: O(`text`), as a run without an end is looked through once.
  static func variable(in text: ArraySlice<Unicode.Scalar>) -> (range: Range<Int>, name: String)? {
    var start = text.startIndex
    while let open = text[start...].firstIndex(of: "{") {
      if let end = variableEnd(in: text, at: open) {
        let inside = String(String.UnicodeScalarView(text[(open + 2)..<(end - 2)]))
        return (open..<end, PythonText.stripped(inside))
      }
      start = open + 1
    }
    return nil
  }

  /// Where the variable that begins at `open` ends; nil if there is none.
  static func variableEnd(in text: ArraySlice<Unicode.Scalar>, at open: Int) -> Int? {
    guard text[open...].starts(with: ["{", "{"] as [Unicode.Scalar]) else { return nil }
    guard let name = text[(open + 2)...].firstIndex(where: { !PythonText.isSpace($0) }) else { return nil }
    let nameEnd = text[name...].firstIndex(where: PythonText.isSpace) ?? text.endIndex
    let afterSpace = text[nameEnd...].firstIndex { !PythonText.isSpace($0) } ?? text.endIndex
    if text[afterSpace...].starts(with: ["}", "}"] as [Unicode.Scalar]) { return afterSpace + 2 }
    var end = nameEnd
    while end >= name + 3 {
      if text[end - 1] == "}", text[end - 2] == "}" { return end }
      end -= 1
    }
    return nil
  }
}
