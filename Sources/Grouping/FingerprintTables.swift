internal import Enhancements

/// A row of one of an event's tables: what one frame, one exception and so on offer to matchers.
struct FingerprintRow: Sendable {
  var texts: [FingerprintField: String] = [:]
  var flags: [FingerprintField: Bool] = [:]
  /// A frame's file name, which `path` tests besides its path.
  var filename: String?

  /// What a matcher of `field` is compared with; one hit is enough.
  func values(of field: FingerprintField) -> [String] {
    switch field {
    case .path: [texts[.path].nonEmpty, filename.nonEmpty].compactMap { $0 }
    case .message: [texts[.message], texts[.value]].compactMap { $0 }
    default: texts[field].map { [$0] } ?? []
    }
  }
}

/// An event as fingerprint rules see it (grouping.md, S9.3).
struct FingerprintTables: Sendable {
  private var tables: [FingerprintField.Table: [FingerprintRow]] = [:]

  init(_ event: SentryEvent) {
    let exceptions = event.exceptions.compactMap { $0 }.map { exception in
      var row = FingerprintRow()
      row.texts[.type] = exception.type
      row.texts[.value] = exception.value.map(PythonText.stripped).nonEmpty
      return row
    }
    var messages: [FingerprintRow] = []
    if let text = event.logEntry?.formatted.map(PythonText.stripped).nonEmpty {
      messages = [FingerprintRow(texts: [.message: text])]
    }
    tables[.exceptions] = exceptions
    tables[.messages] = messages + exceptions
    tables[.log] = [Self.row([.logger: event.logger.nonEmpty, .level: event.level])]
    tables[.tags] = [Self.row(tags: event.tags)]
    tables[.sdk] = [Self.row([.sdk: event.sdkName ?? "other"])]
    tables[.family] = [Self.row([.family: Self.family(event.platform)])]
    tables[.release] = [Self.row([.release: event.release.map(PythonText.stripped)])]
    tables[.threads] = event.threads.map(Self.row)
    tables[.frames] = Self.frames(event).map(Self.row)
  }

  /// Whether every table has a row that satisfies all of the rule's matchers on it.
  func satisfy(_ rule: FingerprintRule) -> Bool {
    let groups = Dictionary(grouping: rule.matchers, by: \.field.table)
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

  private static func row(_ texts: [FingerprintField: String?]) -> FingerprintRow {
    FingerprintRow(texts: texts.compactMapValues { $0 })
  }

  private static func row(tags: [EventTag]) -> FingerprintRow {
    var row = FingerprintRow()
    for tag in tags { row.texts[.tag(tag.name)] = tag.value }
    return row
  }

  private static func row(_ thread: EventThread) -> FingerprintRow {
    var row = Self.row([.threadID: thread.id, .threadName: thread.name, .threadState: thread.state])
    row.flags[.threadCrashed] = thread.isCrashed
    row.flags[.threadCurrent] = thread.isCurrent
    return row
  }

  private static func row(_ frame: EventFrame) -> FingerprintRow {
    var row = Self.row([
      .module: frame.frame.module, .package: frame.frame.package, .path: frame.frame.absPath,
    ])
    row.texts[.function] = frame.frame.function.nonEmpty ?? frame.frame.rawFunction.nonEmpty ?? "<unknown>"
    row.filename = frame.frame.filename
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
