internal import TraceBytes
internal import TraceModel

/// `Caused by: `, `Suppressed: `, `Wrapped by: ` or what other printers write for them, with its header.
struct JavaLabel: Equatable {
  var relation: Relation
  var header: JavaHeader?

  static func parse(_ text: Span<UInt8>, _ line: TextLine) -> JavaLabel? {
    let words: [(StaticString, Relation)] = [
      ("Caused by: ", .causedBy), ("Suppressed: ", .suppressed), ("Wrapped by: ", .wrappedBy),
      ("[wrapped] ", .wrappedBy),
    ]
    for (word, relation) in words where text.has(word, at: line.content, before: line.end) {
      let start = line.content + word.utf8CodeUnitCount
      return JavaLabel(relation: relation, header: JavaHeader.parse(text, from: start, to: line.end))
    }
    // JDK 7 and 8 print the reference without a label; the relation follows from where it stands.
    guard text.has("[CIRCULAR REFERENCE:", at: line.content, before: line.end) else { return nil }
    let header = JavaHeader.parse(text, from: line.content, to: line.end)
    return JavaLabel(relation: line.indent > 1 ? .suppressed : .causedBy, header: header)
  }
}
