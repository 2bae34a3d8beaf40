internal import LogInput
internal import TraceBytes
internal import TraceModel

/// A JSON object on a line, with what stands before it.
struct JSONLine {
  /// The object's scalars; ranges of `text`.
  var fields: [JSONField]
  var text: [UInt8]
  /// The object's bytes on the line.
  var range: Range<Int>
  /// What is wrong with the object, if anything.
  var reason: Reason?

  func bytes(_ range: ByteRange) -> ArraySlice<UInt8> { text[range.range] }
}

/// Owns the JSON parser of a scanner.
final class JSONReader {
  private var records = JSONRecords()

  /// Where a line's object starts: its first byte but for blanks, or the first `{"` before `anchor`.
  static func start(_ text: Span<UInt8>, _ line: Range<Int>, before anchor: Int) -> Int? {
    var at = line.lowerBound
    while at < line.upperBound, isBlank(text[at]) { at += 1 }
    guard at < line.upperBound else { return nil }
    if text[at] == UInt8(ascii: "{") { return at }
    return text.firstOffset(of: "{\"", in: at..<max(at, min(anchor, line.upperBound)))
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
    return JSONLine(fields: records.fields, text: records.copiedText, range: start..<end)
  }

  /// The object may end before the line does; otherwise its strings are recovered one by one.
  private func second(
    _ text: Span<UInt8>, _ range: Range<Int>, _ problem: JSONProblem, _ mayBeBroken: Bool
  ) -> JSONLine? {
    if let last = text.lastOffset(of: UInt8(ascii: "}"), in: range), last + 1 < range.upperBound,
      (try? records.read(text, range.lowerBound..<last + 1)) != nil
    {
      let bytes = records.copiedText
      return JSONLine(fields: records.fields, text: bytes, range: range.lowerBound..<last + 1)
    }
    guard mayBeBroken,
      text.has("{\"", at: range.lowerBound, before: range.upperBound)
        || text.has("{ \"", at: range.lowerBound, before: range.upperBound)
    else { return nil }
    let broken = BrokenJSON(text, range)
    let reason: Reason? = broken.isCut ? .truncatedLine : problem.isHarmless ? nil : .badJSON
    return JSONLine(fields: broken.fields, text: broken.text, range: range, reason: reason)
  }
}

extension JSONLine {
  /// The strings in which an anchor stands, elements of one array joined to one text.
  func candidates() -> [JSONCandidate] {
    var found: [JSONCandidate] = []
    var index = 0
    while index < fields.count {
      let field = fields[index]
      var end = index + 1
      let isElement = field.path.count >= 2 && text[Int(field.path.end) - 1] == UInt8(ascii: "]")
      while isElement, end < fields.count, bytes(fields[end].path) == bytes(field.path) { end += 1 }
      if field.kind == .string { add(fields[index..<end], to: &found) }
      index = end
    }
    return found
  }

  private func add(_ group: ArraySlice<JSONField>, to found: inout [JSONCandidate]) {
    guard let first = group.first else { return }
    var value: [UInt8] = []
    for (number, field) in group.enumerated() {
      if number > 0, value.last != 0x0A { value.append(0x0A) }
      value.append(contentsOf: bytes(field.value))
    }
    let isAnchored = Gate.next(value.span, from: 0) < value.count
    found.append(
      JSONCandidate(path: first.path, value: value, isArray: group.count > 1, isAnchored: isAnchored))
  }
}

/// A string of an object.
struct JSONCandidate {
  var path: ByteRange
  var value: [UInt8]
  var isArray: Bool
  /// Part of a trace may stand in it.
  var isAnchored: Bool

  /// The value has a line end before its last byte.
  var hasLines: Bool {
    guard let first = value.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
    return value[first...].contains { $0 != 0x0A && $0 != 0x0D }
  }
}
