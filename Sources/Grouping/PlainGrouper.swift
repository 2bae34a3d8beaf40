internal import Enhancements
internal import TraceBytes
internal import TraceModel

/// Groups the plain traces, which are nearly all, without building an event and its tree of components: the quick
/// twin of `EventGrouper`, which stays the oracle and takes over wherever this one says nil.
///
/// Plain is a trace whose exceptions all have a type, under no rule that reads a value and no fingerprint rule. A group
/// of exceptions is plain as long as its members differ in something that is hashed.
struct PlainGrouper {
  let maker: FrameMaker

  private var config: GroupingConfig { maker.config }
  private var enhancements: EnhancementSet { maker.enhancements }
  private var platform: Platform { maker.platform }

  /// One exception's parts.
  private struct Part {
    var type: String
    /// The values that are hashed of its stack, by variant; nil where the stack does not count.
    var app: [UInt8]?
    var system: [UInt8]?
    var hasFrames: Bool { !frames.isEmpty }
    /// The stack's frames by number, oldest call first.
    var frames: [Int32] = []
    /// Whether each is in-app.
    var inApp: [Bool] = []

    /// A value counts in a variant in which its exception's stack does not, if that variant counts at all.
    func needsValue(_ counting: CountingVariants) -> Bool {
      app == nil && counting.app || hasFrames && system == nil && counting.system
    }

    /// Whether something that is a component of its own differs for certain.
    func isOther(than other: Part) -> Bool {
      type != other.type || app != other.app || system != other.system || frames.count != other.frames.count
    }
  }

  /// - Complexity: O(frames), and what the rules cost.
  func group(
    _ trace: ParsedTrace, in text: Span<UInt8>, tags: [EventTag], scratch: inout GroupingScratch
  ) -> GroupingResult? {
    guard let nodes = nodes(trace, text) else { return nil }
    scratch.hitLimit = false
    scratch.frames.makeRoom(for: maker)
    var parts: [Part] = []
    for node in nodes {
      parts.append(part(trace, trace.exceptions[node.index], node, text, &scratch))
    }
    var hashing = VariantHashing(config: config)
    var values = NormalizedValues()
    guard let kept = kept(trace, nodes, parts, text, &values, &scratch) else { return nil }
    let comparesValues = values != NormalizedValues()
    let counting = CountingVariants(
      appHasStack: kept.contains { parts[$0].app != nil },
      systemHasStack: kept.contains { parts[$0].system != nil })
    for index in kept {
      let part = parts[index]
      let needsValue = part.needsValue(counting)
      let value = needsValue ? valueLeaf(trace, nodes[index], text, &scratch) : nil
      if needsValue { values.insert(nodes[index]) }
      // Of a group's value nothing may be left without the number of its members.
      hashing.add(
        type: part.type, value: value, readsValue: value != nil || nodes[index].isGroup, app: part.app,
        system: part.system, hasFrames: part.hasFrames)
    }
    guard let variants = hashing.variants(counting) else { return nil }
    let culprit = parts.last(where: \.hasFrames).flatMap {
      Title.culprit(of: $0.frames, $0.inApp, scratch.frames)
    }
    return result(
      trace, text, nodes, parts, variants, tags, culprit, hashing.valueMatters || comparesValues,
      values.isOverfull ? nil : values, scratch.hitLimit)
  }

  // MARK: Exceptions

  /// The event's exceptions, oldest first; nil where the trace is not plain.
  private func nodes(_ trace: ParsedTrace, _ text: Span<UInt8>) -> [ExceptionNode]? {
    guard platform != .other, !trace.exceptions.isEmpty else { return nil }
    if isChain(trace, text) { return chain(trace) }
    var records: [ExceptionRecord] = []
    for exception in trace.exceptions {
      guard let type = exception.type, !type.isEmpty else { return nil }
      // Only whether there are frames is asked for.
      var record = ExceptionRecord(
        type: text.text(type.range), relation: exception.relation,
        parent: exception.parent < 0 ? nil : exception.parent,
        frames: exception.frames.isEmpty ? [] : [FrameRecord()])
      record.isCircular = exception.isCircular
      records.append(record)
    }
    let nodes =
      platform == .java ? JavaExceptionTree(records).nodes() : PythonExceptionTree(records).nodes()
    return nodes.isEmpty ? nil : nodes
  }

  /// Whether each exception has a type and was caused by the one beside it, which is all that most traces hold.
  private func isChain(_ trace: ParsedTrace, _ text: Span<UInt8>) -> Bool {
    let groupName: StaticString = "ExceptionGroup"
    for (index, exception) in trace.exceptions.enumerated() {
      guard let type = exception.type, !type.isEmpty, !exception.isCircular else { return false }
      if platform == .python, text.ends(type.range, with: groupName) { return false }
      guard index > 0 else { continue }
      guard exception.parent == index - 1 else { return false }
      switch exception.relation {
      case .causedBy where platform == .java: break
      case .cause where platform == .python, .context where platform == .python: break
      default: return false
      }
    }
    return true
  }

