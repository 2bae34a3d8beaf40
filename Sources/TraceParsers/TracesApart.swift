internal import TraceBytes
internal import TraceModel

/// Where a trace stands that was met before.
public struct KnownRegion {
  /// All of its lines.
  public var range: Range<Int>
  /// How many these are.
  var lines: Int
  var platform: Platform
  /// Whether its message could go on behind it: only a line of a log for certain shows that it ends there.
  var isOpen: Bool
  /// Until another one is looked for.
  var number: KnownTraces.Number
}

/// Traces that depend on nothing but their own bytes: what stands above and behind them is such that the parser would say the
/// same of them in any other such place.
///
/// Each condition is a question that the parser or the scanner asks of the text around a region. What they ask of more is
/// answered by not being one of these: such a trace is read.
extension TraceParser {
  /// Whether there are traces to be found by `findKnown`.
  public var knowsTraces: Bool { !knownTraces.isEmpty }

  /// The region of a trace that was met before: what `parse` would say of this anchor is what it said of that one.
  /// - Parameters:
  ///   - block: where the line starts that is the first frame of the JVM, or stands behind Python's header.
  ///   - limit: where the text ends.
  /// - Returns: nil where there is none. `takeKnown` makes a trace of it.
  /// - Complexity: O(region).
  public mutating func findKnown(_ text: Span<UInt8>, block: Int, floor: Int, before limit: Int)
    -> KnownRegion?
  {
    guard let region = knownTraces.find(text, at: block, floor: floor, before: limit),
      standsApart(text, region, floor, before: limit)
    else { return nil }
    return region
  }

  /// Puts a trace that was found by `findKnown` into `trace`, without its frames.
  public mutating func takeKnown(_ region: KnownRegion) { knownTraces.take(region, into: &trace) }

  /// Remembers the trace that was parsed last, if nothing but its bytes made it what it is.
  /// - Parameter block: as for `findKnown`.
  public mutating func noteKnown(_ text: Span<UInt8>, block: Int, floor: Int, before limit: Int) {
    guard knownTraces.cameBefore(trace.region.range, text, at: block), dependsOnBytesAlone(text, block),
      let ending = ending(text)
    else { return }
    let region = KnownRegion(
      range: trace.region.range, lines: trace.lines, platform: trace.platform, isOpen: ending == .open,
      number: -1)
    guard standsApart(text, region, floor, before: limit) else { return }
    knownTraces.note(trace, text, at: block, isOpen: region.isOpen)
  }

  // MARK: The trace itself

  private static let plainFlags: CodeSet<TraceFlag> = {
    var flags = CodeSet<TraceFlag>()
    for flag in [TraceFlag.boundary, .obfuscated, .possibleNotes, .logbackNull, .noFrames] {
      flags.insert(flag)
    }
    return flags
  }()

  private func dependsOnBytesAlone(_ text: Span<UInt8>, _ block: Int) -> Bool {
    guard depth == 0, !table.isDoubleSpaced, trace.reasons.isEmpty,
      signs.count == 0,
      trace.flags.isSubset(of: Self.plainFlags),
      trace.exceptions.count <= 64,
      trace.exceptions.allSatisfy({ $0.embedded.isEmpty && ($0.frames.isEmpty || $0.stackKey != nil) })
    else { return false }
    return hasPlainWording(text, block) && (trace.platform == .python || beginsPlainly(text, block))
  }

  private enum Ending {
    case closed
    /// In a message of Python's that could go on.
    case open
  }

