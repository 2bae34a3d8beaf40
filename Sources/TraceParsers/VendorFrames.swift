internal import TraceBytes

/// Frames as other virtual machines than HotSpot print them (trace-formats.md, section 2.3).
extension JavaFrame {
  /// Reads the frame of a line that starts with "at ", whoever printed it.
  static func read(_ text: Span<UInt8>, _ line: TextLine) -> JavaFrame? {
    let start = line.content + 3
    return parse(text, from: start, to: line.end) ?? parseVendor(text, from: start, to: line.end)
  }

  /// Reads what `parse` takes for none: J9's `(C.java:12(Compiled Code))`, ART's
  /// `void a.B.c(int) (B.java:7)`, whose result and parameters are left out, and Maven's `a.B.c (B.java:7)`.
  /// - Complexity: O(length).
  static func parseVendor(_ text: Span<UInt8>, from start: Int, to end: Int) -> JavaFrame? {
    compiled(text, start, end) ?? pretty(text, start, end) ?? spaced(text, start, end)
  }

  private static func compiled(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> JavaFrame? {
    let mark: StaticString = "(Compiled Code))"
    let close = end - mark.utf8CodeUnitCount
    guard text.ends(start..<end, with: mark),
      let open = text.lastOffset(of: UInt8(ascii: "("), in: start..<close), open > start
    else { return nil }
    return read(text, start, named: open, located: open + 1..<close)
  }

  private static func pretty(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> JavaFrame? {
    guard end > start, text[end - 1] == UInt8(ascii: ")"),
      let open = text.lastOffset(of: UInt8(ascii: "("), in: start..<end), open - 2 > start,
      text.has(") ", at: open - 2, before: open),
      let parameters = text.lastOffset(of: UInt8(ascii: "("), in: start..<open - 2),
      let blank = text.lastOffset(of: UInt8(ascii: " "), in: start..<parameters),
      isName(text, start, blank)
    else { return nil }
    return read(text, blank + 1, named: parameters, located: open + 1..<end - 1)
  }

  /// JavaScript and Dart put a blank before their places, too, so this one names a source of the JVM's languages.
  private static func spaced(_ text: Span<UInt8>, _ start: Int, _ lineEnd: Int) -> JavaFrame? {
    let end = lineEnd > start && text[lineEnd - 1] == 0x20 ? lineEnd - 1 : lineEnd
    guard end > start, text[end - 1] == UInt8(ascii: ")"),
      let open = text.lastOffset(of: UInt8(ascii: "("), in: start..<end), open - 1 > start,
      text[open - 1] == UInt8(ascii: " "), !isDigit(text[start]),
      (start..<open - 1).allSatisfy({ text[$0] > 0x20 && text[$0] != UInt8(ascii: "(") }),
      isPlaceOfJVM(text, open + 1..<end - 1)
    else { return nil }
    let name = text.lastOffset(of: UInt8(ascii: "/"), in: start..<open - 1).map { $0 + 1 } ?? start
    guard let frame = read(text, name, named: open - 1, located: open + 1..<end - 1),
      namesClass(text, frame.module) || isNamedAfter(text, frame)
    else { return nil }
    return frame
  }

  /// Whether a class has the name of its file, or stands in one of Clojure's: then it needs no package.
  private static func isNamedAfter(_ text: Span<UInt8>, _ frame: JavaFrame) -> Bool {
    guard let file = frame.file?.range, let dot = text.lastOffset(of: UInt8(ascii: "."), in: file) else {
      return false
    }
    if text.ends(file, with: ".clj") {
      return text.firstOffset(of: UInt8(ascii: "$"), in: frame.module.range) != nil
    }
    let module = frame.module.range
    let start = text.lastOffset(of: UInt8(ascii: "."), in: module).map { $0 + 1 } ?? module.lowerBound
    let end = text.firstOffset(of: UInt8(ascii: "$"), in: start..<module.upperBound) ?? module.upperBound
    return end - start == dot - file.lowerBound
      && zip(start..<end, file).allSatisfy { text[$0.0] == text[$0.1] }
  }

  /// Whether a name has a package, and behind it one that begins with a capital or holds a `$`: JavaScript's has neither.
  private static func namesClass(_ text: Span<UInt8>, _ module: ByteRange) -> Bool {
    guard let dot = text.lastOffset(of: UInt8(ascii: "."), in: module.range), dot + 1 < Int(module.end) else {
      return false
    }
    return (0x41...0x5A).contains(text[dot + 1])
      || text.firstOffset(of: UInt8(ascii: "$"), in: dot..<Int(module.end)) != nil
  }

  /// Reads a frame as `clojure.stacktrace` prints all but the first: `    a.b$c.invoke (b.clj:7)`.
  static func parseHanging(_ text: Span<UInt8>, _ line: TextLine) -> JavaFrame? {
    guard line.kind == .other, line.indent > 1, isIdentifierStart(text[line.content]) else { return nil }
    return spaced(text, line.content, line.end)
  }

  private static func isPlaceOfJVM(_ text: Span<UInt8>, _ place: Range<Int>) -> Bool {
    if text.has("Native Method", at: place.lowerBound, before: place.upperBound) { return place.count == 13 }
    if text.has("Unknown Source", at: place.lowerBound, before: place.upperBound) { return place.count == 14 }
    let end = text.firstOffset(of: UInt8(ascii: ":"), in: place) ?? place.upperBound
    let isLine = end == place.upperBound || (end + 1..<place.upperBound).allSatisfy { isDigit(text[$0]) }
    let sources: [StaticString] = [".java", ".kt", ".scala", ".groovy", ".clj", ".rb"]
    return isLine && sources.contains { text.ends(place.lowerBound..<end, with: $0) }
  }

  /// Whether a range holds nothing but the name of a result's type.
  private static func isName(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    start < end && (start..<end).allSatisfy { isWord(text[$0]) || ".[]".utf8.contains(text[$0]) }
  }

  private static func read(
    _ text: Span<UInt8>, _ start: Int, named end: Int, located place: Range<Int>
  ) -> JavaFrame? {
    guard let dot = text.lastOffset(of: UInt8(ascii: "."), in: start..<end), dot > start, dot + 1 < end else {
      return nil
    }
    var frame = JavaFrame(module: ByteRange(start, dot), function: ByteRange(dot + 1, end))
    // ART's sign for neither a file nor a line.
    if text.ends(place, with: ":-1"), place.count == 3 { return frame }
    return frame.readLocation(text, place.lowerBound, place.upperBound) ? frame : nil
  }
}
