internal import TraceBytes
internal import TraceModel

/// `Caused by: `, `Suppressed: `, `Wrapped by: ` or what other printers write for them (`Caused: ` is Jenkins's), with its
/// header.
struct JavaLabel: Equatable {
  var relation: Relation
  var header: JavaHeader?
  /// Bytes of the words with the blank behind them.
  var length = 0

  /// Asked of many lines, so it is made once.
  private static let words: [(StaticString, Relation)] = [
    ("Caused by: ", .causedBy), ("Suppressed: ", .suppressed), ("Wrapped by: ", .wrappedBy),
    ("[wrapped] ", .wrappedBy), ("Caused: ", .wrappedBy),
  ]

  static func parse(_ text: Span<UInt8>, _ line: TextLine) -> JavaLabel? {
    for (word, relation) in Self.words where text.has(word, at: line.content, before: line.end) {
      let start = behindTag(text, line.content + word.utf8CodeUnitCount, line.end)
      let header = JavaHeader.parse(text, from: start, to: line.end)
      return JavaLabel(relation: relation, header: header, length: start - line.content)
    }
    // JDK 7 and 8 print the reference without a label; the relation follows from where it stands.
    guard text.has("[CIRCULAR REFERENCE:", at: line.content, before: line.end) else { return nil }
    let header = JavaHeader.parse(text, from: line.content, to: line.end)
    return JavaLabel(relation: line.indent > 1 ? .suppressed : .causedBy, header: header)
  }

  /// Behind what stands between a label and a class: the hash of a stack that logstash's encoder puts there, `<#1a2b3c4d> `, what
  /// OpenJPA says of its own exceptions, or `class `, since Ignite's print themselves with the name of their class object.
  private static func behindTag(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    if text.has("class ", at: start, before: end) { return start + 6 }
    guard text.has("<#", at: start, before: end) || text.has("<openjpa-", at: start, before: end),
      let close = text.firstOffset(of: "> ", in: start..<min(end, start + 64))
    else { return start }
    return close + 2
  }
}
