internal import TraceBytes

/// What a document names an exception's class.
enum ThrowableName {
  /// The name of a class that could be thrown: dotted, or by its ending.
  static func isOne(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isIdentifierStart(first), bytes.last != UInt8(ascii: "."),
      bytes.allSatisfy({ isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
    else { return false }
    return bytes.contains(UInt8(ascii: ".")) || endsAsOne(bytes)
  }

  /// Names with dots between them, the last one with a capital, as Python names a class.
  static func isClass(_ bytes: ArraySlice<UInt8>) -> Bool {
    let last = bytes.lastIndex(of: UInt8(ascii: ".")).map { bytes[($0 + 1)...] } ?? bytes
    return last.first.map { (0x41...0x5A).contains($0) } == true
      && bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") }
  }

  /// Any name with dots between its parts.
  static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isIdentifierStart(first), bytes.last != UInt8(ascii: ".") else {
      return false
    }
    return bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") }
  }

  /// The name of a class that says it is thrown.
  static func saysSo(_ bytes: ArraySlice<UInt8>) -> Bool { isOne(bytes) && endsAsOne(bytes) }

  private static func endsAsOne(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["Exception", "Error", "Throwable"].contains { bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }
}
