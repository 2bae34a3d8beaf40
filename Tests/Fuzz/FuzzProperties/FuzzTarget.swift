import Glibc

/// The parsers that are fuzzed, each with the property that any input must keep.
///
/// The properties stand in a library, so that the fuzzers and the tests that replay their seeds run the same.
public enum FuzzTarget: String, CaseIterable, Sendable {
  case rules = "FuzzRules"
  case globs = "FuzzGlobs"
  case scanner = "FuzzScanner"
  case fingerprintRules = "FuzzFingerprintRules"
  case messages = "FuzzMessages"
  case cri = "FuzzCRI"
  case dockerJSON = "FuzzDockerJSON"
  case prefixes = "FuzzPrefixes"
  case escapes = "FuzzEscapes"
  case json = "FuzzJSON"
  case java = "FuzzJava"
  case python = "FuzzPython"
  case compression = "FuzzCompression"
  case encodings = "FuzzEncodings"
  case checkpoints = "FuzzCheckpoints"

  /// Runs one input.
  /// - Throws: `PropertyFailure` where the property does not hold.
  public func check(_ bytes: [UInt8]) throws {
    switch self {
    case .rules: try RulesProperty.check(bytes)
    case .globs: try GlobsProperty.check(bytes)
    case .scanner: try ScannerProperty.check(bytes)
    case .fingerprintRules: try FingerprintRulesProperty.check(bytes)
    case .messages: try MessagesProperty.check(bytes)
    case .cri: try WrappedLinesProperty.check(bytes, in: .cri)
    case .dockerJSON: try WrappedLinesProperty.check(bytes, in: .dockerJSON)
    case .prefixes: try WrappedLinesProperty.check(bytes, in: .prefixes)
    case .escapes: try EscapesProperty.check(bytes)
    case .json: try JSONProperty.check(bytes)
    case .java: try TraceParserProperty.check(bytes, .java)
    case .python: try TraceParserProperty.check(bytes, .python)
    case .compression: try CompressionProperty.check(bytes)
    case .encodings: try EncodingsProperty.check(bytes)
    case .checkpoints: try CheckpointsProperty.check(bytes)
    }
  }

  /// For libFuzzer, which takes a trap for a finding and keeps the input.
  public func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do { try check(Array(UnsafeBufferPointer(start: data, count: count))) } catch { fatalError("\(error)") }
    return 0
  }

  /// Runs the files that are named on the command line; ends with status 1 if any of them breaks the property.
  public func replayArguments() {
    var broken = 0
    for path in CommandLine.arguments.dropFirst() {
      do {
        try check(Self.contents(of: path))
      } catch {
        print("\(path): \(error)")
        broken += 1
      }
    }
    print("\(rawValue): \(CommandLine.argc - 1) inputs, \(broken) broken")
    exit(broken == 0 ? 0 : 1)
  }

  /// The bytes of a file.
  public static func contents(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw PropertyFailure("cannot open \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }
}

/// What an input showed to be wrong.
public struct PropertyFailure: Error, CustomStringConvertible {
  public var description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless the condition holds.
func require(_ holds: @autoclosure () throws -> Bool, _ what: @autoclosure () -> String) throws {
  if try !holds() { throw PropertyFailure(what()) }
}
