internal import Grouping
internal import TraceBytes
internal import TraceModel
internal import TraceSift

/// How a trace's exceptions and frames are written.
extension NDJSONSink {
  mutating func exceptions(_ trace: ParsedTrace, _ inApp: [Bool?], _ text: Span<UInt8>) {
    buffer.append("[")
    for index in trace.exceptions.indices {
      if index > 0 { buffer.append(",") }
      exception(trace, index, inApp, text)
    }
    buffer.append("]")
  }

  private mutating func exception(_ trace: ParsedTrace, _ index: Int, _ inApp: [Bool?], _ text: Span<UInt8>) {
    let exception = trace.exceptions[index]
    let start = buffer.count
    member("type", text, exception.type)
    if exception.needsCleaning(in: text) {
      let value = exception.cleanedValue(in: text)
      name("value")
      if !buffer.appendJSON(value.span, 0..<value.count) { isRepaired = true }
    } else {
      member("value", text, exception.value)
    }
    if let relation = exception.relation {
      member("relation", relation.rawValue)
      if exception.parent >= 0 { member("parent", exception.parent) }
    }
    frames(trace, exception, inApp, text)
    if let elided = exception.elided { member("elided", elided) }
    if exception.isCircular { buffer.append(",\"circular\":true") }
    embedded(exception, text)
    buffer.append("}")
    buffer.open(at: start)
  }

  private mutating func embedded(_ exception: ParsedException, _ text: Span<UInt8>) {
    guard !exception.embedded.isEmpty else { return }
    buffer.append(",\"embedded\":[")
    for (index, trace) in exception.embedded.enumerated() {
      buffer.append(index > 0 ? ",{\"platform\":" : "{\"platform\":")
      buffer.appendJSON(trace.platform.rawValue)
      buffer.append(",\"exceptions\":")
      exceptions(trace, [], text)
      buffer.append("}")
    }
    buffer.append("]")
  }

  private mutating func frames(
    _ trace: ParsedTrace, _ exception: ParsedException, _ inApp: [Bool?], _ text: Span<UInt8>
  ) {
    buffer.append(",\"frames\":[")
    let isLong = exception.frames.count > Self.longestList
    let key = isLong ? nil : listKey(trace, exception, inApp)
    if let key, let wasRepaired = pieces.appendList(key, to: &buffer) {
      isRepaired = isRepaired || wasRepaired
    } else {
      pieces.beginList()
      list(trace, exception, inApp, text, remembers: !isLong)
      if let key { pieces.endList(key) } else { pieces.dropList() }
    }
    buffer.append("]")
  }

  /// Whether an exception's frames were written before as a list.
  func isKnown(_ trace: ParsedTrace, _ exception: ParsedException, _ inApp: [Bool?]) -> Bool {
    guard exception.frames.count <= Self.longestList, let key = listKey(trace, exception, inApp) else {
      return false
    }
    return pieces.hasList(key)
  }

  /// Frames of a longer stack are not remembered, for it would fill the memory alone.
  static let longestList = 4096

  /// The key of all that a list of frames is made of; nil where the parser did not leave it.
  private func listKey(_ trace: ParsedTrace, _ exception: ParsedException, _ inApp: [Bool?]) -> KeyHash? {
    guard !exception.frames.isEmpty, var key = exception.framesKey else { return nil }
    key.combine(trace.platform == .python ? 1 : 0)
    // 32 frames a word.
    var word: UInt64 = 0
    for index in exception.frames.clamped(to: inApp.indices) {
      if word >> 62 != 0 {
        key.combine(word)
        word = 0
      }
      word = word << 2 | (inApp[index].map { $0 ? 2 : 1 } ?? 3)
    }
    key.combine(word)
    return key
  }

  private mutating func list(
    _ trace: ParsedTrace, _ exception: ParsedException, _ inApp: [Bool?], _ text: Span<UInt8>, remembers: Bool
  ) {
    for place in 0..<exception.frames.count {
      let index = trace.frameIndex(of: place, in: exception)
      if place > 0 { buffer.append(",") }
      let isInApp = index < inApp.count ? inApp[index] : nil
      if remembers {
        knownFrame(trace.frames[index], trace.platform, isInApp, text)
      } else {
        frame(trace.frames[index], trace.platform, isInApp, text)
      }
    }
  }

  /// Writes a frame, from memory where it was written before.
  private mutating func knownFrame(
    _ frame: ParsedFrame, _ platform: Platform, _ inApp: Bool?, _ text: Span<UInt8>
  ) {
    var key = frame.fieldsKey(in: text)
    let flags = (platform == .python ? 1 : 0) | (frame.isNative ? 2 : 0) | (inApp.map { $0 ? 4 : 8 } ?? 0)
    key.combine(frame.numbers)
    key.combine(UInt64(flags))
    if let wasRepaired = pieces.append(key, to: &buffer) {
      isRepaired = isRepaired || wasRepaired
      return
    }
    let start = buffer.count
    let before = isRepaired
    isRepaired = false
    self.frame(frame, platform, inApp, text)
    pieces.insert(key, buffer, from: start, isRepaired: isRepaired)
    isRepaired = isRepaired || before
  }

  private mutating func frame(_ frame: ParsedFrame, _ platform: Platform, _ inApp: Bool?, _ text: Span<UInt8>)
  {
    let start = buffer.count
    member("module", text, frame.module)
    member("function", text, frame.function)
    let isPath = platform == .python && frame.module == nil
    if !isPath { member("filename", text, frame.file) }
    if frame.line > 0 { member("lineno", Int(frame.line)) }
    if isPath { member("abs_path", text, frame.file) }
    member("context_line", text, frame.context)
    if frame.isNative { buffer.append(",\"native\":true") }
    if let inApp { buffer.append(inApp ? ",\"in_app\":true" : ",\"in_app\":false") }
    if frame.repeated > 0 { member("repeated", Int(frame.repeated)) }
    buffer.append("}")
    buffer.open(at: start)
  }
}
