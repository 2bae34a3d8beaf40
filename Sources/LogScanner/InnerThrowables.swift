internal import LogInput
internal import TraceBytes
internal import TraceModel

/// How documents name the exceptions inside another.
enum InnerThrowables {
  static let causes = ["cause", "causedBy"]
  static let suppressions = ["suppressed", "suppressedExceptions"]
  static let all = causes + suppressions
}

extension JSONLine {
  /// Whether an object stands in another one under the names of causes and suppressed exceptions alone.
  func isInnerThrowable(_ object: Int, of outer: Int) -> Bool {
    var at = object
    while at > outer {
      let name = lastName(objects[at].path)
      guard InnerThrowables.all.contains(where: { name.elementsEqual($0.utf8) }) else { return false }
      at = objects[at].parent
    }
    return at == outer
  }
}

extension UnwrappedRecord {
  /// Whether each exception of another record is one of those below the first one: with its type, its value and its frames, of
  /// which either may leave out the last ones.
  func hasBelowFirst(_ other: UnwrappedRecord) -> Bool {
    guard case .trace(let trace) = content, case .trace(let inner) = other.content else { return false }
    return inner.exceptions.allSatisfy { exception in
      trace.exceptions.dropFirst().contains { isSame($0, of: trace, exception, of: inner, in: other) }
    }
  }

  private func isSame(
    _ own: ParsedException, of trace: ParsedTrace, _ exception: ParsedException, of inner: ParsedTrace,
    in other: UnwrappedRecord
  ) -> Bool {
    guard field(own.type) == other.field(exception.type), field(own.value) == other.field(exception.value)
    else { return false }
    return zip(trace.frames[own.frames], inner.frames[exception.frames]).allSatisfy { left, right in
      left.line == right.line && field(left.module) == other.field(right.module)
        && field(left.function) == other.field(right.function) && field(left.file) == other.field(right.file)
    }
  }

  private func field(_ range: ByteRange?) -> ArraySlice<UInt8>? { range.map { text[$0.range] } }
}
