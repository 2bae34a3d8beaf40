import Report

/// One command's page for `man`, made of what its `--help` is made of.
struct ManualPage {
  private let command: JSONValue
  /// Names from the program's down to the command's.
  let path: [String]

  /// The pages of a command and of all below it, hidden ones left out.
  static func pages(_ command: JSONValue, below parents: [String] = []) -> [ManualPage] {
    guard case .bool(false)? = command["shouldDisplay"] else {
      let page = ManualPage(command, parents)
      let subcommands = page.subcommands.flatMap { pages($0, below: page.path) }
      return [page] + subcommands
    }
    return []
  }

  private init(_ command: JSONValue, _ parents: [String]) {
    self.command = command
    path = parents + [command["commandName"]?.text ?? ""]
  }

  /// `tracesift-scan.1`
  var fileName: String { path.joined(separator: "-") + ".1" }

  private var name: String { path.joined(separator: "-") }

  private var subcommands: [JSONValue] {
    (command["subcommands"]?.elements ?? []).filter { $0["commandName"]?.text != "help" && Self.isShown($0) }
  }

  private var arguments: [ManualArgument] {
    (command["arguments"]?.elements ?? []).filter(Self.isShown).map(ManualArgument.init)
  }

  private static func isShown(_ value: JSONValue) -> Bool {
    if case .bool(false)? = value["shouldDisplay"] { false } else { true }
  }

  // MARK: The page

  /// The page in the macros of man(7).
  var text: String {
    let title = "\(Roff.text(name.uppercased())) 1 \(Version.date) \"\(Roff.text(Version.text))\""
    var page = ".TH \(title) \"User Commands\"\n"
    page += Self.section(
      "Name", Roff.filled("\(name) - \(Self.sentenceStart(command["abstract"]?.text ?? ""))"))
    page += Self.section("Synopsis", synopsis)
    let (examples, rest) = Self.split(command["discussion"]?.text ?? "")
    if !rest.isEmpty { page += Self.section("Description", Roff.paragraphs(rest)) }
    page += options
    if !subcommands.isEmpty { page += Self.section("Commands", commands) }
    if !examples.isEmpty { page += Self.section("Examples", Roff.verbatim(examples)) }
    page += Self.section("Exit status", Roff.paragraphs(Self.exitStatus))
    return page + Self.section("See also", seeAlso)
  }

  private static let exitStatus = """
    0: done. 1: the condition that was asked for was found. 2: an input or the output failed, after everything
    that came before it was written, or a file has errors. 64: wrong usage. 130 and 143: ended by a signal,
    with what was found written out.
    """

  private static func section(_ title: String, _ body: String) -> String {
    ".SH \(title.uppercased())\n" + body
  }

  private var synopsis: String {
    let program = Roff.bold(path.joined(separator: " "))
    guard subcommands.isEmpty else {
      return "\(program) \(Roff.italic("command")) [\(Roff.italic("options"))]\n"
    }
    let operands = arguments.filter(\.isOperand).map(\.synopsis)
    return ([program, "[\(Roff.italic("options"))]"] + operands).joined(separator: " ") + "\n"
  }

  /// A section for each of the titles that `--help` has.
  private var options: String {
    var titles: [String] = arguments.contains(where: \.isOperand) ? ["Arguments"] : []
    for argument in arguments where !titles.contains(argument.section) { titles.append(argument.section) }
    return titles.map { title in
      let entries = arguments.filter { $0.section == title }.map(\.entry)
      return Self.section(title, entries.joined())
    }.joined()
  }

  private var commands: String {
    subcommands.map { command in
      let name = (path + [command["commandName"]?.text ?? ""]).joined(separator: "-")
      return ".TP\n\(Roff.bold(name))(1)\n\(Roff.filled(command["abstract"]?.text ?? ""))"
    }.joined()
  }

