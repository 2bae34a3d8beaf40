internal import TraceBytes
internal import TraceModel

/// One of the two sentences between the blocks of a chain.
enum PythonSeparator {
  /// What the block that follows is to the block above, or nil.
  static func parse(_ text: Span<UInt8>, _ line: TextLine) -> Relation? {
    var end = line.end
    // A console's columns are filled up with blanks.
    while end > line.content, isBlank(text[end - 1]) { end -= 1 }
    let range = line.content..<end
    let context: StaticString = "During handling of the above exception, another exception occurred:"
    let cause: StaticString = "The above exception was the direct cause of the following exception:"
    if text.has(context, at: range.lowerBound, before: range.upperBound), range.count < 70 { return .context }
    if text.has(cause, at: range.lowerBound, before: range.upperBound), range.count < 71 { return .cause }
    return nil
  }
}
