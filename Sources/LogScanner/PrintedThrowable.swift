internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// A throwable that came as data, written in the form that its runtime prints, so that its trace has a text
/// to point into.
struct PrintedThrowable {
  private(set) var text: [UInt8] = []
  private(set) var trace: ParsedTrace
  private let limits: ParseLimits

  init(_ platform: Platform, _ limits: ParseLimits) {
    trace = ParsedTrace(platform: platform)
    self.limits = limits
  }

  /// Appends what is no part of any field.
  mutating func put(_ words: String) { text.append(contentsOf: words.utf8) }

  /// Appends a field and says where it stands.
  mutating func field(_ bytes: ArraySlice<UInt8>) -> ByteRange {
    let start = text.count
    text.append(contentsOf: bytes)
    return ByteRange(start, text.count)
  }

  /// Appends `Type: value` with its line end and opens the exception; its index is returned.
  mutating func open(
    type: ArraySlice<UInt8>?, value: ArraySlice<UInt8>?, relation: Relation?, parent: Int
  ) -> Int {
    let index = open(relation: relation, parent: parent)
    close(index, type: type, value: value)
    return index
  }

  /// Appends `Type: value` with its line end. Python prints it behind the frames, and notes below it.
  mutating func close(
    _ index: Int, type: ArraySlice<UInt8>?, value: ArraySlice<UInt8>?, notes: [ArraySlice<UInt8>] = []
  ) {
    let value = notes.isEmpty ? value : Array(([value ?? []] + notes).joined(separator: [0x0A]))[...]
    trace.exceptions[index].type = type.map { field($0) }
    if type == nil { trace.reasons.insert(.typeMissing) }
    if type != nil, value != nil { put(": ") }
    trace.exceptions[index].value = value.map { field($0) }
    if type == nil, value == nil { put("(neither type nor message)") }
    put("\n")
  }

  /// Opens an exception whose header follows its frames.
  mutating func open(relation: Relation?, parent: Int) -> Int {
    trace.exceptions.append(
      ParsedException(
        relation: relation, parent: relation == nil ? -1 : parent, firstFrame: trace.frames.count))
    return trace.exceptions.count - 1
  }

  /// Appends a frame of the exception; false where the trace has as many as are kept.
  mutating func add(_ frame: ParsedFrame, to index: Int) -> Bool {
    guard trace.frames.count < limits.frames else {
      trace.flags.insert(.framesCapped)
      trace.reasons.insert(.limitExceeded)
      return false
    }
    trace.append(frame, to: index)
    return true
  }

  /// How many frames of an exception were left out so far.
  func elided(_ index: Int) -> Int? { trace.exceptions[index].elided }

  mutating func insert(_ reason: Reason) { trace.reasons.insert(reason) }

  mutating func elide(_ count: Int, _ index: Int) { trace.exceptions[index].elided = count }

  /// The record; its region is the whole text.
  func record() -> UnwrappedRecord {
    var trace = trace
    trace.region = ByteRange(0, text.count)
    trace.lines = text.span.occurrences(of: 0x0A, in: 0..<text.count)
    return UnwrappedRecord(content: .trace(trace), text: text, region: trace.region)
  }
}