  /// As the trees order and number a chain: Java prints the reported exception first, Python last.
  private func chain(_ trace: ParsedTrace) -> [ExceptionNode] {
    let indices = trace.exceptions.indices
    guard platform == .java else {
      return indices.map { ExceptionNode(index: $0, mechanism: EventMechanism(type: "generic")) }
    }
    return indices.reversed().map { index in
      let parent = index > 0 ? index - 1 : nil
      return ExceptionNode(
        index: index, mechanism: EventMechanism(type: "chained", exceptionID: index, parentID: parent))
    }
  }

  private func name(_ type: ByteRange, _ text: Span<UInt8>) -> String? {
    let name = text.text(type.range)
    return platform == .java ? ExceptionName(java: name).type : ExceptionName(python: name).type
  }

  private func part(
    _ trace: ParsedTrace, _ exception: ParsedException, _ node: ExceptionNode, _ text: Span<UInt8>,
    _ scratch: inout GroupingScratch
  ) -> Part {
    let typeName = exception.type.flatMap { name($0, text) } ?? ""
    var part = Part(type: TextLimits.cut(typeName, to: TextLimits.typeName))
    if !exception.frames.isEmpty { stack(trace, exception, node, text, &part, &scratch) }
    return part
  }

  // MARK: Stacks

  private func stack(
    _ trace: ParsedTrace, _ exception: ParsedException, _ node: ExceptionNode, _ text: Span<UInt8>,
    _ part: inout Part, _ scratch: inout GroupingScratch
  ) {
    let count = EventNormalization.keptFrames(of: exception.frames.count)
    part.frames.reserveCapacity(count)
    scratch.initial.removeAll(keepingCapacity: true)
    var before: (number: Int32, line: Int32)?
    for place in 0..<count {
      let printed = EventNormalization.placeBeforeCutting(place, of: exception.frames.count)
      let frame = trace.frames[trace.frameIndex(of: printed, in: exception)]
      let number = scratch.frames.number(
        of: frame, maker, in: text, rules: &scratch.rules, using: scratch.match)
      let line = max(0, frame.line)
      let isRecursion = before.map { $0.line == line && scratch.frames.isSame($0.number, number) } ?? false
      scratch.initial.append(scratch.frames.contributes(number) && !isRecursion)
      part.frames.append(number)
      before = (number, line)
    }
    let data = ExceptionData(type: part.type, mechanism: node.mechanism?.type)
    enhancements.judge(
      part.frames, of: scratch.frames.traits, initial: scratch.initial, exception: data, memo: &scratch.rules,
      into: &scratch.judged)
    take(scratch.judged, scratch.frames, &part)
  }

  /// Keeps the leaves of a stack that counts (grouping.md, S5): both variants are judged by what contributes in
  /// `system`.
  private func take(_ judged: JudgedStack, _ known: KnownFrames, _ part: inout Part) {
    part.inApp = judged.inApp
    if judged.countsInSystem { part.system = Self.leaves(known, part.frames, judged.system) }
    guard judged.countsInApp else { return }
    let isSeen = judged.system.indices.contains { judged.system[$0] && judged.inApp[$0] }
    if isSeen { part.app = Self.leaves(known, part.frames, judged.app) }
  }

  private static func leaves(_ known: KnownFrames, _ frames: [Int32], _ isIn: [Bool]) -> [UInt8] {
    var count = 0
    for index in frames.indices where isIn[index] { count += known.leafCount(of: frames[index]) }
    var leaves: [UInt8] = []
    leaves.reserveCapacity(count)
    for index in frames.indices where isIn[index] { known.appendLeaves(of: frames[index], to: &leaves) }
    return leaves
  }

  private func value(_ trace: ParsedTrace, _ node: ExceptionNode, _ text: Span<UInt8>) -> String? {
    let value = trace.exceptions[node.index].cleanValue(in: text)
    return node.isGroup ? value.map(PythonExceptionTree.withoutMemberCount) : value
  }

  private func valueLeaf(
    _ trace: ParsedTrace, _ node: ExceptionNode, _ text: Span<UInt8>, _ scratch: inout GroupingScratch
  ) -> String? {
    guard let value = value(trace, node, text), !value.isEmpty else { return nil }
    return scratch.message(TextLimits.cut(value, to: TextLimits.message), .value).value
  }

  // MARK: Groups of exceptions

