public import TraceBytes

/// One frame as ranges of the text it stands in. It owns nothing and never outlives that text.
public struct ParsedFrame: Sendable, Equatable {
  /// JVM: the class with its package; Python has none.
  public var module: ByteRange?
  /// The method's or function's name; nil where the text shows none.
  public var function: ByteRange?
  /// JVM: the file's name. Python: the path as printed.
  public var file: ByteRange?
  /// Python: the first source line, without indentation.
  public var context: ByteRange?
  /// 1-based; 0 when the text gives none.
  public var line: Int32 = 0
  /// How many more times the text says this frame was repeated; 0 when it says nothing.
  public var repeated: Int32 = 0
  /// Whether the JVM says that it is a native method.
  public var isNative = false
  /// The key of the fields that can influence a hash, where the parser has it at hand.
  public var key: KeyHash?

  /// A frame of which nothing is known.
  public init() {}

  /// `line` and `repeated` in one.
  public var numbers: UInt64 { UInt64(UInt32(bitPattern: line)) << 32 | UInt64(UInt32(bitPattern: repeated)) }

  /// The key of the fields that can influence a hash: all but the numbers.
  /// - Complexity: O(1) where the parser left it, else O(bytes of the fields).
  public func fieldsKey(in text: Span<UInt8>) -> KeyHash {
    if let key { return key }
    let names = Self.key(module: module, function: function, file: file, in: text)
    return context.map { Self.key(names, context: Self.key(context: $0, in: text)) } ?? names
  }

  /// The key of a frame without a source line.
  public static func key(
    module: ByteRange?, function: ByteRange?, file: ByteRange?, in text: Span<UInt8>
  ) -> KeyHash {
    var key = KeyHash()
    key.combine(text, module)
    key.combine(text, function)
    key.combine(text, file)
    return key
  }

  /// The key of a source line.
  public static func key(context: ByteRange, in text: Span<UInt8>) -> KeyHash {
    var key = KeyHash()
    key.combine(text, context.range)
    return key
  }

  /// The key of a frame with a source line.
  public static func key(_ names: KeyHash, context: KeyHash) -> KeyHash {
    var key = names
    key.combine(context, with: 1)
    return key
  }
}

/// One exception of a trace that is being parsed.
public struct ParsedException: Sendable, Equatable {
  /// The name of its class as printed, with its package or module; nil where the text shows none.
  public var type: ByteRange?
  /// The message without the colon and blank before it; nil where there is none. It may be empty, and have several lines.
  public var value: ByteRange?
  /// How many bytes stand before the text on each further line of the value (a group's margin); 0: none.
  public var valueMargin = 0
  /// What it is to the exception at `parent`; nil for the first of a trace.
  public var relation: Relation?
  /// Index of the exception that `relation` points at; -1: none.
  public var parent = -1
  /// Where this exception's frames stand in `ParsedTrace.frames`.
  public var frames: Range<Int>
  /// The key of all that can influence a hash in its frames; nil where there are none, or the parser left it out.
  public var stackKey: KeyHash?
  /// The key of its frames with their numbers; nil likewise.
  public var framesKey: KeyHash?
  /// Frames that the text left out; nil when it does not say so.
  public var elided: Int?
  /// Whether the text only says that this exception was printed above already (`CIRCULAR REFERENCE`).
  public var isCircular = false
  /// Traces that stand in the value.
  public var embedded: [ParsedTrace] = []

  /// An exception without frames; the first one that is added to it will stand at `firstFrame`.
  public init(relation: Relation? = nil, parent: Int = -1, firstFrame: Int) {
    self.relation = relation
    self.parent = parent
    frames = firstFrame..<firstFrame
  }
}

/// A set of small enumerated codes: one word, and no allocation. An enumeration has at most 63 of them; any others would
/// share a bit.
public struct CodeSet<Code: CaseIterable & Equatable & Sendable>: Sendable, Equatable
where Code.AllCases == [Code] {
  @usableFromInline var bits: UInt64 = 0

  // All of it can be inlined: as generic code of another module each question would look its types up first.
  /// The empty set.
  @inlinable public init() {}

  /// Whether it has no member.
  @inlinable public var isEmpty: Bool { bits == 0 }

  /// Adds a code; nothing happens where it is a member.
  /// - Complexity: O(codes of the enumeration), as for all questions about one code.
  @inlinable public mutating func insert(_ code: Code) {
    bits |= 1 << UInt64(Self.index(code))
  }

  /// Takes a code out; nothing happens where it is no member.
  @inlinable public mutating func remove(_ code: Code) {
    bits &= ~(1 << UInt64(Self.index(code)))
  }

  /// Adds all members of another set.
  @inlinable public mutating func formUnion(_ other: Self) { bits |= other.bits }

  /// Whether every member is one of another set.
  @inlinable public func isSubset(of other: Self) -> Bool { bits & ~other.bits == 0 }

  /// Whether a code is a member.
  @inlinable public func contains(_ code: Code) -> Bool {
    bits != 0 && bits & (1 << UInt64(Self.index(code))) != 0
  }

  /// The members in the order of their declaration.
  @inlinable public var members: [Code] {
    guard bits != 0 else { return [] }
    let all = Code.allCases
    return all.indices.filter { bits & (1 << UInt64($0)) != 0 }.map { all[$0] }
  }

  /// Calls `body` with each member in the order of their declaration, without a list of them.
  @inlinable public func visit(_ body: (Code) -> Void) {
    guard bits != 0 else { return }
    for (index, code) in Code.allCases.enumerated() where bits & (1 << UInt64(index)) != 0 { body(code) }
  }

  @inlinable static func index(_ code: Code) -> Int { Code.allCases.firstIndex(of: code) ?? 63 }
}

