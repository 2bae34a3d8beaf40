internal import Enhancements

/// A row of one of an event's tables: what one frame, one exception and so on offer to matchers.
struct FingerprintRow: Sendable {
  /// As they are compared: folded once, however many rules look at them.
  private var texts: [FingerprintField: [String]] = [:]
  var flags: [FingerprintField: Bool] = [:]

  init(_ texts: [FingerprintField: String?] = [:]) {
    for (field, text) in texts { add(field, text) }
  }

  /// Adds a text that `field` is compared with; a missing one adds nothing.
  mutating func add(_ field: FingerprintField, _ text: String?) {
    if let text { texts[field, default: []].append(field.comparable(text)) }
  }

  /// What a matcher of `field` is compared with; one hit is enough.
  func values(of field: FingerprintField) -> [String] {
    let own = texts[field] ?? []
    return field == .message ? own + (texts[.value] ?? []) : own
  }
}

/// An event as fingerprint rules see it (grouping.md, S9.3).
struct FingerprintTables: Sendable {
  private var tables: [FingerprintField.Table: [FingerprintRow]] = [:]

  init(_ event: SentryEvent) {
    let exceptions = event.exceptions.compactMap { $0 }.map { exception in
      FingerprintRow([.type: exception.type, .value: exception.value.map(PythonText.stripped).nonEmpty])
    }
    var messages: [FingerprintRow] = []
    if let text = event.logEntry?.formatted.map(PythonText.stripped).nonEmpty {
      messages = [FingerprintRow([.message: text])]
    }
    tables[.exceptions] = exceptions
    tables[.messages] = messages + exceptions
    tables[.log] = [FingerprintRow([.logger: event.logger.nonEmpty, .level: event.level])]
    tables[.tags] = [Self.row(tags: event.tags)]
    tables[.sdk] = [FingerprintRow([.sdk: event.sdkName ?? "other"])]
    tables[.family] = [FingerprintRow([.family: Self.family(event.platform)])]
    tables[.release] = [FingerprintRow([.release: event.release.map(PythonText.stripped)])]
    tables[.threads] = event.threads.map(Self.row)
    tables[.frames] = Self.frames(event).map(Self.row)
  }

  /// Whether every table has a row that satisfies all of the rule's matchers on it.
  func satisfy(_ rule: FingerprintRule) -> Bool {
    let groups = rule.matchersByTable
    for (table, matchers) in groups where table != .frames {
      guard let rows = tables[table], rows.contains(where: { row in matchers.allSatisfy { $0.matches(row) } })
      else {
        return false
      }
    }
    let onFrames = groups[.frames] ?? []
    guard !onFrames.isEmpty || rule.caller != nil || rule.callee != nil else { return true }
    let frames = tables[.frames] ?? []
    return frames.indices.contains { index in
      onFrames.allSatisfy { $0.matches(frames[index]) } && Self.satisfies(rule.caller, frames, at: index + 1)
        && Self.satisfies(rule.callee, frames, at: index - 1)
    }
  }

  /// A part in brackets: the neighbour must exist, even if the matcher is negated.
  private static func satisfies(_ matcher: FingerprintMatcher?, _ frames: [FingerprintRow], at index: Int)
    -> Bool
  {
    guard let matcher else { return true }
    return frames.indices.contains(index) && matcher.matches(frames[index])
  }

  private static func row(tags: [EventTag]) -> FingerprintRow {
    var row = FingerprintRow()
    for tag in tags { row.add(.tag(tag.name), tag.value) }
    return row
  }

  private static func row(_ thread: EventThread) -> FingerprintRow {
    var row = FingerprintRow([.threadID: thread.id, .threadName: thread.name, .threadState: thread.state])
    row.flags[.threadCrashed] = thread.isCrashed
    row.flags[.threadCurrent] = thread.isCurrent
    return row
  }

  private static func row(_ frame: EventFrame) -> FingerprintRow {
    var row = FingerprintRow([.module: frame.frame.module, .package: frame.frame.package])
    row.add(.function, frame.frame.function.nonEmpty ?? frame.frame.rawFunction.nonEmpty ?? "<unknown>")
    row.add(.path, frame.frame.absPath.nonEmpty)
    row.add(.path, frame.frame.filename.nonEmpty)
    row.flags[.app] = frame.frame.inApp
    return row
  }

  /// The frames of all exceptions as one list; without any, those of the event, else of its crashing thread.
  private static func frames(_ event: SentryEvent) -> [EventFrame] {
    let ofExceptions = event.exceptions.flatMap { $0?.stacktrace?.frames ?? [] }
    if !ofExceptions.isEmpty { return ofExceptions }
    if let frames = event.stacktrace?.frames, !frames.isEmpty { return frames }
    return event.crashingThread?.stacktrace?.frames ?? []
  }

  private static func family(_ platform: String?) -> String {
    switch platform {
    case "objc", "cocoa", "swift", "native", "c": "native"
    case "javascript", "node": "javascript"
    default: "other"
    }
  }
}
