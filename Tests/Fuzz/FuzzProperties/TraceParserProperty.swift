import TraceBytes
import TraceModel
import TraceParsers

/// The trace parsers alone, asked about one line of any text after the other.
///
/// What is answered stands where it says, and depends on nothing but the text between the floor and the end: not on
/// what the parser met before, where the text lies, or how much of it has come yet.
enum TraceParserProperty {
  static func check(_ bytes: [UInt8], _ platform: Platform) throws {
    for line in bytes.split(separator: 0x0A, maxSplits: 100) where line.count <= 400 {
      if let difference = PatternAgreement.difference(on: Array(line).span) {
        throw PropertyFailure("\(String(decoding: line, as: UTF8.self)): \(difference)")
      }
    }
    var parser = TraceParser(limits: limits)
    var (anchor, floor, asked) = (0, 0, 0)
    while anchor < bytes.count, asked < 60 {
      let question = Question(anchor: anchor, floor: floor, end: bytes.count)
      let answer = question.ask(&parser, bytes)
      try checkPlace(answer, question, bytes)
      try checkDependence(answer, question, bytes)
      anchor = bytes[anchor...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      switch answer.outcome {
      case .trace:
        if let trace = answer.trace { try TracePrinting.check(trace, bytes, platform) }
        anchor = max(anchor, answer.end)
        floor = anchor
      case .failure: anchor = max(anchor, answer.end)
      case .none: break
      case .needsMore: throw PropertyFailure("more text is wanted behind the end")
      }
      asked += 1
    }
  }

  /// So small that short inputs reach them.
  static let limits: ParseLimits = {
    var limits = ParseLimits()
    limits.lineBytes = 600
    limits.regionBytes = 5000
    limits.frames = 30
    limits.exceptions = 12
    limits.messageLines = 10
    limits.messageBytes = 700
    limits.nesting = 2
    return limits
  }()

  // MARK: Where it stands

  private static func checkPlace(_ answer: Answer, _ question: Question, _ bytes: [UInt8]) throws {
    switch answer.outcome {
    case .trace:
      guard let trace = answer.trace else { return }
      try checkRegion(trace.region, trace.lines, question, bytes)
      try check(trace, in: trace.region, bytes, depth: 0)
    case .failure(let failure):
      try checkRegion(failure.region, failure.lines, question, bytes)
      try require(!failure.detail.isEmpty, "a failure says nothing")
    case .none(let resume):
      // Of a region that starts above its anchor it may be less than that; who asks goes on behind the anchor.
      try require(question.floor <= resume && resume <= bytes.count, "going on at \(resume)")
    case .needsMore: break
    }
  }

  /// Whole lines between the floor and the end.
  private static func checkRegion(
    _ region: ByteRange, _ lines: Int, _ question: Question, _ bytes: [UInt8]
  ) throws {
    let range = region.range
    try require(
      question.floor <= range.lowerBound && range.lowerBound < range.upperBound
        && range.upperBound <= bytes.count, "region \(range)")
    try require(
      question.isLineStart(range.lowerBound, bytes) && question.isLineStart(range.upperBound, bytes)
        || range.upperBound == bytes.count, "region \(range) cuts a line")
    let ends = bytes[range].count { $0 == 0x0A } + (bytes[range.upperBound - 1] == 0x0A ? 0 : 1)
    try require(lines == ends, "region \(range) has \(ends) lines, not \(lines)")
  }

  private static func check(_ trace: ParsedTrace, in region: ByteRange, _ bytes: [UInt8], depth: Int) throws {
    try require(!trace.exceptions.isEmpty, "a trace without an exception")
    try require(depth <= limits.nesting, "traces in messages \(depth) deep")
    var frames = 0
    for (index, exception) in trace.exceptions.enumerated() {
      let isLinked = exception.relation == nil || 0..<index ~= exception.parent
      try require(isLinked, "exception \(index) hangs together with \(exception.parent)")
      try require(exception.frames.lowerBound >= frames, "exception \(index) has frames of the one before")
      frames = exception.frames.upperBound
      try require(exception.frames.count <= limits.frames, "\(exception.frames.count) frames")
      try require(exception.elided ?? 0 >= 0, "\(exception.elided ?? 0) frames left out")
      for range in [exception.type, exception.value] { try checkInside(range, region) }
      for inner in exception.embedded { try check(inner, in: region, bytes, depth: depth + 1) }
    }
    try require(frames <= trace.frames.count, "\(frames) frames of \(trace.frames.count)")
    for frame in trace.frames { try check(frame, in: region, bytes) }
  }

  private static func check(_ frame: ParsedFrame, in region: ByteRange, _ bytes: [UInt8]) throws {
    for range in [frame.module, frame.function, frame.file, frame.context] { try checkInside(range, region) }
    try require(frame.line >= 0 && frame.repeated >= 0, "line \(frame.line), repeated \(frame.repeated)")
    var read = frame
    read.key = nil
    let key = read.fieldsKey(in: bytes.span)
    try require(frame.fieldsKey(in: bytes.span) == key, "a frame has another one's key")
  }

  private static func checkInside(_ range: ByteRange?, _ region: ByteRange) throws {
    guard let range else { return }
    let isInside = region.start <= range.start && range.start <= range.end && range.end <= region.end
    try require(isInside, "\(range.start)..<\(range.end) is not in \(region.range)")
  }

  // MARK: What it depends on

  private static func checkDependence(_ answer: Answer, _ question: Question, _ bytes: [UInt8]) throws {
    var fresh = TraceParser(limits: limits)
    try require(question.ask(&fresh, bytes) == answer, "what was met before changes the answer")
    if answer.isNothing { return }
    // Something else before the floor, and everything at another place.
    let above = Array("\n  File \"/x.py\", line 1, in f\njava.lang.Error: x\n\tat a.b(C:1)\n".utf8)
    let moved = question.moved(by: above.count - question.floor)
    try require(
      moved.ask(&fresh, above + bytes[question.floor...]) == answer.moved(by: above.count - question.floor),
      "what stands above the floor changes the answer")
    let rest = bytes.count - question.anchor
    for cut in [rest / 4, rest / 2, rest - rest / 4, rest - 1, rest].map({ question.anchor + $0 }) {
      var part = Question(anchor: question.anchor, floor: question.floor, end: cut)
      part.isFinal = false
      let early = part.ask(&fresh, bytes)
      if case .needsMore(let from) = early.outcome {
        try require(question.floor...question.anchor ~= from, "from \(from) on it is parsed again")
      } else {
        try require(early == answer, "told from \(cut) bytes: \(early.outcome), not \(answer.outcome)")
      }
    }
  }
}

/// One call of a parser.
private struct Question {
  /// First byte of a line.
  var anchor: Int
  var floor: Int
  var end: Int
  var isFinal = true

