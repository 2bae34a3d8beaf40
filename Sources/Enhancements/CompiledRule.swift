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
  /// ` by … stack trace rule (TEXT)` with the label `custom ` or `built-in ` where a layer adds one.
  let suffix: String
  /// Whether the word "ignored" stands in the rule's text.
  let saysIgnored: Bool
  /// The four hints that one frame after the other gets, in words once and for all.
  fileprivate let ignored: String
  fileprivate let unignored: String
  fileprivate let markedInApp: String
  fileprivate let markedOutOfApp: String

  init(_ part: EnhancementRule, label: (String) -> String, rule: Int) {
    text = part.engineText
    self.rule = rule
    suffix = " by \(label(text))stack trace rule (\(text))"
    saysIgnored = text.contains("ignored")
    let hasGroup = part.actions.contains { if case .group = $0 { true } else { false } }
    let hasApp = part.actions.contains { if case .app = $0 { true } else { false } }
    ignored = hasGroup ? "ignored" + suffix : ""
    unignored = hasGroup ? "un-ignored" + suffix : ""
    markedInApp = hasApp ? "marked in-app" + suffix : ""
    markedOutOfApp = hasApp ? "marked out of app" + suffix : ""
  }
}

extension RuleHint {
  /// The hint in Sentry's words (enhancements.md, section 7).
  func text(_ source: RuleHintSource) -> String {
    switch kind {
    case .ignored: source.ignored
    case .unignored: source.unignored
    case .markedInApp: source.markedInApp
    case .markedOutOfApp: source.markedOutOfApp
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
