internal import LogInput
internal import TraceBytes
internal import TraceModel

/// How documents name the exceptions inside another.
enum InnerThrowables {
  static let causes = ["cause", "causedBy"]
  static let suppressions = ["suppressed", "suppressedExceptions"]
}

extension JSONLine {
  /// Whether an object stands in another one under the names of causes and suppressed exceptions alone.
  func isInnerThrowable(_ object: Int, of outer: Int) -> Bool {
    var at = object
    while at > outer {
      let name = lastName(objects[at].path)
      guard
        (InnerThrowables.causes + InnerThrowables.suppressions).contains(where: {
          name.elementsEqual($0.utf8)
        })
      else { return false }
      at = objects[at].parent
    }
    return at == outer
  }
}

extension UnwrappedRecord {
  /// Whether one of the exceptions below the first one has the type and value of another record's first one.
  func hasBelowFirst(_ other: UnwrappedRecord) -> Bool {
    guard case .trace(let trace) = content, case .trace(let inner) = other.content,
      let first = inner.exceptions.first, let type = first.type
    else { return false }
    let value = first.value.map { other.text[$0.range] }
    return trace.exceptions.dropFirst().contains { exception in
      exception.type.map { text[$0.range] == other.text[type.range] } == true
        && exception.value.map { text[$0.range] } == value
    }
  }
}