  private var seeAlso: String {
    let below = subcommands.map {
      Roff.bold((path + [$0["commandName"]?.text ?? ""]).joined(separator: "-")) + "(1)"
    }
    let above = path.count > 1 ? [Roff.bold(path.dropLast().joined(separator: "-")) + "(1)"] : []
    let names = above + below
    return (names.isEmpty ? "\(Roff.bold(path[0]))(1)" : names.joined(separator: ", ")) + "\n"
  }

  /// An abstract within a line begins in lower case and has no full stop.
  private static func sentenceStart(_ text: String) -> String {
    let sentence = text.hasSuffix(".") ? text.dropLast() : text[...]
    return sentence.prefix(1).lowercased() + sentence.dropFirst()
  }

  /// The lines below "Examples:" up to the next empty one, and all others.
  private static func split(_ discussion: String) -> (examples: [Substring], rest: String) {
    var (examples, rest): ([Substring], [Substring]) = ([], [])
    var isExample = false
    for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "Examples:" {
        isExample = true
      } else if line.isEmpty {
        isExample = false
        rest.append(line)
      } else if isExample {
        examples.append(line.drop { $0 == " " })
      } else {
        rest.append(line)
      }
    }
    let isBlank = rest.allSatisfy(\.isEmpty)
    return (examples, isBlank ? "" : rest.drop(while: \.isEmpty).joined(separator: "\n"))
  }
}

/// An option or an operand.
private struct ManualArgument {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  var isOperand: Bool { value["kind"]?.text == "positional" }
  private var isRepeating: Bool { if case .bool(true)? = value["isRepeating"] { true } else { false } }

  var section: String { value["sectionTitle"]?.text ?? (isOperand ? "Arguments" : "Options") }

  var synopsis: String {
    "[" + Roff.italic(value["valueName"]?.text ?? "") + (isRepeating ? " ...]" : "]")
  }

  var entry: String {
    var text = value["abstract"]?.text ?? ""
    if let standard = value["defaultValue"]?.text { text += " Default: \(standard)." }
    let values = value["allValues"]?.elements.compactMap(\.text) ?? []
    if !values.isEmpty { text += " Values: \(values.joined(separator: ", "))." }
    return ".TP\n\(head)\n\(Roff.filled(text))"
  }

  private var head: String {
    guard !isOperand else { return Roff.italic(value["valueName"]?.text ?? "") }
    let names = (value["names"]?.elements ?? []).map { name in
      Roff.bold((name["kind"]?.text == "short" ? "-" : "--") + (name["name"]?.text ?? ""))
    }
    let operand = value["kind"]?.text == "option" ? " " + Roff.italic(value["valueName"]?.text ?? "") : ""
    return names.joined(separator: ", ") + operand
  }
}

/// Text in the language of `man`.
private enum Roff {
  /// No character of the text is a command, and hyphens stay the ones that can be copied.
  static func text(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
    let isCommand = result.hasPrefix(".") || result.hasPrefix("'")
    return isCommand ? "\\&" + result : result
  }

  static func bold(_ text: String) -> String { "\\fB\(self.text(text))\\fR" }
  static func italic(_ text: String) -> String { "\\fI\(self.text(text))\\fR" }

  /// Words in lines of up to 78 bytes, as the sources of pages are written.
  static func filled(_ words: String) -> String {
    var lines: [String] = []
    for word in words.split(separator: " ").map({ text(String($0)) }) {
      if let last = lines.last, last.utf8.count + word.utf8.count < 78 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(word)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Empty lines part paragraphs; indented ones stand as they are.
  static func paragraphs(_ text: String) -> String {
    let paragraphs = text.split(separator: "\n\n").map { paragraph in
      let lines = paragraph.split(separator: "\n")
      if lines.allSatisfy({ $0.hasPrefix("  ") }) { return verbatim(lines) }
      return filled(lines.joined(separator: " "))
    }
    return paragraphs.joined(separator: ".PP\n")
  }

  static func verbatim(_ lines: [Substring]) -> String {
    ".nf\n" + lines.map { text(String($0)) + "\n" }.joined() + ".fi\n"
  }
}
