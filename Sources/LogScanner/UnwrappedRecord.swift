public import TraceBytes
public import TraceModel

/// A trace or failure that stood inside another format, with its own text.
public struct UnwrappedRecord: Sendable {
  public enum Content: Sendable {
    case trace(ParsedTrace)
    case failure(ParseFailure)
  }

  /// What was found. Its ranges point into `text`; the region is all of it.
  public var content: Content
  /// Whether it is a trace.
  public var isTrace: Bool { if case .trace = content { true } else { false } }
  /// The lines of the region as they were before they were wrapped.
  public var text: [UInt8]
  /// The physical lines that carry the region, as offsets of the window.
  public var region: ByteRange
  /// The stream that the container names.
  public var stream: String?
  /// The time of the record as its field has it.
  public var timestamp: String?
  /// Fields of the message around it that a profile keeps, in the order of the schema.
  public var context: [ContextField] = []
  /// The key of the stream among whose lines others stand; nil when the lines of the region stand together.
  public var wovenKey: UInt64?
  /// The keys of all streams that the region was taken out of.
  public var keys: [UInt64] = []
}

extension UnwrappedRecord: StreamRecord {
  /// Copies a trace and its text out of the text it was found in.
  /// - Complexity: O(region).
  public init(_ trace: consuming ParsedTrace, in text: Span<UInt8>) {
    let region = trace.region
    trace.move(by: Int(region.start))
    self.init(content: .trace(trace), text: text.bytes(region.range), region: region)
  }

  /// Copies a failure and its text out of the text it was found in.
  /// - Complexity: O(region).
  public init(_ failure: ParseFailure, in text: Span<UInt8>) {
    let region = failure.region.range
    var copy = failure
    copy.region = failure.region.moved(by: region.lowerBound)
    self.init(content: .failure(copy), text: text.bytes(region), region: failure.region)
  }

  /// Gives a trace of one exception, whose type ends its text, a message.
  mutating func say(_ message: [UInt8]) {
    guard case .trace(var trace) = content, trace.exceptions.count == 1, trace.exceptions[0].value == nil,
      let type = trace.exceptions[0].type, !message.isEmpty
    else { return }
    text.removeLast(text.count - Int(type.end))
    text += Array(": ".utf8)
    trace.exceptions[0].value = ByteRange(text.count, text.count + message.count)
    text += message + [0x0A]
    trace.region = ByteRange(0, text.count)
    trace.flags.remove(.messageEndGuessed)
    content = .trace(trace)
  }

  mutating func insert(_ reason: Reason) {
    guard case .trace(var trace) = content else { return }
    trace.reasons.insert(reason)
    content = .trace(trace)
  }

  mutating func replace(_ reason: Reason, with other: Reason) {
    guard case .trace(var trace) = content, trace.reasons.contains(reason) else { return }
    trace.reasons.remove(reason)
    trace.reasons.insert(other)
    content = .trace(trace)
  }

  /// Takes the physical region for the number of lines and tells the record of a stream around it.
  mutating func carry(_ stream: StreamText, key: UInt64) {
    let range = region.range
    if wovenKey == nil, !stream.isContiguous(range) { wovenKey = key }
    keys.append(key)
    let source = stream.source(of: range)
    region = ByteRange(source.lowerBound, source.upperBound)
  }
}

extension ParsedTrace {
  /// Makes every range count from `offset`.
  fileprivate mutating func move(by offset: Int) {
    guard offset > 0 else { return }
    region = region.moved(by: offset)
    for index in exceptions.indices { exceptions[index].move(by: offset) }
    for index in frames.indices { frames[index].move(by: offset) }
  }
}

extension ParsedException {
  fileprivate mutating func move(by offset: Int) {
    type = type?.moved(by: offset)
    value = value?.moved(by: offset)
    for index in embedded.indices { embedded[index].move(by: offset) }
  }
}

extension ParsedFrame {
  fileprivate mutating func move(by offset: Int) {
    module = module?.moved(by: offset)
    function = function?.moved(by: offset)
    file = file?.moved(by: offset)
    context = context?.moved(by: offset)
  }
}

extension ByteRange {
  fileprivate func moved(by offset: Int) -> ByteRange { ByteRange(Int(start) - offset, Int(end) - offset) }
}
