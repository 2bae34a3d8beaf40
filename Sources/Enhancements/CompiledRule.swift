internal import TraceBytes

/// One rule, its matchers turned into terms and its actions sorted by what they write.
struct CompiledRule: Sendable {
  /// Conditions on frames; the ones most likely to fail cheaply come first.
  let terms: [Term]
  /// Conditions on the exception: number of the glob, and whether it must not match.
  let exceptions: [(glob: Int32, isNegated: Bool)]
  /// Values of the last `^±app`, `±app` and `v±app`.
  var upInApp: Bool?
  var ownInApp: Bool?
  var downInApp: Bool?
  /// Values of the last `^±group`, `±group` and `v±group`.
  var upGroup: Bool?
  var ownGroup: Bool?
  var downGroup: Bool?
  /// The last `category=`: index into `CompiledRules.categories`.
  var category: Int32?
  /// `±app` and `±group` in written order, for each range.
  var upFlags: [Flag] = []
  var ownFlags: [Flag] = []
  var downFlags: [Flag] = []
  var maxFrames: UInt64?
  var minFrames: UInt64?
  var invertStacktrace: Bool?
  /// The rule's text and label, for hints.
  let source: RuleHintSource

  struct Flag: Sendable, Hashable {
    var isApp: Bool
    var value: Bool
  }

  init(
    _ rule: EnhancementRule, source: RuleHintSource, atoms: inout AtomTable, categories: inout CategoryNames
  ) {
    var terms: [Term] = []
    var exceptions: [(glob: Int32, isNegated: Bool)] = []
    for matcher in rule.matchers {
      if !matcher.field.isException {
        terms.append(atoms.term(for: matcher))
      } else if let glob = atoms.exceptionGlob(for: matcher) {
        exceptions.append((glob, matcher.isNegated))
      } else {
        // Only rules that no reader has checked come here: a glob that never matches.
        terms.append(Term(atom: AtomTable.never, isNegated: matcher.isNegated, place: .frame))
      }
    }
    self.terms = terms
    self.exceptions = exceptions
    self.source = source
    for action in rule.actions { add(action, &categories) }
  }

  private mutating func add(_ action: Action, _ categories: inout CategoryNames) {
    switch action {
    case .app(let value, let range): add(Flag(isApp: true, value: value), range)
    case .group(let value, let range): add(Flag(isApp: false, value: value), range)
    case .category(let name): category = categories.id(of: name)
    case .maxFrames(let count): maxFrames = count
    case .minFrames(let count): minFrames = count
    case .invertStacktrace(let value): invertStacktrace = value
    }
  }

  private mutating func add(_ flag: Flag, _ range: ActionRange) {
    switch range {
    case .up:
      upFlags.append(flag)
      if flag.isApp { upInApp = flag.value } else { upGroup = flag.value }
    case .frame:
      ownFlags.append(flag)
      if flag.isApp { ownInApp = flag.value } else { ownGroup = flag.value }
    case .down:
      downFlags.append(flag)
      if flag.isApp { downInApp = flag.value } else { downGroup = flag.value }
    }
  }
}

/// What a hint says about the rule that left it.
struct RuleHintSource: Sendable, Hashable {
  /// The rule's text (enhancements.md, section 5).
  let text: String
  /// Which rule of the set it was made from.
  let rule: Int
  /// `custom ` or `built-in ` where a layer adds one.
  private let label: String

  init(_ part: EnhancementRule, label: (String) -> String, rule: Int) {
    text = part.engineText
    self.rule = rule
    self.label = label(text)
  }

  /// ` by … stack trace rule (TEXT)`. Put together when a hint is asked for: of the built-in rules hardly any ever is.
  var suffix: String { " by \(label)stack trace rule (\(text))" }

  /// Whether the word "ignored" stands in the rule's text.
  var saysIgnored: Bool {
    let span = text.utf8Span.span
    return span.firstOffset(of: "ignored", in: 0..<span.count) != nil
  }
}

extension RuleHint {
  /// The hint in Sentry's words (enhancements.md, section 7).
  func text(_ source: RuleHintSource) -> String {
    switch kind {
    case .ignored: "ignored" + source.suffix
    case .unignored: "un-ignored" + source.suffix
    case .markedInApp: "marked in-app" + source.suffix
    case .markedOutOfApp: "marked out of app" + source.suffix
    case .tooManyFrames(let limit):
      "ignored because only \(limit) \(limit == 1 ? "frame is" : "frames are") considered" + source.suffix
    case .tooFewFrames(let count):
      // The stack's hint carries no label.
      "discarded because stack trace only contains \(count) \(count == 1 ? "frame" : "frames") which is "
        + "under the configured threshold by stack trace rule (\(source.text))"
    }
  }
}

/// The categories that rules set, numbered from 1; 0 is "none".
struct CategoryNames: Sendable {
  private(set) var names: [String] = [""]
  private var ids: [String: Int32] = [:]

  func known(_ name: String) -> Int32? { ids[name] }

  mutating func id(of name: String) -> Int32 {
    if let id = ids[name] { return id }
    names.append(name)
    ids[name] = Int32(names.count - 1)
    return Int32(names.count - 1)
  }
}
