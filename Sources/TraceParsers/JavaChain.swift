internal import TraceBytes
internal import TraceModel

/// The exceptions that labels of deeper lines may still belong to (trace-formats.md, section 2.5).
struct JavaChain {
  private var open: [(indent: Int, index: Int)] = []

  /// How many exceptions are open.
  var count: Int { open.count }

  mutating func removeAll() { open.removeAll(keepingCapacity: true) }

  /// Takes over what another one holds, and keeps its own storage.
  mutating func replace(with other: JavaChain) {
    removeAll()
    open.append(contentsOf: other.open)
  }

  /// Adds an exception and finds its parent by the label's depth.
  mutating func open(_ header: JavaHeader, relation: Relation?, indent: Int, in trace: inout ParsedTrace) {
    let parent = relation.map { self.parent($0, indent, in: &trace) } ?? -1
    let index = trace.exceptions.count
    var exception = ParsedException(
      relation: parent < 0 ? nil : relation, parent: parent, firstFrame: trace.frames.count)
    exception.type = header.type
    exception.value = header.value
    exception.isCircular = header.isCircular
    trace.exceptions.append(exception)
    open.append((indent, index))
  }

  /// Leaves only the first exception open: what comes next is a cause of its own.
  mutating func closeCauses() { if open.count > 1 { open.removeSubrange(1...) } }

  /// Says how deep the lines right below the only exception's header stand.
  mutating func setRoot(above indent: Int) {
    guard open.count == 1, open[0].indent >= indent else { return }
    open[0].indent = indent - 1
  }

  /// Adds the exception of frames whose header is lost.
  mutating func openUnknown(indent: Int, in trace: inout ParsedTrace) {
    open.append((indent, trace.exceptions.count))
    trace.exceptions.append(ParsedException(firstFrame: trace.frames.count))
  }

  /// A cause belongs to the last exception whose label stands as deep as its own; a suppressed one to the
  /// last whose label stands less deep.
  private mutating func parent(_ relation: Relation, _ indent: Int, in trace: inout ParsedTrace) -> Int {
    let newest = trace.exceptions.count - 1
    while let last = open.last, last.indent > indent { open.removeLast() }
    if relation == .suppressed {
      while let last = open.last, last.indent == indent { open.removeLast() }
      if let last = open.last { return last.index }
      if newest >= 0 { trace.flags.insert(.indentLost) }
      return newest
    }
    if let last = open.last {
      // Deeper than any label that is open: the printer's indentation is not the JDK's.
      if last.indent < indent, newest >= 0, trace.exceptions[newest].relation == nil, last.index != newest {
        trace.reasons.insert(.badChain)
      }
      return last.indent == indent ? last.index : newest
    }
    return newest
  }
}
