/// Airbyte's own reading of a stack trace, its limits and oddities included (formats-around.md, 2.3).
///
/// Its regular expressions are read by hand: as written, one of them costs the cube of a hostile line's length.
enum AirbyteParser {
  /// What Airbyte found.
  struct Trace: Sendable, Equatable {
    /// `java`, `python`, or `other` for dbt.
    var platform: String
    var exceptions: [Exception]
  }

  struct Exception: Sendable, Equatable {
    var type: String?
    var value: String?
    /// Oldest first.
    var frames: [Frame]
    /// Which of the text's blocks it is, from 0.
    var block: Int
  }

  struct Frame: Sendable, Equatable {
    var module: String?
    var function: String?
    var filename: String?
    var absPath: String?
    var contextLine: String?
    var lineno: Int?
    var isNative = false
  }

  /// Why Airbyte gives a text up: the only thing that can go wrong inside a branch.
  struct Failure: Error {}

  /// nil where Airbyte's parser fails; the branch is chosen as it chooses.
  /// - Complexity: O(the bytes of `text`).
  static func parse(_ text: String) -> Trace? {
    let bytes = Array(text.utf8)
    if bytes.starts(with: "Traceback (most recent call last):".utf8) {
      return trace("python", AirbytePythonParser.parse(bytes))
    }
    let hasJavaFile = [".java", ".kt"].contains { Bytes.range(of: $0, in: bytes[...]) != nil }
    if hasJavaFile, Bytes.range(of: "\tat ", in: bytes[...]) != nil {
      return trace("java", AirbyteJavaParser.parse(bytes))
    }
    guard bytes.starts(with: "AirbyteDbtError: ".utf8) else { return nil }
    return AirbyteDbtParser.parse(bytes).map { Trace(platform: "other", exceptions: [$0]) }
  }

  private static func trace(_ platform: String, _ exceptions: [Exception]?) -> Trace? {
    guard let exceptions, !exceptions.isEmpty else { return nil }
    return Trace(platform: platform, exceptions: exceptions)
  }

  static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A line number as Java's `Integer.valueOf` reads it.
  static func lineNumber(_ digits: ArraySlice<UInt8>) throws(Failure) -> Int {
    guard let number = Int(text(digits)), number <= 2_147_483_647 else { throw Failure() }
    return number
  }

  /// Java's `\w`.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}
