internal import Enhancements
internal import TraceBytes
internal import TraceModel

/// Groups the plain traces, which are nearly all, without building an event and its tree of components: the quick
/// twin of `EventGrouper`, which stays the oracle and takes over wherever this one says nil.
///
/// Plain is a trace whose exceptions all have a type, under no rule that reads a value and no fingerprint rule. A group
/// of exceptions is plain as long as its members differ in something that is hashed.
struct PlainGrouper {
  let config: GroupingConfig
  let enhancements: EnhancementSet
  let platform: Platform

  /// One exception's parts.
  private struct Part {
    var type: String
    /// The values that are hashed of its stack, by variant; nil where the stack does not count.
    var app: [UInt8]?
    var system: [UInt8]?
    var hasFrames = false
    /// The stack as the rules left it, oldest call first.
    var frames: [StackFrame] = []

    /// A value counts in a variant in which its exception's stack does not.
    var needsValue: Bool { app == nil || hasFrames && system == nil }

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
    var parts: [Part] = []
    for node in nodes {
      parts.append(part(trace, trace.exceptions[node.index], node, text, &scratch))
    }
    var hashing = VariantHashing(config: config)
    guard let kept = kept(trace, nodes, parts, text, &scratch) else { return nil }
    for index in kept {
      let part = parts[index]
      let value = part.needsValue ? valueLeaf(trace, nodes[index], text, &scratch) : nil
      hashing.add(
        type: part.type, value: value, app: part.app, system: part.system, hasFrames: part.hasFrames)
    }
    guard let variants = hashing.variants() else { return nil }
    let valueMatters = hashing.valueMatters || nodes.count > 1 && nodes.contains(where: \.isGroup)
    return result(trace, text, nodes, parts, variants, tags, valueMatters, scratch.hitLimit)
  }

  // MARK: Exceptions

  /// The event's exceptions, oldest first; nil where the trace is not plain.
  private func nodes(_ trace: ParsedTrace, _ text: Span<UInt8>) -> [ExceptionNode]? {
    guard platform != .other, !trace.exceptions.isEmpty else { return nil }
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
    guard !exception.frames.isEmpty else { return part }
    part.hasFrames = true
    stack(trace, exception, node, text, &part, &scratch)
    return part
  }

  // MARK: Stacks

  private func stack(
    _ trace: ParsedTrace, _ exception: ParsedException, _ node: ExceptionNode, _ text: Span<UInt8>,
    _ part: inout Part, _ scratch: inout GroupingScratch
  ) {
    let count = EventNormalization.keptFrames(of: exception.frames.count)
    var known: [KnownFrame] = []
    var lines: [Int32] = []
    known.reserveCapacity(count)
    lines.reserveCapacity(count)
    for place in 0..<count {
      let printed = EventNormalization.placeBeforeCutting(place, of: exception.frames.count)
      let frame = trace.frames[trace.frameIndex(of: printed, in: exception)]
      known.append(scratch.frames.frame(frame, platform, config, in: text, using: scratch.match))
      lines.append(frame.line)
    }
    part.frames = known.map(\.frame)
    let data = ExceptionData(type: part.type, mechanism: node.mechanism?.type)
    enhancements.classify(
      &part.frames, eventPlatform: platform.rawValue, exception: data, memo: &scratch.rules)
    let initial = known.indices.map { known[$0].contributes && !Self.isRecursion(known, lines, $0) }
    let counted = enhancements.counted(
      part.frames, eventPlatform: platform.rawValue, exception: data, initial: initial, memo: &scratch.rules)
    take(counted, known, &part)
  }

  /// Keeps the leaves of a stack that counts (grouping.md, S5): both variants are judged by what contributes in
  /// `system`.
  private func take(_ counted: CountedStack, _ known: [KnownFrame], _ part: inout Part) {
    if counted.countsInSystem { part.system = Self.leaves(known, counted.system) }
    guard counted.countsInApp else { return }
    let isSeen = zip(counted.system, part.frames).contains { $0 && $1.inApp == true }
    if isSeen { part.app = Self.leaves(known, counted.app) }
  }

  private static func leaves(_ known: [KnownFrame], _ isIn: [Bool]) -> [UInt8] {
    var leaves: [UInt8] = []
    for index in known.indices where isIn[index] { leaves += known[index].leaves }
    return leaves
  }

