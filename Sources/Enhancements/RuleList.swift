/// Rules of one pass in their order, with an index of those that a stack can wake at all.
struct RuleList: Sendable {
  private(set) var rules: [CompiledRule] = []
  /// The terms of all rules on end, so that trying a rule touches nothing else of it.
  private(set) var terms: [Term] = []
  private var trials: [Trial] = []
  struct Trial: Sendable {
    var first: Int32  // its terms are `terms[first ..< end]`
    var end: Int32
    var asksException: Bool
    var range: Range<Int> { Int(first)..<Int(end) }
  }
  /// Rules to try on every stack, as bits.
  private var always: [UInt64] = []
  /// Rules to try once the atom holds for some frame, by atom.
  private var wokenBy: [[Int32]] = []

  mutating func append(_ rule: CompiledRule) {
    let first = Int32(terms.count)
    rules.append(rule)
    terms += rule.terms
    trials.append(
      Trial(first: first, end: Int32(terms.count), asksException: !rule.exceptions.isEmpty))
  }

  /// Finds the frames that a rule matches, into the memo's masks; false when there is none.
  @inline(__always)
  private func match(_ number: Int, of compiled: CompiledRules, _ memo: inout RuleMemo) -> Bool {
    let trial = trials[number]
    if trial.asksException, !memo.holdsForException(rules[number], compiled) { return false }
    return memo.masks.match(terms.span.extracting(trial.range))
  }

  /// Tries the rules that the stack of the memo wakes, in their order, and calls `body` with the number of each that
  /// matches some frame.
  @inline(__always)
  func forEachMatch(
    of compiled: CompiledRules, _ memo: inout RuleMemo, _ body: (_ number: Int, inout RuleMemo) -> Void
  ) {
    wake(by: memo.masks.touched, into: &memo.awake)
    for word in memo.awake.indices {
      var open = memo.awake[word]
      while open != 0 {
        let number = word << 6 | open.trailingZeroBitCount
        open &= open &- 1
        if match(number, of: compiled, &memo) { body(number, &memo) }
      }
    }
  }

  /// Builds the index. `isStatic` tells which atoms cannot start to hold while rules run.
  mutating func finish(atomCount: Int32, isStatic: (Int32) -> Bool) {
    always = [UInt64](repeating: 0, count: (rules.count + 63) / 64)
    wokenBy = [[Int32]](repeating: [], count: Int(atomCount))
    for (number, rule) in rules.enumerated() {
      if let key = rule.terms.first(where: { !$0.isNegated && isStatic($0.atom) }) {
        wokenBy[Int(key.atom)].append(Int32(number))
      } else {
        always[number >> 6] |= 1 << UInt64(number & 63)
      }
    }
  }

  /// Sets `awake` to the rules worth trying when exactly `atoms` hold somewhere in the stack.
  private func wake(by atoms: [Int32], into awake: inout [UInt64]) {
    awake.removeAll(keepingCapacity: true)
    awake.append(contentsOf: always)
    for atom in atoms {
      for rule in wokenBy[Int(atom)] { awake[Int(rule >> 6)] |= 1 << UInt64(rule & 63) }
    }
  }
}

/// All that is made of a set of rules before the first frame is seen. Immutable and shared by workers.
final class CompiledRules: Sendable {
  let atoms: AtomTable
  /// First pass.
  let classifier: RuleList
  /// Second pass over the rules that change contributions.
  let contributes: RuleList
  let categories: CategoryNames
  /// The category atoms that hold for each category of `categories`.
  let categoryAtoms: [[Int32]]
  /// The fields that some rule asks for.
  let asked: AskedFields

  /// - Parameters: the rules of each pass; a rule may stand in both.
  init(
    classifier: [(EnhancementRule, RuleHintSource)], contributes: [(EnhancementRule, RuleHintSource)]
  ) {
    var atoms = AtomTable()
    var categories = CategoryNames()
    var lists = (classifier: RuleList(), contributes: RuleList())
    for (rule, source) in classifier {
      lists.classifier.append(CompiledRule(rule, source: source, atoms: &atoms, categories: &categories))
    }
    for (rule, source) in contributes {
      lists.contributes.append(CompiledRule(rule, source: source, atoms: &atoms, categories: &categories))
    }
    let dynamic = atoms.dynamicAtoms
    lists.classifier.finish(atomCount: atoms.count) { !dynamic.contains($0) }
    lists.contributes.finish(atomCount: atoms.count) { !dynamic.contains($0) }
    let index = atoms.category
    categoryAtoms = [[]] + categories.names.dropFirst().map { index.atoms(matching: Array($0.utf8)) }
    asked = AskedFields(atoms)
    self.atoms = atoms
    self.categories = categories
    self.classifier = lists.classifier
    self.contributes = lists.contributes
  }
}

/// Fields of a frame, as bits.
struct AskedFields: OptionSet, Sendable {
  let rawValue: UInt8
  static let module = AskedFields(rawValue: 1)
  static let function = AskedFields(rawValue: 2)
  static let path = AskedFields(rawValue: 4)
  static let package = AskedFields(rawValue: 8)
  static let family = AskedFields(rawValue: 16)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ atoms: AtomTable) {
    self = []
    if !atoms.module.isEmpty { insert(.module) }
    if !atoms.function.isEmpty { insert(.function) }
    if !atoms.path.isEmpty { insert(.path) }
    if !atoms.package.isEmpty { insert(.package) }
    if atoms.families.contains(where: { !$0.isEmpty }) { insert(.family) }
  }
}
