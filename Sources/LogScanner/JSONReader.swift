internal import LogInput
internal import TraceBytes
internal import TraceModel

/// A JSON object on a line, with what stands before it.
struct JSONLine {
  /// The object's scalars; ranges of `text`.
  var fields: [JSONField]
  /// The objects they stand in; none where strings were recovered one by one.
  var objects: [JSONObject] = []
  var text: [UInt8]
  /// The object's bytes on the line.
  var range: Range<Int>
  /// What is wrong with the object, if anything.
  var reason: Reason?
  /// It was written with other signs than those of JSON (`HashRecord`).
  var isHash = false

  /// Whether its strings were recovered one by one.
  var isBroken: Bool { objects.isEmpty }

  func bytes(_ range: ByteRange) -> ArraySlice<UInt8> { text[range.range] }
}

/// Owns the JSON parser of a scanner.
final class JSONReader {
  private var records = JSONRecords()
  /// Of the streams that were met last.
  var templates = JSONTemplates()

  /// Where a line's object starts: its first byte but for blanks, or the first `{"` before `anchor`.
  static func start(_ text: Span<UInt8>, _ line: Range<Int>, before anchor: Int) -> Int? {
    var at = line.lowerBound
    while at < line.upperBound, isBlank(text[at]) { at += 1 }
    guard at < line.upperBound else { return nil }
    if text[at] == UInt8(ascii: "{") { return at }
    return text.firstOffset(of: "{\"", in: at..<max(at, min(anchor, line.upperBound)))
  }

  /// Where a line begins that is one list of objects.
  static func listStart(_ text: Span<UInt8>, _ line: Range<Int>) -> Int? {
    guard let start = line.first(where: { !isBlank(text[$0]) }), text[start] == UInt8(ascii: "["),
      let inner = (start + 1..<line.upperBound).first(where: { !isBlank(text[$0]) }),
      text[inner] == UInt8(ascii: "{")
    else { return nil }
    return start
  }

  /// Reads the object from `start` on; nil when there is none.
  /// - Parameter mayBeBroken: recover what is there of an object that no parser accepts.
  func read(_ text: Span<UInt8>, _ line: Range<Int>, from start: Int, mayBeBroken: Bool) -> JSONLine? {
    var end = line.upperBound
    while end > start, isBlank(text[end - 1]) || text[end - 1] == 0x0D { end -= 1 }
    do {
      try records.read(text, start..<end)
    } catch {
      return second(text, start..<end, error, mayBeBroken)
    }
    return found(start..<end)
  }

  private func readHash(_ text: Span<UInt8>, _ range: Range<Int>) -> JSONLine? {
    guard let json = HashRecord.json(text, range) ?? HashRecord.json(ofPython: text, range),
      let last = json.lastIndex(of: UInt8(ascii: "}")),
      (try? records.read(json.span, 0..<last + 1)) != nil
    else { return nil }
    var object = found(range)
    object.isHash = true
    return object
  }

  private func found(_ range: Range<Int>) -> JSONLine {
    JSONLine(fields: records.fields, objects: records.objects, text: records.copiedText, range: range)
  }

  /// The strings of a very long object from the one around `anchor` on; nil when it stands in none. So a line
  /// of many megabytes costs no more memory than its window.
  static func strings(
    _ text: Span<UInt8>, _ line: Range<Int>, around anchor: Int, reach: Int, most: Int
  ) -> JSONLine? {
    let floor = max(line.lowerBound, anchor - reach)
    guard let open = quote(text, floor..<anchor) else { return nil }
    var at = open
    while at > floor, isBlank(text[at - 1]) || text[at - 1] == UInt8(ascii: ":") { at -= 1 }
    let isNamed = at < open && at > floor + 1 && text[at - 1] == UInt8(ascii: "\"")
    let start = isNamed ? quote(text, floor..<at - 1) ?? open : open
    let end = min(line.upperBound, start + most)
    let found = BrokenJSON(text, start..<end)
    return JSONLine(
      fields: found.fields, text: found.text, range: line, reason: found.isCut ? .truncatedLine : nil)
  }

  /// The last quote of `range` that no backslash escapes.
  private static func quote(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var end = range.upperBound
    while let hit = text.lastOffset(of: UInt8(ascii: "\""), in: range.lowerBound..<end) {
      var slashes = hit
      while slashes > range.lowerBound, text[slashes - 1] == 0x5C { slashes -= 1 }
      if (hit - slashes) % 2 == 0 { return hit }
      end = hit
    }
    return nil
  }

  /// Behind the object that starts at `start`, where another one follows it with nothing but blanks between: writers that
  /// share a stream lose a line end now and then.
  /// - Complexity: O(the object).
  static func neighbour(_ text: Span<UInt8>, from start: Int, before end: Int) -> (end: Int, next: Int)? {
    guard let close = objectEnd(text, from: start, before: end) else { return nil }
    var next = close
    while next < end, isBlank(text[next]) { next += 1 }
    return text.has("{\"", at: next, before: end) ? (close, next) : nil
  }

  /// Behind the brace that closes the object at `start`.
  private static func objectEnd(_ text: Span<UInt8>, from start: Int, before end: Int) -> Int? {
    var depth = 0
    var at = start
    while at < end {
      switch text[at] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return at + 1 }
      case UInt8(ascii: "\""):
        guard let close = OneLineForm.closing(text, at + 1, end, text[at]) else { return nil }
        at = close
      default: break
      }
      at += 1
    }
    return nil
  }

  private static func reason(_ problem: JSONProblem, isCut: Bool) -> Reason? {
    if isCut { return .truncatedLine }
    if problem.isHarmless { return nil }
    return problem.isBadEscape ? .badEscape : .badJSON
  }

  /// The object may end before the line does; otherwise its strings are recovered one by one.
  private func second(
    _ text: Span<UInt8>, _ range: Range<Int>, _ problem: JSONProblem, _ mayBeBroken: Bool
  ) -> JSONLine? {
    if let last = text.lastOffset(of: UInt8(ascii: "}"), in: range), last + 1 < range.upperBound,
      (try? records.read(text, range.lowerBound..<last + 1)) != nil
    {
      return found(range.lowerBound..<last + 1)
    }
    if let hash = readHash(text, range) { return hash }
    guard mayBeBroken,
      text.has("{\"", at: range.lowerBound, before: range.upperBound)
        || text.has("{ \"", at: range.lowerBound, before: range.upperBound)
    else { return nil }
    let broken = BrokenJSON(text, range)
    return JSONLine(
      fields: broken.fields, text: broken.text, range: range,
      reason: Self.reason(problem, isCut: broken.isCut))
  }
}
