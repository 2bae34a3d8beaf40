internal import CScan

/// Finds the places where the text of a trace may show itself.
///
/// Words of all languages are looked for at once, in vector code (CScan/anchor.c). A hit is a byte on a
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
}
