extension RuleSource {
  /// The texts that a Python file gives to an argument, as in a Pulumi program:
  /// `sentry.Project("x", grouping_enhancements="""…""")` or `grouping_enhancements = "…"`.
  ///
  /// The value may be plain, triple-quoted or raw literals, several of them side by side or joined by `+`,
  /// `"\n".join([…])` of literals, `textwrap.dedent(…)` and `.strip()` of these (the rules' readers skip the
  /// spaces that those remove), or the name of a variable that the same file sets to such a value.
  /// - Parameters:
  ///   - file: the file's text, and its path for messages. Places in it are those of the Python file.
  ///   - argument: the argument's or variable's name.
  /// - Returns: one source for each place where the name is given a text, in their order.
  /// - Throws: if there is none, or if one is not a literal.
  /// - Complexity: O(bytes of the file).
  public static func fromPython(_ file: RuleSource, argument: String) throws(RuleErrors) -> [RuleSource] {
    do throws(ExtractionError) {
      var reader = PythonStringReader(tokens: try PythonLexer.tokens(of: file.text))
      return try reader.texts(of: argument).map { $0.source(named: file.name) }
    } catch {
      throw error.errors(in: file.name)
    }
  }
}

/// Evaluates the string expressions of a Python file that need no running.
private struct PythonStringReader {
  let tokens: [PythonToken]
  private var next = 0
  private var openNames: [String] = []  // variables that are being looked up

  init(tokens: [PythonToken]) { self.tokens = tokens }

  mutating func texts(of name: String) throws(ExtractionError) -> [OriginText] {
    var found: [OriginText] = []
    for start in valueStarts(of: name) {
      next = start
      found.append(try readSum())
    }
    if found.isEmpty {
      let message = "nothing in this file is named `\(name)`: expected `\(name)=\"…\"`"
      throw ExtractionError(code: .nothingNamedSo, place: FilePlace(line: 1, column: 1), message: message)
    }
    return found
  }

  /// The tokens after `name =`, with or without a type between. An argument that passes on a variable of
  /// its own name, as in `f(name=name)`, is the variable's value, which is found by itself; `None` is no text.
  private func valueStarts(of name: String) -> [Int] {
    tokens.indices.compactMap { index in
      guard tokens[index].kind == .name(name) else { return nil }
      var after = index + 1
      if isMark(after, ":") {
        after += 1
        while after < tokens.count, tokens[after].kind != .newline, !isMark(after, "="), !isMark(after, ",") {
          after += 1
        }
      }
      guard isMark(after, "=") else { return nil }
      let isLeftOut =
        after + 1 < tokens.count && [.name(name), .name("None")].contains(tokens[after + 1].kind)
      return isLeftOut ? nil : after + 1
    }
  }

  // MARK: - Expressions

  private mutating func readSum() throws(ExtractionError) -> OriginText {
    var text = try readTerm()
    while isMark(next, "+") {
      next += 1
      text.append(try readTerm())
    }
    return text
  }

  private mutating func readTerm() throws(ExtractionError) -> OriginText {
    var text = OriginText()
    if isMark(next, "(") {
      next += 1
      text = try readSum()
      try expect(")")
    } else if next < tokens.count, case .name(let name) = tokens[next].kind {
      text = try readName(name)
    } else {
      text = try readLiterals()
    }
    return try readMethods(of: text)
  }

  private mutating func readLiterals() throws(ExtractionError) -> OriginText {
    guard next < tokens.count, tokens[next].isString else { throw notALiteral() }
    var text = OriginText()
    while next < tokens.count, tokens[next].isString {
      guard let literal = tokens[next].literal else { throw notALiteral() }
      text.append(literal)
      next += 1
    }
    return text
  }

  /// `textwrap.dedent(…)`, `dedent(…)`, `cleandoc(…)`, or a variable.
  private mutating func readName(_ name: String) throws(ExtractionError) -> OriginText {
    var last = name
    var end = next + 1
    while isMark(end, "."), end + 1 < tokens.count, case .name(let part) = tokens[end + 1].kind {
      last = part
      end += 2
    }
    if isMark(end, "("), last == "dedent" || last == "cleandoc" {
      next = end + 1
      let text = try readSum()
      _ = take(",")
      try expect(")")
      return text
    }
    return try readVariable(name)
  }

  private mutating func readVariable(_ name: String) throws(ExtractionError) -> OriginText {
    guard !openNames.contains(name), openNames.count < 8, let start = valueStarts(of: name).last else {
      throw notALiteral()
    }
    let back = next + 1
    openNames.append(name)
    next = start
    let text = try readSum()
    openNames.removeLast()
    next = back
    return text
  }

  /// `.join([…])` and the methods that only take white space away.
  private mutating func readMethods(of text: OriginText) throws(ExtractionError) -> OriginText {
    var text = text
    while isMark(next, "."), next + 1 < tokens.count, case .name(let method) = tokens[next + 1].kind {
      guard isMark(next + 2, "(") else { throw notALiteral() }
      let start = next
      next += 3
      if method == "join" {
        text = try readJoined(by: text)
      } else if !["strip", "lstrip", "rstrip"].contains(method) {
        next = start
        throw notALiteral()
      }
      try expect(")")
    }
    return text
  }

  private mutating func readJoined(by separator: OriginText) throws(ExtractionError) -> OriginText {
    let close = isMark(next, "[") ? "]" : ")"
    guard take("[") || take("(") else { throw notALiteral() }
    var text = OriginText()
    var isFirst = true
    while !isMark(next, close) {
      if !isFirst { text.append(separator) }
      isFirst = false
      text.append(try readSum())
      if !take(",") { break }
    }
    try expect(close)
    _ = take(",")
    return text
  }

  // MARK: - Tokens

  private func isMark(_ index: Int, _ mark: Unicode.Scalar) -> Bool {
    index < tokens.count && tokens[index].kind == .mark(UInt8(ascii: mark))
  }

  private func isMark(_ index: Int, _ mark: String) -> Bool {
    mark.unicodeScalars.first.map { isMark(index, $0) } ?? false
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard isMark(next, mark) else { return false }
    next += 1
    return true
  }

  private mutating func expect(_ mark: String) throws(ExtractionError) {
    guard isMark(next, mark) else { throw notALiteral() }
    next += 1
  }

  private func notALiteral() -> ExtractionError {
    let place = next < tokens.count ? tokens[next].place : tokens.last?.place ?? FilePlace(line: 1, column: 1)
    return ExtractionError(
      code: .notALiteral, place: place,
      message: "expected a string literal that can be read without running the file")
  }
}
