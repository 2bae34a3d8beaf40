internal import Enhancements

/// Reads fingerprint rules (grouping.md, S9.3). A rule is one line; after a fault it goes on with the next.
struct FingerprintRuleReader {
  private let text: [Unicode.Scalar]
  private let source: String
  /// Where each line starts; line 1 at index 0.
  private let lineStarts: [Int]
  private var position = 0
  private(set) var rules: [FingerprintRule] = []
  private(set) var diagnostics: [FingerprintRuleDiagnostic] = []

  init(_ text: String, source: String) {
    let scalars = Array(text.unicodeScalars)
    self.text = scalars
    self.source = source
    // CR LF ends one line.
    lineStarts =
      [0]
      + scalars.indices.filter { index in
        scalars[index] == "\n" || (scalars[index] == "\r" && !scalars[(index + 1)...].starts(with: ["\n"]))
      }.map { $0 + 1 }
  }

  /// A fault at a place in the text.
  private struct Fault: Error {
    var code: FingerprintRuleCode
    var position: Int
    var name: String?
  }

  private static let keys = [
    "app", "error.type", "error.value", "family", "function", "level", "logger", "message", "module",
    "package", "path",
    "release", "sdk", "stack.abs_path", "stack.function", "stack.module", "stack.package", "tags.",
    "thread.crashed",
    "thread.current", "thread.id", "thread.name", "thread.state", "type", "value",
  ]

  /// - Complexity: O(the text), but for a line of braces, which costs the square of its length.
  mutating func read() {
    while position < text.count {
      skipSpaces()
      guard let scalar = peek else { break }
      if isLineEnd(scalar) {
        position += 1
      } else if scalar == "#" {
        skipLine()
      } else {
        readRule()
      }
    }
  }

  private mutating func readRule() {
    let start = position
    do throws(Fault) {
      var rule = try matchers()
      rule.line = place(of: start).line
      try values(into: &rule)
      rules.append(rule)
      reportBrokenPatterns(of: rule, at: start)
    } catch {
      report(error)
      skipLine()
    }
  }

  // MARK: Matchers

  private mutating func matchers() throws(Fault) -> FingerprintRule {
    var rule = FingerprintRule(source: source)
    if peek == "[" {
      rule.caller = try bracketed()
      skipSpaces()
      try expect("|")
    }
    skipSpaces()
    while let matcher = try matcher(isRequired: rule.matchers.isEmpty) {
      rule.matchers.append(matcher)
      skipSpaces()
    }
    if peek == "|" {
      position += 1
      skipSpaces()
      rule.callee = try bracketed()
      skipSpaces()
    }
    guard peek == "-", position + 1 < text.count, text[position + 1] == ">" else {
      throw Fault(code: .expectedArrow, position: position)
    }
    position += 2
    return rule
  }

  private mutating func bracketed() throws(Fault) -> FingerprintMatcher? {
    try expect("[")
    skipSpaces()
    let matcher = try matcher(isRequired: true)
    skipSpaces()
    try expect("]")
    return matcher
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(Fault) {
    guard peek == scalar else { throw Fault(code: .unclosedBracket, position: position) }
    position += 1
  }

  /// The matcher that stands here; nil if none does.
  private mutating func matcher(isRequired: Bool) throws(Fault) -> FingerprintMatcher? {
    let start = position
    let isNegated = peek == "!"
    if isNegated { position += 1 }
    let keyStart = position
    guard let key = key(), peek == ":" else {
      position = start
      if isRequired { throw Fault(code: .expectedMatcher, position: start) }
      return nil
    }
    position += 1
    guard let pattern = quoted() ?? run(until: PythonText.isSpace) else {
      position = start
      throw Fault(code: .expectedMatcher, position: start)
    }
    guard let field = FingerprintField(key) else {
      throw Fault(code: .unknownMatcher, position: keyStart, name: key)
    }
    return FingerprintMatcher(field, pattern, isNegated: isNegated)
  }

  private mutating func key() -> String? {
    if let name = run(until: { !Self.isKey($0) }) { return name }
    guard peek == "\"", let end = text[(position + 1)...].firstIndex(where: { !Self.isKey($0) && $0 != ":" }),
      end > position + 1, text[end] == "\""
    else { return nil }
    defer { position = end + 1 }
    return String(String.UnicodeScalarView(text[(position + 1)..<end]))
  }

  private static func isKey(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
    default: false
    }
  }

  // MARK: Values

  private mutating func values(into rule: inout FingerprintRule) throws(Fault) {
    while true {
      skipSpaces()
      guard let scalar = peek, !isLineEnd(scalar) else { break }
      guard try attribute(into: &rule) || value(into: &rule) else { break }
      skipSpaces()
      if peek == "," { position += 1 }
    }
    let isEnd = peek.map(isLineEnd) ?? true
    let isEmpty = rule.fingerprint.isEmpty && rule.title == nil
    if isEmpty || !isEnd {
      throw Fault(code: isEmpty ? .expectedValue : .unreadableValue, position: position)
    }
  }

