internal import CScan
internal import TraceBytes

/// Finds the places where the text of a trace may show itself.
///
/// Words of all languages are looked for at once, in vector code (CScan/anchor_vectors.c). A hit is a byte on a
/// line that is worth reading; the parser decides.
enum Gate {
  /// Offset of the next anchor at or behind `from`, or `text.count`.
  /// - Complexity: O(distance), at memory speed on x86-64 with AVX2.
  static func next(_ text: Span<UInt8>, from: Int) -> Int {
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe cscan_next_anchor(base, bytes.count, from)
    }
  }

  /// As `next`, but for the word that begins with the line end before it: it is found too when `from` is the
  /// start of its line, and the line end is no part of what is returned.
  static func nextOnLine(_ text: Span<UInt8>, from: Int) -> Int {
    if from == 0, text.has("E   ", at: 0, before: text.count) { return 0 }
    let isLineStart = from > 0 && from <= text.count && text[from - 1] == 0x0A
    let hit = next(text, from: isLineStart ? from - 1 : from)
    return hit < text.count && text[hit] == 0x0A ? hit + 1 : hit
  }

  /// Whether a text has a word of a trace, other than a header that only a line of a log above it could prove.
  static func hasWord(_ text: Span<UInt8>) -> Bool {
    var hit = nextOnLine(text, from: 0)
    while hit < text.count, isLoneHeader(text, hit) { hit = nextOnLine(text, from: hit + 1) }
    return hit < text.count
  }

  /// Whether a text without lines before it is a header alone on its line.
  static func isLoneHeader(_ line: ArraySlice<UInt8>) -> Bool {
    let text = [0x0A] + line
    return nextOnLine(text.span, from: 1) == 1
  }

  /// Whether what `nextOnLine` found is a header alone on its line, perhaps behind what a container puts before it.
  static func isLoneHeader(_ text: Span<UInt8>, _ hit: Int) -> Bool {
    if text.has("F ", at: hit, before: text.count) || text.has("log\":", at: hit, before: text.count) {
      return true
    }
    return hit > 0 && text[hit - 1] == 0x0A && text[hit] >= 0x61 && text[hit] <= 0x7A
      && !text.has("at ", at: hit, before: text.count)
  }

  /// Offset of the next anchor behind the word at `from` on the same line, or `end`. The two words of a
  /// traceback's header are one anchor.
  static func second(_ text: Span<UInt8>, from: Int, to end: Int) -> Int {
    let header: StaticString = "Traceback ("
    let behind = text.has(header, at: from, before: end) ? from + header.utf8CodeUnitCount : from + 1
    return behind < end ? next(text.extracting(0..<end), from: behind) : end
  }
}