  private static func isRecursion(_ known: [KnownFrame], _ lines: [Int32], _ index: Int) -> Bool {
    guard index > 0, max(0, lines[index]) == max(0, lines[index - 1]) else { return false }
    if known[index] === known[index - 1] { return true }
    let frame = known[index].frame
    let other = known[index - 1].frame
    return frame.function.isSame(as: other.function) && frame.module.isSame(as: other.module)
      && frame.filename.isSame(as: other.filename) && frame.absPath.isSame(as: other.absPath)
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
  private func kept(
    _ trace: ParsedTrace, _ nodes: [ExceptionNode], _ parts: [Part], _ text: Span<UInt8>,
    _ scratch: inout GroupingScratch
  ) -> [Int]? {
    let exceptions = zip(nodes, parts).map { EventException(type: $1.type, mechanism: $0.mechanism) }
    var isUnclear = false
    let kept = ExceptionGroups.filter(exceptions) { one, other in
      let values = [one, other].map { valueLeaf(trace, nodes[$0], text, &scratch) }
      if values[0] != values[1] || parts[one].isOther(than: parts[other]) { return false }
      isUnclear = true
      return false
    }
    return isUnclear ? nil : kept ?? Array(nodes.indices)
  }

  // MARK: Result

  private func result(
    _ trace: ParsedTrace, _ text: Span<UInt8>, _ nodes: [ExceptionNode], _ parts: [Part],
    _ variants: [GroupingResult.Variant], _ tags: [EventTag], _ valueMatters: Bool, _ hitLimit: Bool
  ) -> GroupingResult {
    var inApp = trace.exceptions.map { [Bool?](repeating: nil, count: $0.frames.count) }
    for (node, part) in zip(nodes, parts) {
      let count = inApp[node.index].count
      for (place, frame) in part.frames.enumerated() {
        inApp[node.index][EventNormalization.placeBeforeCutting(place, of: count)] = frame.inApp
      }
    }
    let titled = trace.exceptions[nodes[nodes.count - 1].index]
    let type = titled.type.flatMap { name($0, text) }
    return GroupingResult(
      variants: variants, title: Title.title(type: type, value: value(trace, nodes[nodes.count - 1], text)),
      titleIsOfGroup: nodes[nodes.count - 1].isGroup,
      titleException: nodes[nodes.count - 1].index, titleType: type,
      culprit: parts.last { $0.hasFrames }.flatMap { Title.culprit(of: $0.frames) }, inApp: inApp,
      platform: platform.rawValue, tags: tags, valueMatters: valueMatters, hitLimit: hitLimit)
  }
}

/// Collects what is hashed of the exceptions of a plain trace, for both variants (grouping.md, S6 and S8).
private struct VariantHashing {
  let config: GroupingConfig
  private var app: [UInt8] = []
  private var system: [UInt8] = []
  private var hasSystem = false
  private var appHasStack = false
  private var systemHasStack = false
  private var appReadsValue = false
  private var systemReadsValue = false
  private(set) var valueMatters = false

  init(config: GroupingConfig) { self.config = config }

  mutating func add(
    type: String, value: String?, app stack: [UInt8]?, system other: [UInt8]?, hasFrames: Bool
  ) {
    append(type, value, stack, to: &app)
    appHasStack = appHasStack || stack != nil
    appReadsValue = appReadsValue || stack == nil && value != nil
    guard hasFrames else { return }
    append(type, value, other, to: &system)
    hasSystem = true
    systemHasStack = systemHasStack || other != nil
    systemReadsValue = systemReadsValue || other == nil && value != nil
  }

  private func append(_ type: String, _ value: String?, _ stack: [UInt8]?, to leaves: inout [UInt8]) {
    if config.putsStackFirst, let stack { leaves += stack }
    leaves += type.utf8
    if stack == nil, let value { leaves += value.utf8 }
    if !config.putsStackFirst, let stack { leaves += stack }
  }

  /// The variants that contribute; nil where none does.
  mutating func variants() -> [GroupingResult.Variant]? {
    let isEqual = hasSystem && app == system
    let hasStack = appHasStack || systemHasStack
    let isApp = !hasStack || appHasStack
    let isSystem = hasSystem && !isEqual && (!hasStack || systemHasStack)
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