  /// The exceptions that are grouped by; nil where two members may be the same, which only the tree can tell.
  /// - Parameter values: takes in the members of which only their values tell whether they are the same, hashed or not.
  private func kept(
    _ trace: ParsedTrace, _ nodes: [ExceptionNode], _ parts: [Part], _ text: Span<UInt8>,
    _ values: inout NormalizedValues, _ scratch: inout GroupingScratch
  ) -> [Int]? {
    if nodes.count == 1 || platform == .python && !nodes.contains(where: \.isNumbered) {
      return Array(nodes.indices)
    }
    if nodes.allSatisfy(\.isLink) { return nodes.indices.reversed() }
    let exceptions = zip(nodes, parts).map { EventException(type: $1.type, mechanism: $0.mechanism) }
    var isUnclear = false
    let kept = ExceptionGroups.filter(exceptions) { one, other in
      if parts[one].isOther(than: parts[other]) { return false }
      for index in [one, other] { values.insert(nodes[index], isCompared: true) }
      let leaves = [one, other].map { valueLeaf(trace, nodes[$0], text, &scratch) }
      if leaves[0] == leaves[1] { isUnclear = true }
      return false
    }
    return isUnclear ? nil : kept ?? Array(nodes.indices)
  }

  // MARK: Result

  private func result(
    _ trace: ParsedTrace, _ text: Span<UInt8>, _ nodes: [ExceptionNode], _ parts: [Part],
    _ variants: [GroupingResult.Variant], _ tags: [EventTag], _ culprit: String?, _ valueMatters: Bool,
    _ normalizedValues: NormalizedValues?, _ hitLimit: Bool
  ) -> GroupingResult {
    var inApp = trace.exceptions.map { [Bool?](repeating: nil, count: $0.frames.count) }
    for (node, part) in zip(nodes, parts) {
      EventNormalization.spread(part.inApp.lazy.map(Optional.some), over: &inApp[node.index])
    }
    let titled = trace.exceptions[nodes[nodes.count - 1].index]
    let type = titled.type.flatMap { name($0, text) }
    return GroupingResult(
      variants: variants, title: Title.title(type: type, value: value(trace, nodes[nodes.count - 1], text)),
      titleIsOfGroup: nodes[nodes.count - 1].isGroup,
      titleException: nodes[nodes.count - 1].index, titleType: type,
      culprit: culprit, inApp: inApp,
      platform: platform.rawValue, tags: tags, valueMatters: valueMatters,
      normalizedValues: normalizedValues, hitLimit: hitLimit)
  }
}

extension ExceptionNode {
  /// Whether it has a place in a tree, by which exceptions are filtered.
  fileprivate var isNumbered: Bool { mechanism?.exceptionID != nil }

  /// Whether it is the cause of the one numbered before it, or the first one; a tree of such alone is a path.
  fileprivate var isLink: Bool {
    guard let mechanism, let id = mechanism.exceptionID, mechanism.isExceptionGroup != true else {
      return false
    }
    return id == 0 ? mechanism.parentID == nil : mechanism.parentID == id - 1
  }
}

/// The variants that can contribute: a stack of one keeps the other out, unless that has one, too (grouping.md, S8).
private struct CountingVariants {
  let app: Bool
  let system: Bool

  init(appHasStack: Bool, systemHasStack: Bool) {
    app = appHasStack || !systemHasStack
    system = systemHasStack || !appHasStack
  }
}

/// Collects what is hashed of the exceptions of a plain trace, for both variants (grouping.md, S6 and S8).
private struct VariantHashing {
  let config: GroupingConfig
  private var app: [UInt8] = []
  private var system: [UInt8] = []
  private var hasSystem = false
  private var appReadsValue = false
  private var systemReadsValue = false
  private(set) var valueMatters = false

  init(config: GroupingConfig) { self.config = config }

  mutating func add(
    type: String, value: String?, readsValue: Bool, app stack: [UInt8]?, system other: [UInt8]?,
    hasFrames: Bool
  ) {
    append(type, value, stack, to: &app)
    appReadsValue = appReadsValue || stack == nil && readsValue
    guard hasFrames else { return }
    append(type, value, other, to: &system)
    hasSystem = true
    systemReadsValue = systemReadsValue || other == nil && readsValue
  }

  private func append(_ type: String, _ value: String?, _ stack: [UInt8]?, to leaves: inout [UInt8]) {
    leaves.reserveCapacity(leaves.count + (stack?.count ?? 0) + type.utf8.count + (value?.utf8.count ?? 0))
    if config.putsStackFirst, let stack { leaves += stack }
    leaves += type.utf8
    if stack == nil, let value { leaves += value.utf8 }
    if !config.putsStackFirst, let stack { leaves += stack }
  }

  /// The variants that contribute; nil where none does.
  mutating func variants(_ counting: CountingVariants) -> [GroupingResult.Variant]? {
    let isApp = counting.app
    let isSystem = counting.system && hasSystem && !(isApp && app == system)
    guard isApp || isSystem else { return nil }
    valueMatters = isApp && appReadsValue || isSystem && systemReadsValue
    var variants: [GroupingResult.Variant] = []
    if isApp { variants.append(GroupingResult.Variant(name: "app", hash: TraceHash.md5(app))) }
    if isSystem {
      variants.append(GroupingResult.Variant(name: "system", hash: TraceHash.md5(system)))
    }
    return variants
  }
}
