internal import Grouping
internal import LogScanner
internal import TraceBytes
internal import TraceModel

extension UnwrappedRecord {
  /// The trace that a text of Airbyte's dbt runner becomes: one exception without frames. A text that the
  /// rules cannot read stays the failure that it is.
  mutating func readDbt() {
    guard case .failure(let failure) = content, failure.reason == .notATraceText, DbtText.isDbt(text),
      let error = DbtText.error(in: text)
    else { return }
    var trace = ParsedTrace(platform: .other)
    trace.region = failure.region
    trace.lines = failure.lines
    // Type and value are the rules' words: they get a place behind the text, outside of the region.
    var exception = ParsedException(firstFrame: 0)
    exception.type = append(error.type)
    exception.value = error.value.map { append($0) }
    trace.exceptions = [exception]
    content = .trace(trace)
  }

  private mutating func append(_ words: String) -> ByteRange {
    let start = text.count
    text.append(contentsOf: words.utf8)
    return ByteRange(start, text.count)
  }
}
