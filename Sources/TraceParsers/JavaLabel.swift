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
      let length = word.utf8CodeUnitCount
      let header = JavaHeader.parse(text, from: line.content + length, to: line.end)
      return JavaLabel(relation: relation, header: header, length: length)
    }
    // JDK 7 and 8 print the reference without a label; the relation follows from where it stands.
    guard text.has("[CIRCULAR REFERENCE:", at: line.content, before: line.end) else { return nil }
    let header = JavaHeader.parse(text, from: line.content, to: line.end)
    return JavaLabel(relation: line.indent > 1 ? .suppressed : .causedBy, header: header)
  }
}
