/// Collects a text that is taken out of a file, and where each of its bytes stood.
struct OriginText {
  private(set) var bytes: [UInt8] = []
  private(set) var origin = RuleTextOrigin()
  private var isContinued = false  // whether the next byte follows the last one in the file, too

  /// Adds a byte that stands at `place` of the file.
  mutating func append(_ byte: UInt8, at place: FilePlace) {
    if !isContinued { origin.runs.append(.init(offset: bytes.count, line: place.line, column: place.column)) }
    bytes.append(byte)
    isContinued = byte != UInt8(ascii: "\n")
  }

  /// Adds what an escape at `place` stands for.
  mutating func append(escape decoded: [UInt8], at place: FilePlace) {
    guard !decoded.isEmpty else { return breakRun() }
    origin.runs.append(.init(offset: bytes.count, line: place.line, column: place.column))
    bytes += decoded
    isContinued = false
  }

  /// Says that the next byte does not stand right after the last one.
  mutating func breakRun() { isContinued = false }

  mutating func append(_ other: OriginText) {
    for run in other.origin.runs {
      origin.runs.append(.init(offset: run.offset + bytes.count, line: run.line, column: run.column))
    }
    bytes += other.bytes
    isContinued = false
  }

  func source(named name: String) -> RuleSource {
    RuleSource(name: name, text: String(decoding: bytes, as: UTF8.self), origin: origin)
  }
}

/// A place in a file: 1-based line, 1-based column in UTF-8 bytes.
struct FilePlace: Sendable, Hashable {
  var line: Int
  var column: Int
}

/// Walks the bytes of a file and knows the place of each.
struct PlacedBytes {
  let bytes: [UInt8]
  private(set) var next = 0
  private var line = 1
  private var lineStart = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var peek: UInt8? { next < bytes.count ? bytes[next] : nil }
  var place: FilePlace { FilePlace(line: line, column: next - lineStart + 1) }

  func peek(_ ahead: Int) -> UInt8? { next + ahead < bytes.count ? bytes[next + ahead] : nil }

  mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where next < bytes.count {
      next += 1
      if bytes[next - 1] == UInt8(ascii: "\n") {
        line += 1
        lineStart = next
      }
    }
  }

  func starts(with text: String) -> Bool { bytes[next...].starts(with: text.utf8) }

  mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    advance(text.utf8.count)
    return true
  }
}

/// Why a file's rules could not be taken out of it.
struct ExtractionError: Error {
  var code: RuleCode
  var place: FilePlace
  var message: String

  func errors(in file: String) -> RuleErrors {
    let diagnostic = RuleDiagnostic(
      code: code, file: file, line: place.line, column: place.column, message: message)
    return RuleErrors(diagnostics: [diagnostic], sentryMessage: message)
  }
}