  func ask(_ parser: inout TraceParser, _ bytes: [UInt8]) -> Answer {
    let outcome = parser.parse(bytes.span, anchor: anchor, floor: floor, end: end, isFinal: isFinal)
    return Answer(outcome: outcome, trace: outcome == .trace ? parser.trace : nil)
  }

  func moved(by offset: Int) -> Question {
    Question(anchor: anchor + offset, floor: floor + offset, end: end + offset)
  }

  /// A byte order mark is no part of the line behind it.
  func isLineStart(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    let isMarked = offset >= floor + 3 && bytes[offset - 3..<offset] == [0xEF, 0xBB, 0xBF]
    let start = isMarked ? offset - 3 : offset
    return start == floor || bytes[start - 1] == 0x0A
  }
}

/// What came of it.
private struct Answer: Equatable {
  var outcome: ParseOutcome
  var trace: ParsedTrace?

  var isNothing: Bool { if case .none = outcome { true } else { false } }

  /// The end of the region; 0 where there is none.
  var end: Int {
    if case .failure(let failure) = outcome { return Int(failure.region.end) }
    return Int(trace?.region.end ?? 0)
  }

  func moved(by offset: Int) -> Answer {
    var answer = Answer(outcome: outcome, trace: trace?.moved(by: offset))
    switch outcome {
    case .none(let resume): answer.outcome = .none(resume: resume + offset)
    case .failure(var failure):
      failure.region = failure.region.moved(by: offset)
      answer.outcome = .failure(failure)
    case .trace, .needsMore: break
    }
    return answer
  }
}

extension ParsedTrace {
  /// The same trace of a text that has `offset` more bytes before it.
  fileprivate func moved(by offset: Int) -> ParsedTrace {
    var trace = self
    trace.region = region.moved(by: offset)
    for index in trace.frames.indices {
      trace.frames[index].module = frames[index].module?.moved(by: offset)
      trace.frames[index].function = frames[index].function?.moved(by: offset)
      trace.frames[index].file = frames[index].file?.moved(by: offset)
      trace.frames[index].context = frames[index].context?.moved(by: offset)
    }
    for index in trace.exceptions.indices {
      trace.exceptions[index].type = exceptions[index].type?.moved(by: offset)
      trace.exceptions[index].value = exceptions[index].value?.moved(by: offset)
      trace.exceptions[index].embedded = exceptions[index].embedded.map { $0.moved(by: offset) }
    }
    return trace
  }
}
