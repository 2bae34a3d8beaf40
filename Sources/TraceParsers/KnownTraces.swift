internal import TraceBytes
internal import TraceModel

/// Whole traces that were met before, each known by its bytes, where numbers and identifiers of its messages stand for any
/// others (`Wording`): most traces of a log come again with another one. One that does costs one pass over its bytes,
/// whatever the parser asked the first time.
///
/// Kept are exceptions, with the keys of their stacks instead of the frames; who needs these lets the parser read. What a
/// trace comes to depends on its bytes alone where it stands apart from the text around it (`TraceParser.standsApart`), and
/// only such ones are kept and found. From the second time on, since most that come once never come again. Bounded: while
/// there is no room for new ones they are counted, and once they far outnumber the kept ones everything starts over.
struct KnownTraces {
  /// The number of a trace, until everything starts over.
  typealias Number = Int32

  private struct Trace {
    /// Of the lines from the first frame's on that are indented.
    var block: BytesDigest
    var blockLength: Int32
    /// Bytes of the region before the block, and of all of it.
    var head: Int32
    var length: Int32
    var lines: Int32
    /// Its parts are `parts[firstPart ..< firstPart + partCount]`: the head, and those behind the block.
    var firstPart: Int32
    var partCount: Int32
    /// Its exceptions are `exceptions[firstException ..< firstException + exceptionCount]`.
    var firstException: Int32
    var exceptionCount: Int32
    var platform: Platform
    /// As of its region.
    var isOpen: Bool
    var flags: CodeSet<TraceFlag>
  }

  /// A run of lines that are all indented or all not.
  private struct Part {
    var length: Int32
    /// Where the bytes of lines that are not indented start in `wording`.
    var wording: Int32 = -1
    /// Of lines that are indented.
    var digest: BytesDigest?
  }

  /// An exception whose ranges are counted from the start of its trace.
  fileprivate struct Exception {
    var type: ByteRange?
    var value: ByteRange?
    var valueMargin: Int32
    var relation: Relation?
    var isCircular: Bool
    var parent: Int32
    var firstFrame: Int32
    var frameCount: Int32
    var elided: Int?
    var stackKey: KeyHash?
    var framesKey: KeyHash?
  }

  /// The most bytes of a region.
  static let longest = 1 << 15
  private static let mostBytes = 4 << 20

  private var traces: [Trace] = []
  private var parts: [Part] = []
  private var wording: [UInt8] = []
  private var exceptions: [Exception] = []
  /// The traces by their block.
  private var lists = RecentLists()
  private var seen = SeenOnce()
  private var refused = 0
  private let seed = UInt64.random(in: .min ... .max)

  /// Bytes that all of it takes.
  var rememberedBytes: Int {
    traces.allocatedBytes + parts.allocatedBytes + wording.allocatedBytes + exceptions.allocatedBytes
      + lists.rememberedBytes + seen.rememberedBytes
  }

  var isEmpty: Bool { traces.isEmpty }

  // MARK: Finding

  /// The trace whose block starts at an offset.
  /// - Complexity: O(its bytes), and a few comparisons with traces that have the same first lines.
  mutating func find(
    _ text: Span<UInt8>, at begin: Int, floor: Int, before limit: Int
  ) -> KnownRegion? {
    guard !traces.isEmpty, let end = Self.blockEnd(text, begin, limit) else { return nil }
    let block = BytesDigest(text, begin..<end, seed: seed)
    var place = lists.first(of: block.word)
    while place.number >= 0 {
      if traces[Int(place.number)].block == block, stands(place.number, text, begin, floor, limit) {
        lists.moveToFront(place)
        return region(place.number, begin)
      }
      lists.advance(&place)
    }
    return nil
  }

  private func region(_ number: Number, _ begin: Int) -> KnownRegion {
    let trace = traces[Int(number)]
    let start = begin - Int(trace.head)
    return KnownRegion(
      range: start..<start + Int(trace.length), lines: Int(trace.lines), platform: trace.platform,
      isOpen: trace.isOpen, number: number)
  }

  /// Whether the parts beside the block stand where they should.
  private func stands(_ index: Number, _ text: Span<UInt8>, _ begin: Int, _ floor: Int, _ limit: Int) -> Bool
  {
    let trace = traces[Int(index)]
    let start = begin - Int(trace.head)
    guard start >= floor, start == floor || text[start - 1] == 0x0A, start + Int(trace.length) <= limit else {
      return false
    }
    let first = Int(trace.firstPart)
    guard holds(first, text, start) else { return false }
    var at = begin + Int(trace.blockLength)
    for part in first + 1..<first + Int(trace.partCount) {
      guard holds(part, text, at) else { return false }
      at += Int(parts[part].length)
    }
    return true
  }

  private func holds(_ part: Int, _ text: Span<UInt8>, _ start: Int) -> Bool {
    let length = Int(parts[part].length)
    if let digest = parts[part].digest {
      return BytesDigest(text, start..<start + length, seed: seed) == digest
    }
    let words = Int(parts[part].wording)
    return Wording.isAlike(
      text.extracting(start..<start + length), wording.span.extracting(words..<words + length))
  }

  /// Behind the line at an offset and the indented ones below it; nil where they are too long or do not end.
  private static func blockEnd(_ text: Span<UInt8>, _ begin: Int, _ limit: Int) -> Int? {
    let limit = min(limit, begin + longest)
    return begin < limit ? text.blockEnd(in: begin..<limit) : nil
  }

