internal import TraceBytes

/// What servers write behind the last line of a record (trace-formats.md, section 2.9).
enum RecordEnd {
  /// WebLogic's `>` or GlassFish's `|#]`, perhaps with a blank behind it.
  static func isOne(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    let last = end > from && text[end - 1] == 0x20 ? end - 1 : end
    return text.has(">", at: from, before: last) && from + 1 == last
      || text.has("|#]", at: from, before: last) && from + 3 == last
  }
}

/// What ends a quoted cell of a CSV file, a quote with a separator or nothing behind it, or an element's character data.
enum CellEnd {
  static func isOne(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    if text.has("]]></", at: at, before: end) || text.has("</", at: at, before: end) { return true }
    guard text.has("\"", at: at, before: end) else { return false }
    return at + 1 == end || text[at + 1] == UInt8(ascii: ",") || text[at + 1] == UInt8(ascii: ";")
  }
}