/// One trace as ranges of its text. Storage is reused from trace to trace.
public struct ParsedTrace: Sendable, Equatable {
  /// The language whose runtime printed it.
  public var platform: Platform
  /// In the order of the text.
  public var exceptions: [ParsedException] = []
  /// All exceptions' frames in the order of the text.
  public var frames: [ParsedFrame] = []
  /// Whether the text prints the newest call first (JVM) or last (Python).
  public var isNewestFirst: Bool { platform == .java }
  /// Not empty: the trace is degraded.
  public var reasons = CodeSet<Reason>()
  /// Remarks that do not make a trace degraded.
  public var flags = CodeSet<TraceFlag>()
  /// The whole lines of the trace, the last one's line end included.
  public var region = ByteRange(0, 0)
  /// How many lines `region` has.
  public var lines = 0
  /// Whether `frames` is empty although the exceptions say where theirs stand: the trace was met before, and their keys tell
  /// all that has to be known.
  public var framesAreLeftOut = false

  /// A trace with nothing in it.
  public init(platform: Platform) { self.platform = platform }

  /// The index of an exception's frame, counted from the oldest call.
  public func frameIndex(of place: Int, in exception: ParsedException) -> Int {
    isNewestFirst ? exception.frames.upperBound - 1 - place : exception.frames.lowerBound + place
  }

  /// Adds a frame to an exception, which is the last one that has any.
  public mutating func append(_ frame: ParsedFrame, to exception: Int) {
    let first = exceptions[exception].frames.lowerBound
    let isFirst = first == frames.count
    let key = isFirst ? KeyHash() : exceptions[exception].stackKey
    exceptions[exception].stackKey = key.flatMap { key in
      frame.key.map { key.adding($0, of: frame, behind: isFirst ? nil : frames[frames.count - 1]) }
    }
    let framesKey = isFirst ? KeyHash() : exceptions[exception].framesKey
    exceptions[exception].framesKey = framesKey.flatMap { key in frame.key.map { key.adding($0, of: frame) } }
    frames.append(frame)
    exceptions[exception].frames = first..<frames.count
  }

  /// Takes the last frame off an exception, which is the last one that has any.
  public mutating func removeLastFrame(of exception: Int, in text: Span<UInt8>) {
    frames.removeLast()
    exceptions[exception].frames = exceptions[exception].frames.lowerBound..<frames.count
    exceptions[exception].stackKey = nil
    exceptions[exception].framesKey = nil
    guard !exceptions[exception].frames.isEmpty else { return }
    exceptions[exception].stackKey = stackKey(of: exceptions[exception], in: text)
  }

  /// Says of the last frame, which is one of an exception's, how many more times it stands there.
  public mutating func addRepeats(_ count: Int32, of exception: Int) {
    frames[frames.count - 1].repeated &+= count
    exceptions[exception].framesKey = nil
  }

  /// The key of an exception's frames.
  /// - Complexity: O(1) where the parser left it, else O(bytes of the fields).
  public func stackKey(of exception: ParsedException, in text: Span<UInt8>) -> KeyHash {
    if let key = exception.stackKey { return key }
    var key = KeyHash()
    var last: ParsedFrame?
    for index in exception.frames {
      key = key.adding(frames[index].fieldsKey(in: text), of: frames[index], behind: last)
      last = frames[index]
    }
    return key
  }

  /// Forgets the trace and keeps the storage.
  public mutating func reset(platform: Platform) {
    self.platform = platform
    exceptions.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    reasons = CodeSet()
    flags = CodeSet()
    region = ByteRange(0, 0)
    lines = 0
    framesAreLeftOut = false
  }
}

extension KeyHash {
  /// Whether a frame is the one before again decides recursion, and lines count for that alone.
  @inline(__always)
  fileprivate func adding(_ fields: KeyHash, of frame: ParsedFrame, behind last: ParsedFrame?) -> KeyHash {
    var key = self
    key.combine(fields, with: frame.line == last?.line ?? 0 ? 1 : 0)
    return key
  }

  @inline(__always)
  fileprivate func adding(_ fields: KeyHash, of frame: ParsedFrame) -> KeyHash {
    var key = self
    key.combine(fields, with: frame.numbers)
    key.combine(frame.isNative ? 1 : 0)
    return key
  }
}

/// A trace-like region that could not be parsed.
public struct ParseFailure: Sendable, Equatable {
  /// The language that it is most like.
  public var platform: Platform
  /// Why, as a code.
  public var reason: Reason
  /// One sentence for a person: what was found and what was missing.
  public var detail: String
  /// Its whole lines, the last one's line end included.
  public var region: ByteRange
  /// How many lines `region` has.
  public var lines: Int

  public init(platform: Platform, reason: Reason, detail: String, region: ByteRange, lines: Int) {
    self.platform = platform
    self.reason = reason
    self.detail = detail
    self.region = region
    self.lines = lines
  }
}