  /// Makes a trace of one that was found.
  func take(_ region: KnownRegion, into trace: inout ParsedTrace) {
    let known = traces[Int(region.number)]
    let start = region.range.lowerBound
    trace.reset(platform: known.platform)
    trace.framesAreLeftOut = true
    trace.flags = known.flags
    trace.lines = Int(known.lines)
    trace.region = ByteRange(start, start + Int(known.length))
    let first = Int(known.firstException)
    for index in first..<first + Int(known.exceptionCount) {
      trace.exceptions.append(exceptions[index].exception(at: start))
    }
  }

  // MARK: Keeping

  mutating func removeAll() {
    traces.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    wording.removeAll(keepingCapacity: true)
    exceptions.removeAll(keepingCapacity: true)
    lists.removeAll()
    refused = 0
  }

  /// Whether a trace that stands so came before: most that come once never come again.
  /// - Parameter begin: where its block starts.
  mutating func cameBefore(_ region: Range<Int>, _ text: Span<UInt8>, at begin: Int) -> Bool {
    guard region.count <= Self.longest, region.contains(begin),
      let end = Self.blockEnd(text, of: region, begin)
    else { return false }
    let block = BytesDigest(text, begin..<end, seed: seed)
    let lengths = UInt64(begin - region.lowerBound) << 32 | UInt64(region.upperBound - end)
    let hash = BytesDigest.mixed(block.word ^ lengths, 0x9E37_79B9_7F4A_7C15)
    return seen.cameBefore(hash)
  }

  private static func blockEnd(_ text: Span<UInt8>, of region: Range<Int>, _ begin: Int) -> Int? {
    let end = blockEnd(text, begin, min(text.count, region.upperBound + 1))
    return end.flatMap { $0 <= region.upperBound ? $0 : nil }
  }

  /// Keeps a trace.
  /// - Parameter begin: where its block starts.
  mutating func note(_ trace: ParsedTrace, _ text: Span<UInt8>, at begin: Int, isOpen: Bool) {
    let region = trace.region.range
    guard let end = Self.blockEnd(text, of: region, begin) else { return }
    let block = BytesDigest(text, begin..<end, seed: seed)
    guard keptBytes < Self.mostBytes else {
      refused += 1
      if refused > 8 * traces.count { removeAll() }
      return
    }
    let firstPart = parts.count
    addWording(text, region.lowerBound..<begin)
    addParts(text, end..<region.upperBound)
    let kept = Trace(
      block: block, blockLength: Int32(end - begin), head: Int32(begin - region.lowerBound),
      length: Int32(region.count), lines: Int32(trace.lines), firstPart: Int32(firstPart),
      partCount: Int32(parts.count - firstPart), firstException: Int32(exceptions.count),
      exceptionCount: Int32(trace.exceptions.count), platform: trace.platform, isOpen: isOpen,
      flags: trace.flags)
    lists.add(block.word)
    traces.append(kept)
    if !text.isUTF8(region) { traces[traces.count - 1].flags.insert(.invalidUTF8) }
    for exception in trace.exceptions { exceptions.append(Exception(exception, from: region.lowerBound)) }
  }

  private mutating func addParts(_ text: Span<UInt8>, _ range: Range<Int>) {
    var at = range.lowerBound
    while at < range.upperBound {
      let isIndented = isBlank(text[at])
      var end = at
      while end < range.upperBound, isBlank(text[end]) == isIndented {
        end = text.firstOffset(of: 0x0A, in: end..<range.upperBound).map { $0 + 1 } ?? range.upperBound
      }
      if isIndented {
        let digest = BytesDigest(text, at..<end, seed: seed)
        parts.append(Part(length: Int32(end - at), digest: digest))
      } else {
        addWording(text, at..<end)
      }
      at = end
    }
  }

  private mutating func addWording(_ text: Span<UInt8>, _ range: Range<Int>) {
    parts.append(Part(length: Int32(range.count), wording: Int32(wording.count)))
    wording.append(text, range)
  }

  private var keptBytes: Int {
    traces.count * MemoryLayout<Trace>.stride + parts.count * MemoryLayout<Part>.stride + wording.count
      + exceptions.count * MemoryLayout<Exception>.stride
  }
}

extension KnownTraces.Exception {
  fileprivate init(_ exception: ParsedException, from start: Int) {
    type = exception.type?.moved(by: -start)
    value = exception.value?.moved(by: -start)
    valueMargin = Int32(exception.valueMargin)
    relation = exception.relation
    isCircular = exception.isCircular
    parent = Int32(exception.parent)
    firstFrame = Int32(exception.frames.lowerBound)
    frameCount = Int32(exception.frames.count)
    elided = exception.elided
    stackKey = exception.stackKey
    framesKey = exception.framesKey
  }

  fileprivate func exception(at start: Int) -> ParsedException {
    var exception = ParsedException(relation: relation, parent: Int(parent), firstFrame: Int(firstFrame))
    exception.frames = Int(firstFrame)..<Int(firstFrame) + Int(frameCount)
    exception.type = type?.moved(by: start)
    exception.value = value?.moved(by: start)
    exception.valueMargin = Int(valueMargin)
    exception.isCircular = isCircular
    exception.elided = elided
    exception.stackKey = stackKey
    exception.framesKey = framesKey
    return exception
  }
}
