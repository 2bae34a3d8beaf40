import Enhancements
import Grouping

/// The two kinds of rules that a Sentry project has.
enum RuleKind {
  case stackTrace
  case fingerprint

  /// The kind that Sentry's settings keep under this name; nil for a name that is not one of theirs.
  init?(field: String) {
    if RuleSource.groupingEnhancementsFields.contains(field) {
      self = .stackTrace
    } else if RuleSource.fingerprintingRulesFields.contains(field) {
      self = .fingerprint
    } else {
      return nil
    }
  }
}

/// What was found in rule files, in the order in which they were checked.
struct RuleReport {
  /// One line for people.
  struct Line: Equatable {
    var text: String
    var isWarning: Bool
  }
  private(set) var lines: [Line] = []
  private(set) var rules = 0
  private(set) var errors = 0
  private(set) var warnings = 0
  /// Whether a file could not be read, so that nothing is known of its rules.
  private(set) var hasUnreadable = false

  var totals: String {
    "\(Self.count(rules, "rule")), \(Self.count(errors, "error")), \(Self.count(warnings, "warning"))"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// Checks a file of rules, or a JSON document that has some.
  mutating func check(_ path: String, _ kind: RuleKind) {
    guard let source = read(path) else { return }
    guard Self.isJSON(source.text) else { return check(source, kind) }
    do throws(RuleErrors) {
      let fields = RuleSource.groupingEnhancementsFields + RuleSource.fingerprintingRulesFields
      for found in try RuleSource.fromJSON(source, fields: fields) {
        check(found.source, RuleKind(field: found.field) ?? kind)
      }
    } catch { add(error.diagnostics) }
  }

  /// Checks what a Python program gives to an argument.
  mutating func check(_ argument: PythonArgument, _ kind: RuleKind) {
    guard let source = read(argument.file) else { return }
    do throws(RuleErrors) {
      for found in try RuleSource.fromPython(source, argument: argument.argument) {
        check(found, RuleKind(field: argument.argument) ?? kind)
      }
    } catch { add(error.diagnostics) }
  }

  private mutating func check(_ source: RuleSource, _ kind: RuleKind) {
    switch kind {
    case .stackTrace:
      let check = RuleCheck(source)
      rules += check.rules
      add(check.diagnostics)
    case .fingerprint:
      let check = FingerprintRuleCheck(source)
      rules += check.rules
      for diagnostic in check.diagnostics { add(diagnostic.description, isWarning: diagnostic.isWarning) }
    }
  }

  private mutating func add(_ diagnostics: [RuleDiagnostic]) {
    for diagnostic in diagnostics { add(diagnostic.description, isWarning: diagnostic.code.isWarning) }
  }

  private mutating func add(_ text: String, isWarning: Bool) {
    lines.append(Line(text: text, isWarning: isWarning))
    if isWarning { warnings += 1 } else { errors += 1 }
  }

  private mutating func read(_ path: String) -> RuleSource? {
    do throws(TextFileError) {
      return RuleSource(name: path, text: try TextFile.read(path))
    } catch {
      hasUnreadable = true
      lines.append(Line(text: "tracesift: \(error.path): \(error.reason)", isWarning: false))
      return nil
    }
  }

  /// Whether the text starts as an object or as a list of objects does, which no rule does: a rule may start
  /// with `[`, but then a matcher follows.
  static func isJSON(_ text: String) -> Bool {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    var bytes = text.utf8[...]
    if bytes.starts(with: "\u{FEFF}".utf8) { bytes = bytes.dropFirst(3) }
    bytes = bytes.drop { blanks.contains($0) }
    if bytes.first == UInt8(ascii: "[") { bytes = bytes.dropFirst().drop { blanks.contains($0) } }
    return bytes.first == UInt8(ascii: "{")
  }
}