  /// Whether the last line is a frame of the JVM, Python's exception with all of its message, or the end of a group's box; else
  /// it is open where it is one of a message whose lines could not be those of a log. Nil for all others.
  private func ending(_ text: Span<UInt8>) -> Ending? {
    let region = trace.region.range
    let start = text.lastOffset(of: 0x0A, in: region.lowerBound..<region.upperBound - 1).map { $0 + 1 }
    guard let start, text[region.upperBound - 1] == 0x0A else { return nil }
    if trace.platform == .java { return isBlank(text[start]) ? .closed : nil }
    let line = Self.line(text, at: start, region.upperBound, limits)
    if separatorLine(text, line)?.isEnd == true { return .closed }
    guard let type = trace.exceptions.last?.type else { return nil }
    guard Int(type.start) == start else { return isMessage(text, behind: type) ? .open : nil }
    let goesOn =
      announces(text, line) || text.ends(line.content..<line.end, with: "see the stack trace below.")
      || JavaHeader.find(text, in: line, isLogLine: true)?.namesAClass(text) == true
    return goesOn ? .open : .closed
  }

  /// Whether the exception's type starts a line, and those behind it are a message's that could not be lines of any log.
  private func isMessage(_ text: Span<UInt8>, behind type: ByteRange) -> Bool {
    let region = trace.region.range
    guard let value = trace.exceptions.last?.value, Int(value.end) + 1 == region.upperBound,
      type.start > 0, text[Int(type.start) - 1] == 0x0A
    else { return false }
    var at = text.firstOffset(of: 0x0A, in: Int(type.start)..<region.upperBound).map { $0 + 1 }
    while let start = at, start < region.upperBound {
      let line = Self.line(text, at: start, region.upperBound, limits)
      guard line.kind == .other || line.kind == .blank, !LineShape.tells(text, line) else { return false }
      at = line.next
    }
    return true
  }

  /// Whether the first line is the header for which the parser looks no further up, and no other line above the frames is one.
  private func beginsPlainly(_ text: Span<UInt8>, _ block: Int) -> Bool {
    var at = block
    while at > trace.region.range.lowerBound,
      let line = line(before: at, floor: trace.region.range.lowerBound, text)
    {
      let isLog = LogLine.kind(text, line, scratch) != nil
      if let header = acceptable(text, line, isLog: isLog, isAdjacent: at == block) {
        return line.start == trace.region.range.lowerBound
          && (isLog || !isWeak(text, FoundHeader(line: line, header: header)))
      }
      at = line.start
    }
    return false
  }

  /// Whether the lines that are not indented say the same with other digits and below any line of a log: none is a frame or a
  /// mark of some left out, none may be a logger's but the first, and no digit is a part of an escaped character.
  private func hasPlainWording(_ text: Span<UInt8>, _ block: Int) -> Bool {
    let region = trace.region.range
    var at = region.lowerBound
    while at < region.upperBound {
      let line = Self.line(text, at: at, region.upperBound, limits)
      at = line.next
      guard line.indent == 0 || line.start < block else { continue }
      switch line.kind {
      case .other, .blank, .javaLabel, .pythonHeader, .pythonSeparator: break
      case .margin where line.start == region.lowerBound: break
      default: return false
      }
      guard text.which(of: Self.escapes, in: line.start..<line.end) == 0 else { return false }
      guard line.start > region.lowerBound else { continue }
      if LogLine.kind(text, line, scratch) == .doubtful || LogLine.hasPlainLevel(text, line)
        || LogLine.hasKeys(text, line, scratch)
      {
        return false
      }
    }
    return true
  }

  /// `#`, a backslash, `&`, `%`, ESC.
  private static let escapes: UInt64 = 0x1B1B_1B1B_2526_5C23

  // MARK: What stands around it

  private func standsApart(_ text: Span<UInt8>, _ region: KnownRegion, _ floor: Int, before limit: Int)
    -> Bool
  {
    let first = region.range.lowerBound
    guard first > floor else {
      return standsApart(text, behind: region, isBelowSure: false, before: limit)
    }
    let oldest = max(floor, first - limits.lineBytes)
    let start = text.lastOffset(of: 0x0A, in: oldest..<first - 1).map { $0 + 1 } ?? oldest
    let above = Self.line(text, at: start, first, limits)
    guard above.kind == .other, let kind = LogLine.kind(text, above, scratch),
      !text.ends(above.content..<above.end, with: ":")
    else { return false }
    return standsApart(text, behind: region, isBelowSure: kind == .sure, before: limit)
  }