  /// `name="text"`.
  private mutating func attribute(into rule: inout FingerprintRule) throws(Fault) -> Bool {
    let start = position
    if let name = run(until: { !Self.isKey($0) }), peek == "=" {
      position += 1
      if let text = quoted() {
        guard name == "title" else { throw Fault(code: .unknownAttribute, position: start, name: name) }
        rule.title = text
        return true
      }
    }
    position = start
    return false
  }

  private mutating func value(into rule: inout FingerprintRule) -> Bool {
    if let end = FingerprintText.variableEnd(in: text[...], at: position) {
      let inside = String(String.UnicodeScalarView(text[(position + 2)..<(end - 2)]))
      rule.fingerprint.append("{{ \(PythonText.stripped(inside)) }}")
      position = end
      return true
    }
    guard let value = quoted() ?? run(until: { PythonText.isSpace($0) || $0 == "{" || $0 == "," }) else {
      return false
    }
    rule.fingerprint.append(value)
    return true
  }

  // MARK: Characters

  private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

  private mutating func skipSpaces() {
    while peek == " " { position += 1 }
  }

  private mutating func skipLine() {
    while let scalar = peek, !isLineEnd(scalar) { position += 1 }
  }

  /// A run of one character or more.
  private mutating func run(until isEnd: (Unicode.Scalar) -> Bool) -> String? {
    let end = text[position...].firstIndex(where: isEnd) ?? text.count
    guard end > position else { return nil }
    defer { position = end }
    return String(String.UnicodeScalarView(text[position..<end]))
  }

  /// Text in quotes with its escapes decoded; it may hold line breaks.
  private mutating func quoted() -> String? {
    guard peek == "\"" else { return nil }
    var end = position + 1
    while end < text.count, text[end] != "\"" {
      if text[end] == "\\" {
        guard end + 1 < text.count, text[end + 1] != "\n" else { return nil }
        end += 1
      }
      end += 1
    }
    guard end < text.count else { return nil }
    let body = String(String.UnicodeScalarView(text[(position + 1)..<end]))
    position = end + 1
    return PythonEscapes.decoded(Array(body.utf8)[...])
  }

  // MARK: Faults

  private mutating func reportBrokenPatterns(of rule: FingerprintRule, at start: Int) {
    for matcher in rule.matchers + [rule.caller, rule.callee].compactMap({ $0 }) where matcher.isBroken {
      report(Fault(code: .brokenPattern, position: start, name: matcher.pattern))
    }
  }

  private mutating func report(_ fault: Fault) {
    let place = place(of: fault.position)
    diagnostics.append(
      FingerprintRuleDiagnostic(
        code: fault.code, source: source, line: place.line, column: place.column,
        message: message(fault, place),
        suggestion: fault.code == .unknownMatcher ? fault.name.flatMap(Self.nearestKey) : nil))
  }

  private func message(_ fault: Fault, _ place: (line: Int, column: Int)) -> String {
    let name = fault.name ?? ""
    switch fault.code {
    case .unknownMatcher: return "Unknown matcher '\(name)'"
    case .unknownAttribute: return "Unknown attribute '\(name)'"
    case .brokenPattern: return "Pattern '\(name)' cannot be read and never matches"
    default:
      let rest = text[fault.position...]
      let shown = String(String.UnicodeScalarView(rest.prefix(32))) + (rest.count > 32 ? "..." : "")
      return "Invalid syntax near \"\(shown)\" (line \(place.line), column \(place.column))"
    }
  }

  private func place(of position: Int) -> (line: Int, column: Int) {
    let line = lineStarts.partitioningIndex { $0 > position }
    return (line, text[lineStarts[line - 1]..<position].reduce(1) { $0 + UTF8.width($1) })
  }

  /// The known key that differs in the fewest characters, if few enough do.
  private static func nearestKey(_ name: String) -> String? {
    let candidates = keys.map { ($0, distance(Array(name.utf8), Array($0.utf8))) }
    return candidates.min { $0.1 < $1.1 }.flatMap { $0.1 <= 2 ? $0.0 : nil }
  }

  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    guard one.count < 64 else { return .max }
    var row = Array(0...other.count)
    for (index, byte) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let cost = min(row[column] + 1, row[column + 1] + 1, diagonal + (byte == other[column] ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[other.count]
  }
}

extension [Int] {
  /// The first index whose element satisfies `isAfter`, in a list where those that do stand last.
  fileprivate func partitioningIndex(_ isAfter: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
