internal import LogInput
internal import TraceBytes

/// A string of an object that may hold a part of a trace, or that is named as if it did.
struct JSONCandidate {
  var path: ByteRange
  /// The elements of one array are one text of several lines.
  var value: [UInt8]
  /// Index of the object that it stands in.
  var object: Int
  var isArray: Bool
  /// Part of a trace may stand in it.
  var isAnchored: Bool
  /// By its name it is a stack trace.
  var isStackField: Bool
  /// No other string of the object stands behind it.
  var isLast: Bool

  /// The value has a line end before its last byte.
  var hasLines: Bool {
    guard let first = value.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
    return value[first...].contains { $0 != 0x0A && $0 != 0x0D }
  }
}

extension JSONLine {
  /// The strings worth reading, in the order of the text.
  func candidates() -> [JSONCandidate] {
    var found: [JSONCandidate] = []
    let stackAttributes = self.stackAttributes
    var index = 0
    var lastString = -1
    while index < fields.count {
      let field = fields[index]
      var end = index + 1
      let isElement = field.path.count >= 2 && text[Int(field.path.end) - 1] == UInt8(ascii: "]")
      let isWhole = isElement && holdsTraceback(index)
      while isElement, !isWhole, end < fields.count, fields[end].object == field.object,
        bytes(fields[end].path) == bytes(field.path), !holdsTraceback(end)
      {
        end += 1
      }
      if field.kind == .string {
        lastString = index
        if let candidate = candidate(index..<end, stackAttributes) { found.append(candidate) }
      }
      index = end
    }
    if let last = found.indices.last, lastString >= 0 {
      found[last].isLast = bytes(fields[lastString].path) == bytes(found[last].path)
    }
    return found
  }

  /// Whether a string is a text of its own among others of a list: it has a traceback from its header to its exception, and no
  /// line end that would join it to the next, nor does a sentence between two tracebacks stand near it.
  private func holdsTraceback(_ index: Int) -> Bool {
    let range = fields[index].value.range
    guard fields[index].kind == .string, range.count > 60,
      text.span.firstOffset(of: "Traceback (most recent call last):\n", in: range) != nil,
      let last = text.span.lastOffset(of: 0x0A, in: range), last + 1 < range.upperBound,
      !isBlank(text[last + 1])
    else { return false }
    return !(max(0, index - 3)..<min(fields.count, index + 4)).contains { announces(fields[$0]) }
  }

  /// Whether a string begins with a sentence between two tracebacks.
  private func announces(_ field: JSONField) -> Bool {
    let value = bytes(field.value).drop { $0 == 0x0A }
    return value.starts(with: "During handling of ".utf8) || value.starts(with: "The above exception ".utf8)
  }

  private func candidate(_ group: Range<Int>, _ stackAttributes: Set<Int>) -> JSONCandidate? {
    let field = fields[group.lowerBound]
    let isStackField = isStackField(field, stackAttributes)
    var isAnchored = group.contains { mayHoldPart(fields[$0].value) } || isDockersHeader(field)
    guard isAnchored || isStackField else { return nil }
    var value: [UInt8] = []
    for number in group {
      let element = bytes(fields[number].value)
      // Loki writes the time of each line before it, in nanoseconds.
      if group.count > 1, element.count == 19, element.allSatisfy(isDigit) { continue }
      value.append(contentsOf: element)
      if number + 1 < group.upperBound, element.last != 0x0A { value.append(0x0A) }
    }
    // Elasticsearch's elements have lost their tabs.
    if !isAnchored, group.count > 1 { isAnchored = Gate.hasWord(value.span) }
    return JSONCandidate(
      path: field.path, value: value, object: field.object, isArray: group.count > 1, isAnchored: isAnchored,
      isStackField: isStackField, isLast: false)
  }

  /// An exception without a stack, as a line of Docker's.
  private func isDockersHeader(_ field: JSONField) -> Bool {
    let value = bytes(field.value)
    return value.last == 0x0A && bytes(field.path).elementsEqual("log".utf8) && Gate.isLoneHeader(value)
  }

  private func mayHoldPart(_ value: ByteRange) -> Bool {
    guard value.count > 3 else { return false }
    // What stands before it is another value.
    return Gate.hasWord(text.span.extracting(value.range))
  }

  /// Whether the field should hold a stack trace and nothing else: by its own name, or by the key beside it
  /// in a list of attributes.
  private func isStackField(_ field: JSONField, _ attributes: Set<Int>) -> Bool {
    let name = lastName(field.path)
    if Self.stackFields.contains(where: { name.elementsEqual($0.utf8) }) { return true }
    guard !attributes.isEmpty, name.elementsEqual("stringValue".utf8) else { return false }
    return objects.indices.contains(field.object) && attributes.contains(objects[field.object].parent)
  }

  /// The attributes whose key says that they hold a stack trace, as OpenTelemetry names it.
  private var stackAttributes: Set<Int> {
    let keys = fields.lazy.filter { field in
      lastName(field.path).elementsEqual("key".utf8)
        && bytes(field.value).elementsEqual("exception.stacktrace".utf8)
    }
    return Set(keys.map(\.object))
  }

  private static let stackFields = ["stack_trace", "stackTrace", "stacktrace"]
}

// MARK: Objects

extension JSONLine {
  /// The last name of a path, without the brackets of an array.
  func lastName(_ path: ByteRange) -> ArraySlice<UInt8> {
    var name = bytes(path)
    while name.count >= 2, name.last == UInt8(ascii: "]") { name = name.dropLast(2) }
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return name }
    return name[(dot + 1)...]
  }

  /// Whether an object is an element of an array.
  func isElement(_ object: Int) -> Bool {
    objects[object].path.count >= 2 && text[Int(objects[object].path.end) - 1] == UInt8(ascii: "]")
  }

  /// The object of a list that `object` belongs to: one event of several. 0 where the document is one event.
  func event(of object: Int) -> Int {
    var at = object
    while at > 0 {
      if isElement(at), !lastName(objects[at].path).elementsEqual("attributes".utf8) { return at }
      at = objects[at].parent
    }
    return 0
  }

  /// Whether two strings are the same field of different events.
  func isSameField(_ left: JSONCandidate, _ right: JSONCandidate) -> Bool {
    left.object != right.object && bytes(left.path) == bytes(right.path)
  }

  /// Whether an object stands in a list of attributes, whose values have nothing to do with each other.
  func isAttribute(_ object: Int) -> Bool {
    var at = object
    while at > 0 {
      if lastName(objects[at].path).elementsEqual("attributes".utf8) { return true }
      at = objects[at].parent
    }
    return false
  }

  /// Whether `object` is `outer` or stands in it.
  func isWithin(_ object: Int, _ outer: Int) -> Bool {
    var at = object
    while at > outer { at = objects[at].parent }
    return at == outer
  }
}