  /// Whether a line of the log or the header of another trace stands behind.
  /// - Parameter isBelowSure: whether the line above the trace is one of a log for certain.
  private func standsApart(
    _ text: Span<UInt8>, behind region: KnownRegion, isBelowSure: Bool, before limit: Int
  ) -> Bool {
    guard let behind = Self.wholeLine(text, at: region.range.upperBound, limit, limits), behind.indent == 0,
      behind.content < behind.end, let next = Self.wholeLine(text, at: behind.next, limit, limits)
    else { return false }
    let isShort = region.lines <= Self.mostLines.first
    if behind.kind == .pythonHeader {
      return !region.isOpen && !isShort && text[behind.content] != UInt8(ascii: ":")
        && !isQuoting(text, behind)
    }
    guard behind.kind == .other, next.kind != .javaLabel, next.kind != .javaMore,
      next.kind != .pythonSeparator, !isCutMarker(text, behind),
      ForeignChain.behindWords(text, behind) == nil, JavaLabel.parse(text, behind) == nil
    else { return false }
    let kind = LogLine.kind(text, behind, scratch)
    if region.isOpen, kind != .sure { return false }
    // Behind a few lines, the header of another trace may be a sign of a woven one.
    if isShort, kind == nil { return false }
    guard next.kind == .javaBadFrame else {
      return region.platform == .java || kind == .sure
        || kind == .doubtful && endsAtDoubtful(text, region.range, isBelowSure)
    }
    guard kind != .doubtful, !hasControl(text, behind), JavaFrame.read(text, next) != nil,
      let header = JavaHeader.find(text, in: behind, isLogLine: kind != nil), header.isDotted
    else { return false }
    if region.platform == .java || kind != nil { return true }
    let isThread = text.has("Exception in thread \"", at: behind.content, before: behind.end)
    return isThread || header.start == behind.content && !LogLine.hasKeys(text, behind, scratch)
  }

  /// Whether a traceback's message ends at a line that may be a logger's (`doubtfulLine`).
  private func endsAtDoubtful(_ text: Span<UInt8>, _ region: Range<Int>, _ isBelowSure: Bool) -> Bool {
    switch LogLine.kind(text, Self.line(text, at: region.lowerBound, region.upperBound, limits), scratch) {
    case .sure: return false
    case .doubtful: return true
    case nil: return !isBelowSure
    }
  }

  /// Whether a line may be damaged (`DamagedLine`): it has a control byte.
  private func hasControl(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    var at = line.start
    while true {
      at = text.plainEnd(at..<line.end)
      guard at < line.end else { return text.firstOffset(of: 0x7F, in: line.start..<line.end) != nil }
      if text[at] < 0x20, text[at] != 0x09 { return true }
      at += 1
    }
  }

  /// Whether the header of a traceback is quoted by a page or by torch.
  private func isQuoting(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
    text.firstOffset(of: "<pre>", in: line.content..<line.end) != nil
      || text.has("Original ", at: line.content, before: line.end)
  }

  private static func line(_ text: Span<UInt8>, at start: Int, _ end: Int, _ limits: ParseLimits) -> TextLine
  {
    var line = TextLine.cut(
      text, from: start, newline: text.firstOffset(of: 0x0A, in: start..<end), end: end,
      limit: limits.lineBytes)
    line.kind = LineClassifier.kind(text, line)
    return line
  }

  /// The line at an offset with its line end; nil where that is not there.
  private static func wholeLine(_ text: Span<UInt8>, at start: Int, _ end: Int, _ limits: ParseLimits)
    -> TextLine?
  {
    guard start < end else { return nil }
    let line = line(text, at: start, end, limits)
    return line.next < end || text[end - 1] == 0x0A ? line : nil
  }
}
