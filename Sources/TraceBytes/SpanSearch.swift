public import CScan
public import Glibc

/// Searches in borrowed bytes. Positions are offsets from the span's start; none of them allocates.
extension Span<UInt8> {
  /// Offset of the first `byte` in `range`, or nil.
  /// - Complexity: O(`range.count`), by the C library's vectorised `memchr`.
  @inlinable public func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    return unsafe extracting(range).withUnsafeBytes { bytes in
      guard let hit = unsafe memchr(bytes.baseAddress!, Int32(byte), bytes.count) else { return nil }
      return unsafe range.lowerBound + (UnsafeRawPointer(hit) - bytes.baseAddress!)
    }
  }

  /// Offset of the last `byte` in `range`, or nil.
  @inlinable public func lastOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
    let hit = unsafe extracting(range).withUnsafeBufferPointer {
      unsafe $0.baseAddress.map { unsafe cscan_last_byte($0, range.count, byte) } ?? -1
    }
    return hit < 0 ? nil : range.lowerBound + hit
  }

  /// Offset of the first occurrence of `needle` in `range`, or nil.
  @inlinable public func firstOffset(of needle: StaticString, in range: Range<Int>) -> Int? {
    guard range.count >= needle.utf8CodeUnitCount else { return nil }
    let hit = unsafe extracting(range).withUnsafeBufferPointer {
      unsafe cscan_find($0.baseAddress!, range.count, needle.utf8Start, needle.utf8CodeUnitCount)
    }
    return hit < 0 ? nil : range.lowerBound + hit
  }

  /// Offset of the first occurrence of `needle` in `range`, or nil.
  @inlinable public func firstOffset(of needle: Span<UInt8>, in range: Range<Int>) -> Int? {
    guard !needle.isEmpty, range.count >= needle.count else { return needle.isEmpty ? range.lowerBound : nil }
    let hit = unsafe extracting(range).withUnsafeBufferPointer { bytes in
      unsafe needle.withUnsafeBufferPointer {
        unsafe cscan_find(bytes.baseAddress!, range.count, $0.baseAddress!, $0.count)
      }
    }
    return hit < 0 ? nil : range.lowerBound + hit
  }

  /// Whether `text` stands at `offset`, wholly before `end`.
  @inlinable public func has(_ text: StaticString, at offset: Int, before end: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard offset >= 0, end <= count, end - offset >= length else { return false }
    return unsafe withUnsafeBufferPointer {
      // Most of what is asked for differs in the first byte.
      guard length > 0, unsafe $0[offset] == text.utf8Start.pointee else { return length == 0 }
      return unsafe memcmp($0.baseAddress! + offset, text.utf8Start, length) == 0
    }
  }

  /// Whether both hold the same bytes.
  @inlinable public func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count, count > 0 else { return count == other.count }
    return unsafe withUnsafeBufferPointer { mine in
      unsafe other.withUnsafeBufferPointer {
        unsafe memcmp(mine.baseAddress!, $0.baseAddress!, mine.count) == 0
      }
    }
  }

  /// Whether the bytes of `range` end with `text`.
  @inlinable public func ends(_ range: Range<Int>, with text: StaticString) -> Bool {
    has(text, at: range.upperBound - text.utf8CodeUnitCount, before: range.upperBound)
      && range.count >= text.utf8CodeUnitCount
  }

  /// The end of the run of bytes from the start of `range` that a JSON string may hold as they are: ASCII
  /// but for control bytes, `"` and `\`.
  @inlinable public func plainEnd(_ range: Range<Int>) -> Int {
    guard !range.isEmpty else { return range.upperBound }
    return unsafe extracting(range).withUnsafeBufferPointer {
      unsafe range.lowerBound + cscan_plain_run($0.baseAddress!, range.count)
    }
  }

  /// How many bytes of `range` equal `byte`.
  @inlinable public func occurrences(of byte: UInt8, in range: Range<Int>) -> Int {
    guard !range.isEmpty else { return 0 }
    return unsafe extracting(range).withUnsafeBufferPointer {
      unsafe cscan_count_byte($0.baseAddress!, range.count, byte)
    }
  }

  /// Which of eight bytes occur in `range`: bit i is set where byte i of `wanted`, counted from the lowest one, does.
  /// - Complexity: O(`range.count`), one pass.
  @inlinable public func which(of wanted: UInt64, in range: Range<Int>) -> UInt32 {
    guard !range.isEmpty else { return 0 }
    return unsafe extracting(range).withUnsafeBufferPointer {
      unsafe cscan_which_bytes($0.baseAddress!, range.count, wanted)
    }
  }

  /// Where the first line of `range` and the indented ones below it end, if another line follows; nil where none does.
  /// - Complexity: O(bytes of these lines), by vectors.
  @inlinable public func blockEnd(in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    let end = unsafe extracting(range).withUnsafeBufferPointer {
      unsafe cscan_block_end($0.baseAddress!, range.count)
    }
    return end < range.count ? range.lowerBound + end : nil
  }

  /// The eight bytes at an offset, the first one lowest.
  @inlinable public func word(at offset: Int) -> UInt64 {
    unsafe extracting(offset..<offset + 8).withUnsafeBytes {
      UInt64(littleEndian: unsafe $0.loadUnaligned(as: UInt64.self))
    }
  }

  /// Where a range ends without the blanks and tabs at its end.
  /// - Complexity: O(their number).
  @inlinable public func endWithoutBlanks(of range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(self[end - 1]) { end -= 1 }
    return end
  }

  /// Whether the bytes of `range` are UTF-8.
  /// - Complexity: O(`range.count`), by vectors as long as they are ASCII.
  public func isUTF8(_ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return true }
    let ascii = unsafe extracting(range).withUnsafeBufferPointer {
      unsafe cscan_ascii_run($0.baseAddress!, range.count)
    }
    guard ascii < range.count else { return true }
    return (try? UTF8Span(validating: extracting(range.lowerBound + ascii..<range.upperBound))) != nil
  }

  /// Whether two ranges hold the same bytes.
  @inlinable public func equal(_ left: ByteRange, _ right: ByteRange) -> Bool {
    guard left.count == right.count else { return false }
    guard !left.isEmpty else { return true }
    return unsafe withUnsafeBufferPointer {
      unsafe memcmp($0.baseAddress! + Int(left.start), $0.baseAddress! + Int(right.start), left.count) == 0
    }
  }

  /// The bytes of `range` as text; bytes that are not UTF-8 become U+FFFD.
  @inlinable public func text(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// A copy of the bytes of `range`.
  @inlinable public func bytes(_ range: Range<Int>) -> [UInt8] {
    unsafe extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }
}

extension [UInt8] {
  /// Appends the bytes of a range of a text.
  /// - Complexity: O(`range.count`).
  @inlinable public mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
