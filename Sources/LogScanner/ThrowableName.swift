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

  /// Names with dots between them, as Python names a class.
  static func isPath(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first.map(isIdentifierStart) == true && bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") }
  }

  /// The name of a class that says it is thrown.
  static func saysSo(_ bytes: ArraySlice<UInt8>) -> Bool { isOne(bytes) && endsAsOne(bytes) }

  private static func endsAsOne(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["Exception", "Error", "Throwable"].contains { bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }
}
